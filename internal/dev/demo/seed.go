package demo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/employment"
	"github.com/rung-hr/rung/internal/app"
	"github.com/rung-hr/rung/internal/domain/people"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/names"
	"github.com/rung-hr/rung/internal/trust/audit"
)

const (
	seedNumber = 7
	batch      = 400
	day        = 24 * time.Hour
	year       = 365
)

// seeder fills an empty database.
type seeder struct {
	app    *app.App
	clock  *clock.Fake
	now    time.Time
	random *rand.Rand
	people []*member
	ids    map[*member]uuid.UUID
	byKey  map[string]*member
	trail  *audit.Trail

	ladderVersion uuid.UUID
	logged        map[*member]map[string]uuid.UUID // evidence by competency
	cycles        []uuid.UUID                      // oldest first; the last one is open
}

// Seed makes a company of n people (at least 140) in the app's empty database.
// The app must run on the clock c, which ends at now.
func Seed(ctx context.Context, a *app.App, c *clock.Fake, now time.Time, n int) error {
	return newSeeder(a, c, now, n).run(ctx)
}

func newSeeder(a *app.App, c *clock.Fake, now time.Time, n int) *seeder {
	s := &seeder{
		app: a, clock: c, now: now.UTC().Truncate(time.Second), people: invent(n, seedNumber), ids: map[*member]uuid.UUID{}, logged: map[*member]map[string]uuid.UUID{}, byKey: map[string]*member{},
		random: rand.New(rand.NewPCG(seedNumber, 1)), trail: audit.New(c),
	}
	for _, m := range s.people {
		if m.key != "" {
			s.byKey[m.key] = m
		}
	}
	return s
}

// run makes the company, and then what the further steps add.
func (s *seeder) run(ctx context.Context, further ...func(context.Context) error) error {
	ctx = actor.AsSystem(ctx, "demo company")
	for _, step := range append([]func(context.Context) error{
		s.addLadder, s.addPeople, s.addPay, s.addCycles, s.addEvidence, s.addAssessments, s.addCases, s.addTechnologies,
	}, further...) {
		if err := step(ctx); err != nil {
			return err
		}
	}
	s.clock.Set(s.now)
	return nil
}

func (s *seeder) daysAgo(n int) time.Time { return s.now.AddDate(0, 0, -n) }

func (s *seeder) date(daysAgo int) clock.Date { return clock.DateOf(s.daysAgo(daysAgo)) }

func (s *seeder) addLadder(ctx context.Context) error {
	s.clock.Set(s.daysAgo(2 * year))
	if err := s.app.Bootstrap(ctx); err != nil {
		return err
	}
	list, err := s.app.Store.Read().LadderVersion.Query().IDs(ctx)
	if err == nil {
		s.ladderVersion = list[0]
	}
	return err
}

// inTx runs a step that is recorded in the trail as one import.
func (s *seeder) inTx(ctx context.Context, resource string, f func(context.Context, *db.Client) error) error {
	return s.app.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		if err := f(ctx, tx); err != nil {
			return fmt.Errorf("demo: %s: %w", resource, err)
		}
		return s.trail.Record(ctx, tx, audit.Entry{Action: audit.PeopleImported, Resource: resource})
	})
}

func (s *seeder) addPeople(ctx context.Context) error {
	s.clock.Set(s.daysAgo(2*year - 1))
	return s.inTx(ctx, "people", func(ctx context.Context, tx *db.Client) error {
		units, err := s.addUnits(ctx, tx)
		if err != nil {
			return err
		}
		if err := s.addPersons(ctx, tx, units); err != nil {
			return err
		}
		if err := s.addEmployment(ctx, tx, units); err != nil {
			return err
		}
		return people.RebuildLines(ctx, s.app.Store, tx)
	})
}

func (s *seeder) addUnits(ctx context.Context, tx *db.Client) (map[string]uuid.UUID, error) {
	units := map[string]uuid.UUID{}
	for _, m := range s.people {
		if _, ok := units[m.unit]; ok {
			continue
		}
		create := tx.Unit.Create().SetName(m.unit).SetNameKey(names.Fold(m.unit))
		if m.track == "M" && m.manager != nil { // a manager's unit lies in that of their manager
			create.SetParentID(units[m.manager.unit])
		}
		row, err := create.Save(ctx)
		if err != nil {
			return nil, err
		}
		units[m.unit] = row.ID
	}
	return units, nil
}

func (s *seeder) addPersons(ctx context.Context, tx *db.Client, units map[string]uuid.UUID) error {
	rows := make([]*db.PersonCreate, 0, len(s.people))
	for i, m := range s.people {
		s.ids[m] = uuid.Must(uuid.NewV7())
		row := tx.Person.Create().
			SetID(s.ids[m]).SetEmployeeNo(fmt.Sprintf("E%05d", i+1)).
			SetName(m.name).SetNameKey([]byte(names.Fold(m.name))).SetEmail(m.email).
			SetUnitID(units[m.unit]).SetLevel(m.level).SetTrack(m.track).SetTitle(m.title).
			SetLocation(m.place.name).SetCountry(m.place.country).SetTimeZone(m.place.zone).
			SetFtePpm(m.fte).SetHiredOn(s.date(m.hiredDaysAgo)).SetLevelSince(s.date(min(m.hiredDaysAgo, 700)))
		if m.manager != nil {
			row.SetManagerID(s.ids[m.manager])
		}
		rows = append(rows, row)
	}
	return inBatches(rows, func(part []*db.PersonCreate) error { return tx.Person.CreateBulk(part...).Exec(ctx) })
}

// addEmployment gives everybody their current facts and, if they have been here
// long enough, an earlier period at a lower level.
func (s *seeder) addEmployment(ctx context.Context, tx *db.Client, units map[string]uuid.UUID) error {
	var rows []*db.EmploymentCreate
	span := func(m *member, level string, from, to clock.Date, reason employment.Reason) {
		row := tx.Employment.Create().
			SetPersonID(s.ids[m]).SetUnitID(units[m.unit]).SetLevel(level).SetTrack(m.track).SetTitle(m.title).
			SetLocation(m.place.name).SetFtePpm(m.fte).SetReason(reason).SetValidFrom(from).SetValidTo(to).SetRecordedAt(s.clock.Now())
		if level != m.level {
			row.SetTitle(titles[level])
		}
		if m.manager != nil {
			row.SetManagerID(s.ids[m.manager])
		}
		rows = append(rows, row)
	}
	for _, m := range s.people {
		lower := map[string]string{"IC4": "IC3", "IC5": "IC4", "IC6": "IC5", "IC7": "IC6", "M2": "M1"}[m.level]
		if lower == "" || m.hiredDaysAgo < 710 {
			span(m, m.level, s.date(m.hiredDaysAgo), clock.Forever, employment.ReasonHired)
			continue
		}
		span(m, lower, s.date(m.hiredDaysAgo), s.date(700), employment.ReasonHired)
		span(m, m.level, s.date(700), clock.Forever, employment.ReasonPromoted)
	}
	return inBatches(rows, func(part []*db.EmploymentCreate) error { return tx.Employment.CreateBulk(part...).Exec(ctx) })
}

func inBatches[T any](rows []T, save func([]T) error) error {
	for len(rows) > 0 {
		n := min(batch, len(rows))
		if err := save(rows[:n]); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

// as returns a context in which the member acts.
func (s *seeder) as(ctx context.Context, m *member) context.Context {
	roles := []string{"employee"}
	for _, g := range m.groups {
		roles = append(roles, g[len("rung-"):])
	}
	scopes := []actor.Scope{{}} // matters only for hr
	return actor.With(ctx, actor.Person{ID: s.ids[m], Name: m.name, Roles: roles, Scopes: scopes})
}
