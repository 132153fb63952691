package ladder

import (
	"fmt"
	"slices"
	"strings"
)

// Change says how a piece of text relates to the base level.
type Change string

// Joining the same and the new pieces of a level gives its text; removed pieces
// stand where the base had them.
const (
	Same    Change = "same"
	New     Change = "new"
	Removed Change = "removed"
)

// Segment is a piece of text with its change.
type Segment struct {
	Text   string `json:"text"`
	Change Change `json:"change"`
}

// Comparison puts levels side by side and marks what differs from the first.
type Comparison struct {
	Base      string          `json:"base"`
	Levels    []Level         `json:"levels"`
	Shape     []LevelSegments `json:"shape"`
	Rows      []ComparisonRow `json:"rows"`
	Unchanged []string        `json:"unchanged"` // competencies that say the same at the base and the second level
}

// LevelSegments is the role shape of one level.
type LevelSegments struct {
	Level string    `json:"level"`
	Parts []Segment `json:"parts"`
}

// ComparisonRow is one competency. Changed of Total points of the second level
// are not in the base.
type ComparisonRow struct {
	Competency string         `json:"competency"`
	Name       string         `json:"name"`
	Category   string         `json:"category"`
	Changed    int            `json:"changed"`
	Total      int            `json:"total"`
	Cells      []ComparedCell `json:"cells"`
}

// ComparedCell is a cell with its text marked against the base.
type ComparedCell struct {
	Cell
	Segments []Segment `json:"segments"`
}

// Compare marks each level against the first one. It errors for fewer than two
// levels, and for one that is unknown or repeated.
func Compare(rubric Rubric, codes []string) (Comparison, error) {
	comparison := Comparison{Unchanged: []string{}}
	if len(codes) < 2 {
		return comparison, fmt.Errorf("compare: at least two levels are needed, got %d", len(codes))
	}
	comparison.Base = codes[0]
	for i, code := range codes {
		level, _, ok := rubric.Level(code)
		if !ok || slices.Contains(codes[:i], code) {
			return comparison, fmt.Errorf("compare: level %q is unknown or repeated", code)
		}
		comparison.Levels = append(comparison.Levels, level)
	}
	for _, level := range comparison.Levels {
		comparison.Shape = append(comparison.Shape, compareShape(comparison.Levels[0], level))
	}
	for _, competency := range rubric.Competencies {
		row := compareCompetency(competency, codes)
		comparison.Rows = append(comparison.Rows, row)
		if sameTexts(competency.Cell(codes[0]), competency.Cell(codes[1])) {
			comparison.Unchanged = append(comparison.Unchanged, competency.Code)
		}
	}
	return comparison, nil
}

func compareCompetency(competency Competency, codes []string) ComparisonRow {
	base, second := competency.Cell(codes[0]), competency.Cell(codes[1])
	row := ComparisonRow{Competency: competency.Code, Name: competency.Name, Category: competency.Category, Total: len(second.sentences())}
	for _, point := range second.sentences() {
		if !base.repeats(point.Text) {
			row.Changed++
		}
	}
	for _, code := range codes {
		cell := competency.Cell(code)
		row.Cells = append(row.Cells, ComparedCell{Cell: cell, Segments: DiffCells(base, cell)})
	}
	return row
}

func (c Cell) repeats(text string) bool {
	return slices.ContainsFunc(c.sentences(), func(point Point) bool { return point.Text == text })
}

// sentences are what a cell expects: the paragraphs of its narrative, and its
// points.
func (c Cell) sentences() []Point {
	if c.Narrative == "" {
		return c.Points
	}
	var out []Point
	for line := range strings.Lines(c.Narrative) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, Point{Text: line})
		}
	}
	return append(out, c.Points...)
}

func sameTexts(a, b Cell) bool {
	return slices.EqualFunc(a.sentences(), b.sentences(), func(x, y Point) bool { return x.Text == y.Text })
}

// DiffCells marks the text of a cell against a base cell. It pairs similar points
// first, so that words are only compared between two versions of one expectation.
func DiffCells(base, cell Cell) []Segment {
	was, is := base.sentences(), cell.sentences()
	partners := pairPoints(was, is)
	var segments []Segment
	for j, point := range is {
		lead := ""
		if j > 0 {
			lead = " "
		}
		from := ""
		if partners[j] >= 0 {
			from = was[partners[j]].Text
		}
		segments = append(segments, diffTexts(from, point.Text, lead)...)
	}
	for i, point := range was {
		if !slices.Contains(partners, i) {
			segments = append(segments, Segment{Text: strings.TrimLeft(" "+point.Text, leadingIf(len(segments) == 0)), Change: Removed})
		}
	}
	return joinEqual(segments)
}

func leadingIf(first bool) string {
	if first {
		return " "
	}
	return ""
}

// alike is how similar two points must be to count as versions of one
// expectation.
const alike = 0.4

// pairPoints gives each point of b the most similar unused point of a, or -1. The
// best pairs are made first.
func pairPoints(a, b []Point) []int {
	type pair struct {
		from, to int
		likeness float64
	}
	var pairs []pair
	partners := make([]int, len(b))
	for j := range b {
		partners[j] = -1
		for i := range a {
			if score := likeness(tokensOf(a[i].Text), tokensOf(b[j].Text)); score >= alike {
				pairs = append(pairs, pair{i, j, score})
			}
		}
	}
	slices.SortStableFunc(pairs, func(x, y pair) int {
		if x.likeness > y.likeness {
			return -1
		}
		return 1
	})
	used := map[int]bool{}
	for _, p := range pairs {
		if partners[p.to] < 0 && !used[p.from] {
			partners[p.to], used[p.from] = p.from, true
		}
	}
	return partners
}

// diffTexts marks how the words of to differ from those of from.
func diffTexts(from, to, lead string) []Segment {
	a, b := tokensOf(from), tokensOf(to)
	if len(b) > 0 {
		b[0].lead = lead
	}
	matches := commonTokens(a, b)
	dropIslands(b, matches)
	var segments []Segment
	next := 0
	for j, i := range matches {
		if i < 0 {
			segments = append(segments, Segment{Text: b[j].lead + b[j].text, Change: New})
			continue
		}
		segments = insertRemoved(segments, a[next:i])
		segments = append(segments, Segment{Text: b[j].lead + b[j].text, Change: Same})
		next = i + 1
	}
	return joinEqual(insertRemoved(segments, a[next:]))
}

// insertRemoved puts the words of the base before the new words that replaced
// them.
func insertRemoved(segments []Segment, gone []wordToken) []Segment {
	if len(gone) == 0 {
		return segments
	}
	at := len(segments)
	for at > 0 && segments[at-1].Change == New {
		at--
	}
	text := textOf(gone)
	if at > 0 && gone[0].lead == "" && gone[0].isWord() {
		text = " " + text
	}
	return slices.Insert(segments, at, Segment{Text: text, Change: Removed})
}

// dropIslands drops matches that would leave only a word or two of the old text
// between new words: they make a reader jump without telling anything.
func dropIslands(tokens []wordToken, matches []int) {
	for start := 0; start < len(matches); {
		end := start + 1
		for end < len(matches) && (matches[end] >= 0) == (matches[start] >= 0) {
			end++
		}
		between := start > 0 && end < len(matches)
		if matches[start] >= 0 && between && tiny(tokens[start:end]) {
			for k := start; k < end; k++ {
				matches[k] = -1
			}
		}
		start = end
	}
}

func tiny(tokens []wordToken) bool {
	words, content := 0, 0
	for _, t := range tokens {
		if t.isWord() {
			words++
		}
		if t.content() {
			content++
		}
	}
	return words <= 1 || content == 0
}

// joinEqual merges neighbours with the same change and leaves out empty pieces.
func joinEqual(segments []Segment) []Segment {
	joined := []Segment{}
	for _, segment := range segments {
		last := len(joined) - 1
		switch {
		case segment.Text == "":
		case last >= 0 && joined[last].Change == segment.Change:
			joined[last].Text += segment.Text
		default:
			joined = append(joined, segment)
		}
	}
	return joined
}

func textOf(tokens []wordToken) string {
	var text strings.Builder
	for _, t := range tokens {
		text.WriteString(t.lead + t.text)
	}
	return text.String()
}
