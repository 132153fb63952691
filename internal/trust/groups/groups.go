// Package groups holds the groups that an identity provider pushes. The members
// of a group get the role that the configuration gives to the group's name.
package groups

import (
	"bytes"
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/group"
	"github.com/rung-hr/rung/ent/db/groupmember"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/platform/text"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
	"github.com/rung-hr/rung/internal/trust/usecase"
)

// Roles computes people's roles again, in the transaction that changed their
// groups.
type Roles interface {
	// Gives says whether the members of a group get a role.
	Gives(group string) bool
	Refresh(ctx context.Context, tx *db.Client, ids ...uuid.UUID) error
}

// Service is the use cases around groups.
type Service struct {
	usecase.Base
	roles Roles
}

// New returns the use cases.
func New(b usecase.Base, r Roles) *Service {
	return &Service{Base: b, roles: r}
}

// Group is a group with its members.
type Group struct {
	ID         uuid.UUID
	Name       string
	ExternalID string
	Members    []Member // nil when not asked for
	CreatedAt  time.Time
	UpdatedAt  time.Time
	Version    int
}

// Member is a person in a group.
type Member struct {
	ID   uuid.UUID
	Name string // ignored when writing
}

// Filter selects groups; empty fields select all.
type Filter struct {
	ID          *uuid.UUID
	Name        string
	NamePrefix  string
	ExternalID  string
	Member      *uuid.UUID
	WithMembers bool
	Sort        string // displayName or externalId; anything else is the oldest first
	Descending  bool
	Skip, Count int
}

// CodeTaken is the code of the Conflict with a group of the same name.
const CodeTaken = "uniqueness"

const batch = 1000

// Get returns one group, with its members if asked. Platform admins may ask, and
// so may provisioning. It returns a NotFound fault when there is no such group
// and a Forbidden fault otherwise.
func (s *Service) Get(ctx context.Context, id uuid.UUID, members bool) (Group, error) {
	list, _, err := s.List(ctx, Filter{ID: &id, WithMembers: members, Count: 1})
	if err != nil {
		return Group{}, err
	}
	if len(list) == 0 {
		return Group{}, fault.Missing()
	}
	return list[0], nil
}

// List returns groups, the oldest first, at most f.Count, and how many match in
// all. Platform admins may ask, and so may provisioning. It returns a Forbidden
// fault to everybody else.
func (s *Service) List(ctx context.Context, f Filter) ([]Group, int, error) {
	if err := s.Access.Require(ctx, access.RoleGrants, access.Create); err != nil {
		return nil, 0, err
	}
	q := s.Store.Read().Group.Query()
	f.apply(q)
	total, err := q.Clone().Count(ctx)
	if err != nil || f.Count == 0 {
		return nil, total, err
	}
	rows, err := q.Order(f.order()...).Offset(f.Skip).Limit(f.Count).All(ctx)
	if err != nil {
		return nil, 0, err
	}
	out := make([]Group, 0, len(rows))
	for _, g := range rows {
		out = append(out, groupOf(g))
	}
	if f.WithMembers {
		err = addMembers(ctx, s.Store.Read(), out)
	}
	return out, total, err
}

func (f Filter) apply(q *db.GroupQuery) {
	if f.ID != nil {
		q.Where(group.ID(*f.ID))
	}
	if f.Name != "" {
		q.Where(group.NameKey(strings.ToLower(f.Name)))
	}
	if f.NamePrefix != "" {
		q.Where(group.NameKeyHasPrefix(strings.ToLower(f.NamePrefix)))
	}
	if f.ExternalID != "" {
		q.Where(group.ExternalID(f.ExternalID))
	}
	if f.Member != nil {
		q.Where(hasMember(*f.Member))
	}
}

// order sorts by the field, and by age where it is the same.
func (f Filter) order() []group.OrderOption {
	by := map[string]string{"displayName": group.FieldNameKey, "externalId": group.FieldExternalID}[f.Sort]
	if by == "" {
		by = group.FieldID
	}
	if f.Descending {
		return []group.OrderOption{db.Desc(by), db.Asc(group.FieldID)}
	}
	return []group.OrderOption{db.Asc(by), db.Asc(group.FieldID)}
}

func groupOf(g *db.Group) Group {
	return Group{ID: g.ID, Name: g.Name, ExternalID: g.ExternalID, CreatedAt: g.CreatedAt, UpdatedAt: g.UpdatedAt, Version: g.Version}
}

func addMembers(ctx context.Context, client *db.Client, list []Group) error {
	at := map[uuid.UUID]int{}
	for i := range list {
		at[list[i].ID] = i
		list[i].Members = []Member{}
	}
	rows, err := client.GroupMember.Query().Where(groupmember.GroupIDIn(slices.Collect(maps.Keys(at))...)).
		Order(db.Asc(groupmember.FieldID)).All(ctx)
	if err != nil {
		return err
	}
	name, err := namesOf(ctx, client, rows)
	for _, m := range rows {
		i := at[m.GroupID]
		list[i].Members = append(list[i].Members, Member{ID: m.PersonID, Name: name[m.PersonID]})
	}
	return err
}

func namesOf(ctx context.Context, client *db.Client, rows []*db.GroupMember) (map[uuid.UUID]string, error) {
	name := map[uuid.UUID]string{}
	for part := range slices.Chunk(rows, batch) {
		ids := make([]uuid.UUID, 0, len(part))
		for _, m := range part {
			ids = append(ids, m.PersonID)
		}
		people, err := client.Person.Query().Where(person.IDIn(ids...)).Select(person.FieldID, person.FieldName).All(ctx)
		if err != nil {
			return nil, err
		}
		for _, p := range people {
			name[p.ID] = p.Name
		}
	}
	return name, nil
}

// Add makes a group and gives its members their roles. Platform admins may add,
// and so may provisioning. It returns an Invalid fault that names every wrong
// field or an unknown member, a Conflict fault with code "uniqueness" when
// another group has the name, and a Forbidden fault otherwise.
func (s *Service) Add(ctx context.Context, g Group) (Group, error) {
	if err := s.Access.Require(ctx, access.RoleGrants, access.Create); err != nil {
		return Group{}, err
	}
	if err := g.check(); err != nil {
		return Group{}, err
	}
	var id uuid.UUID
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		if err := refuseTaken(ctx, tx, uuid.Nil, g.Name); err != nil {
			return err
		}
		now := s.Clock.Now()
		row, err := tx.Group.Create().SetName(g.Name).SetNameKey(strings.ToLower(g.Name)).SetExternalID(g.ExternalID).
			SetCreatedAt(now).SetUpdatedAt(now).Save(ctx)
		if err != nil {
			return err
		}
		id = row.ID
		moved, err := setMembers(ctx, tx, id, nil, g.Members)
		if err != nil {
			return err
		}
		if err := s.record(ctx, tx, audit.GroupAdded, id, len(moved)); err != nil {
			return err
		}
		return s.refresh(ctx, tx, moved, g.Name)
	})
	if err != nil {
		return Group{}, err
	}
	return s.Get(ctx, id, true)
}

// Change replaces a group with what edit returns, in one transaction with the
// roles that follow from it. Edit can run more than once. Platform admins may
// change, and so may provisioning. It returns a NotFound fault when there is no
// such group, otherwise the faults of Add and of edit.
func (s *Service) Change(ctx context.Context, id uuid.UUID, edit func(Group) (Group, error)) (Group, error) {
	if err := s.Access.Require(ctx, access.RoleGrants, access.Create); err != nil {
		return Group{}, err
	}
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		// The write comes first, so that changes of one group wait for each other.
		if n, err := tx.Group.Update().Where(group.ID(id)).AddVersion(1).Save(ctx); err != nil || n == 0 {
			return orMissing(err)
		}
		row, err := tx.Group.Get(ctx, id)
		if err != nil {
			return err
		}
		was := []Group{groupOf(row)}
		if err := addMembers(ctx, tx, was); err != nil {
			return err
		}
		now, err := edit(was[0])
		if err != nil {
			return err
		}
		return s.write(ctx, tx, was[0], now)
	})
	if err != nil {
		return Group{}, err
	}
	return s.Get(ctx, id, true)
}

func (s *Service) write(ctx context.Context, tx *db.Client, was, now Group) error {
	if err := now.check(); err != nil {
		return err
	}
	if err := refuseTaken(ctx, tx, was.ID, now.Name); err != nil {
		return err
	}
	err := tx.Group.UpdateOneID(was.ID).SetName(now.Name).SetNameKey(strings.ToLower(now.Name)).
		SetExternalID(now.ExternalID).SetUpdatedAt(s.Clock.Now()).Exec(ctx)
	if err != nil {
		return err
	}
	moved, err := setMembers(ctx, tx, was.ID, was.Members, now.Members)
	if err != nil {
		return err
	}
	if err := s.record(ctx, tx, audit.GroupChanged, was.ID, len(moved)); err != nil {
		return err
	}
	if was.Name != now.Name { // another name can give everybody another role
		for _, m := range now.Members {
			moved[m.ID] = true
		}
	}
	return s.refresh(ctx, tx, moved, was.Name, now.Name)
}

// Delete removes a group and the roles that it gave. Platform admins may delete,
// and so may provisioning. It returns a NotFound fault when there is no such
// group and a Forbidden fault otherwise.
func (s *Service) Delete(ctx context.Context, id uuid.UUID) error {
	if err := s.Access.Require(ctx, access.RoleGrants, access.Create); err != nil {
		return err
	}
	return s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		row, err := tx.Group.Get(ctx, id)
		if err != nil {
			return store.Found(err)
		}
		was := []Group{groupOf(row)}
		if err := addMembers(ctx, tx, was); err != nil {
			return err
		}
		if _, err := tx.GroupMember.Delete().Where(groupmember.GroupID(id)).Exec(ctx); err != nil {
			return err
		}
		if n, err := tx.Group.Delete().Where(group.ID(id)).Exec(ctx); err != nil || n == 0 {
			return orMissing(err)
		}
		if err := s.record(ctx, tx, audit.GroupDeleted, id, len(was[0].Members)); err != nil {
			return err
		}
		moved := map[uuid.UUID]bool{}
		for _, m := range was[0].Members {
			moved[m.ID] = true
		}
		return s.refresh(ctx, tx, moved, row.Name)
	})
}

func orMissing(err error) error {
	if err == nil {
		err = fault.Missing()
	}
	return err
}

func (s *Service) record(ctx context.Context, tx *db.Client, a audit.Action, id uuid.UUID, moved int) error {
	return s.Trail.Record(ctx, tx, audit.Entry{Action: a, Resource: "group", ID: id, Facts: map[string]string{"members": strconv.Itoa(moved)}})
}

// refresh computes the roles of those whose membership changed, if a name of the
// group gives one: most groups give none, and they can be large.
func (s *Service) refresh(ctx context.Context, tx *db.Client, moved map[uuid.UUID]bool, names ...string) error {
	if !slices.ContainsFunc(names, s.roles.Gives) {
		return nil
	}
	ids := slices.SortedFunc(maps.Keys(moved), func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) })
	for part := range slices.Chunk(ids, batch) {
		if err := s.roles.Refresh(ctx, tx, part...); err != nil {
			return err
		}
	}
	return nil
}

func (g *Group) check() error {
	g.Name, g.ExternalID = strings.TrimSpace(g.Name), strings.TrimSpace(g.ExternalID)
	var bad []fault.Detail
	for _, f := range []struct{ name, value string }{{"displayName", g.Name}, {"externalId", g.ExternalID}} {
		if flaw := text.InvisibleInName(f.value); flaw != "" && text.Flaw(f.value) == "" && strings.IndexFunc(f.value, unicode.IsControl) < 0 {
			bad = append(bad, fault.Detail{Field: f.name, Message: flaw, Fix: text.FixInvisible})
			continue
		}
		if text.Longer(f.value, 200) || text.Flaw(f.value) != "" || strings.IndexFunc(f.value, unicode.IsControl) >= 0 {
			bad = append(bad, fault.Detail{Field: f.name, Message: "it is too long or has characters that cannot be displayed", Fix: "send at most 200 plain characters"})
		}
	}
	if g.Name == "" {
		bad = append(bad, fault.Detail{Field: "displayName", Message: "it is missing", Fix: "send it"})
	}
	if len(bad) > 0 {
		return fault.Bad("The group has errors.", bad...)
	}
	return nil
}
