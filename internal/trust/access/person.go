package access

import (
	"context"

	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/evidence"
	"github.com/rung-hr/rung/ent/db/job"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/db/predicate"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/store"
)

// PersonFacts are what relations to a person are computed from.
type PersonFacts struct {
	ID      uuid.UUID
	Manager uuid.UUID // uuid.Nil for nobody
	Unit    uuid.UUID // uuid.Nil for none
	Country string
}

// FactsOf returns the facts of a person's row.
func FactsOf(p *db.Person) PersonFacts {
	return PersonFacts{ID: p.ID, Manager: store.OrZero(p.ManagerID), Unit: store.OrZero(p.UnitID), Country: p.Country}
}

var people = kind[PersonFacts, predicate.Person]{
	{Any, always[PersonFacts], func(actor.Person, PersonFacts) bool { return true }, everything[predicate.Person]},
	{
		Self, always[PersonFacts],
		func(a actor.Person, f PersonFacts) bool { return f.ID == a.ID },
		func(a actor.Person) predicate.Person { return person.ID(a.ID) },
	},
	{
		Manager, always[PersonFacts],
		func(a actor.Person, f PersonFacts) bool { return f.Manager == a.ID },
		func(a actor.Person) predicate.Person { return person.ManagerID(a.ID) },
	},
	{
		HRScope, always[PersonFacts],
		func(a actor.Person, f PersonFacts) bool { return f.ID != a.ID && a.Covers(f.Unit, f.Country) },
		func(a actor.Person) predicate.Person {
			return func(s *sql.Selector) {
				s.Where(sql.And(sql.NEQ(s.C(person.FieldID), a.ID), covered(s.Table(), a)))
			}
		},
	},
	{HRWhole, always[PersonFacts], func(a actor.Person, _ PersonFacts) bool { return a.CoversAll() }, whole[predicate.Person]},
}

// CanPerson reports whether the actor may do the action to things of the resource
// that are about the person, such as reading their row or opening a case for
// them.
func (s *Service) CanPerson(ctx context.Context, resource Resource, action Action, facts PersonFacts) bool {
	return people.check(ctx, s, resource, action, facts)
}

// PersonScope is CanPerson for the rows of a query.
func (s *Service) PersonScope(ctx context.Context, resource Resource, action Action) predicate.Person {
	return people.scope(ctx, s, resource, action)
}

// EvidenceFacts are what relations to a piece of evidence are computed from.
type EvidenceFacts struct{ Owner uuid.UUID }

var evidences = kind[EvidenceFacts, predicate.Evidence]{
	{
		OwnerOf, always[EvidenceFacts],
		func(a actor.Person, f EvidenceFacts) bool { return f.Owner == a.ID },
		func(a actor.Person) predicate.Evidence { return evidence.PersonID(a.ID) },
	},
}

// CanEvidence reports whether the actor may do the action to the evidence.
func (s *Service) CanEvidence(ctx context.Context, action Action, facts EvidenceFacts) bool {
	return evidences.check(ctx, s, Evidence, action, facts)
}

// EvidenceScope is CanEvidence for the rows of a query.
func (s *Service) EvidenceScope(ctx context.Context, action Action) predicate.Evidence {
	return evidences.scope(ctx, s, Evidence, action)
}

// whole matches every row for HR partners whose scope is the whole company.
func whole[P ~func(*sql.Selector)](a actor.Person) P {
	if a.CoversAll() {
		return everything[P](a)
	}
	return nothing[P]()
}

// JobFacts are what relations to a job are computed from.
type JobFacts struct{ Owner uuid.UUID }

var jobs = kind[JobFacts, predicate.Job]{
	{
		OwnerOf, always[JobFacts],
		func(a actor.Person, f JobFacts) bool { return f.Owner == a.ID },
		func(a actor.Person) predicate.Job { return job.PersonID(a.ID) },
	},
}

// JobScope matches the jobs to which the actor may do the action.
func (s *Service) JobScope(ctx context.Context, action Action) predicate.Job {
	return jobs.scope(ctx, s, Jobs, action)
}
