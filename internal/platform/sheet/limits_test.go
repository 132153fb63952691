package sheet_test

import (
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/internal/platform/sheet"
)

const tableHead = `<row r="1"><c t="inlineStr"><is><t>id</t></is></c><c t="inlineStr"><is><t>name</t></is></c><c t="inlineStr"><is><t>email</t></is></c></row>`

// mixed is a text that does not pack a hundred times tighter.
func mixed(size int) string {
	var out strings.Builder
	for i := 0; out.Len() < size; i++ {
		fmt.Fprintf(&out, "%x", i*2654435761)
	}
	return out.String()
}

func manyTexts(size int) string {
	var out strings.Builder
	for i := 0; out.Len() < size; i++ {
		fmt.Fprintf(&out, "<si><t>%x%s</t></si>", i*2654435761, strings.Repeat("a", 250))
	}
	return out.String()
}

func TestAWorkbookBeyondALimitIsRefusedBeforeItFillsTheMemory(t *testing.T) {
	for name, c := range map[string]struct {
		rows string
		more func(p parts)
		want sheet.Refusal
	}{
		"a sheet that packs a thousand to one": {rows: `<row><c><v>` + strings.Repeat(" ", 200<<20) + `</v></c></row>`, want: sheet.ErrInflated},
		"texts that pack a thousand to one": {more: func(p parts) {
			p["xl/sharedStrings.xml"] = "<sst>" + strings.Repeat("<si><t>a</t></si>", 2<<20) + "</sst>"
		}, want: sheet.ErrInflated},
		"styles of 20 MB": {more: func(p parts) { p["xl/styles.xml"] = "<styleSheet><!--" + mixed(20<<20) + "--></styleSheet>" }, want: sheet.ErrPart},
		"texts of 130 MB": {more: func(p parts) {
			p["xl/sharedStrings.xml"] = "<sst>" + manyTexts(130<<20) + "</sst>"
		}, want: sheet.ErrStrings},
		"a shared text of 20 MB":                {more: func(p parts) { p["xl/sharedStrings.xml"] = "<sst><si><t>" + mixed(20<<20) + "</t></si></sst>" }, want: sheet.ErrLongRow},
		"a row of 20 MB":                        {rows: `<row><c t="inlineStr"><is><t>` + mixed(20<<20) + `</t></is></c></row>`, want: sheet.ErrLongRow},
		"a long cell":                           {rows: `<row><c t="inlineStr"><is><t>` + mixed(32_768) + `</t></is></c></row>`, want: sheet.ErrLongCell},
		"a long shared text":                    {more: func(p parts) { p["xl/sharedStrings.xml"] = "<sst><si><r><t>" + mixed(32_768) + "</t></r></si></sst>" }, want: sheet.ErrLongCell},
		"a cell in the last column":             {rows: `<row r="2"><c r="XFD2"><v>1</v></c></row>`, want: sheet.ErrFarCell},
		"a cell below the last row":             {rows: `<row r="1048577"><c><v>1</v></c></row>`, want: sheet.ErrManyRows},
		"a number of a shared text that is not": {rows: `<row r="2"><c t="s"><v>5</v></c></row>`, want: sheet.ErrBrokenWorkbook},
	} {
		t.Run(name, func(t *testing.T) {
			p := workbookOf(tableHead + c.rows)
			if c.more != nil {
				c.more(p)
			}
			content := p.packed(t)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			reader, err := sheet.Open(bytes.NewReader(content), "p.xlsx", sheet.People)
			if err == nil {
				rowsOf(reader)
				last := reader.Issues()[len(reader.Issues())-1]
				require.Contains(t, string(c.want), last.Fix)
				require.Contains(t, string(c.want), last.Message[strings.LastIndex(": "+last.Message, ": "):])
				require.NoError(t, reader.Close())
			} else {
				require.ErrorIs(t, err, c.want)
			}
			runtime.ReadMemStats(&after)
			require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(160<<20))
		})
	}
}

func TestOneCellInTheLastRowIsOneRow(t *testing.T) {
	rows, _ := read(t, workbookOf(tableHead+`<row r="1048576"><c><v>1</v></c><c><v>2</v></c><c r="C1048576" t="inlineStr"><is><t>a@x.example</t></is></c></row>`).packed(t), sheet.People)
	require.Len(t, rows, 1)
	require.Equal(t, []any{1_048_576, "1"}, []any{rows[0].Line, rows[0].Text("employee_id")})
}

func TestManyEmptyRowsAndFarEmptyCellsCostNothing(t *testing.T) {
	rows, _ := read(t, workbookOf(tableHead+strings.Repeat(`<row><c r="XFD1" s="1"/></row>`, 1000)+
		`<row r="2000"><c r="A2000"><v>1</v></c></row>`).packed(t), sheet.People)
	require.Len(t, rows, 1)
	require.Equal(t, 2000, rows[0].Line)
}

func TestTextsOfAWorkbookAreReadWhole(t *testing.T) {
	p := workbookOf(tableHead + `<row r="2"><c t="s"><v>1</v></c><c t="s"><v>0</v></c><c t="str"><f>A1</f><v>a@x.example</v></c></row>`)
	p["xl/sharedStrings.xml"] = `<sst xmlns="` + namespace + `"><si><r><t>Ada </t></r><r><rPr><b/></rPr><t xml:space="preserve">B_x0041_</t></r><rPh><t>no</t></rPh></si><si><t>é7</t></si></sst>`
	rows, issues := read(t, p.packed(t), sheet.People)
	require.Equal(t, []string{"é7", "Ada BA", "a@x.example"}, []string{rows[0].Text("employee_id"), rows[0].Text("full_name"), rows[0].Text("email")})
	require.Equal(t, []string{"W120@2:3"}, issues)
}
