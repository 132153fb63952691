package ladder

import (
	"slices"
	"strings"
)

// texts are the texts of a document that people read and that can be translated:
// sentences by their uid, everything else by its path.
type texts map[string]bool

func (d Document) texts() texts {
	all := texts{"name": true, "summary": true}
	for _, track := range d.Tracks {
		all.add("tracks/"+track.Code, "name")
		for _, level := range track.Levels {
			all.add("levels/"+level.Code, "title", "shortTitle", "summary")
			all.sentences(level.Notes)
		}
	}
	for _, category := range d.Categories {
		all.add("categories/"+category.Code, "name")
	}
	for code, scale := range d.Scales {
		for _, point := range scale.Points {
			all.add("scales/"+code+"/"+point.Key, "label", "meaning")
		}
	}
	for _, modifier := range d.Modifiers {
		all.add("modifiers/"+modifier.Key, "label", "meaning")
	}
	for _, archetype := range d.Archetypes {
		all.add("archetypes/"+archetype.Code, "name", "summary")
	}
	for _, entry := range d.Competencies {
		all.add("competencies/"+entry.Code, "name", "short", "description")
		for _, descriptor := range entry.Descriptors {
			all.sentences(descriptor.Criteria)
			if anchor := descriptor.At.path(); anchor != "" {
				all.add("competencies/"+entry.Code+"/"+anchor, "narrative")
			}
		}
	}
	return all
}

func (t texts) add(of string, fields ...string) {
	for _, field := range fields {
		t[of+"/"+field] = true
	}
}

func (t texts) sentences(criteria []Criterion) {
	for _, c := range criteria {
		t[c.UID] = true
	}
}

// path is how prose is found in a competency: by its level or its point, and for
// an archetype by its level and the archetype. Prose for all levels that a
// selector picks has no path.
func (a Anchor) path() string {
	parts := []string{a.Level, a.Archetype}
	if a.Level == "" {
		parts[0] = a.Point
	}
	if parts[0] == "" {
		return ""
	}
	return strings.Trim(strings.Join(parts, "/"), "/")
}

// untranslate drops the translations of texts that existed before and no longer
// do.
func (d *Document) untranslate(before texts) {
	now := d.texts()
	d.Translations = slices.DeleteFunc(slices.Clone(d.Translations), func(t Translation) bool { return before[t.Of] && !now[t.Of] })
}
