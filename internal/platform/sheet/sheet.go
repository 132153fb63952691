// Package sheet reads the CSV files and workbooks that people really export: any
// usual encoding, delimiter, decimal mark and date order.
//
// It streams: however large the file is, only one row is in memory. Every problem
// is collected with its line, column, header and a way to fix it, so that a file
// can be fixed in one go. Formulas are text here and are never evaluated.
package sheet

import (
	"github.com/rung-hr/rung/internal/platform/money"
	"github.com/rung-hr/rung/internal/platform/text"
)

// Kind says how the cells of a column are read.
type Kind int

// Amount is money in the currency that the caller names per row, Decimal a plain number, FTE a share of full time.
const (
	Text Kind = iota
	Email
	Date
	Amount
	Decimal
	Currency
	Enum
	FTE
)

// byValue reports whether a cell of a workbook is read by what it holds, not by
// what it shows.
func (k Kind) byValue() bool { return k == Date || k == Amount || k == Decimal || k == FTE }

// Finding says whether a text finds people or things. Then it has no character that
// nobody sees: with one, it would find nothing.
type Finding int

// An identifier has no invisible character at all; a name may have those that shape
// emoji and joined letters.
const (
	ShownOnly Finding = iota
	ByIdentifier
	ByName
)

// invisible names the first invisible character that a value of the field may not
// have; it is empty for none.
func (f Field) invisible(value string) string {
	switch {
	case plain(value):
		return ""
	case f.Found == ByName:
		return text.InvisibleInName(value)
	case f.Kind != Text || f.Found == ByIdentifier:
		return text.Invisible(value)
	}
	return ""
}

// plain reports whether a value has printable ASCII alone, as nearly all cells of a
// large file do.
func plain(value string) bool {
	for i := range len(value) {
		if value[i] < ' ' || value[i] > '~' {
			return false
		}
	}
	return true
}

// Field is one thing that a file can contain, whatever its column is called
// there.
type Field struct {
	Key      string
	Name     string   // what people call it, for messages
	Synonyms []string // headers, the best first; case, spaces, underscores and diacritics do not matter
	Kind     Kind
	Required bool                // the column must exist, and so must a value in every row
	Secret   bool                // the value must be masked for people without the right to it
	Found    Finding             // of a Text: whether people or things are found by it
	Values   map[string][]string // for Enum: the canonical value and what else people write for it
}

// Spec says what a file should hold and limits what reading it may cost.
type Spec struct {
	Fields []Field
	AnyOf  [][]string // of each group of keys at least one column must exist

	// DateOrder and Notation decide what the file leaves open, if a person has
	// chosen them.
	DateOrder DateOrder
	Notation  money.Notation

	Columns map[string]string // header -> key, as a person chose; an empty key leaves the column out
	Sheet   string            // of a workbook; the first visible one when it is empty

	MaxBytes  int64 // 0 means 64 MiB
	MaxIssues int   // issues kept with their details, 0 means 200; the rest is counted
}

// Column says which field a column of the file was taken for; Key is empty when it is ignored.
type Column struct {
	Header string
	Key    string
	chosen bool // by a person, not by its name
}

const (
	defaultMaxBytes  = 64 << 20
	defaultMaxIssues = 200
	sampleBytes      = 64 << 10
)

func (s Spec) maxBytes() int64 {
	if s.MaxBytes > 0 {
		return s.MaxBytes
	}
	return defaultMaxBytes
}

func (s Spec) maxIssues() int {
	if s.MaxIssues > 0 {
		return s.MaxIssues
	}
	return defaultMaxIssues
}
