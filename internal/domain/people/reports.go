package people

import (
	"context"

	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/db/predicate"
	"github.com/rung-hr/rung/ent/db/reportingline"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/process"
)

// Node is a person of the org chart with the number of people below them.
type Node struct {
	process.PersonRef
	Unit   string `json:"unit"`
	Direct int    `json:"direct" doc:"people who report to them"`
	All    int    `json:"all" doc:"people below them at any depth"`
}

// Reports lists the active people who report to somebody, by name, at most 200
// at a time; for uuid.Nil, those who report to nobody. Everybody may call it.
// It runs a fixed number of statements.
//
// It returns a NotFound fault for a person whom the actor may not see.
func (s *Service) Reports(ctx context.Context, id uuid.UUID, cursor string, limit int) ([]Node, string, error) {
	from, err := store.ParseCursor(cursor)
	if err != nil {
		return nil, "", err
	}
	mine := person.ManagerIDIsNil()
	scope := s.Access.PersonScope(ctx, access.People, access.Read)
	if id != uuid.Nil {
		mine = person.ManagerID(id)
		if _, err := s.Store.Read().Person.Query().Where(person.ID(id), scope).OnlyID(ctx); err != nil {
			return nil, "", store.Found(err)
		}
	}
	q := s.Store.Read().Person.Query().Where(mine, scope, person.StatusEQ(person.StatusActive)).
		WithUnit().Order(db.Asc(person.FieldNameKey), db.Asc(person.FieldID))
	if from.ID != uuid.Nil {
		q.Where(afterName([]byte(from.Key), from.ID))
	}
	limit = store.Limit(limit)
	rows, err := q.Limit(limit + 1).All(ctx)
	if err != nil {
		return nil, "", err
	}
	rows, next := store.Page(rows, limit, func(p *db.Person) store.Cursor { return store.Cursor{Key: string(p.NameKey), ID: p.ID} })
	nodes, err := s.nodes(ctx, rows)
	return nodes, next, err
}

// Line returns the managers from the top of the company down to a person, with
// the person last. Everybody may call it.
//
// It returns a NotFound fault for a person whom the actor may not see.
func (s *Service) Line(ctx context.Context, id uuid.UUID) ([]Node, error) {
	scope := s.Access.PersonScope(ctx, access.People, access.Read)
	lines, err := s.Store.Read().ReportingLine.Query().Where(reportingline.PersonID(id)).
		Order(db.Desc(reportingline.FieldDepth)).All(ctx)
	if err != nil {
		return nil, err
	}
	ids := make([]uuid.UUID, 0, len(lines)+1)
	for _, l := range lines {
		ids = append(ids, l.AncestorID)
	}
	ids = append(ids, id)
	found, err := s.Store.Read().Person.Query().Where(person.IDIn(ids...), scope).WithUnit().All(ctx)
	if err != nil {
		return nil, err
	}
	byID := map[uuid.UUID]*db.Person{}
	for _, p := range found {
		byID[p.ID] = p
	}
	if byID[id] == nil {
		return nil, store.Found(&db.NotFoundError{})
	}
	rows := make([]*db.Person, 0, len(ids))
	for _, id := range ids {
		if p := byID[id]; p != nil {
			rows = append(rows, p)
		}
	}
	return s.nodes(ctx, rows)
}

// nodes adds the numbers of people below: one statement for the direct ones, one
// for all.
func (s *Service) nodes(ctx context.Context, rows []*db.Person) ([]Node, error) {
	ids := make([]uuid.UUID, 0, len(rows))
	for _, p := range rows {
		ids = append(ids, p.ID)
	}
	direct, err := s.direct(ctx, ids)
	if err != nil {
		return nil, err
	}
	all, err := s.below(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := make([]Node, 0, len(rows))
	for _, p := range rows {
		n := Node{PersonRef: process.RefOf(p), Direct: direct[p.ID], All: all[p.ID]}
		if u := p.Edges.Unit; u != nil {
			n.Unit = u.Name
		}
		out = append(out, n)
	}
	return out, nil
}

func (s *Service) direct(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]int, error) {
	var counted []struct {
		ManagerID uuid.UUID `json:"manager_id"`
		Count     int       `json:"count"`
	}
	err := s.Store.Read().Person.Query().
		Where(person.ManagerIDIn(ids...), person.StatusEQ(person.StatusActive)).
		GroupBy(person.FieldManagerID).Aggregate(db.Count()).Scan(ctx, &counted)
	out := make(map[uuid.UUID]int, len(counted))
	for _, c := range counted {
		out[c.ManagerID] = c.Count
	}
	return out, err
}

func (s *Service) below(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]int, error) {
	var counted []struct {
		AncestorID uuid.UUID `json:"ancestor_id"`
		Count      int       `json:"count"`
	}
	err := s.Store.Read().ReportingLine.Query().
		Where(reportingline.AncestorIDIn(ids...), ofActive()).
		GroupBy(reportingline.FieldAncestorID).Aggregate(db.Count()).Scan(ctx, &counted)
	out := make(map[uuid.UUID]int, len(counted))
	for _, c := range counted {
		out[c.AncestorID] = c.Count
	}
	return out, err
}

func ofActive() predicate.ReportingLine {
	return func(s *sql.Selector) {
		p := sql.Table(person.Table)
		active := sql.Select(p.C(person.FieldID)).From(p).Where(sql.EQ(p.C(person.FieldStatus), person.StatusActive))
		s.Where(sql.In(s.C(reportingline.FieldPersonID), active))
	}
}
