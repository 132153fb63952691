// Package grid makes ladders of the files that people have them in: tables with
// levels across and competencies down, or the other way round, as CSV, workbook,
// Markdown or HTML, and pages with headings for levels. Read gives tables, Guess says what each part seems to be, a
// person corrects that, and Convert makes the document. Nothing here touches
// the database.
package grid

import (
	"strings"
	"unicode/utf8"

	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/platform/sheet"
)

// The limits of a file.
const (
	MaxFileBytes = 16 << 20
	MaxMarkdown  = ladder.MaxFileBytes // a parser has to hold it as a tree
	MaxRows      = 600
	MaxColumns   = 600
	MaxCellRunes = 20_000
	MaxTables    = 50
)

// Orientation says on which side the levels stand.
type Orientation string

// The orientations; empty leaves it to Guess.
const (
	LevelsAcross Orientation = "across" // in the header line, one competency a row
	LevelsDown   Orientation = "down"   // in the first column, one competency a column
)

// Options are what a person says about the file.
type Options struct {
	Sheet       string      `json:"sheet,omitempty" doc:"sheet of a workbook; left out: the first visible one"`
	Orientation Orientation `json:"orientation,omitempty" enum:"across,down" doc:"where the levels stand; guessed when it is missing"`
}

// Table is what a file holds: one or more parts of the same ladder.
type Table struct {
	File     string          `json:"file"`
	Format   sheet.Format    `json:"format"`
	Title    string          `json:"title,omitempty" doc:"the first heading of a page"`
	Parts    []Part          `json:"parts"`
	Warnings ladder.Findings `json:"-"`
	options  Options
}

// Part is one table of the file, or the page around them read as a table.
type Part struct {
	Heading string `json:"heading,omitempty" doc:"the heading above a table of a page"`
	Page    bool   `json:"page,omitempty" doc:"headings and lists, with the levels across"`
	Line    int    `json:"line"`
	rows    [][]cell
	outside []name // of a page: headings whose texts stand under no level
	losses  []name // of a page: what stands under a level and cannot be taken
}

// cell is a text with its place in the file; the column counts cells from 1, on
// a page characters.
type cell struct {
	text         string
	line, column int
	points       []cell // of a page: the paragraphs and points that it is made of
}

// blank also takes what people write into cells that say nothing.
func (c cell) blank() bool {
	switch strings.ToLower(strings.TrimSpace(c.text)) {
	case "", "-", "–", "—", "n/a", "none":
		return true
	}
	return false
}

// Summary is what a dry run shows of a table.
type Summary struct {
	File   string        `json:"file"`
	Format sheet.Format  `json:"format"`
	Title  string        `json:"title,omitempty"`
	Parts  []PartSummary `json:"parts"`
}

// PartSummary shows the first lines of one table as they stand in the file.
type PartSummary struct {
	Heading string     `json:"heading,omitempty"`
	Page    bool       `json:"page,omitempty"`
	Line    int        `json:"line"`
	Rows    int        `json:"rows"`
	Columns int        `json:"columns"`
	Header  []string   `json:"header" doc:"the first line"`
	First   []string   `json:"first" doc:"the first cell of each row"`
	Sample  [][]string `json:"sample" doc:"the first rows below the header, long cells cut"`
}

const (
	sampleRows  = 5
	sampleRunes = 120
)

// Summary cuts the table down to what a person needs to correct the mapping.
func (t Table) Summary() Summary {
	out := Summary{File: t.File, Format: t.Format, Title: t.Title, Parts: []PartSummary{}}
	for _, part := range t.Parts {
		s := PartSummary{Heading: part.Heading, Page: part.Page, Line: part.Line, Rows: len(part.rows), Header: []string{}, First: []string{}, Sample: [][]string{}}
		for i, row := range part.rows {
			s.Columns = max(s.Columns, len(row))
			texts := make([]string, 0, len(row))
			for _, c := range row {
				texts = append(texts, short(c.text, sampleRunes))
			}
			if len(texts) > 0 {
				s.First = append(s.First, texts[0])
			}
			switch {
			case i == 0:
				s.Header = texts
			case i <= sampleRows:
				s.Sample = append(s.Sample, texts)
			}
		}
		out.Parts = append(out.Parts, s)
	}
	return out
}

func short(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most]) + "…"
}

// turned has the levels across, whatever side they stand on in the file.
func (p Part) turned(o Orientation) [][]cell {
	if o != LevelsDown || len(p.rows) == 0 {
		return p.rows
	}
	out := make([][]cell, len(p.rows[0]))
	for i := range out {
		for _, row := range p.rows {
			out[i] = append(out[i], row[i])
		}
	}
	return out
}
