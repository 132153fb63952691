package api

import (
	"context"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"github.com/rung-hr/rung/internal/domain/compensation"
	"github.com/rung-hr/rung/internal/platform/clock"
)

// BandFilter narrows a comparison of bands.
type BandFilter struct {
	AsOf     string    `query:"asOf" format:"date" doc:"left out: today"`
	Location string    `query:"location" maxLength:"64" doc:"a location, or * for all; left out: the one with the most people"`
	Track    string    `query:"track" maxLength:"64" doc:"code of a track, or its kind: ic or management"`
	Unit     uuid.UUID `query:"unit" format:"uuid"`
	View     string    `query:"view" enum:"people,buckets" doc:"with everybody's pay, or with counts per part of the band; left out: what you may see"`
}

func (f *BandFilter) filter() compensation.Filter {
	return compensation.Filter{AsOf: clock.Date(f.AsOf), Location: f.Location, Track: f.Track, Unit: f.Unit, View: f.View}
}

func registerCompensation(a huma.API, s *compensation.Service) {
	register(a, operation("getBandComparison", http.MethodGet, "/bands/comparison", "band:read", "What people are paid, next to the bands of a day"),
		func(ctx context.Context, in *BandFilter) (compensation.BandComparison, error) {
			return s.Comparison(ctx, in.filter())
		})
	register(a, operation("explainBand", http.MethodGet, "/bands/explain", "band:read", "How the figures of a band are calculated, with the numbers"),
		func(ctx context.Context, in *struct {
			Level    string `query:"level" required:"true" maxLength:"64"`
			Location string `query:"location" required:"true" maxLength:"64"`
			AsOf     string `query:"asOf" format:"date" doc:"left out: today"`
		}) (compensation.Explanation, error) {
			return s.Explain(ctx, in.Level, in.Location, clock.Date(in.AsOf))
		})
	register(a, operation("getMyBand", http.MethodGet, "/me/band", "pay:read", "Your own band, your pay and where it lies in the band"),
		func(ctx context.Context, _ *struct{}) (compensation.OwnBand, error) { return s.MyBand(ctx) })
	registerBandFile(a, s)
}

func registerBandFile(a huma.API, s *compensation.Service) {
	op := operation("exportBandComparison", http.MethodGet, "/bands/comparison.csv", "band:read", "The comparison as a file for spreadsheets; of all locations if none is given")
	op.Responses = map[string]*huma.Response{"200": {
		Description: "CSV as in RFC 4180, UTF-8, the first line has the column names",
		Content:     map[string]*huma.MediaType{"text/csv": {Schema: &huma.Schema{Type: huma.TypeString}}},
	}}
	huma.Register(a, op, func(ctx context.Context, in *BandFilter) (*huma.StreamResponse, error) {
		file, err := s.CSV(ctx, in.filter())
		if err != nil {
			return nil, toProblem(ctx, err)
		}
		return &huma.StreamResponse{Body: func(hc huma.Context) {
			hc.SetHeader("Content-Type", "text/csv; charset=utf-8")
			hc.SetHeader("Content-Disposition", `attachment; filename="`+file.Name+`"`)
			writeOrNote(ctx, hc.BodyWriter(), file.WriteTo)
		}}, nil
	})
}

// writeOrNote streams a body. When the reader is gone, only the log can be told.
func writeOrNote(ctx context.Context, w io.Writer, write func(io.Writer) (int64, error)) {
	if _, err := write(w); err != nil {
		_ = toProblem(ctx, err) //verify:ok it has gone to the log
	}
}
