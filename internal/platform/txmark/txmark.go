// Package txmark remembers, during one transaction, whether audited data changed
// and whether the change was written to the audit trail. The schema marks changes
// and audit marks records; store refuses to commit one without the other.
package txmark

import "context"

type key struct{}

// Mark is what happened in one transaction.
type Mark struct {
	Changed  string // the first audited entity that changed, "" for none
	Recorded bool
}

// With starts a new mark for a transaction.
func With(ctx context.Context) (context.Context, *Mark) {
	m := &Mark{}
	return context.WithValue(ctx, key{}, m), m
}

// Changed notes that an audited entity was written.
func Changed(ctx context.Context, entity string) {
	if m, ok := ctx.Value(key{}).(*Mark); ok && m.Changed == "" {
		m.Changed = entity
	}
}

// Recorded notes that the audit trail has a record of this transaction.
func Recorded(ctx context.Context) {
	if m, ok := ctx.Value(key{}).(*Mark); ok {
		m.Recorded = true
	}
}

// Unrecorded returns the entity that changed without a record, or "".
func (m *Mark) Unrecorded() string {
	if m.Recorded {
		return ""
	}
	return m.Changed
}
