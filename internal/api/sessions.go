package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/rung-hr/rung/internal/login"
)

func registerSessions(a huma.API, s *login.Service) {
	registerList(a, operation("listSessions", http.MethodGet, "/sessions", "session:read", "Where I am signed in, newest first"),
		func(ctx context.Context, _ *struct{}) ([]login.Browser, string, error) {
			list, err := s.Sessions(ctx)
			return list, "", err
		})
	registerEmpty(a, operation("endSession", http.MethodDelete, "/sessions/{id}", "session:delete", "Sign one of my browsers out"),
		func(ctx context.Context, in *ByID) error { return s.EndSession(ctx, in.ID) })
}
