package ladder

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
)

// Outline is a document without its sentences: what stands at the edges of the
// grid. The collections keep the order in which people read them.
type Outline struct {
	Name         string           `json:"name,omitempty" maxLength:"200"`
	Version      string           `json:"version" maxLength:"64" doc:"the number that this version gets"`
	Summary      string           `json:"summary,omitempty" maxLength:"20000"`
	Changes      string           `json:"changes,omitempty" maxLength:"20000" doc:"what is new in this version, for its readers"`
	Tracks       []Track          `json:"tracks,omitempty" maxItems:"100"`
	Categories   []Category       `json:"categories,omitempty" maxItems:"1000"`
	Scales       map[string]Scale `json:"scales,omitempty"`
	Rating       string           `json:"rating,omitempty" maxLength:"64" doc:"the scale of competencies without their own"`
	Competencies []Heading        `json:"competencies" maxItems:"2000"`
	Expectations []Expectation    `json:"expectations,omitempty" maxItems:"100000"`
}

// Heading is a competency without its sentences. Its code says which it is.
type Heading struct {
	Code        string         `json:"code" maxLength:"64"`
	Name        string         `json:"name,omitempty" maxLength:"200"`
	Short       string         `json:"short,omitempty" maxLength:"64"`
	Category    string         `json:"category,omitempty" maxLength:"64"`
	Description string         `json:"description,omitempty" maxLength:"20000"`
	Kind        CompetencyKind `json:"kind,omitempty"`
	Scale       string         `json:"scale,omitempty" maxLength:"64"`
	Cumulative  bool           `json:"cumulative,omitempty"`
	AppliesTo   string         `json:"appliesTo,omitempty" maxLength:"1000"`
	Merge       Merge          `json:"merge,omitempty"`
}

// EditOutline changes the levels, competencies, scales and expectations of a
// draft that has no errors. Sentences stay with the competency and level that
// they stood at; those of one that is left out go with it. It returns Bad, with
// every field, when the ladder would not hold together.
func (s *Service) EditOutline(ctx context.Context, id uuid.UUID, version int, in Outline) (Draft, error) {
	return s.change(ctx, id, version, func(row *db.LadderDraft) (string, error) {
		return rewritten(row.Document, "The levels and competencies were not saved.", func(d *Document) error {
			d.reshape(in)
			return nil
		})
	})
}

// reshape puts an outline in the place of the document's own and drops what
// hung on the levels and competencies that are not in it.
func (d *Document) reshape(in Outline) {
	before := d.names()
	entries := map[string]Entry{}
	for _, entry := range d.Competencies {
		entries[entry.Code] = entry
	}
	d.Name, d.Version, d.Summary, d.Changes = in.Name, in.Version, in.Summary, in.Changes
	d.Tracks, d.Categories, d.Scales, d.Rating = in.Tracks, in.Categories, in.Scales, in.Rating
	d.Expectations = in.Expectations
	d.Competencies = make([]Entry, 0, len(in.Competencies))
	for _, heading := range in.Competencies {
		d.Competencies = append(d.Competencies, heading.over(entries[heading.Code]))
	}
	gone := before
	for name := range d.names() {
		delete(gone, name)
	}
	if len(gone) > 0 {
		d.forget(gone)
	}
}

func (h Heading) over(e Entry) Entry {
	e.Code, e.Name, e.Short, e.Category, e.Description = h.Code, h.Name, h.Short, h.Category, h.Description
	e.Kind, e.Scale, e.Cumulative, e.AppliesTo, e.Merge = h.Kind, h.Scale, h.Cumulative, h.AppliesTo, h.Merge
	e.Descriptors = slices.Clone(e.Descriptors)
	return e
}

// name is what other parts of a document call one of its parts: the kind, as
// translations begin with it, and the code. Sentences have no kind.
type name struct{ kind, code string }

// names are all parts of the document that others refer to.
func (d *Document) names() map[name]bool {
	all := map[name]bool{}
	for _, track := range d.Tracks {
		all[name{"tracks", track.Code}] = true
		for _, level := range track.Levels {
			all[name{"levels", level.Code}] = true
			for _, note := range level.Notes {
				all[name{"", note.UID}] = true
			}
		}
	}
	for _, category := range d.Categories {
		all[name{"categories", category.Code}] = true
	}
	for _, entry := range d.Competencies {
		all[name{"competencies", entry.Code}] = true
		for _, descriptor := range entry.Descriptors {
			for _, c := range descriptor.Criteria {
				all[name{"", c.UID}] = true
			}
		}
	}
	return all
}

// forget drops every reference to parts that are gone. What cannot go without a
// decision, such as the thresholds of a rule, stays and is told as an error.
func (d *Document) forget(gone map[name]bool) {
	has := func(kind, code string) bool { return gone[name{kind, code}] }
	level := func(code string) bool { return has("levels", code) }
	for t := range d.Tracks {
		for i := range d.Tracks[t].Levels {
			one := &d.Tracks[t].Levels[i]
			one.Next, one.Equivalent = slices.DeleteFunc(slices.Clone(one.Next), level), slices.DeleteFunc(slices.Clone(one.Equivalent), level)
			if level(one.SublevelOf) {
				one.SublevelOf = ""
			}
		}
	}
	for i := range d.Categories {
		if has("categories", d.Categories[i].Parent) {
			d.Categories[i].Parent = ""
		}
	}
	sentences := maps.Clone(gone)
	for i := range d.Competencies {
		entry := &d.Competencies[i]
		if has("categories", entry.Category) {
			entry.Category = ""
		}
		entry.Descriptors = slices.DeleteFunc(entry.Descriptors, func(one Descriptor) bool {
			off := level(one.At.Level) || has("tracks", one.At.Track)
			for _, c := range one.Criteria {
				if off {
					sentences[name{"", c.UID}] = true
				}
			}
			return off
		})
	}
	d.Expectations = slices.DeleteFunc(slices.Clone(d.Expectations), func(e Expectation) bool {
		return level(e.Level) || has("competencies", e.Competency)
	})
	d.Archetypes = slices.Clone(d.Archetypes)
	for i := range d.Archetypes {
		d.Archetypes[i].Levels = slices.DeleteFunc(slices.Clone(d.Archetypes[i].Levels), level)
	}
	d.Translations = slices.DeleteFunc(slices.Clone(d.Translations), func(t Translation) bool {
		kind, rest, path := strings.Cut(t.Of, "/")
		if !path {
			return sentences[name{"", t.Of}]
		}
		code, _, _ := strings.Cut(rest, "/")
		return sentences[name{kind, code}]
	})
}
