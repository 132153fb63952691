package promotion

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/ballot"
	"github.com/rung-hr/rung/ent/db/decision"
	"github.com/rung-hr/rung/ent/db/panelseat"
	"github.com/rung-hr/rung/ent/db/promotioncase"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/audit"
)

const (
	reviewDays  = 14 // for the manager review, and for changes after it
	votingDays  = 14 // the default if the person who opens the vote gives no deadline
	tellingDays = 7
	day         = 24 * time.Hour
)

// Moving is a step that somebody takes.
type Moving struct {
	Action string     `json:"action" enum:"hand_over,request_changes,submit,withdraw,open_vote,communicate"`
	DueAt  *time.Time `json:"dueAt,omitempty" doc:"for open_vote: when the vote closes"`
}

// Move takes one step of the state machine and returns the case. Each step has
// its own right: the candidate may hand the packet over and withdraw, the
// manager may ask for changes, submit and communicate, HR partners and the
// chair may open the vote. A vote whose deadline has passed is closed first.
//
// It returns an Invalid fault for a step that does not exist and with
// everything that the packet lacks, a Conflict fault with the code
// "wrong_state" for a step that the state does not allow, a Stale fault with
// the current case, a NotFound fault for a case that the actor may not see, and
// a Forbidden fault to everybody else.
func (s *Service) Move(ctx context.Context, id uuid.UUID, version int, in Moving) (Case, error) {
	st, ok := stepOf(Move(in.Action))
	if !ok {
		return Case{}, fault.Bad("There is no such step.", fault.Detail{Pointer: "/action", Message: in.Action, Fix: "Use one of the actions of the case."})
	}
	if err := s.settle(ctx, id); err != nil {
		return Case{}, err
	}
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error { return s.move(ctx, tx, id, version, st, in) })
	return store.Current(err, func() (Case, error) { return s.Get(ctx, id) })
}

func (s *Service) move(ctx context.Context, tx *db.Client, id uuid.UUID, version int, st step, in Moving) error {
	l, err := s.head(ctx, tx, id, st.resource, st.action)
	if err != nil {
		return err
	}
	if l.row.Version != version {
		return fault.Outdated(nil)
	}
	if !inState(l.row.State, st.from...) {
		return fault.Clash("That step is not open in %s.", wordsFor(l.row.State, false)).WithCode("wrong_state")
	}
	if l, err = s.full(ctx, tx, l); err != nil {
		return err
	}
	update := tx.PromotionCase.UpdateOneID(id).Where(promotioncase.Version(version)).AddVersion(1).SetState(st.to)
	if err := s.effects(ctx, tx, l, st, in, update); err != nil {
		return err
	}
	return s.record(ctx, tx, l, update, st.to)
}

func (s *Service) record(ctx context.Context, tx *db.Client, l loaded, update *db.PromotionCaseUpdateOne, to State) error {
	if err := store.Stale(update.Exec(ctx)); err != nil {
		return err
	}
	if inState(to, closed...) {
		if err := forgetNotes(ctx, tx, l.row.ID); err != nil {
			return err
		}
	}
	return s.Trail.Record(ctx, tx, audit.Entry{
		Action: audit.CaseMoved, Resource: "case", ID: l.row.ID, Owner: l.row.PersonID,
		Facts: map[string]string{"from": string(l.row.State), "to": string(to)},
	})
}

// forgetNotes deletes the private notes of a panel, as the ballot promises.
func forgetNotes(ctx context.Context, tx *db.Client, id uuid.UUID) error {
	panel := actor.AsSystem(ctx, "the notes of a closed case")
	return tx.Ballot.Update().Where(ballot.CaseID(id), ballot.NotesNEQ("")).SetNotes("").Exec(panel)
}

// effects is what a step does in addition to changing the state.
func (s *Service) effects(ctx context.Context, tx *db.Client, l loaded, st step, in Moving, update *db.PromotionCaseUpdateOne) error {
	now := s.Clock.Now()
	switch st.move {
	case HandOver:
		if l.row.Edges.Person.ManagerID == nil {
			return fault.Clash("You have no manager yet. HR must name one first.")
		}
		update.SetDueAt(now.Add(reviewDays * day))
		if l.row.HandedOverAt == nil {
			update.SetHandedOverAt(now)
		}
		return ready(unmet(l, "candidate"))
	case RequestChanges:
		update.SetDueAt(now.Add(reviewDays * day))
		return nil
	case Submit:
		if err := sameLevel(l); err != nil {
			return err
		}
		if err := ready(append(unmet(l, "candidate"), unmet(l, "manager")...)); err != nil {
			return err
		}
		update.SetSubmittedAt(now).SetDueAt(now.Add(reviewDays * day))
		hash, err := s.freeze(ctx, tx, l)
		if err != nil {
			return err
		}
		return s.Trail.Record(ctx, tx, audit.Entry{
			Action: audit.PacketFrozen, Resource: "case", ID: l.row.ID, Owner: l.row.PersonID, Facts: map[string]string{"hash": hash},
		})
	case OpenVote:
		if err := sameLevel(l); err != nil {
			return err
		}
		return s.openVote(l, in, update)
	case Communicate:
		return s.communicate(ctx, tx, l, update)
	case Withdraw:
		update.SetWithdrawnAt(now).ClearDueAt()
		return nil
	default:
		return fmt.Errorf("promotion: the step %s has no effects", st.move)
	}
}

// sameLevel refuses to go on with a case whose candidate has another level by now:
// its packet and its decision would answer a question that nobody asks any more. A
// code that the case's ladder lacks is the same level under a newer name.
func sameLevel(l loaded) error {
	now := l.row.Edges.Person.Level
	if _, _, known := l.doc.Level(now); known && now != l.row.FromLevel {
		return fault.Clash("%s holds %s by now, and the case started from %s. Withdraw it and open a new one.",
			l.row.Edges.Person.Name, now, l.row.FromLevel).WithCode("level_changed")
	}
	return nil
}

// ready turns everything that is missing into one refusal.
func ready(missing []Check) error {
	if len(missing) == 0 {
		return nil
	}
	details := make([]fault.Detail, 0, len(missing))
	for _, c := range missing {
		details = append(details, fault.Detail{Pointer: "/sections/" + c.SectionKey, Field: c.SectionKey, Message: c.Text + ".", Fix: "Open the section and complete it."})
	}
	return fault.Bad(fmt.Sprintf("%d things are missing first.", len(missing)), details...)
}

func (s *Service) openVote(l loaded, in Moving, update *db.PromotionCaseUpdateOne) error {
	now, seated, chairs := s.Clock.Now(), 0, 0
	for _, seat := range l.seats {
		if seat.State != panelseat.StateSeated {
			continue
		}
		seated++
		if seat.Chair {
			chairs++
		}
	}
	if seated < leastQuorum || chairs != 1 {
		return fault.Clash("The panel needs five seats and one of them as chair; it has %d and %d.", seated, chairs).WithCode("panel_incomplete")
	}
	closes := now.Add(votingDays * day)
	if in.DueAt != nil {
		closes = in.DueAt.UTC().Truncate(time.Second)
	}
	if !closes.After(now) {
		return fault.Bad("The vote cannot close in the past.", fault.Detail{Pointer: "/dueAt", Message: "It is in the past.", Fix: "Choose a later time."})
	}
	if l.row.VoteOpenedAt == nil {
		update.SetVoteOpenedAt(now)
	}
	update.SetVoteClosesAt(closes).SetDueAt(closes)
	return nil
}

// communicate tells the candidate. If the date of an approved level has come, it
// takes effect at once.
func (s *Service) communicate(ctx context.Context, tx *db.Client, l loaded, update *db.PromotionCaseUpdateOne) error {
	now := s.Clock.Now()
	update.SetCommunicatedAt(now).ClearDueAt()
	d, err := tx.Decision.Query().Where(decision.CaseID(l.row.ID)).Only(ctx)
	if err != nil {
		return err
	}
	if d.Outcome != decision.OutcomeApproved || *d.EffectiveOn > clock.DateOf(now) {
		return nil
	}
	update.SetState(Effective).SetEffectiveAt(now)
	return s.promote(ctx, tx, l.row, *d.EffectiveOn)
}

// Promotion is a level that a decision gives.
type Promotion struct {
	Person        uuid.UUID
	Level         string
	Track         string
	LadderVersion uuid.UUID
	On            clock.Date
}

// Tx is the client of the caller's transaction.
type Tx = *db.Client

func (s *Service) promote(ctx context.Context, tx *db.Client, row *db.PromotionCase, on clock.Date) error {
	return s.levels.Promote(ctx, tx, Promotion{Person: row.PersonID, Level: row.ToLevel, Track: row.ToTrack, LadderVersion: row.LadderVersionID, On: on})
}

// Sweep does what time alone brings: it closes votes whose deadline has passed
// and puts approved levels into effect on their date. Only the schedule may
// call it, at any time, any number of times, on any number of machines. It
// returns no fault of its own.
func (s *Service) Sweep(ctx context.Context) error {
	now := s.Clock.Now()
	due, err := s.Store.Read().PromotionCase.Query().
		Where(promotioncase.StateEQ(BlindVote), promotioncase.VoteClosesAtLTE(now)).IDs(ctx)
	if err != nil {
		return err
	}
	for _, id := range due {
		if err := s.closeVote(ctx, id); err != nil {
			return err
		}
	}
	effective, err := s.Store.Read().PromotionCase.Query().
		Where(promotioncase.StateEQ(Communicated), promotioncase.EffectiveOnLTE(clock.DateOf(now))).IDs(ctx)
	if err != nil {
		return err
	}
	for _, id := range effective {
		if err := s.takeEffect(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) takeEffect(ctx context.Context, id uuid.UUID) error {
	return s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		row, err := tx.PromotionCase.Get(ctx, id)
		if err != nil {
			return err
		}
		n, err := tx.PromotionCase.Update().
			Where(promotioncase.ID(id), promotioncase.StateEQ(Communicated)).
			SetState(Effective).SetEffectiveAt(s.Clock.Now()).AddVersion(1).
			Save(ctx)
		if err != nil || n == 0 {
			return err
		}
		if err := s.promote(ctx, tx, row, *row.EffectiveOn); err != nil {
			return err
		}
		return s.Trail.Record(ctx, tx, audit.Entry{
			Action: audit.CaseMoved, Resource: "case", ID: id, Owner: row.PersonID,
			Facts: map[string]string{"from": string(Communicated), "to": string(Effective)},
		})
	})
}

func trimmed(s string) string { return strings.TrimSpace(s) }
