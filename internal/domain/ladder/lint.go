package ladder

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// These are the limits of the linter.
const (
	maxCellWords    = 120
	maxCompetencies = 15
	jumpFactor      = 2.5 // how much larger than the usual step a step may be
)

// linter looks for what makes it hard to rate people by a valid rubric.
type linter struct {
	document Document
	rubric   Rubric
	paths    map[string]string // by uid, and by competency and level
	findings Findings
}

// Lint returns what to improve. Findings carry paths; Source.Locate turns them into lines.
func Lint(document Document) Findings {
	l := &linter{document: document, rubric: document.Rubric(), paths: map[string]string{}}
	l.index()
	if n := len(document.Competencies); n > maxCompetencies {
		l.warnf("too-many-competencies", "/competencies", "merge some of them",
			"%d competencies are more than people can rate with care; the most is %d", n, maxCompetencies)
	}
	for _, competency := range l.rubric.Competencies {
		l.competency(competency)
		for _, stage := range competency.Stages {
			l.texts(competency, stage)
		}
	}
	l.falling()
	l.jumps()
	l.repeats()
	return l.findings
}

// Lint is Lint of the document with the places in the file, in the order of the file.
func (s Source) Lint() Findings { return inOrder(s.Locate(Lint(s.Document))) }

// LintAll lints files that are checked together: files that build on others among
// them are checked with what these contribute. Absent are the frameworks that
// files build on but that are not given; their contribution is not checked.
func LintAll(sources []Source) (findings Findings, absent []string) {
	documents := make([]Document, 0, len(sources))
	for _, source := range sources {
		documents = append(documents, source.Document)
	}
	library := Among(documents...)
	for _, source := range sources {
		missing := source.Document.absent(library)
		absent = append(absent, missing...)
		if len(missing) == 0 {
			_, _, broken := Resolve(source.Document, library)
			findings = append(findings, source.Locate(broken)...)
		}
		findings = append(findings, source.Lint()...)
	}
	return findings, unique(absent)
}

// absent lists what the document builds on and the library does not have.
func (d Document) absent(library Library) []string {
	var out []string
	for _, ref := range d.Layers {
		if slug, within, err := ref.target(); err == nil {
			if _, known := library(slug, within); !known {
				out = append(out, ref.From)
			}
		}
	}
	return out
}

// index remembers the place of each competency, cell and sentence.
func (l *linter) index() {
	for i, entry := range l.document.Competencies {
		l.paths[entry.Code] = at("competencies", i)
		for j, d := range entry.Descriptors {
			path := at("competencies", i, "descriptors", j)
			l.paths[entry.Code+"/"+cmp.Or(d.At.Level, d.At.Point)] = path
			for k, c := range d.Criteria {
				l.paths[c.UID] = at2(path, "criteria", k)
			}
		}
	}
}

// where is the path of a competency's cell, or of the competency if it has no
// such cell.
func (l *linter) where(c Competency, level string) string {
	return cmp.Or(l.paths[c.Code+"/"+level], l.paths[c.Code])
}

func (l *linter) warnf(rule, path, fix, format string, args ...any) {
	l.findings = append(l.findings, Finding{Rule: rule, Path: path, Message: fmt.Sprintf(format, args...), Fix: fix})
}

func (l *linter) competency(competency Competency) {
	staged := len(competency.Stages) > 0
	for _, track := range l.rubric.Tracks {
		var below Cell
		for _, level := range inHeight(track.Levels) {
			cell, applies := competency.at(level.Code)
			if !applies {
				continue
			}
			if !staged {
				l.cell(competency, cell, level)
				l.step(competency, below, cell)
			}
			below = cell
		}
	}
}

func inHeight(levels []Level) []Level {
	return slices.SortedFunc(slices.Values(levels), func(a, b Level) int { return cmp.Compare(a.Ordinal, b.Ordinal) })
}

func (l *linter) cell(competency Competency, cell Cell, level Level) {
	if len(cell.Points) == 0 && cell.Narrative == "" {
		if level.SublevelOf == "" && cell.Mode != Nice && cell.Mode != Typical {
			l.warnf("empty-cell", l.where(competency, cell.Level), "say what it looks like there", "%s says nothing about %s", competency.Name, cell.Level)
		}
		return
	}
	l.texts(competency, cell)
}

// texts checks what is written in a cell or about a point of the scale.
func (l *linter) texts(competency Competency, cell Cell) {
	path := l.where(competency, cell.Level)
	if len(cell.Examples) == 0 && len(cell.Points) > 0 {
		l.warnf("no-example", path, "add something that really happened", "%s at %s has no example", competency.Name, cell.Level)
	}
	if len(cell.AntiExamples) == 0 && len(cell.Points) > 0 {
		l.warnf("no-anti-example", path, "add what is sometimes mistaken for it", "%s at %s has no anti-example", competency.Name, cell.Level)
	}
	if words := cell.words(); words > maxCellWords {
		l.warnf("long-cell", path, "keep what matters most and move the rest to examples",
			"%s at %s has %d words; people read at most %d", competency.Name, cell.Level, words, maxCellWords)
	}
	l.wording(cell.Narrative, path)
	for _, point := range cell.Points {
		l.wording(point.Text, cmp.Or(l.paths[point.UID], path))
	}
}

func (c Cell) words() int {
	count := len(strings.Fields(c.Narrative))
	for _, point := range c.Points {
		count += len(strings.Fields(point.Text))
	}
	return count
}

// unobservable lists verbs for what happens inside a person's head, where
// evidence cannot reach.
var unobservable = setOf("knows understands appreciates believes feels thinks wants hopes tries strives aspires cares " +
	"realizes realises grasps comprehends enjoys loves values aims")

var unobservablePhrases = []string{"is aware of", "is familiar with", "is comfortable with", "is passionate about",
	"is able to", "is capable of", "has knowledge of", "has a good understanding", "is interested in", "is willing to"}

// loaded lists words that exclude people or mean nothing outside one culture.
var loaded = setOf("he she his her hers him himself herself guys manpower rockstar ninja guru wizard hacker grandfathered " + //verify:ok the words that the linter looks for
	"manned whitelist blacklist")

func (l *linter) wording(text, path string) {
	lower := strings.ToLower(text)
	for _, t := range tokensOf(lower) {
		if unobservable[t.text] {
			l.warnf("unobservable", path, "write what a colleague can see this person do", "%q cannot be observed", t.text)
		}
		if loaded[t.text] {
			l.warnf("loaded-word", path, "use a plain, neutral word", "%q excludes people or is hard to understand", t.text)
		}
	}
	for _, phrase := range unobservablePhrases {
		if strings.Contains(lower, phrase) {
			l.warnf("unobservable", path, "write what a colleague can see this person do", "%q cannot be observed", phrase)
		}
	}
}

// step compares a cell with the one below it on the same track. A point that
// still holds may be repeated word for word.
func (l *linter) step(competency Competency, below, cell Cell) {
	if len(below.Points) == 0 || len(cell.Points) == 0 {
		return
	}
	added := 0
	for _, point := range cell.Points {
		if below.repeats(point.Text) {
			continue
		}
		added++
		if twin, ok := nearTwin(below, point); ok {
			l.warnf("near-duplicate", l.paths[point.UID], "say what is different at this level, or repeat the point word for word",
				"differs from %s of %s by a word that nobody can rate", twin.UID, below.Level)
		}
	}
	if added == 0 && !sublevel(l.rubric, cell.Level) {
		l.warnf("adds-nothing", l.where(competency, cell.Level), "add what is new at this level", "%s says nothing that %s does not say", cell.Level, below.Level)
	}
}

func sublevel(r Rubric, code string) bool {
	level, _, _ := r.Level(code)
	return level.SublevelOf != ""
}

func nearTwin(cell Cell, point Point) (Point, bool) {
	for _, other := range cell.Points {
		if meaning(other.Text) == meaning(point.Text) {
			return other, true
		}
	}
	return Point{}, false
}

// meaning is the text without filler words, punctuation and adverbs of degree.
func meaning(text string) string {
	var words []string
	for _, t := range tokensOf(strings.ToLower(text)) {
		if t.content() && !adverbs[t.text] {
			words = append(words, t.text)
		}
	}
	return strings.Join(words, " ")
}

// falling finds expectations that are lower than at the previous level.
func (l *linter) falling() {
	index := map[[2]string]int{}
	for i, e := range l.document.Expectations {
		index[[2]string{e.Level, e.Competency}] = i
	}
	for _, competency := range l.rubric.Competencies {
		for _, track := range l.rubric.Tracks {
			highest, from := -1, ""
			for _, level := range inHeight(track.Levels) {
				cell := competency.Cell(level.Code)
				if cell.Expected == nil {
					continue
				}
				if *cell.Expected < highest {
					path := l.where(competency, level.Code)
					if i, ok := index[[2]string{level.Code, competency.Code}]; ok {
						path = at("expectations", i)
					}
					l.warnf("falling-expectation", path, "expect at least as much as at "+from, "%s expects less of %s than %s", level.Code, competency.Name, from)
				} else {
					highest, from = *cell.Expected, level.Code
				}
			}
		}
	}
}

// jumps finds levels that add much more than the other levels of the track.
func (l *linter) jumps() {
	for t, track := range l.rubric.Tracks {
		levels := inHeight(track.Levels)
		sizes := make([]int, len(levels))
		for _, competency := range l.rubric.Competencies {
			for i := 1; i < len(levels); i++ {
				sizes[i] += newWords(competency.Cell(levels[i-1].Code), competency.Cell(levels[i].Code))
			}
		}
		if len(levels) < 4 {
			continue // with two steps there is no usual size
		}
		usual := median(sizes[1:])
		for i := 1; i < len(levels); i++ {
			if usual > 0 && float64(sizes[i]) > jumpFactor*float64(usual) {
				at := slices.IndexFunc(track.Levels, func(level Level) bool { return level.Code == levels[i].Code })
				l.warnf("uneven-jump", fmt.Sprintf("/tracks/%d/levels/%d", t, at), "move some of it to the levels next to it, or add a level in between",
					"%s adds %d words; the usual step adds %d", levels[i].Code, sizes[i], usual)
			}
		}
	}
}

func newWords(below, cell Cell) int {
	count := 0
	for _, point := range cell.Points {
		if !below.repeats(point.Text) {
			count += len(strings.Fields(point.Text))
		}
	}
	return count
}

func median(values []int) int {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}

// repeats finds the same expectation twice in one cell or under two competencies,
// because it would count twice.
func (l *linter) repeats() {
	type place struct{ competency, anchor, uid string }
	seen := map[string]place{}
	for i, entry := range l.document.Competencies {
		for j, d := range entry.Descriptors {
			anchor := cmp.Or(d.At.Level, d.At.Point, d.At.Levels)
			for k, c := range d.Criteria {
				if c.Kind != "" && c.Kind != IsCriterion && c.Kind != IsSignal {
					continue
				}
				key := meaning(c.Text)
				first, repeated := seen[key]
				if repeated && (first.competency != entry.Code || first.anchor == anchor) {
					l.warnf("duplicate", at("competencies", i, "descriptors", j, "criteria", k), "keep it in one place", "says the same as %s", first.uid)
				}
				if !repeated {
					seen[key] = place{entry.Code, anchor, c.UID}
				}
			}
		}
	}
}
