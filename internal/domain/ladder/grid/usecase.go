package grid

import (
	"context"
	"errors"

	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/platform/fault"
)

// Ladders says who may write ladders, and what the newest version of one says.
type Ladders interface {
	RequireWriter(ctx context.Context) error
	Newest(ctx context.Context, slug string) (*ladder.Document, error)
}

// Service is the dry run of an import: nothing is kept until a draft begins
// with what it returns.
type Service struct{ ladders Ladders }

// NewService returns the use case.
func NewService(l Ladders) *Service { return &Service{ladders: l} }

// Conversion is a file with tables or a page, and how to read it.
type Conversion struct {
	FileName string   `json:"fileName" minLength:"1" maxLength:"400"`
	Content  []byte   `json:"content" doc:"the file, base64"`
	Slug     string   `json:"slug,omitempty" maxLength:"64" doc:"the ladder whose next version it is; sentences that are alike keep their uid"`
	Options  Options  `json:"options,omitzero"`
	Mapping  *Mapping `json:"mapping,omitempty" doc:"as a person corrected it; guessed when it is missing"`
}

// Converted is what a file would become.
type Converted struct {
	Summary Summary   `json:"summary"`
	Mapping Mapping   `json:"mapping"`
	Source  string    `json:"source" doc:"the ladder file; empty while there are problems"`
	Issues  []Problem `json:"issues" doc:"what keeps it from becoming a ladder, in the order of the file"`
	Levels  int       `json:"levels"`
	Rows    int       `json:"competencies"`
	Said    int       `json:"sentences"`
}

// Problem is one thing to mend in the file or in the mapping.
type Problem struct {
	Line    int    `json:"line"`
	Column  int    `json:"column" doc:"the cell of the row, from 1; on a page the character of the line"`
	Message string `json:"message"`
	Fix     string `json:"fix"`
}

// Convert reads a file and says what it would become, for those who write
// ladders. A file that cannot be read at all is an error with every place; what
// a better mapping may mend comes back as issues.
func (s *Service) Convert(ctx context.Context, in Conversion) (Converted, error) {
	if err := s.ladders.RequireWriter(ctx); err != nil {
		return Converted{}, err
	}
	table, err := Read(in.FileName, in.Content, in.Options)
	if err != nil {
		if findings, ok := errors.AsType[ladder.Findings](err); ok {
			return Converted{}, fault.Bad("The file cannot be read. Nothing was kept.", findings.Details()...)
		}
		return Converted{}, err
	}
	out := Converted{Summary: table.Summary(), Mapping: Guess(table), Issues: []Problem{}}
	if in.Mapping != nil {
		out.Mapping = *in.Mapping
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
		c.Issues = append(c.Issues, Problem{Line: f.Line, Column: f.Column, Message: f.Message, Fix: f.Fix})
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
