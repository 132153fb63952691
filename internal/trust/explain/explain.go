// Package explain answers "may this person do it, and why" and "who can read
// this" from the same rules as the check itself.
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

// Holders knows who holds which roles, and where.
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
	Person   uuid.UUID // uuid.Nil for the actor
	Resource access.Resource
	ID       uuid.UUID // of the thing, or of the person that it is about
	Action   access.Action
}

// Answer says whether the person may do it, and why.
type Answer struct {
	Person   process.PersonRef `json:"person"`
	Resource string            `json:"resource"`
	Action   string            `json:"action"`
	Allowed  bool              `json:"allowed"`
	Words    string            `json:"words" doc:"the answer in a sentence"`
	Because  []Line            `json:"because" doc:"every right to the action that the person's roles have, whether it applies or not"`
}

// Line is one right in the policy and how it applies.
type Line struct {
	Role     string `json:"role"`
	Relation string `json:"relation"`
	Words    string `json:"words"`
	Stands   bool   `json:"stands" doc:"the relation applies to the person"`
	Active   bool   `json:"active" doc:"the relation counts in the current state of the thing"`
}

// May answers whether a person may do an action to a thing, and why. Everybody
// may ask about themselves and what they may read, HR partners about the people
// in their scope, auditors about everybody. A question about another person is
// recorded, and that person can see it. It returns an Invalid fault for a kind of
// thing that has no readers of its own, a NotFound fault when the actor may not
// know the thing or how others relate to it, and a Forbidden fault otherwise.
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
		return "No. None of the roles of " + name + " includes this action."
	}
	for _, r := range e.Reasons {
		if r.Stands {
			return "Not now. " + r.Words + ": this is " + name + ", but it does not apply in the current state."
		}
	}
	return "No. " + name + " has none of the relations that give this right."
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
		return nil, fault.Denied("You can ask about yourself. HR partners can ask about the people in their scope.")
	}
	return p, nil
}

// mayTellOf reports whether the asker may learn how others relate to the thing:
// only those who may read the seats of a panel learn who sits on it.
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
