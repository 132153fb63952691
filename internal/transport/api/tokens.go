package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/trust/tokens"
)

func registerTokens(a huma.API, s *tokens.Service) {
	registerList(a, operation("listTokens", http.MethodGet, "/tokens", "token:read", "The tokens of programs, newest first"),
		func(ctx context.Context, _ *struct{}) ([]tokens.Token, string, error) {
			list, err := s.List(ctx)
			return list, "", err
		})
	register(a, operation("createToken", http.MethodPost, "/tokens", "token:create", "Make a token; its secret is shown only once"),
		func(ctx context.Context, in *struct {
			Body struct {
				Name      string     `json:"name" maxLength:"200" example:"Okta"`
				Scopes    []string   `json:"scopes" example:"[\"scim:read\",\"scim:write\"]" doc:"scim:read, scim:write"`
				ExpiresOn clock.Date `json:"expiresOn" format:"date" doc:"the last day, at most 366 days from today"`
			}
		}) (tokens.Created, error) {
			return s.Create(ctx, tokens.Draft{Name: in.Body.Name, Scopes: in.Body.Scopes, ExpiresOn: in.Body.ExpiresOn})
		})
	registerEmpty(a, operation("revokeToken", http.MethodDelete, "/tokens/{id}", "token:delete", "Revoke a token at once"),
		func(ctx context.Context, in *ByID) error { return s.Revoke(ctx, in.ID) })
}
