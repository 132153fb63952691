// Command new writes the next migration: the difference between the schema and
// what the migrations so far make, for both databases.
//
//	go run ./ent/migrations/new NAME
//
// It needs an empty PostgreSQL database in RUNG_DEV_POSTGRES.
package main

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log"
	"os"
	"path/filepath"

	atlas "ariga.io/atlas/sql/migrate"
	"ariga.io/atlas/sql/sqltool"
	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
	"entgo.io/ent/dialect/sql/schema"
	_ "github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite"

	"github.com/rung-hr/rung/ent/db/migrate"
)

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: go run ./ent/migrations/new NAME")
	}
	lite, err := sql.Open("sqlite", "file:dev?mode=memory&cache=shared&_pragma=foreign_keys(1)")
	check(err)
	check(diff(lite, dialect.SQLite, "ent/migrations/sqlite", os.Args[1]))
	pg, err := sql.Open("pgx", os.Getenv("RUNG_DEV_POSTGRES"))
	check(err)
	check(diff(pg, dialect.Postgres, "ent/migrations/postgres", os.Args[1]))
}

func diff(conn *sql.DB, name, folder, change string) error {
	dir, err := sqltool.NewGooseDir(folder)
	if err != nil {
		return err
	}
	if err := rehash(dir); err != nil { // migrations are also written by hand
		return err
	}
	defer func() { _ = os.Remove(filepath.Join(folder, atlas.HashFileName)) }()
	m, err := schema.NewMigrate(entsql.OpenDB(name, conn), schema.WithDir(dir), schema.WithMigrationMode(schema.ModeReplay),
		schema.WithFormatter(sqltool.GooseFormatter), schema.WithDropColumn(true), schema.WithDropIndex(true))
	if err != nil {
		return err
	}
	before, _ := filepath.Glob(filepath.Join(folder, "*.sql"))
	if err := m.NamedDiff(context.Background(), change, migrate.Tables...); err != nil && !errors.Is(err, atlas.ErrNoPlan) {
		return fmt.Errorf("%s: %w", name, err)
	}
	after, _ := filepath.Glob(filepath.Join(folder, "2*.sql"))
	for i, f := range after {
		if err := forwardOnly(f, filepath.Join(folder, fmt.Sprintf("%05d_%s.sql", len(before)+i+1, change))); err != nil {
			return err
		}
	}
	return nil
}

func rehash(dir atlas.Dir) error {
	sum, err := dir.Checksum()
	if err != nil {
		return err
	}
	return atlas.WriteSumFile(dir, sum)
}

// forwardOnly cuts the generated way back and numbers the file, so that both
// databases have the same names.
func forwardOnly(from, to string) error {
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	up, _, _ := bytes.Cut(text, []byte("-- +goose Down"))
	if err := os.WriteFile(to, append(bytes.TrimSpace(up), '\n'), 0o644); err != nil {
		return err
	}
	return os.Remove(from)
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
