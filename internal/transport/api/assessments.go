package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"github.com/rung-hr/rung/internal/domain/assessment"
)

func registerAssessments(a huma.API, s *assessment.Service) {
	registerList(a, operation("listAssessments", http.MethodGet, "/assessments", "assessment:read", "Assessments about a person that you may read, newest first"),
		func(ctx context.Context, in *struct {
			Person uuid.UUID `query:"person" format:"uuid" required:"true"`
		}) ([]assessment.Summary, string, error) {
			list, err := s.List(ctx, in.Person)
			return list, "", err
		})
	register(a, operation("startAssessment", http.MethodPost, "/assessments", "assessment:create", "Start or find your assessment of a person in the current cycle"),
		func(ctx context.Context, in *struct{ Body assessment.Start }) (assessment.Assessment, error) {
			return s.Start(ctx, in.Body)
		})
	register(a, operation("getAssessment", http.MethodGet, "/assessments/{id}", "assessment:read", "An assessment with its ratings"),
		func(ctx context.Context, in *ByID) (assessment.Assessment, error) { return s.Get(ctx, in.ID) })
	register(a, operation("rateCompetency", http.MethodPut, "/assessments/{id}/items/{competency}", "assessment:update", "Save the rating of one competency"),
		func(ctx context.Context, in *struct {
			ByID
			Precondition
			Competency string `path:"competency" maxLength:"64"`
			Body       assessment.Rating
		}) (assessment.Item, error) {
			version, err := in.version()
			if err != nil {
				return assessment.Item{}, err
			}
			return s.Rate(ctx, in.ID, in.Competency, version, in.Body)
		})
	registerChange(a, operation("retargetAssessment", http.MethodPut, "/assessments/{id}/target", "assessment:update", "Choose the level to assess against"),
		func(ctx context.Context, id uuid.UUID, version int, body struct {
			Level string `json:"level" maxLength:"64" example:"IC5"`
		}) (assessment.Assessment, error) {
			return s.Retarget(ctx, id, version, body.Level)
		})
	registerChange(a, operation("placeAssessment", http.MethodPut, "/assessments/{id}/modifier", "assessment:update", "Say where in the target level a person is"),
		func(ctx context.Context, id uuid.UUID, version int, body struct {
			Modifier string `json:"modifier" maxLength:"64" example:"approaching" doc:"key of a modifier of the level; empty to remove it"`
		}) (assessment.Assessment, error) {
			return s.Place(ctx, id, version, body.Modifier)
		})
	registerStep(a, operation("moveAssessment", http.MethodPost, "/assessments/{id}/version", "assessment:update", "Move a draft to the version of its ladder that is in force"),
		func(ctx context.Context, id uuid.UUID, version int) (assessment.Assessment, error) {
			return s.Move(ctx, id, version)
		})
	registerStep(a, operation("submitAssessment", http.MethodPost, "/assessments/{id}/submission", "assessment:update", "Submit your assessment"),
		func(ctx context.Context, id uuid.UUID, version int) (assessment.Assessment, error) {
			return s.Submit(ctx, id, version)
		})
	register(a, operation("recallAssessment", http.MethodDelete, "/assessments/{id}/submission", "assessment:update", "Recall your assessment before the other side is in"),
		func(ctx context.Context, in *ByID) (assessment.Assessment, error) { return s.Recall(ctx, in.ID) })
	register(a, operation("compareAssessments", http.MethodGet, "/assessments/{id}/comparison", "assessment:read", "Both assessments side by side, largest difference first"),
		func(ctx context.Context, in *ByID) (assessment.SideBySide, error) { return s.Compare(ctx, in.ID) })
	register(a, operation("getCurrentCycle", http.MethodGet, "/cycles/current", "cycle:read", "The current assessment cycle"),
		func(ctx context.Context, _ *struct{}) (assessment.Cycle, error) { return s.CurrentCycle(ctx) })
}
