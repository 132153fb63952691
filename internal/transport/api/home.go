package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/rung-hr/rung/internal/domain/home"
)

func registerHome(a huma.API, s Services) {
	register(a, operation("getMe", http.MethodGet, "/me", "session", "Who you are and what you can open"),
		func(ctx context.Context, _ *struct{}) (home.Me, error) { return s.Home.Me(ctx) })
	register(a, operation("getHome", http.MethodGet, "/me/home", "session", "What is waiting for you"),
		func(ctx context.Context, _ *struct{}) (home.Overview, error) { return s.Home.Overview(ctx) })
	register(a, operation("getTeam", http.MethodGet, "/team", "person:lead", "What your reports have to do, and what you have to do for them"),
		func(ctx context.Context, _ *struct{}) (home.Team, error) { return s.Home.Team(ctx) })
}
