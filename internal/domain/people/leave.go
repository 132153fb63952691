package people

import (
	"context"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/employment"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/db/session"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/trust/audit"
)

// leave makes a person inactive from today on and ends their sessions; an open
// browser is refused at its next request. What they wrote stays. The caller holds
// the lock.
func (s *Service) leave(ctx context.Context, tx *db.Client, p *db.Person) error {
	today := clock.DateOf(s.Clock.Now())
	ended := today
	if p.EndedOn != nil && *p.EndedOn < today {
		ended = *p.EndedOn
	}
	if err := EndSpans(ctx, tx, p, ended); err != nil {
		return err
	}
	if err := tx.Person.UpdateOneID(p.ID).AddVersion(1).SetStatus(person.StatusInactive).SetEndedOn(ended).Exec(ctx); err != nil {
		return err
	}
	if _, err := tx.Session.Delete().Where(session.PersonID(p.ID)).Exec(ctx); err != nil {
		return err
	}
	return s.Trail.Record(ctx, tx, audit.Entry{
		Action: audit.PersonLeft, Resource: "person", ID: p.ID, Owner: p.ID, Facts: map[string]string{"on": string(ended)},
	})
}

// EndSpans ends the facts about a person on a date. Facts that were planned after
// it are removed.
func EndSpans(ctx context.Context, tx *db.Client, p *db.Person, on clock.Date) error {
	if _, err := tx.Employment.Delete().Where(employment.PersonID(p.ID), employment.ValidFromGTE(on)).Exec(ctx); err != nil {
		return err
	}
	_, err := tx.Employment.Update().Where(employment.PersonID(p.ID), employment.ValidToGT(on)).SetValidTo(on).Save(ctx)
	return err
}

// comeBack makes a person active again, with the facts that they left with. The
// caller holds the lock.
func (s *Service) comeBack(ctx context.Context, tx *db.Client, p *db.Person, reason employment.Reason) error {
	today := clock.DateOf(s.Clock.Now())
	if err := EndSpans(ctx, tx, p, today); err != nil {
		return err
	}
	err := CreateSpan(tx, p.ID, OrgOf(p)).SetReason(reason).SetValidFrom(today).SetValidTo(clock.Forever).SetRecordedAt(s.Clock.Now()).Exec(ctx)
	if err != nil {
		return err
	}
	if err := tx.Person.UpdateOneID(p.ID).AddVersion(1).SetStatus(person.StatusActive).ClearEndedOn().Exec(ctx); err != nil {
		return err
	}
	return s.Trail.Record(ctx, tx, audit.Entry{
		Action: audit.PersonBack, Resource: "person", ID: p.ID, Owner: p.ID, Facts: map[string]string{"on": string(today)},
	})
}
