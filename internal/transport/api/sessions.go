package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/rung-hr/rung/internal/trust/sessions"
)

func registerSessions(a huma.API, s *sessions.Service) {
	registerList(a, operation("listSessions", http.MethodGet, "/sessions", "session:read", "Where I am signed in, newest first"),
		func(ctx context.Context, _ *struct{}) ([]sessions.Browser, string, error) {
			list, err := s.List(ctx)
			return list, "", err
		})
	registerEmpty(a, operation("endSession", http.MethodDelete, "/sessions/{id}", "session:delete", "Sign a browser out: one of mine, or anybody's for platform admins"),
		func(ctx context.Context, in *ByID) error { return s.End(ctx, in.ID) })
	registerEmpty(a, operation("endOtherSessions", http.MethodDelete, "/sessions", "session:delete", "Sign me out everywhere but here"),
		func(ctx context.Context, _ *struct{}) error { return s.EndOthers(ctx) })
	registerList(a, operation("listSessionsOf", http.MethodGet, "/people/{id}/sessions", "session:read", "Where somebody is signed in, for platform admins"),
		func(ctx context.Context, in *ByID) ([]sessions.Browser, string, error) {
			list, err := s.ListOf(ctx, in.ID)
			return list, "", err
		})
	registerEmpty(a, operation("endSessionsOf", http.MethodDelete, "/people/{id}/sessions", "session:delete", "Sign somebody out everywhere, for platform admins"),
		func(ctx context.Context, in *ByID) error { return s.EndAllOf(ctx, in.ID) })
	registerEmpty(a, operation("viewAs", http.MethodPost, "/people/{id}/view", "person:view_as", "Look at Rung as somebody: read only, and she can see that it happened"),
		func(ctx context.Context, in *ByID) error { return s.ViewAs(ctx, in.ID) })
	registerEmpty(a, operation("endViewAs", http.MethodDelete, "/me/view", "session", "Look with my own eyes again"),
		func(ctx context.Context, _ *struct{}) error { return s.EndViewAs(ctx) })
}
