package reading

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/auditevent"
	"github.com/rung-hr/rung/ent/db/logevaluation"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/db/predicate"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
	"github.com/rung-hr/rung/internal/trust/process"
)

// allowedFor is how long an allowed evaluation can be read.
const allowedFor = 24 * time.Hour

// Purpose is what an auditor wants to find out.
type Purpose struct {
	Purpose string     `json:"purpose" maxLength:"1000" doc:"why, in words that the people concerned may read"`
	About   *uuid.UUID `json:"aboutId,omitempty" doc:"limits it to one person, as reader or as owner; left out: everybody"`
	From    clock.Date `json:"from" format:"date"`
	To      clock.Date `json:"to" format:"date"`
}

// Evaluation is one look at who read what. One person asks for it and another
// allows it.
type Evaluation struct {
	ID        uuid.UUID          `json:"id"`
	Version   int                `json:"version"`
	Purpose   string             `json:"purpose"`
	About     *process.PersonRef `json:"about,omitempty"`
	From      clock.Date         `json:"from"`
	To        clock.Date         `json:"to"`
	State     string             `json:"state" enum:"asked,allowed,refused,over"`
	AskedBy   process.PersonRef  `json:"askedBy"`
	AskedAt   time.Time          `json:"askedAt"`
	DecidedBy *process.PersonRef `json:"decidedBy,omitempty"`
	ExpiresAt *time.Time         `json:"expiresAt,omitempty"`
	CanDecide bool               `json:"canDecide"`
	CanRead   bool               `json:"canRead" doc:"you asked for it and may read it now"`
}

// ETagVersion is the version for If-Match.
func (e Evaluation) ETagVersion() int { return e.Version }

// Evaluations lists all evaluations, newest first: 50 by default, at most 200.
// Auditors and HR partners may list them. It returns an Invalid fault for an
// unknown cursor and a Forbidden fault to everybody else.
func (s *Service) Evaluations(ctx context.Context, cursor string, limit int) ([]Evaluation, string, error) {
	if err := s.Access.Require(ctx, access.Evaluations, access.Read); err != nil {
		return nil, "", err
	}
	after, err := store.ParseCursor(cursor)
	if err != nil {
		return nil, "", err
	}
	q := s.Store.Read().LogEvaluation.Query().Order(db.Desc(logevaluation.FieldID))
	if after.ID != uuid.Nil {
		q.Where(logevaluation.IDLT(after.ID))
	}
	limit = store.Limit(limit)
	rows, err := q.WithAbout().WithAskedBy().WithDecidedBy().Limit(limit + 1).All(ctx)
	if err != nil {
		return nil, "", err
	}
	rows, next := store.Page(rows, limit, func(e *db.LogEvaluation) store.Cursor { return store.Cursor{ID: e.ID} })
	out := make([]Evaluation, 0, len(rows))
	for _, r := range rows {
		out = append(out, s.evaluation(ctx, r))
	}
	return out, next, nil
}

func (s *Service) evaluation(ctx context.Context, r *db.LogEvaluation) Evaluation {
	me := actor.Of(ctx)
	e := Evaluation{
		ID: r.ID, Version: r.Version, Purpose: r.Purpose, From: r.From, To: r.To, State: string(r.State),
		AskedBy: process.RefOf(r.Edges.AskedBy), AskedAt: r.AskedAt, ExpiresAt: r.ExpiresAt,
	}
	if r.Edges.About != nil {
		about := process.RefOf(r.Edges.About)
		e.About = &about
	}
	if r.Edges.DecidedBy != nil {
		by := process.RefOf(r.Edges.DecidedBy)
		e.DecidedBy = &by
	}
	if s.over(r) {
		e.State = "over"
	}
	e.CanDecide = r.State == logevaluation.StateAsked && r.AskedByID != me.ID && s.Access.May(ctx, access.Evaluations, access.Approve)
	e.CanRead = r.State == logevaluation.StateAllowed && !s.over(r) && r.AskedByID == me.ID
	return e
}

func (s *Service) over(r *db.LogEvaluation) bool {
	return r.ExpiresAt != nil && !s.Clock.Now().Before(*r.ExpiresAt)
}

// Ask asks to see who read what. Auditors may ask; another person decides. It
// returns an Invalid fault that names every wrong field, and a Forbidden fault to
// everybody else.
func (s *Service) Ask(ctx context.Context, in Purpose) (Evaluation, error) {
	if err := s.Access.Require(ctx, access.Evaluations, access.Create); err != nil {
		return Evaluation{}, err
	}
	if err := in.check(); err != nil {
		return Evaluation{}, err
	}
	me := actor.Of(ctx)
	var id uuid.UUID
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		if in.About != nil {
			known, err := tx.Person.Query().Where(person.ID(*in.About)).Exist(ctx)
			if err != nil {
				return err
			}
			if !known {
				return fault.Bad("There is no such person.", fault.Detail{Field: "aboutId", Message: "no person has this id"})
			}
		}
		row, err := tx.LogEvaluation.Create().
			SetPurpose(strings.TrimSpace(in.Purpose)).SetNillableAboutID(in.About).SetFrom(in.From).SetTo(in.To).
			SetAskedByID(me.ID).SetAskedAt(s.Clock.Now()).Save(ctx)
		if err != nil {
			return err
		}
		id = row.ID
		return s.Trail.Record(ctx, tx, audit.Entry{Action: audit.EvaluationAsked, Resource: "evaluation", ID: id})
	})
	if err != nil {
		return Evaluation{}, err
	}
	return s.oneEvaluation(ctx, id)
}

func (p Purpose) check() error {
	var wrong []fault.Detail
	if strings.TrimSpace(p.Purpose) == "" {
		wrong = append(wrong, fault.Detail{Field: "purpose", Message: "a purpose is missing", Fix: "Say what you want to find out, and why."})
	}
	for _, day := range []struct {
		field string
		date  clock.Date
	}{{"from", p.From}, {"to", p.To}} {
		if _, err := clock.ParseDate(string(day.date)); err != nil {
			wrong = append(wrong, fault.Detail{Field: day.field, Message: "not a day", Fix: "Write it as 2026-11-23."})
		}
	}
	if len(wrong) == 0 && p.To < p.From {
		wrong = append(wrong, fault.Detail{Field: "to", Message: "the last day is before the first", Fix: "Swap them."})
	}
	if len(wrong) == 0 {
		return nil
	}
	return fault.Bad("The request for an evaluation has errors.", wrong...)
}

func (s *Service) oneEvaluation(ctx context.Context, id uuid.UUID) (Evaluation, error) {
	row, err := s.Store.Read().LogEvaluation.Query().Where(logevaluation.ID(id)).WithAbout().WithAskedBy().WithDecidedBy().Only(ctx)
	if err != nil {
		return Evaluation{}, store.Found(err)
	}
	return s.evaluation(ctx, row), nil
}

// Decide allows an evaluation for a day, or refuses it. Auditors and HR partners
// may decide, but not on what they asked for themselves. It returns a NotFound
// fault when there is no such evaluation, a Stale fault when it has changed, a
// Conflict fault when it was already decided, and a Forbidden fault otherwise.
func (s *Service) Decide(ctx context.Context, id uuid.UUID, version int, allow bool) (Evaluation, error) {
	if err := s.Access.Require(ctx, access.Evaluations, access.Approve); err != nil {
		return Evaluation{}, err
	}
	me := actor.Of(ctx)
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		row, err := tx.LogEvaluation.Get(ctx, id)
		if err != nil {
			return store.Found(err)
		}
		switch {
		case row.Version != version:
			return fault.New(fault.Stale, "Somebody has already decided.")
		case row.State != logevaluation.StateAsked:
			return fault.Clash("This has already been decided.")
		case row.AskedByID == me.ID:
			return fault.Denied("You asked for this. Somebody else must decide.")
		}
		now := s.Clock.Now()
		update := tx.LogEvaluation.UpdateOneID(id).Where(logevaluation.Version(version)).AddVersion(1).SetDecidedByID(me.ID).SetDecidedAt(now)
		if allow {
			update.SetState(logevaluation.StateAllowed).SetExpiresAt(now.Add(allowedFor))
		} else {
			update.SetState(logevaluation.StateRefused)
		}
		if err := store.Stale(update.Exec(ctx)); err != nil {
			return err
		}
		return s.Trail.Record(ctx, tx, audit.Entry{
			Action: audit.EvaluationDecided, Resource: "evaluation", ID: id, Facts: map[string]string{"allowed": map[bool]string{true: "yes", false: "no"}[allow]},
		})
	})
	if err != nil {
		return Evaluation{}, err
	}
	return s.oneEvaluation(ctx, id)
}

// evaluated returns the limits of an allowed evaluation that the actor asked for.
// Each look is recorded.
func (s *Service) evaluated(ctx context.Context, id uuid.UUID) ([]predicate.AuditEvent, error) {
	me := actor.Of(ctx)
	row, err := s.Store.Read().LogEvaluation.Query().
		Where(logevaluation.ID(id), logevaluation.StateEQ(logevaluation.StateAllowed), logevaluation.AskedByID(me.ID)).Only(ctx)
	if err != nil {
		return nil, store.Found(err)
	}
	if s.over(row) {
		return nil, fault.Denied("This evaluation has ended. Ask for a new one.")
	}
	where, err := between(row.From, row.To)
	if err != nil {
		return nil, err
	}
	if row.AboutID != nil {
		where = append(where, auditevent.Or(auditevent.ActorID(*row.AboutID), auditevent.OwnerID(*row.AboutID)))
	}
	return where, s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		return s.Trail.Record(ctx, tx, audit.Entry{Action: audit.EvaluationRead, Resource: "evaluation", ID: id})
	})
}
