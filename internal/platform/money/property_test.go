package money_test

import (
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/rung-hr/rung/internal/platform/money"
)

var codes = []string{"EUR", "USD", "JPY", "KWD", "CLF", "BGN"}

func drawAmount(t *rapid.T) money.Amount {
	return money.Amount{
		Minor:    rapid.Int64Range(-1e15, 1e15).Draw(t, "minor"),
		Currency: rapid.SampledFrom(codes).Draw(t, "currency"),
	}
}

func TestDecimalAndParseAreInverse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount := drawAmount(t)
		back, err := money.Parse(amount.Decimal(), amount.Currency, money.Point)
		require.NoError(t, err)
		require.Equal(t, amount, back)
	})
}

func TestRoundingStaysWithinItsRule(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := big.NewRat(rapid.Int64Range(-1e12, 1e12).Draw(t, "num"), rapid.Int64Range(1, 1e6).Draw(t, "den"))
		step := rapid.Int64Range(1, 1e6).Draw(t, "step")
		down, err := money.RoundToStep(value, step, money.Down)
		require.NoError(t, err)
		up, err := money.RoundToStep(value, step, money.Up)
		require.NoError(t, err)
		near, err := money.RoundToStep(value, step, money.HalfUp)
		require.NoError(t, err)

		require.LessOrEqual(t, new(big.Rat).SetInt64(down).Cmp(value), 0)
		require.GreaterOrEqual(t, new(big.Rat).SetInt64(up).Cmp(value), 0)
		require.LessOrEqual(t, up-down, step)
		require.Contains(t, []int64{down, up}, near)
		require.Zero(t, near%step)
	})
}

func TestConvertThereAndBackIsOffByAtMostOneUnitOfEach(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount := money.Amount{Minor: rapid.Int64Range(0, 1e12).Draw(t, "minor"), Currency: "EUR"}
		rate := money.Rate{Base: "EUR", Quote: "USD", Value: big.NewRat(rapid.Int64Range(5000, 20000).Draw(t, "rate"), 10000)}
		there, err := money.Convert(amount, "USD", rate)
		require.NoError(t, err)
		back, err := money.Convert(there, "EUR", rate)
		require.NoError(t, err)
		require.InDelta(t, amount.Minor, back.Minor, 2)
	})
}

func TestAddAndSubAreInverse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := drawAmount(t)
		b := money.Amount{Minor: rapid.Int64Range(-1e15, 1e15).Draw(t, "other"), Currency: a.Currency}
		sum, err := a.Add(b)
		require.NoError(t, err)
		back, err := sum.Sub(b)
		require.NoError(t, err)
		require.Equal(t, a, back)
	})
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"12.345,67", "12'345.67", "1 234", "-0.5", "1,2,3", "€5"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		amount, err := money.Parse(text, "EUR", money.Auto)
		if err != nil {
			return
		}
		back, err := money.Parse(amount.Decimal(), "EUR", money.Point)
		require.NoError(t, err)
		require.Equal(t, amount, back)
	})
}
