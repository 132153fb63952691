package login_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/auditevent"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/internal/dev/apptest"
	"github.com/rung-hr/rung/internal/platform/config"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
	"github.com/rung-hr/rung/internal/trust/audit"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// bench is a Rung with one person and a provider that can lie.
type bench struct {
	*apptest.Rung
	provider *lyingProvider
	renew    func() // makes a provider with manners again, after its personas changed
}

func newBench(t *testing.T) *bench {
	t.Helper()
	p := newLyingProvider(t)
	r := apptest.Bare(t, storetest.SQLiteURL(t), func(c *config.Config) {
		c.OIDC = config.OIDC{Issuer: p.URL, ClientID: client, ClientSecret: "s", GroupsClaim: "groups", Roles: map[string]string{"rung-hr": "hr"}}
	})
	b := &bench{Rung: r, provider: p}
	b.change(t, func(ctx context.Context, tx *db.Client) error {
		return tx.Person.Create().SetName("Ada").SetNameKey([]byte("ada")).SetEmail("ada@example.test").Exec(ctx)
	})
	return b
}

func (b *bench) change(t *testing.T, f func(context.Context, *db.Client) error) {
	t.Helper()
	require.NoError(t, b.App.Store.InTx(apptest.System, func(ctx context.Context, tx *db.Client) error {
		if err := f(ctx, tx); err != nil {
			return err
		}
		return audit.New(b.Clock).Record(ctx, tx, audit.Entry{Action: audit.PeopleImported, Resource: "person"})
	}))
}

func signIn(c *apptest.Client) apptest.Answer { return c.Do(http.MethodGet, "/auth/login", nil, nil) }

func roles(t *testing.T, c *apptest.Client) []string {
	t.Helper()
	var me struct{ Roles []string }
	c.Get("/me", &me)
	return me.Roles
}

func TestSignInWithCodePKCEStateAndNonce(t *testing.T) {
	b := newBench(t)
	c := b.Nobody(t)
	require.Equal(t, http.StatusOK, signIn(c).Status)
	require.Equal(t, []string{"employee", "hr"}, roles(t, c))
	require.Equal(t, "S256", b.provider.asked.Get("code_challenge_method"))
	require.Len(t, b.provider.asked.Get("code_challenge"), 43)
	require.NotEmpty(t, b.provider.asked.Get("nonce"))
	require.Equal(t, "code", b.provider.asked.Get("response_type"))
}

func TestSignInIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		bend func(*testing.T, *bench)
		want string
	}{
		"wrong nonce":       {claim("nonce", "another"), "cannot be trusted"},
		"no nonce":          {claim("nonce", ""), "cannot be trusted"},
		"wrong audience":    {claim("aud", "another-client"), "cannot be trusted"},
		"wrong issuer":      {claim("iss", "https://elsewhere.test"), "cannot be trusted"},
		"expired":           {claim("exp", time.Now().Add(-time.Hour).Unix()), "cannot be trusted"},
		"alg none":          {func(_ *testing.T, b *bench) { b.provider.none = true }, "cannot be trusted"},
		"unverified e-mail": {claim("email_verified", false), "not verified"},
		"no e-mail":         {claim("email", ""), "not verified"},
		"unknown person":    {claim("email", "eve@example.test"), "not in the people list"},
		"groups no list":    {claim("groups", map[string]any{"a": 1}), "groups cannot be read"},
		"for several others": {func(_ *testing.T, b *bench) {
			b.provider.claims["aud"], b.provider.claims["azp"] = []string{client, "another"}, "another"
		}, "token_for_another_party"},
		"for several, of nobody":  {claim("aud", []string{client, "another"}), "token_for_another_party"},
		"no word on verification": {claim("email_verified", missing), "RUNG_OIDC_TRUST_EMAIL=true"},
		"invisible character":     {claim("email", "ada@example.test\u200b"), "(zero width space)"},
		"claims of another form":  {claim("email", []string{"ada@example.test"}), "claims_unreadable"},
		"disabled person":         {disable, "access has ended"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			c.bend(t, b)
			browser := b.Nobody(t)
			res := signIn(browser)
			require.NotEqual(t, http.StatusOK, res.Status)
			require.Contains(t, res.Text(), c.want)
			require.Equal(t, http.StatusUnauthorized, browser.Try(http.MethodGet, "/me", -1, nil).Status)
			n, err := b.App.Store.Read().Session.Query().Count(apptest.System)
			require.NoError(t, err)
			require.Zero(t, n)
			require.Equal(t, 1, refusals(t, b), "it is in the trail")
		})
	}
}

func refusals(t *testing.T, b *bench) int {
	t.Helper()
	n, err := b.App.Store.Read().AuditEvent.Query().Where(auditevent.Action(string(audit.SignInRefused))).Count(apptest.System)
	require.NoError(t, err)
	return n
}

func claim(name string, value any) func(*testing.T, *bench) {
	return func(_ *testing.T, b *bench) { b.provider.claims[name] = value }
}

func disable(t *testing.T, b *bench) {
	b.change(t, func(ctx context.Context, tx *db.Client) error {
		return tx.Person.Update().SetStatus(person.StatusInactive).Exec(ctx)
	})
}

func TestAStateThatWasNotGivenOutIsRefused(t *testing.T) {
	b := newBench(t)
	c := b.Nobody(t)
	for _, query := range []string{"code=c&state=guess", "code=c&state=", "code=c", "error=access_denied&state=guess"} {
		res := c.Do(http.MethodGet, "/auth/callback?"+query, nil, nil)
		require.Equal(t, http.StatusBadRequest, res.Status, query)
		require.Contains(t, res.Text(), "This sign-in has ended")
	}
	require.Zero(t, refusals(t, b), "a stranger cannot fill the trail")
}

func TestACallbackWorksOnce(t *testing.T) {
	b := newBench(t)
	c := b.Nobody(t)
	require.Equal(t, http.StatusOK, signIn(c).Status)
	replay := "/auth/callback?" + url.Values{"code": {"c"}, "state": {b.provider.asked.Get("state")}}.Encode()
	require.Contains(t, c.Do(http.MethodGet, replay, nil, nil).Text(), "This sign-in has ended")
	require.Contains(t, b.Nobody(t).Do(http.MethodGet, replay, nil, nil).Text(), "This sign-in has ended", "nor in another browser")
}

func TestAnAttemptEndsAfterTenMinutes(t *testing.T) {
	b := newBench(t)
	require.NoError(t, b.App.Store.InTx(apptest.System, func(ctx context.Context, tx *db.Client) error {
		return tx.LoginAttempt.Create().SetCookieHash([]byte("x")).SetState("s").SetNonce("n").SetVerifier("v").SetReturnTo("/").
			SetExpiresAt(apptest.Now.Add(-time.Second)).Exec(ctx)
	}))
	require.Equal(t, http.StatusOK, signIn(b.Nobody(t)).Status)
	n, err := b.App.Store.Read().LoginAttempt.Query().Count(apptest.System)
	require.NoError(t, err)
	require.Zero(t, n, "old attempts are swept and used ones are gone")
}

func TestARemovedGroupRemovesTheRole(t *testing.T) {
	b := newBench(t)
	c := b.Nobody(t)
	signIn(c)
	require.Contains(t, roles(t, c), "hr")
	b.provider.claims["groups"] = []string{}
	signIn(c)
	require.Equal(t, []string{"employee"}, roles(t, c))
	delete(b.provider.claims, "groups")
	b.provider.claims["groups"] = nil
	signIn(c)
	require.Equal(t, []string{"employee"}, roles(t, c))
}

func TestClaimsMayComeFromUserInfo(t *testing.T) {
	b := newBench(t)
	for _, c := range []string{"email", "email_verified", "groups"} {
		b.provider.claims[c] = missing
	}
	b.provider.info = map[string]any{"sub": "sub-1", "email": "ADA@example.test", "email_verified": "true", "groups": []string{"rung-hr"}}
	c := b.Nobody(t)
	require.Equal(t, http.StatusOK, signIn(c).Status)
	require.Contains(t, roles(t, c), "hr")

	b.provider.info["sub"] = "sub-2"
	require.Contains(t, signIn(b.Nobody(t)).Text(), "cannot be trusted", "user info about somebody else")
}

func TestADisabledPersonsOpenSessionEndsAtOnce(t *testing.T) {
	b := newBench(t)
	c := b.Nobody(t)
	signIn(c)
	disable(t, b)
	require.Equal(t, http.StatusUnauthorized, c.Try(http.MethodGet, "/me", -1, nil).Status)
}

func TestAnEmailLinksAnAccountOnce(t *testing.T) {
	b := newBench(t)
	signIn(b.Nobody(t))
	b.provider.claims["sub"] = "sub-2" // somebody else who now has the address
	require.Contains(t, signIn(b.Nobody(t)).Text(), "Another account is already linked")
	b.provider.claims["sub"] = "sub-1"
	b.provider.claims["email"] = "renamed@example.test" // the same account with a new address
	require.Equal(t, http.StatusOK, signIn(b.Nobody(t)).Status)
}

func TestSessionsEndByIdleAndAge(t *testing.T) {
	b := newBench(t)
	c := b.Nobody(t)
	b.provider.claims["groups"] = []string{"rung-hr"}
	signIn(c)
	b.Clock.Advance(8 * time.Hour)
	require.Equal(t, http.StatusUnauthorized, c.Try(http.MethodGet, "/me", -1, nil).Status, "with a role of the provider, eight hours are the limit")
	b.provider.claims["groups"] = []string{}
	signIn(c)
	for range 14 {
		b.Clock.Advance(11 * time.Hour)
		require.Equal(t, http.StatusOK, c.Try(http.MethodGet, "/me", -1, nil).Status)
	}
	b.Clock.Advance(15 * time.Hour)
	require.Equal(t, http.StatusUnauthorized, c.Try(http.MethodGet, "/me", -1, nil).Status, "seven days are the limit")
	signIn(c)
	b.Clock.Advance(13 * time.Hour)
	require.Equal(t, http.StatusUnauthorized, c.Try(http.MethodGet, "/me", -1, nil).Status, "twelve idle hours are the limit")
}

func TestSignInReplacesTheOldSession(t *testing.T) {
	b := newBench(t)
	c := b.Nobody(t)
	signIn(c)
	signIn(c)
	n, err := b.App.Store.Read().Session.Query().Count(apptest.System)
	require.NoError(t, err)
	require.Equal(t, 1, n)
}

func TestLogoutEndsTheSessionHereAndNamesTheProvidersPage(t *testing.T) {
	b := newBench(t)
	c := b.Nobody(t)
	signIn(c)
	var out struct{ Location string }
	c.Do(http.MethodPost, "/auth/logout", nil, map[string]any{}).Into(t, &out)
	u, err := url.Parse(out.Location)
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(out.Location, b.provider.URL+"/logout?"))
	require.Equal(t, b.URL+"/auth/signed-out", u.Query().Get("post_logout_redirect_uri"))
	require.NotEmpty(t, u.Query().Get("id_token_hint"))
	require.Equal(t, http.StatusUnauthorized, c.Try(http.MethodGet, "/me", -1, nil).Status)
}

func TestBackChannelLogoutEndsTheSession(t *testing.T) {
	b := newBench(t)
	c := b.Nobody(t)
	signIn(c)
	token := func(event string) string {
		return b.provider.sign(t, map[string]any{
			"iss": b.provider.URL, "aud": client, "iat": time.Now().Unix(), "exp": time.Now().Add(time.Minute).Unix(), "jti": "1", "sid": "sid-1",
			"events": map[string]any{event: map[string]any{}},
		})
	}
	send := func(text string) int {
		res, err := http.PostForm(b.URL+"/auth/backchannel-logout", url.Values{"logout_token": {text}})
		require.NoError(t, err)
		defer func() { _ = res.Body.Close() }()
		return res.StatusCode
	}
	require.Equal(t, http.StatusUnprocessableEntity, send("no token"))
	require.Equal(t, http.StatusUnprocessableEntity, send(token("http://example.test/another-event")))
	require.Equal(t, http.StatusOK, c.Try(http.MethodGet, "/me", -1, nil).Status)
	require.Equal(t, http.StatusOK, send(token("http://schemas.openid.net/event/backchannel-logout")))
	require.Equal(t, http.StatusUnauthorized, c.Try(http.MethodGet, "/me", -1, nil).Status)
}

func TestTheProviderMayBeDown(t *testing.T) {
	b := newBench(t)
	b.provider.down = true
	c := b.Nobody(t)
	res := signIn(c)
	require.Equal(t, http.StatusServiceUnavailable, res.Status)
	require.Contains(t, res.Text(), "People who are signed in can continue working")
	b.provider.down = false
	require.Equal(t, http.StatusOK, signIn(c).Status, "and come back without a restart")
	b.provider.Close()
	require.Equal(t, http.StatusOK, c.Try(http.MethodGet, "/me", -1, nil).Status)
	require.Contains(t, b.Nobody(t).Do(http.MethodGet, "/auth/callback?state=x", nil, nil).Text(), "This sign-in has ended")
}

func TestReturnToStaysOnThisSite(t *testing.T) {
	b := newBench(t)
	for _, target := range []string{"https://evil.test/", "//evil.test", "/\\evil.test", "javascript:alert(1)", "evil"} {
		c := b.Nobody(t)
		res := c.Do(http.MethodGet, "/auth/login?return_to="+url.QueryEscape(target), nil, nil)
		require.Equal(t, http.StatusOK, res.Status, target)
		require.Contains(t, res.Text(), "rung-config", "the app's own page")
	}
}

func TestCookiesAreBoundToTheHost(t *testing.T) {
	p := newLyingProvider(t)
	r := apptest.Bare(t, storetest.SQLiteURL(t), func(c *config.Config) {
		c.PublicURL = "https://rung.example.test"
		c.OIDC = config.OIDC{Issuer: p.URL, ClientID: client, ClientSecret: "s", GroupsClaim: "groups"}
	})
	noRedirect := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := noRedirect.Get(r.URL + "/auth/login")
	require.NoError(t, err)
	defer func() { _ = res.Body.Close() }()
	c := res.Cookies()[0]
	require.Equal(t, "__Host-rung_login", c.Name)
	require.True(t, c.Secure && c.HttpOnly)
	require.Equal(t, "/", c.Path)
	require.Empty(t, c.Domain)
	require.Equal(t, http.SameSiteLaxMode, c.SameSite)
}

func TestTheTokenItselfIsNotStored(t *testing.T) {
	b := newBench(t)
	signIn(b.Nobody(t))
	row, err := b.App.Store.Read().Session.Query().Only(apptest.System)
	require.NoError(t, err)
	require.Len(t, row.TokenHash, 32)
}
