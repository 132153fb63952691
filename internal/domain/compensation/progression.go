package compensation

import (
	"fmt"
	"math/big"

	"github.com/rung-hr/rung/internal/platform/money"
)

// Check says whether a midpoint progression is in the expected range.
type Check string

// The outcomes of a Check.
const (
	OK   Check = "ok"
	Low  Check = "low"
	High Check = "high"
)

// Expected is the range of midpoint progression between two levels, in whole percent, both ends included.
type Expected struct {
	LowPercent, HighPercent int64
}

// Lead should be 15 to 25 percent above senior. Below 10 percent two levels are
// too close, above 30 the step is too large.
var (
	leadPremium = Expected{LowPercent: 15, HighPercent: 25}
	anyStep     = Expected{LowPercent: 10, HighPercent: 30}
)

// ExpectedProgression is how much the midpoint should rise from one level of the
// shipped ladder to the next.
func ExpectedProgression(from, to string) Expected {
	if from == "IC4" && to == "IC5" {
		return leadPremium
	}
	return anyStep
}

// Check compares a progression with the range.
func (e Expected) Check(progression money.Ratio) Check {
	switch {
	case progression.Cmp(percent(e.LowPercent)) < 0:
		return Low
	case progression.Cmp(percent(e.HighPercent)) > 0:
		return High
	}
	return OK
}

// String is "15–25 %".
func (e Expected) String() string { return fmt.Sprintf("%d–%d %%", e.LowPercent, e.HighPercent) }

// Progression is how much the midpoint rises from a lower band to a higher one;
// it is false when the currencies differ.
func Progression(lower, upper Band) (money.Ratio, bool) {
	if lower.Currency != upper.Currency {
		return money.Ratio{}, false
	}
	return share(upper.Mid-lower.Mid, lower.Mid)
}

func percent(whole int64) money.Ratio { return money.RatioOf(big.NewRat(whole, 100)) }
