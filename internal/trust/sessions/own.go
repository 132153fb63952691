package sessions

import (
	"context"
	"strconv"
	"time"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/session"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
)

// Browser is one place where a person is signed in.
type Browser struct {
	ID        uuid.UUID `json:"id"`
	UserAgent string    `json:"userAgent"`
	CreatedAt time.Time `json:"createdAt"`
	SeenAt    time.Time `json:"seenAt"`
	ExpiresAt time.Time `json:"expiresAt"`
	Current   bool      `json:"current"`
}

const listLimit = 100

// List lists the actor's own sessions that have not expired, newest first, at
// most 100. Everybody may list their own; while viewing as somebody else the list
// is empty. It returns a SignedOut fault without an actor.
func (s *Service) List(ctx context.Context) ([]Browser, error) {
	me, err := actor.Require(ctx)
	if err != nil {
		return nil, err
	}
	if me.Viewer != nil {
		return []Browser{}, nil // nobody else may see where a person is signed in
	}
	if !s.Access.CanPerson(ctx, access.Sessions, access.Read, access.PersonFacts{ID: me.ID}) {
		return nil, fault.Missing()
	}
	return s.browsers(ctx, me.ID)
}

func (s *Service) browsers(ctx context.Context, person uuid.UUID) ([]Browser, error) {
	me := actor.Of(ctx)
	rows, err := s.Store.Read().Session.Query().
		Where(session.PersonID(person), session.ExpiresAtGT(s.Clock.Now())).
		WithPerson().Order(db.Desc(session.FieldCreatedAt)).Limit(listLimit).All(ctx)
	out := make([]Browser, 0, len(rows))
	for _, r := range rows {
		out = append(out, Browser{
			ID: r.ID, UserAgent: r.UserAgent, CreatedAt: r.CreatedAt, SeenAt: r.SeenAt,
			ExpiresAt: s.limits.end(r.CreatedAt, r.ExpiresAt, r.Edges.Person.LoginRoles), Current: r.ID == me.SessionID,
		})
	}
	return out, err
}

// End signs a browser out. Everybody may end their own sessions, platform admins
// anybody's. It returns a SignedOut fault without an actor and a NotFound fault
// for a session that the actor may not end.
func (s *Service) End(ctx context.Context, id uuid.UUID) error {
	me, err := actor.Require(ctx)
	if err != nil {
		return err
	}
	one := session.And(session.ID(id), session.PersonID(me.ID))
	if s.Access.May(ctx, access.Sessions, access.Delete) {
		one = session.ID(id)
	}
	return s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		row, err := tx.Session.Query().Where(one).Only(ctx)
		if err != nil {
			return store.Found(err)
		}
		if err := tx.Session.DeleteOne(row).Exec(ctx); err != nil {
			return err
		}
		return s.Trail.Record(ctx, tx, audit.Entry{Action: audit.SignedOut, Resource: "session", ID: id, Owner: row.PersonID})
	})
}

// ListOf lists where a person is signed in, newest first, at most 100. Platform
// admins may ask. It returns a Forbidden fault to everybody else.
func (s *Service) ListOf(ctx context.Context, person uuid.UUID) ([]Browser, error) {
	if err := s.Access.Require(ctx, access.Sessions, access.Read); err != nil {
		return nil, err
	}
	return s.browsers(ctx, person)
}

// EndAllOf signs a person out everywhere. Platform admins may do this. It returns
// a Forbidden fault to everybody else.
func (s *Service) EndAllOf(ctx context.Context, person uuid.UUID) error {
	if err := s.Access.Require(ctx, access.Sessions, access.Delete); err != nil {
		return err
	}
	return s.endAll(ctx, person, uuid.Nil)
}

// EndOthers signs the actor out everywhere else. Everybody may do this. It
// returns a SignedOut fault without an actor.
func (s *Service) EndOthers(ctx context.Context) error {
	me, err := actor.Require(ctx)
	if err != nil {
		return err
	}
	if !s.Access.CanPerson(ctx, access.Sessions, access.Delete, access.PersonFacts{ID: me.ID}) {
		return fault.Missing()
	}
	return s.endAll(ctx, me.ID, me.SessionID)
}

func (s *Service) endAll(ctx context.Context, person, but uuid.UUID) error {
	return s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		n, err := tx.Session.Delete().Where(session.PersonID(person), session.IDNEQ(but)).Exec(ctx)
		if err != nil {
			return err
		}
		return s.Trail.Record(ctx, tx, audit.Entry{
			Action: audit.SessionsEnded, Resource: "person", ID: person, Owner: person, Facts: map[string]string{"sessions": strconv.Itoa(n)},
		})
	})
}
