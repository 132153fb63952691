package compensation

import (
	"fmt"
	"math/big"

	"github.com/rung-hr/rung/internal/domain/ladder"
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

// Expected is the range of midpoint progression between two levels, in whole
// percent, both ends included, and who says so.
type Expected struct {
	LowPercent, HighPercent int64
	OfLadder                bool // the ladder says so for this level
}

// anyStep is expected where a ladder says nothing: below 10 percent two levels are
// too close, above 30 the step is too large.
var anyStep = Expected{LowPercent: 10, HighPercent: 30}

// ExpectedProgression is how much the midpoint should rise to a level from the
// one below it. The rule of a ladder is about neighbours: when levels between
// them have no band, it does not apply.
func ExpectedProgression(to ladder.Rung, neighbours bool) Expected {
	if to.Premium == nil || !neighbours {
		return anyStep
	}
	return Expected{LowPercent: int64(to.Premium.Min), HighPercent: int64(to.Premium.Max), OfLadder: true}
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

// Why says where the range comes from.
func (e Expected) Why() string {
	if e.OfLadder {
		return "as the ladder says for this level"
	}
	return "as is usual where a ladder says nothing"
}

// Progression is how much the midpoint rises from a lower band to a higher one;
// it is false when the currencies differ.
func Progression(lower, upper Band) (money.Ratio, bool) {
	if lower.Currency != upper.Currency {
		return money.Ratio{}, false
	}
	return share(upper.Mid-lower.Mid, lower.Mid)
}

func percent(whole int64) money.Ratio { return money.RatioOf(big.NewRat(whole, 100)) }
