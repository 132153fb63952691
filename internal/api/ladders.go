package api

import (
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/rung-hr/rung/internal/clock"
	"github.com/rung-hr/rung/internal/ladder"
)

// Ladder is a published version in full.
type Ladder struct {
	ladder.Rubric
	Slug          string     `json:"slug"`
	EffectiveFrom clock.Date `json:"effectiveFrom"`
	Hash          string     `json:"hash" doc:"SHA-256 of the canonical file, hex"`
}

// BySlug names a ladder and one of its versions.
type BySlug struct {
	Slug    string `path:"slug" maxLength:"64"`
	Version string `query:"version" maxLength:"32" doc:"the one in force when it is missing"`
}

func registerLadders(a huma.API, s *ladder.Service) {
	registerList(a, operation("listLadders", http.MethodGet, "/ladders", "ladder:read", "The ladders in force"),
		func(ctx context.Context, _ *struct{}) ([]ladder.Brief, string, error) {
			list, err := s.List(ctx)
			return list, "", err
		})
	register(a, operation("getLadder", http.MethodGet, "/ladders/{slug}", "ladder:read", "A ladder with every level and expectation"),
		func(ctx context.Context, in *BySlug) (Ladder, error) {
			p, err := s.Get(ctx, in.Slug, in.Version)
			return Ladder{Rubric: p.Rubric, Slug: p.Rubric.Framework, EffectiveFrom: p.EffectiveFrom, Hash: p.Hash}, err
		})
	register(a, operation("compareLevels", http.MethodGet, "/ladders/{slug}/comparison", "ladder:read", "What changes from one level to others"),
		func(ctx context.Context, in *struct {
			BySlug
			Levels string `query:"levels" required:"true" maxLength:"100" example:"IC4,IC5,M1" doc:"the base first"`
		}) (ladder.Compared, error) {
			return s.Compare(ctx, in.Slug, in.Version, strings.Split(in.Levels, ","))
		})
}
