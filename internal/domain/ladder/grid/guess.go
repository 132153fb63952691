package grid

import (
	"cmp"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
)

// Guess proposes how the tables should be read, and why. It never fails: it
// leaves out what it cannot tell, and Convert reports that.
func Guess(table Table) Mapping {
	return GuessAs(table, table.options.Orientation)
}

// GuessAs is Guess with the side where the levels are; if empty, Guess finds out.
func GuessAs(table Table, orientation Orientation) Mapping {
	name := oneLine(cmp.Or(table.Title, strings.TrimSuffix(path.Base(strings.ReplaceAll(table.File, `\`, "/")), path.Ext(table.File))))
	name = strings.TrimSpace(short(name, 100))
	g := &guesser{levels: table.levels, options: table.options, file: table, mapping: Mapping{
		Framework: slug(name, 60), Name: cmp.Or(name, "Ladder"), Version: "1.0.0",
		Tracks: []TrackMapping{}, Levels: []LevelMapping{}, Tables: []TableMapping{}, Reasons: []string{},
	}}
	several := 0
	for _, part := range table.Parts {
		if !part.Page && !part.inPage {
			several++
		}
	}
	for i, part := range table.Parts {
		if part.Page {
			g.page(part)
		} else {
			g.table(part, orientation, i, several > 1)
		}
	}
	g.choose(table)
	g.families(table)
	g.order()
	g.tracks()
	g.around(table)
	for _, w := range table.Warnings {
		g.becausef("%s, cell %d: %s", g.file.said(at(w.Line)), w.Column, w.Message)
	}
	return g.mapping
}

type guesser struct {
	mapping Mapping
	file    Table
	options Options
	levels  levelReader
	guesses map[string]levelGuess // by code
	named   map[string]string     // names of the tracks of families, by their codes
}

func (g *guesser) becausef(format string, args ...any) {
	if reason := fmt.Sprintf(format, args...); !slices.Contains(g.mapping.Reasons, reason) {
		g.mapping.Reasons = append(g.mapping.Reasons, reason)
	}
}

// headerLines is how far down the line with the levels is searched for.
const headerLines = 10

func (g *guesser) table(part Part, orientation Orientation, number int, several bool) {
	m := TableMapping{Heading: part.Heading, Columns: []ColumnMapping{}, Rows: []RowMapping{}}
	if several {
		m.Category = part.Heading
	}
	where := fmt.Sprintf("table %d", number+1)
	if part.inPage {
		m.Orientation, m.Skip = LevelsAcross, true
		g.columns(&m, part.rows, false)
		g.becausef("%s: its rows are read as part of the page", where)
		g.mapping.Tables = append(g.mapping.Tables, m)
		return
	}
	across, acrossSure := g.levels.bestLine(part.turned(LevelsAcross))
	down, downSure := g.levels.bestLine(part.turned(LevelsDown))
	m.Orientation, m.HeaderLine = LevelsAcross, across
	switch {
	case orientation == LevelsDown, orientation == "" && downSure > acrossSure:
		m.Orientation, m.HeaderLine = LevelsDown, down
		g.becausef("%s: the levels are in column %d (%s)", where, down+1, said(orientation != "", downSure))
	default:
		g.becausef("%s: the levels are in row %d (%s)", where, across+1, said(orientation != "", acrossSure))
	}
	rows := part.turned(m.Orientation)
	g.columns(&m, rows, orientation != "")
	m.Rows = g.rows(&m, rows)
	if holdsLevels(m) {
		g.besides(where, m, rows)
	}
	if several && !holdsLevels(m) {
		m.Skip = true
		g.becausef("%s: it has no levels and is left out", where)
	}
	g.mapping.Tables = append(g.mapping.Tables, m)
}

// around says what became of the texts around the tables and levels.
func (g *guesser) around(table Table) {
	if n := len(table.intro); n > 0 {
		what := "is the summary of the ladder"
		if table.introduction() == "" {
			what = "is longer than 20,000 characters and left out"
		}
		from, to := table.intro[0].name(), table.intro[n-1].name()
		g.becausef("the introduction (%s to %s) %s", g.file.said(from), g.file.said(to), what)
	}
	if len(table.outside) > 0 {
		g.becausef("left out, because it is in no table: %s", g.listed(table.outside))
	}
}

// besides says which lines and columns of a table are left out.
func (g *guesser) besides(where string, m TableMapping, rows [][]cell) {
	var above []name
	for _, row := range rows[:min(m.HeaderLine, len(rows))] {
		for _, c := range row {
			if !c.blank() {
				above = append(above, name{text: oneLine(c.text), line: c.line})
			}
		}
	}
	if len(above) > 0 {
		g.becausef("%s: left out, because it is before the levels: %s", where, g.listed(above))
	}
	for i, column := range m.Columns {
		if column.Use == UseSkip && slices.ContainsFunc(rows[min(m.HeaderLine+1, len(rows)):], func(row []cell) bool { return i < len(row) && !row[i].blank() }) {
			g.becausef("%s: column %d (%q) is left out", where, i+1, short(column.Header, 60))
		}
	}
}

func said(chosen bool, score int) string {
	if chosen {
		return "as you chose"
	}
	return fmt.Sprintf("%d points for headers that look like levels", score)
}

func holdsLevels(m TableMapping) bool {
	return slices.ContainsFunc(m.Columns, func(c ColumnMapping) bool { return c.Use == UseLevel })
}

// bestLine is the one of the first lines whose cells look most like levels.
func (l levelReader) bestLine(rows [][]cell) (line, score int) {
	for i, row := range rows[:min(headerLines, len(rows))] {
		sum := 0
		seen := map[string]bool{}
		for j, c := range row {
			if guess := l.read(c.text); guess.sure > 0 && (j > 0 || guess.sure == 2) && !seen[guess.code] {
				seen[guess.code] = true
				sum += guess.sure
			}
		}
		if sum > score {
			line, score = i, sum
		}
	}
	return line, score
}

// These are usual names of columns and rows.
var (
	competencyWord  = regexp.MustCompile(`(?i)^(competenc(y|ies)|competences?|skills?|capabilit(y|ies)|dimensions?|criteri(on|a)|attributes?|traits?|behaviou?rs?|expectations?|kompetenz(en)?|competencia|compétence)$`)
	categoryWord    = regexp.MustCompile(`(?i)^(category|categories|areas?|groups?|pillars?|themes?|domains?|axis|section|focus|bereich|kategorie)$`)
	descriptionWord = regexp.MustCompile(`(?i)\b(description|definition|meaning|about|what it is|overview|beschreibung)\b`)
	notesWord       = regexp.MustCompile(`(?i)\b(notes?|comments?|remarks?|notizen)\b`)
	examplesWord    = regexp.MustCompile(`(?i)\b(examples?|evidence|beispiele?)\b`)
	titleWord       = regexp.MustCompile(`(?i)^((role|job|level) )?titles?$|^roles?$`)
	summaryWord     = regexp.MustCompile(`(?i)^((level|role) )?(summary|overview|in short|description)$`)
	skipWord        = regexp.MustCompile(`(?i)\b(salary|pay|compensation|headcount|years of experience|weight)\b`)
)

func (g *guesser) columns(m *TableMapping, rows [][]cell, chosen bool) {
	if len(rows) == 0 {
		return
	}
	header := rows[m.HeaderLine]
	taken := map[string]bool{}
	for i, c := range header {
		column := ColumnMapping{Header: oneLine(c.text), Use: UseSkip}
		guess := g.levels.read(c.text)
		aside := asideOf(column.Header)
		switch {
		case g.skips(column.Header):
		case g.options.Names != "" && keyOf(g.options.Names) == keyOf(column.Header):
			column.Use = UseCompetency
		case aside == UseExamples && guess.sure == 2:
			column.Use, column.Level = UseExamples, guess.code
		case aside != "" && guess.sure < 2:
			column.Use = aside
		case guess.sure > 0:
			column.Use, column.Level = UseLevel, guess.code
			if repeated(header, i) && aloneIn(rows[m.HeaderLine+1:], i) {
				column.Use = UseSummary // one text next to all competencies of the level
			}
			taken[guess.code] = true
			g.level(column.Header, guess)
		}
		m.Columns = append(m.Columns, column)
	}
	g.between(m, taken, chosen)
	g.beside(m, rows)
}

// skips reports whether a person left the column out.
func (g *guesser) skips(header string) bool {
	return slices.ContainsFunc(g.options.Skip, func(skip string) bool { return keyOf(skip) == keyOf(header) })
}

func asideOf(header string) Use {
	switch {
	case competencyWord.MatchString(header):
		return UseCompetency
	case everyLevel.MatchString(header):
		return UseEvery
	case categoryWord.MatchString(header):
		return UseCategory
	case examplesWord.MatchString(header):
		return UseExamples
	case notesWord.MatchString(header):
		return UseNotes
	case descriptionWord.MatchString(header):
		return UseDescription
	case skipWord.MatchString(header):
		return UseSkip
	}
	return ""
}

// between also takes unknown headers after the first level for levels. If a
// person said where the levels are, so are all headers after the names.
func (g *guesser) between(m *TableMapping, taken map[string]bool, chosen bool) {
	first := slices.IndexFunc(m.Columns, func(c ColumnMapping) bool { return c.Use == UseLevel })
	if first < 0 && chosen {
		first = 0
	}
	if first < 0 {
		return
	}
	for i := first + 1; i < len(m.Columns); i++ {
		column := &m.Columns[i]
		if column.Use != UseSkip || column.Header == "" || skipWord.MatchString(column.Header) || len(g.options.Levels) > 0 || g.skips(column.Header) {
			continue
		}
		code := distinct(slug(column.Header, 28), taken)
		column.Use, column.Level = UseLevel, code
		g.level(column.Header, levelGuess{code: code, title: column.Header, rank: -1, sure: 1})
		g.becausef("%q is read as a level because it is among them", short(column.Header, 60))
	}
}

// beside finds the names, and the groups before them.
func (g *guesser) beside(m *TableMapping, rows [][]cell) {
	first := slices.IndexFunc(m.Columns, func(c ColumnMapping) bool { return c.Use == UseLevel })
	if first < 0 {
		first = min(1, len(m.Columns))
	}
	var free []int
	names, groups := -1, -1
	for i := range m.Columns {
		switch {
		case m.Columns[i].Use == UseCompetency && names < 0:
			names = i
		case m.Columns[i].Use == UseCompetency:
			m.Columns[i].Use = UseSkip
		case m.Columns[i].Use == UseCategory && groups < 0:
			groups = i
		case i < first && m.Columns[i].Use == UseSkip && !g.skips(m.Columns[i].Header) && !skipWord.MatchString(m.Columns[i].Header):
			free = append(free, i)
		}
	}
	if names < 0 && len(free) > 0 {
		names = free[len(free)-1]
		if len(free) > 1 && groups < 0 && repeats(rows, free[len(free)-1], m.HeaderLine) && !repeats(rows, free[0], m.HeaderLine) {
			names = free[0]
		}
	}
	if names < 0 && groups >= 0 { // if there is only a column of areas, it names what is rated
		names, groups = groups, -1
	}
	if names < 0 {
		return
	}
	m.Columns[names].Use = UseCompetency
	for _, i := range free {
		if i < names && groups < 0 && i != names {
			m.Columns[i].Use, groups = UseCategory, i
			g.becausef("column %d has the categories because it is before the names", i+1)
		}
	}
}

// repeats reports whether texts of the column are repeated or left out.
func repeats(rows [][]cell, column, header int) bool {
	seen := map[string]bool{}
	for _, row := range rows[header+1:] {
		text := oneLine(row[column].text)
		if text == "" || seen[text] {
			return true
		}
		seen[text] = true
	}
	return false
}

// rows finds titles, summaries and names of groups among the competencies.
func (g *guesser) rows(m *TableMapping, rows [][]cell) []RowMapping {
	out := []RowMapping{}
	seen := map[string]bool{}
	name := slices.IndexFunc(m.Columns, func(c ColumnMapping) bool { return c.Use == UseCompetency })
	if name < 0 {
		return out
	}
	grouped := slices.ContainsFunc(m.Columns, func(c ColumnMapping) bool { return c.Use == UseCategory })
	for i := m.HeaderLine + 1; i < len(rows); i++ {
		header := oneLine(rows[i][name].text)
		use := UseCompetency
		switch {
		case titleWord.MatchString(header) && !m.Page, header == "" && titlesOnly(m, rows[i]):
			use = UseTitle
		case summaryWord.MatchString(header):
			use = UseSummary
		case skipWord.MatchString(header):
			use = UseSkip
		case !grouped && alone(rows[i]) && i+1 < len(rows) && !alone(rows[i+1]):
			use = UseCategory
			header = oneLine(rows[i][filled(rows[i])].text)
		}
		switch {
		case use != UseCompetency:
			out = append(out, RowMapping{Row: i, Header: header, Use: use})
			g.becausef("row %q is read as %s", short(header, 60), use)
		case seen[header] && header != "":
			g.becausef("the rows named %q are read as one competency", short(header, 60))
		}
		seen[header] = true
	}
	return out
}

func titlesOnly(m *TableMapping, row []cell) bool {
	found := 0
	for i, column := range m.Columns {
		if column.Use != UseLevel || row[i].blank() {
			continue
		}
		if readLevel(row[i].text).sure == 0 {
			return false
		}
		found++
	}
	return found > 0
}

func filled(row []cell) int {
	return slices.IndexFunc(row, func(c cell) bool { return strings.TrimSpace(c.text) != "" })
}

// alone reports whether only one cell of the row has text.
func alone(row []cell) bool {
	at := filled(row)
	return at >= 0 && !slices.ContainsFunc(row[at+1:], func(c cell) bool { return strings.TrimSpace(c.text) != "" })
}

func (g *guesser) level(header string, guess levelGuess) {
	if g.mapping.hasLevel(guess.code) {
		return // another table also has it; Convert reports repeats in one table
	}
	if g.guesses == nil {
		g.guesses = map[string]levelGuess{}
	}
	g.guesses[guess.code] = guess
	track := "IC"
	if guess.manages {
		track = "M"
	}
	g.mapping.Levels = append(g.mapping.Levels, LevelMapping{Header: header, Code: guess.code, Title: guess.title, Track: track})
}
