package compensation_test

import (
	"math/big"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/rung-hr/rung/internal/domain/compensation"
	"github.com/rung-hr/rung/internal/platform/money"
)

func drawBand(t *rapid.T) compensation.Band {
	low := rapid.Int64Range(1_000_000, 20_000_000).Draw(t, "min")
	mid := low + rapid.Int64Range(20_000, 5_000_000).Draw(t, "half")
	return compensation.Band{Currency: "EUR", Min: low, Mid: mid, Max: mid + rapid.Int64Range(20_000, 5_000_000).Draw(t, "upper half")}
}

func TestBucketAgreesWithPenetration(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		band := drawBand(t)
		pay := rapid.Int64Range(band.Min/2, band.Max*2).Draw(t, "pay")
		at, ok := band.Penetration(pay)
		require.True(t, ok)
		quarter := new(big.Rat).Mul(at.Rat(), big.NewRat(4, 1))
		want := map[compensation.Bucket][2]int64{
			compensation.Q1: {0, 1}, compensation.Q2: {1, 2}, compensation.Q3: {2, 3}, compensation.Q4: {3, 4},
		}
		bucket := band.Bucket(pay)
		switch bucket {
		case compensation.Below:
			require.Negative(t, at.Rat().Sign())
		case compensation.Above:
			require.Positive(t, quarter.Cmp(big.NewRat(4, 1)))
		default:
			require.GreaterOrEqual(t, quarter.Cmp(big.NewRat(want[bucket][0], 1)), 0)
			require.LessOrEqual(t, quarter.Cmp(big.NewRat(want[bucket][1], 1)), 0)
		}
	})
}

func TestPercentilesRiseAndStayInside(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Int64Range(-1e15, 1e15), 1, 40).Draw(t, "values")
		slices.Sort(values)
		lower := rapid.IntRange(0, 100).Draw(t, "lower")
		upper := rapid.IntRange(lower, 100).Draw(t, "upper")
		a, _ := compensation.Percentile(values, lower)
		b, _ := compensation.Percentile(values, upper)
		require.LessOrEqual(t, a.Cmp(b), 0)
		require.GreaterOrEqual(t, a.Cmp(money.NewRatio(values[0], 1)), 0)
		require.LessOrEqual(t, b.Cmp(money.NewRatio(values[len(values)-1], 1)), 0)
	})
}

func TestPromotionPayKeepsItsLimits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		band := drawBand(t)
		present := compensation.Pay{FullTime: rapid.Int64Range(band.Min/2, band.Max).Draw(t, "present"), FTE: money.FTE(rapid.Int64Range(1, 1_000_000).Draw(t, "fte"))}
		got, err := policy.PromotionPay(present, band)
		require.NoError(t, err)
		require.GreaterOrEqual(t, got.FullTime, band.Min)
		require.LessOrEqual(t, got.FullTime, band.Max)
		if got.FullTime > band.Min+policy.Step {
			require.LessOrEqual(t, got.Increase.Cmp(policy.Cap), 0, "over the cap")
		}
	})
}

func TestOverlapIsSymmetricInAmount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawBand(t), drawBand(t)
		there, _ := a.OverlapWith(b)
		back, _ := b.OverlapWith(a)
		require.Equal(t, there.Amount, back.Amount)
		require.Equal(t, there.OfLower.Round(9), back.OfUpper.Round(9))
		require.False(t, there.Amount > 0 && there.Gap > 0)
	})
}
