package store_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
)

// short is how long a write of these tests waits for its turn.
const short = 500 * time.Millisecond

// eachOutage runs f with a database that another program can take away.
func eachOutage(t *testing.T, f func(t *testing.T, s *store.Store, o storetest.Outage, code string)) {
	t.Helper()
	open := func(t *testing.T, address string) *store.Store {
		t.Helper()
		s, err := store.Open(address, store.Wait(short))
		require.NoError(t, err)
		t.Cleanup(func() { _ = s.Close() })
		return s
	}
	t.Run("sqlite", func(t *testing.T) {
		address, o := storetest.SQLiteOutage(t)
		f(t, open(t, address), o, store.CodeBusy)
	})
	t.Run("postgres", func(t *testing.T) {
		address, o := storetest.PostgresOutage(t)
		f(t, open(t, address), o, store.CodeAway)
	})
}

func add(s *store.Store, name string) error {
	return s.InTx(system, func(ctx context.Context, tx *db.Client) error { return newUnit(ctx, tx, name) })
}

func requireUnavailable(t *testing.T, err error, code string) {
	t.Helper()
	f, ok := errors.AsType[*fault.Error](err)
	require.True(t, ok, "%v", err)
	require.Equal(t, fault.Unavailable, f.Kind, err)
	require.Equal(t, code, f.Code, err)
	require.Error(t, fault.Cause(err), "the log needs it")
}

// Many writers must not wait for each other's patience one after the other.
func TestWritesDoNotHangWhileTheDatabaseIsAway(t *testing.T) {
	eachOutage(t, func(t *testing.T, s *store.Store, o storetest.Outage, code string) {
		require.NoError(t, add(s, "before"))
		o.Begin()
		begin := time.Now()
		var writers sync.WaitGroup
		failures := make([]error, 40)
		for i := range failures {
			writers.Go(func() { failures[i] = add(s, "during") })
		}
		writers.Wait()
		require.Less(t, time.Since(begin), 10*short, "one after the other it would take 40 times as long")
		for _, err := range failures {
			requireUnavailable(t, err, code)
			require.Contains(t, err.Error(), "Nothing was saved")
		}
		o.End()
		require.NoError(t, add(s, "after"))
		names, err := s.Read().Unit.Query().Order(db.Asc("name")).Select("name").Strings(system)
		require.NoError(t, err)
		require.Equal(t, []string{"after", "before"}, names)
	})
}

// A long transaction of this program is no reason to hang either.
func TestWritesDoNotHangBehindALongOne(t *testing.T) {
	s := storetest.SQLite(t, store.Wait(short))
	require.NoError(t, s.InTx(system, func(ctx context.Context, tx *db.Client) error {
		requireUnavailable(t, add(s, "second"), store.CodeBusy)
		return newUnit(ctx, tx, "first")
	}), "the long one itself has no limit")
}

// Whoever watches whether Rung is ready must not wait for a writer.
func TestReadingGoesOnWhileAnotherProgramWrites(t *testing.T) {
	address, o := storetest.SQLiteOutage(t)
	s, err := store.Open(address) // with a wait that would be noticed
	require.NoError(t, err)
	defer func() { _ = s.Close() }()
	o.Begin()
	begin := time.Now()
	migrated, err := s.Migrated(system)
	require.NoError(t, err)
	require.True(t, migrated)
	_, err = s.Read().Unit.Query().All(system)
	require.NoError(t, err)
	require.Less(t, time.Since(begin), time.Second)
	o.End()
}

func TestReadsSayThatTheDatabaseIsAway(t *testing.T) {
	address, line := storetest.PostgresOutage(t)
	s, err := store.Open(address, store.Wait(short))
	require.NoError(t, err)
	defer func() { _ = s.Close() }()
	_, err = s.Read().Unit.Query().All(system)
	require.NoError(t, err)
	line.Begin()
	_, err = s.Read().Unit.Query().All(system)
	requireUnavailable(t, err, store.CodeAway)
	require.NotContains(t, err.Error(), "saved", "nothing was to be saved")
	_, err = s.Migrated(system)
	requireUnavailable(t, err, store.CodeAway)
	line.End()
	_, err = s.Read().Unit.Query().All(system)
	require.NoError(t, err)
}

// When the answer to the commit does not arrive, "nothing was saved" would be a
// lie: here it was.
func TestALostCommitIsNotCalledUnsaved(t *testing.T) {
	address, line := storetest.PostgresOutage(t)
	s, err := store.Open(address, store.Wait(short))
	require.NoError(t, err)
	defer func() { _ = s.Close() }()
	line.CutAfter("commit")
	err = add(s, "A")
	requireUnavailable(t, err, store.CodeUnknown)
	require.NotContains(t, err.Error(), "Nothing was saved")
	line.End()
	require.Eventually(t, func() bool {
		n, err := s.Read().Unit.Query().Count(system)
		require.NoError(t, err)
		return n == 1
	}, 10*time.Second, 10*time.Millisecond)
}

// started opens and migrates, as at the start of the program.
func started(t *testing.T, address string) error {
	t.Helper()
	s, err := store.Open(address, store.Wait(short))
	require.NoError(t, err)
	defer func() { _ = s.Close() }()
	return s.Migrate(context.Background())
}

func TestTheStartNamesWhatIsWrongWithTheDatabase(t *testing.T) {
	full := func(t *testing.T) (address, path string) {
		t.Helper()
		address = storetest.SQLiteURL(t)
		return address, strings.TrimPrefix(address, "sqlite:")
	}
	t.Run("no database", func(t *testing.T) {
		address, path := full(t)
		require.NoError(t, os.WriteFile(path, []byte(strings.Repeat("this is a letter ", 500)), 0o600))
		err := started(t, address)
		require.ErrorContains(t, err, path+" is not a database of SQLite")
		require.ErrorContains(t, err, "backup")
	})
	t.Run("a page is overwritten", func(t *testing.T) {
		address, path := full(t)
		content, err := os.ReadFile(path)
		require.NoError(t, err)
		copy(content[len(content)/2&^4095:], strings.Repeat("x", 4096))
		require.NoError(t, os.WriteFile(path, content, 0o600))
		err = started(t, address)
		require.ErrorContains(t, err, path+" is damaged")
		require.ErrorContains(t, err, "newest backup")
		require.ErrorAs(t, err, new(store.Damage))
	})
	t.Run("the end is missing", func(t *testing.T) {
		address, path := full(t)
		info, err := os.Stat(path)
		require.NoError(t, err)
		require.NoError(t, os.Truncate(path, info.Size()/2&^4095))
		require.ErrorContains(t, started(t, address), path+" is damaged")
	})
	t.Run("no folder", func(t *testing.T) {
		err := started(t, "sqlite:"+filepath.Join(t.TempDir(), "missing", "rung.db"))
		require.ErrorContains(t, err, "cannot be written")
		require.ErrorContains(t, err, "folder does not exist")
	})
	t.Run("read-only", func(t *testing.T) {
		address, _ := full(t)
		s, err := store.Open(address)
		require.NoError(t, err)
		defer func() { _ = s.Close() }()
		require.ErrorContains(t, s.PlainReadOnly(), "is read-only for the user that Rung runs as")
	})
	t.Run("held by another program", func(t *testing.T) {
		address, o := storetest.SQLiteOutage(t)
		o.Begin()
		require.ErrorContains(t, started(t, address), "another program has been writing")
		o.End()
		require.NoError(t, started(t, address))
	})
	t.Run("no server", func(t *testing.T) {
		address, line := storetest.PostgresOutage(t)
		line.Begin()
		err := started(t, address)
		require.ErrorContains(t, err, "PostgreSQL cannot be reached")
		line.End()
		require.NoError(t, started(t, address))
	})
	t.Run("a replica", func(t *testing.T) {
		address := storetest.PostgresURL(t) + "&default_transaction_read_only=on"
		require.ErrorContains(t, started(t, address), "PostgreSQL is read-only")
	})
}
