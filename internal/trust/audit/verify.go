package audit

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/transparency-dev/merkle/compact"
	"golang.org/x/mod/sumdb/note"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/auditevent"
	"github.com/rung-hr/rung/ent/db/auditleaf"
	"github.com/rung-hr/rung/ent/db/auditseal"
)

// Verdict is what a check of the trail found.
type Verdict struct {
	Sealed   int64    `json:"sealed" doc:"events with a place"`
	Waiting  int      `json:"waiting" doc:"events of the last few minutes that have no place yet"`
	Seals    int      `json:"seals"`
	Problems []string `json:"problems" doc:"what was changed, removed or reordered; at most 100; empty when the trail is intact"`
	Key      string   `json:"key" doc:"the public key that verifies the signatures"`
	Head     string   `json:"head" doc:"the newest checkpoint; keep it elsewhere to prove later that nothing before it changed"`
}

const shownProblems = 100

func (v *Verdict) problemf(format string, args ...any) {
	if len(v.Problems) < shownProblems {
		v.Problems = append(v.Problems, fmt.Sprintf(format, args...))
	}
}

// checker rebuilds the tree from the first event and compares it with every
// root on the way.
type checker struct {
	Verdict
	tree  *compact.Range
	roots map[int64]Checkpoint
}

func newChecker() *checker {
	return &checker{Verdict: Verdict{Problems: []string{}}, tree: tree.NewEmptyRange(0), roots: map[int64]Checkpoint{}}
}

// seal takes in a seal, whose signature must be about its size and root.
func (c *checker) seal(x *db.AuditSeal, known note.Verifiers) {
	c.Seals++
	c.expect(Checkpoint{Size: x.Size, Root: x.Root})
	switch signed, err := parse(x.Checkpoint, known); {
	case err != nil:
		c.problemf("the seal of size %d is not signed by a known key", x.Size)
	case signed.Size != x.Size || !signed.same(x.Root):
		c.problemf("the seal of size %d has the signature of another one", x.Size)
	}
}

// expectHead compares with the newest checkpoint, which is kept outside the
// database. Without it and without another one, a trail that was cut off together
// with its seals would look whole.
func (c *checker) expectHead(keys Keys, other bool) {
	switch head, err := keys.kept(); {
	case c.Seals == 0:
		c.problemf("there is no seal: the trail was emptied, or the program has never sealed it")
	case err != nil:
		c.problemf("the checkpoint beside the key cannot be trusted: %v", err)
	case head == nil && other: // one from elsewhere shows it as well
	case head == nil:
		c.problemf("there is no checkpoint beside the key: give one that was kept elsewhere to show that the end was not cut off")
	default:
		c.expect(*head)
	}
}

func (c *checker) expect(r Checkpoint) {
	if known, ok := c.roots[r.Size]; ok && !known.same(r.Root) {
		c.problemf("two checkpoints of size %d differ: the trail before them was rewritten", r.Size)
	}
	c.roots[r.Size] = r
}

// add takes in the next leaf. The kept hash was computed at sealing; the line is
// nil when its content is withheld.
func (c *checker) add(place int64, id uuid.UUID, kept []byte, line *Line) error {
	if place != c.Sealed {
		c.problemf("place %d is missing: an event was removed", c.Sealed)
		c.Sealed = place
	}
	if line != nil {
		hash, err := line.hash()
		if err != nil {
			return err
		}
		if !bytes.Equal(hash, kept) {
			c.problemf("place %d: event %s is not what was sealed", place, id)
		}
	}
	c.Sealed++
	if err := c.tree.Append(kept, nil); err != nil {
		return err
	}
	if want, ok := c.roots[c.Sealed]; ok {
		root, err := c.tree.GetRootHash(nil)
		if err != nil {
			return err
		}
		if !want.same(root) {
			c.problemf("up to place %d the trail is not what was sealed: an event was changed, removed or reordered", c.Sealed)
		}
		delete(c.roots, c.Sealed)
	}
	return nil
}

// finish reports the roots that were never reached.
func (c *checker) finish() Verdict {
	for size := range c.roots {
		if size > 0 {
			c.problemf("there is a checkpoint of size %d, but the trail has %d events: its end was cut off", size, c.Sealed)
		}
	}
	return c.Verdict
}

// sealWithin is how long an event waits for its place at most while the program
// runs: it seals every minute.
const sealWithin = 5 * time.Minute

// Verify checks the whole trail against its seals, their signatures, the newest
// checkpoint beside the key and, if one is given, a checkpoint that was kept
// elsewhere. It reads in batches. Auditors may ask, which the caller checks. It
// returns no fault of its own.
func (s *Sealer) Verify(ctx context.Context, kept *Checkpoint) (Verdict, error) {
	keys, err := s.keys()
	if err != nil {
		return Verdict{}, err
	}
	client := s.store.Read()
	seals, err := client.AuditSeal.Query().Order(db.Asc(auditseal.FieldSize)).
		Select(auditseal.FieldSize, auditseal.FieldRoot, auditseal.FieldCheckpoint, auditseal.FieldSealedAt).All(ctx)
	if err != nil {
		return Verdict{}, err
	}
	c := newChecker()
	c.Key = keys.Public
	for _, x := range seals {
		c.seal(x, keys.known)
	}
	if kept != nil {
		c.expect(*kept)
	}
	c.expectHead(keys, kept != nil)
	if err := s.walk(ctx, client, func(leaf *db.AuditLeaf, event *db.AuditEvent) error {
		if event == nil {
			c.problemf("place %d: event %s was removed", leaf.Place, leaf.EventID)
			return c.add(leaf.Place, leaf.EventID, leaf.Hash, nil)
		}
		line := lineOf(event)
		return c.add(leaf.Place, leaf.EventID, leaf.Hash, &line)
	}); err != nil {
		return Verdict{}, err
	}
	last, err := lastSeal(ctx, client)
	if err != nil {
		return Verdict{}, err
	}
	c.Head = last.Checkpoint
	if err := s.unplaced(ctx, client, c, last); err != nil {
		return Verdict{}, err
	}
	return c.finish(), nil
}

// unplaced counts the events that wait for a place and finds those that came too
// late.
func (s *Sealer) unplaced(ctx context.Context, client *db.Client, c *checker, last *db.AuditSeal) error {
	var err error
	if c.Waiting, err = client.AuditEvent.Query().Where(unsealed(last.SealedAt)).Count(ctx); err != nil {
		return err
	}
	all, err := client.AuditEvent.Query().Count(ctx)
	if err != nil {
		return err
	}
	old := s.trail.clock.Now().Add(-sealWithin)
	late, err := client.AuditEvent.Query().Where(unsealed(last.SealedAt), auditevent.AtLT(old)).Count(ctx)
	if err != nil {
		return err
	}
	if late > 0 {
		c.problemf("%d events have waited for a seal for more than %d minutes: the program does not run, or a long import has just ended", late, int(sealWithin.Minutes()))
	}
	placed, err := client.AuditLeaf.Query().Count(ctx)
	if extra := all - placed - c.Waiting; extra > 0 {
		c.problemf("%d old events have no place: they were not written by the program", extra)
	}
	return err
}

// walk visits every leaf in order with its event, which is nil when it is gone.
func (s *Sealer) walk(ctx context.Context, client *db.Client, f func(*db.AuditLeaf, *db.AuditEvent) error) error {
	for next := int64(0); ; {
		leaves, err := client.AuditLeaf.Query().Where(auditleaf.PlaceGTE(next)).Order(db.Asc(auditleaf.FieldPlace)).Limit(sealBatch).All(ctx)
		if err != nil || len(leaves) == 0 {
			return err
		}
		ids := make([]uuid.UUID, len(leaves))
		for i, l := range leaves {
			ids[i] = l.EventID
		}
		events, err := client.AuditEvent.Query().Where(auditevent.IDIn(ids...)).All(ctx)
		if err != nil {
			return err
		}
		byID := make(map[uuid.UUID]*db.AuditEvent, len(events))
		for _, e := range events {
			byID[e.ID] = e
		}
		for _, l := range leaves {
			if err := f(l, byID[l.EventID]); err != nil {
				return err
			}
		}
		next = leaves[len(leaves)-1].Place + 1
	}
}
