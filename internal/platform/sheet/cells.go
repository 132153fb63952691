package sheet

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
)

// CellLimits bound what Cells reads. All but Sheet must be set.
type CellLimits struct {
	Sheet    string // of a workbook; the first visible one when it is empty
	MaxBytes int64
	Rows     int // one more is returned, so that the caller can tell
	Columns  int // one more is returned here too
}

// CellRow is one row as it was written, including blank cells at its end.
type CellRow struct {
	Line     int // of a workbook: the number of the row
	Cells    []string
	Formulas map[int]bool // by the place of the cell, from 0
}

// CellFile is a table without a header of a known kind. Issues are about rows
// that cannot be read; those rows are not in Rows.
type CellFile struct {
	Format Format
	Rows   []CellRow
	Issues []Issue
}

// Cells reads a CSV file or workbook whose columns have no known meaning, such as
// a grid. Rows of a workbook are filled up to the width of the widest. Like Open,
// it errors only when the file cannot be a table at all.
func Cells(in io.Reader, name string, limits CellLimits) (CellFile, error) {
	r := &Reader{name: name, spec: Spec{Sheet: limits.Sheet, MaxBytes: limits.MaxBytes}, byKey: map[string]*column{}, bad: map[int]string{}}
	defer func() { _ = r.Close() }() // nothing was written
	if err := r.openSource(in); err != nil {
		return CellFile{}, fmt.Errorf("%s: %w", name, err)
	}
	file := CellFile{Format: r.format}
	for !r.done && len(file.Rows) <= limits.Rows {
		row, err := r.cellRow()
		var broken *csv.ParseError
		switch {
		case err != nil && r.format.Kind == "xlsx" && !errors.Is(err, io.EOF):
			return CellFile{}, fmt.Errorf("%s: %w", name, err)
		case errors.As(err, &broken):
			r.readFailed(broken.StartLine, err)
		case err != nil:
			r.readFailed(0, err)
		case strings.TrimSpace(strings.Join(row.Cells, "")) != "":
			if len(row.Cells) > limits.Columns {
				row.Cells = row.Cells[:limits.Columns+1]
			}
			file.Rows = append(file.Rows, row)
		}
	}
	file.Issues = r.Issues()
	if r.format.Kind == "xlsx" {
		squared(file.Rows)
	}
	return file, nil
}

func (r *Reader) cellRow() (CellRow, error) {
	cells, line, err := r.source.next()
	if err != nil {
		return CellRow{}, err
	}
	row := CellRow{Line: line, Cells: make([]string, len(cells)), Formulas: map[int]bool{}}
	for i, c := range cells {
		row.Cells[i] = unguarded(c.shown)
		if c.formula {
			row.Formulas[i] = true
		}
	}
	return row, nil
}

// squared fills up the rows of a workbook, which leaves out empty cells at the
// end.
func squared(rows []CellRow) {
	width := 0
	for _, row := range rows {
		for i, cell := range row.Cells {
			if strings.TrimSpace(cell) != "" {
				width = max(width, i+1)
			}
		}
	}
	for i := range rows {
		for len(rows[i].Cells) < width {
			rows[i].Cells = append(rows[i].Cells, "")
		}
		rows[i].Cells = rows[i].Cells[:width]
	}
}
