package people

import (
	"context"
	"math"
	"strings"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/employment"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/db/unit"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/platform/text"
	"github.com/rung-hr/rung/internal/trust/access"
)

// FactChange is what HR changes about a person from a date on. Fields that are
// nil keep their value.
type FactChange struct {
	On           clock.Date  `json:"on" format:"date" doc:"today, a later day, or an earlier day for a correction"`
	ManagerID    *uuid.UUID  `json:"managerId,omitempty" format:"uuid" doc:"all zeros for no manager"`
	UnitID       *uuid.UUID  `json:"unitId,omitempty" format:"uuid" doc:"all zeros for no unit"`
	Title        *string     `json:"title,omitempty" maxLength:"200"`
	Location     *string     `json:"location,omitempty" maxLength:"64"`
	Country      *string     `json:"country,omitempty" maxLength:"2" doc:"two letters such as DE"`
	TimeZone     *string     `json:"timeZone,omitempty" maxLength:"64"`
	WorkingHours *string     `json:"workingHours,omitempty" maxLength:"32" example:"09:00-17:00"`
	FTE          *float64    `json:"fte,omitempty" minimum:"0" maximum:"1" doc:"share of full time"`
	Currency     *string     `json:"currency,omitempty" maxLength:"3" doc:"three letters such as EUR"`
	EndsOn       *clock.Date `json:"endsOn,omitempty" format:"date" doc:"the first day on which the person no longer works here"`
}

// ChangeFacts changes the org facts of a person from a date on and returns the
// newest profile. HR partners may, for the people of their scope.
//
// It returns a NotFound fault for a person whom the actor may not see, a
// Forbidden fault for one whom they may not change, a Stale fault with the
// newest profile, and an Invalid fault with every field that is wrong, a circle
// of managers with its names among them.
func (s *Service) ChangeFacts(ctx context.Context, id uuid.UUID, version int, c FactChange) (Profile, error) {
	if err := s.mayUpdate(ctx, id); err != nil {
		return Profile{}, err
	}
	c.tidy()
	if err := c.check(); err != nil {
		return Profile{}, err
	}
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		if err := lock(ctx); err != nil {
			return err
		}
		p, err := tx.Person.Query().Where(person.ID(id), s.Access.PersonScope(ctx, access.People, access.Update)).Only(ctx)
		if err != nil {
			return err
		}
		if p.Version != version {
			return fault.Outdated(nil)
		}
		return s.writeChange(ctx, tx, p, c)
	})
	return store.Current(err, func() (Profile, error) { return s.Get(ctx, id) })
}

// mayUpdate returns a NotFound fault for a person whom the actor may not see and
// a Forbidden fault for one whom they may not change.
func (s *Service) mayUpdate(ctx context.Context, id uuid.UUID) error {
	p, err := s.Store.Read().Person.Query().Where(person.ID(id), s.Access.PersonScope(ctx, access.People, access.Read)).Only(ctx)
	if err != nil {
		return store.Found(err)
	}
	if !s.Access.CanPerson(ctx, access.People, access.Update, access.FactsOf(p)) {
		return fault.Denied("Only HR partners can change the facts about people in their scope.")
	}
	return nil
}

func (s *Service) writeChange(ctx context.Context, tx *db.Client, p *db.Person, c FactChange) error {
	if err := checkTargets(ctx, tx, c); err != nil {
		return err
	}
	reason := employment.ReasonMoved
	if c.On < clock.DateOf(s.Clock.Now()) {
		reason = employment.ReasonCorrected
	}
	what, err := s.change(ctx, tx, p, c.On, reason, c.edit)
	if err != nil {
		return err
	}
	if c.ManagerID != nil && p.ManagerRef != "" { // whoever sets a manager by hand knows better than to wait
		if err := forgetAwaited(ctx, tx, p); err != nil {
			return err
		}
	}
	if len(what) > 0 {
		// A planned change does not write the person's row. Their version still
		// counts it, so that two writers notice each other.
		if err := tx.Person.UpdateOneID(p.ID).AddVersion(1).Exec(ctx); err != nil {
			return err
		}
		if err := s.recordChange(ctx, tx, p.ID, c.On, what); err != nil {
			return err
		}
	}
	if c.EndsOn == nil {
		return nil
	}
	return s.endOn(ctx, tx, p.ID, *c.EndsOn)
}

// endOn sets the day on which a person no longer works here. If the day has come,
// they become inactive at once.
func (s *Service) endOn(ctx context.Context, tx *db.Client, id uuid.UUID, on clock.Date) error {
	if err := tx.Person.UpdateOneID(id).SetEndedOn(on).AddVersion(1).Exec(ctx); err != nil {
		return err
	}
	if err := s.recordChange(ctx, tx, id, on, []string{"ends"}); err != nil {
		return err
	}
	p, err := tx.Person.Get(ctx, id)
	if err != nil || on > clock.DateOf(s.Clock.Now()) {
		return err
	}
	return s.leave(ctx, tx, p)
}

func (c *FactChange) tidy() {
	for _, text := range []*string{c.Title, c.Location, c.Country, c.TimeZone, c.WorkingHours, c.Currency} {
		if text != nil {
			*text = strings.TrimSpace(*text)
		}
	}
	if c.Country != nil {
		*c.Country = strings.ToUpper(*c.Country)
	}
	if c.Currency != nil {
		*c.Currency = strings.ToUpper(*c.Currency)
	}
}

func (c *FactChange) check() error {
	var bad []fault.Detail
	fail := func(field, message, fix string) {
		bad = append(bad, fault.Detail{Pointer: "/" + field, Field: field, Message: message, Fix: fix})
	}
	if _, err := clock.ParseDate(string(c.On)); err != nil || c.On >= clock.Forever {
		fail("on", "it is not a date", "write YYYY-MM-DD")
	}
	if c.EndsOn != nil {
		if _, err := clock.ParseDate(string(*c.EndsOn)); err != nil || *c.EndsOn >= clock.Forever {
			fail("endsOn", "it is not a date", "write YYYY-MM-DD")
		}
	}
	for _, f := range []struct {
		name string
		text *string
	}{{"title", c.Title}, {"location", c.Location}, {"workingHours", c.WorkingHours}} {
		if f.text != nil && !printable(*f.text) {
			fail(f.name, "it has characters that cannot be displayed", "remove them")
		}
	}
	if c.Location != nil && printable(*c.Location) {
		if flaw := text.InvisibleInName(*c.Location); flaw != "" {
			fail("location", flaw, text.FixInvisible)
		}
	}
	if c.TimeZone != nil && (*c.TimeZone == "" || !goodZone(*c.TimeZone)) {
		fail("timeZone", "there is no such time zone", "choose a name such as Europe/Berlin")
	}
	if c.Country != nil && !goodCountry(*c.Country) {
		fail("country", "it is not a country code", "write two letters such as DE")
	}
	if c.Currency != nil && *c.Currency != "" && !goodCurrency(*c.Currency) {
		fail("currency", "it is not a currency code", "write three letters such as EUR")
	}
	if c.FTE != nil && (*c.FTE <= 0 || *c.FTE > 1) {
		fail("fte", "the share of full time must be above 0 and at most 1", "write 0.8 for four days of five")
	}
	if len(bad) == 0 {
		return nil
	}
	return fault.Bad("The change was not made.", bad...)
}

func goodCurrency(code string) bool {
	return len(code) == 3 && strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// checkTargets refuses a manager who does not work here and an unknown unit.
func checkTargets(ctx context.Context, tx *db.Client, c FactChange) error {
	var bad []fault.Detail
	if c.ManagerID != nil && *c.ManagerID != uuid.Nil {
		works, err := tx.Person.Query().Where(person.ID(*c.ManagerID), person.StatusEQ(person.StatusActive)).Exist(ctx)
		if err != nil {
			return err
		}
		if !works {
			bad = append(bad, fault.Detail{Pointer: "/managerId", Field: "managerId", Message: "nobody who works here has this id", Fix: "choose somebody else"})
		}
	}
	if c.UnitID != nil && *c.UnitID != uuid.Nil {
		known, err := tx.Unit.Query().Where(unit.ID(*c.UnitID)).Exist(ctx)
		if err != nil {
			return err
		}
		if !known {
			bad = append(bad, fault.Detail{Pointer: "/unitId", Field: "unitId", Message: "there is no such unit", Fix: "choose another one"})
		}
	}
	if len(bad) == 0 {
		return nil
	}
	return fault.Bad("The change was not made.", bad...)
}

func (c *FactChange) edit(o *Org) {
	set(&o.manager, c.ManagerID)
	set(&o.unit, c.UnitID)
	set(&o.title, c.Title)
	set(&o.location, c.Location)
	set(&o.country, c.Country)
	set(&o.timeZone, c.TimeZone)
	set(&o.hours, c.WorkingHours)
	set(&o.currency, c.Currency)
	if c.FTE != nil {
		o.fte = int64(math.Round(*c.FTE * ppm))
	}
}

func set[T any](to *T, value *T) {
	if value != nil {
		*to = *value
	}
}
