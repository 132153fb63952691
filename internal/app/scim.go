package app

import (
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/rung-hr/rung/internal/platform/telemetry"
	"github.com/rung-hr/rung/internal/transport/scim"
)

// mountSCIM puts the door of identity providers at /scim/v2. It has its own
// authentication: a token instead of a session.
func (a *App) mountSCIM() error {
	h, err := scim.New(a.Config.PublicURL, a.Services.People, a.groups, a.Services.Tokens, telemetry.Note)
	if err != nil {
		return fmt.Errorf("app: SCIM: %w", err)
	}
	serve := echo.WrapHandler(http.StripPrefix("/scim", h))
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		a.Echo.Add(method, "/scim/v2/*", serve)
		a.Echo.Add(method, "/scim/v2", serve)
	}
	return nil
}
