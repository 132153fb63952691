package audit

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
)

// exported is a line of an export: an event with its place, or the checkpoint at
// the end.
type exported struct {
	Place      *int64    `json:"place,omitempty"`
	ID         uuid.UUID `json:"id,omitzero"`
	Hash       []byte    `json:"hash,omitempty"`
	Event      *Line     `json:"event,omitempty"` // missing for withheld and removed events
	Checkpoint string    `json:"checkpoint,omitempty"`
}

// Export writes the sealed trail as JSON lines. Of events that tell who read
// whose data, and of events about the hidden things, it writes only the hash.
// That is enough for VerifyExport. Auditors may export, which the caller checks.
// It returns no fault of its own.
func (s *Sealer) Export(ctx context.Context, w io.Writer, hidden map[uuid.UUID]bool) error {
	out := json.NewEncoder(w)
	client := s.store.Read()
	last, err := lastSeal(ctx, client)
	if err != nil {
		return err
	}
	err = s.walk(ctx, client, func(leaf *db.AuditLeaf, event *db.AuditEvent) error {
		if leaf.Place >= last.Size {
			return nil
		}
		line := exported{Place: &leaf.Place, ID: leaf.EventID, Hash: leaf.Hash}
		if told(event, hidden) {
			content := lineOf(event)
			line.Event = &content
		}
		return out.Encode(line)
	})
	if err != nil {
		return err
	}
	return out.Encode(exported{Checkpoint: last.Checkpoint})
}

func told(e *db.AuditEvent, hidden map[uuid.UUID]bool) bool {
	return e != nil && !slices.Contains(Withheld, e.Action) && (e.ResourceID == nil || !hidden[*e.ResourceID])
}

// VerifyExport checks an export without a database. One of the public keys must
// verify its checkpoint.
func VerifyExport(r io.Reader, public ...string) (Verdict, error) {
	c, head := newChecker(), ""
	in := bufio.NewReader(r)
	for number := 1; ; number++ {
		text, err := in.ReadBytes('\n')
		if len(text) == 0 && errors.Is(err, io.EOF) {
			break
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return Verdict{}, err
		}
		var line exported
		if err := json.Unmarshal(text, &line); err != nil {
			return Verdict{}, fmt.Errorf("line %d is not part of an export: %w", number, err)
		}
		if line.Checkpoint != "" {
			head = line.Checkpoint
			continue
		}
		if line.Place == nil {
			return Verdict{}, fmt.Errorf("line %d has no place", number)
		}
		if line.Event != nil && line.Event.ID != line.ID {
			c.problemf("place %d: the line names event %s and holds another one", *line.Place, line.ID)
		}
		if err := c.add(*line.Place, line.ID, line.Hash, line.Event); err != nil {
			return Verdict{}, fmt.Errorf("line %d: %w", number, err)
		}
	}
	return c.against(head, public)
}

// against compares the tree with the checkpoint at the end of the export.
func (c *checker) against(head string, public []string) (Verdict, error) {
	kept, err := ParseCheckpoint(head, public...)
	if err != nil {
		return Verdict{}, err
	}
	root, err := rootOf(c.tree)
	if err != nil {
		return Verdict{}, err
	}
	if c.Sealed != kept.Size || c.Sealed > 0 && !kept.same(root) {
		c.problemf("the lines are not those of the checkpoint of size %d: one was changed, removed or reordered", kept.Size)
	}
	c.Head, c.Seals = head, 1
	return c.Verdict, nil
}
