package compensation

import (
	"context"
	stdsql "database/sql"

	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/band"
	"github.com/rung-hr/rung/ent/db/bandset"
	"github.com/rung-hr/rung/ent/db/employment"
	"github.com/rung-hr/rung/ent/db/paypoint"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/db/predicate"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/money"
)

// bandRow is a band as it is stored.
type bandRow struct {
	Family   string `sql:"family"`
	Track    string `sql:"track"`
	Level    string `sql:"level"`
	Location string `sql:"location"`
	Currency string `sql:"currency"`
	Min      int64  `sql:"min_minor"`
	Mid      int64  `sql:"mid_minor"`
	Max      int64  `sql:"max_minor"`
}

func (b bandRow) band() Band { return Band{Currency: b.Currency, Min: b.Min, Mid: b.Mid, Max: b.Max} }

func setOn(day clock.Date) predicate.BandSet {
	return bandset.And(bandset.StatusEQ(bandset.StatusLive), bandset.ValidFromLTE(day), bandset.ValidToGT(day))
}

// bandsOn returns the set in force on a day and its bands by family.
func (s *Service) bandsOn(ctx context.Context, day clock.Date) (SetRef, []bandRow, error) {
	set, err := s.Store.Read().BandSet.Query().Where(setOn(day)).Order(db.Desc(bandset.FieldValidFrom)).First(ctx)
	if db.IsNotFound(err) {
		return SetRef{Name: "none", Status: "none", ValidFrom: day}, nil, nil
	}
	if err != nil {
		return SetRef{}, nil, err
	}
	var rows []bandRow
	err = s.Store.Read().Band.Query().Where(band.SetID(set.ID)).Order(db.Asc(band.FieldFamily)).
		Select(band.FieldFamily, band.FieldTrack, band.FieldLevel, band.FieldLocation, band.FieldCurrency,
			band.FieldMinMinor, band.FieldMidMinor, band.FieldMaxMinor).
		Scan(ctx, &rows)
	return SetRef{ID: set.ID, Name: set.Name, Status: string(set.Status), ValidFrom: set.ValidFrom}, rows, err
}

// personRow is a person with their facts and pay on a day.
type personRow struct {
	ID       uuid.UUID         `sql:"id"`
	Name     string            `sql:"name"`
	Title    string            `sql:"title"`
	Level    string            `sql:"level"`
	Track    string            `sql:"track"`
	Location string            `sql:"location"`
	Unit     uuid.NullUUID     `sql:"unit_id"`
	Amount   stdsql.NullInt64  `sql:"amount_minor"`
	Currency stdsql.NullString `sql:"currency"`
	FTE      stdsql.NullInt64  `sql:"fte_ppm"`
	UnitNow  uuid.NullUUID     `sql:"unit_now"`
	Country  string            `sql:"country"`
}

// fullTime is the pay for a year of full time; 0 if the pay is unknown.
func (r personRow) fullTime() (int64, money.FTE) {
	fte := money.FTE(r.FTE.Int64)
	pay, err := FromActual(money.Amount{Minor: r.Amount.Int64, Currency: r.Currency.String}, fte)
	if err != nil {
		return 0, fte
	}
	return pay.FullTime, fte
}

// peopleOn returns the people of a day: for today from the directory, for any
// other day from their employment.
func (s *Service) peopleOn(ctx context.Context, day, today clock.Date) ([]personRow, error) {
	var rows []personRow
	q := s.Store.Read().Person.Query()
	if day >= today {
		q.Where(person.StatusEQ(person.StatusActive)) // a person who has left does not appear on an earlier day
	}
	facts := func(q *sql.Selector) *sql.SelectTable { return q.Table() }
	if day != today {
		facts = func(q *sql.Selector) *sql.SelectTable { return joinEmployment(q, day) }
	}
	err := q.Modify(func(q *sql.Selector) {
		f, p := facts(q), joinPay(q, day)
		q.Select(q.C(person.FieldID), q.C(person.FieldName), f.C(person.FieldTitle), f.C(person.FieldLevel), f.C(person.FieldTrack),
			f.C(person.FieldLocation), f.C(person.FieldUnitID),
			p.C(paypoint.FieldAmountMinor), p.C(paypoint.FieldCurrency), p.C(paypoint.FieldFtePpm),
			sql.As(q.C(person.FieldUnitID), "unit_now"), q.C(person.FieldCountry))
		q.OrderBy(q.C(person.FieldID))
	}).Scan(ctx, &rows)
	return rows, err
}

func joinEmployment(q *sql.Selector, day clock.Date) *sql.SelectTable {
	e := sql.Table(employment.Table)
	q.Join(e).OnP(sql.And(
		sql.ColumnsEQ(q.C(person.FieldID), e.C(employment.FieldPersonID)),
		sql.LTE(e.C(employment.FieldValidFrom), day), sql.GT(e.C(employment.FieldValidTo), day),
	))
	return e
}

func joinPay(q *sql.Selector, day clock.Date) *sql.SelectTable {
	p := sql.Table(paypoint.Table)
	q.LeftJoin(p).OnP(sql.And(
		sql.ColumnsEQ(q.C(person.FieldID), p.C(paypoint.FieldPersonID)),
		sql.LTE(p.C(paypoint.FieldValidFrom), day), sql.GT(p.C(paypoint.FieldValidTo), day),
	))
	return p
}
