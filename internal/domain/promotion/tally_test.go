package promotion

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestQuorum(t *testing.T) {
	for seats, want := range map[int]int{0: 3, 1: 3, 3: 3, 4: 3, 5: 3, 6: 4, 7: 5, 10: 6} {
		require.Equal(t, want, Quorum(seats), "%d seats", seats)
	}
}

func TestOutcome(t *testing.T) {
	for _, c := range []struct {
		count Count
		want  Outcome
	}{
		{Count{3, 2, 0}, Approved},
		{Count{3, 1, 1}, Approved},
		{Count{2, 2, 1}, Deferred},
		{Count{2, 0, 2}, Deferred}, // a tie
		{Count{2, 2, 0}, Deferred},
		{Count{1, 1, 3}, Declined},
		{Count{0, 0, 0}, Deferred},
		{Count{0, 5, 0}, Deferred},
	} {
		require.Equal(t, c.want, c.count.Outcome(), "%+v", c.count)
	}
}

func TestOutcomeRules(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		votes := rapid.SliceOfN(rapid.SampledFrom([]Vote{Approve, NotYet, Decline}), 0, 9).Draw(t, "votes")
		var c, reversed Count
		for i := range votes {
			c.Add(votes[i])
			reversed.Add(votes[len(votes)-1-i])
		}
		require.Equal(t, len(votes), c.Valid())
		require.Equal(t, c.Outcome(), reversed.Outcome(), "the order of the votes decides nothing")
		more := c
		more.Add(Approve)
		if c.Outcome() == Approved {
			require.Equal(t, Approved, more.Outcome(), "one more approval cannot undo an approval")
		}
		if c.Outcome() != Declined {
			require.NotEqual(t, Declined, more.Outcome(), "one more approval cannot decline")
		}
		require.Equal(t, c.Outcome() == Approved, c.Approve > c.NotYet+c.Decline)
	})
}

func TestSpread(t *testing.T) {
	require.Equal(t, 0, spread([]int{0, 0, 5, 0}))
	require.Equal(t, 3, spread([]int{1, 0, 0, 4}))
	require.Equal(t, 1, spread([]int{0, 2, 3, 0}))
}

// From every state, the moves that lead on. A new move changes this table.
func TestTheStateMachine(t *testing.T) {
	want := map[State][]Move{
		Draft: {HandOver, Withdraw}, ChangesRequested: {HandOver, Withdraw}, ManagerReview: {RequestChanges, Submit, Withdraw},
		Submitted: {OpenVote, Withdraw}, BlindVote: {Withdraw}, OnHold: {OpenVote, Withdraw}, Voted: nil, Decided: {Communicate},
		Communicated: nil, Effective: nil, Withdrawn: nil,
	}
	for state, moves := range want {
		var have []Move
		for _, s := range machine {
			if inState(state, s.from...) {
				have = append(have, s.move)
			}
		}
		require.ElementsMatch(t, moves, have, state)
		require.NotEmpty(t, stateWords[state])
	}
	require.Len(t, stateWords, len(want))
}

func TestACandidateReadsTheSameWordsUntilSheIsTold(t *testing.T) {
	for _, s := range []State{BlindVote, OnHold, Voted, Decided} {
		require.Equal(t, "With the panel", wordsFor(s, true))
		require.NotEqual(t, "With the panel", wordsFor(s, false))
	}
}
