package ladder

import (
	"strconv"
	"strings"

	"github.com/rung-hr/rung/internal/trust/process"
)

// RoleCheck compares what a person does with the shape of their level. It is
// meant to start a talk about the title; it decides nothing.
type RoleCheck struct {
	Level    process.LevelRef  `json:"level"`
	Fits     bool              `json:"fits"`
	CloserTo *process.LevelRef `json:"closerTo,omitempty" doc:"the level of the same height whose shape fits better"`
	Facts    []RoleFact        `json:"facts"`
	Words    string            `json:"words"`
}

// RoleFact is one thing that both the shape and the facts tell.
type RoleFact struct {
	Name     string `json:"name"`
	Have     string `json:"have"`
	Expected string `json:"expected"`
	Fits     bool   `json:"fits"`
}

// RoleFacts are what the records show of a person's role.
type RoleFacts struct {
	Reports int // current direct reports
	Reviews int // manager's assessments that they submitted during the last year
}

// misfits weighs what does not fit a shape: managing people at all counts most,
// then writing reviews, then the number of people.
func (f RoleFacts) misfits(s Shape) int {
	n := 0
	if (f.Reports > 0) != (s.ReportsMax > 0) {
		n += 4
	}
	if (f.Reviews > 0) != s.WritesReviews {
		n += 2
	}
	if f.Reports < s.ReportsMin || f.Reports > s.ReportsMax {
		n++
	}
	return n
}

// RoleCheck compares the facts about a person's role with the shape of their
// level, which must have one.
func (r Rubric) RoleCheck(level Level, f RoleFacts) RoleCheck {
	shape := *level.Shape
	out := RoleCheck{Level: process.LevelRef{Code: level.Code, Title: level.ShortTitle}, Fits: f.misfits(shape) == 0}
	out.Facts = []RoleFact{
		{Name: "People managed", Have: strconv.Itoa(f.Reports), Expected: span(shape.ReportsMin, shape.ReportsMax), Fits: f.Reports >= shape.ReportsMin && f.Reports <= shape.ReportsMax},
		{Name: "Performance reviews written in a year", Have: strconv.Itoa(f.Reviews), Expected: reviewWords(shape.WritesReviews), Fits: (f.Reviews > 0) == shape.WritesReviews},
	}
	if out.Fits {
		out.Words = "The records fit " + level.Code + "."
		return out
	}
	out.Words = "The records do not fit the typical " + level.Code + ": " + misfit(out.Facts) + "."
	if other, ok := r.closer(level, f); ok {
		out.CloserTo = &process.LevelRef{Code: other.Code, Title: other.ShortTitle}
		out.Words += " It is closer to " + other.Code + " " + other.ShortTitle + "."
	}
	return out
}

func misfit(facts []RoleFact) string {
	var parts []string
	for _, f := range facts {
		if !f.Fits {
			parts = append(parts, strings.ToLower(f.Name[:1])+f.Name[1:]+" "+f.Have+", typically "+f.Expected)
		}
	}
	return strings.Join(parts, "; ")
}

func reviewWords(writes bool) string {
	if writes {
		return "some"
	}
	return "none"
}

// closer finds the level of the same height, on another track, whose shape fits
// best.
func (r Rubric) closer(level Level, f RoleFacts) (Level, bool) {
	best, least := Level{}, f.misfits(*level.Shape)
	for _, other := range r.Levels() {
		if other.Ordinal != level.Ordinal || other.Shape == nil || other.Code == level.Code {
			continue
		}
		if n := f.misfits(*other.Shape); n < least {
			best, least = other, n
		}
	}
	return best, best.Code != ""
}
