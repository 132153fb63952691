package importing_test

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/handover"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/db/session"
	"github.com/rung-hr/rung/internal/dev/orgtest"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/sheet"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
)

// messages are what is wrong with a file, with lines.
func messages(t *testing.T, err error) []string {
	t.Helper()
	var bad *fault.Error
	require.ErrorAs(t, err, &bad)
	out := []string{}
	for _, d := range bad.Details {
		out = append(out, fmt.Sprintf("%d %s", d.Line, d.Message))
	}
	return out
}

func TestAContractComesInWhole(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		lines := []string{"id,name,email,working hours,currency,time zone,country,department",
			`1,Ada,ada@x.example,9-17:30,eur,Europe/Berlin,DE,Engineering / Platform`,
			`2,Bo,bo@x.example,,,,,Engineering`}
		_, err := f.Import(lines...)
		require.NoError(t, err)
		ada := f.Person("1")
		require.Equal(t, []string{"09:00-17:30", "EUR", "Europe/Berlin", "Platform"}, []string{ada.WorkingHours, ada.Currency, ada.TimeZone, ada.Edges.Unit.Name})
		above, err := ada.Edges.Unit.QueryParent().Only(system)
		require.NoError(t, err)
		require.Equal(t, "Engineering", above.Name)
		span, err := s.Read().Employment.Query().Where().First(system)
		require.NoError(t, err)
		require.Equal(t, []string{"09:00-17:30", "EUR", "Europe/Berlin", "DE"}, []string{span.WorkingHours, span.Currency, span.TimeZone, span.Country})
		report, err := f.Import(lines...)
		require.NoError(t, err)
		require.Equal(t, []int{2, 0, 0, 2, 0}, counts(report))
	})
}

func TestUnitsFormATree(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	header := "id,name,email,department,parent department"
	_, err := f.Import(header, "1,Ada,ada@x.example,A,B", "2,Bo,bo@x.example,B,C", "3,Cy,cy@x.example,C,A")
	require.Equal(t, []string{"3 these units are under each other in a circle: b → c → a → b"}, messages(t, err))
	_, err = f.Import(header, "1,Ada,ada@x.example,Ops,Sales", "2,Bo,bo@x.example,Ops,IT")
	require.Equal(t, []string{`3 "Ops" is under "IT" here and under "Sales" in line 2`}, messages(t, err))
	_, err = f.Import(header, "1,Ada,ada@x.example,Ops,Sales", "2,Bo,bo@x.example,Sales,")
	require.NoError(t, err)
	_, err = f.Import(header, "1,Ada,ada@x.example,Ops,", "2,Bo,bo@x.example,Sales,Ops")
	require.Equal(t, []string{"2 these units are under each other in a circle: ops → sales → ops"}, messages(t, err), "also over units that are there")
	report, err := f.Import(header, "1,Ada,ada@x.example,Ops,IT", "2,Bo,bo@x.example,Sales,")
	require.NoError(t, err)
	require.Equal(t, []sheet.ImportChange{{Line: 2, Key: "Ops", Kind: sheet.Changed, Fields: []string{"unit above"}}}, unitMoves(report))
}

func TestACircleOverPeopleWhoAreNotInTheFile(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	header := "id,name,email,manager id"
	_, err := f.Import(header, "1,Ada,ada@x.example,", "2,Bo,bo@x.example,1", "3,Cy,cy@x.example,2")
	require.NoError(t, err)
	_, err = f.Import(header, "1,Ada,ada@x.example,3")
	require.Equal(t, []string{"2 these people report to each other in a circle: Ada (line 2) → Cy → Bo → Ada"}, messages(t, err))
}

func TestWhoLeavesIsSignedOutAndWhoMovesIsHandedOver(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		header := "id,name,email,manager id,termination date"
		_, err := f.Import(header, "1,Ada,ada@x.example,,", "2,Bo,bo@x.example,1,", "3,Cy,cy@x.example,1,")
		require.NoError(t, err)
		now := f.Clock.Now()
		require.NoError(t, s.InTx(system, func(ctx context.Context, tx *db.Client) error {
			for _, no := range []string{"2", "3"} {
				err := tx.Session.Create().SetTokenHash([]byte(no)).SetPersonID(f.Person(no).ID).SetIssuer("i").SetSubject(no).
					SetAuthenticatedAt(now).SetCreatedAt(now).SetSeenAt(now).SetExpiresAt(now.Add(time.Hour)).Exec(ctx)
				if err != nil {
					return err
				}
			}
			return nil
		}))
		f.Clock.Set(time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC))
		report, err := f.Import(header, "1,Ada,ada@x.example,,", "2,Bo,bo@x.example,1,2026-11-30", "3,Cy,cy@x.example,2,2027-01-31")
		require.NoError(t, err)
		require.Equal(t, [][]string{{"status", "last day"}, {"manager", "last day"}}, [][]string{report.Changes[1].Fields, report.Changes[2].Fields})
		bo, cy := f.Person("2"), f.Person("3")
		require.Equal(t, []any{person.StatusInactive, clock.Date("2026-11-30"), person.StatusActive}, []any{bo.Status, *bo.EndedOn, cy.Status})
		left, err := s.Read().Session.Query().Where(session.PersonIDIn(bo.ID, cy.ID)).All(system)
		require.NoError(t, err)
		require.Len(t, left, 1)
		require.Equal(t, cy.ID, left[0].PersonID)
		hand, err := s.Read().Handover.Query().Where(handover.PersonID(cy.ID)).Only(system)
		require.NoError(t, err)
		require.Equal(t, []any{f.Person("1").ID, bo.ID, clock.Date("2026-12-01")}, []any{*hand.FromID, *hand.ToID, hand.On})
	})
}

func TestACancelledImportLeavesNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		var text strings.Builder
		text.WriteString("id,name,email,manager id,unit\n")
		for i := range 3000 {
			fmt.Fprintf(&text, "%d,Person %d,p%d@x.example,,Unit %d\n", i, i, i, i%7)
		}
		ctx, cancel := context.WithCancel(hr)
		defer cancel()
		in := orgtest.FromText("p.csv", text.String(), false)
		in.Progress = func(phase string, done, _ int) {
			if phase == "Writing people" && done > 0 {
				cancel()
			}
		}
		_, err := f.Importer.Import(ctx, in)
		require.ErrorIs(t, err, context.Canceled)
		for what, count := range map[string]func(context.Context) (int, error){
			"people": s.Read().Person.Query().Count, "units": s.Read().Unit.Query().Count, "spans": s.Read().Employment.Query().Count,
		} {
			n, err := count(system)
			require.NoError(t, err)
			require.Zero(t, n, what)
		}
	})
}

type buffer struct{ strings.Builder }

func (*buffer) Close() error { return nil }

func TestOnlyTheRowsThatAreWrongAreToBeMended(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	out := &buffer{}
	in := orgtest.FromText("p.csv", "id;name;email\n1;Ada;ada@x.example\n2;@Bo;no\n3;Cy\n", false)
	in.Mend = func(context.Context) (io.WriteCloser, error) { return out, nil }
	_, err := f.Importer.Import(hr, in)
	require.Equal(t, fault.Invalid, fault.KindOf(err))
	require.Equal(t, "\ufeffid,name,email,problem,how to fix\n"+
		"2,'@Bo,no,email: not an e-mail address,write it like name@example.com\n"+
		"3,Cy,,\"the row has 2 fields, the header has 3\",look for a missing or an unquoted delimiter in this row\n", out.String())
}

// Random companies, changed at random over several files in random order: the
// closure always equals a walk up the managers.
func TestTheClosureEqualsAWalk(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		random := rand.New(rand.NewPCG(7, 7))
		const size = 60
		boss := make([]int, size)
		for i := range boss {
			boss[i] = random.IntN(i+1) - 1
		}
		for round := range 12 {
			for range random.IntN(5) {
				move(boss, random.IntN(size), random.IntN(size))
			}
			rows := []string{}
			for i, b := range boss {
				manager := ""
				if b >= 0 {
					manager = fmt.Sprint("p", b, "@x.example")
				}
				rows = append(rows, fmt.Sprintf("%d,P %d,p%d@x.example,%s", i, i, i, manager))
			}
			random.Shuffle(size, func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
			keep := size
			if round > 0 {
				keep = size - random.IntN(20)
			}
			known := f.managers()
			_, err := f.Import(append([]string{"id,name,email,manager email"}, rows[:keep]...)...)
			if err != nil {
				require.Contains(t, messages(t, err)[0], "in a circle", "part of a file may close one over who is not in it")
				require.Equal(t, known, f.managers())
				continue
			}
			require.Equal(t, f.walked(), f.closure(), "round %d", round)
		}
	})
}

// move puts somebody under another unless that would close a circle.
func move(boss []int, who, under int) {
	for at := under; at >= 0; at = boss[at] {
		if at == who {
			return
		}
	}
	boss[who] = under
}

func (f fixture) managers() map[uuid.UUID]uuid.UUID {
	rows, err := f.Store.Read().Person.Query().Where(person.ManagerIDNotNil()).All(system)
	require.NoError(f.t, err)
	out := map[uuid.UUID]uuid.UUID{}
	for _, p := range rows {
		out[p.ID] = *p.ManagerID
	}
	return out
}

func (f fixture) walked() map[string]int {
	above, out := f.managers(), map[string]int{}
	for who := range above {
		depth := 1
		for at, ok := above[who]; ok; at, ok = above[at] {
			out[at.String()+who.String()] = depth
			depth++
		}
	}
	return out
}

func (f fixture) closure() map[string]int {
	rows, err := f.Store.Read().ReportingLine.Query().All(system)
	require.NoError(f.t, err)
	out := map[string]int{}
	for _, l := range rows {
		out[l.AncestorID.String()+l.PersonID.String()] = l.Depth
	}
	return out
}

func TestPlannedFactsOutliveAnImport(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		_, err := f.Import("id,name,email,title,level", "1,Ada,ada@x.example,Engineer,IC4")
		require.NoError(t, err)
		ada := f.Person("1")
		require.NoError(t, s.InTx(system, func(ctx context.Context, tx *db.Client) error {
			return f.ChangeLevel(ctx, tx, ada.ID, "IC5", "IC", "Lead", "2027-02-01")
		}))
		f.Clock.Set(time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC))
		_, err = f.Import("id,name,email,location", "1,Ada,ada@x.example,Oslo")
		require.NoError(t, err)
		require.Equal(t, []string{"2026-11-23..2026-12-01 IC4", "2026-12-01..2027-02-01 IC4", "2027-02-01..9999-12-31 IC5"}, f.spans(ada.ID))
	})
}

func unitMoves(r *sheet.ImportReport) []sheet.ImportChange {
	out := []sheet.ImportChange{}
	for _, c := range r.Changes {
		if len(c.Fields) == 1 && c.Fields[0] == "unit above" {
			out = append(out, c)
		}
	}
	return out
}

// A file cannot make the person who imports it anybody's manager, nor take away
// the report whose case HR would otherwise keep from them. New people have no
// record yet.
func TestAFileGivesItsImporterNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		_, err := f.Import("id,name,email,manager_id", "1,Hana,hana@x.example,", "2,Ada,ada@x.example,", "3,Bo,bo@x.example,1")
		require.NoError(t, err)
		hana := actor.With(context.Background(), actor.Person{ID: f.Person("1").ID, Roles: []string{"employee", "hr"}, Scopes: []actor.Scope{{}}})
		for _, dry := range []bool{true, false} {
			_, err = f.Importer.Import(hana, orgtest.FromText("people.csv", "id,name,email,manager_id\n1,Hana,hana@x.example,\n2,Ada,ada@x.example,1\n3,Bo,bo@x.example,2\n4,Cy,cy@x.example,1\n", dry))
			var wrong *fault.Error
			require.ErrorAs(t, err, &wrong)
			require.Len(t, wrong.Details, 2)
			require.Equal(t, []int{3, 4}, []int{wrong.Details[0].Line, wrong.Details[1].Line})
			require.Contains(t, wrong.Details[0].Message, "would let you read more about Ada")
		}
		_, err = f.Importer.Import(hana, orgtest.FromText("people.csv", "id,name,email,manager_id\n1,Hana,hana@x.example,\n3,Bo,bo@x.example,1\n4,Cy,cy@x.example,1\n", false))
		require.NoError(t, err)
	})
}
