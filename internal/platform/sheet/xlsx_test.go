package sheet_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/rung-hr/rung/internal/platform/sheet"
)

// book makes a workbook; change may add to it.
func book(t testing.TB, change func(f *excelize.File), rows ...[]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	for i, row := range rows {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		require.NoError(t, err)
		require.NoError(t, f.SetSheetRow("Sheet1", cell, &row))
	}
	if change != nil {
		change(f)
	}
	var out bytes.Buffer
	require.NoError(t, f.Write(&out))
	require.NoError(t, f.Close())
	return out.Bytes()
}

var bookHeader = []any{"Employee ID", "Name", "Email", "Hire date", "FTE", "Title"}

func TestAWorkbookReadsLikeAFile(t *testing.T) {
	day := time.Date(2026, 4, 30, 0, 0, 0, 0, time.UTC)
	content := book(t, nil, bookHeader,
		[]any{"00123", "Zoë Müller", "zoe@x.example", day, 0.8, "Engineer"},
		nil,
		[]any{"124", "=cmd|' /C calc'!A0", "bo@x.example"})
	reader, err := sheet.Open(bytes.NewReader(content), "p.xlsx", sheet.People)
	require.NoError(t, err)
	defer func() { require.NoError(t, reader.Close()) }()
	require.Equal(t, sheet.Format{Kind: "xlsx", Sheet: "Sheet1", Sheets: []string{"Sheet1"}, Decimal: "unknown", DateOrder: "unknown"}, reader.Format())
	row, ok := reader.Next()
	require.True(t, ok)
	require.Equal(t, []any{2, "00123", "Zoë Müller"}, []any{row.Line, row.Text("employee_id"), row.Text("full_name")})
	hired, ok := row.Date("hire_date")
	require.True(t, ok)
	require.Equal(t, day, hired)
	share, ok := row.FTE("fte")
	require.True(t, ok)
	require.EqualValues(t, 800_000, share)
	row, ok = reader.Next()
	require.True(t, ok)
	require.Equal(t, []any{4, "124", "=cmd|' /C calc'!A0", ""}, []any{row.Line, row.Text("employee_id"), row.Text("full_name"), row.Text("title")})
	_, ok = reader.Next()
	require.False(t, ok)
	require.Equal(t, sheet.FormulaAsText, reader.Issues()[0].Code)
}

func TestAFormulaOfAWorkbookGivesWhatItShowed(t *testing.T) {
	content := book(t, func(f *excelize.File) {
		require.NoError(t, f.SetCellFormula("Sheet1", "B2", `CONCATENATE("A","da")`))
	}, bookHeader, []any{"1", "Ada", "ada@x.example"})
	reader, err := sheet.Open(bytes.NewReader(content), "p.xlsx", sheet.People)
	require.NoError(t, err)
	defer func() { require.NoError(t, reader.Close()) }()
	row, ok := reader.Next()
	require.True(t, ok)
	require.Equal(t, "1", row.Text("employee_id"))
	require.Equal(t, []any{sheet.FormulaAsText, 2, 2}, []any{reader.Issues()[0].Code, reader.Issues()[0].Line, reader.Issues()[0].Column})
}

func TestTheFirstVisibleSheetIsReadOrTheOneNamed(t *testing.T) {
	content := book(t, func(f *excelize.File) {
		for name, id := range map[string]string{"People": "p", "More": "m"} {
			_, err := f.NewSheet(name)
			require.NoError(t, err)
			require.NoError(t, f.SetSheetRow(name, "A2", &[]any{"id", "name", "email"}))
			require.NoError(t, f.SetSheetRow(name, "A3", &[]any{id, "Ada", "ada@x.example"}))
		}
		require.NoError(t, f.SetSheetVisible("Sheet1", false))
		f.SetActiveSheet(1)
		require.NoError(t, f.SetSheetVisible("Sheet1", false))
	}, []any{"hidden"})
	for name, want := range map[string]string{"People": "p", "More": "m"} {
		spec := sheet.People
		spec.Sheet = name
		reader, err := sheet.Open(bytes.NewReader(content), "p.xlsx", spec)
		require.NoError(t, err)
		row, ok := reader.Next()
		require.True(t, ok)
		require.Equal(t, []any{want, 3}, []any{row.Text("employee_id"), row.Line})
		require.NotContains(t, reader.Format().Sheets, "Sheet1")
		require.NoError(t, reader.Close())
	}
	spec := sheet.People
	spec.Sheet = "Nobody"
	_, err := sheet.Open(bytes.NewReader(content), "p.xlsx", spec)
	require.ErrorIs(t, err, sheet.ErrNoSheet)
}

func TestWorkbooksThatCannotBeRead(t *testing.T) {
	whole := book(t, nil, bookHeader, []any{"1", "Ada", "ada@x.example"})
	protected, err := excelize.Encrypt(whole, &excelize.Options{Password: "secret"})
	require.NoError(t, err)
	old := append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), []byte("....W\x00o\x00r\x00k\x00b\x00o\x00o\x00k\x00....")...)
	for name, c := range map[string]struct {
		content []byte
		want    error
	}{
		"cut in half": {whole[:len(whole)/2], sheet.ErrBrokenWorkbook},
		"protected":   {protected, sheet.ErrLockedWorkbook},
		"xls":         {old, sheet.ErrOldWorkbook},
		"empty":       {book(t, nil), sheet.ErrEmpty},
	} {
		_, err := sheet.Open(bytes.NewReader(c.content), "p.xlsx", sheet.People)
		require.ErrorIs(t, err, c.want, name)
	}
}

func TestWhatAPersonChoseForAColumnCounts(t *testing.T) {
	spec := sheet.People
	spec.Columns = map[string]string{"Login": "email", "Email": "", "Kostenstelle": "unit"}
	reader, err := sheet.Open(strings.NewReader("id,name,Email,Login,Kostenstelle\n1,Ada,private@x.example,ada@x.example,R&D\n"), "p.csv", spec)
	require.NoError(t, err)
	row, ok := reader.Next()
	require.True(t, ok)
	require.Equal(t, []string{"ada@x.example", "R&D"}, []string{row.Text("email"), row.Text("unit")})
	require.Equal(t, [][]string{{"1"}, {"Ada"}, {"private@x.example"}, {"ada@x.example"}, {"R&D"}}, reader.Sample(5))
}

func TestPresetsNameFieldsThatExist(t *testing.T) {
	known := map[string]bool{"": true}
	for _, f := range sheet.People.Fields {
		known[f.Key] = true
	}
	for _, p := range sheet.Presets {
		for header, key := range p.Columns {
			require.True(t, known[key], "%s: %s", p.Key, header)
		}
	}
	require.Equal(t, map[string]string{"employee id": "employee_id"}, sheet.Presets[2].For([]string{"employee id", "Shoe size"}))
}

func FuzzWorkbook(f *testing.F) {
	f.Add(book(f, nil, bookHeader, []any{"1", "Ada", "ada@x.example", 45000, 0.8}))
	f.Add(book(f, func(b *excelize.File) { _ = b.SetCellFormula("Sheet1", "B2", "1+1") }, bookHeader, []any{"1"}))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, content []byte) {
		reader, err := sheet.Open(bytes.NewReader(content), "f.xlsx", sheet.People)
		if err != nil {
			return
		}
		defer func() { _ = reader.Close() }()
		for row, ok := reader.Next(); ok; row, ok = reader.Next() {
			row.Text("full_name")
			row.Date("hire_date")
			row.FTE("fte")
		}
	})
}

func FuzzHeaders(f *testing.F) {
	f.Add("id,name,email", "name", "email")
	f.Add("Employee #;Vorname;E-Mail;%;FTE %", "Vorname", "")
	f.Add("\ufeffa\tb\tß", "ß", "unit")
	f.Fuzz(func(t *testing.T, line, header, key string) {
		spec := sheet.People
		spec.Columns = map[string]string{header: key}
		reader, err := sheet.Open(strings.NewReader(line+"\n1,2,3\n"), "f.csv", spec)
		if err != nil {
			return
		}
		taken := map[string]bool{}
		for _, c := range reader.Columns() {
			if c.Key != "" {
				require.False(t, taken[c.Key], "one column for a field")
				taken[c.Key] = true
				require.True(t, reader.Has(c.Key))
			}
		}
		for _, p := range sheet.Presets {
			p.For(reader.Headers())
		}
		require.Len(t, sheet.HeadersHash(reader.Headers()), 64)
		require.Len(t, reader.Sample(5), len(reader.Columns()))
	})
}
