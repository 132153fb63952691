package login

import (
	_ "embed"
	"encoding/base64"
	"html/template"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/rung-hr/rung/internal/platform/clock"
)

//go:embed page.html
var pageText string

var pageTemplate = template.Must(template.New("page").Parse(pageText))

func (s *Service) signedOut(c echo.Context) error { return s.page(c, http.StatusOK, left) }

func (s *Service) page(c echo.Context, status int, m message) error {
	nonce := base64.StdEncoding.EncodeToString(clock.Random(16))
	h := c.Response().Header()
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'nonce-"+nonce+"'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	c.Response().WriteHeader(status)
	return pageTemplate.Execute(c.Response(), map[string]any{"Nonce": nonce, "Message": m})
}
