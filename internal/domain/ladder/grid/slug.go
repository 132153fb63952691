package grid

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/mozillazg/go-unidecode"
	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/unicode/runenames"
)

// slug makes a code from a name that people can read: lower-case Latin words
// joined by hyphens, with at most the given number of characters. Names in other
// scripts are written as they sound, and pictures as they are called.
func slug(name string, most int) string {
	code := latin(unidecode.Unidecode(spelled.Replace(norm.NFC.String(name))))
	if code == "" {
		code = latin(called(name))
	}
	if code != "" && code[0] < 'a' {
		code = "number-" + code
	}
	if len(code) > most {
		code = code[:most]
		if cut := strings.LastIndexByte(code, '-'); cut > most/2 {
			code = code[:cut]
		}
	}
	return strings.Trim(code, "-")
}

// spelled are the signs that tell names apart.
var spelled = strings.NewReplacer("ß", "ss", "+", " plus ", "#", " sharp ")

// latin keeps letters and digits, and a hyphen for everything between them.
func latin(text string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return r >= unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), "-")
}

// called is what Unicode calls the signs of a text.
func called(text string) string {
	var names []string
	for _, r := range text {
		if !unicode.IsSpace(r) {
			names = append(names, strings.Trim(runenames.Name(r), "<>"))
		}
	}
	return strings.Join(names, " ")
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
