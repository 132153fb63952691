package people

import (
	"context"
	"io"
	"strconv"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/internal/access"
	"github.com/rung-hr/rung/internal/audit"
	"github.com/rung-hr/rung/internal/clock"
	"github.com/rung-hr/rung/internal/ladder"
	"github.com/rung-hr/rung/internal/sheet"
	"github.com/rung-hr/rung/internal/store"
)

// Import brings people in from a CSV file in one transaction, all or nothing.
// All that is wrong with the file comes back at once as an Invalid fault. The
// same file again changes nothing; who is not in the file stays and is only
// counted. A dry run reports what would happen.
func (s *Service) Import(ctx context.Context, file string, in io.Reader, dryRun bool) (*sheet.ImportReport, error) {
	if err := s.access.Require(ctx, access.People, access.Import); err != nil {
		return nil, err
	}
	today := clock.DateOf(s.clock.Now())
	rungs, err := ladder.Rungs(ctx, s.store.Read(), today)
	if err != nil {
		return nil, err
	}
	reader, err := sheet.Open(in, file, sheet.People)
	if err != nil {
		return nil, sheet.Refused(err)
	}
	rows := readRows(reader, rungs)
	// The first plan finds what is wrong without holding up anybody's writes.
	p, err := s.plan(ctx, s.store.Read(), reader, rows)
	if err != nil {
		return nil, err
	}
	p.check()
	if err := reader.Fault(); err != nil {
		return nil, err
	}
	report := reader.Report(dryRun)
	if !dryRun {
		if p, err = s.apply(ctx, reader, rows, today); err != nil {
			return nil, err
		}
	}
	p.describe(report)
	return report, nil
}

// apply plans again on what the transaction sees and writes it.
func (s *Service) apply(ctx context.Context, reader *sheet.Reader, rows []incoming, today clock.Date) (*plan, error) {
	var p *plan
	err := s.store.InTx(ctx, func(ctx context.Context, tx *db.Client) (err error) {
		if p, err = s.plan(ctx, tx, reader, rows); err != nil {
			return err
		}
		if p.nothing() {
			return nil
		}
		w := writer{tx: tx, plan: p, today: today, now: s.clock.Now()}
		if err := w.write(ctx); err != nil {
			return err
		}
		if p.managersChanged() {
			if err := s.RebuildLines(ctx, tx); err != nil {
				return err
			}
		}
		if err := store.BumpRevision(ctx, tx, store.CompensationRevision); err != nil {
			return err
		}
		return s.trail.Record(ctx, tx, audit.Entry{Action: audit.PeopleImported, Resource: "person", Facts: map[string]string{
			"rows": strconv.Itoa(len(rows)), "added": strconv.Itoa(len(p.added)), "changed": strconv.Itoa(len(p.changed)),
		}})
	})
	return p, err
}
