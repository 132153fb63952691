package sheet

import (
	"errors"
	"strings"
	"time"
	"unicode"

	"github.com/rung-hr/rung/internal/platform/money"
)

// Amount is the cell in minor units of the currency. It is false when the cell is
// empty or has no such amount; the reason is reported. Negative amounts are
// refused: neither a band nor a salary can be negative.
func (w Row) Amount(key, currency string) (money.Amount, bool) {
	col := w.reader.byKey[key]
	if col == nil || w.cell(col) == "" {
		return money.Amount{}, false
	}
	number, written := cutCurrency(w.cell(col))
	notation := col.notationFor(number, currency)
	if found := w.cells[col.index]; found.holds == aNumber {
		_, written = cutCurrency(found.shown)
		notation = money.Point
	}
	if written != "" && written != currency {
		w.Report(UnknownCurrency, key, "the cell says "+written+", the row says "+currency, "use one currency per row")
		return money.Amount{}, false
	}
	amount, err := money.Parse(number, currency, notation)
	if err != nil {
		w.reportNumber(col, err)
		return money.Amount{}, false
	}
	if amount.Minor < 0 {
		w.Report(NegativeAmount, key, "the amount is negative", "write a positive amount")
		return money.Amount{}, false
	}
	return amount, true
}

// Decimal is the cell as an exact number; it is false when the cell is empty or
// not a number, which is reported.
func (w Row) Decimal(key string) (money.Ratio, bool) {
	col := w.reader.byKey[key]
	if col == nil || w.cell(col) == "" {
		return money.Ratio{}, false
	}
	notation := col.style.notation
	if w.cells[col.index].holds == aNumber {
		notation = money.Point
	}
	plain, err := money.Normalize(strings.TrimSuffix(w.cell(col), "%"), notation)
	if err != nil {
		w.reportNumber(col, err)
		return money.Ratio{}, false
	}
	value, err := money.ParseRatio(plain)
	return value, err == nil
}

// FTE is the cell as a share of full time; it is false when the cell is empty or
// not a share, which is reported.
// In a column whose header has a percent sign, 80 is 80 %.
func (w Row) FTE(key string) (money.FTE, bool) {
	col := w.reader.byKey[key]
	if col == nil || w.cell(col) == "" {
		return 0, false
	}
	share, err := money.ParseFTE(w.cell(col), col.style.percent)
	if failure, ok := errors.AsType[*money.Error](err); ok {
		w.Report(BadFTE, key, fteMessages[failure.Reason], "write a share such as 0.8, or 80%")
		return 0, false
	}
	return share, true
}

var fteMessages = map[money.Reason]string{
	money.LooksLikePercent: "the value looks like a percentage; a share of full time such as 0.8 is expected",
	money.OutOfRange:       "a share of full time is above 0 and at most 1",
	money.TooManyDecimals:  "a share of full time has at most six decimals",
	money.NotANumber:       "not a number",
}

// Currency is the upper-case ISO 4217 code of the cell, if it was legal tender on the day (the zero time skips that check).
func (w Row) Currency(key string, on time.Time) (string, bool) {
	code := w.Text(key)
	if code == "" {
		return "", false
	}
	found, ok := money.LookUp(code)
	if !ok {
		w.Report(UnknownCurrency, key, "not an ISO 4217 currency code", "use three letters such as EUR or USD")
		return "", false
	}
	if !on.IsZero() && !found.UsableOn(on) {
		w.Report(EndedCurrency, key, code+" ended on "+found.LastDay.Format(time.DateOnly),
			"use "+found.Successor+" or an earlier date")
		return "", false
	}
	return code, true
}

func (w Row) reportNumber(col *column, err error) {
	var failure *money.Error
	if !errors.As(err, &failure) {
		return
	}
	switch failure.Reason {
	case money.AmbiguousNumber:
		w.reportOnce(col, AmbiguousNumber, "the separators in this column may group thousands or start the decimals",
			"choose decimal point or decimal comma for this import")
	case money.TooManyDecimals:
		w.Report(TooManyDecimals, col.field.Key, "the amount has more decimals than "+failure.Currency+" allows", "round it")
	case money.UnknownCurrency:
		w.Report(UnknownCurrency, col.field.Key, "the currency of the row is not an ISO 4217 code", "use three letters such as EUR")
	default:
		w.Report(NotANumber, col.field.Key, "not a number"+notationWords[col.style.notation], "write digits only, such as 80000.00")
	}
}

var notationWords = map[money.Notation]string{
	money.Point: "; this column has a decimal point",
	money.Comma: "; this column has a decimal comma",
}

// notationFor reads "80,000" as eighty thousand when the currency has no three decimals and the column never contradicts.
func (c *column) notationFor(number, currency string) money.Notation {
	if c.style.notation != money.Auto || c.style.mixed {
		return c.style.notation
	}
	if found, ok := money.LookUp(currency); !ok || found.Digits >= 3 {
		return money.Auto
	}
	if _, certain := money.NotationOf(number); !certain && c.style.grouping == groupingOf(number) {
		return c.style.grouping
	}
	return money.Auto
}

// cutCurrency takes a currency sign or a three-letter code off either end.
func cutCurrency(text string) (number, code string) {
	trimmed := strings.TrimFunc(text, func(r rune) bool { return unicode.Is(unicode.Sc, r) || unicode.IsSpace(r) })
	isLetter := unicode.IsUpper
	for _, letters := range []string{
		trimmed[:len(trimmed)-len(strings.TrimLeftFunc(trimmed, isLetter))],
		trimmed[len(strings.TrimRightFunc(trimmed, isLetter)):],
	} {
		if _, ok := money.LookUp(letters); ok && len(letters) < len(trimmed) {
			rest := strings.TrimSuffix(strings.TrimPrefix(trimmed, letters), letters)
			return strings.TrimSpace(rest), letters
		}
	}
	return trimmed, ""
}
