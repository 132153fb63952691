package login

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/fault"
)

// Authenticate returns the person who sends a request, or a SignedOut fault
// without a session. It runs one query.
func (s *Service) Authenticate(r *http.Request) (actor.Person, error) {
	return s.sessions.Authenticate(r.Context(), s.cookie(r, "session"))
}

// logout ends the session here and answers with the address that ends it at
// the provider too.
func (s *Service) logout(c echo.Context) error {
	ctx, cancel := withTimeout(actor.AsSystem(c.Request().Context(), "sign-out"))
	defer cancel()
	idToken, err := s.sessions.SignOut(ctx, s.cookie(c.Request(), "session"))
	if err != nil {
		return err
	}
	s.setCookie(c, "session", "", 0)
	location := s.cfg.PublicURL + "/auth/signed-out"
	p, err := s.provider.get(ctx)
	switch {
	case err != nil: // the person is signed out here; the provider's session ends by itself
		s.log.WarnContext(ctx, "identity provider not reachable", "error", err)
	case idToken != "":
		location = p.signOutURL(idToken, s.cfg.OIDC.ClientID, location)
	}
	return c.JSON(http.StatusOK, map[string]string{"location": location})
}

// backchannel ends sessions that the provider has ended, without a browser.
func (s *Service) backchannel(c echo.Context) error {
	ctx, cancel := withTimeout(actor.AsSystem(c.Request().Context(), "back-channel sign-out"))
	defer cancel()
	c.Response().Header().Set("Cache-Control", "no-store")
	p, err := s.provider.get(ctx)
	if err != nil {
		return fault.New(fault.Unavailable, "The identity provider does not answer.").Because(err)
	}
	logout, err := p.verifier.VerifyLogout(ctx, c.FormValue("logout_token"))
	if err != nil {
		return fault.Bad("The logout token is not valid.").Because(err)
	}
	err = s.sessions.EndAtProvider(ctx, logout.Issuer, logout.Subject, logout.SessionID)
	if err != nil {
		return err
	}
	return c.NoContent(http.StatusOK)
}
