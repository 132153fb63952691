package grid_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/domain/ladder/grid"
)

func converted(t *testing.T, name, content string) ladder.Document {
	t.Helper()
	table, err := grid.Read(name, []byte(content), grid.Options{})
	require.NoError(t, err)
	document, findings := grid.Convert(table, grid.Guess(table), nil)
	require.Empty(t, findings)
	return document
}

// said is "competency/level: text" of every sentence.
func said(d ladder.Document) []string {
	var out []string
	for _, entry := range d.Competencies {
		for _, descriptor := range entry.Descriptors {
			for _, c := range descriptor.Criteria {
				out = append(out, strings.TrimSpace(fmt.Sprintf("%s/%s: %s %s", entry.Code, descriptor.At.Level, c.Text, c.Kind)))
			}
		}
	}
	return out
}

const semicolons = "Area;Skill;IC1;IC2;M1\nCraft;Testing;Writes tests.;\"- Writes tests for others.\n- Example: Found the race in checkout.\";\n;Design;Designs a change.;Designs a service.;Keeps designs short.\nPeople;Mentoring;;Helps one colleague.;Note: Meets weekly.\n"

var wanted = []string{
	"testing/IC1: Writes tests.", "testing/IC2: Writes tests for others.", "testing/IC2: Found the race in checkout. example",
	"design/IC1: Designs a change.", "design/IC2: Designs a service.", "design/M1: Keeps designs short.",
	"mentoring/IC2: Helps one colleague.", "mentoring/M1: Meets weekly. note",
}

func TestACSVWithCategories(t *testing.T) {
	document := converted(t, "skills.csv", semicolons)
	require.Equal(t, wanted, said(document))
	require.Equal(t, "skills", document.Framework)
	require.Equal(t, []ladder.Category{{Code: "craft", Name: "Craft"}, {Code: "people", Name: "People"}}, document.Categories)
	require.Equal(t, "craft", document.Competencies[1].Category, "a category counts for the rows below")
	require.Len(t, document.Tracks, 2)
	require.Equal(t, ladder.Management, document.Tracks[1].Kind)
}

func TestUTF16AndWorkbook(t *testing.T) {
	var wide bytes.Buffer
	wide.Write([]byte{0xff, 0xfe})
	for _, unit := range utf16.Encode([]rune(semicolons)) {
		wide.Write([]byte{byte(unit), byte(unit >> 8)})
	}
	require.Equal(t, wanted, said(converted(t, "skills.csv", wide.String())))

	book := excelize.NewFile()
	for r, row := range [][]string{
		{"Area", "Skill", "IC1", "IC2", "M1"},
		{"Craft", "Testing", "Writes tests.", "- Writes tests for others.\n- Example: Found the race in checkout.", ""},
		{"", "Design", "Designs a change.", "Designs a service.", "Keeps designs short."},
		{"People", "Mentoring", "", "Helps one colleague.", "Note: Meets weekly."},
	} {
		for c, text := range row {
			at, err := excelize.CoordinatesToCellName(c+1, r+1)
			require.NoError(t, err)
			require.NoError(t, book.SetCellValue("Sheet1", at, text))
		}
	}
	var content bytes.Buffer
	require.NoError(t, book.Write(&content))
	require.Equal(t, wanted, said(converted(t, "skills.xlsx", content.String())))
}

func TestLevelsDown(t *testing.T) {
	document := converted(t, "matrix.csv", "Level,Delivery,Communication\nSenior,Delivers projects.,Writes proposals.\nMid,Delivers features.,Says early what is late.\nJunior,Delivers tasks.,Asks.\n")
	require.Equal(t, []string{"delivery", "communication"}, []string{document.Competencies[0].Code, document.Competencies[1].Code})
	levels := document.Levels()
	require.Len(t, levels, 3)
	require.Contains(t, strings.ToLower(levels[0].Title+levels[0].Code), "junior", "the lowest first")
}

func TestTablesOfMarkdownAreCategories(t *testing.T) {
	document := converted(t, "ladder.md", "# Our ladder\n\n## Craft\n\n| Skill | L1 | L2 |\n| --- | --- | --- |\n| Testing | Writes tests.<br>Repairs them. | Teaches testing. |\n\n## People\n\n| Skill | L1 | L2 |\n| --- | --- | --- |\n| Mentoring | Asks. | Answers; prepares others. |\n")
	require.Equal(t, "Our ladder", document.Name)
	require.Equal(t, []string{
		"testing/L1: Writes tests.", "testing/L1: Repairs them.", "testing/L2: Teaches testing.", "mentoring/L1: Asks.", "mentoring/L2: Answers", "mentoring/L2: prepares others.",
	}, said(document))
	require.Equal(t, []string{"craft", "people"}, []string{document.Competencies[0].Category, document.Competencies[1].Category})
}

func TestUidsStayWithTheirSentences(t *testing.T) {
	before := converted(t, "skills.csv", "Skill,L1,L2\nTesting,\"Writes tests for every change.\nRepairs broken tests the same day.\",Teaches.\n")
	table, err := grid.Read("skills.csv", []byte("Skill,L1,L2\nTesting,\"Measures coverage where it matters.\nRepairs broken tests on the same day.\nWrites tests for every change.\",Teaches.\n"), grid.Options{})
	require.NoError(t, err)
	after, findings := grid.Convert(table, grid.Guess(table).Continue(before), &before)
	require.Empty(t, findings)
	require.Equal(t, "1.1.0", after.Version)
	old, now := before.Competencies[0].Descriptors[0].Criteria, after.Competencies[0].Descriptors[0].Criteria
	require.Equal(t, old[1].UID, now[1].UID, "reworded")
	require.Equal(t, old[0].UID, now[2].UID, "moved")
	require.NotContains(t, []string{old[0].UID, old[1].UID}, now[0].UID, "new")
}

func TestBadTables(t *testing.T) {
	long := strings.Repeat("x", 10<<20)
	tests := map[string]struct{ name, content, want string }{
		"empty":             {"a.csv", "", "a.csv:1:1:"},
		"binary":            {"a.csv", "\x00\x01\x02\x03", "a.csv:1:1:"},
		"no level":          {"a.csv", "Skill,About,Remark\nTesting,x,y\n", "no level was found"},
		"level twice":       {"a.csv", "Skill,IC1,IC1\nTesting,Writes.,Reads.\n", "IC1"},
		"competency twice":  {"a.csv", "Skill,IC1,IC2\nTesting,Writes.,Reads.\ntesting,Runs.,Plans.\n", `a.csv:3:1: "Testing" and "testing" are the same competency`},
		"script":            {"a.md", "| Skill | L1 | L2 |\n| --- | --- | --- |\n| Testing | <script>alert(1)</script> | b |\n", "HTML"},
		"zero width":        {"a.csv", "Skill,IC1,IC2\nTesting,Wri\u200btes.,b\n", "U+200B"},
		"bidi":              {"a.csv", "Skill,IC1,IC2\nTesting,Wri\u202etes.,b\n", "U+202E"},
		"huge cell":         {"a.csv", "Skill,IC1,IC2\nTesting," + long + ",b\n", "a.csv:"},
		"ragged":            {"a.csv", "Skill,IC1,IC2\nOne,a,b\nTwo,c,d\nThree,a,b,c,d\n", "a.csv:4"},
		"no table":          {"a.md", "# Only words\n\nNothing here.\n", "a.md:"},
		"broken workbook":   {"a.xlsx", "PK\x03\x04 not really", "a.xlsx:"},
		"unknown extension": {"a.pdf", "%PDF-1.7", "a.pdf:"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			table, err := grid.Read(test.name, []byte(test.content), grid.Options{})
			if err == nil {
				_, findings := grid.Convert(table, grid.Guess(table), nil)
				require.NotEmpty(t, findings)
				err = findings
			}
			require.ErrorContains(t, err, test.want)
			require.Less(t, len(err.Error()), 20_000)
		})
	}
}

func TestWhatIsConvertedIsReadAgain(t *testing.T) {
	word := rapid.SampledFrom([]string{"writes", "reads", "tests: all", "a #b", "'quoted'", "- dash", "[x]", "{y}", "5 > 3", "ü", "x; y"})
	rapid.Check(t, func(t *rapid.T) {
		var csv strings.Builder
		levels := rapid.IntRange(2, 5).Draw(t, "levels")
		csv.WriteString("Skill")
		for l := range levels {
			fmt.Fprintf(&csv, ",L%d", l+1)
		}
		for r := range rapid.IntRange(1, 6).Draw(t, "rows") {
			fmt.Fprintf(&csv, "\nSkill %d", r)
			for range levels {
				text := strings.Join(rapid.SliceOfN(word, 1, 4).Draw(t, "words"), " ")
				fmt.Fprintf(&csv, `,"%s"`, text)
			}
		}
		table, err := grid.Read("x.csv", []byte(csv.String()+"\n"), grid.Options{})
		require.NoError(t, err)
		document, findings := grid.Convert(table, grid.Guess(table), nil)
		require.Empty(t, findings)
		content, err := ladder.Export(document)
		require.NoError(t, err)
		again, err := ladder.Parse("x.yaml", content)
		require.NoError(t, err)
		require.Equal(t, document, again.Document)
	})
}

func FuzzFiles(f *testing.F) {
	f.Add("a.md", []byte("# L1\n- a\n"), "L2.csv", []byte("a,b\n"), "", "L1")
	f.Add("a.md", []byte("# T\n## L1\n- a\n## L2\n- a\n"), "b.html", []byte("<h1>L1</h1><ul><li>a"), "Rookie", "")
	f.Fuzz(func(t *testing.T, one string, first []byte, two string, second []byte, level, levels string) {
		options := grid.Options{}
		if levels != "" {
			options.Levels = []string{levels}
		}
		table, err := grid.ReadAll([]grid.Input{{Name: one, Content: first, Level: level}, {Name: two, Content: second}}, options)
		if err != nil {
			require.NotEmpty(t, err.Error())
			return
		}
		_, findings := grid.Convert(table, grid.Guess(table), nil)
		for _, f := range findings {
			require.Positive(t, f.Line)
		}
	})
}

func FuzzGrid(f *testing.F) {
	f.Add("a.csv", []byte(semicolons))
	f.Add("a.md", []byte("# T\n\n| Skill | L1 |\n| --- | --- |\n| a | b<br>c |\n"))
	f.Add("a.md", []byte("---\nx: y\n---\n# T\n\n## All levels\n\nAll.\n\n## L1\n\n- **a**: b\n  - c\n\n<img>\n\n## L2\n\n**a**\n\n1. d\n\n| e | f |\n| - | - |\n| g | h |\n"))
	f.Add("a.md", []byte("## a\n\n### L1\n\nb\n\n### L2\n\nc\n\n<table>\n\n<tr><td rowspan=2>d<td>L1\n\n</table>\n"))
	f.Add("a.html", []byte("<h2>L1</h2><ul><li><b>a</b>: b<ul><li>c</ul></ul><h2>L2</h2><dl><dt>a<dd>d</dl>"))
	f.Add("a.html", []byte("<table><caption>x</caption><tr><th rowspan=2>L1<th colspan=3>a<tr><td>b<tr><td><a href=\"c\">d</a></table>"))
	f.Fuzz(func(t *testing.T, name string, content []byte) {
		table, err := grid.Read(name, content, grid.Options{})
		if err != nil {
			require.NotEmpty(t, err.Error())
			return
		}
		document, findings := grid.Convert(table, grid.Guess(table), nil)
		if len(findings) == 0 {
			_, err := ladder.Export(document)
			require.NoError(t, err)
		}
	})
}
