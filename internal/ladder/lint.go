package ladder

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// The limits that the linter knows.
const (
	maxCellWords    = 120
	maxCompetencies = 15
)

// linter looks for what makes a valid rubric hard to rate people by.
type linter struct {
	document Document
	findings Findings
}

// Lint returns what to improve. Findings carry paths; Source.Locate turns them into lines.
func Lint(document Document) Findings {
	l := &linter{document: document}
	if n := len(document.Competencies); n > maxCompetencies {
		l.warn("too-many-competencies", "competencies", "merge some of them",
			"%d competencies are more than people can rate with care, %d is the most", n, maxCompetencies)
	}
	for _, competency := range document.Competencies {
		l.competency(competency)
	}
	l.repeats()
	return l.findings
}

// Lint is Lint of the document with the places in the file, in the order of the file.
func (s Source) Lint() Findings { return inOrder(s.Locate(Lint(s.Document))) }

func (l *linter) warn(rule, path, fix, format string, args ...any) {
	l.findings = append(l.findings, Finding{Rule: rule, Path: path, Message: fmt.Sprintf(format, args...), Fix: fix})
}

func (l *linter) competency(competency Competency) {
	for _, track := range l.document.Tracks {
		levels := slices.SortedFunc(slices.Values(track.Levels), func(a, b Level) int { return cmp.Compare(a.Ordinal, b.Ordinal) })
		for i, level := range levels {
			cell := competency.Cell(level.Code)
			path := "competencies/" + competency.Code + "/" + level.Code
			l.cell(competency, cell, path)
			if i > 0 {
				l.step(competency.Cell(levels[i-1].Code), cell, path)
			}
		}
	}
}

func (l *linter) cell(competency Competency, cell Cell, path string) {
	if len(cell.Points) == 0 {
		l.warn("empty-cell", path, "say what it looks like there", "%s says nothing about %s", competency.Name, cell.Level)
		return
	}
	if len(cell.Examples) == 0 {
		l.warn("no-example", path, "add something that really happened", "%s at %s has no example", competency.Name, cell.Level)
	}
	if len(cell.AntiExamples) == 0 {
		l.warn("no-anti-example", path, "add what is sometimes mistaken for it", "%s at %s has no anti-example", competency.Name, cell.Level)
	}
	if words := cell.words(); words > maxCellWords {
		l.warn("long-cell", path, "keep what decides and move the rest to examples",
			"%s at %s has %d words, %d is the most that people read", competency.Name, cell.Level, words, maxCellWords)
	}
	for _, point := range cell.Points {
		l.wording(point, path+"/"+point.UID)
	}
}

func (c Cell) words() int {
	count := 0
	for _, point := range c.Points {
		count += len(strings.Fields(point.Text))
	}
	return count
}

// unobservable lists verbs for what happens inside a head, where no evidence can reach.
var unobservable = setOf("knows understands appreciates believes feels thinks wants hopes tries strives aspires cares " +
	"realizes realises grasps comprehends enjoys loves values aims")

var unobservablePhrases = []string{"is aware of", "is familiar with", "is comfortable with", "is passionate about",
	"is able to", "is capable of", "has knowledge of", "has a good understanding", "is interested in", "is willing to"}

// loaded lists words that shut people out or mean nothing outside of one culture.
var loaded = setOf("he she his her hers him himself herself guys manpower rockstar ninja guru wizard hacker grandfathered " +
	"manned whitelist blacklist")

func (l *linter) wording(point Point, path string) {
	lower := strings.ToLower(point.Text)
	for _, t := range tokensOf(lower) {
		if unobservable[t.text] {
			l.warn("unobservable", path, "write what a colleague can see this person do", "%q cannot be observed", t.text)
		}
		if loaded[t.text] {
			l.warn("loaded-word", path, "use a plain, neutral word", "%q does not fit everybody", t.text)
		}
	}
	for _, phrase := range unobservablePhrases {
		if strings.Contains(lower, phrase) {
			l.warn("unobservable", path, "write what a colleague can see this person do", "%q cannot be observed", phrase)
		}
	}
}

// step compares a cell with the one below it on the same track. A point that still holds may be repeated word for word.
func (l *linter) step(below, cell Cell, path string) {
	if len(below.Points) == 0 || len(cell.Points) == 0 {
		return
	}
	added := 0
	for _, point := range cell.Points {
		if below.says(point.Text) {
			continue
		}
		added++
		if twin, ok := nearTwin(below, point); ok {
			l.warn("near-duplicate", path+"/"+point.UID, "say what is different at this level, or repeat the point word for word",
				"differs from %s of %s by a word that nobody can rate", twin.UID, below.Level)
		}
	}
	if added == 0 {
		l.warn("adds-nothing", path, "add what is new at this level", "%s says nothing that %s does not say", cell.Level, below.Level)
	}
}

func nearTwin(cell Cell, point Point) (Point, bool) {
	for _, other := range cell.Points {
		if meaning(other.Text) == meaning(point.Text) {
			return other, true
		}
	}
	return Point{}, false
}

// meaning is the text without fillers, punctuation and adverbs of degree.
func meaning(text string) string {
	var words []string
	for _, t := range tokensOf(strings.ToLower(text)) {
		if t.content() && !adverbs[t.text] {
			words = append(words, t.text)
		}
	}
	return strings.Join(words, " ")
}

// repeats finds the same expectation twice in one cell or under two competencies: it would count twice.
func (l *linter) repeats() {
	type place struct{ competency, level, uid string }
	seen := map[string]place{}
	for _, competency := range l.document.Competencies {
		for _, cell := range competency.Cells {
			for _, point := range cell.Points {
				key := meaning(point.Text)
				first, repeated := seen[key]
				if repeated && (first.competency != competency.Code || first.level == cell.Level) {
					l.warn("duplicate", "competencies/"+competency.Code+"/"+cell.Level+"/"+point.UID,
						"keep it in one place", "says the same as %s", first.uid)
				}
				if !repeated {
					seen[key] = place{competency.Code, cell.Level, point.UID}
				}
			}
		}
	}
}
