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
	sample     [][]string // the first rows
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
	raw := bufio.NewReaderSize(&limitedReader{source: in, left: r.spec.maxBytes()}, sampleBytes)
	head, err := raw.Peek(len(packed))
	switch {
	case bytes.HasPrefix(head, packed):
		return r.openWorkbook(raw)
	case bytes.HasPrefix(head, compound):
		return olderOrLocked(raw)
	case len(head) == 0 && err != nil && !errors.Is(err, io.EOF):
		return err
	}
	text, encoding, err := decoded(raw)
	if err != nil {
		return err
	}
	rows, sample, delimiter := openCSV(text)
	r.source = rows
	r.format = Format{Kind: "csv", Delimiter: delimiterNames[delimiter], Encoding: encoding}
	if err := r.readHeader(); err != nil {
		return err
	}
	r.study(sample)
	return nil
}

func (r *Reader) openWorkbook(in io.Reader) error {
	rows, err := openXLSX(in, r.spec.Sheet, &r.format)
	if err != nil {
		return err
	}
	r.source = rows
	if err := r.readHeader(); err != nil {
		return err
	}
	r.study(rows.first[rows.line-1:])
	return nil
}

// study looks at the first rows; the first of them is the header.
func (r *Reader) study(rows [][]string) {
	if len(rows) > 1 {
		r.sample = rows[1:]
	}
	r.studyColumns(r.sample)
}

// Close removes temporary files.
func (r *Reader) Close() error {
	if r.source == nil {
		return nil
	}
	return r.source.close()
}

func (r *Reader) readHeader() error {
	for {
		headers, line, err := r.source.next()
		if errors.Is(err, io.EOF) {
			return ErrEmpty
		}
		if err != nil {
			return fmt.Errorf("the header line cannot be read: %w", err)
		}
		if blank(headers) && r.format.Kind == "xlsx" {
			continue // people leave lines empty above a table
		}
		if len(headers) > maxColumns {
			return ErrTooWide
		}
		r.headerLine = line
		r.mapHeaders(headers)
		return nil
	}
}

// Next reads to the next row that has as many cells as the header. It is false at
// the end of the file. It also returns rows with errors, so that the caller can
// add further errors; ask Row.OK.
func (r *Reader) Next() (Row, bool) {
	for !r.done {
		cells, line, err := r.source.next()
		if err != nil {
			r.readFailed(line, err)
			continue
		}
		if blank(cells) {
			continue
		}
		r.rows++
		if len(cells) != r.width {
			r.reportLength(line, len(cells))
			continue
		}
		row := Row{Line: line, reader: r, state: &rowState{}, cells: cells, formulas: r.source.formulas()}
		row.check()
		return row, true
	}
	return Row{}, false
}

func (r *Reader) readFailed(line int, err error) {
	var broken *csv.ParseError
	switch {
	case errors.Is(err, io.EOF):
		r.done = true
	case errors.Is(err, errTooLarge):
		r.done = true
		r.report(Issue{
			Code: FileTooLarge, Message: fmt.Sprintf("the file is larger than %d MB", r.spec.maxBytes()>>20),
			Fix: "split it into smaller files",
		})
	case errors.As(err, &broken):
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

func (r *Reader) report(issue Issue) {
	issue.File = r.name
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

func blank(cells []string) bool {
	return strings.TrimSpace(strings.Join(cells, "")) == ""
}
