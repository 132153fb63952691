package grid

import (
	"context"
	"errors"

	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/platform/fault"
)

// Ladders knows who may write ladders, and the newest version of each.
type Ladders interface {
	RequireWriter(ctx context.Context) error
	Newest(ctx context.Context, slug string) (*ladder.Document, error)
}

// Service is the dry run of an import: nothing is kept until a draft is started
// with its result.
type Service struct{ ladders Ladders }

// NewService returns the use case.
func NewService(l Ladders) *Service { return &Service{ladders: l} }

// Conversion is a file with tables or a page, and how to read it.
type Conversion struct {
	Upload
	More    []Upload `json:"more,omitempty" maxItems:"59" doc:"more files of the same ladder"`
	Slug    string   `json:"slug,omitempty" maxLength:"64" doc:"the ladder to make the next version of; sentences that are alike keep their uid"`
	Options Options  `json:"options,omitzero"`
	Mapping *Mapping `json:"mapping,omitempty" doc:"the mapping as corrected by a person; left out: Rung guesses"`
}

// Upload is one file.
type Upload struct {
	FileName string `json:"fileName" minLength:"1" maxLength:"400"`
	Content  []byte `json:"content" doc:"the file, base64"`
	Level    string `json:"level,omitempty" maxLength:"120" doc:"the level that the whole file is about; left out: Rung guesses"`
}

func (c Conversion) inputs() []Input {
	var out []Input
	for _, f := range append([]Upload{c.Upload}, c.More...) {
		out = append(out, Input{Name: f.FileName, Content: f.Content, Level: f.Level})
	}
	return out
}

// Converted is what a file would become.
type Converted struct {
	Summary Summary   `json:"summary"`
	Mapping Mapping   `json:"mapping"`
	Source  string    `json:"source" doc:"the ladder file; empty while there are problems"`
	Issues  []Problem `json:"issues" doc:"what prevents it from becoming a ladder, in the order of the file"`
	Levels  int       `json:"levels"`
	Rows    int       `json:"competencies"`
	Said    int       `json:"sentences"`
}

// Problem is one thing to fix in the file or in the mapping.
type Problem struct {
	File    string `json:"file,omitempty" doc:"if there are several"`
	Line    int    `json:"line"`
	Column  int    `json:"column" doc:"the cell of the row, from 1; on a page, the character of the line"`
	Message string `json:"message"`
	Fix     string `json:"fix"`
}

// Convert reads files with tables or pages and returns the ladder that it would
// become. Owners of ladders may convert; nothing is kept. Problems that a better
// mapping may fix come back as issues. It returns an Invalid fault with every
// place when the file cannot be read at all, a NotFound fault for an unknown
// ladder, and a Forbidden fault to everybody else.
func (s *Service) Convert(ctx context.Context, in Conversion) (Converted, error) {
	if err := s.ladders.RequireWriter(ctx); err != nil {
		return Converted{}, err
	}
	table, err := ReadAll(in.inputs(), in.Options)
	if err != nil {
		if findings, ok := errors.AsType[ladder.Findings](err); ok {
			return Converted{}, fault.Bad("The file cannot be read. Nothing was kept.", findings.Details()...)
		}
		return Converted{}, err
	}
	out := Converted{Summary: table.Summary(), Mapping: Guess(table), Issues: []Problem{}}
	if in.Mapping != nil {
		out.Mapping = in.Mapping.Completed()
	}
	var previous *ladder.Document
	if in.Slug != "" {
		if previous, err = s.ladders.Newest(ctx, in.Slug); err != nil {
			return Converted{}, err
		}
		if in.Mapping == nil {
			out.Mapping = out.Mapping.Continue(*previous)
		}
	}
	return out, out.fill(table, previous)
}

func (c *Converted) fill(table Table, previous *ladder.Document) error {
	document, findings := Convert(table, c.Mapping, previous)
	for _, f := range findings {
		file := f.File
		if len(table.files) == 0 {
			file = ""
		}
		c.Issues = append(c.Issues, Problem{File: file, Line: f.Line, Column: f.Column, Message: f.Message, Fix: f.Fix})
	}
	c.Levels, c.Rows = len(document.Levels()), len(document.Competencies)
	for _, entry := range document.Competencies {
		for _, d := range entry.Descriptors {
			c.Said += len(d.Criteria)
		}
	}
	if len(findings) > 0 {
		return nil
	}
	content, err := ladder.Export(document)
	c.Source = string(content)
	return err
}
