package sheet_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/internal/platform/sheet"
)

const people = "id,name,email,hire date\n1,Ada,ada@x.example,2024-04-01\n2,Bo,bo@x.example,2024-05-01\n"

func TestLinesMayEndWithACarriageReturnAlone(t *testing.T) {
	for _, file := range []string{
		strings.ReplaceAll(people, "\n", "\r"), strings.TrimSuffix(strings.ReplaceAll(people, "\n", "\r"), "\r"),
		"sep=,\r" + strings.ReplaceAll(people, "\n", "\r"), strings.ReplaceAll(people, "\n", "\r\n"),
	} {
		reader := open(t, file, sheet.People)
		rows := rowsOf(reader)
		require.Empty(t, reader.Issues())
		require.Len(t, rows, 2)
		require.Equal(t, "bo@x.example", rows[1].Text("email"))
	}
}

func TestTheHeaderIsFoundBelowATitle(t *testing.T) {
	for name, above := range map[string]string{
		"a title": "Everybody\n", "a title and an empty line": "Everybody,,,\n,,,\n", "several lines": "\nAcme Ltd\nExported,2026-11-01\n\n",
		"a title with a word of the header": "Name of the company,Acme\n", "an unbalanced quote": "Acme \"North\n",
	} {
		t.Run(name, func(t *testing.T) {
			reader := open(t, above+people, sheet.People)
			rows := rowsOf(reader)
			require.Len(t, rows, 2)
			require.Equal(t, []any{"Ada", strings.Count(above, "\n") + 2}, []any{rows[0].Text("full_name"), rows[0].Line})
			for _, issue := range reader.Issues() {
				require.True(t, issue.Code.Warning(), "%+v", issue)
			}
		})
	}
	reader := open(t, "Everybody\n"+people, sheet.People)
	require.Equal(t, []string{"W123@1:0"}, codesOf(reader.Issues()))
	require.Contains(t, reader.Issues()[0].Message, "line 2")
	require.Len(t, rowsOf(open(t, "Everybody, everywhere\nAs of November, 2026\n"+strings.ReplaceAll(people, ",", ";"), sheet.People)), 2)
	chosen := sheet.People
	chosen.Columns = map[string]string{"Kürzel": "employee_id", "Wer": "full_name", "Wohin": "email"}
	rows := rowsOf(open(t, "Alle\nKürzel,Wer,Wohin\n1,Ada,ada@x.example\n", chosen))
	require.Equal(t, "Ada", rows[0].Text("full_name"))
}

func TestARowThatSoundsLikeAHeaderIsNone(t *testing.T) {
	reader := open(t, "id,name,email,title,unit,location,country,status\n1,Office,o@x.example,Role,Team,Site,Land,active\n", sheet.People)
	rows := rowsOf(reader)
	require.Len(t, rows, 1)
	require.Equal(t, "Role", rows[0].Text("title"))
}

func TestMonthsMayHaveNames(t *testing.T) {
	for text, want := range map[string]string{
		"01-Apr-24": "2024-04-01", "1 Apr 2024": "2024-04-01", "Apr 1, 2024": "2024-04-01", "April 1st, 2024": "2024-04-01", "1-apr-1999": "1999-04-01",
		"31-Dec-98": "1998-12-31", "1. Mai 2024": "2024-05-01", "01. März 24": "2024-03-01", "01-Mrz-24": "2024-03-01", "2 févr. 2024": "2024-02-02",
		"1er août 2024": "2024-08-01", "3 de enero de 2024": "2024-01-03", "3/Ene/2024": "2024-01-03", "3 out 2024": "2024-10-03", "3 mei 2024": "2024-05-03",
		"12 października 2024": "2024-10-12", "3 maj 2024": "2024-05-03", "01-Sept-2024": "2024-09-01",
		"30-Feb-24": "", "1 Foo 2024": "", "32 Apr 2024": "", "Apr 2024": "",
	} {
		reader := open(t, "id,name,email,hire date\n1,Ada,ada@x.example,\""+text+"\"\n", sheet.People)
		row := rowsOf(reader)[0]
		got, ok := row.Date("hire_date")
		require.Equal(t, want != "", ok, text)
		require.Equal(t, want != "", row.OK(), text)
		if ok {
			require.Equal(t, want, got.Format(time.DateOnly), text)
		}
	}
	reader := open(t, "id,name,email,hire date\n1,Ada,a@x.example,01-Apr-24\n2,Bo,b@x.example,02-Apr-24\n3,Cy,c@x.example,1 Foo 2024\n", sheet.People)
	rowsOf(reader)
	require.Equal(t, []string{"W124@2:4", "E007@4:4"}, codesOf(reader.Issues()))
	require.Contains(t, reader.Issues()[1].Message, "the month")
}
