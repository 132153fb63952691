package groups

import (
	"context"
	"slices"
	"strings"

	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/group"
	"github.com/rung-hr/rung/ent/db/groupmember"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/db/predicate"
	"github.com/rung-hr/rung/internal/platform/fault"
)

func hasMember(id uuid.UUID) predicate.Group {
	return func(s *sql.Selector) {
		m := sql.Table(groupmember.Table)
		s.Where(sql.In(s.C(group.FieldID), sql.Select(m.C(groupmember.FieldGroupID)).From(m).Where(sql.EQ(m.C(groupmember.FieldPersonID), id))))
	}
}

// setMembers writes the difference between two lists of members and returns the
// people who were added or removed.
func setMembers(ctx context.Context, tx *db.Client, id uuid.UUID, was, now []Member) (map[uuid.UUID]bool, error) {
	before, gone, moved := map[uuid.UUID]bool{}, map[uuid.UUID]bool{}, map[uuid.UUID]bool{}
	for _, m := range was {
		before[m.ID], gone[m.ID] = true, true
	}
	var fresh []uuid.UUID
	for _, m := range now {
		if !before[m.ID] && !moved[m.ID] {
			fresh = append(fresh, m.ID)
			moved[m.ID] = true
		}
		delete(gone, m.ID)
	}
	left := make([]uuid.UUID, 0, len(gone))
	for m := range gone {
		left = append(left, m)
		moved[m] = true
	}
	for part := range slices.Chunk(left, batch) {
		if _, err := tx.GroupMember.Delete().Where(groupmember.GroupID(id), groupmember.PersonIDIn(part...)).Exec(ctx); err != nil {
			return nil, err
		}
	}
	for part := range slices.Chunk(fresh, batch) {
		if err := insert(ctx, tx, id, part); err != nil {
			return nil, err
		}
	}
	return moved, nil
}

func insert(ctx context.Context, tx *db.Client, id uuid.UUID, people []uuid.UUID) error {
	known, err := tx.Person.Query().Where(person.IDIn(people...)).Count(ctx)
	if err != nil {
		return err
	}
	if known != len(people) {
		return fault.Bad("A member does not exist.", fault.Detail{Field: "members", Message: "no person has this id", Fix: "provision the person first"})
	}
	rows := make([]*db.GroupMemberCreate, 0, len(people))
	for _, p := range people {
		rows = append(rows, tx.GroupMember.Create().SetGroupID(id).SetPersonID(p))
	}
	return tx.GroupMember.CreateBulk(rows...).Exec(ctx)
}

func refuseTaken(ctx context.Context, tx *db.Client, self uuid.UUID, name string) error {
	taken, err := tx.Group.Query().Where(group.NameKey(strings.ToLower(name)), group.IDNEQ(self)).Exist(ctx)
	if err != nil || !taken {
		return err
	}
	clash := fault.Clash("Another group has this name.").WithCode(CodeTaken)
	clash.Details = []fault.Detail{{Field: "displayName", Message: "another group has it", Fix: "find that group with a filter and change it"}}
	return clash
}
