package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/rung-hr/rung/internal/trust/sessions"
)

func registerSessions(a huma.API, s *sessions.Service) {
	registerList(a, operation("listSessions", http.MethodGet, "/sessions", "session:read", "Where you are signed in, newest first"),
		func(ctx context.Context, _ *struct{}) ([]sessions.Browser, string, error) {
			list, err := s.List(ctx)
			return list, "", err
		})
	registerEmpty(a, operation("endSession", http.MethodDelete, "/sessions/{id}", "session:delete", "Sign out a browser: one of yours, or anybody's if you are a platform admin"),
		func(ctx context.Context, in *ByID) error { return s.End(ctx, in.ID) })
	registerEmpty(a, operation("endOtherSessions", http.MethodDelete, "/sessions", "session:delete", "Sign out everywhere else"),
		func(ctx context.Context, _ *struct{}) error { return s.EndOthers(ctx) })
	registerList(a, operation("listSessionsOf", http.MethodGet, "/people/{id}/sessions", "session:read", "Where somebody is signed in, for platform admins"),
		func(ctx context.Context, in *ByID) ([]sessions.Browser, string, error) {
			list, err := s.ListOf(ctx, in.ID)
			return list, "", err
		})
	registerEmpty(a, operation("endSessionsOf", http.MethodDelete, "/people/{id}/sessions", "session:delete", "Sign out somebody everywhere, for platform admins"),
		func(ctx context.Context, in *ByID) error { return s.EndAllOf(ctx, in.ID) })
	registerEmpty(a, operation("viewAs", http.MethodPost, "/people/{id}/view", "person:view_as", "View as somebody else: read only, and they can see that it happened"),
		func(ctx context.Context, in *ByID) error { return s.ViewAs(ctx, in.ID) })
	registerEmpty(a, operation("endViewAs", http.MethodDelete, "/me/view", "session", "Stop viewing as somebody else"),
		func(ctx context.Context, _ *struct{}) error { return s.EndViewAs(ctx) })
}
