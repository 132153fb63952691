// Package explain answers "may she, and why" and "who can read this", from the
// rules that the check itself uses.
package explain

import (
	"context"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
	"github.com/rung-hr/rung/internal/trust/process"
	"github.com/rung-hr/rung/internal/trust/usecase"
)

// Holders knows who holds roles, and where.
type Holders interface {
	ActorOf(ctx context.Context, p *db.Person) (actor.Person, error)
	HRFor(ctx context.Context, unit uuid.UUID, country string) ([]*db.Person, error)
}

// Service is the use cases.
type Service struct {
	usecase.Base
	holders Holders
}

// New returns the use cases.
func New(b usecase.Base, h Holders) *Service {
	return &Service{Base: b, holders: h}
}

// Question is about one person and one thing.
type Question struct {
	Person   uuid.UUID // uuid.Nil for the actor herself
	Resource access.Resource
	ID       uuid.UUID // the thing; of a person for what is about one
	Action   access.Action
}

// Answer says whether she may, and why.
type Answer struct {
	Person   process.PersonRef `json:"person"`
	Resource string            `json:"resource"`
	Action   string            `json:"action"`
	Allowed  bool              `json:"allowed"`
	Words    string            `json:"words" doc:"the answer in a sentence"`
	Because  []Line            `json:"because" doc:"every right of her roles to the action, granted or not"`
}

// Line is one right of the policy and what became of it.
type Line struct {
	Role     string `json:"role"`
	Relation string `json:"relation"`
	Words    string `json:"words"`
	Stands   bool   `json:"stands" doc:"she stands in the relation"`
	Active   bool   `json:"active" doc:"the state of the thing gives the relation anything"`
}

// May answers a question. Everybody may ask about herself and what she may
// read, HR about the people of her scope, auditors about everybody. A question
// about somebody else stands in the trail, and she reads it there.
func (s *Service) May(ctx context.Context, q Question) (Answer, error) {
	who, err := s.subject(ctx, q)
	if err != nil {
		return Answer{}, err
	}
	t, err := s.thing(ctx, q.Resource, q.ID)
	if err != nil {
		return Answer{}, err
	}
	me := actor.Of(ctx)
	if me.ID != who.ID && !s.mayTellOf(ctx, t) {
		return Answer{}, fault.Missing()
	}
	as, err := s.holders.ActorOf(ctx, who)
	if err != nil {
		return Answer{}, err
	}
	found := t.explain(s.Access, as, q.Action)
	out := Answer{
		Person: process.RefOf(who), Resource: string(q.Resource), Action: string(q.Action),
		Allowed: found.Allowed, Because: []Line{}, Words: sentence(who.Name, found),
	}
	for _, r := range found.Reasons {
		out.Because = append(out.Because, Line{Role: string(r.Role), Relation: string(r.Relation), Words: r.Words, Stands: r.Stands, Active: r.Active})
	}
	if me.ID == who.ID {
		return out, nil
	}
	return out, s.record(ctx, who.ID, q)
}

func sentence(name string, e access.Explanation) string {
	if who := active(e); who != "" {
		return "Yes. " + name + ": " + who + "."
	}
	if len(e.Reasons) == 0 {
		return "No. No role of " + name + " has a right to this, whatever the thing."
	}
	for _, r := range e.Reasons {
		if r.Stands {
			return "Not now. " + r.Words + ": that is " + name + ", but not in the state of today."
		}
	}
	return "No. " + name + " stands in none of the relations that have this right."
}

func active(e access.Explanation) string {
	for _, r := range e.Reasons {
		if r.Gives() {
			return r.Words
		}
	}
	return ""
}

// subject is the person asked about.
func (s *Service) subject(ctx context.Context, q Question) (*db.Person, error) {
	me := actor.Of(ctx)
	if q.Person == uuid.Nil {
		q.Person = me.ID
	}
	p, err := s.Store.Read().Person.Query().Where(person.ID(q.Person)).Only(ctx)
	if err != nil {
		return nil, store.Found(err)
	}
	if !s.Access.CanPerson(ctx, access.Explained, access.Read, access.FactsOf(p)) {
		return nil, fault.Denied("You can ask about yourself, and HR about the people of their scope.")
	}
	return p, nil
}

// mayTellOf reports whether the asker may learn how others stand to the thing:
// who sits on a panel is told to nobody who may not read the seats.
func (s *Service) mayTellOf(ctx context.Context, t thing) bool {
	return t.row == nil || s.Access.May(ctx, access.Explained, access.Read) || s.Access.CanCase(ctx, access.Seats, access.Read, t.caseFacts)
}

func (s *Service) record(ctx context.Context, about uuid.UUID, q Question) error {
	return s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		return s.Trail.Record(ctx, tx, audit.Entry{
			Action: audit.Explained, Resource: string(q.Resource), ID: q.ID, Owner: about, Facts: map[string]string{"action": string(q.Action)},
		})
	})
}
