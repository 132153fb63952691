package jobs

import (
	"context"
	"encoding/json"
	"io"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/internal/platform/fault"
)

// Work is one job while it runs.
type Work struct {
	queue    *Queue
	row      *db.Job
	progress *progress
	result   uuid.UUID
	finished bool
}

// ID is the id of the job.
func (w *Work) ID() uuid.UUID { return w.row.ID }

// Owner is the person who asked for the work.
func (w *Work) Owner() uuid.UUID { return w.row.PersonID }

// Input reads the input that Enqueue was given.
func (w *Work) Input(v any) error { return json.Unmarshal(w.row.Input, v) }

// Progress says what is being done and how far it is; total is 0 while unknown.
// It costs nothing and may be called for every row.
func (w *Work) Progress(phase string, done, total int) {
	w.progress.set(phase, int64(done), int64(total))
}

// Source opens the uploaded file from its beginning, each time it is called. It
// returns a NotFound fault when the file has expired in the meantime.
func (w *Work) Source(ctx context.Context) (io.ReadCloser, error) {
	if w.row.SourceID == nil {
		return nil, fault.Missing()
	}
	return w.queue.open(ctx, *w.row.SourceID)
}

// Result returns a file that the owner can download as the job's result, even if
// the job fails; a second one replaces the first. The writer must be closed
// outside of any transaction, because it writes in its own.
func (w *Work) Result(ctx context.Context, name, mediaType string) (io.WriteCloser, error) {
	f, err := w.queue.create(ctx, name, mediaType, w.row.PersonID)
	if err != nil {
		return nil, err
	}
	w.result = f.id
	return f, nil
}

// Finish writes the job's success in the transaction of the change itself, so
// that a crash cannot separate them. Run returns the same report afterwards. It
// returns a Conflict fault when the job has ended in the meantime; the change
// must not happen then.
func (w *Work) Finish(ctx context.Context, tx *db.Client, report any) error {
	if err := w.queue.writeEnd(ctx, tx, w, report, nil); err != nil {
		return err
	}
	w.finished = true
	return nil
}
