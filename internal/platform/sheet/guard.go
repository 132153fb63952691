package sheet

import "strings"

const formulaStarts = "=+-@\t\r\uff1d\uff0b\uff0d\uff20"

// Guard makes a text safe to write into a CSV cell; otherwise a spreadsheet would
// run it as a formula. It is for text; numbers that the program itself writes do
// not need it.
func Guard(text string) string {
	if text != "" && strings.ContainsAny(firstRune(text), formulaStarts) {
		return "'" + text
	}
	return text
}

// unguarded removes what Guard added, so that a file of ours is read back as it
// was.
func unguarded(text string) string {
	if rest, ok := strings.CutPrefix(text, "'"); ok && rest != "" && strings.ContainsAny(firstRune(rest), formulaStarts) {
		return rest
	}
	return text
}

// formula tells formulas from phone numbers and signed numbers, so that its
// warning means something.
func formula(text string) bool {
	if !strings.ContainsAny(firstRune(text), formulaStarts) {
		return false
	}
	signed := text[0] == '+' || text[0] == '-'
	return !signed || strings.Trim(text[1:], "0123456789 ()-/.,") != ""
}

func firstRune(text string) string {
	for i := range text {
		if i > 0 {
			return text[:i]
		}
	}
	return text
}
