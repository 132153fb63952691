package people

import (
	"context"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/db/unit"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
)

// UnitNode is a unit of the tree with how many active people are in it.
type UnitNode struct {
	UnitRef
	ParentID *uuid.UUID `json:"parentId" doc:"null at the top"`
	Direct   int        `json:"direct" doc:"active people in the unit itself"`
	Total    int        `json:"total" doc:"active people in the unit and everything below it"`
}

// Units returns the tree of units as a flat list by name. Everybody may call
// it. It runs two statements. It returns no fault of its own.
func (s *Service) Units(ctx context.Context) ([]UnitNode, error) {
	if err := s.Access.Require(ctx, access.People, access.Read); err != nil {
		return nil, err
	}
	rows, err := s.Store.Read().Unit.Query().Order(db.Asc(unit.FieldNameKey)).All(ctx)
	if err != nil {
		return nil, err
	}
	var counted []struct {
		UnitID uuid.UUID `json:"unit_id"`
		Count  int       `json:"count"`
	}
	err = s.Store.Read().Person.Query().
		Where(s.Access.PersonScope(ctx, access.People, access.Read), person.StatusEQ(person.StatusActive), person.UnitIDNotNil()).
		GroupBy(person.FieldUnitID).Aggregate(db.Count()).Scan(ctx, &counted)
	if err != nil {
		return nil, err
	}
	direct := make(map[uuid.UUID]int, len(counted))
	for _, c := range counted {
		direct[c.UnitID] = c.Count
	}
	return tree(rows, direct), nil
}

// tree adds everybody to their unit and to all units above it. A circle of units,
// which only a manual change in the database could make, ends where it started.
func tree(rows []*db.Unit, direct map[uuid.UUID]int) []UnitNode {
	out := make([]UnitNode, len(rows))
	at := make(map[uuid.UUID]int, len(rows))
	for i, u := range rows {
		out[i] = UnitNode{UnitRef: UnitRef{ID: u.ID, Name: u.Name}, ParentID: u.ParentID, Direct: direct[u.ID]}
		at[u.ID] = i
	}
	for i := range out {
		seen := map[int]bool{}
		for here := i; !seen[here]; {
			seen[here] = true
			out[here].Total += out[i].Direct
			above, known := at[store.OrZero(out[here].ParentID)]
			if !known {
				break
			}
			here = above
		}
	}
	return out
}
