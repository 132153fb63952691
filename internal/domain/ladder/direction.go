package ladder

import "slices"

// Direction is what it means to go from one level of a ladder to another.
type Direction string

// The directions. Levels of two tracks are compared by their height, if the ladder
// says anywhere how the two tracks relate.
const (
	Up       Direction = "up"       // the next level, on any track
	Skip     Direction = "skip"     // higher than the next level
	Sideways Direction = "sideways" // another track at the same height
	Across   Direction = "across"   // another track, which the ladder does not compare with this one
	Down     Direction = "down"     // lower
)

// DirectionTo says what the way from one level to another is, and which levels of the
// track it skips, the lowest first. A place inside the level that is left is no
// level to skip. It is false if the rubric lacks one of the levels or they are
// the same.
func (r Rubric) DirectionTo(from, to string) (Direction, []string, bool) {
	start, fromTrack, ok := r.Level(from)
	goal, toTrack, known := r.Level(to)
	if !ok || !known || from == to {
		return "", nil, false
	}
	switch {
	case fromTrack != toTrack && !r.related(fromTrack, toTrack):
		return Across, nil, true
	case goal.Ordinal < start.Ordinal:
		return Down, nil, true
	case goal.Ordinal == start.Ordinal:
		return Sideways, nil, true
	}
	if skipped := r.between(start, goal, toTrack); len(skipped) > 0 {
		return Skip, skipped, true
	}
	return Up, nil, true
}

// related reports whether a level of one track leads to, or is as high as, a level
// of the other. Heights that nobody wrote say nothing.
func (r Rubric) related(one, other string) bool {
	return slices.ContainsFunc(r.onTrack(one), func(l Level) bool { return leadsTo(l, r.onTrack(other)) }) ||
		slices.ContainsFunc(r.onTrack(other), func(l Level) bool { return leadsTo(l, r.onTrack(one)) })
}

func leadsTo(l Level, others []Level) bool {
	return slices.ContainsFunc(others, func(o Level) bool {
		return slices.Contains(l.Equivalent, o.Code) || slices.Contains(l.Next, o.Code)
	})
}

func (r Rubric) onTrack(code string) []Level {
	for _, t := range r.Tracks {
		if t.Code == code {
			return t.Levels
		}
	}
	return nil
}

// between lists the levels of a track that lie between two heights and are more
// than a place inside the lower one.
func (r Rubric) between(start, goal Level, track string) []string {
	within := start.Code
	if start.SublevelOf != "" {
		within = start.SublevelOf
	}
	var out []string
	for _, level := range r.onTrack(track) {
		if start.Ordinal < level.Ordinal && level.Ordinal < goal.Ordinal && level.SublevelOf != within {
			out = append(out, level.Code)
		}
	}
	return out
}
