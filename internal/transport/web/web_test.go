package web_test

import (
	"context"
	"encoding/json"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/labstack/echo/v4"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/config"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/transport/api"
	"github.com/rung-hr/rung/internal/transport/server"
	"github.com/rung-hr/rung/internal/transport/web"
)

const page = `<!doctype html><style nonce="__RUNG_NONCE__"></style><script type="application/json" id="rung-config">__RUNG_CONFIG__</script>`

var dist = fstest.MapFS{
	"index.html":             {Data: []byte(page)},
	"placeholder.html":       {Data: []byte("run make build")},
	"favicon.svg":            {Data: []byte("<svg/>")},
	"assets/app-1a.js":       {Data: []byte("plain")},
	"assets/app-1a.js.br":    {Data: []byte("brotli")},
	"assets/app-1a.js.gz":    {Data: []byte("gzip")},
	"assets/style-2b.css":    {Data: []byte("css")},
	"assets/style-2b.css.gz": {Data: []byte("css gzip")},
	"assets/font-3c.woff2":   {Data: []byte("font")},
	"assets/odd-4d":          {Data: []byte("odd")},
}

// nobody is signed in: the app is code without data and needs no session.
type nobody struct{}

func (nobody) Authenticate(*http.Request) (actor.Person, error) {
	return actor.Person{}, fault.New(fault.SignedOut, "Sign in first.")
}

// serve is the app in the frame that every request passes through.
func serve(t testing.TB, files fs.FS, company string) *echo.Echo {
	t.Helper()
	app, err := web.New(files, company)
	require.NoError(t, err)
	healthy := func(context.Context) error { return nil }
	e := server.New(config.Config{}, nobody{}, healthy, api.WriteProblem, slog.New(slog.DiscardHandler))
	app.Routes(e.Echo)
	return e.Echo
}

// answer is the response to a request.
type answer struct {
	*httptest.ResponseRecorder
	t testing.TB
}

func get(t testing.TB, e *echo.Echo, method, path string, header ...string) answer {
	t.Helper()
	req := httptest.NewRequest(method, path, http.NoBody)
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	rec := httptest.NewRecorder()
	e.ServeHTTP(rec, req)
	return answer{rec, t}
}

// isPage checks that the answer is the page of the app, and returns its nonce.
func (a answer) isPage() string {
	a.t.Helper()
	require.Equal(a.t, http.StatusOK, a.Code)
	require.Equal(a.t, "text/html; charset=UTF-8", a.Header().Get("Content-Type"))
	found := regexp.MustCompile(`<style nonce="([A-Za-z0-9_-]+)">`).FindStringSubmatch(a.Body.String())
	require.Len(a.t, found, 2, a.Body.String())
	return found[1]
}

// isMissing checks that the answer is the same problem document that everything
// missing gets.
func (a answer) isMissing() {
	a.t.Helper()
	require.Equal(a.t, http.StatusNotFound, a.Code)
	require.Equal(a.t, "application/problem+json", a.Header().Get("Content-Type"))
}

// The router in the browser knows the addresses that people use, so each of them
// is the page. A level may be called 3.1.
func TestEveryAddressOfTheAppIsThePage(t *testing.T) {
	e := serve(t, dist, "Northquay")
	for _, path := range []string{"/", "/team", "/cases/0193/decision", "/ladders/backend/levels/3.1", "/people/x?tab=history", "/assetsless", "/%2e%2e/team", "/index.html"} {
		get(t, e, http.MethodGet, path).isPage()
	}
	head := get(t, e, http.MethodHead, "/team")
	require.Equal(t, http.StatusOK, head.Code)
}

// A program that asks for a wrong address must not get a page and mistake it for
// an answer.
func TestAddressesOfProgramsAreNeverThePage(t *testing.T) {
	e := serve(t, dist, "Northquay")
	for _, path := range []string{"/api/v1/no-such", "/api/no-such", "/auth/no-such", "/x/../api/v1/no-such"} {
		get(t, e, http.MethodGet, path).isMissing()
	}
}

// After a release, a browser with the old page asks for files that no longer
// exist. Sending the page instead of a program would break it silently.
func TestAMissingFileIsMissing(t *testing.T) {
	e := serve(t, dist, "Northquay")
	for _, path := range []string{"/assets/app-0z.js", "/assets/app-1a.js/x", "/robots.txt", "/favicon.ico", "/assets/../secret.json"} {
		a := get(t, e, http.MethodGet, path, "Accept-Encoding", "br, gzip")
		a.isMissing()
		require.NotContains(t, a.Header().Get("Cache-Control"), "immutable", "nobody remembers that it was missing")
	}
}

// The page is never cached: it names the files of one release and has a nonce
// that is valid once.
func TestThePageIsNeverKept(t *testing.T) {
	e := serve(t, dist, "Northquay")
	first, second := get(t, e, http.MethodGet, "/"), get(t, e, http.MethodGet, "/")
	require.Equal(t, "no-store", first.Header().Get("Cache-Control"))
	require.NotEqual(t, first.isPage(), second.isPage())
	require.GreaterOrEqual(t, len(first.isPage()), 22, "128 bits")
}

// What the page may load: its own files, and styles that carry the nonce of
// this answer. No script that is written in the page runs.
func TestThePolicyOfThePage(t *testing.T) {
	a := get(t, serve(t, dist, "Northquay"), http.MethodGet, "/")
	rules := map[string]string{}
	for rule := range strings.SplitSeq(a.Header().Get("Content-Security-Policy"), "; ") {
		name, value, _ := strings.Cut(rule, " ")
		rules[name] = value
	}
	require.Equal(t, map[string]string{
		"default-src": "'self'", "script-src": "'self'", "style-src": "'self' 'nonce-" + a.isPage() + "'", "img-src": "'self' data:",
		"font-src": "'self'", "connect-src": "'self'", "object-src": "'none'", "base-uri": "'none'", "form-action": "'self'", "frame-ancestors": "'none'",
	}, rules)
}

// The settings are in the page as data. No company name, whatever it contains,
// can end the element that it is in.
func TestTheSettingsStayData(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		company := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"</script><script>alert(1)</script>", "<!--", `"\`, "Müller & Söhne", "__RUNG_CONFIG__"})).Draw(rt, "company")
		if strings.Contains(company, "__RUNG_NONCE__") {
			return
		}
		a := get(t, serve(t, dist, company), http.MethodGet, "/")
		_, settings, ok := strings.Cut(a.Body.String(), `id="rung-config">`)
		require.True(rt, ok)
		settings, rest, ok := strings.Cut(settings, "</script>")
		require.True(rt, ok)
		require.Empty(rt, rest)
		require.NotContains(rt, settings, "<")
		var read map[string]string
		require.NoError(rt, json.Unmarshal([]byte(settings), &read))
		require.Equal(rt, map[string]string{"company": strings.ToValidUTF8(company, "\ufffd"), "nonce": a.isPage()}, read)
	})
}

// A file whose name contains its hash never changes, so browsers keep it. Others
// can change with the next release.
func TestHashedFilesAreKeptForGood(t *testing.T) {
	e := serve(t, dist, "Northquay")
	for path, kind := range map[string]string{"/assets/app-1a.js": "text/javascript", "/assets/style-2b.css": "text/css", "/assets/font-3c.woff2": "font/woff2", "/assets/odd-4d": "application/octet-stream"} {
		a := get(t, e, http.MethodGet, path)
		require.Equal(t, http.StatusOK, a.Code, path)
		require.Equal(t, "public, max-age=31536000, immutable", a.Header().Get("Cache-Control"), path)
		require.True(t, strings.HasPrefix(a.Header().Get("Content-Type"), kind), a.Header().Get("Content-Type"))
		require.Equal(t, "nosniff", a.Header().Get("X-Content-Type-Options"))
	}
	a := get(t, e, http.MethodGet, "/favicon.svg")
	require.Equal(t, []any{http.StatusOK, "no-store", "image/svg+xml"}, []any{a.Code, a.Header().Get("Cache-Control"), a.Header().Get("Content-Type")})
}

// Files are compressed at build time. What is sent depends on what the browser
// accepts, and caches in between are told so.
func TestFilesComeCompressed(t *testing.T) {
	e := serve(t, dist, "Northquay")
	for _, c := range []struct{ path, accept, encoding, body string }{
		{"/assets/app-1a.js", "gzip, deflate, br", "br", "brotli"},
		{"/assets/app-1a.js", "gzip", "gzip", "gzip"},
		{"/assets/app-1a.js", "", "", "plain"},
		{"/assets/app-1a.js", "identity", "", "plain"},
		{"/assets/style-2b.css", "gzip, br", "gzip", "css gzip"}, // no brotli was built
		{"/assets/font-3c.woff2", "gzip, br", "", "font"},
	} {
		a := get(t, e, http.MethodGet, c.path, "Accept-Encoding", c.accept)
		require.Equal(t, []string{c.encoding, c.body}, []string{a.Header().Get("Content-Encoding"), a.Body.String()}, "%s accepting %q", c.path, c.accept)
		require.Contains(t, a.Header().Values("Vary"), "Accept-Encoding")
	}
	js := get(t, e, http.MethodGet, "/assets/app-1a.js", "Accept-Encoding", "br")
	require.True(t, strings.HasPrefix(js.Header().Get("Content-Type"), "text/javascript"), "the kind of the file, not of its compression")
}

// Whatever the address is, nothing outside the build is read.
func TestNothingOutsideTheBuildIsRead(t *testing.T) {
	outside := fstest.MapFS{"dist/index.html": {Data: []byte(page)}, "dist/assets/app.js": {Data: []byte("app")}, "secret.txt": {Data: []byte("secret")}}
	inside, err := fs.Sub(outside, "dist")
	require.NoError(t, err)
	e := serve(t, inside, "Northquay")
	rapid.Check(t, func(rt *rapid.T) {
		path := "/" + rapid.StringMatching(`(\.\./|%2e%2e/|\.\.%2f|assets/|//){0,6}(secret\.txt|assets/app\.js|team)`).Draw(rt, "path")
		require.NotContains(rt, get(t, e, http.MethodGet, path).Body.String(), "secret")
	})
}

// A person who runs Rung without a build can read how to make one.
func TestWithoutABuildThePlaceholderTells(t *testing.T) {
	a := get(t, serve(t, fstest.MapFS{"placeholder.html": {Data: []byte("run make build")}}, "Northquay"), http.MethodGet, "/team")
	require.Equal(t, []any{http.StatusOK, "run make build"}, []any{a.Code, a.Body.String()})
	_, err := web.New(fstest.MapFS{}, "Northquay")
	require.ErrorIs(t, err, fs.ErrNotExist)
}
