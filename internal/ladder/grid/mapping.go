package grid

import (
	"strings"

	"github.com/rung-hr/rung/internal/ladder"
)

// Use says what a column or row of a table holds. Tables with the levels down
// are turned first, so that columns are always levels and what stands beside them.
type Use string

// The uses. A column is none of title and summary, a row none of level and notes.
const (
	UseLevel       Use = "level"       // what competencies look like at a level
	UseCompetency  Use = "competency"  // names of competencies; of rows: an ordinary one
	UseCategory    Use = "category"    // the group; of rows: the name of a group above its competencies
	UseDescription Use = "description" // what the competency is about
	UseNotes       Use = "notes"       // added to the description
	UseExamples    Use = "examples"    // examples, of one level when Level is set, else of all
	UseTitle       Use = "title"       // role titles of the levels
	UseSummary     Use = "summary"     // the levels in a sentence or two
	UseSkip        Use = "skip"
)

// Mapping says how the tables are read. Guess proposes one, a person may change
// anything but the places.
type Mapping struct {
	Framework string         `json:"framework" doc:"the slug"`
	Name      string         `json:"name"`
	Version   string         `json:"version"`
	Language  string         `json:"language,omitempty"`
	Tracks    []TrackMapping `json:"tracks"`
	Levels    []LevelMapping `json:"levels" doc:"of each track the lowest first"`
	Tables    []TableMapping `json:"tables" doc:"one for each table of the file, in its order"`
	Reasons   []string       `json:"reasons" doc:"why the guess is what it is"`
}

// TrackMapping is a track of the ladder.
type TrackMapping struct {
	Code string           `json:"code"`
	Name string           `json:"name"`
	Kind ladder.TrackKind `json:"kind" enum:"ic,management,hybrid"`
}

// LevelMapping is what a header of a level stands for.
type LevelMapping struct {
	Header string `json:"header" doc:"as it is written"`
	Code   string `json:"code"`
	Title  string `json:"title,omitempty"`
	Track  string `json:"track" doc:"the code of the track"`
}

// TableMapping says how one table is read.
type TableMapping struct {
	Heading     string          `json:"heading,omitempty"`
	Category    string          `json:"category,omitempty" doc:"the name of the category of all its competencies"`
	Skip        bool            `json:"skip,omitempty"`
	Orientation Orientation     `json:"orientation" enum:"across,down"`
	HeaderLine  int             `json:"headerLine" doc:"the line with the levels, from 0, once the levels are across"`
	Columns     []ColumnMapping `json:"columns" doc:"in the order of the table, once the levels are across"`
	Rows        []RowMapping    `json:"rows" doc:"the rows that are no ordinary competency"`
}

// ColumnMapping says what a column holds.
type ColumnMapping struct {
	Header string `json:"header"`
	Use    Use    `json:"use" enum:"level,competency,category,description,notes,examples,skip"`
	Level  string `json:"level,omitempty" doc:"the code of the level, of levels and of examples"`
}

// RowMapping says what a row holds.
type RowMapping struct {
	Row    int    `json:"row" doc:"from 0, the header line included"`
	Header string `json:"header"`
	Use    Use    `json:"use" enum:"competency,category,title,summary,skip"`
}

// Continue names the next version of a ladder: its slug, name and language, and
// the version counted up by new text. What the caller has set stays.
func (m Mapping) Continue(previous ladder.Document) Mapping {
	m.Framework, m.Name, m.Language = previous.Framework, previous.Title(), previous.Language
	m.Version = ladder.NextVersion(previous.Version, ladder.Minor)
	return m
}

func (m Mapping) level(code string) (LevelMapping, bool) {
	for _, l := range m.Levels {
		if l.Code == code {
			return l, true
		}
	}
	return LevelMapping{}, false
}

// oneLine folds white space.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
