package grid

import (
	"bytes"
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	tables "github.com/yuin/goldmark/extension/ast"

	"github.com/rung-hr/rung/internal/platform/sheet"
)

// maxLine is far more than the longest row of a ladder; longer lines would only
// keep the parser busy.
const maxLine = 512 << 10

// markdown reads every table of the file, with the heading above it, and the page
// around them.
func (r *reader) markdown(content []byte) []block {
	r.table.Format = sheet.Format{Kind: "markdown", Encoding: "UTF-8"}
	content = bytes.TrimPrefix(content, []byte("\ufeff"))
	if !r.parsable(content) {
		return nil
	}
	m := &markdown{reader: r, source: withoutFrontMatter(bytes.Clone(content)), lines: lineStarts(content), read: map[int]bool{}, refused: map[int]bool{}}
	root := m.takeHTMLTables(m.parse())
	m.blocks(root, paragraph)
	slices.SortStableFunc(m.found, func(a, b block) int { return cmp.Compare(a.line, b.line) })
	for _, at := range delimiterRow.FindAllIndex(m.source, maxFindings) {
		if line := m.line(at[0]); !m.read[line] {
			r.failf(line, 1, "give the line of dashes as many cells as the header above it, and put an empty line before the header", "this looks like a table, but is not one")
		}
	}
	return m.found
}

var frontMatter = regexp.MustCompile(`\A---[ \t]*\r?\n(?s:.*?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|\z)`)

// withoutFrontMatter empties the lines of settings at the start of a page.
func withoutFrontMatter(content []byte) []byte {
	if at := frontMatter.FindIndex(content); at != nil {
		empty(content[:at[1]])
	}
	return content
}

// empty removes everything in a range but its line breaks.
func empty(content []byte) {
	for i, b := range content {
		if b != '\n' && b != '\r' {
			content[i] = ' '
		}
	}
}

// fits reports whether a text may be parsed.
func (r *reader) fits(content []byte) bool {
	switch {
	case len(content) > MaxMarkdown:
		r.failf(1, 1, "keep it under 4 MB", "the file is too large for a ladder")
		return false
	case bytes.IndexByte(content, 0) >= 0 || !utf8.Valid(content):
		r.failf(1, 1, "save the file as UTF-8", "the file is not UTF-8 text")
		return false
	}
	return true
}

func (r *reader) parsable(content []byte) bool {
	number, fine := 0, r.fits(content)
	for line := range bytes.Lines(content) {
		number++
		if len(line) > maxLine {
			r.failf(number, 1, "keep what matters most and link to the rest", "the line has %d characters, which is too many for a row", len(line))
			fine = false
		}
	}
	return fine
}

// markdown knows the source of the nodes.
type markdown struct {
	*reader
	source  []byte
	lines   []int // where each line starts
	found   []block
	read    map[int]bool // lines that were seen to be of a table or of code
	refused map[int]bool // lines that go beyond what is parsed
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

func (m *markdown) rows(table *tables.Table) [][]cell {
	var rows [][]cell
	for row := table.FirstChild(); row != nil; row = row.NextSibling() {
		line := m.rowLine(row, rows)
		var cells []cell
		for node := row.FirstChild(); node != nil; node = node.NextSibling() {
			cells = append(cells, cell{text: m.plain(node, true), line: line, column: len(cells) + 1})
		}
		// The parser fills up rows and drops extra cells; the source shows them.
		for n := m.written(line); n < len(cells) || n > len(cells); {
			if n < len(cells) {
				cells = cells[:max(n, 1)]
				break
			}
			cells = append(cells, cell{text: "…", line: line, column: len(cells) + 1})
		}
		rows = append(rows, cells)
	}
	for line := rows[0][0].line; line <= rows[len(rows)-1][0].line; line++ {
		m.read[line] = true
	}
	m.read[rows[0][0].line+1] = true
	return rows
}

// rowLine follows the row above if the parser does not tell.
func (m *markdown) rowLine(row ast.Node, above [][]cell) int {
	for node := row.FirstChild(); node != nil; node = node.NextSibling() {
		if node.Lines() != nil && node.Lines().Len() > 0 {
			return m.line(node.Lines().At(0).Start)
		}
	}
	switch n := len(above); n {
	case 0:
		return m.line(max(0, row.Pos()))
	case 1:
		return above[0][0].line + 2
	default:
		return above[n-1][0].line + 1
	}
}

// written counts the cells of a row as they are in the file.
func (m *markdown) written(line int) int {
	end := len(m.source)
	if line < len(m.lines) {
		end = m.lines[line]
	}
	row := strings.TrimSpace(string(m.source[m.lines[line-1]:end]))
	row = strings.TrimSpace(strings.TrimLeft(row, "> ")) // tables can be in quotations
	row = strings.TrimPrefix(row, "|")
	if strings.HasSuffix(row, "|") && !strings.HasSuffix(row, `\|`) {
		row = row[:len(row)-1]
	}
	return strings.Count(row, "|") - strings.Count(row, `\|`) + 1
}
