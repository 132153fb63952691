package money

import "fmt"

// Reason says exactly why a text or a calculation gave no amount.
type Reason string

// The reasons of an Error.
const (
	NotANumber       Reason = "not_a_number"
	TooManyDecimals  Reason = "too_many_decimals"
	AmbiguousNumber  Reason = "ambiguous"
	TooLarge         Reason = "too_large"
	OutOfRange       Reason = "out_of_range"
	LooksLikePercent Reason = "looks_like_percent"
	UnknownCurrency  Reason = "unknown_currency"
	CurrencyMismatch Reason = "currency_mismatch"
	DivisionByZero   Reason = "division_by_zero"
	NoRate           Reason = "no_rate"
)

// Error is the only error type of this package.
type Error struct {
	Reason   Reason
	Text     string // what was read
	Currency string // set when the reason depends on it
	Allowed  int    // decimals allowed, for TooManyDecimals
	Found    int    // decimals found, for TooManyDecimals
}

// Error describes the reason for people, with the text that was read.
func (e *Error) Error() string {
	switch e.Reason {
	case TooManyDecimals:
		return fmt.Sprintf("%q has %d decimals, %s allows %d", e.Text, e.Found, e.Currency, e.Allowed)
	case AmbiguousNumber:
		return fmt.Sprintf("%q can be read in two ways: the separator may group thousands or start the decimals", e.Text)
	case UnknownCurrency:
		return fmt.Sprintf("%q is not an ISO 4217 currency code", e.Text)
	case LooksLikePercent:
		return fmt.Sprintf("%q looks like a percentage, a fraction such as 0.8 is expected", e.Text)
	}
	return fmt.Sprintf("%s: %s", e.Text, plain[e.Reason])
}

var plain = map[Reason]string{
	NotANumber:       "not a number",
	TooLarge:         "the number is too large",
	OutOfRange:       "the number is outside the allowed range",
	CurrencyMismatch: "the currencies differ",
	DivisionByZero:   "division by zero",
	NoRate:           "the rate does not convert between these currencies",
}
