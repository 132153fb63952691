package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"github.com/rung-hr/rung/internal/trust/roles"
)

func registerRoles(a huma.API, s *roles.Service) {
	registerList(a, operation("listRoleHolders", http.MethodGet, "/roles", "role:read", "Who holds a role other than employee, and through what"),
		func(ctx context.Context, _ *struct{}) ([]roles.Holder, string, error) {
			list, err := s.Holders(ctx)
			return list, "", err
		})
	registerList(a, operation("listRoleGrants", http.MethodGet, "/roles/grants", "role:read", "Roles asked for and given in Rung, newest first"),
		func(ctx context.Context, in *struct {
			Cursor string `query:"cursor"`
			Limit  int    `query:"limit" minimum:"0" maximum:"200"`
		}) ([]roles.Grant, string, error) {
			return s.Grants(ctx, in.Cursor, in.Limit)
		})
	register(a, operation("askRole", http.MethodPost, "/roles/grants", "role:create", "Ask for a role for somebody; another person decides"),
		func(ctx context.Context, in *struct{ Body roles.Asking }) (roles.Grant, error) {
			return s.Ask(ctx, in.Body)
		})
	registerChange(a, operation("decideRole", http.MethodPost, "/roles/grants/{id}/decision", "role:approve", "Allow or refuse a role that somebody else asked for"),
		func(ctx context.Context, id uuid.UUID, version int, body struct {
			Allow bool `json:"allow"`
		}) (roles.Grant, error) {
			return s.Decide(ctx, id, version, body.Allow)
		})
	registerStep(a, operation("endRole", http.MethodDelete, "/roles/grants/{id}", "role:delete", "Revoke a role at once"),
		func(ctx context.Context, id uuid.UUID, version int) (roles.Grant, error) {
			return s.End(ctx, id, version)
		})
	register(a, operation("previewRoles", http.MethodGet, "/roles/preview", "role:read", "What the groups of a sign-in would give"),
		func(ctx context.Context, in *struct {
			Groups []string `query:"group" doc:"names of groups, separated by commas"`
		}) (roles.Preview, error) {
			return s.PreviewGroups(ctx, in.Groups)
		})
}
