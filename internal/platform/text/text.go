// Package text says which texts Rung keeps: valid UTF-8 without NUL, because
// PostgreSQL takes no other, of a length that is counted in characters.
package text

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/rung-hr/rung/internal/platform/fault"
)

// Flaw says why a text cannot be kept; it is empty for a text that can.
func Flaw(s string) string {
	switch {
	case !utf8.ValidString(s):
		return "it is not valid UTF-8"
	case strings.ContainsRune(s, 0):
		return "it contains the character NUL"
	default:
		return ""
	}
}

// Fix is what to do about every flaw.
const Fix = "remove the characters that are no text"

// Refusal is the fault for a request whose texts have flaws.
func Refusal(places ...fault.Detail) error {
	return fault.Bad("Something that was sent is not text. Nothing was changed.", places...).WithCode("not_text")
}

// Longer reports whether a text has more characters than most.
func Longer(s string, most int) bool { return len(s) > most && utf8.RuneCountInString(s) > most }

// Cut returns at most the first characters of a text, and replaces bytes that are
// not text.
func Cut(s string, most int) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
	if !Longer(s, most) {
		return s
	}
	return string([]rune(s)[:most])
}

// Fits returns the check of a column: it returns an Invalid fault for a text that
// cannot be kept, or that has more characters than most; 0 is no limit.
func Fits(column string, most int) func(string) error {
	return func(s string) error {
		place := fault.Detail{Field: camel(column)}
		if place.Message = Flaw(s); place.Message != "" {
			place.Fix = Fix
			return Refusal(place)
		}
		if most == 0 || !Longer(s, most) {
			return nil
		}
		place.Message, place.Fix = fmt.Sprintf("it is longer than %d characters", most), "shorten it"
		return fault.Bad("A text is too long.", place)
	}
}

// camel is the name of a column as the API writes it.
func camel(column string) string {
	words := strings.Split(column, "_")
	for i, word := range words[1:] {
		words[i+1] = strings.ToUpper(word[:1]) + word[1:]
	}
	return strings.Join(words, "")
}
