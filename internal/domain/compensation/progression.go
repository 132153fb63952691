package compensation

import (
	"fmt"
	"math/big"

	"github.com/rung-hr/rung/internal/platform/money"
)

// Check says whether a midpoint progression is inside of what is expected.
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

// The lead premium over senior is 15 to 25 percent; under 10 any two levels are too close, over 30 the step is a leap.
var (
	leadPremium = Expected{LowPercent: 15, HighPercent: 25}
	anyStep     = Expected{LowPercent: 10, HighPercent: 30}
)

// ExpectedProgression is what the midpoint should rise by from one level of the shipped ladder to the next.
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

// Progression is how much the midpoint rises from a lower band to a higher one; false when the currencies differ.
func Progression(lower, upper Band) (money.Ratio, bool) {
	if lower.Currency != upper.Currency {
		return money.Ratio{}, false
	}
	return share(upper.Mid-lower.Mid, lower.Mid)
}

func percent(whole int64) money.Ratio { return money.RatioOf(big.NewRat(whole, 100)) }
