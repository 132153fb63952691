// Package people is who works here: the directory, and the facts of each day.
package people

import (
	"context"
	"sync/atomic"

	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/employment"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/db/predicate"
	"github.com/rung-hr/rung/ent/db/unit"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/money"
	"github.com/rung-hr/rung/internal/platform/names"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/process"
	"github.com/rung-hr/rung/internal/trust/usecase"
)

// PayList returns people ordered by their pay to those who may know it, and a
// Forbidden fault to everybody else.
type PayList interface {
	ByPay(ctx context.Context, f PayFilter) ([]PaidPerson, string, error)
}

// PayFilter narrows a list by pay.
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

// Service is the use cases around people.
type Service struct {
	usecase.Base
	pay    PayList
	caseOf CaseOf
	swept  atomic.Value // clock.Date: the last day whose changes are in force
}

// New returns the use cases.
func New(b usecase.Base, pay PayList) *Service {
	return &Service{Base: b, pay: pay}
}

// Entry is a person in the directory.
type Entry struct {
	ID       uuid.UUID          `json:"id"`
	Name     string             `json:"name"`
	Email    string             `json:"email"`
	Title    string             `json:"title"`
	Track    string             `json:"track"`
	Level    string             `json:"level"`
	Location string             `json:"location"`
	Unit     *UnitRef           `json:"unit,omitempty"`
	Manager  *process.PersonRef `json:"manager,omitempty"`
	Status   string             `json:"status" enum:"active,inactive"`
	Pay      *money.Amount      `json:"pay,omitempty" doc:"base pay for a year of full time; only in a list sorted by pay, for those who may read it"`
}

// UnitRef names a unit.
type UnitRef struct {
	ID   uuid.UUID `json:"id"`
	Name string    `json:"name"`
}

// Filter narrows the directory.
type Filter struct {
	Prefix   string // of the name
	Level    string
	Location string
	Unit     uuid.UUID
	Sort     string // name (default) or pay
	Cursor   string
	Limit    int
}

// List returns active people by name, or by pay, at most 200 at a time, with
// the cursor of the next page. Everybody may read the directory; only those who
// may read pay may sort by it.
//
// It returns a Forbidden fault for a list by pay without that right, and an
// Invalid fault for a cursor or a filter that the list does not have.
func (s *Service) List(ctx context.Context, f Filter) ([]Entry, string, error) {
	if f.Sort == "pay" {
		return s.listByPay(ctx, f)
	}
	cursor, err := store.ParseCursor(f.Cursor)
	if err != nil {
		return nil, "", err
	}
	q := s.Store.Read().Person.Query().
		Where(s.Access.PersonScope(ctx, access.People, access.Read), person.StatusEQ(person.StatusActive)).
		WithUnit().WithManager().
		Order(db.Asc(person.FieldNameKey), db.Asc(person.FieldID))
	f.apply(q)
	if cursor.ID != uuid.Nil {
		q.Where(afterName([]byte(cursor.Key), cursor.ID))
	}
	limit := store.Limit(f.Limit)
	rows, err := q.Limit(limit + 1).All(ctx)
	if err != nil {
		return nil, "", err
	}
	rows, next := store.Page(rows, limit, func(p *db.Person) store.Cursor { return store.Cursor{Key: string(p.NameKey), ID: p.ID} })
	out := make([]Entry, 0, len(rows))
	for _, p := range rows {
		out = append(out, entryOf(p))
	}
	return out, next, nil
}

func (f Filter) apply(q *db.PersonQuery) {
	if f.Prefix != "" {
		q.Where(names.StartingWith(f.Prefix))
	}
	if f.Level != "" {
		q.Where(person.Level(f.Level))
	}
	if f.Location != "" {
		q.Where(person.Location(f.Location))
	}
	if f.Unit != uuid.Nil {
		q.Where(person.UnitID(f.Unit))
	}
}

func afterName(key []byte, id uuid.UUID) predicate.Person {
	return func(s *sql.Selector) {
		s.Where(sql.CompositeGT([]string{s.C(person.FieldNameKey), s.C(person.FieldID)}, key, id))
	}
}

func (s *Service) listByPay(ctx context.Context, f Filter) ([]Entry, string, error) {
	if f.Prefix != "" || f.Unit != uuid.Nil {
		return nil, "", fault.Bad("A list by pay can be narrowed by level and location only.", fault.Detail{Field: "sort", Message: "cannot be combined with a name or unit", Fix: "Leave out one of them."})
	}
	paid, next, err := s.pay.ByPay(ctx, PayFilter{Level: f.Level, Location: f.Location, Cursor: f.Cursor, Limit: f.Limit})
	if err != nil {
		return nil, "", err
	}
	ids := make([]uuid.UUID, 0, len(paid))
	for _, p := range paid {
		ids = append(ids, p.ID)
	}
	rows, err := s.Store.Read().Person.Query().
		Where(person.IDIn(ids...), s.Access.PersonScope(ctx, access.People, access.Read)).
		WithUnit().WithManager().All(ctx)
	if err != nil {
		return nil, "", err
	}
	byID := map[uuid.UUID]*db.Person{}
	for _, r := range rows {
		byID[r.ID] = r
	}
	out := make([]Entry, 0, len(paid))
	for _, p := range paid {
		if row := byID[p.ID]; row != nil {
			e := entryOf(row)
			e.Pay = &p.Pay
			out = append(out, e)
		}
	}
	return out, next, nil
}

func entryOf(p *db.Person) Entry {
	e := Entry{
		ID: p.ID, Name: p.Name, Email: p.Email, Title: p.Title, Track: p.Track, Level: p.Level, Location: p.Location, Status: string(p.Status),
	}
	if u := p.Edges.Unit; u != nil {
		e.Unit = &UnitRef{ID: u.ID, Name: u.Name}
	}
	if m := p.Edges.Manager; m != nil {
		ref := process.RefOf(m)
		e.Manager = &ref
	}
	return e
}

// Profile is a person with their history.
type Profile struct {
	Entry
	TimeZone     string      `json:"timeZone"`
	WorkingHours string      `json:"workingHours"`
	FTE          float64     `json:"fte" doc:"share of full time; 1 is full time"`
	HiredOn      *clock.Date `json:"hiredOn"`
	Employment   []Span      `json:"employment" doc:"newest first"`
	EndsOn       *clock.Date `json:"endsOn,omitempty" doc:"the first day on which the person no longer works here"`
	Version      int         `json:"version"`
	MayChange    bool        `json:"mayChange" doc:"you may change the facts"`
	NotTaken     []NotTaken  `json:"notTaken,omitempty" doc:"what the identity provider sent and Rung could not use; only for those who may change the facts"`
}

// ETagVersion is the version that a writer gives as the one they have seen.
func (p Profile) ETagVersion() int { return p.Version }

// Span is the facts during a half-open range of dates.
type Span struct {
	ValidFrom clock.Date         `json:"validFrom"`
	ValidTo   *clock.Date        `json:"validTo" doc:"null while it lasts"`
	Level     string             `json:"level"`
	Track     string             `json:"track"`
	Title     string             `json:"title"`
	Location  string             `json:"location"`
	Unit      string             `json:"unit"`
	Manager   *process.PersonRef `json:"manager,omitempty"`
	Reason    string             `json:"reason" enum:"hired,imported,provisioned,promoted,moved,corrected"`
	Future    bool               `json:"future" doc:"planned, not yet in force"`
}

const ppm = 1_000_000

// Get returns a person of the directory with their history, newest first.
// Everybody may call it.
//
// It returns a NotFound fault for a person whom the actor may not see.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (Profile, error) {
	p, err := s.Store.Read().Person.Query().
		Where(person.ID(id), s.Access.PersonScope(ctx, access.People, access.Read)).
		WithUnit().WithManager().Only(ctx)
	if err != nil {
		return Profile{}, store.Found(err)
	}
	spans, err := s.Store.Read().Employment.Query().
		Where(employment.PersonID(id)).WithUnit().WithManager().Order(db.Desc(employment.FieldValidFrom)).All(ctx)
	if err != nil {
		return Profile{}, err
	}
	out := Profile{
		Entry: entryOf(p), TimeZone: p.TimeZone, WorkingHours: p.WorkingHours, FTE: float64(p.FtePpm) / ppm, HiredOn: p.HiredOn, Employment: []Span{},
		EndsOn: p.EndedOn, Version: p.Version, MayChange: s.Access.CanPerson(ctx, access.People, access.Update, access.FactsOf(p)),
	}
	if out.MayChange {
		out.NotTaken = notTakenOf(p)
	}
	for _, e := range spans {
		span := spanOf(e)
		span.Future = e.ValidFrom > clock.DateOf(s.Clock.Now())
		out.Employment = append(out.Employment, span)
	}
	return out, nil
}

func spanOf(e *db.Employment) Span {
	s := Span{ValidFrom: e.ValidFrom, Level: e.Level, Track: e.Track, Title: e.Title, Location: e.Location, Reason: string(e.Reason)}
	if e.ValidTo != clock.Forever {
		s.ValidTo = &e.ValidTo
	}
	if e.Edges.Unit != nil {
		s.Unit = e.Edges.Unit.Name
	}
	if e.Edges.Manager != nil {
		ref := process.RefOf(e.Edges.Manager)
		s.Manager = &ref
	}
	return s
}

// Facets are the values by which the directory can be narrowed, each in order.
type Facets struct {
	Levels    []string  `json:"levels"`
	Locations []string  `json:"locations"`
	Units     []UnitRef `json:"units"`
}

// Facets returns the levels, locations and units that active people have, each
// in order. Everybody may call it. It returns no fault of its own.
func (s *Service) Facets(ctx context.Context) (Facets, error) {
	scope := s.Access.PersonScope(ctx, access.People, access.Read)
	out := Facets{Levels: []string{}, Locations: []string{}, Units: []UnitRef{}}
	active := person.And(scope, person.StatusEQ(person.StatusActive))
	client := s.Store.Read()
	if err := client.Person.Query().Where(active, person.LevelNEQ("")).Order(db.Asc(person.FieldLevel)).GroupBy(person.FieldLevel).Scan(ctx, &out.Levels); err != nil {
		return out, err
	}
	if err := client.Person.Query().Where(active, person.LocationNEQ("")).Order(db.Asc(person.FieldLocation)).GroupBy(person.FieldLocation).Scan(ctx, &out.Locations); err != nil {
		return out, err
	}
	units, err := client.Unit.Query().Order(db.Asc(unit.FieldNameKey)).All(ctx)
	for _, u := range units {
		out.Units = append(out.Units, UnitRef{ID: u.ID, Name: u.Name})
	}
	return out, err
}
