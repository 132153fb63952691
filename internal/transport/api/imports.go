package api

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"path"

	"github.com/danielgtaylor/huma/v2"

	"github.com/rung-hr/rung/internal/domain/compensation"
	"github.com/rung-hr/rung/internal/domain/imports"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/jobs"
	"github.com/rung-hr/rung/internal/platform/sheet"
	"github.com/rung-hr/rung/internal/platform/text"
)

// Upload is a file as the body of a request. It is read as it arrives, not kept
// in memory as a whole.
type Upload struct {
	DryRun   bool   `query:"dryRun" doc:"report what would happen, and change nothing"`
	FileName string `header:"X-File-Name" maxLength:"400" doc:"name of the file, percent-encoded; it appears in messages"`
	body     io.Reader
}

// Resolve implements huma.Resolver: it takes the body of the request.
func (u *Upload) Resolve(hc huma.Context) []error {
	u.body = hc.BodyReader()
	if flaw := text.Flaw(u.name()); flaw != "" {
		return []error{&huma.ErrorDetail{Location: "header.X-File-Name", Message: flaw + "; " + text.Fix}}
	}
	return nil
}

func (u *Upload) name() string {
	name, err := url.PathUnescape(u.FileName)
	if err != nil || name == "" {
		return "file.csv"
	}
	return path.Base(name)
}

func importOperation(id, at, permission, summary string) huma.Operation {
	op := takes(operation(id, http.MethodPost, at, permission, summary), fileBody)
	file := &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}
	op.RequestBody = &huma.RequestBody{
		Required: true, Description: "a CSV file in any usual encoding, or an .xlsx workbook",
		Content: map[string]*huma.MediaType{"text/csv": file, "application/octet-stream": file},
	}
	return op
}

func registerImports(a huma.API, i *imports.Service, c *compensation.Service) {
	register(a, importOperation("previewPeopleImport", "/people/imports/preview", "person:import", "Upload a file of people and see how it would be read; it is kept for 24 hours"),
		func(ctx context.Context, in *struct {
			Upload
			Sheet string `query:"sheet" maxLength:"100" doc:"sheet of a workbook; left out: the first visible one"`
		}) (imports.Preview, error) {
			return i.Preview(ctx, imports.Upload{Name: in.name(), Sheet: in.Sheet, Body: in.body})
		})
	start := operation("importPeople", http.MethodPost, "/people/imports", "person:import", "Start a job that checks or applies an uploaded file of people, all or nothing")
	start.DefaultStatus = http.StatusAccepted
	register(a, start, func(ctx context.Context, in *struct{ Body imports.Order }) (jobs.View, error) {
		return i.Start(ctx, in.Body)
	})
	register(a, importOperation("importBands", "/bands/imports", "band:import", "Import a band set from a CSV file or a workbook, all or nothing"),
		func(ctx context.Context, in *struct {
			Upload
			Name      string `query:"name" maxLength:"200" doc:"name of the set; left out: the name of the file"`
			ValidFrom string `query:"validFrom" format:"date" doc:"first day of the set; left out: the first day in the file, else today"`
		}) (*sheet.ImportReport, error) {
			return c.ImportBands(ctx, in.name(), in.body, in.Name, clock.Date(in.ValidFrom), in.DryRun)
		})
	register(a, importOperation("importPay", "/pay/imports", "pay:import", "Import pay from a CSV file or a workbook, all or nothing"),
		func(ctx context.Context, in *Upload) (*sheet.ImportReport, error) {
			return c.ImportPay(ctx, in.name(), in.body, in.DryRun)
		})
}
