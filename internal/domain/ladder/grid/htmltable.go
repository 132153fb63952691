package grid

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// htmlTable is a table while it is read. A cell that spans several columns or
// rows is repeated in each of them.
type htmlTable struct {
	line    int
	caption string
	rows    [][]cell
	row     []cell
	written int  // cells of the row as they are in the file
	at      int  // the column of the last of them
	last    int  // the rows that it reaches over
	plain   bool // a cell before it is only in its own row
	down    map[int]reach
	inRow   bool
	inCell  bool
	caught  bool // the cell is the caption
	headed  bool // all cells of the first row are marked as headers
	across  int
	below   int
}

// reach is a cell that continues in the rows below.
type reach struct {
	cell cell
	rows int
}

func (h *hypertext) tableTag(token html.Token) {
	name := token.DataAtom
	if name == atom.Table {
		if h.table != nil {
			h.failf(h.line, max(1, h.table.written), "turn the inner table into lines of the cell", "a table is inside another one")
			return
		}
		h.flush()
		h.table = &htmlTable{line: h.line, down: map[int]reach{}}
		return
	}
	if h.table == nil {
		return
	}
	h.closeCell()
	if name == atom.Tr {
		h.table.closeRow()
		h.table.inRow = true
		return
	}
	h.table.inCell, h.table.caught, h.table.inRow = true, name == atom.Caption, h.table.inRow || name != atom.Caption
	if len(h.table.rows) == 0 && name != atom.Caption {
		h.table.headed = name == atom.Th && (h.table.headed || h.table.written == 0)
	}
	h.table.across, h.table.below = span(token, "colspan", MaxColumns), span(token, "rowspan", MaxRows)
	h.run, h.links = &run{line: h.line}, nil
}

func span(token html.Token, name string, most int) int {
	n, err := strconv.Atoi(strings.TrimSpace(attribute(token, name)))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, most+1)
}

func (h *hypertext) closeCell() {
	t := h.table
	if !t.inCell {
		return
	}
	text := undecorated(lines(h.run.String()))
	if t.caught {
		t.caption = headingText(text)
	} else {
		t.put(cell{text: text, line: h.run.line, column: t.written + 1})
	}
	t.inCell = false
	h.run, h.links = &run{line: h.line}, nil
}

// put places a cell after those that reach down from the rows above.
func (t *htmlTable) put(c cell) {
	t.plain = t.plain || t.written > 0 && t.last == 1
	t.written, t.last = t.written+1, t.below
	t.fill()
	t.at = len(t.row)
	for range t.across {
		if len(t.row) > MaxColumns {
			return // the reader refuses the width
		}
		if t.below > 1 {
			t.down[len(t.row)] = reach{c, t.below - 1}
		}
		t.row = append(t.row, c)
	}
}

// fill repeats the cells above where they reach down.
func (t *htmlTable) fill() {
	for {
		above, ok := t.down[len(t.row)]
		if !ok {
			return
		}
		if above.rows--; above.rows == 0 {
			delete(t.down, len(t.row))
		} else {
			t.down[len(t.row)] = above
		}
		t.row = append(t.row, above.cell)
	}
}

func (t *htmlTable) closeRow() {
	if !t.inRow {
		return
	}
	if !t.plain {
		t.alone()
	}
	t.fill()
	for len(t.down) > 0 && len(t.row) <= MaxColumns && beyond(t.down, len(t.row)) {
		t.row = append(t.row, cell{line: t.line, column: len(t.row) + 1})
		t.fill()
	}
	if len(t.row) > 0 && len(t.rows) <= MaxRows {
		t.rows = append(t.rows, t.row)
	}
	t.row, t.written, t.inRow, t.plain = nil, 0, false, false
}

func beyond(down map[int]reach, column int) bool {
	for at := range down {
		if at > column {
			return true
		}
	}
	return false
}

// alone leaves a cell that spans the rest of the row, such as the name of a
// group, only in its first column.
func (t *htmlTable) alone() {
	for i := t.at + 1; i < len(t.row); i++ {
		t.row[i].text = ""
	}
}

// closeTable makes a block from the table, with all rows of the same width.
func (h *hypertext) closeTable() {
	t := h.table
	if t == nil {
		return
	}
	h.closeCell()
	t.closeRow()
	h.table, h.run = nil, &run{line: h.line}
	width := 0
	for _, row := range t.rows {
		width = max(width, len(row))
	}
	for i, row := range t.rows {
		for len(row) < width {
			row = append(row, cell{line: lineOf(row, t.line), column: len(row) + 1})
		}
		t.rows[i] = row
	}
	if rows := unframed(t.rows); width > 0 && len(rows) > 0 {
		h.blocks = append(h.blocks, block{kind: tableBlock, text: t.caption, rows: rows, headed: t.headed, line: t.line, column: 1})
	}
}

func lineOf(row []cell, otherwise int) int {
	if len(row) > 0 {
		return row[len(row)-1].line
	}
	return otherwise
}

// unframed leaves out the letters and numbers that spreadsheets export around a
// table.
func unframed(rows [][]cell) [][]cell {
	if len(rows) < 2 || len(rows[0]) < 3 || rows[0][0].text != "" {
		return rows
	}
	for i, c := range rows[0][1:min(len(rows[0]), 27)] {
		if c.text != string(rune('A'+i)) {
			return rows
		}
	}
	out := make([][]cell, 0, len(rows)-1)
	for _, row := range rows[1:] {
		out = append(out, row[1:])
	}
	return out
}
