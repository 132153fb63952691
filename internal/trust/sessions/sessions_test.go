package sessions_test

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/auditevent"
	"github.com/rung-hr/rung/ent/db/identity"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/db/session"
	"github.com/rung-hr/rung/internal/dev/basetest"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
	"github.com/rung-hr/rung/internal/trust/audit"
	"github.com/rung-hr/rung/internal/trust/roles"
	"github.com/rung-hr/rung/internal/trust/sessions"
)

func TestMain(m *testing.M) { storetest.Main(m) }

var (
	system = actor.AsSystem(context.Background(), "test")
	limits = sessions.Limits{Idle: time.Hour, Max: 8 * time.Hour, Privileged: 4 * time.Hour}
)

// fixture is a company of three: an HR partner, an engineer, and one who left.
type fixture struct {
	*sessions.Service
	t     testing.TB
	store *store.Store
	clock *clock.Fake
	ids   map[string]uuid.UUID
}

func newFixture(t testing.TB, s *store.Store) *fixture {
	t.Helper()
	base, at := basetest.New(t, s)
	mapping, err := roles.ParseMapping(map[string]string{"rung-hr": "hr"})
	require.NoError(t, err)
	f := &fixture{sessions.New(base, roles.New(base, mapping), limits, slog.New(slog.DiscardHandler)), t, s, at, map[string]uuid.UUID{}}
	require.NoError(t, s.InTx(system, func(ctx context.Context, tx *db.Client) error {
		for _, name := range []string{"hana", "ada", "gone"} {
			create := tx.Person.Create().SetName(name).SetNameKey([]byte(name)).SetEmail(name + "@x.example")
			if name == "gone" {
				create.SetStatus(person.StatusInactive)
			}
			row, err := create.Save(ctx)
			if err != nil {
				return err
			}
			f.ids[name] = row.ID
		}
		return base.Trail.Record(ctx, tx, audit.Entry{Action: audit.PeopleImported, Resource: "people"})
	}))
	return f
}

// proof is what a provider says of somebody, with changes.
func proof(name string, change ...func(*sessions.Proof)) sessions.Proof {
	p := sessions.Proof{Issuer: "https://idp.example", Subject: "subject-of-" + name, Email: name + "@x.example", EmailVerified: true, UserAgent: "Firefox"}
	for _, c := range change {
		c(&p)
	}
	return p
}

func (f *fixture) signIn(name string, change ...func(*sessions.Proof)) string {
	f.t.Helper()
	secret, err := f.SignIn(system, proof(name, change...))
	require.NoError(f.t, err)
	return secret
}

func (f *fixture) who(secret string) (string, fault.Kind) {
	me, err := f.Authenticate(context.Background(), secret)
	return me.Name, fault.KindOf(err)
}

func (f *fixture) as(secret string) context.Context {
	f.t.Helper()
	me, err := f.Authenticate(context.Background(), secret)
	require.NoError(f.t, err)
	return actor.With(context.Background(), me)
}

// An attempt belongs to one browser, is used once, and ends after ten minutes.
func TestAnAttemptIsTakenOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		begun := sessions.Attempt{State: "s", Nonce: "n", Verifier: "v", ReturnTo: "/cases", Fresh: true}
		secret, err := f.Begin(system, begun)
		require.NoError(t, err)
		_, ok, err := f.Take(system, "of another browser")
		require.NoError(t, err)
		require.False(t, ok)
		taken, ok, err := f.Take(system, secret)
		require.NoError(t, err)
		require.True(t, ok)
		require.Equal(t, begun, taken)
		_, ok, err = f.Take(system, secret)
		require.NoError(t, err)
		require.False(t, ok, "once")

		late, err := f.Begin(system, begun)
		require.NoError(t, err)
		f.clock.Set(f.clock.Now().Add(sessions.AttemptTTL))
		_, ok, err = f.Take(system, late)
		require.NoError(t, err)
		require.False(t, ok, "ten minutes")
	})
}

func TestWhoMaySignIn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		for want, p := range map[sessions.Refusal]sessions.Proof{
			sessions.Unverified:    proof("ada", func(p *sessions.Proof) { p.EmailVerified = false }),
			sessions.UnknownPerson: proof("stranger"),
			sessions.Disabled:      proof("gone"),
		} {
			_, err := f.SignIn(system, p)
			require.Equal(t, want, sessions.RefusedFor(err))
		}
		require.Zero(t, s.Read().Identity.Query().Where(identity.PersonID(f.ids["gone"])).CountX(system), "a refused sign-in links nothing")

		f.signIn("ada")
		_, err := f.SignIn(system, proof("ada", func(p *sessions.Proof) { p.Subject = "another account" }))
		require.Equal(t, sessions.LinkedElsewhere, sessions.RefusedFor(err))
		f.signIn("ada", func(p *sessions.Proof) { p.Email, p.EmailVerified = "new@x.example", false })
		require.Empty(t, sessions.RefusedFor(nil))
	})
}

// Only the hash of a secret is kept. A new sign-in of a browser ends its old
// session, and groups give and remove roles each time.
func TestASignInReplacesTheSessionOfTheBrowser(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		first := f.signIn("hana", func(p *sessions.Proof) { p.Groups = []string{"rung-hr"} })
		me, err := f.Authenticate(context.Background(), first)
		require.NoError(t, err)
		require.Equal(t, []string{"employee", "hr"}, me.Roles)
		row := s.Read().Session.Query().OnlyX(system)
		require.NotContains(t, string(row.TokenHash), first)

		second := f.signIn("hana", func(p *sessions.Proof) { p.Replaces, p.Groups = first, []string{} })
		_, kind := f.who(first)
		require.Equal(t, fault.SignedOut, kind)
		me, err = f.Authenticate(context.Background(), second)
		require.NoError(t, err)
		require.Equal(t, []string{"employee"}, me.Roles)
		require.Equal(t, 2, s.Read().AuditEvent.Query().Where(auditevent.Action(string(audit.SignedIn))).CountX(system))
	})
}

func TestHowLongASessionLasts(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		start := f.clock.Now()
		used, idle := f.signIn("ada"), f.signIn("ada")
		for hour := time.Hour; hour < limits.Max; hour += time.Hour {
			f.clock.Set(start.Add(hour - time.Second))
			name, _ := f.who(used)
			require.Equal(t, "ada", name, hour)
		}
		_, kind := f.who(idle)
		require.Equal(t, fault.SignedOut, kind, "without a request for an hour")
		f.clock.Set(start.Add(limits.Max))
		_, kind = f.who(used)
		require.Equal(t, fault.SignedOut, kind, "eight hours in all")
		_, kind = f.who("")
		require.Equal(t, fault.SignedOut, kind)
	})
}

// Only another sign-in shows that somebody still holds a role at the provider. It
// ends every session of theirs, also one from before they had the role.
func TestARoleOfTheProviderNeedsANewSignIn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		start := f.clock.Now()
		old := f.signIn("hana")
		f.clock.Set(start.Add(30 * time.Minute))
		privileged := f.signIn("hana", func(p *sessions.Proof) { p.Groups = []string{"rung-hr"} })
		list, err := f.List(f.as(privileged))
		require.NoError(t, err)
		for _, browser := range list {
			require.Equal(t, browser.CreatedAt.Add(limits.Privileged), browser.ExpiresAt)
		}
		for at := time.Hour; at < limits.Privileged; at += 30 * time.Minute {
			f.clock.Set(start.Add(at))
			f.who(old)
			name, _ := f.who(privileged)
			require.Equal(t, "hana", name, at)
		}
		f.clock.Set(start.Add(limits.Privileged))
		_, kind := f.who(old)
		require.Equal(t, fault.SignedOut, kind)
		name, _ := f.who(privileged)
		require.Equal(t, "hana", name)
		f.clock.Set(start.Add(limits.Privileged + 30*time.Minute))
		_, kind = f.who(privileged)
		require.Equal(t, fault.SignedOut, kind)

		again := f.signIn("hana", func(p *sessions.Proof) { p.Groups = []string{} })
		require.Equal(t, []string{"employee"}, actor.Of(f.as(again)).Roles)
	})
}

// Who could not sign in is in the trail, with the person if Rung knows them.
func TestARefusedSignInIsRecorded(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		f.signIn("ada")
		for _, who := range []sessions.Proof{
			proof("gone"), proof("stranger"), proof("hana", func(p *sessions.Proof) { p.EmailVerified = false }), proof("ada", func(p *sessions.Proof) { p.Subject = "another" }),
		} {
			_, err := f.SignIn(system, who)
			require.NotEmpty(t, sessions.RefusedFor(err))
		}
		rows := s.Read().AuditEvent.Query().Where(auditevent.Action(string(audit.SignInRefused))).Order(db.Asc(auditevent.FieldID)).AllX(system)
		var owners []uuid.UUID
		var why []string
		for _, r := range rows {
			owners, why = append(owners, store.OrZero(r.OwnerID)), append(why, r.Facts["why"])
		}
		require.Equal(t, []uuid.UUID{f.ids["gone"], uuid.Nil, uuid.Nil, f.ids["ada"]}, owners)
		require.Equal(t, []string{string(sessions.Disabled), string(sessions.UnknownPerson), string(sessions.Unverified), string(sessions.LinkedElsewhere)}, why)
	})
}

func TestPeopleEndTheirOwnSessions(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		here, there, other := f.signIn("ada"), f.signIn("ada"), f.signIn("hana")
		list, err := f.List(f.as(here))
		require.NoError(t, err)
		require.Len(t, list, 2)
		foreign := s.Read().Session.Query().Where(session.PersonID(f.ids["hana"])).OnlyIDX(system)
		require.Equal(t, fault.NotFound, fault.KindOf(f.End(f.as(here), foreign)))
		_, err = f.ListOf(f.as(here), f.ids["hana"])
		require.Equal(t, fault.Forbidden, fault.KindOf(err))

		require.NoError(t, f.EndOthers(f.as(here)))
		_, kind := f.who(there)
		require.Equal(t, fault.SignedOut, kind)
		name, _ := f.who(here)
		require.Equal(t, "ada", name)
		name, _ = f.who(other)
		require.Equal(t, "hana", name)
		idToken, err := f.SignOut(system, here)
		require.NoError(t, err)
		require.Empty(t, idToken)
		_, err = f.SignOut(system, here)
		require.NoError(t, err, "twice is no error")
	})
}

// The provider ends one of its sessions, or all of an account.
func TestTheProviderEndsSessions(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		of := func(id string) func(*sessions.Proof) { return func(p *sessions.Proof) { p.ProviderSession = id } }
		first, second, third := f.signIn("ada", of("1")), f.signIn("ada", of("2")), f.signIn("ada", of("3"))
		require.NoError(t, f.EndAtProvider(system, "https://idp.example", "", "1"))
		_, kind := f.who(first)
		require.Equal(t, fault.SignedOut, kind)
		name, _ := f.who(second)
		require.Equal(t, "ada", name)
		require.NoError(t, f.EndAtProvider(system, "https://other.example", proof("ada").Subject, ""))
		name, _ = f.who(third)
		require.Equal(t, "ada", name, "another provider")
		require.NoError(t, f.EndAtProvider(system, "https://idp.example", proof("ada").Subject, ""))
		_, kind = f.who(second)
		require.Equal(t, fault.SignedOut, kind)
		_, kind = f.who(third)
		require.Equal(t, fault.SignedOut, kind)
	})
}

// HR partners view Rung as somebody, with a viewer behind every request, and
// nobody else may.
func TestViewingAsSomebody(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		hr := f.signIn("hana", func(p *sessions.Proof) { p.Groups = []string{"rung-hr"} })
		require.Equal(t, fault.Forbidden, fault.KindOf(f.ViewAs(f.as(f.signIn("ada")), f.ids["hana"])))
		require.Equal(t, fault.NotFound, fault.KindOf(f.ViewAs(f.as(hr), f.ids["gone"])))
		require.NoError(t, f.ViewAs(f.as(hr), f.ids["ada"]))
		me, err := f.Authenticate(context.Background(), hr)
		require.NoError(t, err)
		require.Equal(t, []string{"ada", "hana"}, []string{me.Name, me.Viewer.Name})
		require.Equal(t, fault.Conflict, fault.KindOf(f.ViewAs(f.as(hr), f.ids["ada"])), "not from within a view")
		list, err := f.List(f.as(hr))
		require.NoError(t, err)
		require.Empty(t, list, "where Ada is signed in stays with Ada")
		require.NoError(t, f.EndViewAs(f.as(hr)))
		name, _ := f.who(hr)
		require.Equal(t, "hana", name)
	})
}

func TestALongUserAgentIsCut(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	f.signIn("ada", func(p *sessions.Proof) { p.UserAgent = strings.Repeat("x", 1000) })
	require.Len(t, f.store.Read().Session.Query().OnlyX(system).UserAgent, 300)
}
