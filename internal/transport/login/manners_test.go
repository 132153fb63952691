package login_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/auditevent"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/internal/dev/apptest"
	"github.com/rung-hr/rung/internal/dev/devidp"
	"github.com/rung-hr/rung/internal/platform/config"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
	"github.com/rung-hr/rung/internal/trust/audit"
)

// manners is a Rung at a provider of some style, on either database.
type manners struct {
	*bench
	who *devidp.Persona
}

// eachProvider starts Rung at a provider of the style that knows Ada alone.
func eachProvider(t *testing.T, style devidp.Style, trust bool, f func(t *testing.T, m manners)) {
	t.Helper()
	for name, address := range map[string]func(testing.TB) string{"sqlite": storetest.SQLiteURL, "postgres": storetest.PostgresURL} {
		t.Run(name, func(t *testing.T) {
			m := manners{who: &devidp.Persona{Key: "ada", Subject: "sub-1", Email: "ada@example.test", EmailVerified: true, Name: "Ada"}}
			var provider http.Handler
			listener, err := net.Listen("tcp", "127.0.0.1:0")
			require.NoError(t, err)
			server := &http.Server{ReadHeaderTimeout: time.Second, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { provider.ServeHTTP(w, r) })}
			go func() { _ = server.Serve(listener) }()
			t.Cleanup(func() { _ = server.Close() })
			issuer := "http://" + listener.Addr().String()
			var back string
			r := apptest.Bare(t, address(t), func(c *config.Config) {
				back = c.PublicURL + "/auth/callback"
				c.OIDC = config.OIDC{Issuer: issuer, ClientID: client, ClientSecret: "s", GroupsClaim: "groups", Roles: map[string]string{"rung-hr": "hr"}, TrustEmail: trust}
			})
			m.bench = &bench{Rung: r}
			m.change(t, func(ctx context.Context, tx *db.Client) error {
				return tx.Person.Create().SetName("Ada").SetNameKey([]byte("ada")).SetEmail("ada@example.test").Exec(ctx)
			})
			renew := func() {
				provider, err = devidp.New(devidp.Config{
					Issuer: issuer, ClientID: client, ClientSecret: "s", RedirectURIs: []string{back}, Personas: []devidp.Persona{*m.who}, Style: style, Now: time.Now,
				})
				require.NoError(t, err)
			}
			renew()
			m.renew = renew
			f(t, m)
		})
	}
}

// with signs Ada in while they are in the groups, and returns their browser.
func (m manners) with(t *testing.T, groups ...string) *apptest.Client {
	t.Helper()
	m.who.Groups = groups
	m.renew()
	c := m.Nobody(t)
	res := c.Do(http.MethodGet, "/auth/login?login_hint="+m.who.Email, nil, nil)
	require.Equal(t, http.StatusOK, res.Status, res.Text())
	require.Contains(t, res.Text(), "rung-config", "signed in")
	return c
}

func notice(t *testing.T, c *apptest.Client) string {
	t.Helper()
	var me struct{ Notice string }
	c.Get("/me", &me)
	return me.Notice
}

func (b *bench) recorded(t *testing.T, action audit.Action) []map[string]string {
	t.Helper()
	rows, err := b.App.Store.Read().AuditEvent.Query().Where(auditevent.Action(string(action))).Order(db.Asc(auditevent.FieldID)).All(apptest.System)
	require.NoError(t, err)
	out := []map[string]string{}
	for _, r := range rows {
		out = append(out, r.Facts)
	}
	return out
}

func TestProvidersThatSendGroups(t *testing.T) {
	for _, style := range []devidp.Style{devidp.Plain, devidp.Okta, devidp.Keycloak, devidp.Dex} {
		t.Run("style "+string(style), func(t *testing.T) {
			eachProvider(t, style, false, func(t *testing.T, m manners) {
				require.Equal(t, []string{"employee", "hr"}, roles(t, m.with(t, "rung-hr", "all")))
				c := m.with(t)
				require.Equal(t, []string{"employee"}, roles(t, c))
				require.Empty(t, notice(t, c), "a list without the group is an answer")
			})
		})
	}
}

func TestEntraSignsIn(t *testing.T) {
	eachProvider(t, devidp.Entra, false, func(t *testing.T, m manners) {
		res := m.Nobody(t).Do(http.MethodGet, "/auth/login?login_hint="+m.who.Email, nil, nil)
		require.Equal(t, http.StatusForbidden, res.Status)
		require.Contains(t, res.Text(), "email_verified_untold")
	})
	eachProvider(t, devidp.Entra, true, func(t *testing.T, m manners) {
		require.Equal(t, []string{"employee", "hr"}, roles(t, m.with(t, "rung-hr")))

		many := []string{}
		for i := range 201 {
			many = append(many, "group-"+strconv.Itoa(i))
		}
		c := m.with(t, append(many, "rung-hr")...)
		require.Equal(t, []string{"employee", "hr"}, roles(t, c), "more groups than fit take no role away")
		require.Contains(t, notice(t, c), "more than fit")
		require.Equal(t, []map[string]string{{"why": "groups_left_out", "kept": "hr"}}, m.recorded(t, audit.GroupsNotSent))

		c = m.with(t) // Entra leaves the claim out for somebody who is in no group
		require.Equal(t, []string{"employee"}, roles(t, c))
		require.Contains(t, notice(t, c), "sent no groups")
		require.Equal(t, map[string]string{"why": "groups_not_sent", "ended": "hr"}, m.recorded(t, audit.GroupsNotSent)[1])
		require.Empty(t, notice(t, m.with(t)), "nothing ends a second time")
		require.Contains(t, notice(t, m.with(t, many...)), "more than fit")
	})
}

func TestGoogleSignsInAndGrantsStay(t *testing.T) {
	eachProvider(t, devidp.Google, false, func(t *testing.T, m manners) {
		m.change(t, func(ctx context.Context, tx *db.Client) error {
			p, err := tx.Person.Query().Where(person.Email("ada@example.test")).Only(ctx)
			if err != nil {
				return err
			}
			return tx.RoleGrant.Create().SetPersonID(p.ID).SetRole("auditor").SetReason("asked").SetState("granted").SetAskedByID(p.ID).SetAskedAt(apptest.Now).Exec(ctx)
		})
		for range 2 {
			c := m.with(t, "rung-hr")
			require.Equal(t, []string{"employee", "auditor"}, roles(t, c))
			require.Empty(t, notice(t, c))
		}
	})
}

// What the large providers write in their own way is read.
func TestFormsOfClaims(t *testing.T) {
	for name, c := range map[string]struct {
		claims map[string]any
		roles  []string
	}{
		"one group as a text":          {map[string]any{"groups": "rung-hr"}, []string{"employee", "hr"}},
		"no group as a text":           {map[string]any{"groups": ""}, []string{"employee"}},
		"verified as a text":           {map[string]any{"email_verified": "True"}, []string{"employee", "hr"}},
		"verified as a number":         {map[string]any{"email_verified": 1}, []string{"employee", "hr"}},
		"verified by the domain":       {map[string]any{"email_verified": missing, "xms_edov": "1"}, []string{"employee", "hr"}},
		"a moment with a fraction":     {map[string]any{"auth_time": 1790000000.5}, []string{"employee", "hr"}},
		"a moment as a text":           {map[string]any{"auth_time": "1790000000"}, []string{"employee", "hr"}},
		"a moment as a fraction text":  {map[string]any{"auth_time": "1790000000.25"}, []string{"employee", "hr"}},
		"a moment that is none":        {map[string]any{"auth_time": "yesterday"}, []string{"employee", "hr"}},
		"several audiences, one party": {map[string]any{"aud": []string{"another", client}, "azp": client}, []string{"employee", "hr"}},
		"an address in capitals":       {map[string]any{"email": " ADA@Example.test "}, []string{"employee", "hr"}},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			maps.Copy(b.provider.claims, c.claims)
			browser := b.Nobody(t)
			res := signIn(browser)
			require.Equal(t, http.StatusOK, res.Status, res.Text())
			require.Equal(t, c.roles, roles(t, browser))
		})
	}
}

func TestLeftOutGroupsKeepRoles(t *testing.T) {
	for name, hint := range map[string]map[string]any{
		"elsewhere":   {"_claim_names": map[string]string{"groups": "src1"}, "_claim_sources": map[string]any{"src1": map[string]string{"endpoint": "https://elsewhere.test/groups"}}},
		"a hint":      {"hasgroups": true},
		"a text hint": {"hasgroups": "true"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			c := b.Nobody(t)
			signIn(c)
			require.Contains(t, roles(t, c), "hr")
			b.provider.claims["groups"] = missing
			maps.Copy(b.provider.claims, hint)
			signIn(c)
			require.Contains(t, roles(t, c), "hr")
			require.NotEmpty(t, notice(t, c))
			require.Len(t, b.recorded(t, audit.GroupsNotSent), 1)
			b.provider.claims["groups"] = []string{"another"} // groups that are there are the groups
			signIn(c)
			require.NotContains(t, roles(t, c), "hr")
			require.Empty(t, notice(t, c))
		})
	}
}

// A moment that cannot be, or is to come, proves nothing.
func TestAFreshSignInNeedsAMoment(t *testing.T) {
	for when, fresh := range map[any]bool{
		float64(time.Now().Unix()) + 0.5: true, strconv.FormatInt(time.Now().Unix(), 10): true, fmt.Sprintf("%d.75", time.Now().Unix()): true,
		"yesterday": false, json.Number("1e300"): false, -1: false, 0: false, time.Now().Add(time.Hour).Unix(): false, time.Now().UnixMilli(): false, missing: false, true: false,
		time.Now().Add(-time.Hour).Unix(): false,
	} {
		b := newBench(t)
		b.provider.claims["auth_time"] = when
		res := b.Nobody(t).Do(http.MethodGet, "/auth/login?fresh=1", nil, nil)
		if fresh {
			require.Equal(t, http.StatusOK, res.Status, "%v: %s", when, res.Text())
			continue
		}
		require.Contains(t, res.Text(), "not_fresh", when)
	}
}

func TestEachRefusalNamesItsCause(t *testing.T) {
	for code, bend := range map[string]func(*bench){
		"user_info_refused":        func(b *bench) { b.provider.info, b.provider.status = map[string]any{}, http.StatusForbidden },
		"provider_down":            func(b *bench) { b.provider.info, b.provider.status = map[string]any{}, http.StatusBadGateway },
		"client_refused":           func(b *bench) { b.provider.refuse = "invalid_client" },
		"exchange_refused":         func(b *bench) { b.provider.refuse = "invalid_grant" },
		"no_email":                 func(b *bench) { b.provider.claims["email"] = missing },
		"token_expired":            func(b *bench) { b.provider.claims["exp"] = time.Now().Add(-time.Hour).Unix() },
		"token_of_another_issuer":  func(b *bench) { b.provider.claims["iss"] = "https://elsewhere.test" },
		"token_for_another_client": func(b *bench) { b.provider.claims["aud"] = "another" },
		"token_not_signed":         func(b *bench) { b.provider.none = true },
		"token_of_another_sign_in": func(b *bench) { b.provider.claims["nonce"] = "another" },
	} {
		b := newBench(t)
		if strings.HasPrefix(code, "user_info") || code == "provider_down" {
			b.provider.claims["groups"] = missing
		}
		bend(b)
		res := signIn(b.Nobody(t))
		require.GreaterOrEqual(t, res.Status, 400, code)
		require.Contains(t, res.Text(), "<code>"+code+"</code>")
		require.Contains(t, res.Text(), `class="mend"`, "who can mend it")
	}
	b := newBench(t)
	c := b.Nobody(t)
	for code, want := range map[string]string{"access_denied": "assign you to Rung", "invalid_scope": "a scope that Rung asks for", "server_error": "(server_error)", "<b>": "The provider ended the sign-in."} {
		res := c.Do(http.MethodGet, "/auth/login", nil, nil)
		require.Equal(t, http.StatusOK, res.Status)
		b.provider.end = code
		res = b.Nobody(t).Do(http.MethodGet, "/auth/login", nil, nil)
		b.provider.end = ""
		require.Contains(t, res.Text(), want)
		require.NotContains(t, res.Text(), "<b>")
	}
}
