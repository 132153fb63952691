package grid_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/domain/ladder/grid"
)

func TestFamiliesThatRepeatTheirLevelsStayApart(t *testing.T) {
	page := func(heading string, deep int) string {
		h := strings.Repeat("#", deep)
		return h + " " + heading + "\n" + h + "# L1\n" + h + "## Craft\n- " + heading + " small.\n" + h + "# L2\n" + h + "## Craft\n- " + heading + " large.\n"
	}
	table := func(heading string) string {
		return "## " + heading + "\n\n| Skill | L1 | L2 |\n|---|---|---|\n| Craft | " + heading + " small. | " + heading + " large. |\n\n"
	}
	for name, file := range map[string]string{
		"a page": "# Careers\n" + page("Bakes", 2) + page("Brews", 2), "a page without a title": page("Bakes", 1) + page("Brews", 1),
		"tables": "# Careers\n\n" + table("Bakes") + table("Brews"),
	} {
		t.Run(name, func(t *testing.T) {
			document, why := guessed(t, "a.md", file)
			require.Equal(t, []string{
				"craft/bakes-L1: Bakes small.", "craft/bakes-L2: Bakes large.", "craft/brews-L1: Brews small.", "craft/brews-L2: Brews large.",
			}, said(document))
			require.Equal(t, []string{"Bakes", "Brews"}, []string{document.Tracks[0].Name, document.Tracks[1].Name})
			require.Contains(t, why, `under "Bakes", "Brews": each is a track`)
		})
	}
	document, why := guessed(t, "a.md", strings.ReplaceAll("# Careers\n\n"+table("Bakes")+table("Brews"), "| Craft | Brews", "| Taste | Brews"))
	require.Len(t, document.Tracks, 1, "other competencies at the same levels are categories")
	require.NotContains(t, why, "track of its own")
}

func TestATableWithoutAHeaderKeepsItsFirstRow(t *testing.T) {
	level := func(title, text string) string {
		return "# " + title + "\n### Craft\n- Ships.\n\n<table><tbody><tr><td rowspan=\"2\">Time</td><td>Alone: " + text + "</td></tr><tr><td>Together: " + text + "</td></tr></tbody></table>\n\n"
	}
	document, why := guessed(t, "a.md", level("Engineer", "most")+level("Senior Engineer", "half"))
	require.Equal(t, []string{
		"craft/engineer: Ships.", "craft/senior-engineer: Ships.",
		"time/engineer: Alone: most", "time/engineer: Together: most", "time/senior-engineer: Alone: half", "time/senior-engineer: Together: half",
	}, said(document))
	require.Contains(t, why, "its rows are read as part of the page")
	document, _ = guessed(t, "a.md", strings.ReplaceAll(level("Engineer", "most")+level("Senior Engineer", "half"), "<tbody>", "<tr><th>What</th><th>How</th></tr>"))
	require.Len(t, said(document), 6, "a marked header is none of the rows")
}

func TestTextsAroundTheLadderAreKeptOrNamed(t *testing.T) {
	table := "| Skill | L1 | Salary | L2 |\n|---|---|---|---|\n| Craft | Ships small. | 1 | Ships large. |\n"
	document, why := guessed(t, "a.md", "# Bakers\n\nHow we grow.\n\nRead it slowly.\n\n"+table+"\nAsk your manager.\n")
	require.Equal(t, "How we grow. Read it slowly.", document.Summary)
	require.Contains(t, why, "the introduction (line 3 to line 5) is the summary of the ladder")
	require.Contains(t, why, "left out, because it is in no table: Ask your manager. (line 11)")
	require.Contains(t, why, `column 3 ("Salary") is left out`)

	document, why = guessed(t, "a.md", "# Bakers\n\nHow we grow.\n\n## Why\n\nTo bake.\n\n## L1\n### Craft\n- Ships small.\n## L2\n### Craft\n- Ships large.\n## Questions\n\nAsk.\n")
	require.Equal(t, "How we grow. To bake.", document.Summary)
	require.NotContains(t, why, "Why (line 5)")
	require.Contains(t, why, "Questions (line 15)")

	_, why = guessed(t, "a.csv", "Bakers,,\nSkill,L1,L2\nCraft,Ships small.,Ships large.\n")
	require.Contains(t, why, "left out, because it is before the levels: Bakers (line 1)")
	_, why = guessed(t, "a.md", "# B\n\n"+strings.Repeat(strings.Repeat("long ", 2000)+"\n\n", 3)+table)
	require.Contains(t, why, "longer than 20,000 characters and left out")
}

func TestTheSameNameInTwoGroupsOfALevelIsNotMergedUnseen(t *testing.T) {
	file := "# B\n## L1\n### Craft\n#### Quality\n- Bakes well.\n### People\n#### Quality\n- Listens.\n## L2\n### Craft\n#### Quality\n- Bakes better.\n"
	table, err := grid.Read("a.md", []byte(file), grid.Options{})
	require.NoError(t, err)
	_, findings := grid.Convert(table, grid.Guess(table), nil)
	require.ErrorContains(t, findings, "the same competency")
	document, _ := guessed(t, "a.md", "# B\n## L1\n### C++\n- Reads.\n### C#\n- Writes.\n## L2\n### C++\n- Reads more.\n### C#\n- Writes more.\n")
	require.Equal(t, []string{"c-plus-plus", "c-sharp"}, codes(document))
}

func codes(d ladder.Document) []string {
	var out []string
	for _, c := range d.Competencies {
		out = append(out, c.Code)
	}
	return out
}
