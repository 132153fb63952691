// Package record is what a person can ask of those who keep her record: a copy
// of it, a correction beside it, and that it is forgotten when its time is over
// and no legal hold is on it.
package record

import (
	"context"

	"github.com/rung-hr/rung/internal/trust/usecase"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/internal/domain/assessment"
	"github.com/rung-hr/rung/internal/domain/compensation"
	"github.com/rung-hr/rung/internal/domain/evidence"
	"github.com/rung-hr/rung/internal/domain/people"
	"github.com/rung-hr/rung/internal/domain/promotion"
	"github.com/rung-hr/rung/internal/domain/technology"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/jobs"
	"github.com/rung-hr/rung/internal/trust/access"
)

// The sources of a copy: views that are written for their reader, so that a
// copy never holds more than the screens show.
type (
	// Profiles gives a person with her history.
	Profiles interface {
		Get(ctx context.Context, id uuid.UUID) (people.Profile, error)
	}
	// Assessments gives assessments that the reader may read.
	Assessments interface {
		Get(ctx context.Context, id uuid.UUID) (assessment.Assessment, error)
	}
	// Cases gives promotion cases as the reader sees them.
	Cases interface {
		Get(ctx context.Context, id uuid.UUID) (promotion.Case, error)
	}
	// Pay gives the reader's own pay.
	Pay interface {
		MyPay(ctx context.Context) ([]compensation.OwnPay, error)
	}
	// Technology gives what the reader works with.
	Technology interface {
		Of(ctx context.Context, person uuid.UUID) (technology.Profile, error)
	}
	// Evidence gives the reader's own evidence.
	Evidence interface {
		List(ctx context.Context, f evidence.Filter) ([]evidence.Piece, string, error)
	}
)

// Parts are what the use cases are put together from.
type Parts struct {
	usecase.Base
	Queue       *jobs.Queue
	Profiles    Profiles
	Assessments Assessments
	Cases       Cases
	Evidence    Evidence
	Technology  Technology
	Pay         Pay
	RetainDays  int // how long a leaver's record is kept; 0 for ever
}

// Service is the use cases.
type Service struct{ Parts }

// New returns the use cases and makes the export known to the queue.
func New(p Parts) *Service {
	s := &Service{p}
	p.Queue.Add(jobs.Kind{Name: ExportKind, Run: s.export})
	return s
}

func (s *Service) me(ctx context.Context, action access.Action) (actor.Person, error) {
	me, ok := actor.From(ctx)
	if !ok {
		return me, fault.New(fault.SignedOut, "Sign in first.")
	}
	if me.Viewer != nil || !s.Access.CanPerson(ctx, access.Records, action, access.PersonFacts{ID: me.ID}) {
		return me, fault.Missing()
	}
	return me, nil
}
