package sheet

import (
	"bufio"
	"encoding/csv"
	"errors"
	"strings"

	"github.com/rung-hr/rung/internal/platform/money"
)

// style is how the numbers and dates of one column are written.
type style struct {
	notation money.Notation // Auto until a certain value was seen
	mixed    bool           // certain values of both notations
	grouping money.Notation // the notation of doubtful values if their separator groups thousands
	order    DateOrder
	percent  bool // numbers of this column are percentages
}

var delimiters = []rune{',', ';', '\t', '|'}

// sampleText is what can be read without consuming it: whole lines of the first
// 64 KB.
func sampleText(text *bufio.Reader) string {
	peeked, err := text.Peek(sampleBytes)
	sample := string(peeked)
	if err == nil {
		if end := strings.LastIndexByte(sample, '\n'); end > 0 {
			sample = sample[:end+1]
		}
	}
	return sample
}

// declaredDelimiter reads the line "sep=;" that some spreadsheets write first.
func declaredDelimiter(sample string) (rune, string, bool) {
	line, _, _ := strings.Cut(sample, "\n")
	value, ok := strings.CutPrefix(strings.ToLower(strings.TrimRight(line, "\r")), "sep=")
	if !ok || len(value) != 1 || !strings.ContainsAny(value, ",;\t|") {
		return 0, "", false
	}
	return rune(value[0]), line + "\n", true
}

// detectDelimiter picks the one that splits most sample rows into the same number
// of cells.
func detectDelimiter(sample string) rune {
	best, bestScore := ',', 0
	for _, candidate := range delimiters {
		rows := parseSample(sample, candidate)
		if width, same := usualWidth(rows); width > 1 {
			if score := same*1000/len(rows)*1000 + width; score > bestScore {
				best, bestScore = candidate, score
			}
		}
	}
	return best
}

// usualWidth is the number of cells that most rows have, if in doubt the larger
// one, and how many of them there are. A title above the header is shorter.
func usualWidth(rows [][]string) (width, same int) {
	counts := map[int]int{}
	for _, row := range rows {
		counts[len(row)]++
	}
	for w, n := range counts {
		if n > same || n == same && w > width {
			width, same = w, n
		}
	}
	return width, same
}

func parseSample(sample string, delimiter rune) [][]string {
	reader := newCSV(strings.NewReader(sample), delimiter)
	var rows [][]string
	for len(rows) < 200 {
		row, err := reader.Read()
		if _, ok := errors.AsType[*csv.ParseError](err); ok {
			continue
		}
		if err != nil {
			break
		}
		rows = append(rows, row)
	}
	return rows
}

// studyColumns decides notation and date order per column from the rows that
// leave no doubt.
func (r *Reader) studyColumns() {
	for _, col := range r.byKey {
		col.style = style{
			notation: r.spec.Notation, order: r.spec.DateOrder,
			percent: strings.Contains(normalize(col.header), "percent"),
		}
		for _, row := range r.sample {
			if col.index < len(row) && row[col.index].holds == aText {
				col.study(strings.TrimSpace(row[col.index].shown))
			}
		}
	}
}

func (c *column) study(value string) {
	switch c.field.Kind {
	case Amount, Decimal:
		c.studyNumber(value)
	case Date:
		c.style.order = c.style.order.and(orderOf(value))
	}
}

func (c *column) studyNumber(value string) {
	number, _ := cutCurrency(value)
	if !strings.ContainsAny(number, ".,") {
		return
	}
	found, certain := money.NotationOf(number)
	if !certain {
		c.style.grouping = groupingOf(number)
		return
	}
	if c.style.notation == money.Auto && !c.style.mixed {
		c.style.notation = found
	} else if c.style.notation != found {
		c.style.mixed, c.style.notation = true, money.Auto
	}
}

// groupingOf is the notation in which the only separator of the number groups thousands.
func groupingOf(number string) money.Notation {
	if strings.ContainsRune(number, ',') {
		return money.Point
	}
	return money.Comma
}
