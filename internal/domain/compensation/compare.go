package compensation

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/platform/money"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
	"github.com/rung-hr/rung/internal/trust/process"
)

const (
	basis        = "base pay of a year of full time, nothing converted"
	shownOutside = 200
)

// Comparison compares pay with the bands of a day: base pay of a year of full
// time, in minor units, nothing converted. HR partners, compensation partners and
// compensation approvers may ask. The view of people shows exact pay to those who
// may read it, limited to their scope, and records who was shown. The view of buckets
// has what is published for the first day of the quarter: figures of groups from
// which nobody can calculate what fewer than five people earn. It returns an
// Invalid fault for a day or a view that does not exist and for a day that is
// not published, a Forbidden fault with code step_up when exact pay needs a newer
// sign-in, and a Forbidden fault otherwise.
func (s *Service) Comparison(ctx context.Context, f Filter) (BandComparison, error) {
	view, err := s.view(ctx, f.View)
	if err != nil {
		return BandComparison{}, err
	}
	t, err := s.tableFor(ctx, f, view)
	if err != nil {
		return BandComparison{}, err
	}
	out := t.comparison(f, view)
	out.StepUp = view == ViewBuckets && f.View == "" && !s.Access.Reach(ctx, access.Pay, access.Read).Nobody()
	if shown := out.identified(); len(shown) > 0 {
		err = s.recordRead(ctx, "band", shown)
	}
	return out, err
}

// tableFor groups the people whom the actor may see, with as much of them as the
// view has.
func (s *Service) tableFor(ctx context.Context, f Filter, view string) (*table, error) {
	day, err := s.dayFor(ctx, f, view)
	if err != nil {
		return nil, err
	}
	snap, err := s.on(ctx, day)
	if err != nil {
		return nil, err
	}
	reach := s.Access.Reach(ctx, access.Pay, access.Read)
	seen := snap.everybody
	if !reach.Everybody() && !reach.Nobody() { // without the right only published figures are shown, so nobody has to be left out
		seen = snap.circle(func(i int) bool { return reach.Covers(snap.unitNow[i], snap.country[i]) })
	}
	if view == ViewBuckets {
		return seen.published(f.Unit), nil
	}
	return seen.table(f.Unit), nil
}

// recordRead records that the actor read the exact pay of these people: once as
// an action of the actor, and once for each person, so that they can see it.
func (s *Service) recordRead(ctx context.Context, resource string, shown []uuid.UUID) error {
	return s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		if err := s.Trail.RecordReads(ctx, tx, audit.PayRead, "pay", shown); err != nil {
			return err
		}
		return s.Trail.Record(ctx, tx, audit.Entry{
			Action: audit.PayRead, Resource: resource, Facts: map[string]string{"rows": strconv.Itoa(len(shown))},
		})
	})
}

// identified lists each person whose pay can be read from the comparison once.
func (c BandComparison) identified() []uuid.UUID {
	shown := make([]uuid.UUID, 0, len(c.Outside))
	for _, o := range c.Outside {
		shown = append(shown, o.Person.ID)
	}
	for _, r := range c.Rows {
		for _, p := range r.People {
			shown = append(shown, p.ID)
		}
	}
	slices.SortFunc(shown, func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) })
	return slices.Compact(shown)
}

func (t *table) comparison(f Filter, view string) BandComparison {
	n := t.snap
	out := BandComparison{
		AsOf: n.asOf, Set: n.set, Basis: basis, View: view, SmallGroup: smallGroup,
		ComputedFrom: Source{SnapshotVersion: n.revision, People: len(n.ids), Bands: n.bandCount},
		Locations:    t.locationRefs(), Rows: []BandRow{}, Heat: t.heat(f), Outside: []Outlier{},
	}
	shown := t.shown(f, out.Locations)
	for _, at := range shown {
		out.Rows = append(out.Rows, t.viewed(at, view))
	}
	if view == ViewPeople {
		out.Outside = t.outside(shown)
	}
	out.Warnings = t.warnings(f, shown)
	out.Totals = t.totals(shown)
	return out
}

func (t *table) locationRefs() []LocationRef {
	n := t.snap
	refs := []LocationRef{}
	for location, code := range n.locations {
		ref := LocationRef{Code: code}
		for level := range n.levels {
			at := n.cell(int32(level), int32(location))
			c := &t.cells[at]
			ref.Currency = cmp.Or(ref.Currency, n.bands[at].Currency)
			ref.People += len(c.members) + c.foreign + c.unpaid + c.unbanded
		}
		if ref.Currency != "" {
			refs = append(refs, ref)
		}
	}
	return refs
}

// shown lists the cells with a band that the filter asks for, in ladder order.
func (t *table) shown(f Filter, locations []LocationRef) []int {
	chosen := f.Location
	if chosen == "" && len(locations) > 0 {
		chosen = slices.MaxFunc(locations, func(a, b LocationRef) int { return cmp.Compare(a.People, b.People) }).Code
	}
	cells := []int{}
	for location, code := range t.snap.locations {
		if chosen != AllLocations && chosen != code {
			continue
		}
		for level, rung := range t.snap.levels {
			at := t.snap.cell(int32(level), int32(location))
			if f.onTrack(rung) && t.snap.bands[at].Currency != "" {
				cells = append(cells, at)
			}
		}
	}
	return cells
}

func (f Filter) onTrack(rung ladder.Rung) bool {
	return f.Track == "" || f.Track == rung.Track || f.Track == string(rung.Kind)
}

// viewed returns a row with its people or its buckets; a hidden one has neither.
func (t *table) viewed(at int, view string) BandRow {
	row, c := t.rows[at], &t.cells[at]
	if row.Hidden || row.Headcount == 0 {
		return row
	}
	if view == ViewBuckets {
		row.Buckets = c.buckets()
		return row
	}
	row.People = make([]Dot, len(c.members))
	for i, m := range c.members {
		row.People[i] = Dot{ID: t.snap.ids[m], Name: t.snap.names[m], Pay: t.snap.fullTime[m], Bucket: c.bucketAt(i)}
	}
	return row
}

func (t *table) heat(f Filter) []HeatRow {
	rows := []HeatRow{}
	for location, code := range t.snap.locations {
		cells := []HeatCell{}
		for level, rung := range t.snap.levels {
			at := t.snap.cell(int32(level), int32(location))
			if f.onTrack(rung) && t.snap.bands[at].Currency != "" {
				cells = append(cells, t.heatCell(at))
			}
		}
		if len(cells) > 0 {
			rows = append(rows, HeatRow{Location: code, Cells: cells})
		}
	}
	return rows
}

func (t *table) heatCell(at int) HeatCell {
	row := t.rows[at]
	c := HeatCell{Level: row.Level, Headcount: row.Headcount, Hidden: row.Hidden}
	if row.Compa != nil {
		c.MedianCompa = &row.Compa.P50
	}
	return c
}

func (t *table) outside(shown []int) []Outlier {
	list := []Outlier{}
	for _, at := range shown {
		c := &t.cells[at]
		for i, m := range c.members {
			if i == c.below() {
				break
			}
			list = append(list, t.outlier(at, m, Below))
		}
		for _, m := range c.members[len(c.members)-c.above():] {
			list = append(list, t.outlier(at, m, Above))
		}
	}
	slices.SortStableFunc(list, func(a, b Outlier) int { return cmp.Compare(b.Gap.Minor, a.Gap.Minor) })
	return list[:min(len(list), shownOutside)]
}

func (t *table) outlier(at int, m int32, bucket Bucket) Outlier {
	n, row, b := t.snap, t.rows[at], t.snap.bands[at]
	pay := n.fullTime[m]
	ratio, _ := b.CompaRatio(pay)
	return Outlier{
		Person: process.PersonRef{ID: n.ids[m], Name: n.names[m], Level: row.Level, Title: n.titles[m]},
		Level:  row.Level, Location: row.Location, Bucket: bucket, Compa: ratio.Float(shownPlaces),
		Pay: money.Amount{Minor: pay, Currency: b.Currency}, Gap: money.Amount{Minor: b.Gap(pay), Currency: b.Currency},
	}
}

func (t *table) totals(shown []int) Totals {
	var out Totals
	cost, currency, whole := int64(0), "", true
	for _, at := range shown {
		row := t.rows[at]
		if row.Hidden {
			out.Hidden++
			continue
		}
		out.People, out.Below, out.Above = out.People+row.Headcount, out.Below+*row.Below, out.Above+*row.Above
		whole = whole && (currency == "" || currency == row.Currency) && (row.CostToMin != nil || row.Headcount == 0)
		currency = row.Currency
		if whole && row.CostToMin != nil {
			cost += *row.CostToMin
		}
	}
	if whole && currency != "" {
		out.CostToMin = &money.Amount{Minor: cost, Currency: currency}
	}
	return out
}

func (t *table) warnings(f Filter, shown []int) []Warning {
	out := []Warning{}
	add := func(level, format string, args ...any) {
		out = append(out, Warning{Level: level, Text: fmt.Sprintf(format, args...)})
	}
	if t.snap.families > 1 {
		add("", "The set has bands of %d job families; the first by name is compared.", t.snap.families)
	}
	for _, at := range shown {
		row, c := t.rows[at], &t.cells[at]
		if step := row.MidStep; step != nil && step.Check != OK {
			add(row.Level, "in %s: the midpoint is %.1f %% over %s, %s is expected, %s", row.Location, step.Percent, step.From, step.Expected, step.Why)
		}
		if c.foreign > 0 {
			add(row.Level, "in %s: %s paid in another currency than %s, not compared", row.Location, t.persons(c.foreign), row.Currency)
		}
		if c.unpaid > 0 {
			add(row.Level, "in %s: %s without known pay", row.Location, t.persons(c.unpaid))
		}
	}
	for at := range t.cells {
		if c := &t.cells[at]; c.unbanded > 0 {
			level, location := t.snap.levels[at%len(t.snap.levels)], t.snap.locations[at/len(t.snap.levels)]
			if level.Code != "" && f.onTrack(level) {
				add(level.Code, "in %s: %s without a band", location, t.persons(c.unbanded))
			}
		}
	}
	return out
}

// persons counts people, or hides how few they are.
func (t *table) persons(n int) string {
	switch {
	case t.withheld && n < smallGroup:
		return "some people are"
	case n == 1:
		return "1 person is"
	}
	return strconv.Itoa(n) + " people are"
}
