package ladder

import (
	"fmt"
	"strconv"
)

// Parts describes the shape in words: share of coding, reports, reviews, typical
// years.
func (s Shape) Parts() []string {
	parts := []string{fmt.Sprintf("%d %% coding", s.CodingShare), span(s.ReportsMin, s.ReportsMax) + " reports"}
	if s.WritesReviews {
		parts = append(parts, "writes reviews")
	}
	switch {
	case s.YearsMin == nil && s.YearsMax == nil:
	case s.YearsMax == nil:
		parts = append(parts, fmt.Sprintf("%d+ years", *s.YearsMin))
	case s.YearsMin == nil:
		parts = append(parts, fmt.Sprintf("up to %d years", *s.YearsMax))
	default:
		parts = append(parts, span(*s.YearsMin, *s.YearsMax)+" years")
	}
	return parts
}

// ShapeParts describes the shape of the level in words; it is empty if there is
// none.
func (l Level) ShapeParts() []string {
	if l.Shape == nil {
		return nil
	}
	return l.Shape.Parts()
}

func span(low, high int) string {
	if low == high {
		return strconv.Itoa(low)
	}
	return fmt.Sprintf("%d–%d", low, high)
}

func compareShape(base, level Level) LevelSegments {
	said := map[string]bool{}
	for _, part := range base.ShapeParts() {
		said[part] = true
	}
	compared := LevelSegments{Level: level.Code, Parts: []Segment{}}
	for _, part := range level.ShapeParts() {
		change := New
		if said[part] {
			change = Same
		}
		compared.Parts = append(compared.Parts, Segment{Text: part, Change: change})
	}
	return compared
}
