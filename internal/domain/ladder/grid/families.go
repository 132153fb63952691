package grid

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// families gives each part a track of its own if several describe the same
// competencies at the same levels, such as the ladders of two crafts in one file.
// Read as one, their texts would be merged.
func (g *guesser) families(table Table) {
	var parts []int
	merged := false
	for i, m := range g.mapping.Tables {
		if m.Skip || !holdsLevels(m) {
			continue
		}
		for _, j := range parts {
			merged = merged || g.sharedLevel(i, j) && g.sharedName(table, i, j)
		}
		parts = append(parts, i)
	}
	if !merged {
		return
	}
	g.named = map[string]string{}
	before, taken := g.mapping.Levels, map[string]bool{"IC": true, "M": true}
	g.mapping.Levels = []LevelMapping{}
	var names []string
	for _, i := range parts {
		name := oneLine(cmp.Or(table.Parts[i].Heading, fmt.Sprintf("Table %d", i+1)))
		track := distinct(slug(name, 24), taken)
		g.named[track] = short(name, 110)
		names = append(names, fmt.Sprintf("%q", short(name, 60)))
		g.family(&g.mapping.Tables[i], track, before)
	}
	g.becausef("the same competencies are at the same levels under %s: each is a track of its own, so that their texts are not merged", strings.Join(names, ", "))
}

// family puts the levels of a part on its track.
func (g *guesser) family(m *TableMapping, track string, before []LevelMapping) {
	m.Category = ""
	for i := range m.Columns {
		column := &m.Columns[i]
		at := slices.IndexFunc(before, func(l LevelMapping) bool { return l.Code == column.Level })
		if column.Level == "" || at < 0 {
			continue
		}
		level := before[at]
		level.Code, level.Track = track+"-"+level.Code, track
		if !g.mapping.hasLevel(level.Code) {
			g.mapping.Levels = append(g.mapping.Levels, level)
			g.guesses[level.Code] = g.guesses[column.Level]
		}
		column.Level = level.Code
	}
}
