// Package login signs people in with OpenID Connect: authorization code with
// PKCE, state and nonce kept on the server, sessions whose token only the
// browser has, sign-out here and at the provider.
package login

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/config"
	"github.com/rung-hr/rung/internal/trust/sessions"
)

const providerTTL = 10 * time.Second // how long to wait for the provider

// Service runs sign-in at the identity provider and sign-out.
type Service struct {
	cfg      config.Config
	sessions *sessions.Service
	log      *slog.Logger
	provider *provider
	secure   bool
}

// New returns a sign-in service. The provider need not be up.
func New(cfg config.Config, kept *sessions.Service, log *slog.Logger) *Service {
	return &Service{
		cfg: cfg, sessions: kept, log: log,
		// Tokens carry the provider's time, so the machine's own clock judges
		// them.
		provider: newProvider(cfg.OIDC, cfg.PublicURL+"/auth/callback", clock.System{}),
		secure:   strings.HasPrefix(cfg.PublicURL, "https:"),
	}
}

// Routes are the paths of this package; all are open to people who are signed
// out.
func (s *Service) Routes(e *echo.Echo) {
	e.GET("/auth/login", s.start)
	e.GET("/auth/callback", s.finish)
	e.POST("/auth/logout", s.logout)
	e.POST("/auth/backchannel-logout", s.backchannel)
	e.GET("/auth/signed-out", s.signedOut)
}

func (s *Service) cookieName(name string) string {
	if s.secure {
		return "__Host-rung_" + name
	}
	return "rung_" + name // plain http is only allowed on a loopback address
}

func (s *Service) setCookie(c echo.Context, name, value string, maxAge time.Duration) {
	seconds := int(maxAge / time.Second)
	if value == "" {
		seconds = -1
	}
	c.SetCookie(&http.Cookie{
		Name: s.cookieName(name), Value: value, Path: "/", MaxAge: seconds,
		Secure: s.secure, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

func (s *Service) cookie(r *http.Request, name string) string {
	c, err := r.Cookie(s.cookieName(name))
	if err != nil {
		return ""
	}
	return c.Value
}

func withTimeout(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, providerTTL)
}
