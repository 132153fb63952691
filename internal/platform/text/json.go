package text

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/rung-hr/rung/internal/platform/fault"
)

// maxPlaces limits how many flaws of one document are told.
const maxPlaces = 20

// InJSON returns the places of a JSON document with texts that cannot be kept. The
// decoder would replace most of them without a word. A document that is no JSON is
// read as far as it goes: whoever decodes it says what is wrong.
func InJSON(document []byte) []fault.Detail {
	w := walk{decoder: json.NewDecoder(bytes.NewReader(document))}
	w.decoder.UseNumber()
	var places []fault.Detail
	for before := int64(0); len(places) < maxPlaces; before = w.decoder.InputOffset() {
		token, err := w.decoder.Token()
		if err != nil {
			break
		}
		at := w.pass(token)
		if _, isText := token.(string); !isText {
			continue
		}
		if flaw := flawOfLiteral(document[before:w.decoder.InputOffset()]); flaw != "" {
			places = append(places, fault.Detail{Pointer: at, Message: flaw, Fix: Fix})
		}
	}
	return places
}

// walk follows a decoder and knows where it is.
type walk struct {
	decoder *json.Decoder
	levels  []level
}

// level is an object or a list that has begun and not ended.
type level struct {
	list  bool
	place string // the current member or index
	next  int    // index of the next element of a list
	value bool   // of an object: the next token is a value, not a name
}

// pass takes the next token and returns the JSON pointer of where it is: for a
// name, that of the object which has it.
func (w *walk) pass(token json.Token) string {
	if d, ok := token.(json.Delim); ok && (d == '}' || d == ']') {
		w.levels = w.levels[:len(w.levels)-1]
		return ""
	}
	named := w.step(token)
	d, opens := token.(json.Delim)
	if !opens && named { // most tokens need no place: it is made for texts alone
		return w.pointer(len(w.levels) - 1)
	}
	at := ""
	if _, isText := token.(string); isText {
		at = w.pointer(len(w.levels))
	}
	if opens {
		w.levels = append(w.levels, level{list: d == '['})
	}
	return at
}

// step moves to the next place; it reports whether the token is a member's name.
func (w *walk) step(token json.Token) bool {
	if len(w.levels) == 0 {
		return false
	}
	l := &w.levels[len(w.levels)-1]
	if l.list {
		l.place = strconv.Itoa(l.next)
		l.next++
		return false
	}
	l.value = !l.value
	if l.value {
		l.place, _ = token.(string)
	}
	return l.value
}

var escapePointer = strings.NewReplacer("~", "~0", "/", "~1")

func (w *walk) pointer(depth int) string {
	var out strings.Builder
	for _, l := range w.levels[:depth] {
		out.WriteString("/" + escapePointer.Replace(l.place))
	}
	return out.String()
}

// flawOfLiteral is Flaw of a string as it is written in JSON, where an escape can
// hide NUL or half of a character.
func flawOfLiteral(literal []byte) string {
	if !utf8.Valid(literal) {
		return Flaw("\xff")
	}
	for rest := literal; ; {
		at := bytes.IndexByte(rest, '\\')
		if at < 0 {
			return ""
		}
		r, isUnicode := unicodeEscape(rest[at:])
		switch {
		case !isUnicode:
			rest = rest[at+2:]
			continue
		case r == 0:
			return Flaw("\x00")
		case !utf16.IsSurrogate(r):
			rest = rest[at+6:]
			continue
		}
		low, _ := unicodeEscape(rest[at+6:])
		if utf16.DecodeRune(r, low) == utf8.RuneError {
			return "it contains half of a character (a lone surrogate)"
		}
		rest = rest[at+12:]
	}
}

// unicodeEscape reads \uXXXX at the start of a text that the decoder has accepted.
func unicodeEscape(b []byte) (rune, bool) {
	if len(b) < 6 || b[0] != '\\' || b[1] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(b[2:6]), 16, 16)
	return rune(n), err == nil
}
