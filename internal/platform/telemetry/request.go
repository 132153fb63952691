// Package telemetry carries what the log says about a request.
package telemetry

import (
	"context"

	"github.com/rung-hr/rung/internal/platform/fault"
)

// Request is the record of one request: its id, which the answer shows, and the
// internal error, which the answer hides.
type Request struct {
	ID      string
	Trouble error
}

type key struct{}

// With starts the record of a request.
func With(ctx context.Context, r *Request) context.Context {
	return context.WithValue(ctx, key{}, r)
}

// RequestID returns the id of the context's request, "" outside of one.
func RequestID(ctx context.Context) string {
	if r, ok := ctx.Value(key{}).(*Request); ok {
		return r.ID
	}
	return ""
}

// Note keeps an error for the log if it is one that an operator must know: an
// internal one, or one of a database that does not answer.
func Note(ctx context.Context, err error) {
	if kind := fault.KindOf(err); kind != fault.Internal && (kind != fault.Unavailable || fault.Cause(err) == nil) {
		return
	}
	if r, ok := ctx.Value(key{}).(*Request); ok {
		r.Trouble = err
	}
}

// Trouble returns the error that was noted, or nil.
func Trouble(ctx context.Context) error {
	if r, ok := ctx.Value(key{}).(*Request); ok {
		return r.Trouble
	}
	return nil
}
