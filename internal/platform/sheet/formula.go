package sheet

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/xuri/excelize/v2"
)

// maxMarks limits the formulas that are reported one by one.
const maxMarks = 10_000

// formulaCells finds the cells of a sheet that hold a formula, by line and
// column. The rows only have what such a cell showed when it was saved.
func formulaCells(file string, book *excelize.File, sheet string) (map[int]map[int]bool, error) {
	archive, err := zip.OpenReader(file)
	if err != nil {
		return nil, err
	}
	defer func() { _ = archive.Close() }()
	part, err := sheetPart(&archive.Reader, book, sheet)
	if err != nil || part == "" {
		return nil, err
	}
	in, err := archive.Open(part)
	if err != nil {
		return nil, err
	}
	defer func() { _ = in.Close() }()
	return scanFormulas(bufio.NewReaderSize(io.LimitReader(in, maxUnpacked), sampleBytes))
}

// relations of the workbook say which part is which sheet.
type relations struct {
	List []struct {
		ID     string `xml:"Id,attr"`
		Target string `xml:"Target,attr"`
	} `xml:"Relationship"`
}

func sheetPart(archive *zip.Reader, book *excelize.File, sheet string) (string, error) {
	id := ""
	for _, s := range book.WorkBook.Sheets.Sheet {
		if s.Name == sheet {
			id = s.ID
		}
	}
	in, err := archive.Open("xl/_rels/workbook.xml.rels")
	if err != nil {
		return "", nil // the workbook keeps its parts elsewhere: its formulas are not reported
	}
	defer func() { _ = in.Close() }()
	var all relations
	if err := xml.NewDecoder(io.LimitReader(in, maxInMemory)).Decode(&all); err != nil {
		return "", err
	}
	for _, r := range all.List {
		if r.ID == id {
			if after, ok := strings.CutPrefix(r.Target, "/"); ok {
				return after, nil
			}
			return path.Join("xl", r.Target), nil
		}
	}
	return "", nil
}

// scanFormulas reads only the tags: <c r="B7"> begins a cell, <f> is its formula.
func scanFormulas(in *bufio.Reader) (map[int]map[int]bool, error) {
	marks, cell, found := map[int]map[int]bool{}, "", 0
	for found < maxMarks {
		if err := skipPast(in, '<'); err != nil {
			return marks, orEnd(err)
		}
		tag, err := in.ReadSlice('>')
		if errors.Is(err, bufio.ErrBufferFull) {
			continue // no tag of a cell is that long
		}
		if err != nil {
			return marks, orEnd(err)
		}
		switch name := tagName(tag); name {
		case "c":
			cell = attribute(tag, `r="`)
		case "f":
			column, line, err := excelize.CellNameToCoordinates(cell)
			if err != nil {
				continue
			}
			if marks[line] == nil {
				marks[line] = map[int]bool{}
			}
			marks[line][column-1] = true
			found++
		}
	}
	return marks, nil
}

func skipPast(in *bufio.Reader, mark byte) error {
	for {
		_, err := in.ReadSlice(mark)
		if !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
	}
}

func orEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

func tagName(tag []byte) string {
	end := bytes.IndexAny(tag, " \t\r\n/>")
	if end < 0 {
		return ""
	}
	name := tag[:end]
	if colon := bytes.IndexByte(name, ':'); colon >= 0 {
		name = name[colon+1:]
	}
	return string(name)
}

func attribute(tag []byte, start string) string {
	_, rest, ok := bytes.Cut(tag, []byte(" "+start))
	if !ok {
		return ""
	}
	value, _, _ := bytes.Cut(rest, []byte(`"`))
	return string(value)
}
