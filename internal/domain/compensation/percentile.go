package compensation

import (
	"math/big"

	"github.com/rung-hr/rung/internal/platform/money"
)

// Percentile is the exact percentile of ascending values by linear interpolation
// between closest ranks (type R-7, as in spreadsheets; Hyndman and Fan 1996). The
// percent is from 0 to 100. It is false when there are no values.
func Percentile(ascending []int64, percent int) (money.Ratio, bool) {
	if len(ascending) == 0 || percent < 0 || percent > 100 {
		return money.Ratio{}, false
	}
	rank := int64(len(ascending)-1) * int64(percent)
	below, rest := rank/100, rank%100
	value := new(big.Rat).SetInt64(ascending[below])
	if rest > 0 {
		step := new(big.Int).Sub(big.NewInt(ascending[below+1]), big.NewInt(ascending[below]))
		value.Add(value, new(big.Rat).SetFrac(step.Mul(step, big.NewInt(rest)), big.NewInt(100)))
	}
	return money.RatioOf(value), true
}

// Median is the 50th percentile of ascending values.
func Median(ascending []int64) (money.Ratio, bool) { return Percentile(ascending, 50) }

// Mean is the arithmetic mean; false when there are no values.
func Mean(values []int64) (money.Ratio, bool) {
	if len(values) == 0 {
		return money.Ratio{}, false
	}
	sum := new(big.Int)
	for _, value := range values {
		sum.Add(sum, big.NewInt(value))
	}
	return money.RatioOf(new(big.Rat).SetFrac(sum, big.NewInt(int64(len(values))))), true
}

// Minor rounds an exact amount of minor units half-up; false when it does not fit.
func Minor(exact money.Ratio) (int64, bool) {
	minor, err := money.RoundToStep(exact.Rat(), 1, money.HalfUp)
	return minor, err == nil
}
