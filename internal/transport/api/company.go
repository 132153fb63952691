package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"github.com/rung-hr/rung/internal/domain/company"
	"github.com/rung-hr/rung/internal/domain/promotion"
)

func registerCompany(a huma.API, s *company.Service) {
	register(a, operation("getSettings", http.MethodGet, "/settings", "setting:read", "What the company decided for all its people, with its history"),
		func(ctx context.Context, _ *struct{}) (company.Settings, error) { return s.Get(ctx) })
	register(a, operation("changeSettings", http.MethodPut, "/settings", "setting:update", "Change what the company decided"),
		func(ctx context.Context, in *struct {
			Precondition
			Body company.Changing
		}) (company.Settings, error) {
			version, err := in.version()
			if err != nil {
				return company.Settings{}, err
			}
			return s.Change(ctx, version, in.Body)
		})
}

func registerStart(a huma.API, s *promotion.Service) {
	register(a, operation("getCaseStart", http.MethodGet, "/people/{id}/case-start", "waiver:read", "Where a case of a person could lead, and what makes them wait"),
		func(ctx context.Context, in *ByID) (promotion.Start, error) { return s.Before(ctx, in.ID) })
	register(a, operation("waiveRule", http.MethodPost, "/people/{id}/waivers", "waiver:create", "Set a rule aside for the next case of a person"),
		func(ctx context.Context, in *struct {
			ByID
			Body promotion.Waiving
		}) (promotion.Start, error) {
			return s.Waive(ctx, in.ID, in.Body)
		})
	register(a, operation("endWaiver", http.MethodDelete, "/people/{id}/waivers/{waiver}", "waiver:delete", "Take back a waiver that no case has used"),
		func(ctx context.Context, in *struct {
			ByID
			Waiver uuid.UUID `path:"waiver" format:"uuid"`
		}) (promotion.Start, error) {
			return s.TakeBack(ctx, in.ID, in.Waiver)
		})
}
