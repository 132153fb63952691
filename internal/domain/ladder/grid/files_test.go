package grid_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/domain/ladder/grid"
)

func inputs(list ...string) []grid.Input {
	var out []grid.Input
	for i := 0; i < len(list); i += 2 {
		out = append(out, grid.Input{Name: list[i], Content: []byte(list[i+1])})
	}
	return out
}

func convertAll(t *testing.T, files []grid.Input, options grid.Options) (ladder.Document, grid.Table, grid.Mapping) {
	t.Helper()
	table, err := grid.ReadAll(files, options)
	require.NoError(t, err)
	mapping := grid.Guess(table)
	document, findings := grid.Convert(table, mapping, nil)
	require.Empty(t, findings)
	return document, table, mapping
}

func TestAFileForEachLevel(t *testing.T) {
	for name, files := range map[string][]grid.Input{
		"titles":   inputs("x/a.md", "# L1 Baker\n\n## Dough\n\n- Kneads by hand.\n- Cleans up.\n\n## Oven\n\nBakes one loaf.\n", "x/b.md", "# L2 Senior baker\n\n## Dough\n- Tends the sourdough.\n\n## Oven\nBakes a batch.\n"),
		"names":    inputs("x/L1.md", "**Dough**:\n- Kneads by hand.\n- Cleans up.\n\n**Oven**: Bakes one loaf.\n", "x/L2.md", "**Dough**:\n- Tends the sourdough.\n\n**Oven**: Bakes a batch.\n"),
		"headings": inputs("x/l1.md", "## Dough\n- Kneads by hand.\n- Cleans up.\n\n## Oven\nBakes one loaf.\n", "x/l2.md", "## Dough\n- Tends the sourdough.\n\n## Oven\nBakes a batch.\n"),
		"pages":    inputs("x/L1.html", "<h2>Dough</h2><ul><li>Kneads by hand.</li><li>Cleans up.</li></ul><h2>Oven</h2><p>Bakes one loaf.</p>", "x/L2.md", "## Dough\n- Tends the sourdough.\n\n## Oven\nBakes a batch.\n"),
		"tables":   inputs("x/L1.csv", "Skill,What\nDough,\"Kneads by hand.\nCleans up.\"\nOven,Bakes one loaf.\n", "x/L2.csv", "Skill,What\nDough,Tends the sourdough.\nOven,Bakes a batch.\n"),
	} {
		t.Run(name, func(t *testing.T) {
			document, table, _ := convertAll(t, files, grid.Options{})
			require.Equal(t, baked, said(document))
			require.Len(t, table.Summary().Files, 2)
			require.NotEmpty(t, table.Summary().Files[0].Level)
		})
	}
}

func TestThePersonSaysWhichLevelAFileHas(t *testing.T) {
	files := inputs("one.md", "- Washes up.\n- Listens.\n", "two.md", "- Bakes.\n- Teaches.\n")
	files[0].Level, files[1].Level = "Rookie", "Star"
	document, table, _ := convertAll(t, files, grid.Options{})
	require.Equal(t, []string{"expectations/rookie: Washes up.", "expectations/rookie: Listens.", "expectations/star: Bakes.", "expectations/star: Teaches."}, said(document))
	require.Equal(t, []grid.FileLevel{{Name: "one.md", Level: "Rookie"}, {Name: "two.md", Level: "Star"}}, table.Summary().Files)
	files[0].Level, files[1].Level = "", ""
	document, table, _ = convertAll(t, files, grid.Options{})
	require.Len(t, said(document), 4)
	require.Equal(t, "one", table.Summary().Files[0].Level)
}

func TestAColumnThatBecomesALevelGetsACode(t *testing.T) {
	table, err := grid.Read("a.csv", []byte("Skill,L1,\u5de5\u7a0b\nCraft,Ships.,Leads.\n"), grid.Options{})
	require.NoError(t, err)
	mapping := grid.Guess(table)
	mapping.Levels = mapping.Levels[:1]
	mapping.Tables[0].Columns[2] = grid.ColumnMapping{Header: mapping.Tables[0].Columns[2].Header, Use: grid.UseLevel}
	document, findings := grid.Convert(table, mapping.Completed(), nil)
	require.Empty(t, findings)
	require.Equal(t, []string{"craft/L1: Ships.", "craft/gong-cheng: Leads."}, said(document))
}

func TestFilesWithSeveralLevelsStayApart(t *testing.T) {
	ladderOf := func(craft string) string {
		return "# " + craft + "\n## L1\n### Craft\n- " + craft + " small.\n## L2\n### Craft\n- " + craft + " large.\n"
	}
	document, _, _ := convertAll(t, inputs("a.md", ladderOf("Bakes"), "b.md", ladderOf("Brews")), grid.Options{})
	require.Len(t, document.Tracks, 2)
	require.Len(t, said(document), 4)
}

func TestPlacesNameTheirFile(t *testing.T) {
	_, err := grid.ReadAll(inputs("a.md", "# L1\n- fine\n", "b.md", "# L2\n- fine\n\nWri\u200btes.\n"), grid.Options{})
	require.ErrorContains(t, err, "b.md:4")
	table, err := grid.ReadAll(inputs("a.md", "# L1\n## Craft\n- fine\n", "b.md", "# L2\n## Craft\n- fine\n\n```\ncode\n```\n"), grid.Options{})
	require.NoError(t, err)
	require.Contains(t, grid.Guess(table).Reasons[len(grid.Guess(table).Reasons)-1], "b.md, line 6")
}

func TestAPersonSaysWhichHeadersAreLevels(t *testing.T) {
	page := "# B\n## Rookie\n### Craft\n- Washes up.\n## Star\n### Craft\n- Bakes.\n"
	_, err := grid.Read("a.md", []byte(page), grid.Options{})
	require.ErrorContains(t, err, "say which headings are levels, from: B, Rookie, Craft, Star")
	document, _, _ := convertAll(t, inputs("a.md", page), grid.Options{Levels: []string{"rookie", "Star"}})
	require.Equal(t, []string{"craft/rookie: Washes up.", "craft/star: Bakes."}, said(document))
	_, err = grid.Read("a.md", []byte(page), grid.Options{Levels: []string{"Nobody"}})
	require.ErrorContains(t, err, `no heading or header is called "Nobody" (choose from: B, Rookie, Craft, Star)`)

	document, _, mapping := convertAll(t, inputs("a.csv", "Thing,Who,Rookie,Star,Hero\nCraft,me,Washes up.,Bakes.,Sells.\n"),
		grid.Options{Levels: []string{"Rookie", "Star", "Hero"}, Names: "Thing", Skip: []string{"Who"}})
	require.Equal(t, []string{"craft/rookie: Washes up.", "craft/star: Bakes.", "craft/hero: Sells."}, said(document))
	require.Contains(t, mapping.Reasons, `table 1: column 2 ("Who") is left out`)
}
