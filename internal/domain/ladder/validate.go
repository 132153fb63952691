package ladder

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var (
	slugPattern = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
	codePattern = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$`)
	uidPattern  = regexp.MustCompile(`^[A-Za-z0-9]+([-_.][A-Za-z0-9]+)*$`)
)

// validator checks the references and rules that a well-formed file can still
// break.
type validator struct {
	document   Document
	complete   bool // no part comes from layers
	levels     map[string]Level
	trackOf    map[string]string
	categories map[string]Category
	uids       map[string]bool
	findings   Findings
}

// Validate returns what makes the document unusable. What a document with layers
// refers to may be in those layers; that is checked once they are merged.
// Findings carry paths; Source.Locate turns them into lines.
func Validate(document Document) Findings {
	v := &validator{
		document: document, complete: len(document.Layers) == 0, levels: map[string]Level{}, trackOf: map[string]string{},
		categories: map[string]Category{}, uids: map[string]bool{},
	}
	for _, track := range filledTracks(document.Tracks) {
		for _, level := range track.Levels {
			v.levels[level.Code], v.trackOf[level.Code] = level, track.Code
		}
	}
	v.tracks()
	v.groups()
	v.scales()
	v.competencies()
	v.expectations()
	v.rule()
	v.catalogue()
	v.translations()
	v.layers()
	return v.findings
}

func (v *validator) failf(path, fix, format string, args ...any) {
	v.findings = append(v.findings, Finding{Path: path, Message: fmt.Sprintf(format, args...), Fix: fix})
}

// match ignores empty texts, because the reader of the file reports missing ones.
func (v *validator) match(pattern *regexp.Regexp, value, path, what, fix string) {
	if value != "" && !pattern.MatchString(value) {
		v.failf(path, fix, "%s %q is not well formed", what, value)
	}
}

func at(parts ...any) string {
	var path strings.Builder
	for _, part := range parts {
		fmt.Fprintf(&path, "/%v", part)
	}
	return path.String()
}

func (v *validator) tracks() {
	if len(v.document.Tracks) == 0 && v.complete {
		v.failf("", "add tracks with their levels", "the ladder has no track")
	}
	distinct(v, v.document.Tracks, "/tracks", "track", func(t Track) string { return t.Code })
	seen := map[string]bool{}
	for t, track := range v.document.Tracks {
		taken := map[int]string{}
		for l, level := range track.Levels {
			path := at("tracks", t, "levels", l)
			if seen[level.Code] {
				v.failf(path, "rename or remove one of them", "level %q is repeated", level.Code)
			}
			seen[level.Code] = true
			ordinal := v.levels[level.Code].Ordinal
			if other, ok := taken[ordinal]; ok {
				v.failf(path, "give each level of a track its own height", "%s and %s have the same ordinal %d", other, level.Code, ordinal)
			}
			taken[ordinal] = level.Code
			v.level(level, path)
		}
	}
}

func (v *validator) level(level Level, path string) {
	v.match(codePattern, level.Code, path, "level code", "use letters and digits, such as IC4 or 3.1")
	for i, code := range level.Equivalent {
		v.equivalent(level, code, at2(path, "equivalent", i))
	}
	for i, code := range level.Next {
		v.next(level, code, at2(path, "next", i))
	}
	if level.SublevelOf != "" {
		v.sublevel(level, path+"/sublevelOf")
	}
	for i, key := range level.Modifiers {
		if !slices.ContainsFunc(v.document.Modifiers, func(m Modifier) bool { return m.Key == key }) && v.complete {
			v.failf(at2(path, "modifiers", i), "name one of the modifiers of this ladder", "modifier %q does not exist", key)
		}
	}
	if level.MonthsMin != nil && level.MonthsMax != nil && *level.MonthsMin > *level.MonthsMax {
		v.failf(path+"/monthsMin", "swap them", "monthsMin of %s is above monthsMax", level.Code)
	}
	v.premium(level, path)
	if level.Shape != nil {
		v.shape(*level.Shape, path+"/shape", level.Code)
	}
	v.criteria(level.Notes, path+"/notes")
}

// premium needs both ends, so that a corridor is never half a rule.
func (v *validator) premium(level Level, path string) {
	switch {
	case level.PremiumMin == nil && level.PremiumMax == nil:
	case level.PremiumMin == nil:
		v.failf(path+"/premiumMin", "give both, or neither", "level %s has a premiumMax alone", level.Code)
	case level.PremiumMax == nil:
		v.failf(path+"/premiumMax", "give both, or neither", "level %s has a premiumMin alone", level.Code)
	case *level.PremiumMin > *level.PremiumMax:
		v.failf(path+"/premiumMin", "swap them", "premiumMin of %s is above premiumMax", level.Code)
	}
}

func at2(path string, parts ...any) string { return path + at(parts...) }

func (v *validator) equivalent(level Level, code, path string) {
	other, ok := v.levels[code]
	switch {
	case !ok && v.complete:
		v.failf(path, "name a level of this ladder", "%s is equivalent to %q, which does not exist", level.Code, code)
	case !ok:
	case v.trackOf[code] == v.trackOf[level.Code]:
		v.failf(path, "name a level of another track", "%s and %s are on the same track", level.Code, code)
	case other.Ordinal != v.levels[level.Code].Ordinal:
		v.failf(path, "give both the same ordinal", "%s and %s are equivalent, but their heights are %d and %d", level.Code, code, v.levels[level.Code].Ordinal, other.Ordinal)
	}
}

func (v *validator) next(level Level, code, path string) {
	other, ok := v.levels[code]
	switch {
	case !ok && v.complete:
		v.failf(path, "name a level of this ladder", "%s leads to %q, which does not exist", level.Code, code)
	case !ok:
	case code == level.Code:
		v.failf(path, "remove it", "%s leads to itself", code)
	case other.Ordinal < v.levels[level.Code].Ordinal:
		v.failf(path, "name a level of the same height or higher", "%s leads down to %s", level.Code, code)
	}
}

func (v *validator) sublevel(level Level, path string) {
	parent, ok := v.levels[level.SublevelOf]
	switch {
	case !ok || v.trackOf[level.SublevelOf] != v.trackOf[level.Code] || level.SublevelOf == level.Code:
		v.failf(path, "name another level of the same track", "%s divides %q, which is not another level of its track", level.Code, level.SublevelOf)
	case parent.SublevelOf != "":
		v.failf(path, "name the level above it", "%s divides %s, which divides a level itself", level.Code, parent.Code)
	}
}

func (v *validator) shape(shape Shape, path, level string) {
	if shape.ReportsMin > shape.ReportsMax {
		v.failf(path, "swap them", "reportsMin of %s is above reportsMax", level)
	}
	if shape.YearsMin != nil && shape.YearsMax != nil && *shape.YearsMin > *shape.YearsMax {
		v.failf(path, "swap them", "yearsMin of %s is above yearsMax", level)
	}
}

// groups checks archetypes and categories. Categories may be inside each other,
// but not in a circle.
func (v *validator) groups() {
	distinct(v, v.document.Categories, "/categories", "category", func(c Category) string { return c.Code })
	for _, category := range v.document.Categories {
		v.categories[category.Code] = category
	}
	for i, category := range v.document.Categories {
		path := at("categories", i)
		v.match(slugPattern, category.Code, path, "category code", "use lower-case words joined by hyphens")
		parent := category.Parent
		for range v.document.Categories {
			if parent == category.Code {
				v.failf(path+"/parent", "give one of them no parent", "category %q is inside itself", category.Code)
				break
			}
			parent = v.categories[parent].Parent
		}
		if _, ok := v.categories[category.Parent]; !ok && category.Parent != "" && v.complete {
			v.failf(path+"/parent", "name one of the categories of this ladder", "category %q does not exist", category.Parent)
		}
	}
	distinct(v, v.document.Modifiers, "/modifiers", "modifier", func(m Modifier) string { return m.Key })
	distinct(v, v.document.Archetypes, "/archetypes", "archetype", func(a Archetype) string { return a.Code })
	for i, archetype := range v.document.Archetypes {
		for j, level := range archetype.Levels {
			v.knownLevel(level, at("archetypes", i, "levels", j))
		}
	}
}

func (v *validator) scales() {
	for code, scale := range v.document.Scales {
		path := at("scales", code)
		distinct(v, scale.Points, path+"/points", "scale point", func(p ScalePoint) string { return p.Key })
		if scale.Meets != "" && scale.index(scale.Meets) < 0 {
			v.failf(path+"/meets", "name one of the points of this scale", "point %q does not exist", scale.Meets)
		}
		last := 0.0
		for i, point := range scale.Points {
			v.match(codePattern, point.Key, at2(path, "points", i), "key", "use letters, digits and hyphens")
			if point.Value == nil {
				continue
			}
			if i > 0 && *point.Value < last {
				v.failf(at2(path, "points", i, "value"), "make the values rise from point to point", "the value of %s is below that of the previous point", point.Key)
			}
			last = *point.Value
		}
	}
	if _, ok := v.document.Scales[v.document.Rating]; !ok && v.document.Rating != "" && v.complete {
		v.failf("/rating", "name one of the scales of this ladder", "scale %q does not exist", v.document.Rating)
	}
}

func (v *validator) competencies() {
	if len(v.document.Competencies) == 0 && v.complete {
		v.failf("/competencies", "add at least one", "the ladder has no competencies")
	}
	distinct(v, v.document.Competencies, "/competencies", "competency", func(c Entry) string { return c.Code })
	for i, entry := range v.document.Competencies {
		v.competency(entry, at("competencies", i))
	}
}

func (v *validator) competency(entry Entry, path string) {
	v.match(slugPattern, entry.Code, path, "competency code", "use lower-case words joined by hyphens")
	if _, ok := v.categories[entry.Category]; !ok && entry.Category != "" && v.complete {
		v.failf(path+"/category", "name one of the categories of this ladder", "category %q does not exist", entry.Category)
	}
	if _, ok := v.document.Scales[entry.Scale]; !ok && entry.Scale != "" && v.complete {
		v.failf(path+"/scale", "name one of the scales of this ladder", "scale %q does not exist", entry.Scale)
	}
	if entry.Merge != "" && len(v.document.Layers) == 0 && entry.Merge != Add {
		v.failf(path+"/merge", "remove it, or name the layer in layers", "no wider layer has %q, so there is nothing to %s", entry.Code, entry.Merge)
	}
	v.selector(entry.AppliesTo, path+"/appliesTo", true)
	seen := map[Anchor]bool{}
	for i, descriptor := range entry.Descriptors {
		place := at2(path, "descriptors", i)
		if seen[descriptor.At] {
			v.failf(place, "put their texts in one place", "this place of %q is described twice", entry.Code)
		}
		seen[descriptor.At] = true
		v.anchor(entry, descriptor.At, place+"/at")
		v.criteria(descriptor.Criteria, place+"/criteria")
	}
}

// selector must be readable and, if it says where a competency applies, must
// leave at least one level.
func (v *validator) selector(text, path string, leaves bool) {
	picked, err := parseSelector(text)
	if err != nil {
		v.failf(path, selectorHelp, "%s", err)
		return
	}
	for _, code := range picked.levelsNamed() {
		v.knownLevel(code, path)
	}
	if !leaves || text == "" || !v.complete {
		return
	}
	for _, track := range v.document.Tracks {
		for _, level := range track.Levels {
			if picked.picks(place{level: v.levels[level.Code], track: filledKind(track), discipline: v.document.Discipline, team: v.document.Team}, v.levels) {
				return
			}
		}
	}
	v.failf(path, "widen it or remove the competency", "%q picks no level at all", text)
}

func filledKind(t Track) Track {
	t.Kind = cmp.Or(t.Kind, IndividualContributor)
	return t
}

func (v *validator) anchor(entry Entry, anchor Anchor, path string) {
	if anchor.Level == "" && anchor.Levels == "" && anchor.Point == "" {
		v.failf(path, "add level, levels or point", "the descriptor does not say where it holds")
	}
	if anchor.Level != "" && anchor.Levels != "" {
		v.failf(path, "keep one of them", "level and levels cannot be used together")
	}
	v.knownLevel(anchor.Level, path+"/level")
	v.selector(anchor.Levels, path+"/levels", true)
	scale, ok := v.scaleOf(entry)
	if anchor.Point != "" && ok && scale.index(anchor.Point) < 0 {
		v.failf(path+"/point", "name a point of its scale", "point %q does not exist", anchor.Point)
	}
	if anchor.Track != "" && v.complete && !slices.ContainsFunc(v.document.Tracks, func(t Track) bool { return t.Code == anchor.Track }) {
		v.failf(path+"/track", "name a track of this ladder", "track %q does not exist", anchor.Track)
	}
	if anchor.Archetype != "" && v.complete && !slices.ContainsFunc(v.document.Archetypes, func(a Archetype) bool { return a.Code == anchor.Archetype }) {
		v.failf(path+"/archetype", "name an archetype of this ladder", "archetype %q does not exist", anchor.Archetype)
	}
}

// scaleOf is the scale of a competency, unless it comes from a layer.
func (v *validator) scaleOf(entry Entry) (Scale, bool) {
	code := cmp.Or(entry.Scale, v.document.rating())
	if code == "" && v.complete {
		return Standard, true
	}
	scale, ok := v.document.Scales[code]
	return scale, ok
}

func (v *validator) knownLevel(code, path string) {
	if _, ok := v.levels[code]; !ok && code != "" && v.complete {
		v.failf(path, "name a level of this ladder", "level %q does not exist", code)
	}
}

func (v *validator) criteria(criteria []Criterion, path string) {
	for i, criterion := range criteria {
		place := at2(path, i)
		v.match(uidPattern, criterion.UID, place+"/uid", "uid", "use letters, digits and hyphens")
		if v.uids[criterion.UID] {
			v.failf(place+"/uid", "give it a uid of its own; never reuse an old one", "uid %q is used twice", criterion.UID)
		}
		v.uids[criterion.UID] = true
		if criterion.Parent != "" && !slices.ContainsFunc(criteria, func(c Criterion) bool { return c.UID == criterion.Parent && c.UID != criterion.UID }) {
			v.failf(place+"/parent", "name the uid of a criterion in the same place", "parent %q is not in the same place", criterion.Parent)
		}
	}
}

func distinct[T any](v *validator, list []T, path, what string, key func(T) string) {
	seen := map[string]bool{}
	for i, entry := range list {
		code := key(entry)
		if seen[code] && code != "" {
			v.failf(path+"/"+strconv.Itoa(i), "rename or remove one of them", "%s %q is repeated", what, code)
		}
		seen[code] = true
	}
}

// inOrder sorts by place and keeps the order of findings at the same place.
func inOrder(findings Findings) Findings {
	slices.SortStableFunc(findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return findings
}
