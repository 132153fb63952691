package importing_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/auditevent"
	"github.com/rung-hr/rung/ent/db/employment"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/db/reportingline"
	"github.com/rung-hr/rung/internal/dev/orgtest"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/sheet"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
	"github.com/rung-hr/rung/internal/trust/audit"
)

func TestMain(m *testing.M) { storetest.Main(m) }

var hr, system = orgtest.HR, orgtest.System

// fixture is a company in a test.
type fixture struct {
	*orgtest.Company
	t testing.TB
}

func newFixture(t testing.TB, s *store.Store) fixture { return fixture{orgtest.New(t, s), t} }

func (f fixture) file(name string, dryRun bool) (*sheet.ImportReport, error) {
	f.t.Helper()
	content, err := os.ReadFile("testdata/" + name)
	require.NoError(f.t, err)
	return f.Importer.Import(hr, orgtest.FromText(name, string(content), dryRun))
}

func counts(r *sheet.ImportReport) []int {
	return []int{r.Rows, r.Added, r.Changed, r.Unchanged, r.Missing}
}

func TestFilesOfTheUsualSystems(t *testing.T) {
	for file, check := range map[string]func(*testing.T, fixture){
		"bamboohr.csv": func(t *testing.T, f fixture) {
			noor := f.Person("E-101")
			require.Equal(t, "Noor Adeyinka", noor.Name)
			require.Equal(t, []string{"IC4", "IC", "London", "GB", "Platform"}, []string{noor.Level, noor.Track, noor.Location, noor.Country, noor.Edges.Unit.Name})
			require.Equal(t, "marta.okonjo@northquay.example", noor.Edges.Manager.Email)
			require.Equal(t, int64(800_000), f.Person("E-102").FtePpm)
			require.Equal(t, person.StatusInactive, f.Person("E-103").Status)
			require.Equal(t, "ida strom", string(f.Person("E-103").NameKey))
		},
		"personio.csv": func(t *testing.T, f fixture) {
			ana := f.Person("18")
			require.Equal(t, []string{"Ana Müller", "München", "2022-04-15"}, []string{ana.Name, ana.Location, string(*ana.HiredOn)})
			require.Equal(t, "Jürgen Groß", ana.Edges.Manager.Name)
			require.Equal(t, int64(800_000), ana.FtePpm)
		},
		"workday.csv": func(t *testing.T, f fixture) {
			tama := f.Person("0002")
			require.Equal(t, []string{"Ngata, Tama", "Principal Engineer", "IC6", "IC"}, []string{tama.Name, tama.Title, tama.Level, tama.Track})
			require.Equal(t, "Hana Petrova", tama.Edges.Manager.Name)
		},
		"generic.csv": func(t *testing.T, f fixture) {
			require.Equal(t, "IC3", f.Person("g4").Level)
			require.Equal(t, person.StatusActive, f.Person("g4").Status)
		},
	} {
		t.Run(file, func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, s *store.Store) {
				f := newFixture(t, s)
				report, err := f.file(file, false)
				require.NoError(t, err)
				require.Equal(t, []int{report.Rows, report.Rows, 0, 0, 0}, counts(report))
				check(t, f)
				again, err := f.file(file, false)
				require.NoError(t, err)
				require.Equal(t, []int{report.Rows, 0, 0, report.Rows, 0}, counts(again), "the same file again changes nothing")
			})
		})
	}
}

func TestADryRunChangesNothing(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	report, err := f.file("generic.csv", true)
	require.NoError(t, err)
	require.True(t, report.DryRun)
	require.Equal(t, []int{4, 4, 0, 0, 0}, counts(report))
	require.Equal(t, sheet.ImportChange{Line: 2, Key: "g1 Ada Moss", Kind: sheet.Added, Fields: []string{}}, report.Changes[0])
	require.Equal(t, "employee_id", *report.Columns[0].Field)
	n, err := f.Store.Read().Person.Query().Count(system)
	require.NoError(t, err)
	require.Zero(t, n)
}

func TestAllErrorsOfAFileComeAtOnce(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	_, err := f.file("broken.csv", false)
	var bad *fault.Error
	require.ErrorAs(t, err, &bad)
	require.Equal(t, fault.Invalid, bad.Kind)
	var got []string
	for _, d := range bad.Details {
		require.Equal(t, "broken.csv", d.File)
		require.NotEmpty(t, d.Fix, d.Message)
		got = append(got, fmt.Sprintf("%d:%d %s: %s", d.Line, d.Column, d.Field, d.Message))
	}
	require.Equal(t, []string{
		"2:4 manager_id: these people report to each other in a circle: Ada Moss (line 2) → Cy Reed (line 4) → Ada Moss",
		"3:3 email: not an e-mail address",
		"3:5 level: no ladder has this level",
		"4:7 hire_date: there is no such date",
		"4:6 fte: the value looks like a percentage; a share of full time such as 0.8 is expected",
		"5:1 employee_id: the same employee id as in line 2",
		"5:3 email: the same e-mail as in line 4",
		"5:4 manager_id: no such person in the file or in Rung",
		"6:2 full_name: the name is empty",
		"6:4 manager_id: the row names itself as the manager",
	}, got)
	n, err := f.Store.Read().Person.Query().Count(system)
	require.NoError(t, err)
	require.Zero(t, n)
}

func TestAnUnknownLevelComesWithTheNearest(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	for level, fix := range map[string]string{"IC44": "did you mean IC4?", "Grade 7": "use one of IC3, IC4, IC5, IC6, IC7, M1, M2"} {
		_, err := f.Import("id,name,email,level", "1,Ada,ada@x.example,"+level)
		var bad *fault.Error
		require.ErrorAs(t, err, &bad)
		require.Equal(t, fix, bad.Details[0].Fix)
	}
}

func TestChangesStartToday(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		_, err := f.file("generic.csv", false)
		require.NoError(t, err)
		f.Clock.Set(time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC))
		report, err := f.Import("id,name,email,level,manager email,status",
			"g3,Cy Reed,cy@northquay.example,IC5,ada@northquay.example,active",
			"g4,Di Fox,di@northquay.example,IC3,bo@northquay.example,ended")
		require.NoError(t, err)
		require.Equal(t, []int{2, 0, 2, 0, 2}, counts(report))
		require.Equal(t, []string{"manager", "level"}, report.Changes[0].Fields)

		cy := f.Person("g3")
		require.Equal(t, []string{"IC5", "Ada Moss", "Core", "2026-12-01"}, []string{cy.Level, cy.Edges.Manager.Name, cy.Edges.Unit.Name, string(*cy.LevelSince)})
		require.Equal(t, 2, cy.Version)
		require.Equal(t, []string{"2020-01-01..2026-12-01 IC4", "2026-12-01..9999-12-31 IC5"}, f.spans(cy.ID))
		di := f.Person("g4")
		require.Equal(t, person.StatusInactive, di.Status)
		require.Equal(t, []string{"2024-01-01..2026-12-01 IC3"}, f.spans(di.ID))
		lines, err := s.Read().ReportingLine.Query().Where(reportingline.PersonID(cy.ID)).All(system)
		require.NoError(t, err)
		require.Len(t, lines, 1, "only Ada, no longer Bo")

		_, err = f.Import("id,name,email,level", "g3,Cy Reed,cy@northquay.example,IC6")
		require.NoError(t, err)
		require.Equal(t, []string{"2020-01-01..2026-12-01 IC4", "2026-12-01..9999-12-31 IC6"}, f.spans(cy.ID), "twice on one day is one span")
		require.NotNil(t, f.Person("g3").ManagerID, "a file without managers leaves them")
	})
}

func (f fixture) spans(id uuid.UUID) []string {
	f.t.Helper()
	rows, err := f.Store.Read().Employment.Query().Where(employment.PersonID(id)).Order(db.Asc(employment.FieldValidFrom)).All(system)
	require.NoError(f.t, err)
	out := []string{}
	for _, e := range rows {
		out = append(out, fmt.Sprintf("%s..%s %s", e.ValidFrom, e.ValidTo, e.Level))
	}
	return out
}

func TestWhoWasKnownByEmailGetsTheEmployeeID(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	require.NoError(t, f.Store.InTx(system, func(ctx context.Context, tx *db.Client) error {
		if err := audit.New(f.Clock).Record(ctx, tx, audit.Entry{Action: audit.PeopleImported, Resource: "person"}); err != nil {
			return err
		}
		return tx.Person.Create().SetName("Ada").SetNameKey([]byte("ada")).SetEmail("ada@x.example").Exec(ctx)
	}))
	report, err := f.Import("id,name,email", "1,Ada,ADA@x.example")
	require.NoError(t, err)
	require.Equal(t, []int{1, 0, 1, 0, 0}, counts(report))
	_, err = f.Import("id,name,email", "2,Bob,ada@x.example")
	var bad *fault.Error
	require.ErrorAs(t, err, &bad)
	require.Contains(t, bad.Details[0].Message, "belongs to another employee id")
}

func TestSeveralPeopleWithoutManagerAreAWarning(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	report, err := f.Import("id,name,email,manager id", "1,Ada,ada@x.example,", "2,Bo,bo@x.example,1")
	require.NoError(t, err)
	require.Empty(t, report.Warnings)
	report, err = f.Import("id,name,email,manager id", "1,Ada,ada@x.example,", "2,Bo,bo@x.example,")
	require.NoError(t, err)
	require.Len(t, report.Warnings, 2)
}

func TestImportingPeopleNeedsTheRight(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	for _, role := range []string{"employee", "comp", "approver", "owner", "admin", "auditor"} {
		ctx := actor.With(context.Background(), actor.Person{ID: uuid.Must(uuid.NewV7()), Roles: []string{"employee", role}, Scopes: []actor.Scope{{}}})
		_, err := f.Importer.Import(ctx, orgtest.FromText("x.csv", "", true))
		require.Equal(t, fault.Forbidden, fault.KindOf(err), role)
	}
}

func TestAFileThatIsNoTable(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	for _, content := range []string{"", "PK\x03\x04..."} {
		_, err := f.Importer.Import(hr, orgtest.FromText("x.csv", content, false))
		require.Equal(t, fault.Invalid, fault.KindOf(err))
	}
}

func TestAnImportLeavesOneRecordAndARevision(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	before, err := store.Revision(system, f.Store.Read(), store.CompensationRevision)
	require.NoError(t, err)
	for range 2 {
		_, err = f.file("generic.csv", false)
		require.NoError(t, err)
	}
	rows, err := f.Store.Read().AuditEvent.Query().Where(auditevent.Action(string(audit.PeopleImported))).All(system)
	require.NoError(t, err)
	require.Len(t, rows, 1, "the second run changed nothing")
	require.Equal(t, map[string]string{"rows": "4", "added": "4", "changed": "0"}, rows[0].Facts)
	after, err := store.Revision(system, f.Store.Read(), store.CompensationRevision)
	require.NoError(t, err)
	require.Equal(t, before+1, after)
}

func TestTenThousandRows(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		var file strings.Builder
		file.WriteString("id,name,email,manager id,unit,title,level,location,hire date\n")
		for i := range 10_000 {
			manager := ""
			if i > 0 {
				manager = fmt.Sprint((i - 1) / 8)
			}
			fmt.Fprintf(&file, "%d,Person %d,p%d@x.example,%s,Unit %d,Engineer,IC%d,London,2020-01-01\n", i, i, i, manager, i%40, 3+i%5)
		}
		for _, name := range []string{"first", "again"} {
			start := clock.System{}.Now()
			report, err := f.Importer.Import(hr, orgtest.FromText("large.csv", file.String(), false))
			require.NoError(t, err)
			t.Logf("%s: %d rows, %d added in %s", name, report.Rows, report.Added, clock.System{}.Now().Sub(start).Round(time.Millisecond))
		}
		n, err := s.Read().Person.Query().Count(system)
		require.NoError(t, err)
		require.Equal(t, 10_000, n)
	})
}
