package people

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/employment"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/internal/clock"
)

// importBatch rows of up to 21 columns stay below SQLite's 32,766 parameters.
const importBatch = 1000

// writer carries a plan out.
type writer struct {
	tx    *db.Client
	plan  *plan
	today clock.Date
	now   time.Time
}

func (w writer) write(ctx context.Context) error {
	if err := w.addUnits(ctx); err != nil {
		return err
	}
	if err := w.addPeople(ctx); err != nil {
		return err
	}
	for _, t := range w.plan.changed {
		if err := w.change(ctx, t); err != nil {
			return fmt.Errorf("people: line %d: %w", t.row.line, err)
		}
	}
	return w.respan(ctx)
}

func (w writer) addUnits(ctx context.Context) error {
	for units := range slices.Chunk(w.plan.newUnit, importBatch) {
		rows := make([]*db.UnitCreate, len(units))
		for i, u := range units {
			rows[i] = w.tx.Unit.Create().SetID(u.ID).SetName(u.Name).SetNameKey(u.NameKey)
		}
		if err := w.tx.Unit.CreateBulk(rows...).Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}

// addPeople writes managers before the people whom they manage: the database
// insists on managers that exist.
func (w writer) addPeople(ctx context.Context) error {
	for people := range slices.Chunk(w.topDown(), importBatch) {
		rows, spans := make([]*db.PersonCreate, len(people)), make([]*db.EmploymentCreate, len(people))
		for i, t := range people {
			a := &t.after
			rows[i] = w.tx.Person.Create().SetID(t.id).SetNillableEmployeeNo(a.EmployeeNo).SetName(a.Name).SetNameKey(a.NameKey).
				SetEmail(a.Email).SetStatus(a.Status).SetRoles([]string{}).SetNillableUnitID(a.UnitID).SetNillableManagerID(a.ManagerID).
				SetLevel(a.Level).SetTrack(a.Track).SetTitle(a.Title).SetLocation(a.Location).SetCountry(a.Country).
				SetTimeZone(a.TimeZone).SetFtePpm(a.FtePpm).SetNillableHiredOn(a.HiredOn)
			spans[i] = w.firstSpan(t)
		}
		if err := w.tx.Person.CreateBulk(rows...).Exec(ctx); err != nil {
			return err
		}
		if err := w.tx.Employment.CreateBulk(spans...).Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}

// topDown orders new people by their height above the ground.
func (w writer) topDown() []*target {
	added := make(map[uuid.UUID]*target, len(w.plan.added))
	for _, t := range w.plan.added {
		added[t.id] = t
	}
	depth := map[uuid.UUID]int{}
	for _, t := range w.plan.added {
		for at := t; at != nil; at = added[deref(at.after.ManagerID)] {
			depth[t.id]++
		}
	}
	list := slices.Clone(w.plan.added)
	slices.SortStableFunc(list, func(a, b *target) int { return depth[a.id] - depth[b.id] })
	return list
}

// firstSpan starts on the day of hire. Who has left already gets a span that
// ended today.
func (w writer) firstSpan(t *target) *db.EmploymentCreate {
	reason, from, to := employment.ReasonImported, w.today, clock.Forever
	if hired := t.after.HiredOn; hired != nil {
		reason, from = employment.ReasonHired, *hired
	}
	if t.after.Status == person.StatusInactive {
		to = max(w.today, from)
	}
	return w.span(t, reason, from, to)
}

func (w writer) span(t *target, reason employment.Reason, from, to clock.Date) *db.EmploymentCreate {
	f := factsOf(&t.after)
	return w.tx.Employment.Create().SetPersonID(t.id).SetNillableUnitID(f.Unit).SetNillableManagerID(f.Manager).
		SetLevel(f.Level).SetTrack(f.Track).SetTitle(f.Title).SetLocation(f.Location).SetFtePpm(f.FTEPpm).
		SetReason(reason).SetValidFrom(from).SetValidTo(to).SetRecordedAt(w.now)
}

func (w writer) change(ctx context.Context, t *target) error {
	a := &t.after
	update := w.tx.Person.UpdateOneID(t.id).AddVersion(1).
		SetNillableEmployeeNo(a.EmployeeNo).SetName(a.Name).SetNameKey(a.NameKey).SetEmail(a.Email).SetStatus(a.Status).
		SetLevel(a.Level).SetTrack(a.Track).SetTitle(a.Title).SetLocation(a.Location).SetCountry(a.Country).
		SetTimeZone(a.TimeZone).SetFtePpm(a.FtePpm).SetNillableHiredOn(a.HiredOn).SetNillableUnitID(a.UnitID)
	if a.Level != t.before.Level {
		update.SetLevelSince(w.today)
	}
	if a.ManagerID == nil {
		update.ClearManagerID()
	} else {
		update.SetManagerID(*a.ManagerID)
	}
	return update.Exec(ctx)
}

// respan ends the spans of everybody whose org facts change and begins new
// ones today; who has left gets none.
func (w writer) respan(ctx context.Context) error {
	moved := slices.DeleteFunc(slices.Clone(w.plan.changed), func(t *target) bool { return !t.moved() })
	for people := range slices.Chunk(moved, importBatch) {
		ids := make([]uuid.UUID, len(people))
		var spans []*db.EmploymentCreate
		for i, t := range people {
			ids[i] = t.id
			if t.after.Status == person.StatusActive {
				spans = append(spans, w.span(t, employment.ReasonImported, max(w.today, deref(t.after.HiredOn)), clock.Forever))
			}
		}
		if _, err := w.tx.Employment.Delete().Where(employment.PersonIDIn(ids...), employment.ValidFromGTE(w.today)).Exec(ctx); err != nil {
			return err
		}
		ended := w.tx.Employment.Update().Where(employment.PersonIDIn(ids...), employment.ValidToGT(w.today)).SetValidTo(w.today)
		if _, err := ended.Save(ctx); err != nil {
			return err
		}
		if err := w.tx.Employment.CreateBulk(spans...).Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (t *target) moved() bool {
	a, b := factsOf(t.before), factsOf(&t.after)
	same := deref(a.Unit) == deref(b.Unit) && deref(a.Manager) == deref(b.Manager) && a.Level == b.Level && a.Track == b.Track &&
		a.Title == b.Title && a.Location == b.Location && a.FTEPpm == b.FTEPpm && t.before.Status == t.after.Status
	return !same
}
