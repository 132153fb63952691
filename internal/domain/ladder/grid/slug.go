package grid

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// slug makes a code from a name: lower-case words joined by hyphens, with at most
// the given number of characters. A name in another script gets a stable code.
func slug(name string, most int) string {
	var out strings.Builder
	gap := false
	for _, c := range norm.NFKD.String(strings.ToLower(name)) {
		switch {
		case c == 'ß':
			out.WriteString("ss")
		case c < unicode.MaxASCII && (unicode.IsLetter(c) || unicode.IsDigit(c)):
			if gap && out.Len() > 0 {
				out.WriteByte('-')
			}
			gap = false
			out.WriteRune(c)
		case unicode.Is(unicode.Mn, c):
		default:
			gap = true
		}
	}
	code := out.String()
	if code == "" || letters(name) > 2*len(code) {
		sum := sha256.Sum256([]byte(name))
		code = "c-" + hex.EncodeToString(sum[:4])
	}
	if code[0] < 'a' {
		code = "c-" + code
	}
	if len(code) > most {
		code = code[:most]
		if cut := strings.LastIndexByte(code, '-'); cut > most/2 {
			code = code[:cut]
		}
	}
	return strings.Trim(code, "-")
}

func letters(text string) int {
	n := 0
	for _, c := range text {
		if unicode.IsLetter(c) {
			n++
		}
	}
	return n
}

// distinct gives the code a number if it is taken, and takes it.
func distinct(code string, taken map[string]bool) string {
	free := code
	for n := 2; taken[free]; n++ {
		free = code + "-" + strconv.Itoa(n)
	}
	taken[free] = true
	return free
}
