package api

import (
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/domain/ladder/library"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/telemetry"
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
	Version string `query:"version" maxLength:"32" doc:"left out: the one in force"`
}

func registerLadders(a huma.API, s *library.Service) {
	registerList(a, operation("listLadders", http.MethodGet, "/ladders", "ladder:read", "The ladders in force"),
		func(ctx context.Context, _ *struct{}) ([]library.Brief, string, error) {
			list, err := s.List(ctx)
			return list, "", err
		})
	register(a, operation("getLadder", http.MethodGet, "/ladders/{slug}", "ladder:read", "A ladder with every level and expectation"),
		func(ctx context.Context, in *BySlug) (Ladder, error) {
			p, err := s.Get(ctx, in.Slug, in.Version)
			return ladderOf(p), err
		})
	register(a, operation("compareLevels", http.MethodGet, "/ladders/{slug}/comparison", "ladder:read", "What changes from one level to others"),
		func(ctx context.Context, in *struct {
			BySlug
			Levels string `query:"levels" required:"true" maxLength:"100" example:"IC4,IC5,M1" doc:"the base first"`
		}) (library.Compared, error) {
			return s.Compare(ctx, in.Slug, in.Version, strings.Split(in.Levels, ","))
		})
	registerList(a, operation("listLadderVersions", http.MethodGet, "/ladders/{slug}/versions", "ladder:read", "The published versions of a ladder, newest first"),
		func(ctx context.Context, in *struct {
			Slug string `path:"slug" maxLength:"64"`
		}) ([]library.VersionRow, string, error) {
			list, err := s.Versions(ctx, in.Slug)
			return list, "", err
		})
	register(a, operation("compareLadderVersions", http.MethodGet, "/ladders/{slug}/changes", "ladder:read", "What changes from one version to another"),
		func(ctx context.Context, in *struct {
			Slug string `path:"slug" maxLength:"64"`
			From string `query:"from" required:"true" maxLength:"32" example:"2.2.0"`
			To   string `query:"to" maxLength:"32" doc:"left out: the one in force"`
		}) (ladder.VersionDiff, error) {
			return s.CompareVersions(ctx, in.Slug, in.From, in.To)
		})
	register(a, operation("configureLadder", http.MethodPatch, "/ladders/{slug}", "ladder:update", "Switch the public link of a ladder, retire it, or say which units it is for"),
		func(ctx context.Context, in *struct {
			Slug string `path:"slug" maxLength:"64"`
			Body library.Settings
		}) (library.Brief, error) {
			return s.Configure(ctx, in.Slug, in.Body)
		})
	register(a, operation("getPublicLadder", http.MethodGet, "/public/ladders/{slug}", "public", "A ladder whose public link is on, for everybody"),
		func(ctx context.Context, in *struct {
			Slug string `path:"slug" maxLength:"64"`
		}) (Ladder, error) {
			p, err := s.Public(ctx, in.Slug)
			return ladderOf(p), err
		})
	register(a, operation("getRoleCheck", http.MethodGet, "/people/{id}/role-check", "role_check:read", "How a person's work compares with the shape of their level"),
		func(ctx context.Context, in *ByID) (ladder.RoleCheck, error) { return s.RoleCheck(ctx, in.ID) })
	registerLadderFiles(a, s)
}

func ladderOf(p ladder.Published) Ladder {
	return Ladder{Rubric: p.Rubric, Slug: p.Rubric.Framework, EffectiveFrom: p.EffectiveFrom, Hash: p.Hash}
}

// registerLadderFiles serves the files that editors and other programs read.
func registerLadderFiles(a huma.API, s *library.Service) {
	file := func(op huma.Operation, kind string) huma.Operation {
		op.Responses = map[string]*huma.Response{"200": {Description: "The file", Content: map[string]*huma.MediaType{kind: {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}}}}
		return op
	}
	huma.Register(a, file(operation("getLadderFile", http.MethodGet, "/ladders/{slug}/file", "ladder:read", "The YAML file of a version"), "application/yaml"),
		func(ctx context.Context, in *BySlug) (*huma.StreamResponse, error) {
			name, content, err := s.SourceOf(ctx, in.Slug, in.Version)
			if err != nil {
				return nil, toProblem(ctx, err)
			}
			return attachment(ctx, name, "application/yaml", content), nil
		})
	huma.Register(a, file(operation("getLadderSchema", http.MethodGet, "/public/ladder.schema.json", "public", "The JSON Schema of ladder files"), "application/schema+json"),
		func(ctx context.Context, _ *struct{}) (*huma.StreamResponse, error) {
			return attachment(ctx, "ladder.schema.json", "application/schema+json", ladder.Schema()), nil
		})
}

// attachment answers with a file to download.
func attachment(ctx context.Context, name, kind string, content []byte) *huma.StreamResponse {
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		hc.SetHeader("Content-Type", kind)
		hc.SetHeader("Content-Disposition", `attachment; filename="`+name+`"`)
		if _, err := hc.BodyWriter().Write(content); err != nil {
			telemetry.Note(ctx, err)
		}
	}}
}
