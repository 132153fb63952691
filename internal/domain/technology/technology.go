// Package technology is the profile of what people work with: which tools, how
// deep, when last, and what speaks for and against them. A person writes their
// own; their manager reads it.
package technology

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/db/technologyuse"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
	"github.com/rung-hr/rung/internal/trust/process"
	"github.com/rung-hr/rung/internal/trust/usecase"
)

// Service is the use cases of technology profiles.
type Service struct {
	usecase.Base
}

// New returns the use cases.
func New(b usecase.Base) *Service {
	return &Service{Base: b}
}

// MaxUses is the most that one person can describe; more would not be read.
const MaxUses = 200

// Depth says how well somebody knows a technology, by what they did with it.
type Depth string

// These are the depths, the least first.
const (
	Tried      Depth = "tried"      // a course, a spike or a project of their own
	Used       Depth = "used"       // changed what others had built with it
	Production Depth = "production" // built with it and answered for it when it broke
	Expert     Depth = "expert"     // chose it or decided against it; others ask them
)

var depths = []Depth{Tried, Used, Production, Expert}

// Said is what a person says about one technology.
type Said struct {
	Name     string  `json:"name" maxLength:"80" example:"PostgreSQL"`
	Depth    Depth   `json:"depth" enum:"tried,used,production,expert" doc:"tried: a course, a spike, a project of your own; used: changed what others built with it; production: built with it and answered for it; expert: chose it or decided against it, and others ask you"`
	LastUsed *string `json:"lastUsed" required:"false" maxLength:"7" example:"2026-03" doc:"month YYYY-MM; null while it is in use"`
	Stance   string  `json:"stance,omitempty" maxLength:"4000" doc:"what speaks for and against it, and what you would use instead"`
}

// Use is one technology of a profile.
type Use struct {
	ID      uuid.UUID `json:"id"`
	Version int       `json:"version"`
	Said
	SaidOn clock.Date `json:"saidOn" format:"date" doc:"the day on which it was last changed"`
}

// ETagVersion is the version for optimistic locking.
func (u Use) ETagVersion() int { return u.Version }

// Profile is what a person works with.
type Profile struct {
	Person   process.PersonRef `json:"person"`
	Audience process.Audience  `json:"audience" doc:"who can read it"`
	Uses     []Use             `json:"uses" maxItems:"200" doc:"the deepest first, then those in use, then by name"`
}

// Of returns the profile of a person, at most 200 technologies: the deepest
// first, then those in use, then by name. The person and their current manager
// may read it. It runs two statements, however long the profile is. It returns a
// NotFound fault to everybody else.
func (s *Service) Of(ctx context.Context, id uuid.UUID) (Profile, error) {
	p, err := s.Store.Read().Person.Query().
		Where(person.ID(id), s.Access.PersonScope(ctx, access.Technology, access.Read)).WithManager().Only(ctx)
	if err != nil {
		return Profile{}, store.Found(err)
	}
	rows, err := s.Store.Read().TechnologyUse.Query().Where(technologyuse.PersonID(id)).Limit(MaxUses).All(ctx)
	if err != nil {
		return Profile{}, err
	}
	out := Profile{Person: process.RefOf(p), Audience: s.audience(ctx, p), Uses: make([]Use, 0, len(rows))}
	for _, row := range rows {
		out.Uses = append(out.Uses, useOf(row))
	}
	slices.SortFunc(out.Uses, inReadingOrder)
	return out, nil
}

func (s *Service) audience(ctx context.Context, p *db.Person) process.Audience {
	me := actor.Of(ctx)
	cast := access.Cast{access.Self: process.Name(me.ID, p), access.Manager: process.Name(me.ID, p.Edges.Manager)}
	return process.Explain(s.Access.PersonAudience(access.Technology, access.FactsOf(p), cast), "")
}

func inReadingOrder(a, b Use) int {
	if deeper := slices.Index(depths, b.Depth) - slices.Index(depths, a.Depth); deeper != 0 {
		return deeper
	}
	if (a.LastUsed == nil) != (b.LastUsed == nil) {
		return map[bool]int{true: -1, false: 1}[a.LastUsed == nil]
	}
	return strings.Compare(key(a.Name), key(b.Name))
}

func useOf(row *db.TechnologyUse) Use {
	u := Use{
		ID: row.ID, Version: row.Version, SaidOn: clock.DateOf(row.ChangedAt),
		Said: Said{Name: row.Name, Depth: Depth(row.Depth), Stance: row.Stance},
	}
	if row.LastUsed != "" {
		u.LastUsed = &row.LastUsed
	}
	return u
}

// Add adds a technology to the actor's own profile and returns it. Everybody may
// add to their own. It returns an Invalid fault that names every wrong field or a
// technology that is already there, a Conflict fault with code full when the
// profile has 200 technologies, and a Forbidden fault without an actor.
func (s *Service) Add(ctx context.Context, said Said) (Use, error) {
	me, ok := actor.From(ctx)
	if !ok || !s.Access.CanPerson(ctx, access.Technology, access.Create, access.PersonFacts{ID: me.ID}) {
		return Use{}, fault.Denied("Only a signed-in person can describe what they work with.")
	}
	if err := said.check(s.Clock); err != nil {
		return Use{}, err
	}
	var row *db.TechnologyUse
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		if err := s.roomFor(ctx, tx, me.ID, said.Name); err != nil {
			return err
		}
		var err error
		row, err = tx.TechnologyUse.Create().SetPersonID(me.ID).
			SetName(said.Name).SetNameKey(key(said.Name)).SetDepth(technologyuse.Depth(said.Depth)).
			SetLastUsed(said.lastUsed()).SetStance(said.Stance).SetChangedAt(s.Clock.Now()).Save(ctx)
		if err != nil {
			return err
		}
		return s.Trail.Record(ctx, tx, audit.Entry{Action: audit.TechnologyAdded, Resource: "technology", ID: row.ID, Owner: me.ID})
	})
	if err != nil {
		return Use{}, err
	}
	return useOf(row), nil
}

func (s *Service) roomFor(ctx context.Context, tx *db.Client, owner uuid.UUID, name string) error {
	known, err := tx.TechnologyUse.Query().Where(technologyuse.PersonID(owner)).Select(technologyuse.FieldNameKey).Strings(ctx)
	switch {
	case err != nil:
		return err
	case slices.Contains(known, key(name)):
		return twice(name)
	case len(known) >= MaxUses:
		return fault.Clash("A profile holds %d technologies. Remove a less important one.", MaxUses).WithCode("full")
	}
	return nil
}

// Change rewrites what the actor says about one technology; version is the one
// that was read. Everybody may change their own profile. It returns an Invalid
// fault that names every wrong field or a name that is already there, a NotFound
// fault for anybody else's technology, and a Stale fault with the current state
// when the version is older.
func (s *Service) Change(ctx context.Context, id uuid.UUID, version int, said Said) (Use, error) {
	if err := said.check(s.Clock); err != nil {
		return Use{}, err
	}
	mine := technologyuse.HasPersonWith(s.Access.PersonScope(ctx, access.Technology, access.Update))
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		row, err := tx.TechnologyUse.Query().Where(technologyuse.ID(id), mine).Only(ctx)
		if err != nil {
			return store.Found(err)
		}
		if row.Version != version {
			return fault.Outdated(useOf(row))
		}
		taken, err := tx.TechnologyUse.Query().Where(
			technologyuse.PersonID(row.PersonID), technologyuse.NameKey(key(said.Name)), technologyuse.IDNEQ(id)).Exist(ctx)
		if err != nil {
			return err
		}
		if taken {
			return twice(said.Name)
		}
		return s.rewrite(ctx, tx, row, said)
	})
	if err != nil {
		return Use{}, err
	}
	row, err := s.Store.Read().TechnologyUse.Query().Where(technologyuse.ID(id), mine).Only(ctx)
	if err != nil {
		return Use{}, store.Found(err)
	}
	return useOf(row), nil
}

func (s *Service) rewrite(ctx context.Context, tx *db.Client, row *db.TechnologyUse, said Said) error {
	err := tx.TechnologyUse.UpdateOneID(row.ID).
		Where(technologyuse.Version(row.Version), technologyuse.HasPersonWith(s.Access.PersonScope(ctx, access.Technology, access.Update))).AddVersion(1).
		SetName(said.Name).SetNameKey(key(said.Name)).SetDepth(technologyuse.Depth(said.Depth)).
		SetLastUsed(said.lastUsed()).SetStance(said.Stance).SetChangedAt(s.Clock.Now()).Exec(ctx)
	if err := store.Stale(err); err != nil {
		return err
	}
	return s.Trail.Record(ctx, tx, audit.Entry{Action: audit.TechnologyChanged, Resource: "technology", ID: row.ID, Owner: row.PersonID})
}

// Remove removes a technology from the actor's own profile. Everybody may change
// their own profile. It returns a NotFound fault for anybody else's technology.
func (s *Service) Remove(ctx context.Context, id uuid.UUID) error {
	mine := technologyuse.HasPersonWith(s.Access.PersonScope(ctx, access.Technology, access.Delete))
	return s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		row, err := tx.TechnologyUse.Query().Where(technologyuse.ID(id), mine).Only(ctx)
		if err != nil {
			return store.Found(err)
		}
		if _, err := tx.TechnologyUse.Delete().Where(technologyuse.ID(id), mine).Exec(ctx); err != nil {
			return err
		}
		return s.Trail.Record(ctx, tx, audit.Entry{Action: audit.TechnologyRemoved, Resource: "technology", ID: id, Owner: row.PersonID})
	})
}
