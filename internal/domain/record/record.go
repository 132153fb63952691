// Package record is what people can ask about their own record: a copy of it, and
// a correction next to it. It also forgets a record when its time is over and no
// legal hold is on it.
package record

import (
	"context"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/jobs"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/usecase"
)

// Sources are where a copy comes from: views that are made for their reader, so
// that a copy never holds more than the screens show. Each is read with the
// rights of the person who asked for the copy.
type Sources struct {
	Profile    func(ctx context.Context, person uuid.UUID) (any, error)
	Assessment func(ctx context.Context, id uuid.UUID) (any, error)
	Case       func(ctx context.Context, id uuid.UUID) (any, error)

	Technologies func(ctx context.Context, person uuid.UUID) ([]any, error)
	Evidence     func(ctx context.Context) ([]any, error) // the reader's own, newest first
	Pay          func(ctx context.Context) ([]any, error) // the reader's own
}

// Parts are what the use cases are built from.
type Parts struct {
	usecase.Base
	Queue      *jobs.Queue
	Sources    Sources
	RetainDays int // how long a leaver's record is kept; 0 means forever
}

// Service is the use cases.
type Service struct{ Parts }

// New returns the use cases and registers the export with the queue.
func New(p Parts) *Service {
	s := &Service{p}
	p.Queue.Add(jobs.Kind{Name: ExportKind, Run: s.export})
	return s
}

func (s *Service) me(ctx context.Context, action access.Action) (actor.Person, error) {
	me, err := actor.Require(ctx)
	if err != nil {
		return me, err
	}
	if me.Viewer != nil || !s.Access.CanPerson(ctx, access.Records, action, access.PersonFacts{ID: me.ID}) {
		return me, fault.Missing()
	}
	return me, nil
}
