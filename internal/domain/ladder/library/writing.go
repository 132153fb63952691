package library

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/ladderdraft"
	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
)

// SaveDraft saves the file of a draft as it was typed, even with errors, and
// returns the draft with its problems. Owners of ladders may. It returns a
// NotFound fault for an unknown draft, a Stale fault with the current draft when
// somebody has saved it since, a Conflict fault with code in_review or
// wrong_state when it cannot be changed in its state, and a Forbidden fault to
// everybody else.
func (s *Service) SaveDraft(ctx context.Context, id uuid.UUID, version int, text string) (Draft, error) {
	return s.change(ctx, id, version, func(*db.LadderDraft) (string, error) { return text, nil })
}

// EditCell changes one cell of a draft that has no errors, and returns the draft.
// Owners of ladders may. It returns an Invalid fault that names every wrong
// field, a NotFound fault for an unknown competency, a Conflict fault with code
// draft_broken when the file has errors, otherwise the faults of SaveDraft.
func (s *Service) EditCell(ctx context.Context, id uuid.UUID, version int, at ladder.CellPlace, in ladder.CellEdit) (Draft, error) {
	return s.change(ctx, id, version, func(row *db.LadderDraft) (string, error) {
		return ladder.EditCell(row.Document, at, in)
	})
}

// EditOutline changes everything but the sentences of a draft that has no errors,
// and returns the draft. Owners of ladders may. Sentences stay with their
// competency and level; those of one that is left out are removed. It returns an
// Invalid fault that names every wrong field when the ladder would not be valid,
// a Conflict fault with code draft_broken when the file has errors, otherwise the
// faults of SaveDraft.
func (s *Service) EditOutline(ctx context.Context, id uuid.UUID, version int, in ladder.Outline) (Draft, error) {
	return s.change(ctx, id, version, func(row *db.LadderDraft) (string, error) {
		return ladder.EditOutline(row.Document, in)
	})
}

// change applies one edit to a draft, with optimistic locking.
func (s *Service) change(ctx context.Context, id uuid.UUID, version int, edit func(*db.LadderDraft) (string, error)) (Draft, error) {
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		row, err := s.writable(ctx, tx, id, version)
		if err != nil {
			return err
		}
		text, err := edit(row)
		if err != nil {
			return err
		}
		if text == row.Document {
			return nil
		}
		update := tx.LadderDraft.UpdateOne(row).Where(ladderdraft.Version(version)).AddVersion(1).SetDocument(text).SetUpdatedAt(s.Clock.Now())
		if err := store.Stale(update.Exec(ctx)); err != nil {
			return err
		}
		return s.Trail.Record(ctx, tx, audit.Entry{Action: audit.LadderEdited, Resource: "draft", ID: id})
	})
	return s.afterDraft(ctx, id, err)
}

// writable finds a draft that the actor may change now.
func (s *Service) writable(ctx context.Context, tx *db.Client, id uuid.UUID, version int) (*db.LadderDraft, error) {
	if err := s.Access.Require(ctx, access.Drafts, access.Update); err != nil {
		return nil, err
	}
	row, err := tx.LadderDraft.Query().Where(ladderdraft.ID(id)).WithLadder().Only(ctx)
	switch {
	case err != nil:
		return nil, store.Found(err)
	case row.State == ladderdraft.StateReview:
		return nil, fault.Clash("It is in review. Take it back to change it.").WithCode("in_review")
	case row.State != ladderdraft.StateDraft:
		return nil, fault.Clash("It is %s and can no longer change.", row.State).WithCode("wrong_state")
	case row.Version != version:
		return nil, fault.Outdated(nil)
	}
	return row, nil
}

// afterDraft reads the draft after a write, and adds it to a refusal that came
// from an older version.
func (s *Service) afterDraft(ctx context.Context, id uuid.UUID, err error) (Draft, error) {
	return store.Current(err, func() (Draft, error) { return s.Draft(ctx, id) })
}

// DiscardDraft discards a draft; its text is kept. Owners of ladders may. It
// returns a NotFound fault for an unknown draft, a Stale fault when it has
// changed, a Conflict fault with code wrong_state when it is already published or
// discarded, and a Forbidden fault to everybody else.
func (s *Service) DiscardDraft(ctx context.Context, id uuid.UUID, version int) error {
	if err := s.Access.Require(ctx, access.Drafts, access.Delete); err != nil {
		return err
	}
	return s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		n, err := tx.LadderDraft.Update().Where(ladderdraft.ID(id), ladderdraft.Version(version), ladderdraft.StateIn(open...)).
			AddVersion(1).SetState(ladderdraft.StateDiscarded).SetUpdatedAt(s.Clock.Now()).Save(ctx)
		if err != nil {
			return err
		}
		if n == 0 {
			return s.gone(ctx, tx, id, version)
		}
		return s.Trail.Record(ctx, tx, audit.Entry{Action: audit.LadderDiscarded, Resource: "draft", ID: id})
	})
}

// gone distinguishes an older version from a draft that does not exist and from a
// step that its state does not allow.
func (s *Service) gone(ctx context.Context, tx *db.Client, id uuid.UUID, version int) error {
	row, err := tx.LadderDraft.Get(ctx, id)
	if err != nil {
		return store.Found(err)
	}
	if !slices.Contains(open, row.State) {
		return fault.Clash("It is already %s.", row.State).WithCode("wrong_state")
	}
	if row.Version == version {
		return fault.Clash("That step is not open in %s.", row.State).WithCode("wrong_state")
	}
	return fault.Outdated(nil)
}
