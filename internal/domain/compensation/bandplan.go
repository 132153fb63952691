package compensation

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/band"
	"github.com/rung-hr/rung/ent/db/bandset"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/sheet"
)

// bandPlan is what an import of bands would change.
type bandPlan struct {
	file  bandFile
	from  clock.Date
	set   *db.BandSet            // the set of the same name; nil for none
	live  []*db.BandSet          // by first day, then by time of recording
	older map[bandKey]storedBand // the bands that the rows are compared with
	kinds []sheet.ChangeKind     // of each row, "" for unchanged
	diffs [][]string             // the fields that differ
}

// storedBand is a band with its track.
type storedBand struct {
	track string
	band  Band
}

func (f bandFile) plan(ctx context.Context, client *db.Client, today clock.Date) (*bandPlan, error) {
	p := &bandPlan{file: f, older: map[bandKey]storedBand{}}
	live, err := client.BandSet.Query().Where(bandset.StatusEQ(bandset.StatusLive)).
		Order(db.Asc(bandset.FieldValidFrom), db.Asc(bandset.FieldRecordedAt)).All(ctx)
	if err != nil {
		return nil, err
	}
	p.live = live
	if at := slices.IndexFunc(live, func(b *db.BandSet) bool { return b.Name == f.name }); at >= 0 {
		p.set = live[at]
	}
	p.from = f.from
	if p.from == "" && p.set != nil {
		p.from = p.set.ValidFrom
	}
	p.from = cmp.Or(p.from, today)
	if err := p.loadOlder(ctx, client); err != nil {
		return nil, err
	}
	p.compare()
	return p, nil
}

// inForce is the set that the new one follows, or nil.
func (p *bandPlan) inForce() *db.BandSet {
	var found *db.BandSet
	for _, b := range p.live {
		if b.ValidFrom <= p.from && b.ValidTo > p.from {
			found = b
		}
	}
	return found
}

func (p *bandPlan) loadOlder(ctx context.Context, client *db.Client) error {
	before := cmp.Or(p.set, p.inForce())
	if before == nil {
		return nil
	}
	rows, err := client.Band.Query().Where(band.SetID(before.ID)).All(ctx)
	for _, r := range rows {
		p.older[bandKey{r.Family, r.Level, r.Location}] = storedBand{
			track: r.Track, band: Band{Currency: r.Currency, Min: r.MinMinor, Mid: r.MidMinor, Max: r.MaxMinor},
		}
	}
	return err
}

func (p *bandPlan) compare() {
	p.kinds, p.diffs = make([]sheet.ChangeKind, len(p.file.rows)), make([][]string, len(p.file.rows))
	for i, in := range p.file.rows {
		old, known := p.older[in.key]
		if !known {
			p.kinds[i], p.diffs[i] = sheet.Added, []string{}
			continue
		}
		if p.diffs[i] = old.differences(in); len(p.diffs[i]) > 0 {
			p.kinds[i] = sheet.Changed
		}
	}
}

func (b storedBand) differences(in incomingBand) []string {
	var out []string
	for _, f := range []struct {
		name    string
		differs bool
	}{
		{"track", b.track != in.track},
		{"currency", b.band.Currency != in.band.Currency},
		{"minimum", b.band.Min != in.band.Min},
		{"midpoint", b.band.Mid != in.band.Mid},
		{"maximum", b.band.Max != in.band.Max},
	} {
		if f.differs {
			out = append(out, f.name)
		}
	}
	return out
}

// nothing reports whether the stored set is already the same as the file.
func (p *bandPlan) nothing() bool {
	same := p.set != nil && p.set.ValidFrom == p.from && len(p.older) == len(p.file.rows)
	return same && !slices.ContainsFunc(p.kinds, func(k sheet.ChangeKind) bool { return k != "" })
}

func (p *bandPlan) warn(reader *sheet.Reader) {
	before := p.inForce()
	if before == nil || before.Name == p.file.name || p.nothing() {
		return
	}
	reader.ReportAt(0, sheet.OtherWarning, "", fmt.Sprintf("the set %q ends when this one starts, on %s", before.Name, p.from), "nothing to do if that is intended")
}

func (p *bandPlan) describe(report *sheet.ImportReport) {
	report.Missing = len(p.older)
	for i, in := range p.file.rows {
		if p.kinds[i] != sheet.Added {
			report.Missing--
		}
		if p.kinds[i] == "" {
			report.Unchanged++
			continue
		}
		report.Note(p.kinds[i], in.line, in.key.String(), p.diffs[i])
	}
}

func (p *bandPlan) write(ctx context.Context, tx *db.Client, now time.Time) (uuid.UUID, error) {
	id, err := p.writeSet(ctx, tx, now)
	if err != nil {
		return uuid.Nil, err
	}
	for rows := range slices.Chunk(p.file.rows, importBatch) {
		bands := make([]*db.BandCreate, len(rows))
		for i, in := range rows {
			bands[i] = tx.Band.Create().SetSetID(id).SetFamily(in.key.family).SetTrack(in.track).SetLevel(in.key.level).
				SetLocation(in.key.location).SetCurrency(in.band.Currency).
				SetMinMinor(in.band.Min).SetMidMinor(in.band.Mid).SetMaxMinor(in.band.Max)
		}
		if err := tx.Band.CreateBulk(bands...).Exec(ctx); err != nil {
			return uuid.Nil, err
		}
	}
	return id, chain(ctx, tx)
}

func (p *bandPlan) writeSet(ctx context.Context, tx *db.Client, now time.Time) (uuid.UUID, error) {
	if p.set == nil {
		created, err := tx.BandSet.Create().SetName(p.file.name).SetValidFrom(p.from).SetValidTo(clock.Forever).SetRecordedAt(now).Save(ctx)
		if err != nil {
			return uuid.Nil, err
		}
		return created.ID, nil
	}
	if _, err := tx.Band.Delete().Where(band.SetID(p.set.ID)).Exec(ctx); err != nil {
		return uuid.Nil, err
	}
	return p.set.ID, tx.BandSet.UpdateOneID(p.set.ID).AddVersion(1).SetValidFrom(p.from).SetRecordedAt(now).Exec(ctx)
}

// chain lets each live set end where the next one starts, so that one set is in
// force on any day. Of two that start on the same day, the one recorded later
// counts.
func chain(ctx context.Context, tx *db.Client) error {
	live, err := tx.BandSet.Query().Where(bandset.StatusEQ(bandset.StatusLive)).
		Order(db.Asc(bandset.FieldValidFrom), db.Asc(bandset.FieldRecordedAt), db.Asc(bandset.FieldID)).All(ctx)
	if err != nil {
		return err
	}
	for i, set := range live {
		end := clock.Forever
		if i+1 < len(live) {
			end = live[i+1].ValidFrom
		}
		if set.ValidTo == end {
			continue
		}
		if err := tx.BandSet.UpdateOneID(set.ID).AddVersion(1).SetValidTo(end).Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}
