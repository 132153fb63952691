package sheet

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/rung-hr/rung/internal/platform/fault"
)

// ImportReport says what an import did, or would do when it is a dry run.
type ImportReport struct {
	File      string         `json:"file"`
	Sheet     string         `json:"sheet,omitempty" doc:"of a workbook: the sheet that was read"`
	DryRun    bool           `json:"dryRun" doc:"nothing was changed"`
	Rows      int            `json:"rows"`
	Added     int            `json:"added"`
	Changed   int            `json:"changed"`
	Unchanged int            `json:"unchanged"`
	Missing   int            `json:"missing" doc:"known to Rung, but not in the file; nothing is removed"`
	Columns   []ImportColumn `json:"columns"`
	Warnings  []RowIssue     `json:"warnings"`
	Changes   []ImportChange `json:"changes" doc:"the first 200 of each kind"`
}

// ImportColumn says what a column of the file was taken for.
type ImportColumn struct {
	Header string  `json:"header"`
	Field  *string `json:"field" doc:"null when the column is not used"`
}

// RowIssue is something to check that did not stop the import.
type RowIssue struct {
	Line    int    `json:"line,omitempty" doc:"line of the file; the header is line 1"`
	Column  int    `json:"column,omitempty"`
	Field   string `json:"field,omitempty"`
	Message string `json:"message"`
	Fix     string `json:"fix,omitempty"`
}

// ChangeKind says what happened to a row.
type ChangeKind string

// The kinds of change.
const (
	Added     ChangeKind = "added"
	Changed   ChangeKind = "changed"
	Unchanged ChangeKind = "unchanged"
	Missing   ChangeKind = "missing"
)

// ImportChange is one row, or a person who is missing from the file. It names
// fields, never values.
type ImportChange struct {
	Line   int        `json:"line"`
	Key    string     `json:"key" doc:"what the row is about"`
	Kind   ChangeKind `json:"kind" enum:"added,changed,unchanged,missing"`
	Fields []string   `json:"fields"`
}

const shownChanges = 200

// Refused turns an error of Open into a fault: the file is not a table at all.
func Refused(err error) error {
	fix := "export the table as CSV UTF-8 or .xlsx and import that file"
	if refusal, ok := errors.AsType[Refusal](err); ok {
		fix = refusal.fix()
	}
	return fault.Bad("The file cannot be imported: "+err.Error()+".", fault.Detail{Message: strings.TrimSuffix(err.Error(), ": "+fix), Fix: fix})
}

// Report starts the report of a file that has been read to its end.
func (r *Reader) Report(dryRun bool) *ImportReport {
	out := &ImportReport{File: r.name, Sheet: r.format.Sheet, DryRun: dryRun, Rows: r.rows, Columns: []ImportColumn{}, Warnings: []RowIssue{}, Changes: []ImportChange{}}
	for _, c := range r.columns {
		column := ImportColumn{Header: c.Header}
		if c.Key != "" {
			column.Field = &c.Key
		}
		out.Columns = append(out.Columns, column)
	}
	for _, i := range r.issues { // only warnings are left by now
		out.Warnings = append(out.Warnings, RowIssue{Line: i.Line, Column: i.Column, Field: i.field(), Message: i.Message, Fix: i.Fix})
	}
	if r.hidden > 0 {
		out.Warnings = append(out.Warnings, RowIssue{Message: "and " + strconv.Itoa(r.hidden) + " more"})
	}
	return out
}

// Note counts a row and keeps the first changes for display.
func (p *ImportReport) Note(kind ChangeKind, line int, key string, fields []string) {
	n := &p.Changed
	switch kind {
	case Added:
		n = &p.Added
	case Unchanged:
		n = &p.Unchanged
	case Missing:
		n = &p.Missing
	}
	if *n++; *n <= shownChanges {
		p.Changes = append(p.Changes, ImportChange{Line: line, Key: key, Kind: kind, Fields: fields})
	}
}

// Fault is nil if the file has no errors. Otherwise it has all of them, each with
// its place and how to fix it. It contains no cell values.
func (r *Reader) Fault() error {
	if r.errors == 0 {
		return nil
	}
	details := make([]fault.Detail, 0, len(r.issues))
	for _, i := range r.issues {
		if !i.Code.Warning() {
			details = append(details, fault.Detail{File: i.File, Line: i.Line, Column: i.Column, Field: i.field(), Message: i.Message, Fix: i.Fix})
		}
	}
	slices.SortStableFunc(details, func(a, b fault.Detail) int { return cmp.Compare(a.Line, b.Line) })
	if left := r.errors - len(details); left > 0 {
		details = append(details, fault.Detail{File: r.name, Message: "and " + strconv.Itoa(left) + " more", Fix: "fix these first"})
	}
	return fault.Bad(r.name+" has "+count(r.errors, "error")+". Nothing was imported.", details...)
}

func (i Issue) field() string {
	if i.Header != "" {
		return i.Header
	}
	return i.Key
}

func count(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return strconv.Itoa(n) + " " + word + "s"
}
