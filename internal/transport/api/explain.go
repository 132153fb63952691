package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/explain"
	"github.com/rung-hr/rung/internal/trust/process"
)

func registerExplain(a huma.API, s *explain.Service) {
	register(a, operation("explainAccess", http.MethodGet, "/explain", "explanation:read", "May a person do something to a thing, and why"),
		func(ctx context.Context, in *struct {
			Person   uuid.UUID `query:"person" format:"uuid" doc:"left out: yourself"`
			Resource string    `query:"resource" required:"true" maxLength:"32" doc:"person, record, pay, technology, evidence, assessment, case, packet, statement, seat, ballot, tally or decision"`
			ID       uuid.UUID `query:"id" required:"true" format:"uuid" doc:"of the thing; of the case for its parts; of the person for what is about one"`
			Action   string    `query:"action" default:"read" maxLength:"32"`
		}) (explain.Answer, error) {
			return s.May(ctx, explain.Question{Person: in.Person, Resource: access.Resource(in.Resource), ID: in.ID, Action: access.Action(in.Action)})
		})
	register(a, operation("listReaders", http.MethodGet, "/explain/readers", "explanation:read", "Who can read a thing now and at its next state, and why"),
		func(ctx context.Context, in *struct {
			Resource string    `query:"resource" required:"true" maxLength:"32"`
			ID       uuid.UUID `query:"id" format:"uuid" doc:"of the thing; without one it is the reader's own, or what is the same for everybody"`
		}) (process.Audience, error) {
			return s.Readers(ctx, access.Resource(in.Resource), in.ID)
		})
}
