package promotion

import (
	"fmt"
	"math"
	"slices"

	"github.com/rung-hr/rung/internal/domain/ladder"
)

// Vote is a panel member's answer.
type Vote string

// These are the votes.
const (
	Approve Vote = "approve"
	NotYet  Vote = "not_yet"
	Decline Vote = "decline"
)

// Outcome is what follows from the votes.
type Outcome string

// These are the outcomes. Deferred means "not yet": the case can come again.
const (
	Approved Outcome = "approved"
	Deferred Outcome = "deferred"
	Declined Outcome = "declined"
)

const (
	leastQuorum    = 3
	quorumPercent  = 60
	panelSeats     = 5
	smallestTally  = 3 // with fewer valid votes the candidate sees no counts
	majorityOfHalf = 2
)

// Quorum is how many valid votes a panel needs: the larger of 3 and 60 % of
// the seats that are not recused, rounded up.
func Quorum(seats int) int {
	return max(leastQuorum, int(math.Ceil(float64(seats*quorumPercent)/100)))
}

// Count is the votes of a panel.
type Count struct {
	Approve int `json:"approve"`
	NotYet  int `json:"notYet"`
	Decline int `json:"decline"`
}

// Valid is the number of votes.
func (c Count) Valid() int { return c.Approve + c.NotYet + c.Decline }

// Add counts a vote.
func (c *Count) Add(v Vote) {
	switch v {
	case Approve:
		c.Approve++
	case NotYet:
		c.NotYet++
	case Decline:
		c.Decline++
	}
}

// Outcome applies the majority rule: more than half of the valid votes approve or
// decline. Everything else, even a tie, is deferred.
func (c Count) Outcome() Outcome {
	half := c.Valid()
	switch {
	case c.Approve*majorityOfHalf > half:
		return Approved
	case c.Decline*majorityOfHalf > half:
		return Declined
	default:
		return Deferred
	}
}

// rule states the two rules in words, with the numbers of this panel.
func rule(seats, quorum int) string {
	return fmt.Sprintf("Quorum %d: the larger of 3 and 60 %% of %d seats. Majority: more than half of the valid votes; otherwise not yet.", quorum, seats)
}

// spread is the distance between the lowest and the highest mark.
func spread(marks []int) int {
	low, high := -1, -1
	for mark, n := range marks {
		if n == 0 {
			continue
		}
		if low < 0 {
			low = mark
		}
		high = mark
	}
	return high - low
}

// Criterion is how the panel marked one competency.
type Criterion struct {
	Competency string              `json:"competency"`
	Name       string              `json:"name"`
	Marks      []int               `json:"marks" doc:"how many members marked each point of its scale, the lowest first"`
	Scale      []ladder.ScalePoint `json:"scale"`
	Spread     int                 `json:"spread" doc:"steps between the lowest and the highest mark"`
}

// byDisagreement puts the competencies first that need the most discussion.
func byDisagreement(list []Criterion) {
	slices.SortStableFunc(list, func(a, b Criterion) int { return b.Spread - a.Spread })
}
