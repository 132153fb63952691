package sheet

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Reader hands out the rows of one file and collects what is wrong with them.
type Reader struct {
	name       string
	spec       Spec
	csv        *csv.Reader
	lineOffset int // lines before the ones that csv counts
	headerLine int
	width      int
	columns    []Column
	byKey      map[string]*column
	issues     []Issue
	hidden     int
	errors     int
	faults     int // errors among the issues
	warnings   int // warnings among the issues
	rows       int
	done       bool
}

// Open looks at the first 64 KB and the header. It errors only when the file cannot be a table at all; what is wrong with
// the header is among the Issues. The file's name appears in the issues.
func Open(source io.Reader, name string, spec Spec) (*Reader, error) {
	text, err := decoded(source, spec.maxBytes())
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	r := &Reader{name: name, spec: spec, byKey: map[string]*column{}}
	sample := sampleText(text)
	delimiter, line, declared := declaredDelimiter(sample)
	if declared {
		_, _ = text.Discard(len(line))
		sample, r.lineOffset = strings.TrimPrefix(sample, line), 1
	} else {
		delimiter = detectDelimiter(sample)
	}
	r.csv = newCSV(text, delimiter)
	if err := r.readHeader(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if rows := parseSample(sample, delimiter); len(rows) > 1 {
		r.studyColumns(rows[1:])
	} else {
		r.studyColumns(nil)
	}
	return r, nil
}

func newCSV(source io.Reader, delimiter rune) *csv.Reader {
	reader := csv.NewReader(source)
	reader.Comma = delimiter
	reader.FieldsPerRecord = -1
	return reader
}

func (r *Reader) readHeader() error {
	headers, err := r.csv.Read()
	if errors.Is(err, io.EOF) {
		return ErrEmpty
	}
	if err != nil {
		return fmt.Errorf("the header line cannot be read: %w", err)
	}
	r.headerLine = r.lineOf(0)
	r.mapHeaders(headers)
	return nil
}

// Next reads on to the next row that has as many cells as the header. It is false at the end of the file.
// A row with errors is handed out as well, so that the caller can add what else is wrong; ask Row.OK.
func (r *Reader) Next() (Row, bool) {
	for !r.done {
		cells, err := r.csv.Read()
		if err != nil {
			r.readFailed(err)
			continue
		}
		if blank(cells) {
			continue
		}
		r.rows++
		line := r.lineOf(0)
		if len(cells) != r.width {
			r.reportLength(line, len(cells))
			continue
		}
		row := Row{Line: line, reader: r, state: &rowState{}, cells: cells}
		row.check()
		return row, true
	}
	return Row{}, false
}

func (r *Reader) readFailed(err error) {
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
			Code: BadQuoting, Line: broken.StartLine + r.lineOffset,
			Message: "a quotation mark is not closed, or stands in the middle of a cell",
			Fix:     `put the whole cell in quotation marks and double each one inside of it: "say ""yes"""`,
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

func (r *Reader) lineOf(cell int) int {
	line, _ := r.csv.FieldPos(cell)
	return line + r.lineOffset
}

// Issues are the problems found so far in the order of the file: at most Spec.MaxIssues errors and as many warnings.
func (r *Reader) Issues() []Issue { return r.issues }

// Hidden is how many more issues there are than Issues returns.
func (r *Reader) Hidden() int { return r.hidden }

// Errors counts the issues, shown or hidden, that are not warnings.
func (r *Reader) Errors() int { return r.errors }

// Rows counts the rows read so far, broken ones included, blank ones not.
func (r *Reader) Rows() int { return r.rows }

// Columns says what each column of the file was taken for, in the order of the file.
func (r *Reader) Columns() []Column { return r.columns }

// Has reports whether the file has a column for the field.
func (r *Reader) Has(key string) bool { return r.byKey[key] != nil }

// ReportAt adds an issue that only shows when rows are compared with each other or with what is known already. The line is
// the one of the row, the key the field's.
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
		r.errors++
		kept = &r.faults
	}
	if *kept >= r.spec.maxIssues() { // counted apart: warnings must not crowd errors out
		r.hidden++
		return
	}
	*kept++
	r.issues = append(r.issues, issue)
}

func blank(cells []string) bool {
	return strings.TrimSpace(strings.Join(cells, "")) == ""
}
