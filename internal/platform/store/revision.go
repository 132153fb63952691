package store

import (
	"context"

	entsql "entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/revision"
)

// CompensationRevision counts changes of facts about people, bands and pay.
const CompensationRevision = "compensation"

// BumpRevision counts a change, in the transaction that makes it, so that
// caches of the data know that they are stale.
func BumpRevision(ctx context.Context, name string) error { return addRevision(ctx, name, 1) }

// HoldRevision makes transactions that change what the revision counts wait for
// each other, without counting a change.
func HoldRevision(ctx context.Context, name string) error { return addRevision(ctx, name, 0) }

func addRevision(ctx context.Context, name string, changes int) error {
	return Upsert(ctx, Upsertion{
		Table: revision.Table, Key: revision.FieldName,
		Columns: []string{revision.FieldID, revision.FieldName, revision.FieldNumber},
		Rows:    [][]any{{uuid.Must(uuid.NewV7()), name, changes}},
		Update:  func(u *entsql.UpdateSet) { u.Add(revision.FieldNumber, changes) },
	})
}

// Revision returns the number of changes counted so far, 0 before the first.
func Revision(ctx context.Context, client *db.Client, name string) (int64, error) {
	var numbers []int64
	err := client.Revision.Query().Where(revision.Name(name)).Select(revision.FieldNumber).Scan(ctx, &numbers)
	if err != nil || len(numbers) == 0 {
		return 0, err
	}
	return numbers[0], nil
}
