package grid_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/domain/ladder/grid"
)

var baked = []string{"dough/L1: Kneads by hand.", "dough/L1: Cleans up.", "dough/L2: Tends the sourdough.", "oven/L1: Bakes one loaf.", "oven/L2: Bakes a batch."}

func TestTablesOfHTML(t *testing.T) {
	shapes := map[string]string{
		"plain": `<!doctype html><html><head><title>x</title><style>td { color: red }</style><script>var a = "<table>"</script></head><body>
			<h1>Bakers</h1><table><colgroup><col/></colgroup><tbody><tr><th>Skill</th><th><p>L1</p></th><th>L2</th></tr>
			<tr><td>Dough</td><td><ul><li>Kneads by hand.</li><li>Cleans up.</li></ul></td><td>Tends the <b>sourdough</b>.</td></tr>
			<tr><td>Oven</td><td>Bakes&nbsp;one loaf.</td><td><div>Bakes a batch.</div></td></tr></tbody></table></body></html>`,
		"tags left open": `<table><tr><th>Skill<th>L1<th>L2<tr><td>Dough<td>Kneads by hand.<br>Cleans up.<td>Tends the sourdough.<tr><td>Oven<td>Bakes one loaf.<td>Bakes a batch.</table>`,
		"a spreadsheet": `<table><thead><tr><th></th><th>A</th><th>B</th><th>C</th></tr></thead><tbody>
			<tr><th>1</th><td>Skill</td><td>L1</td><td>L2</td></tr>
			<tr><th>2</th><td>Dough</td><td>Kneads by hand.<br>Cleans up.</td><td>Tends the sourdough.</td></tr>
			<tr><th>3</th><td>Oven</td><td>Bakes one loaf.</td><td>Bakes a batch.</td></tr></tbody></table>`,
		"levels down, three rows each": `<table><tr><th>Level</th><th>Dough</th><th>Oven</th></tr>
			<tr><th rowspan="3"><abbr title="Level">L</abbr>1</th></tr><tr><td colspan="2">Learns the trade.</td></tr><tr><td>Kneads by hand.<br>Cleans up.</td><td>Bakes one loaf.</td></tr>
			<tr><th rowspan="2">L2</th><td colspan="2">Runs the shop.</td></tr><tr><td>Tends the sourdough.</td><td>Bakes a batch.</td></tr></table>`,
		"a page": `<h1>Bakers</h1><nav><h2>L9</h2><p>Elsewhere.</p></nav><h2>L1</h2><h3>Dough</h3><ul><li>Kneads by hand.</li></ul><ul><li><p>Cleans up.</p></li></ul>
			<h3>Oven</h3><p>Bakes one loaf.</p><h2>L2</h2><dl><dt>Dough</dt><dd>Tends the sourdough.</dd></dl><p><strong>Oven:</strong> Bakes a batch.</p>`,
	}
	for name, content := range shapes {
		t.Run(name, func(t *testing.T) {
			document, _ := guessed(t, "ladder.html", content)
			require.Equal(t, baked, said(document))
		})
	}
}

func TestCellsThatReachFurther(t *testing.T) {
	document, _ := guessed(t, "a.html", `<table><tr><th>Area</th><th>Skill</th><th>L1</th><th>L2</th></tr>
<tr><td rowspan="2">Craft</td><td>Dough</td><td colspan="2">Washes hands.</td></tr><tr><td>Oven</td><td>Bakes a loaf.</td><td>Bakes a batch.</td></tr></table>`)
	require.Equal(t, []string{"dough/L1: Washes hands.", "dough/L2: Washes hands.", "oven/L1: Bakes a loaf.", "oven/L2: Bakes a batch."}, said(document))
	require.Equal(t, []ladder.Category{{Code: "craft", Name: "Craft"}}, document.Categories)

	document, why := guessed(t, "a.html", `<table><tr><th></th><th>L1</th><th>L2</th></tr><tr><td colspan="3"><b>Craft</b></td></tr><tr><td>Dough</td><td>Kneads.</td><td>Plans.</td></tr></table>`)
	require.Equal(t, "craft", document.Competencies[0].Category)
	require.Contains(t, why, `row "Craft" is read as category`)
}

func TestHTMLInMarkdown(t *testing.T) {
	document, _ := guessed(t, "a.md", "# Bakers\n\n<style>\n td { color: red }\n</style>\n\n<table>\n\n  <tr><th>Skill</th><th>L1</th><th>L2</th></tr>\n\n"+
		"    <tr><td>Dough</td><td><ul><li>Kneads by hand.</li><li>Cleans up.</li></ul></td><td>Tends the sourdough.</td></tr>\n\n"+
		"<tr><td>Oven</td><td>Bakes one loaf.</td><td>Bakes a batch.</td></tr></table>\n")
	require.Equal(t, baked, said(document))
	document, _ = guessed(t, "a.md", "| Skill | L1 | L2 |\n| --- | --- | --- |\n| Dough | <ul><li>Kneads by hand.</li><li>Cleans up.</li></ul> | Tends the <b>sourdough</b>. |\n"+
		"| Oven | Bakes <a href=\"#x\">one</a> loaf. | ![](x.png) Bakes a batch. |\n")
	require.Equal(t, baked, said(document))
}

func TestBadHTML(t *testing.T) {
	tests := map[string]struct{ content, want string }{
		"nested":         {"<table>\n<tr><td>a</td><td>\n<table><tr><td>b</td></tr></table></td></tr></table>", "a.html:3:1: a table is inside another one"},
		"open element":   {"<h2>L1</h2>\n<svg>\n<h2>L2</h2>", "a.html:2:1: the <svg> that starts here has no end"},
		"not UTF-8":      {"<p>\xff</p>", "not UTF-8"},
		"no ladder":      {"<p>Hello</p>", "neither a table nor headings"},
		"too wide":       {"<table><tr><td colspan=9999>L1</td><td>L2</td></tr><tr><td colspan=9999>x</td></tr></table>", "more than 600 columns"},
		"too long":       {"<table>" + strings.Repeat("<tr><td>a<td>b", 700) + "</table>", "more than 600 rows"},
		"a script to go": {"<table><tr><th>Skill<th>L1<th>L2<tr><td>Dough<td><a href='javascript:x()'>Kneads.</a><td>b</table>", "a link that runs a script"},
		"unseen":         {"<table><tr><th>Skill<th>L1<th>L2\n<tr><td>Dough<td>Kn&#8203;eads.<td>b</table>", "a.html:2:2: the text has an invisible character"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := grid.Read("a.html", []byte(test.content), grid.Options{})
			require.ErrorContains(t, err, test.want)
		})
	}
}
