package compensation

import (
	"context"
	"fmt"
	"math/big"
	"slices"
	"strconv"

	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/money"
)

// Explain shows how the figures of a level at a location are calculated: each
// with its formula and the numbers in it, as far as Comparison shows them. HR
// partners, compensation partners and compensation approvers may ask. It returns
// the faults of Comparison, and a NotFound fault when there is no such band on
// the day.
// Percentiles are of type R-7 (Hyndman and Fan 1996).
func (s *Service) Explain(ctx context.Context, level, location string, asOf clock.Date) (Explanation, error) {
	view, err := s.view(ctx, "")
	if err != nil {
		return Explanation{}, err
	}
	t, err := s.tableFor(ctx, Filter{AsOf: asOf}, view)
	if err != nil {
		return Explanation{}, err
	}
	l := slices.IndexFunc(t.snap.levels, func(r ladder.Rung) bool { return r.Code == level })
	at := slices.Index(t.snap.locations, location)
	if l < 0 || at < 0 || t.snap.bands[t.snap.cell(int32(l), int32(at))].Currency == "" {
		return Explanation{}, fault.Missing()
	}
	e := explainer{t: t, at: t.snap.cell(int32(l), int32(at))}
	e.aboutBand()
	e.aboutPay()
	return Explanation{Figures: e.figures}, s.recordSmall(ctx, t, []int{e.at})
}

// explainer collects the figures of one cell.
type explainer struct {
	t       *table
	at      int
	figures []Figure
}

func (e *explainer) add(name, formula, substituted, value string) {
	e.figures = append(e.figures, Figure{Name: name, Formula: formula, Substituted: substituted, Value: value})
}

func (e *explainer) band() Band { return e.t.snap.bands[e.at] }

func (e *explainer) amount(minor int64) string {
	return money.Amount{Minor: minor, Currency: e.band().Currency}.Decimal()
}

func (e *explainer) money(minor int64) string { return e.amount(minor) + " " + e.band().Currency }

func (e *explainer) aboutBand() {
	b := e.band()
	if spread, ok := b.Spread(); ok {
		e.add("Spread", "(maximum − minimum) / minimum", fmt.Sprintf("(%s − %s) / %s", e.amount(b.Max), e.amount(b.Min), e.amount(b.Min)), spread.Percent(shownPlaces)+" %")
	}
	below, ok := e.t.snap.lower(e.at)
	if !ok {
		return
	}
	from, lower := e.t.snap.levels[below%len(e.t.snap.levels)].Code, e.t.snap.bands[below]
	if rise, ok := Progression(lower, b); ok {
		e.add("Midpoint progression over "+from, "midpoint / midpoint of "+from+" − 1", fmt.Sprintf("%s / %s − 1", e.amount(b.Mid), e.amount(lower.Mid)), rise.Percent(shownPlaces)+" %")
		expected := e.t.snap.expected(below, e.at)
		e.add("Expected progression", expected.Why(), "from "+from+" to "+e.t.rows[e.at].Level, expected.String())
	}
	if shared, ok := lower.OverlapWith(b); ok {
		e.add("Overlap with "+from, "shared width / width of the lower band",
			fmt.Sprintf("%s / (%s − %s)", e.amount(shared.Amount), e.amount(lower.Max), e.amount(lower.Min)), shared.OfLower.Percent(shownPlaces)+" %")
	}
}

func (e *explainer) aboutPay() {
	c, row, b := &e.t.cells[e.at], e.t.rows[e.at], e.band()
	e.add("People", "people with pay in "+b.Currency, strconv.Itoa(len(c.members)), strconv.Itoa(len(c.members)))
	if row.Hidden || len(c.members) == 0 {
		return
	}
	pays := e.t.pays(e.at)
	var sum int64
	for _, pay := range pays {
		sum += pay
	}
	e.add("Mean pay", "sum of pay / people", fmt.Sprintf("%s / %d", e.amount(sum), len(pays)), e.money(*row.MeanPay))
	e.add("Median pay", "the middle of the amounts in order", "middle of "+strconv.Itoa(len(pays))+" amounts", e.money(*row.MedianPay))
	for _, percentile := range []int{10, 50, 90} {
		pay, _ := Percentile(pays, percentile)
		e.add(fmt.Sprintf("Compa-ratio P%d", percentile), fmt.Sprintf("P%d of pay (type R-7) / midpoint", percentile),
			fmt.Sprintf("%s / %s", e.exact(pay), e.amount(b.Mid)), exactCompa(pays, percentile, b.Mid).Round(shownPlaces))
	}
	e.add("Below minimum", "people with pay < minimum", "pay < "+e.amount(b.Min), strconv.Itoa(*row.Below))
	e.add("Above maximum", "people with pay > maximum", "pay > "+e.amount(b.Max), strconv.Itoa(*row.Above))
	if row.CostToMin != nil {
		e.add("Cost to minimum", "sum of (minimum − pay) × FTE over those below", fmt.Sprintf("%d of %d people", *row.Below, row.Headcount), e.money(*row.CostToMin))
	}
}

// exact writes an amount that can lie between two minor units.
func (e *explainer) exact(minor money.Ratio) string {
	if whole, ok := Minor(minor); ok && minor.Rat().IsInt() {
		return e.amount(whole)
	}
	currency, _ := money.LookUp(e.band().Currency)
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(currency.Digits)), nil)
	return money.RatioOf(new(big.Rat).Quo(minor.Rat(), new(big.Rat).SetInt(scale))).Round(shownPlaces)
}
