package store

import (
	"context"
	"database/sql"

	"entgo.io/ent/dialect"
)

// OpenForMigration opens a SQLite file the way Migrate does.
func OpenForMigration(path string) (*sql.DB, error) { return openSQLite(path, false, true) }

// CheckForeignKeys is what Migrate runs last.
func CheckForeignKeys(ctx context.Context, conn *sql.DB) error {
	return checkForeignKeys(ctx, dialect.SQLite, conn)
}
