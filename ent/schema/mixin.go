// Package schema is the hand-written part of the data model. Published things
// cannot be updated: there is no code for it, and a trigger in the database
// refuses it. Everything else that people change carries a version.
package schema

import (
	"context"

	"entgo.io/ent"
	"entgo.io/ent/privacy"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/mixin"
	"github.com/google/uuid"

	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/text"
	"github.com/rung-hr/rung/internal/platform/txmark"
)

// Base gives every entity a time-ordered id and refuses work without an actor.
type Base struct{ mixin.Schema }

// Fields of the mixin.
func (Base) Fields() []ent.Field {
	return []ent.Field{field.UUID("id", uuid.UUID{}).Default(newID).Immutable()}
}

// Policy of the mixin: a safety net below the use cases' own checks.
func (Base) Policy() ent.Policy { return actorPolicy{} }

type actorPolicy struct{}

func (actorPolicy) EvalQuery(ctx context.Context, _ ent.Query) error       { return requireActor(ctx) }
func (actorPolicy) EvalMutation(ctx context.Context, _ ent.Mutation) error { return requireActor(ctx) }

func requireActor(ctx context.Context) error {
	if actor.Present(ctx) {
		return privacy.Allow
	}
	return privacy.Denyf("no actor in the context")
}

func newID() uuid.UUID { return uuid.Must(uuid.NewV7()) }

// Versioned gives an entity the counter that optimistic locking compares.
type Versioned struct{ mixin.Schema }

// Fields of the mixin.
func (Versioned) Fields() []ent.Field {
	return []ent.Field{field.Int("version").Default(1)}
}

// Audited marks an entity whose every change must be recorded in the audit trail
// in the same transaction.
type Audited struct{ mixin.Schema }

// Hooks of the mixin.
func (Audited) Hooks() []ent.Hook { return []ent.Hook{markChange} }

func markChange(next ent.Mutator) ent.Mutator {
	return ent.MutateFunc(func(ctx context.Context, m ent.Mutation) (ent.Value, error) {
		txmark.Changed(ctx, m.Type())
		return next.Mutate(ctx, m)
	})
}

// Business dates are text in both databases, so that they compare in the same
// way.
func date(name string) ent.Field {
	return field.String(name).GoType(clock.Date("")).MaxLen(10)
}

func optionalDate(name string) ent.Field {
	return field.String(name).GoType(clock.Date("")).MaxLen(10).Optional().Nillable()
}

func instant(name string) ent.Field { return field.Time(name) }

func optionalInstant(name string) ent.Field { return field.Time(name).Optional().Nillable() }

func ref(name string) ent.Field { return field.UUID(name, uuid.UUID{}) }

func optionalRef(name string) ent.Field { return field.UUID(name, uuid.UUID{}).Optional().Nillable() }

// textField is the builder of a text field, whose type ent does not export.
type textField[F any] interface {
	ent.Field
	Validate(check func(string) error) F
}

// limiting makes text fields of at most so many characters, 0 for any number. ent's
// own MaxLen counts bytes, and its error is nothing that a reader could mend.
func limiting[F textField[F]](field func(name string) F, check func(name string, most int) func(string) error) func(name string, most int) F {
	return func(name string, most int) F { return field(name).Validate(check(name, most)) }
}

// limited is a text of one line, prose is one of many, and identifier is one by
// which a thing is found: people see each of its characters.
var (
	limited    = limiting(field.String, text.Fits)
	prose      = limiting(field.Text, text.Fits)
	identifier = limiting(field.String, text.Identifies)
)

func short(name string) ent.Field { return limited(name, 200) }

func code(name string) ent.Field { return limited(name, 64) }

func words(name string) ent.Field { return prose(name, 0).Default("") }

func to(name string, target any, column string) ent.Edge {
	return edge.To(name, target).Unique().Required().Field(column)
}

func maybeTo(name string, target any, column string) ent.Edge {
	return edge.To(name, target).Unique().Field(column)
}

// above is an edge to an entity of the same type. It needs its other end, because
// a unique edge to its own type alone would be one-to-one.
func above(name, other string, target any, column string) ent.Edge {
	return edge.To(other, target).From(name).Unique().Field(column)
}
