package grid

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/platform/sheet"
)

// Read parses a CSV file, a workbook, or a page in Markdown or HTML. Its error is
// a ladder.Findings with everything that is wrong, in the order of the file, each
// with line and column (the number of the cell).
func Read(name string, content []byte, options Options) (Table, error) {
	return ReadAll([]Input{{Name: name, Content: content}}, options)
}

// result is the table, or everything that is wrong with it.
func (r *reader) result() (Table, error) {
	r.check()
	if len(r.findings) == 0 {
		return r.table, nil
	}
	slices.SortStableFunc(r.findings, func(a, b ladder.Finding) int {
		return cmp.Or(cmp.Compare(r.number(a.File), r.number(b.File)), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return Table{}, capped(r.table.File, r.findings)
}

func (r *reader) number(file string) int {
	return slices.IndexFunc(r.table.files, func(f started) bool { return f.file == file })
}

// maxFindings keeps a report readable if a whole file is wrong.
const maxFindings = 200

func capped(name string, findings ladder.Findings) ladder.Findings {
	if more := len(findings) - maxFindings; more > 0 {
		findings = append(findings[:maxFindings:maxFindings], ladder.Finding{File: name, Message: fmt.Sprintf("and %d more", more), Fix: "fix these first"})
	}
	return findings
}

type reader struct {
	table    Table
	file     string // while one is read, of which the lines count
	headings []string
	findings ladder.Findings
}

func (r *reader) failf(line, column int, fix, format string, args ...any) {
	file := r.file
	if file == "" {
		file, line = r.table.place(line)
	}
	r.findings = append(r.findings, ladder.Finding{File: file, Line: line, Column: column, Message: fmt.Sprintf(format, args...), Fix: fix})
}

// markdownFile decides by the name; with another or no extension by the first
// table.
func markdownFile(name string, content []byte) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown", ".mdown", ".mkd":
		return true
	case ".csv", ".tsv", ".xlsx", ".xlsm", ".xls":
		return false
	}
	return utf8.Valid(content) && (delimiterRow.Match(content) || headingLine.Match(content))
}

// htmlFile decides by the name; with another or no extension by how the file
// starts.
func htmlFile(name string, content []byte) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".html", ".htm", ".xhtml":
		return true
	case "", ".txt":
		return htmlStart.Match(content)
	}
	return false
}

var (
	headingLine = regexp.MustCompile(`(?m)^#{1,6} +\S`)
	htmlStart   = regexp.MustCompile(`(?i)\A\s*<(!doctype html|html|table|body)\b`)
)

var delimiterRow = regexp.MustCompile(`(?m)^[ \t]*\|?[ \t]*:?-{3,}:?[ \t]*(\|[ \t]*:?-{3,}:?[ \t]*)*\|[ \t:|-]*\r?$`)

// cells reads the one table of a CSV file or a workbook.
func (r *reader) cells(content []byte) []block {
	file, err := sheet.Cells(bytes.NewReader(content), r.file, sheet.CellLimits{
		Sheet: r.table.options.Sheet, MaxBytes: MaxFileBytes, Rows: MaxRows, Columns: MaxColumns,
	})
	if err != nil {
		r.failf(1, 1, "export the table as CSV UTF-8, .xlsx, Markdown or HTML", "%s", refused(r.file, err))
		return nil
	}
	r.table.Format = file.Format
	for _, issue := range file.Issues {
		r.failf(issue.Line, cmp.Or(issue.Column, 1), issue.Fix, "%s", issue.Message)
	}
	var rows [][]cell
	for _, row := range file.Rows {
		cells := make([]cell, len(row.Cells))
		for i, text := range row.Cells {
			cells[i] = cell{text: text, line: row.Line, column: i + 1}
			if row.Formulas[i] {
				r.table.Warnings = append(r.table.Warnings, ladder.Finding{
					File: r.file, Line: row.Line, Column: i + 1, Rule: "formula",
					Message: "the cell is a formula; the value that it showed when the file was saved is used", Fix: "write the text into the cell",
				})
			}
		}
		rows = append(rows, cells)
	}
	if len(rows) == 0 {
		return nil
	}
	return []block{{kind: tableBlock, rows: rows, line: file.Rows[0].Line, column: 1}}
}

// refused is only the reason: that of the reader, or that the file is broken.
func refused(name string, err error) string {
	if _, known := errors.AsType[sheet.Refusal](err); known {
		return strings.TrimPrefix(err.Error(), name+": ")
	}
	return sheet.ErrBrokenWorkbook.Error()
}

// check squares the tables and refuses what no ladder can hold.
func (r *reader) check() {
	if len(r.table.Parts) == 0 && len(r.findings) == 0 {
		fix := "add a header line with the levels and a row for each competency, or headings of levels with text below"
		if len(r.headings) > 0 {
			fix = "say which headings are levels, from: " + strings.Join(r.headings, ", ")
		}
		r.failf(1, 1, fix, "the file has neither a table nor headings that look like levels")
	}
	if len(r.table.Parts) > MaxTables {
		r.failf(r.table.Parts[MaxTables].Line, 1, "split the file", "the file has %d tables; the most is %d", len(r.table.Parts), MaxTables)
		r.table.Parts = r.table.Parts[:MaxTables]
	}
	for i := range r.table.Parts {
		part := &r.table.Parts[i]
		if len(part.rows) > MaxRows {
			r.failf(part.rows[MaxRows][0].line, 1, "split the ladder", "the table has more than %d rows", MaxRows)
			part.rows = part.rows[:MaxRows]
		}
		r.square(part)
		for _, row := range part.rows {
			for j := range row {
				r.text(&row[j])
				for k := range row[j].points {
					r.text(&row[j].points[k])
				}
			}
		}
	}
}

// square gives every row the usual width. Lines above the table, such as its
// title, may be shorter.
func (r *reader) square(part *Part) {
	width := usualWidth(part.rows)
	if width > MaxColumns {
		r.failf(part.Line, MaxColumns+1, "split the ladder", "the table has more than %d columns", MaxColumns)
		width = MaxColumns
	}
	begun := false
	for i, row := range part.rows {
		filled := len(row)
		for filled > width && row[filled-1].blank() {
			filled--
		}
		begun = begun || filled == width
		if filled != width && (begun || filled > width) && width < MaxColumns {
			r.failf(row[0].line, min(filled, width)+1, "look for a missing, an extra or an unquoted delimiter in this row",
				"the row has %d cells; the table has %d", filled, width)
		}
		for len(row) < width {
			row = append(row, cell{line: row[0].line, column: len(row) + 1})
		}
		part.rows[i] = row[:width]
	}
}

// usualWidth is the width that most rows have; if in doubt, the larger one.
func usualWidth(rows [][]cell) int {
	counts, best := map[int]int{}, 0
	for _, row := range rows {
		counts[len(row)]++
	}
	for width, n := range counts {
		if n > counts[best] || n == counts[best] && width > best {
			best = width
		}
	}
	return best
}

var (
	breaks   = regexp.MustCompile(`(?i)<br\s*/?>`)
	newLines = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n", "\u2028", "\n", "\u2029", "\n")
)

func (r *reader) text(c *cell) {
	if n := utf8.RuneCountInString(c.text); n > MaxCellRunes {
		r.failf(c.line, c.column, "keep what matters most and link to the rest", "the cell has %d characters; the most is %d", n, MaxCellRunes)
		c.text = ""
		return
	}
	c.text = strings.TrimSpace(breaks.ReplaceAllString(newLines.Replace(c.text), "\n"))
	if len(c.points) > 0 {
		return // each is checked in its own place
	}
	for _, f := range ladder.Unreadable(c.text) {
		r.failf(c.line, c.column, f.Fix, "%s", f.Message)
	}
}
