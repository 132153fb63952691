// Package compensation keeps pay bands and pay, and computes figures about them.
//
// All amounts are int64 minor units of one currency, full-time and annual unless
// a name says "actual". Results are exact fractions; they are rounded only where
// they are shown. No ratio involves an exchange rate.
package compensation

import (
	"errors"
	"fmt"
	"math/big"

	"github.com/rung-hr/rung/internal/platform/money"
)

// Band is the range of full-time annual pay for one level at one location.
type Band struct {
	Currency      string
	Min, Mid, Max int64
}

// ErrBandOrder says that minimum, midpoint and maximum of a band do not rise.
var ErrBandOrder = errors.New("a band needs 0 < minimum <= midpoint <= maximum")

// Validate returns ErrBandOrder, wrapped with the amounts, or nil.
func (b Band) Validate() error {
	if b.Min <= 0 || b.Min > b.Mid || b.Mid > b.Max {
		return fmt.Errorf("%w: %d, %d, %d", ErrBandOrder, b.Min, b.Mid, b.Max)
	}
	return nil
}

// Pay is what one person earns: the full-time amount and the share of full time.
type Pay struct {
	FullTime int64
	FTE      money.FTE
}

// FromActual restores the full-time amount behind an actual one: 60,000 at 0.8 is 75,000.
func FromActual(actual money.Amount, fte money.FTE) (Pay, error) {
	full, err := fte.Annualized(actual)
	return Pay{FullTime: full.Minor, FTE: fte}, err
}

// CompaRatio is pay / midpoint; false when the band has no midpoint.
func (b Band) CompaRatio(pay int64) (money.Ratio, bool) { return share(pay, b.Mid) }

// Penetration is how far up in the range the pay lies: 0 at the minimum, 1 at the
// maximum, beyond that outside the range. It is false when minimum and maximum
// are the same.
func (b Band) Penetration(pay int64) (money.Ratio, bool) { return share(pay-b.Min, b.Max-b.Min) }

// Bucket is a place in the band. It may be shown where pay may not.
type Bucket string

// A quarter includes its lower border; the maximum itself is still in Q4.
const (
	Below Bucket = "below"
	Q1    Bucket = "q1"
	Q2    Bucket = "q2"
	Q3    Bucket = "q3"
	Q4    Bucket = "q4"
	Above Bucket = "above"
)

// Bucket is the place of the pay in the band. In a band of a single amount
// everything inside counts as Q4.
func (b Band) Bucket(pay int64) Bucket {
	switch {
	case pay < b.Min:
		return Below
	case pay > b.Max:
		return Above
	}
	for i, quarter := range []Bucket{Q1, Q2, Q3} {
		border := big.NewRat(int64(i)+1, 4)
		if at, ok := b.Penetration(pay); ok && at.Cmp(money.RatioOf(border)) < 0 {
			return quarter
		}
	}
	return Q4
}

// Spread is (max - min) / min.
func (b Band) Spread() (money.Ratio, bool) { return share(b.Max-b.Min, b.Min) }

// HalfSpreads are (mid - min) / mid and (max - mid) / mid. They differ when the midpoint is not the middle.
func (b Band) HalfSpreads() (below, above money.Ratio, ok bool) {
	below, ok = share(b.Mid-b.Min, b.Mid)
	above, _ = share(b.Max-b.Mid, b.Mid)
	return below, above, ok
}

// RangeRatio is max / min.
func (b Band) RangeRatio() (money.Ratio, bool) { return share(b.Max, b.Min) }

// Gap is how much the pay lies below the minimum or above the maximum, as a
// positive amount; 0 inside the band.
func (b Band) Gap(pay int64) int64 { return max(b.Min-pay, pay-b.Max, 0) }

// Overlap is what two bands have in common, relative to three widths that must
// never be confused.
type Overlap struct {
	Amount  int64       // in both bands
	Gap     int64       // between them, when they do not touch
	OfLower money.Ratio // of the lower band's width
	OfUpper money.Ratio // of the upper band's width
	OfUnion money.Ratio // of the width from the lowest minimum to the highest maximum
}

// OverlapWith compares the band of a lower level with the one of a higher level; false when the currencies differ.
func (b Band) OverlapWith(upper Band) (Overlap, bool) {
	if b.Currency != upper.Currency {
		return Overlap{}, false
	}
	top, bottom := min(b.Max, upper.Max), max(b.Min, upper.Min)
	overlap := Overlap{Amount: max(0, top-bottom), Gap: max(0, bottom-top)}
	overlap.OfLower, _ = share(overlap.Amount, b.Max-b.Min)
	overlap.OfUpper, _ = share(overlap.Amount, upper.Max-upper.Min)
	overlap.OfUnion, _ = share(overlap.Amount, max(b.Max, upper.Max)-min(b.Min, upper.Min))
	return overlap, true
}

// CostToMinimum is what it costs per year, in actual money, to bring everybody to
// the minimum of the band. It rounds half-up once.
func (b Band) CostToMinimum(people []Pay) (int64, error) { return costTo(b.Min, people) }

// CostToMidpoint is what it costs per year, in actual money, to bring everybody
// to the midpoint.
func (b Band) CostToMidpoint(people []Pay) (int64, error) { return costTo(b.Mid, people) }

func costTo(goal int64, people []Pay) (int64, error) {
	total := new(big.Int)
	for _, pay := range people {
		if missing := goal - pay.FullTime; missing > 0 {
			total.Add(total, new(big.Int).Mul(big.NewInt(missing), big.NewInt(int64(pay.FTE))))
		}
	}
	exact := new(big.Rat).SetFrac(total, big.NewInt(int64(money.FullTime)))
	return money.RoundToStep(exact, 1, money.HalfUp)
}

// share is false for a denominator that is not positive: no band has a width or a midpoint below zero.
func share(numerator, denominator int64) (money.Ratio, bool) {
	if denominator <= 0 {
		return money.Ratio{}, false
	}
	return money.NewRatio(numerator, denominator), true
}
