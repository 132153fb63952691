package library

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"slices"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	entladder "github.com/rung-hr/rung/ent/db/ladder"
	"github.com/rung-hr/rung/ent/db/ladderversion"
	entunit "github.com/rung-hr/rung/ent/db/unit"
	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/platform/clock"
)

// Rungs lists the levels of every ladder in force on a day, in ladder order, each
// code once. Anybody may call it: the caller has checked the right to read them.
// It returns no fault of its own.
func (s *Service) Rungs(ctx context.Context, on clock.Date) ([]ladder.Rung, error) {
	rows, err := s.Store.Read().LadderVersion.Query().
		Where(ladderversion.EffectiveFromLTE(on)).
		Order(db.Desc(ladderversion.FieldEffectiveFrom), db.Desc(ladderversion.FieldPublishedAt)).
		Select(ladderversion.FieldID, ladderversion.FieldLadderID, ladderversion.FieldTracks).
		All(ctx)
	if err != nil {
		return nil, err
	}
	var out []ladder.Rung
	ladders, codes := map[uuid.UUID]bool{}, map[string]bool{}
	for _, row := range rows {
		if ladders[row.LadderID] {
			continue
		}
		ladders[row.LadderID] = true
		var tracks []ladder.Track
		if err := json.Unmarshal([]byte(row.Tracks), &tracks); err != nil {
			return nil, err
		}
		out = ladder.AppendRungs(out, tracks, codes)
	}
	return out, nil
}

// StandsOn finds the ladder for a person at a level in a unit. If the unit, or
// the nearest unit above it with a ladder, stands on one that has the level, it
// is that one. Otherwise it is the widest ladder in force that has the level, and
// of several the oldest. It is false if no ladder has the level. Anybody may call
// it: the caller has checked the right. It takes three statements, however many
// ladders and units there are, and returns no fault of its own.
func (s *Service) StandsOn(ctx context.Context, unit *uuid.UUID, code string) (ladder.Published, bool, error) {
	if code == "" {
		return ladder.Published{}, false, nil
	}
	rows, err := s.having(ctx, code)
	if err != nil || len(rows) == 0 {
		return ladder.Published{}, false, err
	}
	chosen, err := s.chosen(ctx, unit)
	if err != nil {
		return ladder.Published{}, false, err
	}
	p, err := s.Version(ctx, best(rows, chosen).ID)
	return p, true, err
}

// best is the version that counts for a unit with its chosen ladders.
func best(rows []*db.LadderVersion, chosen []uuid.UUID) *db.LadderVersion {
	return slices.MinFunc(rows, func(a, b *db.LadderVersion) int {
		return cmp.Or(cmp.Compare(rank(chosen, a), rank(chosen, b)), a.Width-b.Width, bytes.Compare(a.LadderID[:], b.LadderID[:]))
	})
}

// having lists the version in force of each ladder that has a level and is not
// retired, without its texts.
func (s *Service) having(ctx context.Context, code string) ([]*db.LadderVersion, error) {
	today := clock.DateOf(s.Clock.Now())
	rows, err := s.Store.Read().LadderVersion.Query().
		Where(ladderversion.EffectiveFromLTE(today), ladderversion.HasLadderWith(
			entladder.Or(entladder.RetiredOnIsNil(), entladder.RetiredOnGT(today)))).
		Order(db.Desc(ladderversion.FieldEffectiveFrom), db.Desc(ladderversion.FieldPublishedAt)).
		Select(ladderversion.FieldID, ladderversion.FieldLadderID, ladderversion.FieldTracks, ladderversion.FieldWidth).
		All(ctx)
	if err != nil {
		return nil, err
	}
	var out []*db.LadderVersion
	seen := map[uuid.UUID]bool{}
	for _, row := range rows {
		if seen[row.LadderID] {
			continue
		}
		seen[row.LadderID] = true
		var tracks []ladder.Track
		if err := json.Unmarshal([]byte(row.Tracks), &tracks); err != nil {
			return nil, err
		}
		if slices.ContainsFunc(ladder.LevelsOf(tracks), func(l ladder.Level) bool { return l.Code == code }) {
			out = append(out, row)
		}
	}
	return out, nil
}

// chosen lists the ladders of a unit and of the units above it, the nearest
// first.
func (s *Service) chosen(ctx context.Context, unit *uuid.UUID) ([]uuid.UUID, error) {
	if unit == nil {
		return nil, nil
	}
	rows, err := s.Store.Read().Unit.Query().Select(entunit.FieldID, entunit.FieldParentID, entunit.FieldLadderID).All(ctx)
	if err != nil {
		return nil, err
	}
	return chosenBy(rows, unit), nil
}

func chosenBy(rows []*db.Unit, unit *uuid.UUID) []uuid.UUID {
	units := make(map[uuid.UUID]*db.Unit, len(rows))
	for _, row := range rows {
		units[row.ID] = row
	}
	var out []uuid.UUID
	for at := units[*unit]; at != nil; {
		delete(units, at.ID) // a circle ends where it started
		if at.LadderID != nil {
			out = append(out, *at.LadderID)
		}
		if at.ParentID == nil {
			break
		}
		at = units[*at.ParentID]
	}
	return out
}

// rank is the place of a version's ladder among the chosen ones, or after them
// all if it is not among them.
func rank(chosen []uuid.UUID, row *db.LadderVersion) int {
	if at := slices.Index(chosen, row.LadderID); at >= 0 {
		return at
	}
	return len(chosen)
}
