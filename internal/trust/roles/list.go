package roles

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/db/rolegrant"
	"github.com/rung-hr/rung/ent/db/unit"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/process"
)

// Grants lists what was asked for and given, newest first: 50 by default, at most
// 200. Platform admins, HR partners and auditors may ask. It returns an Invalid
// fault for an unknown cursor and a Forbidden fault to everybody else.
func (s *Service) Grants(ctx context.Context, cursor string, limit int) ([]Grant, string, error) {
	if err := s.Access.Require(ctx, access.RoleGrants, access.Read); err != nil {
		return nil, "", err
	}
	after, err := store.ParseCursor(cursor)
	if err != nil {
		return nil, "", err
	}
	q := s.Store.Read().RoleGrant.Query().Order(db.Desc(rolegrant.FieldID))
	if after.ID != uuid.Nil {
		q.Where(rolegrant.IDLT(after.ID))
	}
	limit = store.Limit(limit)
	rows, err := q.WithPerson().WithAskedBy().WithDecidedBy().Limit(limit + 1).All(ctx)
	if err != nil {
		return nil, "", err
	}
	rows, next := store.Page(rows, limit, func(g *db.RoleGrant) store.Cursor { return store.Cursor{ID: g.ID} })
	out, err := s.views(ctx, rows)
	return out, next, err
}

func (s *Service) one(ctx context.Context, id uuid.UUID) (Grant, error) {
	row, err := s.Store.Read().RoleGrant.Query().Where(rolegrant.ID(id)).WithPerson().WithAskedBy().WithDecidedBy().Only(ctx)
	if err != nil {
		return Grant{}, store.Found(err)
	}
	views, err := s.views(ctx, []*db.RoleGrant{row})
	if err != nil {
		return Grant{}, err
	}
	return views[0], nil
}

func (s *Service) views(ctx context.Context, rows []*db.RoleGrant) ([]Grant, error) {
	me := actor.Of(ctx)
	units, err := s.unitNames(ctx)
	if err != nil {
		return nil, err
	}
	decides := s.Access.Reach(ctx, access.RoleGrants, access.Approve)
	ends := s.Access.May(ctx, access.RoleGrants, access.Delete)
	where, err := s.wheres(ctx, rows)
	if err != nil {
		return nil, err
	}
	out := make([]Grant, 0, len(rows))
	for i, r := range rows {
		g := Grant{
			ID: r.ID, Version: r.Version, Person: process.RefOf(r.Edges.Person), Role: r.Role, Scope: inWords(Held{access.Role(r.Role), r.Scope}, units),
			Reason: r.Reason, Group: r.GroupName, State: string(r.State), AskedBy: process.RefOf(r.Edges.AskedBy), AskedAt: r.AskedAt, DecidedAt: r.DecidedAt, ValidTo: r.ValidTo,
		}
		if r.Edges.DecidedBy != nil {
			by := process.RefOf(r.Edges.DecidedBy)
			g.DecidedBy = &by
		}
		g.CanDecide = r.State == rolegrant.StateAsked && r.AskedByID != me.ID && r.PersonID != me.ID && decides.Includes(where[i])
		g.CanEnd = ends && (r.State == rolegrant.StateAsked || r.State == rolegrant.StateGranted)
		out = append(out, g)
	}
	return out, nil
}

func (s *Service) unitNames(ctx context.Context) (map[uuid.UUID]string, error) {
	rows, err := s.Store.Read().Unit.Query().Select(unit.FieldID, unit.FieldName).All(ctx)
	names := make(map[uuid.UUID]string, len(rows))
	for _, u := range rows {
		names[u.ID] = u.Name
	}
	return names, err
}

// inWords describes where a role holds.
func inWords(h Held, units map[uuid.UUID]string) string {
	if h.Role != access.HR {
		return "The whole company"
	}
	where := []string{}
	for _, u := range h.Scope.Units {
		where = append(where, units[u])
	}
	words := strings.Join(where, ", ")
	in := strings.Join(h.Scope.Countries, ", ")
	switch {
	case words == "" && in == "":
		return "The whole company"
	case words == "":
		return "Everybody in " + in
	case in == "":
		return words + " and below"
	}
	return words + " and below, in " + in
}

// Holder is a person with roles other than employee, with their sources.
type Holder struct {
	Person  process.PersonRef `json:"person"`
	Sources []Source          `json:"sources"`
}

// Source is one role that somebody holds, and what gives it to them.
type Source struct {
	Role    string     `json:"role"`
	Scope   string     `json:"scope"`
	Through string     `json:"through" enum:"sign_in,group,grant"`
	Name    string     `json:"name,omitempty" doc:"of the group"`
	GrantID *uuid.UUID `json:"grantId,omitempty"`
}

const holdersLimit = 500

// Holders lists who holds a role other than employee and through what, by name,
// at most 500. Platform admins, HR partners and auditors may ask. It returns a
// Forbidden fault to everybody else.
func (s *Service) Holders(ctx context.Context) ([]Holder, error) {
	if err := s.Access.Require(ctx, access.RoleGrants, access.Read); err != nil {
		return nil, err
	}
	client := s.Store.Read()
	units, err := s.unitNames(ctx)
	if err != nil {
		return nil, err
	}
	people, err := client.Person.Query().
		Where(person.StatusEQ(person.StatusActive), hasRoles).
		Order(db.Asc(person.FieldNameKey), db.Asc(person.FieldID)).Limit(holdersLimit).All(ctx)
	if err != nil {
		return nil, err
	}
	grants, err := client.RoleGrant.Query().Where(rolegrant.StateEQ(rolegrant.StateGranted), s.inForce()).Order(db.Asc(rolegrant.FieldID)).All(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]Holder, 0, len(people))
	for _, p := range people {
		h := Holder{Person: process.RefOf(p), Sources: []Source{}}
		for _, text := range p.LoginRoles {
			if held, err := parseHeld(text); err == nil {
				h.Sources = append(h.Sources, Source{Role: string(held.Role), Scope: inWords(held, units), Through: "sign_in"})
			}
		}
		for _, g := range grants {
			if g.PersonID == p.ID {
				h.Sources = append(h.Sources, sourceOf(g, units))
			}
		}
		out = append(out, h)
	}
	return out, nil
}

func sourceOf(g *db.RoleGrant, units map[uuid.UUID]string) Source {
	from := Source{Role: g.Role, Scope: inWords(Held{access.Role(g.Role), g.Scope}, units), Through: "grant", GrantID: &g.ID}
	if g.GroupName != "" {
		from.Through, from.Name = "group", g.GroupName
	}
	return from
}

func (s *Service) mapped() []string {
	names := make([]string, 0, len(s.mapping))
	for g := range s.mapping {
		names = append(names, g)
	}
	slices.Sort(names)
	return names
}

// GroupRole is one line of the mapping of groups to roles.
type GroupRole struct {
	Group string `json:"group"`
	Role  string `json:"role"`
	Scope string `json:"scope"`
}

// Preview is what a list of groups would give.
type Preview struct {
	Mapping []GroupRole `json:"mapping" doc:"every entry of the configuration, by group"`
	Gives   []GroupRole `json:"gives"`
	Nothing []string    `json:"nothing" doc:"groups that are not in the mapping, or are spelled differently there"`
	Signed  []string    `json:"roles" doc:"the roles that a person in these groups has after signing in"`
}

// PreviewGroups shows what the groups of a sign-in would give, so that a mapping
// can be tested before it is used. Platform admins, HR partners and auditors may
// ask. It returns an Invalid fault for more than 500 groups and a Forbidden fault
// to everybody else.
func (s *Service) PreviewGroups(ctx context.Context, groups []string) (Preview, error) {
	if err := s.Access.Require(ctx, access.RoleGrants, access.Read); err != nil {
		return Preview{}, err
	}
	if len(groups) > 500 {
		return Preview{}, fault.Bad("Too many groups at once.", fault.Detail{Field: "group", Message: "more than 500", Fix: "Try fewer."})
	}
	out := Preview{Mapping: []GroupRole{}, Gives: []GroupRole{}, Nothing: []string{}, Signed: []string{string(access.Employee)}}
	for _, g := range s.mapped() {
		out.Mapping = append(out.Mapping, groupRole(g, s.mapping[g]))
	}
	for _, g := range groups {
		held, ok := s.mapping[g]
		if !ok {
			out.Nothing = append(out.Nothing, g)
			continue
		}
		out.Gives = append(out.Gives, groupRole(g, held))
		if !slices.Contains(out.Signed, string(held.Role)) {
			out.Signed = append(out.Signed, string(held.Role))
		}
	}
	return out, nil
}

func groupRole(g string, h Held) GroupRole {
	return GroupRole{Group: g, Role: string(h.Role), Scope: inWords(h, nil)}
}
