package technology_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/auditevent"
	"github.com/rung-hr/rung/internal/dev/basetest"
	"github.com/rung-hr/rung/internal/domain/technology"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
	"github.com/rung-hr/rung/internal/trust/audit"
)

func TestMain(m *testing.M) { storetest.Main(m) }

var system = actor.AsSystem(context.Background(), "test")

// fixture is a company in which Helena manages Marta, and Marta manages Ada.
type fixture struct {
	*technology.Service
	t     *testing.T
	store *store.Store
	clock *clock.Fake
	trail *audit.Trail
	ids   map[string]uuid.UUID
}

func newFixture(t *testing.T, s *store.Store) *fixture {
	t.Helper()
	base, at := basetest.New(t, s)
	f := &fixture{technology.New(base), t, s, at, base.Trail, map[string]uuid.UUID{}}
	f.change(func(ctx context.Context, tx *db.Client) {
		for _, p := range [][2]string{{"helena", ""}, {"marta", "helena"}, {"ada", "marta"}, {"bo", "marta"}} {
			create := tx.Person.Create().SetName(strings.ToUpper(p[0])).SetNameKey([]byte(p[0])).SetEmail(p[0] + "@x.example")
			if p[1] != "" {
				create.SetManagerID(f.ids[p[1]])
			}
			row, err := create.Save(ctx)
			require.NoError(t, err)
			f.ids[p[0]] = row.ID
		}
	})
	return f
}

func (f *fixture) change(change func(ctx context.Context, tx *db.Client)) {
	f.t.Helper()
	require.NoError(f.t, f.store.InTx(system, func(ctx context.Context, tx *db.Client) error {
		change(ctx, tx)
		return f.trail.Record(ctx, tx, audit.Entry{Action: audit.PeopleImported, Resource: "people"})
	}))
}

// as acts as a person with the roles in addition to employee.
func (f *fixture) as(name string, roles ...string) context.Context {
	return actor.With(context.Background(), actor.Person{ID: f.ids[name], Name: name, Roles: append([]string{"employee"}, roles...), Scopes: []actor.Scope{{}}})
}

func said(name string, depth technology.Depth) technology.Said {
	return technology.Said{Name: name, Depth: depth}
}

func until(s technology.Said, month string) technology.Said {
	s.LastUsed = &month
	return s
}

func (f *fixture) add(who string, s technology.Said) technology.Use {
	f.t.Helper()
	u, err := f.Add(f.as(who), s)
	require.NoError(f.t, err)
	return u
}

// ofAda lists the names in Ada's profile.
func (f *fixture) ofAda(ctx context.Context) []string {
	f.t.Helper()
	p, err := f.Of(ctx, f.ids["ada"])
	require.NoError(f.t, err)
	out := []string{}
	for _, u := range p.Uses {
		out = append(out, u.Name)
	}
	return out
}

func (f *fixture) records(action audit.Action) []*db.AuditEvent {
	f.t.Helper()
	rows, err := f.store.Read().AuditEvent.Query().Where(auditevent.Action(string(action))).All(system)
	require.NoError(f.t, err)
	return rows
}

// Only the person and their current manager read a profile. Nobody above or next
// to them and no role reads it; for them it does not exist.
func TestWhoReadsAProfile(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		f.add("ada", said("Go", technology.Expert))
		require.Equal(t, []string{"Go"}, f.ofAda(f.as("ada")))
		require.Equal(t, []string{"Go"}, f.ofAda(f.as("marta")))
		hidden := []context.Context{f.as("helena"), f.as("bo"), f.as("bo", "hr", "comp", "approver", "owner", "admin", "auditor")}
		hr := actor.Person{ID: f.ids["bo"], Roles: []string{"employee", "hr"}, Scopes: []actor.Scope{{}}}
		hidden = append(hidden, actor.With(context.Background(), actor.Person{ID: f.ids["ada"], Roles: []string{"employee"}, Viewer: &hr}))
		for _, ctx := range hidden {
			_, err := f.Of(ctx, f.ids["ada"])
			require.Equal(t, fault.NotFound, fault.KindOf(err))
		}
		_, err := f.Of(f.as("ada"), uuid.Must(uuid.NewV7()))
		require.Equal(t, fault.NotFound, fault.KindOf(err))
		f.change(func(ctx context.Context, tx *db.Client) {
			require.NoError(t, tx.Person.UpdateOneID(f.ids["ada"]).SetManagerID(f.ids["helena"]).Exec(ctx))
		})
		_, err = f.Of(f.as("marta"), f.ids["ada"])
		require.Equal(t, fault.NotFound, fault.KindOf(err), "the manager of before")
		require.Equal(t, []string{"Go"}, f.ofAda(f.as("helena")))
	})
}

// The profile itself says who reads it.
func TestAProfileNamesItsReaders(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	for who, want := range map[string]string{"ada": "You and MARTA", "marta": "You and ADA"} {
		p, err := f.Of(f.as(who), f.ids["ada"])
		require.NoError(t, err)
		require.Equal(t, []any{"ADA", want}, []any{p.Person.Name, p.Audience.Words})
		require.NotNil(t, p.Uses)
	}
	p, err := f.Of(f.as("helena"), f.ids["helena"])
	require.NoError(t, err)
	require.Equal(t, "Only you", p.Audience.Words, "nobody manages Helena")
}

// A manager reads but does not write: people say themselves what they work with.
func TestOnlyThePersonWrites(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	use := f.add("ada", said("Go", technology.Used))
	for _, who := range []string{"marta", "helena", "bo"} {
		_, err := f.Change(f.as(who, "hr", "admin"), use.ID, use.Version, said("Go", technology.Expert))
		require.Equal(t, fault.NotFound, fault.KindOf(err), who)
		require.Equal(t, fault.NotFound, fault.KindOf(f.Remove(f.as(who, "hr", "admin"), use.ID)), who)
	}
	hr := actor.Person{ID: f.ids["bo"], Roles: []string{"employee", "hr"}, Scopes: []actor.Scope{{}}}
	for _, ctx := range []context.Context{
		context.Background(), system,
		actor.With(context.Background(), actor.Person{ID: f.ids["ada"], Roles: []string{"employee"}, Viewer: &hr}),
	} {
		_, err := f.Add(ctx, said("Rust", technology.Tried))
		require.Equal(t, fault.Forbidden, fault.KindOf(err))
	}
	require.Equal(t, []string{"Go"}, f.ofAda(f.as("ada")))
}

// What was said is kept folded, with the day, and recorded without its words.
func TestWhatIsSaidIsKept(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		in := until(said("  Apache \t Kafka ", technology.Production), "2026-03")
		in.Stance = " From three consumers on.\nÜber NATS sonst. "
		use := f.add("ada", in)
		month := "2026-03"
		require.Equal(t, technology.Said{Name: "Apache Kafka", Depth: technology.Production, LastUsed: &month, Stance: "From three consumers on.\nÜber NATS sonst."}, use.Said)
		require.Equal(t, []any{1, clock.Date("2026-11-23")}, []any{use.Version, use.SaidOn})
		p, err := f.Of(f.as("ada"), f.ids["ada"])
		require.NoError(t, err)
		require.Equal(t, []technology.Use{use}, p.Uses)

		f.clock.Advance(48 * time.Hour)
		changed, err := f.Change(f.as("ada"), use.ID, use.Version, said("Kafka", technology.Expert))
		require.NoError(t, err)
		require.Equal(t, technology.Said{Name: "Kafka", Depth: technology.Expert}, changed.Said, "the whole is replaced; without a month it is in use")
		require.Equal(t, []any{2, clock.Date("2026-11-25")}, []any{changed.Version, changed.SaidOn})
		require.NoError(t, f.Remove(f.as("ada"), use.ID))
		require.Empty(t, f.ofAda(f.as("ada")))
		require.Equal(t, fault.NotFound, fault.KindOf(f.Remove(f.as("ada"), use.ID)))
		for _, action := range []audit.Action{audit.TechnologyAdded, audit.TechnologyChanged, audit.TechnologyRemoved} {
			e := f.records(action)
			require.Len(t, e, 1, action)
			require.Equal(t, []any{use.ID, f.ids["ada"], 0}, []any{*e[0].ResourceID, *e[0].OwnerID, len(e[0].Facts)}, action)
		}
	})
}

// If two write at once, the second learns what the first wrote.
func TestAStaleWriteGetsTheCurrentState(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		use := f.add("ada", said("Go", technology.Used))
		current, err := f.Change(f.as("ada"), use.ID, use.Version, said("Go", technology.Production))
		require.NoError(t, err)
		for _, version := range []int{use.Version, current.Version + 1} {
			_, err = f.Change(f.as("ada"), use.ID, version, said("Go", technology.Tried))
			var stale *fault.Error
			require.ErrorAs(t, err, &stale)
			require.Equal(t, fault.Stale, stale.Kind)
			require.Equal(t, current, stale.Current)
		}
		_, err = f.Change(f.as("ada"), uuid.Must(uuid.NewV7()), 1, said("Go", technology.Tried))
		require.Equal(t, fault.NotFound, fault.KindOf(err))
	})
}

// A technology is in a profile only once, however it is spelled.
func TestOneTechnologyStandsOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		use := f.add("ada", said("PostgreSQL", technology.Used))
		other := f.add("ada", said("Go", technology.Used))
		for _, name := range []string{"postgresql", " POSTGRESQL ", "Ｐostgresql"} {
			for _, err := range []error{
				second(f.Add(f.as("ada"), said(name, technology.Tried))),
				second(f.Change(f.as("ada"), other.ID, other.Version, said(name, technology.Tried))),
			} {
				var twice *fault.Error
				require.ErrorAs(t, err, &twice, name)
				require.Equal(t, []any{fault.Invalid, "name"}, []any{twice.Kind, twice.Details[0].Field})
			}
		}
		_, err := f.Change(f.as("ada"), use.ID, use.Version, said("Postgresql", technology.Expert))
		require.NoError(t, err, "its own name in another spelling")
		f.add("bo", said("PostgreSQL", technology.Used))
	})
}

func second[T any](_ T, err error) error { return err }

// The deepest come first, then those in use, then by name.
func TestAProfileComesInReadingOrder(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	for _, s := range []technology.Said{
		said("Zig", technology.Tried), said("go", technology.Expert), until(said("Ada", technology.Expert), "2020-01"), said("Erlang", technology.Expert),
		said("Rust", technology.Production), until(said("COBOL", technology.Used), "1999-12"), said("Java", technology.Used),
	} {
		f.add("ada", s)
	}
	require.Equal(t, []string{"Erlang", "go", "Ada", "Rust", "Java", "COBOL", "Zig"}, f.ofAda(f.as("ada")))
}

func TestWhatCannotBeSaid(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	use := f.add("ada", said("Go", technology.Used))
	stance := func(text string) technology.Said { s := said("X", technology.Used); s.Stance = text; return s }
	for name, c := range map[string]struct {
		in     technology.Said
		fields []string
	}{
		"no name":            {said(" \t ", technology.Used), []string{"name"}},
		"a long name":        {said(strings.Repeat("x", 81), technology.Used), []string{"name"}},
		"a hidden character": {said("a\u200bb", technology.Used), []string{"name"}},
		"a turned text":      {said("a\u202eb", technology.Used), []string{"name"}},
		"no text":            {said("a\xffb", technology.Used), []string{"name"}},
		"no depth":           {said("X", ""), []string{"depth"}},
		"an unknown depth":   {said("X", "guru"), []string{"depth"}},
		"no month":           {until(said("X", technology.Used), "2026-13"), []string{"lastUsed"}},
		"a day":              {until(said("X", technology.Used), "2026-01-01"), []string{"lastUsed"}},
		"an empty month":     {until(said("X", technology.Used), ""), []string{"lastUsed"}},
		"before computers":   {until(said("X", technology.Used), "1969-12"), []string{"lastUsed"}},
		"the next month":     {until(said("X", technology.Used), "2026-12"), []string{"lastUsed"}},
		"a long stance":      {stance(strings.Repeat("x", 4001)), []string{"stance"}},
		"a hidden stance":    {stance("a\u0000b"), []string{"stance"}},
		"everything":         {until(technology.Said{Stance: "\u202e"}, "soon"), []string{"name", "depth", "lastUsed", "stance"}},
	} {
		for _, err := range []error{second(f.Add(f.as("ada"), c.in)), second(f.Change(f.as("ada"), use.ID, use.Version, c.in))} {
			var wrong *fault.Error
			require.ErrorAs(t, err, &wrong, name)
			require.Equal(t, fault.Invalid, wrong.Kind, name)
			var fields []string
			for _, d := range wrong.Details {
				require.Equal(t, "/"+d.Field, d.Pointer)
				require.NotEmpty(t, d.Fix)
				fields = append(fields, d.Field)
			}
			require.Equal(t, c.fields, fields, name)
		}
	}
	for _, month := range []string{"1970-01", "2026-11"} {
		f.add("ada", until(said("in "+month, technology.Used), month))
	}
	f.add("ada", stance(strings.Repeat("ü", 4000)))
	f.add("ada", said(strings.Repeat("ü", 80), technology.Used))
}

// Whatever a person writes, it is refused, or it comes back unchanged as one
// visible line.
func TestWhatIsKeptCanBeSeen(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	rapid.Check(t, func(rt *rapid.T) {
		in := said(rapid.StringN(0, 20, 80).Draw(rt, "name"), rapid.SampledFrom([]technology.Depth{technology.Tried, technology.Used, technology.Production, technology.Expert, "x"}).Draw(rt, "depth"))
		in.Stance = rapid.StringN(0, 30, -1).Draw(rt, "stance")
		use, err := f.Add(f.as("ada"), in)
		if err != nil {
			require.Equal(rt, fault.Invalid, fault.KindOf(err))
			return
		}
		require.Equal(rt, strings.Join(strings.Fields(in.Name), " "), use.Name)
		require.NotContains(rt, use.Name, "\n")
		require.Equal(rt, in.Depth, use.Depth)
		require.NoError(rt, f.Remove(f.as("ada"), use.ID))
	})
}

// A profile of more than 200 technologies would tell nobody anything.
func TestAProfileHasRoomForTwoHundred(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		f.change(func(ctx context.Context, tx *db.Client) {
			var rows []*db.TechnologyUseCreate
			for i := range technology.MaxUses - 1 {
				name := fmt.Sprintf("t%d", i)
				rows = append(rows, tx.TechnologyUse.Create().SetPersonID(f.ids["ada"]).SetName(name).SetNameKey(name).SetDepth("tried").SetChangedAt(f.clock.Now()))
			}
			require.NoError(t, tx.TechnologyUse.CreateBulk(rows...).Exec(ctx))
		})
		last := f.add("ada", said("Go", technology.Expert))
		_, err := f.Add(f.as("ada"), said("Rust", technology.Expert))
		var full *fault.Error
		require.ErrorAs(t, err, &full)
		require.Equal(t, []any{fault.Conflict, "full"}, []any{full.Kind, full.Code})
		require.Len(t, f.ofAda(f.as("ada")), technology.MaxUses)
		require.NoError(t, f.Remove(f.as("ada"), last.ID))
		f.add("ada", said("Rust", technology.Expert))
	})
}
