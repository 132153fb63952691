package store

import (
	"context"
	"errors"
	"fmt"
	"os"

	"entgo.io/ent/dialect"
	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// examinedAtOnce is the size of a file that is examined before the start. A larger
// one is examined while the program already serves; see Examine.
const examinedAtOnce = 64 << 20

// Damage is a database that must not be used as it is. Its text says what to do.
type Damage struct{ message string }

// Error implements error.
func (d Damage) Error() string { return d.message }

// examine finds out before the first use whether the database can be written, and
// whether a small file is sound.
func (s *Store) examine(ctx context.Context) error {
	if err := s.writable(ctx); err != nil || s.dialect != dialect.SQLite {
		return err
	}
	if s.ExaminesLater() {
		return nil
	}
	return s.Examine(ctx)
}

// ExaminesLater reports whether the file was too large to be examined by Migrate,
// so that somebody must call Examine.
func (s *Store) ExaminesLater() bool {
	if s.dialect != dialect.SQLite {
		return false
	}
	info, err := os.Stat(s.path)
	return err == nil && info.Size() > examinedAtOnce
}

// writable opens a transaction for writing and ends it.
func (s *Store) writable(ctx context.Context) error {
	tx, end, err := s.begin(ctx)
	if err != nil {
		return err
	}
	defer end()
	if s.dialect == dialect.SQLite {
		return nil // it has the lock, so it can write
	}
	var readOnly string
	if err := tx.QueryRowContext(ctx, "SHOW transaction_read_only").Scan(&readOnly); err != nil {
		return err
	}
	if readOnly == "on" {
		return Damage{"PostgreSQL is read-only: it is a replica, or default_transaction_read_only is on. Set RUNG_DATABASE_URL to the primary server."}
	}
	return nil
}

// Examine reads the whole file of SQLite and returns a Damage if its structure is
// broken. PostgreSQL looks after its own files.
func (s *Store) Examine(ctx context.Context) error {
	if s.dialect != dialect.SQLite {
		return nil
	}
	var finding string
	err := s.reader.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&finding)
	if err != nil {
		return s.plain(err)
	}
	if finding != "ok" {
		return s.damaged(finding)
	}
	return nil
}

func (s *Store) damaged(finding string) error {
	return Damage{fmt.Sprintf("The database file %s is damaged (%s). Do not go on writing to it. Stop Rung, keep a copy of the file with its -wal and -shm beside it, "+
		"and put the newest backup in place; deploy/README.md says how. Without a backup, `sqlite3 %s .recover` saves what can be read.", s.path, finding, s.path)}
}

// plain says in words for the operator why the database cannot be used, and what
// to do. Every other error stays as it is.
func (s *Store) plain(err error) error {
	if _, already := errors.AsType[Damage](err); err == nil || already {
		return err
	}
	if s.dialect == dialect.SQLite {
		return s.plainFile(err)
	}
	if connect, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return fmt.Errorf("PostgreSQL cannot be reached. Is it running, and does RUNG_DATABASE_URL name it? %w", connect)
	}
	return err
}

func (s *Store) plainFile(err error) error {
	if errors.Is(err, errTurn) {
		return s.heldByAnother()
	}
	lite, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return err
	}
	switch lite.Code() & 0xff {
	case sqlite3.SQLITE_NOTADB:
		return Damage{s.path + " is not a database of SQLite, or its beginning is damaged. Check the path in RUNG_DATABASE_URL; if it is right, stop Rung and put the newest backup in place."}
	case sqlite3.SQLITE_CORRUPT:
		return s.damaged(lite.Error())
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		return fmt.Errorf("the database file %s cannot be written: the file, its folder or the disk is read-only for the user that Rung runs as, or the folder does not exist. "+
			"Rung writes the file and, beside it, files that end in -wal and -shm: %w", s.path, err)
	case sqlite3.SQLITE_FULL:
		return fmt.Errorf("the disk of the database file %s is full. Make room and start again: %w", s.path, err)
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return s.heldByAnother()
	}
	return err
}

func (s *Store) heldByAnother() error {
	return fmt.Errorf("another program has been writing to the database file %s for longer than %s. Only one `rung serve` can use a file: stop the other program, or set RUNG_DATABASE_WAIT higher", s.path, s.wait)
}
