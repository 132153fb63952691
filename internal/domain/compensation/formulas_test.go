package compensation_test

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/internal/domain/compensation"
	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/platform/money"
)

// golden holds worked examples in whole euros.
type golden struct {
	Bands map[string]struct {
		Min, Mid, Max       int64
		Spread, Half, Ratio string
	}
	People []struct {
		ID, Band                   string
		Actual, FullTime, Gap      int64
		FTE                        string
		Compa, Penetration, Bucket string
	}
	Progressions []struct{ From, To, Percent string }
	Overlaps     []struct {
		Lower, Upper              string
		Amount, Gap               int64
		OfLower, OfUpper, OfUnion string
	}
	Promotions []struct {
		ID                  string
		FullTime, Actual    int64
		Percent, Compa      string
		Penetration, Driver string
		Capped              bool
	}
}

func load(t *testing.T) golden {
	t.Helper()
	content, err := os.ReadFile("testdata/golden.json")
	require.NoError(t, err)
	var g golden
	require.NoError(t, json.Unmarshal(content, &g))
	return g
}

func (g golden) band(name string) compensation.Band {
	b := g.Bands[name]
	return compensation.Band{Currency: "EUR", Min: b.Min * 100, Mid: b.Mid * 100, Max: b.Max * 100}
}

func (g golden) pay(t *testing.T, id string) compensation.Pay {
	t.Helper()
	for _, person := range g.People {
		if person.ID == id {
			fte, err := money.ParseFTE(person.FTE, false)
			require.NoError(t, err)
			pay, err := compensation.FromActual(money.Amount{Minor: person.Actual * 100, Currency: "EUR"}, fte)
			require.NoError(t, err)
			return pay
		}
	}
	require.Fail(t, "no such person", id)
	return compensation.Pay{}
}

func (g golden) pays(t *testing.T, ids ...string) []compensation.Pay {
	var pays []compensation.Pay
	for _, id := range ids {
		pays = append(pays, g.pay(t, id))
	}
	return pays
}

func TestBands(t *testing.T) {
	g := load(t)
	for name, want := range g.Bands {
		band := g.band(name)
		require.NoError(t, band.Validate())
		spread, _ := band.Spread()
		below, above, _ := band.HalfSpreads()
		ratio, _ := band.RangeRatio()
		require.Equal(t, []string{want.Spread, want.Half, want.Half, want.Ratio},
			[]string{spread.Percent(4), below.Percent(4), above.Percent(4), ratio.Round(4)}, name)
	}
	for _, band := range []compensation.Band{{}, {Min: 2, Mid: 1, Max: 3}, {Min: 1, Mid: 3, Max: 2}, {Min: -1, Mid: 1, Max: 2}} {
		require.ErrorIs(t, band.Validate(), compensation.ErrBandOrder)
	}
}

func TestPeopleInBands(t *testing.T) {
	g := load(t)
	for _, want := range g.People {
		pay, band := g.pay(t, want.ID), g.band(want.Band)
		compa, _ := band.CompaRatio(pay.FullTime)
		penetration, _ := band.Penetration(pay.FullTime)
		require.Equal(t, want.FullTime*100, pay.FullTime, want.ID)
		require.Equal(t, want.Compa, compa.Round(4), want.ID)
		require.Equal(t, want.Penetration, penetration.Percent(2), want.ID)
		require.Equal(t, compensation.Bucket(want.Bucket), band.Bucket(pay.FullTime), want.ID)
		require.Equal(t, want.Gap*100, band.Gap(pay.FullTime), want.ID)
	}
}

func TestSinglePointBand(t *testing.T) {
	band := compensation.Band{Currency: "EUR", Min: 5, Mid: 5, Max: 5}
	_, ok := band.Penetration(5)
	require.False(t, ok)
	require.Equal(t, []compensation.Bucket{compensation.Below, compensation.Q4, compensation.Above},
		[]compensation.Bucket{band.Bucket(4), band.Bucket(5), band.Bucket(6)})
	_, ok = compensation.Band{}.CompaRatio(5)
	require.False(t, ok)
}

func TestProgressions(t *testing.T) {
	g := load(t)
	for _, want := range g.Progressions {
		got, ok := compensation.Progression(g.band(want.From), g.band(want.To))
		require.True(t, ok)
		require.Equal(t, want.Percent, got.Percent(4))
	}
	other := g.band("L4")
	other.Currency = "USD"
	_, ok := compensation.Progression(g.band("L3"), other)
	require.False(t, ok)
}

func TestProgressionChecks(t *testing.T) {
	lead := ladder.Rung{Code: "L5", Premium: &ladder.Premium{Min: 15, Max: 25}}
	tests := []struct {
		to         ladder.Rung
		neighbours bool
		percent    int64
		want       compensation.Check
	}{
		{lead, true, 14, compensation.Low}, {lead, true, 15, compensation.OK}, {lead, true, 25, compensation.OK}, {lead, true, 26, compensation.High},
		{lead, false, 26, compensation.OK}, {lead, false, 31, compensation.High},
		{ladder.Rung{Code: "IC5"}, true, 9, compensation.Low}, {ladder.Rung{Code: "IC5"}, true, 10, compensation.OK},
		{ladder.Rung{Code: "IC5"}, true, 30, compensation.OK}, {ladder.Rung{Code: "IC5"}, true, 31, compensation.High},
		{ladder.Rung{Code: "M2"}, true, -3, compensation.Low},
	}
	for _, test := range tests {
		expected := compensation.ExpectedProgression(test.to, test.neighbours)
		require.Equal(t, test.want, expected.Check(money.NewRatio(test.percent, 100)), "%+v", test)
	}
	expected := compensation.ExpectedProgression(lead, true)
	require.Equal(t, []string{"15–25 %", "as the ladder says for this level"}, []string{expected.String(), expected.Why()})
}

func TestOverlaps(t *testing.T) {
	g := load(t)
	for _, want := range g.Overlaps {
		got, ok := g.band(want.Lower).OverlapWith(g.band(want.Upper))
		require.True(t, ok)
		require.Equal(t, want.Amount*100, got.Amount)
		require.Equal(t, want.Gap*100, got.Gap)
		require.Equal(t, []string{want.OfLower, want.OfUpper, want.OfUnion},
			[]string{got.OfLower.Percent(4), got.OfUpper.Percent(4), got.OfUnion.Percent(4)})
	}
	_, ok := g.band("L3").OverlapWith(compensation.Band{Currency: "USD"})
	require.False(t, ok)
}

func TestCostsAreInActualMoney(t *testing.T) {
	g := load(t)
	people := g.pays(t, "E1", "E2", "E3", "E4", "E5")
	cost, err := g.band("L4").CostToMinimum(people)
	require.NoError(t, err)
	require.Equal(t, int64(460_000), cost)
	cost, err = g.band("L4").CostToMidpoint(people)
	require.NoError(t, err)
	require.Equal(t, int64(1_600_000+400_000+1_200_000), cost)
}

func TestGroupCompa(t *testing.T) {
	g := load(t)
	two, ok := compensation.CompaOf([]compensation.Placed{{Pay: g.pay(t, "E1"), Mid: 8_000_000}, {Pay: g.pay(t, "E6"), Mid: 9_600_000}})
	require.True(t, ok)
	require.Equal(t, "0.9034", two.OfSums.Round(4))
	require.Equal(t, "0.911458", two.MeanOfEach.Round(6))

	var five []compensation.Placed
	for _, pay := range g.pays(t, "E1", "E2", "E3", "E4", "E5") {
		five = append(five, compensation.Placed{Pay: pay, Mid: 8_000_000})
	}
	all, ok := compensation.CompaOf(five)
	require.True(t, ok)
	require.Equal(t, "0.9475", all.OfSums.Round(4))
	require.Equal(t, "0.9538", all.FTEWeighted.Round(4))

	_, ok = compensation.CompaOf(nil)
	require.False(t, ok)
	_, ok = compensation.CompaOf([]compensation.Placed{{}})
	require.False(t, ok)
}

func TestPercentiles(t *testing.T) {
	values := []int64{70, 72, 75, 80, 85, 90, 95, 100, 110, 130}
	for percent, want := range map[int]string{0: "70.00", 25: "76.25", 50: "87.50", 75: "98.75", 90: "112.00", 100: "130.00"} {
		got, ok := compensation.Percentile(values, percent)
		require.True(t, ok)
		require.Equal(t, want, got.Round(2), percent)
	}
	mean, _ := compensation.Mean(values)
	require.Equal(t, "90.70", mean.Round(2))
	median, _ := compensation.Median([]int64{1, 2})
	minor, ok := compensation.Minor(median)
	require.True(t, ok)
	require.Equal(t, int64(2), minor)
	_, ok = compensation.Percentile(nil, 50)
	require.False(t, ok)
	_, ok = compensation.Percentile(values, 101)
	require.False(t, ok)
	_, ok = compensation.Mean(nil)
	require.False(t, ok)
}

var policy = compensation.PromotionPolicy{
	Increase: money.NewRatio(10, 100), TargetCompa: money.NewRatio(90, 100), Cap: money.NewRatio(25, 100), Step: 10_000,
}

func TestPromotionPay(t *testing.T) {
	g := load(t)
	for _, want := range g.Promotions {
		band := g.band("L5")
		got, err := policy.PromotionPay(g.pay(t, want.ID), band)
		require.NoError(t, err)
		compa, _ := band.CompaRatio(got.FullTime)
		penetration, _ := band.Penetration(got.FullTime)
		require.Equal(t, want.FullTime*100, got.FullTime, want.ID)
		require.Equal(t, want.Actual*100, got.IncreaseActual, want.ID)
		require.Equal(t, []string{want.Percent, want.Compa, want.Penetration, want.Driver},
			[]string{got.Increase.Percent(4), compa.Round(4), penetration.Percent(2), string(got.Driver)}, want.ID)
		require.Equal(t, want.Capped, got.Capped, want.ID)
	}
}

func TestPromotionPayAtTheBorders(t *testing.T) {
	band := compensation.Band{Currency: "EUR", Min: 7_900_050, Mid: 9_600_000, Max: 11_300_050}
	low, err := policy.PromotionPay(compensation.Pay{FullTime: 5_000_000, FTE: money.FullTime}, band)
	require.NoError(t, err)
	require.Equal(t, int64(7_910_000), low.FullTime, "the minimum beats the cap and is rounded up")
	high, err := policy.PromotionPay(compensation.Pay{FullTime: 11_000_000, FTE: money.FullTime}, band)
	require.NoError(t, err)
	require.Equal(t, int64(11_300_000), high.FullTime, "the maximum is rounded down")
	_, err = policy.PromotionPay(compensation.Pay{FTE: money.FullTime}, band)
	require.Error(t, err)
	_, err = compensation.PromotionPolicy{}.PromotionPay(compensation.Pay{FullTime: 1, FTE: money.FullTime}, band)
	require.Error(t, err)
}
