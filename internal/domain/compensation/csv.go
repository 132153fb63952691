package compensation

import (
	"context"
	"encoding/csv"
	"io"
	"strconv"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/internal/platform/money"
	"github.com/rung-hr/rung/internal/platform/sheet"
)

// File is a comparison that can be written as CSV. It has groups but no people.
type File struct {
	Name    string
	records [][]string
}

// columns are the column names. Programs read them, so they must not change.
var columns = []string{
	"as_of", "band_set", "location", "level", "title", "track", "currency", "min", "mid", "max",
	"headcount", "median_pay", "mean_pay", "compa_p10", "compa_p50", "compa_p90", "below", "above", "cost_to_min",
	"mid_step_from", "mid_step_percent", "overlap_with", "overlap_percent", "hidden",
}

// CSV makes the comparison a file with one row for each level and location; if no
// location is given, with all locations. HR partners, compensation partners and
// compensation approvers may ask. With exact pay it has the figures of small
// groups too, and records whose pay they are about; else it has what is
// published. It returns the faults of Comparison.
func (s *Service) CSV(ctx context.Context, f Filter) (File, error) {
	view, err := s.view(ctx, f.View)
	if err != nil {
		return File{}, err
	}
	if f.Location == "" {
		f.Location = AllLocations
	}
	t, err := s.tableFor(ctx, f, view)
	if err != nil {
		return File{}, err
	}
	file := File{Name: "bands-" + string(t.snap.asOf) + ".csv", records: [][]string{columns}}
	shown := t.shown(f, t.locationRefs())
	for _, at := range shown {
		file.records = append(file.records, record(t.snap, t.rows[at]))
	}
	return file, s.recordSmall(ctx, t, shown)
}

// recordSmall records that the actor read figures of small groups, which reveal
// the pay of those in them.
func (s *Service) recordSmall(ctx context.Context, t *table, shown []int) error {
	var people []uuid.UUID
	for _, at := range shown {
		if members := t.cells[at].members; !t.withheld && len(members) < smallGroup {
			for _, m := range members {
				people = append(people, t.snap.ids[m])
			}
		}
	}
	if len(people) == 0 {
		return nil
	}
	return s.recordRead(ctx, "band", people)
}

// WriteTo writes the file in the format of RFC 4180.
func (f File) WriteTo(w io.Writer) (int64, error) {
	counted := &counter{to: w}
	out := csv.NewWriter(counted)
	out.UseCRLF = true
	err := out.WriteAll(f.records)
	return counted.n, err
}

type counter struct {
	to io.Writer
	n  int64
}

// Write implements io.Writer.
func (c *counter) Write(p []byte) (int, error) {
	n, err := c.to.Write(p)
	c.n += int64(n)
	return n, err
}

func record(n *snapshot, r BandRow) []string {
	major := func(minor *int64) string {
		if minor == nil {
			return ""
		}
		return money.Amount{Minor: *minor, Currency: r.Currency}.Decimal()
	}
	var p10, p50, p90, stepFrom, step, with, overlap string
	if r.Compa != nil {
		p10, p50, p90 = decimal(r.Compa.P10), decimal(r.Compa.P50), decimal(r.Compa.P90)
	}
	if r.MidStep != nil {
		stepFrom, step = r.MidStep.From, decimal(r.MidStep.Percent)
	}
	if r.Overlap != nil {
		with, overlap = r.Overlap.With, decimal(r.Overlap.Percent)
	}
	return []string{
		string(n.asOf), sheet.Guard(n.set.Name), sheet.Guard(r.Location), sheet.Guard(r.Level), sheet.Guard(r.Title), sheet.Guard(r.Track),
		r.Currency, major(&r.Min), major(&r.Mid), major(&r.Max),
		strconv.Itoa(r.Headcount), major(r.MedianPay), major(r.MeanPay), p10, p50, p90,
		count(r.Below), count(r.Above), major(r.CostToMin),
		sheet.Guard(stepFrom), step, sheet.Guard(with), overlap, strconv.FormatBool(r.Hidden),
	}
}

func count(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

func decimal(f float64) string { return strconv.FormatFloat(f, 'f', shownPlaces, 64) }
