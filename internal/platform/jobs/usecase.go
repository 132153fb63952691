package jobs

import (
	"context"
	"encoding/json"
	"io"
	"time"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/file"
	"github.com/rung-hr/rung/ent/db/filechunk"
	"github.com/rung-hr/rung/ent/db/job"
	"github.com/rung-hr/rung/ent/db/predicate"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
)

// View is a job as its owner reads it.
type View struct {
	ID          uuid.UUID  `json:"id"`
	Kind        string     `json:"kind"`
	State       string     `json:"state" enum:"queued,running,succeeded,failed,cancelled"`
	Phase       string     `json:"phase" doc:"what is being done, in words"`
	Done        int64      `json:"done"`
	Total       int64      `json:"total" doc:"0 while unknown"`
	CancelAsked bool       `json:"cancelAsked"`
	Input       any        `json:"input" doc:"what was asked for; depends on the kind"`
	Report      any        `json:"report,omitempty" doc:"the outcome, once it has succeeded; depends on the kind"`
	Problem     *Problem   `json:"problem,omitempty" doc:"why it failed"`
	Source      *File      `json:"source,omitempty" doc:"the uploaded file that it reads"`
	Result      *File      `json:"result,omitempty" doc:"a file to fetch from /jobs/{id}/result"`
	CreatedAt   time.Time  `json:"createdAt"`
	StartedAt   *time.Time `json:"startedAt"`
	EndedAt     *time.Time `json:"endedAt"`
}

// Problem is why a job failed.
type Problem struct {
	Code   string  `json:"code" doc:"stable, for programs"`
	Detail string  `json:"detail" doc:"a sentence for the reader"`
	Errors []Place `json:"errors" doc:"every place that is wrong, all at once"`
}

// Place is one thing that is wrong, and how to fix it.
type Place struct {
	File    string `json:"file,omitempty"`
	Line    int    `json:"line,omitempty"`
	Column  int    `json:"column,omitempty"`
	Field   string `json:"field,omitempty"`
	Message string `json:"message"`
	Fix     string `json:"fix,omitempty"`
}

func (q *Queue) view(row *db.Job) View {
	v := View{
		ID: row.ID, Kind: row.Kind, State: string(row.State), Phase: row.Phase, Done: row.Done, Total: row.Total,
		CancelAsked: row.CancelAsked, Input: row.Input, CreatedAt: row.CreatedAt, StartedAt: row.StartedAt, EndedAt: row.EndedAt,
	}
	if p := q.here(row.ID); p != nil && row.State == job.StateRunning {
		v.Phase, v.Done, v.Total = p.get()
	}
	if len(row.Report) > 0 {
		v.Report = row.Report
	}
	var problem Problem
	if len(row.Problem) > 0 && json.Unmarshal(row.Problem, &problem) == nil {
		v.Problem = &problem
	}
	if f := row.Edges.Source; f != nil {
		source := fileOf(f)
		v.Source = &source
	}
	if f := row.Edges.Result; f != nil {
		result := fileOf(f)
		v.Result = &result
	}
	return v
}

// Filter narrows a list of jobs.
type Filter struct {
	Kind   string
	Cursor string
	Limit  int
}

// List returns the actor's jobs, newest first: 50 by default, at most 200. The
// owner may list them. It returns an Invalid fault for an unknown cursor.
func (q *Queue) List(ctx context.Context, f Filter) ([]View, string, error) {
	cursor, err := store.ParseCursor(f.Cursor)
	if err != nil {
		return nil, "", err
	}
	query := q.store.Read().Job.Query().Where(q.rights.Read(ctx)).
		WithSource().WithResult().Order(db.Desc(job.FieldID)) // ids grow with time
	if f.Kind != "" {
		query.Where(job.Kind(f.Kind))
	}
	if cursor.ID != uuid.Nil {
		query.Where(job.IDLT(cursor.ID))
	}
	limit := store.Limit(f.Limit)
	rows, err := query.Limit(limit + 1).All(ctx)
	if err != nil {
		return nil, "", err
	}
	rows, next := store.Page(rows, limit, func(j *db.Job) store.Cursor { return store.Cursor{ID: j.ID} })
	out := make([]View, 0, len(rows))
	for _, row := range rows {
		v := q.view(row)
		v.Report = nil // a list stays small; Get returns it
		out = append(out, v)
	}
	return out, next, nil
}

// Get returns a job of the actor. It returns a NotFound fault for anybody else's.
func (q *Queue) Get(ctx context.Context, id uuid.UUID) (View, error) {
	row, err := q.find(ctx, id, q.rights.Read)
	if err != nil {
		return View{}, err
	}
	return q.view(row), nil
}

func (q *Queue) find(ctx context.Context, id uuid.UUID, may func(context.Context) predicate.Job) (*db.Job, error) {
	row, err := q.store.Read().Job.Query().Where(job.ID(id), may(ctx)).WithSource().WithResult().Only(ctx)
	return row, store.Found(err)
}

// Cancel stops a job of the actor: at once if it waits or runs here, within
// seconds if it runs elsewhere. Nothing of it is applied. A job that has ended
// does not change. It returns a NotFound fault for anybody else's job.
func (q *Queue) Cancel(ctx context.Context, id uuid.UUID) (View, error) {
	if _, err := q.find(ctx, id, q.rights.End); err != nil {
		return View{}, err
	}
	// First the work, then the row: on SQLite the work may hold the only writer.
	if p := q.here(id); p != nil {
		p.cancel(errCancelled)
	}
	now := q.clock.Now()
	err := q.store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		err := tx.Job.Update().Where(job.ID(id), q.rights.End(ctx), job.StateEQ(job.StateQueued)).
			SetCancelAsked(true).SetState(job.StateCancelled).SetEndedAt(now).Exec(ctx)
		if err != nil {
			return err
		}
		return tx.Job.Update().Where(job.ID(id), q.rights.End(ctx), job.StateEQ(job.StateRunning)).
			SetCancelAsked(true).Exec(ctx)
	})
	if err != nil {
		return View{}, err
	}
	return q.Get(ctx, id)
}

// Result opens the file that a job of the actor made. It returns a NotFound fault
// when there is none.
func (q *Queue) Result(ctx context.Context, id uuid.UUID) (File, io.ReadCloser, error) {
	row, err := q.find(ctx, id, q.rights.Read)
	if err != nil {
		return File{}, nil, err
	}
	if row.Edges.Result == nil {
		return File{}, nil, fault.Missing()
	}
	in, err := q.open(ctx, row.Edges.Result.ID)
	return fileOf(row.Edges.Result), in, err
}

// Sweep ends jobs whose process died and deletes expired jobs and files. It runs
// every minute on every machine.
func (q *Queue) Sweep(ctx context.Context) error {
	if err := q.endLost(ctx); err != nil {
		return err
	}
	return q.expire(ctx)
}

// endLost fails running jobs that were not heard from in time. It leaves out jobs
// of this process, which may be unable to write for a while.
func (q *Queue) endLost(ctx context.Context) error {
	now := q.clock.Now()
	lost, err := q.store.Read().Job.Query().Where(job.StateEQ(job.StateRunning), job.ExpiresAtLT(now)).IDs(ctx)
	if err != nil {
		return err
	}
	text, _ := json.Marshal(Problem{ // strings always marshal
		Code: "interrupted", Detail: "Rung was stopped while this was running. Nothing of it was applied. Start it again.", Errors: []Place{},
	})
	for _, id := range lost {
		if q.here(id) != nil {
			continue
		}
		err := q.store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
			return tx.Job.Update().Where(job.ID(id), job.StateEQ(job.StateRunning), job.ExpiresAtLT(now)).
				SetState(job.StateFailed).SetProblem(text).SetEndedAt(now).SetExpiresAt(now.Add(Keep)).Exec(ctx)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (q *Queue) expire(ctx context.Context) error {
	now := q.clock.Now()
	due := []job.State{job.StateQueued, job.StateSucceeded, job.StateFailed, job.StateCancelled}
	old, err := q.store.Read().File.Query().Where(file.ExpiresAtLTE(now)).Exist(ctx)
	if err != nil {
		return err
	}
	stale, err := q.store.Read().Job.Query().Where(job.StateIn(due...), job.ExpiresAtLTE(now)).Exist(ctx)
	if err != nil || !old && !stale {
		return err
	}
	return q.store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		if _, err := tx.Job.Delete().Where(job.StateIn(due...), job.ExpiresAtLTE(now)).Exec(ctx); err != nil {
			return err
		}
		gone := []uuid.UUID{}
		err := tx.File.Query().Where(file.ExpiresAtLTE(now), unused()).Select(file.FieldID).Scan(ctx, &gone)
		if err != nil || len(gone) == 0 {
			return err
		}
		if _, err := tx.FileChunk.Delete().Where(filechunk.FileIDIn(gone...)).Exec(ctx); err != nil {
			return err
		}
		_, err = tx.File.Delete().Where(file.IDIn(gone...)).Exec(ctx)
		return err
	})
}
