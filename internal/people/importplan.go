package people

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/db/unit"
	"github.com/rung-hr/rung/internal/money"
	"github.com/rung-hr/rung/internal/sheet"
)

// plan is what an import would change.
type plan struct {
	reader  *sheet.Reader
	rows    []incoming
	people  []*target // of the rows, in their order
	units   map[string]uuid.UUID
	newUnit []*db.Unit
	added   []*target
	changed []*target
	same    int
	missing int

	byNo    map[string]*target
	byEmail map[string]*target
}

// target is a person before and after the import. Somebody whom the file does
// not have is a target without row: managers may be among them.
type target struct {
	id     uuid.UUID
	before *db.Person // nil for somebody new
	row    *incoming  // nil for somebody whom the file does not have
	after  db.Person
	fields []string // that change
}

func (t *target) label() string {
	if t.row == nil {
		return t.after.Name
	}
	return fmt.Sprintf("%s (line %d)", t.after.Name, t.row.line)
}

func (s *Service) plan(ctx context.Context, client *db.Client, reader *sheet.Reader, rows []incoming) (*plan, error) {
	p := &plan{reader: reader, rows: rows, units: map[string]uuid.UUID{}, byNo: map[string]*target{}, byEmail: map[string]*target{}}
	if err := p.load(ctx, client); err != nil {
		return nil, err
	}
	for i := range rows {
		p.people = append(p.people, p.match(&rows[i]))
	}
	for _, t := range p.people {
		p.settle(t)
	}
	p.sort()
	return p, nil
}

func (p *plan) load(ctx context.Context, client *db.Client) error {
	units, err := client.Unit.Query().Select(unit.FieldID, unit.FieldNameKey).All(ctx)
	if err != nil {
		return err
	}
	for _, u := range units {
		p.units[u.NameKey] = u.ID
	}
	known, err := client.Person.Query().All(ctx)
	for _, k := range known {
		t := &target{id: k.ID, before: k, after: *k}
		p.byEmail[k.Email] = t
		if k.EmployeeNo != nil {
			p.byNo[*k.EmployeeNo] = t
		}
	}
	p.missing = len(known)
	return err
}

// match finds whom a row is about: by employee id, else by e-mail if nobody
// has given that person another id yet.
func (p *plan) match(row *incoming) *target {
	t := p.byNo[row.no]
	if t == nil {
		if holder := p.byEmail[row.email]; holder != nil && holder.before != nil && holder.before.EmployeeNo == nil && holder.row == nil {
			t = holder
		}
	}
	if t == nil || t.row != nil { // new, or a repeated id, which check refuses
		t = &target{id: uuid.Must(uuid.NewV7()), after: db.Person{
			Status: person.StatusActive, TimeZone: "UTC", FtePpm: int64(money.FullTime),
		}}
	}
	t.row = row
	if t.before != nil {
		p.missing--
	}
	if p.byNo[row.no] == nil {
		p.byNo[row.no] = t
	}
	if p.byEmail[row.email] == nil {
		p.byEmail[row.email] = t
	}
	return t
}

// settle fills in the facts after the import.
func (p *plan) settle(t *target) {
	row, after := t.row, &t.after
	after.EmployeeNo, after.Name, after.Email = &row.no, row.name, row.email
	after.NameKey = []byte(Fold(row.name))
	for _, f := range []struct {
		to    *string
		value string
	}{
		{&after.Title, row.title}, {&after.Level, row.level}, {&after.Track, row.track}, {&after.Location, row.location},
		{&after.Country, row.country}, {&after.TimeZone, row.timeZone},
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
	if row.status != "" {
		after.Status = row.status
	}
	if row.unit != "" {
		id := p.unit(row.unit)
		after.UnitID = &id
	}
	if p.hasManagers() {
		after.ManagerID = nil
		if m := p.manager(row); m != nil {
			after.ManagerID = &m.id
		}
	}
}

func (p *plan) unit(name string) uuid.UUID {
	key := strings.ToLower(name)
	id, ok := p.units[key]
	if !ok {
		id = uuid.Must(uuid.NewV7())
		p.units[key] = id
		p.newUnit = append(p.newUnit, &db.Unit{ID: id, Name: name, NameKey: key})
	}
	return id
}

func (p *plan) hasManagers() bool { return p.reader.Has("manager_id") || p.reader.Has("manager_email") }

// manager is the person that the row names as manager; nil for nobody and for
// an unknown one, which check refuses.
func (p *plan) manager(row *incoming) *target {
	if row.managerNo != "" {
		return p.byNo[row.managerNo]
	}
	return p.byEmail[row.managerEmail]
}

// sort separates new people from changed and unchanged ones.
func (p *plan) sort() {
	for _, t := range p.people {
		if t.before == nil {
			t.fields = []string{}
			p.added = append(p.added, t)
			continue
		}
		if t.fields = differences(t.before, &t.after); len(t.fields) > 0 {
			p.changed = append(p.changed, t)
		} else {
			p.same++
		}
	}
}

func differences(a, b *db.Person) []string {
	var out []string
	for _, f := range []struct {
		name    string
		differs bool
	}{
		{"employee id", deref(a.EmployeeNo) != deref(b.EmployeeNo)},
		{"name", a.Name != b.Name},
		{"e-mail", a.Email != b.Email},
		{"status", a.Status != b.Status},
		{"unit", deref(a.UnitID) != deref(b.UnitID)},
		{"manager", deref(a.ManagerID) != deref(b.ManagerID)},
		{"level", a.Level != b.Level},
		{"track", a.Track != b.Track},
		{"title", a.Title != b.Title},
		{"location", a.Location != b.Location},
		{"country", a.Country != b.Country},
		{"time zone", a.TimeZone != b.TimeZone},
		{"share of full time", a.FtePpm != b.FtePpm},
		{"hire date", deref(a.HiredOn) != deref(b.HiredOn)},
	} {
		if f.differs {
			out = append(out, f.name)
		}
	}
	return out
}

func deref[T any](v *T) T {
	if v == nil {
		var zero T
		return zero
	}
	return *v
}

func (p *plan) nothing() bool { return len(p.added)+len(p.changed) == 0 }

func (p *plan) managersChanged() bool {
	for _, t := range p.added {
		if t.after.ManagerID != nil {
			return true
		}
	}
	for _, t := range p.changed {
		if deref(t.before.ManagerID) != deref(t.after.ManagerID) {
			return true
		}
	}
	return false
}

func (p *plan) describe(report *sheet.ImportReport) {
	report.Unchanged, report.Missing = p.same, p.missing
	for _, t := range p.added {
		report.Note(sheet.Added, t.row.line, t.row.no+" "+t.row.name, t.fields)
	}
	for _, t := range p.changed {
		report.Note(sheet.Changed, t.row.line, t.row.no+" "+t.row.name, t.fields)
	}
}
