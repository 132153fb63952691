package imports

import (
	"context"
	"errors"
	"io"

	"github.com/rung-hr/rung/internal/platform/jobs"
	"github.com/rung-hr/rung/internal/platform/sheet"
	"github.com/rung-hr/rung/internal/trust/access"
)

// Preview is how a file would be read, before anything happens with it.
type Preview struct {
	File       jobs.File        `json:"file"`
	Format     sheet.Format     `json:"format"`
	Columns    []Column         `json:"columns"`
	Fields     []Field          `json:"fields" doc:"the fields that a column can have"`
	Presets    []sheet.Preset   `json:"presets" doc:"products whose exports are known, limited to the columns of this file"`
	Remembered bool             `json:"remembered" doc:"the columns are those that somebody chose for a file with the same header line"`
	Problems   []sheet.RowIssue `json:"problems" doc:"what is missing in the header line"`
}

// Column is a column of the file.
type Column struct {
	Header  string   `json:"header"`
	Field   string   `json:"field" doc:"the field that it has; empty when it is not used"`
	Samples []string `json:"samples" doc:"at most five values"`
}

// Field is something that a file can contain.
type Field struct {
	Key      string `json:"key"`
	Name     string `json:"name"`
	Required bool   `json:"required"`
}

const samples = 5

// Upload is a file that is being uploaded.
type Upload struct {
	Name  string
	Sheet string // of a workbook; "" for the first visible one
	Body  io.Reader
}

// Preview keeps an uploaded file of people for 24 hours and returns how it would
// be read. HR partners may, for the whole company. It returns an Invalid fault
// for a file that is not a table, which is not kept, an Invalid fault with code
// too_large for more than MaxBytes, and a Forbidden fault to everybody else.
func (s *Service) Preview(ctx context.Context, u Upload) (Preview, error) {
	if err := s.Access.Require(ctx, access.People, access.Import); err != nil {
		return Preview{}, err
	}
	file, err := s.queue.Upload(ctx, u.Name, "application/octet-stream", u.Body, MaxBytes)
	if err != nil {
		return Preview{}, err
	}
	out, err := s.look(ctx, file, u.Sheet)
	if err != nil {
		return Preview{}, errors.Join(err, s.queue.Forget(ctx, file.ID))
	}
	return out, nil
}

func (s *Service) look(ctx context.Context, file jobs.File, sheetName string) (Preview, error) {
	order := Order{FileID: file.ID, Sheet: sheetName}
	headers, err := s.headers(ctx, order)
	if err != nil {
		return Preview{}, err
	}
	if order.Columns, err = s.recall(ctx, headers); err != nil {
		return Preview{}, err
	}
	_, in, err := s.queue.Open(ctx, file.ID)
	if err != nil {
		return Preview{}, err
	}
	defer func() { _ = in.Close() }()
	reader, err := sheet.Open(in, file.Name, order.spec())
	if err != nil {
		return Preview{}, sheet.Refused(err)
	}
	defer func() { _ = reader.Close() }()
	out := Preview{
		File: file, Format: reader.Format(), Columns: []Column{}, Fields: fields(), Presets: presets(headers),
		Remembered: order.Columns != nil, Problems: []sheet.RowIssue{},
	}
	values := reader.Sample(samples)
	for i, c := range reader.Columns() {
		out.Columns = append(out.Columns, Column{Header: c.Header, Field: c.Key, Samples: values[i]})
	}
	for _, i := range reader.Issues() {
		out.Problems = append(out.Problems, sheet.RowIssue{Line: i.Line, Column: i.Column, Field: i.Header, Message: i.Message, Fix: i.Fix})
	}
	return out, nil
}

func fields() []Field {
	out := []Field{}
	for _, f := range sheet.People.Fields {
		out = append(out, Field{Key: f.Key, Name: f.Name, Required: f.Required})
	}
	return out
}

func presets(headers []string) []sheet.Preset {
	out := []sheet.Preset{}
	for _, p := range sheet.Presets {
		out = append(out, sheet.Preset{Key: p.Key, Name: p.Name, Columns: p.For(headers)})
	}
	return out
}
