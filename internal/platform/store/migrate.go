package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"entgo.io/ent/dialect"
	"github.com/pressly/goose/v3"

	"github.com/rung-hr/rung/ent/migrations"
)

// ErrNewer means that the database was made by a newer Rung than this one.
var ErrNewer = errors.New("the database is newer than this program: install the newer Rung, or restore the backup from before the upgrade")

// Migrate brings the database to the newest migration. A SQLite file with data is
// first copied to the same folder. It returns ErrNewer, and changes nothing, when
// the database has migrations that this program does not know. It names a file
// that is damaged or cannot be written, and a server that cannot be reached, with
// what to do about it.
func (s *Store) Migrate(ctx context.Context) error {
	return s.plain(s.migrate(ctx))
}

func (s *Store) migrate(ctx context.Context) error {
	if err := s.examine(ctx); err != nil {
		return err
	}
	conn, done, err := s.migrationConn()
	if err != nil {
		return err
	}
	defer done()
	provider, err := s.provider(conn)
	if err != nil {
		return err
	}
	current, newest, err := provider.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("store: read the migration state: %w", err)
	}
	if current > newest {
		return ErrNewer
	}
	if current < newest {
		if err := s.upgrade(ctx, provider, conn, current); err != nil {
			return err
		}
	}
	return s.migrateQueue(ctx)
}

func (s *Store) upgrade(ctx context.Context, provider *goose.Provider, conn *sql.DB, current int64) error {
	if err := s.backup(ctx, current); err != nil {
		return err
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("store: migrate: %w", err)
	}
	return checkForeignKeys(ctx, s.dialect, conn)
}

// Migrated reports whether the database is at the newest migration. It only
// reads, so it does not wait for whoever writes.
func (s *Store) Migrated(ctx context.Context) (bool, error) {
	var current sql.NullInt64
	err := s.reader.QueryRowContext(ctx, "SELECT max(version_id) FROM goose_db_version").Scan(&current)
	if err != nil {
		return false, away(err, whileReading)
	}
	newest, err := newestMigration()
	return err == nil && current.Int64 == newest, err
}

// newestMigration is the version of the last file; its name begins with it.
func newestMigration() (int64, error) {
	files, err := fs.Glob(migrations.Files, "sqlite/*.sql")
	if err != nil || len(files) == 0 {
		return 0, errors.Join(err, errors.New("store: there are no migrations"))
	}
	return goose.NumericComponent(files[len(files)-1])
}

// migrationConn opens SQLite without foreign keys: rebuilding a table would
// otherwise cascade into its children, and inside goose's transaction the
// pragma does nothing.
func (s *Store) migrationConn() (*sql.DB, func(), error) {
	if s.dialect != dialect.SQLite {
		return s.writer, func() {}, nil
	}
	conn, err := openSQLite(s.path, s.wait, false, true)
	if err != nil {
		return nil, nil, err
	}
	conn.SetMaxOpenConns(1)
	return conn, func() { _ = conn.Close() }, nil
}

func (s *Store) provider(conn *sql.DB) (*goose.Provider, error) {
	gooseDialect, dir := goose.DialectPostgres, "postgres"
	if s.dialect == dialect.SQLite {
		gooseDialect, dir = goose.DialectSQLite3, "sqlite"
	}
	files, err := fs.Sub(migrations.Files, dir)
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(gooseDialect, conn, files, goose.WithLogger(goose.NopLogger()))
}

func (s *Store) backup(ctx context.Context, current int64) error {
	if s.dialect != dialect.SQLite || current == 0 {
		return nil
	}
	if _, err := s.writer.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		return fmt.Errorf("store: checkpoint before the upgrade: %w", err)
	}
	return copyFile(s.path, fmt.Sprintf("%s.before-%d", s.path, current))
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}

func checkForeignKeys(ctx context.Context, name string, conn *sql.DB) error {
	if name != dialect.SQLite {
		return nil
	}
	rows, err := conn.QueryContext(ctx, "PRAGMA foreign_key_check")
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	if rows.Next() {
		return errors.New("store: the migration left rows that point to nothing; restore the copy in the folder of the database")
	}
	return rows.Err()
}
