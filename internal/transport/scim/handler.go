// Package scim lets an identity provider bring people and groups in: SCIM 2.0
// (RFC 7643, RFC 7644) at /scim/v2, for whoever has a token. What a provider
// may send and what comes back is decided here; what happens to people and
// groups is decided by their use cases.
package scim

import (
	"context"
	"encoding/json"
	stderrors "errors"
	"net/http"
	"strings"

	elimity "github.com/elimity-com/scim"
	"github.com/elimity-com/scim/errors"
	"github.com/elimity-com/scim/optional"
	"github.com/labstack/echo/v4"

	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/trust/tokens"
)

const (
	bodyLimit = 1 << 20
	pageLimit = 200
)

// Tokens finds the token of a secret; SignedOut when it lets nobody in.
type Tokens interface {
	Use(ctx context.Context, secret string) (tokens.Token, error)
}

// Handler answers everything below /scim/v2.
type Handler struct {
	people People
	groups Groups
	tokens Tokens
	server http.Handler
	note   func(ctx context.Context, err error) // keeps an internal error for the log
}

// New returns the handler; base is the address that it is reached at, without
// a slash at its end. Requests come with the path from /v2 on.
func New(base string, p People, g Groups, t Tokens, note func(context.Context, error)) (*Handler, error) {
	h := &Handler{people: p, groups: g, tokens: t, note: note}
	server, err := elimity.NewServer(&elimity.ServerArgs{
		ServiceProviderConfig: &elimity.ServiceProviderConfig{
			MaxResults: pageLimit, SupportFiltering: true, SupportPatch: true,
			AuthenticationSchemes: []elimity.AuthenticationScheme{{
				Type: elimity.AuthenticationTypeOauthBearerToken, Name: "Bearer token",
				Description: "A token that an administrator of Rung makes under Provisioning", Primary: true,
			}},
		},
		ResourceTypes: []elimity.ResourceType{
			{
				ID: optional.NewString("User"), Name: "User", Endpoint: "/Users", Description: optional.NewString("A person who works here"),
				Schema: userSchema, SchemaExtensions: []elimity.SchemaExtension{{Schema: enterpriseSchema}}, Handler: users{h},
			},
			{
				ID: optional.NewString("Group"), Name: "Group", Endpoint: "/Groups", Description: optional.NewString("A group"),
				Schema: groupSchema, Handler: teams{h},
			},
		},
	}, elimity.WithBaseURL(base+"/scim/v2"))
	h.server = server
	return h, err
}

// Routes puts the door of identity providers at /scim/v2. It has its own
// authentication: a token instead of a session.
func (h *Handler) Routes(e *echo.Echo) {
	serve := echo.WrapHandler(http.StripPrefix("/scim", h))
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		e.Add(method, "/scim/v2/*", serve)
		e.Add(method, "/scim/v2", serve)
	}
}

// ServeHTTP implements http.Handler.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ctx, err := h.enter(r)
	if err == nil {
		r, err = prepare(r.WithContext(ctx))
	}
	if err != nil {
		refuse(w, h.fromFault(r.Context(), err))
		return
	}
	if a := asked(r.Context()); a.only == nil && a.without == nil {
		h.server.ServeHTTP(w, r)
		return
	}
	project(w, r, h.server)
}

// enter finds out who is at the door. Whoever has no token that is good gets
// 401, whoever may only read and wants to write 403.
func (h *Handler) enter(r *http.Request) (context.Context, error) {
	scheme, secret, ok := strings.Cut(r.Header.Get("Authorization"), " ")
	if !ok || !strings.EqualFold(scheme, "Bearer") {
		return nil, fault.New(fault.SignedOut, "Send a token as Authorization: Bearer.")
	}
	t, err := h.tokens.Use(r.Context(), strings.TrimSpace(secret))
	if err != nil {
		return nil, err
	}
	scope := tokens.Write
	if r.Method == http.MethodGet || strings.HasSuffix(r.URL.Path, "/.search") {
		scope = tokens.Read
	}
	if !t.Allows(scope) {
		return nil, fault.Denied("This token may only read. Make one with the scope scim:write.")
	}
	return actor.AsSystem(r.Context(), "SCIM token "+short(t.Name)), nil
}

// short keeps the reason of the trail within its column.
func short(name string) string {
	const most = 150
	if len(name) > most {
		name = strings.ToValidUTF8(name[:most], "")
	}
	return name
}

func refuse(w http.ResponseWriter, err error) {
	var e errors.ScimError
	if !stderrors.As(err, &e) {
		e = errors.ScimError{Status: http.StatusInternalServerError}
	}
	w.Header().Set("Content-Type", "application/scim+json")
	if e.Status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", `Bearer realm="Rung"`)
	}
	body, _ := json.Marshal(e) // texts and a number always marshal
	w.WriteHeader(e.Status)
	_, _ = w.Write(body) // the reader has gone; there is nobody to tell
}
