package app

import (
	"context"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/db/predicate"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/jobs"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/roles"
)

// whoIs returns people with their current rights: a job runs with the rights of
// its owner at that time, and not at all if the owner has left.
func (a *App) whoIs(held *roles.Service) jobs.Who {
	return func(ctx context.Context, id uuid.UUID) (actor.Person, error) {
		p, err := a.Store.Read().Person.Query().Where(person.ID(id), person.StatusEQ(person.StatusActive)).Only(ctx)
		if db.IsNotFound(err) {
			return actor.Person{}, fault.Denied("The person who asked for this no longer works here.")
		}
		if err != nil {
			return actor.Person{}, err
		}
		scopes, err := held.Expand(ctx, p.Scopes)
		return actor.Person{ID: p.ID, Name: p.Name, Roles: append([]string{"employee"}, p.Roles...), Scopes: scopes}, err
	}
}

// jobRights gives the queue the rights of the policy: people see and end the jobs
// that they started.
func jobRights(a *access.Service) jobs.Rights {
	scope := func(action access.Action) func(context.Context) predicate.Job {
		return func(ctx context.Context) predicate.Job { return a.JobScope(ctx, action) }
	}
	return jobs.Rights{Read: scope(access.Read), End: scope(access.Delete)}
}
