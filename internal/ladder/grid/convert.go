package grid

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/rung-hr/rung/internal/ladder"
)

// Convert makes a document of the tables by the mapping. With a previous version
// of the ladder, sentences that are alike keep their uid. Findings carry lines
// and cells of the file; with any, nothing should be kept.
func Convert(table Table, mapping Mapping, previous *ladder.Document) (ladder.Document, ladder.Findings) {
	c := &converter{file: table.File, mapping: mapping, known: knownTexts(previous), taken: map[string]bool{}, codes: map[string]string{}}
	c.document = ladder.Document{Framework: mapping.Framework, Name: mapping.Name, Version: mapping.Version, Language: mapping.Language}
	if previous != nil {
		c.document.Scales, c.document.Rating = previous.Scales, previous.Rating
	}
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
	file     string
	mapping  Mapping
	document ladder.Document
	known    map[string]map[string]string // competency/level -> uid -> text, of the version before
	taken    map[string]bool              // uids
	codes    map[string]string            // code of a competency -> its name
	findings ladder.Findings
}

func (c *converter) fail(at cell, message, fix string) {
	c.findings = append(c.findings, ladder.Finding{File: c.file, Line: max(1, at.line), Column: max(1, at.column), Message: message, Fix: fix})
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
			out[entry.Code+"/"+d.At.Level] = texts
		}
	}
	return out
}

func (c *converter) tracks() {
	if len(c.mapping.Levels) == 0 {
		c.fail(cell{}, "no level was found", "say which headers are levels, or where they stand")
	}
	for _, t := range c.mapping.Tracks {
		track := ladder.Track{Code: t.Code, Name: t.Name, Kind: t.Kind}
		for _, l := range c.mapping.Levels {
			if l.Track == t.Code {
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
	category := c.category(m.Category)
	for i := m.HeaderLine + 1; i < len(rows); i++ {
		use := UseCompetency
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
		if seen[column.Level] && i < len(header) {
			c.fail(header[i], fmt.Sprintf("level %q is there twice", column.Level), "rename one of the columns, or leave one out")
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

// category is the code of a group, which is added when it is new.
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
			level.Summary = strings.TrimSpace(row[i].text)
		}
	}
}

// competency reads one row; a category of its own counts for the rows below, too.
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
			entry.Description = strings.TrimSpace(entry.Description + "\n\n" + strings.TrimSpace(row[i].text))
		case UseExamples:
			if column.Level == "" {
				examples = append(examples, row[i])
			}
		}
	}
	if entry.Name == "" {
		if text := firstText(row); text != "" {
			c.fail(row[0], fmt.Sprintf("the row has no name (%q)", short(text, 40)), "name the competency, or leave the row out")
		}
		return category
	}
	entry.Code, entry.Category = slug(entry.Name, 40), category
	if other, twice := c.codes[entry.Code]; twice {
		c.fail(place, fmt.Sprintf("%q and %q are the same competency", other, entry.Name), "rename one of them, or put them into one row")
		return category
	}
	c.codes[entry.Code] = entry.Name
	c.cells(&entry, m, row)
	for _, example := range examples {
		entry.Description = strings.TrimSpace(entry.Description + "\n\n" + strings.TrimSpace(example.text))
	}
	c.document.Competencies = append(c.document.Competencies, entry)
	return category
}

// cells reads what the row says level by level.
func (c *converter) cells(entry *ladder.Entry, m TableMapping, row []cell) {
	for i, column := range m.Columns {
		if i >= len(row) || row[i].blank() || column.Level == "" {
			continue
		}
		var criteria []ladder.Criterion
		switch column.Use {
		case UseLevel:
			criteria = sentences(row[i].text)
		case UseExamples:
			for _, line := range linesOf(row[i].text) {
				criteria = append(criteria, ladder.Criterion{Kind: ladder.IsExample, Text: line})
			}
		default:
			continue
		}
		for _, criterion := range criteria {
			if len([]rune(criterion.Text)) > 2000 {
				c.fail(row[i], "a sentence has more than 2,000 characters", "break the cell into lines, one for each expectation")
			}
		}
		at := slices.IndexFunc(entry.Descriptors, func(d ladder.Descriptor) bool { return d.At.Level == column.Level })
		if at < 0 {
			at = len(entry.Descriptors)
			entry.Descriptors = append(entry.Descriptors, ladder.Descriptor{At: ladder.Anchor{Level: column.Level}})
		}
		entry.Descriptors[at].Criteria = append(entry.Descriptors[at].Criteria, criteria...)
	}
	for i := range entry.Descriptors {
		c.name(entry.Code, entry.Descriptors[i].At.Level, entry.Descriptors[i].Criteria)
	}
}

// name keeps the uids of sentences that are alike, and counts the new ones.
func (c *converter) name(competency, level string, criteria []ladder.Criterion) {
	before := c.known[competency+"/"+level]
	var uids, was, is []string
	for uid := range before {
		uids = append(uids, uid)
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
	prefix := competency + "-" + slug(level, 16)
	for i, n := 0, 1; i < len(criteria); i++ {
		for ; criteria[i].UID == ""; n++ {
			uid := fmt.Sprintf("%s-%d", prefix, n)
			if _, used := before[uid]; !c.taken[uid] && !used {
				criteria[i].UID, c.taken[uid] = uid, true
			}
		}
	}
}

var (
	bullet  = regexp.MustCompile(`^\s*(?:[-*•‣◦·–]|\d{1,2}[.)])\s+`)
	example = regexp.MustCompile(`(?i)^(?:e\.g\.|examples?:|for example[:,]?|z\. ?b\.)\s*`)
	note    = regexp.MustCompile(`(?i)^notes?:\s*`)
	newLine = regexp.MustCompile(`(?i)<br\s*/?>|\r\n?|\n`)
)

// linesOf are the points of a cell: its lines, or what semicolons part.
func linesOf(text string) []string {
	var lines []string
	for _, line := range newLine.Split(text, -1) {
		if line = oneLine(bullet.ReplaceAllString(line, "")); line != "" {
			lines = append(lines, line)
		}
	}
	if len(lines) == 1 && strings.Count(lines[0], ";") > 0 {
		whole := lines[0]
		lines = nil
		for part := range strings.SplitSeq(whole, ";") {
			if part = oneLine(part); part != "" {
				lines = append(lines, part)
			}
		}
	}
	return lines
}

// sentences are the criteria of a cell, with their kinds.
func sentences(text string) []ladder.Criterion {
	var out []ladder.Criterion
	for _, line := range linesOf(text) {
		criterion := ladder.Criterion{Text: line}
		for _, kind := range []struct {
			pattern *regexp.Regexp
			kind    ladder.CriterionKind
		}{{example, ladder.IsExample}, {note, ladder.IsNote}} {
			if rest := kind.pattern.ReplaceAllString(line, ""); rest != line && rest != "" {
				criterion.Kind, criterion.Text = kind.kind, rest
			}
		}
		out = append(out, criterion)
	}
	return out
}

// check proves that the document can be kept: what export writes is read again.
func (c *converter) check() {
	if len(c.document.Competencies) == 0 {
		c.fail(cell{}, "no competency was found", "say which column or row holds their names")
		return
	}
	content, err := ladder.Export(c.document)
	if err != nil {
		c.fail(cell{}, "the ladder cannot be written: "+err.Error(), "simplify the table")
		return
	}
	source, err := ladder.Parse(cmp.Or(c.file, "ladder"), content)
	if err == nil {
		c.document = source.Document
		return
	}
	findings, _ := err.(ladder.Findings) //nolint:errorlint // Parse returns it unwrapped
	for _, f := range findings {
		c.fail(cell{}, f.Path+": "+f.Message, f.Fix)
	}
}
