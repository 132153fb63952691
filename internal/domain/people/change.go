package people

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/employment"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
)

// lock makes changes of facts wait for each other: the revision is one row.
// Otherwise two of them could close a circle together. It comes before the first
// read of the transaction.
func lock(ctx context.Context) error {
	return store.BumpRevision(ctx, store.CompensationRevision)
}

// change edits the facts about a person from a date on: in a new span, or in the
// one that starts that day. Later spans take over the change unless they change
// the same fact. The facts in force today are also written to the person's row.
// It returns the facts that differ. The caller holds the lock and records the
// change.
func (s *Service) change(ctx context.Context, tx *db.Client, p *db.Person, on clock.Date, reason employment.Reason, edit func(*Org)) ([]string, error) {
	spans, err := tx.Employment.Query().Where(employment.PersonID(p.ID)).Order(db.Asc(employment.FieldValidFrom)).All(ctx)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(spans, func(e *db.Employment) bool { return e.ValidFrom <= on && on < e.ValidTo })
	before := OrgOf(p)
	switch {
	case at >= 0:
		before = orgOfSpan(spans[at], p)
	case len(spans) > 0:
		return nil, outside(p, spans, on)
	}
	after := before
	edit(&after)
	differ := changed(before, after)
	if len(differ) == 0 {
		return nil, nil
	}
	if access.Gains(ctx, before.facts(p.ID), after.facts(p.ID)) {
		return nil, errOwnGain(p.Name)
	}
	later := spans[at+1:]
	if after.manager != before.manager {
		if err := s.refuseCycle(ctx, tx, p, after.manager, on, holdsUntil(later, before.manager)); err != nil {
			return nil, err
		}
	}
	if err := s.writeSpan(ctx, tx, p, spans, at, on, after, reason); err != nil {
		return nil, err
	}
	if err := CarryOn(ctx, tx, p, later, before, after); err != nil {
		return nil, err
	}
	return fieldNames(differ), s.refreshToday(ctx, tx, p)
}

// errOwnGain refuses a change that would give rights to whoever makes it.
func errOwnGain(name string) error {
	return fault.Denied("This would let you read more about %s, as their manager or for HR. Somebody else must make this change.", name).WithCode("own_gain")
}

func outside(p *db.Person, spans []*db.Employment, on clock.Date) error {
	if first := spans[0].ValidFrom; on < first {
		return fault.Bad("There is nothing to change on that day.", fault.Detail{
			Pointer: "/on", Field: "on", Message: "the record of " + p.Name + " starts on " + string(first), Fix: "choose that day or a later one",
		})
	}
	return fault.Clash("%s does not work here on that day.", p.Name).WithCode("has_left")
}

// holdsUntil is the first day on which a later span has another manager.
func holdsUntil(later []*db.Employment, manager uuid.UUID) clock.Date {
	for _, e := range later {
		if store.OrZero(e.ManagerID) != manager {
			return e.ValidFrom
		}
	}
	return clock.Forever
}

func (s *Service) writeSpan(ctx context.Context, tx *db.Client, p *db.Person, spans []*db.Employment, at int, on clock.Date, o Org, reason employment.Reason) error {
	until := clock.Forever
	if at >= 0 {
		old := spans[at]
		if old.ValidFrom == on {
			if old.Reason == employment.ReasonHired {
				reason = employment.ReasonHired // it is still the day on which they were hired
			}
			return setSpan(tx.Employment.UpdateOne(old), o).SetReason(reason).SetRecordedAt(s.Clock.Now()).Exec(ctx)
		}
		until = old.ValidTo
		if err := tx.Employment.UpdateOne(old).SetValidTo(on).Exec(ctx); err != nil {
			return err
		}
	}
	return CreateSpan(tx, p.ID, o).SetReason(reason).SetValidFrom(on).SetValidTo(until).SetRecordedAt(s.Clock.Now()).Exec(ctx)
}

// CarryOn carries a change into the later spans, fact by fact, up to the span
// that changes the same fact.
func CarryOn(ctx context.Context, tx *db.Client, p *db.Person, later []*db.Employment, before, after Org) error {
	open := changed(before, after)
	for _, e := range later {
		was := orgOfSpan(e, p)
		open = slices.DeleteFunc(open, func(f field) bool { return !f.same(&was, &before) })
		if len(open) == 0 {
			return nil
		}
		now := was
		for _, f := range open {
			f.copy(&now, &after)
		}
		if err := setSpan(tx.Employment.UpdateOne(e), now).Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}

// refreshToday writes the current span to the person's row and, for a new
// manager, updates the closure and adds a handover.
func (s *Service) refreshToday(ctx context.Context, tx *db.Client, p *db.Person) error {
	today := clock.DateOf(s.Clock.Now())
	e, err := tx.Employment.Query().
		Where(employment.PersonID(p.ID), employment.ValidFromLTE(today), employment.ValidToGT(today)).Only(ctx)
	if db.IsNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	before, after := OrgOf(p), orgOfSpan(e, p)
	if before == after {
		return nil
	}
	update := setPerson(tx.Person.UpdateOneID(p.ID).AddVersion(1), after)
	if after.level != before.level && e.Reason != employment.ReasonRenamed { // the same level under another code
		update.SetLevelSince(e.ValidFrom)
	}
	if err := update.Exec(ctx); err != nil {
		return err
	}
	if after.manager == before.manager {
		return nil
	}
	return s.handOver(ctx, tx, p, after.manager, today)
}

// handOver moves the person in the closure and keeps the change of manager until
// the new manager has taken over.
func (s *Service) handOver(ctx context.Context, tx *db.Client, p *db.Person, to uuid.UUID, today clock.Date) error {
	if err := moveLine(ctx, tx, p.ID, to); err != nil {
		return err
	}
	if to == uuid.Nil {
		return nil // nobody takes over
	}
	return tx.Handover.Create().SetPersonID(p.ID).SetNillableFromID(p.ManagerID).SetNillableToID(optional(to)).
		SetOn(today).SetRecordedAt(s.Clock.Now()).Exec(ctx)
}

// recordChange records which facts changed, never their values.
func (s *Service) recordChange(ctx context.Context, tx *db.Client, id uuid.UUID, on clock.Date, what []string) error {
	return s.Trail.Record(ctx, tx, audit.Entry{
		Action: audit.FactsChanged, Resource: "person", ID: id, Owner: id,
		Facts: map[string]string{"fields": strings.Join(what, ", "), "on": string(on)},
	})
}
