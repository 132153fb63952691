package people

import (
	"context"

	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/employment"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/db/predicate"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
)

// lookBack is how long Rung may be off without missing a change.
const lookBack = 400

// TakeEffect brings into force what was planned for today or earlier: changed
// facts, and ends of employment. Only the schedule may call it, at any moment
// and more than once. It looks for changed facts once a day, because only a new
// date brings them. It returns no fault of its own.
func (s *Service) TakeEffect(ctx context.Context) error {
	today := clock.DateOf(s.Clock.Now())
	if err := s.endDue(ctx, today); err != nil {
		return err
	}
	if last, _ := s.swept.Load().(clock.Date); last == today {
		return nil
	}
	due, err := s.Store.Read().Employment.Query().
		Where(employment.ValidFromGT(today.AddDays(-lookBack)), employment.ValidFromLTE(today), employment.ValidToGT(today), differsFromToday()).
		Select(employment.FieldPersonID).All(ctx)
	if err != nil {
		return err
	}
	for _, e := range due {
		if err := s.takeEffect(ctx, e.PersonID, today); err != nil {
			return err
		}
	}
	s.swept.Store(today)
	return nil
}

func (s *Service) takeEffect(ctx context.Context, id uuid.UUID, today clock.Date) error {
	return s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		if err := lock(ctx); err != nil {
			return err
		}
		p, err := tx.Person.Get(ctx, id)
		if err != nil || p.Status != person.StatusActive {
			return err
		}
		e, err := tx.Employment.Query().
			Where(employment.PersonID(id), employment.ValidFromLTE(today), employment.ValidToGT(today)).Only(ctx)
		if err != nil {
			return err
		}
		before, after := OrgOf(p), orgOfSpan(e, p)
		if before == after {
			return nil
		}
		if after.manager != before.manager {
			err := s.refuseCycle(ctx, tx, p, after.manager, today, today.AddDays(1))
			if fault.KindOf(err) == fault.Invalid {
				// An import has made it a circle in the meantime, so the manager
				// stays.
				after.manager, err = before.manager, setSpan(tx.Employment.UpdateOne(e), after.WithManager(before.manager)).Exec(ctx)
			}
			if err != nil {
				return err
			}
		}
		if err := s.refreshToday(ctx, tx, p); err != nil {
			return err
		}
		return s.recordChange(ctx, tx, id, e.ValidFrom, fieldNames(changed(before, after)))
	})
}

// endDue makes everybody inactive whose last day is over.
func (s *Service) endDue(ctx context.Context, today clock.Date) error {
	due, err := s.Store.Read().Person.Query().Where(person.StatusEQ(person.StatusActive), person.EndedOnLTE(today)).IDs(ctx)
	for _, id := range due {
		err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
			if err := lock(ctx); err != nil {
				return err
			}
			p, err := tx.Person.Get(ctx, id)
			if err != nil || p.Status != person.StatusActive || p.EndedOn == nil || *p.EndedOn > today {
				return err
			}
			return s.leave(ctx, tx, p)
		})
		if err != nil {
			return err
		}
	}
	return err
}

// differsFromToday matches spans of active people whose row has other facts. Of
// spans from before Rung kept all facts, it compares the facts that they have.
func differsFromToday() predicate.Employment {
	return func(s *sql.Selector) {
		p := sql.Table(person.Table)
		s.Join(p).On(s.C(employment.FieldPersonID), p.C(person.FieldID))
		pair := func(span, current string) *sql.Predicate { return sql.ColumnsNEQ(s.C(span), p.C(current)) }
		or := []*sql.Predicate{}
		for _, c := range []string{employment.FieldLevel, employment.FieldTrack, employment.FieldTitle, employment.FieldLocation, employment.FieldFtePpm} {
			or = append(or, pair(c, c))
		}
		for _, c := range []string{employment.FieldUnitID, employment.FieldManagerID} {
			or = append(or, pair(c, c),
				sql.And(sql.IsNull(s.C(c)), sql.NotNull(p.C(c))), sql.And(sql.NotNull(s.C(c)), sql.IsNull(p.C(c))))
		}
		whole := []*sql.Predicate{}
		for _, c := range []string{employment.FieldCountry, employment.FieldTimeZone, employment.FieldWorkingHours, employment.FieldCurrency} {
			whole = append(whole, pair(c, c))
		}
		or = append(or, sql.And(sql.NEQ(s.C(employment.FieldTimeZone), ""), sql.Or(whole...)))
		s.Where(sql.And(sql.EQ(p.C(person.FieldStatus), person.StatusActive), sql.Or(or...)))
	}
}
