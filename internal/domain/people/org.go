package people

import (
	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
)

// Org is the facts about a person on one day, in a form that can be compared.
type Org struct {
	unit, manager       uuid.UUID // uuid.Nil for none
	level, track, title string
	location, country   string
	timeZone, hours     string
	currency            string
	fte                 int64
}

// WithManager returns the same facts under another manager; uuid.Nil for none.
func (o Org) WithManager(manager uuid.UUID) Org {
	o.manager = manager
	return o
}

func (o Org) facts(person uuid.UUID) access.PersonFacts {
	return access.PersonFacts{ID: person, Manager: o.manager, Unit: o.unit, Country: o.country}
}

// OrgOf returns the current facts about a person.
func OrgOf(p *db.Person) Org {
	return Org{
		unit: store.OrZero(p.UnitID), manager: store.OrZero(p.ManagerID), level: p.Level, track: p.Track, title: p.Title,
		location: p.Location, country: p.Country, timeZone: p.TimeZone, hours: p.WorkingHours, currency: p.Currency, fte: p.FtePpm,
	}
}

// orgOfSpan reads a span. Spans from before Rung kept all facts have no time
// zone; missing facts are taken from today.
func orgOfSpan(e *db.Employment, p *db.Person) Org {
	o := Org{
		unit: store.OrZero(e.UnitID), manager: store.OrZero(e.ManagerID), level: e.Level, track: e.Track, title: e.Title, location: e.Location,
		country: e.Country, timeZone: e.TimeZone, hours: e.WorkingHours, currency: e.Currency, fte: e.FtePpm,
	}
	if e.TimeZone == "" {
		o.country, o.timeZone, o.hours, o.currency = p.Country, p.TimeZone, p.WorkingHours, p.Currency
	}
	return o
}

// field is one of the facts, with the word that people read for it.
type field struct {
	name string
	same func(a, b *Org) bool
	copy func(to, from *Org)
}

func fieldOf[T comparable](name string, at func(*Org) *T) field {
	return field{
		name,
		func(a, b *Org) bool { return *at(a) == *at(b) },
		func(to, from *Org) { *at(to) = *at(from) },
	}
}

var fields = []field{
	fieldOf("manager", func(o *Org) *uuid.UUID { return &o.manager }),
	fieldOf("unit", func(o *Org) *uuid.UUID { return &o.unit }),
	fieldOf("level", func(o *Org) *string { return &o.level }),
	fieldOf("track", func(o *Org) *string { return &o.track }),
	fieldOf("title", func(o *Org) *string { return &o.title }),
	fieldOf("location", func(o *Org) *string { return &o.location }),
	fieldOf("country", func(o *Org) *string { return &o.country }),
	fieldOf("time zone", func(o *Org) *string { return &o.timeZone }),
	fieldOf("working hours", func(o *Org) *string { return &o.hours }),
	fieldOf("currency", func(o *Org) *string { return &o.currency }),
	fieldOf("share of full time", func(o *Org) *int64 { return &o.fte }),
}

// changed lists the facts in which a and b differ.
func changed(a, b Org) []field {
	var out []field
	for _, f := range fields {
		if !f.same(&a, &b) {
			out = append(out, f)
		}
	}
	return out
}

func fieldNames(list []field) []string {
	out := make([]string, 0, len(list))
	for _, f := range list {
		out = append(out, f.name)
	}
	return out
}

func optional(id uuid.UUID) *uuid.UUID {
	if id == uuid.Nil {
		return nil
	}
	return &id
}

// CreateSpan starts a row of facts; the caller says when it holds and why.
func CreateSpan(tx *db.Client, person uuid.UUID, o Org) *db.EmploymentCreate {
	return tx.Employment.Create().SetPersonID(person).
		SetNillableUnitID(optional(o.unit)).SetNillableManagerID(optional(o.manager)).
		SetLevel(o.level).SetTrack(o.track).SetTitle(o.title).SetLocation(o.location).SetCountry(o.country).
		SetTimeZone(o.timeZone).SetWorkingHours(o.hours).SetCurrency(o.currency).SetFtePpm(o.fte)
}

func setSpan(u *db.EmploymentUpdateOne, o Org) *db.EmploymentUpdateOne {
	u.SetLevel(o.level).SetTrack(o.track).SetTitle(o.title).SetLocation(o.location).SetCountry(o.country).
		SetTimeZone(o.timeZone).SetWorkingHours(o.hours).SetCurrency(o.currency).SetFtePpm(o.fte)
	if o.unit == uuid.Nil {
		u.ClearUnitID()
	} else {
		u.SetUnitID(o.unit)
	}
	if o.manager == uuid.Nil {
		return u.ClearManagerID()
	}
	return u.SetManagerID(o.manager)
}

func setPerson(u *db.PersonUpdateOne, o Org) *db.PersonUpdateOne {
	u.SetLevel(o.level).SetTrack(o.track).SetTitle(o.title).SetLocation(o.location).SetCountry(o.country).
		SetTimeZone(o.timeZone).SetWorkingHours(o.hours).SetCurrency(o.currency).SetFtePpm(o.fte)
	if o.unit == uuid.Nil {
		u.ClearUnitID()
	} else {
		u.SetUnitID(o.unit)
	}
	if o.manager == uuid.Nil {
		return u.ClearManagerID()
	}
	return u.SetManagerID(o.manager)
}
