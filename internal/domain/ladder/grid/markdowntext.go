package grid

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	tables "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// blocks lists what is in a node, in reading order.
func (m *markdown) blocks(node ast.Node, depth int) {
	for child := node.FirstChild(); child != nil; child = child.NextSibling() {
		switch n := child.(type) {
		case *ast.Heading:
			line, column := m.place(n)
			m.found = append(m.found, block{kind: headingBlock, depth: n.Level, text: headingText(m.plain(n, false)), line: line, column: column})
		case *ast.Paragraph, *ast.TextBlock:
			m.words(n, depth)
		case *ast.List:
			for item := n.FirstChild(); item != nil; item = item.NextSibling() {
				m.item(item, max(firstPoint, depth))
			}
		case *tables.Table:
			rows := m.rows(n)
			m.found = append(m.found, block{kind: tableBlock, rows: rows, headed: true, line: rows[0][0].line, column: 1})
		case *ast.HTMLBlock:
			from, to := m.extent(n)
			m.found = append(m.found, m.htmlBlocks(m.source[from:to], m.line(from))...)
		case *ast.FencedCodeBlock, *ast.CodeBlock:
			m.code(n)
		default:
			m.blocks(child, depth)
		}
	}
}

// item is a list item: everything after its first text belongs to it.
func (m *markdown) item(item ast.Node, depth int) {
	first := item.FirstChild()
	if first == nil {
		return
	}
	if first.Kind() == ast.KindParagraph || first.Kind() == ast.KindTextBlock {
		m.words(first, depth)
		rest := ast.NewDocument()
		for child := first.NextSibling(); child != nil; {
			next := child.NextSibling()
			rest.AppendChild(rest, child)
			child = next
		}
		m.blocks(rest, depth+1)
		return
	}
	m.blocks(item, depth)
}

func (m *markdown) words(node ast.Node, depth int) {
	bold, rest := "", m.plain(node, true)
	if lead, ok := node.FirstChild().(*ast.Emphasis); ok && lead.Level == 2 {
		bold = m.plain(lead, false)
		rest = m.siblings(lead.NextSibling())
	}
	line, column := m.place(node)
	if b := newWords(depth, bold, rest, line, column); b.whole != "" {
		m.found = append(m.found, b)
	}
}

// place is where a node starts, both from 1.
func (m *markdown) place(node ast.Node) (line, column int) {
	if node.Lines() == nil || node.Lines().Len() == 0 {
		return 1, 1
	}
	at := node.Lines().At(0).Start
	line = m.line(at)
	return line, utf8.RuneCount(m.source[m.lines[line-1]:at]) + 1
}

func (m *markdown) extent(node ast.Node) (from, to int) {
	if lines := node.Lines(); lines.Len() > 0 {
		from, to = lines.At(0).Start, lines.At(lines.Len()-1).Stop
	}
	if block, ok := node.(*ast.HTMLBlock); ok && block.HasClosure() {
		to = max(to, block.ClosureLine.Stop)
	}
	return from, to
}

func (m *markdown) code(node ast.Node) {
	for i := range node.Lines().Len() {
		m.read[m.line(node.Lines().At(i).Start)] = true
	}
	if line, column := m.place(node); node.Lines().Len() > 0 {
		m.found = append(m.found, block{kind: codeBlock, line: line, column: column})
	}
}

var tableTag = regexp.MustCompile(`(?i)<table[\s>]`)

// takeHTMLTables reads the tables that are written as HTML. They can have empty
// lines, so a Markdown parser sees several blocks. It then parses the page
// without them.
func (m *markdown) takeHTMLTables(root ast.Node) ast.Node {
	end := 0
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // the function never errors
		if n.Kind() != ast.KindHTMLBlock || !entering {
			return ast.WalkContinue, nil
		}
		from, to := m.extent(n)
		for at := tableTag.FindIndex(m.source[max(from, end):max(to, end)]); at != nil; at = tableTag.FindIndex(m.source[max(from, end):max(to, end)]) {
			start := max(from, end) + at[0]
			end = start + tableLength(m.source[start:])
			m.found = append(m.found, m.htmlBlocks(m.source[start:end], m.line(start))...)
			empty(m.source[start:end])
		}
		return ast.WalkContinue, nil
	})
	if end == 0 {
		return root
	}
	return m.parse()
}

// tableLength is how long the table at the start is; it runs to the end if it is
// not closed.
func tableLength(source []byte) int {
	tokens := html.NewTokenizer(bytes.NewReader(source))
	length, open := 0, 0
	for {
		kind := tokens.Next()
		length += len(tokens.Raw())
		name, _ := tokens.TagName()
		switch {
		case kind == html.ErrorToken:
			return len(source)
		case kind == html.StartTagToken && atom.Lookup(name) == atom.Table:
			open++
		case kind == html.EndTagToken && atom.Lookup(name) == atom.Table:
			if open--; open == 0 {
				return length
			}
		}
	}
}

// softBreak ends a line of the file, but not of the text.
const softBreak = '\r'

// plain is what a reader sees of the text in a node; names leave out the
// addresses of their links. HTML that does more than decorate is left for check
// to refuse.
func (m *markdown) plain(node ast.Node, links bool) string {
	w := writer{markdown: m, links: links}
	w.all(node)
	return strings.TrimSpace(w.String())
}

// siblings is plain for a node and those after it.
func (m *markdown) siblings(from ast.Node) string {
	w := writer{markdown: m, links: true}
	for n := from; n != nil; n = n.NextSibling() {
		w.node(n)
	}
	return strings.TrimSpace(w.String())
}

type writer struct {
	*markdown
	strings.Builder
	links bool
	open  []link // links that are written as HTML
}

func (w *writer) all(node ast.Node) {
	for child := node.FirstChild(); child != nil; child = child.NextSibling() {
		w.node(child)
	}
}

func (w *writer) node(node ast.Node) {
	switch n := node.(type) {
	case *ast.Text:
		value := n.Segment.Value(w.source)
		if !n.IsRaw() && n.Parent().Kind() != ast.KindCodeSpan {
			value = util.UnescapePunctuations(util.ResolveEntityNames(util.ResolveNumericReferences(value)))
		}
		w.Write(value)
		switch {
		case n.HardLineBreak():
			w.WriteByte('\n')
		case n.SoftLineBreak():
			w.WriteByte(softBreak)
		}
	case *ast.String:
		w.Write(n.Value)
	case *ast.RawHTML:
		for i := range n.Segments.Len() {
			at := n.Segments.At(i)
			w.tag(at.Value(w.source))
		}
	case *ast.AutoLink:
		w.Write(n.URL(w.source))
	case *ast.Link:
		before := w.Len()
		w.all(n)
		w.address(before, string(n.Destination))
	case *ast.Image:
	default:
		w.all(n)
	}
}

// address follows the text of a link, unless it equals the text or is a place on
// the same page.
func (w *writer) address(from int, address string) {
	if w.links {
		w.WriteString(linked(w.String()[from:], address))
	}
}

// These tags in a line of Markdown only decorate it.
var decoration = []atom.Atom{
	atom.Img, atom.Picture, atom.Source, atom.Abbr, atom.B, atom.Strong, atom.I, atom.Em, atom.U, atom.S, atom.Del, atom.Ins, atom.Small,
	atom.Sub, atom.Sup, atom.Span, atom.Kbd, atom.Code, atom.Mark, atom.Font, atom.Center, atom.Wbr,
}

// tag keeps the meaning of a tag, such as the end of a line.
func (w *writer) tag(raw []byte) {
	tokens := html.NewTokenizer(bytes.NewReader(raw))
	kind := tokens.Next()
	token := tokens.Token()
	switch {
	case kind == html.CommentToken, slices.Contains(decoration, token.DataAtom):
	case token.DataAtom == atom.Br, slices.Contains(blockElements, token.DataAtom):
		w.WriteByte('\n')
	case token.DataAtom == atom.A && kind == html.StartTagToken:
		w.open = append(w.open, link{attribute(token, "href"), w.Len()})
	case token.DataAtom == atom.A && len(w.open) > 0:
		last := w.open[len(w.open)-1]
		w.open = w.open[:len(w.open)-1]
		w.address(last.at, last.address)
	case token.DataAtom == atom.A:
	default:
		w.Write(raw)
	}
}

// linked is what follows the text of a link. An address that a browser would run
// keeps a form that is refused.
func linked(text, address string) string {
	address = strings.TrimSpace(address)
	switch {
	case address == "" || address == strings.TrimSpace(text) || strings.HasPrefix(address, "#"):
		return ""
	case strings.HasPrefix(strings.ToLower(address), "javascript:"):
		return "](javascript:"
	}
	return " (" + address + ")"
}
