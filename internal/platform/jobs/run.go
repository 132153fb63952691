package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/job"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/fault"
)

// errCancelled is the cause in the context of a job that its owner cancelled.
var errCancelled = errors.New("jobs: cancelled by its owner")

// progress is how far a job of this process is. Memory is ahead of the row: on
// SQLite nothing else can write while an import's transaction runs.
type progress struct {
	mu     sync.Mutex
	phase  string
	done   int64
	total  int64
	cancel context.CancelCauseFunc
}

func (p *progress) set(phase string, done, total int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.phase, p.done, p.total = phase, done, total
}

func (p *progress) get() (phase string, done, total int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.phase, p.done, p.total
}

// here returns the progress of a job that this process runs, or nil.
func (q *Queue) here(id uuid.UUID) *progress {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.running[id]
}

var errStopping = errors.New("jobs: the program stops")

// stopping cancels what is running and gives the reason.
func (q *Queue) stopping() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, p := range q.running {
		p.cancel(errStopping)
	}
}

// run does one job. It returns true if the job must be tried again, because the
// program stops or the database was away.
func (q *Queue) run(ctx context.Context, id uuid.UUID) (again bool, err error) {
	row, err := q.claim(ctx, id)
	if away(err) {
		return true, nil // it still waits in its row
	}
	if err != nil || row == nil {
		return false, err
	}
	running, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	p := &progress{cancel: cancel}
	q.mu.Lock()
	q.running[id] = p
	q.mu.Unlock()
	defer func() {
		q.mu.Lock()
		delete(q.running, id)
		q.mu.Unlock()
	}()
	stopBeating := q.beatFor(running, id, p)
	w := &Work{queue: q, row: row, progress: p}
	report, failure := q.attempt(running, w)
	stopBeating()
	if failure != nil && ctx.Err() != nil || errors.Is(context.Cause(running), errStopping) && !w.finished { //verify:ok the job runs again, so how it failed says nothing
		return true, q.putBack(context.WithoutCancel(ctx), id)
	}
	if away(failure) && q.clock.Now().Before(row.CreatedAt.Add(Keep)) {
		// Whether its change was saved may be unknown. If it was, the job has ended
		// in the same transaction and is not put back.
		return true, q.insist(ctx, func(ctx context.Context) error { return q.putBack(ctx, id) })
	}
	if failure != nil && errors.Is(context.Cause(running), errCancelled) {
		failure = errCancelled
	}
	return false, q.insist(ctx, func(ctx context.Context) error { return q.end(ctx, w, report, failure) })
}

func away(err error) bool { return fault.KindOf(err) == fault.Unavailable }

const (
	firstPause   = 50 * time.Millisecond
	longestPause = 5 * time.Second
)

// insist repeats a write until the database takes it or the program stops: what
// became of a job must not be lost because the database was away for a while.
func (q *Queue) insist(ctx context.Context, write func(context.Context) error) error {
	for pause := firstPause; ; pause = min(2*pause, longestPause) {
		err := write(context.WithoutCancel(ctx))
		if !away(err) {
			return err
		}
		q.log.WarnContext(ctx, "the database does not take the end of a job", "error", err)
		select {
		case <-ctx.Done():
			return err
		case <-time.After(pause):
		}
	}
}

// claim takes a waiting job; it returns nil if the job is no longer waiting.
func (q *Queue) claim(ctx context.Context, id uuid.UUID) (*db.Job, error) {
	now := q.clock.Now()
	var row *db.Job
	err := q.store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		n, err := tx.Job.Update().Where(job.ID(id), job.StateEQ(job.StateQueued), job.CancelAsked(false)).
			SetState(job.StateRunning).SetStartedAt(now).SetExpiresAt(now.Add(lease)).Save(ctx)
		if err != nil || n == 0 {
			row = nil
			return err
		}
		row, err = tx.Job.Get(ctx, id)
		return err
	})
	return row, err
}

// attempt runs the kind as the job's owner. A panic counts as an error.
func (q *Queue) attempt(ctx context.Context, w *Work) (report any, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("jobs: panic: %v\n%s", v, debug.Stack())
		}
	}()
	kind, ok := q.kinds[w.row.Kind]
	if !ok {
		return nil, fault.Clash("This version of Rung no longer knows this kind of work.")
	}
	owner, err := q.who(ctx, w.row.PersonID)
	if err != nil {
		return nil, err
	}
	return kind.Run(actor.With(ctx, owner), w)
}

// beatFor writes the progress every second, renews the lease and checks whether
// the owner has cancelled on another machine.
func (q *Queue) beatFor(ctx context.Context, id uuid.UUID, p *progress) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	var done sync.WaitGroup
	done.Go(func() {
		tick := time.NewTicker(beat)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				q.writeBeat(ctx, id, p)
			}
		}
	})
	return func() { cancel(); done.Wait() }
}

// writeBeat gives up soon, because the job itself may hold SQLite's only writer.
func (q *Queue) writeBeat(ctx context.Context, id uuid.UUID, p *progress) {
	ctx, cancel := context.WithTimeout(ctx, beat/2)
	defer cancel()
	phase, done, total := p.get()
	var asked bool
	err := q.store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		err := tx.Job.Update().Where(job.ID(id), job.StateEQ(job.StateRunning)).
			SetPhase(phase).SetDone(done).SetTotal(total).SetExpiresAt(q.clock.Now().Add(lease)).Exec(ctx)
		if err != nil {
			return err
		}
		asked, err = tx.Job.Query().Where(job.ID(id), job.CancelAsked(true)).Exist(ctx)
		return err
	})
	if err == nil && asked { //verify:ok the next beat is a second away
		p.cancel(errCancelled)
	}
}

// putBack lets another process, or the next start, do the job from its beginning.
func (q *Queue) putBack(ctx context.Context, id uuid.UUID) error {
	return q.store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		return tx.Job.Update().Where(job.ID(id), job.StateEQ(job.StateRunning)).
			SetState(job.StateQueued).ClearStartedAt().SetExpiresAt(q.clock.Now().Add(Keep)).
			SetPhase("").SetDone(0).SetTotal(0).Exec(ctx)
	})
}

// end writes the outcome of a job.
func (q *Queue) end(ctx context.Context, w *Work, report any, failure error) error {
	if w.finished && failure == nil {
		return nil // written in the transaction of the change itself
	}
	return q.store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		return q.writeEnd(ctx, tx, w, report, failure)
	})
}

func (q *Queue) writeEnd(ctx context.Context, tx *db.Client, w *Work, report any, failure error) error {
	now := q.clock.Now()
	phase, done, total := w.progress.get()
	update := tx.Job.Update().Where(job.ID(w.row.ID), job.StateEQ(job.StateRunning)).
		SetPhase(phase).SetDone(done).SetTotal(total).SetEndedAt(now).SetExpiresAt(now.Add(Keep))
	if w.result != uuid.Nil {
		update.SetResultID(w.result)
	}
	switch {
	case errors.Is(failure, errCancelled):
		update.SetState(job.StateCancelled)
	case failure != nil:
		update.SetState(job.StateFailed).SetProblem(q.problem(ctx, w, failure))
	default:
		text, err := json.Marshal(report)
		if err != nil {
			return fmt.Errorf("jobs: report: %w", err)
		}
		update.SetState(job.StateSucceeded).SetReport(text)
	}
	n, err := update.Save(ctx)
	if err == nil && n == 0 {
		err = fault.Clash("The job has ended in the meantime.")
	}
	return err
}

func (q *Queue) problem(ctx context.Context, w *Work, failure error) json.RawMessage {
	var f *fault.Error
	if !errors.As(failure, &f) {
		q.log.ErrorContext(ctx, "job failed", "job", w.row.ID, "kind", w.row.Kind, "error", failure)
		f = fault.New(fault.Internal, "Something failed on our side. Nothing was changed. Try again. If it still fails, ask for help and mention job %s.", w.row.ID)
	}
	out := Problem{Code: codeOf(f), Detail: f.Message, Errors: []Place{}}
	for _, d := range f.Details {
		out.Errors = append(out.Errors, Place{File: d.File, Line: d.Line, Column: d.Column, Field: d.Field, Message: d.Message, Fix: d.Fix})
	}
	text, _ := json.Marshal(out) // strings and numbers always marshal
	return text
}

func codeOf(f *fault.Error) string {
	if f.Code != "" {
		return f.Code
	}
	switch f.Kind {
	case fault.Invalid:
		return "invalid"
	case fault.Forbidden, fault.SignedOut:
		return "forbidden"
	case fault.NotFound:
		return "not_found"
	case fault.Conflict, fault.Stale:
		return "conflict"
	}
	return "internal"
}
