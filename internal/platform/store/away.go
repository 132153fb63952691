package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strings"

	entsql "entgo.io/ent/dialect/sql"
	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/rung-hr/rung/internal/platform/fault"
)

// moment is what was going on when the database failed. It decides what a person
// can be told about their work.
type moment int

const (
	whileReading moment = iota
	whileWriting
	whileCommitting
)

// The codes of faults of a database that cannot do its work now.
const (
	CodeBusy    = "database_busy"   // something else holds it
	CodeAway    = "database_away"   // it does not answer, or cannot be written
	CodeUnknown = "outcome_unknown" // it went away during the commit
)

// away turns the error of a database that cannot do its work now into an
// Unavailable fault. Every other error stays as it is.
func away(err error, when moment) error {
	code := trouble(err)
	if code == "" || fault.KindOf(err) != fault.Internal {
		return err
	}
	if when == whileCommitting && unanswered(err) {
		return fault.New(fault.Unavailable, "The database stopped answering while this was being saved, so it is not known whether it was saved. Look before you do it again.").
			WithCode(CodeUnknown).Because(err)
	}
	words := "The database does not answer at the moment."
	if code == CodeBusy {
		words = "The database is busy with other work."
	}
	if when != whileReading {
		words += " Nothing was saved."
	}
	return fault.New(fault.Unavailable, "%s Try again in a few seconds.", words).WithCode(code).Because(err)
}

// trouble says in a code why the database cannot do its work now, and "" for an
// error that another try would meet again.
func trouble(err error) string {
	if err == nil {
		return ""
	}
	if lite, ok := errors.AsType[*sqlite.Error](err); ok {
		return troubleOfFile(lite.Code() & 0xff)
	}
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		return troubleOfServer(pg.Code)
	}
	switch {
	case errors.Is(err, errTurn):
		return CodeBusy
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return "" // whoever asked has gone, or did not want to wait
	case unreachable(err):
		return CodeAway
	}
	return ""
}

func troubleOfFile(code int) string {
	switch code {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL:
		return CodeBusy
	case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return CodeAway
	}
	return ""
}

// troubleOfServer reads the class of a code of PostgreSQL.
func troubleOfServer(code string) string {
	switch {
	case strings.HasPrefix(code, "57P"), // it is being stopped or started
		strings.HasPrefix(code, "08"), // the connection
		strings.HasPrefix(code, "58"), // its disk
		code == "25006":               // it has become a replica, which only reads
		return CodeAway
	case strings.HasPrefix(code, "53"), code == "55P03": // no connection, memory or lock to spare
		return CodeBusy
	}
	return ""
}

func unreachable(err error) bool {
	var connect *pgconn.ConnectError
	var network net.Error
	return errors.As(err, &connect) || errors.As(err, &network) || pgconn.SafeToRetry(err) ||
		errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}

// unanswered reports whether a commit failed in a way that leaves open whether it
// took place: without an answer of the server, with one that it gave while it
// stopped, or without knowing what reached the disk.
func unanswered(err error) bool {
	if lite, ok := errors.AsType[*sqlite.Error](err); ok {
		return lite.Code()&0xff == sqlite3.SQLITE_IOERR
	}
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		return strings.HasPrefix(pg.Code, "57P") || strings.HasPrefix(pg.Code, "08")
	}
	return !errors.Is(err, errTurn)
}

// explained turns the errors of reads outside of a transaction into faults.
type explained struct{ entsql.ExecQuerier }

// ExecContext implements entsql.ExecQuerier.
func (e explained) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	result, err := e.ExecQuerier.ExecContext(ctx, query, args...)
	return result, away(err, whileReading)
}

// QueryContext implements entsql.ExecQuerier.
func (e explained) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	rows, err := e.ExecQuerier.QueryContext(ctx, query, args...)
	return rows, away(err, whileReading)
}
