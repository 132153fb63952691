// Package web serves the single-page app that is embedded in the binary.
package web

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"regexp"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
)

// App serves the files of one build.
type App struct {
	files   fs.FS
	company string
	index   []byte
}

const (
	nonceMark  = "__RUNG_NONCE__"
	configMark = "__RUNG_CONFIG__"
)

// New returns an app over the files of dist. Without a build it serves the
// placeholder, which says how to make one.
func New(dist fs.FS, company string) (*App, error) {
	index, err := fs.ReadFile(dist, "index.html")
	if err != nil {
		index, err = fs.ReadFile(dist, "placeholder.html")
	}
	return &App{files: dist, company: company, index: index}, err
}

// Routes adds the app below everything else.
func (a *App) Routes(e *echo.Echo) {
	e.GET("/*", a.serve)
	e.HEAD("/*", a.serve)
}

// assetNames are files that a build makes. Other paths with a dot belong to the
// app: a level may be called 3.1.
var assetNames = regexp.MustCompile(`^assets(/|$)|\.(js|css|map|svg|png|jpg|ico|webp|woff2?|txt|xml|json|webmanifest)$`)

// servedElsewhere are addresses of programs. One that no route has does not exist.
var servedElsewhere = regexp.MustCompile(`^(api|auth|scim)(/|$)`)

// serve answers an existing file with the file, a missing asset with 404, and
// every other address with the page: the router in the browser knows them.
func (a *App) serve(c echo.Context) error {
	name := strings.TrimPrefix(path.Clean("/"+c.Request().URL.Path), "/")
	switch {
	case servedElsewhere.MatchString(name):
		return fault.Missing()
	case assetNames.MatchString(name):
		return a.asset(c, name)
	default:
		return a.page(c)
	}
}

func (a *App) asset(c echo.Context, name string) error {
	body, encoding, err := a.open(name, c.Request().Header.Get("Accept-Encoding"))
	if err != nil {
		return fault.Missing()
	}
	h := c.Response().Header()
	if encoding != "" {
		h.Set("Content-Encoding", encoding)
	}
	h.Add("Vary", "Accept-Encoding")
	if strings.HasPrefix(name, "assets/") {
		h.Set("Cache-Control", "public, max-age=31536000, immutable") // their names contain their hash
	}
	return c.Blob(http.StatusOK, contentType(name), body)
}

// open prefers the variant that was compressed at build time.
func (a *App) open(name, accepted string) (body []byte, encoding string, err error) {
	for _, v := range []struct{ suffix, encoding string }{{".br", "br"}, {".gz", "gzip"}} {
		if strings.Contains(accepted, v.encoding) {
			if body, err = fs.ReadFile(a.files, name+v.suffix); err == nil {
				return body, v.encoding, nil
			}
		}
	}
	body, err = fs.ReadFile(a.files, name)
	return body, "", err
}

func contentType(name string) string {
	if t := mime.TypeByExtension(path.Ext(name)); t != "" {
		return t
	}
	return "application/octet-stream"
}

func (a *App) page(c echo.Context) error {
	nonce := base64.RawURLEncoding.EncodeToString(clock.Random(16))
	settings, err := json.Marshal(map[string]string{"company": a.company, "nonce": nonce}) // escapes < and >
	if err != nil {
		return err
	}
	body := bytes.ReplaceAll(a.index, []byte(nonceMark), []byte(nonce))
	body = bytes.ReplaceAll(body, []byte(configMark), settings)
	c.Response().Header().Set("Content-Security-Policy", policy(nonce))
	return c.HTMLBlob(http.StatusOK, body)
}

func policy(nonce string) string {
	return "default-src 'self'; script-src 'self'; style-src 'self' 'nonce-" + nonce + "'; img-src 'self' data:; " +
		"font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
}
