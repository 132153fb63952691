package library

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/ladderversion"
	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/store"
)

// NewerThan finds the version in force of the ladder that a version belongs to,
// and what happened to the sentences; it is false if that is the same version.
// Anybody may call it: the caller has checked the right. It takes two statements,
// however many versions lie between. It returns a NotFound fault for an unknown
// id.
func (s *Service) NewerThan(ctx context.Context, id uuid.UUID) (ladder.Newer, bool, error) {
	today := clock.DateOf(s.Clock.Now())
	old, err := s.Store.Read().LadderVersion.Query().Where(ladderversion.ID(id)).Select(headed...).Only(ctx)
	if err != nil {
		return ladder.Newer{}, false, store.Found(err)
	}
	rows, err := s.Store.Read().LadderVersion.Query().
		Where(ladderversion.LadderID(old.LadderID), ladderversion.EffectiveFromLTE(today), ladderversion.EffectiveFromGTE(old.EffectiveFrom)).
		Order(db.Asc(ladderversion.FieldEffectiveFrom), db.Asc(ladderversion.FieldPublishedAt)).
		Select(append(slices.Clone(headed), ladderversion.FieldMoves)...).All(ctx)
	if err != nil || len(rows) == 0 || rows[len(rows)-1].ID == id {
		return ladder.Newer{}, false, err
	}
	before, err := s.Version(ctx, id)
	if err != nil {
		return ladder.Newer{}, false, err
	}
	after, err := s.Version(ctx, rows[len(rows)-1].ID)
	if err != nil {
		return ladder.Newer{}, false, err
	}
	said, err := saidIn(rows, id)
	return ladder.Newer{Published: after, Moves: ladder.Moves(before.Rubric, after.Rubric, said)}, true, err
}

// saidIn collects what owners decided in the versions after a given one.
func saidIn(rows []*db.LadderVersion, after uuid.UUID) ([]ladder.Move, error) {
	var said []ladder.Move
	at := slices.IndexFunc(rows, func(r *db.LadderVersion) bool { return r.ID == after })
	for _, row := range rows[at+1:] {
		moves, err := movesOf(row.Moves)
		if err != nil {
			return nil, err
		}
		for _, m := range moves {
			if m.Said {
				said = append(said, m)
			}
		}
	}
	return said, nil
}
