package devidp_test

import (
	"context"
	"io"
	"maps"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/stretchr/testify/require"
	"golang.org/x/oauth2"

	"github.com/rung-hr/rung/internal/dev/devidp"
)

const redirectURI = "http://app.localhost/callback"

// flow is an application in front of the provider, with a browser.
type flow struct {
	t        *testing.T
	issuer   string
	oauth    oauth2.Config
	provider *oidc.Provider
	browser  *http.Client
	verifier string
}

func start(t *testing.T) *flow {
	t.Helper()
	return startAt(t, time.Now)
}

func startAt(t *testing.T, now func() time.Time) *flow {
	t.Helper()
	var idp http.Handler
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { idp.ServeHTTP(w, r) }))
	t.Cleanup(server.Close)
	settings := config(server.URL)
	settings.Now = now
	provider, err := devidp.New(settings)
	require.NoError(t, err)
	idp = provider

	discovered, err := oidc.NewProvider(t.Context(), server.URL)
	require.NoError(t, err)
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	return &flow{
		t: t, issuer: server.URL, provider: discovered, verifier: oauth2.GenerateVerifier(),
		oauth: oauth2.Config{
			ClientID: "rung", ClientSecret: "secret", RedirectURL: redirectURI, Endpoint: discovered.Endpoint(),
			Scopes: []string{"openid", "profile", "email", "groups"},
		},
		browser: &http.Client{Jar: jar, CheckRedirect: func(next *http.Request, _ []*http.Request) error {
			if !strings.HasPrefix(next.URL.String(), server.URL) {
				return http.ErrUseLastResponse // the application's turn
			}
			return nil
		}},
	}
}

func config(issuer string) devidp.Config {
	return devidp.Config{
		Issuer: issuer, ClientID: "rung", ClientSecret: "secret",
		RedirectURIs: []string{redirectURI}, PostLogoutRedirectURIs: []string{"http://app.localhost/"},
		Personas: []devidp.Persona{
			{Key: "engineer", Email: "engineer@demo.example", EmailVerified: true, Name: "Noor Adeyinka", Note: "Senior <engineer>", Groups: []string{"everyone"}},
			{Key: "hr", Email: "hr@demo.example", Name: "Ines Caldera", Subject: "hr-1", Note: "Runs the cycle"},
		},
		Now: time.Now,
	}
}

func (f *flow) open(options ...oauth2.AuthCodeOption) *http.Response {
	f.t.Helper()
	options = append([]oauth2.AuthCodeOption{oidc.Nonce("n-1"), oauth2.S256ChallengeOption(f.verifier)}, options...)
	return f.get(f.oauth.AuthCodeURL("s-1", options...))
}

func (f *flow) get(address string) *http.Response {
	f.t.Helper()
	response, err := f.browser.Get(address)
	require.NoError(f.t, err)
	f.t.Cleanup(func() { _ = response.Body.Close() })
	return response
}

func (f *flow) choose(page *http.Response, persona string) *http.Response {
	f.t.Helper()
	id := regexp.MustCompile(`name="id" value="([^"]+)"`).FindStringSubmatch(bodyOf(f.t, page))
	require.Len(f.t, id, 2)
	response, err := f.browser.PostForm(f.issuer+"/login", url.Values{"id": {id[1]}, "persona": {persona}})
	require.NoError(f.t, err)
	f.t.Cleanup(func() { _ = response.Body.Close() })
	return response
}

func (f *flow) codeFrom(response *http.Response) string {
	f.t.Helper()
	back, err := response.Location()
	require.NoError(f.t, err)
	require.True(f.t, strings.HasPrefix(back.String(), redirectURI), back)
	require.Equal(f.t, "s-1", back.Query().Get("state"))
	return back.Query().Get("code")
}

type claims struct {
	Subject       string   `json:"sub"`
	Email         string   `json:"email"`
	EmailVerified bool     `json:"email_verified"`
	Name          string   `json:"name"`
	Groups        []string `json:"groups"`
	SID           string   `json:"sid"`
}

func (f *flow) exchange(code string) (*oauth2.Token, *oidc.IDToken, claims) {
	f.t.Helper()
	token, err := f.oauth.Exchange(f.t.Context(), code, oauth2.VerifierOption(f.verifier))
	require.NoError(f.t, err)
	raw, ok := token.Extra("id_token").(string)
	require.True(f.t, ok)
	verified, err := f.provider.Verifier(&oidc.Config{ClientID: "rung"}).Verify(f.t.Context(), raw)
	require.NoError(f.t, err)
	require.NoError(f.t, verified.VerifyAccessToken(token.AccessToken))
	var said claims
	require.NoError(f.t, verified.Claims(&said))
	return token, verified, said
}

func bodyOf(t *testing.T, response *http.Response) string {
	t.Helper()
	body, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	return string(body)
}

func TestChoosingAPersonaSignsIn(t *testing.T) {
	f := start(t)
	token, verified, said := f.exchange(f.codeFrom(f.choose(f.open(), "engineer")))
	require.Equal(t, "n-1", verified.Nonce)
	require.NotEmpty(t, said.SID)
	said.SID = ""
	require.Equal(t, claims{
		Subject: "engineer", Email: "engineer@demo.example", EmailVerified: true, Name: "Noor Adeyinka", Groups: []string{"everyone"},
	}, said)

	info, err := f.provider.UserInfo(t.Context(), oauth2.StaticTokenSource(token))
	require.NoError(t, err)
	require.Equal(t, "engineer@demo.example", info.Email)
	require.True(t, info.EmailVerified)
	var more claims
	require.NoError(t, info.Claims(&more))
	require.Equal(t, []string{"everyone"}, more.Groups)
}

func TestLoginHintSkipsTheChooser(t *testing.T) {
	f := start(t)
	_, _, said := f.exchange(f.codeFrom(f.open(oauth2.SetAuthURLParam("login_hint", "HR@demo.example"))))
	require.Equal(t, "hr-1", said.Subject)
	require.False(t, said.EmailVerified)
	require.Empty(t, said.Groups)
}

func TestUnknownHintShowsTheChooser(t *testing.T) {
	for _, hint := range []string{"nobody@demo.example", "engineer"} {
		page := start(t).open(oauth2.SetAuthURLParam("login_hint", hint))
		require.Equal(t, http.StatusOK, page.StatusCode)
		require.Contains(t, bodyOf(t, page), "Choose who to be")
	}
}

func TestChooserIsAStrictPage(t *testing.T) {
	f := start(t)
	page := f.open()
	header := page.Header
	require.Contains(t, header.Get("Content-Security-Policy"), "default-src 'none'")
	require.Contains(t, header.Get("Content-Security-Policy"), "form-action 'self' http://app.localhost")
	require.Equal(t, "no-store", header.Get("Cache-Control"))
	require.Equal(t, "nosniff", header.Get("X-Content-Type-Options"))
	body := bodyOf(t, page)
	require.Contains(t, body, "Senior &lt;engineer&gt;")
	require.NotContains(t, body, "<script")
	require.NotContains(t, body, "style=")
	style := f.get(f.issuer + "/login.css")
	require.Contains(t, style.Header.Get("Content-Type"), "text/css")
}

func TestRefusesWhatAClientMustNotForget(t *testing.T) {
	tests := map[string]struct {
		change url.Values
		want   string
	}{
		"no PKCE":        {url.Values{"code_challenge": {""}, "code_challenge_method": {""}}, "PKCE"},
		"plain PKCE":     {url.Values{"code_challenge_method": {"plain"}}, "PKCE"},
		"no nonce":       {url.Values{"nonce": {""}}, "nonce"},
		"silent sign-in": {url.Values{"prompt": {"none"}}, ""},
		"implicit flow":  {url.Values{"response_type": {"id_token"}}, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			f := start(t)
			address, err := url.Parse(f.oauth.AuthCodeURL("s-1", oidc.Nonce("n-1"), oauth2.S256ChallengeOption(f.verifier)))
			require.NoError(t, err)
			query := address.Query()
			maps.Copy(query, test.change)
			address.RawQuery = query.Encode()
			back, err := f.get(address.String()).Location()
			require.NoError(t, err)
			require.Contains(t, back.String(), "error=")
			require.Contains(t, back.String(), test.want)
			require.NotContains(t, back.String(), "code=")
		})
	}
}

func TestRefusesForeignRedirects(t *testing.T) {
	f := start(t)
	f.oauth.RedirectURL = "http://elsewhere.example/callback"
	require.Equal(t, http.StatusBadRequest, f.open().StatusCode)
	f.oauth.RedirectURL, f.oauth.ClientID = redirectURI, "other"
	require.Equal(t, http.StatusBadRequest, f.open().StatusCode)
}

func TestACodeWorksOnceAndOnlyWithItsVerifierAndSecret(t *testing.T) {
	f := start(t)
	hint := oauth2.SetAuthURLParam("login_hint", "hr@demo.example")
	code := f.codeFrom(f.open(hint))
	_, err := f.oauth.Exchange(t.Context(), code, oauth2.VerifierOption(oauth2.GenerateVerifier()))
	require.Error(t, err)

	f.oauth.ClientSecret = "wrong"
	_, err = f.oauth.Exchange(t.Context(), f.codeFrom(f.open(hint)), oauth2.VerifierOption(f.verifier))
	require.Error(t, err)

	f.oauth.ClientSecret = "secret"
	code = f.codeFrom(f.open(hint))
	f.exchange(code)
	_, err = f.oauth.Exchange(t.Context(), code, oauth2.VerifierOption(f.verifier))
	require.Error(t, err)
}

func TestEndSessionLeadsBackAndEndsTokens(t *testing.T) {
	f := start(t)
	token, _, _ := f.exchange(f.codeFrom(f.open(oauth2.SetAuthURLParam("login_hint", "hr@demo.example"))))
	var meta struct {
		EndSession string `json:"end_session_endpoint"`
	}
	require.NoError(t, f.provider.Claims(&meta))
	back, err := f.get(meta.EndSession + "?" + url.Values{
		"id_token_hint": {token.Extra("id_token").(string)}, "post_logout_redirect_uri": {"http://app.localhost/"},
	}.Encode()).Location()
	require.NoError(t, err)
	require.Equal(t, "http://app.localhost/", back.String())
	_, err = f.provider.UserInfo(context.WithoutCancel(t.Context()), oauth2.StaticTokenSource(token))
	require.Error(t, err)

	require.Contains(t, bodyOf(t, f.get(meta.EndSession)), "You are signed out")
	foreign := f.get(meta.EndSession + "?" + url.Values{"client_id": {"rung"}, "post_logout_redirect_uri": {"http://elsewhere.example/"}}.Encode())
	require.Equal(t, http.StatusBadRequest, foreign.StatusCode)
}

func TestAnAttemptExpires(t *testing.T) {
	now := time.Now()
	f := startAt(t, func() time.Time { return now })
	page := f.open()
	now = now.Add(16 * time.Minute)
	late := f.get(page.Request.URL.String())
	require.Equal(t, http.StatusNotFound, late.StatusCode)
	require.Contains(t, bodyOf(t, late), "has expired")
	require.Equal(t, http.StatusNotFound, f.choose(page, "engineer").StatusCode)
}

func TestExpiredAndForgedChoices(t *testing.T) {
	f := start(t)
	require.Equal(t, http.StatusNotFound, f.get(f.issuer+"/login?id=unknown").StatusCode)
	for persona, status := range map[string]int{"engineer": http.StatusNotFound, "nobody": http.StatusBadRequest, "": http.StatusBadRequest} {
		response, err := f.browser.PostForm(f.issuer+"/login", url.Values{"id": {"unknown"}, "persona": {persona}})
		require.NoError(t, err)
		require.NoError(t, response.Body.Close())
		require.Equal(t, status, response.StatusCode, persona)
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, f.issuer+"/login", http.NoBody)
	require.NoError(t, err)
	request.Header.Set("Sec-Fetch-Site", "cross-site")
	response, err := f.browser.Do(request)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	require.Equal(t, http.StatusForbidden, response.StatusCode)
}

func TestOnlyOnThisMachine(t *testing.T) {
	for _, issuer := range []string{"http://192.168.1.5:9000", "http://idp.example", "http://0.0.0.0:80", "http://localhost.example"} {
		_, err := devidp.New(config(issuer))
		require.ErrorIs(t, err, devidp.ErrNotLoopback, issuer)
	}
	for _, address := range []string{":0", "0.0.0.0:0", "[::]:0", "192.168.1.5:0"} {
		_, err := devidp.Listen(address)
		require.ErrorIs(t, err, devidp.ErrNotLoopback, address)
	}
	listener, err := devidp.Listen("127.0.0.1:0")
	require.NoError(t, err)
	require.NoError(t, listener.Close())
	_, err = devidp.Listen("no port")
	require.Error(t, err)
	for _, issuer := range []string{"", "localhost", "http://%zz"} {
		_, err := devidp.New(config(issuer))
		require.Error(t, err, issuer)
	}
	_, err = devidp.New(devidp.Config{Issuer: "http://localhost"})
	require.Error(t, err)
}
