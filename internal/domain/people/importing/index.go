package importing

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/internal/platform/store"
)

// nobody is the place of no one in an index.
const nobody = -1

// entry is what an import keeps in memory about a person, from the file or known.
type entry struct {
	id              uuid.UUID
	no, email, name string
	row             int // of the file, nobody when it does not have them
	manager         int // after the import
	was             int // the manager before it
	known, active   bool
	written         bool // is in the database, so that others may point to it
}

// importIndex is everybody in the file or in Rung, without the details that only
// their rows need.
type importIndex struct {
	run     *importRun
	list    []entry
	of      []int // row of the file -> place in list
	byNo    map[string]int
	byEmail map[string]int
	units   unitPlan
}

// match finds out which person each row is about, and who manages whom.
func (r *importRun) match(ctx context.Context, client *db.Client) (*importIndex, error) {
	x := &importIndex{run: r, of: make([]int, len(r.rows))}
	managers, err := x.load(ctx, client)
	if err != nil {
		return nil, err
	}
	if x.units, err = r.units.plan(ctx, client); err != nil {
		return nil, err
	}
	for i := range r.rows {
		x.of[i] = x.find(i)
	}
	x.connect(managers)
	return x, nil
}

// load reads everybody, batch by batch, and returns who managed whom.
func (x *importIndex) load(ctx context.Context, client *db.Client) (map[uuid.UUID]uuid.UUID, error) {
	managers := map[uuid.UUID]uuid.UUID{}
	x.byNo, x.byEmail = map[string]int{}, map[string]int{}
	after := uuid.Nil
	for {
		rows, err := client.Person.Query().Where(person.IDGT(after)).Order(db.Asc(person.FieldID)).Limit(loadBatch).
			Select(person.FieldID, person.FieldEmployeeNo, person.FieldEmail, person.FieldName, person.FieldManagerID, person.FieldStatus).All(ctx)
		if err != nil || len(rows) == 0 {
			return managers, err
		}
		for _, p := range rows {
			if p.ManagerID != nil {
				managers[p.ID] = *p.ManagerID
			}
			x.add(entry{
				id: p.ID, no: store.OrZero(p.EmployeeNo), email: p.Email, name: p.Name, row: nobody, manager: nobody, was: nobody,
				known: true, written: true, active: p.Status == person.StatusActive,
			})
		}
		after = rows[len(rows)-1].ID
	}
}

const loadBatch = 5000

func (x *importIndex) add(e entry) int {
	at := len(x.list)
	x.list = append(x.list, e)
	x.name(e.no, e.email, at)
	return at
}

// name makes a person findable; the first one keeps the name.
func (x *importIndex) name(no, email string, at int) {
	if _, taken := x.byNo[no]; !taken && no != "" {
		x.byNo[no] = at
	}
	if _, taken := x.byEmail[email]; !taken {
		x.byEmail[email] = at
	}
}

// find returns the person that a row is about: by employee id, else by e-mail
// unless that person already has another id. A row that repeats another counts as
// a new person here, and check refuses it.
func (x *importIndex) find(i int) int {
	row := &x.run.rows[i]
	at, ok := x.byNo[row.no]
	if !ok {
		if holder, found := x.byEmail[row.email]; found && x.list[holder].known && x.list[holder].no == "" && x.list[holder].row == nobody {
			at, ok = holder, true
		}
	}
	if !ok || x.list[at].row != nobody {
		return x.add(entry{id: uuid.Must(uuid.NewV7()), no: row.no, email: row.email, name: row.name, row: i, manager: nobody, was: nobody, active: !row.left})
	}
	x.list[at].row = i
	x.name(row.no, row.email, at)
	return at
}

// connect sets who manages whom, before and after.
func (x *importIndex) connect(managers map[uuid.UUID]uuid.UUID) {
	place := make(map[uuid.UUID]int, len(x.list))
	for i := range x.list {
		place[x.list[i].id] = i
	}
	told := x.run.hasManagers()
	for i := range x.list {
		e := &x.list[i]
		if boss, ok := managers[e.id]; ok {
			e.was = place[boss]
			e.manager = e.was
		}
		if e.row != nobody && told {
			e.manager = x.named(&x.run.rows[e.row])
		}
	}
}

func (r *importRun) hasManagers() bool {
	return r.reader.Has("manager_id") || r.reader.Has("manager_email")
}

// named is the person whom the row names as manager. It is nobody for an empty
// cell and for an unknown manager, which check refuses.
func (x *importIndex) named(row *fileRow) int {
	by := x.byNo
	if row.byEmail {
		by = x.byEmail
	}
	if at, ok := by[row.manager]; ok && row.manager != "" {
		return at
	}
	return nobody
}

// idOf is the id of the person at a place; nil for nobody.
func (x *importIndex) idOf(at int) *uuid.UUID {
	if at == nobody {
		return nil
	}
	return &x.list[at].id
}

func (x *importIndex) label(at int) string {
	e := &x.list[at]
	if e.row == nobody {
		return e.name
	}
	row := &x.run.rows[e.row]
	return fmt.Sprintf("%s (line %d)", row.name, row.line)
}
