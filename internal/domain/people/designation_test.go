package people_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/auditevent"
	"github.com/rung-hr/rung/internal/domain/people"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/names"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
	"github.com/rung-hr/rung/internal/trust/audit"
)

func TestAPartBeginsAndEnds(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		id := crew(t, f, 1)[0]
		today := clock.DateOf(f.Clock.Now())
		later := today.AddDays(30)
		list, err := f.Designate(hr, id, people.NewDesignation{Title: " Tech lead ", Of: "Payments", ValidFrom: today})
		require.NoError(t, err)
		require.Equal(t, people.Designation{ID: list[0].ID, Title: "Tech lead", Of: "Payments", ValidFrom: today, State: "now"}, list[0])
		_, err = f.Designate(hr, id, people.NewDesignation{Title: "tech LEAD", Of: "payments", ValidFrom: later})
		require.Equal(t, fault.Invalid, fault.KindOf(err), "twice at once")
		list, err = f.Designate(hr, id, people.NewDesignation{Title: "Guild lead", ValidFrom: later})
		require.NoError(t, err)
		require.Equal(t, []string{"to_come", "now"}, []string{list[0].State, list[1].State})

		reader := actor.With(context.Background(), actor.Person{ID: uuid.New(), Roles: []string{"employee"}})
		f.Clock.Advance(48 * time.Hour)
		require.Equal(t, fault.Forbidden, fault.KindOf(f.EndDesignation(reader, list[1].ID)))
		require.Equal(t, fault.NotFound, fault.KindOf(f.EndDesignation(hr, uuid.New())))
		require.NoError(t, f.EndDesignation(hr, list[1].ID))
		require.NoError(t, f.EndDesignation(hr, list[0].ID))
		require.Equal(t, fault.Conflict, fault.KindOf(f.EndDesignation(hr, list[1].ID)))
		list, err = f.Designations(reader, id)
		require.NoError(t, err)
		require.Len(t, list, 1, "what has not begun is taken back")
		require.Equal(t, "over", list[0].State)
		require.Equal(t, today.AddDays(2), *list[0].ValidTo)
		for action, want := range map[audit.Action]int{audit.DesignationAdded: 2, audit.DesignationEnded: 2} {
			n, err := f.Store.Read().AuditEvent.Query().Where(auditevent.Action(string(action)), auditevent.OwnerID(id)).Count(system)
			require.NoError(t, err)
			require.Equal(t, want, n, action)
		}
	})
}

func TestWhoDesignatesAndHow(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	ids := crew(t, f, 2)
	today := clock.DateOf(f.Clock.Now())
	good := people.NewDesignation{Title: "Tech lead", ValidFrom: today}
	mine := actor.With(context.Background(), actor.Person{ID: ids[0], Roles: []string{"employee", "hr"}, Scopes: []actor.Scope{{}}})
	abroad := actor.With(context.Background(), actor.Person{ID: ids[0], Roles: []string{"employee", "hr"}, Scopes: []actor.Scope{{Countries: []string{"DE"}}}})
	_, err := f.Designate(mine, ids[0], good)
	require.Equal(t, fault.Forbidden, fault.KindOf(err), "nobody changes their own")
	_, err = f.Designate(abroad, ids[1], good)
	require.Equal(t, fault.Forbidden, fault.KindOf(err), "out of scope")
	_, err = f.Designate(hr, uuid.New(), good)
	require.Equal(t, fault.NotFound, fault.KindOf(err))
	_, err = f.Designations(hr, uuid.New())
	require.Equal(t, fault.NotFound, fault.KindOf(err))
	soon := clock.Date("soon")
	_, err = f.Designate(hr, ids[1], people.NewDesignation{Title: " ", Of: "a\x00b", ValidFrom: "2026-13-01", ValidTo: &soon})
	var refused *fault.Error
	require.ErrorAs(t, err, &refused)
	require.Len(t, refused.Details, 4, "all at once")
	_, err = f.Designate(hr, ids[1], people.NewDesignation{Title: "Lead", ValidFrom: today, ValidTo: &today})
	require.Equal(t, fault.Invalid, fault.KindOf(err))
	require.NoError(t, f.move(ids[1], people.FactChange{On: today, EndsOn: &today}))
	_, err = f.Designate(hr, ids[1], good)
	require.Equal(t, fault.Conflict, fault.KindOf(err), "has left")
}

// unitOf makes a unit below another and puts people into it.
func unitOf(t *testing.T, f fixture, name string, parent *uuid.UUID, members ...uuid.UUID) uuid.UUID {
	t.Helper()
	var id uuid.UUID
	require.NoError(t, f.Store.InTx(system, func(ctx context.Context, tx *db.Client) error {
		u, err := tx.Unit.Create().SetName(name).SetNameKey(names.Fold(name)).SetNillableParentID(parent).Save(ctx)
		if err != nil {
			return err
		}
		id = u.ID
		return audit.New(f.Clock).Record(ctx, tx, audit.Entry{Action: audit.PeopleImported, Resource: "unit", ID: id})
	}))
	today := clock.DateOf(f.Clock.Now())
	for _, m := range members {
		require.NoError(t, f.move(m, people.FactChange{On: today, UnitID: &id}))
	}
	return id
}

func TestTheTreeOfUnitsInTwoStatements(t *testing.T) {
	for name, open := range map[string]func(testing.TB, ...store.Option) *store.Store{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		t.Run(name, func(t *testing.T) {
			statements := 0
			f := newFixture(t, open(t, store.Observe(func(string) { statements++ })))
			ids := crew(t, f, 7)
			top := unitOf(t, f, "Engineering", nil, ids[0])
			mid := unitOf(t, f, "Payments", &top, ids[1], ids[2])
			unitOf(t, f, "Ledger", &mid, ids[3], ids[4], ids[5])
			unitOf(t, f, "Empty", &top)
			today := clock.DateOf(f.Clock.Now())
			require.NoError(t, f.move(ids[5], people.FactChange{On: today, EndsOn: &today}))
			before := statements
			list, err := f.Units(hr)
			require.NoError(t, err)
			require.Equal(t, 2, statements-before)
			have := []string{}
			for _, u := range list {
				have = append(have, fmt.Sprintf("%s %d %d %t", u.Name, u.Direct, u.Total, u.ParentID == nil))
			}
			require.Equal(t, []string{"Empty 0 0 false", "Engineering 1 5 true", "Ledger 2 2 false", "Payments 2 4 false"}, have)
			_, err = f.Units(context.Background())
			require.Error(t, err)
		})
	}
}

func TestTheFileHasEverybodyAndNoFormulas(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		ids := crew(t, f, 3)
		for i := range 450 {
			addPerson(t, f, fmt.Sprintf("Zed %03d", i))
		}
		formula := `=HYPERLINK("http://x.example","click")`
		require.NoError(t, f.move(ids[0], people.FactChange{On: clock.DateOf(f.Clock.Now()), Title: &formula}))
		file, err := f.CSV(hr, people.Filter{Sort: "pay", Limit: 1})
		require.NoError(t, err)
		var out bytes.Buffer
		n, err := file.WriteTo(&out)
		require.NoError(t, err)
		require.EqualValues(t, out.Len(), n)
		rows, err := csv.NewReader(&out).ReadAll()
		require.NoError(t, err)
		require.Len(t, rows, 454)
		require.Equal(t, "'"+formula, rows[1][3])
		require.Equal(t, "Zed 449", rows[453][1])

		file, err = f.CSV(hr, people.Filter{Prefix: "person"})
		require.NoError(t, err)
		out.Reset()
		_, err = file.WriteTo(&out)
		require.NoError(t, err)
		require.Equal(t, 4, bytes.Count(out.Bytes(), []byte("\r\n")))
		events, err := f.Store.Read().AuditEvent.Query().Where(auditevent.Action(string(audit.DirectoryExported))).Order(db.Asc(auditevent.FieldID)).All(system)
		require.NoError(t, err)
		require.Equal(t, []string{"", "name"}, []string{events[0].Facts["narrowed by"], events[1].Facts["narrowed by"]})
		_, err = f.CSV(context.Background(), people.Filter{})
		require.Error(t, err)
	})
}

func addPerson(t *testing.T, f fixture, name string) {
	t.Helper()
	mail := uuid.NewString() + "@crew.example"
	_, err := f.AddAccount(system, people.Account{UserName: mail, Name: name, Email: mail, Active: true})
	require.NoError(t, err)
}
