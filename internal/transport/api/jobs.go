package api

import (
	"context"
	"io"
	"mime"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"github.com/rung-hr/rung/internal/platform/jobs"
)

// jobID names a job.
type jobID struct {
	ID uuid.UUID `path:"id" format:"uuid"`
}

func registerJobs(a huma.API, q *jobs.Queue) {
	registerList(a, operation("listJobs", http.MethodGet, "/jobs", "job:read", "Your jobs, newest first; without reports"),
		func(ctx context.Context, in *struct {
			Kind   string `query:"kind" maxLength:"64"`
			Cursor string `query:"cursor" maxLength:"400"`
			Limit  int    `query:"limit" minimum:"1" maximum:"200"`
		}) ([]jobs.View, string, error) {
			return q.List(ctx, jobs.Filter{Kind: in.Kind, Cursor: in.Cursor, Limit: in.Limit})
		})
	register(a, operation("getJob", http.MethodGet, "/jobs/{id}", "job:read", "How far a job of yours is, and its outcome"),
		func(ctx context.Context, in *jobID) (jobs.View, error) { return q.Get(ctx, in.ID) })
	register(a, operation("cancelJob", http.MethodDelete, "/jobs/{id}", "job:delete", "Cancel a job of yours; nothing of it is applied"),
		func(ctx context.Context, in *jobID) (jobs.View, error) { return q.Cancel(ctx, in.ID) })
	op := operation("getJobResult", http.MethodGet, "/jobs/{id}/result", "job:read", "The file that a job of yours made")
	op.Responses = map[string]*huma.Response{"200": {
		Description: "the file", Content: map[string]*huma.MediaType{"application/octet-stream": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}},
	}}
	huma.Register(a, op, func(ctx context.Context, in *jobID) (*huma.StreamResponse, error) {
		file, content, err := q.Result(ctx, in.ID)
		if err != nil {
			return nil, toProblem(ctx, err)
		}
		return &huma.StreamResponse{Body: func(hc huma.Context) {
			defer func() { _ = content.Close() }()
			hc.SetHeader("Content-Type", file.MediaType)
			hc.SetHeader("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": file.Name}))
			writeOrNote(ctx, hc.BodyWriter(), func(w io.Writer) (int64, error) { return io.Copy(w, content) })
		}}, nil
	})
}
