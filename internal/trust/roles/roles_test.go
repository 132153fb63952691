package roles_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/auditevent"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/schema"
	"github.com/rung-hr/rung/internal/dev/basetest"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
	"github.com/rung-hr/rung/internal/trust/roles"
)

func TestMain(m *testing.M) { storetest.Main(m) }

var system = actor.AsSystem(context.Background(), "test")

var mapping = roles.Mapping{
	"people":    {Role: access.HR},
	"people-de": {Role: access.HR, Scope: schema.Scope{Countries: []string{"DE"}}},
	"pay":       {Role: access.Comp},
}

// fixture is a company of a few people without any role.
type fixture struct {
	*roles.Service
	t     testing.TB
	store *store.Store
	clock *clock.Fake
	trail *audit.Trail
	ids   map[string]uuid.UUID
}

func newFixture(t testing.TB, s *store.Store) *fixture {
	t.Helper()
	base, at := basetest.New(t, s)
	f := &fixture{roles.New(base, mapping), t, s, at, base.Trail, map[string]uuid.UUID{}}
	for _, name := range []string{"admin", "second admin", "hr", "auditor", "ada", "bo"} {
		f.add(name)
	}
	return f
}

// change writes without the use cases, with a record.
func (f *fixture) change(change func(ctx context.Context, tx *db.Client) error) {
	f.t.Helper()
	require.NoError(f.t, f.store.InTx(system, func(ctx context.Context, tx *db.Client) error {
		if err := change(ctx, tx); err != nil {
			return err
		}
		return f.trail.Record(ctx, tx, audit.Entry{Action: audit.PeopleImported, Resource: "people"})
	}))
}

func (f *fixture) add(name string, with ...func(*db.PersonCreate)) {
	f.t.Helper()
	f.change(func(ctx context.Context, tx *db.Client) error {
		create := tx.Person.Create().SetName(strings.ToUpper(name)).SetNameKey([]byte(name)).SetEmail(strings.ReplaceAll(name, " ", "-") + "@x.example")
		for _, w := range with {
			w(create)
		}
		row, err := create.Save(ctx)
		if err == nil {
			f.ids[name] = row.ID
		}
		return err
	})
}

func (f *fixture) unit(name string, parent *uuid.UUID) uuid.UUID {
	f.t.Helper()
	var id uuid.UUID
	f.change(func(ctx context.Context, tx *db.Client) error {
		row, err := tx.Unit.Create().SetName(name).SetNameKey(strings.ToLower(name)).SetNillableParentID(parent).Save(ctx)
		if err == nil {
			id = row.ID
		}
		return err
	})
	return id
}

// as acts as a person of the company; the role in addition to employee follows
// from the name.
func (f *fixture) as(name string) context.Context {
	held := []string{"employee"}
	if role := strings.TrimPrefix(name, "second "); role == "admin" || role == "hr" || role == "auditor" {
		held = append(held, role)
	}
	return actor.With(context.Background(), actor.Person{ID: f.ids[name], Name: name, Roles: held, Scopes: []actor.Scope{{}}})
}

func (f *fixture) row(name string) *db.Person {
	f.t.Helper()
	p, err := f.store.Read().Person.Get(system, f.ids[name])
	require.NoError(f.t, err)
	return p
}

func (f *fixture) records(action audit.Action) []*db.AuditEvent {
	f.t.Helper()
	rows, err := f.store.Read().AuditEvent.Query().Where(auditevent.Action(string(action))).Order(db.Asc(auditevent.FieldID)).All(system)
	require.NoError(f.t, err)
	return rows
}

func (f *fixture) asking(name, role string) roles.Asking {
	return roles.Asking{PersonID: f.ids[name], Role: role, Reason: "needed for the work"}
}

// give lets one person ask and another allow.
func (f *fixture) give(in roles.Asking) roles.Grant {
	f.t.Helper()
	asked, err := f.Ask(f.as("admin"), in)
	require.NoError(f.t, err)
	given, err := f.Decide(f.as("hr"), asked.ID, asked.Version, true)
	require.NoError(f.t, err)
	return given
}

// signIn takes over the groups of a sign-in.
func (f *fixture) signIn(name string, groups ...string) {
	f.t.Helper()
	require.NoError(f.t, f.store.InTx(system, func(ctx context.Context, tx *db.Client) error {
		if err := f.trail.Record(ctx, tx, audit.Entry{Action: audit.SignedIn, Resource: "session"}); err != nil {
			return err
		}
		p, err := tx.Person.Get(ctx, f.ids[name])
		if err != nil {
			return err
		}
		return f.SignedIn(ctx, tx, p, groups)
	}))
}

// A role takes two people. The request alone gives nothing, and each step is
// recorded in the trail, with the person whose rights it changes as the owner.
func TestARoleTakesTwoPeople(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		in := f.asking("ada", "comp")
		in.Reason = "  Pay round 2027  "
		asked, err := f.Ask(f.as("admin"), in)
		require.NoError(t, err)
		require.Equal(t, []any{"asked", "ADA", "comp", "The whole company", "Pay round 2027", "ADMIN", false, true},
			[]any{asked.State, asked.Person.Name, asked.Role, asked.Scope, asked.Reason, asked.AskedBy.Name, asked.CanDecide, asked.CanEnd})
		require.Empty(t, f.row("ada").Roles, "a request gives nothing")

		given, err := f.Decide(f.as("hr"), asked.ID, asked.Version, true)
		require.NoError(t, err)
		require.Equal(t, []any{"granted", "HR", asked.Version + 1}, []any{given.State, given.DecidedBy.Name, given.Version})
		require.Equal(t, []string{"comp"}, f.row("ada").Roles)
		for _, action := range []audit.Action{audit.RoleAsked, audit.RoleGranted, audit.RolesChanged} {
			rows := f.records(action)
			require.Len(t, rows, 1, action)
			require.Equal(t, f.ids["ada"], *rows[0].OwnerID, action)
		}
		require.Equal(t, map[string]string{"from": "", "to": "comp"}, f.records(audit.RolesChanged)[0].Facts)
	})
}

// Neither the person who asked nor the one who would get the role decides,
// whatever their roles.
func TestNobodyAllowsTheirOwn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		asked, err := f.Ask(f.as("admin"), f.asking("hr", "comp"))
		require.NoError(t, err)
		for _, who := range []string{"admin", "hr"} {
			for _, allow := range []bool{true, false} {
				_, err = f.Decide(f.as(who), asked.ID, asked.Version, allow)
				require.Equal(t, fault.Forbidden, fault.KindOf(err), who)
			}
			list, _, err := f.Grants(f.as(who), "", 0)
			require.NoError(t, err)
			require.False(t, list[0].CanDecide, "the button is not shown either")
		}
		list, _, err := f.Grants(f.as("second admin"), "", 0)
		require.NoError(t, err)
		require.True(t, list[0].CanDecide)
		_, err = f.Decide(f.as("second admin"), asked.ID, asked.Version, true)
		require.NoError(t, err)
	})
}

func TestWhoMayAskDecideAndEnd(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	asked, err := f.Ask(f.as("admin"), f.asking("ada", "comp"))
	require.NoError(t, err)
	for _, who := range []string{"ada", "bo", "hr", "auditor"} {
		_, err = f.Ask(f.as(who), f.asking("bo", "comp"))
		require.Equal(t, fault.Forbidden, fault.KindOf(err), "%s asks", who)
		_, err = f.End(f.as(who), asked.ID, asked.Version)
		require.Equal(t, fault.Forbidden, fault.KindOf(err), "%s ends", who)
	}
	for _, who := range []string{"ada", "bo", "auditor"} {
		_, err = f.Decide(f.as(who), asked.ID, asked.Version, true)
		require.Equal(t, fault.Forbidden, fault.KindOf(err), "%s decides", who)
	}
	for _, who := range []string{"ada", "bo"} {
		_, _, err = f.Grants(f.as(who), "", 0)
		require.Equal(t, fault.Forbidden, fault.KindOf(err), who)
		_, err = f.Holders(f.as(who))
		require.Equal(t, fault.Forbidden, fault.KindOf(err), who)
		_, err = f.PreviewGroups(f.as(who), nil)
		require.Equal(t, fault.Forbidden, fault.KindOf(err), who)
	}
	for _, who := range []string{"admin", "hr", "auditor"} {
		_, _, err = f.Grants(f.as(who), "", 0)
		require.NoError(t, err, who)
	}
	for _, try := range []func() error{
		func() error { _, err := f.Ask(context.Background(), f.asking("ada", "hr")); return err },
		func() error { _, err := f.Decide(context.Background(), asked.ID, 1, true); return err },
		func() error { _, err := f.End(context.Background(), asked.ID, 1); return err },
	} {
		require.Equal(t, fault.SignedOut, fault.KindOf(try()))
	}
	require.Empty(t, f.row("ada").Roles)
}

func TestWhatCannotBeAskedFor(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	f.add("leaver", func(p *db.PersonCreate) { p.SetStatus(person.StatusInactive) })
	today, tomorrow, never := clock.Date("2026-11-23"), clock.Date("2026-11-24"), clock.Date("2026-02-30")
	unit := f.unit("Payments", nil)
	for name, c := range map[string]struct {
		change func(*roles.Asking)
		fields []string
	}{
		"for oneself":           {func(a *roles.Asking) { a.PersonID = f.ids["admin"] }, []string{"personId"}},
		"for nobody":            {func(a *roles.Asking) { a.PersonID = uuid.Must(uuid.NewV7()) }, []string{"personId"}},
		"for a leaver":          {func(a *roles.Asking) { a.PersonID = f.ids["leaver"] }, []string{"personId"}},
		"an unknown role":       {func(a *roles.Asking) { a.Role = "boss" }, []string{"role"}},
		"the role of everybody": {func(a *roles.Asking) { a.Role = "employee" }, []string{"role"}},
		"without words":         {func(a *roles.Asking) { a.Reason = " \n" }, []string{"reason"}},
		"with too many words":   {func(a *roles.Asking) { a.Reason = strings.Repeat("x", 1001) }, []string{"reason"}},
		"a scope of another":    {func(a *roles.Asking) { a.Units = []uuid.UUID{unit} }, []string{"units"}},
		"no such country":       {func(a *roles.Asking) { a.Role, a.Countries = "hr", []string{"Germany", "DE", "fr"} }, []string{"countries", "countries"}},
		"no such unit":          {func(a *roles.Asking) { a.Role, a.Units = "hr", []uuid.UUID{unit, uuid.Must(uuid.NewV7())} }, []string{"units"}},
		"one unit twice":        {func(a *roles.Asking) { a.Role, a.Units = "hr", []uuid.UUID{unit, unit} }, []string{"units"}},
		"a day that is no day":  {func(a *roles.Asking) { a.ValidTo = &never }, []string{"validTo"}},
		"a day that has come":   {func(a *roles.Asking) { a.ValidTo = &today }, []string{"validTo"}},
		"nearly everything else": {func(a *roles.Asking) {
			*a = roles.Asking{PersonID: f.ids["admin"], Countries: []string{"x"}, ValidTo: &today}
		}, []string{"personId", "role", "reason", "units", "countries", "validTo"}},
	} {
		in := f.asking("ada", "comp")
		c.change(&in)
		_, err := f.Ask(f.as("admin"), in)
		var wrong *fault.Error
		require.ErrorAs(t, err, &wrong, name)
		require.Equal(t, fault.Invalid, wrong.Kind, name)
		var fields []string
		for _, d := range wrong.Details {
			require.NotEmpty(t, d.Fix, name)
			fields = append(fields, d.Field)
		}
		require.Equal(t, c.fields, fields, name)
	}
	require.Empty(t, f.records(audit.RoleAsked))
	in := f.asking("ada", "comp")
	in.ValidTo = &tomorrow
	_, err := f.Ask(f.as("admin"), in)
	require.NoError(t, err)
	_, err = f.Ask(f.as("second admin"), in)
	require.Equal(t, fault.Conflict, fault.KindOf(err), "one request of a role at a time")
	_, err = f.Ask(f.as("second admin"), f.asking("ada", "owner"))
	require.NoError(t, err)
}

func TestADecisionIsMadeOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		asked, err := f.Ask(f.as("admin"), f.asking("ada", "comp"))
		require.NoError(t, err)
		_, err = f.Decide(f.as("hr"), asked.ID, asked.Version+1, true)
		require.Equal(t, fault.Stale, fault.KindOf(err))
		_, err = f.Decide(f.as("hr"), uuid.Must(uuid.NewV7()), 1, true)
		require.Equal(t, fault.NotFound, fault.KindOf(err))
		refused, err := f.Decide(f.as("hr"), asked.ID, asked.Version, false)
		require.NoError(t, err)
		require.Equal(t, "refused", refused.State)
		require.False(t, refused.CanEnd)
		require.Len(t, f.records(audit.RoleRefused), 1)
		require.Empty(t, f.row("ada").Roles)
		_, err = f.Decide(f.as("second admin"), asked.ID, refused.Version, true)
		require.Equal(t, fault.Conflict, fault.KindOf(err), "a refusal is not turned round; somebody asks again")
		_, err = f.End(f.as("admin"), asked.ID, refused.Version)
		require.Equal(t, fault.Conflict, fault.KindOf(err))
		f.give(f.asking("ada", "comp"))
		require.Equal(t, []string{"comp"}, f.row("ada").Roles)
	})
}

// One person is enough to revoke a role, because it only takes rights away.
func TestOnePersonTakesARoleBack(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		given := f.give(f.asking("ada", "comp"))
		ended, err := f.End(f.as("admin"), given.ID, given.Version)
		require.NoError(t, err)
		require.Equal(t, "ended", ended.State)
		require.Empty(t, f.row("ada").Roles)
		require.Equal(t, map[string]string{"from": "comp", "to": ""}, f.records(audit.RolesChanged)[1].Facts)
		asked, err := f.Ask(f.as("admin"), f.asking("bo", "comp"))
		require.NoError(t, err)
		withdrawn, err := f.End(f.as("admin"), asked.ID, asked.Version)
		require.NoError(t, err)
		_, err = f.Decide(f.as("hr"), asked.ID, withdrawn.Version, true)
		require.Equal(t, fault.Conflict, fault.KindOf(err), "what was withdrawn can no longer be allowed")
	})
}

// A role with a last day ends by itself, on that day and not earlier.
func TestARoleEndsOnItsDay(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		in, day := f.asking("ada", "comp"), clock.Date("2026-12-01")
		in.ValidTo = &day
		f.give(in)
		f.give(f.asking("bo", "comp"))
		f.clock.Set(time.Date(2026, 11, 30, 23, 59, 59, 0, time.UTC))
		require.NoError(t, f.Expire(system))
		require.Equal(t, []string{"comp"}, f.row("ada").Roles)
		f.clock.Set(time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC))
		require.NoError(t, f.Expire(system))
		require.Empty(t, f.row("ada").Roles)
		require.Equal(t, []string{"comp"}, f.row("bo").Roles, "without a last day it stays")
		require.NoError(t, f.Expire(system), "it may run at any time")
		rows := f.records(audit.RoleEnded)
		require.Len(t, rows, 1)
		require.Equal(t, "test", rows[0].Reason, "nobody ended it: the system did")
	})
}

// Nobody gets a role again by signing in after its last day, even if the system
// has not ended it yet.
func TestASignInGivesNothingThatIsOver(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	in, day := f.asking("ada", "comp"), clock.Date("2026-12-01")
	in.ValidTo = &day
	f.give(in)
	f.clock.Set(time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC))
	f.signIn("ada")
	require.Empty(t, f.row("ada").Roles)
	list, err := f.Holders(f.as("admin"))
	require.NoError(t, err)
	require.Empty(t, list)
}

// Groups of a sign-in give roles, and a sign-in without them removes these.
func TestASignInGivesAndTakes(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		f.signIn("ada", "pay", "people-de", "somewhere else", "Pay")
		require.Equal(t, []string{"comp", "hr"}, f.row("ada").Roles)
		require.Equal(t, []schema.Scope{{Countries: []string{"DE"}}}, f.row("ada").Scopes)
		version := f.row("ada").Version
		f.signIn("ada", "people-de", "pay")
		require.Equal(t, version, f.row("ada").Version, "the same groups change nothing")
		require.Len(t, f.records(audit.RolesChanged), 1)
		f.signIn("ada")
		require.Empty(t, f.row("ada").Roles)
		require.Empty(t, f.row("ada").Scopes)
		require.Equal(t, map[string]string{"from": "comp hr", "to": ""}, f.records(audit.RolesChanged)[1].Facts)
	})
}

// A role that several sources give stays as long as one of them does.
func TestARoleStaysWhileOneSourceGivesIt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		given := f.give(f.asking("ada", "comp"))
		f.signIn("ada", "pay")
		_, err := f.End(f.as("admin"), given.ID, given.Version)
		require.NoError(t, err)
		require.Equal(t, []string{"comp"}, f.row("ada").Roles)
		f.signIn("ada")
		require.Empty(t, f.row("ada").Roles)
	})
}

// The role hr holds in the sum of its scopes: a limited scope takes nothing from
// a whole one.
func TestScopesAddUp(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	payments := f.unit("Payments", nil)
	ledger := f.unit("Ledger", &payments)
	books := f.unit("Books", &ledger)
	risk := f.unit("Risk", nil)
	in := f.asking("ada", "hr")
	in.Units, in.Countries = []uuid.UUID{payments}, []string{"DE"}
	require.Equal(t, "Payments and below, in DE", f.give(in).Scope)
	ada, err := f.ActorOf(system, f.row("ada"))
	require.NoError(t, err)
	require.Equal(t, []string{"employee", "hr"}, ada.Roles)
	for _, u := range []uuid.UUID{payments, ledger, books} {
		require.True(t, ada.Covers(u, "DE"), "the unit and all below")
		require.False(t, ada.Covers(u, "FR"))
	}
	require.False(t, ada.Covers(risk, "DE"))
	require.False(t, ada.CoversAll())

	f.signIn("ada", "people-de")
	ada, err = f.ActorOf(system, f.row("ada"))
	require.NoError(t, err)
	require.True(t, ada.Covers(risk, "DE"))
	require.False(t, ada.Covers(risk, "FR"))
	f.signIn("ada", "people")
	ada, err = f.ActorOf(system, f.row("ada"))
	require.NoError(t, err)
	require.True(t, ada.CoversAll())
	require.True(t, ada.Covers(payments, "DE"))
}

// A unit that moves takes its people with it: scopes follow the current tree.
func TestAScopeFollowsTheUnits(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	payments, risk := f.unit("Payments", nil), f.unit("Risk", nil)
	stored := []schema.Scope{{Units: []uuid.UUID{payments}}}
	before, err := f.Expand(system, stored)
	require.NoError(t, err)
	require.Equal(t, []actor.Scope{{Units: []uuid.UUID{payments}}}, before)
	f.change(func(ctx context.Context, tx *db.Client) error {
		return tx.Unit.UpdateOneID(risk).SetParentID(payments).Exec(ctx)
	})
	after, err := f.Expand(system, stored)
	require.NoError(t, err)
	require.Equal(t, []actor.Scope{{Units: []uuid.UUID{payments, risk}}}, after)
	none, err := f.Expand(system, nil)
	require.NoError(t, err)
	require.Empty(t, none, "without a scope nowhere, which is not everywhere")
}

func TestWhoIsHRForSomebody(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		unit := f.unit("Payments", nil)
		f.add("cy")
		f.add("leaver", func(p *db.PersonCreate) {
			p.SetStatus(person.StatusInactive).SetRoles([]string{"hr"}).SetScopes([]schema.Scope{{}})
		})
		f.signIn("cy", "people")
		f.signIn("bo", "people-de")
		f.signIn("ada", "pay")
		for country, want := range map[string][]string{"DE": {"BO", "CY"}, "FR": {"CY"}} {
			list, err := f.HRFor(system, unit, country)
			require.NoError(t, err)
			var names []string
			for _, p := range list {
				names = append(names, p.Name)
			}
			require.Equal(t, want, names, "by name, without people who have left or other roles")
		}
	})
}

// The second person must cover what they allow: an HR partner of one unit cannot
// let somebody see the whole company.
func TestWhoAllowsCoversTheRole(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		unit := f.unit("Payments", nil)
		below, apart := f.unit("Cards", &unit), f.unit("Sales", nil)
		scoped := func(scopes ...schema.Scope) context.Context {
			stored, err := f.Expand(system, scopes)
			require.NoError(t, err)
			return actor.With(context.Background(), actor.Person{ID: f.ids["hr"], Roles: []string{"employee", "hr"}, Scopes: stored})
		}
		payments := schema.Scope{Units: []uuid.UUID{unit}}
		for name, c := range map[string]struct {
			role    string
			asked   schema.Scope
			decider context.Context
			may     bool
		}{
			"the whole company":     {"hr", schema.Scope{}, scoped(payments), false},
			"their own unit":        {"hr", payments, scoped(payments), true},
			"a unit below":          {"hr", schema.Scope{Units: []uuid.UUID{below}}, scoped(payments), true},
			"another unit":          {"hr", schema.Scope{Units: []uuid.UUID{apart}}, scoped(payments), false},
			"one more unit":         {"hr", schema.Scope{Units: []uuid.UUID{below, apart}}, scoped(payments), false},
			"a country":             {"hr", schema.Scope{Countries: []string{"DE"}}, scoped(payments), false},
			"a country of theirs":   {"hr", schema.Scope{Countries: []string{"DE"}}, scoped(schema.Scope{Countries: []string{"DE", "FR"}}), true},
			"part of their unit":    {"hr", schema.Scope{Units: []uuid.UUID{unit}, Countries: []string{"DE"}}, scoped(payments), true},
			"a role without limits": {"comp", schema.Scope{}, scoped(payments), false},
			"everything":            {"comp", schema.Scope{}, scoped(schema.Scope{}), true},
			"as an admin":           {"hr", schema.Scope{}, f.as("second admin"), true},
			"without a scope":       {"hr", payments, scoped(), false},
		} {
			asked, err := f.Ask(f.as("admin"), roles.Asking{PersonID: f.ids["ada"], Role: c.role, Units: c.asked.Units, Countries: c.asked.Countries, Reason: "x"})
			require.NoError(t, err, name)
			list, _, err := f.Grants(c.decider, "", 1)
			require.NoError(t, err, name)
			require.Equal(t, c.may, list[0].CanDecide, name)
			_, err = f.Decide(c.decider, asked.ID, asked.Version, true)
			require.Equal(t, c.may, err == nil, name)
			if !c.may {
				require.Equal(t, fault.Forbidden, fault.KindOf(err), name)
			}
			list, _, err = f.Grants(f.as("admin"), "", 1)
			require.NoError(t, err)
			_, err = f.End(f.as("admin"), asked.ID, list[0].Version)
			require.NoError(t, err, name)
		}
	})
}

// The list of holders says through what a person holds a role.
func TestHoldersAndTheirSources(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		f.signIn("bo", "people-de")
		f.change(func(ctx context.Context, tx *db.Client) error {
			for _, name := range []string{"pay", "lunch"} {
				g, err := tx.Group.Create().SetName(name).SetNameKey(name).SetCreatedAt(f.clock.Now()).SetUpdatedAt(f.clock.Now()).Save(ctx)
				if err != nil {
					return err
				}
				if err := tx.GroupMember.Create().SetGroupID(g.ID).SetPersonID(f.ids["ada"]).Exec(ctx); err != nil {
					return err
				}
			}
			return f.Refresh(ctx, tx, f.ids["ada"])
		})
		asked, _, err := f.Grants(f.as("hr"), "", 1)
		require.NoError(t, err)
		pushed, err := f.Decide(f.as("hr"), asked[0].ID, asked[0].Version, true)
		require.NoError(t, err)
		in, day := f.asking("ada", "owner"), clock.Date("2026-12-01")
		in.ValidTo = &day
		grant := f.give(in)
		list, err := f.Holders(f.as("auditor"))
		require.NoError(t, err)
		require.Len(t, list, 2, "by name, and nobody without a role")
		require.Equal(t, "ADA", list[0].Person.Name)
		require.Equal(t, []roles.Source{
			{Role: "comp", Scope: "The whole company", Through: "group", Name: "pay", GrantID: &pushed.ID},
			{Role: "owner", Scope: "The whole company", Through: "grant", GrantID: &grant.ID},
		}, list[0].Sources, "a group that gives nothing is no source")
		require.Equal(t, []roles.Source{{Role: "hr", Scope: "Everybody in DE", Through: "sign_in"}}, list[1].Sources)
	})
}

// A mapping can be tried before anybody depends on it. Names are compared exactly
// as they are spelled.
func TestAPreviewOfGroups(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	out, err := f.PreviewGroups(f.as("admin"), []string{"people-de", "Pay", "people"})
	require.NoError(t, err)
	require.Equal(t, []roles.GroupRole{
		{Group: "pay", Role: "comp", Scope: "The whole company"}, {Group: "people", Role: "hr", Scope: "The whole company"}, {Group: "people-de", Role: "hr", Scope: "Everybody in DE"},
	}, out.Mapping)
	require.Equal(t, []roles.GroupRole{{Group: "people-de", Role: "hr", Scope: "Everybody in DE"}, {Group: "people", Role: "hr", Scope: "The whole company"}}, out.Gives)
	require.Equal(t, []string{"Pay"}, out.Nothing)
	require.Equal(t, []string{"employee", "hr"}, out.Signed)
	_, err = f.PreviewGroups(f.as("admin"), make([]string, 501))
	require.Equal(t, fault.Invalid, fault.KindOf(err))
}

func TestPagesOfGrants(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		for _, role := range []string{"hr", "comp", "owner"} {
			_, err := f.Ask(f.as("admin"), f.asking("ada", role))
			require.NoError(t, err)
		}
		var seen []string
		for cursor := ""; ; {
			page, next, err := f.Grants(f.as("auditor"), cursor, 2)
			require.NoError(t, err)
			for _, g := range page {
				seen = append(seen, g.Role)
				require.False(t, g.CanDecide || g.CanEnd, "auditors look")
			}
			if cursor = next; next == "" {
				break
			}
		}
		require.Equal(t, []string{"owner", "comp", "hr"}, seen, "newest first, each once")
		_, _, err := f.Grants(f.as("auditor"), "nonsense", 2)
		require.Equal(t, fault.Invalid, fault.KindOf(err))
	})
}

// Whatever two admins and HR do in whatever order: somebody holds a role in
// Rung if and only if one person asked for it, another one allowed it, neither
// of them is the holder, and it has not ended.
func TestWhoeverHoldsARoleGotItFromTwoOthers(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	require.NoError(t, flag.Set("rapid.checks", "25"))
	defer func() { require.NoError(t, flag.Set("rapid.checks", "100")) }()
	who, whom := []string{"admin", "second admin", "hr", "ada"}, []string{"admin", "hr", "bo"}
	rapid.Check(t, func(t *rapid.T) {
		type request struct{ asker, decider, holder, role, state string }
		made, current := map[uuid.UUID]request{}, map[uuid.UUID]roles.Grant{}
		for range rapid.IntRange(1, 8).Draw(t, "steps") {
			actor := rapid.SampledFrom(who).Draw(t, "actor")
			if len(made) == 0 || rapid.Bool().Draw(t, "ask") {
				holder, role := rapid.SampledFrom(whom).Draw(t, "holder"), rapid.SampledFrom([]string{"comp", "owner"}).Draw(t, "role")
				if g, err := f.Ask(f.as(actor), f.asking(holder, role)); err == nil {
					made[g.ID], current[g.ID] = request{asker: actor, holder: holder, role: role, state: "asked"}, g
				}
				continue
			}
			ids := slices.SortedFunc(maps.Keys(made), func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) })
			id := rapid.SampledFrom(ids).Draw(t, "request")
			var err error
			r, g := made[id], current[id]
			if rapid.Bool().Draw(t, "decide") {
				allow := rapid.Bool().Draw(t, "allow")
				if g, err = f.Decide(f.as(actor), id, g.Version, allow); err == nil {
					r.decider, r.state = actor, map[bool]string{true: "granted", false: "refused"}[allow]
				}
			} else if g, err = f.End(f.as(actor), id, g.Version); err == nil {
				r.state = "ended"
			}
			if err == nil {
				made[id], current[id] = r, g
			}
		}
		for _, name := range whom {
			want := []string{}
			for _, r := range made {
				if r.holder == name && r.state == "granted" {
					require.NotEqual(t, r.asker, r.decider)
					require.NotEqual(t, name, r.asker)
					require.NotEqual(t, name, r.decider)
					want = append(want, r.role)
				}
			}
			have := f.row(name).Roles
			require.Subset(t, want, have, fmt.Sprint(name, made))
			require.Subset(t, have, want, fmt.Sprint(name, made))
		}
		for id := range made { // the next run starts from nothing
			_, _ = f.End(f.as("admin"), id, current[id].Version)
		}
	})
}
