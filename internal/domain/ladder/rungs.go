package ladder

import (
	"strings"
)

// Rung is a level as people and pay refer to it: by its code.
type Rung struct {
	Code  string
	Title string // short
	Track string // code of the track
	Kind  TrackKind
	// Premium is by how many percent the midpoint of the band should lie above
	// that of the level below; nil when the ladder says nothing.
	Premium *Premium
}

// Premium is a range of whole percents, both ends included.
type Premium struct{ Min, Max int }

func premiumOf(l Level) *Premium {
	if l.PremiumMin == nil || l.PremiumMax == nil {
		return nil
	}
	return &Premium{*l.PremiumMin, *l.PremiumMax}
}

// AppendRungs appends the levels of tracks whose code was not seen before, in
// their order, and marks them as seen.
func AppendRungs(out []Rung, tracks []Track, seen map[string]bool) []Rung {
	for _, track := range tracks {
		for _, level := range track.Levels {
			if !seen[level.Code] {
				seen[level.Code] = true
				out = append(out, Rung{Code: level.Code, Title: level.ShortTitle, Track: track.Code, Kind: track.Kind, Premium: premiumOf(level)})
			}
		}
	}
	return out
}

// FindRung finds a level by its code, in upper or lower case.
func FindRung(rungs []Rung, code string) (Rung, bool) {
	for _, r := range rungs {
		if strings.EqualFold(r.Code, code) {
			return r, true
		}
	}
	return Rung{}, false
}

// SuggestRung says how to fix an unknown code: with the nearest one, or with all
// codes if none is near.
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
