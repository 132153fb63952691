// Package importing imports people from the files that HR systems export: a dry
// run first, every error with its place, all or nothing.
package importing

import (
	"context"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/sheet"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
	"github.com/rung-hr/rung/internal/trust/usecase"
)

// Ladders knows which levels there are.
type Ladders interface {
	// Rungs lists the levels of every ladder in force on a day, in ladder order,
	// each code once.
	Rungs(ctx context.Context, on clock.Date) ([]ladder.Rung, error)
}

// Managers knows who waits for a manager who was not here.
type Managers interface {
	// ResolveManagers makes managers of those who have come.
	ResolveManagers(ctx context.Context, tx *db.Client) error
}

// Service imports people from files.
type Service struct {
	usecase.Base
	ladders  Ladders
	managers Managers
}

// New returns the use case.
func New(b usecase.Base, l Ladders, m Managers) *Service {
	return &Service{Base: b, ladders: l, managers: m}
}

// Input is a file of people to import.
type Input struct {
	File string // its name, for messages
	// Open returns the file from its beginning. It is read several times, and
	// never as a whole in memory.
	Open   func(ctx context.Context) (io.ReadCloser, error)
	Spec   sheet.Spec // sheet.People with a person's choices
	DryRun bool

	// Progress, Mend and Finish may be nil.
	Progress func(phase string, done, total int)
	Mend     func(ctx context.Context) (io.WriteCloser, error) // gets the rows that are wrong
	Finish   func(ctx context.Context, tx *db.Client, report *sheet.ImportReport) error
}

// These are the phases of an import, in words.
const (
	phaseReading  = "Reading the file"
	phaseChecking = "Comparing the file with the people in Rung"
	phaseDiffing  = "Looking for changes"
	phaseWriting  = "Writing people"
	phaseLines    = "Writing who reports to whom"
)

// Import brings people in from a CSV file or a workbook in one transaction, all
// or nothing. HR partners for the whole company may call it. The same file
// again changes nothing. People who are not in the file stay and are only
// counted. A dry run reports what would happen.
//
// It returns an Invalid fault with everything that is wrong with the file, a
// Conflict fault when people changed while the file was read, and a Forbidden
// fault to everybody else.
func (s *Service) Import(ctx context.Context, in Input) (*sheet.ImportReport, error) {
	if err := s.Access.Require(ctx, access.People, access.Import); err != nil {
		return nil, err
	}
	r := &importRun{Service: s, in: in, today: clock.DateOf(s.Clock.Now())}
	if r.in.Progress == nil {
		r.in.Progress = func(string, int, int) {}
	}
	report, err := r.run(ctx)
	if r.reader != nil {
		_ = r.reader.Close() // a temporary file at most
	}
	return report, err
}

// importRun is one import while it runs.
type importRun struct {
	*Service
	in     Input
	today  clock.Date
	rungs  []ladder.Rung
	reader *openFile // of the first pass; it collects what is wrong
	rows   []fileRow
	units  *fileUnits
}

func (r *importRun) run(ctx context.Context) (*sheet.ImportReport, error) {
	var err error
	if r.rungs, err = r.ladders.Rungs(ctx, r.today); err != nil {
		return nil, err
	}
	if err := r.readAll(ctx); err != nil {
		return nil, err
	}
	r.in.Progress(phaseChecking, 0, 0)
	x, err := r.match(ctx, r.Store.Read())
	if err != nil {
		return nil, err
	}
	x.check(ctx, r.reader.ReportAt)
	if wrong := r.reader.Fault(); wrong != nil {
		return nil, errors.Join(wrong, r.mend(ctx))
	}
	if r.in.DryRun {
		report := r.reader.Report(true)
		return report, r.diff(ctx, r.Store.Read(), x, report, nil)
	}
	return r.apply(ctx)
}

// fileRow is what stays in memory of a row.
type fileRow struct {
	line            int
	no, email, name string
	manager         string // how the row names the manager, "" for nobody
	byEmail         bool   // by e-mail, not by employee id
	left            bool
}

// readAll is the first pass: every row is checked, and little of it is kept.
func (r *importRun) readAll(ctx context.Context) error {
	var err error
	if r.reader, err = r.open(ctx); err != nil {
		return err
	}
	r.units = newFileUnits()
	for row, ok := r.reader.Next(); ok; row, ok = r.reader.Next() {
		if len(r.rows)%importBatch == 0 {
			r.in.Progress(phaseReading, len(r.rows), 0)
			if ctx.Err() != nil {
				return ctx.Err()
			}
		}
		in := readRow(row, r.rungs, r.today)
		r.units.add(in.units, in.line, r.reader.ReportAt)
		r.rows = append(r.rows, fileRow{
			line: in.line, no: strings.Clone(in.no), email: strings.Clone(in.email), name: strings.Clone(in.name),
			manager: strings.Clone(in.manager()), byEmail: in.managerNo == "", left: in.leaves(r.today),
		})
	}
	return ctx.Err()
}

// openFile also closes what it reads from.
type openFile struct {
	*sheet.Reader
	in io.Closer
}

// Close implements io.Closer.
func (f *openFile) Close() error { return errors.Join(f.Reader.Close(), f.in.Close()) }

func (r *importRun) open(ctx context.Context) (*openFile, error) {
	in, err := r.in.Open(ctx)
	if err != nil {
		return nil, err
	}
	reader, err := sheet.Open(in, r.in.File, r.in.Spec)
	if err != nil {
		return nil, errors.Join(sheet.Refused(err), in.Close())
	}
	return &openFile{reader, in}, nil
}

// mend writes the rows that have errors, for somebody to fix.
func (r *importRun) mend(ctx context.Context) error {
	if r.in.Mend == nil {
		return nil
	}
	in, err := r.in.Open(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	out, err := r.in.Mend(ctx)
	if err != nil {
		return err
	}
	return errors.Join(r.reader.Mend(in, out), out.Close())
}

// apply matches again on what the transaction sees, and writes.
func (r *importRun) apply(ctx context.Context) (*sheet.ImportReport, error) {
	var report *sheet.ImportReport
	err := r.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		if err := store.HoldRevision(ctx, store.CompensationRevision); err != nil {
			return err
		}
		x, err := r.match(ctx, tx)
		if err != nil {
			return err
		}
		if x.wrong(ctx) {
			return fault.Clash("People changed while the file was read. Check it again.")
		}
		report = r.reader.Report(false)
		w := &importWriter{run: r, tx: tx, index: x, now: r.Clock.Now()}
		if err := r.diff(ctx, tx, x, report, w); err != nil {
			return err
		}
		if err := w.finish(ctx); err != nil {
			return err
		}
		if err := r.record(ctx, tx, report, w); err != nil {
			return err
		}
		if err := r.managers.ResolveManagers(ctx, tx); err != nil {
			return err
		}
		if r.in.Finish == nil {
			return nil
		}
		return r.in.Finish(ctx, tx, report)
	})
	return report, err
}

// record writes one entry for the whole file. One for each of 100,000 people
// would flood the trail, and the spans of employment show the rest.
func (r *importRun) record(ctx context.Context, tx *db.Client, report *sheet.ImportReport, w *importWriter) error {
	if !w.wrote {
		return nil
	}
	return r.Trail.Record(ctx, tx, audit.Entry{Action: audit.PeopleImported, Resource: "person", Facts: map[string]string{
		"rows": strconv.Itoa(len(r.rows)), "added": strconv.Itoa(report.Added), "changed": strconv.Itoa(report.Changed),
	}})
}
