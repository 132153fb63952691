package people

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/employment"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/db/predicate"
	"github.com/rung-hr/rung/ent/db/reportingline"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
)

// moveLine puts a person and everybody below them under another manager in the
// closure of "reports to"; uuid.Nil for nobody. The caller has refused circles.
func moveLine(ctx context.Context, tx *db.Client, id, manager uuid.UUID) error {
	old, err := above(ctx, tx, id)
	if err != nil {
		return err
	}
	if len(old) > 0 {
		_, err := tx.ReportingLine.Delete().Where(reportingline.AncestorIDIn(keys(old)...), inBranch(id)).Exec(ctx)
		if err != nil {
			return err
		}
	}
	if manager == uuid.Nil {
		return nil
	}
	fresh, err := above(ctx, tx, manager)
	if err != nil {
		return err
	}
	below, err := tx.ReportingLine.Query().Where(reportingline.AncestorID(id)).All(ctx)
	if err != nil {
		return err
	}
	branch := map[uuid.UUID]int{id: 0}
	for _, b := range below {
		branch[b.PersonID] = b.Depth
	}
	fresh[manager] = 0
	return insertLines(ctx, tx, fresh, branch)
}

// insertLines puts every person of a branch under every manager above it. The
// numbers are the distances of each from the place where the two meet.
func insertLines(ctx context.Context, tx *db.Client, over, branch map[uuid.UUID]int) error {
	batch := make([]*db.ReportingLineCreate, 0, LineBatch)
	for who, down := range branch {
		for boss, up := range over {
			batch = append(batch, tx.ReportingLine.Create().SetAncestorID(boss).SetPersonID(who).SetDepth(up+down+1))
			if len(batch) == LineBatch {
				if err := tx.ReportingLine.CreateBulk(batch...).Exec(ctx); err != nil {
					return err
				}
				batch = batch[:0]
			}
		}
	}
	if len(batch) == 0 {
		return nil
	}
	return tx.ReportingLine.CreateBulk(batch...).Exec(ctx)
}

// above returns the managers above a person with their distances.
func above(ctx context.Context, tx *db.Client, id uuid.UUID) (map[uuid.UUID]int, error) {
	rows, err := tx.ReportingLine.Query().Where(reportingline.PersonID(id)).All(ctx)
	out := make(map[uuid.UUID]int, len(rows)+1)
	for _, r := range rows {
		out[r.AncestorID] = r.Depth
	}
	return out, err
}

func keys(m map[uuid.UUID]int) []uuid.UUID {
	out := make([]uuid.UUID, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	return out
}

// inBranch matches the lines of a person and of everybody below them.
func inBranch(id uuid.UUID) predicate.ReportingLine {
	return func(s *sql.Selector) {
		t := sql.Table(reportingline.Table).As("below")
		below := sql.Select(t.C(reportingline.FieldPersonID)).From(t).Where(sql.EQ(t.C(reportingline.FieldAncestorID), id))
		s.Where(sql.Or(sql.EQ(s.C(reportingline.FieldPersonID), id), sql.In(s.C(reportingline.FieldPersonID), below)))
	}
}

// refuseCycle returns an Invalid fault that names the circle if the person would
// report to themselves on any day from on until before until. Today is answered
// from the closure, other days from everybody's spans.
func (s *Service) refuseCycle(ctx context.Context, tx *db.Client, p *db.Person, manager uuid.UUID, on, until clock.Date) error {
	if manager == uuid.Nil {
		return nil
	}
	if manager == p.ID {
		return cycleFault(p.Name, nil)
	}
	today := clock.DateOf(s.Clock.Now())
	if on <= today && today < until {
		if chain, err := chainToday(ctx, tx, manager, p.ID); err != nil || chain != nil {
			return s.orCycle(ctx, tx, p, chain, err)
		}
	}
	later, err := tx.Employment.Query().Where(employment.ValidFromGT(today)).Exist(ctx)
	if err != nil || on == today && !later {
		return err
	}
	chain, err := chainOnDays(ctx, tx, manager, p.ID, on, until)
	return s.orCycle(ctx, tx, p, chain, err)
}

func (s *Service) orCycle(ctx context.Context, tx *db.Client, p *db.Person, chain []uuid.UUID, err error) error {
	if err != nil || chain == nil {
		return err
	}
	rows, err := tx.Person.Query().Where(person.IDIn(chain...)).All(ctx)
	if err != nil {
		return err
	}
	name := map[uuid.UUID]string{}
	for _, r := range rows {
		name[r.ID] = r.Name
	}
	var names []string
	for _, id := range chain {
		names = append(names, name[id])
	}
	return cycleFault(p.Name, names)
}

// CodeCycle marks the fault of a person who would report to themselves.
const CodeCycle = "reporting_cycle"

func cycleFault(who string, over []string) error {
	circle := strings.Join(append(append([]string{who}, over...), who), " → ")
	return fault.Bad("Somebody would report to themselves.", fault.Detail{
		Pointer: "/managerId", Field: "manager", Message: "these people would report to each other in a circle: " + circle, Fix: "choose another manager",
	}).WithCode(CodeCycle)
}

// chainToday lists the people between from and top, from first; it is nil if top
// is not above from.
func chainToday(ctx context.Context, tx *db.Client, from, top uuid.UUID) ([]uuid.UUID, error) {
	rows, err := tx.ReportingLine.Query().Where(reportingline.PersonID(from)).Order(db.Asc(reportingline.FieldDepth)).All(ctx)
	chain := []uuid.UUID{from}
	for _, r := range rows {
		if r.AncestorID == top {
			return chain, err
		}
		chain = append(chain, r.AncestorID)
	}
	return nil, err
}

// chainOnDays is chainToday for every day in the range on which anybody's facts
// change.
func chainOnDays(ctx context.Context, tx *db.Client, from, top uuid.UUID, on, until clock.Date) ([]uuid.UUID, error) {
	spans, err := tx.Employment.Query().Where(employment.ValidToGT(on), employment.ValidFromLT(until)).
		Select(employment.FieldPersonID, employment.FieldManagerID, employment.FieldValidFrom, employment.FieldValidTo).All(ctx)
	if err != nil {
		return nil, err
	}
	of, days := map[uuid.UUID][]*db.Employment{}, map[clock.Date]bool{on: true}
	for _, e := range spans {
		of[e.PersonID] = append(of[e.PersonID], e)
		if e.ValidFrom > on {
			days[e.ValidFrom] = true
		}
	}
	for _, day := range slices.Sorted(maps.Keys(days)) {
		if chain := walk(of, from, top, day); chain != nil {
			return chain, nil
		}
	}
	return nil, nil
}

func walk(of map[uuid.UUID][]*db.Employment, from, top uuid.UUID, day clock.Date) []uuid.UUID {
	chain, seen := []uuid.UUID{}, map[uuid.UUID]bool{}
	for at := from; at != uuid.Nil && !seen[at]; {
		if at == top {
			return chain
		}
		seen[at] = true
		chain = append(chain, at)
		next := uuid.Nil
		for _, e := range of[at] {
			if e.ValidFrom <= day && day < e.ValidTo {
				next = store.OrZero(e.ManagerID)
			}
		}
		at = next
	}
	return nil
}

// LineBatch rows of four columns stay below SQLite's 32,766 parameters.
const LineBatch = 8000

func dropLines(ctx context.Context, tx *db.Client) error {
	_, err := tx.ReportingLine.Delete().Where(reportingline.DepthGTE(0)).Exec(ctx)
	return err
}

// RebuildLines computes the closure of "reports to" again from the current
// managers, in the transaction of store.InTx. There must be no circle. The
// database does the work, so that half a million rows need not travel.
func RebuildLines(ctx context.Context, s *store.Store, tx *db.Client) error {
	if err := dropLines(ctx, tx); err != nil {
		return err
	}
	under, ok := store.Tx(ctx)
	if !ok {
		return errors.New("people: lines are rebuilt in a transaction")
	}
	_, err := under.ExecContext(ctx, fmt.Sprintf(`INSERT INTO %[1]s (id, ancestor_id, person_id, depth)
WITH RECURSIVE line(ancestor_id, person_id, depth) AS (
	SELECT manager_id, id, 1 FROM %[2]s WHERE manager_id IS NOT NULL
	UNION ALL
	SELECT p.manager_id, l.person_id, l.depth + 1 FROM line l JOIN %[2]s p ON p.id = l.ancestor_id WHERE p.manager_id IS NOT NULL
)
SELECT %[3]s, ancestor_id, person_id, depth FROM line`, reportingline.Table, person.Table, s.RandomID()))
	return err
}
