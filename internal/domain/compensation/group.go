package compensation

import (
	"math/big"

	"github.com/rung-hr/rung/internal/platform/money"
)

// Placed is a person's pay with the midpoint that it is compared with.
type Placed struct {
	Pay
	Mid int64
}

// GroupCompa says how a group is paid relative to its midpoints. The three ratios
// differ, so say which one is shown.
type GroupCompa struct {
	OfSums      money.Ratio // sum of pay / sum of midpoints
	MeanOfEach  money.Ratio // mean of the people's compa-ratios
	FTEWeighted money.Ratio // as OfSums, with each person weighted by their share of full time
}

// CompaOf is false for an empty group and for one with a midpoint that is not
// positive.
func CompaOf(group []Placed) (GroupCompa, bool) {
	var pay, mid, weightedPay, weightedMid big.Int
	each := new(big.Rat)
	for _, person := range group {
		ratio, ok := share(person.FullTime, person.Mid)
		if !ok {
			return GroupCompa{}, false
		}
		each.Add(each, ratio.Rat())
		fte := big.NewInt(int64(person.FTE))
		pay.Add(&pay, big.NewInt(person.FullTime))
		mid.Add(&mid, big.NewInt(person.Mid))
		weightedPay.Add(&weightedPay, new(big.Int).Mul(big.NewInt(person.FullTime), fte))
		weightedMid.Add(&weightedMid, new(big.Int).Mul(big.NewInt(person.Mid), fte))
	}
	if mid.Sign() == 0 || weightedMid.Sign() == 0 {
		return GroupCompa{}, false
	}
	return GroupCompa{
		OfSums:      quotient(&pay, &mid),
		MeanOfEach:  money.RatioOf(each.Quo(each, big.NewRat(int64(len(group)), 1))),
		FTEWeighted: quotient(&weightedPay, &weightedMid),
	}, true
}

func quotient(numerator, denominator *big.Int) money.Ratio {
	return money.RatioOf(new(big.Rat).SetFrac(numerator, denominator))
}
