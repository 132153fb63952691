package compensation_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/auditevent"
	"github.com/rung-hr/rung/ent/db/bandset"
	"github.com/rung-hr/rung/ent/db/paypoint"
	"github.com/rung-hr/rung/internal/domain/compensation"
	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/money"
	"github.com/rung-hr/rung/internal/platform/sheet"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
	"github.com/rung-hr/rung/internal/trust/audit"
)

// withLadder is an empty company with the shipped ladder.
func withLadder(t testing.TB, s *store.Store) *company {
	t.Helper()
	c := newCompany(t, s)
	name, content := ladder.ShippedFile()
	_, err := c.ladders.Publish(system, name, content, "2026-01-01")
	require.NoError(t, err)
	return c
}

func lines(list ...string) string { return strings.Join(list, "\n") + "\n" }

func counts(r *sheet.ImportReport) []int {
	return []int{r.Rows, r.Added, r.Changed, r.Unchanged, r.Missing}
}

func warnings(r *sheet.ImportReport) []string {
	out := []string{}
	for _, w := range r.Warnings {
		out = append(out, fmt.Sprintf("%d %s", w.Line, w.Message))
	}
	return out
}

func details(t *testing.T, err error) []string {
	t.Helper()
	var bad *fault.Error
	require.ErrorAs(t, err, &bad)
	require.Equal(t, fault.Invalid, bad.Kind)
	out := []string{}
	for _, d := range bad.Details {
		require.NotEmpty(t, d.Fix)
		require.NotEmpty(t, d.File)
		out = append(out, fmt.Sprintf("%d:%d %s", d.Line, d.Column, d.Message))
	}
	return out
}

var goodBands = lines("level,location,currency,min,mid,max",
	"IC3,London,GBP,50000,60000,70000",
	"IC4,London,GBP,60000,72000,84000",
	"ic5,London,GBP,72000,86400,100800",
	"M1,London,GBP,72000,86400,100800")

func (c *company) importBands(text, name string, from clock.Date) (*sheet.ImportReport, error) {
	return c.ImportBands(hr, "bands 2026.csv", strings.NewReader(text), name, from, false)
}

// sets lists the live sets with the days on which they are in force.
func (c *company) sets() []string {
	c.t.Helper()
	rows, err := c.store.Read().BandSet.Query().Order(db.Asc(bandset.FieldValidFrom), db.Asc(bandset.FieldRecordedAt)).All(system)
	require.NoError(c.t, err)
	out := []string{}
	for _, b := range rows {
		out = append(out, fmt.Sprintf("%s %s..%s", b.Name, b.ValidFrom, b.ValidTo))
	}
	return out
}

func TestBandsComeInAsASet(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := withLadder(t, s)
		dry, err := c.ImportBands(hr, "bands.csv", strings.NewReader(goodBands), "", "", true)
		require.NoError(t, err)
		require.Equal(t, []int{4, 4, 0, 0, 0}, counts(dry))
		require.Empty(t, c.sets())

		report, err := c.importBands(goodBands, "", "2026-04-01")
		require.NoError(t, err)
		require.Equal(t, []int{4, 4, 0, 0, 0}, counts(report))
		require.Empty(t, warnings(report))
		again, err := c.importBands(goodBands, "", "")
		require.NoError(t, err)
		require.Equal(t, []int{4, 0, 0, 4, 0}, counts(again))
		records, err := s.Read().AuditEvent.Query().Where(auditevent.Action(string(audit.BandsImported))).Count(system)
		require.NoError(t, err)
		require.Equal(t, 1, records)
		require.Equal(t, []string{"bands 2026 2026-04-01..9999-12-31"}, c.sets())

		got, err := c.Comparison(hr, compensation.Filter{})
		require.NoError(t, err)
		require.Equal(t, []string{"IC3", "IC4", "IC5", "M1"}, []string{got.Rows[0].Level, got.Rows[1].Level, got.Rows[2].Level, got.Rows[3].Level})
		require.Equal(t, "Lead / Staff", got.Rows[2].Title)
		require.Equal(t, &compensation.MidStep{From: "IC4", Percent: 20, Check: compensation.OK, Expected: "15–25 %", Why: "as the ladder says for this level"}, got.Rows[2].MidStep)
		require.Nil(t, got.Rows[3].MidStep, "the first of its track")
	})
}

func TestASetEndsWhenTheNextOneStarts(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := withLadder(t, s)
		for _, set := range []struct {
			name string
			from clock.Date
		}{{"A", "2026-01-01"}, {"C", "2027-01-01"}, {"B", "2026-07-01"}, {"B again", "2026-07-01"}} {
			c.clock.Advance(time.Minute)
			_, err := c.importBands(goodBands, set.name, set.from)
			require.NoError(t, err)
		}
		require.Equal(t, []string{
			"A 2026-01-01..2026-07-01", "B 2026-07-01..2026-07-01", "B again 2026-07-01..2027-01-01", "C 2027-01-01..9999-12-31",
		}, c.sets())
		report, err := c.importBands(lines("level,location,currency,min,mid,max", "IC3,London,GBP,50000,61000,72000", "IC4,Berlin,EUR,60000,72000,84000"), "B again", "")
		require.NoError(t, err)
		require.Equal(t, []int{2, 1, 1, 0, 3}, counts(report))
		require.Equal(t, []string{"midpoint", "maximum"}, report.Changes[0].Fields)
		got, err := c.Comparison(hr, compensation.Filter{Location: compensation.AllLocations})
		require.NoError(t, err)
		require.Len(t, got.Rows, 2, "a set is replaced as a whole")
	})
}

func TestAllErrorsOfBandsComeAtOnce(t *testing.T) {
	c := withLadder(t, storetest.SQLite(t))
	_, err := c.importBands(lines("level,location,currency,min,mid,max,component,valid_from",
		"IC3,London,GBP,60000,50000,70000,base,2026-04-01",
		"IC8,London,EURO,1,2,3,base,2026-04-01",
		"IC4,London,GBP,60000,72000,84000,base,2026-05-01",
		"IC4,London,GBP,60000,72000,84000,base,2026-04-01",
		"IC5,London,GBP,50000,60000,70000,base,2026-04-01",
		"IC6,London,USD,-1,60000,70000,base,2026-04-01",
		"IC7,London,GBP,1,2,3,bonus,2026-04-01"), "", "")
	require.Equal(t, []string{
		"2:5 the amounts do not rise from minimum to midpoint to maximum",
		"3:1 no ladder has this level",
		"3:3 not an ISO 4217 currency code",
		"4:8 a set starts on one day; the first row says 2026-04-01",
		"5:1 the same family, level and location as in line 4",
		"6:5 the midpoint is below that of IC4",
		"7:4 the amount is negative",
	}, details(t, err))
	require.Empty(t, c.sets())
}

func TestOddBandsAreWarnings(t *testing.T) {
	c := withLadder(t, storetest.SQLite(t))
	_, err := c.importBands(goodBands, "before", "2026-01-01")
	require.NoError(t, err)
	report, err := c.importBands(lines("level,location,currency,min,mid,max,component",
		"IC4,London,GBP,60000,72000,84000,base",
		"IC5,London,GBP,60000,80000,90000,base",
		"IC5,London,GBP,1,2,3,bonus"), "after", "2026-06-01")
	require.NoError(t, err)
	require.Equal(t, []string{
		"3 the midpoint is not the middle of minimum and maximum",
		"4 only base pay is compared; this row is ignored",
		"3 the midpoint is 11.1 % over IC4; 15–25 % is expected, as the ladder says for this level",
		`0 the set "before" ends when this one starts, on 2026-06-01`,
	}, warnings(report))
}

// payOf lists what a person earns over time.
func (c *company) payOf(key string) []string {
	c.t.Helper()
	rows, err := c.store.Read().PayPoint.Query().Where(paypoint.PersonID(c.people[key])).Order(db.Asc(paypoint.FieldValidFrom)).All(system)
	require.NoError(c.t, err)
	out := []string{}
	for _, p := range rows {
		out = append(out, fmt.Sprintf("%s..%s %s %d", p.ValidFrom, p.ValidTo, money.Amount{Minor: int64(p.AmountMinor), Currency: p.Currency}, p.FtePpm))
	}
	return out
}

func (c *company) importPay(list ...string) (*sheet.ImportReport, error) {
	return c.ImportPay(hr, "pay.csv", strings.NewReader(lines(list...)), false)
}

func staff(c *company) {
	c.add(employee{key: "e1", level: "IC4", location: "London", fte: money.FullTime},
		employee{key: "e2", level: "IC4", location: "London", fte: 800_000},
		employee{key: "e3", level: "IC4", location: "London", fte: money.FullTime})
}

func TestPayOfEveryPeriodBecomesPayOfAYear(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := withLadder(t, s)
		staff(c)
		rows := []string{"employee id,amount,currency,per,pay periods,weekly hours,fte,effective date",
			`e1,"80,000.00",EUR,year,,,,2026-01-01`,
			"e2,5000,EUR,month,13,,,2026-01-01",
			"e3,38.50,EUR,hour,,40,1,2026-01-01",
			"e3,5000,EUR,month,,,0.5,2026-07-01"}
		report, err := c.importPay(rows...)
		require.NoError(t, err)
		require.Equal(t, []int{4, 4, 0, 0, 0}, counts(report))
		require.Equal(t, []string{"2026-01-01..9999-12-31 EUR 80000.00 1000000"}, c.payOf("e1"))
		require.Equal(t, []string{"2026-01-01..9999-12-31 EUR 65000.00 800000"}, c.payOf("e2"))
		require.Equal(t, []string{"2026-01-01..2026-07-01 EUR 80080.00 1000000", "2026-07-01..9999-12-31 EUR 60000.00 500000"}, c.payOf("e3"))
		again, err := c.importPay(rows...)
		require.NoError(t, err)
		require.Equal(t, []int{4, 0, 0, 4, 0}, counts(again))
		records, err := s.Read().AuditEvent.Query().Where(auditevent.Action(string(audit.PayImported))).All(system)
		require.NoError(t, err)
		require.Equal(t, map[string]string{"rows": "4", "added": "4", "changed": "0"}, records[len(records)-1].Facts)
	})
}

func TestPayFollowsPay(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := withLadder(t, s)
		staff(c)
		_, err := c.importBands(goodBands, "", "2026-01-01")
		require.NoError(t, err)
		_, err = c.importPay("email,amount,currency,effective date", "e1@example.com,70000,GBP,2026-01-01", "e2@example.com,60000,GBP,2026-01-01")
		require.NoError(t, err)
		report, err := c.importPay("email,amount,currency,effective date",
			"e1@example.com,71000,GBP,2026-04-01", "E1@example.com,100000,GBP,2026-10-01", "e2@example.com,61000,GBP,2026-01-01")
		require.NoError(t, err)
		require.Equal(t, []int{3, 2, 1, 0, 1}, counts(report))
		require.Equal(t, []string{"amount"}, report.Changes[2].Fields)
		require.Equal(t, []string{
			"3 full-time pay changes by more than 30 %",
			"3 full-time pay is outside the band of IC4 at London",
		}, warnings(report))
		require.Equal(t, []string{
			"2026-01-01..2026-04-01 GBP 70000.00 1000000", "2026-04-01..2026-10-01 GBP 71000.00 1000000", "2026-10-01..9999-12-31 GBP 100000.00 1000000",
		}, c.payOf("e1"))
		_, err = c.importPay("email,amount,currency,effective date", "e1@example.com,70500,GBP,2026-02-01")
		require.NoError(t, err)
		require.Equal(t, "2026-02-01..2026-04-01 GBP 70500.00 1000000", c.payOf("e1")[1], "a later file may contain an earlier day")
	})
}

func TestAllErrorsOfPayComeAtOnceAndShowNoAmount(t *testing.T) {
	c := withLadder(t, storetest.SQLite(t))
	staff(c)
	_, err := c.importPay("employee id,amount,currency,per,weekly hours,fte,effective date",
		"nobody,81234,EUR,year,,,2026-01-01",
		"e1,8123x4,EUR,year,,,2026-01-01",
		"e1,81234,BGN,year,,,2026-02-01",
		"e1,81234,EUR,hour,,,2026-01-01",
		"e1,81234.555,EUR,year,,80,2026-01-01",
		"e1,81234,EUR,year,,,2023-12-31",
		"e2,81234,EUR,year,,,2026-01-01",
		"e2,81234,EUR,year,,,2026-01-01",
		",81234,EUR,week,,,2026-02-30")
	got := details(t, err)
	require.Equal(t, []string{
		"2:1 Rung does not know this person",
		"3:2 not a number; this column has a decimal point",
		"4:3 BGN ended on 2025-12-31",
		"5:5 pay by the hour needs the weekly hours",
		"6:2 the amount has more decimals than EUR allows",
		"6:6 the value looks like a percentage; a share of full time such as 0.8 is expected",
		"7:7 the day is before the hire date, 2024-01-01",
		"9:7 the same person and day as in line 8",
		"10:4 not a known value of the period",
		"10:7 there is no such date",
		"10:1 the row does not say whose pay it is",
	}, got)
	require.NotContains(t, fmt.Sprint(err, got), "8123")
	require.Empty(t, c.payOf("e2"))
}

func TestImportingPayAndBandsNeedsTheRight(t *testing.T) {
	c := withLadder(t, storetest.SQLite(t))
	for _, role := range []string{"employee", "approver", "owner", "admin", "auditor"} {
		ctx := as(uuid.Must(uuid.NewV7()), role)
		for name, do := range map[string]func(context.Context) error{
			"bands": func(ctx context.Context) error {
				_, err := c.ImportBands(ctx, "x", strings.NewReader(goodBands), "", "", true)
				return err
			},
			"pay": func(ctx context.Context) error {
				_, err := c.ImportPay(ctx, "x", strings.NewReader(""), true)
				return err
			},
		} {
			require.Equal(t, fault.Forbidden, fault.KindOf(do(ctx)), role+" "+name)
		}
	}
}

func TestPayOfAWorkbookIsWhatItsCellsHold(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := withLadder(t, s)
		staff(c)
		f := excelize.NewFile()
		require.NoError(t, f.SetSheetRow("Sheet1", "A1", &[]any{"employee_id", "amount", "currency", "effective_date"}))
		require.NoError(t, f.SetSheetRow("Sheet1", "A2", &[]any{"e1", 85499.75, "EUR", 46023}))
		for cell, code := range map[string]string{"B2": "0,", "D2": "[$-407]d. mmm. yy"} {
			style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &code})
			require.NoError(t, err)
			require.NoError(t, f.SetCellStyle("Sheet1", cell, cell, style))
		}
		var content bytes.Buffer
		require.NoError(t, f.Write(&content))
		require.NoError(t, f.Close())
		report, err := c.ImportPay(hr, "pay.xlsx", &content, false)
		require.NoError(t, err)
		require.Equal(t, "Sheet1", report.Sheet)
		require.Equal(t, []string{"2 the cell shows another number than it holds; what it holds is used"}, warnings(report)[:1])
		require.Equal(t, []string{"2026-01-01..9999-12-31 EUR 85499.75 1000000"}, c.payOf("e1"))
	})
}
