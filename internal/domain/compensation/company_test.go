package compensation_test

import (
	"context"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/schema"
	"github.com/rung-hr/rung/internal/dev/basetest"
	"github.com/rung-hr/rung/internal/domain/compensation"
	"github.com/rung-hr/rung/internal/domain/ladder/library"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/money"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
	"github.com/rung-hr/rung/internal/trust/audit"
)

func TestMain(m *testing.M) { storetest.Main(m) }

var system = actor.AsSystem(context.Background(), "test")

// as acts as a person with the roles in addition to employee.
func as(id uuid.UUID, roles ...string) context.Context {
	return actor.With(context.Background(), actor.Person{ID: id, Name: "Test", Roles: append([]string{"employee"}, roles...), Scopes: []actor.Scope{{}}})
}

// company is a database with people, bands and pay to compare.
type company struct {
	t       testing.TB
	store   *store.Store
	clock   *clock.Fake
	trail   *audit.Trail
	ladders *library.Service
	*compensation.Service
	people map[string]uuid.UUID
}

const today clock.Date = "2026-11-23"

func newCompany(t testing.TB, s *store.Store) *company {
	t.Helper()
	base, at := basetest.New(t, s)
	ladders := library.New(base)
	return &company{
		ladders: ladders,
		t:       t, store: s, clock: at, trail: base.Trail, people: map[string]uuid.UUID{},
		Service: compensation.New(base, ladders),
	}
}

// change runs f in a transaction with a record and a new revision, as use cases
// do.
func (c *company) change(f func(ctx context.Context, tx *db.Client)) {
	c.t.Helper()
	require.NoError(c.t, c.store.InTx(system, func(ctx context.Context, tx *db.Client) error {
		f(ctx, tx)
		if err := store.BumpRevision(ctx, store.CompensationRevision); err != nil {
			return err
		}
		return c.trail.Record(ctx, tx, audit.Entry{Action: audit.PayImported, Resource: "pay"})
	}))
}

// employee is a person to add; pay is the actual amount in minor units.
type employee struct {
	key, level, location, currency string
	pay                            int64
	fte                            money.FTE
	unit                           *uuid.UUID
}

func (c *company) add(list ...employee) {
	c.t.Helper()
	c.change(func(ctx context.Context, tx *db.Client) {
		var pay []*db.PayPointCreate
		var jobs []*db.EmploymentCreate
		var rows []*db.PersonCreate
		for _, p := range list {
			id := uuid.Must(uuid.NewV7())
			c.people[p.key] = id
			rows = append(rows, tx.Person.Create().SetID(id).SetName("Person "+p.key).SetNameKey([]byte("person "+p.key)).
				SetEmail(p.key+"@example.com").SetEmployeeNo(p.key).SetLevel(p.level).SetTrack("IC").SetLocation(p.location).
				SetNillableUnitID(p.unit).SetFtePpm(int64(p.fte)).SetHiredOn("2024-01-01"))
			jobs = append(jobs, tx.Employment.Create().SetPersonID(id).SetLevel(p.level).SetTrack("IC").SetLocation(p.location).
				SetNillableUnitID(p.unit).SetFtePpm(int64(p.fte)).SetValidFrom("2024-01-01").SetValidTo(clock.Forever).SetRecordedAt(c.clock.Now()))
			if p.currency != "" {
				pay = append(pay, tx.PayPoint.Create().SetPersonID(id).SetAmountMinor(schema.Pay(p.pay)).SetCurrency(p.currency).
					SetFtePpm(int64(p.fte)).SetValidFrom("2025-01-01").SetValidTo(clock.Forever).SetRecordedAt(c.clock.Now()))
			}
		}
		require.NoError(c.t, tx.Person.CreateBulk(rows...).Exec(ctx))
		require.NoError(c.t, tx.Employment.CreateBulk(jobs...).Exec(ctx))
		require.NoError(c.t, tx.PayPoint.CreateBulk(pay...).Exec(ctx))
	})
}

func (c *company) unit(name string) uuid.UUID {
	c.t.Helper()
	id := uuid.Must(uuid.NewV7())
	c.change(func(ctx context.Context, tx *db.Client) {
		require.NoError(c.t, tx.Unit.Create().SetID(id).SetName(name).SetNameKey(name).Exec(ctx))
	})
	return id
}

// clear removes everybody and every band.
func (c *company) clear() {
	c.t.Helper()
	c.change(func(ctx context.Context, tx *db.Client) {
		for _, remove := range []func(context.Context) (int, error){
			tx.PayPoint.Delete().Exec, tx.Employment.Delete().Exec, tx.Person.Delete().Exec, tx.Band.Delete().Exec, tx.BandSet.Delete().Exec,
		} {
			_, err := remove(ctx)
			require.NoError(c.t, err)
		}
	})
}

type rangeOf struct {
	level, location string
	band            compensation.Band
}

func (c *company) bands(name string, from clock.Date, list ...rangeOf) {
	c.t.Helper()
	c.change(func(ctx context.Context, tx *db.Client) {
		set, err := tx.BandSet.Create().SetName(name).SetValidFrom(from).SetValidTo(clock.Forever).SetRecordedAt(c.clock.Now()).Save(ctx)
		require.NoError(c.t, err)
		for _, r := range list {
			require.NoError(c.t, tx.Band.Create().SetSetID(set.ID).SetFamily("").SetTrack("IC").SetLevel(r.level).SetLocation(r.location).
				SetCurrency(r.band.Currency).SetMinMinor(r.band.Min).SetMidMinor(r.band.Mid).SetMaxMinor(r.band.Max).Exec(ctx))
		}
	})
}

// fixtureA is the company of the worked numbers.
func fixtureA(t *testing.T, s *store.Store) *company {
	t.Helper()
	g, c := load(t), newCompany(t, s)
	var ranges []rangeOf
	for name := range g.Bands {
		ranges = append(ranges, rangeOf{name, "DE-1", g.band(name)})
	}
	c.bands("2026", "2026-01-01", ranges...)
	var list []employee
	for _, p := range g.People {
		fte, err := money.ParseFTE(p.FTE, false)
		require.NoError(t, err)
		list = append(list, employee{key: p.ID, level: p.Band, location: "DE-1", currency: "EUR", pay: p.Actual * 100, fte: fte})
	}
	c.add(list...)
	return c
}
