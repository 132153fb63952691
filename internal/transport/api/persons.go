package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"github.com/rung-hr/rung/internal/domain/people"
)

func registerPeopleFile(a huma.API, s *people.Service) {
	op := operation("exportPeople", http.MethodGet, "/people.csv", "person:read", "The directory as a file for spreadsheets, narrowed like the list")
	op.Responses = map[string]*huma.Response{"200": {
		Description: "CSV as in RFC 4180, UTF-8, the first line has the column names",
		Content:     map[string]*huma.MediaType{"text/csv": {Schema: &huma.Schema{Type: huma.TypeString}}},
	}}
	huma.Register(a, op, func(ctx context.Context, in *struct {
		Prefix   string    `query:"q" maxLength:"100" doc:"start of the name"`
		Level    string    `query:"level" maxLength:"16"`
		Location string    `query:"location" maxLength:"64"`
		Unit     uuid.UUID `query:"unit" format:"uuid"`
	}) (*huma.StreamResponse, error) {
		file, err := s.CSV(ctx, people.Filter{Prefix: in.Prefix, Level: in.Level, Location: in.Location, Unit: in.Unit})
		if err != nil {
			return nil, toProblem(ctx, err)
		}
		return &huma.StreamResponse{Body: func(hc huma.Context) {
			hc.SetHeader("Content-Type", "text/csv; charset=utf-8")
			hc.SetHeader("Content-Disposition", `attachment; filename="`+file.Name+`"`)
			writeOrNote(ctx, hc.BodyWriter(), file.WriteTo)
		}}, nil
	})
	registerList(a, operation("listUnits", http.MethodGet, "/units", "person:read", "The tree of units as a flat list, with headcounts"),
		func(ctx context.Context, _ *struct{}) ([]people.UnitNode, string, error) {
			list, err := s.Units(ctx)
			return list, "", err
		})
}

func registerDesignations(a huma.API, s *people.Service) {
	registerList(a, operation("listDesignations", http.MethodGet, "/people/{id}/designations", "person:read", "A person's designations, newest first"),
		func(ctx context.Context, in *ByID) ([]people.Designation, string, error) {
			list, err := s.Designations(ctx, in.ID)
			return list, "", err
		})
	registerList(a, operation("addDesignation", http.MethodPost, "/people/{id}/designations", "person:update", "Add a designation to a person"),
		func(ctx context.Context, in *struct {
			ByID
			Body people.NewDesignation
		}) ([]people.Designation, string, error) {
			list, err := s.Designate(ctx, in.ID, in.Body)
			return list, "", err
		})
	registerEmpty(a, operation("endDesignation", http.MethodDelete, "/designations/{id}", "person:update", "End a current designation"),
		func(ctx context.Context, in *ByID) error { return s.EndDesignation(ctx, in.ID) })
}

func registerHandovers(a huma.API, s *people.Service) {
	register(a, operation("getHandover", http.MethodGet, "/people/{id}/handover", "handover:read", "What a new manager takes over with a person"),
		func(ctx context.Context, in *ByID) (people.Handover, error) { return s.Handover(ctx, in.ID) })
	registerEmpty(a, operation("takeOver", http.MethodPost, "/people/{id}/handover/taken", "handover:update", "Record that the new manager has taken over"),
		func(ctx context.Context, in *ByID) error { return s.TakeOver(ctx, in.ID) })
}
