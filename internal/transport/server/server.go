// Package server is the HTTP frame: the order of the middleware, who may pass
// without a session, limits, health and a graceful stop.
package server

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/config"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/telemetry"
)

// Authenticator finds the person who sends a request.
type Authenticator interface {
	Authenticate(r *http.Request) (actor.Person, error)
}

// Health says whether Rung can serve: the database answers and is migrated.
type Health func(ctx context.Context) error

// WriteProblem answers a request with its error, in the form that its client reads.
type WriteProblem func(w http.ResponseWriter, r *http.Request, err error)

// Public is the only list of routes that need no session, by method and path
// pattern. Every other route needs one.
var Public = map[string]bool{
	"GET /healthz":                          true,
	"GET /readyz":                           true,
	"GET /auth/login":                       true,
	"GET /auth/callback":                    true,
	"GET /auth/signed-out":                  true,
	"POST /auth/logout":                     true,
	"POST /auth/backchannel-logout":         true,
	"GET /api/openapi.json":                 true,
	"GET /api/v1/public/ladders/:slug":      true, // only ladders that their owner made public
	"GET /api/v1/public/ladder.schema.json": true,
	"GET /scim/v2":                          true, // SCIM has its own authentication: a token
	"GET /scim/v2/*":                        true,
	"POST /scim/v2":                         true,
	"POST /scim/v2/*":                       true,
	"PUT /scim/v2":                          true,
	"PUT /scim/v2/*":                        true,
	"PATCH /scim/v2":                        true,
	"PATCH /scim/v2/*":                      true,
	"DELETE /scim/v2":                       true,
	"DELETE /scim/v2/*":                     true,
	"GET /*":                                true, // the single-page app: code, no data
	"HEAD /*":                               true,
}

const (
	readHeaderTimeout = 10 * time.Second
	idleTimeout       = 2 * time.Minute
	stopWithin        = 10 * time.Second
)

// Server is the router with the middleware for every request.
type Server struct {
	*echo.Echo
	bodies map[string]Body // by method and path pattern
}

// New returns a server that so far only answers for its own health.
func New(cfg config.Config, auth Authenticator, health Health, problem WriteProblem, log *slog.Logger) *Server {
	e := echo.New()
	s := &Server{Echo: e, bodies: map[string]Body{}}
	e.HideBanner, e.HidePort = true, true
	e.IPExtractor = addressOf(cfg.Proxies)
	e.HTTPErrorHandler = func(err error, c echo.Context) { answer(c, err, problem) }
	e.Use(
		plainRequestID,
		middleware.RequestIDWithConfig(middleware.RequestIDConfig{RequestIDHandler: keepRequestID}),
		logRequests(log),
		middleware.RecoverWithConfig(middleware.RecoverConfig{LogErrorFunc: logPanic(log)}),
		headers(strings.HasPrefix(cfg.PublicURL, "https:")),
		limitSignIn(cfg.Limits.SignIn),
		s.limitBody,
		sameOrigin(),
		requireSession(auth, cfg.DatabaseWait),
		limitSearch(cfg.Limits.Search),
		decodeParams,
		s.onlyText,
	)
	e.GET("/healthz", func(c echo.Context) error { return c.String(http.StatusOK, "ok\n") })
	e.GET("/readyz", func(c echo.Context) error {
		if err := health(actor.AsSystem(c.Request().Context(), "health")); err != nil {
			log.WarnContext(c.Request().Context(), "not ready", "error", err)
			return c.String(http.StatusServiceUnavailable, "not ready\n")
		}
		return c.String(http.StatusOK, "ready\n")
	})
	return s
}

// Serve answers on the listener until the context ends, then lets running
// requests finish.
func (e *Server) Serve(ctx context.Context, l net.Listener) error {
	e.Listener = l
	e.Server.ReadHeaderTimeout, e.Server.IdleTimeout = readHeaderTimeout, idleTimeout
	failed := make(chan error, 1)
	go func() { failed <- e.Start("") }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopWithin)
	defer cancel()
	return e.Shutdown(stop)
}

// plainID is an id that the client of a request may give it: one that is safe in
// logs and in answers, and that fits the trail.
var plainID = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

func plainRequestID(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if h := c.Request().Header; !plainID.MatchString(h.Get(echo.HeaderXRequestID)) {
			h.Del(echo.HeaderXRequestID) // Rung makes its own
		}
		return next(c)
	}
}

func keepRequestID(c echo.Context, id string) {
	r := c.Request()
	c.SetRequest(r.WithContext(telemetry.With(r.Context(), &telemetry.Request{ID: id})))
}

// decodeParams decodes percent-encoded path parameters. The router leaves them
// encoded if the path has characters that need no encoding, such as the colon
// that browsers encode in project%3A7.
func decodeParams(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if c.Request().URL.RawPath == "" {
			return next(c) // it was routed by the decoded path
		}
		values := slices.Clone(c.ParamValues())
		for i, v := range values {
			decoded, err := url.PathUnescape(v)
			if err != nil {
				return echo.ErrNotFound
			}
			values[i] = decoded
		}
		c.SetParamValues(values...)
		return next(c)
	}
}

// sameOrigin refuses writes that another site makes the browser send.
func sameOrigin() echo.MiddlewareFunc {
	return echo.WrapMiddleware(http.NewCrossOriginProtection().Handler)
}

// requireSession finds out who asks. That is the first look at the database, so it
// is here that a request waits no longer than it should for one that is silent.
func requireSession(auth Authenticator, wait time.Duration) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if c.Path() == "" || Public[c.Request().Method+" "+c.Path()] {
				return next(c)
			}
			p, err := authenticate(auth, c.Request(), wait)
			if err != nil {
				return err
			}
			if p.Viewer != nil && !readsOnly(c) {
				return fault.Denied("You are viewing as %s. You cannot change anything. Stop viewing as somebody else first.", p.Name).WithCode("view_only")
			}
			p.RequestID = telemetry.RequestID(c.Request().Context())
			c.SetRequest(c.Request().WithContext(actor.With(c.Request().Context(), p)))
			return next(c)
		}
	}
}

func authenticate(auth Authenticator, r *http.Request, wait time.Duration) (actor.Person, error) {
	if wait > 0 {
		ctx, cancel := context.WithTimeout(r.Context(), wait)
		defer cancel()
		r = r.WithContext(ctx)
	}
	p, err := auth.Authenticate(r)
	if errors.Is(err, context.DeadlineExceeded) {
		err = fault.New(fault.Unavailable, "The database does not answer at the moment. Try again in a few seconds.").WithCode("database_away").Because(err)
	}
	return p, err
}

// leaveView is the only write that is allowed while viewing as somebody else.
const leaveView = "DELETE /api/v1/me/view"

func readsOnly(c echo.Context) bool {
	method := c.Request().Method
	return method == http.MethodGet || method == http.MethodHead || method+" "+c.Path() == leaveView
}

func headers(https bool) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error { return withHeaders(c, next, https) }
	}
}

func withHeaders(c echo.Context, next echo.HandlerFunc, https bool) error {
	h := c.Response().Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
	h.Set("Cache-Control", "no-store")
	if https {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
	return next(c)
}

// answer turns any error into a problem document.
func answer(c echo.Context, err error, problem WriteProblem) {
	if c.Response().Committed {
		return
	}
	if he, ok := err.(*echo.HTTPError); ok { //nolint:errorlint // echo returns it unwrapped
		err = fromEcho(he)
	}
	ctx := c.Request().Context()
	telemetry.Note(ctx, err)
	problem(c.Response(), c.Request(), err)
}

func fromEcho(he *echo.HTTPError) error {
	switch he.Code {
	case http.StatusNotFound:
		return fault.Missing()
	case http.StatusMethodNotAllowed:
		return fault.New(fault.NotFound, "This address does not support that method.").WithCode("method_not_allowed")
	case http.StatusTooManyRequests:
		return fault.New(fault.Unavailable, "Too many requests from here. Wait a moment and try again.").WithCode("too_many_requests")
	case http.StatusRequestEntityTooLarge:
		return tooLarge(usual.Limit)
	default:
		return he
	}
}

func logRequests(log *slog.Logger) echo.MiddlewareFunc {
	return middleware.RequestLoggerWithConfig(middleware.RequestLoggerConfig{
		LogStatus: true, LogMethod: true, LogRoutePath: true, LogLatency: true, LogRequestID: true, HandleError: true,
		LogValuesFunc: func(c echo.Context, v middleware.RequestLoggerValues) error {
			if trouble := telemetry.Trouble(c.Request().Context()); trouble != nil && !left(c.Request().Context(), trouble) {
				log.ErrorContext(c.Request().Context(), "internal error", "error", trouble, "request_id", v.RequestID)
			}
			// The log has the route, not the address: an address can hold what
			// people searched for.
			log.InfoContext(c.Request().Context(), "request", "method", v.Method, "route", v.RoutePath,
				"status", v.Status, "ms", v.Latency.Milliseconds(), "request_id", v.RequestID)
			return nil
		},
	})
}

// left reports whether a request failed because the browser went away: somebody
// went on to another page, which is no trouble of the program.
func left(ctx context.Context, trouble error) bool {
	return ctx.Err() != nil && errors.Is(trouble, context.Canceled)
}

func logPanic(log *slog.Logger) middleware.LogErrorFunc {
	return func(c echo.Context, err error, stack []byte) error {
		log.ErrorContext(c.Request().Context(), "panic", "error", err, "stack", string(stack))
		return err
	}
}
