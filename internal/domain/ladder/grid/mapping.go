package grid

import (
	"cmp"
	"slices"
	"strings"

	"github.com/rung-hr/rung/internal/domain/ladder"
)

// Use says what a column or row of a table holds. Tables with the levels down are
// turned first, so columns are always levels and what is next to them.
type Use string

// These are the uses. A column cannot be title; a row cannot be level, every or
// notes.
const (
	UseLevel       Use = "level"       // what competencies look like at a level
	UseEvery       Use = "every"       // what holds at all levels of the table
	UseCompetency  Use = "competency"  // names of competencies; of rows: an ordinary one
	UseCategory    Use = "category"    // the group; of rows: the name of a group above its competencies
	UseDescription Use = "description" // what the competency is about
	UseNotes       Use = "notes"       // added to the description
	UseExamples    Use = "examples"    // examples, of one level when Level is set, else of all
	UseTitle       Use = "title"       // role titles of the levels
	UseSummary     Use = "summary"     // the levels in a sentence or two
	UseSkip        Use = "skip"
)

// Mapping says how the tables are read. Guess proposes one; a person may change
// everything except the places.
type Mapping struct {
	Framework string         `json:"framework" doc:"the slug"`
	Name      string         `json:"name"`
	Version   string         `json:"version"`
	Language  string         `json:"language,omitempty"`
	Tracks    []TrackMapping `json:"tracks"`
	Levels    []LevelMapping `json:"levels" doc:"track by track, the lowest first"`
	Tables    []TableMapping `json:"tables" doc:"one for each table of the file, in its order"`
	Reasons   []string       `json:"reasons" doc:"the reasons for the guess"`
}

// TrackMapping is a track of the ladder.
type TrackMapping struct {
	Code string           `json:"code"`
	Name string           `json:"name"`
	Kind ladder.TrackKind `json:"kind" enum:"ic,management,hybrid"`
}

// LevelMapping is what the header of a level stands for.
type LevelMapping struct {
	Header string `json:"header" doc:"the header as it is in the file"`
	Code   string `json:"code"`
	Title  string `json:"title,omitempty"`
	Track  string `json:"track" doc:"the code of the track"`
}

// TableMapping says how one table is read.
type TableMapping struct {
	Heading     string          `json:"heading,omitempty"`
	Category    string          `json:"category,omitempty" doc:"the name of the category of all its competencies"`
	Page        bool            `json:"page,omitempty" doc:"true for the page around the tables"`
	Skip        bool            `json:"skip,omitempty"`
	Orientation Orientation     `json:"orientation" enum:"across,down"`
	HeaderLine  int             `json:"headerLine" doc:"the line with the levels, from 0, after turning the levels across"`
	Columns     []ColumnMapping `json:"columns" doc:"in the order of the table, after turning the levels across"`
	Rows        []RowMapping    `json:"rows" doc:"the rows that are not ordinary competencies"`
}

// ColumnMapping says what a column holds.
type ColumnMapping struct {
	Header string `json:"header"`
	Use    Use    `json:"use" enum:"level,every,competency,category,description,notes,examples,summary,skip"`
	Level  string `json:"level,omitempty" doc:"the code of the level; for levels, summaries and examples"`
}

// RowMapping says what a row holds.
type RowMapping struct {
	Row    int    `json:"row" doc:"counted from 0, including the header line"`
	Header string `json:"header"`
	Use    Use    `json:"use" enum:"competency,category,title,summary,skip"`
}

// Continue prepares the next version of a ladder: it takes over slug, name and
// language, and increases the version for new text. It does not overwrite what
// the caller has set.
func (m Mapping) Continue(previous ladder.Document) Mapping {
	m.Framework, m.Name, m.Language = previous.Framework, previous.Title(), previous.Language
	m.Version = ladder.NextVersion(previous.Version, ladder.Minor)
	return m
}

// Named gives the ladder another name. The slug follows it, unless it continues a
// ladder that has one.
func (m Mapping) Named(name string) Mapping {
	if m.Framework == slug(m.Name, 60) {
		m.Framework = slug(name, 60)
	}
	m.Name = name
	return m
}

// Completed gives the columns that a person made a level a code and a track.
func (m Mapping) Completed() Mapping {
	taken := map[string]bool{}
	for _, l := range m.Levels {
		taken[l.Code] = true
	}
	for t := range m.Tables {
		for c := range m.Tables[t].Columns {
			column := &m.Tables[t].Columns[c]
			if column.Use != UseLevel || column.Level != "" {
				continue
			}
			guess := readLevel(column.Header)
			column.Level = distinct(cmp.Or(guess.code, slug(column.Header, 28), "level"), taken)
			if len(m.Tracks) == 0 {
				m.Tracks = []TrackMapping{{Code: "IC", Name: "Individual contributor", Kind: ladder.IndividualContributor}}
			}
			m.Levels = append(m.Levels, LevelMapping{Header: column.Header, Code: column.Level, Title: cmp.Or(guess.title, column.Header), Track: m.Tracks[0].Code})
		}
	}
	return m
}

func (m Mapping) hasLevel(code string) bool {
	return slices.ContainsFunc(m.Levels, func(l LevelMapping) bool { return l.Code == code })
}

// has reports whether a column has text for the level.
func (m TableMapping) has(code string) bool {
	return slices.ContainsFunc(m.Columns, func(c ColumnMapping) bool { return c.Use != UseSkip && c.Level == code })
}

// every is a selector of all levels of the table.
func (m TableMapping) every() string {
	var codes []string
	for _, c := range m.Columns {
		if c.Use == UseLevel && !slices.Contains(codes, c.Level) {
			codes = append(codes, c.Level)
		}
	}
	return "level in (" + strings.Join(codes, ", ") + ")"
}

// trackCodes are the tracks that levels are on, those of managers last.
func (m Mapping) trackCodes() []string {
	var out []string
	for _, l := range m.Levels {
		if !slices.Contains(out, l.Track) {
			out = append(out, l.Track)
		}
	}
	slices.SortStableFunc(out, func(a, b string) int {
		return cmp.Compare(strings.Index("M", a), strings.Index("M", b))
	})
	return out
}

// holds reports whether a table that is read has the level.
func (m Mapping) holds(code string) bool {
	return slices.ContainsFunc(m.Tables, func(t TableMapping) bool { return !t.Skip && t.has(code) })
}

// oneLine folds white space.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
