package scim

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/elimity-com/scim/errors"
	"github.com/elimity-com/scim/schema"
	"github.com/google/uuid"
	filter "github.com/scim2/filter-parser/v2"

	"github.com/rung-hr/rung/internal/domain/people"
	"github.com/rung-hr/rung/internal/trust/groups"
)

// maxFilter limits the text that is parsed; the parser recurses into brackets.
const maxFilter = 2000

// known are the schemas that an attribute can be of.
var known = []schema.Schema{userSchema, enterpriseSchema, groupSchema}

// groupOrders are the fields by which groups can be sorted.
var groupOrders = []string{"id", "meta.created", "displayName", "externalId"}

// groupFields are the fields that groups can be found by.
var groupFields = []string{"id", "displayName", "externalId", "members.value"}

// workEmail is how Entra ID asks for an address; the standard has no such form.
var workEmail = regexp.MustCompile(`(?i)emails\[\s*type\s+eq\s+"work"\s*\]\.value`)

// parseFilter reads a filter of comparisons with eq and sw, joined with and. It
// refuses any other filter and names what is possible.
func parseFilter(text string, possible []string) ([]people.Condition, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	if len(text) > maxFilter || !utf8.ValidString(text) || strings.IndexFunc(text, unicode.IsControl) >= 0 {
		return nil, badFilter(possible, "It is too long or has characters that cannot be displayed.")
	}
	parsed, err := parse(workEmail.ReplaceAllString(text, "emails.value"))
	if err != nil {
		return nil, badFilter(possible, "It cannot be read.")
	}
	return conditions(parsed, "", possible)
}

// parse keeps a bug of the parser from ending the request.
func parse(text string) (e filter.Expression, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("filter: %v", p)
		}
	}()
	return filter.ParseFilter([]byte(text))
}

func badFilter(possible []string, why string) error {
	return errors.ScimError{
		ScimType: errors.ScimTypeInvalidFilter, Status: http.StatusBadRequest,
		Detail: why + " A filter compares " + strings.Join(possible, ", ") + ` with eq or, where it is a text, sw; several are joined with and. Such as userName eq "ada@example.com".`,
	}
}

func conditions(e filter.Expression, inside string, possible []string) ([]people.Condition, error) {
	switch e := e.(type) {
	case *filter.LogicalExpression:
		if e.Operator != filter.AND {
			return nil, badFilter(possible, "or is not possible.")
		}
		left, err := conditions(e.Left, inside, possible)
		if err != nil {
			return nil, err
		}
		right, err := conditions(e.Right, inside, possible)
		if err != nil {
			return nil, err
		}
		return append(left, right...), nil
	case *filter.ValuePath:
		return conditions(e.ValueFilter, e.AttributePath.AttributeName+".", possible)
	case *filter.AttributeExpression:
		return condition(e, inside, possible)
	}
	return nil, badFilter(possible, "not is not possible.")
}

func condition(e *filter.AttributeExpression, inside string, possible []string) ([]people.Condition, error) {
	name := inside + e.AttributePath.AttributeName
	if sub := e.AttributePath.SubAttributeName(); sub != "" {
		name += "." + sub
	}
	if uri := e.AttributePath.URI(); uri != "" && !slices.ContainsFunc(known, func(s schema.Schema) bool { return strings.EqualFold(s.ID, uri) }) {
		return nil, badFilter(possible, quoted(uri)+" is no schema here.")
	}
	value, isText := "", true
	switch v := e.CompareValue.(type) {
	case string:
		value = v
	case bool:
		value, isText = strconv.FormatBool(v), false
	case nil: // null is no value, which nobody has
	default:
		isText = false
	}
	if strings.EqualFold(name, "emails.type") && e.Operator == filter.EQ && strings.EqualFold(value, "work") {
		return nil, nil // every address that Rung keeps is a work address
	}
	for short, long := range map[string]string{"emails": "emails.value", "members": "members.value"} {
		if strings.EqualFold(name, short) {
			name = long
		}
	}
	at := slices.IndexFunc(possible, func(p string) bool { return strings.EqualFold(p, name) })
	if at < 0 {
		return nil, badFilter(possible, quoted(name)+" cannot be compared.")
	}
	if e.Operator != filter.EQ && e.Operator != filter.SW {
		return nil, badFilter(possible, string(e.Operator)+" is not possible.")
	}
	if possible[at] == "active" {
		value = strings.ToLower(value)
	}
	prefix := e.Operator == filter.SW
	whole := slices.Contains([]string{"id", "active", "members.value", "externalId"}, possible[at])
	isTruth := value == "true" || value == "false"
	if prefix && whole || possible[at] == "active" && !isTruth || possible[at] != "active" && !isText {
		return nil, badFilter(possible, quoted(name)+" cannot be compared like this.")
	}
	return []people.Condition{{Field: possible[at], Prefix: prefix, Value: value}}, nil
}

// groupFilter turns conditions into a filter of groups; possible is false when
// no group can match.
func groupFilter(where []people.Condition) (f groups.Filter, possible bool) {
	seen := map[string]string{}
	for _, c := range where {
		key := c.Field + strconv.FormatBool(c.Prefix)
		if old, again := seen[key]; again && old != c.Value || c.Value == "" && !c.Prefix {
			return f, false
		}
		seen[key] = c.Value
		switch c.Field {
		case "displayName":
			if c.Prefix {
				f.NamePrefix = c.Value
			} else {
				f.Name = c.Value
			}
		case "externalId":
			f.ExternalID = c.Value
		default:
			id, err := uuid.Parse(c.Value)
			if err != nil {
				return f, false
			}
			if c.Field == "id" {
				f.ID = &id
			} else {
				f.Member = &id
			}
		}
	}
	return f, true
}
