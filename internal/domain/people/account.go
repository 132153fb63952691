package people

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/auditevent"
	"github.com/rung-hr/rung/ent/db/employment"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/names"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
)

// Account is a person as an identity provider knows them. Attributes are as it
// sent them, also those that Rung could not use: it reads back what it wrote.
type Account struct {
	ID          uuid.UUID
	UserName    string
	ExternalID  string
	Name        string // the one that others see
	GivenName   string
	FamilyName  string
	Email       string
	Title       string
	TimeZone    string
	Country     string
	Location    string
	EmployeeNo  string
	Department  string
	Manager     string // how the provider names the manager: by the id here, or by one of its own; empty for nobody
	ManagerName string // ignored when writing
	Active      bool
	NotTaken    []NotTaken // ignored when writing
	Version     int        // ignored when writing
}

// Account returns one person as an identity provider knows them. An identity
// provider may call it, with a token; it acts as the system.
//
// It returns a NotFound fault when there is no such person.
func (s *Service) Account(ctx context.Context, id uuid.UUID) (Account, error) {
	if err := s.Access.Require(ctx, access.People, access.Import); err != nil {
		return Account{}, err
	}
	return readAccount(ctx, s.Store.Read(), id)
}

func readAccount(ctx context.Context, client *db.Client, id uuid.UUID) (Account, error) {
	p, err := client.Person.Query().Where(person.ID(id)).WithUnit().WithManager().Only(ctx)
	if err != nil {
		return Account{}, store.Found(err)
	}
	return accountOf(p), nil
}

func accountOf(p *db.Person) Account {
	a := Account{
		ID: p.ID, UserName: store.OrZero(p.UserName), ExternalID: p.ExternalID, Name: p.Name, GivenName: p.GivenName, FamilyName: p.FamilyName,
		Email: p.Email, Title: p.Title, TimeZone: p.TimeZone, Country: p.Country, Location: p.Location, EmployeeNo: store.OrZero(p.EmployeeNo),
		Active: p.Status == person.StatusActive, Version: p.Version, NotTaken: notTakenOf(p),
	}
	if a.UserName == "" {
		a.UserName = p.Email // for people imported from a file
	}
	if u := p.Edges.Unit; u != nil {
		a.Department = u.Name
	}
	if m := p.Edges.Manager; m != nil {
		a.Manager, a.ManagerName = m.ID.String(), m.Name
	}
	for _, n := range p.NotTaken {
		if n.Attribute == managerAttribute {
			a.ManagerName = ""
		}
		if to := a.attribute(n.Attribute); to != nil {
			*to = n.Value
		}
	}
	return a
}

// AddAccount adds a person. An identity provider may call it, with a token.
//
// It returns a Conflict fault with the code "uniqueness" when somebody has the
// name, e-mail address or number already, and an Invalid fault with everything
// else that is wrong.
func (s *Service) AddAccount(ctx context.Context, a Account) (Account, error) {
	if err := s.Access.Require(ctx, access.People, access.Import); err != nil {
		return Account{}, err
	}
	a.tidy()
	if err := a.check(); err != nil {
		return Account{}, err
	}
	var out Account
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) (err error) {
		if err := lock(ctx); err != nil {
			return err
		}
		id, err := s.insertAccount(ctx, tx, a)
		if err == nil {
			out, err = readAccount(ctx, tx, id)
		}
		return err
	})
	return out, err
}

func (s *Service) insertAccount(ctx context.Context, tx *db.Client, a Account) (uuid.UUID, error) {
	w, err := s.settle(ctx, tx, &db.Person{TimeZone: "UTC"}, a)
	if err != nil {
		return uuid.Nil, err
	}
	if err := refuseTaken(ctx, tx, uuid.Nil, w.account); err != nil {
		return uuid.Nil, err
	}
	today := clock.DateOf(s.Clock.Now())
	p, err := tx.Person.Create().
		SetName(a.Name).SetNameKey([]byte(names.Fold(a.Name))).SetEmail(a.Email).SetUserName(a.UserName).SetExternalID(a.ExternalID).
		SetGivenName(w.account.GivenName).SetFamilyName(w.account.FamilyName).SetNotTaken(w.notTaken).
		SetManagerRef(w.managerRef).SetNillableManagerRefByID(w.by(ctx)).
		SetNillableEmployeeNo(filled(w.account.EmployeeNo)).SetHiredOn(today).Save(ctx)
	if err != nil {
		return uuid.Nil, err
	}
	o, err := s.orgOfAccount(ctx, tx, p, w)
	if err != nil {
		return p.ID, err
	}
	if o.manager == p.ID {
		return p.ID, cycleFault(p.Name, nil)
	}
	if err := setPerson(tx.Person.UpdateOneID(p.ID), o).Exec(ctx); err != nil {
		return p.ID, err
	}
	err = CreateSpan(tx, p.ID, o).SetReason(employment.ReasonHired).SetValidFrom(today).SetValidTo(clock.Forever).SetRecordedAt(s.Clock.Now()).Exec(ctx)
	if err != nil {
		return p.ID, err
	}
	if err := moveLine(ctx, tx, p.ID, o.manager); err != nil {
		return p.ID, err
	}
	err = s.Trail.Record(ctx, tx, audit.Entry{Action: audit.PersonAdded, Resource: "person", ID: p.ID, Owner: p.ID})
	if err != nil {
		return p.ID, err
	}
	if err := s.recordNotTaken(ctx, tx, p.ID, nil, w.notTaken); err != nil {
		return p.ID, err
	}
	if !a.Active {
		return p.ID, s.leave(ctx, tx, p)
	}
	return p.ID, s.arrived(ctx, tx, p.ID)
}

// ChangeAccount gives a person what edit makes of their account, in one
// transaction, from today on. A person who becomes inactive loses their
// sessions. An identity provider may call it, with a token. Edit may run more
// than once.
//
// It returns the faults of AddAccount, a NotFound fault when there is no such
// person, and the error of edit.
func (s *Service) ChangeAccount(ctx context.Context, id uuid.UUID, edit func(Account) (Account, error)) (Account, error) {
	if err := s.Access.Require(ctx, access.People, access.Import); err != nil {
		return Account{}, err
	}
	var out Account
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		if err := lock(ctx); err != nil {
			return err
		}
		p, err := tx.Person.Query().Where(person.ID(id)).WithUnit().WithManager().Only(ctx)
		if err != nil {
			return err
		}
		wanted, err := edit(accountOf(p))
		if err != nil {
			return err
		}
		wanted.tidy()
		if err := wanted.check(); err != nil {
			return err
		}
		if err := s.applyAccount(ctx, tx, p, wanted); err != nil {
			return err
		}
		out, err = readAccount(ctx, tx, id)
		return err
	})
	return out, err
}

// applyAccount writes the differences, in an order in which each step is
// possible: a person who comes back has facts again, and a person who leaves has
// them until the end.
func (s *Service) applyAccount(ctx context.Context, tx *db.Client, p *db.Person, a Account) error {
	was := accountOf(p)
	w, err := s.settle(ctx, tx, p, a)
	if err != nil {
		return err
	}
	if err := refuseTaken(ctx, tx, p.ID, w.account); err != nil {
		return err
	}
	if err := s.changeCard(ctx, tx, p, w); err != nil {
		return err
	}
	active := p.Status == person.StatusActive
	if !active && a.Active {
		if err := s.comeBack(ctx, tx, p, employment.ReasonProvisioned); err != nil {
			return err
		}
		active = true
	}
	if err := s.changeOrg(ctx, tx, p, w, active); err != nil {
		return err
	}
	if active && !a.Active {
		fresh, err := tx.Person.Get(ctx, p.ID)
		if err != nil {
			return err
		}
		return s.leave(ctx, tx, fresh)
	}
	known := was.ExternalID == a.ExternalID && was.UserName == a.UserName && was.Email == a.Email && was.EmployeeNo == a.EmployeeNo
	if !active || known && was.Active {
		return nil
	}
	return s.arrived(ctx, tx, p.ID)
}

// changeCard writes what has no effective date: the names and addresses of the
// person, and what could not be used.
func (s *Service) changeCard(ctx context.Context, tx *db.Client, p *db.Person, w wanted) error {
	a := w.account
	same := p.Name == a.Name && p.GivenName == a.GivenName && p.FamilyName == a.FamilyName && p.Email == a.Email &&
		accountOf(p).UserName == a.UserName && p.ExternalID == a.ExternalID && store.OrZero(p.EmployeeNo) == a.EmployeeNo
	if same && p.ManagerRef == w.managerRef && slices.Equal(p.NotTaken, w.notTaken) {
		return nil
	}
	update := tx.Person.UpdateOneID(p.ID).AddVersion(1).SetName(a.Name).SetNameKey([]byte(names.Fold(a.Name))).
		SetGivenName(a.GivenName).SetFamilyName(a.FamilyName).SetEmail(a.Email).SetUserName(a.UserName).SetExternalID(a.ExternalID).
		SetNotTaken(w.notTaken).SetManagerRef(w.managerRef)
	if by := w.by(ctx); by == nil {
		update.ClearManagerRefByID()
	} else {
		update.SetManagerRefByID(*by)
	}
	if a.EmployeeNo == "" {
		update.ClearEmployeeNo()
	} else {
		update.SetEmployeeNo(a.EmployeeNo)
	}
	if err := update.Exec(ctx); err != nil {
		return err
	}
	if err := s.recordNotTaken(ctx, tx, p.ID, p.NotTaken, w.notTaken); err != nil {
		return err
	}
	return s.Trail.Record(ctx, tx, audit.Entry{Action: audit.PersonChanged, Resource: "person", ID: p.ID, Owner: p.ID})
}

func (s *Service) changeOrg(ctx context.Context, tx *db.Client, p *db.Person, w wanted, active bool) error {
	o, err := s.orgOfAccount(ctx, tx, p, w)
	if err != nil {
		return err
	}
	if o, err = s.withholdGain(ctx, tx, p, o, w.askedBy); err != nil || o == OrgOf(p) {
		return err
	}
	today := clock.DateOf(s.Clock.Now())
	if !active {
		// Facts do not change after the end, but the person's card still does.
		if o.manager != store.OrZero(p.ManagerID) {
			if err := s.refuseCycle(ctx, tx, p, o.manager, today, clock.Forever); err != nil {
				return err
			}
			if err := moveLine(ctx, tx, p.ID, o.manager); err != nil {
				return err
			}
		}
		differ := fieldNames(changed(OrgOf(p), o))
		if err := setPerson(tx.Person.UpdateOneID(p.ID).AddVersion(1), o).Exec(ctx); err != nil {
			return err
		}
		return s.recordChange(ctx, tx, p.ID, today, differ)
	}
	differ, err := s.change(ctx, tx, p, today, employment.ReasonProvisioned, func(now *Org) { *now = o })
	if err != nil || len(differ) == 0 {
		return err
	}
	return s.recordChange(ctx, tx, p.ID, today, differ)
}

// withholdGain leaves out the facts that would give rights to the person whose
// token pushes them, or to the one who named the manager before, and records that
// once a day. Everything else about the person still arrives; somebody in HR can
// set these facts, and then the provider agrees.
func (s *Service) withholdGain(ctx context.Context, tx *db.Client, p *db.Person, o Org, askedBy *uuid.UUID) (Org, error) {
	was := OrgOf(p)
	gains, err := s.gains(ctx, tx, p.ID, was, o, askedBy)
	if err != nil || !gains {
		return o, err
	}
	kept := o
	kept.manager, kept.unit, kept.country = was.manager, was.unit, was.country
	today := clock.DateOf(s.Clock.Now()).Time()
	told, err := tx.AuditEvent.Query().
		Where(auditevent.OwnerID(p.ID), auditevent.Action(string(audit.FactsWithheld)), auditevent.AtGTE(today)).Exist(ctx)
	if err != nil || told {
		return kept, err // a provider sends the same again all day
	}
	return kept, s.Trail.Record(ctx, tx, audit.Entry{
		Action: audit.FactsWithheld, Resource: "person", ID: p.ID, Owner: p.ID,
		Facts: map[string]string{"what": strings.Join(fieldNames(changed(kept, o)), " ")},
	})
}

// orgOfAccount returns the facts after the change. It adds an unknown department.
func (s *Service) orgOfAccount(ctx context.Context, tx *db.Client, p *db.Person, w wanted) (Org, error) {
	o := OrgOf(p)
	o.title, o.timeZone, o.country, o.location, o.manager = w.account.Title, w.account.TimeZone, w.account.Country, w.account.Location, w.manager
	var err error
	if w.keepsUnit {
		return o, nil
	}
	o.unit, err = s.unitNamed(ctx, tx, w.account.Department)
	return o, err
}

func filled(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// DeactivateAccount makes a person inactive and ends their sessions. Their
// record stays. An identity provider may call it, with a token.
//
// It returns a NotFound fault when there is no such person.
func (s *Service) DeactivateAccount(ctx context.Context, id uuid.UUID) error {
	_, err := s.ChangeAccount(ctx, id, func(a Account) (Account, error) {
		a.Active = false
		return a, nil
	})
	return err
}

func (a *Account) tidy() {
	for _, text := range []*string{
		&a.UserName, &a.ExternalID, &a.Name, &a.GivenName, &a.FamilyName, &a.Email, &a.Title, &a.TimeZone, &a.Country, &a.Location,
		&a.EmployeeNo, &a.Department, &a.Manager,
	} {
		*text = strings.TrimSpace(*text)
	}
	a.UserName, a.Email = strings.ToLower(a.UserName), strings.ToLower(a.Email)
	if len(a.Country) == 2 {
		a.Country = strings.ToUpper(a.Country)
	}
	if a.TimeZone == "" {
		a.TimeZone = "UTC"
	}
}
