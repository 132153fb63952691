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

// Rungs lists the levels of every ladder in force on a day, in ladder order,
// each code once. The caller answers for the right to read them.
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

// StandsOn finds the ladder of somebody at a level in a unit: the one that the
// unit, or the nearest above it, stands on if it has the level. Else, of those in
// force and not retired that have it, the widest, and of these the one that came
// first. False when no ladder has the level. Three statements however many
// ladders and units there are.
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
	best := slices.MinFunc(rows, func(a, b *db.LadderVersion) int {
		return cmp.Or(cmp.Compare(rank(chosen, a), rank(chosen, b)), a.Width-b.Width, bytes.Compare(a.LadderID[:], b.LadderID[:]))
	})
	p, err := s.Version(ctx, best.ID)
	return p, true, err
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

// chosen lists the ladders of a unit and of those above it, the nearest first.
func (s *Service) chosen(ctx context.Context, unit *uuid.UUID) ([]uuid.UUID, error) {
	if unit == nil {
		return nil, nil
	}
	rows, err := s.Store.Read().Unit.Query().Select(entunit.FieldID, entunit.FieldParentID, entunit.FieldLadderID).All(ctx)
	if err != nil {
		return nil, err
	}
	units := make(map[uuid.UUID]*db.Unit, len(rows))
	for _, row := range rows {
		units[row.ID] = row
	}
	var out []uuid.UUID
	for at := units[*unit]; at != nil; {
		delete(units, at.ID) // a circle ends where it began
		if at.LadderID != nil {
			out = append(out, *at.LadderID)
		}
		if at.ParentID == nil {
			break
		}
		at = units[*at.ParentID]
	}
	return out, nil
}

// rank is the place of a version's ladder among the chosen ones, after them all
// when it is none of them.
func rank(chosen []uuid.UUID, row *db.LadderVersion) int {
	if at := slices.Index(chosen, row.LadderID); at >= 0 {
		return at
	}
	return len(chosen)
}
