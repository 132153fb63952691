package login

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/labstack/echo/v4"
	"golang.org/x/oauth2"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/loginattempt"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
)

// start sends the browser to the provider and keeps what must match when it
// comes back.
func (s *Service) start(c echo.Context) error {
	ctx, cancel := withTimeout(actor.AsSystem(c.Request().Context(), "sign-in"))
	defer cancel()
	p, err := s.provider.get(ctx)
	if err != nil {
		s.log.WarnContext(ctx, "identity provider not reachable", "error", err)
		return s.page(c, http.StatusServiceUnavailable, providerDown)
	}
	secret, attempt := token(), &db.LoginAttempt{
		State: token(), Nonce: token(), Verifier: oauth2.GenerateVerifier(), ReturnTo: localPath(c.QueryParam("return_to")),
		Fresh: c.QueryParam("fresh") == "1",
	}
	if err := s.saveAttempt(ctx, secret, attempt); err != nil {
		return err
	}
	s.setCookie(c, "login", secret, attemptTTL)
	options := []oauth2.AuthCodeOption{oidc.Nonce(attempt.Nonce), oauth2.S256ChallengeOption(attempt.Verifier)}
	if attempt.Fresh { // a session at the provider is not enough: the person must prove again who she is
		options = append(options, oauth2.SetAuthURLParam("prompt", "login"), oauth2.SetAuthURLParam("max_age", "0"))
	}
	if hint := c.QueryParam("login_hint"); hint != "" {
		options = append(options, oauth2.SetAuthURLParam("login_hint", hint))
	}
	return c.Redirect(http.StatusSeeOther, p.oauth.AuthCodeURL(attempt.State, options...))
}

func (s *Service) saveAttempt(ctx context.Context, secret string, a *db.LoginAttempt) error {
	now := s.Clock.Now()
	return s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		if _, err := tx.LoginAttempt.Delete().Where(loginattempt.ExpiresAtLT(now)).Exec(ctx); err != nil {
			return err
		}
		return tx.LoginAttempt.Create().
			SetCookieHash(hash(secret)).
			SetState(a.State).
			SetNonce(a.Nonce).
			SetVerifier(a.Verifier).
			SetReturnTo(a.ReturnTo).
			SetFresh(a.Fresh).
			SetExpiresAt(now.Add(attemptTTL)).
			Exec(ctx)
	})
}

// takeAttempt returns the attempt of a cookie and forgets it, so that it can
// be used once. It returns nil when there is none or it is too old.
func (s *Service) takeAttempt(ctx context.Context, secret string) (*db.LoginAttempt, error) {
	var taken *db.LoginAttempt
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		taken = nil
		a, err := tx.LoginAttempt.Query().Where(loginattempt.CookieHash(hash(secret))).Only(ctx)
		if db.IsNotFound(err) {
			return nil
		}
		if err != nil {
			return err
		}
		n, err := tx.LoginAttempt.Delete().Where(loginattempt.ID(a.ID)).Exec(ctx)
		if err != nil {
			return err
		}
		if n == 1 && a.ExpiresAt.After(s.Clock.Now()) {
			taken = a
		}
		return nil
	})
	return taken, err
}

// localPath keeps only a path on this site, so that sign-in cannot send people
// elsewhere.
func localPath(target string) string {
	u, err := url.Parse(target)
	if err != nil || u.Scheme != "" || u.Host != "" || !strings.HasPrefix(target, "/") ||
		strings.HasPrefix(target, "//") || strings.ContainsAny(target, "\\\r\n\t") {
		return "/"
	}
	return target
}

func token() string { return base64.RawURLEncoding.EncodeToString(clock.Random(tokenBytes)) }

func hash(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}
