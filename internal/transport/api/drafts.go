package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/domain/ladder/grid"
	"github.com/rung-hr/rung/internal/domain/ladder/library"
)

func registerDrafts(a huma.API, s *library.Service) {
	tables := grid.NewService(s)
	registerList(a, operation("listDrafts", http.MethodGet, "/ladder-drafts", "proposal:read", "Drafts of ladders; most people see those in review"),
		func(ctx context.Context, _ *struct{}) ([]library.DraftBrief, string, error) {
			list, err := s.Drafts(ctx)
			return list, "", err
		})
	register(a, takes(operation("startDraft", http.MethodPost, "/ladder-drafts", "draft:create", "Start the next version of a ladder, or a new ladder"), ladderBody),
		func(ctx context.Context, in *struct{ Body library.Starting }) (library.Draft, error) {
			return s.StartDraft(ctx, in.Body)
		})
	register(a, takes(operation("convertTable", http.MethodPost, "/ladder-drafts/conversion", "draft:create", "Preview what a table or a page in CSV, XLSX, Markdown or HTML would become; nothing is kept"), ladderBody),
		func(ctx context.Context, in *struct{ Body grid.Conversion }) (grid.Converted, error) {
			return tables.Convert(ctx, in.Body)
		})
	register(a, operation("getDraft", http.MethodGet, "/ladder-drafts/{id}", "proposal:read", "A draft with its problems and its comments"),
		func(ctx context.Context, in *ByID) (library.Draft, error) { return s.Draft(ctx, in.ID) })
	registerChange(a, takes(operation("saveDraft", http.MethodPut, "/ladder-drafts/{id}/source", "draft:update", "Save the file of a draft as it is typed, even with errors"), ladderBody),
		func(ctx context.Context, id uuid.UUID, version int, body struct {
			Source string `json:"source" maxLength:"4194304"`
		}) (library.Draft, error) {
			return s.SaveDraft(ctx, id, version, body.Source)
		})
	register(a, operation("editCell", http.MethodPut, "/ladder-drafts/{id}/cells/{competency}/{anchor}", "draft:update", "Rewrite one cell of a draft"),
		func(ctx context.Context, in *struct {
			ByID
			Precondition
			Competency string `path:"competency" maxLength:"64"`
			Anchor     string `path:"anchor" maxLength:"64" doc:"a level, or a point of the scale"`
			Archetype  string `query:"archetype" maxLength:"64" doc:"to write what only this archetype does there"`
			Body       ladder.CellEdit
		}) (library.Draft, error) {
			version, err := in.version()
			if err != nil {
				return library.Draft{}, err
			}
			at := ladder.CellPlace{Competency: in.Competency, Anchor: in.Anchor, Archetype: in.Archetype}
			return s.EditCell(ctx, in.ID, version, at, in.Body)
		})
	registerChange(a, takes(operation("editOutline", http.MethodPut, "/ladder-drafts/{id}/outline", "draft:update", "Change everything but the sentences of a draft; fields that are left out keep their value"), ladderBody),
		func(ctx context.Context, id uuid.UUID, version int, body ladder.Outline) (library.Draft, error) {
			return s.EditOutline(ctx, id, version, body)
		})
	registerEmpty(a, operation("discardDraft", http.MethodDelete, "/ladder-drafts/{id}", "draft:delete", "Discard a draft; its text is kept"),
		func(ctx context.Context, in *struct {
			ByID
			Precondition
		}) error {
			version, err := in.version()
			if err != nil {
				return err
			}
			return s.DiscardDraft(ctx, in.ID, version)
		})
	registerReview(a, s)
}

func registerReview(a huma.API, s *library.Service) {
	register(a, operation("getDraftChanges", http.MethodGet, "/ladder-drafts/{id}/changes", "proposal:read", "What a draft changes, for whom, and the version number it asks for"),
		func(ctx context.Context, in *ByID) (library.DraftChanges, error) { return s.Changes(ctx, in.ID) })
	registerChange(a, operation("sayMoves", http.MethodPut, "/ladder-drafts/{id}/moves", "draft:update", "Decide what became of sentences"),
		func(ctx context.Context, id uuid.UUID, version int, body library.SaidMoves) (library.Draft, error) {
			return s.SayMoves(ctx, id, version, body)
		})
	registerStep(a, operation("askReview", http.MethodPost, "/ladder-drafts/{id}/review", "draft:update", "Ask everybody to read a draft and a second person to approve it"),
		func(ctx context.Context, id uuid.UUID, version int) (library.Draft, error) {
			return s.AskReview(ctx, id, version)
		})
	registerStep(a, operation("returnDraft", http.MethodDelete, "/ladder-drafts/{id}/review", "draft:update", "Take a draft back from review"),
		func(ctx context.Context, id uuid.UUID, version int) (library.Draft, error) {
			return s.ReturnDraft(ctx, id, version)
		})
	registerChange(a, operation("approveDraft", http.MethodPost, "/ladder-drafts/{id}/approval", "draft:approve", "Approve and publish a draft that somebody else wrote"),
		func(ctx context.Context, id uuid.UUID, version int, body library.Approving) (library.Brief, error) {
			return s.ApproveDraft(ctx, id, version, body)
		})
	register(a, operation("commentDraft", http.MethodPost, "/ladder-drafts/{id}/comments", "proposal:create", "Comment on a draft in review"),
		func(ctx context.Context, in *struct {
			ByID
			Body library.Saying
		}) (library.Draft, error) {
			return s.CommentDraft(ctx, in.ID, in.Body)
		})
	register(a, operation("resolveComment", http.MethodPost, "/ladder-drafts/{id}/comments/{comment}/resolution", "draft:update", "Resolve a comment"),
		func(ctx context.Context, in *struct {
			ByID
			Comment uuid.UUID `path:"comment"`
		}) (library.Draft, error) {
			return s.ResolveComment(ctx, in.ID, in.Comment)
		})
}
