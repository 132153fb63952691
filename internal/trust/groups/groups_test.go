package groups_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/auditevent"
	"github.com/rung-hr/rung/internal/dev/basetest"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
	"github.com/rung-hr/rung/internal/trust/groups"
	"github.com/rung-hr/rung/internal/trust/roles"
)

func TestMain(m *testing.M) { storetest.Main(m) }

var system = actor.AsSystem(context.Background(), "provisioning")

// fixture is a company in which the groups "Pay" and "Ladders" give roles.
type fixture struct {
	*groups.Service
	held  *roles.Service
	t     *testing.T
	store *store.Store
	clock *clock.Fake
	ids   map[string]uuid.UUID
}

func newFixture(t *testing.T, s *store.Store) *fixture {
	t.Helper()
	base, at := basetest.New(t, s)
	held := roles.New(base, roles.Mapping{"Pay": {Role: access.Comp}, "Ladders": {Role: access.Owner}})
	f := &fixture{groups.New(base, held), held, t, s, at, map[string]uuid.UUID{}}
	require.NoError(t, s.InTx(system, func(ctx context.Context, tx *db.Client) error {
		for _, name := range []string{"ada", "bo", "cy", "dee"} {
			row, err := tx.Person.Create().SetName(strings.ToUpper(name)).SetNameKey([]byte(name)).SetEmail(name + "@x.example").Save(ctx)
			if err != nil {
				return err
			}
			f.ids[name] = row.ID
		}
		return base.Trail.Record(ctx, tx, audit.Entry{Action: audit.PeopleImported, Resource: "people"})
	}))
	return f
}

func (f *fixture) members(names ...string) []groups.Member {
	out := []groups.Member{}
	for _, n := range names {
		out = append(out, groups.Member{ID: f.ids[n]})
	}
	return out
}

func (f *fixture) add(name string, members ...string) groups.Group {
	f.t.Helper()
	g, err := f.Add(system, groups.Group{Name: name, Members: f.members(members...)})
	require.NoError(f.t, err)
	return g
}

// allow lets a second person allow every role that waits for one.
func (f *fixture) allow() {
	f.t.Helper()
	dee := actor.With(context.Background(), actor.Person{ID: f.ids["dee"], Roles: []string{"employee", "admin"}})
	list, _, err := f.held.Grants(dee, "", 200)
	require.NoError(f.t, err)
	for _, g := range list {
		if g.State == "asked" {
			_, err := f.held.Decide(dee, g.ID, g.Version, true)
			require.NoError(f.t, err)
		}
	}
}

func (f *fixture) rolesOf(name string) string {
	f.t.Helper()
	p, err := f.store.Read().Person.Get(system, f.ids[name])
	require.NoError(f.t, err)
	return strings.Join(p.Roles, " ")
}

func (f *fixture) count(action audit.Action) int {
	f.t.Helper()
	n, err := f.store.Read().AuditEvent.Query().Where(auditevent.Action(string(action))).Count(system)
	require.NoError(f.t, err)
	return n
}

func namesOf(list []groups.Group) []string {
	out := []string{}
	for _, g := range list {
		out = append(out, g.Name)
	}
	return out
}

// Anybody who may make groups could give themselves any role, so only platform
// admins may, and the program that provisions.
func TestOnlyAdminsTouchGroups(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	g := f.add("Pay", "ada")
	f.allow()
	for _, role := range []string{"employee", "hr", "comp", "approver", "owner", "auditor"} {
		ctx := actor.With(context.Background(), actor.Person{ID: f.ids["bo"], Roles: []string{"employee", role}, Scopes: []actor.Scope{{}}})
		for _, try := range []func() error{
			func() error {
				_, err := f.Add(ctx, groups.Group{Name: "Ladders", Members: f.members("bo")})
				return err
			},
			func() error {
				_, err := f.Change(ctx, g.ID, func(g groups.Group) (groups.Group, error) { g.Members = f.members("bo"); return g, nil })
				return err
			},
			func() error { return f.Delete(ctx, g.ID) },
			func() error { _, _, err := f.List(ctx, groups.Filter{Count: 1}); return err },
			func() error { _, err := f.Get(ctx, g.ID, true); return err },
		} {
			require.Equal(t, fault.Forbidden, fault.KindOf(try()), role)
		}
	}
	_, err := f.Add(context.Background(), groups.Group{Name: "Ladders"})
	require.Equal(t, fault.SignedOut, fault.KindOf(err))
	require.Equal(t, []string{"comp", ""}, []string{f.rolesOf("ada"), f.rolesOf("bo")})
	admin := actor.With(context.Background(), actor.Person{ID: f.ids["bo"], Roles: []string{"employee", "admin"}})
	_, err = f.Get(admin, g.ID, true)
	require.NoError(t, err)
}

// Whoever makes the token of a program could push a group with themselves in it.
// So a group asks for its role, in the name of that person, and another one
// allows it.
func TestAPushedGroupAsksForARole(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		admin := actor.Person{ID: f.ids["ada"], Roles: []string{"employee", "admin"}}
		g, err := f.Add(actor.Behind(system, admin), groups.Group{Name: "Pay", Members: f.members("ada", "bo")})
		require.NoError(t, err)
		require.Equal(t, []string{"", ""}, []string{f.rolesOf("ada"), f.rolesOf("bo")})
		list, _, err := f.held.Grants(actor.With(context.Background(), admin), "", 0)
		require.NoError(t, err)
		require.Len(t, list, 2)
		for _, asked := range list {
			require.Equal(t, []any{"asked", "ADA", "Pay", false}, []any{asked.State, asked.AskedBy.Name, asked.Group, asked.CanDecide})
			_, err := f.held.Decide(actor.With(context.Background(), admin), asked.ID, asked.Version, true)
			require.Equal(t, fault.Forbidden, fault.KindOf(err))
		}
		f.allow()
		require.Equal(t, []string{"comp", "comp"}, []string{f.rolesOf("ada"), f.rolesOf("bo")})

		// What is refused stays refused until the person leaves the group.
		remove := func(names ...string) {
			_, err := f.Change(system, g.ID, func(g groups.Group) (groups.Group, error) { g.Members = f.members(names...); return g, nil })
			require.NoError(t, err)
		}
		remove("ada")
		remove("ada", "bo")
		list, _, err = f.held.Grants(actor.With(context.Background(), admin), "", 0)
		require.NoError(t, err)
		require.Equal(t, []string{"asked", "ended", "granted"}, []string{list[0].State, list[1].State, list[2].State})
		dee := actor.With(context.Background(), actor.Person{ID: f.ids["dee"], Roles: []string{"employee", "admin"}})
		_, err = f.held.Decide(dee, list[0].ID, list[0].Version, false)
		require.NoError(t, err)
		remove("ada", "bo", "cy")
		f.allow()
		require.Equal(t, []string{"comp", "", "comp"}, []string{f.rolesOf("ada"), f.rolesOf("bo"), f.rolesOf("cy")})
	})
}

// Membership gives and removes a role that somebody allows, in the transaction of
// the change.
func TestMembershipGivesAndTakesRoles(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		g := f.add(" Pay ", "ada", "bo", "ada")
		f.allow()
		require.Equal(t, "Pay", g.Name)
		require.Equal(t, []groups.Member{{ID: f.ids["ada"], Name: "ADA"}, {ID: f.ids["bo"], Name: "BO"}}, g.Members, "each once")
		require.Equal(t, []string{"comp", "comp", ""}, []string{f.rolesOf("ada"), f.rolesOf("bo"), f.rolesOf("cy")})

		f.clock.Advance(time.Hour)
		changed, err := f.Change(system, g.ID, func(g groups.Group) (groups.Group, error) {
			require.Len(t, g.Members, 2, "the edit sees what is there")
			g.Members = f.members("bo", "cy")
			return g, nil
		})
		require.NoError(t, err)
		f.allow()
		require.Equal(t, []string{"", "comp", "comp"}, []string{f.rolesOf("ada"), f.rolesOf("bo"), f.rolesOf("cy")})
		require.Equal(t, g.Version+1, changed.Version)
		require.True(t, changed.CreatedAt.Equal(g.CreatedAt))
		require.True(t, changed.UpdatedAt.Equal(f.clock.Now()))

		require.NoError(t, f.Delete(system, g.ID))
		require.Equal(t, []string{"", "", ""}, []string{f.rolesOf("ada"), f.rolesOf("bo"), f.rolesOf("cy")})
		require.Equal(t, []int{1, 1, 1}, []int{f.count(audit.GroupAdded), f.count(audit.GroupChanged), f.count(audit.GroupDeleted)})
		require.Equal(t, 6, f.count(audit.RolesChanged), "two came, one went and one came, two went with the group")
	})
}

// The name gives the role, so a new name gives everybody another one, even those
// who stayed. The spelling counts.
func TestANewNameGivesAnotherRole(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		g := f.add("pay", "ada", "bo")
		require.Empty(t, f.rolesOf("ada"), "not spelled as in the mapping")
		for name, want := range map[string]string{"Pay": "comp", "Ladders": "owner", "Lunch": ""} {
			_, err := f.Change(system, g.ID, func(g groups.Group) (groups.Group, error) { g.Name = name; return g, nil })
			require.NoError(t, err)
			require.Equal(t, []string{"", ""}, []string{f.rolesOf("ada"), f.rolesOf("bo")}, "another role has to be allowed again")
			f.allow()
			require.Equal(t, []string{want, want}, []string{f.rolesOf("ada"), f.rolesOf("bo")}, name)
		}
	})
}

func TestARoleStaysWhileAnotherGroupGivesIt(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	pay := f.add("Pay", "ada")
	f.add("Ladders", "ada")
	f.allow()
	require.Equal(t, "comp owner", f.rolesOf("ada"))
	require.NoError(t, f.Delete(system, pay.ID))
	require.Equal(t, "owner", f.rolesOf("ada"))
}

// Two groups with one name would both give the role; case makes no difference.
func TestANameBelongsToOneGroup(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		f.add("Pay")
		other := f.add("Lunch")
		for _, err := range []error{
			second(f.Add(system, groups.Group{Name: "PAY"})),
			second(f.Change(system, other.ID, func(g groups.Group) (groups.Group, error) { g.Name = "pay"; return g, nil })),
		} {
			var taken *fault.Error
			require.ErrorAs(t, err, &taken)
			require.Equal(t, []any{fault.Conflict, groups.CodeTaken, "displayName"}, []any{taken.Kind, taken.Code, taken.Details[0].Field})
		}
		_, err := f.Change(system, other.ID, func(g groups.Group) (groups.Group, error) { g.Name = "LUNCH"; return g, nil })
		require.NoError(t, err, "its own name in another spelling")
	})
}

func second[T any](_ T, err error) error { return err }

// Nothing is half applied: one unknown member refuses the whole request.
func TestAnUnknownMemberRefusesTheWhole(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		g := f.add("Ladders", "bo")
		f.allow()
		stranger := append(f.members("ada"), groups.Member{ID: uuid.Must(uuid.NewV7())})
		for _, err := range []error{
			second(f.Add(system, groups.Group{Name: "Pay", Members: stranger})),
			second(f.Change(system, g.ID, func(g groups.Group) (groups.Group, error) { g.Name, g.Members = "Pay", stranger; return g, nil })),
		} {
			var unknown *fault.Error
			require.ErrorAs(t, err, &unknown)
			require.Equal(t, []any{fault.Invalid, "members"}, []any{unknown.Kind, unknown.Details[0].Field})
		}
		list, _, err := f.List(system, groups.Filter{Count: 10, WithMembers: true})
		require.NoError(t, err)
		require.Equal(t, []string{"Ladders"}, namesOf(list))
		require.Equal(t, f.ids["bo"], list[0].Members[0].ID)
		require.Equal(t, []string{"", "owner"}, []string{f.rolesOf("ada"), f.rolesOf("bo")})
	})
}

func TestWhatAGroupCannotBe(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	long := strings.Repeat("x", 201)
	for name, c := range map[string]struct {
		in     groups.Group
		fields []string
	}{
		"without a name": {groups.Group{Name: " "}, []string{"displayName"}},
		"a long name":    {groups.Group{Name: long}, []string{"displayName"}},
		"two lines":      {groups.Group{Name: "a\nb"}, []string{"displayName"}},
		"no text":        {groups.Group{Name: "a\xff"}, []string{"displayName"}},
		"a long id":      {groups.Group{Name: "a", ExternalID: long}, []string{"externalId"}},
		"both":           {groups.Group{Name: long, ExternalID: long}, []string{"displayName", "externalId"}},
	} {
		_, err := f.Add(system, c.in)
		var wrong *fault.Error
		require.ErrorAs(t, err, &wrong, name)
		require.Equal(t, fault.Invalid, wrong.Kind, name)
		var fields []string
		for _, d := range wrong.Details {
			fields = append(fields, d.Field)
		}
		require.Equal(t, c.fields, fields, name)
	}
	_, total, err := f.List(system, groups.Filter{})
	require.NoError(t, err)
	require.Zero(t, total)
}

// An edit that fails changes nothing, and its fault comes back as it was.
func TestAFailedEditChangesNothing(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	g, stop := f.add("Pay", "ada"), errors.New("no such path")
	_, err := f.Change(system, g.ID, func(groups.Group) (groups.Group, error) { return groups.Group{}, stop })
	require.ErrorIs(t, err, stop)
	again, err := f.Get(system, g.ID, true)
	require.NoError(t, err)
	require.Equal(t, g, again)
	require.Zero(t, f.count(audit.GroupChanged))
}

func TestAGroupThatIsNotThere(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	id := uuid.Must(uuid.NewV7())
	require.Equal(t, fault.NotFound, fault.KindOf(second(f.Get(system, id, false))))
	require.Equal(t, fault.NotFound, fault.KindOf(f.Delete(system, id)))
	require.Equal(t, fault.NotFound, fault.KindOf(second(f.Change(system, id, func(g groups.Group) (groups.Group, error) { return g, nil }))))
	require.Zero(t, f.count(audit.GroupDeleted))
}

// Providers find a group again by a filter; the total counts what matches, not
// what is shown.
func TestFiltersOfGroups(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		pay := f.add("Pay", "ada", "bo")
		f.add("Payments")
		_, err := f.Add(system, groups.Group{Name: "Ladders", ExternalID: "okta-1", Members: f.members("ada")})
		require.NoError(t, err)
		ada, nobody := f.ids["ada"], f.ids["cy"]
		for _, c := range []struct {
			filter groups.Filter
			want   []string
			total  int
		}{
			{groups.Filter{Count: 10}, []string{"Pay", "Payments", "Ladders"}, 3},
			{groups.Filter{Count: 1, Skip: 1}, []string{"Payments"}, 3},
			{groups.Filter{Count: 0}, []string{}, 3},
			{groups.Filter{Count: 10, Skip: 10}, []string{}, 3},
			{groups.Filter{Count: 10, Name: "PAY"}, []string{"Pay"}, 1},
			{groups.Filter{Count: 10, NamePrefix: "pAy"}, []string{"Pay", "Payments"}, 2},
			{groups.Filter{Count: 10, NamePrefix: "%"}, []string{}, 0},
			{groups.Filter{Count: 10, ExternalID: "okta-1"}, []string{"Ladders"}, 1},
			{groups.Filter{Count: 10, Member: &ada}, []string{"Pay", "Ladders"}, 2},
			{groups.Filter{Count: 10, Member: &nobody}, []string{}, 0},
			{groups.Filter{Count: 10, ID: &pay.ID, Name: "Ladders"}, []string{}, 0},
		} {
			list, total, err := f.List(system, c.filter)
			require.NoError(t, err)
			require.Equal(t, c.want, namesOf(list), "%+v", c.filter)
			require.Equal(t, c.total, total, "%+v", c.filter)
			for _, g := range list {
				require.Nil(t, g.Members, "not asked for")
			}
		}
		list, _, err := f.List(system, groups.Filter{Count: 10, WithMembers: true})
		require.NoError(t, err)
		require.Len(t, list[0].Members, 2)
		require.NotNil(t, list[1].Members, "asked for, and there are none")
		require.Empty(t, list[1].Members)
	})
}
