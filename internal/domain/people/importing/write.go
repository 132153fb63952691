package importing

import (
	"context"
	"fmt"
	"slices"
	"time"

	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/employment"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/db/session"
	"github.com/rung-hr/rung/internal/domain/people"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/store"
)

// importBatch rows of up to 25 columns stay below SQLite's 32,766 parameters.
const importBatch = 1000

// importWriter carries out an import, batch by batch. A nil writer writes
// nothing, as in a dry run.
type importWriter struct {
	run   *importRun
	tx    *db.Client
	index *importIndex
	now   time.Time
	wrote bool
	late  []int // places of people whose manager was not written yet
	moved map[int]bool
	hands []handover
}

type handover struct{ who, from, to int }

// begin writes the units, because people point to them.
func (w *importWriter) begin(ctx context.Context) error {
	if w == nil {
		return nil
	}
	w.moved = map[int]bool{}
	u := &w.index.units
	w.wrote = len(u.add)+len(u.move) > 0
	return u.write(ctx, w.tx)
}

func (w *importWriter) write(ctx context.Context, added, changed []*target) error {
	if w == nil || len(added)+len(changed) == 0 {
		return nil
	}
	w.wrote = true
	if err := w.add(ctx, added); err != nil {
		return fmt.Errorf("people: add: %w", err)
	}
	if err := w.change(ctx, changed); err != nil {
		return fmt.Errorf("people: change: %w", err)
	}
	return w.signOut(ctx, changed)
}

// manager is the manager that can be written now. The database requires managers
// to exist, so one who comes later in the file is written at the end.
func (w *importWriter) manager(t *target) *uuid.UUID {
	e := &w.index.list[t.at]
	if e.manager != nobody && !w.index.list[e.manager].written {
		w.late = append(w.late, t.at)
		return nil
	}
	return t.after.ManagerID
}

func (w *importWriter) row(t *target) *db.PersonCreate {
	a := &t.after
	return w.tx.Person.Create().SetID(a.ID).SetNillableEmployeeNo(a.EmployeeNo).SetName(a.Name).SetNameKey(a.NameKey).
		SetGivenName(a.GivenName).SetFamilyName(a.FamilyName).
		SetEmail(a.Email).SetStatus(a.Status).SetRoles([]string{}).SetNillableUnitID(a.UnitID).SetNillableManagerID(w.manager(t)).
		SetLevel(a.Level).SetTrack(a.Track).SetTitle(a.Title).SetLocation(a.Location).SetCountry(a.Country).
		SetTimeZone(a.TimeZone).SetWorkingHours(a.WorkingHours).SetCurrency(a.Currency).SetFtePpm(a.FtePpm).
		SetNillableHiredOn(a.HiredOn).SetNillableEndedOn(a.EndedOn).SetNillableLevelSince(a.LevelSince)
}

func (w *importWriter) add(ctx context.Context, added []*target) error {
	if len(added) == 0 {
		return nil
	}
	rows, spans := make([]*db.PersonCreate, len(added)), make([]*db.EmploymentCreate, len(added))
	for i, t := range added {
		rows[i], spans[i] = w.row(t), w.firstSpan(t)
		w.index.list[t.at].written = true // for the rows below: SQLite is slow to find rows that point to a later one
		if w.index.list[t.at].manager != nobody {
			w.moved[t.at] = true
		}
	}
	if err := w.tx.Person.CreateBulk(rows...).Exec(ctx); err != nil {
		return err
	}
	return w.tx.Employment.CreateBulk(spans...).Exec(ctx)
}

// firstSpan starts on the day of hire. A person who has already left gets a span
// that has ended.
func (w *importWriter) firstSpan(t *target) *db.EmploymentCreate {
	reason, from, to := employment.ReasonImported, w.run.today, clock.Forever
	if hired := t.after.HiredOn; hired != nil {
		reason, from = employment.ReasonHired, *hired
	}
	if t.after.Status == person.StatusInactive {
		to = max(min(w.run.today, store.OrZero(t.after.EndedOn)), from)
	}
	return w.span(t, reason, from, to)
}

func (w *importWriter) span(t *target, reason employment.Reason, from, to clock.Date) *db.EmploymentCreate {
	o := people.OrgOf(&t.after)
	if e := &w.index.list[t.at]; e.manager != nobody && !w.index.list[e.manager].written {
		o = o.WithManager(uuid.Nil)
	}
	return people.CreateSpan(w.tx, t.after.ID, o).SetReason(reason).SetValidFrom(from).SetValidTo(to).SetRecordedAt(w.now)
}

// columns are what an import writes about a person, in the order of the values.
var columns = []string{
	person.FieldEmployeeNo, person.FieldName, person.FieldNameKey, person.FieldGivenName, person.FieldFamilyName, person.FieldEmail, person.FieldStatus, person.FieldUnitID, person.FieldManagerID,
	person.FieldLevel, person.FieldTrack, person.FieldTitle, person.FieldLocation, person.FieldCountry, person.FieldTimeZone,
	person.FieldWorkingHours, person.FieldCurrency, person.FieldFtePpm, person.FieldHiredOn, person.FieldEndedOn, person.FieldLevelSince,
}

func (w *importWriter) values(t *target) []any {
	a := &t.after
	return []any{
		a.EmployeeNo, a.Name, a.NameKey, a.GivenName, a.FamilyName, a.Email, a.Status, a.UnitID, w.manager(t),
		a.Level, a.Track, a.Title, a.Location, a.Country, a.TimeZone,
		a.WorkingHours, a.Currency, a.FtePpm, a.HiredOn, a.EndedOn, a.LevelSince,
	}
}

// fixed are the columns that an insert needs and an import does not change.
var fixed = []string{person.FieldID, person.FieldRoles, person.FieldLoginRoles}

func fixedOf(id uuid.UUID) []any { return []any{id, "[]", "[]"} }

// change writes a whole batch as one statement: an insert that updates the rows
// that already exist.
func (w *importWriter) change(ctx context.Context, changed []*target) error {
	if len(changed) == 0 {
		return nil
	}
	rows := make([][]any, len(changed))
	for i, t := range changed {
		rows[i] = append(fixedOf(t.after.ID), w.values(t)...)
		w.noteManager(t)
	}
	err := store.Upsert(ctx, store.Upsertion{
		Entity: db.TypePerson, Table: person.Table, Key: person.FieldID, Columns: slices.Concat(fixed, columns), Rows: rows,
		Update: func(u *sql.UpdateSet) {
			for _, c := range columns {
				u.SetExcluded(c)
			}
			u.Add(person.FieldVersion, 1)
		},
	})
	if err != nil {
		return err
	}
	return w.respan(ctx, changed)
}

func (w *importWriter) noteManager(t *target) {
	e := &w.index.list[t.at]
	if e.was == e.manager {
		return
	}
	w.moved[t.at] = true
	if e.was != nobody {
		w.hands = append(w.hands, handover{t.at, e.was, e.manager})
	}
}

// respan ends the spans of everybody whose facts change and starts new ones
// today; people who have left get none. Later spans that are already planned take
// over the change unless they change the same fact.
func (w *importWriter) respan(ctx context.Context, changed []*target) error {
	var stay, leave []*target
	for _, t := range changed {
		switch {
		case t.after.Status == person.StatusInactive && t.before.Status == person.StatusActive:
			leave = append(leave, t)
		case t.after.Status == person.StatusActive && (people.OrgOf(t.before) != people.OrgOf(&t.after) || t.before.Status != t.after.Status):
			stay = append(stay, t)
		}
	}
	for _, t := range leave {
		if err := people.EndSpans(ctx, w.tx, t.before, min(w.run.today, store.OrZero(t.after.EndedOn))); err != nil {
			return err
		}
	}
	if len(stay) == 0 {
		return nil
	}
	return w.respanStaying(ctx, stay)
}

func (w *importWriter) respanStaying(ctx context.Context, stay []*target) error {
	ids := make([]uuid.UUID, len(stay))
	for i, t := range stay {
		ids[i] = t.after.ID
	}
	open, err := w.tx.Employment.Query().Where(employment.PersonIDIn(ids...), employment.ValidToGT(w.run.today)).
		Order(db.Asc(employment.FieldValidFrom)).All(ctx)
	if err != nil {
		return err
	}
	later := map[uuid.UUID][]*db.Employment{}
	until, begun := map[uuid.UUID]clock.Date{}, []uuid.UUID{}
	for _, e := range open {
		if e.ValidFrom > w.run.today {
			later[e.PersonID] = append(later[e.PersonID], e)
			continue
		}
		until[e.PersonID] = e.ValidTo
		if e.ValidFrom == w.run.today {
			begun = append(begun, e.ID)
		}
	}
	if err := w.cut(ctx, ids, begun); err != nil {
		return err
	}
	var spans []*db.EmploymentCreate
	for _, t := range stay {
		end, now := until[t.after.ID]
		if !now {
			end = clock.Forever
		}
		if next := later[t.after.ID]; len(next) > 0 {
			if err := people.CarryOn(ctx, w.tx, t.before, next, people.OrgOf(t.before), people.OrgOf(&t.after)); err != nil {
				return err
			}
			if !now {
				continue // hired on a later day
			}
		}
		spans = append(spans, w.span(t, employment.ReasonImported, max(w.run.today, store.OrZero(t.after.HiredOn)), end))
	}
	return w.tx.Employment.CreateBulk(spans...).Exec(ctx)
}

// cut ends the current spans; spans that started today are replaced.
func (w *importWriter) cut(ctx context.Context, people, begun []uuid.UUID) error {
	if len(begun) > 0 {
		if _, err := w.tx.Employment.Delete().Where(employment.IDIn(begun...)).Exec(ctx); err != nil {
			return err
		}
	}
	_, err := w.tx.Employment.Update().
		Where(employment.PersonIDIn(people...), employment.ValidFromLT(w.run.today), employment.ValidToGT(w.run.today)).
		SetValidTo(w.run.today).Save(ctx)
	return err
}

// signOut ends the sessions of people who have left.
func (w *importWriter) signOut(ctx context.Context, changed []*target) error {
	var left []uuid.UUID
	for _, t := range changed {
		if t.after.Status == person.StatusInactive && t.before.Status == person.StatusActive {
			left = append(left, t.after.ID)
		}
	}
	if len(left) == 0 {
		return nil
	}
	_, err := w.tx.Session.Delete().Where(session.PersonIDIn(left...)).Exec(ctx)
	return err
}

// finish writes what needs all people to exist.
func (w *importWriter) finish(ctx context.Context) error {
	if !w.wrote {
		return nil
	}
	for part := range slices.Chunk(w.late, importBatch) {
		if err := w.writeLate(ctx, part); err != nil {
			return fmt.Errorf("people: managers: %w", err)
		}
	}
	for part := range slices.Chunk(w.hands, importBatch) {
		rows := make([]*db.HandoverCreate, len(part))
		for i, h := range part {
			rows[i] = w.tx.Handover.Create().SetPersonID(w.index.list[h.who].id).SetNillableFromID(w.index.idOf(h.from)).
				SetNillableToID(w.index.idOf(h.to)).SetOn(w.run.today).SetRecordedAt(w.now)
		}
		if err := w.tx.Handover.CreateBulk(rows...).Exec(ctx); err != nil {
			return fmt.Errorf("people: handovers: %w", err)
		}
	}
	if err := w.lines(ctx); err != nil {
		return err
	}
	return store.BumpRevision(ctx, store.CompensationRevision)
}

// writeLate sets managers who came after their people in the file. The rows
// already exist, so only the manager is taken from the insert.
func (w *importWriter) writeLate(ctx context.Context, places []int) error {
	rows, ids := make([][]any, len(places)), make([]uuid.UUID, len(places))
	for i, at := range places {
		e := &w.index.list[at]
		ids[i] = e.id
		rows[i] = append(fixedOf(e.id), "", []byte{}, e.id.String(), w.index.idOf(e.manager))
	}
	err := store.Upsert(ctx, store.Upsertion{
		Entity: db.TypePerson, Table: person.Table, Key: person.FieldID, Rows: rows,
		Columns: slices.Concat(fixed, []string{person.FieldName, person.FieldNameKey, person.FieldEmail, person.FieldManagerID}),
		Update:  func(u *sql.UpdateSet) { u.SetExcluded(person.FieldManagerID) },
	})
	if err != nil {
		return err
	}
	return w.tx.Employment.Update().
		Where(employment.PersonIDIn(ids...), employment.ManagerIDIsNil(), employment.RecordedAtGTE(w.now)).
		Modify(func(u *sql.UpdateBuilder) {
			u.Set(employment.FieldManagerID, sql.Expr("(SELECT p."+person.FieldManagerID+" FROM "+person.Table+" p WHERE p."+person.FieldID+
				" = "+employment.Table+"."+employment.FieldPersonID+")"))
		}).Exec(ctx)
}
