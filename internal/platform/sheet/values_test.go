package sheet_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"html"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/internal/platform/sheet"
)

// parts are the parts of a workbook, for tests that need it to the byte.
type parts map[string]string

const (
	namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	relation  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
)

func workbookOf(rows string) parts {
	related := `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>`
	one := `<Relationship Id="r%d" Type="` + relation + `/%s" Target="%s"/>`
	return parts{
		"_rels/.rels":              fmt.Sprintf(related, fmt.Sprintf(one, 1, "officeDocument", "xl/workbook.xml")),
		"xl/workbook.xml":          `<workbook xmlns="` + namespace + `" xmlns:r="` + relation + `"><workbookPr/><sheets><sheet name="Pay" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/worksheets/sheet1.xml": `<worksheet xmlns="` + namespace + `"><sheetData>` + rows + `</sheetData></worksheet>`,
		"xl/_rels/workbook.xml.rels": fmt.Sprintf(related, fmt.Sprintf(one, 1, "worksheet", "worksheets/sheet1.xml")+
			fmt.Sprintf(one, 2, "styles", "styles.xml")+fmt.Sprintf(one, 3, "sharedStrings", "sharedStrings.xml")),
		"xl/sharedStrings.xml": `<sst xmlns="` + namespace + `"/>`,
		"xl/styles.xml":        `<styleSheet xmlns="` + namespace + `"/>`,
	}
}

func (p parts) packed(t testing.TB) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, content := range p {
		part, err := w.Create(name)
		require.NoError(t, err)
		_, err = part.Write([]byte(content))
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return out.Bytes()
}

// shown is a number with the format that shows it: a code, or the number of a
// built-in one.
type shown struct {
	value  string
	format any
}

// withFormats makes a workbook of which each cell is a text, a number, raw XML or
// a number with a format.
func withFormats(t testing.TB, change func(p parts), rows ...[]any) []byte {
	t.Helper()
	var data, own, styles strings.Builder
	count := 1
	for i, row := range rows {
		fmt.Fprintf(&data, `<row r="%d">`, i+1)
		for _, c := range row {
			switch c := c.(type) {
			case string:
				fmt.Fprintf(&data, `<c t="inlineStr"><is><t>%s</t></is></c>`, html.EscapeString(c))
			case shown:
				id := c.format
				if code, ok := c.format.(string); ok {
					id = 200 + count
					fmt.Fprintf(&own, `<numFmt numFmtId="%d" formatCode="%s"/>`, id, html.EscapeString(code))
				}
				fmt.Fprintf(&styles, `<xf numFmtId="%d" applyNumberFormat="1"/>`, id)
				fmt.Fprintf(&data, `<c s="%d"><v>%s</v></c>`, count, c.value)
				count++
			case []byte:
				data.Write(c)
			default:
				fmt.Fprintf(&data, `<c><v>%v</v></c>`, c)
			}
		}
		data.WriteString(`</row>`)
	}
	p := workbookOf(data.String())
	p["xl/styles.xml"] = fmt.Sprintf(`<styleSheet xmlns="%s"><numFmts>%s</numFmts><fonts><font/></fonts><fills><fill/></fills>`+
		`<borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf/>%s</cellXfs></styleSheet>`, namespace, own.String(), styles.String())
	if change != nil {
		change(p)
	}
	return p.packed(t)
}

func read(t *testing.T, content []byte, spec sheet.Spec) (rows []sheet.Row, issues []string) {
	t.Helper()
	reader, err := sheet.Open(bytes.NewReader(content), "p.xlsx", spec)
	require.NoError(t, err)
	rows = rowsOf(reader)
	require.NoError(t, reader.Close())
	return rows, codesOf(reader.Issues())
}

var payHeader = []any{"employee_id", "amount", "currency", "effective_date"}

func TestAnAmountOfAWorkbookIsWhatTheCellHolds(t *testing.T) {
	for _, c := range []struct {
		cell   any
		want   int64
		warned bool
	}{
		{85000.49, 8500049, false},
		{shown{"85000.49", "#,##0"}, 8500049, false},
		{shown{"85499.75", "0"}, 8549975, false},
		{shown{"72500.5", `#,##0 "EUR"`}, 7250050, false},
		{shown{"72500.5", 3}, 7250050, false},
		{shown{"72500.5", 39}, 7250050, false},
		{shown{"85499", `0,`}, 8549900, true},
		{shown{"85499", `0.0,"k"`}, 8549900, true},
		{shown{"85499", `[>=1000]0.0,"k";0`}, 8549900, true},
		{shown{"85499.5", `_-* #,##0.00\ [$€-407]_-;\-* #,##0.00\ [$€-407]_-;_-* "-"??\ [$€-407]_-;_-@_-`}, 8549950, false},
		{shown{"85499", `;;;`}, 8549900, true},
		{shown{"85499", `"-"0`}, 8549900, true},
		{shown{"85499", `0.00E+00`}, 8549900, false},
		{shown{"85499", 11}, 8549900, false},
		{shown{"87550.103000000003", "0.000"}, -1, false},
		{shown{"85000.200000000012", "0.00"}, 8500020, false},
		{shown{"8.5E4", "0.00"}, 8500000, false},
		{"85.000,49", 8500049, false},
	} {
		rows, issues := read(t, withFormats(t, nil, payHeader, []any{"1", c.cell, "EUR", "2026-01-01"}), sheet.Pay)
		got, ok := rows[0].Amount("amount", "EUR")
		require.Equal(t, c.want >= 0, ok, "%v", c.cell)
		if ok {
			require.Equal(t, c.want, got.Minor, "%v", c.cell)
		}
		if c.warned {
			require.Equal(t, []string{"W122@2:2"}, issues, "%v", c.cell)
		} else {
			require.Empty(t, issues, "%v", c.cell)
		}
	}
}

func TestAHiddenMinusIsWarnedOf(t *testing.T) {
	for _, format := range []string{"0;0", `0;"+"0`} {
		_, issues := read(t, withFormats(t, nil, payHeader, []any{"1", shown{"-5", format}, "EUR", "2026-01-01"}), sheet.Pay)
		require.Equal(t, []string{"W122@2:2"}, issues, format)
	}
	for _, format := range []string{"0;(0)", "0", "0;[Red]-0"} {
		_, issues := read(t, withFormats(t, nil, payHeader, []any{"1", shown{"-5", format}, "EUR", "2026-01-01"}), sheet.Pay)
		require.Empty(t, issues, format)
	}
}

func TestTheCurrencyOfANumberFormatCounts(t *testing.T) {
	reader, err := sheet.Open(bytes.NewReader(withFormats(t, nil, payHeader,
		[]any{"1", shown{"72500.5", `#,##0 "USD"`}, "EUR", "2026-01-01"})), "p.xlsx", sheet.Pay)
	require.NoError(t, err)
	rows := rowsOf(reader)
	_, ok := rows[0].Amount("amount", "EUR")
	require.False(t, ok)
	require.Equal(t, []string{"E005@2:2"}, codesOf(reader.Issues()))
	require.NoError(t, reader.Close())
}

func TestADateIsADateHoweverItIsShown(t *testing.T) {
	formats := []any{
		"d-mmm-yy", "mmm-yy", "dd.mm.yy", "dd.mm.yyyy", "dd/mm/yyyy", "mm/dd/yyyy", "yyyy-mm-dd;@", "yyyy", "[$-407]d. mmmm yyyy;@", "[$-407]TT.MM.JJJJ",
		"[$-40C]d mmmm yyyy", "jj/mm/aaaa", "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "[$-411]ggge\"\u5e74\"m\"\u6708\"d\"\u65e5\";@", "yyyy\"\u5e74\"m\"\u6708\"d\"\u65e5\"", "ge.m.d",
		"ДД.ММ.ГГГГ", "pp.kk.vvvv", "m/d/yy h:mm", "[$-409]m/d/yy\\ h:mm\\ AM/PM;@", "dddd", `"Day "d`, "[Red]d.m.yy", "h:mm:ss", "[h]:mm", "mm:ss.0", "[$-F400]h:mm:ss\\ AM/PM",
	}
	for id := range 82 {
		switch {
		case id >= 14 && id <= 22, id >= 27 && id <= 36, id >= 45 && id <= 47, id >= 50 && id <= 58:
			formats = append(formats, id)
		}
	}
	for _, format := range formats {
		for date1904, value := range map[string]string{"0": "45387.75", "1": "43925", "true": "43925.99999"} {
			rows, issues := read(t, withFormats(t, func(p parts) {
				p["xl/workbook.xml"] = strings.Replace(p["xl/workbook.xml"], "<workbookPr/>", `<workbookPr date1904="`+date1904+`"/>`, 1)
			}, payHeader, []any{"1", 1, "EUR", shown{value, format}}), sheet.Pay)
			require.Empty(t, issues, "%v", format)
			got, ok := rows[0].Date("effective_date")
			require.True(t, ok, "%v", format)
			require.Equal(t, "2024-04-05", got.Format(time.DateOnly), "%v %s", format, date1904)
		}
	}
}

func TestTheFirstDaysOfAWorkbook(t *testing.T) {
	for value, want := range map[string]string{
		"1": "1900-01-01", "59": "1900-02-28", "60": "", "61": "1900-03-01", "2958465": "9999-12-31", "2958466": "", "0.5": "", "-3": "", "1e300": "",
	} {
		rows, _ := read(t, withFormats(t, nil, payHeader, []any{"1", 1, "EUR", shown{value, 14}}), sheet.Pay)
		got, ok := rows[0].Date("effective_date")
		require.Equal(t, want != "", ok, value)
		require.Equal(t, want != "", rows[0].OK(), value)
		if ok {
			require.Equal(t, want, got.Format(time.DateOnly))
		}
	}
}

func TestWhatACellHoldsMustFitItsColumn(t *testing.T) {
	for name, c := range map[string]struct{ amount, day any }{
		"a number for a date":  {1, 45387},
		"a date for a number":  {shown{"45387", "d-mmm-yy"}, "2026-01-01"},
		"a time for a number":  {shown{"0.25", "h:mm"}, "2026-01-01"},
		"an error":             {[]byte(`<c t="e"><f>1/0</f><v>#DIV/0!</v></c>`), "2026-01-01"},
		"a formula never used": {[]byte(`<c><f>1+1</f></c>`), "2026-01-01"},
	} {
		rows, issues := read(t, withFormats(t, nil, payHeader, []any{"1", c.amount, "EUR", c.day}), sheet.Pay)
		require.False(t, rows[0].OK(), name)
		require.Contains(t, strings.Join(issues, " "), "E028@2:", name)
	}
	rows, _ := read(t, withFormats(t, nil, payHeader, []any{"1", 1, "EUR", 20240405}), sheet.Pay)
	got, ok := rows[0].Date("effective_date")
	require.True(t, ok)
	require.Equal(t, "2024-04-05", got.Format(time.DateOnly))
	rows, _ = read(t, withFormats(t, nil, payHeader, []any{"1", 1, "EUR", []byte(`<c t="d"><v>2024-04-05T00:00:00</v></c>`)}), sheet.Pay)
	_, ok = rows[0].Date("effective_date")
	require.True(t, ok)
}

func TestAnIdentifierIsWhatTheCellShows(t *testing.T) {
	for _, c := range []struct {
		cell   any
		want   string
		warned bool
	}{
		{7, "7", false},
		{shown{"7", "0000"}, "0007", false},
		{shown{"7", `"E-"000`}, "E-007", false},
		{shown{"123456789", "000-00-0000"}, "123-45-6789", false},
		{12345678901234567, "12345678901234567", false},
		{shown{"7", "@"}, "7", false},
		{shown{"7", 49}, "7", false},
		{"007", "007", false},
		{shown{"1234567", "0,"}, "1234567", true},
		{shown{"1234567", 11}, "1234567", true},
	} {
		rows, issues := read(t, withFormats(t, nil, payHeader, []any{c.cell, 1, "EUR", "2026-01-01"}), sheet.Pay)
		require.Equal(t, c.want, rows[0].Text("employee_id"), "%v", c.cell)
		require.Equal(t, c.warned, len(issues) > 0, "%v %v", c.cell, issues)
	}
}

func TestAShareOfFullTimeIsAShareInEveryFormat(t *testing.T) {
	for _, header := range []string{"FTE", "FTE %"} {
		for _, cell := range []any{shown{"0.8", "0%"}, shown{"0.8", 10}, shown{"80", `0"%"`}, shown{"80", `0\%`}, "80%", shown{"0.8", "0.0 %"}} {
			rows, issues := read(t, withFormats(t, nil, []any{"employee_id", "amount", "currency", "effective_date", header},
				[]any{"1", 1, "EUR", "2026-01-01", cell}), sheet.Pay)
			got, ok := rows[0].FTE("fte")
			require.True(t, ok, "%v", cell)
			require.EqualValues(t, 800_000, got, "%v", cell)
			require.Empty(t, issues, "%s %v", header, cell)
		}
	}
	rows, _ := read(t, withFormats(t, nil, []any{"employee_id", "amount", "currency", "effective_date", "FTE %"}, []any{"1", 1, "EUR", "2026-01-01", 80}), sheet.Pay)
	got, ok := rows[0].FTE("fte")
	require.True(t, ok)
	require.EqualValues(t, 800_000, got)
}

func TestRowsToMendKeepWhatTheWorkbookHolds(t *testing.T) {
	content := withFormats(t, nil, []any{"employee_id", "amount", "currency", "effective_date", "fte"},
		[]any{shown{"7", "0000"}, shown{"85499.75", "#,##0"}, "XXXX", shown{"45387", "mmm-yy"}, shown{"0.825", "0%"}})
	reader, err := sheet.Open(bytes.NewReader(content), "p.xlsx", sheet.Pay)
	require.NoError(t, err)
	for _, row := range rowsOf(reader) {
		row.Currency("currency", time.Time{})
	}
	var out bytes.Buffer
	require.NoError(t, reader.Mend(bytes.NewReader(content), &out))
	require.NoError(t, reader.Close())
	require.Contains(t, out.String(), "\n0007,85499.75,XXXX,2024-04-05,82.5%,")
}

func FuzzSheet(f *testing.F) {
	f.Add(tableHead+`<row r="2"><c r="A2" s="1"><v>45387.5</v></c><c t="s"><v>0</v></c><c t="e"><v>#N/A</v></c></row>`, "d-mmm-yy", "a")
	f.Add(`<row><c t="inlineStr"><is><r><t>id_x0041_</t></r></is></c><c t="d"><v>2024-04-05</v></c><c t="b"><v>1</v></c></row>`, `[>=1000]0.0,"k";0`, "")
	f.Add(`<row r="1048576"><c r="XFD1"><f>1</f></c></row>`, "[h]:mm", "<si/>")
	f.Fuzz(func(t *testing.T, rows, code, text string) {
		p := workbookOf(rows)
		p["xl/sharedStrings.xml"] = "<sst><si><t>" + text + "</t></si></sst>"
		p["xl/styles.xml"] = `<styleSheet xmlns="` + namespace + `"><numFmts><numFmt numFmtId="200" formatCode="` + html.EscapeString(code) + `"/></numFmts><cellXfs><xf/><xf numFmtId="200"/></cellXfs></styleSheet>`
		reader, err := sheet.Open(bytes.NewReader(p.packed(t)), "f.xlsx", sheet.Pay)
		if err != nil {
			return
		}
		for _, row := range rowsOf(reader) {
			row.Text("employee_id")
			row.Amount("amount", "EUR")
			row.Date("effective_date")
			row.FTE("fte")
		}
		require.NoError(t, reader.Close())
	})
}

func FuzzNumberFormat(f *testing.F) {
	for _, code := range []string{"0,", `#,##0 "EUR"`, "d-mmm-yy", "[$-407]TT.MM.JJJJ", "0.00E+00", "# ?/?", ";;;", "General", `0"%"`} {
		f.Add(code, 85499.75)
	}
	f.Fuzz(func(t *testing.T, code string, value float64) {
		if math.IsNaN(value) || math.IsInf(value, 0) || !utf8.ValidString(code) {
			return
		}
		reader, err := sheet.Open(bytes.NewReader(withFormats(t, nil, payHeader,
			[]any{"1", shown{strconv.FormatFloat(value, 'g', -1, 64), code}, "EUR", shown{strconv.FormatFloat(value, 'g', -1, 64), code}})), "f.xlsx", sheet.Pay)
		if err != nil {
			return
		}
		defer func() { require.NoError(t, reader.Close()) }()
		for _, row := range rowsOf(reader) {
			if amount, ok := row.Amount("amount", "EUR"); ok {
				require.InEpsilon(t, value+1, float64(amount.Minor)/100+1, 1e-9, "what the cell holds, whatever it shows")
			}
		}
	})
}

func FuzzDates(f *testing.F) {
	for _, text := range []string{"01-Apr-24", "1er août 2024", "April 1st, 2024", "2024-04-01", "31.12.1999", "3 de enero de 2024"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		reader, err := sheet.Open(strings.NewReader("id,name,email,hire date\n1,Ada,ada@x.example,\""+strings.ReplaceAll(text, `"`, "")+"\"\n"), "f.csv", sheet.People)
		if err != nil {
			return
		}
		for _, row := range rowsOf(reader) {
			if day, ok := row.Date("hire_date"); ok {
				require.True(t, row.OK())
				require.Positive(t, day.Year())
			}
		}
	})
}
