package people_test

import (
	"context"
	"fmt"
	"math/rand"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/employment"
	"github.com/rung-hr/rung/ent/db/handover"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/internal/domain/people"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
)

// crew is some people without managers who have been here since January.
func crew(t *testing.T, f fixture, n int) []uuid.UUID {
	t.Helper()
	ids := make([]uuid.UUID, n)
	for i := range ids {
		a, err := f.AddAccount(system, people.Account{
			UserName: fmt.Sprintf("p%02d@crew.example", i), Name: fmt.Sprintf("Person %02d", i), Email: fmt.Sprintf("p%02d@crew.example", i), Active: true,
		})
		require.NoError(t, err)
		ids[i] = a.ID
	}
	return ids
}

func row(t *testing.T, f fixture, id uuid.UUID) *db.Person {
	t.Helper()
	p, err := f.Store.Read().Person.Get(system, id)
	require.NoError(t, err)
	return p
}

func (f fixture) move(id uuid.UUID, c people.FactChange) error {
	p, err := f.Store.Read().Person.Get(system, id)
	require.NoError(f.t, err)
	_, err = f.ChangeFacts(hr, id, p.Version, c)
	return err
}

// closure is the table as it is, naive the same walked from the managers.
func closures(t *testing.T, f fixture) (closure, naive map[[2]uuid.UUID]int) {
	t.Helper()
	closure, naive = map[[2]uuid.UUID]int{}, map[[2]uuid.UUID]int{}
	lines, err := f.Store.Read().ReportingLine.Query().All(system)
	require.NoError(t, err)
	for _, l := range lines {
		closure[[2]uuid.UUID{l.AncestorID, l.PersonID}] = l.Depth
	}
	rows, err := f.Store.Read().Person.Query().All(system)
	require.NoError(t, err)
	manager := map[uuid.UUID]*uuid.UUID{}
	for _, p := range rows {
		manager[p.ID] = p.ManagerID
	}
	for _, p := range rows {
		depth := 1
		for at := p.ManagerID; at != nil; at = manager[*at] {
			require.LessOrEqual(t, depth, len(rows), "a circle")
			naive[[2]uuid.UUID{*at, p.ID}] = depth
			depth++
		}
	}
	return closure, naive
}

func TestTheClosureFollowsEveryMove(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		ids := crew(t, f, 12)
		random := rand.New(rand.NewSource(1))
		refused, moved := 0, 0
		for range 120 {
			id, to := ids[random.Intn(len(ids))], ids[random.Intn(len(ids))]
			if random.Intn(8) == 0 {
				to = uuid.Nil
			}
			on := clock.DateOf(f.Clock.Now())
			if random.Intn(4) == 0 {
				on = on.AddDays(1 + random.Intn(5))
			}
			switch err := f.move(id, people.FactChange{On: on, ManagerID: &to}); fault.KindOf(err) {
			case fault.Invalid:
				refused++
			default:
				require.NoError(t, err)
				moved++
			}
			if random.Intn(6) == 0 {
				f.Clock.Advance(24 * time.Hour)
				require.NoError(t, f.TakeEffect(system))
			}
			closure, naive := closures(t, f)
			require.Equal(t, naive, closure)
		}
		require.Greater(t, refused, 10)
		require.Greater(t, moved, 50)
	})
}

func TestACircleIsNamed(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	ids := crew(t, f, 3)
	today := clock.DateOf(f.Clock.Now())
	require.NoError(t, f.move(ids[1], people.FactChange{On: today, ManagerID: &ids[0]}))
	require.NoError(t, f.move(ids[2], people.FactChange{On: today, ManagerID: &ids[1]}))
	for _, on := range []clock.Date{today, today.AddDays(30)} {
		err := f.move(ids[0], people.FactChange{On: on, ManagerID: &ids[2]})
		var refused *fault.Error
		require.ErrorAs(t, err, &refused)
		require.Equal(t, people.CodeCycle, refused.Code)
		require.Contains(t, refused.Details[0].Message, "Person 00 → Person 02 → Person 01 → Person 00")
	}
}

func TestAChangeToComeTakesEffectOnItsDay(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		ids := crew(t, f, 3)
		today := clock.DateOf(f.Clock.Now())
		later := today.AddDays(10)
		require.NoError(t, f.move(ids[2], people.FactChange{On: today, ManagerID: &ids[0]}))
		require.NoError(t, f.move(ids[2], people.FactChange{On: later, ManagerID: &ids[1]}))
		lead := "Lead"
		require.NoError(t, f.move(ids[2], people.FactChange{On: today, Title: &lead}))
		require.Equal(t, ids[0], *row(t, f, ids[2]).ManagerID)
		profile, err := f.Get(hr, ids[2])
		require.NoError(t, err)
		require.True(t, profile.Employment[0].Future)
		require.Equal(t, "Lead", profile.Employment[0].Title, "what changes before is carried on")

		require.NoError(t, f.TakeEffect(system))
		require.Equal(t, ids[0], *row(t, f, ids[2]).ManagerID)
		f.Clock.Advance(10 * 24 * time.Hour)
		for range 2 {
			require.NoError(t, f.TakeEffect(system))
			require.Equal(t, ids[1], *row(t, f, ids[2]).ManagerID)
		}
		moves, err := f.Store.Read().Handover.Query().Where(handover.PersonID(ids[2])).All(system)
		require.NoError(t, err)
		require.Len(t, moves, 2, "the first manager and the next; twice changes nothing")
		closure, naive := closures(t, f)
		require.Equal(t, naive, closure)
	})
}

func TestACorrectionAndALeaver(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		id := crew(t, f, 1)[0]
		began := clock.DateOf(f.Clock.Now())
		f.Clock.Advance(20 * 24 * time.Hour)
		today := clock.DateOf(f.Clock.Now())
		paris := "Paris"
		require.NoError(t, f.move(id, people.FactChange{On: began.AddDays(5), Location: &paris}))
		require.Equal(t, "Paris", row(t, f, id).Location)
		spans, err := f.Store.Read().Employment.Query().Where(employment.PersonID(id)).Order(db.Asc(employment.FieldValidFrom)).All(system)
		require.NoError(t, err)
		require.Equal(t, []string{"", "Paris", "corrected"}, []string{spans[0].Location, spans[1].Location, string(spans[1].Reason)})
		require.Equal(t, fault.Invalid, fault.KindOf(f.move(id, people.FactChange{On: began.AddDays(-1), Location: &paris})))

		ends := today.AddDays(3)
		require.NoError(t, f.move(id, people.FactChange{On: today, EndsOn: &ends}))
		require.NoError(t, f.TakeEffect(system))
		require.Equal(t, person.StatusActive, row(t, f, id).Status)
		f.Clock.Advance(3 * 24 * time.Hour)
		require.NoError(t, f.TakeEffect(system))
		require.Equal(t, person.StatusInactive, row(t, f, id).Status)
		require.Equal(t, fault.Conflict, fault.KindOf(f.move(id, people.FactChange{On: ends, Location: &paris})))
	})
}

func TestWhoMayChangeFacts(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	ids := crew(t, f, 2)
	today := clock.DateOf(f.Clock.Now())
	title, zone, share := "x", "Nowhere", 2.0
	as := func(roles []string, scopes ...actor.Scope) context.Context {
		return actor.With(context.Background(), actor.Person{ID: ids[0], Roles: roles, Scopes: scopes})
	}
	_, err := f.ChangeFacts(as([]string{"employee"}), ids[1], 1, people.FactChange{On: today, Title: &title})
	require.Equal(t, fault.Forbidden, fault.KindOf(err))
	_, err = f.ChangeFacts(as([]string{"employee", "hr"}, actor.Scope{Countries: []string{"DE"}}), ids[1], 1, people.FactChange{On: today, Title: &title})
	require.Equal(t, fault.Forbidden, fault.KindOf(err), "out of scope")
	_, err = f.ChangeFacts(as([]string{"employee", "hr"}, actor.Scope{}), ids[0], 1, people.FactChange{On: today, Title: &title})
	require.Equal(t, fault.Forbidden, fault.KindOf(err), "nobody changes their own")
	_, err = f.ChangeFacts(hr, uuid.New(), 1, people.FactChange{On: today})
	require.Equal(t, fault.NotFound, fault.KindOf(err))
	_, err = f.ChangeFacts(hr, ids[1], 77, people.FactChange{On: today, Title: &title})
	require.Equal(t, fault.Stale, fault.KindOf(err))
	_, err = f.ChangeFacts(hr, ids[1], 1, people.FactChange{On: "soon", TimeZone: &zone, FTE: &share})
	var refused *fault.Error
	require.ErrorAs(t, err, &refused)
	require.Len(t, refused.Details, 3, "all at once")
}

func TestTheChartHasAFixedNumberOfStatements(t *testing.T) {
	statements := 0
	f := newFixture(t, storetest.SQLite(t, store.Observe(func(string) { statements++ })))
	ids := crew(t, f, 14)
	today := clock.DateOf(f.Clock.Now())
	for i, id := range ids[1:] {
		boss := ids[0]
		if i >= 10 {
			boss = ids[1]
		}
		require.NoError(t, f.move(id, people.FactChange{On: today, ManagerID: &boss}))
	}
	count := func(limit int) (int, []people.Node) {
		before := statements
		nodes, _, err := f.Reports(hr, ids[0], "", limit)
		require.NoError(t, err)
		return statements - before, nodes
	}
	few, _ := count(2)
	many, nodes := count(100)
	require.Equal(t, few, many)
	require.Len(t, nodes, 10)
	require.Equal(t, []int{3, 3}, []int{nodes[0].Direct, nodes[0].All})
	top, _, err := f.Reports(hr, uuid.Nil, "", 0)
	require.NoError(t, err)
	require.Equal(t, []int{10, 13}, []int{top[0].Direct, top[0].All})
	line, err := f.Line(hr, ids[13])
	require.NoError(t, err)
	require.Equal(t, []uuid.UUID{ids[0], ids[1], ids[13]}, []uuid.UUID{line[0].ID, line[1].ID, line[2].ID})
	_, err = f.Line(hr, uuid.New())
	require.Equal(t, fault.NotFound, fault.KindOf(err))
}

// HR may change the manager of everybody in their scope, but not make themselves
// one, and not let go of a report whose case they would then see for HR.
func TestNobodyGainsByAChangeOfTheirOwn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		ids := crew(t, f, 4)
		me, report, other, boss := ids[0], ids[1], ids[2], ids[3]
		today := clock.DateOf(f.Clock.Now())
		require.NoError(t, f.move(report, people.FactChange{On: today, ManagerID: &me}))
		mine := actor.With(context.Background(), actor.Person{ID: me, Roles: []string{"employee", "hr"}, Scopes: []actor.Scope{{}}})
		for _, on := range []clock.Date{today, today.AddDays(30)} {
			for id, to := range map[uuid.UUID]uuid.UUID{other: me, report: boss} {
				_, err := f.ChangeFacts(mine, id, row(t, f, id).Version, people.FactChange{On: on, ManagerID: &to})
				require.Equal(t, fault.Forbidden, fault.KindOf(err))
				require.ErrorContains(t, err, "Somebody else must make this change")
			}
		}
		_, err := f.ChangeFacts(mine, other, row(t, f, other).Version, people.FactChange{On: today, ManagerID: &boss})
		require.NoError(t, err)
		require.NoError(t, f.move(report, people.FactChange{On: today, ManagerID: &boss}), "somebody else may")
	})
}
