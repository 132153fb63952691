package login

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/session"
	"github.com/rung-hr/rung/internal/actor"
	"github.com/rung-hr/rung/internal/audit"
	"github.com/rung-hr/rung/internal/fault"
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

// Sessions lists the actor's own sessions that have not expired, newest first,
// at most 100.
func (s *Service) Sessions(ctx context.Context) ([]Browser, error) {
	me, ok := actor.From(ctx)
	if !ok {
		return nil, errSignedOut()
	}
	rows, err := s.store.Read().Session.Query().
		Where(session.PersonID(me.ID), session.ExpiresAtGT(s.clock.Now())).
		Order(db.Desc(session.FieldCreatedAt)).Limit(listLimit).All(ctx)
	out := make([]Browser, 0, len(rows))
	for _, r := range rows {
		out = append(out, Browser{
			ID: r.ID, UserAgent: r.UserAgent, CreatedAt: r.CreatedAt, SeenAt: r.SeenAt, ExpiresAt: r.ExpiresAt, Current: r.ID == me.SessionID,
		})
	}
	return out, err
}

// EndSession signs one of the actor's own browsers out.
func (s *Service) EndSession(ctx context.Context, id uuid.UUID) error {
	me, ok := actor.From(ctx)
	if !ok {
		return errSignedOut()
	}
	return s.store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		n, err := tx.Session.Delete().Where(session.ID(id), session.PersonID(me.ID)).Exec(ctx)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.Missing()
		}
		return s.trail.Record(ctx, tx, audit.Entry{Action: audit.SignedOut, Resource: "session", ID: id, Owner: me.ID})
	})
}
