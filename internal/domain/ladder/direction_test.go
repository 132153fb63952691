package ladder_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/rung-hr/rung/internal/domain/ladder"
)

func TestTheDirectionOfALevel(t *testing.T) {
	name, content := ladder.ShippedFile()
	shipped, err := ladder.Parse(name, content)
	require.NoError(t, err)
	r := shipped.Document.Rubric()
	for _, want := range []struct {
		from, to  string
		direction ladder.Direction
		skipped   []string
	}{
		{"IC4", "IC5", ladder.Up, nil},
		{"IC4", "IC6", ladder.Skip, []string{"IC5"}},
		{"IC4", "IC7", ladder.Skip, []string{"IC5", "IC6"}},
		{"IC4", "M1", ladder.Up, nil},
		{"IC4", "M2", ladder.Skip, []string{"M1"}},
		{"IC5", "M1", ladder.Sideways, nil},
		{"M1", "IC5", ladder.Sideways, nil},
		{"IC5", "IC4", ladder.Down, nil},
		{"M2", "IC5", ladder.Down, nil},
	} {
		direction, skipped, ok := r.DirectionTo(want.from, want.to)
		require.True(t, ok, want)
		require.Equal(t, want.direction, direction, want)
		require.Equal(t, want.skipped, skipped, want)
	}
	for _, none := range [][2]string{{"IC4", "IC4"}, {"IC4", "IC9"}, {"", "IC4"}} {
		_, _, ok := r.DirectionTo(none[0], none[1])
		require.False(t, ok, none)
	}
}

func TestPlacesInsideALevelAreNotSkipped(t *testing.T) {
	r := ladder.Rubric{Tracks: []ladder.Track{{Code: "IC", Levels: []ladder.Level{
		{Code: "A", Ordinal: 1}, {Code: "A+", Ordinal: 2, SublevelOf: "A"}, {Code: "B", Ordinal: 3}, {Code: "B+", Ordinal: 4, SublevelOf: "B"},
	}}}}
	for want, ways := range map[ladder.Direction][][2]string{
		ladder.Up:   {{"A", "A+"}, {"A", "B"}, {"A+", "B"}, {"B", "B+"}},
		ladder.Skip: {{"A", "B+"}, {"A+", "B+"}},
	} {
		for _, way := range ways {
			direction, _, ok := r.DirectionTo(way[0], way[1])
			require.True(t, ok)
			require.Equal(t, want, direction, way)
		}
	}
}

// A track that the ladder relates to no other has heights that nobody wrote: a
// first manager is not below a senior engineer because the file left them out.
func TestUnrelatedTracksAreNotCompared(t *testing.T) {
	r := ladder.Rubric{Tracks: []ladder.Track{
		{Code: "IC", Levels: []ladder.Level{{Code: "IC1", Ordinal: 1}, {Code: "IC2", Ordinal: 2}}},
		{Code: "M", Levels: []ladder.Level{{Code: "M1", Ordinal: 1}}},
	}}
	direction, _, ok := r.DirectionTo("IC2", "M1")
	require.True(t, ok)
	require.Equal(t, ladder.Across, direction)
}

// Whatever the ladder, one way is up exactly if the other is down, and sideways
// exactly if the other is.
func TestADirectionAndTheWayBackAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var r ladder.Rubric
		for i := range rapid.IntRange(1, 3).Draw(t, "tracks") {
			track := ladder.Track{Code: fmt.Sprint("T", i)}
			height := rapid.IntRange(0, 3).Draw(t, "start")
			for j := range rapid.IntRange(1, 4).Draw(t, "levels") {
				height += rapid.IntRange(1, 2).Draw(t, "rise")
				level := ladder.Level{Code: fmt.Sprintf("T%d-%d", i, j), Ordinal: height}
				if i > 0 && rapid.Bool().Draw(t, "related") {
					level.Equivalent = []string{"T0-0"}
				}
				track.Levels = append(track.Levels, level)
			}
			r.Tracks = append(r.Tracks, track)
		}
		back := map[ladder.Direction][]ladder.Direction{
			ladder.Up: {ladder.Down}, ladder.Skip: {ladder.Down}, ladder.Sideways: {ladder.Sideways}, ladder.Across: {ladder.Across},
			ladder.Down: {ladder.Up, ladder.Skip},
		}
		for _, from := range r.Levels() {
			for _, to := range r.Levels() {
				direction, skipped, ok := r.DirectionTo(from.Code, to.Code)
				require.Equal(t, from.Code != to.Code, ok)
				if !ok {
					continue
				}
				require.Equal(t, direction == ladder.Skip, len(skipped) > 0)
				other, _, _ := r.DirectionTo(to.Code, from.Code)
				require.Contains(t, back[direction], other)
			}
		}
	})
}
