package promotion

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/casewaiver"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
)

// Waiving is a rule to set aside for the next case of a person.
type Waiving struct {
	Rule   Rule   `json:"rule" enum:"time_in_level,cool_down"`
	Reason string `json:"reason" maxLength:"2000" doc:"the person and their manager read it"`
}

// mayWaive leaves out a person's manager, who could open the case that they waived
// the rule for.
func (s *Service) mayWaive(ctx context.Context, p *db.Person, action access.Action) bool {
	return s.Access.CanPerson(ctx, access.Waivers, action, access.FactsOf(p)) && store.OrZero(p.ManagerID) != actor.Of(ctx).ID
}

// waivable finds a person for whom the actor may waive rules, and holds their row
// until the end of the transaction.
func (s *Service) waivable(ctx context.Context, tx *db.Client, id uuid.UUID, action access.Action) (*db.Person, error) {
	q := tx.Person.Query().Where(person.ID(id), person.StatusEQ(person.StatusActive), s.Access.PersonScope(ctx, access.Waivers, access.Read))
	if s.Store.LocksRows() {
		q.ForUpdate()
	}
	p, err := q.Only(ctx)
	if err != nil {
		return nil, store.Found(err)
	}
	if !s.mayWaive(ctx, p, action) {
		return nil, fault.Denied("Only an HR partner of this person's scope who is not their manager can waive a rule.")
	}
	return p, nil
}

// Waive sets a rule aside for the next case of a person, and returns what now
// stands before it. HR partners may, for the people of their scope, except for
// themselves and their own reports.
//
// It returns an Invalid fault without a reason, a Conflict fault when the rule
// makes nobody wait or is waived already, a NotFound fault for a person whose
// start the actor may not see, and a Forbidden fault to everybody else.
func (s *Service) Waive(ctx context.Context, id uuid.UUID, in Waiving) (Start, error) {
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		p, err := s.waivable(ctx, tx, id, access.Create)
		if err != nil {
			return err
		}
		reason := strings.TrimSpace(in.Reason)
		if reason == "" {
			return fault.Bad("The rule was not waived.", fault.Detail{Pointer: "/reason", Field: "reason", Message: "there is no reason", Fix: "say why this person need not wait"})
		}
		w, err := s.standing(ctx, tx, p)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(w.waits, func(one Wait) bool { return one.Rule == in.Rule })
		switch {
		case at < 0 || w.waits[at].Until == "":
			return fault.Clash("That rule does not make %s wait.", p.Name).WithCode("nothing_to_waive")
		case w.waivers[in.Rule] != nil:
			return fault.Clash("That rule is waived already.").WithCode("waived")
		}
		err = tx.CaseWaiver.Create().SetPersonID(id).SetRule(in.Rule).SetReason(reason).
			SetWaivedByID(actor.Of(ctx).ID).SetWaivedAt(s.Clock.Now()).Exec(ctx)
		if err != nil {
			return err
		}
		return s.Trail.Record(ctx, tx, audit.Entry{
			Action: audit.RuleWaived, Resource: "person", ID: id, Owner: id, Facts: map[string]string{"rule": string(in.Rule)},
		})
	})
	if err != nil {
		return Start{}, err
	}
	return s.Before(ctx, id)
}

// TakeBack ends a waiver that no case has used, and returns what now stands before
// one. The same people may as for Waive.
//
// It returns a Conflict fault for a waiver that was used, a NotFound fault for one
// that does not exist, and the faults of Waive.
func (s *Service) TakeBack(ctx context.Context, id, waiver uuid.UUID) (Start, error) {
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		if _, err := s.waivable(ctx, tx, id, access.Delete); err != nil {
			return err
		}
		row, err := tx.CaseWaiver.Query().Where(casewaiver.ID(waiver), casewaiver.PersonID(id), casewaiver.EndedAtIsNil()).Only(ctx)
		if err != nil {
			return store.Found(err)
		}
		if row.CaseID != nil {
			return fault.Clash("A case was opened with this waiver.").WithCode("waiver_used")
		}
		if err := tx.CaseWaiver.UpdateOne(row).SetEndedAt(s.Clock.Now()).Exec(ctx); err != nil {
			return err
		}
		return s.Trail.Record(ctx, tx, audit.Entry{
			Action: audit.WaiverEnded, Resource: "person", ID: id, Owner: id, Facts: map[string]string{"rule": string(row.Rule)},
		})
	})
	if err != nil {
		return Start{}, err
	}
	return s.Before(ctx, id)
}

// useWaivers ties the waivers that a case needed to it.
func (s *Service) useWaivers(ctx context.Context, tx *db.Client, w standing, waived []Wait, id uuid.UUID) error {
	for _, one := range waived {
		if err := tx.CaseWaiver.UpdateOne(w.waivers[one.Rule]).SetCaseID(id).Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}
