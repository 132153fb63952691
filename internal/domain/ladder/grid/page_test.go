package grid_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/domain/ladder/grid"
)

// guessed converts by the guess and shows the reasons.
func guessed(t *testing.T, name, content string) (ladder.Document, string) {
	t.Helper()
	table, err := grid.Read(name, []byte(content), grid.Options{})
	require.NoError(t, err)
	mapping := grid.Guess(table)
	document, findings := grid.Convert(table, mapping, nil)
	require.Empty(t, findings)
	return document, strings.Join(mapping.Reasons, "\n")
}

func TestLevelsAsHeadings(t *testing.T) {
	shapes := map[string]string{
		"sub-headings": "# Our ladder\n\n## L1 Baker\n\n### Dough\n\n- Kneads by hand.\n- Cleans up.\n\n### Oven\n\nBakes one loaf.\n\n" +
			"## L2 Senior baker\n\n### Dough\n\n* Tends the sourdough.\n\n### Oven\n\n1. Bakes a batch.\n",
		"bold paragraphs": "# Our ladder\n\n## L1 Baker\n\n**Dough:**\n\n- Kneads by hand.\n- Cleans up.\n\n**Oven:** Bakes one loaf.\n\n" +
			"## L2 Senior baker\n\n**Dough:** Tends the sourdough.\n\n**Oven** – Bakes a batch.\n",
		"bold points": "# Our ladder\n\n## L1 Baker\n\n* **Dough**\n  * Kneads by hand.\n  * Cleans up.\n* **Oven**: Bakes one loaf.\n\n" +
			"## L2 Senior baker\n\n* **Dough**: Tends the\n  sourdough.\n* **Oven**: Bakes a batch.\n",
		"plain points": "# Our ladder\n\n## L1 Baker\n\n- Dough\n\n  - Kneads by hand.\n  - Cleans up.\n\n- Oven: Bakes one loaf.\n\n" +
			"## L2 Senior baker\n\n- Dough:\n  - [ ] Tends the sourdough.\n- Oven: Bakes a batch.\n",
		"a table for each": "# Our ladder\n\n## L1 Baker\n\n| What | Looks like |\n| --- | --- |\n| Dough | Kneads by hand.<br>Cleans up. |\n| Oven | Bakes one loaf. |\n\n" +
			"## L2 Senior baker\n\n| What | Looks like |\n| --- | --- |\n| Dough | Tends the sourdough. |\n| Oven | Bakes a batch. |\n",
		"levels below": "# Our ladder\n\n## Dough\n\n### L1 Baker\n\n- Kneads by hand.\n- Cleans up.\n\n### L2 Senior baker\n\nTends the sourdough.\n\n" +
			"## Oven\n\n### L1 Baker\n\nBakes one loaf.\n\n### L2 Senior baker\n\nBakes a batch.\n",
		"levels as names": "# Our ladder\n\n## Dough\n\n- **L1 Baker**:\n  - Kneads by hand.\n  - Cleans up.\n- **L2 Senior baker**: Tends the sourdough.\n\n" +
			"## Oven\n\n- **L1 Baker**: Bakes one loaf.\n- **L2 Senior baker**: Bakes a batch.\n",
	}
	for name, content := range shapes {
		t.Run(name, func(t *testing.T) {
			document, _ := guessed(t, "ladder.md", content)
			require.Equal(t, []string{
				"dough/L1: Kneads by hand.", "dough/L1: Cleans up.", "dough/L2: Tends the sourdough.", "oven/L1: Bakes one loaf.", "oven/L2: Bakes a batch.",
			}, said(document))
			require.Equal(t, "Our ladder", document.Name)
			require.Equal(t, []string{"Baker", "Senior baker"}, []string{document.Levels()[0].Title, document.Levels()[1].Title})
		})
	}
}

func TestWhatStandsBesideCompetencies(t *testing.T) {
	document, why := guessed(t, "ladder.md", `---
title: not a heading
---
# Bakers

We bake.

## What we mean

- Dough: everything before the oven.

## All levels

- Dough: washes hands.

## 🥖 IC1

<picture>
  <source srcset="dark.png">
  <img alt="a loaf" src="loaf.png">
</picture>

Learns the trade. <!-- for now -->

- Is on time.

### Craft

#### Dough

Kneads; see [the book](https://book.example/) and [above](#all-levels).
![a picture](x.png)

#### Examples

- Made the rye.

## IC2

### Craft

#### Dough

- Example: Mended the starter.
`+"\n```\noven.on()\n```\n\n## Questions?\n\nAsk.\n")
	require.Equal(t, []string{
		"dough/: washes hands.", "dough/IC1: Kneads; see the book (https://book.example/) and above.", "dough/IC2: Mended the starter. example",
		"expectations/IC1: Is on time.", "craft/IC1: Made the rye. example",
	}, said(document))
	dough := document.Competencies[0]
	require.Equal(t, "level in (IC1, IC2)", dough.Descriptors[0].At.Levels)
	require.Equal(t, "everything before the oven.", dough.Description)
	require.Equal(t, "Learns the trade.", document.Levels()[0].Summary)
	require.Contains(t, why, "a block of code (line 47)")
	require.Contains(t, why, "Questions? (line 50)")
}

func TestAnIndexIsLeftOut(t *testing.T) {
	content := "# Bakers\n\n| Level | Post |\n| --- | --- |\n| L1 | [Baker](#l1-baker) |\n| L2 | [Senior baker](#l2-senior-baker) |\n\n" +
		"## L1 Baker\n\n- **Dough**: Kneads by hand.\n\n## L2 Senior baker\n\n- **Dough**: Tends the sourdough.\n"
	document, why := guessed(t, "bakers.md", content)
	require.Equal(t, []string{"dough/L1: Kneads by hand.", "dough/L2: Tends the sourdough."}, said(document))
	require.Contains(t, why, "table 1 (line 3): its cells are names, not sentences")

	table, err := grid.Read("bakers.md", []byte(content), grid.Options{})
	require.NoError(t, err)
	mapping := grid.Guess(table)
	mapping.Tables[0].Skip, mapping.Tables[1].Skip = false, true
	other, findings := grid.Convert(table, mapping, nil)
	require.Empty(t, findings)
	require.Equal(t, "post", other.Competencies[0].Code, "a person may want the table all the same")
}

func TestPageAndTableOfTheSameLadder(t *testing.T) {
	page := "# Bakers\n\n## L1\n\n- **Dough**: Kneads it all by hand.\n- **Oven**: Bakes one good loaf.\n\n## L2\n\n- **Dough**: Tends the old sourdough.\n\n"
	managers := "## Leading\n\n| Skill | M1 | M2 |\n| --- | --- | --- |\n| Dough | Plans the dough of a shop. | Plans it for the town. |\n"
	document, _ := guessed(t, "bakers.md", page+managers)
	require.Len(t, document.Levels(), 4)
	require.Contains(t, said(document), "dough/M2: Plans it for the town.")

	again := "## All at once\n\n| Skill | L1 | L2 |\n| --- | --- | --- |\n| Dough | Kneads it by hand. | Tends it well. |\n"
	document, why := guessed(t, "bakers.md", page+again)
	require.Len(t, said(document), 3)
	require.Contains(t, why, "the headings have 3 cells with a sentence, the tables 2: the headings are read, the tables left out")
}

func TestOneRoleInAFile(t *testing.T) {
	document, why := guessed(t, "baker.md", "# Senior Baker Engineer\n\nBakes.\n\n## Dough\n\n- Kneads.\n\n## Oven\n\n- Bakes.\n")
	require.Equal(t, []string{"dough/senior-baker-engineer: Kneads.", "oven/senior-baker-engineer: Bakes."}, said(document))
	require.Contains(t, why, "its title is the only level")
}

func TestFindingsPointIntoThePage(t *testing.T) {
	long := strings.Repeat("kneads ", 300)
	table, err := grid.Read("a.md", []byte("# B\n\n## L1\n\n- **Dough**: fine\n- **Dough**: also\n  - "+long+"\n\n## L2\n\n- **Dough**: x\n"), grid.Options{})
	require.NoError(t, err)
	_, findings := grid.Convert(table, grid.Guess(table), nil)
	require.ErrorContains(t, findings, "a.md:7:5: a sentence has more than 2,000 characters")

	_, err = grid.Read("a.md", []byte("## L1\n\n- **Dough**: fine\n- **Oven**: ba\u200bkes\n\n## L2\n\n- **Dough**: <script>x</script>\n"), grid.Options{})
	require.ErrorContains(t, err, "a.md:4:3: the text has an invisible character")
	require.ErrorContains(t, err, "a.md:8:3: the text has HTML (<script>)")
}

// A ladder is the same as a table and as a page, whichever side the headings are on.
func TestPagesAreTables(t *testing.T) {
	word := rapid.SampledFrom([]string{"writes", "reads", "a #b", "'quoted'", "{y}", "ü", "5 & 3", "(so)"})
	rapid.Check(t, func(t *rapid.T) {
		levels, skills := rapid.IntRange(2, 4).Draw(t, "levels"), rapid.IntRange(2, 4).Draw(t, "skills")
		cells := make([][][]string, skills)
		for s := range cells {
			cells[s] = make([][]string, levels)
			for l := range cells[s] {
				for range rapid.IntRange(1, 3).Draw(t, "points") {
					cells[s][l] = append(cells[s][l], strings.Join(rapid.SliceOfN(word, 1, 4).Draw(t, "words"), " "))
				}
			}
		}
		wanted := converts(t, asTable(cells))
		require.Equal(t, wanted, converts(t, asPage(cells, "### Skill %s\n\n", "")))
		require.Equal(t, wanted, converts(t, asPage(cells, "**Skill %s:**\n\n", "")))
		require.Equal(t, wanted, converts(t, asPage(cells, "- **Skill %s**\n", "  ")))
		require.Equal(t, wanted, converts(t, asTurnedPage(cells)))
	})
}

func converts(t *rapid.T, content string) ladder.Document {
	table, err := grid.Read("x.md", []byte(content), grid.Options{})
	require.NoError(t, err)
	document, findings := grid.Convert(table, grid.Guess(table), nil)
	require.Empty(t, findings, content)
	return document
}

func letter(n int) string { return string(rune('A' + n)) }

func asTable(cells [][][]string) string {
	out := "# Ladder\n\n| Skill |"
	for l := range cells[0] {
		out += fmt.Sprintf(" L%d |", l+1)
	}
	out += "\n|" + strings.Repeat(" --- |", len(cells[0])+1)
	for s, row := range cells {
		out += "\n| Skill " + letter(s) + " |"
		for _, points := range row {
			out += " " + strings.Join(points, "<br>") + " |"
		}
	}
	return out + "\n"
}

func asPage(cells [][][]string, name, indent string) string {
	out := "# Ladder\n\n"
	for l := range cells[0] {
		out += fmt.Sprintf("## L%d\n\n", l+1)
		for s := range cells {
			out += fmt.Sprintf(name, letter(s)) + indent + "- " + strings.Join(cells[s][l], "\n"+indent+"- ") + "\n\n"
		}
	}
	return out
}

func asTurnedPage(cells [][][]string) string {
	out := "# Ladder\n\n"
	for s := range cells {
		out += "## Skill " + letter(s) + "\n\n"
		for l, points := range cells[s] {
			out += fmt.Sprintf("### L%d\n\n- %s\n\n", l+1, strings.Join(points, "\n- "))
		}
	}
	return out
}
