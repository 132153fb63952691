package access

import (
	"context"
	"slices"

	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/fault"
)

// Service answers questions about rights. It is safe for concurrent use.
type Service struct {
	matrix  *Matrix
	observe Observer
}

// Observer is told each right that a person's request asks about, allowed or
// not, so that tests can hold it against what an operation declares.
type Observer func(ctx context.Context, resource Resource, action Action)

// New returns a service over a computed matrix. Observers may be none.
func New(m *Matrix, observers ...Observer) *Service {
	return &Service{matrix: m, observe: func(ctx context.Context, resource Resource, action Action) {
		for _, tell := range observers {
			tell(ctx, resource, action)
		}
	}}
}

// Matrix returns the matrix that every answer comes from.
func (s *Service) Matrix() *Matrix { return s.matrix }

// Require checks a right that does not depend on one thing: the relation "any",
// or "hr_whole" for an HR partner whose scope is the whole company. The system
// may do everything; without an actor nothing is allowed. It returns a SignedOut
// fault without an actor and a Forbidden fault otherwise.
func (s *Service) Require(ctx context.Context, resource Resource, action Action) error {
	if s.May(ctx, resource, action) {
		return nil
	}
	return denied(ctx)
}

func denied(ctx context.Context) error {
	if _, err := actor.Require(ctx); err != nil {
		return err
	}
	return fault.Denied("Your roles do not include this.")
}

// May is like Require but answers yes or no.
func (s *Service) May(ctx context.Context, resource Resource, action Action) bool {
	if _, ok := actor.SystemReason(ctx); ok {
		return true
	}
	s.observe(ctx, resource, action)
	p, ok := actor.From(ctx)
	return ok && s.mayAny(p, resource, action) && (p.Viewer == nil || s.mayAny(*p.Viewer, resource, action))
}

// Reach is how far a right goes beyond the actor's own data: to everybody, to the
// people of some scopes, or to nobody.
type Reach struct {
	everybody bool
	scopes    []actor.Scope
}

// Reach returns for whom, besides themselves, the actor may do the action. While
// viewing as somebody else, the actor reaches no one.
func (s *Service) Reach(ctx context.Context, resource Resource, action Action) Reach {
	if _, ok := actor.SystemReason(ctx); ok {
		return Reach{everybody: true}
	}
	s.observe(ctx, resource, action)
	p, ok := actor.From(ctx)
	if !ok || p.Viewer != nil {
		return Reach{}
	}
	granted := s.matrix.Relations(p.Roles, resource, action)
	switch {
	case contains(granted, Any), contains(granted, HRScope) && p.CoversAll():
		return Reach{everybody: true}
	case contains(granted, HRScope):
		return Reach{scopes: p.Scopes}
	}
	return Reach{}
}

// RequireReach is Reach for a right that must reach somebody. It returns the
// faults of Require.
func (s *Service) RequireReach(ctx context.Context, resource Resource, action Action) (Reach, error) {
	reach := s.Reach(ctx, resource, action)
	if reach.Nobody() {
		return reach, denied(ctx)
	}
	return reach, nil
}

// Everybody reports whether the right has no limit.
func (r Reach) Everybody() bool { return r.everybody }

// Nobody reports whether the right reaches no one.
func (r Reach) Nobody() bool { return !r.everybody && len(r.scopes) == 0 }

// Covers reports whether the right reaches a person of the unit and country.
func (r Reach) Covers(unit uuid.UUID, country string) bool {
	return r.everybody || slices.ContainsFunc(r.scopes, func(s actor.Scope) bool { return s.Holds(unit, country) })
}

// Includes reports whether the right reaches everybody whom a scope holds.
func (r Reach) Includes(other actor.Scope) bool {
	return r.everybody || slices.ContainsFunc(r.scopes, func(s actor.Scope) bool { return s.Includes(other) })
}

func (s *Service) mayAny(p actor.Person, resource Resource, action Action) bool {
	granted := s.matrix.Relations(p.Roles, resource, action)
	return contains(granted, Any) || contains(granted, HRWhole) && p.CoversAll()
}

// rule is one relation to a kind of thing: in which states of the thing the
// relation counts, who stands in it, and the same as SQL.
type rule[F any, P ~func(*sql.Selector)] struct {
	relation Relation
	active   func(F) bool
	is       func(actor.Person, F) bool
	where    func(actor.Person) P
}

// kind holds the rules of one kind of thing: facts F, predicates P.
type kind[F any, P ~func(*sql.Selector)] []rule[F, P]

func always[F any](F) bool { return true }

// check reports whether the actor may do the action to the thing with the facts.
func (k kind[F, P]) check(ctx context.Context, s *Service, resource Resource, action Action, facts F) bool {
	if _, ok := actor.SystemReason(ctx); ok {
		return true
	}
	s.observe(ctx, resource, action)
	p, ok := actor.From(ctx)
	return ok && k.holds(p, s.matrix, resource, action, facts) && (p.Viewer == nil || k.holds(*p.Viewer, s.matrix, resource, action, facts))
}

func (k kind[F, P]) holds(p actor.Person, m *Matrix, resource Resource, action Action, facts F) bool {
	granted := m.Relations(p.Roles, resource, action)
	for _, r := range k {
		if contains(granted, r.relation) && r.active(facts) && r.is(p, facts) {
			return true
		}
	}
	return false
}

// scope gives the same answer as a predicate for every row of a query.
func (k kind[F, P]) scope(ctx context.Context, s *Service, resource Resource, action Action) P {
	if _, ok := actor.SystemReason(ctx); ok {
		return func(*sql.Selector) {}
	}
	s.observe(ctx, resource, action)
	p, ok := actor.From(ctx)
	if !ok {
		return nothing[P]()
	}
	if p.Viewer == nil {
		return k.rows(p, s.matrix, resource, action)
	}
	return sql.AndPredicates(k.rows(p, s.matrix, resource, action), k.rows(*p.Viewer, s.matrix, resource, action))
}

func (k kind[F, P]) rows(p actor.Person, m *Matrix, resource Resource, action Action) P {
	granted := m.Relations(p.Roles, resource, action)
	var allowed []P
	for _, r := range k {
		if contains(granted, r.relation) {
			allowed = append(allowed, r.where(p))
		}
	}
	if len(allowed) == 0 {
		return nothing[P]()
	}
	return sql.OrPredicates(allowed...)
}

// reportsTo matches rows whose column names a direct report of the actor. It uses
// a list of ids instead of ent's EXISTS, which would look at every row.
func reportsTo(column string, a actor.Person) func(*sql.Selector) {
	return func(s *sql.Selector) {
		t := sql.Table(person.Table)
		reports := sql.Select(t.C(person.FieldID)).From(t).Where(sql.EQ(t.C(person.FieldManagerID), a.ID))
		s.Where(sql.In(s.C(column), reports))
	}
}

// covered matches people in one of the actor's scopes; t is the table of people.
func covered(t *sql.SelectTable, a actor.Person) *sql.Predicate {
	var either []*sql.Predicate
	for _, s := range a.Scopes {
		if s.Whole() {
			return sql.ExprP("1 = 1")
		}
		var all []*sql.Predicate
		if s.Units != nil {
			all = append(all, sql.In(t.C(person.FieldUnitID), anys(s.Units)...))
		}
		if s.Countries != nil {
			all = append(all, sql.In(t.C(person.FieldCountry), anys(s.Countries)...))
		}
		either = append(either, sql.And(all...))
	}
	if len(either) == 0 {
		return sql.False()
	}
	return sql.Or(either...)
}

func anys[T any](list []T) []any {
	out := make([]any, len(list))
	for i, v := range list {
		out[i] = v
	}
	return out
}

func nothing[P ~func(*sql.Selector)]() P {
	return func(s *sql.Selector) { s.Where(sql.False()) }
}

func everything[P ~func(*sql.Selector)](actor.Person) P {
	return func(s *sql.Selector) { s.Where(sql.ExprP("1 = 1")) }
}

func contains(list []Relation, r Relation) bool {
	return slices.Contains(list, r)
}
