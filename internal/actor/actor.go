// Package actor says on whose behalf work is done. Every use case and every
// query needs an actor in its context; work without a person names its reason.
package actor

import (
	"context"
	"slices"

	"github.com/google/uuid"
)

// Person is the signed-in person of one request.
type Person struct {
	ID        uuid.UUID
	Name      string
	Roles     []string // role keys as in policies/policy.csv, "employee" always among them
	SessionID uuid.UUID
	RequestID string
}

// Has reports whether the person holds the role.
func (p Person) Has(role string) bool { return slices.Contains(p.Roles, role) }

type key struct{}

type system struct{ reason string }

// With returns a context that acts as the person.
func With(ctx context.Context, p Person) context.Context {
	return context.WithValue(ctx, key{}, p)
}

// AsSystem returns a context for work that no person asked for: start-up,
// schedules, sign-in before the person is known. The reason is kept in the
// audit trail, so it must say what the work is.
func AsSystem(ctx context.Context, reason string) context.Context {
	return context.WithValue(ctx, key{}, system{reason: reason})
}

// From returns the person of the context; ok is false for system work and for
// a context without actor.
func From(ctx context.Context) (p Person, ok bool) {
	p, ok = ctx.Value(key{}).(Person)
	return p, ok
}

// SystemReason returns why the system acts; ok is false when a person acts.
func SystemReason(ctx context.Context) (reason string, ok bool) {
	s, ok := ctx.Value(key{}).(system)
	return s.reason, ok
}

// Present reports whether the context names any actor at all.
func Present(ctx context.Context) bool { return ctx.Value(key{}) != nil }
