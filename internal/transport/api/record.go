package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"github.com/rung-hr/rung/internal/domain/record"
	"github.com/rung-hr/rung/internal/platform/jobs"
)

func registerRecord(a huma.API, s *record.Service) {
	register(a, operation("exportMyRecord", http.MethodPost, "/me/export", "record:export", "Start a job that makes a copy of everything kept about you"),
		func(ctx context.Context, _ *struct{}) (jobs.View, error) { return s.Export(ctx) })
	registerList(a, operation("listMyCorrections", http.MethodGet, "/me/corrections", "record:read", "Your requests for a correction, newest first"),
		func(ctx context.Context, _ *struct{}) ([]record.Correction, string, error) {
			list, err := s.Mine(ctx)
			return list, "", err
		})
	register(a, operation("askCorrection", http.MethodPost, "/me/corrections", "record:update", "Say what is wrong in your record; the note stays with it"),
		func(ctx context.Context, in *struct{ Body record.Wrong }) (record.Correction, error) {
			return s.Ask(ctx, in.Body)
		})
	registerList(a, operation("listCorrections", http.MethodGet, "/corrections", "record:review", "Requests for a correction from people in your scope, newest first"),
		func(ctx context.Context, in *struct {
			Cursor string `query:"cursor"`
			Limit  int    `query:"limit" minimum:"0" maximum:"200"`
		}) ([]record.Correction, string, error) {
			return s.Corrections(ctx, in.Cursor, in.Limit)
		})
	registerChange(a, operation("answerCorrection", http.MethodPost, "/corrections/{id}/answer", "record:review", "Answer a request for a correction"),
		func(ctx context.Context, id uuid.UUID, version int, body record.Answering) (record.Correction, error) {
			return s.Answer(ctx, id, version, body)
		})
	registerHolds(a, s)
}

func registerHolds(a huma.API, s *record.Service) {
	registerList(a, operation("listHolds", http.MethodGet, "/people/{id}/holds", "hold:read", "Legal holds on a person's record, newest first"),
		func(ctx context.Context, in *ByID) ([]record.Hold, string, error) {
			list, err := s.Holds(ctx, in.ID)
			return list, "", err
		})
	registerList(a, operation("placeHold", http.MethodPost, "/people/{id}/holds", "hold:create", "Keep a person's record from being forgotten"),
		func(ctx context.Context, in *struct {
			ByID
			Body struct {
				Reason string `json:"reason" maxLength:"1000"`
			}
		}) ([]record.Hold, string, error) {
			list, err := s.Place(ctx, in.ID, in.Body.Reason)
			return list, "", err
		})
	registerEmpty(a, operation("liftHold", http.MethodDelete, "/holds/{id}", "hold:delete", "Lift a legal hold"),
		func(ctx context.Context, in *ByID) error { return s.Lift(ctx, in.ID) })
}
