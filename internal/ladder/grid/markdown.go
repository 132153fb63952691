package grid

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	tables "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/rung-hr/rung/internal/sheet"
)

// maxLine is far more than the longest row of a ladder; longer ones would only
// keep the parser busy.
const maxLine = 512 << 10

// markdown takes every table of the file, with the heading above it.
func (r *reader) markdown(content []byte) {
	r.table.Format = sheet.Format{Kind: "markdown", Encoding: "UTF-8"}
	content = bytes.TrimPrefix(content, []byte("\ufeff"))
	if !r.parsable(content) {
		return
	}
	m := &markdown{source: content, lines: lineStarts(content)}
	parser := goldmark.New(goldmark.WithExtensions(extension.Table)).Parser()
	root := parser.Parse(text.NewReader(content))
	heading, read := "", map[int]bool{}
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // the function below never errors
		if !entering {
			return ast.WalkContinue, nil
		}
		switch node := n.(type) {
		case *ast.Heading:
			heading = strings.Join(strings.Fields(m.plain(node)), " ")
			if r.table.Title == "" && node.Level == 1 {
				r.table.Title = heading
			}
			return ast.WalkSkipChildren, nil
		case *tables.Table:
			part := m.part(node)
			part.Heading = heading
			read[part.Line+1] = true
			r.table.Parts = append(r.table.Parts, part)
			return ast.WalkSkipChildren, nil
		case *ast.FencedCodeBlock, *ast.CodeBlock:
			for i := range n.Lines().Len() {
				read[m.line(n.Lines().At(i).Start)] = true
			}
		}
		return ast.WalkContinue, nil
	})
	for _, at := range delimiterRow.FindAllIndex(content, maxFindings) {
		if line := m.line(at[0]); !read[line] && !m.inside(r.table.Parts, line) {
			r.fail(line, 1, "give the line of dashes as many cells as the header above it, and put an empty line before the header", "this looks like a table, but is none")
		}
	}
}

func (r *reader) parsable(content []byte) bool {
	switch {
	case len(content) > MaxMarkdown:
		r.fail(1, 1, "keep it under 4 MB", "the file is too large for a ladder")
		return false
	case bytes.IndexByte(content, 0) >= 0 || !utf8.Valid(content):
		r.fail(1, 1, "save the file as UTF-8", "the file is not UTF-8 text")
		return false
	}
	number, fine := 0, true
	for line := range bytes.Lines(content) {
		number++
		if len(line) > maxLine {
			r.fail(number, 1, "keep what decides and link to the rest", "the line has %d characters, which is too much for a row", len(line))
			fine = false
		}
	}
	return fine
}

// markdown knows the source of the nodes.
type markdown struct {
	source []byte
	lines  []int // where each line starts
}

func lineStarts(content []byte) []int {
	starts := []int{0}
	for i, b := range content {
		if b == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}

// line is the number of the line with the byte.
func (m *markdown) line(at int) int {
	low, high := 0, len(m.lines)
	for low+1 < high {
		if mid := (low + high) / 2; m.lines[mid] <= at {
			low = mid
		} else {
			high = mid
		}
	}
	return low + 1
}

func (m *markdown) inside(parts []Part, line int) bool {
	for _, p := range parts {
		if last := p.rows[len(p.rows)-1][0].line; line >= p.Line && line <= last {
			return true
		}
	}
	return false
}

func (m *markdown) part(table *tables.Table) Part {
	var part Part
	for row := table.FirstChild(); row != nil; row = row.NextSibling() {
		line := m.rowLine(row, part)
		var cells []cell
		for node := row.FirstChild(); node != nil; node = node.NextSibling() {
			cells = append(cells, cell{text: m.plain(node), line: line, column: len(cells) + 1})
		}
		// The parser fills rows up and drops what is too much: the source tells.
		for n := m.written(line); n < len(cells) || n > len(cells); {
			if n < len(cells) {
				cells = cells[:max(n, 1)]
				break
			}
			cells = append(cells, cell{text: "…", line: line, column: len(cells) + 1})
		}
		part.rows = append(part.rows, cells)
	}
	part.Line = part.rows[0][0].line
	return part
}

// rowLine follows the row above where the parser does not tell.
func (m *markdown) rowLine(row ast.Node, part Part) int {
	for node := row.FirstChild(); node != nil; node = node.NextSibling() {
		if node.Lines() != nil && node.Lines().Len() > 0 {
			return m.line(node.Lines().At(0).Start)
		}
	}
	switch n := len(part.rows); n {
	case 0:
		return m.line(max(0, row.Pos()))
	case 1:
		return part.rows[0][0].line + 2
	default:
		return part.rows[n-1][0].line + 1
	}
}

// written counts the cells of a row as they stand in the file.
func (m *markdown) written(line int) int {
	end := len(m.source)
	if line < len(m.lines) {
		end = m.lines[line]
	}
	row := strings.TrimSpace(string(m.source[m.lines[line-1]:end]))
	row = strings.TrimSpace(strings.TrimLeft(row, "> ")) // tables stand in quotations, too
	row = strings.TrimPrefix(row, "|")
	if strings.HasSuffix(row, "|") && !strings.HasSuffix(row, `\|`) {
		row = row[:len(row)-1]
	}
	return strings.Count(row, "|") - strings.Count(row, `\|`) + 1
}

// plain is what a reader sees; links keep their address, HTML stays for check to refuse.
func (m *markdown) plain(node ast.Node) string {
	var out strings.Builder
	m.write(&out, node)
	return strings.TrimSpace(out.String())
}

func (m *markdown) write(out *strings.Builder, node ast.Node) {
	for child := node.FirstChild(); child != nil; child = child.NextSibling() {
		switch n := child.(type) {
		case *ast.Text:
			value := n.Segment.Value(m.source)
			if !n.IsRaw() && node.Kind() != ast.KindCodeSpan {
				value = util.UnescapePunctuations(util.ResolveEntityNames(util.ResolveNumericReferences(value)))
			}
			out.Write(value)
			if n.SoftLineBreak() || n.HardLineBreak() {
				out.WriteByte('\n')
			}
		case *ast.String:
			out.Write(n.Value)
		case *ast.RawHTML:
			for i := range n.Segments.Len() {
				at := n.Segments.At(i)
				out.Write(at.Value(m.source))
			}
		case *ast.AutoLink:
			out.Write(n.URL(m.source))
		case *ast.Link:
			before := out.Len()
			m.write(out, n)
			if address := string(n.Destination); out.String()[before:] != address && address != "" {
				out.WriteString(linked(address))
			}
		default:
			m.write(out, n)
		}
	}
}

// linked keeps what a browser would run in a form that is refused.
func linked(address string) string {
	if strings.HasPrefix(strings.ToLower(strings.TrimSpace(address)), "javascript:") {
		return "](javascript:"
	}
	return " (" + address + ")"
}
