package sheet

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// xlsxSource streams the rows of one sheet of a workbook.
type xlsxSource struct {
	book    *workbook
	part    io.Closer
	in      *rationed
	rows    *xml.Decoder
	strings sharedStrings
	formats *formats
	line    int
	count   int // of rows
	cells   int
}

// richText is a text that may change its looks in the middle. How it is
// pronounced is not part of it.
type richText struct {
	Plain string `xml:"t"`
	Runs  []struct {
		Text string `xml:"t"`
	} `xml:"r"`
}

func (t richText) text() (string, error) {
	var out strings.Builder
	out.WriteString(t.Plain)
	for _, run := range t.Runs {
		out.WriteString(run.Text)
	}
	if utf8.RuneCountInString(out.String()) > maxCellRunes {
		return "", ErrLongCell
	}
	return unescaped(out.String()), nil
}

var escape = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// unescaped reads what XML cannot write: _x000D_ is a carriage return.
func unescaped(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	return escape.ReplaceAllStringFunc(text, func(code string) string {
		char, err := strconv.ParseUint(code[2:6], 16, 16)
		if err != nil {
			return code
		}
		return string(rune(char))
	})
}

type rowXML struct {
	Line  string    `xml:"r,attr"`
	Cells []cellXML `xml:"c"`
}

type cellXML struct {
	Place   string    `xml:"r,attr"`
	Style   int       `xml:"s,attr"`
	Type    string    `xml:"t,attr"`
	Formula *struct{} `xml:"f"`
	Value   string    `xml:"v"`
	Inline  *richText `xml:"is"`
}

func openXLSX(in io.Reader, sheet string, format *Format) (s *xlsxSource, err error) {
	s = &xlsxSource{}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.close())
		}
	}()
	if s.book, err = openWorkbook(in); err != nil {
		return s, err
	}
	format.Kind, format.Sheets = "xlsx", s.book.visible()
	if format.Sheet, err = choose(format.Sheets, sheet); err != nil {
		return s, err
	}
	if s.in, s.part, err = s.book.open(s.book.sheetPart(format.Sheet), maxUnpacked, ErrUnpacked); err != nil {
		return s, err
	}
	s.rows = newDecoder(s.in)
	if s.strings, err = readStrings(s.book); err != nil {
		return s, err
	}
	s.formats, err = readFormats(s.book)
	return s, err
}

// next implements source. Rows without cells are left out, and so are empty
// cells at the end of a row.
func (s *xlsxSource) next() ([]cell, int, error) {
	for {
		s.in.newPortion()
		token, err := s.rows.Token()
		if errors.Is(err, io.EOF) {
			return nil, 0, ErrBrokenWorkbook // the end of the rows comes before the end of the part
		}
		if err != nil {
			return nil, 0, orBroken(err)
		}
		switch element := token.(type) {
		case xml.StartElement:
			if element.Name.Local == "row" {
				cells, err := s.row(element)
				if err != nil || len(cells) > 0 {
					return cells, s.line, err
				}
			}
		case xml.EndElement:
			if element.Name.Local == "sheetData" || element.Name.Local == "worksheet" {
				return nil, 0, io.EOF
			}
		}
	}
}

func (s *xlsxSource) row(start xml.StartElement) ([]cell, error) {
	var row rowXML
	if err := s.rows.DecodeElement(&row, &start); err != nil {
		return nil, orBroken(err)
	}
	s.line++
	if line, err := strconv.Atoi(row.Line); err == nil {
		s.line = line
	}
	s.count++
	s.cells += len(row.Cells)
	switch {
	case s.count > maxRows || s.line > maxRows:
		return nil, ErrManyRows
	case s.cells > maxCells:
		return nil, ErrManyCells
	}
	return s.placed(row.Cells)
}

// placed puts each cell into its column; most of the empty ones are not in the
// file.
func (s *xlsxSource) placed(found []cellXML) ([]cell, error) {
	var cells []cell
	column := 0
	for _, c := range found {
		column++
		if c.Place != "" {
			var err error
			if column, _, err = excelize.CellNameToCoordinates(c.Place); err != nil {
				return nil, ErrBrokenWorkbook
			}
		}
		read, err := s.cell(c)
		if err != nil {
			return nil, fmt.Errorf("row %d, column %d: %w", s.line, column, err)
		}
		if read.blank() {
			continue
		}
		if column > maxSheetCols {
			return nil, fmt.Errorf("row %d: %w", s.line, ErrFarCell)
		}
		for len(cells) < column {
			cells = append(cells, cell{})
		}
		cells[column-1] = read
	}
	return cells, nil
}

func (s *xlsxSource) cell(c cellXML) (cell, error) {
	out := cell{shown: unescaped(c.Value), formula: c.Formula != nil}
	if utf8.RuneCountInString(out.shown) > maxCellRunes {
		return cell{}, ErrLongCell
	}
	switch {
	case c.Inline != nil:
		var err error
		out.shown, err = c.Inline.text()
		return out, err
	case c.Value == "":
		if out.formula && c.Type != "str" {
			out.holds = notWorkedOut
		}
		return out, nil
	}
	switch c.Type {
	case "s":
		var err error
		out.shown, err = s.strings.at(c.Value)
		return out, err
	case "b":
		out.shown = map[string]string{"1": "TRUE", "0": "FALSE"}[c.Value]
	case "e":
		out.holds = anError
	case "d":
		if day, ok := isoDate(c.Value); ok {
			out.holds, out.value = aDay, day.Format("2006-01-02")
		}
	case "", "n":
		s.formats.number(c.Value, c.Style, &out)
	}
	return out, nil
}

func (s *xlsxSource) close() error {
	var err error
	if s.part != nil {
		err = s.part.Close()
	}
	if s.book != nil {
		err = errors.Join(err, s.book.close())
	}
	return err
}
