package store

import (
	"context"
	"errors"

	entsql "entgo.io/ent/dialect/sql"

	"github.com/rung-hr/rung/internal/platform/txmark"
)

// Upsertion is rows to write in one statement: those whose key is there already
// are updated, the others are inserted.
type Upsertion struct {
	Entity  string // of the audit rule, such as db.TypePerson; "" when it is not audited
	Table   string
	Key     string // the column that tells whether a row is there
	Columns []string
	Rows    [][]any // values in the order of the columns, as ent writes them
	Update  func(*entsql.UpdateSet)
}

// Upsert writes rows in the transaction of InTx. ent's own upsert would cost a
// builder for every entity; two places need it. An audited entity must leave a
// record in the transaction, as with ent.
func Upsert(ctx context.Context, u Upsertion) error {
	tx, ok := ctx.Value(txKey{}).(*transaction)
	if !ok {
		return errors.New("store: rows are upserted in a transaction")
	}
	if u.Entity != "" {
		txmark.Changed(ctx, u.Entity)
	}
	insert := entsql.Dialect(tx.dialect).Insert(u.Table).Columns(u.Columns...).
		OnConflict(entsql.ConflictColumns(u.Key), entsql.ResolveWith(u.Update))
	for _, row := range u.Rows {
		insert.Values(row...)
	}
	query, args, err := insert.QueryErr()
	if err != nil {
		return err
	}
	_, err = tx.conn.ExecContext(ctx, query, args...)
	return err
}
