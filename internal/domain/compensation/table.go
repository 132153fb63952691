package compensation

import (
	"cmp"
	"math/big"
	"slices"
	"sort"
	"sync"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/internal/platform/money"
)

const shownPlaces = 4 // decimals of ratios and percents

// cell holds the people of a level at a location.
type cell struct {
	members  []int32 // with pay in the band's currency, ascending by pay
	foreign  int     // with pay in another currency: never converted, never compared
	unpaid   int
	unbanded int    // without a band
	ends     [5]int // where below, Q1, Q2, Q3 and Q4 end in members
}

// table is the comparison of everybody, or of one unit, cell by cell.
type table struct {
	snap  *snapshot
	cells []cell
	rows  []BandRow // by cell, without people; empty where there is no band

	withheld bool // only what is published is in the rows
}

var bucketOrder = []Bucket{Below, Q1, Q2, Q3, Q4, Above}

// circle is the people of a snapshot whom a reader may see.
type circle struct {
	snap     *snapshot
	keep     func(person int) bool
	whole    func() *table              // of all units together, computed once
	releases func() map[groupOf]release // computed once
}

func (n *snapshot) circle(keep func(person int) bool) *circle {
	c := &circle{snap: n, keep: keep}
	c.whole = sync.OnceValue(func() *table { return n.table(keep) })
	c.releases = sync.OnceValue(func() map[groupOf]release { return c.whole().publish() })
	return c
}

// table groups the people of one unit; uuid.Nil means all.
func (c *circle) table(unit uuid.UUID) *table {
	if unit == uuid.Nil {
		return c.whole()
	}
	return c.snap.table(func(i int) bool { return c.snap.unit[i] == unit && c.keep(i) })
}

func everyone(int) bool { return true }

// table groups the people for whom keep is true.
func (n *snapshot) table(keep func(person int) bool) *table {
	t := &table{snap: n, cells: make([]cell, len(n.bands)), rows: make([]BandRow, len(n.bands))}
	for i := range n.ids {
		if keep(i) {
			t.add(int32(i))
		}
	}
	for at := range t.cells {
		if n.bands[at].Currency != "" {
			t.finish(at)
		}
	}
	return t
}

func (t *table) add(i int32) {
	n := t.snap
	at := n.cell(n.level[i], n.location[i])
	c, b := &t.cells[at], n.bands[at]
	switch {
	case b.Currency == "":
		c.unbanded++
	case n.fullTime[i] == 0:
		c.unpaid++
	case n.currency[i] != b.Currency:
		c.foreign++
	default:
		c.members = append(c.members, i)
	}
}

func (t *table) finish(at int) {
	c, n := &t.cells[at], t.snap
	slices.SortFunc(c.members, func(a, b int32) int {
		return cmp.Or(cmp.Compare(n.fullTime[a], n.fullTime[b]), cmp.Compare(a, b))
	})
	c.split(n.bands[at], n.fullTime)
	t.rows[at] = t.row(at)
}

// split finds the ends of the buckets; buckets follow each other as pay rises.
func (c *cell) split(b Band, fullTime []int64) {
	for end := range c.ends {
		c.ends[end] = sort.Search(len(c.members), func(i int) bool {
			return slices.Index(bucketOrder, b.Bucket(fullTime[c.members[i]])) > end
		})
	}
}

func (c *cell) below() int { return c.ends[0] }

func (c *cell) above() int { return len(c.members) - c.ends[len(c.ends)-1] }

func (c *cell) buckets() *Buckets {
	e := c.ends
	return &Buckets{Below: e[0], Q1: e[1] - e[0], Q2: e[2] - e[1], Q3: e[3] - e[2], Q4: e[4] - e[3], Above: c.above()}
}

// bucketAt is the bucket of the i-th member.
func (c *cell) bucketAt(i int) Bucket {
	for end, past := range c.ends {
		if i < past {
			return bucketOrder[end]
		}
	}
	return Above
}

func (t *table) pays(at int) []int64 {
	pays := make([]int64, len(t.cells[at].members))
	for i, m := range t.cells[at].members {
		pays[i] = t.snap.fullTime[m]
	}
	return pays
}

// row is what is shown about a cell without naming anybody.
func (t *table) row(at int) BandRow {
	n, c, b := t.snap, &t.cells[at], t.snap.bands[at]
	rung := n.levels[at%len(n.levels)]
	row := BandRow{
		Level: rung.Code, Title: rung.Title, Track: rung.Track, Location: n.locations[at/len(n.levels)],
		Currency: b.Currency, Min: b.Min, Mid: b.Mid, Max: b.Max,
		Headcount: len(c.members), Below: new(c.below()), Above: new(c.above()),
	}
	row.MidStep, row.Overlap = t.steps(at)
	if len(c.members) == 0 {
		return row
	}
	pays := t.pays(at)
	row.MedianPay, row.MeanPay = rounded(Median(pays)), rounded(Mean(pays))
	row.Compa = &Compas{P10: compa(pays, 10, b.Mid), P50: compa(pays, 50, b.Mid), P90: compa(pays, 90, b.Mid)}
	if cost, err := b.CostToMinimum(t.paid(c.members[:c.below()])); err == nil {
		row.CostToMin = &cost
	}
	return row
}

func (t *table) paid(members []int32) []Pay {
	out := make([]Pay, len(members))
	for i, m := range members {
		out[i] = Pay{FullTime: t.snap.fullTime[m], FTE: t.snap.fte[m]}
	}
	return out
}

func rounded(exact money.Ratio, ok bool) *int64 {
	if !ok {
		return nil
	}
	minor, ok := Minor(exact)
	if !ok {
		return nil
	}
	return &minor
}

// exactCompa is a percentile of the compa-ratio. All have the same midpoint, so
// it is the percentile of pay / midpoint.
func exactCompa(pays []int64, percentile int, mid int64) money.Ratio {
	pay, _ := Percentile(pays, percentile)
	return money.RatioOf(new(big.Rat).Quo(pay.Rat(), whole(mid)))
}

func compa(pays []int64, percentile int, mid int64) float64 {
	return exactCompa(pays, percentile, mid).Float(shownPlaces)
}

// lower is the cell of the next lower level of the same track with a band at the
// same location; it is false at the bottom of a track.
func (n *snapshot) lower(at int) (int, bool) {
	track, first := n.levels[at%len(n.levels)].Track, at-at%len(n.levels)
	for below := at - 1; below >= first; below-- {
		if n.levels[below-first].Track == track && n.bands[below].Currency != "" {
			return below, true
		}
	}
	return 0, false
}

// expected is the progression that should be between two cells of a location.
func (n *snapshot) expected(below, at int) Expected {
	upper := n.levels[at%len(n.levels)]
	neighbours := true
	for between := below + 1; between < at; between++ {
		neighbours = neighbours && n.levels[between%len(n.levels)].Track != upper.Track
	}
	return ExpectedProgression(upper, neighbours)
}

// steps compares a band with the one below it.
func (t *table) steps(at int) (*MidStep, *OverlapOf) {
	n := t.snap
	below, ok := n.lower(at)
	if !ok {
		return nil, nil
	}
	from := n.levels[below%len(n.levels)].Code
	var step *MidStep
	if rise, ok := Progression(n.bands[below], n.bands[at]); ok {
		expected := n.expected(below, at)
		step = &MidStep{From: from, Percent: rise.PercentFloat(shownPlaces), Check: expected.Check(rise), Expected: expected.String(), Why: expected.Why()}
	}
	var overlap *OverlapOf
	if shared, ok := n.bands[below].OverlapWith(n.bands[at]); ok {
		overlap = &OverlapOf{Percent: shared.OfLower.PercentFloat(shownPlaces), With: from}
	}
	return step, overlap
}
