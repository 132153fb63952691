package importing

import (
	"context"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/money"
	"github.com/rung-hr/rung/internal/platform/names"
	"github.com/rung-hr/rung/internal/platform/sheet"
	"github.com/rung-hr/rung/internal/platform/store"
)

// target is a person in the file, before and after the import.
type target struct {
	at     int // place in the index
	line   int
	before *db.Person // nil for a new person
	after  db.Person
	fields []string // that change
}

func (t *target) key() string { return store.OrZero(t.after.EmployeeNo) + " " + t.after.Name }

// diff is the second pass: batch by batch, it compares every row with what is
// known. The writer is nil for a dry run.
func (r *importRun) diff(ctx context.Context, client *db.Client, x *importIndex, report *sheet.ImportReport, w *importWriter) error {
	reader, err := r.open(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = reader.Close() }()
	if err := w.begin(ctx); err != nil {
		return err
	}
	batch, from := make([]incoming, 0, importBatch), 0
	for from < len(r.rows) {
		batch = batch[:0]
		for row, ok := reader.Next(); ok; row, ok = reader.Next() {
			if batch = append(batch, readRow(row, r.rungs, r.today)); len(batch) == importBatch {
				break
			}
		}
		if len(batch) == 0 || from+len(batch) > len(r.rows) {
			return fault.Clash("The file changed while it was read. Upload it again.")
		}
		r.in.Progress(phaseOf(w), from, len(r.rows))
		if err := r.diffBatch(ctx, client, x, batch, from, report, w); err != nil {
			return err
		}
		from += len(batch)
	}
	x.describeRest(report)
	return ctx.Err()
}

func phaseOf(w *importWriter) string {
	if w == nil {
		return phaseDiffing
	}
	return phaseWriting
}

func (r *importRun) diffBatch(ctx context.Context, client *db.Client, x *importIndex, batch []incoming, from int, report *sheet.ImportReport, w *importWriter) error {
	before, err := x.loadFull(ctx, client, from, len(batch))
	if err != nil {
		return err
	}
	var added, changed []*target
	for i := range batch {
		t := &target{at: x.of[from+i], line: batch[i].line}
		t.before = before[x.list[t.at].id]
		x.settle(t, &batch[i])
		if t.before == nil {
			t.fields = []string{}
			added = append(added, t)
			report.Note(sheet.Added, t.line, t.key(), t.fields)
			continue
		}
		t.fields = differences(t.before, &t.after)
		if len(t.fields) == 0 {
			report.Note(sheet.Unchanged, t.line, t.key(), []string{})
			continue
		}
		changed = append(changed, t)
		report.Note(sheet.Changed, t.line, t.key(), t.fields)
	}
	return w.write(ctx, added, changed)
}

// loadFull reads the known people of some rows.
func (x *importIndex) loadFull(ctx context.Context, client *db.Client, from, n int) (map[uuid.UUID]*db.Person, error) {
	ids := make([]uuid.UUID, 0, n)
	for _, at := range x.of[from : from+n] {
		if x.list[at].known {
			ids = append(ids, x.list[at].id)
		}
	}
	out := make(map[uuid.UUID]*db.Person, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	rows, err := client.Person.Query().Where(person.IDIn(ids...)).All(ctx)
	for _, p := range rows {
		out[p.ID] = p
	}
	return out, err
}

// describeRest reports units that move and people who are missing from the file.
func (x *importIndex) describeRest(report *sheet.ImportReport) {
	for _, u := range x.units.move {
		report.Note(sheet.Changed, u.line, u.name, []string{"unit above"})
	}
	for i := range x.list {
		if e := &x.list[i]; e.known && e.active && e.row == nobody {
			report.Note(sheet.Missing, 0, e.no+" "+e.name, []string{})
		}
	}
}

// settle fills in the facts after the import.
func (x *importIndex) settle(t *target, row *incoming) {
	after := &t.after
	if t.before != nil {
		*after = *t.before
	} else {
		*after = db.Person{Status: person.StatusActive, TimeZone: "UTC", WorkingHours: "09:00-17:00", FtePpm: int64(money.FullTime)}
	}
	after.ID = x.list[t.at].id
	after.EmployeeNo, after.Name, after.Email = &row.no, row.name, row.email
	after.NameKey = []byte(names.Fold(row.name))
	switch {
	case row.given != "" && row.family != "":
		after.GivenName, after.FamilyName = row.given, row.family
	case t.before != nil && t.before.Name != row.name: // the parts that are known are of another name
		after.GivenName, after.FamilyName = "", ""
	}
	for _, f := range []struct {
		to    *string
		value string
	}{
		{&after.Title, row.title}, {&after.Level, row.level}, {&after.Track, row.track}, {&after.Location, row.location},
		{&after.Country, row.country}, {&after.TimeZone, row.timeZone}, {&after.WorkingHours, row.hours}, {&after.Currency, row.currency},
	} {
		if f.value != "" {
			*f.to = f.value
		}
	}
	if row.fte != 0 {
		after.FtePpm = int64(row.fte)
	}
	if row.hiredOn != "" {
		after.HiredOn = &row.hiredOn
	}
	if id := x.units.of(row.units); id != nil {
		after.UnitID = id
	}
	after.ManagerID = x.idOf(x.list[t.at].manager)
	x.settleStatus(after, row)
	if t.before != nil && t.before.Level != after.Level {
		after.LevelSince = &x.run.today
	}
}

// settleStatus ends people who have left, today if no day is given, and
// reactivates people who work here again.
func (x *importIndex) settleStatus(after *db.Person, row *incoming) {
	today := &x.run.today
	was := after.Status
	if row.endedOn != "" {
		after.EndedOn = &row.endedOn
	}
	switch {
	case row.leaves(*today):
		after.Status = person.StatusInactive
		if after.EndedOn == nil {
			after.EndedOn = today
		}
	case row.status == person.StatusActive:
		after.Status = person.StatusActive
		if was == person.StatusInactive && row.endedOn == "" {
			after.EndedOn = nil
		}
	}
}

func differences(a, b *db.Person) []string {
	var out []string
	for _, f := range []struct {
		name    string
		differs bool
	}{
		{"employee id", store.OrZero(a.EmployeeNo) != store.OrZero(b.EmployeeNo)},
		{"name", a.Name != b.Name || a.GivenName != b.GivenName || a.FamilyName != b.FamilyName},
		{"e-mail", a.Email != b.Email},
		{"status", a.Status != b.Status},
		{"unit", store.OrZero(a.UnitID) != store.OrZero(b.UnitID)},
		{"manager", store.OrZero(a.ManagerID) != store.OrZero(b.ManagerID)},
		{"level", a.Level != b.Level},
		{"track", a.Track != b.Track},
		{"title", a.Title != b.Title},
		{"location", a.Location != b.Location},
		{"country", a.Country != b.Country},
		{"time zone", a.TimeZone != b.TimeZone},
		{"working hours", a.WorkingHours != b.WorkingHours},
		{"currency", a.Currency != b.Currency},
		{"share of full time", a.FtePpm != b.FtePpm},
		{"hire date", store.OrZero(a.HiredOn) != store.OrZero(b.HiredOn)},
		{"last day", store.OrZero(a.EndedOn) != store.OrZero(b.EndedOn)},
	} {
		if f.differs {
			out = append(out, f.name)
		}
	}
	return out
}
