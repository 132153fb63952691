// Package ladder keeps the engineering ladder: levels on tracks, and what each
// competency looks like at each level. A Document is what an owner writes. A
// Rubric is what people read and are assessed against: the wider layers are
// merged in, and every cell is filled.
package ladder

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
)

// Document is one version of a ladder as in its YAML file. Its lists keep the
// order of the file.
type Document struct {
	Framework    string           `json:"framework" yaml:"framework"` // the slug, the same in all versions
	Name         string           `json:"name,omitempty" yaml:"name,omitempty"`
	Version      string           `json:"version" yaml:"version"` // semantic version
	Summary      string           `json:"summary,omitempty" yaml:"summary,omitempty"`
	Language     string           `json:"language,omitempty" yaml:"language,omitempty"` // BCP 47; default: en
	Changes      string           `json:"changes,omitempty" yaml:"changes,omitempty"`   // what is new in this version, for readers
	Layer        Layer            `json:"layer,omitempty" yaml:"layer,omitempty"`
	Discipline   string           `json:"discipline,omitempty" yaml:"discipline,omitempty"`
	Team         string           `json:"team,omitempty" yaml:"team,omitempty"`
	Layers       []LayerRef       `json:"layers,omitempty" yaml:"layers,omitempty"`
	Tracks       []Track          `json:"tracks,omitempty" yaml:"tracks,omitempty"`
	Categories   []Category       `json:"categories,omitempty" yaml:"categories,omitempty"`
	Scales       map[string]Scale `json:"scales,omitempty" yaml:"scales,omitempty"`
	Rating       string           `json:"rating,omitempty" yaml:"rating,omitempty"` // the scale of competencies without their own
	Modifiers    []Modifier       `json:"modifiers,omitempty" yaml:"modifiers,omitempty"`
	Archetypes   []Archetype      `json:"archetypes,omitempty" yaml:"archetypes,omitempty"`
	Competencies []Entry          `json:"competencies" yaml:"competencies"`
	Expectations []Expectation    `json:"expectations,omitempty" yaml:"expectations,omitempty"`
	Rule         *Rule            `json:"rule,omitempty" yaml:"rule,omitempty"`
	Technologies []Technologies   `json:"technologies,omitempty" yaml:"technologies,omitempty"`
	Designations []Designation    `json:"designations,omitempty" yaml:"designations,omitempty"`
	Translations []Translation    `json:"translations,omitempty" yaml:"translations,omitempty"`
}

// Layer is how wide a framework applies. A framework can only build on wider
// ones.
type Layer string

// These are the layers, the widest first.
const (
	CompanyLayer  Layer = "company"
	FunctionLayer Layer = "function"
	CraftLayer    Layer = "craft"
	TeamLayer     Layer = "team"
)

// Merge says what happens to a competency that a wider layer also has.
type Merge string

// The ways to merge.
const (
	Add     Merge = "add"     // it is new here: the same code in a wider layer is an error
	Replace Merge = "replace" // the text here replaces the wider one
	Append  Merge = "append"  // the text here is added to each cell
	Hide    Merge = "hide"    // it does not apply here
)

// LayerRef builds on the newest published version, in a range, of another
// framework, such as company-generic@^3.
type LayerRef struct {
	From string `json:"from" yaml:"from"`
	Mode Merge  `json:"mode,omitempty" yaml:"mode,omitempty"` // for competencies that do not say; default: append
}

// TrackKind distinguishes the work of an individual contributor from managing
// people.
type TrackKind string

// The kinds of track.
const (
	IndividualContributor TrackKind = "ic"
	Management            TrackKind = "management"
	Hybrid                TrackKind = "hybrid"
)

// Track is a sequence of levels.
type Track struct {
	Code   string    `json:"code" yaml:"code"`
	Name   string    `json:"name" yaml:"name,omitempty"`
	Kind   TrackKind `json:"kind" yaml:"kind,omitempty"`
	Levels []Level   `json:"levels" yaml:"levels"`
}

// Level is one rung. Ordinal is its height, comparable across tracks: levels of
// the same height are equivalent steps.
type Level struct {
	Code       string      `json:"code" yaml:"code"`
	Title      string      `json:"title" yaml:"title,omitempty"`
	ShortTitle string      `json:"shortTitle" yaml:"shortTitle,omitempty"`
	Titles     []Title     `json:"titles,omitempty" yaml:"titles,omitempty"`
	Ordinal    int         `json:"ordinal" yaml:"ordinal,omitempty"`
	Summary    string      `json:"summary" yaml:"summary,omitempty"`
	SublevelOf string      `json:"sublevelOf,omitempty" yaml:"sublevelOf,omitempty"`
	Modifiers  []string    `json:"modifiers,omitempty" yaml:"modifiers,omitempty"`
	MonthsMin  *int        `json:"monthsMin,omitempty" yaml:"monthsMin,omitempty"` // typical time at the level, never a gate
	MonthsMax  *int        `json:"monthsMax,omitempty" yaml:"monthsMax,omitempty"`
	PremiumMin *int        `json:"premiumMin,omitempty" yaml:"premiumMin,omitempty"` // expected percent of the band's midpoint over that of the level below
	PremiumMax *int        `json:"premiumMax,omitempty" yaml:"premiumMax,omitempty"`
	Career     bool        `json:"career,omitempty" yaml:"career,omitempty"` // people may stay here permanently
	Equivalent []string    `json:"equivalent" yaml:"equivalent,omitempty"`   // levels of other tracks; holds in both directions
	Next       []string    `json:"next" yaml:"next,omitempty"`               // where people usually go from here, also sideways
	Shape      *Shape      `json:"shape" required:"false" yaml:"shape,omitempty"`
	Notes      []Criterion `json:"notes,omitempty" yaml:"notes,omitempty"` // what belongs to no competency, such as the track record
}

// Title is another title of a level, for a discipline.
type Title struct {
	Title      string `json:"title" yaml:"title"`
	Discipline string `json:"discipline,omitempty" yaml:"discipline,omitempty"`
}

// Modifier is a place inside a level, such as approaching it.
type Modifier struct {
	Key     string `json:"key" yaml:"key"`
	Label   string `json:"label" yaml:"label"`
	Meaning string `json:"meaning,omitempty" yaml:"meaning,omitempty"`
}

// Shape describes a typical role. It describes and warns; it never gates a
// promotion.
type Shape struct {
	CodingShare   int  `json:"codingShare" yaml:"codingShare"` // percent of working time
	ReportsMin    int  `json:"reportsMin" yaml:"reportsMin"`
	ReportsMax    int  `json:"reportsMax" yaml:"reportsMax"`
	WritesReviews bool `json:"writesReviews" yaml:"writesReviews"`
	YearsMin      *int `json:"yearsMin" yaml:"yearsMin,omitempty"` // typical experience; nil if nothing is typical
	YearsMax      *int `json:"yearsMax" yaml:"yearsMax,omitempty"` // nil means open
}

// Category groups competencies, and other categories.
type Category struct {
	Code   string `json:"code" yaml:"code"`
	Name   string `json:"name" yaml:"name,omitempty"`
	Parent string `json:"parent,omitempty" yaml:"parent,omitempty"`
	Colour string `json:"colour,omitempty" yaml:"colour,omitempty"`
}

// Scale is a sequence of points, the lowest first, on which a competency is
// described or people are rated.
type Scale struct {
	Name   string       `json:"name,omitempty" yaml:"name,omitempty"`
	Meets  string       `json:"meets,omitempty" yaml:"meets,omitempty"` // from this point on a level is met; default: the last one
	Points []ScalePoint `json:"points" yaml:"points"`
}

// ScalePoint is one step of a scale. Its value may equal that of the point before
// it but never be lower.
type ScalePoint struct {
	Point   int      `json:"point" yaml:"-"` // its place, from 0
	Key     string   `json:"key" yaml:"key"`
	Label   string   `json:"label" yaml:"label,omitempty"`
	Value   *float64 `json:"value,omitempty" yaml:"value,omitempty"`
	Meaning string   `json:"meaning" yaml:"meaning,omitempty"`
}

// Archetype is one way to fill a range of levels, such as the architect.
type Archetype struct {
	Code    string   `json:"code" yaml:"code"`
	Name    string   `json:"name" yaml:"name"`
	Summary string   `json:"summary,omitempty" yaml:"summary,omitempty"`
	Levels  []string `json:"levels" yaml:"levels"`
}

// CompetencyKind distinguishes what everybody shares from the demands of one
// craft or of the values.
type CompetencyKind string

// These are the kinds of competency; core is the default.
const (
	Core  CompetencyKind = "core"
	Craft CompetencyKind = "craft"
	Value CompetencyKind = "value"
)

// Entry is one competency as it is written.
type Entry struct {
	Code        string         `json:"code" yaml:"code"`
	Name        string         `json:"name,omitempty" yaml:"name,omitempty"`
	Short       string         `json:"short,omitempty" yaml:"short,omitempty"` // for narrow columns
	Category    string         `json:"category,omitempty" yaml:"category,omitempty"`
	Description string         `json:"description,omitempty" yaml:"description,omitempty"`
	Kind        CompetencyKind `json:"kind,omitempty" yaml:"kind,omitempty"`
	Scale       string         `json:"scale,omitempty" yaml:"scale,omitempty"`
	Cumulative  bool           `json:"cumulative,omitempty" yaml:"cumulative,omitempty"` // what lower levels expect is still expected
	AppliesTo   string         `json:"appliesTo,omitempty" yaml:"appliesTo,omitempty"`   // a selector; default: everywhere
	Merge       Merge          `json:"merge,omitempty" yaml:"merge,omitempty"`
	Descriptors []Descriptor   `json:"descriptors,omitempty" yaml:"descriptors,omitempty"`
}

// Descriptor says what a competency looks like at its anchor.
type Descriptor struct {
	At        Anchor      `json:"at" yaml:"at,flow"`
	Narrative string      `json:"narrative,omitempty" yaml:"narrative,omitempty"` // Markdown without HTML
	Criteria  []Criterion `json:"criteria,omitempty" yaml:"criteria,omitempty"`
}

// Anchor is a level, all levels that a selector picks, or a point of the scale. A
// level with a point says how deep the competency is at that level.
type Anchor struct {
	Level     string `json:"level,omitempty" yaml:"level,omitempty"`
	Levels    string `json:"levels,omitempty" yaml:"levels,omitempty"`
	Point     string `json:"point,omitempty" yaml:"point,omitempty"`
	Track     string `json:"track,omitempty" yaml:"track,omitempty"`
	Archetype string `json:"archetype,omitempty" yaml:"archetype,omitempty"`
}

// CriterionKind distinguishes an expectation from what explains it.
type CriterionKind string

// These are the kinds of criterion; criterion is the default.
const (
	IsCriterion   CriterionKind = "criterion"
	IsSignal      CriterionKind = "signal"
	IsExample     CriterionKind = "example"
	IsAntiExample CriterionKind = "anti-example"
	IsNote        CriterionKind = "note"
)

// Weight says how much a criterion counts in a decision.
type Weight string

// These are the weights; core is the default.
const (
	WeightCore     Weight = "core"
	WeightGrowth   Weight = "growth"
	WeightExceeds  Weight = "exceeds"
	WeightOptional Weight = "optional"
)

// Criterion is one sentence of the rubric. Its uid outlives edits of the wording:
// evidence and ballots refer to it. A new meaning gets a new uid.
type Criterion struct {
	UID        string        `json:"uid" yaml:"uid"`
	Kind       CriterionKind `json:"kind,omitempty" yaml:"kind,omitempty"`
	Weight     Weight        `json:"weight,omitempty" yaml:"weight,omitempty"`
	Text       string        `json:"text" yaml:"text"`
	Parent     string        `json:"parent,omitempty" yaml:"parent,omitempty"` // uid of the criterion that it explains
	URLs       []string      `json:"urls,omitempty" yaml:"urls,omitempty"`
	Introduced string        `json:"introduced,omitempty" yaml:"introduced,omitempty"` // version
	Retired    string        `json:"retired,omitempty" yaml:"retired,omitempty"`       // version; it is kept for reference and no longer asked
}

// Mode says how firmly a point of a scale is expected.
type Mode string

// These are the modes; required is the default.
const (
	Required Mode = "required"
	Typical  Mode = "typical"
	Nice     Mode = "nice"
)

// Expectation is the point on its scale that a competency should reach at a
// level.
type Expectation struct {
	Level      string   `json:"level" yaml:"level"`
	Competency string   `json:"competency" yaml:"competency"`
	Min        string   `json:"min" yaml:"min"`
	Mode       Mode     `json:"mode,omitempty" yaml:"mode,omitempty"`
	Weight     *float64 `json:"weight,omitempty" yaml:"weight,omitempty"` // for an average; default: 1
}

// Technologies is a part of the catalogue from which people choose what they work
// with.
type Technologies struct {
	Code  string   `json:"code" yaml:"code"`
	Name  string   `json:"name" yaml:"name"`
	Items []string `json:"items" yaml:"items"`
}

// Designation is a role that a person has for some time in addition to their
// level, never instead of it.
type Designation struct {
	Code string `json:"code" yaml:"code"`
	Name string `json:"name" yaml:"name"`
	Note string `json:"note,omitempty" yaml:"note,omitempty"`
}

// Translation is one text in another language: of a criterion by its uid, or of a
// name by its path, such as competencies/testing/name.
type Translation struct {
	Locale string `json:"locale" yaml:"locale"`
	Of     string `json:"of" yaml:"of"`
	Text   string `json:"text" yaml:"text"`
}

// Levels are all levels, track by track in the order of the file.
func (d Document) Levels() []Level { return LevelsOf(d.Tracks) }

// LevelsOf lists the levels of tracks, in their order.
func LevelsOf(tracks []Track) []Level {
	var levels []Level
	for _, track := range tracks {
		levels = append(levels, track.Levels...)
	}
	return levels
}

// Entry finds a competency by its code.
func (d Document) Entry(code string) (Entry, bool) {
	at := slices.IndexFunc(d.Competencies, func(c Entry) bool { return c.Code == code })
	if at < 0 {
		return Entry{}, false
	}
	return d.Competencies[at], true
}

// Title is the name of the framework; without one it is made from the slug.
func (d Document) Title() string { return named(d.Name, d.Framework) }

// named makes a name from a code if there is none: "system-design" becomes
// "System design".
func named(name, code string) string {
	if name != "" || code == "" {
		return name
	}
	words := strings.ReplaceAll(code, "-", " ")
	return strings.ToUpper(words[:1]) + words[1:]
}

// Hash is the SHA-256 of the content in hex. Layout and comments of the file do
// not affect it.
func (d Document) Hash() string {
	content, err := json.Marshal(d)
	if err != nil {
		panic(err) // plain structs of strings and numbers always encode
	}
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}
