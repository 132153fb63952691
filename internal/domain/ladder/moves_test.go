package ladder_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/rung-hr/rung/internal/domain/ladder"
)

// versionOf makes a small ladder: "competency/level uid: text" for each sentence.
func versionOf(lines ...string) ladder.Rubric {
	document := ladder.Document{Framework: "chain", Version: "1.0.0", Tracks: []ladder.Track{{Code: "IC", Levels: []ladder.Level{{Code: "A"}, {Code: "B"}}}}}
	for _, line := range lines {
		head, text, _ := strings.Cut(line, ": ")
		place, uid, _ := strings.Cut(head, " ")
		code, level, _ := strings.Cut(place, "/")
		document.Competencies = put(document.Competencies, code, level, ladder.Criterion{UID: uid, Text: text})
	}
	return document.Rubric()
}

func put(entries []ladder.Entry, code, level string, criterion ladder.Criterion) []ladder.Entry {
	for i := range entries {
		if entries[i].Code != code {
			continue
		}
		for j := range entries[i].Descriptors {
			if entries[i].Descriptors[j].At.Level == level {
				entries[i].Descriptors[j].Criteria = append(entries[i].Descriptors[j].Criteria, criterion)
				return entries
			}
		}
		entries[i].Descriptors = append(entries[i].Descriptors, ladder.Descriptor{At: ladder.Anchor{Level: level}, Criteria: []ladder.Criterion{criterion}})
		return entries
	}
	return append(entries, ladder.Entry{Code: code, Descriptors: []ladder.Descriptor{{At: ladder.Anchor{Level: level}, Criteria: []ladder.Criterion{criterion}}}})
}

func said(moves []ladder.Move) []string {
	var out []string
	for _, m := range moves {
		line := fmt.Sprintf("%s %s > %s", m.Type, strings.Join(m.Old, "+"), strings.Join(m.New, "+"))
		if m.Moved {
			line += " moved"
		}
		out = append(out, line)
	}
	return out
}

// Five versions of one ladder, each with a different kind of change.
func chain() []ladder.Rubric {
	return []ladder.Rubric{
		versionOf(
			"design/A d1: Designs a service end to end and explains its trade-offs in a document.",
			"design/B d2: Designs systems across teams, and decides where a service is split.",
			"review/A r1: Reviews code of the team within a day.",
			"review/A r2: Explains each comment of a review.",
			"on-call/A o1: Carries on-call together with a second person.",
		),
		versionOf( // an edit and an addition
			"design/A d1: Designs a service end to end and explains its trade-offs in a design document.",
			"design/B d2: Designs systems across teams, and decides where a service is split.",
			"review/A r1: Reviews code of the team within a day.",
			"review/A r2: Explains each comment of a review.",
			"review/B r3: Sets the standard by which others review.",
			"on-call/A o1: Carries on-call together with a second person.",
		),
		versionOf( // one sentence is split in two
			"design/A d1: Designs a service end to end and explains its trade-offs in a design document.",
			"design/B d2a: Designs systems across teams.",
			"design/B d2b: Decides where a service is split.",
			"review/A r1: Reviews code of the team within a day.",
			"review/A r2: Explains each comment of a review.",
			"review/B r3: Sets the standard by which others review.",
			"on-call/A o1: Carries on-call together with a second person.",
		),
		versionOf( // two are merged, one moves
			"design/A d1: Designs a service end to end and explains its trade-offs in a design document.",
			"design/B d2a: Designs systems across teams.",
			"design/B d2b: Decides where a service is split.",
			"review/A r12: Reviews code of the team within a day and explains each comment of the review.",
			"design/A r3: Sets the standard by which others review.",
			"on-call/A o1: Carries on-call together with a second person.",
		),
		versionOf( // one is dropped, one gets a new meaning and so a new uid
			"design/A d1: Designs a service end to end and explains its trade-offs in a design document.",
			"design/B d2a: Designs systems across teams.",
			"design/B d4: Ends services that nobody calls.",
			"review/A r12: Reviews code of the team within a day and explains each comment of the review.",
			"design/A r3: Sets the standard by which others review.",
		),
	}
}

func TestMovesThroughFiveVersions(t *testing.T) {
	versions := chain()
	want := [][]string{
		{"edited d1 > d1", "same d2 > d2", "same r1 > r1", "same r2 > r2", "new  > r3", "same o1 > o1"},
		{"same d1 > d1", "split d2 > d2a+d2b", "same r1 > r1", "same r2 > r2", "same r3 > r3", "same o1 > o1"},
		{"same d1 > d1", "same r3 > r3 moved", "same d2a > d2a", "same d2b > d2b", "merged r1+r2 > r12", "same o1 > o1"},
		{"same d1 > d1", "same r3 > r3", "same d2a > d2a", "dropped d2b > ", "new  > d4", "same r12 > r12", "dropped o1 > "},
	}
	for i := range want {
		moves := ladder.Moves(versions[i], versions[i+1], nil)
		require.ElementsMatch(t, want[i], said(moves), "from version %d", i+1)
	}
	steps := []string{"minor", "major", "major", "major"}
	for i, step := range steps {
		require.Equal(t, step, string(ladder.Diff(versions[i], versions[i+1], nil).Step), "from version %d", i+1)
	}
}

func TestAKeptUidCanBePartOfASplit(t *testing.T) {
	before := versionOf("design/A d: Designs systems across teams, and decides where a service is split.")
	after := versionOf("design/A d: Designs systems across teams.", "design/A e: Decides where a service is split.")
	require.Equal(t, []string{"split d > d+e"}, said(ladder.Moves(before, after, nil)))
}

func TestTheOwnerHasTheLastWord(t *testing.T) {
	before, after := chain()[3], chain()[4]
	moves := ladder.Moves(before, after, []ladder.Move{{Type: ladder.MoveEdited, Old: []string{"d2b"}, New: []string{"d4"}}})
	require.Contains(t, said(moves), "edited d2b > d4")
	moves = ladder.Moves(before, after, []ladder.Move{{Type: ladder.MoveEdited, Old: []string{"gone"}, New: []string{"d4"}}})
	require.Contains(t, said(moves), "new  > d4", "what names nothing is left out")
}

func TestAnswersCarryOverWhereNothingElseIsAsked(t *testing.T) {
	versions := chain()
	carries := func(i int, code, level string) bool {
		a, _ := versions[i].Competency(code)
		b, _ := versions[i+1].Competency(code)
		return ladder.Carries(ladder.Moves(versions[i], versions[i+1], nil), a.Cell(level), b.Cell(level))
	}
	require.True(t, carries(0, "design", "A"), "an edit keeps the meaning")
	require.False(t, carries(0, "review", "B"), "something is new")
	require.False(t, carries(1, "design", "B"), "split")
	require.False(t, carries(2, "review", "A"), "merged")
	require.False(t, carries(3, "on-call", "A"), "dropped")
}

func TestMovesNameEverySentenceOnce(t *testing.T) {
	words := strings.Fields("writes reads tests designs services systems teams logs reviews code data plans splits merges owns")
	rubric := rapid.Custom(func(t *rapid.T) ladder.Rubric {
		var lines []string
		uids := rapid.SliceOfNDistinct(rapid.IntRange(1, 12), 0, 8, rapid.ID[int]).Draw(t, "uids")
		for _, uid := range uids {
			text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 5).Draw(t, "words"), " ")
			lines = append(lines, fmt.Sprintf("%s/%s u%d: %s", rapid.SampledFrom([]string{"design", "review"}).Draw(t, "competency"), rapid.SampledFrom([]string{"A", "B"}).Draw(t, "level"), uid, text))
		}
		return versionOf(lines...)
	})
	rapid.Check(t, func(t *rapid.T) {
		before, after := rubric.Draw(t, "before"), rubric.Draw(t, "after")
		olds, news := map[string]int{}, map[string]int{}
		for _, m := range ladder.Moves(before, after, nil) {
			for _, uid := range m.Old {
				olds[uid]++
			}
			for _, uid := range m.New {
				news[uid]++
			}
		}
		for _, side := range []struct {
			rubric ladder.Rubric
			counts map[string]int
		}{{before, olds}, {after, news}} {
			for _, c := range side.rubric.Competencies {
				for _, cell := range c.Cells {
					for _, p := range cell.Points {
						require.Equal(t, 1, side.counts[p.UID], p.UID)
						delete(side.counts, p.UID)
					}
				}
			}
			require.Empty(t, side.counts)
		}
		for _, m := range ladder.Moves(before, before, nil) {
			require.Equal(t, ladder.MoveSame, m.Type)
		}
	})
}
