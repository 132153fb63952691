package store

import (
	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/internal/platform/fault"
)

// Stale turns the error of a write that names a version into a Stale fault when
// no row has that version. Every other error stays as it is.
func Stale(err error) error {
	if db.IsNotFound(err) {
		return fault.Outdated(nil)
	}
	return err
}

// Current answers a write with the state that read returns. A Stale write gets
// that state inside its fault, so that the writer can compare. When the state
// cannot be read, because it is gone or no longer shared with the actor, that
// error is the answer. Every other error of the write stays as it is.
func Current[T any](write error, read func() (T, error)) (T, error) {
	var none T
	if write != nil && fault.KindOf(write) != fault.Stale {
		return none, write
	}
	current, err := read()
	if err != nil {
		return none, err
	}
	if write != nil {
		return none, fault.Outdated(current)
	}
	return current, nil
}
