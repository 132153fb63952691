package people

import (
	"context"
	"strings"

	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/db/predicate"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/names"
	"github.com/rung-hr/rung/internal/trust/access"
)

// Condition is one comparison of a filter. Field is one of AccountFields; Prefix
// compares only the start of the value.
type Condition struct {
	Field  string
	Prefix bool
	Value  string
}

// AccountFields are the fields by which accounts can be found.
var AccountFields = []string{"id", "userName", "externalId", "emails.value", "displayName", "active", "employeeNumber"}

// AccountOrders are the fields by which accounts can be sorted.
var AccountOrders = []string{"id", "meta.created", "userName", "externalId", "emails.value", "displayName", "employeeNumber"}

// AccountFilter selects accounts. All conditions hold.
type AccountFilter struct {
	Where      []Condition
	Sort       string // one of AccountOrders; empty for the oldest first
	Descending bool
	Skip       int
	Count      int
}

// order sorts by the field, and by age where it is the same.
func (f AccountFilter) order() []person.OrderOption {
	by := db.Asc
	if f.Descending {
		by = db.Desc
	}
	column := map[string]string{
		"externalId": person.FieldExternalID, "emails.value": person.FieldEmail, "displayName": person.FieldNameKey, "employeeNumber": person.FieldEmployeeNo,
	}[f.Sort]
	switch {
	case f.Sort == "userName":
		return []person.OrderOption{func(s *sql.Selector) {
			name := "COALESCE(" + s.C(person.FieldUserName) + ", " + s.C(person.FieldEmail) + ")"
			if f.Descending {
				name += " DESC"
			}
			s.OrderExpr(sql.Expr(name))
		}, db.Asc(person.FieldID)}
	case column != "":
		return []person.OrderOption{by(column), db.Asc(person.FieldID)}
	default:
		return []person.OrderOption{by(person.FieldID)}
	}
}

// Accounts lists people as an identity provider knows them, the oldest first,
// and counts all that match. An identity provider may call it, with a token.
//
// It returns an Invalid fault for a condition that is not possible.
func (s *Service) Accounts(ctx context.Context, f AccountFilter) ([]Account, int, error) {
	if err := s.Access.Require(ctx, access.People, access.Import); err != nil {
		return nil, 0, err
	}
	q := s.Store.Read().Person.Query()
	for _, c := range f.Where {
		p, err := c.predicate()
		if err != nil {
			return nil, 0, err
		}
		q.Where(p)
	}
	total, err := q.Clone().Count(ctx)
	if err != nil || f.Count == 0 {
		return nil, total, err
	}
	rows, err := q.WithUnit().WithManager().Order(f.order()...).Offset(f.Skip).Limit(f.Count).All(ctx)
	out := make([]Account, 0, len(rows))
	for _, p := range rows {
		out = append(out, accountOf(p))
	}
	return out, total, err
}

func (c Condition) predicate() (predicate.Person, error) {
	switch {
	case c.Field == "id" && !c.Prefix:
		id, err := uuid.Parse(c.Value)
		if err != nil {
			return func(s *sql.Selector) { s.Where(sql.False()) }, nil //nolint:nilerr // a text that is not an id matches nobody
		}
		return person.ID(id), nil
	case c.Field == "userName":
		lower := strings.ToLower(c.Value)
		known := textIs(person.FieldUserName, lower, c.Prefix)
		fallback := person.And(person.UserNameIsNil(), textIs(person.FieldEmail, lower, c.Prefix))
		return person.Or(known, fallback), nil
	case c.Field == "emails.value":
		return textIs(person.FieldEmail, strings.ToLower(c.Value), c.Prefix), nil
	case c.Field == "externalId":
		return textIs(person.FieldExternalID, c.Value, c.Prefix), nil
	case c.Field == "employeeNumber":
		return textIs(person.FieldEmployeeNo, c.Value, c.Prefix), nil
	case c.Field == "displayName" && c.Prefix:
		return names.StartingWith(c.Value), nil
	case c.Field == "displayName":
		return person.NameKey([]byte(names.Fold(c.Value))), nil
	case c.Field == "active" && !c.Prefix && c.Value == "true":
		return person.StatusEQ(person.StatusActive), nil
	case c.Field == "active" && !c.Prefix && c.Value == "false":
		return person.StatusEQ(person.StatusInactive), nil
	}
	return nil, fault.Bad("The filter cannot be answered.", fault.Detail{
		Field: c.Field, Message: "it cannot be compared like this", Fix: "use eq, or sw for texts, with " + strings.Join(AccountFields, ", "),
	})
}

// textIs compares a column. An empty text equals nobody's: it would be all those who
// have none.
func textIs(column, value string, prefix bool) predicate.Person {
	if value == "" && !prefix {
		return func(s *sql.Selector) { s.Where(sql.False()) }
	}
	if prefix {
		return sql.FieldHasPrefix(column, value)
	}
	return sql.FieldEQ(column, value)
}
