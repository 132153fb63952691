package sheet

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// column is a mapped column of the file and what its first rows showed.
type column struct {
	header string
	index  int
	field  *Field
	style  style
	noted  map[Code]bool     // issues reported once per column
	values map[string]string // of an enum: what was written -> what it means
}

// normalize makes "Employee #", "employee_number" and "EMPLOYEE NUMBER" the same.
func normalize(header string) string {
	spelled := strings.NewReplacer("#", "number", "%", "percent", "ß", "ss").Replace(header)
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFD.String(spelled))
}

// headerWithin is how many rows at the beginning may hold the header: people
// write a title above a table, or who exported it and when.
const headerWithin = 25

// findHeader picks the row that names the most fields, at least two; if there is
// none, the first row with anything in it is meant to be the header.
func (r *Reader) findHeader() (int, error) {
	first, best, most := -1, -1, 1
	for i, row := range r.ahead[:min(len(r.ahead), headerWithin)] {
		if row.err != nil || blank(row.cells) && r.format.Kind == "xlsx" {
			continue
		}
		if first < 0 {
			first = i
		}
		if named := r.fieldsIn(row.cells); named > most {
			best, most = i, named
		}
	}
	switch err := r.ahead[0].err; {
	case best >= 0:
		return best, nil
	case err != nil && !errors.Is(err, io.EOF):
		return 0, fmt.Errorf("the header line cannot be read: %w", err)
	case first < 0:
		return 0, ErrEmpty
	}
	return first, nil
}

// fieldsIn counts the fields that the cells name.
func (r *Reader) fieldsIn(cells []cell) int {
	written := map[string]bool{}
	for _, c := range cells {
		written[normalize(c.shown)] = true
		if key := r.spec.Columns[strings.TrimSpace(c.shown)]; key != "" {
			written[normalize(key)] = true
		}
	}
	count := 0
	for _, field := range r.spec.Fields {
		if slices.ContainsFunc(append([]string{field.Key}, field.Synonyms...), func(name string) bool { return written[normalize(name)] }) {
			count++
		}
	}
	return count
}

// reportAbove says that rows above the header are not read.
func (r *Reader) reportAbove(rows []fileRow) {
	for _, row := range rows {
		if row.err == nil && !blank(row.cells) {
			r.report(Issue{
				Code: TextAboveHeader, Line: row.line,
				Message: fmt.Sprintf("the header is in line %d; what stands above it is not read", r.headerLine),
				Fix:     "nothing to do, unless a row of the table is above its header",
			})
			return
		}
	}
}

// mapHeaders finds for each field the column whose header is its best synonym.
func (r *Reader) mapHeaders(headers []string) {
	r.width = len(headers)
	r.columns = make([]Column, len(headers))
	where := map[string][]int{}
	for i, header := range headers {
		r.columns[i].Header = strings.TrimSpace(header)
		if name := normalize(header); name != "" {
			where[name] = append(where[name], i)
		}
	}
	r.mapChosen()
	for i := range r.spec.Fields {
		r.mapField(&r.spec.Fields[i], where)
	}
	r.reportRepeats(headers, where)
	r.reportMissing()
}

// mapChosen takes the fields that a person chose for headers; an empty field
// means that the column is not used.
func (r *Reader) mapChosen() {
	for i := range r.columns {
		key, chosen := r.spec.Columns[r.columns[i].Header]
		r.columns[i].chosen = chosen
		if key == "" || r.byKey[key] != nil {
			continue
		}
		for f := range r.spec.Fields {
			if r.spec.Fields[f].Key == key {
				r.take(i, &r.spec.Fields[f])
			}
		}
	}
}

func (r *Reader) take(at int, field *Field) {
	r.columns[at].Key = field.Key
	r.byKey[field.Key] = &column{header: r.columns[at].Header, index: at, field: field, noted: map[Code]bool{}, values: map[string]string{}}
}

func (r *Reader) mapField(field *Field, where map[string][]int) {
	if r.byKey[field.Key] != nil {
		return
	}
	for _, name := range append([]string{field.Key}, field.Synonyms...) {
		for _, at := range where[normalize(name)] {
			if r.columns[at].Key == "" && !r.columns[at].chosen {
				r.take(at, field)
				return
			}
		}
	}
}

func (r *Reader) reportRepeats(headers []string, where map[string][]int) {
	for i, header := range headers {
		same := where[normalize(header)]
		if len(same) < 2 || same[0] == i {
			continue
		}
		code, first := RepeatedUnusedCol, r.columns[same[0]]
		if first.Key != "" {
			code = DuplicateColumn
		}
		r.report(Issue{
			Code: code, Line: r.headerLine, Column: i + 1, Header: header, Key: first.Key,
			Message: fmt.Sprintf("column %d and column %d have the same header", same[0]+1, i+1),
			Fix:     "remove or rename one of them",
		})
	}
}

func (r *Reader) reportMissing() {
	for _, field := range r.spec.Fields {
		if field.Required && r.byKey[field.Key] == nil {
			r.reportMissingColumn(field.Name, field.Key, field.Synonyms)
		}
	}
	for _, group := range r.spec.AnyOf {
		if !r.hasAny(group) {
			first := r.fieldNamed(group[0])
			r.reportMissingColumn(first.Name, first.Key, first.Synonyms)
		}
	}
}

func (r *Reader) reportMissingColumn(name, key string, synonyms []string) {
	r.report(Issue{
		Code: MissingColumn, Line: r.headerLine, Key: key,
		Message: "there is no column for " + name,
		Fix:     "add a column with one of these headers: " + strings.Join(append([]string{key}, firstOf(synonyms, 3)...), ", "),
	})
}

func (r *Reader) hasAny(keys []string) bool {
	for _, key := range keys {
		if r.byKey[key] != nil {
			return true
		}
	}
	return false
}

func (r *Reader) fieldNamed(key string) Field {
	for _, field := range r.spec.Fields {
		if field.Key == key {
			return field
		}
	}
	return Field{Key: key, Name: key}
}

func firstOf(list []string, n int) []string {
	return list[:min(n, len(list))]
}
