package grid

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// block is a piece of a file, in reading order.
type block struct {
	kind         blockKind
	depth        int      // of a heading 1 to 6, of words how deep they are nested
	lead         string   // the name that words begin with: bold, or before a colon
	bold         bool     // the lead is bold, which makes it a name even when it does not come again
	text         string   // what follows the lead
	whole        string   // lead and text as they are written
	rows         [][]cell // of a table
	headed       bool     // the first row of the table is marked as its header
	line, column int
}

type blockKind int

const (
	headingBlock blockKind = iota + 1
	wordsBlock
	tableBlock
	codeBlock // no expectation is written as code; the page says where one was left out
)

// These are the depths of words: a name in bold holds for the paragraphs and
// lists below it, a name before a colon only for the lists.
const (
	boldParagraph = iota
	paragraph
	firstPoint
)

// newWords splits a paragraph or a list item into the name at its start and the
// rest.
func newWords(depth int, bold, rest string, line, column int) block {
	b := block{kind: wordsBlock, depth: depth, line: line, column: column}
	bold, rest = undecorated(bold), undecorated(rest)
	written := box.ReplaceAllString(strings.TrimSpace(bold+spaced(rest)), "")
	b.whole = folded(written)
	b.text = b.whole
	rest = folded(rest)
	if name := strings.TrimRight(bold, ":. "); bold != "" && isName(name, boldNameWords) &&
		(name != bold || rest == "" || strings.IndexAny(rest, ":–—-") == 0) {
		b.lead, b.bold, b.text = name, true, strings.TrimSpace(strings.TrimLeft(rest, ":–—- \n"))
	} else if name, after, found := strings.Cut(b.whole, ":"); found && isName(name, plainNameWords) && (after == "" || unicode.IsSpace(rune(after[0]))) {
		b.lead, b.text = strings.TrimSpace(name), strings.TrimSpace(after)
	} else if name, after, found := strings.Cut(written, string(softBreak)); found && isName(name, plainNameWords) {
		b.lead, b.text = strings.TrimSpace(name), folded(after)
	}
	if b.bold && depth == paragraph {
		b.depth = boldParagraph
	}
	return b
}

// folded joins the lines of the file into one.
func folded(text string) string {
	return strings.TrimSpace(strings.ReplaceAll(text, string(softBreak), " "))
}

// spaced puts a space between a bold text and what follows, unless that is
// punctuation.
func spaced(rest string) string {
	if rest == "" || strings.IndexAny(rest, ":;,.)") == 0 {
		return rest
	}
	return " " + rest
}

// Names are short; anything longer is a sentence.
const (
	boldNameWords  = 8
	plainNameWords = 4
	nameRunes      = 80
)

func isName(text string, most int) bool {
	first, _ := utf8.DecodeRuneInString(text)
	return text != "" && !strings.Contains(text, "\n") && len(strings.Fields(text)) <= most && utf8.RuneCountInString(text) <= nameRunes &&
		!unicode.IsLower(first) && !unicode.IsPunct(first) && !example.MatchString(text+":") && !note.MatchString(text+":")
}

var (
	emoji  = `[\p{So}\x{FE0F}\x{200D}\x{20E3}\x{1F3FB}-\x{1F3FF}]`
	edging = regexp.MustCompile(`^(?:` + emoji + `|\s)+|(?:` + emoji + `|\s)+$`)
	joined = regexp.MustCompile(`(` + emoji + `)\x{200D}+`) // joiners inside of pictures only
	box    = regexp.MustCompile(`^\[[ xX]\]\s+`)            // of a list to tick
	ranked = regexp.MustCompile(`^\d{1,2}[.)]\s+`)
)

// undecorated leaves out pictures around a text, and the joiners inside them.
func undecorated(text string) string {
	return joined.ReplaceAllString(edging.ReplaceAllString(text, ""), "$1")
}

// headingText is the name that a heading gives.
func headingText(text string) string {
	return strings.TrimRight(ranked.ReplaceAllString(undecorated(oneLine(text)), ""), ": ")
}
