package sheet

import (
	"errors"
	"io"
	"strings"
)

// These are the limits of a workbook. It is a compressed file: a small one can
// unpack to anything. Only the parts that are read count.
const (
	maxWorkbook  = 64 << 20  // packed
	maxUnpacked  = 256 << 20 // of the sheet
	maxStrings   = 128 << 20 // of the texts that its cells share, which are kept in memory
	maxInflation = 100       // a table is never packed tighter than that
	manyBytes    = 16 << 20  // and what unpacks to less does no harm
	maxPortion   = 16 << 20  // of a row, of a shared text, and of a part that is read as a whole
	maxCellRunes = 32_767    // the most that a spreadsheet keeps in a cell
	maxRows      = 1 << 20
	maxCells     = 10_000_000
	maxSheetCols = 1000
)

// Refusal says why a whole file cannot be read as a table, and how to mend that.
type Refusal string

func (r Refusal) Error() string { return string(r) }

func (r Refusal) fix() string {
	_, fix, _ := strings.Cut(string(r), ": ")
	return fix
}

const saveAsCSV = `: save the sheet as "CSV UTF-8" and import that file`

// These are the refusals of a workbook.
const (
	ErrOldWorkbook    Refusal = "this is a workbook in the old format (.xls): save it as .xlsx or as \"CSV UTF-8\" and import that file"
	ErrLockedWorkbook Refusal = "this workbook is protected with a password: save it without one and import that file"
	ErrBrokenWorkbook Refusal = "the workbook is broken or not a workbook at all: open it, save it again as .xlsx or as \"CSV UTF-8\", and import that file"
	ErrLargeWorkbook  Refusal = "the workbook is larger than 64 MB" + saveAsCSV
	ErrUnpacked       Refusal = "the sheet unpacks to more than 256 MB, which is the limit" + saveAsCSV
	ErrStrings        Refusal = "the texts of the workbook unpack to more than 128 MB, which is the limit" + saveAsCSV
	ErrPart           Refusal = "a part of the workbook, such as its styles, unpacks to more than 16 MB, which is the limit" + saveAsCSV
	ErrInflated       Refusal = "the workbook unpacks to more than 100 times its size, as no table does" + saveAsCSV
	ErrLongRow        Refusal = "a row of the sheet takes more than 16 MB, which is the limit: shorten its cells"
	ErrLongCell       Refusal = "a cell has more than 32,767 characters, which is the limit: shorten it"
	ErrManyRows       Refusal = "the sheet has more than 1,048,576 rows, which is the limit: split it"
	ErrManyCells      Refusal = "the sheet has more than 10,000,000 cells, which is the limit: split it, or delete the columns that are not needed"
	ErrFarCell        Refusal = "the sheet has a cell to the right of column 1,000 (ALL), which is the limit: delete it and what stands between"
	ErrNoSheet        Refusal = "the workbook has no sheet of that name: choose one that it has"
)

// rationed reads a part of a workbook in portions: whoever reads it says when
// a new portion begins, and too large a portion is refused before it is in
// memory.
type rationed struct {
	in    io.Reader
	left  int64 // of the whole part
	whole Refusal
	used  int64 // of the portion
}

func (r *rationed) newPortion() { r.used = 0 }

func (r *rationed) Read(p []byte) (int, error) {
	if r.left < 0 {
		return 0, r.whole
	}
	if r.used > maxPortion {
		return 0, ErrLongRow
	}
	n, err := r.in.Read(p)
	r.left -= int64(n)
	r.used += int64(n)
	return n, err
}

// orBroken keeps a refusal and takes every other error of a workbook for a
// broken file.
func orBroken(err error) error {
	if refusal, ok := errors.AsType[Refusal](err); ok {
		return refusal
	}
	return ErrBrokenWorkbook
}
