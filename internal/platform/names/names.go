// Package names compares the names of people as a reader expects: without regard
// to case and accents.
package names

import (
	"bytes"
	"strings"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"

	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/db/predicate"
)

// StartingWith matches people whose name starts with the text, whatever its case
// and accents. It uses the index on the folded name.
func StartingWith(text string) predicate.Person {
	from := []byte(Fold(text))
	return person.And(person.NameKeyGTE(from), person.NameKeyLT(append(bytes.Clone(from), 0xFF)))
}

// plain reports whether the name is ASCII and so has no accents.
func plain(name string) bool {
	return strings.IndexFunc(name, func(r rune) bool { return r > unicode.MaxASCII }) < 0
}

// Fold returns the form of a name by which people are searched and sorted: lower
// case, without accents. It is UTF-8, so every byte of it is below 0xFF.
func Fold(name string) string {
	if plain(name) {
		return strings.ToLower(strings.TrimSpace(name))
	}
	bare := transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC)
	folded, _, err := transform.String(bare, name)
	if err != nil {
		folded = name
	}
	return strings.ToLower(strings.TrimSpace(folded))
}
