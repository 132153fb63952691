package record

import (
	"context"
	"strconv"
	"strings"
	"time"

	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/casewaiver"
	entevidence "github.com/rung-hr/rung/ent/db/evidence"
	"github.com/rung-hr/rung/ent/db/groupmember"
	"github.com/rung-hr/rung/ent/db/identity"
	"github.com/rung-hr/rung/ent/db/itemevidence"
	"github.com/rung-hr/rung/ent/db/legalhold"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/db/session"
	"github.com/rung-hr/rung/ent/db/technologyuse"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
	"github.com/rung-hr/rung/internal/trust/process"
)

// Hold keeps a person's record from being forgotten.
type Hold struct {
	ID       uuid.UUID          `json:"id"`
	Reason   string             `json:"reason"`
	PlacedBy process.PersonRef  `json:"placedBy"`
	PlacedAt time.Time          `json:"placedAt"`
	LiftedBy *process.PersonRef `json:"liftedBy,omitempty"`
	LiftedAt *time.Time         `json:"liftedAt,omitempty"`
}

// Holds lists the legal holds on a person's record, newest first, at most 200. HR
// partners may ask, in their scope. It returns a NotFound fault to everybody
// else.
func (s *Service) Holds(ctx context.Context, id uuid.UUID) ([]Hold, error) {
	if err := s.within(ctx, s.Store.Read(), id, access.Read); err != nil {
		return nil, err
	}
	rows, err := s.Store.Read().LegalHold.Query().Where(legalhold.PersonID(id)).
		WithPlacedBy().WithLiftedBy().Order(db.Desc(legalhold.FieldPlacedAt)).Limit(shownMine).All(ctx)
	out := make([]Hold, 0, len(rows))
	for _, r := range rows {
		h := Hold{ID: r.ID, Reason: r.Reason, PlacedBy: process.RefOf(r.Edges.PlacedBy), PlacedAt: r.PlacedAt, LiftedAt: r.LiftedAt}
		if r.Edges.LiftedBy != nil {
			by := process.RefOf(r.Edges.LiftedBy)
			h.LiftedBy = &by
		}
		out = append(out, h)
	}
	return out, err
}

func (s *Service) within(ctx context.Context, client *db.Client, id uuid.UUID, action access.Action) error {
	known, err := client.Person.Query().Where(person.ID(id), s.Access.PersonScope(ctx, access.Holds, action)).Exist(ctx)
	if err == nil && !known {
		return fault.Missing()
	}
	return err
}

// Place puts a legal hold on a person's record: nothing of it is forgotten until
// the hold is lifted. HR partners may do this, in their scope. It returns the
// person's holds, newest first. It returns an Invalid fault for a reason that is
// empty or longer than 4,000 characters and a NotFound fault to everybody else.
func (s *Service) Place(ctx context.Context, id uuid.UUID, reason string) ([]Hold, error) {
	if err := written("reason", reason, "Say what the record is needed for.", maxReason); err != nil {
		return nil, err
	}
	me := actor.Of(ctx)
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		if err := s.within(ctx, tx, id, access.Create); err != nil {
			return err
		}
		row, err := tx.LegalHold.Create().SetPersonID(id).SetReason(strings.TrimSpace(reason)).SetPlacedByID(me.ID).SetPlacedAt(s.Clock.Now()).Save(ctx)
		if err != nil {
			return err
		}
		return s.Trail.Record(ctx, tx, audit.Entry{Action: audit.HoldPlaced, Resource: "hold", ID: row.ID, Owner: id})
	})
	if err != nil {
		return nil, err
	}
	return s.Holds(ctx, id)
}

// Lift ends a legal hold. HR partners may do this, in their scope. It returns a
// NotFound fault to everybody else and a Conflict fault when the hold has already
// been lifted.
func (s *Service) Lift(ctx context.Context, id uuid.UUID) error {
	me := actor.Of(ctx)
	return s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		row, err := tx.LegalHold.Query().
			Where(legalhold.ID(id), legalhold.HasPersonWith(s.Access.PersonScope(ctx, access.Holds, access.Delete))).Only(ctx)
		if err != nil {
			return store.Found(err)
		}
		if row.LiftedAt != nil {
			return fault.Clash("This hold has already been lifted.")
		}
		if err := tx.LegalHold.UpdateOneID(id).SetLiftedByID(me.ID).SetLiftedAt(s.Clock.Now()).Exec(ctx); err != nil {
			return err
		}
		return s.Trail.Record(ctx, tx, audit.Entry{Action: audit.HoldLifted, Resource: "hold", ID: id, Owner: row.PersonID})
	})
}

const forgetBatch = 100

// Forget makes people anonymous who left more than RetainDays ago and have no
// legal hold. It removes name, addresses, accounts, technologies and evidence
// that nobody else was shown. Texts that decisions rest on stay, without the
// name. Only the system calls it, so nobody may start it; it can run at any time.
// It returns no fault of its own.
func (s *Service) Forget(ctx context.Context) error {
	if s.RetainDays == 0 {
		return nil
	}
	before := clock.DateOf(s.Clock.Now().AddDate(0, 0, -s.RetainDays))
	for {
		due, err := s.Store.Read().Person.Query().
			Where(person.StatusEQ(person.StatusInactive), person.EndedOnLTE(before), person.AnonymisedAtIsNil(), notHeld).
			Order(db.Asc(person.FieldID)).Limit(forgetBatch).IDs(ctx)
		if err != nil || len(due) == 0 {
			return err
		}
		err = s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
			for _, id := range due {
				if err := s.anonymise(ctx, tx, id); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
}

func notHeld(q *sql.Selector) {
	h := sql.Table(legalhold.Table)
	held := sql.Select(h.C(legalhold.FieldPersonID)).From(h).Where(sql.IsNull(h.C(legalhold.FieldLiftedAt)))
	q.Where(sql.NotIn(q.C(person.FieldID), held))
}

func (s *Service) anonymise(ctx context.Context, tx *db.Client, id uuid.UUID) error {
	short := id.String()[len(id.String())-8:]
	name := "Former colleague " + short
	// A hold may have been placed since the list was read.
	n, err := tx.Person.Update().Where(person.ID(id), person.AnonymisedAtIsNil(), notHeld).AddVersion(1).
		SetName(name).SetNameKey([]byte(strings.ToLower(name))).SetEmail(id.String() + "@anonymised.invalid").
		ClearEmployeeNo().ClearUserName().SetExternalID("").SetRoles([]string{}).SetLoginRoles([]string{}).ClearScopes().
		SetGivenName("").SetFamilyName("").SetManagerRef("").ClearManagerRefByID().ClearNotTaken().SetTitle("").SetWorkingHours("").SetAnonymisedAt(s.Clock.Now()).Save(ctx)
	if err != nil || n == 0 {
		return err
	}
	for _, drop := range []func() (int, error){
		func() (int, error) { return tx.Session.Delete().Where(session.PersonID(id)).Exec(ctx) },
		func() (int, error) { return tx.Identity.Delete().Where(identity.PersonID(id)).Exec(ctx) },
		func() (int, error) { return tx.TechnologyUse.Delete().Where(technologyuse.PersonID(id)).Exec(ctx) },
		func() (int, error) {
			return tx.CaseWaiver.Update().Where(casewaiver.PersonID(id)).SetReason("").Save(ctx)
		},
		func() (int, error) { return tx.GroupMember.Delete().Where(groupmember.PersonID(id)).Exec(ctx) },
	} {
		if _, err := drop(); err != nil {
			return err
		}
	}
	n, err = tx.Evidence.Delete().Where(entevidence.PersonID(id), neverShown).Exec(ctx)
	if err != nil {
		return err
	}
	return s.Trail.Record(ctx, tx, audit.Entry{
		Action: audit.PersonAnonymised, Resource: "person", ID: id, Owner: id, Facts: map[string]string{"evidence": strconv.Itoa(n)},
	})
}

// neverShown matches evidence that is attached to no rating; packets keep their
// own copy of what they show.
func neverShown(q *sql.Selector) {
	a := sql.Table(itemevidence.Table)
	q.Where(sql.NotIn(q.C(entevidence.FieldID), sql.Select(a.C(itemevidence.FieldEvidenceID)).From(a)))
}
