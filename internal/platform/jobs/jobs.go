// Package jobs runs work that is due at a time. A job can run at any time, more
// than once and on several machines at once: it asks the database what is due.
package jobs

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/rung-hr/rung/internal/platform/actor"
)

// Minute is how often most jobs run.
const Minute = time.Minute

// Job is something that is done again and again.
type Job struct {
	Name  string
	Every time.Duration
	Run   func(context.Context) error
}

// Schedule runs jobs until it is stopped.
type Schedule struct {
	jobs []Job
	log  *slog.Logger
}

// New returns a schedule of jobs.
func New(log *slog.Logger, jobs ...Job) *Schedule { return &Schedule{jobs: jobs, log: log} }

// Start runs every job at once and then at its interval. It returns a function
// that waits until running jobs have ended.
func (s *Schedule) Start(ctx context.Context) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	var running sync.WaitGroup
	for _, j := range s.jobs {
		running.Go(func() { s.repeat(ctx, j) })
	}
	return func() {
		cancel()
		running.Wait()
	}
}

func (s *Schedule) repeat(ctx context.Context, j Job) {
	tick := time.NewTicker(j.Every)
	defer tick.Stop()
	for {
		if err := j.Run(actor.AsSystem(ctx, j.Name)); err != nil && ctx.Err() == nil {
			s.log.ErrorContext(ctx, "job failed", "job", j.Name, "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
