// Package reading is how people read the audit trail: what happened, who opened
// their own record, and evaluations of who read what, which take two people.
package reading

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/auditevent"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/db/predicate"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
	"github.com/rung-hr/rung/internal/trust/process"
	"github.com/rung-hr/rung/internal/trust/usecase"
)

// Service is the use cases.
type Service struct {
	usecase.Base
	sealer *audit.Sealer
}

// New returns the use cases.
func New(b usecase.Base, sealer *audit.Sealer) *Service {
	return &Service{Base: b, sealer: sealer}
}

// Event is a line of the trail with names for its ids.
type Event struct {
	ID       uuid.UUID          `json:"id"`
	At       time.Time          `json:"at"`
	Action   string             `json:"action"`
	Actor    *process.PersonRef `json:"actor,omitempty" doc:"missing when the system acted"`
	Reason   string             `json:"reason,omitempty" doc:"why the system acted"`
	Resource string             `json:"resource"`
	Thing    *uuid.UUID         `json:"thing,omitempty"`
	Owner    *process.PersonRef `json:"owner,omitempty" doc:"whose data it is"`
	Facts    map[string]string  `json:"facts"`
}

// Filter narrows the trail.
type Filter struct {
	Action     string
	Person     uuid.UUID // as actor or as owner
	From, To   clock.Date
	Evaluation uuid.UUID // an allowed evaluation, to see reads too
	Cursor     string
	Limit      int
}

// List returns the trail, newest first: 50 events by default, at most 200.
// Without an allowed evaluation it leaves out who read whose data. Auditors may
// ask. It returns an Invalid fault for an unknown cursor or a day that does not
// exist, a NotFound fault when the actor has no such allowed evaluation, and a
// Forbidden fault when the evaluation has ended or the actor is no auditor.
func (s *Service) List(ctx context.Context, f Filter) ([]Event, string, error) {
	if err := s.Access.Require(ctx, access.Audit, access.Read); err != nil {
		return nil, "", err
	}
	where, err := s.where(ctx, f)
	if err != nil {
		return nil, "", err
	}
	cursor, err := store.ParseCursor(f.Cursor)
	if err != nil {
		return nil, "", err
	}
	if cursor.ID != uuid.Nil {
		where = append(where, auditevent.IDLT(cursor.ID))
	}
	limit := store.Limit(f.Limit)
	rows, err := s.Store.Read().AuditEvent.Query().Where(where...).Order(db.Desc(auditevent.FieldID)).Limit(limit + 1).All(ctx)
	if err != nil {
		return nil, "", err
	}
	rows, next := store.Page(rows, limit, func(e *db.AuditEvent) store.Cursor { return store.Cursor{ID: e.ID} })
	events, err := s.named(ctx, rows)
	return events, next, err
}

func (s *Service) where(ctx context.Context, f Filter) ([]predicate.AuditEvent, error) {
	me := actor.Of(ctx)
	where := []predicate.AuditEvent{tellable(me)}
	if f.Evaluation == uuid.Nil {
		where = append(where, auditevent.ActionNotIn(audit.Withheld...))
	} else {
		limits, err := s.evaluated(ctx, f.Evaluation)
		if err != nil {
			return nil, err
		}
		where = append(where, limits...)
	}
	if f.Action != "" {
		where = append(where, auditevent.Action(f.Action))
	}
	if f.Person != uuid.Nil {
		where = append(where, auditevent.Or(auditevent.ActorID(f.Person), auditevent.OwnerID(f.Person)))
	}
	days, err := between(f.From, f.To)
	return append(where, days...), err
}

// between matches events from the first day to the last, both included.
func between(from, to clock.Date) ([]predicate.AuditEvent, error) {
	var where []predicate.AuditEvent
	if from != "" {
		day, err := time.Parse(time.DateOnly, string(from))
		if err != nil {
			return nil, badDay("from")
		}
		where = append(where, auditevent.AtGTE(day))
	}
	if to != "" {
		day, err := time.Parse(time.DateOnly, string(to))
		if err != nil {
			return nil, badDay("to")
		}
		where = append(where, auditevent.AtLT(day.AddDate(0, 0, 1)))
	}
	return where, nil
}

func badDay(field string) error {
	return fault.Bad("The day does not exist.", fault.Detail{Field: field, Message: "not a day", Fix: "Write it as 2026-11-23."})
}

// named looks up the people of the events in one query.
func (s *Service) named(ctx context.Context, rows []*db.AuditEvent) ([]Event, error) {
	var ids []uuid.UUID
	for _, e := range rows {
		for _, id := range []*uuid.UUID{e.ActorID, e.OwnerID} {
			if id != nil && !slices.Contains(ids, *id) {
				ids = append(ids, *id)
			}
		}
	}
	people, err := s.people(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := make([]Event, 0, len(rows))
	for _, e := range rows {
		out = append(out, Event{
			ID: e.ID, At: e.At, Action: e.Action, Actor: ref(people, e.ActorID), Reason: e.Reason, Resource: e.Resource,
			Thing: e.ResourceID, Owner: ref(people, e.OwnerID), Facts: orEmpty(e.Facts),
		})
	}
	return out, nil
}

func orEmpty(facts map[string]string) map[string]string {
	if facts == nil {
		return map[string]string{}
	}
	return facts
}

func (s *Service) people(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]*db.Person, error) {
	rows, err := s.Store.Read().Person.Query().Where(person.IDIn(ids...)).All(ctx)
	people := make(map[uuid.UUID]*db.Person, len(rows))
	for _, p := range rows {
		people[p.ID] = p
	}
	return people, err
}

func ref(people map[uuid.UUID]*db.Person, id *uuid.UUID) *process.PersonRef {
	if id == nil || people[*id] == nil {
		return nil
	}
	r := process.RefOf(people[*id])
	return &r
}

// Reading is one time that somebody opened the actor's own record.
type Reading struct {
	Who  process.PersonRef `json:"who"`
	What string            `json:"what"`
	At   time.Time         `json:"at"`
}

// MyReaders lists who opened the actor's own record, newest first: 50 by default,
// at most 200. Everybody may ask about themselves. It returns an Invalid fault
// for an unknown cursor, a SignedOut fault without an actor, and a NotFound fault
// while viewing as somebody else.
func (s *Service) MyReaders(ctx context.Context, cursor string, limit int) ([]Reading, string, error) {
	me, err := actor.Require(ctx)
	if err != nil {
		return nil, "", err
	}
	if me.Viewer != nil || !s.Access.CanPerson(ctx, access.Records, access.Read, access.PersonFacts{ID: me.ID}) {
		return nil, "", fault.Missing()
	}
	after, err := store.ParseCursor(cursor)
	if err != nil {
		return nil, "", err
	}
	limit = store.Limit(limit)
	rows, err := s.Trail.Readers(ctx, s.Store.Read(), me.ID, after.ID, limit+1)
	if err != nil {
		return nil, "", err
	}
	rows, next := store.Page(rows, limit, func(r audit.ReadBy) store.Cursor { return store.Cursor{ID: r.ID} })
	ids := make([]uuid.UUID, 0, len(rows))
	for _, r := range rows {
		ids = append(ids, r.Reader)
	}
	people, err := s.people(ctx, ids)
	out := make([]Reading, 0, len(rows))
	for _, r := range rows {
		who := ref(people, &r.Reader)
		if who == nil {
			who = &process.PersonRef{Name: "A person who has left"}
		}
		out = append(out, Reading{Who: *who, What: r.Action.ToOwner(), At: r.At})
	}
	return out, next, err
}
