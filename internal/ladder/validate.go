package ladder

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
)

var (
	slugPattern    = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
	levelPattern   = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9.]{0,15}$`)
	uidPattern     = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	versionPattern = regexp.MustCompile(`^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?$`)
)

// validator checks the references and rules that a file of the right form can still break.
type validator struct {
	document Document
	levels   map[string]Level
	trackOf  map[string]string
	uids     map[string]bool
	findings Findings
}

// Validate returns what makes the document unusable. Findings carry paths; Source.Locate turns them into lines.
func Validate(document Document) Findings {
	v := &validator{document: document, levels: map[string]Level{}, trackOf: map[string]string{}, uids: map[string]bool{}}
	v.identity()
	v.tracks()
	for _, level := range document.Levels() {
		v.level(level)
	}
	v.categories()
	v.scale()
	v.competencies()
	v.layers()
	v.catalogue()
	return v.findings
}

func (v *validator) fail(path, fix, format string, args ...any) {
	v.findings = append(v.findings, Finding{Path: path, Message: fmt.Sprintf(format, args...), Fix: fix})
}

// match stays silent about empty texts: that they are missing is said where the file is read.
func (v *validator) match(pattern *regexp.Regexp, value, path, what, fix string) {
	if value != "" && !pattern.MatchString(value) {
		v.fail(path, fix, "%s %q is not well formed", what, value)
	}
}

func (v *validator) identity() {
	v.match(slugPattern, v.document.Framework, "framework", "framework", "use lower-case words joined by hyphens, such as backend-engineering")
	v.match(versionPattern, v.document.Version, "version", "version", "write three numbers such as 2.3.0")
}

func (v *validator) tracks() {
	if len(v.document.Tracks) == 0 {
		v.fail("tracks", "add a track with its levels", "the ladder has no track")
	}
	unique(v, v.document.Tracks, "tracks/", "track", func(t Track) string { return t.Code })
	for _, track := range v.document.Tracks {
		path := "tracks/" + track.Code
		if track.Kind != "" && track.Kind != IndividualContributor && track.Kind != Management {
			v.fail(path, "write ic or management", "kind %q of track %s is unknown", track.Kind, track.Code)
		}
		if len(track.Levels) == 0 {
			v.fail(path, "add its levels", "track %s has no levels", track.Code)
		}
		v.heights(track)
	}
	unique(v, v.document.Levels(), "levels/", "level", func(l Level) string { return l.Code })
}

func (v *validator) heights(track Track) {
	taken := map[int]string{}
	for _, level := range track.Levels {
		if other, ok := taken[level.Ordinal]; ok {
			v.fail("levels/"+level.Code, "give each level of a track its own height", "%s and %s have the same ordinal %d", other, level.Code, level.Ordinal)
		}
		taken[level.Ordinal] = level.Code
		v.levels[level.Code], v.trackOf[level.Code] = level, track.Code
	}
}

func (v *validator) level(level Level) {
	path := "levels/" + level.Code
	v.match(levelPattern, level.Code, path, "level code", "use letters and digits, such as IC4")
	if level.Ordinal < 1 {
		v.fail(path, "count heights from 1", "ordinal of %s must be at least 1", level.Code)
	}
	for _, code := range level.Equivalent {
		v.equivalent(level, code, path)
	}
	for _, code := range level.Next {
		v.next(level, code, path)
	}
	v.shape(level.Shape, path+"/shape", level.Code)
}

func (v *validator) equivalent(level Level, code, path string) {
	other, ok := v.levels[code]
	switch {
	case !ok:
		v.fail(path, "name a level of this ladder", "%s is equivalent to %q, which does not exist", level.Code, code)
	case v.trackOf[code] == v.trackOf[level.Code]:
		v.fail(path, "name a level of another track", "%s and %s are on the same track", level.Code, code)
	case other.Ordinal != level.Ordinal:
		v.fail(path, "give both the same ordinal", "%s and %s are equivalent, but their heights are %d and %d", level.Code, code, level.Ordinal, other.Ordinal)
	case !slices.Contains(other.Equivalent, level.Code):
		v.fail("levels/"+code, fmt.Sprintf("add %s to the equivalents of %s", level.Code, code), "%s is equivalent to %s, but not the other way round", level.Code, code)
	}
}

func (v *validator) next(level Level, code, path string) {
	other, ok := v.levels[code]
	switch {
	case !ok:
		v.fail(path, "name a level of this ladder", "%s leads to %q, which does not exist", level.Code, code)
	case code == level.Code:
		v.fail(path, "remove it", "%s leads to itself", code)
	case other.Ordinal < level.Ordinal:
		v.fail(path, "name a level of the same height or higher", "%s leads down to %s", level.Code, code)
	}
}

func (v *validator) shape(shape Shape, path, level string) {
	if shape.CodingShare > 100 {
		v.fail(path, "write a percentage from 0 to 100", "coding share of %s is %d %%", level, shape.CodingShare)
	}
	if shape.ReportsMin > shape.ReportsMax {
		v.fail(path, "swap them", "reportsMin of %s is above reportsMax", level)
	}
	if shape.YearsMin != nil && shape.YearsMax != nil && *shape.YearsMin > *shape.YearsMax {
		v.fail(path, "swap them", "yearsMin of %s is above yearsMax", level)
	}
}

func (v *validator) categories() {
	unique(v, v.document.Categories, "categories/", "category", func(c Category) string { return c.Code })
	for _, category := range v.document.Categories {
		v.match(slugPattern, category.Code, "categories/"+category.Code, "category code", "use lower-case words joined by hyphens")
	}
}

// scale insists on the four points that assessments and ballots count with.
func (v *validator) scale() {
	if len(v.document.Scale) != 4 {
		v.fail("scale", "give the points 0, 1, 2 and 3", "the scale has %d points, assessments need 4", len(v.document.Scale))
	}
	for i, point := range v.document.Scale {
		if point.Point != i {
			v.fail(fmt.Sprintf("scale/%d", point.Point), "list the points 0, 1, 2 and 3 in this order", "scale point %d stands at place %d", point.Point, i)
		}
	}
	unique(v, v.document.Scale, "scale/", "scale key", func(p ScalePoint) string { return p.Key })
}

func (v *validator) competencies() {
	if len(v.document.Competencies) == 0 {
		v.fail("competencies", "add at least one", "the ladder has no competencies")
	}
	unique(v, v.document.Competencies, "competencies/", "competency", func(c Competency) string { return c.Code })
	for _, competency := range v.document.Competencies {
		path := "competencies/" + competency.Code
		v.match(slugPattern, competency.Code, path, "competency code", "use lower-case words joined by hyphens")
		known := slices.ContainsFunc(v.document.Categories, func(c Category) bool { return c.Code == competency.Category })
		if competency.Category != "" && !known {
			v.fail(path, "name one of the categories of this ladder", "category %q does not exist", competency.Category)
		}
		unique(v, competency.Cells, path+"/", "cell", func(c Cell) string { return c.Level })
		for _, cell := range competency.Cells {
			v.cell(cell, path+"/"+cell.Level)
		}
	}
}

func (v *validator) cell(cell Cell, path string) {
	v.knownLevel(cell.Level, path)
	for _, point := range cell.Points {
		v.uid(point.UID, path+"/"+point.UID)
	}
}

func (v *validator) knownLevel(code, path string) {
	if _, ok := v.levels[code]; !ok && code != "" {
		v.fail(path, "name a level of this ladder", "level %q does not exist", code)
	}
}

func (v *validator) uid(uid, path string) {
	v.match(uidPattern, uid, path, "uid", "use lower-case letters, digits and hyphens")
	if v.uids[uid] && uid != "" {
		v.fail(path, "give this point a uid of its own; never reuse an old one", "uid %q is used twice", uid)
	}
	v.uids[uid] = true
}

func (v *validator) layers() {
	unique(v, v.document.Layers, "layers/", "layer", func(l Layer) string { return l.Code })
	for _, layer := range v.document.Layers {
		for _, point := range layer.Points {
			path := "layers/" + layer.Code + "/" + point.UID
			v.knownLevel(point.Level, path)
			v.uid(point.UID, path)
			if _, ok := v.document.Competency(point.Competency); !ok && point.Competency != "" {
				v.fail(path, "name a competency of this ladder", "competency %q does not exist", point.Competency)
			}
		}
	}
}

func (v *validator) catalogue() {
	unique(v, v.document.Technologies, "technologies/", "technology group", func(g TechnologyGroup) string { return g.Code })
	unique(v, v.document.Designations, "designations/", "designation", func(d Designation) string { return d.Code })
	for _, group := range v.document.Technologies {
		unique(v, group.Items, "technologies/"+group.Code+"/", "technology", func(item string) string { return item })
	}
}

func unique[T any](v *validator, list []T, prefix, what string, key func(T) string) {
	seen := map[string]bool{}
	for _, entry := range list {
		code := key(entry)
		if seen[code] && code != "" {
			v.fail(prefix+code, "rename or remove one of them", "%s %q is there twice", what, code)
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
