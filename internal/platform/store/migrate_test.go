package store_test

import (
	"bytes"
	"context"
	"database/sql"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
	"entgo.io/ent/dialect/sql/schema"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/ent/db/migrate"
	"github.com/rung-hr/rung/ent/migrations"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func newID() uuid.UUID { return uuid.Must(uuid.NewV7()) }

// raw opens a database below the store.
func raw(t *testing.T, address string) (*sql.DB, string) {
	t.Helper()
	driver, name, source := "pgx", dialect.Postgres, address
	if path, ok := strings.CutPrefix(address, "sqlite:"); ok {
		driver, name, source = "sqlite", dialect.SQLite, "file:"+path+"?_pragma=foreign_keys(1)"
	}
	conn, err := sql.Open(driver, source)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, conn.Close()) })
	return conn, name
}

func eachAddress(t *testing.T, f func(t *testing.T, address string)) {
	t.Run("sqlite", func(t *testing.T) { f(t, storetest.SQLiteURL(t)) })
	t.Run("postgres", func(t *testing.T) { f(t, storetest.PostgresURL(t)) })
}

func TestMigrationsMakeTheSchema(t *testing.T) {
	eachAddress(t, func(t *testing.T, address string) {
		conn, name := raw(t, address)
		var plan bytes.Buffer
		m, err := schema.NewMigrate(&schema.WriteDriver{Driver: entsql.OpenDB(name, conn), Writer: &plan})
		require.NoError(t, err)
		require.NoError(t, m.Create(context.Background(), migrate.Tables...))
		statements := strings.TrimSpace(strings.NewReplacer("BEGIN;", "", "COMMIT;", "").Replace(plan.String()))
		require.Empty(t, statements, "the schema has changes without a migration: make migration NAME=…")
	})
}

func TestBothDatabasesHaveTheSameMigrations(t *testing.T) {
	lite, err := fs.Glob(migrations.Files, "sqlite/*.sql")
	require.NoError(t, err)
	pg, err := fs.Glob(migrations.Files, "postgres/*.sql")
	require.NoError(t, err)
	require.Equal(t, bases(lite), bases(pg))
	for _, name := range append(lite, pg...) {
		text, err := fs.ReadFile(migrations.Files, name)
		require.NoError(t, err)
		require.NotContains(t, string(text), "+goose Down", name)
	}
}

func bases(paths []string) []string {
	out := make([]string, 0, len(paths))
	for _, p := range paths {
		out = append(out, filepath.Base(p))
	}
	return out
}

func TestGoldenDDL(t *testing.T) {
	empty := map[string]string{
		"sqlite":   "sqlite:" + filepath.Join(t.TempDir(), "empty.db"),
		"postgres": storetest.EmptyPostgresURL(t),
	}
	for folder, address := range empty {
		t.Run(folder, func(t *testing.T) {
			conn, name := raw(t, address)
			var ddl bytes.Buffer
			m, err := schema.NewMigrate(&schema.WriteDriver{Driver: entsql.OpenDB(name, conn), Writer: &ddl})
			require.NoError(t, err)
			require.NoError(t, m.Create(context.Background(), migrate.Tables...))
			golden := filepath.Join("..", "..", "..", "ent", "ddl", folder+".sql")
			if *update {
				require.NoError(t, os.WriteFile(golden, ddl.Bytes(), 0o600))
			}
			want, err := os.ReadFile(golden)
			require.NoError(t, err)
			require.Equal(t, string(want), ddl.String(), "run go test ./internal/platform/store -run GoldenDDL -update")
		})
	}
}

func TestANewerDatabaseIsRefused(t *testing.T) {
	eachAddress(t, func(t *testing.T, address string) {
		conn, _ := raw(t, address)
		_, err := conn.Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, true)")
		require.NoError(t, err)
		s, err := store.Open(address)
		require.NoError(t, err)
		defer func() { require.NoError(t, s.Close()) }()
		require.ErrorIs(t, s.Migrate(context.Background()), store.ErrNewer)
	})
}

func TestMigrateTwiceChangesNothing(t *testing.T) {
	eachAddress(t, func(t *testing.T, address string) {
		s, err := store.Open(address)
		require.NoError(t, err)
		defer func() { require.NoError(t, s.Close()) }()
		require.NoError(t, s.Migrate(context.Background()))
		done, err := s.Migrated(context.Background())
		require.NoError(t, err)
		require.True(t, done)
	})
}

// undoTheLast undoes the newest migration of SQLite.
const undoTheLast = `DROP INDEX person_manager_ref; ALTER TABLE persons DROP COLUMN given_name; ALTER TABLE persons DROP COLUMN family_name;
	ALTER TABLE persons DROP COLUMN manager_ref; ALTER TABLE persons DROP COLUMN manager_ref_by_id; ALTER TABLE persons DROP COLUMN not_taken;
	ALTER TABLE sessions DROP COLUMN notice`

func TestSQLiteIsCopiedBeforeAnUpgrade(t *testing.T) {
	address := storetest.SQLiteURL(t)
	conn, _ := raw(t, address)
	_, err := conn.Exec("DELETE FROM goose_db_version WHERE version_id = (SELECT max(version_id) FROM goose_db_version)")
	require.NoError(t, err)
	_, err = conn.Exec(undoTheLast)
	require.NoError(t, err)
	s, err := store.Open(address)
	require.NoError(t, err)
	defer func() { require.NoError(t, s.Close()) }()
	require.NoError(t, s.Migrate(context.Background()))
	copies, err := filepath.Glob(strings.TrimPrefix(address, "sqlite:") + ".before-*")
	require.NoError(t, err)
	require.Len(t, copies, 1)
}

// Rebuilding a table on a connection with foreign keys would delete the rows that
// point to it. Migrations run on a connection without them, and check afterwards.
func TestARebuiltTableKeepsItsChildren(t *testing.T) {
	path := filepath.Join(t.TempDir(), "rebuild.db")
	conn, err := store.OpenForMigration(path)
	require.NoError(t, err)
	defer func() { require.NoError(t, conn.Close()) }()
	for _, statement := range []string{
		"CREATE TABLE parents (id integer PRIMARY KEY)",
		"CREATE TABLE children (id integer PRIMARY KEY, parent integer NOT NULL REFERENCES parents (id) ON DELETE CASCADE)",
		"INSERT INTO parents VALUES (1)", "INSERT INTO children VALUES (1, 1)",
		"BEGIN", "CREATE TABLE new_parents (id integer PRIMARY KEY, name text)", "INSERT INTO new_parents (id) SELECT id FROM parents",
		"DROP TABLE parents", "ALTER TABLE new_parents RENAME TO parents", "COMMIT",
	} {
		_, err := conn.Exec(statement)
		require.NoError(t, err, statement)
	}
	var children int
	require.NoError(t, conn.QueryRow("SELECT count(*) FROM children").Scan(&children))
	require.Equal(t, 1, children)
	require.NoError(t, store.CheckForeignKeys(context.Background(), conn))
	_, err = conn.Exec("INSERT INTO children VALUES (2, 99)")
	require.NoError(t, err)
	require.ErrorContains(t, store.CheckForeignKeys(context.Background(), conn), "point to nothing")
}

func TestEveryPublishedTableHasItsTrigger(t *testing.T) {
	tables := []string{"audit_events", "audit_leafs", "audit_seals", "decisions", "ladder_versions", "packets", "sealed_ballots"}
	lite, _ := raw(t, storetest.SQLiteURL(t))
	for _, table := range tables {
		var n int
		require.NoError(t, lite.QueryRow("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", table).Scan(&n))
		require.Equal(t, 2, n, table)
	}
	pg, _ := raw(t, storetest.PostgresURL(t))
	for _, table := range tables {
		var n int
		require.NoError(t, pg.QueryRow("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgrelid = $1::regclass", table).Scan(&n))
		require.Equal(t, 1, n, table)
	}
}
