// Package scim lets an identity provider push people and groups: SCIM 2.0 (RFC
// 7643, RFC 7644) at /scim/v2, for clients with a token. This package decides
// what a provider may send and what it gets back; the use cases decide what
// happens to people and groups.
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
	"github.com/rung-hr/rung/internal/platform/text"
	"github.com/rung-hr/rung/internal/trust/tokens"
)

const (
	pageLimit  = 200
	retryAfter = "5" // seconds, while the database is busy
)

// Tokens finds the token of a secret and who made it; it returns a SignedOut fault for a bad one.
type Tokens interface {
	Use(ctx context.Context, secret string) (tokens.Token, actor.Person, error)
}

// Handler answers everything below /scim/v2.
type Handler struct {
	people People
	groups Groups
	tokens Tokens
	server http.Handler
	note   func(ctx context.Context, err error) // keeps an internal error for the log
}

// New returns the handler. base is the address at which it is reached, without a
// slash at its end. Requests arrive with the path from /v2 on.
func New(base string, p People, g Groups, t Tokens, note func(context.Context, error)) (*Handler, error) {
	h := &Handler{people: p, groups: g, tokens: t, note: note}
	server, err := elimity.NewServer(&elimity.ServerArgs{
		ServiceProviderConfig: &elimity.ServiceProviderConfig{
			MaxResults: pageLimit, SupportFiltering: true, SupportPatch: true,
			AuthenticationSchemes: []elimity.AuthenticationScheme{{
				Type: elimity.AuthenticationTypeOauthBearerToken, Name: "Bearer token",
				Description: "A token that a platform admin makes in Rung under Provisioning", Primary: true,
			}},
		},
		ResourceTypes: []elimity.ResourceType{
			{
				ID: optional.NewString("User"), Name: "User", Endpoint: "/Users", Description: optional.NewString("A person who works here"),
				Schema: userSchema, SchemaExtensions: []elimity.SchemaExtension{{Schema: enterpriseSchema}, {Schema: reportsSchema}}, Handler: users{h},
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

// Routes serves identity providers at /scim/v2. It has its own authentication: a
// token instead of a session.
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

// enter authenticates a request. Without a valid token the answer is 401; a token
// that may only read gets 403 for a write.
func (h *Handler) enter(r *http.Request) (context.Context, error) {
	scheme, secret, ok := strings.Cut(r.Header.Get("Authorization"), " ")
	if !ok || !strings.EqualFold(scheme, "Bearer") {
		return nil, fault.New(fault.SignedOut, "Send a token as Authorization: Bearer.")
	}
	t, maker, err := h.tokens.Use(r.Context(), strings.TrimSpace(secret))
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
	return actor.Behind(actor.AsSystem(r.Context(), "SCIM token "+text.Cut(t.Name, reasonLimit)), maker), nil
}

// reasonLimit keeps the reason within its column of the trail.
const reasonLimit = 150

func refuse(w http.ResponseWriter, err error) {
	var e errors.ScimError
	if !stderrors.As(err, &e) {
		e = errors.ScimError{Status: http.StatusInternalServerError}
	}
	w.Header().Set("Content-Type", "application/scim+json")
	if e.Status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", `Bearer realm="Rung"`)
	}
	if e.Status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", retryAfter)
	}
	body, _ := json.Marshal(e) // texts and a number always marshal
	w.WriteHeader(e.Status)
	_, _ = w.Write(body) // the reader is gone; there is nobody to tell
}
