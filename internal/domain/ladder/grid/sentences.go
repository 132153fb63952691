package grid

import (
	"regexp"
	"strings"

	"github.com/rung-hr/rung/internal/domain/ladder"
)

var (
	bullet  = regexp.MustCompile(`^\s*(?:[-*•‣◦·–]|\d{1,2}[.)])\s+`)
	example = regexp.MustCompile(`(?i)^(?:e\.g\.|examples?:|for example[:,]?|z\. ?b\.)\s*`)
	note    = regexp.MustCompile(`(?i)^notes?:\s*`)
	newLine = regexp.MustCompile(`(?i)<br\s*/?>|\r\n?|\n`)
)

// linesOf are the points of a text: its lines, or in a cell of a table the pieces
// between semicolons.
func linesOf(text string, apart bool) []string {
	var lines []string
	for _, line := range newLine.Split(text, -1) {
		if line = oneLine(bullet.ReplaceAllString(line, "")); line != "" {
			lines = append(lines, line)
		}
	}
	if apart && len(lines) == 1 && strings.Count(lines[0], ";") > 0 {
		whole := lines[0]
		lines = nil
		for part := range strings.SplitSeq(whole, ";") {
			if part = oneLine(part); part != "" {
				lines = append(lines, part)
			}
		}
	}
	return lines
}

// point is a sentence and its place.
type point struct {
	ladder.Criterion
	at cell
}

// pointsOf are the sentences of a cell, with their kinds.
func pointsOf(c cell) []point {
	var out []point
	for _, line := range linesIn(c) {
		for _, criterion := range sentences(line.text, len(c.points) == 0) {
			out = append(out, point{criterion, line})
		}
	}
	return out
}

// linesIn are the texts that a cell consists of.
func linesIn(c cell) []cell {
	if len(c.points) == 0 {
		return []cell{c}
	}
	return c.points
}

// sentences are the criteria of a text.
func sentences(text string, apart bool) []ladder.Criterion {
	var out []ladder.Criterion
	for _, line := range linesOf(text, apart) {
		criterion := ladder.Criterion{Text: line}
		for _, kind := range []struct {
			pattern *regexp.Regexp
			kind    ladder.CriterionKind
		}{{example, ladder.IsExample}, {note, ladder.IsNote}} {
			if rest := kind.pattern.ReplaceAllString(line, ""); rest != line && rest != "" {
				criterion.Kind, criterion.Text = kind.kind, rest
			}
		}
		out = append(out, criterion)
	}
	return out
}
