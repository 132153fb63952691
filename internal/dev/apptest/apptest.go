// Package apptest starts the whole program for a test: on port 0, with the demo
// company, a clock that stands still, the demo's identity provider, and a count
// of the SQL statements.
package apptest

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"reflect"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/internal/app"
	"github.com/rung-hr/rung/internal/dev/demo"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/config"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/platform/telemetry"
	"github.com/rung-hr/rung/internal/trust/access"
)

// Now is the time at which every test runs.
var Now = time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)

// People is the size of the test company.
const People = 150

// System acts for the program itself.
var System = actor.AsSystem(context.Background(), "test")

// Rung is a running program.
type Rung struct {
	App        *app.App
	Clock      *clock.Fake
	URL        string
	Log        *bytes.Buffer
	Provider   *demo.Provider
	statements atomic.Int64
	rights     rights
}

// Start runs Rung with the demo company on the database at the address, until
// the test ends.
func Start(t testing.TB, databaseURL string) *Rung {
	t.Helper()
	return StartWith(t, databaseURL)
}

// StartWith is Start with a changed configuration.
func StartWith(t testing.TB, databaseURL string, change ...func(*config.Config)) *Rung {
	t.Helper()
	r, listener := open(t, databaseURL, change...)
	// The company is made before the jobs run: to tell its story, the clock goes
	// back to days on which other facts held.
	require.NoError(t, demo.Seed(context.Background(), r.App, r.Clock, Now, People))
	require.NoError(t, r.App.Services.People.TakeEffect(System))
	r.serve(t, listener)
	return r
}

// Bare runs Rung on an empty database; change may alter the configuration.
func Bare(t testing.TB, databaseURL string, change ...func(*config.Config)) *Rung {
	t.Helper()
	r, listener := open(t, databaseURL, change...)
	r.serve(t, listener)
	return r
}

func open(t testing.TB, databaseURL string, change ...func(*config.Config)) (*Rung, net.Listener) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	r := &Rung{Clock: clock.NewFake(Now), URL: "http://" + listener.Addr().String(), Log: &bytes.Buffer{}}
	r.Provider, err = demo.StartProvider(r.URL)
	require.NoError(t, err)
	t.Cleanup(r.Provider.Stop)
	cfg := config.Config{
		DatabaseURL: databaseURL, PublicURL: r.URL, Company: demo.Company, AuditDir: t.TempDir(),
		SessionIdle: 12 * time.Hour, SessionMax: 7 * 24 * time.Hour, SessionPrivileged: 8 * time.Hour, StepUp: 30 * time.Minute, OIDC: r.Provider.Config(),
	}
	for _, f := range change {
		f(&cfg)
	}
	r.App, err = app.New(context.Background(), cfg, app.Deps{
		Clock: r.Clock, Log: slog.New(slog.NewJSONHandler(&locked{w: r.Log}, nil)), Dist: Dist,
		Options: []store.Option{store.Observe(func(string) { r.statements.Add(1) })},
		Rights:  []access.Observer{r.rights.ask},
	})
	require.NoError(t, err)
	_, err = r.App.Sealer.Start() // tests seal by themselves, maybe before the program does
	require.NoError(t, err)
	return r, listener
}

func (r *Rung) serve(t testing.TB, listener net.Listener) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- r.App.Run(ctx, listener) }()
	t.Cleanup(func() {
		stop()
		require.NoError(t, <-done)
		require.NoError(t, r.App.Close())
	})
}

// Dist replaces the built front end.
var Dist = fstest.MapFS{
	"index.html":          {Data: []byte(`<!doctype html><script type="application/json" id="rung-config" nonce="__RUNG_NONCE__">__RUNG_CONFIG__</script>`)},
	"assets/app-1a.js":    {Data: []byte("app")},
	"assets/app-1a.js.gz": {Data: []byte("gz")},
	"assets/app-1a.js.br": {Data: []byte("br")},
}

// Statements runs f and returns how many SQL statements that took.
func (r *Rung) Statements(f func()) int64 {
	before := r.statements.Load()
	f()
	return r.statements.Load() - before
}

// Rights runs f and returns each right that people's requests asked about
// meanwhile, as resource:action, sorted.
func (r *Rung) Rights(f func()) []string {
	r.rights.take()
	f()
	return r.rights.take()
}

// rights collects what is asked, from any goroutine.
type rights struct {
	mu    sync.Mutex
	asked map[string]bool
}

func (r *rights) ask(ctx context.Context, resource access.Resource, action access.Action) {
	if telemetry.RequestID(ctx) == "" {
		return // a job in the background
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.asked == nil {
		r.asked = map[string]bool{}
	}
	r.asked[string(resource)+":"+string(action)] = true
}

func (r *rights) take() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	asked := slices.Sorted(maps.Keys(r.asked))
	r.asked = nil
	return asked
}

// ID returns the id of a person of the demo, by the start of the e-mail.
func (r *Rung) ID(t testing.TB, key string) uuid.UUID {
	t.Helper()
	id, err := r.App.Store.Read().Person.Query().Where(person.Email(key + "@" + demo.Domain)).OnlyID(System)
	require.NoError(t, err)
	return id
}

// Client is a browser, with somebody or nobody signed in.
type Client struct {
	t    testing.TB
	http *http.Client
	url  string
}

// Cookies are those that the browser would send, for a test that makes a request
// of its own.
func (c *Client) Cookies(t testing.TB) []*http.Cookie {
	t.Helper()
	address, err := url.Parse(c.url)
	require.NoError(t, err)
	return c.http.Jar.Cookies(address)
}

// Nobody returns a client without a session.
func (r *Rung) Nobody(t testing.TB) *Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	return &Client{t: t, http: &http.Client{Jar: jar}, url: r.URL}
}

// As signs a persona in through the real flow.
func (r *Rung) As(t testing.TB, persona string) *Client {
	t.Helper()
	c := r.Nobody(t)
	res := c.Do(http.MethodGet, "/auth/login?login_hint="+persona+"@"+demo.Domain, nil, nil)
	require.Equal(t, http.StatusOK, res.Status, res.Text())
	return c
}

// Answer is the response to a request.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// Text is the body as text.
func (a Answer) Text() string { return string(a.Body) }

// Into decodes the body into v and overwrites what v held before.
func (a Answer) Into(t testing.TB, v any) {
	t.Helper()
	reflect.ValueOf(v).Elem().SetZero()
	require.NoError(t, json.Unmarshal(a.Body, v), a.Text())
}

// Do sends a request; body is sent as JSON unless it is bytes.
func (c *Client) Do(method, path string, header map[string]string, body any) Answer {
	c.t.Helper()
	content, kind := encode(c.t, body)
	req, err := http.NewRequestWithContext(context.Background(), method, c.url+path, content)
	require.NoError(c.t, err)
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	for k, v := range header {
		req.Header.Set(k, v)
	}
	res, err := c.http.Do(req)
	require.NoError(c.t, err)
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	require.NoError(c.t, err)
	return Answer{Status: res.StatusCode, Header: res.Header, Body: text}
}

// Stream sends a body as it comes; a negative length is not declared.
func (c *Client) Stream(method, path string, body io.Reader, length int64) Answer {
	c.t.Helper()
	req, err := http.NewRequestWithContext(context.Background(), method, c.url+path, io.NopCloser(body))
	require.NoError(c.t, err)
	req.ContentLength = length
	req.Header.Set("Content-Type", "application/octet-stream")
	req.Header.Set("Expect", "100-continue") // so that a refusal arrives before the body
	res, err := c.http.Do(req)
	require.NoError(c.t, err)
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	require.NoError(c.t, err)
	return Answer{Status: res.StatusCode, Header: res.Header, Body: text}
}

func encode(t testing.TB, body any) (io.Reader, string) {
	switch b := body.(type) {
	case nil:
		return http.NoBody, ""
	case []byte:
		return bytes.NewReader(b), "text/csv"
	default:
		content, err := json.Marshal(b)
		require.NoError(t, err)
		return bytes.NewReader(content), "application/json"
	}
}

// Get reads a resource of the API and decodes it; anything but 200 fails.
func (c *Client) Get(path string, v any) Answer {
	c.t.Helper()
	res := c.Do(http.MethodGet, "/api/v1"+path, nil, nil)
	require.Equal(c.t, http.StatusOK, res.Status, res.Text())
	if v != nil {
		res.Into(c.t, v)
	}
	return res
}

// Send writes to the API and decodes the answer; anything but 2xx fails.
func (c *Client) Send(method, path string, version int, body, v any) Answer {
	c.t.Helper()
	res := c.Try(method, path, version, body)
	require.Less(c.t, res.Status, 300, res.Text())
	if v != nil {
		res.Into(c.t, v)
	}
	return res
}

// Try writes to the API; a negative version sends no If-Match.
func (c *Client) Try(method, path string, version int, body any) Answer {
	c.t.Helper()
	header := map[string]string{}
	if version >= 0 {
		header["If-Match"] = `"` + itoa(version) + `"`
	}
	return c.Do(method, "/api/v1"+path, header, body)
}
