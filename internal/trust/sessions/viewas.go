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

// ViewAs lets the actor view Rung as another person: they see only what both may
// see and can change nothing. The person is told. HR partners may do this for the
// active people in their scope. It returns a SignedOut fault without an actor, a
// Conflict fault while already viewing as somebody, a NotFound fault when there
// is no such active person, and a Forbidden fault otherwise.
func (s *Service) ViewAs(ctx context.Context, id uuid.UUID) error {
	me, err := actor.Require(ctx)
	if err != nil {
		return err
	}
	if me.Viewer != nil {
		return fault.Clash("You are already viewing as somebody. Stop that first.")
	}
	return s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		p, err := tx.Person.Query().
			Where(person.ID(id), person.StatusEQ(person.StatusActive), s.Access.PersonScope(ctx, access.People, access.Read)).Only(ctx)
		if err != nil {
			return store.Found(err)
		}
		if !s.Access.CanPerson(ctx, access.People, access.ViewAs, access.FactsOf(p)) {
			return fault.Denied("Your roles do not let you view as this person.")
		}
		if err := tx.Session.UpdateOneID(me.SessionID).SetViewingAsID(id).Exec(ctx); err != nil {
			return err
		}
		return s.Trail.Record(ctx, tx, audit.Entry{Action: audit.ViewedAs, Resource: "person", ID: id, Owner: id})
	})
}

// EndViewAs ends viewing as somebody else; if nobody is viewed it does nothing.
// Everybody may end their own. It returns a SignedOut fault without an actor.
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

// lookingAs returns the viewed person, with the viewer. If that person has left
// in the meantime, it returns the viewer.
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
