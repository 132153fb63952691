package jobs

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/predicate"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
)

const (
	// Keep is how long a job and its files are kept: they hold personal data.
	Keep = 24 * time.Hour

	lease    = 2 * time.Minute // a running job must be heard from within this time
	beat     = time.Second
	cooldown = time.Millisecond // River tells of no second job within it, and here that one would wait for the next poll
	later    = time.Second      // when a job is tried again that met a database that was away
	atOnce   = 2
	attempts = 3 // of the queue's entry, for a database that does not answer
)

// Kind is a kind of long work.
type Kind struct {
	Name string
	// Run does the work as the person who asked for it, with the rights they have
	// at that moment. Its result is kept as the job's report. The person is shown
	// an error that is a fault; for any other error they learn only that there
	// was one.
	Run func(ctx context.Context, w *Work) (report any, err error)
}

// Who returns a person with their current roles and scopes.
type Who func(ctx context.Context, id uuid.UUID) (actor.Person, error)

// Rights say which jobs the actor of the context may read, and which they may
// end.
type Rights struct {
	Read, End func(context.Context) predicate.Job
}

// Queue keeps long work in the database and does it in the background. Any number
// of processes can share one PostgreSQL; a SQLite file has one process.
type Queue struct {
	store   *store.Store
	rights  Rights
	clock   clock.Clock
	log     *slog.Logger
	who     Who
	kinds   map[string]Kind
	client  *river.Client[*sql.Tx]
	mu      sync.Mutex
	running map[uuid.UUID]*progress
}

// NewQueue returns a queue without any kind of work.
func NewQueue(s *store.Store, r Rights, c clock.Clock, log *slog.Logger, who Who) (*Queue, error) {
	q := &Queue{store: s, rights: r, clock: c, log: log, who: who, kinds: map[string]Kind{}, running: map[uuid.UUID]*progress{}}
	workers := river.NewWorkers()
	if err := river.AddWorkerSafely(workers, &worker{queue: q}); err != nil {
		return nil, err
	}
	client, err := river.NewClient(s.QueueDriver(), &river.Config{
		Queues:            map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: atOnce}},
		Workers:           workers,
		FetchPollInterval: s.QueuePoll(),
		FetchCooldown:     cooldown,
		JobTimeout:        -1, // a person cancels, not the clock
		MaxAttempts:       attempts,
		Logger:            slog.New(quiet{log.Handler()}),
	})
	if err != nil {
		return nil, fmt.Errorf("jobs: queue: %w", err)
	}
	q.client = client
	return q, nil
}

// Add registers a kind of work. All kinds are added before Start.
func (q *Queue) Add(k Kind) { q.kinds[k.Name] = k }

// Start does work until the function that it returns is called. That function
// cancels running jobs; they are put back and run again once a process is there.
func (q *Queue) Start(ctx context.Context) (stop func(), err error) {
	if err := q.client.Start(context.WithoutCancel(ctx)); err != nil {
		return nil, fmt.Errorf("jobs: start: %w", err)
	}
	return func() {
		q.stopping()
		within, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopWithin)
		defer cancel()
		if err := q.client.StopAndCancel(within); err != nil {
			q.log.WarnContext(ctx, "jobs did not stop in time", "error", err)
		}
	}, nil
}

const stopWithin = 10 * time.Second

// Request is work to be done.
type Request struct {
	Kind   string
	Input  any       // never pay and never people's words
	Source uuid.UUID // an uploaded file of the same person; uuid.Nil for none
}

// Enqueue writes a job and its entry in the queue in the caller's transaction,
// the one of store.InTx, so that either both exist or neither does. The caller
// has checked the right to the work. It returns a SignedOut fault for the program
// itself, which has nobody to show a job to, a Forbidden fault while viewing as
// somebody else, and a NotFound fault for another person's file.
func (q *Queue) Enqueue(ctx context.Context, tx *db.Client, n Request) (View, error) {
	p, err := actor.Require(ctx)
	if err != nil {
		return View{}, err
	}
	if p.Viewer != nil {
		return View{}, fault.Denied("You are viewing as somebody else. Stop that first.")
	}
	if _, ok := q.kinds[n.Kind]; !ok {
		return View{}, fmt.Errorf("jobs: no kind %q", n.Kind)
	}
	input, err := json.Marshal(n.Input)
	if err != nil {
		return View{}, fmt.Errorf("jobs: input: %w", err)
	}
	now := q.clock.Now()
	create := tx.Job.Create().SetKind(n.Kind).SetPersonID(p.ID).SetInput(input).SetCreatedAt(now).SetExpiresAt(now.Add(Keep))
	if n.Source != uuid.Nil {
		if err := q.extend(ctx, tx, n.Source, p.ID); err != nil {
			return View{}, err
		}
		create.SetSourceID(n.Source)
	}
	row, err := create.Save(ctx)
	if err != nil {
		return View{}, err
	}
	under, ok := store.QueueTx(ctx)
	if !ok {
		return View{}, errors.New("jobs: enqueue outside of a transaction")
	}
	if _, err := q.client.InsertTx(ctx, under, entry{Job: row.ID}, nil); err != nil {
		return View{}, fmt.Errorf("jobs: enqueue: %w", err)
	}
	return q.view(row), nil
}

// entry is what the queue itself knows about a job.
type entry struct {
	Job uuid.UUID `json:"job"`
}

// Kind implements river.JobArgs.
func (entry) Kind() string { return "rung_job" }

type worker struct {
	river.WorkerDefaults[entry]
	queue *Queue
}

// Work implements river.Worker. An error means that the database did not
// answer, and the entry is tried again.
func (w *worker) Work(ctx context.Context, j *river.Job[entry]) error {
	again, err := w.queue.run(actor.AsSystem(ctx, "job"), j.Args.Job)
	if again && err == nil && ctx.Err() == nil {
		return river.JobSnooze(later)
	}
	if again {
		return river.JobSnooze(0)
	}
	return err
}

// quiet drops the queue's messages about waiting for SQLite's only writer: the
// queue tries again by itself.
type quiet struct{ slog.Handler }

// Enabled implements slog.Handler.
func (q quiet) Enabled(ctx context.Context, l slog.Level) bool {
	return l >= slog.LevelError && q.Handler.Enabled(ctx, l)
}

// Handle implements slog.Handler.
func (q quiet) Handle(ctx context.Context, r slog.Record) error {
	waited := false
	r.Attrs(func(a slog.Attr) bool {
		waited = strings.Contains(a.Value.String(), context.DeadlineExceeded.Error())
		return !waited
	})
	if waited {
		return nil
	}
	return q.Handler.Handle(ctx, r)
}
