package sheet_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/rung-hr/rung/internal/platform/money"
	"github.com/rung-hr/rung/internal/platform/sheet"
)

func open(t *testing.T, text string, spec sheet.Spec) *sheet.Reader {
	t.Helper()
	reader, err := sheet.Open(strings.NewReader(text), "people.csv", spec)
	require.NoError(t, err)
	return reader
}

func rowsOf(reader *sheet.Reader) []sheet.Row {
	var rows []sheet.Row
	for row, ok := reader.Next(); ok; row, ok = reader.Next() {
		rows = append(rows, row)
	}
	return rows
}

func codesOf(issues []sheet.Issue) []string {
	codes := []string{}
	for _, issue := range issues {
		codes = append(codes, fmt.Sprintf("%s@%d:%d", issue.Code, issue.Line, issue.Column))
	}
	return codes
}

func TestReadsEveryUsualEncoding(t *testing.T) {
	text := "Employee ID;Name;E-Mail;Standort\n1;Zoë Müller;zoe@example.com;Zürich\n"
	encodings := map[string]encoding.Encoding{
		"utf-8": encoding.Nop, "utf-8 with mark": unicode.UTF8BOM, "windows-1252": charmap.Windows1252,
		"utf-16 little with mark": unicode.UTF16(unicode.LittleEndian, unicode.UseBOM),
		"utf-16 big with mark":    unicode.UTF16(unicode.BigEndian, unicode.UseBOM),
		"utf-16 little":           unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM),
		"utf-16 big":              unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
	}
	for name, written := range encodings {
		t.Run(name, func(t *testing.T) {
			file, err := written.NewEncoder().String(text)
			require.NoError(t, err)
			rows := rowsOf(open(t, file, sheet.People))
			require.Len(t, rows, 1)
			require.Equal(t, "Zoë Müller", rows[0].Text("full_name"))
			require.Equal(t, "Zürich", rows[0].Text("location"))
		})
	}
}

func TestReadsEveryUsualDelimiter(t *testing.T) {
	for _, delimiter := range []string{",", ";", "\t", "|"} {
		text := strings.ReplaceAll("id~name~email\n1~\"Doe, Jane; the | first\"~jane@example.com\n", "~", delimiter)
		rows := rowsOf(open(t, text, sheet.People))
		require.Len(t, rows, 1, delimiter)
		require.Equal(t, "Doe, Jane; the | first", rows[0].Text("full_name"))
	}
	rows := rowsOf(open(t, "sep=|\nid|name|email\n1|Jane|jane@example.com\n", sheet.People))
	require.Equal(t, 3, rows[0].Line)
}

func TestMapsTheHeadersOfKnownSystems(t *testing.T) {
	for system, header := range map[string]string{
		"BambooHR": "Employee #,First Name,Last Name,Work Email,Department,Job Title,Location,Hire Date,Supervisor EID,Employment Status",
		"Personio": "ID,First name,Last name,Email,Department,Position,Office,Hire date,Supervisor ID,Status",
		"Workday":  "Employee ID,Legal First Name,Legal Last Name,Primary Work Email,Supervisory Organization,Business Title,Work Location,Original Hire Date,Manager Employee ID,Worker Status",
		"generic":  "employee_id,FIRST_NAME,last-name,E-Mail,Team,TITLE,Büro,start_date,manager_id,Employment_Status",
	} {
		reader := open(t, header+"\n7,Ada,Okafor,Ada@Example.com,Payments,Engineer,London,2024-02-01,3,Active\n", sheet.People)
		rows := rowsOf(reader)
		require.Empty(t, reader.Issues(), system)
		require.Equal(t, "ada@example.com", rows[0].Text("email"), system)
		require.Equal(t, "3", rows[0].Text("manager_id"), system)
		require.Equal(t, "active", rows[0].Text("status"), system)
		hired, ok := rows[0].Date("hire_date")
		require.True(t, ok, system)
		require.Equal(t, "2024-02-01", hired.Format("2006-01-02"), system)
	}
	reader := open(t, "Employee ID,Name,Email,T-Shirt\n", sheet.People)
	require.Equal(t, sheet.Column{Header: "T-Shirt"}, reader.Columns()[3])
	require.Equal(t, sheet.Column{Header: "Name", Key: "full_name"}, reader.Columns()[1])
}

func TestReportsHeaderProblemsTogether(t *testing.T) {
	reader := open(t, "Email,email,Shirt,shirt\na@b.co,c@d.co,x,y\n", sheet.People)
	require.Equal(t, []string{"E022@1:2", "W121@1:4", "E021@1:0", "E021@1:0"}, codesOf(reader.Issues()))
	require.Contains(t, reader.Issues()[2].Message, "the employee id")
}

func TestReportsAllRowProblemsWithPhysicalLines(t *testing.T) {
	text := "id,name,email,hire_date,status\n" +
		"1,\"Two\nlines\",a@example.com,2024-01-31,active\n" +
		",Nobody,not-an-address,31.02.2026,sleeping\n" +
		"\n" +
		"3,Short row\n" +
		",,,,\n" +
		"4,=HYPERLINK(1), b@example.com,2024-01-31,active\n" +
		"5,bad \"quote\" here,c@example.com,2024-01-31,active\n" +
		"6,Fine,d@example.com,2024-01-31,active\n"
	reader := open(t, text, sheet.People)
	rows := rowsOf(reader)
	require.Equal(t, []string{
		"E017@4:1", "E019@4:3", "E007@4:4", "E020@4:5", "E016@6:0", "W120@8:2", "W105@8:3", "E023@9:0",
	}, codesOf(reader.Issues()))
	require.Equal(t, []int{2, 4, 8, 10}, []int{rows[0].Line, rows[1].Line, rows[2].Line, rows[3].Line})
	require.True(t, rows[0].OK())
	require.False(t, rows[1].OK())
	require.True(t, rows[2].OK())
	for _, issue := range reader.Issues() {
		require.NotEmpty(t, issue.Fix)
	}
	second := reader.Issues()[1]
	require.Equal(t, []any{"people.csv", 4, 3}, []any{second.File, second.Line, second.Column})
	require.Equal(t, "write it like name@example.com", second.Fix)
}

func TestDecidesDecimalMarkPerColumn(t *testing.T) {
	tests := []struct {
		name, amounts, currency string
		want                    []int64
	}{
		{"german", "12.345,67|80.000|1.234.567", "EUR", []int64{1_234_567, 8_000_000, 123_456_700}},
		{"swiss", "12'345.67|80’000|95.5", "CHF", []int64{1_234_567, 8_000_000, 9_550}},
		{"french", "12\u202f345,67|80\u00a0000|95,5", "EUR", []int64{1_234_567, 8_000_000, 9_550}},
		{"english", "12,345.67|80,000|$95,000.00", "USD", []int64{1_234_567, 8_000_000, 9_500_000}},
		{"only thousands", "160,000|195,000|230,000", "USD", []int64{16_000_000, 19_500_000, 23_000_000}},
		{"only thousands with points", "160.000|195.000|USD 230.000", "USD", []int64{16_000_000, 19_500_000, 23_000_000}},
		{"plain", "160000|195000.5|1 EUR", "EUR", []int64{16_000_000, 19_500_050, 100}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			reader := open(t, payFile(test.amounts), sheet.Pay)
			for i, row := range rowsOf(reader) {
				amount, ok := row.Amount("amount", test.currency)
				require.True(t, ok, "%v", reader.Issues())
				require.Equal(t, test.want[i], amount.Minor)
			}
		})
	}
}

func payFile(amounts string) string {
	text := "email\tcurrency\tamount\tvalid from\n"
	for amount := range strings.SplitSeq(amounts, "|") {
		text += "a@example.com\tEUR\t" + amount + "\t2026-01-01\n"
	}
	return text
}

func TestReportsAmountsItCannotRead(t *testing.T) {
	tests := []struct {
		amounts, currency string
		codes             []string
	}{
		{"12.345", "KWD", []string{"E018@2:3"}},
		{"12.345|12,345", "EUR", []string{"E018@2:3"}},
		{"12.345,00|12,345.00|80,000", "EUR", []string{"E018@4:3"}},
		{"1.5|2.345", "EUR", []string{"E004@3:3"}},
		{"1,5|12,34.5", "EUR", []string{"E003@3:3"}},
		{"-5", "EUR", []string{"E012@2:3"}},
		{"USD 5", "EUR", []string{"E005@2:3"}},
		{"5", "EURO", []string{"E005@2:3"}},
		{"lots", "EUR", []string{"E003@2:3"}},
	}
	for _, test := range tests {
		reader := open(t, payFile(test.amounts), sheet.Pay)
		for _, row := range rowsOf(reader) {
			row.Amount("amount", test.currency)
		}
		require.Equal(t, test.codes, codesOf(reader.Issues()), test.amounts)
	}
	chosen := sheet.Pay
	chosen.Notation = money.Comma
	row, _ := open(t, payFile("12.345"), chosen).Next()
	amount, ok := row.Amount("amount", "KWD")
	require.True(t, ok)
	require.Equal(t, int64(12_345_000), amount.Minor)
}

func TestDecidesDateOrderPerColumn(t *testing.T) {
	file := func(dates string) string {
		return "id;name;email;hire_date\n1;A;a@example.com;" + strings.ReplaceAll(dates, "|", "\n2;B;b@example.com;") + "\n"
	}
	tests := []struct {
		name, dates string
		want        []string
		codes       []string
	}{
		{"day first", "03/04/2026|31/12/2025", []string{"2026-04-03", "2025-12-31"}, []string{}},
		{"month first", "03/04/2026|12/31/2025", []string{"2026-03-04", "2025-12-31"}, []string{}},
		{"dots", "3.4.2026|31.12.2025", []string{"2026-04-03", "2025-12-31"}, []string{}},
		{"iso", "2026-04-03T10:00:00Z|2025/12/31", []string{"2026-04-03", "2025-12-31"}, []string{}},
		{"months in words", "3 Apr 2026|Dec 31, 2025", []string{"2026-04-03", "2025-12-31"}, []string{}},
		{"nothing settles it", "03/04/2026|05/06/2026", []string{"", ""}, []string{"E008@2:4"}},
		{"same either way", "04/04/2026|03/03/2026", []string{"2026-04-04", "2026-03-03"}, []string{}},
		{"both orders", "31/12/2025|12/31/2025|03/04/2026", []string{"2025-12-31", "2025-12-31", ""}, []string{"E008@4:4"}},
		{"no such days", "31/12/2025|31/02/2026|03/04/26|soon", []string{"2025-12-31", "", "", ""}, []string{"E007@3:4", "E007@4:4", "E007@5:4"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			reader := open(t, file(test.dates), sheet.People)
			for i, row := range rowsOf(reader) {
				day, ok := row.Date("hire_date")
				require.Equal(t, test.want[i] != "", ok)
				require.Equal(t, test.want[i] != "", row.OK())
				if ok {
					require.Equal(t, test.want[i], day.Format("2006-01-02"))
				}
			}
			require.Equal(t, test.codes, codesOf(reader.Issues()))
		})
	}
	chosen := sheet.People
	chosen.DateOrder = sheet.MonthFirst
	row, _ := open(t, file("03/04/2026"), chosen).Next()
	day, _ := row.Date("hire_date")
	require.Equal(t, "2026-03-04", day.Format("2006-01-02"))
}

func TestReadsFTE(t *testing.T) {
	percent := open(t, "id;name;email;FTE %\n1;A;a@example.com;80\n2;B;b@example.com;62,5\n", sheet.People)
	rows := rowsOf(percent)
	share, ok := rows[0].FTE("fte")
	require.True(t, ok)
	require.Equal(t, money.FTE(800_000), share)
	share, _ = rows[1].FTE("fte")
	require.Equal(t, money.FTE(625_000), share)

	fraction := open(t, "id;name;email;FTE\n1;A;a@example.com;80\n", sheet.People)
	row, _ := fraction.Next()
	_, ok = row.FTE("fte")
	require.False(t, ok)
	require.Equal(t, []string{"E011@2:4"}, codesOf(fraction.Issues()))
}

func TestReadsCurrencyOfADay(t *testing.T) {
	reader := open(t, "email,currency,amount,valid from\na@example.com,bgn,1,2025-12-31\nb@example.com,BGN,1,2026-02-01\nc@example.com,EURO,1,2026-02-01\n", sheet.Pay)
	for _, row := range rowsOf(reader) {
		day, _ := row.Date("effective_date")
		code, ok := row.Currency("currency", day)
		require.Equal(t, row.Line == 2, ok)
		require.Equal(t, row.Line == 2, code == "BGN")
	}
	require.Equal(t, []string{"E006@3:2", "E005@4:2"}, codesOf(reader.Issues()))
	require.Equal(t, "use EUR or an earlier date", reader.Issues()[0].Fix)
}

func TestCallersAddTheirOwnErrors(t *testing.T) {
	reader := open(t, "id,name,email\n1,A,a@example.com\n", sheet.People)
	row, _ := reader.Next()
	row.Warn("full_name", "odd", "look")
	require.True(t, row.OK())
	row.Fail("email", "taken by row 9", "remove one")
	row.Fail("manager_id", "no such manager", "add the column")
	require.False(t, row.OK())
	require.Equal(t, []string{"W199@2:2", "E100@2:3", "E100@2:0"}, codesOf(reader.Issues()))
	require.Equal(t, "a@example.com", reader.Issues()[1].Value)
}

func TestCapsTheIssues(t *testing.T) {
	spec := sheet.People
	spec.MaxIssues = 3
	reader := open(t, "id,name,email\n"+strings.Repeat(",A,b\n", 10), spec)
	require.Len(t, rowsOf(reader), 10)
	require.Len(t, reader.Issues(), 3)
}

func TestRefusesWhatIsNoTable(t *testing.T) {
	for text, want := range map[string]error{
		"":                     sheet.ErrEmpty,
		"\n\n":                 sheet.ErrEmpty,
		"PK\x03\x04rest":       sheet.ErrBrokenWorkbook,
		"\x89PNG\x00\x00\x1a1": sheet.ErrBinary,
	} {
		_, err := sheet.Open(strings.NewReader(text), "x.csv", sheet.People)
		require.ErrorIs(t, err, want)
	}
}

func TestStopsAtTheSizeLimit(t *testing.T) {
	spec := sheet.People
	spec.MaxBytes = 1 << 20
	endless := io.MultiReader(strings.NewReader("id,name,email\n"), &repeating{line: "1,A,a@example.com\n"})
	reader, err := sheet.Open(endless, "big.csv", spec)
	require.NoError(t, err)
	rows := 0
	for _, ok := reader.Next(); ok; _, ok = reader.Next() {
		rows++
	}
	require.InDelta(t, 1<<20/18, rows, 5)
	require.Equal(t, sheet.FileTooLarge, reader.Issues()[len(reader.Issues())-1].Code)
}

type repeating struct {
	line string
	at   int
}

func (r *repeating) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = r.line[r.at%len(r.line)]
		r.at++
	}
	return len(p), nil
}

func TestGuardDefusesFormulas(t *testing.T) {
	for text, want := range map[string]string{
		"=1+1": "'=1+1", "+49": "'+49", "-2": "'-2", "@SUM": "'@SUM", "\tx": "'\tx", "＝1": "'＝1",
		"plain": "plain", "": "", "a=b": "a=b",
	} {
		require.Equal(t, want, sheet.Guard(text))
	}
}

func FuzzReader(f *testing.F) {
	f.Add([]byte("id,name,email,hire_date,fte\n1,A,a@example.com,03/04/2026,0.8\n"))
	f.Add([]byte("sep=;\nid;amount;currency;from\n\"1\n\";1.234,5;EUR;2026-01-01\n"))
	f.Add([]byte("\xff\xfei\x00d\x00\n\x00"))
	f.Fuzz(func(t *testing.T, file []byte) {
		for _, spec := range []sheet.Spec{sheet.People, sheet.Pay, sheet.Bands} {
			reader, err := sheet.Open(strings.NewReader(string(file)), "f.csv", spec)
			if err != nil {
				continue
			}
			line := 0
			for row, ok := reader.Next(); ok; row, ok = reader.Next() {
				require.Greater(t, row.Line, line)
				line = row.Line
				for _, field := range spec.Fields {
					row.Text(field.Key)
					row.Date(field.Key)
					row.Amount(field.Key, "EUR")
					row.FTE(field.Key)
				}
			}
			require.LessOrEqual(t, len(reader.Issues()), 200)
		}
	})
}
