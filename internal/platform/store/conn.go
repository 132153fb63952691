package store

import (
	"context"
	"database/sql"
	"sync"

	entsql "entgo.io/ent/dialect/sql"
)

// observed reports each statement before it runs.
type observed struct {
	entsql.ExecQuerier
	observe func(query string)
}

// ExecContext implements entsql.ExecQuerier.
func (o observed) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	o.observe(query)
	return o.ExecQuerier.ExecContext(ctx, query, args...)
}

// QueryContext implements entsql.ExecQuerier.
func (o observed) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	o.observe(query)
	return o.ExecQuerier.QueryContext(ctx, query, args...)
}

// prepared keeps one statement per query text. The SQLite driver compiles a text
// again at every call, which costs more than most of our queries.
type prepared struct {
	db    *sql.DB
	mu    sync.RWMutex
	stmts map[string]*sql.Stmt
}

// maxPrepared limits the statements that are kept; otherwise texts with a varying
// number of parameters could fill memory.
const maxPrepared = 512

func newPrepared(db *sql.DB) *prepared {
	return &prepared{db: db, stmts: map[string]*sql.Stmt{}}
}

// ExecContext implements entsql.ExecQuerier.
func (p *prepared) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	stmt, err := p.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	if stmt == nil {
		return p.db.ExecContext(ctx, query, args...)
	}
	return stmt.ExecContext(ctx, args...)
}

// QueryContext implements entsql.ExecQuerier.
func (p *prepared) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	stmt, err := p.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	if stmt == nil {
		return p.db.QueryContext(ctx, query, args...)
	}
	return stmt.QueryContext(ctx, args...)
}

// statement returns nil when the cache is full; the caller then runs the text.
func (p *prepared) statement(ctx context.Context, query string) (*sql.Stmt, error) {
	p.mu.RLock()
	stmt, full := p.stmts[query], len(p.stmts) >= maxPrepared
	p.mu.RUnlock()
	if stmt != nil || full {
		return stmt, nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if stmt := p.stmts[query]; stmt != nil {
		return stmt, nil
	}
	stmt, err := p.db.PrepareContext(context.WithoutCancel(ctx), query)
	if err != nil {
		return nil, err
	}
	p.stmts[query] = stmt
	return stmt, nil
}
