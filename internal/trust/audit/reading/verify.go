package reading

import (
	"context"
	"errors"
	"io"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
)

// Verify seals the waiting events and checks the whole trail, against a kept
// checkpoint if one is given. Auditors may ask. It returns an Invalid fault when
// the checkpoint cannot be read and a Forbidden fault to everybody else.
func (s *Service) Verify(ctx context.Context, kept string) (audit.Verdict, error) {
	if err := s.Access.Require(ctx, access.Audit, access.Read); err != nil {
		return audit.Verdict{}, err
	}
	if err := s.sealer.Seal(ctx); err != nil && !isCutOff(err) { // the check says so, too
		return audit.Verdict{}, err
	}
	checkpoint, err := s.keptCheckpoint(kept)
	if err != nil {
		return audit.Verdict{}, err
	}
	return s.sealer.Verify(ctx, checkpoint)
}

func isCutOff(err error) bool {
	f, ok := errors.AsType[*fault.Error](err)
	return ok && f.Code == audit.CodeCutOff
}

// Export returns a function that writes the sealed trail: one JSON line for each
// event, and the newest checkpoint last. Events that tell who read whose data, or
// that belong to an open vote, have only their hash. Auditors may export. It
// returns a Forbidden fault to everybody else.
func (s *Service) Export(ctx context.Context) (func(io.Writer) error, error) {
	if err := s.Access.Require(ctx, access.Audit, access.Export); err != nil {
		return nil, err
	}
	if err := s.sealer.Seal(ctx); err != nil {
		return nil, err
	}
	hidden, err := s.hiddenIDs(ctx)
	if err != nil {
		return nil, err
	}
	err = s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		return s.Trail.Record(ctx, tx, audit.Entry{Action: audit.TrailExported, Resource: "audit"})
	})
	return func(w io.Writer) error { return s.sealer.Export(ctx, w, hidden) }, err
}

func (s *Service) keptCheckpoint(text string) (*audit.Checkpoint, error) {
	if text == "" {
		return nil, nil //nolint:nilnil // nothing was kept, and that is not an error
	}
	kept, err := s.sealer.Checkpoint(text)
	if err != nil {
		return nil, fault.Bad("The checkpoint cannot be read.", fault.Detail{Field: "checkpoint", Message: err.Error(), Fix: "Paste the lines as Rung printed them."})
	}
	return &kept, nil
}
