package compensation

import (
	"context"
	"slices"

	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/band"
	"github.com/rung-hr/rung/ent/db/bandset"
	"github.com/rung-hr/rung/ent/db/paypoint"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/money"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
)

// MyBand returns the actor's own band and pay, for a year of full time, in minor
// units. Everybody may see their own, with a recent sign-in. It returns a
// SignedOut fault without an actor, a NotFound fault while viewing as somebody
// else or when there is no band for their level and location in the currency of
// their pay, and a Forbidden fault with code step_up when the sign-in is too old.
func (s *Service) MyBand(ctx context.Context) (OwnBand, error) {
	me, err := actor.Require(ctx)
	if err != nil {
		return OwnBand{}, err
	}
	if !s.Access.CanPerson(ctx, access.Pay, access.Read, access.PersonFacts{ID: me.ID}) {
		return OwnBand{}, fault.Missing()
	}
	if me.Viewer != nil { // a viewer may not see another person's own pay
		return OwnBand{}, fault.Missing()
	}
	if err := s.recent(ctx); err != nil {
		return OwnBand{}, err
	}
	p, err := s.Store.Read().Person.Get(ctx, me.ID)
	if err != nil {
		return OwnBand{}, store.Found(err)
	}
	pay, err := s.payOn(ctx, me.ID, clock.DateOf(s.Clock.Now()))
	if err != nil {
		return OwnBand{}, err
	}
	row, err := s.bandOf(ctx, p, clock.DateOf(s.Clock.Now()))
	if err != nil {
		return OwnBand{}, err
	}
	if row.Currency != pay.Currency {
		return OwnBand{}, fault.Missing()
	}
	return ownBand(row, pay)
}

func (s *Service) payOn(ctx context.Context, id uuid.UUID, day clock.Date) (*db.PayPoint, error) {
	pay, err := s.Store.Read().PayPoint.Query().
		Where(paypoint.PersonID(id), paypoint.ValidFromLTE(day), paypoint.ValidToGT(day)).Only(ctx)
	return pay, store.Found(err)
}

func (s *Service) bandOf(ctx context.Context, p *db.Person, day clock.Date) (*db.Band, error) {
	row, err := s.Store.Read().Band.Query().
		Where(band.HasSetWith(setOn(day)), band.Level(p.Level), band.Location(p.Location)).
		WithSet().
		Order(band.BySetField(bandset.FieldValidFrom, sql.OrderDesc()), db.Asc(band.FieldFamily)).
		First(ctx)
	return row, store.Found(err)
}

func ownBand(row *db.Band, pay *db.PayPoint) (OwnBand, error) {
	b := Band{Currency: row.Currency, Min: row.MinMinor, Mid: row.MidMinor, Max: row.MaxMinor}
	full, err := FromActual(money.Amount{Minor: int64(pay.AmountMinor), Currency: pay.Currency}, money.FTE(pay.FtePpm))
	if err != nil {
		return OwnBand{}, err
	}
	ratio, _ := b.CompaRatio(full.FullTime)
	return OwnBand{
		Band: BandRef{Level: row.Level, Location: row.Location, Currency: row.Currency, Min: b.Min, Mid: b.Mid, Max: b.Max},
		Pay:  money.Amount{Minor: full.FullTime, Currency: row.Currency}, FTE: full.FTE.Float(),
		Compa: ratio.Float(shownPlaces), Bucket: b.Bucket(full.FullTime),
		Set: OwnSet{Name: row.Edges.Set.Name, ValidFrom: row.Edges.Set.ValidFrom},
	}, nil
}

// PayFilter narrows a list by pay. Limit is 1 to 200; 0 means 50.
type PayFilter struct {
	Level, Location string
	Cursor          string
	Limit           int
}

// PaidPerson is a person and their base pay for a year of full time.
type PaidPerson struct {
	ID  uuid.UUID
	Pay money.Amount
}

// ByPay lists people with known pay, by currency and then highest first: 50 by
// default, at most 200. Pay in different currencies is never ranked against each
// other. HR partners may, in their scope; compensation partners and approvers
// may, for everybody. Each person who is listed can see it. The cursor names a
// person and no amount, because it appears in an address. It returns an Invalid
// fault for an unknown cursor, a Forbidden fault with code step_up when the
// sign-in is too old, and a Forbidden fault to everybody else.
func (s *Service) ByPay(ctx context.Context, f PayFilter) ([]PaidPerson, string, error) {
	reach, err := s.paid(ctx)
	if err != nil {
		return nil, "", err
	}
	cursor, err := store.ParseCursor(f.Cursor)
	if err != nil {
		return nil, "", err
	}
	snap, err := s.on(ctx, clock.DateOf(s.Clock.Now()))
	if err != nil {
		return nil, "", err
	}
	limit := store.Limit(f.Limit)
	list, next := store.Page(snap.ranked(f, reach, cursor.ID, limit+1), limit, func(p PaidPerson) store.Cursor {
		return store.Cursor{ID: p.ID}
	})
	if len(list) > 0 {
		shown := make([]uuid.UUID, 0, len(list))
		for _, p := range list {
			shown = append(shown, p.ID)
		}
		err = s.recordRead(ctx, "pay", shown)
	}
	return list, next, err
}

// ranked returns at most count people after the given one. It starts at the top
// if nobody is given, or if the given person no longer has pay.
func (n *snapshot) ranked(f PayFilter, reach access.Reach, after uuid.UUID, count int) []PaidPerson {
	order := n.payRanked()
	if after != uuid.Nil {
		order = order[slices.IndexFunc(order, func(i int32) bool { return n.ids[i] == after })+1:]
	}
	out := make([]PaidPerson, 0, count)
	for _, i := range order {
		if len(out) == count {
			break
		}
		matches := reach.Covers(n.unitNow[i], n.country[i]) && (f.Level == "" || n.levels[n.level[i]].Code == f.Level) && (f.Location == "" || n.locations[n.location[i]] == f.Location)
		if matches {
			out = append(out, PaidPerson{ID: n.ids[i], Pay: money.Amount{Minor: n.fullTime[i], Currency: n.currency[i]}})
		}
	}
	return out
}
