// Package roles says who holds which role and why: through the groups of a
// sign-in, which the identity provider signs, or through a grant that one person
// asked for and another gave. A group that a program pushes only asks for a role:
// whoever has the program's token could otherwise give themselves any.
package roles

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/db/rolegrant"
	"github.com/rung-hr/rung/ent/schema"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
	"github.com/rung-hr/rung/internal/trust/usecase"
)

// Service is the use cases around roles.
type Service struct {
	usecase.Base
	mapping Mapping
}

// New returns the use cases. The mapping says what groups give.
func New(b usecase.Base, m Mapping) *Service {
	return &Service{Base: b, mapping: m}
}

// Held is a role and where it holds.
type Held struct {
	Role  access.Role
	Scope schema.Scope // of the role hr; empty for the whole company
}

// Mapping says which role a group gives, as group -> role. role:DE/FR limits the
// role hr to some countries.
type Mapping map[string]Held

// ParseMapping reads a mapping from the configuration. It returns all errors at
// once.
func ParseMapping(raw map[string]string) (Mapping, error) {
	m, problems := Mapping{}, []string{}
	for g, text := range raw {
		held, err := parseHeld(text)
		if err != nil {
			problems = append(problems, fmt.Sprintf("%s=%s: %v", g, text, err))
		}
		m[g] = held
	}
	if len(problems) > 0 {
		slices.Sort(problems)
		return nil, fmt.Errorf("RUNG_OIDC_ROLES: %s", strings.Join(problems, "; "))
	}
	return m, nil
}

func parseHeld(text string) (Held, error) {
	role, countries, scoped := strings.Cut(text, ":")
	h := Held{Role: access.Role(role)}
	if !slices.Contains(access.Roles, h.Role) || h.Role == access.Employee {
		return h, fmt.Errorf("there is no role %q that can be given", role)
	}
	if !scoped {
		return h, nil
	}
	if h.Role != access.HR {
		return h, errors.New("only the role hr can be limited to countries")
	}
	for c := range strings.SplitSeq(countries, "/") {
		if len(c) != 2 || strings.ToUpper(c) != c {
			return h, fmt.Errorf("%q is not a country code such as DE", c)
		}
		h.Scope.Countries = append(h.Scope.Countries, c)
	}
	return h, nil
}

// String returns the form that ParseMapping reads.
func (h Held) String() string {
	if len(h.Scope.Countries) == 0 {
		return string(h.Role)
	}
	return string(h.Role) + ":" + strings.Join(h.Scope.Countries, "/")
}

// OfGroups returns what the groups give, as sorted texts without duplicates.
func (s *Service) OfGroups(groups []string) []string {
	out := []string{}
	for _, g := range groups {
		if held, ok := s.mapping[g]; ok && !slices.Contains(out, held.String()) {
			out = append(out, held.String())
		}
	}
	slices.Sort(out)
	return out
}

// SignedIn updates the roles of a person from the groups of a sign-in, removals
// included. Only sign-in calls it, for anybody who may sign in. It returns no
// fault of its own.
func (s *Service) SignedIn(ctx context.Context, tx *db.Client, p *db.Person, groups []string) error {
	fromLogin := s.OfGroups(groups)
	if !slices.Equal(fromLogin, p.LoginRoles) {
		if err := tx.Person.UpdateOneID(p.ID).SetLoginRoles(fromLogin).Exec(ctx); err != nil {
			return err
		}
		p.LoginRoles = fromLogin
	}
	return s.refresh(ctx, tx, p)
}

// Refresh computes the people's roles again from their last sign-in and the grants
// in force today, after it has asked for what their pushed groups give and ended
// what they no longer give. Anybody who may change one of these causes it, in the
// same transaction. It returns no fault of its own.
func (s *Service) Refresh(ctx context.Context, tx *db.Client, ids ...uuid.UUID) error {
	people, err := tx.Person.Query().Where(person.IDIn(ids...)).Order(db.Asc(person.FieldID)).All(ctx)
	if err != nil {
		return err
	}
	for _, p := range people {
		if err := s.refresh(ctx, tx, p); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) refresh(ctx context.Context, tx *db.Client, p *db.Person) error {
	if err := s.followGroups(ctx, tx, p); err != nil {
		return err
	}
	held, err := s.held(ctx, tx, p)
	if err != nil {
		return err
	}
	names, scopes := effective(held)
	if slices.Equal(names, p.Roles) && sameScopes(scopes, p.Scopes) {
		return nil
	}
	if err := tx.Person.UpdateOneID(p.ID).SetRoles(names).SetScopes(scopes).AddVersion(1).Exec(ctx); err != nil {
		return err
	}
	return s.Trail.Record(ctx, tx, audit.Entry{
		Action: audit.RolesChanged, Resource: "person", ID: p.ID, Owner: p.ID,
		Facts: map[string]string{"from": strings.Join(p.Roles, " "), "to": strings.Join(names, " ")},
	})
}

// held lists every role of a person with its scope.
func (s *Service) held(ctx context.Context, tx *db.Client, p *db.Person) ([]Held, error) {
	var out []Held
	for _, text := range p.LoginRoles {
		if h, err := parseHeld(text); err == nil {
			out = append(out, h)
		}
	}
	grants, err := tx.RoleGrant.Query().
		Where(rolegrant.PersonID(p.ID), rolegrant.StateEQ(rolegrant.StateGranted), s.inForce()).
		Order(db.Asc(rolegrant.FieldID)).All(ctx)
	for _, g := range grants {
		out = append(out, Held{Role: access.Role(g.Role), Scope: g.Scope})
	}
	return out, err
}

// effective merges the held roles into sorted role names and the scopes of hr.
func effective(held []Held) (names []string, scopes []schema.Scope) {
	names = []string{}
	for _, h := range held {
		if !slices.Contains(names, string(h.Role)) {
			names = append(names, string(h.Role))
		}
		if h.Role == access.HR {
			scopes = append(scopes, h.Scope)
		}
	}
	slices.Sort(names)
	return names, scopes
}

func sameScopes(a, b []schema.Scope) bool {
	return slices.EqualFunc(a, b, func(x, y schema.Scope) bool {
		return slices.Equal(x.Units, y.Units) && slices.Equal(x.Countries, y.Countries)
	})
}
