package sheet

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Reader returns the rows of one file and collects what is wrong with them. It
// must be closed.
type Reader struct {
	name       string
	spec       Spec
	source     source
	format     Format
	ahead      []fileRow // read, but not yet given away
	sample     [][]cell  // the first rows
	headerLine int
	width      int
	columns    []Column
	byKey      map[string]*column
	issues     []Issue
	hidden     int
	errors     int
	faults     int // errors among the issues
	warnings   int // warnings among the issues
	bad        map[int]string
	rows       int
	done       bool
}

// Open reads the first 64 KB and the header of a CSV file or a workbook. It
// errors only when the file cannot be a table at all; problems of the header are
// among the Issues. The file's name appears in the issues.
func Open(in io.Reader, name string, spec Spec) (*Reader, error) {
	r := &Reader{name: name, spec: spec, byKey: map[string]*column{}, bad: map[int]string{}}
	if err := r.open(in); err != nil {
		_ = r.Close() // the first error is the one to report
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return r, nil
}

func (r *Reader) open(in io.Reader) error {
	if err := r.openSource(in); err != nil {
		return err
	}
	r.readAhead()
	if err := r.readHeader(); err != nil {
		return err
	}
	for _, row := range r.ahead {
		r.sample = append(r.sample, row.cells)
	}
	r.studyColumns()
	return nil
}

func (r *Reader) openSource(in io.Reader) error {
	raw := bufio.NewReaderSize(limited(in, r.spec.maxBytes()), sampleBytes)
	head, err := raw.Peek(len(packed))
	switch {
	case bytes.HasPrefix(head, packed):
		rows, err := openXLSX(raw, r.spec.Sheet, &r.format)
		if err == nil {
			r.source = rows
		}
		return err
	case bytes.HasPrefix(head, compound):
		return olderOrLocked(raw)
	case len(head) == 0 && err != nil && !errors.Is(err, io.EOF):
		return err
	}
	text, encoding, err := decoded(raw)
	if err != nil {
		return err
	}
	rows, delimiter := openCSV(text)
	r.source = rows
	r.format = Format{Kind: "csv", Delimiter: delimiterNames[delimiter], Encoding: encoding}
	return nil
}

// fileRow is a row as the source gave it.
type fileRow struct {
	cells []cell
	line  int
	err   error
}

const sampleRows = 200

// readAhead keeps the first rows: the header is among them, and they show how the
// columns are written.
func (r *Reader) readAhead() {
	for len(r.ahead) <= sampleRows {
		row := r.fromSource()
		r.ahead = append(r.ahead, row)
		if row.err != nil && !isBadRow(row.err) {
			return
		}
	}
}

// read gives one row after the other, as wide as the header if it has only empty
// cells more or less: a workbook leaves them out.
func (r *Reader) read() fileRow {
	var row fileRow
	if len(r.ahead) > 0 {
		row, r.ahead = r.ahead[0], r.ahead[1:]
	} else {
		row = r.fromSource()
	}
	if r.format.Kind == "xlsx" && row.err == nil {
		for len(row.cells) < r.width {
			row.cells = append(row.cells, cell{})
		}
	}
	return row
}

func (r *Reader) fromSource() fileRow {
	cells, line, err := r.source.next()
	return fileRow{cells: cells, line: line, err: err}
}

// Close removes temporary files.
func (r *Reader) Close() error {
	if r.source == nil {
		return nil
	}
	return r.source.close()
}

func (r *Reader) readHeader() error {
	at, err := r.findHeader()
	if err != nil {
		return err
	}
	header := r.ahead[at]
	if len(header.cells) > maxColumns {
		return ErrTooWide
	}
	r.headerLine = header.line
	r.mapHeaders(shownIn(header.cells))
	r.reportAbove(r.ahead[:at])
	r.ahead = r.ahead[at+1:]
	return nil
}

// Next reads to the next row that has as many cells as the header. It is false at
// the end of the file. It also returns rows with errors, so that the caller can
// add further errors; ask Row.OK.
func (r *Reader) Next() (Row, bool) {
	for !r.done {
		found := r.read()
		if found.err != nil {
			r.readFailed(found.line, found.err)
			continue
		}
		if blank(found.cells) {
			continue
		}
		r.rows++
		if len(found.cells) != r.width {
			r.reportLength(found.line, len(found.cells))
			continue
		}
		row := Row{Line: found.line, reader: r, state: &rowState{}, cells: found.cells}
		row.check()
		return row, true
	}
	return Row{}, false
}

func (r *Reader) readFailed(line int, err error) {
	refusal, refused := errors.AsType[Refusal](err)
	switch {
	case errors.Is(err, io.EOF):
		r.done = true
	case refused:
		r.done = true
		r.report(Issue{Code: FileTooLarge, Message: strings.TrimSuffix(err.Error(), ": "+refusal.fix()), Fix: refusal.fix()})
	case isBadRow(err):
		r.report(Issue{
			Code: BadQuoting, Line: line,
			Message: "a quotation mark is not closed, or is in the middle of a cell",
			Fix:     `put the whole cell in quotation marks and double each one inside it: "say ""yes"""`,
		})
	default:
		r.done = true
		r.report(Issue{Code: FileBroken, Message: "the file ends unexpectedly", Fix: "upload it again"})
	}
}

// isBadRow reports whether only this row of a CSV file cannot be read.
func isBadRow(err error) bool {
	_, broken := errors.AsType[*csv.ParseError](err)
	return broken
}

func (r *Reader) reportLength(line, cells int) {
	r.report(Issue{
		Code: WrongLength, Line: line,
		Message: fmt.Sprintf("the row has %d fields, the header has %d", cells, r.width),
		Fix:     "look for a missing or an unquoted delimiter in this row",
	})
}

// Issues are the problems found so far in the order of the file: at most Spec.MaxIssues errors and as many warnings.
func (r *Reader) Issues() []Issue { return r.issues }

// note keeps what is wrong with a row, for the file of rows to fix.
func (r *Reader) note(i Issue) {
	if len(r.bad) >= maxBad && r.bad[i.Line] == "" {
		return
	}
	text := i.Message + "\x00" + i.Fix
	if name := i.field(); name != "" {
		text = name + ": " + text
	}
	if before := r.bad[i.Line]; before != "" {
		text = before + "\x00" + text
	}
	r.bad[i.Line] = text
}

// maxBad limits the rows that can be fixed in one file.
const maxBad = 10_000

// Wrong says what is wrong with the row that starts on the line, and how to fix
// it; both are empty if the row has no errors.
func (r *Reader) Wrong(line int) (problems, fixes []string) {
	text, ok := r.bad[line]
	if !ok {
		return nil, nil
	}
	for i, part := range strings.Split(text, "\x00") {
		if i%2 == 0 {
			problems = append(problems, part)
		} else {
			fixes = append(fixes, part)
		}
	}
	return problems, fixes
}

// Columns says what each column of the file was taken for, in the order of the file.
func (r *Reader) Columns() []Column { return r.columns }

// Has reports whether the file has a column for the field.
func (r *Reader) Has(key string) bool { return r.byKey[key] != nil }

// ReportAt adds an issue that shows only when rows are compared with each other
// or with known data. The line is that of the row, the key that of the field.
func (r *Reader) ReportAt(line int, code Code, key, message, fix string) {
	issue := Issue{Code: code, Line: line, Key: key, Message: message, Fix: fix}
	if col := r.byKey[key]; col != nil {
		issue.Column, issue.Header = col.index+1, col.header
	}
	r.report(issue)
}

// place is the file, and of a workbook the sheet.
func (r *Reader) place() string {
	if r.format.Sheet == "" {
		return r.name
	}
	return r.name + " [" + r.format.Sheet + "]"
}

func (r *Reader) report(issue Issue) {
	issue.File = r.place()
	kept := &r.warnings
	if !issue.Code.Warning() {
		r.note(issue)
		r.errors++
		kept = &r.faults
	}
	if *kept >= r.spec.maxIssues() { // counted separately: warnings must not crowd out errors
		r.hidden++
		return
	}
	*kept++
	r.issues = append(r.issues, issue)
}
