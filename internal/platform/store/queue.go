package store

import (
	"context"
	"database/sql"
	"fmt"

	"entgo.io/ent/dialect"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"
)

// QueueDriver lets River keep its queue in the same database, on the connections
// that write. Only internal/platform/jobs asks for it.
func (s *Store) QueueDriver() riverdriver.Driver[*sql.Tx] {
	if s.dialect == dialect.SQLite {
		return riversqlite.New(s.writer)
	}
	return riverdatabasesql.New(s.writer)
}

// migrateQueue brings River's own tables to its newest migration.
func (s *Store) migrateQueue(ctx context.Context) error {
	migrator, err := rivermigrate.New(s.QueueDriver(), nil)
	if err != nil {
		return fmt.Errorf("store: queue: %w", err)
	}
	if _, err := migrator.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return fmt.Errorf("store: migrate the queue: %w", err)
	}
	return nil
}

type txKey struct{}

// transaction is what InTx runs its function in.
type transaction struct {
	*sql.Tx
	conn    observed // tells each statement before it runs
	dialect string
}

// Tx returns the transaction in which InTx runs its function, so that an entry
// of the queue is written together with the change that causes it.
func Tx(ctx context.Context) (*sql.Tx, bool) {
	tx, ok := ctx.Value(txKey{}).(*transaction)
	if !ok {
		return nil, false
	}
	return tx.Tx, true
}
