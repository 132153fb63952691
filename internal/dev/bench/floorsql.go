package main

import (
	"database/sql"
	"fmt"
	"strings"

	_ "github.com/jackc/pgx/v5/stdlib" // drivers of the floor, below the store
	_ "modernc.org/sqlite"
)

// statements are all queries of the floor, written by hand and prepared once.
type statements struct {
	session, head, items, evidence, team, cases, ranked, groups, prefix, save, note *sql.Stmt
}

// One statement reads the session and the roles that decide permissions.
const sessionSQL = `SELECT p.id, p.status, p.roles, s.seen_at, s.expires_at FROM sessions s JOIN persons p ON p.id = s.person_id WHERE s.token_hash = ?`

const headSQL = `SELECT a.version, a.state, p.name, p.level, p.title, m.name FROM assessments a JOIN persons p ON p.id = a.subject_id
	LEFT JOIN persons m ON m.id = p.manager_id JOIN cycles c ON c.id = a.cycle_id WHERE a.id = ? AND a.author_id = ?`

const itemsSQL = `SELECT competency, version, rating, reason FROM assessment_items WHERE assessment_id = ?`

const evidenceSQL = `SELECT i.competency, e.id, e.title FROM assessment_items i JOIN item_evidences x ON x.item_id = i.id
	JOIN evidences e ON e.id = x.evidence_id WHERE i.assessment_id = ?`

const teamSQL = `SELECT p.id, p.name, p.level, p.title, a.state,
	(SELECT count(*) FROM assessment_items i WHERE i.assessment_id = a.id AND i.rating IS NOT NULL)
	FROM persons p LEFT JOIN assessments a ON a.subject_id = p.id AND a.kind = 'self'
	WHERE p.manager_id = ? AND p.status = 'active' ORDER BY p.name_key, p.id`

const casesSQL = `SELECT c.person_id, c.id, c.state FROM promotion_cases c JOIN persons p ON p.id = c.person_id WHERE p.manager_id = ?`

const entrySQL = `p.id, p.name, p.email, p.title, p.track, p.level, p.location, p.status, u.id, u.name, m.id, m.name, m.level, m.title`

const rankedSQL = `SELECT ` + entrySQL + `, f.amount_minor, f.currency FROM floor_pay f JOIN persons p ON p.id = f.person_id
	LEFT JOIN units u ON u.id = p.unit_id LEFT JOIN persons m ON m.id = p.manager_id
	WHERE f.level = ? AND f.location = ? ORDER BY f.amount_minor DESC, f.person_id LIMIT 51`

const prefixSQL = `SELECT ` + entrySQL + ` FROM persons p LEFT JOIN units u ON u.id = p.unit_id LEFT JOIN persons m ON m.id = p.manager_id
	WHERE p.name_key >= ? AND p.name_key < ? AND p.status = 'active' ORDER BY p.name_key, p.id LIMIT 51`

// One row per group: sorting numbers is faster in Go than window functions are in
// SQL.
const groupsSQL = `SELECT level, location, %s FROM floor_pay GROUP BY level, location`

// The floor keeps current pay in a table of its own, covered by one index. That
// is the best that SQL can do for rankings and groups.
var payTable = []string{
	`DROP TABLE IF EXISTS floor_pay`,
	`CREATE TABLE floor_pay AS SELECT p.id AS person_id, p.level, p.location, y.amount_minor, y.currency FROM persons p
	JOIN pay_points y ON y.person_id = p.id AND y.valid_to = '9999-12-31' WHERE p.status = 'active'`,
	`CREATE INDEX floor_pay_ranked ON floor_pay (level, location, amount_minor DESC, person_id, currency)`,
}

// Ownership and version are part of the write: one statement without a gap.
const saveSQL = `UPDATE assessment_items SET rating = ?, reason = ?, version = version + 1, updated_at = ?
	WHERE assessment_id = ? AND competency = ? AND version = ? AND EXISTS
	(SELECT 1 FROM assessments a WHERE a.id = assessment_id AND a.author_id = ? AND a.state = 'draft')`

const noteSQL = `INSERT INTO audit_events (id, at, actor_id, action, resource, facts) VALUES (?, ?, ?, 'pay.read', 'pay', ?)`

// openFloor opens the database the way the store does: SQLite with one durable
// writer and four readers, PostgreSQL with as many connections.
func openFloor(address string) (*statements, error) {
	path, lite := strings.CutPrefix(address, "sqlite:")
	if !lite {
		conn, err := sql.Open("pgx", address)
		if err != nil {
			return nil, err
		}
		conn.SetMaxOpenConns(24)
		conn.SetMaxIdleConns(24)
		if _, err := conn.Exec("ANALYZE"); err != nil { // what autovacuum does a minute later, for both
			return nil, err
		}
		return prepare(conn, conn, "string_agg(amount_minor::text, ',')", dollars)
	}
	source := "file:" + path + "?_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=temp_store(MEMORY)" +
		"&_pragma=cache_size(-32000)&_pragma=mmap_size(268435456)&_pragma=foreign_keys(1)&_time_format=sqlite"
	reader, err := sql.Open("sqlite", source)
	if err != nil {
		return nil, err
	}
	reader.SetMaxOpenConns(4)
	reader.SetMaxIdleConns(4)
	writer, err := sql.Open("sqlite", source+"&_txlock=immediate")
	if err != nil {
		return nil, err
	}
	writer.SetMaxOpenConns(1)
	return prepare(reader, writer, "group_concat(amount_minor)", func(s string) string { return s })
}

func prepare(reader, writer *sql.DB, concat string, placeholders func(string) string) (*statements, error) {
	for _, text := range payTable {
		if _, err := writer.Exec(text); err != nil {
			return nil, err
		}
	}
	s := &statements{}
	for _, p := range []struct {
		to   **sql.Stmt
		on   *sql.DB
		text string
	}{
		{&s.session, reader, sessionSQL}, {&s.head, reader, headSQL}, {&s.items, reader, itemsSQL}, {&s.evidence, reader, evidenceSQL},
		{&s.team, reader, teamSQL}, {&s.cases, reader, casesSQL}, {&s.ranked, reader, rankedSQL}, {&s.prefix, reader, prefixSQL},
		{&s.groups, reader, fmt.Sprintf(groupsSQL, concat)}, {&s.save, writer, saveSQL}, {&s.note, writer, noteSQL},
	} {
		var err error
		if *p.to, err = p.on.Prepare(placeholders(p.text)); err != nil {
			return nil, fmt.Errorf("floor: %w: %s", err, p.text)
		}
	}
	return s, nil
}

// dollars numbers the placeholders for PostgreSQL.
func dollars(text string) string {
	var out strings.Builder
	n := 0
	for _, r := range text {
		if r == '?' {
			n++
			fmt.Fprintf(&out, "$%d", n)
			continue
		}
		out.WriteRune(r)
	}
	return out.String()
}
