// Package storetest gives tests real databases: SQLite in a temporary folder, and
// PostgreSQL from RUNG_TEST_POSTGRES or from a private server that the test run
// starts and stops. The real migrations set up both.
package storetest

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/internal/platform/store"
)

// Main runs the tests of a package and stops what they started. A package that
// uses Each calls it from TestMain.
func Main(m *testing.M) {
	code := m.Run()
	shared.stop()
	os.Exit(code)
}

// Each runs f once on each database, each time on one that is migrated and empty.
func Each(t *testing.T, f func(t *testing.T, s *store.Store)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { f(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { f(t, Postgres(t)) })
}

// SQLite returns a store on a fresh file.
func SQLite(t testing.TB, options ...store.Option) *store.Store {
	t.Helper()
	return open(t, SQLiteURL(t), options...)
}

// SQLiteURL returns the address of a new, migrated file. It is a copy of a file
// that was migrated once.
func SQLiteURL(t testing.TB) string {
	t.Helper()
	template, err := shared.sqliteTemplate()
	require.NoError(t, err)
	content, err := os.ReadFile(template)
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "rung.db")
	require.NoError(t, os.WriteFile(path, content, 0o600))
	return "sqlite:" + path
}

// Postgres returns a store on a fresh database. Without a server the test is
// skipped, or fails if CI is set.
func Postgres(t testing.TB, options ...store.Option) *store.Store {
	t.Helper()
	return open(t, PostgresURL(t), options...)
}

// PostgresURL returns the address of a fresh, migrated database.
func PostgresURL(t testing.TB) string {
	t.Helper()
	admin, template, err := shared.postgresTemplate()
	if err != nil && os.Getenv("CI") == "" {
		t.Skip(err)
	}
	require.NoError(t, err)
	name := randomName("rung")
	require.NoError(t, createDatabase(admin, name, template))
	t.Cleanup(func() { require.NoError(t, dropDatabase(admin, name)) })
	return at(admin, name)
}

// EmptyPostgresURL returns the address of a database without any tables.
func EmptyPostgresURL(t testing.TB) string {
	t.Helper()
	admin, _, err := shared.postgresTemplate()
	if err != nil && os.Getenv("CI") == "" {
		t.Skip(err)
	}
	require.NoError(t, err)
	name := randomName("rung")
	require.NoError(t, createDatabase(admin, name, ""))
	t.Cleanup(func() { require.NoError(t, dropDatabase(admin, name)) })
	return at(admin, name)
}

func open(t testing.TB, address string, options ...store.Option) *store.Store {
	t.Helper()
	s, err := store.Open(address, options...)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

func at(admin, name string) string {
	u, err := url.Parse(admin)
	if err != nil {
		panic(err) // the address has just been used
	}
	u.Path = "/" + name
	return u.String()
}

// fixtures are what a test run starts once.
type fixtures struct {
	sqliteOnce   sync.Once
	sqlitePath   string
	sqliteErr    error
	postgresOnce sync.Once
	admin, name  string
	postgresErr  error
	stopServer   func()
}

var shared = &fixtures{}

func (f *fixtures) sqliteTemplate() (string, error) {
	f.sqliteOnce.Do(func() {
		dir, err := os.MkdirTemp("", "rung-template-")
		if err != nil {
			f.sqliteErr = err
			return
		}
		f.sqlitePath = filepath.Join(dir, "template.db")
		f.sqliteErr = migrate("sqlite:" + f.sqlitePath)
	})
	return f.sqlitePath, f.sqliteErr
}

func (f *fixtures) postgresTemplate() (admin, template string, err error) {
	f.postgresOnce.Do(func() { f.postgresErr = f.preparePostgres() })
	return f.admin, f.name, f.postgresErr
}

func (f *fixtures) preparePostgres() (err error) {
	if f.admin = os.Getenv(EnvPostgres); f.admin == "" {
		if f.admin, f.stopServer, err = StartPostgres(); err != nil {
			return err
		}
	}
	f.name = randomName("rung_template")
	if err := createDatabase(f.admin, f.name, ""); err != nil {
		return err
	}
	return migrate(at(f.admin, f.name))
}

func migrate(address string) error {
	s, err := store.Open(address)
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	return s.Migrate(context.Background())
}

func (f *fixtures) stop() {
	if f.sqlitePath != "" {
		_ = os.RemoveAll(filepath.Dir(f.sqlitePath))
	}
	switch {
	case f.stopServer != nil:
		f.stopServer()
	case f.name != "":
		_ = dropDatabase(f.admin, f.name)
	}
}
