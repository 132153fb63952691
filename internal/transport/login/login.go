// Package login signs people in with OpenID Connect: authorization code with
// PKCE, state and nonce kept on the server, sessions whose token only the
// browser has, sign-out here and at the provider.
package login

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/rung-hr/rung/internal/trust/usecase"

	"github.com/labstack/echo/v4"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/schema"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/config"
)

const (
	attemptTTL  = 10 * time.Minute
	tokenBytes  = 32
	seenEvery   = time.Minute
	touchWithin = 300 * time.Millisecond
	providerTTL = 10 * time.Second // how long to wait for the provider
)

// Service runs sign-in and looks sessions up.
type Service struct {
	cfg config.Config
	usecase.Base
	log      *slog.Logger
	provider *provider
	roles    Roles
	secure   bool
}

// Roles knows what people hold, and where.
type Roles interface {
	// Expand turns stored scopes into those of an actor.
	Expand(ctx context.Context, stored []schema.Scope) ([]actor.Scope, error)
	// SignedIn takes over what the groups of a sign-in give.
	SignedIn(ctx context.Context, tx *db.Client, p *db.Person, groups []string) error
}

// New returns a sign-in service. The provider need not be up.
func New(b usecase.Base, cfg config.Config, roles Roles, log *slog.Logger) *Service {
	return &Service{
		Base: b, cfg: cfg, roles: roles, log: log,
		// Tokens carry the time of the provider, so the machine's own clock judges them.
		provider: newProvider(cfg.OIDC, cfg.PublicURL+"/auth/callback", clock.System{}),
		secure:   len(cfg.PublicURL) > 5 && cfg.PublicURL[:5] == "https",
	}
}

// Routes are the paths of this package; all are open to the signed-out.
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
