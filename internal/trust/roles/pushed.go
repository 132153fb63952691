package roles

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/group"
	"github.com/rung-hr/rung/ent/db/rolegrant"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
)

// followGroups asks for the roles that a person's pushed groups give, once for
// each membership, and ends those whose membership or mapping is gone. What was
// refused stays refused for as long as the person is in the group.
func (s *Service) followGroups(ctx context.Context, tx *db.Client, p *db.Person) error {
	groups, err := tx.Group.Query().Where(inGroup(p.ID)).Order(db.Asc(group.FieldNameKey)).All(ctx)
	if err != nil {
		return err
	}
	gives := map[string]Held{}
	for _, g := range groups {
		if h, ok := s.mapping[g.Name]; ok {
			gives[g.Name] = h
		}
	}
	grants, err := tx.RoleGrant.Query().
		Where(rolegrant.PersonID(p.ID), rolegrant.GroupNameNEQ(""), rolegrant.StateNEQ(rolegrant.StateEnded)).
		Order(db.Asc(rolegrant.FieldID)).All(ctx)
	if err != nil {
		return err
	}
	for _, g := range grants {
		if held, ok := gives[g.GroupName]; ok && held.equal(Held{access.Role(g.Role), g.Scope}) {
			delete(gives, g.GroupName)
		} else if err := s.endPushed(ctx, tx, g); err != nil {
			return err
		}
	}
	for _, g := range groups {
		if held, ok := gives[g.Name]; ok {
			if err := s.askPushed(ctx, tx, p.ID, g.Name, held); err != nil {
				return err
			}
		}
	}
	return nil
}

// Gives says whether the members of a pushed group get a role. Anybody may call
// it. It returns no fault of its own.
func (s *Service) Gives(group string) bool {
	_, ok := s.mapping[group]
	return ok
}

func (s *Service) endPushed(ctx context.Context, tx *db.Client, g *db.RoleGrant) error {
	if err := tx.RoleGrant.UpdateOne(g).SetState(rolegrant.StateEnded).SetEndedAt(s.Clock.Now()).AddVersion(1).Exec(ctx); err != nil {
		return err
	}
	return s.Trail.Record(ctx, tx, audit.Entry{Action: audit.RoleEnded, Resource: "role", ID: g.ID, Owner: g.PersonID, Facts: map[string]string{"role": g.Role}})
}

// askPushed asks in the name of whoever answers for the push; of the person
// themselves if nobody does, who cannot allow it either.
func (s *Service) askPushed(ctx context.Context, tx *db.Client, person uuid.UUID, group string, held Held) error {
	asker := person
	if behind, ok := actor.Answerable(ctx); ok {
		asker = behind.ID
	}
	row, err := tx.RoleGrant.Create().
		SetPersonID(person).SetRole(string(held.Role)).SetScope(held.Scope).SetGroupName(group).
		SetReason("The identity provider put them into the group " + group + ".").
		SetAskedByID(asker).SetAskedAt(s.Clock.Now()).Save(ctx)
	if err != nil {
		return err
	}
	return s.Trail.Record(ctx, tx, audit.Entry{
		Action: audit.RoleAsked, Resource: "role", ID: row.ID, Owner: person, Facts: map[string]string{"role": string(held.Role)},
	})
}

func (h Held) equal(other Held) bool {
	return h.Role == other.Role && slices.Equal(h.Scope.Units, other.Scope.Units) && slices.Equal(h.Scope.Countries, other.Scope.Countries)
}
