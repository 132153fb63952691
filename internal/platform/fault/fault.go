// Package fault is the only error type that crosses package borders. A use case
// returns a *fault.Error and the API turns its Kind into a status in one place.
// Any other error is internal and shown to nobody.
package fault

import (
	"errors"
	"fmt"
)

// Kind is what went wrong, independent of any transport.
type Kind int

// The kinds of faults. NotFound also stands for "you may not see it".
const (
	Internal Kind = iota
	NotFound
	Forbidden
	Conflict
	Stale
	Invalid
	SignedOut
	Unavailable
)

// Detail locates one thing that is wrong and says how to fix it.
type Detail struct {
	Pointer string // JSON pointer into a request body
	File    string
	Line    int // counted from 1; 0 when there is none
	Column  int // counted from 1; 0 when there is none
	Field   string
	Message string
	Fix     string
}

// Error carries a kind, a sentence for the reader and all details at once.
type Error struct {
	Kind    Kind
	Code    string // stable, snake case; empty means the kind's own code
	Message string
	Details []Detail
	Current any // for Stale: the current state, which the writer has not seen
	cause   error
}

// Error implements error; the cause is for logs, never for readers.
func (e *Error) Error() string {
	if e.cause != nil {
		return e.Message + ": " + e.cause.Error()
	}
	return e.Message
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.cause }

// New makes a fault of a kind from a sentence.
func New(kind Kind, format string, args ...any) *Error {
	return &Error{Kind: kind, Message: fmt.Sprintf(format, args...)}
}

// Missing is the same answer for what does not exist and for what the actor may
// not see.
func Missing() *Error {
	return New(NotFound, "It does not exist, or it is not shared with you.")
}

// Denied is for something that the actor may see but not do.
func Denied(format string, args ...any) *Error { return New(Forbidden, format, args...) }

// Bad is for input that is wrong; the details name every place.
func Bad(message string, details ...Detail) *Error {
	return &Error{Kind: Invalid, Message: message, Details: details}
}

// Clash is for an action that the current state does not allow.
func Clash(format string, args ...any) *Error { return New(Conflict, format, args...) }

// Outdated is for a write based on an older version; current is the newest one.
func Outdated(current any) *Error {
	return &Error{Kind: Stale, Message: "It has changed since you opened it.", Current: current}
}

// Because adds a cause for the log.
func (e *Error) Because(err error) *Error { e.cause = err; return e }

// WithCode sets the stable code.
func (e *Error) WithCode(code string) *Error { e.Code = code; return e }

// Hidden turns a Forbidden fault into a NotFound one, for a thing whose existence
// says too much already. Every other error stays as it is.
func Hidden(err error) error {
	if KindOf(err) == Forbidden {
		return Missing().Because(err)
	}
	return err
}

// Cause returns what is behind a fault, nil if nothing is.
func Cause(err error) error {
	if f, ok := errors.AsType[*Error](err); ok {
		return f.cause
	}
	return nil
}

// KindOf returns the kind of an error; Internal for anything that is no fault.
func KindOf(err error) Kind {
	if f, ok := errors.AsType[*Error](err); ok {
		return f.Kind
	}
	return Internal
}
