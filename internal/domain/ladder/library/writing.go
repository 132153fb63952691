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

// SaveDraft keeps the file as it was typed, also with errors: they are told,
// and nothing is lost. It returns a Stale fault with the current draft when
// somebody saved it since.
func (s *Service) SaveDraft(ctx context.Context, id uuid.UUID, version int, text string) (Draft, error) {
	return s.change(ctx, id, version, func(*db.LadderDraft) (string, error) { return text, nil })
}

// EditCell changes one cell of a draft that has no errors.
func (s *Service) EditCell(ctx context.Context, id uuid.UUID, version int, at ladder.CellPlace, in ladder.CellEdit) (Draft, error) {
	return s.change(ctx, id, version, func(row *db.LadderDraft) (string, error) {
		return ladder.EditCell(row.Document, at, in)
	})
}

// EditOutline changes everything but the sentences of a draft that has no
// errors. Sentences stay with the competency and level that they stood at; those
// of one that is left out go with it. It returns Bad, with every field, when the
// ladder would not hold together.
func (s *Service) EditOutline(ctx context.Context, id uuid.UUID, version int, in ladder.Outline) (Draft, error) {
	return s.change(ctx, id, version, func(row *db.LadderDraft) (string, error) {
		return ladder.EditOutline(row.Document, in)
	})
}

// change applies one edit of a draft under optimistic locking.
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
		return nil, fault.Clash("It is %s and cannot change any more.", row.State).WithCode("wrong_state")
	case row.Version != version:
		return nil, fault.Outdated(nil)
	}
	return row, nil
}

// afterDraft reads the draft once a write is through, and adds it to a refusal
// that came from an old version.
func (s *Service) afterDraft(ctx context.Context, id uuid.UUID, err error) (Draft, error) {
	return store.Current(err, func() (Draft, error) { return s.Draft(ctx, id) })
}

// DiscardDraft gives a draft up. Its text is kept.
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
			return s.gone(ctx, tx, id)
		}
		return s.Trail.Record(ctx, tx, audit.Entry{Action: audit.LadderDiscarded, Resource: "draft", ID: id})
	})
}

// gone tells an old version from a draft that is not there.
func (s *Service) gone(ctx context.Context, tx *db.Client, id uuid.UUID) error {
	row, err := tx.LadderDraft.Get(ctx, id)
	if err != nil {
		return store.Found(err)
	}
	if !slices.Contains(open, row.State) {
		return fault.Clash("It is %s already.", row.State).WithCode("wrong_state")
	}
	return fault.Outdated(nil)
}
