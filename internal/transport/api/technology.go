package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"github.com/rung-hr/rung/internal/domain/technology"
)

func registerTechnology(a huma.API, s *technology.Service) {
	register(a, operation("getTechnologies", http.MethodGet, "/people/{id}/technologies", "technology:read", "What a person works with, how deep, when last, and their stance"),
		func(ctx context.Context, in *ByID) (technology.Profile, error) { return s.Of(ctx, in.ID) })
	register(a, operation("addTechnology", http.MethodPost, "/technologies", "technology:create", "Add a technology to your profile"),
		func(ctx context.Context, in *struct{ Body technology.Said }) (technology.Use, error) {
			return s.Add(ctx, in.Body)
		})
	registerChange(a, operation("changeTechnology", http.MethodPut, "/technologies/{id}", "technology:update", "Rewrite what you say about a technology"),
		func(ctx context.Context, id uuid.UUID, version int, body technology.Said) (technology.Use, error) {
			return s.Change(ctx, id, version, body)
		})
	registerEmpty(a, operation("removeTechnology", http.MethodDelete, "/technologies/{id}", "technology:delete", "Remove a technology from your profile"),
		func(ctx context.Context, in *ByID) error { return s.Remove(ctx, in.ID) })
}
