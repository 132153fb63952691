package people

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/schema"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/platform/text"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
)

// A person is kept whatever else is sent about them: whoever is missing here can
// neither sign in nor be found. An attribute that Rung cannot use keeps its present
// value, and what was sent is kept beside it and shown.

// NotTaken is an attribute that the identity provider sent and that Rung could not
// use.
type NotTaken struct {
	Attribute string `json:"attribute" doc:"as the provider names it" example:"addresses.country"`
	Value     string `json:"value" doc:"as the provider sent it"`
	Reason    string `json:"reason" doc:"why Rung could not use it, and what to do"`
}

// notTakenOf is what a person's row keeps.
func notTakenOf(p *db.Person) []NotTaken {
	out := make([]NotTaken, 0, len(p.NotTaken))
	for _, n := range p.NotTaken {
		out = append(out, NotTaken(n))
	}
	return out
}

const (
	managerAttribute    = "manager"
	departmentAttribute = "department"
)

// attribute is the place of a side attribute; nil for a name that is none.
func (a *Account) attribute(name string) *string {
	switch name {
	case "name.givenName":
		return &a.GivenName
	case "name.familyName":
		return &a.FamilyName
	case "title":
		return &a.Title
	case "timezone":
		return &a.TimeZone
	case "addresses.locality":
		return &a.Location
	case "addresses.country":
		return &a.Country
	case "employeeNumber":
		return &a.EmployeeNo
	case departmentAttribute:
		return &a.Department
	case managerAttribute:
		return &a.Manager
	}
	return nil
}

// sideAttributes are those without which a person is still that person.
var sideAttributes = []struct {
	name  string
	limit int
	flaw  func(string) string // nil for an attribute that is only shown
}{
	{"name.givenName", 200, nil},
	{"name.familyName", 200, nil},
	{"title", 200, nil},
	{"timezone", 64, func(v string) string {
		return flawUnless(goodZone(v), "there is no such time zone; send a name such as Europe/Berlin")
	}},
	{"addresses.locality", 64, hiddenInName},
	{"addresses.country", 200, func(v string) string {
		return flawUnless(goodCountry(v), "it is not a country code; send two letters such as DE")
	}},
	{"employeeNumber", 64, hidden},
	{departmentAttribute, 200, hiddenInName},
	{managerAttribute, 254, hidden},
}

// hidden is the flaw of something by which people, units or places are found.
func hidden(v string) string { return withFix(text.Invisible(v)) }

func hiddenInName(v string) string { return withFix(text.InvisibleInName(v)) }

func withFix(flaw string) string {
	if flaw == "" {
		return ""
	}
	return flaw + "; " + text.FixInvisible
}

func flawUnless(good bool, flaw string) string {
	if good {
		return ""
	}
	return flaw
}

// maxKept is how much of an unusable value is kept: more than any that is usable,
// so that it stays unusable when it is read back.
const maxKept = 300

// usable returns the account with what Rung can keep, and the rest: such an
// attribute has the value that the person has now.
func (a Account) usable(p *db.Person) (Account, []schema.NotTaken) {
	now := accountOf(&db.Person{
		GivenName: p.GivenName, FamilyName: p.FamilyName, Title: p.Title, TimeZone: p.TimeZone, Location: p.Location, Country: p.Country,
		EmployeeNo: p.EmployeeNo, Edges: p.Edges,
	})
	var rest []schema.NotTaken
	for _, s := range sideAttributes {
		at := a.attribute(s.name)
		flaw := ""
		switch {
		case *at == "":
		case text.Longer(*at, s.limit):
			flaw = fmt.Sprintf("it is longer than %d characters; shorten it", s.limit)
		case !printable(*at):
			flaw = "it has characters that cannot be displayed; remove them"
		case s.flaw != nil:
			flaw = s.flaw(*at)
		}
		if flaw != "" {
			rest = append(rest, schema.NotTaken{Attribute: s.name, Value: text.Cut(*at, maxKept), Reason: flaw})
			*at = *now.attribute(s.name)
		}
	}
	return a, rest
}

// wanted is an account that is ready to be written.
type wanted struct {
	account    Account
	notTaken   []schema.NotTaken
	keepsUnit  bool // the department cannot be used
	manager    uuid.UUID
	managerRef string     // the name of a manager whom nobody here is yet
	askedBy    *uuid.UUID // who named that manager before; nil for somebody whose name is new
}

// by is who answers for the name of the manager; nil for nobody.
func (w wanted) by(ctx context.Context) *uuid.UUID {
	if w.managerRef == "" || w.askedBy != nil {
		return w.askedBy
	}
	if p, ok := actor.Answerable(ctx); ok {
		return &p.ID
	}
	return nil
}

// settle finds out what of an account can be used, and who the manager is.
func (s *Service) settle(ctx context.Context, tx *db.Client, p *db.Person, a Account) (wanted, error) {
	sent := a.Manager
	w := wanted{manager: store.OrZero(p.ManagerID)}
	w.account, w.notTaken = a.usable(p)
	w.keepsUnit = slices.ContainsFunc(w.notTaken, func(n schema.NotTaken) bool { return n.Attribute == departmentAttribute })
	if slices.ContainsFunc(w.notTaken, func(n schema.NotTaken) bool { return n.Attribute == managerAttribute }) {
		return w, nil
	}
	if p.ManagerRef != "" && p.ManagerRef == sent {
		w.askedBy = p.ManagerRefByID
	}
	if sent == "" {
		w.manager = uuid.Nil
		return w, nil
	}
	if p.ManagerID != nil && sent == p.ManagerID.String() {
		return w, nil
	}
	found, err := whoGoesBy(ctx, tx, sent)
	if err != nil {
		return w, err
	}
	id, flaw := found.one(sent)
	if flaw == "" {
		w.manager = id
		return w, nil
	}
	w.managerRef = sent
	w.notTaken = append(w.notTaken, schema.NotTaken{Attribute: managerAttribute, Value: sent, Reason: flaw})
	return w, nil
}

// recordNotTaken records which attributes could not be used, never their values.
func (s *Service) recordNotTaken(ctx context.Context, tx *db.Client, id uuid.UUID, was, now []schema.NotTaken) error {
	if len(now) == 0 || slices.Equal(was, now) {
		return nil
	}
	attributes := make([]string, 0, len(now))
	for _, n := range now {
		attributes = append(attributes, n.Attribute)
	}
	return s.Trail.Record(ctx, tx, audit.Entry{
		Action: audit.AttributesNotTaken, Resource: "person", ID: id, Owner: id, Facts: map[string]string{"attributes": strings.Join(attributes, " ")},
	})
}

// gains says whether a change of facts would give rights to whoever answers for it,
// or to who named the manager before it could be known who that is.
func (s *Service) gains(ctx context.Context, tx *db.Client, id uuid.UUID, was, now Org, askedBy *uuid.UUID) (bool, error) {
	if access.Gains(ctx, was.facts(id), now.facts(id)) {
		return true, nil
	}
	if askedBy == nil {
		return false, nil
	}
	asker, err := tx.Person.Get(ctx, *askedBy)
	if err != nil {
		return false, err
	}
	// Whatever scope the role hr has: a manager changes nothing about who is in it.
	me := actor.Person{ID: asker.ID, Roles: append([]string{string(access.Employee)}, asker.Roles...), Scopes: []actor.Scope{{}}}
	return access.Gains(actor.Behind(actor.AsSystem(ctx, "who named the manager"), me), was.facts(id), now.facts(id)), nil
}
