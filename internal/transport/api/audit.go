package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/telemetry"
	"github.com/rung-hr/rung/internal/trust/audit"
	"github.com/rung-hr/rung/internal/trust/audit/reading"
)

func registerAudit(a huma.API, s *reading.Service) {
	registerList(a, operation("listAuditEvents", http.MethodGet, "/audit/events", "audit:read", "What happened, newest first; who read what is shown only in an allowed evaluation"),
		func(ctx context.Context, in *struct {
			Action     string    `query:"action" maxLength:"64"`
			Person     uuid.UUID `query:"person" format:"uuid" doc:"who acted, or whose data it is"`
			From       string    `query:"from" format:"date"`
			To         string    `query:"to" format:"date"`
			Evaluation uuid.UUID `query:"evaluation" format:"uuid" doc:"an allowed evaluation that you asked for"`
			Cursor     string    `query:"cursor"`
			Limit      int       `query:"limit" minimum:"0" maximum:"200"`
		}) ([]reading.Event, string, error) {
			return s.List(ctx, reading.Filter{
				Action: in.Action, Person: in.Person, From: clock.Date(in.From), To: clock.Date(in.To),
				Evaluation: in.Evaluation, Cursor: in.Cursor, Limit: in.Limit,
			})
		})
	register(a, operation("verifyAudit", http.MethodPost, "/audit/verification", "audit:read", "Check that nothing in the trail was changed, removed or reordered"),
		func(ctx context.Context, in *struct {
			Body struct {
				Checkpoint string `json:"checkpoint,omitempty" maxLength:"2000" doc:"a checkpoint that was kept elsewhere"`
			}
		}) (audit.Verdict, error) {
			return s.Verify(ctx, in.Body.Checkpoint)
		})
	registerAuditExport(a, s)
	registerEvaluations(a, s)
	registerList(a, operation("listMyReaders", http.MethodGet, "/me/readers", "record:read", "Who opened your record, newest first"),
		func(ctx context.Context, in *struct {
			Cursor string `query:"cursor"`
			Limit  int    `query:"limit" minimum:"0" maximum:"200"`
		}) ([]reading.Reading, string, error) {
			return s.MyReaders(ctx, in.Cursor, in.Limit)
		})
}

func registerAuditExport(a huma.API, s *reading.Service) {
	op := operation("exportAudit", http.MethodGet, "/audit/export", "audit:export", "The sealed trail as JSON lines, for rung audit verify")
	op.Responses = map[string]*huma.Response{"200": {Description: "JSON lines", Content: map[string]*huma.MediaType{"application/x-ndjson": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}}}}
	huma.Register(a, op, func(ctx context.Context, _ *struct{}) (*huma.StreamResponse, error) {
		write, err := s.Export(ctx)
		if err != nil {
			return nil, toProblem(ctx, err)
		}
		return &huma.StreamResponse{Body: func(hc huma.Context) {
			hc.SetHeader("Content-Type", "application/x-ndjson")
			hc.SetHeader("Content-Disposition", `attachment; filename="rung-audit.ndjson"`)
			if err := write(hc.BodyWriter()); err != nil {
				telemetry.Note(ctx, err)
			}
		}}, nil
	})
}

func registerEvaluations(a huma.API, s *reading.Service) {
	registerList(a, operation("listEvaluations", http.MethodGet, "/audit/evaluations", "evaluation:read", "Who asked to see who read what, newest first"),
		func(ctx context.Context, in *struct {
			Cursor string `query:"cursor"`
			Limit  int    `query:"limit" minimum:"0" maximum:"200"`
		}) ([]reading.Evaluation, string, error) {
			return s.Evaluations(ctx, in.Cursor, in.Limit)
		})
	register(a, operation("askEvaluation", http.MethodPost, "/audit/evaluations", "evaluation:create", "Ask to see who read what; another person decides"),
		func(ctx context.Context, in *struct{ Body reading.Purpose }) (reading.Evaluation, error) {
			return s.Ask(ctx, in.Body)
		})
	registerChange(a, operation("decideEvaluation", http.MethodPost, "/audit/evaluations/{id}/decision", "evaluation:approve", "Allow an evaluation for a day, or refuse it"),
		func(ctx context.Context, id uuid.UUID, version int, body struct {
			Allow bool `json:"allow"`
		}) (reading.Evaluation, error) {
			return s.Decide(ctx, id, version, body.Allow)
		})
}
