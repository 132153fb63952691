package sheet

import (
	"maps"
	"net/mail"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/rung-hr/rung/internal/platform/text"
)

// Row is one row of the file. Values that cannot be read become issues of the
// reader.
type Row struct {
	Line   int // physical line on which the row starts
	reader *Reader
	cells  []cell
	state  *rowState
}

type rowState struct {
	failed bool
}

// OK reports whether no error was found in this row so far.
func (w Row) OK() bool { return !w.state.failed }

// Text is the trimmed cell: an e-mail address and an enum value in their canonical form, empty when there is no such column.
func (w Row) Text(key string) string {
	col := w.reader.byKey[key]
	if col == nil {
		return ""
	}
	value := w.cell(col)
	switch col.field.Kind {
	case Email:
		return strings.ToLower(value)
	case Enum:
		canonical, _ := col.canonical(value)
		return canonical
	case Currency:
		return strings.ToUpper(value)
	}
	return value
}

// Date is the cell as a calendar day at midnight UTC; it is false when the cell
// is empty or not a date.
func (w Row) Date(key string) (time.Time, bool) {
	col := w.reader.byKey[key]
	if col == nil || w.cell(col) == "" {
		return time.Time{}, false
	}
	day, problem := parseDate(w.cell(col), col.style.order)
	return day, problem == dateFine || problem == dateTwoDigits
}

// Fail adds an error to the row at the field's cell.
func (w Row) Fail(key, message, fix string) { w.Report(OtherError, key, message, fix) }

// Warn adds a warning to the row at the field's cell.
func (w Row) Warn(key, message, fix string) { w.Report(OtherWarning, key, message, fix) }

// Report adds an issue with its own code to the row at the field's cell.
func (w Row) Report(code Code, key, message, fix string) {
	issue := Issue{Code: code, Line: w.Line, Key: key, Message: message, Fix: fix}
	if col := w.reader.byKey[key]; col != nil {
		issue.Column, issue.Header = col.index+1, col.header
		issue.Value, issue.Secret = w.cell(col), col.field.Secret
	}
	if !code.Warning() {
		w.state.failed = true
	}
	w.reader.report(issue)
}

// reportOnce reports a problem of a whole column only at its first cell, but
// fails every row that has it.
func (w Row) reportOnce(col *column, code Code, message, fix string) {
	if !col.noted[code] {
		col.noted[code] = true
		w.Report(code, col.field.Key, message, fix)
	}
	w.state.failed = w.state.failed || !code.Warning()
}

// cell is what the field reads: what the cell shows, or the number or date that it
// holds. It is empty when the cell has nothing that the field can use, which
// check reports.
func (w Row) cell(col *column) string {
	value := w.cells[col.index].read(col.field.Kind)
	if col.field.invisible(value) != "" {
		return strings.TrimSpace(text.Visible(value))
	}
	return value
}

// check reports what is wrong with the cells themselves, in the order of the
// file.
func (w Row) check() {
	for _, column := range w.reader.columns {
		if col := w.reader.byKey[column.Key]; col != nil && column.Key != "" {
			w.checkCell(col)
		}
	}
}

func (w Row) checkCell(col *column) {
	found, value := w.cells[col.index], w.cell(col)
	if found.formula {
		w.reportOnce(col, FormulaAsText, "the column has formulas; the values that they had when the file was saved are used", "check the values")
	}
	if strings.TrimSpace(found.shown) != found.shown {
		w.reportOnce(col, SpacesTrimmed, "spaces around the value are ignored", "nothing to do")
	}
	if message, fix := found.unusable(col.field.Kind); message != "" {
		w.Report(WrongContent, col.field.Key, message, fix)
		return
	}
	if flaw := col.field.invisible(found.read(col.field.Kind)); flaw != "" {
		w.Report(InvisibleRemoved, col.field.Key, flaw+"; it is removed", "nothing to do; remove it where the file comes from")
	}
	if found.misleading(col.field.Kind) {
		w.Report(ShownOtherwise, col.field.Key, "the cell shows another number than it holds; what it holds is used", "check the value and the number format of the cell")
	}
	switch {
	case value == "" && col.field.Required:
		w.Report(EmptyValue, col.field.Key, col.field.Name+" is empty", "fill in the cell")
	case value == "":
	case strings.ContainsRune(value, utf8.RuneError):
		w.Report(UnreadableText, col.field.Key, "the cell has characters that cannot be read", "save the file as UTF-8")
	default:
		w.checkKind(col, value)
	}
}

func (w Row) checkKind(col *column, value string) {
	switch col.field.Kind {
	case Text:
		if formula(value) {
			w.Report(FormulaAsText, col.field.Key, "the cell looks like a formula and is kept as text", "check the cell")
		}
	case Email:
		if !validEmail(value) {
			w.Report(BadEmail, col.field.Key, "not an e-mail address", "write it like name@example.com")
		}
	case Enum:
		w.checkEnum(col, value)
	case Date:
		w.checkDate(col, value)
	}
}

func (w Row) checkEnum(col *column, value string) {
	if _, ok := col.canonical(value); !ok {
		allowed := slices.Sorted(maps.Keys(col.field.Values))
		w.Report(UnknownValue, col.field.Key, "not a known value of "+col.field.Name, "use one of "+strings.Join(allowed, ", "))
	}
}

func (w Row) checkDate(col *column, value string) {
	_, problem := parseDate(value, col.style.order)
	switch problem {
	case dateAmbiguous:
		w.reportOnce(col, AmbiguousDate, "it is unclear which number in the dates of this column is the day",
			"choose day first or month first for this import, or write dates as 2026-04-30")
	case dateShortYear:
		w.Report(NoSuchDate, col.field.Key, "the year has fewer than four digits", "write the date as 2026-04-30")
	case dateTwoDigits:
		w.reportOnce(col, TwoDigitYears, "the years of this column have two digits and are read as 1969 to 2068", "check the dates, or write them as 2026-04-30")
	case dateUnknownMonth:
		w.Report(NoSuchDate, col.field.Key, "the name of the month is not known", "write the date as 2026-04-30")
	case dateUnknown:
		w.Report(NoSuchDate, col.field.Key, "there is no such date"+col.style.order.words(), "write the date as 2026-04-30")
	}
}

func (o DateOrder) words() string {
	switch o {
	case DayFirst:
		return "; this column has the day first"
	case MonthFirst:
		return "; this column has the month first"
	}
	return ""
}

// canonical caches its answers: a column has few values.
func (c *column) canonical(value string) (string, bool) {
	if found, ok := c.values[value]; ok {
		return found, found != ""
	}
	found, ok := c.field.canonical(value)
	if len(c.values) < maxRemembered {
		c.values[value] = found
	}
	return found, ok
}

const maxRemembered = 1000

func (f Field) canonical(value string) (string, bool) {
	wanted := normalize(value)
	for canonical, synonyms := range f.Values {
		if normalize(canonical) == wanted {
			return canonical, true
		}
		for _, synonym := range synonyms {
			if normalize(synonym) == wanted {
				return canonical, true
			}
		}
	}
	return "", false
}

func validEmail(value string) bool {
	parsed, err := mail.ParseAddress(value)
	return err == nil && parsed.Address == value && len(value) <= 254
}
