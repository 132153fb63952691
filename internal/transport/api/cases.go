package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"github.com/rung-hr/rung/internal/domain/promotion"
)

func registerCases(a huma.API, s *promotion.Service) {
	registerList(a, operation("listCases", http.MethodGet, "/cases", "case:read", "Promotion cases that you may see; those that wait for you come first"),
		func(ctx context.Context, in *struct {
			Scope  string `query:"scope" enum:"mine,managed,all" doc:"left out: all that you may see"`
			State  string `query:"state" maxLength:"32"`
			Cursor string `query:"cursor"`
			Limit  int    `query:"limit" minimum:"0" maximum:"200"`
		}) ([]promotion.Row, string, error) {
			return s.List(ctx, promotion.Filter{Scope: in.Scope, State: in.State, Cursor: in.Cursor, Limit: in.Limit})
		})
	register(a, operation("openCase", http.MethodPost, "/cases", "case:create", "Open a promotion case"),
		func(ctx context.Context, in *struct{ Body promotion.Opening }) (promotion.Case, error) {
			return s.Open(ctx, in.Body)
		})
	register(a, operation("getCase", http.MethodGet, "/cases/{id}", "case:read", "A promotion case, with what you may see of it"),
		func(ctx context.Context, in *ByID) (promotion.Case, error) { return s.Get(ctx, in.ID) })
	registerChange(a, operation("moveCase", http.MethodPost, "/cases/{id}/transitions", "packet:update case:review case:withdraw case:open_vote case:communicate", "Take a step of the case; each step needs its own right"),
		func(ctx context.Context, id uuid.UUID, version int, body promotion.Moving) (promotion.Case, error) {
			return s.Move(ctx, id, version, body)
		})
	registerPacket(a, s)
	registerPanel(a, s)
}

func registerPacket(a huma.API, s *promotion.Service) {
	register(a, operation("writeSection", http.MethodPut, "/cases/{id}/sections/{key}", "packet:update", "Save one section of the packet"),
		func(ctx context.Context, in *struct {
			ByID
			Precondition
			Key  string `path:"key" maxLength:"100"`
			Body promotion.Writing
		}) (promotion.Section, error) {
			version, err := in.version()
			if err != nil {
				return promotion.Section{}, err
			}
			return s.Write(ctx, in.ID, in.Key, version, in.Body)
		})
	register(a, operation("addProject", http.MethodPost, "/cases/{id}/projects", "packet:update", "Add a project to the packet"),
		func(ctx context.Context, in *ByID) (promotion.Section, error) { return s.AddProject(ctx, in.ID) })
	registerEmpty(a, operation("removeProject", http.MethodDelete, "/cases/{id}/sections/{key}", "packet:update", "Remove a project from the packet"),
		func(ctx context.Context, in *struct {
			ByID
			Key string `path:"key" maxLength:"100"`
		}) error {
			return s.RemoveProject(ctx, in.ID, in.Key)
		})
	registerChange(a, operation("writeStatement", http.MethodPut, "/cases/{id}/statement", "statement:update", "Save the manager's statement"),
		func(ctx context.Context, id uuid.UUID, version int, body promotion.Stating) (promotion.Statement, error) {
			return s.State(ctx, id, version, body)
		})
	register(a, operation("requestChange", http.MethodPost, "/cases/{id}/requests", "case:review", "Ask the candidate for a change"),
		func(ctx context.Context, in *struct {
			ByID
			Body promotion.Asking
		}) (promotion.Case, error) {
			return s.Ask(ctx, in.ID, in.Body)
		})
	register(a, operation("answerRequest", http.MethodPost, "/cases/{id}/requests/{request}/done", "packet:update", "Mark a request as done"),
		func(ctx context.Context, in *struct {
			ByID
			Request uuid.UUID `path:"request" format:"uuid"`
		}) (promotion.Case, error) {
			return s.Answer(ctx, in.ID, in.Request)
		})
}

func registerPanel(a huma.API, s *promotion.Service) {
	registerList(a, operation("listSeats", http.MethodGet, "/cases/{id}/seats", "seat:read", "The panel of a case"),
		func(ctx context.Context, in *ByID) ([]promotion.PanelMember, string, error) {
			list, err := s.Seats(ctx, in.ID)
			return list, "", err
		})
	registerList(a, operation("seatPanel", http.MethodPut, "/cases/{id}/seats", "seat:update", "Seat five people on the panel"),
		func(ctx context.Context, in *struct {
			ByID
			Body promotion.Seating
		}) ([]promotion.PanelMember, string, error) {
			list, err := s.Seat(ctx, in.ID, in.Body)
			return list, "", err
		})
	registerList(a, operation("listSeatCandidates", http.MethodGet, "/cases/{id}/seats/candidates", "seat:update", "Who could sit on the panel, and why others cannot"),
		func(ctx context.Context, in *struct {
			ByID
			Prefix string `query:"q" maxLength:"100" doc:"start of the name"`
		}) ([]promotion.Eligible, string, error) {
			list, err := s.Candidates(ctx, in.ID, in.Prefix)
			return list, "", err
		})
	register(a, operation("signDecision", http.MethodPost, "/cases/{id}/decision", "case:decide", "Sign the decision record"),
		func(ctx context.Context, in *struct {
			ByID
			Body promotion.Deciding
		}) (promotion.Decision, error) {
			return s.Decide(ctx, in.ID, in.Body)
		})
	register(a, operation("getDecision", http.MethodGet, "/cases/{id}/decision", "decision:read", "The signed decision"),
		func(ctx context.Context, in *ByID) (promotion.Decision, error) { return s.Decision(ctx, in.ID) })
}

func registerBallots(a huma.API, s *promotion.Service) {
	registerList(a, operation("listPanelCases", http.MethodGet, "/panel/cases", "ballot:read", "Cases whose panel you sit on"),
		func(ctx context.Context, _ *struct{}) ([]promotion.Booth, string, error) {
			list, err := s.Booths(ctx)
			return list, "", err
		})
	register(a, operation("getBallot", http.MethodGet, "/cases/{id}/ballot", "ballot:read", "Your own ballot"),
		func(ctx context.Context, in *ByID) (promotion.Ballot, error) { return s.Ballot(ctx, in.ID) })
	registerChange(a, operation("markBallot", http.MethodPut, "/cases/{id}/ballot", "ballot:update", "Save your ballot without sealing it"),
		func(ctx context.Context, id uuid.UUID, version int, body promotion.Marking) (promotion.Ballot, error) {
			return s.Mark(ctx, id, version, body)
		})
	registerStep(a, operation("sealBallot", http.MethodPost, "/cases/{id}/ballot/seal", "ballot:update", "Seal your ballot"),
		func(ctx context.Context, id uuid.UUID, version int) (promotion.Ballot, error) {
			return s.Seal(ctx, id, version)
		})
	registerEmpty(a, operation("recuse", http.MethodPost, "/cases/{id}/recusal", "ballot:recuse", "Leave the panel because of a conflict"),
		func(ctx context.Context, in *struct {
			ByID
			Body promotion.Recusing
		}) error {
			return s.Recuse(ctx, in.ID, in.Body)
		})
	register(a, operation("getTally", http.MethodGet, "/cases/{id}/tally", "tally:read", "The count, after the close"),
		func(ctx context.Context, in *ByID) (promotion.Tally, error) { return s.Tally(ctx, in.ID) })
}
