package store

import (
	"context"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/revision"
)

// CompensationRevision counts the changes of people's facts, bands and pay.
const CompensationRevision = "compensation"

// BumpRevision counts a change, in the transaction that makes it, so that
// caches of the data know that they are stale.
func BumpRevision(ctx context.Context, tx *db.Client, name string) error {
	return tx.Revision.Create().SetName(name).
		OnConflictColumns(revision.FieldName).AddNumber(1).Exec(ctx)
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
