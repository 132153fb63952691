package grid

import (
	"regexp"
	"slices"
	"strings"
)

var (
	everyLevel = regexp.MustCompile(`(?i)^(all|every|each|any)( \w+)? levels?$|^common to all levels$`)
	noLevel    = regexp.MustCompile(`(?i)\b(summary|overview|introduction|levels|ladders?|framework|path|track|faq|contents|responsibilities)\b|\?$`)
)

// levelCodes remembers which headings name levels.
type levelCodes struct {
	levelReader
	known map[string]string
}

// of is the code of the level that a heading names, or empty.
func (l levelCodes) of(text string) string {
	code, known := l.known[text]
	if !known {
		switch {
		case l.said(text):
			code = l.read(text).code
		case everyLevel.MatchString(text):
			code = everyCode
		case !noLevel.MatchString(text):
			code = l.read(text).code
		}
		l.known[text] = code
	}
	return code
}

// everyCode stands for all levels at once; no code of a level has a star.
const everyCode = "*"

// bestReading tries as levels the headings of each depth, and the names in lists
// below headings, and takes what fills most cells. Pages of a single level are
// taken only if there is nothing else.
func bestReading(spots []spot, single bool, levels levelReader) *reading {
	var best *reading
	codes, enough := levelCodes{levels, map[string]string{}}, 2
	if len(levels.chosen)+len(levels.files) > 0 {
		enough = 1
	}
	for axis := 1; axis <= leadAxis; axis++ {
		r := newReading(spots, axis, codes)
		if r.levels() >= enough && len(r.rows) > 0 && (axis != leadAxis || len(r.rows) > 1) && (best == nil || r.filled() > best.filled()) {
			best = r
		}
	}
	if best == nil && single {
		if r := newReading(spots, 1, codes); r.levels() == 1 && len(r.rows) > 1 && len(r.outside) == 0 {
			best = r
		}
	}
	return best
}

// leadAxis is the axis after the headings of six depths.
const leadAxis = 7

// reading is a page as a table.
type reading struct {
	axis     int
	spots    []spot
	codes    levelCodes
	under    bool            // the levels are below the competencies
	names    map[string]bool // leads that are names of competencies
	columns  []column
	begun    map[string]bool // columns, by the code of the level
	rows     []*row
	index    map[[2]string]*row // by category and name
	known    map[string]*row    // by the slug of the name
	outside  []name             // headings whose texts are under no level
	taken    map[int]bool       // lines of the texts that are in a row
	losses   []name             // what cannot be read, and where
	titleTop bool               // the heading of the first depth is the title
}

type column struct {
	code   string
	header name
}

type row struct {
	category, name name
	description    []cell
	cells          map[string][]cell // by code of the level
}

func newReading(spots []spot, axis int, codes levelCodes) *reading {
	r := &reading{axis: axis, spots: spots, codes: codes, known: map[string]*row{}, index: map[[2]string]*row{}, begun: map[string]bool{}, taken: map[int]bool{}}
	tops := map[name]bool{}
	for _, s := range spots {
		tops[s.heads[1]] = true
	}
	delete(tops, name{})
	r.titleTop = len(tops) < 2
	r.turn()
	r.accept()
	var outside []spot
	for _, s := range spots {
		if _, code := r.level(s); code == "" {
			outside = append(outside, s)
		} else {
			r.take(s)
		}
	}
	for _, s := range outside {
		r.leave(s)
	}
	return r
}

func (r *reading) levels() int {
	n := 0
	for _, c := range r.columns {
		if c.code != everyCode {
			n++
		}
	}
	return n
}

// filled counts the cells with text, of competencies at levels.
func (r *reading) filled() int {
	n := 0
	for _, row := range r.rows {
		if row.name.text == summaryRow {
			continue
		}
		for code, points := range row.cells {
			if code != everyCode && len(points) > 0 {
				n++
			}
		}
	}
	return n
}

// level is the name of the level that a text is under, and its code.
func (r *reading) level(s spot) (name, string) {
	if r.axis < leadAxis {
		head := s.heads[r.axis]
		return head, r.codes.of(head.text)
	}
	for _, lead := range s.leads {
		if code := r.codes.of(lead.text); code != "" && r.under {
			return lead, code
		}
	}
	return name{}, ""
}

// turn finds out whether the levels are repeated below several headings.
func (r *reading) turn() {
	r.under = true
	parents := map[string]map[string]bool{}
	for _, s := range r.spots {
		if _, code := r.level(s); code != "" {
			if parents[code] == nil {
				parents[code] = map[string]bool{}
			}
			parents[code][r.above(s).text] = true
		}
	}
	again := 0
	for _, of := range parents {
		if len(of) > 1 {
			again++
		}
	}
	r.under = again > 0 && 2*again >= len(parents)
}

// above is the nearest heading above the level.
func (r *reading) above(s spot) name {
	return deepest(r.heads(s, 1, r.axis))
}

// heads are the headings from one depth up to another, without the title of the
// page.
func (r *reading) heads(s spot, from, to int) []name {
	if from == 1 && r.titleTop {
		from = 2
	}
	var out []name
	for depth := from; depth < min(to, len(s.heads)); depth++ {
		if s.heads[depth].text != "" {
			out = append(out, s.heads[depth])
		}
	}
	return out
}

func deepest(names []name) name {
	if len(names) == 0 {
		return name{}
	}
	return names[len(names)-1]
}

// accept takes leads as names of competencies if they are repeated at several
// levels, or are bold and directly below a level.
func (r *reading) accept() {
	r.names = map[string]bool{}
	if r.under {
		return
	}
	at := map[string]map[string]bool{}
	for _, s := range r.spots {
		_, code := r.level(s)
		if code == "" {
			continue
		}
		below := r.heads(s, r.axis+1, leadAxis)
		for i, name := range append(below, s.leads...) {
			key := slug(name.text, 60)
			if at[key] == nil {
				at[key] = map[string]bool{}
			}
			at[key][code] = true
			direct := name.bold && len(below) == 0 && i == 0
			r.names[key] = r.names[key] || direct || len(at[key]) > 1
		}
	}
}

// These are rows for texts that are under a level but under no name.
const (
	summaryRow = "Summary"
	looseRow   = "Expectations"
)

var examplesOnly = regexp.MustCompile(`(?i)^(concrete |some )?examples?( behaviou?rs| could include| include)?$`)

// take puts a text in its cell.
func (r *reading) take(s spot) {
	r.taken[s.line] = true
	level, code := r.level(s)
	if s.kind == codeBlock {
		r.losses = append(r.losses, name{text: "a block of code", line: s.line, column: s.column})
		return
	}
	names, own := r.named(s)
	text, examples := s.text, false
	if s.lead != "" && !own {
		text = s.whole
	}
	names = slices.DeleteFunc(names, func(n name) bool {
		only := examplesOnly.MatchString(n.text)
		examples = examples || only
		return only && len(names) > 1
	})
	r.column(code, level)
	if text == "" {
		return
	}
	if examples {
		text = "Example: " + text
	}
	row := r.row(names, s)
	row.cells[code] = append(row.cells[code], cell{text: text, line: s.line, column: s.column})
}

// leave describes a competency with the texts that are under its name but under
// no level, and records the rest.
func (r *reading) leave(s spot) {
	heads := r.heads(s, 1, leadAxis)
	head := deepest(heads)
	described := r.known[slug(head.text, 60)]
	text := s.whole
	for _, lead := range s.leads {
		if of := r.known[slug(lead.text, 60)]; of != nil && of.name.text != summaryRow && of.name.text != looseRow {
			described = of
			if lead.line == s.line {
				text = s.text
			}
		}
	}
	switch {
	case described != nil && described.name.text != summaryRow && described.name.text != looseRow && s.kind == wordsBlock:
		r.taken[s.line] = true
		if text != "" && !noLevel.MatchString(strings.TrimSuffix(text, ":")) {
			described.description = append(described.description, cell{text: text, line: s.line, column: s.column})
		}
	case head.text != "" && (len(r.outside) == 0 || deepest(r.outside) != head):
		r.outside = append(r.outside, head)
	}
}

// named are the names above a text, the outermost first, and whether its own lead
// is one of them.
func (r *reading) named(s spot) (names []name, own bool) {
	if r.under {
		names = r.heads(s, 1, r.axis)
	}
	if r.axis == leadAxis {
		level, _ := r.level(s)
		return names, s.lead != "" && s.line == level.line && s.lead == level.text
	}
	names = append(names, r.heads(s, r.axis+1, leadAxis)...)
	for _, lead := range s.leads {
		if r.names[slug(lead.text, 60)] || examplesOnly.MatchString(lead.text) {
			names = append(names, lead)
			own = lead.line == s.line && lead.text == s.lead
		} else {
			own = false
		}
	}
	return names, own
}

func (r *reading) column(code string, header name) {
	if !r.begun[code] {
		r.begun[code] = true
		r.columns = append(r.columns, column{code, header})
	}
}

// row finds the competency by its name, or starts it.
func (r *reading) row(names []name, s spot) *row {
	var category name
	last := deepest(names)
	switch {
	case len(names) > 1:
		category = names[0]
	case len(names) == 0 && s.depth < firstPoint:
		last = name{text: summaryRow, line: s.line, column: s.column}
	case len(names) == 0:
		last = name{text: looseRow, line: s.line, column: s.column}
	}
	at := [2]string{keyOf(category.text), keyOf(last.text)}
	if have := r.index[at]; have != nil {
		return have
	}
	added := &row{category: category, name: last, cells: map[string][]cell{}}
	r.rows, r.index[at] = append(r.rows, added), added
	if key := slug(last.text, 60); r.known[key] == nil {
		r.known[key] = added
	}
	return added
}

// families are the headings above the levels if several of them have the same
// competency at the same level: a page for each, of which the texts must not
// be merged.
func (r *reading) families() []string {
	type place struct{ level, name string }
	seen, order, repeated := map[place]string{}, []string{}, false
	for _, s := range r.spots {
		_, code := r.level(s)
		below := r.heads(s, r.axis+1, leadAxis)
		if code == "" || !r.under || len(below) == 0 {
			continue
		}
		family := r.family(s)
		if !slices.Contains(order, family) {
			order = append(order, family)
		}
		at := place{code, keyOf(deepest(below).text)}
		if first, known := seen[at]; known && first != family {
			repeated = true
		}
		seen[at] = family
	}
	if !repeated {
		return nil
	}
	return order
}

// family is the whole way of headings down to the level.
func (r *reading) family(s spot) string {
	var way []string
	for _, head := range r.heads(s, 1, r.axis) {
		way = append(way, head.text)
	}
	return strings.Join(way, " / ")
}

// keyOf is the same for names that differ in case and spaces only.
func keyOf(name string) string {
	if len(name) > maxHeaderBytes {
		return name
	}
	return strings.ToLower(oneLine(name))
}

// parts are the reading as a table, or one for each family.
func (r *reading) parts() []Part {
	families := r.families()
	if families == nil {
		return []Part{r.part()}
	}
	var out []Part
	for _, family := range families {
		own := slices.DeleteFunc(slices.Clone(r.spots), func(s spot) bool { return r.family(s) != family })
		part := newReading(own, r.axis, r.codes).part()
		part.Heading = family
		out = append(out, part)
	}
	out[0].outside = append(out[0].outside, r.outsideOf(families)...)
	return out
}

// outsideOf are the headings with texts that no family has.
func (r *reading) outsideOf(families []string) []name {
	var out []name
	for _, s := range r.spots {
		if head := deepest(r.heads(s, 1, leadAxis)); !slices.Contains(families, r.family(s)) && head.text != "" && !slices.Contains(out, head) {
			out = append(out, head)
		}
	}
	return out
}

// part is the reading as a table with the levels across.
func (r *reading) part() Part {
	first := r.columns[0].header
	header := []cell{{text: "Category", line: first.line, column: 1}, {text: "Competency", line: first.line, column: 1}, {text: "Description", line: first.line, column: 1}}
	columns := r.columns[:min(len(r.columns), MaxColumns+1)] // the reader refuses more
	for _, c := range columns {
		header = append(header, cell{text: c.header.text, line: c.header.line, column: c.header.column})
	}
	out := Part{Page: true, Line: first.line, rows: [][]cell{header}, outside: r.outside, losses: r.losses}
	for _, row := range r.rows[:min(len(r.rows), MaxRows+1)] {
		line := []cell{row.category.cell(), row.name.cell(), pointsCell(row.description, row.name)}
		for _, c := range columns {
			line = append(line, pointsCell(row.cells[c.code], row.name))
		}
		out.rows = append(out.rows, line)
	}
	out.rows = withoutEmpty(out.rows)
	return out
}

func (c cell) name() name { return name{text: oneLine(c.text), line: c.line, column: c.column} }

func (n name) cell() cell { return cell{text: n.text, line: max(1, n.line), column: n.column} }

// pointsCell holds texts one by one; without any, its place is the start of the
// row.
func pointsCell(points []cell, otherwise name) cell {
	if len(points) == 0 {
		return cell{line: otherwise.line, column: otherwise.column}
	}
	out := cell{line: points[0].line, column: points[0].column, points: points}
	texts := make([]string, len(points))
	for i, p := range points {
		texts[i] = p.text
	}
	out.text = strings.Join(texts, "\n")
	return out
}

// withoutEmpty leaves out columns of categories and descriptions without text.
func withoutEmpty(rows [][]cell) [][]cell {
	for _, at := range []int{2, 0} {
		if slices.ContainsFunc(rows[1:], func(row []cell) bool { return row[at].text != "" }) {
			continue
		}
		for i := range rows {
			rows[i] = slices.Delete(rows[i], at, at+1)
		}
	}
	return rows
}
