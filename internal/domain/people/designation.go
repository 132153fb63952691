package people

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/designation"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
)

// Designation is a role that a person has for some time. It gives no rights.
type Designation struct {
	ID        uuid.UUID   `json:"id"`
	Title     string      `json:"title"`
	Of        string      `json:"of" doc:"what it is for: a unit, a project, a guild"`
	ValidFrom clock.Date  `json:"validFrom"`
	ValidTo   *clock.Date `json:"validTo" doc:"the first day without it; null while it lasts"`
	State     string      `json:"state" enum:"to_come,now,over"`
}

// NewDesignation is a designation that HR adds.
type NewDesignation struct {
	Title     string      `json:"title" maxLength:"200" example:"Tech lead"`
	Of        string      `json:"of,omitempty" maxLength:"200" example:"Payments"`
	ValidFrom clock.Date  `json:"validFrom" format:"date"`
	ValidTo   *clock.Date `json:"validTo,omitempty" format:"date" doc:"the first day without it"`
}

// Designations lists the designations that a person has, had and will have,
// newest first. Everybody who can read the person may call it.
//
// It returns a NotFound fault for a person whom the actor may not see.
func (s *Service) Designations(ctx context.Context, id uuid.UUID) ([]Designation, error) {
	scope := s.Access.PersonScope(ctx, access.People, access.Read)
	if _, err := s.Store.Read().Person.Query().Where(person.ID(id), scope).OnlyID(ctx); err != nil {
		return nil, store.Found(err)
	}
	rows, err := s.Store.Read().Designation.Query().Where(designation.PersonID(id)).
		Order(db.Desc(designation.FieldValidFrom), db.Desc(designation.FieldID)).All(ctx)
	if err != nil {
		return nil, err
	}
	today := clock.DateOf(s.Clock.Now())
	out := make([]Designation, 0, len(rows))
	for _, d := range rows {
		out = append(out, designationOf(d, today))
	}
	return out, nil
}

func designationOf(d *db.Designation, today clock.Date) Designation {
	out := Designation{ID: d.ID, Title: d.Title, Of: d.Of, ValidFrom: d.ValidFrom, State: "now"}
	switch {
	case d.ValidTo <= today:
		out.State = "over"
	case d.ValidFrom > today:
		out.State = "to_come"
	}
	if d.ValidTo != clock.Forever {
		out.ValidTo = &d.ValidTo
	}
	return out
}

// Designate gives a person a designation and returns all that they have. HR
// partners may, for the people of their scope.
//
// It returns a NotFound fault for a person whom the actor may not see, a
// Forbidden fault for one whom they may not change, an Invalid fault with every
// field that is wrong, and a Conflict fault for a person who has left.
func (s *Service) Designate(ctx context.Context, id uuid.UUID, in NewDesignation) ([]Designation, error) {
	if err := s.mayUpdate(ctx, id); err != nil {
		return nil, err
	}
	in.Title, in.Of = strings.TrimSpace(in.Title), strings.TrimSpace(in.Of)
	if err := in.check(); err != nil {
		return nil, err
	}
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		p, err := tx.Person.Query().Where(person.ID(id), s.Access.PersonScope(ctx, access.People, access.Update)).Only(ctx)
		if err != nil {
			return store.Found(err)
		}
		if p.Status != person.StatusActive {
			return fault.Clash("%s no longer works here.", p.Name).WithCode("has_left")
		}
		return s.designate(ctx, tx, id, in)
	})
	if err != nil {
		return nil, err
	}
	return s.Designations(ctx, id)
}

func (s *Service) designate(ctx context.Context, tx *db.Client, id uuid.UUID, in NewDesignation) error {
	until := clock.Forever
	if in.ValidTo != nil {
		until = *in.ValidTo
	}
	twice, err := tx.Designation.Query().Where(
		designation.PersonID(id), designation.TitleEqualFold(in.Title), designation.OfEqualFold(in.Of),
		designation.ValidFromLT(until), designation.ValidToGT(in.ValidFrom)).Exist(ctx)
	if err != nil {
		return err
	}
	if twice {
		return fault.Bad("The designation was not added.", fault.Detail{
			Pointer: "/title", Field: "title", Message: "the person already has it on some of these days", Fix: "end that one first, or choose other days",
		})
	}
	d, err := tx.Designation.Create().SetPersonID(id).SetTitle(in.Title).SetOf(in.Of).
		SetValidFrom(in.ValidFrom).SetValidTo(until).Save(ctx)
	if err != nil {
		return err
	}
	return s.Trail.Record(ctx, tx, audit.Entry{
		Action: audit.DesignationAdded, Resource: "designation", ID: d.ID, Owner: id,
		Facts: map[string]string{"from": string(in.ValidFrom), "to": string(until)},
	})
}

func (in NewDesignation) check() error {
	var bad []fault.Detail
	fail := func(field, message, fix string) {
		bad = append(bad, fault.Detail{Pointer: "/" + field, Field: field, Message: message, Fix: fix})
	}
	const longest = 200
	switch {
	case in.Title == "":
		fail("title", "it is empty", "write a few words such as Tech lead")
	case utf8.RuneCountInString(in.Title) > longest || !printable(in.Title):
		fail("title", "it is too long or has characters that cannot be displayed", "write at most 200 characters in one line")
	}
	if utf8.RuneCountInString(in.Of) > longest || !printable(in.Of) {
		fail("of", "it is too long or has characters that cannot be displayed", "write at most 200 characters in one line")
	}
	good := func(d clock.Date) bool {
		_, err := clock.ParseDate(string(d))
		return err == nil && d < clock.Forever
	}
	if !good(in.ValidFrom) {
		fail("validFrom", "it is not a date", "write YYYY-MM-DD")
	}
	switch {
	case in.ValidTo == nil:
	case !good(*in.ValidTo):
		fail("validTo", "it is not a date", "write YYYY-MM-DD")
	case *in.ValidTo <= in.ValidFrom:
		fail("validTo", "it is not after the first day", "choose a later day, or leave it empty")
	}
	if len(bad) == 0 {
		return nil
	}
	return fault.Bad("The designation was not added.", bad...)
}

// EndDesignation ends a designation today. One that has not begun is removed.
// HR partners may, for the people of their scope.
//
// It returns a NotFound fault for a person whom the actor may not see, a
// Forbidden fault for one whom they may not change, and a Conflict fault for a
// designation that is over.
func (s *Service) EndDesignation(ctx context.Context, id uuid.UUID) error {
	scope := s.Access.PersonScope(ctx, access.People, access.Read)
	found, err := s.Store.Read().Designation.Query().Where(designation.ID(id), designation.HasPersonWith(scope)).Only(ctx)
	if err != nil {
		return store.Found(err)
	}
	if err := s.mayUpdate(ctx, found.PersonID); err != nil {
		return err
	}
	today := clock.DateOf(s.Clock.Now())
	return s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		d, err := tx.Designation.Get(ctx, id)
		if err != nil {
			return store.Found(err)
		}
		if d.ValidTo <= today {
			return fault.Clash("It has already ended.").WithCode("over")
		}
		if d.ValidFrom >= today {
			err = tx.Designation.DeleteOne(d).Exec(ctx)
		} else {
			err = tx.Designation.UpdateOne(d).SetValidTo(today).AddVersion(1).Exec(ctx)
		}
		if err != nil {
			return err
		}
		return s.Trail.Record(ctx, tx, audit.Entry{
			Action: audit.DesignationEnded, Resource: "designation", ID: id, Owner: d.PersonID, Facts: map[string]string{"on": string(today)},
		})
	})
}
