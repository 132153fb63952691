// Package grid makes ladders from the files that people have: tables with levels
// across and competencies down, or the other way round, as CSV, workbook,
// Markdown or HTML, and pages with headings for levels. Read returns tables,
// Guess proposes what each part is, a person corrects that, and Convert makes the
// document. Nothing here uses the database.
package grid

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/platform/sheet"
)

// These are the limits of a file.
const (
	MaxFileBytes = 16 << 20
	MaxMarkdown  = ladder.MaxFileBytes // a parser must hold it as a tree
	MaxRows      = 600
	MaxColumns   = 600
	MaxCellRunes = 20_000
	MaxTables    = 50
)

// Orientation says on which side the levels are.
type Orientation string

// These are the orientations; if empty, Guess decides.
const (
	LevelsAcross Orientation = "across" // in the header line, one competency per row
	LevelsDown   Orientation = "down"   // in the first column, one competency per column
)

// Options are what a person says about the file.
type Options struct {
	Sheet       string      `json:"sheet,omitempty" doc:"sheet of a workbook; left out: the first visible one"`
	Orientation Orientation `json:"orientation,omitempty" enum:"across,down" doc:"where the levels are; left out: Rung guesses"`
	Levels      []string    `json:"levels,omitempty" maxItems:"60" doc:"the headings or headers that are levels, as they are in the file; left out: Rung guesses"`
	Names       string      `json:"names,omitempty" maxLength:"400" doc:"the header of the column with the names of the competencies"`
	Skip        []string    `json:"skip,omitempty" maxItems:"600" doc:"the headers of columns to leave out"`
}

// Table is the content of a file: one or more parts of the same ladder.
type Table struct {
	File     string          `json:"file"`
	Format   sheet.Format    `json:"format"`
	Title    string          `json:"title,omitempty" doc:"the first heading of a page"`
	Parts    []Part          `json:"parts"`
	Files    []FileLevel     `json:"files"`
	Warnings ladder.Findings `json:"-"`
	intro    []cell          // the texts above the tables and levels of a page
	outside  []name          // the texts around tables that are not read
	options  Options
	levels   levelReader
	files    []started // if there are several
}

// started is where the lines of a file begin among those of all files.
type started struct {
	file   string
	before int // lines of the files before it
}

// place is the file and its line of a line among those of all files.
func (t Table) place(line int) (file string, at int) {
	file, at = t.File, line
	for _, f := range t.files {
		if line > f.before {
			file, at = f.file, line-f.before
		}
	}
	return file, at
}

func at(line int) name { return name{line: line} }

// said is a place in a sentence.
func (t Table) said(n name) string {
	file, line := t.place(n.line)
	if len(t.files) == 0 {
		return "line " + strconv.Itoa(line)
	}
	return fmt.Sprintf("%s, line %d", file, line)
}

// Part is one table of the file, or the page around the tables read as a table.
type Part struct {
	Heading string `json:"heading,omitempty" doc:"the heading above a table of a page"`
	Page    bool   `json:"page,omitempty" doc:"headings and lists, with the levels across"`
	Line    int    `json:"line"`
	rows    [][]cell
	loose   bool   // a table of names and texts, without levels
	inPage  bool   // and the page around it has taken them
	outside []name // of a page: headings whose texts are under no level
	losses  []name // of a page: what is under a level and cannot be read
}

// cell is a text with its place in the file. In a table the column counts cells,
// on a page characters, both from 1.
type cell struct {
	text         string
	line, column int
	points       []cell // of a page: the paragraphs and points that it is made of
}

// blank also covers what people write in cells without content.
func (c cell) blank() bool {
	switch strings.ToLower(strings.TrimSpace(c.text)) {
	case "", "-", "–", "—", "n/a", "none":
		return true
	}
	return false
}

// maxIntroduction is the longest text that a ladder takes as its summary.
const maxIntroduction = 20_000

// introduction is the text above the ladder; too long a one is left out.
func (t Table) introduction() string {
	text := ""
	for _, c := range t.intro {
		text = paragraphs(text, c.text)
	}
	if utf8.RuneCountInString(text) > maxIntroduction {
		return ""
	}
	return text
}

// Summary is what a dry run shows of a table.
type Summary struct {
	Files  []FileLevel   `json:"files" doc:"of several files: each with its level"`
	File   string        `json:"file"`
	Format sheet.Format  `json:"format"`
	Title  string        `json:"title,omitempty"`
	Parts  []PartSummary `json:"parts"`
}

// PartSummary shows the first lines of one table as they are in the file.
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
	out := Summary{File: t.File, Format: t.Format, Title: t.Title, Parts: []PartSummary{}, Files: append([]FileLevel{}, t.Files...)}
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

// turned has the levels across, whichever side they are on in the file.
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
