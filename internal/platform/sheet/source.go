package sheet

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"github.com/rung-hr/rung/internal/platform/money"
)

// source gives the rows of a file, whatever its format.
type source interface {
	// next returns the cells of the next row and its line; io.EOF at the end.
	next() (cells []cell, line int, err error)
	close() error
}

// Format is the format in which a file was found to be written.
type Format struct {
	Kind      string   `json:"kind" enum:"csv,xlsx,markdown,html"`
	Delimiter string   `json:"delimiter,omitempty" doc:"of a CSV file"`
	Encoding  string   `json:"encoding,omitempty" doc:"of a CSV file"`
	Sheet     string   `json:"sheet,omitempty" doc:"of a workbook: the sheet that is read"`
	Sheets    []string `json:"sheets,omitempty" doc:"of a workbook: the sheets to choose from"`
	Decimal   string   `json:"decimal" enum:"unknown,point,comma" doc:"the decimal mark that the numbers show"`
	DateOrder string   `json:"dateOrder" enum:"unknown,day,month" doc:"the order that the dates show"`
}

// csvSource reads text.
type csvSource struct {
	csv     *csv.Reader
	skipped int // lines before the ones that csv counts
}

func (s *csvSource) next() ([]cell, int, error) {
	words, err := s.csv.Read()
	var broken *csv.ParseError
	switch {
	case errors.As(err, &broken):
		return nil, broken.StartLine + s.skipped, err
	case err != nil:
		return nil, 0, err
	}
	line, _ := s.csv.FieldPos(0)
	return texts(words), line + s.skipped, nil
}

func (s *csvSource) close() error { return nil }

// openCSV finds the delimiter.
func openCSV(text *bufio.Reader) (s *csvSource, delimiter rune) {
	first := sampleText(text)
	delimiter, line, declared := declaredDelimiter(first)
	if !declared {
		delimiter = detectDelimiter(first)
		return &csvSource{csv: newCSV(text, delimiter)}, delimiter
	}
	_, _ = text.Discard(len(line))
	return &csvSource{csv: newCSV(text, delimiter), skipped: 1}, delimiter
}

func newCSV(source io.Reader, delimiter rune) *csv.Reader {
	reader := csv.NewReader(source)
	reader.Comma = delimiter
	reader.FieldsPerRecord = -1
	return reader
}

var delimiterNames = map[rune]string{',': "comma", ';': "semicolon", '\t': "tab", '|': "bar"}

// settled says what the columns together show about notation and date order.
func (r *Reader) settled() (decimal, order string) {
	decimal, order = "unknown", "unknown"
	for _, col := range r.byKey {
		switch col.style.notation {
		case money.Point:
			decimal = "point"
		case money.Comma:
			decimal = "comma"
		}
		switch col.style.order {
		case DayFirst:
			order = "day"
		case MonthFirst:
			order = "month"
		}
	}
	return decimal, order
}

// Format says how the file is written.
func (r *Reader) Format() Format {
	f := r.format
	f.Decimal, f.DateOrder = r.settled()
	return f
}

// Sample returns at most n values of each column, from the first rows.
func (r *Reader) Sample(n int) [][]string {
	out := make([][]string, len(r.columns))
	for i := range out {
		out[i] = []string{}
		for _, row := range r.sample {
			if i < len(row) && len(out[i]) < n {
				if value := strings.TrimSpace(row[i].shown); value != "" {
					out[i] = append(out[i], shortened(value))
				}
			}
		}
	}
	return out
}

const sampleRunes = 60

func shortened(value string) string {
	if runes := []rune(value); len(runes) > sampleRunes {
		return string(runes[:sampleRunes]) + "…"
	}
	return value
}

// Headers are the cells of the header line as they are in the file.
func (r *Reader) Headers() []string {
	out := make([]string, len(r.columns))
	for i, c := range r.columns {
		out[i] = c.Header
	}
	return out
}
