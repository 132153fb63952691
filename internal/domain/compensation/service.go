package compensation

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/usecase"
)

// Ladders knows which levels there are.
type Ladders interface {
	// Rungs lists the levels of every ladder in force on a day, in ladder order,
	// each code once.
	Rungs(ctx context.Context, on clock.Date) ([]ladder.Rung, error)
}

// Service is the use cases around bands and pay.
type Service struct {
	usecase.Base
	ladders Ladders
	stepUp  time.Duration // exact pay needs a sign-in no older than this; 0 for any

	today   kept
	quarter kept // of the day of the published figures
}

// New returns the use cases.
func New(b usecase.Base, ladders Ladders) *Service {
	return &Service{Base: b, ladders: ladders}
}

// NeedRecentSignIn makes exact pay require a sign-in no older than d.
func (s *Service) NeedRecentSignIn(d time.Duration) { s.stepUp = d }

// recent refuses to show exact pay to a session that was left open.
func (s *Service) recent(ctx context.Context) error {
	me, ok := actor.From(ctx)
	if !ok || s.stepUp == 0 || s.Clock.Now().Sub(me.AuthenticatedAt) <= s.stepUp {
		return nil
	}
	return fault.Denied("Exact pay is shown for %d minutes after you sign in. Sign in again to see it.", int(s.stepUp.Minutes())).WithCode("step_up")
}

// The views of a comparison.
const (
	ViewPeople  = "people"  // with every person's pay
	ViewBuckets = "buckets" // with what is published of groups
)

// AllLocations as the location of a Filter asks for the bands of every location.
const AllLocations = "*"

// Filter narrows a comparison.
type Filter struct {
	AsOf     clock.Date // "" for today, or for the published day
	Location string     // "" for the one with the most people
	Track    string     // code or kind of a track, "" for all
	Unit     uuid.UUID  // uuid.Nil for all
	View     string     // "" for what the actor's rights allow
}

func (s *Service) day(asked clock.Date) (clock.Date, error) {
	if asked == "" {
		return clock.DateOf(s.Clock.Now()), nil
	}
	day, err := clock.ParseDate(string(asked))
	if err != nil {
		return "", fault.Bad("The day does not exist.", fault.Detail{Field: "asOf", Message: "not a day", Fix: "Write it as 2026-11-23."})
	}
	return day, nil
}

// view decides what the actor sees: buckets, unless they may read pay.
func (s *Service) view(ctx context.Context, asked string) (string, error) {
	if err := s.Access.Require(ctx, access.Bands, access.Read); err != nil {
		return "", err
	}
	switch {
	case asked == "" && !s.Access.Reach(ctx, access.Pay, access.Read).Nobody() && s.recent(ctx) == nil:
		return ViewPeople, nil
	case asked == "" || asked == ViewBuckets:
		return ViewBuckets, nil
	case asked == ViewPeople:
		_, err := s.paid(ctx)
		return ViewPeople, err
	}
	return "", fault.Bad("There is no such view.", fault.Detail{Field: "view", Message: "unknown view", Fix: "Use people or buckets."})
}

// paid returns whose exact pay the actor may read; a Forbidden fault for
// nobody's.
func (s *Service) paid(ctx context.Context) (access.Reach, error) {
	reach, err := s.Access.RequireReach(ctx, access.Pay, access.Read)
	if err != nil {
		return reach, err
	}
	return reach, s.recent(ctx)
}
