// Package company makes a company of any size for measurements. It writes rows
// the way the use cases would leave them, only faster. The same size gives the
// same company, except for the ids.
package company

import (
	"context"
	"crypto/sha256"
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"time"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/ladderversion"
	"github.com/rung-hr/rung/ent/schema"
	"github.com/rung-hr/rung/internal/app"
	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/domain/people"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/names"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/audit"
)

const (
	batch   = 1000
	width   = 8 // reports of a manager
	perUnit = 25
	seed    = 20260101
)

// Locations are where people work, with the currency there.
var Locations = []struct{ Name, Currency string }{
	{"London", "GBP"}, {"Berlin", "EUR"}, {"New York", "USD"}, {"Toronto", "CAD"}, {"Sydney", "AUD"},
}

var levels = []struct {
	code, track string
	mid         int64 // of the band, in minor units
	weight      int
}{
	{"IC3", "IC", 7_000_000, 40}, {"IC4", "IC", 8_400_000, 35}, {"IC5", "IC", 10_000_000, 17}, {"IC6", "IC", 12_000_000, 6},
	{"IC7", "IC", 14_400_000, 2}, {"M1", "M", 10_400_000, 0}, {"M2", "M", 13_000_000, 0},
}

// Person is somebody in the company.
type Person struct {
	ID                     uuid.UUID
	Manager                int // index, -1 for nobody
	Name, Email            string
	Level, Track, Location string
	Currency               string
	Pay                    int64
	unit                   uuid.UUID
	target                 string
	self                   uuid.UUID // the self-assessment, uuid.Nil for none
	submitted              bool
}

// Reports tells whether anybody reports to the i-th person of so many.
func Reports(i, of int) bool { return i*width+1 < of }

// Make invents a company of the given size: a tree of managers, seven levels,
// five places, and log-normal pay around the middle of the band.
func Make(size int) []Person {
	random := rand.New(rand.NewPCG(seed, uint64(size)))
	list := make([]Person, size)
	for i := range list {
		level := levels[drawLevel(random)]
		if Reports(i, size) {
			level = levels[len(levels)-2]
		}
		if i <= width {
			level = levels[len(levels)-1]
		}
		place := Locations[random.IntN(len(Locations))]
		first, last := firstNames[random.IntN(len(firstNames))], lastNames[random.IntN(len(lastNames))]
		list[i] = Person{
			ID: uuid.Must(uuid.NewV7()), Manager: (i - 1) / width, Name: first + " " + last, Email: fmt.Sprintf("p%d@bench.example", i),
			Level: level.code, Track: level.track, Location: place.Name, Currency: place.Currency,
			Pay: int64(float64(level.mid)*math.Exp(random.NormFloat64()*0.12)/1000) * 1000,
		}
	}
	list[0].Manager = -1
	return list
}

func drawLevel(random *rand.Rand) int {
	at := random.IntN(100)
	for i, l := range levels {
		if at -= l.weight; at < 0 {
			return i
		}
	}
	return 0
}

// World is a company in a database, with what a client needs for its requests.
type World struct {
	People       []Person
	Competencies []string
}

// Token is what the i-th person signs requests with.
func Token(i int) string { return fmt.Sprintf("bench-token-%d", i) }

// Draft returns a person with a draft and the id of the draft, false for others.
func (w World) Draft(i int) (uuid.UUID, bool) {
	p := w.People[i]
	return p.self, p.self != uuid.Nil && !p.submitted
}

// Submitted returns the id of a submitted self-assessment, false for none.
func (w World) Submitted(i int) (uuid.UUID, bool) { return w.People[i].self, w.People[i].submitted }

// Fill puts a company into the app's database and signs in the first few people.
// Person 0 is an HR partner.
func Fill(ctx context.Context, a *app.App, size, sessions int, now time.Time) (World, error) {
	if err := a.Bootstrap(ctx); err != nil {
		return World{}, err
	}
	ctx = actor.AsSystem(ctx, "benchmark")
	f := filler{now: now, today: clock.DateOf(now), world: World{People: Make(size)}}
	trail := audit.New(clock.NewFake(now))
	err := a.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		f.tx = tx
		if err := trail.Record(ctx, tx, audit.Entry{Action: audit.PeopleImported, Resource: "person"}); err != nil {
			return err
		}
		for _, step := range []func(context.Context) error{f.units, f.people, f.bands, f.assessments, f.cases} {
			if err := step(ctx); err != nil {
				return err
			}
		}
		if err := f.sessions(ctx, min(sessions, size)); err != nil {
			return err
		}
		if err := people.RebuildLines(ctx, a.Store, tx); err != nil {
			return err
		}
		return store.BumpRevision(ctx, store.CompensationRevision)
	})
	return f.world, err
}

type filler struct {
	tx    *db.Client
	now   time.Time
	today clock.Date
	world World
}

// inBatches calls add for each index and save for each full batch.
func inBatches[T any](size int, add func(int) (T, bool), save func([]T) error) error {
	rows := make([]T, 0, batch)
	for i := range size {
		if row, ok := add(i); ok {
			rows = append(rows, row)
		}
		if len(rows) == batch || i == size-1 && len(rows) > 0 {
			if err := save(rows); err != nil {
				return err
			}
			rows = rows[:0]
		}
	}
	return nil
}

func (f *filler) units(ctx context.Context) error {
	ids := make([]uuid.UUID, len(f.world.People)/perUnit+1)
	for i := range ids {
		ids[i] = uuid.Must(uuid.NewV7())
	}
	for i := range f.world.People {
		f.world.People[i].unit = ids[i%len(ids)]
	}
	return inBatches(len(ids), func(i int) (*db.UnitCreate, bool) {
		name := fmt.Sprintf("Unit %d", i)
		return f.tx.Unit.Create().SetID(ids[i]).SetName(name).SetNameKey(name), true
	}, func(rows []*db.UnitCreate) error { return f.tx.Unit.CreateBulk(rows...).Exec(ctx) })
}

func (f *filler) people(ctx context.Context) error {
	list := f.world.People
	err := inBatches(len(list), func(i int) (*db.PersonCreate, bool) {
		p := list[i]
		row := f.tx.Person.Create().SetID(p.ID).SetEmployeeNo(strconv.Itoa(i)).SetName(p.Name).SetNameKey([]byte(names.Fold(p.Name))).
			SetEmail(p.Email).SetUnitID(p.unit).SetLevel(p.Level).SetTrack(p.Track).SetTitle("Engineer").SetLocation(p.Location).SetHiredOn("2022-01-01")
		if p.Manager >= 0 {
			row.SetManagerID(list[p.Manager].ID)
		}
		if i == 0 {
			row.SetRoles([]string{"hr"}).SetScopes([]schema.Scope{{}})
		}
		return row, true
	}, func(rows []*db.PersonCreate) error { return f.tx.Person.CreateBulk(rows...).Exec(ctx) })
	if err != nil {
		return err
	}
	err = inBatches(len(list), func(i int) (*db.EmploymentCreate, bool) {
		p := list[i]
		return f.tx.Employment.Create().SetPersonID(p.ID).SetUnitID(p.unit).SetLevel(p.Level).SetTrack(p.Track).SetLocation(p.Location).
			SetValidFrom("2022-01-01").SetValidTo(clock.Forever).SetRecordedAt(f.now), true
	}, func(rows []*db.EmploymentCreate) error { return f.tx.Employment.CreateBulk(rows...).Exec(ctx) })
	if err != nil {
		return err
	}
	return inBatches(len(list), func(i int) (*db.PayPointCreate, bool) {
		p := list[i]
		return f.tx.PayPoint.Create().SetPersonID(p.ID).SetAmountMinor(schema.Pay(p.Pay)).SetCurrency(p.Currency).SetFtePpm(1_000_000).
			SetValidFrom("2026-01-01").SetValidTo(clock.Forever).SetRecordedAt(f.now), true
	}, func(rows []*db.PayPointCreate) error { return f.tx.PayPoint.CreateBulk(rows...).Exec(ctx) })
}

func (f *filler) bands(ctx context.Context) error {
	set, err := f.tx.BandSet.Create().SetName("Bands").SetValidFrom("2026-01-01").SetValidTo(clock.Forever).SetRecordedAt(f.now).Save(ctx)
	if err != nil {
		return err
	}
	return inBatches(len(levels)*len(Locations), func(i int) (*db.BandCreate, bool) {
		l, at := levels[i%len(levels)], Locations[i/len(levels)]
		return f.tx.Band.Create().SetSetID(set.ID).SetFamily("").SetTrack(l.track).SetLevel(l.code).SetLocation(at.Name).SetCurrency(at.Currency).
			SetMinMinor(l.mid * 82 / 100).SetMidMinor(l.mid).SetMaxMinor(l.mid * 118 / 100), true
	}, func(rows []*db.BandCreate) error { return f.tx.Band.CreateBulk(rows...).Exec(ctx) })
}

// assessments gives six people in ten a submitted self-assessment with every
// rating, one a draft and the others none.
func (f *filler) assessments(ctx context.Context) error {
	version, doc, err := f.ladder(ctx)
	if err != nil {
		return err
	}
	cycle, err := f.tx.Cycle.Create().SetName("Cycle").SetLadderVersionID(version).SetOpensOn(f.today.AddDays(-30)).SetClosesOn(f.today.AddDays(30)).
		SetSelfDueAt(f.now.AddDate(0, 0, 10)).SetManagerDueAt(f.now.AddDate(0, 0, 20)).Save(ctx)
	if err != nil {
		return err
	}
	for _, c := range doc.Competencies {
		f.world.Competencies = append(f.world.Competencies, c.Code)
	}
	list := f.world.People
	err = inBatches(len(list), func(i int) (*db.AssessmentCreate, bool) {
		p := &list[i]
		if i%10 > 6 {
			return nil, false
		}
		p.self, p.submitted, p.target = uuid.Must(uuid.NewV7()), i%10 < 6, p.Level
		if level, _, ok := doc.Level(p.Level); ok && len(level.Next) > 0 {
			p.target = level.Next[0]
		}
		row := f.tx.Assessment.Create().SetID(p.self).SetCycleID(cycle.ID).SetSubjectID(p.ID).SetAuthorID(p.ID).SetLadderVersionID(version).
			SetKind("self").SetBaseLevel(p.Level).SetTargetLevel(p.target).SetCreatedAt(f.now)
		if p.submitted {
			row.SetState("submitted").SetSubmittedAt(f.now)
		}
		return row, true
	}, func(rows []*db.AssessmentCreate) error { return f.tx.Assessment.CreateBulk(rows...).Exec(ctx) })
	if err != nil {
		return err
	}
	return f.items(ctx)
}

func (f *filler) items(ctx context.Context) error {
	list, codes := f.world.People, f.world.Competencies
	return inBatches(len(list)*len(codes), func(i int) (*db.AssessmentItemCreate, bool) {
		p, code := list[i/len(codes)], codes[i%len(codes)]
		return f.tx.AssessmentItem.Create().SetAssessmentID(p.self).SetCompetency(code).SetLevel(p.target).SetRating(i % 4).
			SetReason("What I did this half-year on " + code + ", with the effect that it had on the team and on the service.").
			SetUpdatedAt(f.now), p.self != uuid.Nil
	}, func(rows []*db.AssessmentItemCreate) error { return f.tx.AssessmentItem.CreateBulk(rows...).Exec(ctx) })
}

func (f *filler) ladder(ctx context.Context) (uuid.UUID, ladder.Rubric, error) {
	row, err := f.tx.LadderVersion.Query().Order(db.Desc(ladderversion.FieldEffectiveFrom)).First(ctx)
	if err != nil {
		return uuid.Nil, ladder.Rubric{}, err
	}
	source, err := ladder.Parse(row.Version, []byte(row.Document))
	return row.ID, source.Document.Rubric(), err
}

// cases opens a promotion case for three people in a hundred.
func (f *filler) cases(ctx context.Context) error {
	version, _, err := f.ladder(ctx)
	if err != nil {
		return err
	}
	list := f.world.People
	return inBatches(len(list), func(i int) (*db.PromotionCaseCreate, bool) {
		p := list[i]
		if i%100 >= 3 || i == 0 || !p.submitted {
			return nil, false
		}
		return f.tx.PromotionCase.Create().SetPersonID(p.ID).SetOpenedByID(p.ID).SetLadderVersionID(version).SetFromLevel(p.Level).SetFromTrack(p.Track).
			SetToLevel(p.target).SetToTrack(p.Track).SetOpenedAt(f.now), true
	}, func(rows []*db.PromotionCaseCreate) error { return f.tx.PromotionCase.CreateBulk(rows...).Exec(ctx) })
}

func (f *filler) sessions(ctx context.Context, count int) error {
	return inBatches(count, func(i int) (*db.SessionCreate, bool) {
		sum := sha256.Sum256([]byte(Token(i)))
		return f.tx.Session.Create().SetTokenHash(sum[:]).SetPersonID(f.world.People[i].ID).SetIssuer("bench").SetSubject(strconv.Itoa(i)).
			SetAuthenticatedAt(f.now).SetCreatedAt(f.now).SetSeenAt(f.now).SetExpiresAt(f.now.AddDate(0, 0, 7)), true
	}, func(rows []*db.SessionCreate) error { return f.tx.Session.CreateBulk(rows...).Exec(ctx) })
}

var (
	firstNames = []string{
		"Ada", "Bela", "Carla", "Daan", "Elif", "Farid", "Gita", "Hana", "Ivo", "Jana", "Kofi", "Lotte", "Marta", "Noor", "Omar", "Pia",
		"Quentin", "Rosa", "Sami", "Tama", "Uma", "Vera", "Wanda", "Xenia", "Yusuf", "Zoe", "Malik", "Maya", "Milan", "Mona",
	}
	lastNames = []string{
		"Adeyinka", "Brandt", "Castell", "Delgado", "Eklund", "Farrow", "Galvan", "Hartono", "Ibsen", "Jansen", "Kaleem", "Lorenz",
		"Moreau", "Novak", "Okafor", "Petrova", "Quist", "Rossi", "Strand", "Tanaka", "Ueda", "Vargas", "Weiss", "Xu", "Yilmaz", "Zamora",
	}
)
