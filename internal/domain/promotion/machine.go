// Package promotion is the case that decides whether a person moves to another
// level: a packet that is frozen at submission, a panel that votes blind, a
// signed decision, and the level that changes on its date.
package promotion

import (
	"slices"

	"github.com/rung-hr/rung/ent/db/promotioncase"
	"github.com/rung-hr/rung/internal/trust/access"
)

// State is the state of a case.
type State = promotioncase.State

// These are the states, in the order of the process.
const (
	Draft            = promotioncase.StateDraft
	ManagerReview    = promotioncase.StateManagerReview
	ChangesRequested = promotioncase.StateChangesRequested
	Submitted        = promotioncase.StateSubmitted
	BlindVote        = promotioncase.StateBlindVote
	OnHold           = promotioncase.StateOnHold
	Voted            = promotioncase.StateVoted
	Decided          = promotioncase.StateDecided
	Communicated     = promotioncase.StateCommunicated
	Effective        = promotioncase.StateEffective
	Withdrawn        = promotioncase.StateWithdrawn
)

// Move is what somebody does to a case.
type Move string

// These are the moves that people make. The system closes the vote and puts the
// level into effect when their time has come; deciding has its own operation.
const (
	HandOver       Move = "hand_over"
	RequestChanges Move = "request_changes"
	Submit         Move = "submit"
	Withdraw       Move = "withdraw"
	OpenVote       Move = "open_vote"
	Communicate    Move = "communicate"
)

// step is one line of the state machine: who may make the move, from which
// states, and to which state.
type step struct {
	move     Move
	from     []State
	to       State
	resource access.Resource
	action   access.Action
}

var machine = []step{
	{HandOver, []State{Draft, ChangesRequested}, ManagerReview, access.Packets, access.Update},
	{RequestChanges, []State{ManagerReview}, ChangesRequested, access.Cases, access.Review},
	{Submit, []State{ManagerReview}, Submitted, access.Cases, access.Review},
	{OpenVote, []State{Submitted, OnHold}, BlindVote, access.Cases, access.OpenVote},
	{Communicate, []State{Decided}, Communicated, access.Cases, access.Communicate},
	{Withdraw, []State{Draft, ManagerReview, ChangesRequested, Submitted, BlindVote, OnHold}, Withdrawn, access.Cases, access.Withdraw},
}

func stepOf(m Move) (step, bool) {
	i := slices.IndexFunc(machine, func(s step) bool { return s.move == m })
	if i < 0 {
		return step{}, false
	}
	return machine[i], true
}

// closed are the states in which a case no longer occupies its candidate.
var closed = []State{Communicated, Effective, Withdrawn}

// editable are the states in which the packet can be written.
var editable = []State{Draft, ChangesRequested}

// phase is one of the nine steps of the long stepper.
type phase struct {
	key, words string
	states     []State
}

var phases = []phase{
	{"draft", "Draft", []State{Draft}},
	{"manager_review", "Manager review", []State{ManagerReview, ChangesRequested}},
	{"submitted", "Submitted", []State{Submitted}},
	{"panel_votes", "Panel votes", []State{BlindVote, OnHold}},
	{"decision", "Decision", []State{Voted, Decided}},
	{"communicated", "You are told", []State{Communicated}},
	{"effective", "In effect", []State{Effective}},
}

func phaseOf(s State) int {
	return slices.IndexFunc(phases, func(p phase) bool { return slices.Contains(p.states, s) })
}

var stateWords = map[State]string{
	Draft: "Draft", ManagerReview: "Manager review", ChangesRequested: "Changes requested", Submitted: "Submitted",
	BlindVote: "Panel votes", OnHold: "Paused", Voted: "Panel has voted", Decided: "Decided, not told",
	Communicated: "You are told", Effective: "In effect", Withdrawn: "Withdrawn",
}

// withPanel is all that a candidate can read from submission until they are told.
const withPanel = "With the panel"

// hiddenFromCandidate are the states that would tell the candidate about the
// vote.
var hiddenFromCandidate = []State{BlindVote, OnHold, Voted, Decided}

func wordsFor(s State, candidate bool) string {
	if candidate && slices.Contains(hiddenFromCandidate, s) {
		return withPanel
	}
	if !candidate && s == Communicated {
		return "Told"
	}
	return stateWords[s]
}
