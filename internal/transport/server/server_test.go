package server_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/internal/dev/apptest"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
	"github.com/rung-hr/rung/internal/transport/server"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// Every route that is not in the public list answers 401 without a session.
func TestEveryOtherRouteNeedsASession(t *testing.T) {
	r := apptest.Bare(t, storetest.SQLiteURL(t))
	nobody := r.Nobody(t)
	protected := 0
	for _, route := range r.App.Server.Routes() {
		if server.Public[route.Method+" "+route.Path] {
			continue
		}
		protected++
		path := strings.NewReplacer(":id", "00000000-0000-0000-0000-000000000000", ":key", "x", ":slug", "x", ":competency", "x", ":request", "x").Replace(route.Path)
		res := nobody.Do(route.Method, path, nil, nil)
		require.Equal(t, http.StatusUnauthorized, res.Status, "%s %s", route.Method, route.Path)
		require.Contains(t, res.Text(), `"signed_out"`)
	}
	require.Greater(t, protected, 40)
}

func TestThePublicListNamesOnlyRealRoutes(t *testing.T) {
	r := apptest.Bare(t, storetest.SQLiteURL(t))
	routes := []string{}
	for _, route := range r.App.Server.Routes() {
		routes = append(routes, route.Method+" "+route.Path)
	}
	for public := range server.Public {
		require.True(t, slices.Contains(routes, public), public)
	}
}

func TestUnknownRoutesAreProblems(t *testing.T) {
	r := apptest.Bare(t, storetest.SQLiteURL(t))
	c := r.Nobody(t)
	for _, path := range []string{"/api/v1/nothing", "/api/nothing", "/auth/nothing", "/assets/missing.js"} {
		res := c.Do(http.MethodGet, path, nil, nil)
		require.Equal(t, http.StatusNotFound, res.Status, path)
		require.Equal(t, "application/problem+json", res.Header.Get("Content-Type"), path)
		require.Contains(t, res.Text(), `"code":"not_found"`)
		require.Contains(t, res.Text(), `"requestId":"`)
	}
	level := c.Do(http.MethodGet, "/ladders/skill-points/levels/3.1", nil, nil)
	require.Equal(t, http.StatusOK, level.Status, "a dot in a code is no file")
	require.Contains(t, level.Header.Get("Content-Type"), "text/html")
}

func TestPathParametersAreDecoded(t *testing.T) {
	r := apptest.Start(t, storetest.SQLiteURL(t))
	for path, want := range map[string]int{
		"/api/v1/ladders/backend-engineering":       http.StatusOK,
		"/api/v1/ladders/backend%2Dengineering":     http.StatusOK,
		"/api/v1/ladders/backend%2Dengin%65ering":   http.StatusOK,
		"/api/v1/ladders/backend%252Dengineering":   http.StatusNotFound,
		"/api/v1/ladders/backend%2Dengineering%2F.": http.StatusNotFound,
	} {
		require.Equal(t, want, r.As(t, "engineer").Do(http.MethodGet, path, nil, nil).Status, path)
	}
}

func TestAnotherSiteCannotWrite(t *testing.T) {
	r := apptest.Start(t, storetest.SQLiteURL(t))
	c := r.As(t, "engineer")
	for _, header := range []map[string]string{{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.test"}} {
		res := c.Do(http.MethodPost, "/api/v1/assessments", header, map[string]any{})
		require.Equal(t, http.StatusForbidden, res.Status)
	}
}

func TestHeaders(t *testing.T) {
	r := apptest.Start(t, storetest.SQLiteURL(t))
	res := r.As(t, "engineer").Get("/me", nil)
	require.Equal(t, "no-store", res.Header.Get("Cache-Control"))
	require.Equal(t, "nosniff", res.Header.Get("X-Content-Type-Options"))
	require.NotEmpty(t, res.Header.Get("X-Request-ID"))

	page := r.Nobody(t).Do(http.MethodGet, "/cases/anything", nil, nil)
	require.Equal(t, "no-store", page.Header.Get("Cache-Control"))
	csp := page.Header.Get("Content-Security-Policy")
	require.NotContains(t, csp, "unsafe")
	require.Contains(t, csp, "frame-ancestors 'none'")
	nonce := csp[strings.Index(csp, "'nonce-")+7:]
	nonce = nonce[:strings.Index(nonce, "'")]
	require.Contains(t, page.Text(), `"nonce":"`+nonce+`"`)
	require.NotContains(t, page.Text(), "__RUNG_")

	for accept, want := range map[string]string{"br, gzip": "br", "gzip": "gzip", "identity": ""} {
		asset := r.Nobody(t).Do(http.MethodGet, "/assets/app-1a.js", map[string]string{"Accept-Encoding": accept}, nil)
		require.Equal(t, want, asset.Header.Get("Content-Encoding"))
		require.Contains(t, asset.Header.Get("Cache-Control"), "immutable")
		require.Contains(t, asset.Header.Get("Content-Type"), "javascript")
	}
}

func TestHealth(t *testing.T) {
	r := apptest.Bare(t, storetest.SQLiteURL(t))
	require.Equal(t, http.StatusOK, r.Nobody(t).Do(http.MethodGet, "/healthz", nil, nil).Status)
	require.Equal(t, http.StatusOK, r.Nobody(t).Do(http.MethodGet, "/readyz", nil, nil).Status)
	require.NoError(t, r.App.Store.Close())
	require.Equal(t, http.StatusServiceUnavailable, r.Nobody(t).Do(http.MethodGet, "/readyz", nil, nil).Status)
	require.Equal(t, http.StatusOK, r.Nobody(t).Do(http.MethodGet, "/healthz", nil, nil).Status)
}

// Somebody who goes on to another page before the answer came is no trouble of the
// program, and must not look like it in the log.
func TestABrowserThatLeftIsNoInternalError(t *testing.T) {
	r := apptest.Start(t, storetest.SQLiteURL(t))
	jar := r.As(t, "engineer").Cookies(t)
	ctx, leave := context.WithCancel(t.Context())
	leave()
	req := httptest.NewRequestWithContext(ctx, http.MethodGet, "/api/v1/me/home", http.NoBody)
	for _, c := range jar {
		req.AddCookie(c)
	}
	r.App.Server.ServeHTTP(httptest.NewRecorder(), req)
	require.NotContains(t, r.Log.String(), "internal error")
}
