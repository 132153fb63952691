package importing_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/internal/dev/orgtest"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
)

// What nobody sees is removed from whatever people and units are found by, and said
// with its place: otherwise somebody is imported whom no sign-in finds.
func TestInvisibleCharactersAreRemovedAndSaid(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := orgtest.New(t, s)
		report, err := c.Importer.Import(orgtest.HR, orgtest.FromText("people.csv", "employee id,name,work email,manager id,manager email,unit,location\n"+
			"1,Ann Day,ann@x.example\u200b,,,Core\u200b,Ber\u00adlin\n"+
			"\u200e2,Ben Day,\ufeffben@x.example,1\u2060,,Core,Berlin\n"+
			"3,Cy 👩‍💻 Day,cy@x.example,,\u202aann@x.example\u202c,Core ❤️,Berlin\n", false))
		require.NoError(t, err)
		places := [][]any{}
		for _, warning := range report.Warnings {
			if strings.Contains(warning.Message, "is invisible: U+") {
				places = append(places, []any{warning.Line, warning.Column})
			}
		}
		require.Equal(t, [][]any{{2, 3}, {2, 6}, {2, 7}, {3, 1}, {3, 3}, {3, 4}, {4, 5}}, places)
		rows := s.Read().Person.Query().WithUnit().Order(db.Asc(person.FieldEmail)).AllX(orgtest.System)
		require.Len(t, rows, 3)
		for i, want := range []struct{ email, no, unit string }{{"ann@x.example", "1", "Core"}, {"ben@x.example", "2", "Core"}, {"cy@x.example", "3", "Core ❤️"}} {
			require.Equal(t, want, struct{ email, no, unit string }{rows[i].Email, *rows[i].EmployeeNo, rows[i].Edges.Unit.Name})
			require.Equal(t, "Berlin", rows[i].Location)
			if i > 0 {
				require.Equal(t, rows[0].ID, *rows[i].ManagerID)
			}
		}
		require.Equal(t, "Cy 👩‍💻 Day", rows[2].Name, "a name may be written like this")

		_, err = c.ByEmail(orgtest.HR, "ann@x.example\u200b")
		require.ErrorContains(t, err, "nobody can see")
	})
}

// The parts of a name are kept as the file has them.
func TestPartsOfNamesAreKept(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := orgtest.New(t, s)
		file := "employee id,first name,last name,work email\n1,Ana,de la Cruz,ana@x.example\n"
		for range 2 {
			_, err := c.Importer.Import(orgtest.HR, orgtest.FromText("people.csv", file, false))
			require.NoError(t, err)
			ana := s.Read().Person.Query().OnlyX(orgtest.System)
			require.Equal(t, []string{"Ana de la Cruz", "Ana", "de la Cruz"}, []string{ana.Name, ana.GivenName, ana.FamilyName})
		}
		_, err := c.Importer.Import(orgtest.HR, orgtest.FromText("people.csv", "employee id,name,work email\n1,Anita Cruz,ana@x.example\n", false))
		require.NoError(t, err)
		ana := s.Read().Person.Query().OnlyX(orgtest.System)
		require.Equal(t, []string{"Anita Cruz", "", ""}, []string{ana.Name, ana.GivenName, ana.FamilyName}, "parts of another name are none of this one")
	})
}
