package grid

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rung-hr/rung/internal/domain/ladder"
)

// page needs no guess of the orientation: its header is what was read as levels.
func (g *guesser) page(part Part) {
	m := TableMapping{Heading: part.Heading, Page: true, Orientation: LevelsAcross, Columns: []ColumnMapping{}, Rows: []RowMapping{}}
	g.columns(&m, part.rows, false)
	levels := 0
	for _, c := range m.Columns {
		if c.Use == UseLevel {
			levels++
		}
	}
	g.becausef("page: %d headings are read as levels, the first in %s", levels, g.file.said(at(part.Line)))
	if levels == 1 {
		g.becausef("page: its title is the only level; add the pages of the other levels for a whole ladder")
	}
	m.Rows = g.rows(&m, part.rows)
	if once := heldOnce(part.rows, m); 2*once > len(part.rows) {
		g.becausef("page: %d of %d names appear at one level only; they may be steps of one competency, which only you can combine", once, len(part.rows)-1)
	}
	if len(part.outside) > 0 {
		g.becausef("page: left out, because it is not under a level: %s", g.listed(part.outside))
	}
	if len(part.losses) > 0 {
		g.becausef("page: left out, because it is not a sentence: %s", g.listed(part.losses))
	}
	g.mapping.Tables = append(g.mapping.Tables, m)
}

// heldOnce counts the competencies that only one of several levels describes.
func heldOnce(rows [][]cell, m TableMapping) int {
	once := 0
	for _, row := range rows[1:] {
		held, levels := 0, 0
		for i, c := range m.Columns {
			if c.Use == UseLevel {
				levels++
				if !row[i].blank() {
					held++
				}
			}
		}
		if levels > 1 && held == 1 {
			once++
		}
	}
	return once
}

func (g *guesser) listed(names []name) string {
	const most = 20
	var out []string
	for _, n := range names[:min(most, len(names))] {
		out = append(out, fmt.Sprintf("%s (%s)", short(n.text, 60), g.file.said(n)))
	}
	if more := len(names) - most; more > 0 {
		out = append(out, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(out, ", ")
}

// choose leaves out tables that only refer to the ladder. Of a page and the
// tables in it, it leaves out what says less, unless together they are one
// ladder.
func (g *guesser) choose(table Table) {
	if len(table.Parts) < 2 {
		return
	}
	said := make([]int, len(table.Parts))
	tables, pages := 0, 0
	for i, part := range table.Parts {
		m := &g.mapping.Tables[i]
		if m.Skip {
			continue
		}
		said[i] = sayings(part, *m)
		if part.Page {
			pages += said[i]
		} else {
			tables += said[i]
		}
	}
	if tables > 0 && pages > 0 && !g.together(table, said) {
		g.pageOrTables(table, pages, tables)
	}
	for i := range table.Parts {
		if m := &g.mapping.Tables[i]; !m.Skip && said[i] == 0 && slices.Max(said) > 0 {
			m.Skip = true
			g.becausef("table %d (%s): its cells are names, not sentences, so it counts as an index and is left out", i+1, g.file.said(at(table.Parts[i].Line)))
		}
	}
}

// together reports whether the page and the tables are parts of one ladder: the
// same competencies at other levels.
func (g *guesser) together(table Table, said []int) bool {
	shared := false
	for i, part := range table.Parts {
		for j, page := range table.Parts {
			if !page.Page || part.Page || said[i] == 0 || said[j] == 0 {
				continue
			}
			if g.sharedLevel(i, j) {
				return false
			}
			shared = shared || g.sharedName(table, i, j)
		}
	}
	return shared
}

func (g *guesser) sharedLevel(a, b int) bool {
	return slices.ContainsFunc(g.mapping.Tables[a].Columns, func(c ColumnMapping) bool {
		return c.Use == UseLevel && g.mapping.Tables[b].has(c.Level)
	})
}

func (g *guesser) sharedName(table Table, a, b int) bool {
	names := namesOf(table.Parts[a], g.mapping.Tables[a])
	for name := range namesOf(table.Parts[b], g.mapping.Tables[b]) {
		if names[name] {
			return true
		}
	}
	return false
}

// namesOf are the competencies of a part, by their codes.
func namesOf(part Part, m TableMapping) map[string]bool {
	out := map[string]bool{}
	at := slices.IndexFunc(m.Columns, func(c ColumnMapping) bool { return c.Use == UseCompetency })
	rows := part.turned(m.Orientation)
	for _, row := range rows[min(m.HeaderLine+1, len(rows)):] {
		if at >= 0 && !row[at].blank() {
			out[slug(row[at].text, 40)] = true
		}
	}
	return out
}

func (g *guesser) pageOrTables(table Table, onPage, inTables int) {
	taken, left := "tables are", "headings"
	if onPage > inTables {
		taken, left = "headings are", "tables"
	}
	for i := range g.mapping.Tables {
		if table.Parts[i].Page != (onPage > inTables) {
			g.mapping.Tables[i].Skip = true
		}
	}
	g.becausef("the headings have %d cells with a sentence, the tables %d: the %s read, the %s left out", onPage, inTables, taken, left)
}

// sayings counts the cells with a sentence, of competencies at levels.
func sayings(part Part, m TableMapping) int {
	n := 0
	rows := part.turned(m.Orientation)
	for _, row := range rows[min(m.HeaderLine+1, len(rows)):] {
		for i, column := range m.Columns {
			if column.Use == UseLevel && i < len(row) && len(strings.Fields(row[i].text)) >= sentenceWords && readLevel(row[i].text).sure == 0 {
				n++
			}
		}
	}
	return n
}

// sentenceWords is the smallest number of words in an expectation.
const sentenceWords = 3

func sameCell(a, b cell) bool { return a.line == b.line && a.column == b.column && a.text == b.text }

// repeated reports whether a cell of the header also spans its neighbour.
func repeated(header []cell, at int) bool {
	return at > 0 && sameCell(header[at], header[at-1]) || at+1 < len(header) && sameCell(header[at], header[at+1])
}

// aloneIn reports whether only one cell of a column has text.
func aloneIn(rows [][]cell, column int) bool {
	found := 0
	for _, row := range rows {
		if strings.TrimSpace(row[column].text) != "" {
			found++
		}
	}
	return found == 1
}

// order reverses levels that go from high to low.
func (g *guesser) order() {
	for _, track := range g.mapping.trackCodes() {
		var at []int
		rising, falling := 0, 0
		for i, l := range g.mapping.Levels {
			if l.Track != track || !g.mapping.holds(l.Code) {
				continue
			}
			if len(at) > 0 {
				before, now := g.guesses[g.mapping.Levels[at[len(at)-1]].Code].rank, g.guesses[l.Code].rank
				if before >= 0 && now > before {
					rising++
				} else if now >= 0 && now < before {
					falling++
				}
			}
			at = append(at, i)
		}
		if falling == 0 || rising > 0 {
			continue
		}
		for i, j := 0, len(at)-1; i < j; i, j = i+1, j-1 {
			g.mapping.Levels[at[i]], g.mapping.Levels[at[j]] = g.mapping.Levels[at[j]], g.mapping.Levels[at[i]]
		}
		g.becausef("the levels of track %s go from high to low and are reversed", track)
	}
}

func (g *guesser) tracks() {
	for _, code := range g.mapping.trackCodes() {
		track := TrackMapping{Code: code, Name: "Individual contributor", Kind: ladder.IndividualContributor}
		if code == "M" {
			track.Name, track.Kind = "Management", ladder.Management
			g.becausef("levels of managers, directors and M codes are on their own track")
		}
		if family, ok := g.named[code]; ok {
			track.Name, track.Kind = family, g.kindOf(code)
		}
		g.mapping.Tracks = append(g.mapping.Tracks, track)
	}
}

// kindOf is the kind of a family's track: by what its levels do.
func (g *guesser) kindOf(track string) ladder.TrackKind {
	managers, all := 0, 0
	for _, l := range g.mapping.Levels {
		if l.Track == track {
			all++
			if g.guesses[l.Code].manages {
				managers++
			}
		}
	}
	switch managers {
	case 0:
		return ladder.IndividualContributor
	case all:
		return ladder.Management
	}
	return ladder.Hybrid
}
