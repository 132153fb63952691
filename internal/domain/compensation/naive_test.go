package compensation_test

import (
	"fmt"
	"math/big"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/rung-hr/rung/internal/domain/compensation"
	"github.com/rung-hr/rung/internal/platform/money"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
)

// naive is the comparison of one cell in the shortest code that can be right.
func naive(list []employee, r rangeOf) compensation.BandRow {
	row := compensation.BandRow{Below: new(0), Above: new(0)}
	var pays []int64
	sum, cost := new(big.Rat), new(big.Rat)
	for _, p := range list {
		if p.level != r.level || p.location != r.location || p.currency != r.band.Currency {
			continue
		}
		exact := big.NewRat(p.pay*int64(money.FullTime), int64(p.fte))
		pay, _ := compensation.Minor(money.RatioOf(exact))
		pays = append(pays, pay)
		sum.Add(sum, big.NewRat(pay, 1))
		if pay < r.band.Min {
			*row.Below++
			cost.Add(cost, big.NewRat((r.band.Min-pay)*int64(p.fte), int64(money.FullTime)))
		}
		if pay > r.band.Max {
			*row.Above++
		}
	}
	row.Headcount = len(pays)
	if len(pays) == 0 {
		return row
	}
	slices.Sort(pays)
	half := func(r *big.Rat) *int64 { v, _ := compensation.Minor(money.RatioOf(r)); return &v }
	row.MedianPay = half(big.NewRat(pays[(len(pays)-1)/2]+pays[len(pays)/2], 2))
	row.MeanPay = half(sum.Quo(sum, big.NewRat(int64(len(pays)), 1)))
	row.CostToMin = half(cost)
	return row
}

func drawCompany(t *rapid.T, unit *uuid.UUID) ([]rangeOf, []employee) {
	var ranges []rangeOf
	for _, location := range []string{"A", "B"} {
		for _, level := range []string{"L1", "L2"} {
			if rapid.IntRange(0, 5).Draw(t, "band") > 0 {
				ranges = append(ranges, rangeOf{level, location, drawBand(t)})
			}
		}
	}
	list := make([]employee, rapid.IntRange(1, 60).Draw(t, "people"))
	for i := range list {
		list[i] = employee{
			key: fmt.Sprint(i), level: rapid.SampledFrom([]string{"L1", "L2", ""}).Draw(t, "level"),
			location: rapid.SampledFrom([]string{"A", "B", "C"}).Draw(t, "location"),
			currency: rapid.SampledFrom([]string{"EUR", "EUR", "EUR", "EUR", "USD"}).Draw(t, "currency"),
			pay:      rapid.Int64Range(500_000, 30_000_000).Draw(t, "pay"),
			fte:      rapid.SampledFrom([]money.FTE{money.FullTime, 800_000, 333_333}).Draw(t, "fte"),
		}
		if rapid.Bool().Draw(t, "in the unit") {
			list[i].unit = unit
		}
	}
	return ranges, list
}

func TestTheSnapshotAgreesWithALoopOverAllRows(t *testing.T) {
	c := newCompany(t, storetest.SQLite(t))
	unit := c.unit("Unit")
	rapid.Check(t, func(r *rapid.T) {
		c.clear()
		ranges, list := drawCompany(r, &unit)
		c.bands("drawn", "2026-01-01", ranges...)
		c.add(list...)
		for _, f := range []compensation.Filter{{Location: compensation.AllLocations}, {Location: compensation.AllLocations, Unit: unit}} {
			among := list
			if f.Unit != uuid.Nil {
				among = slices.DeleteFunc(slices.Clone(list), func(e employee) bool { return e.unit == nil })
			}
			got, err := c.Comparison(hr, f)
			require.NoError(t, err)
			require.Len(t, got.Rows, len(ranges))
			for _, row := range got.Rows {
				at := slices.IndexFunc(ranges, func(r rangeOf) bool { return r.level == row.Level && r.location == row.Location })
				want := naive(among, ranges[at])
				require.Equal(t, want, compensation.BandRow{
					Headcount: row.Headcount, Below: row.Below, Above: row.Above, MedianPay: row.MedianPay, MeanPay: row.MeanPay, CostToMin: row.CostToMin,
				})
			}
		}
	})
}

func TestStatementsDoNotGrowWithRows(t *testing.T) {
	counts := map[int]map[string]int{}
	for _, size := range []int{50, 500} {
		var statements atomic.Int64
		c := newCompany(t, storetest.SQLite(t, store.Observe(func(string) { statements.Add(1) })))
		c.bands("2026", "2026-01-01", rangeOf{"L1", "A", compensation.Band{Currency: "EUR", Min: 1, Mid: 2, Max: 3}})
		list := make([]employee, size)
		for i := range list {
			list[i] = employee{key: fmt.Sprint(i), level: "L1", location: "A", currency: "EUR", pay: int64(i + 1), fte: money.FullTime}
		}
		c.add(list...)
		count := func(f func() error) int {
			before := statements.Load()
			require.NoError(t, f())
			return int(statements.Load() - before)
		}
		compare := func() error {
			_, err := c.Comparison(hr, compensation.Filter{})
			return err
		}
		published := func() error {
			_, err := c.Comparison(hr, compensation.Filter{View: compensation.ViewBuckets})
			return err
		}
		counts[size] = map[string]int{
			"cold":            count(compare),
			"cached":          count(compare),
			"published, cold": count(published),
			"published":       count(published),
			"past":            count(func() error { _, err := c.Comparison(hr, compensation.Filter{AsOf: "2026-03-01"}); return err }),
			"by pay":          count(func() error { _, _, err := c.ByPay(hr, compensation.PayFilter{}); return err }),
			"own":             count(func() error { _, err := c.MyBand(as(c.people["1"])); return err }),
		}
	}
	require.Equal(t, counts[50], counts[500])
	// One statement finds which of the people whose pay is read already have a
	// record for today, and one writes the records of the others.
	require.Equal(t, map[string]int{"cold": 8, "cached": 3, "published, cold": 5, "published": 1, "past": 7, "by pay": 3, "own": 4}, counts[500])
}
