package ladder

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/Masterminds/semver/v3"
)

// target splits a reference into slug and range.
func (l LayerRef) target() (string, *semver.Constraints, error) {
	slug, text, _ := strings.Cut(l.From, "@")
	within, err := semver.NewConstraint(cmp.Or(text, "*"))
	if err != nil {
		return slug, nil, fmt.Errorf("%q is not a range of versions", text)
	}
	return slug, within, nil
}

// Library finds the newest published document of a framework in a range. It is
// false if there is none.
type Library func(slug string, within *semver.Constraints) (Document, bool)

// Among is the library of documents that are checked together.
func Among(documents ...Document) Library {
	return func(slug string, within *semver.Constraints) (Document, bool) {
		var newest *semver.Version
		var found Document
		for _, d := range documents {
			version, err := semver.NewVersion(d.Version)
			if err == nil && d.Framework == slug && within.Check(version) && (newest == nil || version.GreaterThan(newest)) {
				newest, found = version, d
			}
		}
		return found, newest != nil
	}
}

// Width is the place of a layer among the layers, the widest first.
func (l Layer) Width() int {
	return slices.Index([]Layer{CompanyLayer, FunctionLayer, CraftLayer, TeamLayer}, cmp.Or(l, CraftLayer))
}

// Resolve merges the layers of a document into it, the widest first. The result
// refers to no other framework. Findings point into the document.
func Resolve(document Document, library Library) (Document, []Provenance, Findings) {
	m := merger{library: library, document: document}
	merged := m.resolve(document, []string{document.Framework})
	if len(m.findings) == 0 && len(document.Layers) > 0 {
		m.findings = Validate(merged)
		for i := range m.findings {
			m.findings[i].Path = "/layers" // entries that conflict are joined here
		}
	}
	return merged, m.from, m.findings
}

type merger struct {
	library  Library
	document Document
	from     []Provenance
	findings Findings
}

func (m *merger) failf(i int, above []string, fix, format string, args ...any) {
	path := "/layers"
	if len(above) == 1 {
		path = at("layers", i, "from")
	}
	m.findings = append(m.findings, Finding{Path: path, Message: fmt.Sprintf(format, args...), Fix: fix})
}

func (m *merger) resolve(document Document, above []string) Document {
	if len(document.Layers) == 0 {
		return document
	}
	var base Document
	for i, ref := range document.Layers {
		slug, within, err := ref.target()
		if err != nil {
			continue // Validate reports it
		}
		if slices.Contains(above, slug) {
			m.failf(i, above, "remove one of these references", "the layers lead back to %s: %s", slug, strings.Join(append(above, slug), " builds on "))
			continue
		}
		found, ok := m.library(slug, within)
		switch {
		case !ok:
			m.failf(i, above, "publish it first, or name another range", "no published version of %q fits %s", slug, ref.From)
			continue
		case found.Layer.Width() > document.Layer.Width():
			m.failf(i, above, "build on wider layers only; the order is company, function, craft, team", "%s is of the %s layer and cannot be below the %s layer", slug, found.Layer, cmp.Or(document.Layer, CraftLayer))
			continue
		}
		below := m.resolve(found, append(slices.Clone(above), slug))
		m.from = append(m.from, Provenance{Framework: slug, Version: found.Version})
		if i == 0 {
			base = below
			continue
		}
		base = m.merge(base, below, cmp.Or(ref.Mode, Append))
	}
	merged := m.merge(base, document, cmp.Or(document.Layers[0].Mode, Append))
	merged.Layers = nil
	return merged
}

// merge puts a document on top of a wider one. Mode is for competencies that both
// have and that do not say how to merge.
func (m *merger) merge(below, top Document, mode Merge) Document {
	out := top
	if len(top.Tracks) == 0 {
		out.Tracks = below.Tracks
	}
	out.Categories = joinBy(below.Categories, top.Categories, func(c Category) string { return c.Code })
	out.Modifiers = joinBy(below.Modifiers, top.Modifiers, func(c Modifier) string { return c.Key })
	out.Archetypes = joinBy(below.Archetypes, top.Archetypes, func(a Archetype) string { return a.Code })
	out.Technologies = joinBy(below.Technologies, top.Technologies, func(t Technologies) string { return t.Code })
	out.Designations = joinBy(below.Designations, top.Designations, func(d Designation) string { return d.Code })
	out.Translations = joinBy(below.Translations, top.Translations, func(t Translation) string { return t.Locale + " " + t.Of })
	out.Expectations = joinBy(below.Expectations, top.Expectations, func(e Expectation) string { return e.Level + " " + e.Competency })
	out.Scales = maps.Clone(below.Scales)
	if out.Scales == nil {
		out.Scales = map[string]Scale{}
	}
	maps.Copy(out.Scales, top.Scales)
	out.Rating = cmp.Or(top.Rating, below.rating())
	if top.Rule == nil {
		out.Rule = below.Rule
	}
	out.Competencies = m.competencies(below.Competencies, top.Competencies, mode)
	hidden := func(code string) bool {
		return !slices.ContainsFunc(out.Competencies, func(c Entry) bool { return c.Code == code })
	}
	out.Expectations = slices.DeleteFunc(out.Expectations, func(e Expectation) bool { return hidden(e.Competency) })
	return out
}

// joinBy puts the entries of top after those below; an entry with the same key
// replaces the one below.
func joinBy[T any](below, top []T, key func(T) string) []T {
	out := slices.Clone(below)
	places := make(map[string]int, len(out))
	for i, entry := range out {
		places[key(entry)] = i
	}
	for _, entry := range top {
		if at, known := places[key(entry)]; known {
			out[at] = entry
			continue
		}
		places[key(entry)] = len(out)
		out = append(out, entry)
	}
	return out
}

func (m *merger) competencies(below, top []Entry, mode Merge) []Entry {
	out := slices.Clone(below)
	for i, entry := range top {
		at := slices.IndexFunc(out, func(e Entry) bool { return e.Code == entry.Code })
		how := cmp.Or(entry.Merge, mode)
		entry.Merge = ""
		switch {
		case at < 0 && how != Hide:
			out = append(out, entry)
		case at < 0:
		case how == Hide:
			out = slices.Delete(out, at, at+1)
		case how == Replace:
			out[at] = entry
		case how == Append:
			out[at] = appended(out[at], entry)
		default:
			m.findings = append(m.findings, Finding{
				Path: competencyPath(m.document, entry.Code, i), Message: fmt.Sprintf("%q is also in a wider layer", entry.Code),
				Fix: "add merge: replace, append or hide, or rename it",
			})
		}
	}
	return out
}

func competencyPath(d Document, code string, i int) string {
	if i < len(d.Competencies) && d.Competencies[i].Code == code {
		return at("competencies", i)
	}
	return "/layers"
}

// appended adds what top says to each place of below. Names and settings of top
// count if it has them.
func appended(below, top Entry) Entry {
	out := below
	out.Name, out.Short = cmp.Or(top.Name, below.Name), cmp.Or(top.Short, below.Short)
	out.Category, out.Description = cmp.Or(top.Category, below.Category), cmp.Or(top.Description, below.Description)
	out.Kind, out.Scale = cmp.Or(top.Kind, below.Kind), cmp.Or(top.Scale, below.Scale)
	out.AppliesTo = cmp.Or(top.AppliesTo, below.AppliesTo)
	out.Cumulative = below.Cumulative || top.Cumulative
	out.Descriptors = slices.Clone(below.Descriptors)
	for _, d := range top.Descriptors {
		at := slices.IndexFunc(out.Descriptors, func(have Descriptor) bool { return have.At == d.At })
		if at < 0 {
			out.Descriptors = append(out.Descriptors, d)
			continue
		}
		joined := out.Descriptors[at]
		joined.Criteria = slices.Concat(joined.Criteria, d.Criteria)
		joined.Narrative = strings.TrimSpace(joined.Narrative + "\n\n" + d.Narrative)
		out.Descriptors[at] = joined
	}
	return out
}
