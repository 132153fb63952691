package people

import (
	"context"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/employment"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/audit"
)

// Facts are the facts about a person from a date on.
type Facts struct {
	Unit     *uuid.UUID
	Manager  *uuid.UUID
	Level    string
	Track    string
	Title    string
	Location string
	FTEPpm   int64
}

func factsOf(p *db.Person) Facts {
	return Facts{Unit: p.UnitID, Manager: p.ManagerID, Level: p.Level, Track: p.Track, Title: p.Title, Location: p.Location, FTEPpm: p.FtePpm}
}

// ChangeLevel gives a person a level from a date on, in the transaction of the
// caller: new org facts, and the current row. The caller has checked the right;
// a promotion case may call it.
//
// It returns no fault of its own.
func (s *Service) ChangeLevel(ctx context.Context, tx *db.Client, id uuid.UUID, level, track, title string, on clock.Date) error {
	if err := lock(ctx); err != nil {
		return err
	}
	p, err := tx.Person.Get(ctx, id)
	if err != nil {
		return err
	}
	facts := factsOf(p)
	facts.Level, facts.Track, facts.Title = level, track, title
	if err := s.setFacts(ctx, tx, p, facts, on, employment.ReasonPromoted); err != nil {
		return err
	}
	return s.Trail.Record(ctx, tx, audit.Entry{
		Action: audit.LevelChanged, Resource: "person", ID: id, Owner: id,
		Facts: map[string]string{"from": p.Level, "to": level, "on": string(on)},
	})
}

// setFacts gives a person facts from a date on; the other facts do not change.
func (s *Service) setFacts(ctx context.Context, tx *db.Client, p *db.Person, f Facts, on clock.Date, reason employment.Reason) error {
	_, err := s.change(ctx, tx, p, on, reason, func(o *Org) {
		o.unit, o.manager, o.level, o.track = store.OrZero(f.Unit), store.OrZero(f.Manager), f.Level, f.Track
		o.title, o.location, o.fte = f.Title, f.Location, f.FTEPpm
	})
	return err
}
