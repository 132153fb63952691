package compensation

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/money"
	"github.com/rung-hr/rung/internal/platform/store"
)

// snapshot is everybody's level, location and pay on one day, column by column,
// with the bands of that day. It never changes once it is loaded, so requests
// share it without locks.
type snapshot struct {
	asOf      clock.Date
	revision  int64
	set       SetRef
	families  int // job families of the band set
	bandCount int

	levels    []ladder.Rung // ladder order, then those that only bands or people have
	locations []string      // by name
	bands     []Band        // by cell; without currency where there is none

	// One entry per person.
	ids       []uuid.UUID
	names     []string
	titles    []string
	level     []int32
	location  []int32
	unit      []uuid.UUID
	unitNow   []uuid.UUID // the current one, for rights
	country   []string    // the current one, for rights
	fullTime  []int64     // base pay for a year of full time in minor units; 0 for unknown
	fte       []money.FTE
	currency  []string
	everybody *circle
	payRanked func() []int32 // people with pay, by currency, highest first
}

// kept is a snapshot that requests share.
type kept struct {
	building sync.Mutex // one request loads it; the others wait
	latest   atomic.Pointer[snapshot]
}

// on returns the snapshot of a day. Today's and that of the published figures are
// kept in memory: while nothing changes, a request costs one small query.
func (s *Service) on(ctx context.Context, day clock.Date) (*snapshot, error) {
	revision, err := store.Revision(ctx, s.Store.Read(), store.CompensationRevision)
	if err != nil {
		return nil, err
	}
	today := clock.DateOf(s.Clock.Now())
	load := func() (*snapshot, error) {
		snap, err := s.load(ctx, day, today)
		if err == nil {
			snap.revision = revision // read before the data: at worst the snapshot is loaded once too often
		}
		return snap, err
	}
	switch day {
	case today:
		return s.today.get(day, revision, load)
	case publishedOn(today):
		return s.quarter.get(day, revision, load)
	}
	return load()
}

func (k *kept) get(day clock.Date, revision int64, load func() (*snapshot, error)) (*snapshot, error) {
	if snap := k.latest.Load(); snap.fresh(day, revision) {
		return snap, nil
	}
	k.building.Lock()
	defer k.building.Unlock()
	if snap := k.latest.Load(); snap.fresh(day, revision) {
		return snap, nil
	}
	snap, err := load()
	if err != nil {
		return nil, err
	}
	k.latest.Store(snap)
	return snap, nil
}

func (n *snapshot) fresh(day clock.Date, revision int64) bool {
	return n != nil && n.asOf == day && n.revision == revision
}

func (s *Service) load(ctx context.Context, day, today clock.Date) (*snapshot, error) {
	rungs, err := s.ladders.Rungs(ctx, day)
	if err != nil {
		return nil, err
	}
	set, bands, err := s.bandsOn(ctx, day)
	if err != nil {
		return nil, err
	}
	rows, err := s.peopleOn(ctx, day, today)
	if err != nil {
		return nil, err
	}
	snap := &snapshot{asOf: day, set: set, bandCount: len(bands)}
	levels, locations := snap.axes(rungs, bands, rows)
	snap.place(bands, levels, locations)
	snap.fill(rows, levels, locations)
	snap.everybody = snap.circle(everyone)
	snap.payRanked = sync.OnceValue(snap.rankByPay)
	return snap, nil
}

// axes decides which levels and locations there are, and numbers them.
func (n *snapshot) axes(rungs []ladder.Rung, bands []bandRow, rows []personRow) (levels, locations map[string]int32) {
	levels, locations = map[string]int32{}, map[string]int32{}
	n.levels = slices.Clone(rungs)
	for i, rung := range rungs {
		levels[rung.Code] = int32(i)
	}
	other := map[string]string{} // level -> track
	for _, b := range bands {
		other[b.Level] = b.Track
		locations[b.Location] = 0
	}
	for _, r := range rows {
		if _, ok := other[r.Level]; !ok {
			other[r.Level] = r.Track
		}
		locations[r.Location] = 0
	}
	for _, code := range sortedKeys(other) {
		if _, ok := levels[code]; !ok {
			levels[code] = int32(len(n.levels))
			n.levels = append(n.levels, ladder.Rung{Code: code, Title: code, Track: other[code]})
		}
	}
	n.locations = sortedKeys(locations)
	for i, code := range n.locations {
		locations[code] = int32(i)
	}
	return levels, locations
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func (n *snapshot) cell(level, location int32) int { return int(location)*len(n.levels) + int(level) }

// place puts the bands into their cells. Of several job families, the first by
// name is compared; the families are already sorted.
func (n *snapshot) place(bands []bandRow, levels, locations map[string]int32) {
	n.bands = make([]Band, len(n.levels)*len(n.locations))
	families := map[string]bool{}
	for _, b := range bands {
		families[b.Family] = true
		at := n.cell(levels[b.Level], locations[b.Location])
		if n.bands[at].Currency == "" {
			n.bands[at] = b.band()
		}
	}
	n.families = len(families)
}

func (n *snapshot) fill(rows []personRow, levels, locations map[string]int32) {
	n.ids, n.names, n.titles = make([]uuid.UUID, len(rows)), make([]string, len(rows)), make([]string, len(rows))
	n.level, n.location, n.unit = make([]int32, len(rows)), make([]int32, len(rows)), make([]uuid.UUID, len(rows))
	n.fullTime, n.fte, n.currency = make([]int64, len(rows)), make([]money.FTE, len(rows)), make([]string, len(rows))
	n.unitNow, n.country = make([]uuid.UUID, len(rows)), make([]string, len(rows))
	words := map[string]string{} // few titles and currencies for many people
	for i, r := range rows {
		n.ids[i], n.names[i], n.titles[i] = r.ID, r.Name, once(words, r.Title)
		n.level[i], n.location[i], n.unit[i] = levels[r.Level], locations[r.Location], r.Unit.UUID
		n.fullTime[i], n.fte[i] = r.fullTime()
		n.currency[i] = once(words, r.Currency.String)
		n.unitNow[i], n.country[i] = r.UnitNow.UUID, once(words, r.Country)
	}
}

func once(words map[string]string, word string) string {
	if kept, ok := words[word]; ok {
		return kept
	}
	words[word] = word
	return word
}

func (n *snapshot) rankByPay() []int32 {
	order := make([]int32, 0, len(n.ids))
	for i := range n.ids {
		if n.fullTime[i] > 0 {
			order = append(order, int32(i))
		}
	}
	slices.SortFunc(order, func(a, b int32) int {
		return cmp.Or(
			cmp.Compare(n.currency[a], n.currency[b]), cmp.Compare(n.fullTime[b], n.fullTime[a]), slices.Compare(n.ids[a][:], n.ids[b][:]),
		)
	})
	return order
}
