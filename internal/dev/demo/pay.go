package demo

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"math"
	"strconv"

	"github.com/rung-hr/rung/internal/platform/actor"
)

// addPay imports the bands and two years of pay, as HR would.
func (s *seeder) addPay(ctx context.Context) error {
	hr := s.as(ctx, s.byKey["hr"])
	name := fmt.Sprintf("Bands %d", s.now.Year())
	from := s.date(300)
	if _, err := s.app.Services.Compensation.ImportBands(hr, "bands.csv", s.bandFile(), name, from, false); err != nil {
		return fmt.Errorf("demo: bands: %w", err)
	}
	// Nobody may import their own pay, so the operator's tool imports
	// everybody's.
	if _, err := s.app.Services.Compensation.ImportPay(actor.AsSystem(ctx, "rung pay import"), "pay.csv", s.payFile(), false); err != nil {
		return fmt.Errorf("demo: pay: %w", err)
	}
	return nil
}

func hundreds(amount float64) int64 { return int64(math.Round(amount/100)) * 100 }

func (s *seeder) bandFile() *bytes.Buffer {
	rows := [][]string{{"Job family", "Track", "Level", "Location", "Currency", "Min", "Mid", "Max"}}
	for _, p := range places {
		for _, b := range bands {
			at := func(v int64) string { return strconv.FormatInt(hundreds(float64(v)*p.factor), 10) }
			rows = append(rows, []string{"Engineering", b.track, b.level, p.name, p.currency, at(b.min), at(b.mid), at(b.max)})
		}
	}
	return file(rows)
}

func (s *seeder) payFile() *bytes.Buffer {
	rows := [][]string{{"Email", "Base salary", "Currency", "Paid per", "FTE", "Effective date"}}
	for _, m := range s.people {
		mid := int64(90_000) // staff without a level
		for _, b := range bands {
			if b.level == m.level {
				mid = b.mid
			}
		}
		full := hundreds(float64(mid) * m.place.factor * m.compa)
		fte := float64(m.fte) / 1_000_000
		row := func(amount int64, from string) {
			rows = append(rows, []string{m.email, strconv.FormatInt(amount, 10), m.place.currency, "year", strconv.FormatFloat(fte, 'f', 2, 64), from})
		}
		if m.hiredDaysAgo > year+10 {
			row(hundreds(float64(full)*fte/1.04), string(s.date(min(m.hiredDaysAgo, 2*year))))
			row(hundreds(float64(full)*fte), string(s.date(year)))
			continue
		}
		row(hundreds(float64(full)*fte), string(s.date(m.hiredDaysAgo)))
	}
	return file(rows)
}

func file(rows [][]string) *bytes.Buffer {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	_ = w.WriteAll(rows) // a buffer takes everything
	return &out
}
