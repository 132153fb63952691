// Package ladder keeps the engineering ladder: levels on tracks, and what each competency looks like at each level.
package ladder

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
)

// Document is one version of a ladder with everything in it, as it stands in its YAML file.
type Document struct {
	Framework    string            `json:"framework" yaml:"framework"` // the slug, the same in all versions
	Name         string            `json:"name" yaml:"name"`
	Version      string            `json:"version" yaml:"version"` // semantic version
	Summary      string            `json:"summary" yaml:"summary,omitempty"`
	Tracks       []Track           `json:"tracks" yaml:"tracks"`
	Categories   []Category        `json:"categories" yaml:"categories"`
	Scale        []ScalePoint      `json:"scale" yaml:"scale"`
	Competencies []Competency      `json:"competencies" yaml:"competencies"`
	Layers       []Layer           `json:"layers" yaml:"layers,omitempty"`
	Technologies []TechnologyGroup `json:"technologies" yaml:"technologies,omitempty"`
	Designations []Designation     `json:"designations" yaml:"designations,omitempty"`
}

// TrackKind separates the work of an individual contributor from managing people.
type TrackKind string

// The kinds of track.
const (
	IndividualContributor TrackKind = "ic"
	Management            TrackKind = "management"
)

// Track is a sequence of levels.
type Track struct {
	Code   string    `json:"code" yaml:"code"`
	Name   string    `json:"name" yaml:"name"`
	Kind   TrackKind `json:"kind" yaml:"kind"`
	Levels []Level   `json:"levels" yaml:"levels"`
}

// Level is one rung. Ordinal is its height, comparable across tracks: levels of the same height are equivalent steps.
type Level struct {
	Code       string   `json:"code" yaml:"code"`
	Title      string   `json:"title" yaml:"title"`
	ShortTitle string   `json:"shortTitle" yaml:"shortTitle"`
	Ordinal    int      `json:"ordinal" yaml:"ordinal"`
	Summary    string   `json:"summary" yaml:"summary"`
	Equivalent []string `json:"equivalent" yaml:"equivalent,omitempty"` // levels of other tracks, always mutual
	Next       []string `json:"next" yaml:"next,omitempty"`             // where people usually go from here, sideways too
	Shape      Shape    `json:"shape" yaml:"shape"`
}

// Shape is what the role typically looks like. It describes and warns; it never gates a promotion.
type Shape struct {
	CodingShare   int  `json:"codingShare" yaml:"codingShare"` // percent of working time
	ReportsMin    int  `json:"reportsMin" yaml:"reportsMin"`
	ReportsMax    int  `json:"reportsMax" yaml:"reportsMax"`
	WritesReviews bool `json:"writesReviews" yaml:"writesReviews"`
	YearsMin      *int `json:"yearsMin" yaml:"yearsMin,omitempty"` // typical experience, nil when nothing is typical
	YearsMax      *int `json:"yearsMax" yaml:"yearsMax,omitempty"` // nil means open
}

// Category groups competencies.
type Category struct {
	Code string `json:"code" yaml:"code"`
	Name string `json:"name" yaml:"name"`
}

// ScalePoint is one step of the scale on which people are rated against a cell.
type ScalePoint struct {
	Point   int    `json:"point" yaml:"point"`
	Key     string `json:"key" yaml:"key"`
	Label   string `json:"label" yaml:"label"`
	Meaning string `json:"meaning" yaml:"meaning"`
}

// Competency is one row of the rubric.
type Competency struct {
	Code        string `json:"code" yaml:"code"`
	Name        string `json:"name" yaml:"name"`
	Short       string `json:"short" yaml:"short"` // for narrow columns
	Category    string `json:"category" yaml:"category"`
	Description string `json:"description" yaml:"description"`
	Cells       []Cell `json:"cells" yaml:"cells"`
}

// Cell says what a competency looks like at one level.
type Cell struct {
	Level        string   `json:"level" yaml:"level"`
	Points       []Point  `json:"points" yaml:"points"`
	Examples     []string `json:"examples" yaml:"examples,omitempty"`
	AntiExamples []string `json:"antiExamples" yaml:"antiExamples,omitempty"`
}

// Point is one expectation. Its uid outlives edits of the wording: evidence and ballots refer to it.
type Point struct {
	UID  string `json:"uid" yaml:"uid"`
	Text string `json:"text" yaml:"text"`
}

// Layer is a set of expectations that a team can switch on, such as carrying on-call.
type Layer struct {
	Code    string       `json:"code" yaml:"code"`
	Name    string       `json:"name" yaml:"name"`
	Summary string       `json:"summary" yaml:"summary"`
	Points  []LayerPoint `json:"points" yaml:"points"`
}

// LayerPoint is appended to the cell of its competency and level while the layer is on.
type LayerPoint struct {
	Competency string `json:"competency" yaml:"competency"`
	Level      string `json:"level" yaml:"level"`
	UID        string `json:"uid" yaml:"uid"`
	Text       string `json:"text" yaml:"text"`
}

// TechnologyGroup is a part of the catalogue from which people describe what they work with.
type TechnologyGroup struct {
	Code  string   `json:"code" yaml:"code"`
	Name  string   `json:"name" yaml:"name"`
	Items []string `json:"items" yaml:"items"`
}

// Designation is a role that somebody has for a while beside the level, never instead of it.
type Designation struct {
	Code string `json:"code" yaml:"code"`
	Name string `json:"name" yaml:"name"`
	Note string `json:"note" yaml:"note"`
}

// Levels are all levels, track by track in the order of the file.
func (d Document) Levels() []Level {
	var levels []Level
	for _, track := range d.Tracks {
		levels = append(levels, track.Levels...)
	}
	return levels
}

// Level finds a level and the code of its track.
func (d Document) Level(code string) (Level, string, bool) {
	for _, track := range d.Tracks {
		for _, level := range track.Levels {
			if level.Code == code {
				return level, track.Code, true
			}
		}
	}
	return Level{}, "", false
}

// Competency finds a competency by its code.
func (d Document) Competency(code string) (Competency, bool) {
	at := slices.IndexFunc(d.Competencies, func(c Competency) bool { return c.Code == code })
	if at < 0 {
		return Competency{}, false
	}
	return d.Competencies[at], true
}

// Cell is the competency at one level; empty when the ladder says nothing there.
func (c Competency) Cell(level string) Cell {
	for _, cell := range c.Cells {
		if cell.Level == level {
			return cell
		}
	}
	return Cell{Level: level}
}

// WithLayer is the document with the expectations of one layer appended to their cells; false when there is no such layer.
func (d Document) WithLayer(code string) (Document, bool) {
	at := slices.IndexFunc(d.Layers, func(l Layer) bool { return l.Code == code })
	if at < 0 {
		return d, false
	}
	merged := d
	merged.Competencies = slices.Clone(d.Competencies)
	for i, competency := range merged.Competencies {
		merged.Competencies[i].Cells = slices.Clone(competency.Cells)
		for j, cell := range merged.Competencies[i].Cells {
			merged.Competencies[i].Cells[j].Points = append(slices.Clone(cell.Points), d.Layers[at].pointsFor(competency.Code, cell.Level)...)
		}
	}
	return merged, true
}

func (l Layer) pointsFor(competency, level string) []Point {
	var points []Point
	for _, point := range l.Points {
		if point.Competency == competency && point.Level == level {
			points = append(points, Point{UID: point.UID, Text: point.Text})
		}
	}
	return points
}

// Hash is the SHA-256 of the content in hex. Layout and comments of the file do not change it.
func (d Document) Hash() string {
	content, err := json.Marshal(d)
	if err != nil {
		panic(err) // plain structs of strings and numbers always encode
	}
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}
