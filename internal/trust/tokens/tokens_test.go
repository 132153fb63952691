package tokens_test

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/auditevent"
	"github.com/rung-hr/rung/internal/dev/basetest"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
	"github.com/rung-hr/rung/internal/trust/audit"
	"github.com/rung-hr/rung/internal/trust/roles"
	"github.com/rung-hr/rung/internal/trust/tokens"
)

func TestMain(m *testing.M) { storetest.Main(m) }

var system = actor.AsSystem(context.Background(), "test")

// fixture is a company with one platform admin.
type fixture struct {
	*tokens.Service
	t     *testing.T
	store *store.Store
	clock *clock.Fake
	admin context.Context
	id    uuid.UUID
}

func newFixture(t *testing.T, s *store.Store) *fixture {
	t.Helper()
	base, at := basetest.New(t, s)
	f := &fixture{tokens.New(base, roles.New(base, nil)), t, s, at, nil, uuid.Nil}
	require.NoError(t, s.InTx(system, func(ctx context.Context, tx *db.Client) error {
		row, err := tx.Person.Create().SetName("Sam Ortega").SetNameKey([]byte("sam")).SetEmail("sam@x.example").Save(ctx)
		if err != nil {
			return err
		}
		f.id = row.ID
		return base.Trail.Record(ctx, tx, audit.Entry{Action: audit.PeopleImported, Resource: "people"})
	}))
	f.admin = f.as("admin")
	return f
}

func (f *fixture) as(role string) context.Context {
	return actor.With(context.Background(), actor.Person{ID: f.id, Roles: []string{"employee", role}, Scopes: []actor.Scope{{}}})
}

func (f *fixture) create(scopes ...string) tokens.Created {
	f.t.Helper()
	c, err := f.Create(f.admin, tokens.Draft{Name: "Okta", Scopes: scopes, ExpiresOn: "2026-11-30"})
	require.NoError(f.t, err)
	return c
}

func (f *fixture) records(action audit.Action) []*db.AuditEvent {
	f.t.Helper()
	rows, err := f.store.Read().AuditEvent.Query().Where(auditevent.Action(string(action))).All(system)
	require.NoError(f.t, err)
	return rows
}

func TestOnlyAdminsHandleTokens(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	made := f.create(tokens.Read)
	for _, role := range []string{"employee", "hr", "comp", "approver", "owner", "auditor"} {
		_, err := f.List(f.as(role))
		require.Equal(t, fault.Forbidden, fault.KindOf(err), role)
		_, err = f.Create(f.as(role), tokens.Draft{Name: "Okta", Scopes: []string{tokens.Write}, ExpiresOn: "2026-11-30"})
		require.Equal(t, fault.Forbidden, fault.KindOf(err), role)
		require.Equal(t, fault.Forbidden, fault.KindOf(f.Revoke(f.as(role), made.ID)), role)
	}
	_, err := f.List(context.Background())
	require.Equal(t, fault.SignedOut, fault.KindOf(err))
	_, err = f.Create(system, tokens.Draft{Name: "Okta", Scopes: []string{tokens.Write}, ExpiresOn: "2026-11-30"})
	require.Equal(t, fault.Forbidden, fault.KindOf(err), "somebody answers for every token: the program makes none")
	_, _, err = f.Use(context.Background(), made.Secret)
	require.NoError(t, err, "using one needs nobody: it is how a program gets in")
}

// The secret is shown once. The database has its hash, and neither a list nor the
// trail has more than the last characters.
func TestTheSecretIsToldOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		made := f.create(tokens.Read, tokens.Write)
		require.True(t, strings.HasPrefix(made.Secret, tokens.Prefix), "a leaked one is recognised")
		require.Len(t, strings.TrimPrefix(made.Secret, tokens.Prefix), 43, "256 bits")
		require.Equal(t, made.Secret[len(made.Secret)-4:], made.Hint)
		require.NotEqual(t, made.Secret, f.create(tokens.Read).Secret)

		row, err := s.Read().Token.Get(system, made.ID)
		require.NoError(t, err)
		hash := sha256.Sum256([]byte(made.Secret))
		require.Equal(t, hash[:], row.TokenHash)
		list, err := f.List(f.admin)
		require.NoError(t, err)
		text, err := json.Marshal(list)
		require.NoError(t, err)
		require.NotContains(t, string(text), strings.TrimPrefix(made.Secret, tokens.Prefix))
		for _, e := range f.records(audit.TokenCreated) {
			require.Nil(t, e.OwnerID)
			for _, fact := range e.Facts {
				require.NotContains(t, fact, made.Hint)
			}
		}
	})
}

func TestATokenSaysWhoMadeItAndWhatItMay(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	made := f.create(tokens.Read)
	require.Equal(t, []any{"Okta", "active", "Sam Ortega", []string{tokens.Read}}, []any{made.Name, made.State, made.CreatedBy.Name, made.Scopes})
	require.True(t, made.CreatedAt.Equal(f.clock.Now()))
	require.True(t, made.ExpiresAt.Equal(time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)), "the last day counts in full")
	require.Nil(t, made.UsedAt)
	e := f.records(audit.TokenCreated)
	require.Len(t, e, 1)
	require.Equal(t, map[string]string{"scopes": "scim:read", "expires": "2026-11-30"}, e[0].Facts)
	require.Equal(t, f.id, *e[0].ActorID)
}

// Writing includes reading, and nothing else includes anything.
func TestWhatTheScopesAllow(t *testing.T) {
	for _, c := range []struct {
		scopes      []string
		read, write bool
	}{
		{nil, false, false},
		{[]string{tokens.Read}, true, false},
		{[]string{tokens.Write}, true, true},
		{[]string{tokens.Read, tokens.Write}, true, true},
	} {
		token := tokens.Token{Scopes: c.scopes}
		require.Equal(t, []bool{c.read, c.write, false}, []bool{token.Allows(tokens.Read), token.Allows(tokens.Write), token.Allows("scim:delete")}, c.scopes)
	}
}

// Unknown, expired and revoked look the same: trying secrets reveals nothing.
func TestWhatIsRefusedReadsTheSame(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		expired, revoked := f.create(tokens.Read), f.create(tokens.Read)
		require.NoError(t, f.Revoke(f.admin, revoked.ID))
		f.clock.Set(time.Date(2026, 11, 30, 23, 59, 59, 0, time.UTC))
		_, _, err := f.Use(context.Background(), expired.Secret)
		require.NoError(t, err, "on its last day")
		f.clock.Set(time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC))
		_, _, unknown := f.Use(context.Background(), tokens.Prefix+strings.Repeat("A", 43))
		require.Equal(t, fault.SignedOut, fault.KindOf(unknown))
		for _, secret := range []string{"", tokens.Prefix, expired.Secret, revoked.Secret, strings.TrimPrefix(expired.Secret, tokens.Prefix), " " + expired.Secret} {
			_, _, err := f.Use(context.Background(), secret)
			require.Equal(t, unknown, err)
		}
		list, err := f.List(f.admin)
		require.NoError(t, err)
		require.Equal(t, []string{"revoked", "expired"}, []string{list[0].State, list[1].State}, "the newest first")
	})
}

// No secret but the one that was shown opens anything.
func TestNoOtherSecretOpens(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	made := f.create(tokens.Write)
	rapid.Check(t, func(t *rapid.T) {
		bytes := []byte(made.Secret)
		i := rapid.IntRange(0, len(bytes)-1).Draw(t, "place")
		bytes[i] ^= rapid.Byte().Filter(func(b byte) bool { return b != 0 }).Draw(t, "change")
		_, _, err := f.Use(context.Background(), string(bytes))
		require.Equal(t, fault.SignedOut, fault.KindOf(err))
	})
	_, _, err := f.Use(context.Background(), made.Secret)
	require.NoError(t, err)
}

// The last use is recorded to the minute, so that a busy provider does not write
// at each request. What it did is recorded elsewhere.
func TestAUseIsNotedOnceAMinute(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		made := f.create(tokens.Read)
		used := func() time.Time {
			t.Helper()
			token, maker, err := f.Use(context.Background(), made.Secret)
			require.NoError(t, err)
			require.Equal(t, []uuid.UUID{made.ID, f.id}, []uuid.UUID{token.ID, maker.ID})
			list, err := f.List(f.admin)
			require.NoError(t, err)
			return list[0].UsedAt.UTC()
		}
		first := f.clock.Now()
		require.Equal(t, first, used())
		f.clock.Advance(59 * time.Second)
		require.Equal(t, first, used())
		f.clock.Advance(time.Second)
		require.Equal(t, first.Add(time.Minute), used())
		n, err := s.Read().AuditEvent.Query().Count(system)
		require.NoError(t, err)
		require.Equal(t, 2, n, "the fixture and the new token")
	})
}

// Revoking ends a token at once, and a second time changes nothing.
func TestRevoking(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		made, other := f.create(tokens.Read), f.create(tokens.Read)
		at := f.clock.Now()
		require.NoError(t, f.Revoke(f.admin, made.ID))
		f.clock.Advance(time.Hour)
		require.NoError(t, f.Revoke(f.admin, made.ID))
		require.Len(t, f.records(audit.TokenRevoked), 1)
		list, err := f.List(f.admin)
		require.NoError(t, err)
		for _, token := range list {
			if token.ID == made.ID {
				require.Equal(t, at, token.RevokedAt.UTC())
			}
		}
		_, _, err = f.Use(context.Background(), made.Secret)
		require.Equal(t, fault.SignedOut, fault.KindOf(err))
		_, _, err = f.Use(context.Background(), other.Secret)
		require.NoError(t, err)
		require.Equal(t, fault.NotFound, fault.KindOf(f.Revoke(f.admin, uuid.Must(uuid.NewV7()))))
	})
}

func TestWhatATokenCannotBe(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	good := tokens.Draft{Name: "Okta", Scopes: []string{tokens.Read}, ExpiresOn: "2026-11-23"}
	for name, c := range map[string]struct {
		change func(*tokens.Draft)
		fields []string
	}{
		"without a name":      {func(d *tokens.Draft) { d.Name = " " }, []string{"name"}},
		"a long name":         {func(d *tokens.Draft) { d.Name = strings.Repeat("x", 201) }, []string{"name"}},
		"a name of two lines": {func(d *tokens.Draft) { d.Name = "a\nb" }, []string{"name"}},
		"nothing allowed":     {func(d *tokens.Draft) { d.Scopes = nil }, []string{"scopes"}},
		"unknown scopes":      {func(d *tokens.Draft) { d.Scopes = []string{"scim:*", tokens.Read, ""} }, []string{"scopes", "scopes"}},
		"no day":              {func(d *tokens.Draft) { d.ExpiresOn = "2026-02-30" }, []string{"expiresOn"}},
		"yesterday":           {func(d *tokens.Draft) { d.ExpiresOn = "2026-11-22" }, []string{"expiresOn"}},
		"too long":            {func(d *tokens.Draft) { d.ExpiresOn = "2027-11-24" }, []string{"expiresOn"}},
		"for ever":            {func(d *tokens.Draft) { d.ExpiresOn = "" }, []string{"expiresOn"}},
		"everything":          {func(d *tokens.Draft) { *d = tokens.Draft{} }, []string{"name", "scopes", "expiresOn"}},
	} {
		d := good
		c.change(&d)
		_, err := f.Create(f.admin, d)
		var wrong *fault.Error
		require.ErrorAs(t, err, &wrong, name)
		require.Equal(t, fault.Invalid, wrong.Kind, name)
		var fields []string
		for _, detail := range wrong.Details {
			require.Equal(t, "/"+detail.Field, detail.Pointer)
			require.NotEmpty(t, detail.Fix, name)
			fields = append(fields, detail.Field)
		}
		require.Equal(t, c.fields, fields, name)
	}
	require.Empty(t, f.records(audit.TokenCreated))
	for _, last := range []clock.Date{"2026-11-23", "2027-11-23"} {
		good.ExpiresOn = last
		_, err := f.Create(f.admin, good)
		require.NoError(t, err, "from today to 366 days, the last day included")
	}
}
