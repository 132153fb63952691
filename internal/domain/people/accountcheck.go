package people

import (
	"context"
	"fmt"
	"net/mail"
	"strings"
	"time"
	_ "time/tzdata" // names of time zones, wherever Rung runs
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/db/unit"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/text"
)

// CodeTaken is the code of the Conflict with another person's name or number.
const CodeTaken = "uniqueness"

// check returns everything at once that is wrong with what names a person: without
// it there is nobody to keep. The other attributes are for usable.
func (a *Account) check() error {
	var bad []fault.Detail
	fail := func(field, message, fix string) {
		bad = append(bad, fault.Detail{Field: field, Message: message, Fix: fix})
	}
	for _, f := range []struct {
		field, value string
		limit        int
		needed, name bool
	}{
		{"userName", a.UserName, 254, true, false}, {"displayName", a.Name, 200, true, true}, {"emails", a.Email, 254, true, false},
		{"externalId", a.ExternalID, 200, false, false},
	} {
		flaw := text.Invisible(f.value)
		switch {
		case f.value == "" && f.needed:
			fail(f.field, "it is missing", "send it")
		case text.Longer(f.value, f.limit):
			fail(f.field, fmt.Sprintf("it is longer than %d characters", f.limit), "shorten it")
		case !printable(f.value):
			fail(f.field, "it has characters that cannot be displayed", "remove them")
		case flaw != "" && !f.name:
			fail(f.field, flaw, text.FixInvisible)
		}
	}
	if a.Email != "" && !goodEmail(a.Email) && text.Invisible(a.Email) == "" {
		fail("emails", "it is not an e-mail address", "send an address such as ada@example.com")
	}
	if len(bad) == 0 {
		return nil
	}
	return fault.Bad("The person has errors.", bad...)
}

func printable(text string) bool {
	return utf8.ValidString(text) && strings.IndexFunc(text, unicode.IsControl) < 0
}

func goodEmail(text string) bool {
	a, err := mail.ParseAddress(text)
	return err == nil && a.Address == text
}

func goodZone(name string) bool {
	_, err := time.LoadLocation(name)
	return err == nil && name != "Local"
}

func goodCountry(code string) bool {
	return code == "" || len(code) == 2 && code[0] >= 'A' && code[0] <= 'Z' && code[1] >= 'A' && code[1] <= 'Z'
}

// refuseTaken is a Conflict if another person has the name, e-mail or number.
func refuseTaken(ctx context.Context, tx *db.Client, self uuid.UUID, a Account) error {
	same := []func() (string, *db.PersonQuery){
		func() (string, *db.PersonQuery) {
			known := person.Or(person.UserName(a.UserName), person.And(person.UserNameIsNil(), person.Email(a.UserName)))
			return "userName", tx.Person.Query().Where(known)
		},
		func() (string, *db.PersonQuery) { return "emails", tx.Person.Query().Where(person.Email(a.Email)) },
		func() (string, *db.PersonQuery) {
			return "employeeNumber", tx.Person.Query().Where(person.EmployeeNo(a.EmployeeNo))
		},
	}
	var taken []fault.Detail
	for _, f := range same {
		field, q := f()
		if field == "employeeNumber" && a.EmployeeNo == "" {
			continue
		}
		found, err := q.Where(person.IDNEQ(self)).Exist(ctx)
		if err != nil {
			return err
		}
		if found {
			taken = append(taken, fault.Detail{Field: field, Message: "somebody else has it", Fix: "find that person with a filter and change them"})
		}
	}
	if len(taken) == 0 {
		return nil
	}
	clash := fault.Clash("Somebody else has the same name, e-mail or number.").WithCode(CodeTaken)
	clash.Details = taken
	return clash
}

// unitNamed returns the unit of that name, in upper or lower case, and adds an
// unknown one; uuid.Nil for no name.
func (s *Service) unitNamed(ctx context.Context, tx *db.Client, name string) (uuid.UUID, error) {
	if name == "" {
		return uuid.Nil, nil
	}
	key := strings.ToLower(name)
	id, err := tx.Unit.Query().Where(unit.NameKey(key)).OnlyID(ctx)
	if !db.IsNotFound(err) {
		return id, err
	}
	u, err := tx.Unit.Create().SetName(name).SetNameKey(key).Save(ctx)
	if err != nil {
		return uuid.Nil, err
	}
	return u.ID, nil
}
