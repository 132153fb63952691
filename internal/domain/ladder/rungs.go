package ladder

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	entladder "github.com/rung-hr/rung/ent/db/ladder"
	"github.com/rung-hr/rung/ent/db/ladderversion"
	entunit "github.com/rung-hr/rung/ent/db/unit"
	"github.com/rung-hr/rung/internal/platform/clock"
)

// Rung is a level as people and pay refer to it: by its code.
type Rung struct {
	Code  string
	Title string // short
	Track string // code of the track
	Kind  TrackKind
}

// Rungs lists the levels of every ladder in force on a day, in ladder order,
// each code once. The caller answers for the right to read them.
func Rungs(ctx context.Context, client *db.Client, on clock.Date) ([]Rung, error) {
	rows, err := client.LadderVersion.Query().
		Where(ladderversion.EffectiveFromLTE(on)).
		Order(db.Desc(ladderversion.FieldEffectiveFrom), db.Desc(ladderversion.FieldPublishedAt)).
		Select(ladderversion.FieldID, ladderversion.FieldLadderID, ladderversion.FieldTracks).
		All(ctx)
	if err != nil {
		return nil, err
	}
	var out []Rung
	ladders, codes := map[uuid.UUID]bool{}, map[string]bool{}
	for _, row := range rows {
		if ladders[row.LadderID] {
			continue
		}
		ladders[row.LadderID] = true
		var tracks []Track
		if err := json.Unmarshal([]byte(row.Tracks), &tracks); err != nil {
			return nil, err
		}
		out = appendRungs(out, tracks, codes)
	}
	return out, nil
}

func appendRungs(out []Rung, tracks []Track, seen map[string]bool) []Rung {
	for _, track := range tracks {
		for _, level := range track.Levels {
			if !seen[level.Code] {
				seen[level.Code] = true
				out = append(out, Rung{Code: level.Code, Title: level.ShortTitle, Track: track.Code, Kind: track.Kind})
			}
		}
	}
	return out
}

// StandsOn finds the ladder of somebody at a level in a unit: the one that the
// unit, or the nearest above it, stands on if it has the level. Else, of those in
// force and not retired that have it, the widest, and of these the one that came
// first. False when no ladder has the level. Three statements however many
// ladders and units there are.
func (s *Service) StandsOn(ctx context.Context, unit *uuid.UUID, code string) (Published, bool, error) {
	if code == "" {
		return Published{}, false, nil
	}
	rows, err := s.having(ctx, code)
	if err != nil || len(rows) == 0 {
		return Published{}, false, err
	}
	chosen, err := s.chosen(ctx, unit)
	if err != nil {
		return Published{}, false, err
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
	today := clock.DateOf(s.clock.Now())
	rows, err := s.store.Read().LadderVersion.Query().
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
		var tracks []Track
		if err := json.Unmarshal([]byte(row.Tracks), &tracks); err != nil {
			return nil, err
		}
		if slices.ContainsFunc(levelsOf(tracks), func(l Level) bool { return l.Code == code }) {
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
	rows, err := s.store.Read().Unit.Query().Select(entunit.FieldID, entunit.FieldParentID, entunit.FieldLadderID).All(ctx)
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

// FindRung finds a level by its code, whatever its case.
func FindRung(rungs []Rung, code string) (Rung, bool) {
	for _, r := range rungs {
		if strings.EqualFold(r.Code, code) {
			return r, true
		}
	}
	return Rung{}, false
}

// SuggestRung words how to mend an unknown code: with the nearest one, or with
// all when none is near.
func SuggestRung(rungs []Rung, code string) string {
	const near = 2
	best, distance := "", near+1
	codes := make([]string, 0, len(rungs))
	for _, r := range rungs {
		codes = append(codes, r.Code)
		if d := edits(strings.ToUpper(code), strings.ToUpper(r.Code)); d < distance {
			best, distance = r.Code, d
		}
	}
	if best != "" {
		return "did you mean " + best + "?"
	}
	return "use one of " + strings.Join(codes, ", ")
}

// edits is the number of letters to change, add or drop to get from a to b.
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(diagonal+cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
