package devidp

import (
	"embed"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/zitadel/oidc/v3/pkg/op"
)

const (
	loginPath     = "/login"
	stylePath     = "/login.css"
	signedOutPath = "/signed-out"
)

//go:embed page
var files embed.FS

var pages = template.Must(template.ParseFS(files, "page/*.html"))

type chooserPage struct {
	Style, Action, ID string
	Personas          []Persona
}

func (p *Provider) routes() http.Handler {
	sameSite := http.NewCrossOriginProtection()
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+loginPath, p.choose)
	mux.Handle("POST "+loginPath, sameSite.Handler(http.HandlerFunc(p.chosen)))
	mux.HandleFunc("GET "+stylePath, func(w http.ResponseWriter, r *http.Request) { http.ServeFileFS(w, r, files, "page/style.css") })
	mux.HandleFunc("GET "+signedOutPath, func(w http.ResponseWriter, _ *http.Request) {
		p.render(w, http.StatusOK, "signed_out.html", chooserPage{})
	})
	mux.Handle("/", p.openid)
	return p.strict(mux)
}

// strict allows the page only its own style sheet and forms that lead back to the
// application.
func (p *Provider) strict(next http.Handler) http.Handler {
	policy := "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self' " +
		strings.Join(origins(p.config.RedirectURIs), " ")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Content-Security-Policy", policy)
		header.Set("Cache-Control", "no-store")
		header.Set("Referrer-Policy", "same-origin")
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("X-Frame-Options", "DENY")
		next.ServeHTTP(w, r)
	})
}

// origins are needed because browsers also apply form-action to the redirects
// after a form.
func origins(uris []string) []string {
	var found []string
	for _, uri := range uris {
		if parsed, err := url.Parse(uri); err == nil && parsed.Host != "" {
			found = append(found, parsed.Scheme+"://"+parsed.Host)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// choose shows the personas, or signs in the persona that the application hinted
// at.
func (p *Provider) choose(w http.ResponseWriter, r *http.Request) {
	request, err := p.storage.request(r.URL.Query().Get("id"))
	if err != nil {
		p.expired(w)
		return
	}
	if persona, ok := p.storage.personaBy(request.LoginHint); ok && strings.EqualFold(persona.Email, request.LoginHint) {
		p.signIn(w, r, request.id, persona)
		return
	}
	p.render(w, http.StatusOK, "chooser.html", chooserPage{ID: request.id, Personas: p.config.Personas})
}

func (p *Provider) chosen(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 4<<10)
	persona, ok := p.storage.personaBy(r.PostFormValue("persona"))
	if !ok {
		http.Error(w, "there is nobody with this name", http.StatusBadRequest)
		return
	}
	p.signIn(w, r, r.PostFormValue("id"), persona)
}

func (p *Provider) signIn(w http.ResponseWriter, r *http.Request, id string, persona Persona) {
	if err := p.storage.signIn(id, persona); err != nil {
		p.expired(w)
		return
	}
	back := op.AuthCallbackURL(p.openid)(op.ContextWithIssuer(r.Context(), p.config.Issuer), id)
	http.Redirect(w, r, back, http.StatusSeeOther)
}

func (p *Provider) expired(w http.ResponseWriter) {
	p.render(w, http.StatusNotFound, "expired.html", chooserPage{})
}

func (p *Provider) render(w http.ResponseWriter, status int, name string, page chooserPage) {
	page.Style, page.Action = p.config.Issuer+stylePath, p.config.Issuer+loginPath
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_ = pages.ExecuteTemplate(w, name, page) // this fails only when the browser is gone
}
