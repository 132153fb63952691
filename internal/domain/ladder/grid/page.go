package grid

import (
	"cmp"
	"slices"
	"strings"
)

// outline makes parts from the content of a file: its tables, and one more for
// the page around them if that has headings of levels.
func (r *reader) outline(blocks []block) {
	heading := ""
	var parts []Part
	for _, b := range blocks {
		switch b.kind {
		case headingBlock:
			heading = b.text
			if r.table.Title == "" && b.depth == 1 {
				r.table.Title = b.text
			}
		case tableBlock:
			part := Part{Heading: cmp.Or(b.text, heading), Line: b.line, rows: b.rows}
			part.loose = r.table.levels.namesAndTexts(b.rows)
			parts = append(parts, part)
		}
	}
	best := bestReading(r.table.levels.spotsOf(blocks), len(parts) == 0, r.table.levels)
	if best != nil {
		for i := range parts {
			parts[i].inPage = parts[i].loose
		}
		parts = append(parts, best.parts()...)
		slices.SortStableFunc(parts, func(a, b Part) int { return cmp.Compare(a.Line, b.Line) })
	}
	if len(parts) > 0 {
		r.around(blocks, parts, best)
	}
	r.table.Parts = append(r.table.Parts, parts...)
}

// around keeps the introduction, and the names of other texts that no part has.
func (r *reader) around(blocks []block, parts []Part, best *reading) {
	taken := map[int]bool{}
	if best != nil {
		taken = best.taken
	}
	first, kept := parts[0].Line, map[int]bool{}
	for _, b := range blocks {
		switch {
		case b.kind != wordsBlock || taken[b.line] || b.whole == "":
		case b.line < first:
			kept[b.line] = true
			r.table.intro = append(r.table.intro, cell{text: b.whole, line: b.line, column: b.column})
		case best == nil:
			r.table.outside = append(r.table.outside, name{text: b.whole, line: b.line, column: b.column})
		}
	}
	for i := range parts {
		part := &parts[i]
		part.outside = slices.DeleteFunc(part.outside, func(head name) bool { return r.onlyIntroduces(head, blocks, kept) })
	}
}

// onlyIntroduces reports whether all texts under a heading are kept.
func (r *reader) onlyIntroduces(head name, blocks []block, kept map[int]bool) bool {
	under := false
	for _, b := range blocks {
		switch {
		case b.kind == headingBlock:
			under = b.line == head.line
		case under && b.kind == wordsBlock && !kept[b.line]:
			return false
		}
	}
	return true
}

// spot is a text of a page with all the names above it.
type spot struct {
	block
	heads [7]name // by depth
	leads []name  // the names that lists and paragraphs begin with, from the outside in
}

// name is the text of a heading or a lead, and its place.
type name struct {
	text         string
	bold         bool
	depth        int // of a lead
	line, column int
}

// spotsOf gives every text of a page its place.
func (l levelReader) spotsOf(blocks []block) []spot {
	var out []spot
	var heads [7]name
	var leads []name
	for i, b := range blocks {
		switch b.kind {
		case headingBlock:
			heads[b.depth] = name{text: b.text, line: b.line, column: b.column}
			clear(heads[b.depth+1:])
			leads = nil
			continue
		case tableBlock:
			out = append(out, l.rowsAsSpots(b, heads, leads)...)
			continue
		case wordsBlock:
			leads = slices.DeleteFunc(slices.Clone(leads), func(l name) bool { return l.depth >= max(b.depth, firstPoint) || l.depth >= b.depth && b.lead != "" })
			if b.lead == "" && i+1 < len(blocks) && blocks[i+1].kind == wordsBlock && blocks[i+1].depth > max(b.depth, paragraph) && isName(b.text, plainNameWords) {
				b.lead, b.text = b.text, ""
			}
			if b.lead != "" {
				leads = append(leads, name{b.lead, b.bold, b.depth, b.line, b.column})
			}
		}
		out = append(out, spot{block: b, heads: heads, leads: leads})
	}
	return out
}

// rowsAsSpots reads a table of names and texts, which some pages have for each
// level. A table with its own levels is part of the ladder itself.
func (l levelReader) rowsAsSpots(table block, heads [7]name, leads []name) []spot {
	if !l.namesAndTexts(table.rows) {
		return nil
	}
	var header []cell
	rows := table.rows
	if table.headed || isHeader(rows[0]) {
		header, rows = rows[0], rows[1:]
	}
	var out []spot
	for _, row := range rows {
		b := block{kind: wordsBlock, depth: firstPoint, bold: true, lead: oneLine(row[0].text), line: row[0].line, column: row[0].column}
		var texts []string
		for i, c := range row[1:] {
			switch {
			case c.blank():
			case len(row) > 2 && i+1 < len(header) && !header[i+1].blank():
				texts = append(texts, header[i+1].text+": "+c.text)
			default:
				texts = append(texts, c.text)
			}
		}
		b.text = strings.Join(texts, "\n")
		b.whole = b.lead + ": " + b.text
		out = append(out, spot{block: b, heads: heads, leads: append(slices.Clone(leads), name{b.lead, true, firstPoint, b.line, b.column})})
	}
	return out
}

// namesAndTexts reports whether a table has no levels of its own.
func (l levelReader) namesAndTexts(rows [][]cell) bool {
	_, score := l.bestLine(rows)
	return score <= 1 && l.levelsBelow(rows) <= 1
}

// isHeader reads a first row that is not marked as the header: it is one if it
// begins with nothing, or with a usual name of a column.
func isHeader(row []cell) bool { return row[0].blank() || asideOf(oneLine(row[0].text)) != "" }

// levelsBelow counts the rows that start with a level.
func (l levelReader) levelsBelow(rows [][]cell) int {
	n := 0
	for _, row := range rows[1:] {
		if l.read(row[0].text).sure > 0 {
			n++
		}
	}
	return n
}
