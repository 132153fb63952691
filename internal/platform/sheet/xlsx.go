package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// These are the limits of a workbook. It is a compressed file: a small one can
// unpack to anything.
const (
	maxWorkbook = 64 << 20  // packed
	maxUnpacked = 768 << 20 // unpacked
	maxInMemory = 16 << 20  // a larger part goes through a temporary file
)

// These are the errors of a whole workbook.
var (
	ErrOldWorkbook    = errors.New("this is a workbook in the old format (.xls): save it as .xlsx or as \"CSV UTF-8\" and import that file")
	ErrLockedWorkbook = errors.New("this workbook is protected with a password: save it without one and import that file")
	ErrBrokenWorkbook = errors.New("the workbook is broken or not a workbook at all: open it, save it again as .xlsx or as \"CSV UTF-8\", and import that file")
	ErrLargeWorkbook  = fmt.Errorf("the workbook is larger than %d MB: save it as \"CSV UTF-8\" and import that file", maxWorkbook>>20)
	ErrUnpacked       = fmt.Errorf("the workbook unpacks to more than %d MB, which is the limit: save it as \"CSV UTF-8\" and import that file", maxUnpacked>>20)
	ErrNoSheet        = errors.New("the workbook has no sheet of that name")
)

// xlsxSource reads a sheet row by row from a temporary copy of the workbook.
type xlsxSource struct {
	file  *excelize.File
	rows  *excelize.Rows
	line  int
	width int // of the header
	marks map[int]map[int]bool
	path  string
	first [][]string // rows that were read for the sample
}

func openXLSX(in io.Reader, sheet string, format *Format) (s *xlsxSource, err error) {
	s = &xlsxSource{}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.close())
			s = nil
		}
	}()
	if s.path, err = spool(in); err != nil {
		return s, err
	}
	s.file, err = openWorkbook(s.path)
	if err != nil {
		return s, err
	}
	format.Kind, format.Sheets = "xlsx", visible(s.file)
	if format.Sheet, err = choose(format.Sheets, sheet); err != nil {
		return s, err
	}
	if s.marks, err = formulaCells(s.path, s.file, format.Sheet); err != nil {
		return s, ErrBrokenWorkbook
	}
	s.rows, err = s.file.Rows(format.Sheet)
	if err != nil {
		return s, ErrBrokenWorkbook
	}
	return s, s.readSample()
}

// spool copies the workbook to a temporary file, because it is read from its end.
func spool(in io.Reader) (string, error) {
	f, err := os.CreateTemp("", "rung-*.xlsx")
	if err != nil {
		return "", err
	}
	n, err := io.Copy(f, io.LimitReader(in, maxWorkbook+1))
	if err == nil && n > maxWorkbook {
		err = ErrLargeWorkbook
	}
	return f.Name(), errors.Join(err, f.Close())
}

// openWorkbook turns errors into words; the library panics on some broken files.
func openWorkbook(path string) (f *excelize.File, err error) {
	defer func() {
		if recover() != nil {
			f, err = nil, ErrBrokenWorkbook
		}
	}()
	f, err = excelize.OpenFile(path, excelize.Options{
		UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxInMemory, ShortDatePattern: "yyyy-mm-dd", LongDatePattern: "yyyy-mm-dd",
	})
	if err != nil && strings.Contains(err.Error(), "unzip size exceeds") {
		return nil, ErrUnpacked
	}
	if err != nil {
		return nil, ErrBrokenWorkbook
	}
	return f, nil
}

func visible(f *excelize.File) []string {
	var out []string
	for _, name := range f.GetSheetList() {
		if shown, err := f.GetSheetVisible(name); err == nil && shown {
			out = append(out, name)
		}
	}
	return out
}

func choose(sheets []string, wanted string) (string, error) {
	switch {
	case len(sheets) == 0:
		return "", ErrBrokenWorkbook
	case wanted == "":
		return sheets[0], nil
	case !slices.Contains(sheets, wanted):
		return "", ErrNoSheet
	}
	return wanted, nil
}

const sampleRows = 200

// readSample reads the first rows in advance.
func (s *xlsxSource) readSample() error {
	for len(s.first) <= sampleRows {
		cells, err := s.read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		s.first = append(s.first, cells)
	}
	return nil
}

func (s *xlsxSource) read() (cells []string, err error) {
	defer func() {
		if recover() != nil {
			err = ErrBrokenWorkbook
		}
	}()
	if !s.rows.Next() {
		if s.rows.Error() != nil {
			return nil, ErrBrokenWorkbook
		}
		return nil, io.EOF
	}
	if cells, err = s.rows.Columns(); err != nil {
		return nil, ErrBrokenWorkbook
	}
	return cells, nil
}

// next implements source. A workbook leaves out empty cells at the end of a row;
// they are added back.
func (s *xlsxSource) next() ([]string, int, error) {
	var cells []string
	if s.line < len(s.first) {
		cells = s.first[s.line]
	} else {
		var err error
		if cells, err = s.read(); err != nil {
			return nil, 0, err
		}
	}
	s.line++
	for len(cells) < s.width {
		cells = append(cells, "")
	}
	for len(cells) > s.width && s.width > 0 && strings.TrimSpace(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1]
	}
	if s.width == 0 && !blank(cells) {
		for strings.TrimSpace(cells[len(cells)-1]) == "" {
			cells = cells[:len(cells)-1]
		}
		s.width = len(cells)
	}
	return cells, s.line, nil
}

func (s *xlsxSource) formulas() map[int]bool { return s.marks[s.line] }

func (s *xlsxSource) close() error {
	var err error
	if s.rows != nil {
		err = s.rows.Close()
	}
	if s.file != nil {
		err = errors.Join(err, s.file.Close())
	}
	if s.path != "" {
		err = errors.Join(err, os.Remove(s.path))
	}
	return err
}

// olderOrLocked distinguishes the two kinds of files that share their first
// bytes.
func olderOrLocked(in io.Reader) error {
	head, err := io.ReadAll(io.LimitReader(in, maxWorkbook))
	if err != nil {
		return err
	}
	if bytes.Contains(head, utf16of("EncryptedPackage")) {
		return ErrLockedWorkbook
	}
	if bytes.Contains(head, utf16of("Workbook")) || bytes.Contains(head, utf16of("Book")) {
		return ErrOldWorkbook
	}
	return ErrBinary
}

func utf16of(text string) []byte {
	var out []byte
	for _, b := range []byte(text) {
		out = append(out, b, 0)
	}
	return out
}
