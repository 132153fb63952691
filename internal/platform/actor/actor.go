// Package actor says on whose behalf work is done. Every use case and every query
// needs an actor in its context; work without a person names its reason.
package actor

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/internal/platform/fault"
)

// Person is the signed-in person of one request.
type Person struct {
	ID              uuid.UUID
	Name            string
	Roles           []string // role keys as in policies/policy.csv, "employee" is always among them
	Scopes          []Scope  // where the role hr holds; without any it holds nowhere
	SessionID       uuid.UUID
	RequestID       string
	AuthenticatedAt time.Time // when the person last proved their identity
	Viewer          *Person   // who is viewing as this person; they see only what both may see
}

// RealID is the id of the person at the screen, also while viewing as somebody
// else.
func (p Person) RealID() uuid.UUID {
	if p.Viewer != nil {
		return p.Viewer.ID
	}
	return p.ID
}

// Scope is where a role holds. A nil list means no limit.
type Scope struct {
	Units     []uuid.UUID // with all units below
	Countries []string
}

// Whole reports whether the scope is the whole company.
func (s Scope) Whole() bool { return s.Units == nil && s.Countries == nil }

// Holds reports whether a person of the unit and the country is in the scope.
func (s Scope) Holds(unit uuid.UUID, country string) bool {
	return (s.Units == nil || slices.Contains(s.Units, unit)) && (s.Countries == nil || slices.Contains(s.Countries, country))
}

// Includes reports whether the scope holds everywhere where the other one does.
func (s Scope) Includes(other Scope) bool {
	return includes(s.Units, other.Units) && includes(s.Countries, other.Countries)
}

// includes compares limits: nil is none, so it includes every other.
func includes[T comparable](limit, other []T) bool {
	if limit == nil || other == nil {
		return limit == nil
	}
	return !slices.ContainsFunc(other, func(each T) bool { return !slices.Contains(limit, each) })
}

// Covers reports whether one of the person's scopes holds there.
func (p Person) Covers(unit uuid.UUID, country string) bool {
	return slices.ContainsFunc(p.Scopes, func(s Scope) bool { return s.Holds(unit, country) })
}

// CoversAll reports whether one of the person's scopes is the whole company.
func (p Person) CoversAll() bool { return slices.ContainsFunc(p.Scopes, Scope.Whole) }

// Has reports whether the person holds the role.
func (p Person) Has(role string) bool { return slices.Contains(p.Roles, role) }

type (
	key       struct{}
	behindKey struct{}
)

type system struct{ reason string }

// With returns a context that acts as the person.
func With(ctx context.Context, p Person) context.Context {
	return context.WithValue(ctx, key{}, p)
}

// AsSystem returns a context for work that no person asked for: start-up,
// schedules, sign-in before the person is known. The reason is kept in the audit
// trail, so it must say what the work is.
func AsSystem(ctx context.Context, reason string) context.Context {
	return context.WithValue(ctx, key{}, system{reason: reason})
}

// Behind returns a context whose system work a person answers for, such as the
// one who made the token of a program.
func Behind(ctx context.Context, p Person) context.Context {
	return context.WithValue(ctx, behindKey{}, p)
}

// Answerable returns who answers for the work: the person at the screen, or the
// one behind the system. It is false for work that nobody began.
func Answerable(ctx context.Context) (p Person, ok bool) {
	if p, ok = From(ctx); !ok {
		p, ok = ctx.Value(behindKey{}).(Person)
	}
	if p.Viewer != nil {
		p = *p.Viewer
	}
	return p, ok
}

// From returns the person of the context; ok is false for system work and for
// a context without actor.
func From(ctx context.Context) (p Person, ok bool) {
	p, ok = ctx.Value(key{}).(Person)
	return p, ok
}

// Of returns the person of the context, and the zero Person for system work,
// whom no relation holds for.
func Of(ctx context.Context) Person {
	p, _ := From(ctx)
	return p
}

// Require returns the person of the context. It returns a SignedOut fault when
// nobody is signed in, and for system work.
func Require(ctx context.Context) (Person, error) {
	p, ok := From(ctx)
	if !ok {
		return p, fault.New(fault.SignedOut, "Sign in first.")
	}
	return p, nil
}

// SystemReason returns why the system acts; ok is false when a person acts.
func SystemReason(ctx context.Context) (reason string, ok bool) {
	s, ok := ctx.Value(key{}).(system)
	return s.reason, ok
}

// Present reports whether the context names any actor at all.
func Present(ctx context.Context) bool { return ctx.Value(key{}) != nil }
