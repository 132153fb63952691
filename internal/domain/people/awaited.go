package people

import (
	"context"
	"slices"
	"strings"

	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/employment"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/db/predicate"
	"github.com/rung-hr/rung/ent/schema"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/audit"
)

// Providers push people in any order, so a manager can be named before they are
// here. The name is kept, and whoever comes to go by it becomes the manager.

// goesBy is who goes by some names: for each way of naming a person, name -> ids.
type goesBy [5]map[string][]uuid.UUID

// one is the person who goes by the name, by the first way of naming in which
// somebody does; else why there is none.
func (g goesBy) one(name string) (id uuid.UUID, flaw string) {
	for _, way := range g {
		switch found := way[name]; {
		case len(found) == 1:
			return found[0], ""
		case len(found) > 1:
			return uuid.Nil, "several people go by this; send the id that Rung gave the manager"
		}
	}
	return uuid.Nil, "nobody who works here goes by this yet; whoever comes to will be the manager"
}

// whoGoesBy finds the active people whom a provider may mean by some names: their
// id here, their id there, their user name, address or employee number.
func whoGoesBy(ctx context.Context, tx *db.Client, refs ...string) (goesBy, error) {
	var ids []uuid.UUID
	lower := make([]string, 0, len(refs))
	sent := map[string][]string{} // lower case -> as sent
	for _, ref := range refs {
		if id, err := uuid.Parse(ref); err == nil {
			ids = append(ids, id)
		}
		key := strings.ToLower(ref)
		lower = append(lower, key)
		sent[key] = append(sent[key], ref)
	}
	var out goesBy
	for i := range out {
		out[i] = map[string][]uuid.UUID{}
	}
	rows, err := tx.Person.Query().Where(person.StatusEQ(person.StatusActive), person.Or(
		person.IDIn(ids...), person.ExternalIDIn(refs...), person.UserNameIn(lower...), person.EmailIn(lower...), person.EmployeeNoIn(refs...),
	)).Order(db.Asc(person.FieldID)).All(ctx)
	for _, p := range rows {
		out.add(0, sent[p.ID.String()], p.ID)
		out.add(2, sent[store.OrZero(p.UserName)], p.ID)
		out.add(3, sent[p.Email], p.ID)
		if slices.Contains(refs, p.ExternalID) {
			out.add(1, []string{p.ExternalID}, p.ID)
		}
		if no := store.OrZero(p.EmployeeNo); slices.Contains(refs, no) {
			out.add(4, []string{no}, p.ID)
		}
	}
	return out, err
}

func (g goesBy) add(way int, names []string, id uuid.UUID) {
	for _, name := range names {
		if name != "" && !slices.Contains(g[way][name], id) {
			g[way][name] = append(g[way][name], id)
		}
	}
}

// arrived gives the person to everybody who waits for them as their manager.
func (s *Service) arrived(ctx context.Context, tx *db.Client, id uuid.UUID) error {
	p, err := tx.Person.Get(ctx, id)
	if err != nil {
		return err
	}
	// Greater than empty, not unlike it: only that can use the index.
	waits, err := tx.Person.Query().Where(person.ManagerRefGT("")).Exist(ctx)
	if err != nil || !waits {
		return err
	}
	refs := []string{p.ID.String(), p.ExternalID, p.Email, store.OrZero(p.UserName), store.OrZero(p.EmployeeNo)}
	refs = slices.DeleteFunc(refs, func(r string) bool { return r == "" })
	folded := make([]any, 0, len(refs))
	for _, r := range refs {
		folded = append(folded, strings.ToLower(r))
	}
	return s.resolve(ctx, tx, person.Or(person.ManagerRefIn(refs...), func(s *sql.Selector) {
		s.Where(sql.In(sql.Lower(s.C(person.FieldManagerRef)), folded...))
	}))
}

// ResolveManagers makes managers of the people whom others wait for and who have
// come, in the transaction of the caller. Whoever brings people in may call it, such
// as an import. It returns no fault of its own.
func (s *Service) ResolveManagers(ctx context.Context, tx *db.Client) error {
	return s.resolve(ctx, tx, person.ManagerRefGT(""))
}

const awaitedBatch = 500

func (s *Service) resolve(ctx context.Context, tx *db.Client, of predicate.Person) error {
	waiting, err := tx.Person.Query().Where(of, person.ManagerRefGT(""), person.StatusEQ(person.StatusActive)).Order(db.Asc(person.FieldID)).All(ctx)
	if err != nil {
		return err
	}
	for part := range slices.Chunk(waiting, awaitedBatch) {
		refs := make([]string, 0, len(part))
		for _, p := range part {
			refs = append(refs, p.ManagerRef)
		}
		found, err := whoGoesBy(ctx, tx, refs...)
		if err != nil {
			return err
		}
		for _, p := range part {
			id, flaw := found.one(p.ManagerRef)
			if flaw != "" || id == p.ID {
				continue
			}
			if err := s.takeManager(ctx, tx, p, id); err != nil {
				return err
			}
		}
	}
	return nil
}

// takeManager gives a person the manager whom they waited for, unless that would be
// a circle, or a right for whoever named or brought the manager.
func (s *Service) takeManager(ctx context.Context, tx *db.Client, p *db.Person, manager uuid.UUID) error {
	o := OrgOf(p).WithManager(manager)
	kept, err := s.withholdGain(ctx, tx, p, o, p.ManagerRefByID)
	if err != nil {
		return err
	}
	if kept != o {
		return s.stillWaits(ctx, tx, p, "whoever named this manager would gain rights by it; somebody in HR must set the manager")
	}
	today := clock.DateOf(s.Clock.Now())
	differ, err := s.change(ctx, tx, p, today, employment.ReasonProvisioned, func(now *Org) { now.manager = manager })
	if fault.KindOf(err) == fault.Invalid || fault.KindOf(err) == fault.Conflict {
		return s.stillWaits(ctx, tx, p, "the people would report to each other in a circle; correct one of the managers")
	}
	if err != nil {
		return err
	}
	if err := forgetAwaited(ctx, tx, p); err != nil {
		return err
	}
	if len(differ) == 0 {
		return s.Trail.Record(ctx, tx, audit.Entry{Action: audit.PersonChanged, Resource: "person", ID: p.ID, Owner: p.ID})
	}
	return s.recordChange(ctx, tx, p.ID, today, differ)
}

// forgetAwaited is for a person whose manager is now known.
func forgetAwaited(ctx context.Context, tx *db.Client, p *db.Person) error {
	return tx.Person.UpdateOneID(p.ID).AddVersion(1).SetManagerRef("").ClearManagerRefByID().SetNotTaken(withoutManager(p.NotTaken)).Exec(ctx)
}

func withoutManager(list []schema.NotTaken) []schema.NotTaken {
	return slices.DeleteFunc(slices.Clone(list), func(n schema.NotTaken) bool { return n.Attribute == managerAttribute })
}

// stillWaits says beside the name why whoever goes by it is not the manager.
func (s *Service) stillWaits(ctx context.Context, tx *db.Client, p *db.Person, why string) error {
	now := append(withoutManager(p.NotTaken), schema.NotTaken{Attribute: managerAttribute, Value: p.ManagerRef, Reason: why})
	if slices.Equal(now, p.NotTaken) {
		return nil
	}
	if err := tx.Person.UpdateOneID(p.ID).AddVersion(1).SetNotTaken(now).Exec(ctx); err != nil {
		return err
	}
	return s.recordNotTaken(ctx, tx, p.ID, p.NotTaken, now)
}
