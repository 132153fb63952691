package library

import (
	"context"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	entassessment "github.com/rung-hr/rung/ent/db/assessment"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/process"
)

// RoleCheck compares a person's work with the shape of their level. Their manager
// may read it, and HR partners may, in their scope; nobody may read their own. It
// returns a NotFound fault to everybody else.
func (s *Service) RoleCheck(ctx context.Context, id uuid.UUID) (ladder.RoleCheck, error) {
	client := s.Store.Read()
	p, err := client.Person.Query().Where(person.ID(id), s.Access.PersonScope(ctx, access.RoleChecks, access.Read)).Only(ctx)
	if err != nil {
		return ladder.RoleCheck{}, store.Found(err)
	}
	facts, err := s.roleFacts(ctx, client, id)
	if err != nil {
		return ladder.RoleCheck{}, err
	}
	published, ok, err := s.StandsOn(ctx, p.UnitID, p.Level)
	if err != nil {
		return ladder.RoleCheck{}, err
	}
	level, _, _ := published.Rubric.Level(p.Level)
	if !ok || level.Shape == nil {
		return ladder.RoleCheck{
			Level: process.LevelRef{Code: p.Level, Title: p.Level}, Fits: true, Facts: []ladder.RoleFact{},
			Words: "The ladder does not say what a role at this level typically looks like.",
		}, nil
	}
	return published.Rubric.RoleCheck(level, facts), nil
}

func (s *Service) roleFacts(ctx context.Context, client *db.Client, id uuid.UUID) (ladder.RoleFacts, error) {
	var f ladder.RoleFacts
	var err error
	if f.Reports, err = client.Person.Query().Where(person.ManagerID(id), person.StatusEQ(person.StatusActive)).Count(ctx); err != nil {
		return f, err
	}
	f.Reviews, err = client.Assessment.Query().Where(
		entassessment.AuthorID(id), entassessment.KindEQ(entassessment.KindManager), entassessment.SubmittedAtGT(s.Clock.Now().AddDate(-1, 0, 0))).Count(ctx)
	return f, err
}
