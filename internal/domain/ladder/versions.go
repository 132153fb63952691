package ladder

import (
	"reflect"
	"slices"

	"github.com/Masterminds/semver/v3"
)

// Step is the part of a version number that a change increases.
type Step string

// These are the steps: new meanings and levels, new text, edits.
const (
	Major Step = "major"
	Minor Step = "minor"
	Patch Step = "patch"
	None  Step = "none"
)

// VersionDiff is what changes from one version of a ladder to another.
type VersionDiff struct {
	Step         Step               `json:"step" enum:"major,minor,patch,none" doc:"the proposed step of the version number"`
	Why          []string           `json:"why" doc:"why this step is needed"`
	Levels       []LevelChange      `json:"levels" doc:"levels that were added, dropped or changed"`
	Competencies []CompetencyChange `json:"competencies" doc:"competencies with any change, in the ladder's order"`
	Moves        []Move             `json:"moves" doc:"what happened to each sentence"`
	Counts       map[MoveType]int   `json:"counts" doc:"number of sentences by what happened to them"`
}

// LevelChange is one level that differs.
type LevelChange struct {
	Code   string    `json:"code"`
	Change Change    `json:"change" enum:"same,new,removed"`
	Title  []Segment `json:"title"`
	About  []Segment `json:"about" doc:"the summary"`
}

// CompetencyChange is one competency that differs; cells without a change are left out.
type CompetencyChange struct {
	Code   string       `json:"code"`
	Name   string       `json:"name"`
	Change Change       `json:"change" enum:"same,new,removed" doc:"same when the competency stays and its text changes"`
	Cells  []CellChange `json:"cells"`
}

// CellChange is the text of a cell with what is new and what is gone.
type CellChange struct {
	Level    string    `json:"level" doc:"a level, or the key of a point of the scale"`
	Segments []Segment `json:"segments"`
	Moves    []Move    `json:"moves" doc:"the moves of its sentences that did not stay the same"`
}

// Diff compares two versions. Said is what the owner decided about sentences
// whose wording alone does not show it.
func Diff(before, after Rubric, said []Move) VersionDiff {
	d := differ{before: before, after: after}
	d.out = VersionDiff{Step: None, Why: []string{}, Levels: []LevelChange{}, Competencies: []CompetencyChange{}, Moves: Moves(before, after, said), Counts: map[MoveType]int{}}
	for _, m := range d.out.Moves {
		d.out.Counts[m.Type]++
	}
	d.levels()
	d.competencies()
	d.step()
	return d.out
}

type differ struct {
	before, after Rubric
	out           VersionDiff
}

func (d *differ) ask(step Step, why string) {
	order := []Step{None, Patch, Minor, Major}
	if slices.Index(order, step) > slices.Index(order, d.out.Step) {
		d.out.Step = step
	}
	if !slices.Contains(d.out.Why, why) {
		d.out.Why = append(d.out.Why, why)
	}
}

func (d *differ) levels() {
	for _, level := range d.after.Levels() {
		was, _, known := d.before.Level(level.Code)
		switch {
		case !known:
			d.ask(Major, "Level "+level.Code+" is new.")
			d.out.Levels = append(d.out.Levels, LevelChange{Code: level.Code, Change: New, Title: diffTexts("", level.Title, ""), About: diffTexts("", level.Summary, "")})
		case !reflect.DeepEqual(was, level):
			d.ask(levelStep(was, level), "Level "+level.Code+" changes.")
			d.out.Levels = append(d.out.Levels, LevelChange{Code: level.Code, Change: Same, Title: diffTexts(was.Title, level.Title, ""), About: diffTexts(was.Summary, level.Summary, "")})
		}
	}
	for _, level := range d.before.Levels() {
		if _, _, kept := d.after.Level(level.Code); !kept {
			d.ask(Major, "Level "+level.Code+" is dropped.")
			d.out.Levels = append(d.out.Levels, LevelChange{Code: level.Code, Change: Removed, Title: diffTexts(level.Title, "", ""), About: diffTexts(level.Summary, "", "")})
		}
	}
}

// levelStep: a level that is in another place means something else; other words
// do not.
func levelStep(was, is Level) Step {
	if was.Ordinal != is.Ordinal || was.SublevelOf != is.SublevelOf || !reflect.DeepEqual(was.Equivalent, is.Equivalent) {
		return Major
	}
	return Patch
}

func (d *differ) competencies() {
	for _, c := range d.after.Competencies {
		was, known := d.before.Competency(c.Code)
		change := CompetencyChange{Code: c.Code, Name: c.Name, Change: Same, Cells: d.cells(was, c)}
		if !known {
			change.Change = New
			d.ask(Minor, c.Name+" is new.")
		} else if !reflect.DeepEqual(keysOf(d.before.ScaleOf(was)), keysOf(d.after.ScaleOf(c))) {
			d.ask(Major, "The scale of "+c.Name+" changes.")
		}
		if !known || len(change.Cells) > 0 {
			d.out.Competencies = append(d.out.Competencies, change)
		}
		d.expectations(was, c, known)
	}
	for _, c := range d.before.Competencies {
		if _, kept := d.after.Competency(c.Code); !kept {
			d.ask(Major, c.Name+" is dropped.")
			d.out.Competencies = append(d.out.Competencies, CompetencyChange{Code: c.Code, Name: c.Name, Change: Removed, Cells: d.cells(c, Competency{})})
		}
	}
}

func keysOf(points []ScalePoint) []string {
	var keys []string
	for _, p := range points {
		keys = append(keys, p.Key)
	}
	return keys
}

func (d *differ) expectations(was, is Competency, known bool) {
	if !known {
		return
	}
	for _, cell := range is.Cells {
		before := was.Cell(cell.Level)
		if before.Expected != nil && cell.Expected != nil && *before.Expected != *cell.Expected || before.Mode != cell.Mode && before.Expected != nil {
			d.ask(Major, cell.Level+" expects something else of "+is.Name+".")
		}
	}
}

// cells lists the changed cells of both, by level and by point.
func (d *differ) cells(was, is Competency) []CellChange {
	changed := []CellChange{}
	seen := map[string]bool{}
	add := func(before, after Cell) {
		level := after.Level
		if level == "" {
			level = before.Level
		}
		if seen[level] || reflect.DeepEqual(before.sentences(), after.sentences()) {
			seen[level] = true
			return
		}
		seen[level] = true
		changed = append(changed, CellChange{Level: level, Segments: DiffCells(before, after), Moves: d.movesOf(before, after)})
	}
	for _, cell := range is.Cells {
		add(was.Cell(cell.Level), cell)
	}
	for _, cell := range was.Cells {
		add(cell, is.Cell(cell.Level))
	}
	for _, stage := range is.Stages {
		add(was.stage(stage.Level), stage)
	}
	for _, stage := range was.Stages {
		add(stage, is.stage(stage.Level))
	}
	return changed
}

func (c Competency) stage(key string) Cell {
	for _, stage := range c.Stages {
		if stage.Level == key {
			return stage
		}
	}
	return Cell{Level: key, Points: []Point{}}
}

func (d *differ) movesOf(before, after Cell) []Move {
	out := []Move{}
	for _, m := range d.out.Moves {
		if m.Type != MoveSame && (before.hasAny(m.Old) || after.hasAny(m.New)) {
			out = append(out, m)
		}
	}
	return out
}

func (c Cell) hasAny(uids []string) bool {
	return slices.ContainsFunc(c.Points, func(p Point) bool { return slices.Contains(uids, p.UID) })
}

// step weighs what happened to the sentences, and what else differs.
func (d *differ) step() {
	for _, reason := range []struct {
		kind MoveType
		step Step
		why  string
	}{
		{MoveDropped, Major, "Sentences are dropped."}, {MoveSplit, Major, "Sentences are split."}, {MoveMerged, Major, "Sentences are merged."},
		{MoveNew, Minor, "Sentences are new."}, {MoveEdited, Patch, "The wording changes."},
	} {
		if d.out.Counts[reason.kind] > 0 {
			d.ask(reason.step, reason.why)
		}
	}
	if slices.ContainsFunc(d.out.Moves, func(m Move) bool { return m.Moved }) {
		d.ask(Major, "Sentences move to another level or competency.")
	}
	if !reflect.DeepEqual(d.before.Rule, d.after.Rule) {
		d.ask(Major, "The rule for levels changes.")
	}
	before, after := d.before, d.after
	before.Version, after.Version, before.Changes, after.Changes, before.From, after.From = "", "", "", "", nil, nil
	if d.out.Step == None && !reflect.DeepEqual(before, after) {
		d.ask(Patch, "Names, examples or notes change.")
	}
}

// NextVersion increases a version by a step. The version must be valid.
func NextVersion(version string, step Step) string {
	v, err := semver.NewVersion(version)
	if err != nil {
		return version
	}
	switch step {
	case Major:
		return v.IncMajor().String()
	case Minor:
		return v.IncMinor().String()
	}
	return v.IncPatch().String()
}
