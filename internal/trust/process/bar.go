// Package process holds what every screen with a process shows in the same four
// places: state, turn, deadline, readers.
package process

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/internal/trust/access"
)

// Bar is the strip below a title.
type Bar struct {
	State    string     `json:"state"`
	Words    string     `json:"words" doc:"the state in plain words"`
	Step     int        `json:"step"`
	Steps    int        `json:"steps"`
	Turn     Turn       `json:"turn"`
	DueAt    *time.Time `json:"dueAt"`
	Audience Audience   `json:"audience"`
}

// Turn is who has to act next.
type Turn struct {
	You   bool   `json:"you"`
	Words string `json:"words" doc:"You, a name or a group; empty when nobody has to act"`
}

// Audience is who can read the thing now and in its next state.
type Audience struct {
	Icon     string   `json:"icon" enum:"only,named,panel,everyone"`
	Words    string   `json:"words"`
	Now      []Reader `json:"now"`
	Next     []Reader `json:"next"`
	NextWhen string   `json:"nextWhen,omitempty" doc:"what has to happen first, such as: after you submit"`
}

// Reader is a person or group, and why they can read.
type Reader struct {
	Who string `json:"who"`
	Why string `json:"why"`
}

// PersonRef names a person.
type PersonRef struct {
	ID    uuid.UUID `json:"id"`
	Name  string    `json:"name"`
	Level string    `json:"level,omitempty"`
	Title string    `json:"title,omitempty"`
}

// RefOf names the person of a row; the zero PersonRef for nil.
func RefOf(p *db.Person) PersonRef {
	if p == nil {
		return PersonRef{}
	}
	return PersonRef{ID: p.ID, Name: p.Name, Level: p.Level, Title: p.Title}
}

// LevelRef names a level.
type LevelRef struct {
	Code  string `json:"code"`
	Title string `json:"title"`
}

// LadderRef names a version of a ladder.
type LadderRef struct {
	Slug    string `json:"slug"`
	Name    string `json:"name"`
	Version string `json:"version"`
}

// Explain turns an audience into the words of the bar. When says what has to
// happen before the next readers are added.
func Explain(a access.Audience, when string) Audience {
	out := Audience{Icon: iconOf(a), Now: readers(a.Now), Next: readers(a.Next), NextWhen: when}
	out.Words = capitalised(sentence(names(out.Now)))
	if len(out.Next) > 0 && when != "" {
		out.Words += ". " + capitalised(sentence(names(out.Next))) + " " + when
	} else {
		out.NextWhen = ""
	}
	return out
}

func iconOf(a access.Audience) string {
	switch {
	case a.Everybody:
		return "everyone"
	case len(a.Now) == 1 && a.Now[0].Who == "You":
		return "only"
	}
	return "named"
}

func readers(list []access.Reader) []Reader {
	out := make([]Reader, 0, len(list))
	for _, r := range list {
		out = append(out, Reader{Who: r.Who, Why: r.Why})
	}
	return out
}

func names(list []Reader) []string {
	out := make([]string, 0, len(list))
	for _, r := range list {
		out = append(out, r.Who)
	}
	return out
}

// sentence joins names the way people say them, "You" first; a single "You"
// becomes "Only you".
func sentence(names []string) string {
	slices.SortStableFunc(names, func(a, b string) int { return rank(a) - rank(b) })
	switch {
	case len(names) == 0:
		return "Nobody"
	case len(names) == 1 && names[0] == "You":
		return "Only you"
	case len(names) == 1:
		return names[0]
	default:
		return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
	}
}

// capitalised starts a sentence with a group such as "the panel".
func capitalised(words string) string { return strings.ToUpper(words[:1]) + words[1:] }

func rank(name string) int {
	if name == "You" {
		return 0
	}
	return 1
}

// Name is "You" for the reader and the name for everybody else.
func Name(reader uuid.UUID, p *db.Person) string {
	if p == nil {
		return ""
	}
	if p.ID == reader {
		return "You"
	}
	return p.Name
}
