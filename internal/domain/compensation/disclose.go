package compensation

import (
	"bytes"
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/internal/domain/compensation/disclosure"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
)

// smallGroup is the number of people below which figures of a group would reveal
// what one person earns. They are for those who may read exact pay.
const smallGroup = 5

// Everybody else reads published figures: of the first day of a quarter, for all
// units together and for each unit, as far as no small group follows from them.
// Figures of any day that a reader likes would differ by one person who joined
// or left, and so give away what that person earns.

// publishedOn is the day of the figures that are published on a day.
func publishedOn(day clock.Date) clock.Date {
	year, month, _ := day.Time().Date()
	return clock.DateOf(time.Date(year, month-(month-1)%3, 1, 0, 0, 0, 0, time.UTC))
}

// dayFor is the day that a reader sees: any day with exact pay, else the
// published one.
func (s *Service) dayFor(ctx context.Context, f Filter, view string) (clock.Date, error) {
	day, err := s.day(f.AsOf)
	if err != nil || view == ViewPeople {
		return day, err
	}
	published := publishedOn(clock.DateOf(s.Clock.Now()))
	if f.AsOf == "" || day == published {
		return published, nil
	}
	if _, err := s.paid(ctx); err != nil && f.View == "" {
		return "", err
	}
	return "", fault.Bad("Figures without names are published for the first day of a quarter.", fault.Detail{
		Field: "asOf", Message: "only " + string(published) + " is published now", Fix: "Leave the day out, or ask for the view of people.",
	})
}

// groupOf names the people of a cell, of all units together or of one.
type groupOf struct {
	cell int
	unit uuid.UUID // uuid.Nil for all
}

// release says which figures of a group are published.
type release struct {
	pay  bool // mean, percentiles and counts by part of the band
	cost bool // the cost to minimum: a sum over those below alone
}

// publish decides what is published of each group of a table.
func (t *table) publish() map[groupOf]release {
	out := map[groupOf]release{}
	for at := range t.cells {
		if len(t.cells[at].members) > 0 {
			t.publishCell(at, out)
		}
	}
	return out
}

// publishCell offers the groups of a cell in the order in which they matter: all
// units first, then the largest unit.
func (t *table) publishCell(at int, out map[groupOf]release) {
	parts := t.parts(at)
	people := make(disclosure.Atoms, 0, 2*len(parts))
	var all, below disclosure.Group
	var groups []disclosure.Group
	for i, p := range parts {
		people = append(people, p.below, p.people-p.below)
		all, below = append(all, 2*i, 2*i+1), append(below, 2*i)
		groups = append(groups, disclosure.Group{2 * i, 2*i + 1}, disclosure.Group{2 * i})
	}
	shown := disclosure.Choose(people, append([]disclosure.Group{all, below}, groups...), smallGroup)
	out[groupOf{at, uuid.Nil}] = release{pay: shown[0], cost: shown[1]}
	for i, p := range parts {
		if p.unit != uuid.Nil { // nobody can ask for the people without a unit
			out[groupOf{at, p.unit}] = release{pay: shown[2*i+2], cost: shown[2*i+3]}
		}
	}
}

// part is the people of a cell who are in one unit.
type part struct {
	unit          uuid.UUID
	people, below int
}

// parts are the units of a cell, the largest first.
func (t *table) parts(at int) []part {
	c := &t.cells[at]
	byUnit := map[uuid.UUID]*part{}
	for i, m := range c.members {
		unit := t.snap.unit[m]
		p, ok := byUnit[unit]
		if !ok {
			p = &part{unit: unit}
			byUnit[unit] = p
		}
		p.people++
		if i < c.below() {
			p.below++
		}
	}
	list := make([]part, 0, len(byUnit))
	for _, p := range byUnit {
		list = append(list, *p)
	}
	slices.SortFunc(list, func(a, b part) int {
		return cmp.Or(cmp.Compare(b.people, a.people), bytes.Compare(a.unit[:], b.unit[:]))
	})
	return list
}

// published is the table of one unit, or of all, without what is not published.
func (c *circle) published(unit uuid.UUID) *table {
	t := *c.table(unit)
	t.withheld, t.rows = true, slices.Clone(t.rows)
	for at := range t.rows {
		row := &t.rows[at]
		if row.Headcount == 0 {
			continue
		}
		show := c.releases()[groupOf{at, unit}]
		if !show.cost {
			row.CostToMin = nil
		}
		if !show.pay {
			*row = row.withoutFigures()
		}
	}
	return &t
}

func (r BandRow) withoutFigures() BandRow {
	r.MedianPay, r.MeanPay, r.Compa, r.CostToMin, r.Below, r.Above, r.Hidden = nil, nil, nil, nil, nil, nil, true
	return r
}
