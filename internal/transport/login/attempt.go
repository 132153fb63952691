package login

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/labstack/echo/v4"
	"golang.org/x/oauth2"

	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/trust/sessions"
)

// start sends the browser to the provider and keeps what must match when it
// comes back.
func (s *Service) start(c echo.Context) error {
	ctx, cancel := withTimeout(actor.AsSystem(c.Request().Context(), "sign-in"))
	defer cancel()
	p, err := s.provider.get(ctx)
	if err != nil {
		m := notDiscovered(err)
		s.log.WarnContext(ctx, "identity provider not reachable", "code", m.Code, "error", err)
		return s.page(c, m.Status, m)
	}
	attempt := sessions.Attempt{
		State: sessions.Secret(), Nonce: sessions.Secret(), Verifier: oauth2.GenerateVerifier(), ReturnTo: localPath(c.QueryParam("return_to")),
		Fresh: c.QueryParam("fresh") == "1",
	}
	secret, err := s.sessions.Begin(ctx, attempt)
	if err != nil {
		return err
	}
	s.setCookie(c, "login", secret, sessions.AttemptTTL)
	options := []oauth2.AuthCodeOption{oidc.Nonce(attempt.Nonce), oauth2.S256ChallengeOption(attempt.Verifier)}
	if attempt.Fresh { // a session at the provider is not enough: the person must prove their identity again
		options = append(options, oauth2.SetAuthURLParam("prompt", "login"), oauth2.SetAuthURLParam("max_age", "0"))
	}
	if hint := c.QueryParam("login_hint"); hint != "" {
		options = append(options, oauth2.SetAuthURLParam("login_hint", hint))
	}
	return c.Redirect(http.StatusSeeOther, p.oauth.AuthCodeURL(attempt.State, options...))
}

// localPath accepts only a path on this site, so that sign-in cannot send people
// elsewhere.
func localPath(target string) string {
	u, err := url.Parse(target)
	if err != nil || u.Scheme != "" || u.Host != "" || !strings.HasPrefix(target, "/") ||
		strings.HasPrefix(target, "//") || strings.ContainsAny(target, "\\\r\n\t") {
		return "/"
	}
	return target
}
