package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

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
		return wakeable{riversqlite.New(s.writer), s.queued}
	}
	return riverdatabasesql.New(s.writer)
}

// QueuePoll is how often a process looks for work that nobody told it about: on
// PostgreSQL that of other processes, on SQLite only what is to be tried again.
func (s *Store) QueuePoll() time.Duration {
	if s.dialect == dialect.SQLite {
		return 5 * time.Second
	}
	return 500 * time.Millisecond
}

// wakeable is River's driver for SQLite with a listener that costs nothing while
// there is no work. River's own asks the file twenty times a second whether
// something was put into the queue; but only this process writes the file, and it
// knows.
type wakeable struct {
	*riversqlite.Driver
	queued chan struct{}
}

// GetListener implements riverdriver.Driver.
func (d wakeable) GetListener(params *riverdriver.GetListenenerParams) riverdriver.Listener {
	return sleeping{d.Driver.GetListener(params), d.queued}
}

// sleeping is River's listener, which looks only after something was queued.
type sleeping struct {
	riverdriver.Listener
	queued chan struct{}
}

// looking is how long it looks then. The writer may be taken for longer; River's
// rare regular look finds the work after that.
const looking = time.Second

// WaitForNotification implements riverdriver.Listener.
func (l sleeping) WaitForNotification(ctx context.Context) (*riverdriver.Notification, error) {
	for {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-l.queued:
		}
		soon, cancel := context.WithTimeout(ctx, looking)
		found, err := l.Listener.WaitForNotification(soon)
		cancel()
		if err == nil || ctx.Err() != nil {
			l.again() // there may be more, or it was called away while it looked
		}
		if err == nil || ctx.Err() != nil || !errors.Is(err, context.DeadlineExceeded) {
			return found, err
		}
	}
}

func (l sleeping) again() {
	select {
	case l.queued <- struct{}{}:
	default: // it has been said
	}
}

// wakeQueue says that something was put into the queue.
func (s *Store) wakeQueue() { sleeping{queued: s.queued}.again() }

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
	queues  bool // an entry of the queue is written in it
}

// Tx returns the transaction in which InTx runs its function, for statements that
// ent cannot write.
func Tx(ctx context.Context) (*sql.Tx, bool) {
	tx, ok := ctx.Value(txKey{}).(*transaction)
	if !ok {
		return nil, false
	}
	return tx.Tx, true
}

// QueueTx returns the same transaction for an entry of the queue, which so is
// written together with the change that causes it. The queue looks at it as soon
// as the transaction is committed.
func QueueTx(ctx context.Context) (*sql.Tx, bool) {
	tx, ok := ctx.Value(txKey{}).(*transaction)
	if !ok {
		return nil, false
	}
	tx.queues = true
	return tx.Tx, true
}
