package access

import (
	"context"

	"entgo.io/ent/dialect/sql"

	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/internal/actor"
	"github.com/rung-hr/rung/internal/fault"
)

// Service answers questions about rights. It is safe for concurrent use.
type Service struct{ matrix *Matrix }

// New returns a service over a computed matrix.
func New(m *Matrix) *Service { return &Service{matrix: m} }

// Matrix returns the matrix that every answer comes from.
func (s *Service) Matrix() *Matrix { return s.matrix }

// Require checks a right that needs no thing to look at: the relation "any".
// Work of the system is always allowed; without an actor nothing is.
func (s *Service) Require(ctx context.Context, resource Resource, action Action) error {
	if s.May(ctx, resource, action) {
		return nil
	}
	if _, ok := actor.From(ctx); !ok {
		return fault.New(fault.SignedOut, "Sign in first.")
	}
	return fault.Denied("Your roles do not include this.")
}

// May is Require as a yes or no.
func (s *Service) May(ctx context.Context, resource Resource, action Action) bool {
	if _, ok := actor.SystemReason(ctx); ok {
		return true
	}
	p, ok := actor.From(ctx)
	if !ok {
		return false
	}
	for _, rel := range s.matrix.Relations(p.Roles, resource, action) {
		if rel == Any {
			return true
		}
	}
	return false
}

// rule says, for one relation to a kind of thing, in which states of the thing
// anybody stands in it, who does, and the same as SQL.
type rule[F any, P ~func(*sql.Selector)] struct {
	relation Relation
	active   func(F) bool
	is       func(actor.Person, F) bool
	where    func(actor.Person) P
}

// kind is the rules of one sort of thing: facts F, predicates P.
type kind[F any, P ~func(*sql.Selector)] []rule[F, P]

func always[F any](F) bool { return true }

// check reports whether the actor may do the action to the thing with the facts.
func (k kind[F, P]) check(ctx context.Context, m *Matrix, resource Resource, action Action, facts F) bool {
	if _, ok := actor.SystemReason(ctx); ok {
		return true
	}
	p, ok := actor.From(ctx)
	if !ok {
		return false
	}
	granted := m.Relations(p.Roles, resource, action)
	for _, r := range k {
		if contains(granted, r.relation) && r.active(facts) && r.is(p, facts) {
			return true
		}
	}
	return false
}

// scope is the same answer as a predicate for every row of a query.
func (k kind[F, P]) scope(ctx context.Context, m *Matrix, resource Resource, action Action) P {
	if _, ok := actor.SystemReason(ctx); ok {
		return func(*sql.Selector) {}
	}
	p, ok := actor.From(ctx)
	if !ok {
		return nothing[P]()
	}
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

// reportsTo matches rows whose column names a direct report of the actor. It is
// a list of ids and not ent's EXISTS, which would look at every row.
func reportsTo(column string, a actor.Person) func(*sql.Selector) {
	return func(s *sql.Selector) {
		t := sql.Table(person.Table)
		reports := sql.Select(t.C(person.FieldID)).From(t).Where(sql.EQ(t.C(person.FieldManagerID), a.ID))
		s.Where(sql.In(s.C(column), reports))
	}
}

func nothing[P ~func(*sql.Selector)]() P {
	return func(s *sql.Selector) { s.Where(sql.False()) }
}

func everything[P ~func(*sql.Selector)](actor.Person) P {
	return func(s *sql.Selector) { s.Where(sql.ExprP("1 = 1")) }
}

func contains(list []Relation, r Relation) bool {
	for _, x := range list {
		if x == r {
			return true
		}
	}
	return false
}
