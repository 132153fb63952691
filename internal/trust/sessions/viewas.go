package sessions

import (
	"context"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/db/session"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
)

// ViewAs shows the actor Rung as somebody of her scope sees it: what both may
// see, nothing to change. The person reads that it happened. HR may do it.
func (s *Service) ViewAs(ctx context.Context, id uuid.UUID) error {
	me, err := actor.Require(ctx)
	if err != nil {
		return err
	}
	if me.Viewer != nil {
		return fault.Clash("You look as somebody already. Go back first.")
	}
	return s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		p, err := tx.Person.Query().
			Where(person.ID(id), person.StatusEQ(person.StatusActive), s.Access.PersonScope(ctx, access.People, access.Read)).Only(ctx)
		if err != nil {
			return store.Found(err)
		}
		if !s.Access.CanPerson(ctx, access.People, access.ViewAs, access.FactsOf(p)) {
			return fault.Denied("Your roles do not include looking as this person.")
		}
		if err := tx.Session.UpdateOneID(me.SessionID).SetViewingAsID(id).Exec(ctx); err != nil {
			return err
		}
		return s.Trail.Record(ctx, tx, audit.Entry{Action: audit.ViewedAs, Resource: "person", ID: id, Owner: id})
	})
}

// EndViewAs goes back to the actor's own eyes.
func (s *Service) EndViewAs(ctx context.Context) error {
	me, err := actor.Require(ctx)
	if err != nil {
		return err
	}
	if me.Viewer == nil {
		return nil
	}
	return s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		if err := tx.Session.Update().Where(session.ID(me.SessionID)).ClearViewingAsID().Exec(ctx); err != nil {
			return err
		}
		return s.Trail.Record(ctx, tx, audit.Entry{Action: audit.ViewedAsEnded, Resource: "person", ID: me.ID, Owner: me.ID})
	})
}

// lookingAs is the person looked as, with who looks. When she has left in the
// meantime, it is the viewer herself.
func (s *Service) lookingAs(ctx context.Context, viewer actor.Person, id uuid.UUID) (actor.Person, error) {
	p, err := s.Store.Read().Person.Query().Where(person.ID(id), person.StatusEQ(person.StatusActive)).Only(ctx)
	if db.IsNotFound(err) {
		return viewer, nil
	}
	if err != nil {
		return viewer, err
	}
	scopes, err := s.roles.Expand(ctx, p.Scopes)
	return actor.Person{
		ID: p.ID, Name: p.Name, Roles: append([]string{"employee"}, p.Roles...), Scopes: scopes,
		SessionID: viewer.SessionID, AuthenticatedAt: viewer.AuthenticatedAt, Viewer: &viewer,
	}, err
}
