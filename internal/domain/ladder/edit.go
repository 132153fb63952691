package ladder

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/internal/platform/fault"
)

// CellEdit is the new content of a cell. A sentence without a uid is new and gets
// one; a sentence that is left out is dropped.
type CellEdit struct {
	Narrative string      `json:"narrative,omitempty" maxLength:"20000"`
	Criteria  []Criterion `json:"criteria" maxItems:"100"`
}

// CellPlace is a competency at a level, or at a point of its scale.
type CellPlace struct {
	Competency string
	Anchor     string // a level, or a point of the scale
	Archetype  string // what only this archetype does there; empty for everybody
}

// EditCell changes one cell in the text of a document and returns the text in its
// canonical form, with its comments. Sentences without a uid get one.
//
// It returns a Conflict fault with code draft_broken when the text has errors, a
// NotFound fault when the document has no such competency, and an Invalid fault
// that names every wrong field when the result would have errors.
func EditCell(text string, at CellPlace, in CellEdit) (string, error) {
	return rewritten(text, "The cell was not saved.", func(d *Document) error { return d.edit(at, in) })
}

// rewritten applies an edit to the text of a draft and returns its canonical
// form, with its comments. Translations stay with their texts. If the edit breaks
// something, it returns a fault with the message and every wrong field.
func rewritten(text, message string, edit func(*Document) error) (string, error) {
	source, err := Parse("ladder.yaml", []byte(text))
	if err != nil {
		return "", fault.Clash("The file has errors. Fix them in the file first.").WithCode("draft_broken")
	}
	before := source.Document.texts()
	if err := edit(&source.Document); err != nil {
		return "", err
	}
	source.Document.untranslate(before)
	source.Document.normalise()
	canonical, err := source.Canonical()
	if err != nil {
		return "", err
	}
	if _, err := Parse("ladder.yaml", canonical); err != nil {
		return "", refused(message, err)
	}
	return string(canonical), nil
}

// refused says what is wrong with an edit without lines of a file that its writer
// does not see.
func refused(message string, err error) error {
	findings, _ := err.(Findings) //nolint:errorlint // Parse returns it unwrapped
	details := findings.Details()
	for i := range details {
		details[i].File, details[i].Line, details[i].Column = "", 0, 0
	}
	return fault.Bad(message, details...)
}

// edit replaces what the document says at a place. If the competency comes from a
// layer, the text is added to it.
func (d *Document) edit(place CellPlace, in CellEdit) error {
	at := slices.IndexFunc(d.Competencies, func(e Entry) bool { return e.Code == place.Competency })
	if at < 0 && len(d.Layers) == 0 {
		return fault.Missing()
	}
	d.Competencies = slices.Clone(d.Competencies)
	if at < 0 {
		at = len(d.Competencies)
		d.Competencies = append(d.Competencies, Entry{Code: place.Competency})
	}
	entry := &d.Competencies[at]
	cell := slices.IndexFunc(entry.Descriptors, func(have Descriptor) bool { return have.At.is(place) })
	d.nameSentences(place, in.Criteria)
	entry.Descriptors = slices.Clone(entry.Descriptors)
	switch {
	case cell >= 0 && len(in.Criteria) == 0 && strings.TrimSpace(in.Narrative) == "":
		entry.Descriptors = slices.Delete(entry.Descriptors, cell, cell+1)
	case cell >= 0:
		entry.Descriptors[cell].Narrative, entry.Descriptors[cell].Criteria = in.Narrative, in.Criteria
	default:
		entry.Descriptors = append(entry.Descriptors, Descriptor{At: d.anchorOf(*entry, place), Narrative: in.Narrative, Criteria: in.Criteria})
	}
	return nil
}

// is reports whether the anchor is that of exactly this cell.
func (a Anchor) is(place CellPlace) bool {
	alone := a.Levels == "" && a.Track == "" && a.Archetype == place.Archetype
	return alone && cmp.Or(a.Level, a.Point) == place.Anchor
}

// anchorOf is a point if the competency's scale has it and no level has that
// code.
func (d *Document) anchorOf(entry Entry, place CellPlace) Anchor {
	if !d.hasLevel(place.Anchor) && d.hasPoint(entry, place.Anchor) {
		return Anchor{Point: place.Anchor, Archetype: place.Archetype}
	}
	return Anchor{Level: place.Anchor, Archetype: place.Archetype}
}

// HasAnchor reports whether a sentence of the competency can be there: at a level
// of the document, or at a point of the competency's scale.
func (d *Document) HasAnchor(entry Entry, anchor string) bool {
	return d.hasLevel(anchor) || d.hasPoint(entry, anchor)
}

func (d *Document) hasLevel(code string) bool {
	return slices.ContainsFunc(d.Levels(), func(l Level) bool { return l.Code == code })
}

func (d *Document) hasPoint(entry Entry, key string) bool {
	return d.Scales[cmp.Or(entry.Scale, d.rating())].index(key) >= 0
}

// nameSentences gives new sentences a uid that is not used in the document.
func (d *Document) nameSentences(place CellPlace, criteria []Criterion) {
	taken := map[string]bool{}
	for _, entry := range d.Competencies {
		for _, descriptor := range entry.Descriptors {
			for _, c := range descriptor.Criteria {
				taken[c.UID] = true
			}
		}
	}
	prefix := strings.ToLower(place.Competency + "-" + strings.NewReplacer(".", "-", "_", "-").Replace(place.Anchor))
	for i := range criteria {
		for criteria[i].UID == "" {
			if uid := fmt.Sprintf("%s-%s", prefix, uuid.NewString()[:8]); !taken[uid] {
				criteria[i].UID, taken[uid] = uid, true
			}
		}
	}
}
