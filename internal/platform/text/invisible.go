package text

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/rung-hr/rung/internal/platform/fault"
)

// invisible is every character that takes part in comparing two texts and that
// nobody sees: with one of them, an address looks like another and is not found.
var invisible = []*unicode.RangeTable{
	unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector,
}

// blankBraille is drawn as nothing, although Unicode counts it as a symbol.
const blankBraille = '\u2800'

func isInvisible(r rune) bool { return r == blankBraille || unicode.In(r, invisible...) }

// names of the invisible characters that files and directories have most.
var invisibleNames = map[rune]string{
	'\u00AD': "soft hyphen", '\u200B': "zero width space", '\u200C': "zero width non-joiner", '\u200D': "zero width joiner",
	'\u200E': "left-to-right mark", '\u200F': "right-to-left mark", '\u202A': "left-to-right embedding", '\u202B': "right-to-left embedding",
	'\u202C': "pop directional formatting", '\u202D': "left-to-right override", '\u202E': "right-to-left override", '\u2060': "word joiner",
	'\u2066': "left-to-right isolate", '\u2067': "right-to-left isolate", '\u2068': "first strong isolate", '\u2069': "pop directional isolate",
	'\u3164': "Hangul filler", '\uFEFF': "byte order mark",
}

// Invisible says which invisible character an address or an identifier has, and
// where; it is empty for one without.
func Invisible(s string) string {
	return firstInvisible([]rune(s), func([]rune, int) bool { return false })
}

// InvisibleInName is Invisible for the name of a thing, which may be written with
// emoji, or in a script that joins its letters.
func InvisibleInName(s string) string { return firstInvisible([]rune(s), shapes) }

// shapes reports whether an invisible character shapes the ones beside it.
func shapes(all []rune, at int) bool {
	if at == 0 || all[at-1] <= unicode.MaxASCII {
		return false
	}
	joins := (all[at] == '\u200C' || all[at] == '\u200D') && at+1 < len(all) && all[at+1] > unicode.MaxASCII
	return joins || unicode.Is(unicode.Variation_Selector, all[at])
}

func firstInvisible(all []rune, allowed func(all []rune, at int) bool) string {
	for at, r := range all {
		if !isInvisible(r) || allowed(all, at) {
			continue
		}
		name := ""
		if known, ok := invisibleNames[r]; ok {
			name = " (" + known + ")"
		}
		return fmt.Sprintf("character %d is invisible: U+%04X%s", at+1, r, name)
	}
	return ""
}

// FixInvisible is what to do about an invisible character.
const FixInvisible = "remove it; typing the value again does"

// Visible returns a text without its invisible characters.
func Visible(s string) string {
	return strings.Map(func(r rune) rune {
		if isInvisible(r) {
			return -1
		}
		return r
	}, s)
}

// RefuseInvisible returns an Invalid fault if an address or an identifier that was
// sent as a field has an invisible character.
func RefuseInvisible(field, value string) error {
	flaw := Invisible(value)
	if flaw == "" {
		return nil
	}
	return fault.Bad("An identifier has a character that nobody can see.", fault.Detail{
		Pointer: "/" + field, Field: field, Message: flaw, Fix: FixInvisible,
	}).WithCode(CodeInvisible)
}

// CodeInvisible marks the fault of an identifier with an invisible character.
const CodeInvisible = "invisible_character"

// Identifies returns the check of a column by which a thing is found: it refuses
// what Fits refuses, and invisible characters.
func Identifies(column string, most int) func(string) error {
	fits := Fits(column, most)
	return func(s string) error {
		if err := fits(s); err != nil {
			return err
		}
		return RefuseInvisible(camel(column), s)
	}
}
