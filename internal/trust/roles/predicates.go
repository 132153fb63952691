package roles

import (
	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db/group"
	"github.com/rung-hr/rung/ent/db/groupmember"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/db/predicate"
	"github.com/rung-hr/rung/ent/db/rolegrant"
	"github.com/rung-hr/rung/internal/platform/clock"
)

func inGroup(person uuid.UUID) predicate.Group {
	return func(s *sql.Selector) {
		m := sql.Table(groupmember.Table)
		mine := sql.Select(m.C(groupmember.FieldGroupID)).From(m).Where(sql.EQ(m.C(groupmember.FieldPersonID), person))
		s.Where(sql.In(s.C(group.FieldID), mine))
	}
}

func (s *Service) inForce() predicate.RoleGrant {
	return rolegrant.Or(rolegrant.ValidToIsNil(), rolegrant.ValidToGT(clock.DateOf(s.Clock.Now())))
}

// hasRoles matches people with any role other than employee. The column holds a
// JSON list, which is "[]" when empty, in both databases.
func hasRoles(s *sql.Selector) {
	s.Where(sql.ExprP("CAST(" + s.C(person.FieldRoles) + " AS text) <> '[]'"))
}
