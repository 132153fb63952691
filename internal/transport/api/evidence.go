package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"github.com/rung-hr/rung/internal/domain/evidence"
)

// ByID names one thing. huma binds embedded fields of exported types only.
type ByID struct {
	ID uuid.UUID `path:"id" format:"uuid"`
}

func registerEvidence(a huma.API, s *evidence.Service) {
	registerList(a, operation("listEvidence", http.MethodGet, "/evidence", "evidence:read", "Your evidence, newest first"),
		func(ctx context.Context, in *struct {
			Text       string `query:"q" maxLength:"200" doc:"part of the title or text"`
			Competency string `query:"competency" maxLength:"64"`
			Cursor     string `query:"cursor"`
			Limit      int    `query:"limit" minimum:"0" maximum:"200"`
		}) ([]evidence.Piece, string, error) {
			return s.List(ctx, evidence.Filter{Text: in.Text, Competency: in.Competency, Cursor: in.Cursor, Limit: in.Limit})
		})
	register(a, operation("logEvidence", http.MethodPost, "/evidence", "evidence:create", "Log something you did"),
		func(ctx context.Context, in *struct{ Body evidence.Draft }) (evidence.Piece, error) {
			return s.Log(ctx, in.Body)
		})
	registerChange(a, operation("changeEvidence", http.MethodPut, "/evidence/{id}", "evidence:update", "Rewrite a piece of your evidence"),
		func(ctx context.Context, id uuid.UUID, version int, body evidence.Draft) (evidence.Piece, error) {
			return s.Change(ctx, id, version, body)
		})
	registerEmpty(a, operation("deleteEvidence", http.MethodDelete, "/evidence/{id}", "evidence:delete", "Delete a piece of your evidence that nothing refers to"),
		func(ctx context.Context, in *ByID) error { return s.Delete(ctx, in.ID) })
}
