// Package store opens the database, brings it to the newest migration and runs
// transactions. It is the only package that distinguishes SQLite from PostgreSQL.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"github.com/rung-hr/rung/ent/db"
	_ "github.com/rung-hr/rung/ent/db/runtime" // connects the schema's hooks and policies
)

// Store is an open database. Reads go through Read, writes through InTx.
type Store struct {
	read    *db.Client
	reader  *sql.DB
	writer  *sql.DB
	dialect string
	path    string // of the SQLite file, "" for PostgreSQL
	wait    time.Duration
	queued  chan struct{} // full when a transaction has put something into the queue
	observe func(query string)
}

// Option changes how a store is opened.
type Option func(*Store)

// Observe calls f with the text of every SQL statement; tests use it to count.
func Observe(f func(query string)) Option { return func(s *Store) { s.observe = f } }

// Wait sets how long a write waits for its turn before it fails with an
// Unavailable fault; DefaultWait if it is 0.
func Wait(d time.Duration) Option {
	return func(s *Store) {
		if d > 0 {
			s.wait = d
		}
	}
}

// DefaultWait is shorter than a person waits before they click again.
const DefaultWait = 5 * time.Second

const (
	sqliteReaders   = 4
	postgresConns   = 24
	postgresIdleFor = 5 * time.Minute
)

// Open connects to "sqlite:PATH" or "postgres://…". It neither creates nor
// changes tables: Migrate does.
func Open(url string, options ...Option) (*Store, error) {
	s := &Store{observe: func(string) {}, wait: DefaultWait, queued: make(chan struct{}, 1)}
	for _, o := range options {
		o(s)
	}
	if err := s.connect(url); err != nil {
		return nil, err
	}
	var conn entsql.ExecQuerier = observed{s.reader, s.observe}
	if s.dialect == dialect.SQLite {
		conn = observed{newPrepared(s.reader), s.observe}
	}
	s.read = db.NewClient(db.Driver(entsql.NewDriver(s.dialect, entsql.Conn{ExecQuerier: explained{conn}})))
	return s, nil
}

func (s *Store) connect(url string) (err error) {
	switch path, isSQLite := strings.CutPrefix(url, "sqlite:"); {
	case isSQLite && path != "":
		s.dialect, s.path = dialect.SQLite, path
		if s.writer, err = openSQLite(path, s.wait, true, true); err != nil {
			return err
		}
		s.writer.SetMaxOpenConns(1)
		if s.reader, err = openSQLite(path, s.wait, true, false); err != nil {
			return err
		}
		s.reader.SetMaxOpenConns(sqliteReaders)
		s.reader.SetMaxIdleConns(sqliteReaders)
		return nil
	case strings.HasPrefix(url, "postgres://"), strings.HasPrefix(url, "postgresql://"):
		s.dialect = dialect.Postgres
		cfg, err := pgx.ParseConfig(url)
		if err != nil {
			return errors.New("store: RUNG_DATABASE_URL is not a PostgreSQL address") // the cause would print the password
		}
		if cfg.ConnectTimeout == 0 {
			cfg.ConnectTimeout = s.wait
		}
		s.writer = stdlib.OpenDB(*cfg, stdlib.OptionAfterConnect(plainUUIDs))
		s.writer.SetMaxOpenConns(postgresConns)
		s.writer.SetMaxIdleConns(postgresConns)
		s.writer.SetConnMaxIdleTime(postgresIdleFor)
		s.reader = s.writer
		return nil
	default:
		return errors.New("store: RUNG_DATABASE_URL must start with sqlite: or postgres://")
	}
}

// openSQLite opens a pool. synchronous=FULL makes a commit durable; immediate
// transactions take the write lock at the start instead of failing half-way.
func openSQLite(path string, wait time.Duration, foreignKeys, writer bool) (*sql.DB, error) {
	params := []string{
		fmt.Sprintf("_pragma=busy_timeout(%d)", wait.Milliseconds()), "_pragma=journal_mode(WAL)", "_pragma=synchronous(FULL)",
		"_pragma=temp_store(MEMORY)", "_pragma=cache_size(-32000)", "_pragma=mmap_size(268435456)",
		fmt.Sprintf("_pragma=foreign_keys(%d)", b2i(foreignKeys)),
		"_time_format=sqlite",
	}
	if writer {
		params = append(params, "_txlock=immediate")
	} else {
		params = append(params, "_pragma=query_only(1)")
	}
	return sql.Open("sqlite", "file:"+escapePath(path)+"?"+strings.Join(params, "&"))
}

func escapePath(path string) string {
	return strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(path)
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Read is the client for queries outside a transaction.
func (s *Store) Read() *db.Client { return s.read }

// Dialect is "sqlite3" or "postgres".
func (s *Store) Dialect() string { return s.dialect }

// LocksRows reports whether a transaction must lock the rows it depends on.
// SQLite has one writer at a time and needs no locks.
func (s *Store) LocksRows() bool { return s.dialect == dialect.Postgres }

// Ping reports whether the database answers.
func (s *Store) Ping(ctx context.Context) error { return s.reader.PingContext(ctx) }

// Close ends all connections.
func (s *Store) Close() error {
	err := s.writer.Close()
	if s.reader != s.writer {
		err = errors.Join(err, s.reader.Close())
	}
	return err
}
