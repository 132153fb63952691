package access

import (
	"context"

	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/panelseat"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/db/predicate"
	"github.com/rung-hr/rung/ent/db/promotioncase"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/store"
)

// SeatFacts is one place on a panel.
type SeatFacts struct {
	Person uuid.UUID
	Chair  bool
	Seated bool // false once recused
}

// CaseFacts are what relations to a promotion case are computed from.
type CaseFacts struct {
	Person       uuid.UUID
	Manager      uuid.UUID // the candidate's current manager
	Unit         uuid.UUID // the candidate's current unit
	Country      string
	HandedOver   bool // the packet was handed over to the manager
	Frozen       bool // the packet was submitted
	VoteOpened   bool
	VoteClosed   bool
	Communicated bool
	Withdrawn    bool
	Seats        []SeatFacts
}

// FactsOfCase returns the facts of a case from its row, with the person loaded,
// and its seats.
func FactsOfCase(row *db.PromotionCase, seats []*db.PanelSeat) CaseFacts {
	p := row.Edges.Person
	f := CaseFacts{
		Person: row.PersonID, Manager: store.OrZero(p.ManagerID), Unit: store.OrZero(p.UnitID), Country: p.Country,
		HandedOver: row.HandedOverAt != nil, Frozen: row.SubmittedAt != nil, VoteOpened: row.VoteOpenedAt != nil,
		VoteClosed: row.VoteClosedAt != nil, Communicated: row.CommunicatedAt != nil,
		Withdrawn: row.State == promotioncase.StateWithdrawn,
	}
	for _, s := range seats {
		f.Seats = append(f.Seats, SeatFacts{Person: s.PersonID, Chair: s.Chair, Seated: s.State == panelseat.StateSeated})
	}
	return f
}

// deciding says whether the panel still has something to do. When the candidate
// is told or withdraws, all its rights end.
func (f CaseFacts) deciding() bool { return !f.Communicated && !f.Withdrawn }

func stillDeciding() casePredicate {
	return promotioncase.And(promotioncase.CommunicatedAtIsNil(), promotioncase.StateNEQ(promotioncase.StateWithdrawn))
}

func (f CaseFacts) seated(a actor.Person, chair bool) bool {
	for _, s := range f.Seats {
		if s.Person == a.ID && s.Seated && (s.Chair || !chair) {
			return true
		}
	}
	return false
}

// inScope leaves out the candidate and their manager: neither sees the case for
// HR.
func (f CaseFacts) inScope(a actor.Person) bool {
	return f.Person != a.ID && f.Manager != a.ID && a.Covers(f.Unit, f.Country)
}

type casePredicate = predicate.PromotionCase

var cases = kind[CaseFacts, casePredicate]{
	{
		Candidate, always[CaseFacts],
		func(a actor.Person, f CaseFacts) bool { return f.Person == a.ID },
		func(a actor.Person) casePredicate { return promotioncase.PersonID(a.ID) },
	},
	{
		Told, func(f CaseFacts) bool { return f.Communicated },
		func(a actor.Person, f CaseFacts) bool { return f.Person == a.ID },
		func(a actor.Person) casePredicate {
			return promotioncase.And(promotioncase.CommunicatedAtNotNil(), promotioncase.PersonID(a.ID))
		},
	},
	{
		CaseManager, always[CaseFacts],
		func(a actor.Person, f CaseFacts) bool { return f.Manager == a.ID },
		func(a actor.Person) casePredicate { return reportsTo(promotioncase.FieldPersonID, a) },
	},
	{
		HandedOver, func(f CaseFacts) bool { return f.HandedOver },
		func(a actor.Person, f CaseFacts) bool { return f.Manager == a.ID },
		func(a actor.Person) casePredicate {
			return promotioncase.And(promotioncase.HandedOverAtNotNil(), reportsTo(promotioncase.FieldPersonID, a))
		},
	},
	{
		Seat, func(f CaseFacts) bool { return f.VoteOpened && f.deciding() },
		func(a actor.Person, f CaseFacts) bool { return f.seated(a, false) },
		func(a actor.Person) casePredicate {
			return promotioncase.And(promotioncase.VoteOpenedAtNotNil(), stillDeciding(), hasSeat(a, false))
		},
	},
	{
		SeatClosed, func(f CaseFacts) bool { return f.VoteClosed && f.deciding() },
		func(a actor.Person, f CaseFacts) bool { return f.seated(a, false) },
		func(a actor.Person) casePredicate {
			return promotioncase.And(promotioncase.VoteClosedAtNotNil(), stillDeciding(), hasSeat(a, false))
		},
	},
	{
		Chair, CaseFacts.deciding,
		func(a actor.Person, f CaseFacts) bool { return f.seated(a, true) },
		func(a actor.Person) casePredicate { return promotioncase.And(stillDeciding(), hasSeat(a, true)) },
	},
	{
		HRScope, always[CaseFacts],
		func(a actor.Person, f CaseFacts) bool { return f.inScope(a) },
		inScope,
	},
	{
		ScopeFrozen, func(f CaseFacts) bool { return f.Frozen },
		func(a actor.Person, f CaseFacts) bool { return f.inScope(a) },
		func(a actor.Person) casePredicate {
			return promotioncase.And(promotioncase.SubmittedAtNotNil(), inScope(a))
		},
	},
	{
		ScopeClosed, func(f CaseFacts) bool { return f.VoteClosed },
		func(a actor.Person, f CaseFacts) bool { return f.inScope(a) },
		func(a actor.Person) casePredicate {
			return promotioncase.And(promotioncase.VoteClosedAtNotNil(), inScope(a))
		},
	},
}

func inScope(a actor.Person) casePredicate {
	return func(s *sql.Selector) {
		t := sql.Table(person.Table)
		there := sql.Select(t.C(person.FieldID)).From(t).
			Where(sql.And(sql.Or(sql.IsNull(t.C(person.FieldManagerID)), sql.NEQ(t.C(person.FieldManagerID), a.ID)), covered(t, a)))
		s.Where(sql.And(sql.NEQ(s.C(promotioncase.FieldPersonID), a.ID), sql.In(s.C(promotioncase.FieldPersonID), there)))
	}
}

func hasSeat(a actor.Person, chair bool) casePredicate {
	return func(s *sql.Selector) {
		t := sql.Table(panelseat.Table)
		mine := sql.And(
			sql.EQ(t.C(panelseat.FieldPersonID), a.ID),
			sql.EQ(t.C(panelseat.FieldState), panelseat.StateSeated),
		)
		if chair {
			mine = sql.And(mine, sql.EQ(t.C(panelseat.FieldChair), true))
		}
		s.Where(sql.In(s.C(promotioncase.FieldID), sql.Select(t.C(panelseat.FieldCaseID)).From(t).Where(mine)))
	}
}

// CanCase reports whether the actor may do the action to the resource (case,
// packet, statement, seat, ballot, tally or decision) of the case.
func (s *Service) CanCase(ctx context.Context, resource Resource, action Action, facts CaseFacts) bool {
	return cases.check(ctx, s, resource, action, facts)
}

// CaseScope is CanCase for the rows of a query over cases.
func (s *Service) CaseScope(ctx context.Context, resource Resource, action Action) predicate.PromotionCase {
	return cases.scope(ctx, s, resource, action)
}
