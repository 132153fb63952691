package store

import (
	"context"
	"database/sql"

	"entgo.io/ent/dialect"
)

// OpenForMigration opens a SQLite file the way Migrate does.
func OpenForMigration(path string) (*sql.DB, error) {
	return openSQLite(path, DefaultWait, false, true)
}

// CheckForeignKeys is what Migrate runs last.
func CheckForeignKeys(ctx context.Context, conn *sql.DB) error {
	return checkForeignKeys(ctx, dialect.SQLite, conn)
}

// PlainReadOnly is what the start says about a file that it cannot write. A test
// cannot take the right to write away from root, so it asks a connection that only
// reads.
func (s *Store) PlainReadOnly() error {
	_, err := s.reader.ExecContext(context.Background(), "CREATE TABLE unwanted (x)")
	return s.plain(err)
}
