package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"github.com/rung-hr/rung/internal/domain/people"
)

func registerPeople(a huma.API, s *people.Service) {
	registerList(a, operation("listPeople", http.MethodGet, "/people", "person:read", "The directory, by name; by pay for those who may read pay"),
		func(ctx context.Context, in *struct {
			Prefix   string    `query:"q" maxLength:"100" doc:"start of the name"`
			Level    string    `query:"level" maxLength:"16"`
			Location string    `query:"location" maxLength:"64"`
			Unit     uuid.UUID `query:"unit" format:"uuid"`
			Sort     string    `query:"sort" enum:"name,pay" default:"name"`
			Cursor   string    `query:"cursor"`
			Limit    int       `query:"limit" minimum:"0" maximum:"200"`
		}) ([]people.Entry, string, error) {
			return s.List(ctx, people.Filter{
				Prefix: in.Prefix, Level: in.Level, Location: in.Location, Unit: in.Unit, Sort: in.Sort, Cursor: in.Cursor, Limit: in.Limit,
			})
		})
	register(a, operation("getPeopleFacets", http.MethodGet, "/people/facets", "person:read", "Levels, locations and units that people have"),
		func(ctx context.Context, _ *struct{}) (people.Facets, error) { return s.Facets(ctx) })
	register(a, operation("getPerson", http.MethodGet, "/people/{id}", "person:read", "A person with the history of their employment"),
		func(ctx context.Context, in *ByID) (people.Profile, error) { return s.Get(ctx, in.ID) })
	registerChange(a, operation("changeFacts", http.MethodPost, "/people/{id}/changes", "person:update", "Change facts about a person from a date on"),
		func(ctx context.Context, id uuid.UUID, version int, body people.FactChange) (people.Profile, error) {
			return s.ChangeFacts(ctx, id, version, body)
		})
	registerList(a, operation("listReports", http.MethodGet, "/people/{id}/reports", "person:read", "Who reports to a person, with the numbers below each"),
		func(ctx context.Context, in *struct {
			ByID
			Cursor string `query:"cursor"`
			Limit  int    `query:"limit" minimum:"0" maximum:"200"`
		}) ([]people.Node, string, error) {
			return s.Reports(ctx, in.ID, in.Cursor, in.Limit)
		})
	registerList(a, operation("getReportingLine", http.MethodGet, "/people/{id}/line", "person:read", "The managers from the top of the company down to a person"),
		func(ctx context.Context, in *ByID) ([]people.Node, string, error) {
			list, err := s.Line(ctx, in.ID)
			return list, "", err
		})
	registerList(a, operation("listOrg", http.MethodGet, "/org", "person:read", "One level of the org chart: the top, or the people below a person"),
		func(ctx context.Context, in *struct {
			Root   uuid.UUID `query:"root" format:"uuid"`
			Cursor string    `query:"cursor"`
			Limit  int       `query:"limit" minimum:"0" maximum:"200"`
		}) ([]people.Node, string, error) {
			return s.Reports(ctx, in.Root, in.Cursor, in.Limit)
		})
}
