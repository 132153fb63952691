package access

import (
	"context"

	"github.com/rung-hr/rung/internal/platform/actor"
)

// Nobody gains a right by their own act. What would give somebody one takes a
// second person: to allow it, or to do it in their place.

// Gains says whether whoever answers for the work would stand in a relation to a
// person after a change of facts that they do not stand in now: as their manager,
// as an HR partner of their scope, or as one who no longer manages them and so
// may see their case.
func Gains(ctx context.Context, before, after PersonFacts) bool {
	me, ok := actor.Answerable(ctx)
	if !ok {
		return false
	}
	for _, r := range people {
		if r.is(me, after) && !r.is(me, before) {
			return true
		}
	}
	was, now := caseOf(before), caseOf(after)
	for _, r := range cases {
		if r.is(me, now) && !r.is(me, was) {
			return true
		}
	}
	return false
}

// caseOf are the facts of any case of a person.
func caseOf(f PersonFacts) CaseFacts {
	return CaseFacts{Person: f.ID, Manager: f.Manager, Unit: f.Unit, Country: f.Country}
}
