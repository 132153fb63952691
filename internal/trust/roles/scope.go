package roles

import (
	"context"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/db/unit"
	"github.com/rung-hr/rung/ent/schema"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/trust/access"
)

// Expand turns stored scopes into those of an actor: it adds all units that are
// currently below each unit. It asks the database only when a scope names units.
// Anybody may call it. It returns no fault of its own.
func (s *Service) Expand(ctx context.Context, stored []schema.Scope) ([]actor.Scope, error) {
	scopes := make([]actor.Scope, 0, len(stored))
	var below map[uuid.UUID][]uuid.UUID
	for _, given := range stored {
		scope := actor.Scope{Countries: given.Countries}
		if len(given.Units) > 0 && below == nil {
			var err error
			if below, err = s.childUnits(ctx); err != nil {
				return nil, err
			}
		}
		for _, root := range given.Units {
			scope.Units = append(scope.Units, root)
			for next := len(scope.Units) - 1; next < len(scope.Units); next++ {
				scope.Units = append(scope.Units, below[scope.Units[next]]...) // units form a tree: imports refuse cycles
			}
		}
		scopes = append(scopes, scope)
	}
	return scopes, nil
}

// wheres are the scopes in which roles would hold: hr in its own, every other one
// everywhere.
func (s *Service) wheres(ctx context.Context, rows []*db.RoleGrant) ([]actor.Scope, error) {
	stored := make([]schema.Scope, len(rows))
	for i, r := range rows {
		if r.Role == string(access.HR) {
			stored[i] = r.Scope
		}
	}
	return s.Expand(ctx, stored)
}

func (s *Service) childUnits(ctx context.Context) (map[uuid.UUID][]uuid.UUID, error) {
	rows, err := s.Store.Read().Unit.Query().Where(unit.ParentIDNotNil()).Select(unit.FieldID, unit.FieldParentID).All(ctx)
	below := make(map[uuid.UUID][]uuid.UUID, len(rows))
	for _, u := range rows {
		below[*u.ParentID] = append(below[*u.ParentID], u.ID)
	}
	return below, err
}

// ActorOf returns the actor that a person would be if they signed in now. Anybody
// may call it. It returns no fault of its own.
func (s *Service) ActorOf(ctx context.Context, p *db.Person) (actor.Person, error) {
	scopes, err := s.Expand(ctx, p.Scopes)
	return actor.Person{ID: p.ID, Name: p.Name, Roles: append([]string{string(access.Employee)}, p.Roles...), Scopes: scopes}, err
}

// HRFor returns the active HR partners whose scope covers the unit and the
// country, by name. Anybody may call it. It returns no fault of its own.
func (s *Service) HRFor(ctx context.Context, unit uuid.UUID, country string) ([]*db.Person, error) {
	rows, err := s.Store.Read().Person.Query().
		Where(person.StatusEQ(person.StatusActive), hasRoles).
		Order(db.Asc(person.FieldNameKey), db.Asc(person.FieldID)).Limit(holdersLimit).All(ctx)
	if err != nil {
		return nil, err
	}
	var out []*db.Person
	for _, p := range rows {
		if a, err := s.ActorOf(ctx, p); err != nil {
			return nil, err
		} else if a.Has(string(access.HR)) && a.Covers(unit, country) {
			out = append(out, p)
		}
	}
	return out, nil
}
