package roles

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/db/rolegrant"
	"github.com/rung-hr/rung/ent/db/unit"
	"github.com/rung-hr/rung/ent/schema"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
	"github.com/rung-hr/rung/internal/trust/process"
)

// Asking is a grant that somebody asks for.
type Asking struct {
	PersonID  uuid.UUID   `json:"personId"`
	Role      string      `json:"role" enum:"hr,comp,approver,owner,admin,auditor"`
	Units     []uuid.UUID `json:"units,omitempty" maxItems:"50" doc:"for hr: these units and all units below them; left out: every unit"`
	Countries []string    `json:"countries,omitempty" maxItems:"50" doc:"for hr: ISO codes; left out: every country"`
	Reason    string      `json:"reason" maxLength:"1000"`
	ValidTo   *clock.Date `json:"validTo,omitempty" doc:"the first day on which the role no longer holds"`
}

// Grant is a role that was asked for or given.
type Grant struct {
	ID        uuid.UUID          `json:"id"`
	Version   int                `json:"version"`
	Person    process.PersonRef  `json:"person"`
	Role      string             `json:"role"`
	Scope     string             `json:"scope" doc:"where it holds, in words"`
	Reason    string             `json:"reason"`
	State     string             `json:"state" enum:"asked,granted,refused,ended,expired"`
	AskedBy   process.PersonRef  `json:"askedBy"`
	AskedAt   time.Time          `json:"askedAt"`
	DecidedBy *process.PersonRef `json:"decidedBy,omitempty"`
	DecidedAt *time.Time         `json:"decidedAt,omitempty"`
	ValidTo   *clock.Date        `json:"validTo,omitempty"`
	Group     string             `json:"group,omitempty" doc:"the pushed group that asks for it"`
	CanDecide bool               `json:"canDecide" doc:"you may allow or refuse it"`
	CanEnd    bool               `json:"canEnd"`
}

// ETagVersion is the version for If-Match.
func (g Grant) ETagVersion() int { return g.Version }

const maxReason = 1000

// Ask asks for a role for somebody. Another person decides; until then it gives
// nothing. Platform admins may ask, but not for themselves. It returns an Invalid
// fault that names every wrong field, a Conflict fault when the same role already
// waits for a decision, and a Forbidden fault to everybody else.
func (s *Service) Ask(ctx context.Context, in Asking) (Grant, error) {
	if err := s.Access.Require(ctx, access.RoleGrants, access.Create); err != nil {
		return Grant{}, err
	}
	me := actor.Of(ctx)
	if err := s.askable(me, in); err != nil {
		return Grant{}, err
	}
	var id uuid.UUID
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		if err := s.exists(ctx, tx, in); err != nil {
			return err
		}
		row, err := tx.RoleGrant.Create().
			SetPersonID(in.PersonID).SetRole(in.Role).SetScope(schema.Scope{Units: in.Units, Countries: in.Countries}).
			SetReason(strings.TrimSpace(in.Reason)).SetAskedByID(me.ID).SetAskedAt(s.Clock.Now()).SetNillableValidTo(in.ValidTo).
			Save(ctx)
		if err != nil {
			return err
		}
		id = row.ID
		return s.Trail.Record(ctx, tx, audit.Entry{
			Action: audit.RoleAsked, Resource: "role", ID: id, Owner: in.PersonID, Facts: map[string]string{"role": in.Role},
		})
	})
	if err != nil {
		return Grant{}, err
	}
	return s.one(ctx, id)
}

// askable finds all errors in the fields of a request at once.
func (s *Service) askable(me actor.Person, in Asking) error {
	var wrong []fault.Detail
	add := func(bad bool, field, message, fix string) {
		if bad {
			wrong = append(wrong, fault.Detail{Field: field, Message: message, Fix: fix})
		}
	}
	add(me.ID == in.PersonID, "personId", "you cannot ask for a role for yourself", "Let a colleague ask.")
	known := slices.Contains(access.Roles, access.Role(in.Role)) && in.Role != string(access.Employee)
	add(!known, "role", "this role cannot be given", "Choose hr, comp, approver, owner, admin or auditor.")
	add(strings.TrimSpace(in.Reason) == "", "reason", "a reason is missing", "Say what the person needs the role for.")
	add(utf8.RuneCountInString(in.Reason) > maxReason, "reason", "the reason is longer than 1000 characters", "Shorten it.")
	scoped := len(in.Units)+len(in.Countries) > 0
	add(scoped && in.Role != string(access.HR), "units", "only the role hr can have a scope", "Leave out units and countries.")
	for _, c := range in.Countries {
		add(len(c) != 2 || strings.ToUpper(c) != c, "countries", "not a country code", "Write it as DE.")
	}
	if in.ValidTo != nil {
		day, err := clock.ParseDate(string(*in.ValidTo))
		add(err != nil, "validTo", "not a day", "Write it as 2027-06-30.")
		add(err == nil && day <= clock.DateOf(s.Clock.Now()), "validTo", "the day is not in the future", "Choose a later day.")
	}
	if len(wrong) == 0 {
		return nil
	}
	return fault.Bad("The request for a role has errors.", wrong...)
}

func (s *Service) exists(ctx context.Context, tx *db.Client, in Asking) error {
	active, err := tx.Person.Query().Where(person.ID(in.PersonID), person.StatusEQ(person.StatusActive)).Exist(ctx)
	if err != nil {
		return err
	}
	if !active {
		return fault.Bad("There is no such person.", fault.Detail{Field: "personId", Message: "no active person has this id", Fix: "Choose somebody from the directory."})
	}
	if len(in.Units) > 0 {
		n, err := tx.Unit.Query().Where(unit.IDIn(in.Units...)).Count(ctx)
		if err != nil {
			return err
		}
		if n != len(in.Units) {
			return fault.Bad("There is no such unit.", fault.Detail{Field: "units", Message: "not every unit exists", Fix: "Choose units from the list, each once."})
		}
	}
	twice, err := tx.RoleGrant.Query().
		Where(rolegrant.PersonID(in.PersonID), rolegrant.Role(in.Role), rolegrant.StateEQ(rolegrant.StateAsked)).Exist(ctx)
	if err == nil && twice {
		return fault.Clash("This role has already been asked for and is waiting for a decision.")
	}
	return err
}

// Decide allows or refuses a role that somebody asked for. Platform admins may
// decide, and HR partners whose own scope includes that of the role, except the
// person who asked and the person who would get the role. It returns a NotFound
// fault when there is no such grant, a Stale fault when it has changed, a Conflict
// fault when it was already decided, and a Forbidden fault otherwise.
func (s *Service) Decide(ctx context.Context, id uuid.UUID, version int, allow bool) (Grant, error) {
	reach, err := s.Access.RequireReach(ctx, access.RoleGrants, access.Approve)
	if err != nil {
		return Grant{}, err
	}
	me := actor.Of(ctx)
	state, action := rolegrant.StateRefused, audit.RoleRefused
	if allow {
		state, action = rolegrant.StateGranted, audit.RoleGranted
	}
	return s.change(ctx, id, version, action, func(row *db.RoleGrant, update *db.RoleGrantUpdateOne) error {
		where, err := s.wheres(ctx, []*db.RoleGrant{row})
		if err != nil {
			return err
		}
		switch {
		case !reach.Includes(where[0]):
			return fault.Denied("Somebody must decide this whose own role covers where it would hold.")
		case row.State != rolegrant.StateAsked:
			return fault.Clash("This has already been decided.")
		case row.AskedByID == me.ID:
			return fault.Denied("You asked for this. Somebody else must decide.")
		case row.PersonID == me.ID:
			return fault.Denied("This is about you. Somebody else must decide.")
		}
		update.SetState(state).SetDecidedByID(me.ID).SetDecidedAt(s.Clock.Now())
		return nil
	})
}

// End revokes a granted role at once, or withdraws a request. One platform admin
// may do this alone, because it only takes rights away. It returns a NotFound
// fault when there is no such grant, a Stale fault when it has changed, a
// Conflict fault when it has already ended, and a Forbidden fault to everybody
// else.
func (s *Service) End(ctx context.Context, id uuid.UUID, version int) (Grant, error) {
	if err := s.Access.Require(ctx, access.RoleGrants, access.Delete); err != nil {
		return Grant{}, err
	}
	me := actor.Of(ctx)
	return s.change(ctx, id, version, audit.RoleEnded, func(row *db.RoleGrant, update *db.RoleGrantUpdateOne) error {
		if row.State != rolegrant.StateAsked && row.State != rolegrant.StateGranted {
			return fault.Clash("This has already ended.")
		}
		update.SetState(rolegrant.StateEnded).SetEndedByID(me.ID).SetEndedAt(s.Clock.Now())
		return nil
	})
}

func (s *Service) change(ctx context.Context, id uuid.UUID, version int, action audit.Action, f func(*db.RoleGrant, *db.RoleGrantUpdateOne) error) (Grant, error) {
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		row, err := tx.RoleGrant.Get(ctx, id)
		if err != nil {
			return store.Found(err)
		}
		if row.Version != version {
			return fault.New(fault.Stale, "Somebody has already decided.")
		}
		update := tx.RoleGrant.UpdateOneID(id).Where(rolegrant.Version(version)).AddVersion(1)
		if err := f(row, update); err != nil {
			return err
		}
		if err := store.Stale(update.Exec(ctx)); err != nil {
			return err
		}
		err = s.Trail.Record(ctx, tx, audit.Entry{
			Action: action, Resource: "role", ID: id, Owner: row.PersonID, Facts: map[string]string{"role": row.Role},
		})
		if err != nil {
			return err
		}
		return s.Refresh(ctx, tx, row.PersonID)
	})
	if err != nil {
		return Grant{}, err
	}
	return s.one(ctx, id)
}

// Expire ends the roles whose last day is over. Only the system calls it; it can
// run at any time. It returns no fault of its own.
func (s *Service) Expire(ctx context.Context) error {
	due, err := s.Store.Read().RoleGrant.Query().
		Where(rolegrant.StateEQ(rolegrant.StateGranted), rolegrant.ValidToLTE(clock.DateOf(s.Clock.Now()))).
		All(ctx)
	if err != nil || len(due) == 0 {
		return err
	}
	return s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		for _, row := range due {
			n, err := tx.RoleGrant.Update().Where(rolegrant.ID(row.ID), rolegrant.StateEQ(rolegrant.StateGranted)).
				SetState(rolegrant.StateEnded).SetEndedAt(s.Clock.Now()).AddVersion(1).Save(ctx)
			if err != nil {
				return err
			}
			if n == 0 {
				continue // another machine has ended it
			}
			if err := s.Trail.Record(ctx, tx, audit.Entry{Action: audit.RoleEnded, Resource: "role", ID: row.ID, Owner: row.PersonID, Facts: map[string]string{"role": row.Role}}); err != nil {
				return err
			}
			if err := s.Refresh(ctx, tx, row.PersonID); err != nil {
				return err
			}
		}
		return nil
	})
}
