package server

import (
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
	"golang.org/x/time/rate"

	"github.com/rung-hr/rung/internal/platform/actor"
)

const (
	burst       = 20 // times the rate
	forgetAfter = 10 * time.Minute
	retryAfter  = "5" // seconds
)

// addressOf says how to find the address of a request: from the connection, and
// from X-Forwarded-For only behind proxies that the operator names.
func addressOf(proxies []*net.IPNet) echo.IPExtractor {
	if len(proxies) == 0 {
		return echo.ExtractIPDirect()
	}
	trust := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, network := range proxies {
		trust = append(trust, echo.TrustIPRange(network))
	}
	return echo.ExtractIPFromXFFHeader(trust...)
}

// limitSignIn slows down an address that tries many sign-ins.
func limitSignIn(perSecond float64) echo.MiddlewareFunc {
	return limit(perSecond,
		func(c echo.Context) bool { return strings.HasPrefix(c.Request().URL.Path, "/auth/") },
		func(c echo.Context) (string, error) { return c.RealIP(), nil })
}

// limitSearch slows down a session that walks through the directory.
func limitSearch(perSecond float64) echo.MiddlewareFunc {
	return limit(perSecond,
		func(c echo.Context) bool { return c.Path() == "/api/v1/people" || c.Path() == "/api/v1/people.csv" },
		func(c echo.Context) (string, error) {
			p := actor.Of(c.Request().Context())
			return p.SessionID.String(), nil
		})
}

func limit(perSecond float64, applies middleware.Skipper, source middleware.Extractor) echo.MiddlewareFunc {
	if perSecond == 0 {
		return func(next echo.HandlerFunc) echo.HandlerFunc { return next }
	}
	store := middleware.NewRateLimiterMemoryStoreWithConfig(middleware.RateLimiterMemoryStoreConfig{
		Rate: rate.Limit(perSecond), Burst: int(perSecond * burst), ExpiresIn: forgetAfter,
	})
	tooMany := func(c echo.Context) error {
		c.Response().Header().Set("Retry-After", retryAfter)
		return echo.NewHTTPError(http.StatusTooManyRequests)
	}
	return middleware.RateLimiterWithConfig(middleware.RateLimiterConfig{
		Skipper: func(c echo.Context) bool { return !applies(c) }, Store: store, IdentifierExtractor: source,
		ErrorHandler: func(c echo.Context, _ error) error { return tooMany(c) },
		DenyHandler:  func(c echo.Context, _ string, _ error) error { return tooMany(c) },
	})
}
