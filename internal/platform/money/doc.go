// Package money keeps amounts as whole minor units of an ISO 4217 currency and ratios as exact fractions.
//
// Nothing here uses floating point on the way: an amount is rounded once, at the end, with a named mode.
package money
