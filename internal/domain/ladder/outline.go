package ladder

import (
	"slices"
)

// Outline is a document without its sentences: what is at the edges of the grid
// and around it. Its lists keep the order in which people read them. A part that
// is left out keeps its value and an empty one is removed, so that a program that
// does not know a part loses nothing.
type Outline struct {
	Version      string           `json:"version" maxLength:"64" doc:"the number that this version gets"`
	Competencies []Heading        `json:"competencies" maxItems:"2000"`
	Name         *string          `json:"name,omitempty" maxLength:"200"`
	Summary      *string          `json:"summary,omitempty" maxLength:"20000"`
	Language     *string          `json:"language,omitempty" maxLength:"64" doc:"BCP 47; if empty: en"`
	Changes      *string          `json:"changes,omitempty" maxLength:"20000" doc:"what is new in this version, for readers"`
	Layer        *Layer           `json:"layer,omitempty" maxLength:"64" doc:"company, function, craft or team; if empty: craft"`
	Discipline   *string          `json:"discipline,omitempty" maxLength:"200"`
	Team         *string          `json:"team,omitempty" maxLength:"200"`
	Layers       []LayerRef       `json:"layers,omitzero" maxItems:"100" doc:"the wider ladders that it is built on, the widest first"`
	Tracks       []Track          `json:"tracks,omitzero" maxItems:"100"`
	Categories   []Category       `json:"categories,omitzero" maxItems:"1000"`
	Scales       map[string]Scale `json:"scales,omitzero"`
	Rating       *string          `json:"rating,omitempty" maxLength:"64" doc:"the scale of competencies without their own"`
	Modifiers    []Modifier       `json:"modifiers,omitzero" maxItems:"100"`
	Archetypes   []Archetype      `json:"archetypes,omitzero" maxItems:"100"`
	Expectations []Expectation    `json:"expectations,omitzero" maxItems:"100000"`
	Rule         *Rule            `json:"rule,omitempty" doc:"how ratings become advice; without a type the rule is removed"`
	Technologies []Technologies   `json:"technologies,omitzero" maxItems:"100"`
	Designations []Designation    `json:"designations,omitzero" maxItems:"100"`
	Translations []Translation    `json:"translations,omitzero" maxItems:"100000"`
}

// Heading is a competency without its sentences, identified by its code.
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

// EditOutline changes everything but the sentences in the text of a document and
// returns the text in its canonical form, with its comments. Sentences stay with
// their competency and level; those of a competency or level that is left out are
// removed.
//
// It returns a Conflict fault with code draft_broken when the text has errors,
// and an Invalid fault that names every wrong field when the result would have
// errors.
func EditOutline(text string, in Outline) (string, error) {
	return rewritten(text, "The change was not saved.", func(d *Document) error {
		d.reshape(in)
		return nil
	})
}

// reshape replaces the document's outline and drops what depended on parts that
// are no longer in it.
func (d *Document) reshape(in Outline) {
	gone := d.names()
	d.Version = in.Version
	say(&d.Name, in.Name)
	say(&d.Summary, in.Summary)
	say(&d.Language, in.Language)
	say(&d.Changes, in.Changes)
	say(&d.Layer, in.Layer)
	say(&d.Discipline, in.Discipline)
	say(&d.Team, in.Team)
	say(&d.Rating, in.Rating)
	list(&d.Layers, in.Layers)
	list(&d.Tracks, in.Tracks)
	list(&d.Categories, in.Categories)
	list(&d.Modifiers, in.Modifiers)
	list(&d.Archetypes, in.Archetypes)
	list(&d.Expectations, in.Expectations)
	list(&d.Technologies, in.Technologies)
	list(&d.Designations, in.Designations)
	list(&d.Translations, in.Translations)
	if in.Scales != nil {
		d.Scales = in.Scales
	}
	if in.Rule != nil {
		d.Rule = in.Rule.typed()
	}
	d.head(in.Competencies)
	for name := range d.names() {
		delete(gone, name)
	}
	if len(gone) > 0 {
		d.forget(gone)
	}
}

// say sets a text that is given, even to nothing.
func say[T any](field, said *T) {
	if said != nil {
		*field = *said
	}
}

// list sets a list that is given, even an empty one.
func list[T any](field *[]T, said []T) {
	if said != nil {
		*field = said
	}
}

// head replaces the headings of the document and keeps the sentences that each
// had.
func (d *Document) head(headings []Heading) {
	entries := map[string]Entry{}
	for _, entry := range d.Competencies {
		entries[entry.Code] = entry
	}
	d.Competencies = make([]Entry, 0, len(headings))
	for _, heading := range headings {
		d.Competencies = append(d.Competencies, heading.over(entries[heading.Code]))
	}
}

func (h Heading) over(e Entry) Entry {
	e.Code, e.Name, e.Short, e.Category, e.Description = h.Code, h.Name, h.Short, h.Category, h.Description
	e.Kind, e.Scale, e.Cumulative, e.AppliesTo, e.Merge = h.Kind, h.Scale, h.Cumulative, h.AppliesTo, h.Merge
	e.Descriptors = slices.Clone(e.Descriptors)
	return e
}

// name is how other parts of a document refer to one of its parts.
type name struct{ kind, code string }

// names are all parts of the document that others can refer to.
func (d *Document) names() map[name]bool {
	all := map[name]bool{}
	for _, track := range d.Tracks {
		all[name{"track", track.Code}] = true
		for _, level := range track.Levels {
			all[name{"level", level.Code}] = true
		}
	}
	for _, category := range d.Categories {
		all[name{"category", category.Code}] = true
	}
	for _, modifier := range d.Modifiers {
		all[name{"modifier", modifier.Key}] = true
	}
	for _, archetype := range d.Archetypes {
		all[name{"archetype", archetype.Code}] = true
	}
	for _, entry := range d.Competencies {
		all[name{"competency", entry.Code}] = true
	}
	return all
}

// forget drops every reference to removed parts. What needs a decision, such as
// the thresholds of a rule, stays and is reported as an error.
func (d *Document) forget(gone map[name]bool) {
	is := func(kind string) func(string) bool {
		return func(code string) bool { return gone[name{kind, code}] }
	}
	level, category, competency := is("level"), is("category"), is("competency")
	for t := range d.Tracks {
		for i := range d.Tracks[t].Levels {
			d.Tracks[t].Levels[i].forget(level, is("modifier"))
		}
	}
	for i := range d.Categories {
		if category(d.Categories[i].Parent) {
			d.Categories[i].Parent = ""
		}
	}
	for i := range d.Competencies {
		entry := &d.Competencies[i]
		if category(entry.Category) {
			entry.Category = ""
		}
		entry.Descriptors = slices.DeleteFunc(entry.Descriptors, func(one Descriptor) bool {
			return level(one.At.Level) || is("track")(one.At.Track) || is("archetype")(one.At.Archetype)
		})
	}
	d.Expectations = slices.DeleteFunc(slices.Clone(d.Expectations), func(e Expectation) bool {
		return level(e.Level) || competency(e.Competency)
	})
	d.Archetypes = slices.Clone(d.Archetypes)
	for i := range d.Archetypes {
		d.Archetypes[i].Levels = without(d.Archetypes[i].Levels, level)
	}
}

func (l *Level) forget(level, modifier func(string) bool) {
	l.Next, l.Equivalent, l.Modifiers = without(l.Next, level), without(l.Equivalent, level), without(l.Modifiers, modifier)
	if level(l.SublevelOf) {
		l.SublevelOf = ""
	}
}

func without(codes []string, gone func(string) bool) []string {
	return slices.DeleteFunc(slices.Clone(codes), gone)
}
