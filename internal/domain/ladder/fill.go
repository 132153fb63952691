package ladder

import (
	"cmp"
	"slices"
)

// Rubric fills in the document. The document must be valid and have no layers
// left to merge.
func (d Document) Rubric() Rubric {
	r := Rubric{
		Framework: d.Framework, Name: d.Title(), Version: d.Version, Summary: d.Summary, Language: cmp.Or(d.Language, "en"), Changes: d.Changes,
		Layer: cmp.Or(d.Layer, CraftLayer), Tracks: filledTracks(d.Tracks), Categories: filledCategories(d.Categories),
		Scales: filledScales(d.Scales), Modifiers: d.Modifiers, Archetypes: d.Archetypes, Rule: d.Rule,
		Technologies: d.Technologies, Designations: d.Designations, Translations: d.Translations, Competencies: []Competency{},
	}
	r.ScaleCode = d.rating()
	rating := r.Scales[r.ScaleCode]
	r.Scale, r.Meets = rating.Points, rating.meets()
	f := newFiller(d, r)
	for _, entry := range d.Competencies {
		r.Competencies = append(r.Competencies, f.competency(entry))
	}
	return r
}

// rating is the scale for competencies without their own: the named one, the only
// one, or none.
func (d Document) rating() string {
	if d.Rating == "" && len(d.Scales) == 1 {
		for code := range d.Scales {
			return code
		}
	}
	return d.Rating
}

// Standard is the scale for ladders without one.
var Standard = Scale{Name: "Shown", Meets: "met", Points: []ScalePoint{
	{Point: 0, Key: "not-shown", Label: "Not shown", Meaning: "There is no evidence yet, or there was no opportunity."},
	{Point: 1, Key: "partly", Label: "Partly", Meaning: "Some of the points are shown, or all of them only with help."},
	{Point: 2, Key: "met", Label: "Met", Meaning: "All points are shown, more than once and without help."},
	{Point: 3, Key: "exceeds", Label: "Exceeds", Meaning: "All points are shown, and some of the next level as well."},
}}

func filledScales(scales map[string]Scale) map[string]Scale {
	filled := map[string]Scale{}
	for code, scale := range scales {
		scale.Name = named(scale.Name, code)
		scale.Points = slices.Clone(scale.Points)
		for i := range scale.Points {
			scale.Points[i].Point = i
			scale.Points[i].Label = named(scale.Points[i].Label, scale.Points[i].Key)
		}
		filled[code] = scale
	}
	if _, ok := filled[""]; !ok {
		filled[""] = Standard
	}
	return filled
}

func (s Scale) meets() int {
	if at := s.index(s.Meets); at >= 0 {
		return at
	}
	return len(s.Points) - 1
}

func (s Scale) index(key string) int {
	return slices.IndexFunc(s.Points, func(p ScalePoint) bool { return p.Key == key })
}

func filledCategories(categories []Category) []Category {
	filled := append([]Category{}, categories...)
	for i := range filled {
		filled[i].Name = named(filled[i].Name, filled[i].Code)
	}
	return filled
}

// filledTracks fills in titles, heights, next levels and both directions of
// equivalents.
func filledTracks(tracks []Track) []Track {
	filled := slices.Clone(tracks)
	ordinals := map[string]int{}
	equal := map[string][]string{}
	for _, level := range LevelsOf(tracks) {
		for _, other := range level.Equivalent {
			equal[level.Code] = append(equal[level.Code], other)
			equal[other] = append(equal[other], level.Code)
		}
	}
	for t := range filled {
		track := &filled[t]
		track.Name = cmp.Or(track.Name, track.Code)
		track.Kind = cmp.Or(track.Kind, IndividualContributor)
		track.Levels = slices.Clone(track.Levels)
		for i := range track.Levels {
			level := &track.Levels[i]
			level.Title = cmp.Or(level.Title, level.Code)
			level.ShortTitle = cmp.Or(level.ShortTitle, level.Title)
			level.Ordinal = cmp.Or(level.Ordinal, heightOf(track.Levels, i, equal[level.Code], ordinals))
			ordinals[level.Code] = level.Ordinal
			level.Equivalent = unique(equal[level.Code])
			if level.Next == nil && i+1 < len(track.Levels) {
				level.Next = []string{track.Levels[i+1].Code}
			}
			level.Next = append([]string{}, level.Next...)
		}
	}
	return filled
}

// heightOf is the height of a level without an ordinal: that of an equivalent, or
// one above the level below it.
func heightOf(levels []Level, i int, equal []string, known map[string]int) int {
	for _, code := range equal {
		if known[code] > 0 {
			return known[code]
		}
	}
	if i == 0 {
		return 1
	}
	return levels[i-1].Ordinal + 1
}

func unique(codes []string) []string {
	out := []string{}
	for _, code := range codes {
		if !slices.Contains(out, code) {
			out = append(out, code)
		}
	}
	return out
}

// filler puts the texts of competencies at the levels where they hold.
type filler struct {
	document Document
	rubric   Rubric
	places   []place
	levels   map[string]Level
	expected map[[2]string]Expectation // level, competency
}

func newFiller(d Document, r Rubric) filler {
	f := filler{document: d, rubric: r, levels: map[string]Level{}, expected: map[[2]string]Expectation{}}
	for _, track := range r.Tracks {
		for _, level := range track.Levels {
			f.levels[level.Code] = level
			f.places = append(f.places, place{level: level, track: track, discipline: d.Discipline, team: d.Team})
		}
	}
	for _, e := range d.Expectations {
		f.expected[[2]string{e.Level, e.Competency}] = e
	}
	return f
}

func (f filler) competency(entry Entry) Competency {
	code := cmp.Or(entry.Scale, f.document.rating())
	scale := f.rubric.Scales[code]
	c := Competency{
		Code: entry.Code, Name: named(entry.Name, entry.Code), Category: entry.Category, Description: entry.Description,
		Kind: cmp.Or(entry.Kind, Core), Cumulative: entry.Cumulative, Meets: scale.meets(), Cells: []Cell{},
	}
	c.Short = cmp.Or(entry.Short, c.Name)
	if code != f.document.rating() {
		c.Scale, c.ScaleCode = scale.Points, code
	}
	applies, _ := parseSelector(entry.AppliesTo)
	for _, at := range f.places {
		if applies.picks(at, f.levels) {
			c.Cells = append(c.Cells, f.cell(entry, scale, at))
		}
	}
	for _, point := range scale.Points {
		stage := Cell{Level: point.Key, Points: []Point{}}
		for _, d := range entry.Descriptors {
			if d.At.Point == point.Key && d.At.Level == "" && d.At.Levels == "" && d.At.Archetype == "" {
				stage.take(d)
			}
		}
		if stage.says() {
			c.Stages = append(c.Stages, stage)
		}
	}
	return c
}

// cell collects what holds at a level: the texts about the level, or about the
// point that is expected there.
func (f filler) cell(entry Entry, scale Scale, at place) Cell {
	cell := Cell{Level: at.level.Code, Points: []Point{}}
	expected := -1
	if e, ok := f.expected[[2]string{at.level.Code, entry.Code}]; ok {
		expected = scale.index(e.Min)
		cell.Expected, cell.Mode = &expected, cmp.Or(e.Mode, Required)
	}
	for _, d := range entry.Descriptors {
		switch {
		case d.At.Track != "" && d.At.Track != at.track.Code:
		case d.At.Archetype != "":
			if f.reaches(d.At, at) && f.played(d.At.Archetype, at.level.Code) {
				cell.variant(d)
			}
		case f.reaches(d.At, at):
			cell.take(d)
			if cell.Expected == nil && d.At.Point != "" {
				point := scale.index(d.At.Point)
				cell.Expected, cell.Mode = &point, Required
			}
		case d.At.Level == "" && d.At.Levels == "" && expected >= 0:
			cell.takeStage(d, scale.index(d.At.Point), expected, entry.Cumulative)
		case entry.Cumulative && f.below(d.At, at):
			cell.keep(d)
		}
	}
	return cell
}

// reaches reports whether a descriptor is about the level, or about the level
// that it divides.
func (f filler) reaches(anchor Anchor, at place) bool {
	if anchor.Levels != "" {
		picked, _ := parseSelector(anchor.Levels)
		return picked.picks(at, f.levels)
	}
	return anchor.Level != "" && (anchor.Level == at.level.Code || anchor.Level == at.level.SublevelOf)
}

// below reports whether a descriptor is about a lower level of the same track.
func (f filler) below(anchor Anchor, at place) bool {
	level, known := f.levels[anchor.Level]
	same := slices.ContainsFunc(at.track.Levels, func(l Level) bool { return l.Code == anchor.Level })
	return known && same && level.Ordinal < at.level.Ordinal
}

func (f filler) played(archetype, level string) bool {
	return slices.ContainsFunc(f.document.Archetypes, func(a Archetype) bool {
		return a.Code == archetype && slices.Contains(a.Levels, level)
	})
}

func (c *Cell) takeStage(d Descriptor, point, expected int, cumulative bool) {
	switch {
	case point == expected:
		c.take(d)
	case point < expected && cumulative:
		c.keep(d)
	}
}

// take adds the content of a descriptor.
func (c *Cell) take(d Descriptor) {
	if d.Narrative != "" && c.Narrative != "" {
		c.Narrative += "\n\n"
	}
	c.Narrative += d.Narrative
	for _, criterion := range d.Criteria {
		if criterion.Retired != "" {
			continue
		}
		point := pointOf(criterion)
		switch criterion.Kind {
		case IsExample:
			c.Examples = append(c.Examples, point)
		case IsAntiExample:
			c.AntiExamples = append(c.AntiExamples, point)
		case IsNote:
			c.Notes = append(c.Notes, point)
		default:
			c.Points = append(c.Points, point)
		}
	}
}

// keep adds what a lower level or point expects as still expected.
func (c *Cell) keep(d Descriptor) {
	for _, criterion := range d.Criteria {
		if criterion.Retired == "" && (criterion.Kind == "" || criterion.Kind == IsCriterion || criterion.Kind == IsSignal) {
			c.Still = append(c.Still, pointOf(criterion))
		}
	}
}

func (c *Cell) variant(d Descriptor) {
	at := slices.IndexFunc(c.Variants, func(v Cell) bool { return v.Level == d.At.Archetype })
	if at < 0 {
		at = len(c.Variants)
		c.Variants = append(c.Variants, Cell{Level: d.At.Archetype, Points: []Point{}})
	}
	c.Variants[at].take(d)
}

func pointOf(c Criterion) Point {
	p := Point{UID: c.UID, Text: c.Text, Parent: c.Parent, URLs: c.URLs}
	if c.Kind == IsSignal {
		p.Kind = c.Kind
	}
	if c.Weight != WeightCore {
		p.Weight = c.Weight
	}
	return p
}

// says reports whether the cell has any text.
func (c Cell) says() bool {
	return c.Narrative != "" || len(c.Points)+len(c.Still)+len(c.Examples)+len(c.AntiExamples)+len(c.Notes)+len(c.Variants) > 0
}
