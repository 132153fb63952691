package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/txmark"
)

const (
	maxAttempts = 5
	firstWait   = 5 * time.Millisecond
)

// InTx runs f in one transaction and commits when f returns nil. A transaction
// that lost a race is run again, so f must change nothing but the database. InTx
// refuses to commit a change of audited data that left no audit record. It
// returns an Unavailable fault when its turn does not come in time and when the
// database is away; with code outcome_unknown if that happened at the commit.
func (s *Store) InTx(ctx context.Context, f func(ctx context.Context, tx *db.Client) error) error {
	wait := firstWait
	for attempt := 1; ; attempt++ {
		err := s.once(ctx, f)
		if err == nil || attempt == maxAttempts || !lostRace(err) {
			return translate(err)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait):
			wait *= 2
		}
	}
}

func (s *Store) once(ctx context.Context, f func(ctx context.Context, tx *db.Client) error) error {
	tx, end, err := s.begin(ctx)
	if err != nil {
		return err
	}
	defer end()
	open := &transaction{tx, observed{tx, s.observe}, s.dialect, false}
	ctx, mark := txmark.With(context.WithValue(ctx, txKey{}, open))
	if err := f(ctx, s.over(tx)); err != nil {
		return err
	}
	if entity := mark.Unrecorded(); entity != "" {
		return fmt.Errorf("store: %s changed without an audit record", entity)
	}
	if err := tx.Commit(); err != nil {
		return away(err, whileCommitting)
	}
	if open.queues {
		s.wakeQueue()
	}
	return nil
}

// errTurn is the cause when the turn of a write did not come in time.
var errTurn = errors.New("store: waited too long for the turn to write")

// begin opens a transaction. The time to wait covers both the connection, which
// another transaction of this program may hold, and the lock on SQLite's file,
// which another program may hold. What runs afterwards has no limit: an import
// takes as long as it takes.
func (s *Store) begin(ctx context.Context) (tx *sql.Tx, end func(), err error) {
	ctx, cancel := context.WithCancelCause(ctx)
	timer := time.AfterFunc(s.wait, func() { cancel(errTurn) })
	tx, err = s.writer.BeginTx(ctx, nil)
	timer.Stop()
	if errors.Is(context.Cause(ctx), errTurn) {
		if err == nil {
			_ = tx.Rollback() // it came too late, and its context has ended
		}
		err = errTurn
	}
	if err != nil {
		cancel(nil)
		return nil, nil, err
	}
	return tx, func() {
		_ = tx.Rollback() // after a commit this does nothing
		cancel(nil)
	}, nil
}

func (s *Store) over(tx *sql.Tx) *db.Client {
	conn := entsql.Conn{ExecQuerier: observed{tx, s.observe}}
	return db.NewClient(db.Driver(insideTx{entsql.NewDriver(s.dialect, conn)}))
}

// insideTx is a driver whose transactions are the one that already runs: ent
// opens one for every UpdateOne.
type insideTx struct{ *entsql.Driver }

// Tx implements dialect.Driver.
func (d insideTx) Tx(context.Context) (dialect.Tx, error) { return dialect.NopTx(d.Driver), nil }

// BeginTx is what ent asks for when options are given.
func (d insideTx) BeginTx(context.Context, *entsql.TxOptions) (dialect.Tx, error) {
	return dialect.NopTx(d.Driver), nil
}

func lostRace(err error) bool {
	pg, ok := errors.AsType[*pgconn.PgError](err)
	return ok && (pg.Code == "40001" || pg.Code == "40P01") // serialization failure, deadlock
}

// translate turns refusals of the database into faults that a reader understands;
// every other error stays internal.
func translate(err error) error {
	switch {
	case err == nil:
		return nil
	case db.IsNotFound(err):
		return fault.Missing().Because(err)
	case db.IsConstraintError(err):
		return fault.Clash("Somebody else has just made the same thing. Open it again.").Because(err)
	default:
		return away(err, whileWriting)
	}
}

// Found turns a query's error into a fault: NotFound if there is no row.
func Found(err error) error {
	if db.IsNotFound(err) {
		return fault.Missing()
	}
	return err
}
