package reading

import (
	"context"

	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db/auditevent"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/db/predicate"
	"github.com/rung-hr/rung/ent/db/promotioncase"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/trust/audit"
)

// openVotes are the cases whose vote is open: nobody may learn who has sealed a
// ballot before the close.
func openVotes(q *sql.Selector) {
	q.Where(sql.In(q.C(promotioncase.FieldState), promotioncase.StateBlindVote, promotioncase.StateOnHold))
}

// ownCases are the reader's own cases and those of their reports, until the
// candidate is told: nobody may follow the panel of their own case.
func ownCases(me actor.Person) func(*sql.Selector) {
	return func(q *sql.Selector) {
		p := sql.Table(person.Table)
		reports := sql.Select(p.C(person.FieldID)).From(p).Where(sql.EQ(p.C(person.FieldManagerID), me.ID))
		q.Where(sql.And(
			sql.IsNull(q.C(promotioncase.FieldCommunicatedAt)),
			sql.Or(sql.EQ(q.C(promotioncase.FieldPersonID), me.ID), sql.In(q.C(promotioncase.FieldPersonID), reports)),
		))
	}
}

// tellable matches the events that the trail may show to the reader. Who read a
// packet during a vote is shown only in an evaluation, which takes two people.
func tellable(me actor.Person) predicate.AuditEvent {
	return auditevent.And(
		auditevent.Or(auditevent.ActionIn(audit.Withheld...), notOf(openVotes)),
		notOf(ownCases(me)),
	)
}

// notOf matches events that are not about one of the cases.
func notOf(cases func(*sql.Selector)) predicate.AuditEvent {
	return func(q *sql.Selector) {
		t := sql.Table(promotioncase.Table)
		hidden := sql.Select(t.C(promotioncase.FieldID)).From(t)
		cases(hidden)
		q.Where(sql.Or(sql.IsNull(q.C(auditevent.FieldResourceID)), sql.NotIn(q.C(auditevent.FieldResourceID), hidden)))
	}
}

// hiddenIDs returns the ids of the cases that an export leaves out.
func (s *Service) hiddenIDs(ctx context.Context) (map[uuid.UUID]bool, error) {
	me := actor.Of(ctx)
	ids, err := s.Store.Read().PromotionCase.Query().Where(promotioncase.Or(openVotes, ownCases(me))).IDs(ctx)
	out := make(map[uuid.UUID]bool, len(ids))
	for _, id := range ids {
		out[id] = true
	}
	return out, err
}
