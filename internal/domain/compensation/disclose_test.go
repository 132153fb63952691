package compensation_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/auditevent"
	"github.com/rung-hr/rung/ent/db/employment"
	"github.com/rung-hr/rung/internal/domain/compensation"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/money"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
	"github.com/rung-hr/rung/internal/trust/audit"
)

const published clock.Date = "2026-10-01"

var wide = compensation.Band{Currency: "EUR", Min: 60_000_00, Mid: 80_000_00, Max: 100_000_00}

func paidEach(amounts ...int64) []employee {
	list := make([]employee, len(amounts))
	for i, amount := range amounts {
		list[i] = employee{key: fmt.Sprint(amount, i), level: "L4", location: "A", currency: "EUR", pay: amount * 100, fte: money.FullTime}
	}
	return list
}

// A company less a unit is a group, too: 12 people with a mean of 75,000 less 11
// with a mean of 74,000 is one person with 86,000.
func TestAUnitDoesNotGiveTheOthersAway(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := newCompany(t, s)
		unit := c.unit("Unit")
		list := append(paidEach(slices.Repeat([]int64{74_000}, 11)...), paidEach(86_000)...)
		for i := range 11 {
			list[i].unit = &unit
		}
		c.bands("2026", "2026-01-01", rangeOf{"L4", "A", wide})
		c.add(list...)
		all, err := c.Comparison(hr, compensation.Filter{View: compensation.ViewBuckets})
		require.NoError(t, err)
		require.Equal(t, 75_000_00, int(*all.Rows[0].MeanPay))
		some, err := c.Comparison(hr, compensation.Filter{View: compensation.ViewBuckets, Unit: unit})
		require.NoError(t, err)
		require.True(t, some.Rows[0].Hidden)
		require.Equal(t, 11, some.Rows[0].Headcount)
		exact, err := c.Comparison(hr, compensation.Filter{Unit: unit})
		require.NoError(t, err)
		require.Equal(t, 74_000_00, int(*exact.Rows[0].MeanPay))
	})
}

func TestPublishedFiguresAreOfOneDay(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := newCompany(t, s)
		c.bands("2026", "2026-01-01", rangeOf{"L4", "A", wide})
		c.add(paidEach(70_000, 71_000, 72_000, 73_000, 74_000, 75_000)...)
		read := func() string {
			got, err := c.Comparison(hr, compensation.Filter{View: compensation.ViewBuckets})
			require.NoError(t, err)
			require.Equal(t, published, got.AsOf)
			got.ComputedFrom.SnapshotVersion = 0
			text, err := json.Marshal(got)
			require.NoError(t, err)
			return string(text)
		}
		before := read()
		c.change(func(ctx context.Context, tx *db.Client) {
			gone := employment.PersonID(c.people["70000 0"])
			require.NoError(t, tx.Employment.Update().Where(gone).SetValidTo("2026-11-02").Exec(ctx))
		})
		exact, err := c.Comparison(hr, compensation.Filter{AsOf: "2026-11-03"})
		require.NoError(t, err)
		require.Equal(t, 5, exact.Rows[0].Headcount)
		require.Equal(t, before, read(), "somebody left after that day")

		_, err = c.Comparison(hr, compensation.Filter{View: compensation.ViewBuckets, AsOf: published})
		require.NoError(t, err)
		for _, other := range []clock.Date{"2026-09-30", "2026-10-02", "2026-07-01", "2027-01-01", today} {
			_, err = c.Comparison(hr, compensation.Filter{View: compensation.ViewBuckets, AsOf: other})
			require.Equal(t, fault.Invalid, fault.KindOf(err))
			_, err = c.CSV(hr, compensation.Filter{View: compensation.ViewBuckets, AsOf: other})
			require.Equal(t, fault.Invalid, fault.KindOf(err))
		}
	})
}

func TestAnOldSignInSeesWhatIsPublished(t *testing.T) {
	c := fixtureA(t, storetest.SQLite(t))
	c.NeedRecentSignIn(time.Minute)
	got, err := c.Comparison(hr, compensation.Filter{})
	require.NoError(t, err)
	require.Equal(t, compensation.ViewBuckets, got.View)
	require.True(t, got.StepUp)
	_, err = c.Comparison(hr, compensation.Filter{AsOf: "2026-05-05"})
	requireStepUp(t, err)
	figures, err := c.Explain(hr, "L5", "DE-1", "")
	require.NoError(t, err)
	for _, f := range figures.Figures {
		require.NotContains(t, f.Name, "pay")
	}
	_, err = c.Explain(hr, "L5", "DE-1", "2026-05-05")
	requireStepUp(t, err)
}

func requireStepUp(t *testing.T, err error) {
	t.Helper()
	var f *fault.Error
	require.ErrorAs(t, err, &f)
	require.Equal(t, "step_up", f.Code)
}

// Figures of a small group are the pay of those in it, so they can see who read them.
func TestFiguresOfASmallGroupAreRecorded(t *testing.T) {
	c := fixtureA(t, storetest.SQLite(t))
	reads := func(key string) int {
		n, err := c.store.Read().AuditEvent.Query().Where(auditevent.Action(string(audit.PayRead)), auditevent.OwnerID(c.people[key])).Count(system)
		require.NoError(t, err)
		return n
	}
	_, err := c.Explain(hr, "L5", "DE-1", "")
	require.NoError(t, err)
	require.Equal(t, []int{1, 0}, []int{reads("E6"), reads("E1")})
	_, err = c.CSV(as(uuid.Must(uuid.NewV7()), "comp"), compensation.Filter{})
	require.NoError(t, err)
	require.Equal(t, []int{2, 0}, []int{reads("E6"), reads("E1")})
}

// Whatever one reader asks, in all views and filters, nobody can calculate what
// fewer than five people earn together.
func TestNoSmallGroupFollowsFromEverythingPublished(t *testing.T) {
	c := newCompany(t, storetest.SQLite(t))
	units := []*uuid.UUID{new(c.unit("One")), new(c.unit("Two")), new(c.unit("Three")), nil}
	rapid.Check(t, func(r *rapid.T) {
		c.clear()
		ranges, list := drawTeams(r, units)
		c.bands("drawn", "2026-01-01", ranges...)
		c.add(list...)
		found := fetched{people: list}
		for _, unit := range units {
			for _, location := range []string{"", "A", "B", compensation.AllLocations} {
				found.read(t, c, ranges, compensation.Filter{Unit: idOf(unit), Location: location, View: compensation.ViewBuckets})
			}
		}
		require.Empty(r, found.smallGroup(), "people whose pay together follows from the figures")
	})
}

// drawTeams draws few large cells, so that units have groups about as large as
// the smallest that are published.
func drawTeams(t *rapid.T, units []*uuid.UUID) ([]rangeOf, []employee) {
	ranges := []rangeOf{{"L1", "A", wide}, {"L1", "B", wide}}
	list := make([]employee, rapid.IntRange(1, 32).Draw(t, "people"))
	for i := range list {
		list[i] = employee{
			key: fmt.Sprint(i), level: "L1", currency: "EUR", fte: money.FullTime,
			location: rapid.SampledFrom([]string{"A", "A", "A", "B"}).Draw(t, "location"),
			pay:      rapid.SampledFrom([]int64{55_000_00, 70_000_00, 110_000_00}).Draw(t, "pay"),
			unit:     rapid.SampledFrom(units).Draw(t, "unit"),
		}
	}
	return ranges, list
}

func idOf(unit *uuid.UUID) uuid.UUID {
	if unit == nil {
		return uuid.Nil
	}
	return *unit
}

// fetched collects sums that a reader has: each as the people it is over.
type fetched struct {
	people []employee
	sums   [][]int
}

func (f *fetched) read(t *testing.T, c *company, ranges []rangeOf, filter compensation.Filter) {
	t.Helper()
	got, err := c.Comparison(hr, filter)
	require.NoError(t, err)
	var total []int
	for _, row := range got.Rows {
		band := ranges[slices.IndexFunc(ranges, func(r rangeOf) bool { return r.level == row.Level && r.location == row.Location })]
		all, below := f.among(band, filter.Unit)
		require.Len(t, all, row.Headcount)
		if row.MeanPay != nil {
			f.sums = append(f.sums, all)
		}
		if row.CostToMin != nil {
			f.sums = append(f.sums, below)
		}
		if row.Hidden {
			for _, figure := range []any{row.MedianPay, row.MeanPay, row.Compa, row.Below, row.Above, row.CostToMin, row.Buckets} {
				require.Nil(t, figure)
			}
		} else {
			total = append(total, below...)
		}
	}
	if got.Totals.CostToMin != nil {
		f.sums = append(f.sums, total)
	}
	f.sameAsFile(t, c, filter, got)
}

// sameAsFile holds the file against the answer: it has nothing else.
func (f *fetched) sameAsFile(t *testing.T, c *company, filter compensation.Filter, got compensation.BandComparison) {
	t.Helper()
	if filter.Location == "" {
		return // a file without a location has them all
	}
	file, err := c.CSV(hr, filter)
	require.NoError(t, err)
	var out bytes.Buffer
	_, err = file.WriteTo(&out)
	require.NoError(t, err)
	lines, err := csv.NewReader(&out).ReadAll()
	require.NoError(t, err)
	require.Len(t, lines, len(got.Rows)+1)
	for i, row := range got.Rows {
		figures := lines[i+1][11:19]
		require.Equal(t, row.MeanPay == nil, figures[1] == "")
		require.Equal(t, row.CostToMin == nil, figures[7] == "")
		if row.Hidden {
			require.Equal(t, make([]string, 8), figures)
		}
	}
}

func (f *fetched) among(r rangeOf, unit uuid.UUID) (all, below []int) {
	for i, p := range f.people {
		if p.level != r.level || p.location != r.location || p.currency != r.band.Currency || unit != uuid.Nil && (p.unit == nil || *p.unit != unit) {
			continue
		}
		all = append(all, i)
		if naive([]employee{p}, r).Below != nil && *naive([]employee{p}, r).Below == 1 {
			below = append(below, i)
		}
	}
	return all, below
}

const prime = 2_147_483_647

// smallGroup finds fewer than five people whose pay together is a combination of
// the sums. A group is one exactly if it is orthogonal to everything that is
// orthogonal to the sums; a random vector of those stands for all.
func (f *fetched) smallGroup() []int {
	blind := blindSpot(f.sums, len(f.people))
	var found []int
	var search func(from int, group []int, sum int)
	search = func(from int, group []int, sum int) {
		if len(group) > 0 && sum == 0 {
			found = slices.Clone(group)
		}
		for next := from; next < len(f.people) && len(group) < 4 && found == nil; next++ {
			search(next+1, append(group, next), (sum+blind[next])%prime)
		}
	}
	search(0, nil, 0)
	return found
}

// blindSpot is a random vector, modulo a prime, that changes none of the sums.
func blindSpot(sums [][]int, people int) []int {
	random := rand.New(rand.NewPCG(1, 2))
	vector := make([]int, people)
	for i := range vector {
		vector[i] = random.IntN(prime)
	}
	var rows [][]int // in echelon form, with their pivots
	var pivots []int
	for _, sum := range sums {
		row := make([]int, people)
		for _, i := range sum {
			row[i] = 1
		}
		for at, known := range rows {
			row = minus(row, row[pivots[at]], known)
		}
		pivot := slices.IndexFunc(row, func(v int) bool { return v != 0 })
		if pivot < 0 {
			continue
		}
		row = times(row, inverse(row[pivot]))
		for at := range rows {
			rows[at] = minus(rows[at], rows[at][pivot], row)
		}
		rows, pivots = append(rows, row), append(pivots, pivot)
	}
	for at, row := range rows { // solve each row for its pivot
		rest := 0
		for i, v := range row {
			if i != pivots[at] && !slices.Contains(pivots, i) {
				rest = (rest + v*vector[i]) % prime
			}
		}
		vector[pivots[at]] = (prime - rest) % prime
	}
	return vector
}

func minus(row []int, factor int, other []int) []int {
	out := make([]int, len(row))
	for i := range row {
		out[i] = ((row[i]-factor*other[i])%prime + prime) % prime
	}
	return out
}

func times(row []int, factor int) []int {
	out := make([]int, len(row))
	for i := range row {
		out[i] = row[i] * factor % prime
	}
	return out
}

// inverse is the number that gives 1 with n (Fermat's little theorem).
func inverse(n int) int {
	out := 1
	for power := prime - 2; power > 0; power >>= 1 {
		if power&1 == 1 {
			out = out * n % prime
		}
		n = n * n % prime
	}
	return out
}
