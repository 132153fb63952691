package people

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/assessment"
	enthandover "github.com/rung-hr/rung/ent/db/handover"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
	"github.com/rung-hr/rung/internal/trust/process"
)

// CaseOf returns the open promotion case of a person as the actor sees it, or nil
// if there is none that they may see.
type CaseOf func(ctx context.Context, person uuid.UUID) (*OpenCase, error)

// OpenCase is a summary of an open promotion case.
type OpenCase struct {
	ID        uuid.UUID    `json:"id"`
	FromLevel string       `json:"fromLevel"`
	ToLevel   string       `json:"toLevel"`
	State     string       `json:"state" doc:"in plain words"`
	Turn      process.Turn `json:"turn"`
	DueAt     *time.Time   `json:"dueAt"`
	Href      string       `json:"href" doc:"path in the front end"`
}

// Handover is what a new manager takes over with a person. It shows nothing that
// they could not open themselves, and no drafts.
type Handover struct {
	ID           uuid.UUID          `json:"id"`
	Person       process.PersonRef  `json:"person"`
	From         *process.PersonRef `json:"from,omitempty" doc:"the previous manager"`
	On           clock.Date         `json:"on" doc:"the first day on which you manage them"`
	TakenAt      *time.Time         `json:"takenAt" doc:"null until you have taken over"`
	Case         *OpenCase          `json:"case,omitempty"`
	Assessments  []PastAssessment   `json:"assessments" doc:"the last two of both sides, newest first"`
	Designations []Designation      `json:"designations" doc:"newest first"`
}

// PastAssessment names an assessment that both sides have read.
type PastAssessment struct {
	ID         uuid.UUID         `json:"id"`
	Kind       string            `json:"kind" enum:"self,manager"`
	Author     process.PersonRef `json:"author"`
	Cycle      string            `json:"cycle"`
	RevealedAt time.Time         `json:"revealedAt"`
	Href       string            `json:"href" doc:"path in the front end"`
}

// SeeCases tells the service where to find open cases. It is called after New,
// because cases change people.
func (s *Service) SeeCases(see CaseOf) { s.caseOf = see }

// Handover returns what the manager of a person takes over: the newest change
// of manager that they have not taken over, else the newest that they have.
// Only the current manager may call it.
//
// It returns a NotFound fault to everybody else, and where there was no change.
func (s *Service) Handover(ctx context.Context, id uuid.UUID) (Handover, error) {
	p, err := s.Store.Read().Person.Query().Where(person.ID(id), s.Access.PersonScope(ctx, access.Handovers, access.Read)).Only(ctx)
	if err != nil {
		return Handover{}, store.Found(err)
	}
	row, err := newestHandover(ctx, s.Store.Read(), p)
	if err != nil {
		return Handover{}, err
	}
	out := Handover{ID: row.ID, Person: process.RefOf(p), On: row.On, TakenAt: row.TakenAt}
	if from := row.Edges.From; from != nil {
		ref := process.RefOf(from)
		out.From = &ref
	}
	if s.caseOf != nil {
		if out.Case, err = s.caseOf(ctx, id); err != nil {
			return Handover{}, err
		}
	}
	if out.Assessments, err = s.pastAssessments(ctx, id); err != nil {
		return Handover{}, err
	}
	out.Designations, err = s.Designations(ctx, id)
	return out, err
}

// newestHandover finds the change that made the current manager the manager.
func newestHandover(ctx context.Context, client *db.Client, p *db.Person) (*db.Handover, error) {
	mine := client.Handover.Query().Where(enthandover.PersonID(p.ID), enthandover.ToID(store.OrZero(p.ManagerID))).
		WithFrom().Order(db.Desc(enthandover.FieldRecordedAt), db.Desc(enthandover.FieldID))
	row, err := mine.Clone().Where(enthandover.TakenAtIsNil()).First(ctx)
	if db.IsNotFound(err) {
		row, err = mine.First(ctx)
	}
	return row, store.Found(err)
}

// pastAssessments lists the last two that both sides have read, with their
// authors at that time.
func (s *Service) pastAssessments(ctx context.Context, id uuid.UUID) ([]PastAssessment, error) {
	const lastTwoOfBoth = 4
	rows, err := s.Store.Read().Assessment.Query().
		Where(assessment.SubjectID(id), assessment.RevealedAtNotNil(), s.Access.AssessmentScope(ctx, access.Read)).
		WithAuthor().WithCycle().
		Order(db.Desc(assessment.FieldRevealedAt), db.Desc(assessment.FieldCycleID), db.Desc(assessment.FieldKind)).
		Limit(lastTwoOfBoth).All(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]PastAssessment, 0, len(rows))
	for _, a := range rows {
		out = append(out, PastAssessment{
			ID: a.ID, Kind: string(a.Kind), Author: process.RefOf(a.Edges.Author), Cycle: a.Edges.Cycle.Name,
			RevealedAt: *a.RevealedAt, Href: "/assessments/" + a.ID.String(),
		})
	}
	return out, nil
}

// TakeOver notes that the manager of a person has taken over. Only the current
// manager may call it.
//
// It returns a NotFound fault to everybody else, and a Conflict fault when
// there is nothing left to take over.
func (s *Service) TakeOver(ctx context.Context, id uuid.UUID) error {
	return s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		p, err := tx.Person.Query().Where(person.ID(id), s.Access.PersonScope(ctx, access.Handovers, access.Update)).Only(ctx)
		if err != nil {
			return store.Found(err)
		}
		row, err := newestHandover(ctx, tx, p)
		if err != nil {
			return err
		}
		n, err := tx.Handover.Update().
			Where(enthandover.PersonID(id), enthandover.ToID(store.OrZero(p.ManagerID)), enthandover.TakenAtIsNil()).
			SetTakenAt(s.Clock.Now()).Save(ctx)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.Clash("You have already taken over.").WithCode("taken")
		}
		return s.Trail.Record(ctx, tx, audit.Entry{Action: audit.HandoverTaken, Resource: "handover", ID: row.ID, Owner: id})
	})
}
