// Package imports lets a person import a file of people step by step: upload it
// and see how its columns are read, check it, apply it. Checking and applying are
// jobs.
package imports

import (
	"context"
	"io"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/mapping"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/jobs"
	"github.com/rung-hr/rung/internal/platform/sheet"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
	"github.com/rung-hr/rung/internal/trust/usecase"
)

// MaxBytes is how large a file may be.
const MaxBytes = 200 << 20

// People is the kind of the jobs that import people.
const People = "people_import"

// Input is a file of people to import.
type Input struct {
	File string // its name, for messages
	// Open returns the file from its beginning. It is read several times, and
	// never as a whole in memory.
	Open   func(ctx context.Context) (io.ReadCloser, error)
	Spec   sheet.Spec // sheet.People with a person's choices
	DryRun bool

	Progress func(phase string, done, total int)
	Mend     func(ctx context.Context) (io.WriteCloser, error) // gets the rows that are wrong
	Finish   func(ctx context.Context, tx *db.Client, report *sheet.ImportReport) error
}

// Importer imports people from a file, all or nothing.
type Importer func(ctx context.Context, in Input) (*sheet.ImportReport, error)

// Service is the use cases around imports.
type Service struct {
	usecase.Base
	queue  *jobs.Queue
	people Importer
}

// New returns the use cases and registers their job with the queue.
func New(b usecase.Base, q *jobs.Queue, p Importer) *Service {
	out := &Service{Base: b, queue: q, people: p}
	q.Add(jobs.Kind{Name: People, Run: out.run})
	return out
}

// Order says how a file is to be imported.
type Order struct {
	FileID    uuid.UUID         `json:"fileId" doc:"id of the file in the preview"`
	Columns   map[string]string `json:"columns,omitempty" doc:"header -> field; an empty field leaves out the column. Columns that are not named are found by their header"`
	Sheet     string            `json:"sheet,omitempty" maxLength:"100" doc:"sheet of a workbook; left out: the first visible one"`
	DateOrder string            `json:"dateOrder,omitempty" enum:"day,month" doc:"what comes first in 03/04/2026, if the file does not make it clear"`
	DryRun    bool              `json:"dryRun" doc:"report what would happen, and change nothing"`
}

func (o Order) spec() sheet.Spec {
	spec := sheet.People
	spec.Columns, spec.Sheet, spec.MaxBytes = o.Columns, o.Sheet, MaxBytes
	switch o.DateOrder {
	case "day":
		spec.DateOrder = sheet.DayFirst
	case "month":
		spec.DateOrder = sheet.MonthFirst
	}
	return spec
}

// Start starts a job that checks or applies a file of people that the actor
// uploaded. It remembers the columns for files with the same header line. HR
// partners may, for the whole company. It returns a NotFound fault for another
// person's file, an Invalid fault for columns that do not exist or a file that is
// no longer a table, and a Forbidden fault to everybody else.
func (s *Service) Start(ctx context.Context, o Order) (jobs.View, error) {
	if err := s.Access.Require(ctx, access.People, access.Import); err != nil {
		return jobs.View{}, err
	}
	headers, err := s.headers(ctx, o)
	if err != nil {
		return jobs.View{}, err
	}
	if err := checkColumns(o.Columns); err != nil {
		return jobs.View{}, err
	}
	var job jobs.View
	err = s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		if err := s.remember(ctx, tx, headers, o.Columns); err != nil {
			return err
		}
		job, err = s.queue.Enqueue(ctx, tx, jobs.Request{Kind: People, Input: o, Source: o.FileID})
		return err
	})
	return job, err
}

func checkColumns(columns map[string]string) error {
	known, taken := map[string]bool{"": true}, map[string]string{}
	for _, f := range sheet.People.Fields {
		known[f.Key] = true
	}
	var wrong []fault.Detail
	fail := func(header, message, fix string) {
		wrong = append(wrong, fault.Detail{Pointer: "/columns", Field: header, Message: message, Fix: fix})
	}
	for _, header := range slices.Sorted(maps.Keys(columns)) {
		key := columns[header]
		other, twice := taken[key]
		switch {
		case !known[key]:
			fail(header, "there is no field "+key, "choose a field from the preview")
		case twice && key != "":
			fail(header, "the column "+other+" already has this field", "leave out one of the two")
		default:
			taken[key] = header
		}
	}
	if len(wrong) > 0 {
		return fault.Bad("The columns do not fit.", wrong...)
	}
	return nil
}

func (s *Service) headers(ctx context.Context, o Order) ([]string, error) {
	file, in, err := s.queue.Open(ctx, o.FileID)
	if err != nil {
		return nil, err
	}
	defer func() { _ = in.Close() }()
	reader, err := sheet.Open(in, file.Name, o.spec())
	if err != nil {
		return nil, sheet.Refused(err)
	}
	defer func() { _ = reader.Close() }()
	return reader.Headers(), nil
}

// remember keeps the columns that a person chose for a header line.
func (s *Service) remember(ctx context.Context, tx *db.Client, headers []string, columns map[string]string) error {
	if len(columns) == 0 {
		return nil
	}
	hash := sheet.HeadersHash(headers)
	known, err := tx.Mapping.Query().Where(mapping.Kind(People), mapping.HeadersHash(hash)).Only(ctx)
	switch {
	case db.IsNotFound(err):
		known, err = tx.Mapping.Create().SetKind(People).SetHeadersHash(hash).SetColumns(columns).SetUsedAt(s.Clock.Now()).Save(ctx)
	case err == nil:
		err = tx.Mapping.UpdateOne(known).SetColumns(columns).SetUsedAt(s.Clock.Now()).AddVersion(1).Exec(ctx)
	}
	if err != nil {
		return err
	}
	return s.Trail.Record(ctx, tx, audit.Entry{Action: audit.MappingKept, Resource: "mapping", ID: known.ID, Facts: map[string]string{"kind": People}})
}

func (s *Service) recall(ctx context.Context, headers []string) (map[string]string, error) {
	row, err := s.Store.Read().Mapping.Query().Where(mapping.Kind(People), mapping.HeadersHash(sheet.HeadersHash(headers))).Only(ctx)
	if db.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return row.Columns, nil
}

// run is the job: the same use case that the operator's tool calls.
func (s *Service) run(ctx context.Context, w *jobs.Work) (any, error) {
	var o Order
	if err := w.Input(&o); err != nil {
		return nil, err
	}
	file, in, err := s.queue.Open(ctx, o.FileID)
	if err != nil {
		return nil, err
	}
	if err := in.Close(); err != nil {
		return nil, err
	}
	input := Input{
		File: file.Name, Open: w.Source, Spec: o.spec(), DryRun: o.DryRun, Progress: w.Progress,
		Mend: func(ctx context.Context) (io.WriteCloser, error) {
			return w.Result(ctx, mendName(file.Name, s.Clock.Now()), "text/csv; charset=utf-8")
		},
		Finish: func(ctx context.Context, tx *db.Client, report *sheet.ImportReport) error {
			return w.Finish(ctx, tx, report)
		},
	}
	report, err := s.people(ctx, input)
	return report, err
}

const rowsToMend = "-rows-to-mend-"

// mendName tells from which import the rows are, and when it was.
func mendName(file string, at time.Time) string {
	first, _, _ := strings.Cut(strings.TrimSuffix(file, path.Ext(file)), rowsToMend) // a file of such rows may need another round
	return first + rowsToMend + at.UTC().Format("2006-01-02-1504") + ".csv"
}
