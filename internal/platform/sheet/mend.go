package sheet

import (
	"encoding/csv"
	"io"
	"slices"
	"strings"
)

// These are the columns that Mend adds.
const (
	problemHeader = "problem"
	fixHeader     = "how to fix"
)

// Mend writes the rows of the file that have errors as CSV: unchanged, with what
// is wrong and how to fix it in extra columns. That file can be fixed and
// imported again. in is the file from its beginning.
func (r *Reader) Mend(in io.Reader, out io.Writer) error {
	again, err := Open(in, r.name, r.spec)
	if err != nil {
		return err
	}
	defer func() { _ = again.Close() }()
	if _, err := io.WriteString(out, "\ufeff"); err != nil { // so that spreadsheets read it as UTF-8
		return err
	}
	w := csv.NewWriter(out)
	keep := again.ownColumns()
	if err := w.Write(append(pick(again.Headers(), keep), problemHeader, fixHeader)); err != nil {
		return err
	}
	for !again.done {
		row := again.read()
		if row.err != nil {
			again.readFailed(row.line, row.err)
			continue
		}
		problems, fixes := r.Wrong(row.line)
		if len(problems) == 0 {
			continue
		}
		record := append(pick(again.written(row.cells), keep), strings.Join(problems, "; "), strings.Join(fixes, "; "))
		for i := range record {
			record[i] = Guard(record[i])
		}
		if err := w.Write(record); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

// written are the cells as a text file holds them: of a column of numbers or dates
// what they hold, of every other what they show.
func (r *Reader) written(cells []cell) []string {
	out := shownIn(cells)
	for i, c := range cells {
		if i < len(r.columns) && r.columns[i].Key != "" {
			if read := c.read(r.byKey[r.columns[i].Key].field.Kind); read != "" {
				out[i] = read
			}
		}
	}
	return out
}

// ownColumns leaves out the columns that an earlier Mend added.
func (r *Reader) ownColumns() []int {
	var keep []int
	for i, c := range r.columns {
		if c.Header != problemHeader && c.Header != fixHeader {
			keep = append(keep, i)
		}
	}
	return keep
}

func pick(cells []string, keep []int) []string {
	out := make([]string, 0, len(keep)+2)
	for _, i := range keep {
		if i < len(cells) {
			out = append(out, cells[i])
		} else {
			out = append(out, "")
		}
	}
	if last := keep[len(keep)-1]; len(cells) > last+1 && len(keep) == last+1 {
		out = append(out, slices.Clone(cells[last+1:])...) // a row that is too long stays too long
	}
	return out
}
