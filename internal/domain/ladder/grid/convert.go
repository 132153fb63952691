package grid

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/rung-hr/rung/internal/domain/ladder"
)

// Convert makes a document from the tables by the mapping. With a previous
// version of the ladder, sentences that are alike keep their uid. Findings carry
// lines and cells of the file; if there are any, nothing should be kept.
func Convert(table Table, mapping Mapping, previous *ladder.Document) (ladder.Document, ladder.Findings) {
	c := &converter{table: table, mapping: mapping, known: knownTexts(previous), taken: map[string]bool{}}
	c.document = ladder.Document{Framework: mapping.Framework, Name: mapping.Name, Version: mapping.Version, Language: mapping.Language}
	if previous != nil {
		c.document.Scales, c.document.Rating = previous.Scales, previous.Rating
	}
	c.document.Summary = table.introduction()
	c.tracks()
	for i, part := range table.Parts {
		if i < len(mapping.Tables) && !mapping.Tables[i].Skip {
			c.part(part, mapping.Tables[i])
		}
	}
	if len(c.findings) == 0 {
		c.check()
	}
	return c.document, c.findings
}

type converter struct {
	table    Table
	mapping  Mapping
	document ladder.Document
	known    map[string]map[string]string // competency/level -> uid -> text, of the version before
	taken    map[string]bool              // uids
	findings ladder.Findings
}

func (c *converter) failf(at cell, message, fix string) {
	file, line := c.table.place(max(1, at.line))
	c.findings = append(c.findings, ladder.Finding{File: file, Line: line, Column: max(1, at.column), Message: message, Fix: fix})
}

// knownTexts are the sentences of each cell of a version.
func knownTexts(previous *ladder.Document) map[string]map[string]string {
	out := map[string]map[string]string{}
	if previous == nil {
		return out
	}
	for _, entry := range previous.Competencies {
		for _, d := range entry.Descriptors {
			texts := map[string]string{}
			for _, criterion := range d.Criteria {
				texts[criterion.UID] = criterion.Text
			}
			if have := out[entry.Code+"/"+d.At.Level]; have != nil {
				maps.Copy(texts, have)
			}
			out[entry.Code+"/"+d.At.Level] = texts
		}
	}
	return out
}

func (c *converter) tracks() {
	if !slices.ContainsFunc(c.mapping.Levels, func(l LevelMapping) bool { return c.mapping.holds(l.Code) }) {
		c.failf(cell{}, "no level was found", "say which headers are levels, or where they are")
	}
	for _, t := range c.mapping.Tracks {
		track := ladder.Track{Code: t.Code, Name: t.Name, Kind: t.Kind}
		for _, l := range c.mapping.Levels {
			if l.Track == t.Code && c.mapping.holds(l.Code) {
				track.Levels = append(track.Levels, ladder.Level{Code: l.Code, Title: l.Title})
			}
		}
		if len(track.Levels) > 0 {
			c.document.Tracks = append(c.document.Tracks, track)
		}
	}
}

func (c *converter) level(code string) *ladder.Level {
	for t := range c.document.Tracks {
		for l := range c.document.Tracks[t].Levels {
			if c.document.Tracks[t].Levels[l].Code == code {
				return &c.document.Tracks[t].Levels[l]
			}
		}
	}
	return nil
}

// part reads one table, row by row.
func (c *converter) part(part Part, m TableMapping) {
	rows := part.turned(m.Orientation)
	if m.HeaderLine >= len(rows) {
		return
	}
	c.repeatedLevels(m, rows[m.HeaderLine])
	c.summaries(m, rows)
	whole := c.category(m.Category)
	category := whole
	for i := m.HeaderLine + 1; i < len(rows); i++ {
		use := UseCompetency
		if m.Page { // each row of it names its category
			category = whole
		}
		for _, special := range m.Rows {
			if special.Row == i {
				use = special.Use
			}
		}
		switch use {
		case UseCategory:
			category = c.category(firstText(rows[i]))
		case UseTitle, UseSummary:
			c.about(m, rows[i], use)
		case UseCompetency:
			category = c.competency(m, rows[i], category)
		}
	}
}

func (c *converter) repeatedLevels(m TableMapping, header []cell) {
	seen := map[string]bool{}
	for i, column := range m.Columns {
		if column.Use != UseLevel {
			continue
		}
		if seen[column.Level] && i < len(header) && !sameCell(header[i], header[i-1]) {
			c.failf(header[i], fmt.Sprintf("level %q is repeated", column.Level), "rename one of the columns, or leave one out")
		}
		seen[column.Level] = true
	}
}

func firstText(row []cell) string {
	for _, at := range row {
		if !at.blank() {
			return oneLine(at.text)
		}
	}
	return ""
}

// category is the code of a group; a new group is added.
func (c *converter) category(name string) string {
	name = oneLine(name)
	if name == "" {
		return ""
	}
	code := slug(name, 60)
	if !slices.ContainsFunc(c.document.Categories, func(have ladder.Category) bool { return have.Code == code }) {
		c.document.Categories = append(c.document.Categories, ladder.Category{Code: code, Name: short(name, 110)})
	}
	return code
}

// about takes titles and summaries of levels from a row.
func (c *converter) about(m TableMapping, row []cell, use Use) {
	for i, column := range m.Columns {
		level := c.level(column.Level)
		if column.Use != UseLevel || level == nil || i >= len(row) || row[i].blank() {
			continue
		}
		if use == UseTitle {
			level.Title = short(oneLine(row[i].text), 110)
		} else {
			level.Summary = paragraphs(level.Summary, row[i].text)
		}
	}
}

// summaries takes the summaries of levels from a column of their own.
func (c *converter) summaries(m TableMapping, rows [][]cell) {
	for i, column := range m.Columns {
		level := c.level(column.Level)
		for _, row := range rows[m.HeaderLine+1:] {
			if column.Use == UseSummary && level != nil && i < len(row) && !row[i].blank() {
				level.Summary = paragraphs(level.Summary, row[i].text)
			}
		}
	}
}

// competency reads one row. A category in the row also holds for the rows below
// it.
func (c *converter) competency(m TableMapping, row []cell, category string) string {
	var entry ladder.Entry
	var place cell
	var examples []cell
	for i, column := range m.Columns {
		if i >= len(row) || row[i].blank() {
			continue
		}
		switch column.Use {
		case UseCompetency:
			place, entry.Name = row[i], short(oneLine(row[i].text), 110)
		case UseCategory:
			category = c.category(row[i].text)
		case UseDescription, UseNotes:
			entry.Description = paragraphs(entry.Description, row[i].text)
		case UseExamples:
			if column.Level == "" {
				examples = append(examples, row[i])
			}
		}
	}
	if entry.Name == "" {
		if text := firstText(row); text != "" {
			c.failf(row[0], fmt.Sprintf("the row has no name (%q)", short(text, 40)), "name the competency, or leave out the row")
		}
		return category
	}
	entry.Code, entry.Category = slug(entry.Name, 40), category
	for _, example := range examples {
		entry.Description = paragraphs(entry.Description, example.text)
	}
	c.cells(&entry, m, row)
	at := slices.IndexFunc(c.document.Competencies, func(have ladder.Entry) bool { return have.Code == entry.Code })
	switch {
	case at < 0:
		c.document.Competencies = append(c.document.Competencies, entry)
	case continues(c.document.Competencies[at], entry):
		join(&c.document.Competencies[at], entry)
	default:
		c.failf(place, fmt.Sprintf("%q and %q are the same competency", c.document.Competencies[at].Name, entry.Name), "rename one of them, or put them in one row")
	}
	return category
}

// paragraphs puts a text below another one.
func paragraphs(above, below string) string {
	return strings.TrimSpace(above + "\n\n" + strings.TrimSpace(below))
}

// continues reports whether a row says more about a competency: under the same
// name in its group, or about other levels.
func continues(have, more ladder.Entry) bool {
	if have.Name == more.Name && have.Category == more.Category {
		return true
	}
	return !slices.ContainsFunc(more.Descriptors, func(d ladder.Descriptor) bool {
		return slices.ContainsFunc(have.Descriptors, func(h ladder.Descriptor) bool { return h.At == d.At })
	})
}

func join(have *ladder.Entry, more ladder.Entry) {
	if more.Description != have.Description {
		have.Description = paragraphs(have.Description, more.Description)
	}
	for _, d := range more.Descriptors {
		at := descriptor(have, d.At)
		at.Criteria = append(at.Criteria, d.Criteria...)
	}
}

// descriptor is what the competency says at an anchor; a new anchor is added.
func descriptor(entry *ladder.Entry, at ladder.Anchor) *ladder.Descriptor {
	i := slices.IndexFunc(entry.Descriptors, func(d ladder.Descriptor) bool { return d.At == at })
	if i < 0 {
		i = len(entry.Descriptors)
		entry.Descriptors = append(entry.Descriptors, ladder.Descriptor{At: at})
	}
	return &entry.Descriptors[i]
}

// cells reads what the row says level by level.
func (c *converter) cells(entry *ladder.Entry, m TableMapping, row []cell) {
	for i, column := range m.Columns {
		if i >= len(row) || row[i].blank() {
			continue
		}
		at := ladder.Anchor{Level: column.Level}
		switch {
		case column.Use == UseEvery:
			at.Levels = m.every()
		case column.Level == "" || column.Use != UseLevel && column.Use != UseExamples:
			continue
		}
		into := descriptor(entry, at)
		for _, point := range pointsOf(row[i]) {
			if column.Use == UseExamples {
				point.Kind = ladder.IsExample
			}
			if len([]rune(point.Text)) > 2000 {
				c.failf(point.at, "a sentence has more than 2,000 characters", "split the cell into lines, one for each expectation")
			}
			into.Criteria = append(into.Criteria, point.Criterion)
		}
	}
	for i := range entry.Descriptors {
		c.name(entry.Code, entry.Descriptors[i].At, entry.Descriptors[i].Criteria)
	}
}

// name keeps the uids of sentences that are alike and numbers the new ones.
func (c *converter) name(competency string, at ladder.Anchor, criteria []ladder.Criterion) {
	before := c.known[competency+"/"+at.Level]
	var uids, was, is []string
	for uid := range before {
		if !c.taken[uid] {
			uids = append(uids, uid)
		}
	}
	slices.Sort(uids)
	for _, uid := range uids {
		was = append(was, before[uid])
	}
	for _, criterion := range criteria {
		is = append(is, criterion.Text)
	}
	for i, partner := range ladder.Pair(was, is) {
		if partner >= 0 {
			criteria[i].UID, c.taken[uids[partner]] = uids[partner], true
		}
	}
	prefix := competency + "-" + slug(cmp.Or(at.Level, "all"), 16)
	for i, n := 0, 1; i < len(criteria); i++ {
		for ; criteria[i].UID == ""; n++ {
			uid := fmt.Sprintf("%s-%d", prefix, n)
			if _, used := before[uid]; !c.taken[uid] && !used {
				criteria[i].UID, c.taken[uid] = uid, true
			}
		}
	}
}

// check proves that the document can be kept: it reads back what the export
// writes.
func (c *converter) check() {
	if len(c.document.Competencies) == 0 {
		c.failf(cell{}, "no competency was found", "say which column or row holds their names")
		return
	}
	content, err := ladder.Export(c.document)
	if err != nil {
		c.failf(cell{}, "the ladder cannot be written: "+err.Error(), "simplify the table")
		return
	}
	source, err := ladder.Parse(cmp.Or(c.table.File, "ladder"), content)
	if err == nil {
		c.document = source.Document
		return
	}
	findings, _ := err.(ladder.Findings) //nolint:errorlint // Parse returns it unwrapped
	for _, f := range findings {
		c.failf(cell{}, f.Path+": "+f.Message, f.Fix)
	}
}
