package ladder

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	entladder "github.com/rung-hr/rung/ent/db/ladder"
	"github.com/rung-hr/rung/ent/db/ladderversion"
	"github.com/rung-hr/rung/internal/clock"
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

// StandsOn finds the ladder of somebody at a level: of those in force and not
// retired that have it, the widest, and of these the one that came first. False
// when no ladder has it. Two statements however many ladders there are.
func (s *Service) StandsOn(ctx context.Context, code string) (Published, bool, error) {
	today := clock.DateOf(s.clock.Now())
	rows, err := s.store.Read().LadderVersion.Query().
		Where(ladderversion.EffectiveFromLTE(today), ladderversion.HasLadderWith(
			entladder.Or(entladder.RetiredOnIsNil(), entladder.RetiredOnGT(today)))).
		Order(db.Desc(ladderversion.FieldEffectiveFrom), db.Desc(ladderversion.FieldPublishedAt)).
		Select(ladderversion.FieldID, ladderversion.FieldLadderID, ladderversion.FieldTracks, ladderversion.FieldWidth).
		All(ctx)
	if err != nil || code == "" {
		return Published{}, false, err
	}
	var best *db.LadderVersion
	seen := map[uuid.UUID]bool{}
	for _, row := range rows {
		if seen[row.LadderID] {
			continue
		}
		seen[row.LadderID] = true
		var tracks []Track
		if err := json.Unmarshal([]byte(row.Tracks), &tracks); err != nil {
			return Published{}, false, err
		}
		has := slices.ContainsFunc(levelsOf(tracks), func(l Level) bool { return l.Code == code })
		if has && (best == nil || row.Width < best.Width || row.Width == best.Width && bytes.Compare(row.LadderID[:], best.LadderID[:]) < 0) {
			best = row
		}
	}
	if best == nil {
		return Published{}, false, nil
	}
	p, err := s.Version(ctx, best.ID)
	return p, true, err
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
