package money_test

import (
	"math"
	"math/big"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/internal/platform/money"
)

func TestLookUpKnowsMinorUnits(t *testing.T) {
	for code, digits := range map[string]int{
		"EUR": 2, "USD": 2, "JPY": 0, "ISK": 0, "KWD": 3, "CLF": 4, "HUF": 2, "TWD": 2, "BGN": 2, "HRK": 2,
	} {
		found, ok := money.LookUp(code)
		require.True(t, ok, code)
		require.Equal(t, digits, found.Digits, code)
	}
	for _, code := range []string{"EURO", "eur", "", "XYZ"} {
		_, ok := money.LookUp(code)
		require.False(t, ok, code)
	}
}

func TestEndedCurrencyKeepsItsRate(t *testing.T) {
	lev, _ := money.LookUp("BGN")
	require.True(t, lev.UsableOn(time.Date(2025, 12, 31, 23, 0, 0, 0, time.UTC)))
	require.False(t, lev.UsableOn(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)))
	rate, ok := lev.SuccessorRate()
	require.True(t, ok)
	euros, err := money.Convert(money.Amount{Minor: 6_000_000, Currency: "BGN"}, "EUR", rate)
	require.NoError(t, err)
	require.Equal(t, "EUR 30677.51", euros.String())

	euro, _ := money.LookUp("EUR")
	_, ok = euro.SuccessorRate()
	require.False(t, ok)
	require.True(t, euro.UsableOn(time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC)))
}

func TestParse(t *testing.T) {
	tests := []struct {
		text, code string
		notation   money.Notation
		minor      int64
	}{
		{"12345.67", "EUR", money.Auto, 1_234_567},
		{"12.345,67", "EUR", money.Auto, 1_234_567},
		{"12,345.67", "USD", money.Auto, 1_234_567},
		{"12'345.67", "CHF", money.Auto, 1_234_567},
		{"12\u202f345,67", "EUR", money.Auto, 1_234_567},
		{"12\u00a0345,67", "EUR", money.Comma, 1_234_567},
		{"1,234,567", "USD", money.Auto, 123_456_700},
		{"1.234.567", "EUR", money.Auto, 123_456_700},
		{"12,345", "USD", money.Point, 1_234_500},
		{"12.345", "EUR", money.Comma, 1_234_500},
		{"12.345", "KWD", money.Point, 12_345},
		{"0.500", "USD", money.Auto, 50},
		{"80000", "JPY", money.Auto, 80_000},
		{"80000.00", "JPY", money.Auto, 80_000},
		{"-5,5", "EUR", money.Auto, -550},
		{"\u22125.50", "EUR", money.Point, -550},
		{" +7 ", "EUR", money.Auto, 700},
	}
	for _, test := range tests {
		amount, err := money.Parse(test.text, test.code, test.notation)
		require.NoError(t, err, test.text)
		require.Equal(t, money.Amount{Minor: test.minor, Currency: test.code}, amount, test.text)
	}
}

func TestParseSaysWhyNot(t *testing.T) {
	tests := []struct {
		text, code string
		notation   money.Notation
		reason     money.Reason
	}{
		{"12,345", "USD", money.Auto, money.AmbiguousNumber},
		{"12.345", "EUR", money.Auto, money.AmbiguousNumber},
		{"12.345", "EUR", money.Point, money.TooManyDecimals},
		{"80000.5", "JPY", money.Auto, money.TooManyDecimals},
		{"12,34.5", "EUR", money.Comma, money.NotANumber},
		{"12,34.5", "EUR", money.Point, money.NotANumber},
		{"1,234 567", "USD", money.Point, money.NotANumber},
		{"1e5", "USD", money.Auto, money.NotANumber},
		{"", "USD", money.Auto, money.NotANumber},
		{"-", "USD", money.Auto, money.NotANumber},
		{"12.", "USD", money.Point, money.NotANumber},
		{"--5", "USD", money.Point, money.NotANumber},
		{"99999999999999999999", "USD", money.Auto, money.TooLarge},
		{"5", "EURO", money.Auto, money.UnknownCurrency},
	}
	for _, test := range tests {
		_, err := money.Parse(test.text, test.code, test.notation)
		var failure *money.Error
		require.ErrorAs(t, err, &failure, test.text)
		require.Equal(t, test.reason, failure.Reason, test.text)
	}
	_, err := money.Parse("12.345", "EUR", money.Point)
	require.EqualError(t, err, `"12.345" has 3 decimals, EUR allows 2`)
}

func TestConvertRoundsOnce(t *testing.T) {
	day := time.Date(2026, 4, 2, 0, 0, 0, 0, time.UTC)
	dollars := money.Rate{Name: "plan", Base: "EUR", Quote: "USD", Value: rat("1.1525"), Date: day.AddDate(0, 0, -1)}
	pounds := money.Rate{Name: "plan", Base: "EUR", Quote: "GBP", Value: rat("0.87253"), Date: day}
	cross, err := money.Cross(dollars, pounds)
	require.NoError(t, err)
	require.Equal(t, dollars.Date, cross.Date)
	got, err := money.Convert(money.Amount{Minor: 15_000_000, Currency: "USD"}, "GBP", cross)
	require.NoError(t, err)
	require.Equal(t, "GBP 113561.39", got.String())

	yen := money.Rate{Base: "EUR", Quote: "JPY", Value: rat("183.94"), Date: day}
	got, err = money.Convert(money.Amount{Minor: 6_500_000, Currency: "EUR"}, "JPY", yen)
	require.NoError(t, err)
	require.Equal(t, "JPY 11956100", got.String())
	got, err = money.Convert(money.Amount{Minor: 12_000_000, Currency: "JPY"}, "EUR", yen)
	require.NoError(t, err)
	require.Equal(t, "EUR 65238.66", got.String())
}

func TestConvertRefusesAWrongRate(t *testing.T) {
	amount := money.Amount{Minor: 100, Currency: "USD"}
	for _, rate := range []money.Rate{{}, {Base: "EUR", Quote: "GBP", Value: rat("1")}, {Base: "USD", Quote: "EUR", Value: rat("0")}} {
		_, err := money.Convert(amount, "EUR", rate)
		requireReason(t, money.NoRate, err)
	}
	same, err := money.Convert(amount, "USD", money.Rate{})
	require.NoError(t, err)
	require.Equal(t, amount, same)
}

func TestRoundToStep(t *testing.T) {
	tests := []struct {
		value string
		step  int64
		mode  money.Rounding
		want  int64
	}{
		{"8125000", 10000, money.Down, 8120000},
		{"8125000", 10000, money.HalfUp, 8130000},
		{"8125000", 10000, money.Up, 8130000},
		{"8120000", 10000, money.Up, 8120000},
		{"8433334.5", 1, money.HalfUp, 8433335},
		{"-2.5", 1, money.HalfUp, -3},
		{"-2.5", 1, money.Down, -3},
		{"-2.5", 1, money.Up, -2},
	}
	for _, test := range tests {
		got, err := money.RoundToStep(rat(test.value), test.step, test.mode)
		require.NoError(t, err)
		require.Equal(t, test.want, got, "%+v", test)
	}
	_, err := money.RoundToStep(rat("1"), 0, money.Down)
	requireReason(t, money.OutOfRange, err)
	_, err = money.RoundToStep(rat("1e30"), 1, money.Down)
	requireReason(t, money.TooLarge, err)
}

func TestRatioRoundsForDisplay(t *testing.T) {
	compa, err := money.Amount{Minor: 7_500_000, Currency: "EUR"}.Over(money.Amount{Minor: 8_000_000, Currency: "EUR"})
	require.NoError(t, err)
	require.Equal(t, "0.9375", compa.Round(4))
	require.Equal(t, "93.75", compa.Percent(2))
	require.InDelta(t, 0.9375, compa.Float(4), 0)
	require.Equal(t, "-11.54", money.NewRatio(-3000, 26000).Percent(2))
	require.Equal(t, "0.00", money.Ratio{}.Round(2))
	require.Equal(t, "1", money.NewRatio(1, 2).Round(0))
}

func TestArithmeticRefusesWhatHasNoAnswer(t *testing.T) {
	euro, dollar := money.Amount{Minor: 1, Currency: "EUR"}, money.Amount{Minor: 1, Currency: "USD"}
	_, err := euro.Add(dollar)
	requireReason(t, money.CurrencyMismatch, err)
	_, err = euro.Over(dollar)
	requireReason(t, money.CurrencyMismatch, err)
	_, err = euro.Over(money.Amount{Currency: "EUR"})
	requireReason(t, money.DivisionByZero, err)
	_, err = money.Amount{Minor: math.MaxInt64, Currency: "EUR"}.Add(euro)
	requireReason(t, money.TooLarge, err)
	_, err = euro.Sub(money.Amount{Minor: math.MinInt64, Currency: "EUR"})
	requireReason(t, money.TooLarge, err)
}

func TestFTE(t *testing.T) {
	for text, want := range map[string]money.FTE{"0.8": 800_000, "0,8": 800_000, "80%": 800_000, "80 %": 800_000, "1": money.FullTime, "1.0": money.FullTime, "0.333333": 333_333} {
		got, err := money.ParseFTE(text, false)
		require.NoError(t, err, text)
		require.Equal(t, want, got, text)
	}
	for text, want := range map[string]money.Reason{"80": money.LooksLikePercent, "0": money.OutOfRange, "-0.5": money.OutOfRange, "200": money.OutOfRange, "half": money.NotANumber, "0.1234567": money.TooManyDecimals} {
		_, err := money.ParseFTE(text, false)
		requireReason(t, want, err)
	}
	got, err := money.ParseFTE("62.5", true)
	require.NoError(t, err)
	require.Equal(t, money.FTE(625_000), got)

	full, err := money.FTE(800_000).Annualized(money.Amount{Minor: 6_000_000, Currency: "EUR"})
	require.NoError(t, err)
	require.Equal(t, "EUR 75000.00", full.String())
	_, err = money.FTE(0).Annualized(full)
	requireReason(t, money.OutOfRange, err)
}

func requireReason(t *testing.T, want money.Reason, err error) {
	t.Helper()
	var failure *money.Error
	require.ErrorAs(t, err, &failure)
	require.Equal(t, want, failure.Reason)
	require.NotEmpty(t, failure.Error())
}

func rat(text string) *big.Rat {
	value, ok := new(big.Rat).SetString(text)
	if !ok {
		panic("not a number: " + text)
	}
	return value
}
