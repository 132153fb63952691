package grid

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/rung-hr/rung/internal/platform/sheet"
)

// hypertext reads a page as browsers save it and tools export it.
func (r *reader) hypertext(content []byte) []block {
	r.table.Format = sheet.Format{Kind: "html", Encoding: "UTF-8"}
	content = bytes.TrimPrefix(content, []byte("\ufeff"))
	if !r.fits(content) {
		return nil
	}
	return r.htmlBlocks(content, 1)
}

// htmlBlocks reads a page, or a part of one that starts at a line of the file.
func (r *reader) htmlBlocks(content []byte, line int) []block {
	h := &hypertext{reader: r, tokens: html.NewTokenizer(bytes.NewReader(content)), line: line}
	h.run = &run{line: line}
	for more := true; more; {
		more = h.next()
	}
	h.flush()
	h.closeTable()
	if len(h.unread) > 0 {
		h.failf(h.unreadAt, 1, "close it, or remove it", "the <%s> that starts here has no end", h.unread[0])
	}
	return h.blocks
}

// hypertext goes through the tags once, because a tree would not know the lines.
type hypertext struct {
	*reader
	tokens   *html.Tokenizer
	line     int // where the next token begins
	blocks   []block
	unread   []atom.Atom // elements whose content is left out, from the outside in
	unreadAt int
	heading  int
	items    []bool // of the open lists, whether their point has begun
	run      *run
	links    []link
	table    *htmlTable
}

// run collects a text until its block ends.
type run struct {
	strings.Builder
	bold  int  // how much of it is bold from the start on
	plain bool // something that is not bold has come
	depth int  // of open bold elements
	line  int
}

func (r *run) write(text string) {
	blank := strings.TrimSpace(text) == ""
	if blank && r.Len() == 0 {
		return
	}
	r.WriteString(text)
	r.plain = r.plain || r.depth == 0 && !blank
	if r.depth > 0 && !r.plain {
		r.bold = r.Len()
	}
}

type link struct {
	address string
	at      int
}

// No reader sees the content of these elements, or it runs.
var unread = []atom.Atom{
	atom.Title, atom.Script, atom.Style, atom.Template, atom.Noscript, atom.Svg, atom.Math, atom.Iframe, atom.Object,
	atom.Select, atom.Button, atom.Textarea, atom.Audio, atom.Video, atom.Canvas, atom.Nav,
}

// These elements start on a new line.
var blockElements = []atom.Atom{
	atom.P, atom.Div, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Main, atom.Aside, atom.Blockquote, atom.Pre,
	atom.Figure, atom.Details, atom.Summary, atom.Dl, atom.Dt, atom.Dd, atom.Hr, atom.Ul, atom.Ol, atom.Li, atom.Body,
}

func (h *hypertext) next() bool {
	kind := h.tokens.Next()
	if kind == html.ErrorToken {
		return false
	}
	lines := bytes.Count(h.tokens.Raw(), []byte("\n"))
	token := h.tokens.Token()
	switch kind {
	case html.TextToken:
		h.words(token.Data)
	case html.StartTagToken, html.SelfClosingTagToken:
		h.start(token, kind == html.SelfClosingTagToken)
	case html.EndTagToken:
		h.end(token.DataAtom)
	}
	h.line += lines
	return true
}

var space = regexp.MustCompile(`\s+`)

func (h *hypertext) words(text string) {
	if len(h.unread) > 0 || h.table != nil && !h.table.inCell && strings.TrimSpace(text) == "" {
		return
	}
	if h.run.Len() == 0 {
		h.run.line = h.line + strings.Count(text[:len(text)-len(strings.TrimLeft(text, " \t\r\n"))], "\n")
	}
	h.run.write(space.ReplaceAllString(text, " "))
}

func (h *hypertext) start(token html.Token, closed bool) {
	name := token.DataAtom
	if len(h.unread) > 0 || slices.Contains(unread, name) {
		if !closed && (len(h.unread) == 0 || h.unread[0] == name) {
			h.unread, h.unreadAt = append(h.unread, name), h.line
		}
		return
	}
	switch name {
	case atom.Br:
		h.run.write("\n")
	case atom.B, atom.Strong:
		h.run.depth++
	case atom.A:
		h.links = append(h.links, link{attribute(token, "href"), h.run.Len()})
	case atom.Table, atom.Tr, atom.Td, atom.Th, atom.Caption:
		h.tableTag(token)
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		h.flush()
		h.heading = headingDepth(name)
	default:
		h.breakLine(name, true)
	}
}

func headingDepth(name atom.Atom) int { return int(name.String()[1] - '0') }

func (h *hypertext) end(name atom.Atom) {
	if len(h.unread) > 0 {
		if name == h.unread[len(h.unread)-1] {
			h.unread = h.unread[:len(h.unread)-1]
		}
		return
	}
	switch name {
	case atom.B, atom.Strong:
		h.run.depth = max(0, h.run.depth-1)
	case atom.A:
		h.closeLink()
	case atom.Table:
		h.closeTable()
	case atom.Tr, atom.Td, atom.Th, atom.Caption:
		if h.table != nil {
			h.closeCell()
		}
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		h.flush()
		h.heading = 0
	default:
		h.breakLine(name, false)
	}
}

func (h *hypertext) closeLink() {
	if len(h.links) == 0 {
		return
	}
	last := h.links[len(h.links)-1]
	h.links = h.links[:len(h.links)-1]
	text := h.run.String()
	if last.at <= len(text) && h.heading == 0 {
		h.run.write(linked(text[last.at:], last.address))
	}
}

func attribute(token html.Token, name string) string {
	for _, a := range token.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// breakLine ends a line and, outside tables, the block.
func (h *hypertext) breakLine(name atom.Atom, starts bool) {
	if !slices.Contains(blockElements, name) {
		return
	}
	if h.table != nil {
		h.run.write("\n")
		return
	}
	h.flush()
	switch {
	case (name == atom.Ul || name == atom.Ol) && starts:
		h.items = append(h.items, false)
	case (name == atom.Ul || name == atom.Ol) && len(h.items) > 0:
		h.items = h.items[:len(h.items)-1]
	case name == atom.Li && starts && len(h.items) > 0:
		h.items[len(h.items)-1] = false
	case name == atom.Dt && starts:
		h.run.depth++
	}
}

// flush makes a block from what was collected.
func (h *hypertext) flush() {
	if h.table != nil {
		return
	}
	last := h.run
	h.run, h.links = &run{line: h.line}, nil
	text := lines(last.String())
	switch {
	case text == "":
		h.run.depth = last.depth
	case h.heading > 0:
		h.blocks = append(h.blocks, block{kind: headingBlock, depth: h.heading, text: headingText(text), line: last.line, column: 1})
	default:
		h.blocks = append(h.blocks, newWords(h.depth(), lines(last.String()[:last.bold]), lines(last.String()[last.bold:]), last.line, 1))
	}
}

// depth of the words: a second paragraph belongs to the point above it.
func (h *hypertext) depth() int {
	n := len(h.items)
	if n == 0 {
		return paragraph
	}
	depth := firstPoint + n - 1
	if h.items[n-1] {
		depth++
	}
	h.items[n-1] = true
	return depth
}

// lines folds white space inside the lines and leaves out empty ones.
func lines(text string) string {
	var out []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = oneLine(line); line != "" {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}
