package compensation

import (
	"cmp"
	"context"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/sheet"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/platform/text"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
)

// ImportBands imports a band set from a CSV file or a workbook in one
// transaction, all or nothing. Compensation partners may, and HR partners for the
// whole company. A set of the same name is replaced as a whole; the previous set
// ends on the day on which this one starts. The default name is that of the file;
// the default first day is the one in the file, else that of the stored set, else
// today. The same file again changes nothing. The report counts rows and lists at
// most 200 changes of each kind. It returns an Invalid fault that lists the
// errors of the file with their places, or for a wrong day, and a Forbidden fault
// to everybody else.
func (s *Service) ImportBands(ctx context.Context, file string, in io.Reader, name string, from clock.Date, dryRun bool) (*sheet.ImportReport, error) {
	if err := s.Access.Require(ctx, access.Bands, access.Import); err != nil {
		return nil, err
	}
	if from != "" {
		if _, err := s.day(from); err != nil {
			return nil, err
		}
	}
	today := clock.DateOf(s.Clock.Now())
	rungs, err := s.ladders.Rungs(ctx, today)
	if err != nil {
		return nil, err
	}
	reader, err := sheet.Open(in, file, sheet.Bands)
	if err != nil {
		return nil, sheet.Refused(err)
	}
	defer func() { _ = reader.Close() }()
	f := bandFile{reader: reader, rungs: rungs, name: setName(name, file), from: from, at: map[bandKey]int{}}
	f.read()
	f.checkSteps()
	if err := reader.Fault(); err != nil {
		return nil, err
	}
	p, err := f.plan(ctx, s.Store.Read(), today)
	if err != nil {
		return nil, err
	}
	p.warn(reader)
	report := reader.Report(dryRun)
	if !dryRun {
		if p, err = s.applyBands(ctx, f, today); err != nil {
			return nil, err
		}
	}
	p.describe(report)
	return report, nil
}

func setName(name, file string) string {
	return cmp.Or(strings.TrimSpace(name), strings.TrimSuffix(filepath.Base(file), filepath.Ext(file)))
}

func (s *Service) applyBands(ctx context.Context, f bandFile, today clock.Date) (*bandPlan, error) {
	var p *bandPlan
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) (err error) {
		if p, err = f.plan(ctx, tx, today); err != nil || p.nothing() {
			return err
		}
		id, err := p.write(ctx, tx, s.Clock.Now())
		if err != nil {
			return err
		}
		if err := store.BumpRevision(ctx, store.CompensationRevision); err != nil {
			return err
		}
		return s.Trail.Record(ctx, tx, audit.Entry{Action: audit.BandsImported, Resource: "band_set", ID: id, Facts: map[string]string{
			"bands": strconv.Itoa(len(f.rows)), "from": string(p.from),
		}})
	})
	return p, err
}

// bandKey identifies a band in its set.
type bandKey struct{ family, level, location string }

func (k bandKey) String() string {
	return strings.TrimSpace(k.family + " " + k.level + " " + k.location)
}

// incomingBand is one row of the file.
type incomingBand struct {
	line  int
	key   bandKey
	track string
	band  Band
}

// bandFile is a file of bands while it is read.
type bandFile struct {
	reader *sheet.Reader
	rungs  []ladder.Rung
	name   string
	from   clock.Date // as asked for or found in the file; "" for neither
	rows   []incomingBand
	at     map[bandKey]int // index into rows
}

func (f *bandFile) read() {
	fixed := f.from != ""
	for row, ok := f.reader.Next(); ok; row, ok = f.reader.Next() {
		if kind := row.Text("component"); kind != "" && kind != "base" {
			row.Warn("component", "only base pay is compared; this row is ignored", "nothing to do")
			continue
		}
		if day, ok := row.Date("valid_from"); ok && !fixed {
			f.start(row, clock.DateOf(day))
		}
		f.add(row)
	}
}

func (f *bandFile) start(row sheet.Row, day clock.Date) {
	if f.from != "" && f.from != day {
		row.Fail("valid_from", "a set starts on one day; the first row says "+string(f.from), "put other days in other files")
		return
	}
	f.from = day
}

func (f *bandFile) add(row sheet.Row) {
	in := incomingBand{
		line: row.Line, track: row.Text("track"),
		key: bandKey{family: row.Text("family"), level: row.Text("level"), location: row.Text("location")},
	}
	f.checkLevel(row, &in)
	f.readRange(row, &in)
	tooLong := func(s string) bool { return text.Longer(s, 64) }
	if slices.ContainsFunc([]string{in.key.family, in.key.level, in.key.location, in.track}, tooLong) {
		row.Fail("level", "family, track, level or location is too long", "use at most 64 characters")
	}
	if first, ok := f.at[in.key]; ok {
		row.Report(sheet.DuplicateRow, "level", "the same family, level and location as in line "+strconv.Itoa(f.rows[first].line), "keep one of the rows")
		return
	}
	f.at[in.key] = len(f.rows)
	f.rows = append(f.rows, in)
}

func (f *bandFile) checkLevel(row sheet.Row, in *incomingBand) {
	if in.key.level == "" || len(f.rungs) == 0 {
		return
	}
	rung, ok := ladder.FindRung(f.rungs, in.key.level)
	if !ok {
		row.Report(sheet.UnknownLevel, "level", "no ladder has this level", ladder.SuggestRung(f.rungs, in.key.level))
		return
	}
	in.key.level, in.track = rung.Code, rung.Track
}

func (f *bandFile) readRange(row sheet.Row, in *incomingBand) {
	var on time.Time
	if f.from != "" {
		on = f.from.Time()
	}
	currency, ok := row.Currency("currency", on)
	if !ok {
		return
	}
	low, ok1 := row.Amount("min", currency)
	mid, ok2 := row.Amount("mid", currency)
	high, ok3 := row.Amount("max", currency)
	if !ok1 || !ok2 || !ok3 {
		return
	}
	in.band = Band{Currency: currency, Min: low.Minor, Mid: mid.Minor, Max: high.Minor}
	if in.band.Validate() != nil {
		row.Report(sheet.BandOrder, "mid", "the amounts do not rise from minimum to midpoint to maximum", "check the three amounts")
		return
	}
	// An odd difference cannot be halved: one minor unit more or less still
	// counts as the middle.
	if off := 2*in.band.Mid - in.band.Min - in.band.Max; off > 1 || off < -1 {
		row.Report(sheet.MidNotMiddle, "mid", "the midpoint is not the middle of minimum and maximum", "nothing to do if that is intended")
	}
}

// checkSteps checks the midpoints along each track.
func (f *bandFile) checkSteps() {
	for i, rung := range f.rungs {
		for _, in := range f.rows {
			if in.key.level == rung.Code && in.band.Currency != "" {
				f.checkStep(i, in)
			}
		}
	}
}

func (f *bandFile) checkStep(at int, in incomingBand) {
	neighbours := true
	for below := at - 1; below >= 0; below-- {
		rung := f.rungs[below]
		if rung.Track != in.track {
			continue
		}
		lower, ok := f.at[bandKey{in.key.family, rung.Code, in.key.location}]
		if !ok || f.rows[lower].band.Currency == "" {
			neighbours = false
			continue
		}
		rise, ok := Progression(f.rows[lower].band, in.band)
		expected := ExpectedProgression(f.rungs[at], neighbours)
		switch {
		case !ok:
			f.reader.ReportAt(in.line, sheet.UnknownCurrency, "currency", "the band of "+rung.Code+" at this location is in another currency", "use one currency per location")
		case rise.Rat().Sign() < 0:
			f.reader.ReportAt(in.line, sheet.BandOrder, "mid", "the midpoint is below that of "+rung.Code, "check the amounts of both")
		case expected.Check(rise) != OK:
			f.reader.ReportAt(in.line, sheet.OddProgression, "mid", "the midpoint is "+rise.Percent(1)+" % over "+rung.Code+"; "+expected.String()+" is expected, "+expected.Why(), "nothing to do if that is intended")
		}
		return
	}
}
