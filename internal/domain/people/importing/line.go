package importing

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/reportingline"
	"github.com/rung-hr/rung/internal/domain/people"
)

// lines updates the closure of "reports to": for everybody below a change, or as
// a whole if that is most of the company.
func (w *importWriter) lines(ctx context.Context) error {
	if len(w.moved) == 0 {
		return nil
	}
	list := w.index.list
	dirty := make([]int8, len(list)) // 0 unknown, 1 as before, 2 to be written again
	var affected []int
	for i := range list {
		if w.index.changes(i, w.moved, dirty) {
			affected = append(affected, i)
		}
	}
	w.run.in.Progress(phaseLines, 0, len(affected))
	if 2*len(affected) > len(list) {
		return people.RebuildLines(ctx, w.run.Store, w.tx)
	}
	if err := w.dropLinesOf(ctx, affected); err != nil {
		return err
	}
	out := lineWriter{tx: w.tx}
	for n, i := range affected {
		if n%importBatch == 0 {
			w.run.in.Progress(phaseLines, n, len(affected))
		}
		depth := 1
		for at := list[i].manager; at != nobody; at = list[at].manager {
			if err := out.add(ctx, list[at].id, list[i].id, depth); err != nil {
				return err
			}
			depth++
		}
	}
	return out.flush(ctx)
}

// changes reports whether the person or anybody above them has a new manager.
// There is no circle, because check has refused it.
func (x *importIndex) changes(i int, moved map[int]bool, dirty []int8) bool {
	var path []int
	at, found := i, int8(1)
	for at != nobody && dirty[at] == 0 {
		path = append(path, at)
		if moved[at] {
			found = 2
			break
		}
		at = x.list[at].manager
	}
	if found == 1 && at != nobody {
		found = dirty[at]
	}
	for _, p := range path {
		dirty[p] = found
	}
	return dirty[i] == 2
}

func (w *importWriter) dropLinesOf(ctx context.Context, places []int) error {
	for part := range slices.Chunk(places, importBatch) {
		ids := make([]uuid.UUID, 0, len(part))
		for _, at := range part {
			if w.index.list[at].known {
				ids = append(ids, w.index.list[at].id)
			}
		}
		if len(ids) == 0 {
			continue
		}
		if _, err := w.tx.ReportingLine.Delete().Where(reportingline.PersonIDIn(ids...)).Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}

// lineWriter inserts lines of the closure in large batches.
type lineWriter struct {
	tx    *db.Client
	batch []*db.ReportingLineCreate
}

func (w *lineWriter) add(ctx context.Context, above, who uuid.UUID, depth int) error {
	w.batch = append(w.batch, w.tx.ReportingLine.Create().SetAncestorID(above).SetPersonID(who).SetDepth(depth))
	if len(w.batch) < people.LineBatch {
		return nil
	}
	return w.flush(ctx)
}

func (w *lineWriter) flush(ctx context.Context) error {
	if len(w.batch) == 0 {
		return nil
	}
	err := w.tx.ReportingLine.CreateBulk(w.batch...).Exec(ctx)
	w.batch = w.batch[:0]
	return err
}
