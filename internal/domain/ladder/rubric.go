package ladder

import (
	"fmt"
	"maps"
	"slices"

	"github.com/rung-hr/rung/internal/platform/fault"
)

// Rubric is a version as people read it and are assessed against it: every
// default is filled in and every text is at the levels where it holds. It is made
// once, when the version is published.
type Rubric struct {
	Framework    string           `json:"framework"`
	Name         string           `json:"name"`
	Version      string           `json:"version"`
	Summary      string           `json:"summary"`
	Language     string           `json:"language"`
	Changes      string           `json:"changes,omitempty"`
	Layer        Layer            `json:"layer"`
	From         []Provenance     `json:"from,omitempty" doc:"the frameworks that it is built on, the widest first"`
	Tracks       []Track          `json:"tracks"`
	Categories   []Category       `json:"categories"`
	Scale        []ScalePoint     `json:"scale" doc:"on which people are rated if a competency has no scale of its own"`
	Meets        int              `json:"meets" doc:"the point of the scale from which a level is met"`
	Scales       map[string]Scale `json:"scales"`
	ScaleCode    string           `json:"scaleCode,omitempty" doc:"the code of that scale"`
	Modifiers    []Modifier       `json:"modifiers,omitempty"`
	Archetypes   []Archetype      `json:"archetypes,omitempty"`
	Competencies []Competency     `json:"competencies"`
	Rule         *Rule            `json:"rule,omitempty"`
	Technologies []Technologies   `json:"technologies,omitempty"`
	Designations []Designation    `json:"designations,omitempty"`
	Translations []Translation    `json:"translations,omitempty"`
}

// Provenance is a framework that another one is built on.
type Provenance struct {
	Framework string `json:"framework"`
	Version   string `json:"version"`
}

// Competency is one row of the rubric.
type Competency struct {
	Code        string         `json:"code"`
	Name        string         `json:"name"`
	Short       string         `json:"short"` // for narrow columns
	Category    string         `json:"category"`
	Description string         `json:"description"`
	Kind        CompetencyKind `json:"kind" enum:"core,craft,value"`
	Cumulative  bool           `json:"cumulative,omitempty"`
	Scale       []ScalePoint   `json:"scale,omitempty" doc:"its own scale; missing if it uses the scale of the ladder"`
	ScaleCode   string         `json:"scaleCode,omitempty" doc:"the code of that scale"`
	Meets       int            `json:"meets" doc:"the point from which a level is met, unless another one is expected"`
	Cells       []Cell         `json:"cells" doc:"where it applies, in the ladder's order"`
	Stages      []Cell         `json:"stages,omitempty" doc:"what each point of its scale looks like; level is the key of the point"`
}

// Cell says what a competency looks like at one level.
type Cell struct {
	Level        string  `json:"level"`
	Narrative    string  `json:"narrative,omitempty"`
	Points       []Point `json:"points"`
	Still        []Point `json:"still,omitempty" doc:"what lower levels expect and is still expected"`
	Examples     []Point `json:"examples,omitempty"`
	AntiExamples []Point `json:"antiExamples,omitempty"`
	Notes        []Point `json:"notes,omitempty"`
	Expected     *int    `json:"expected,omitempty" doc:"the point of the scale that is expected"`
	Mode         Mode    `json:"mode,omitempty" enum:"required,typical,nice"`
	Variants     []Cell  `json:"variants,omitempty" doc:"what archetypes say instead; level is the code of the archetype"`
}

// Point is one sentence of a cell. Its uid outlives edits of the wording:
// evidence and ballots refer to it.
type Point struct {
	UID    string        `json:"uid"`
	Text   string        `json:"text"`
	Kind   CriterionKind `json:"kind,omitempty"`
	Weight Weight        `json:"weight,omitempty"`
	Parent string        `json:"parent,omitempty"`
	URLs   []string      `json:"urls,omitempty"`
}

// Levels are all levels, track by track in the order of the ladder.
func (r Rubric) Levels() []Level { return LevelsOf(r.Tracks) }

// Level finds a level and the code of its track.
func (r Rubric) Level(code string) (Level, string, bool) {
	for _, track := range r.Tracks {
		for _, level := range track.Levels {
			if level.Code == code {
				return level, track.Code, true
			}
		}
	}
	return Level{}, "", false
}

// Competency finds a competency by its code.
func (r Rubric) Competency(code string) (Competency, bool) {
	at := slices.IndexFunc(r.Competencies, func(c Competency) bool { return c.Code == code })
	if at < 0 {
		return Competency{}, false
	}
	return r.Competencies[at], true
}

// For lists the competencies by which a level is assessed, in the ladder's order:
// those that apply there and have any text.
func (r Rubric) For(level string) []Competency {
	out := []Competency{}
	for _, c := range r.Competencies {
		cell, ok := c.at(level)
		if ok && (cell.says() || cell.Expected != nil || len(c.Stages) > 0 && !c.expects()) {
			out = append(out, c)
		}
	}
	return out
}

// expects reports whether any level expects a point of the scale.
func (c Competency) expects() bool {
	return slices.ContainsFunc(c.Cells, func(cell Cell) bool { return cell.Expected != nil })
}

func (c Competency) at(level string) (Cell, bool) {
	for _, cell := range c.Cells {
		if cell.Level == level {
			return cell, true
		}
	}
	return Cell{Level: level, Points: []Point{}}, false
}

// Cell is the competency at one level; empty when the ladder says nothing there.
func (c Competency) Cell(level string) Cell {
	cell, _ := c.at(level)
	return cell
}

// Needs is the point on the competency's scale that a level expects.
func (c Competency) Needs(level string) int {
	if cell := c.Cell(level); cell.Expected != nil {
		return *cell.Expected
	}
	return c.Meets
}

// ModifiersOf are the places inside a level, in the order of the ladder; none for
// a level without places.
func (r Rubric) ModifiersOf(code string) []Modifier {
	out := []Modifier{}
	level, _, _ := r.Level(code)
	for _, m := range r.Modifiers {
		if slices.Contains(level.Modifiers, m.Key) {
			out = append(out, m)
		}
	}
	return out
}

// ScaleOf is the scale on which people are rated in a competency. If the
// competency describes a point itself, that text is the meaning of the point.
func (r Rubric) ScaleOf(c Competency) []ScalePoint {
	points := c.Scale
	if points == nil {
		points = r.Scale
	}
	if len(c.Stages) == 0 {
		return points
	}
	points = slices.Clone(points)
	for i := range points {
		for _, stage := range c.Stages {
			if stage.Level == points[i].Key {
				points[i].Meaning = stage.text()
			}
		}
	}
	return points
}

// CheckRating refuses a rating that is not a point of the competency's scale. The
// pointer says where the rating is in the request. It returns an Invalid fault.
func (r Rubric) CheckRating(c Competency, rating *int, pointer string) error {
	scale := r.ScaleOf(c)
	if rating == nil || *rating >= 0 && *rating < len(scale) {
		return nil
	}
	return fault.Bad("The rating was not saved.", fault.Detail{
		Pointer: pointer, Field: c.Name, Message: fmt.Sprintf("%d is not a point of its scale.", *rating),
		Fix: fmt.Sprintf("Choose 0 (%s) to %d (%s).", scale[0].Label, len(scale)-1, scale[len(scale)-1].Label),
	})
}

func (c Cell) text() string {
	text := c.Narrative
	for _, p := range c.Points {
		if text != "" {
			text += " "
		}
		text += p.Text
	}
	return text
}

// Locales are the languages that texts are translated to, sorted.
func (r Rubric) Locales() []string {
	seen := map[string]bool{}
	for _, t := range r.Translations {
		seen[t.Locale] = true
	}
	return slices.Sorted(maps.Keys(seen))
}
