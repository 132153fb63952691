package compensation_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/auditevent"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/db/predicate"
	"github.com/rung-hr/rung/internal/domain/compensation"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/money"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
	"github.com/rung-hr/rung/internal/trust/audit"
)

var hr = as(uuid.Must(uuid.NewV7()), "hr")

func rowOf(t *testing.T, list []compensation.BandRow, level string) compensation.BandRow {
	t.Helper()
	for _, r := range list {
		if r.Level == level {
			return r
		}
	}
	require.Failf(t, "no row", "level %s", level)
	return compensation.BandRow{}
}

func TestTheWorkedNumbers(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := fixtureA(t, s)
		got, err := c.Comparison(hr, compensation.Filter{})
		require.NoError(t, err)
		require.Equal(t, today, got.AsOf)
		require.Equal(t, "2026", got.Set.Name)
		require.Equal(t, []compensation.LocationRef{{Code: "DE-1", Currency: "EUR", People: 7}}, got.Locations)
		require.Len(t, got.Rows, 4)

		l4 := rowOf(t, got.Rows, "L4")
		require.Equal(t, 5, l4.Headcount)
		require.Equal(t, []int64{75_000_00, 75_800_00, 4_600_00}, []int64{*l4.MedianPay, *l4.MeanPay, *l4.CostToMin})
		require.Equal(t, &compensation.Compas{P10: 0.805, P50: 0.9375, P90: 1.1125}, l4.Compa)
		require.Equal(t, []int{2, 1}, []int{*l4.Below, *l4.Above})
		require.Equal(t, &compensation.MidStep{From: "L3", Percent: 20.3008, Check: compensation.OK, Expected: "10–30 %", Why: "as is usual where a ladder says nothing"}, l4.MidStep)
		require.Len(t, l4.People, 5)
		require.Nil(t, l4.Buckets)

		l5 := rowOf(t, got.Rows, "L5")
		require.False(t, l5.Hidden, "whoever may read exact pay sees small groups")
		require.Equal(t, &compensation.OverlapOf{Percent: 53.8462, With: "L4"}, l5.Overlap)
		require.Equal(t, 96_000_00, int(*l5.MedianPay))
		require.Len(t, l5.People, 2)

		require.Equal(t, compensation.Totals{People: 7, Below: 2, Above: 1, CostToMin: &money.Amount{Minor: 4_600_00, Currency: "EUR"}}, got.Totals)
		var outside []string
		for _, o := range got.Outside {
			outside = append(outside, o.Person.Name+" "+string(o.Bucket)+" "+o.Gap.String())
		}
		require.Equal(t, []string{"Person E2 below EUR 3000.00", "Person E5 below EUR 2000.00", "Person E4 above EUR 2000.00"}, outside)
	})
}

func TestTheViewOfBucketsHasNobodysPay(t *testing.T) {
	c := fixtureA(t, storetest.SQLite(t))
	got, err := c.Comparison(hr, compensation.Filter{View: compensation.ViewBuckets})
	require.NoError(t, err)
	l4, l5 := rowOf(t, got.Rows, "L4"), rowOf(t, got.Rows, "L5")
	require.Equal(t, &compensation.Buckets{Below: 2, Q2: 1, Q3: 1, Above: 1}, l4.Buckets)
	require.Nil(t, l4.CostToMin, "it is about two people")
	require.True(t, l5.Hidden, "a small group")
	for _, figure := range []any{l5.Buckets, l5.MedianPay, l5.MeanPay, l5.Compa, l5.Below, l5.Above, l5.CostToMin} {
		require.Nil(t, figure)
	}
	require.Equal(t, compensation.Totals{People: 5, Below: 2, Above: 1, Hidden: 1}, got.Totals, "only what the rows show")
	require.Empty(t, got.Outside)
	text, err := json.Marshal(got)
	require.NoError(t, err)
	for _, pay := range []string{"6400000", "6500000", "9500000", "Person"} {
		require.NotContains(t, string(text), pay)
	}
}

func TestOnlyThoseWithTheRightCompare(t *testing.T) {
	c := fixtureA(t, storetest.SQLite(t))
	for name, ctx := range map[string]context.Context{
		"employee": as(c.people["E1"]), "owner": as(c.people["E1"], "owner"), "admin": as(c.people["E1"], "admin"), "auditor": as(c.people["E1"], "auditor"),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := c.Comparison(ctx, compensation.Filter{})
			require.Equal(t, fault.Forbidden, fault.KindOf(err))
			_, err = c.Comparison(ctx, compensation.Filter{View: compensation.ViewBuckets})
			require.Equal(t, fault.Forbidden, fault.KindOf(err))
			_, err = c.CSV(ctx, compensation.Filter{})
			require.Equal(t, fault.Forbidden, fault.KindOf(err))
			_, err = c.Explain(ctx, "L4", "DE-1", "")
			require.Equal(t, fault.Forbidden, fault.KindOf(err))
			_, _, err = c.ByPay(ctx, compensation.PayFilter{})
			require.Equal(t, fault.Forbidden, fault.KindOf(err))
		})
	}
}

func TestReadingPayLeavesARecordThatItsOwnersSee(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := fixtureA(t, s)
		reads := func(of ...predicate.AuditEvent) []*db.AuditEvent {
			rows, err := s.Read().AuditEvent.Query().Where(append(of, auditevent.Action(string(audit.PayRead)))...).All(system)
			require.NoError(t, err)
			return rows
		}
		looks, owners := auditevent.OwnerIDIsNil(), auditevent.OwnerIDNotNil()
		_, err := c.Comparison(hr, compensation.Filter{View: compensation.ViewBuckets})
		require.NoError(t, err)
		require.Empty(t, reads())
		_, err = c.Comparison(hr, compensation.Filter{})
		require.NoError(t, err)
		require.Len(t, reads(looks), 1)
		named := len(reads(owners))
		require.Equal(t, strconv.Itoa(named), reads(looks)[0].Facts["rows"])
		require.Len(t, reads(auditevent.OwnerID(c.people["E1"])), 1)
		_, err = c.Comparison(hr, compensation.Filter{})
		require.NoError(t, err)
		require.Len(t, reads(looks), 2)
		require.Len(t, reads(owners), named, "each of them once a day")
		list, _, err := c.ByPay(hr, compensation.PayFilter{Limit: 3})
		require.NoError(t, err)
		require.Len(t, reads(looks), 3)
		for _, p := range list {
			require.Len(t, reads(auditevent.OwnerID(p.ID)), 1)
		}
	})
}

func TestPayInAnotherCurrencyIsCountedApart(t *testing.T) {
	c := fixtureA(t, storetest.SQLite(t))
	c.add(employee{key: "usd", level: "L4", location: "DE-1", currency: "USD", pay: 1_000_000_00, fte: money.FullTime},
		employee{key: "none", level: "L4", location: "DE-1", fte: money.FullTime},
		employee{key: "far", level: "L4", location: "US-1", currency: "USD", pay: 1, fte: money.FullTime})
	got, err := c.Comparison(hr, compensation.Filter{})
	require.NoError(t, err)
	require.Equal(t, 75_000_00, int(*rowOf(t, got.Rows, "L4").MedianPay))
	require.Equal(t, []compensation.Warning{
		{Level: "L4", Text: "in DE-1: 1 person is paid in another currency than EUR, not compared"},
		{Level: "L4", Text: "in DE-1: 1 person is without known pay"},
		{Level: "L4", Text: "in US-1: 1 person is without a band"},
	}, got.Warnings)
}

func TestTheSnapshotFollowsEveryChange(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := fixtureA(t, s)
		before, err := c.Comparison(hr, compensation.Filter{})
		require.NoError(t, err)
		c.change(func(ctx context.Context, tx *db.Client) {
			require.NoError(t, tx.Person.Update().Where(person.ID(c.people["E2"])).SetStatus(person.StatusInactive).Exec(ctx))
		})
		after, err := c.Comparison(hr, compensation.Filter{})
		require.NoError(t, err)
		require.Equal(t, 5, rowOf(t, before.Rows, "L4").Headcount)
		require.Equal(t, 4, rowOf(t, after.Rows, "L4").Headcount)
		require.Greater(t, after.ComputedFrom.SnapshotVersion, before.ComputedFrom.SnapshotVersion)
	})
}

func TestTheDayDecidesBandsPayAndLevels(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := fixtureA(t, s)
		c.bands("2027", "2027-01-01", rangeOf{"L4", "DE-1", compensation.Band{Currency: "EUR", Min: 70_000_00, Mid: 85_000_00, Max: 100_000_00}})
		past, err := c.Comparison(hr, compensation.Filter{AsOf: "2025-06-01"})
		require.NoError(t, err)
		require.Equal(t, "none", past.Set.Status)
		require.Empty(t, past.Rows)
		require.Equal(t, 7, past.ComputedFrom.People)
		future, err := c.Comparison(hr, compensation.Filter{AsOf: "2027-01-01"})
		require.NoError(t, err)
		require.Equal(t, "2027", future.Set.Name)
		require.Equal(t, int64(85_000_00), future.Rows[0].Mid)
		_, err = c.Comparison(hr, compensation.Filter{AsOf: "2026-02-31"})
		require.Equal(t, fault.Invalid, fault.KindOf(err))
	})
}

func TestCSVIsForSpreadsheets(t *testing.T) {
	c := fixtureA(t, storetest.SQLite(t))
	c.bands("=cmd()", "2026-11-01", rangeOf{"L4", "DE-1", compensation.Band{Currency: "EUR", Min: 67_000_00, Mid: 80_000_00, Max: 93_000_00}})
	file, err := c.CSV(hr, compensation.Filter{})
	require.NoError(t, err)
	var out bytes.Buffer
	n, err := file.WriteTo(&out)
	require.NoError(t, err)
	require.Equal(t, int64(out.Len()), n)
	require.Equal(t, 2, strings.Count(out.String(), "\r\n"))
	rows, err := csv.NewReader(&out).ReadAll()
	require.NoError(t, err)
	require.Equal(t, "as_of", rows[0][0])
	require.Equal(t, []string{
		"2026-11-23", "'=cmd()", "DE-1", "L4", "L4", "IC", "EUR", "67000.00", "80000.00", "93000.00",
		"5", "75000.00", "75800.00", "0.8050", "0.9375", "1.1125", "2", "1", "4600.00", "", "", "", "", "false",
	}, rows[1])
}

func TestExplainShowsTheNumbers(t *testing.T) {
	c := fixtureA(t, storetest.SQLite(t))
	got, err := c.Explain(hr, "L4", "DE-1", "")
	require.NoError(t, err)
	byName := map[string]compensation.Figure{}
	for _, f := range got.Figures {
		byName[f.Name] = f
	}
	require.Equal(t, compensation.Figure{
		Name: "Midpoint progression over L3", Formula: "midpoint / midpoint of L3 − 1", Substituted: "80000.00 / 66500.00 − 1", Value: "20.3008 %",
	}, byName["Midpoint progression over L3"])
	require.Equal(t, "379000.00 / 5", byName["Mean pay"].Substituted)
	require.Equal(t, "64400.00 / 80000.00", byName["Compa-ratio P10"].Substituted)
	require.Equal(t, "4600.00 EUR", byName["Cost to minimum"].Value)
	_, err = c.Explain(hr, "L9", "DE-1", "")
	require.Equal(t, fault.NotFound, fault.KindOf(err))
}

func TestEverybodyReadsTheOwnBand(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := fixtureA(t, s)
		own, err := c.MyBand(as(c.people["E3"]))
		require.NoError(t, err)
		require.Equal(t, money.Amount{Minor: 75_000_00, Currency: "EUR"}, own.Pay)
		require.Equal(t, []float64{0.8, 0.9375}, []float64{own.FTE, own.Compa})
		require.Equal(t, compensation.Q2, own.Bucket)
		require.Equal(t, "2026", own.Set.Name)
		_, err = c.MyBand(hr)
		require.Equal(t, fault.NotFound, fault.KindOf(err))
	})
}

func TestByPayGoesThroughAllPages(t *testing.T) {
	c := fixtureA(t, storetest.SQLite(t))
	c.add(employee{key: "jp", level: "L4", location: "JP-1", currency: "JPY", pay: 12_000_000, fte: money.FullTime},
		employee{key: "twin", level: "L4", location: "DE-1", currency: "EUR", pay: 80_000_00, fte: money.FullTime})
	var got []int64
	cursor := ""
	for range 20 {
		list, next, err := c.ByPay(hr, compensation.PayFilter{Cursor: cursor, Limit: 2})
		require.NoError(t, err)
		for _, p := range list {
			got = append(got, p.Pay.Minor)
		}
		if cursor = next; cursor == "" {
			break
		}
		require.NotContains(t, cursor, "80000")
	}
	require.Equal(t, []int64{113_000_00, 95_000_00, 80_000_00, 80_000_00, 79_000_00, 75_000_00, 65_000_00, 64_000_00, 12_000_000}, got)
	list, _, err := c.ByPay(hr, compensation.PayFilter{Level: "L5", Location: "DE-1"})
	require.NoError(t, err)
	require.Len(t, list, 2)
}
