package scim

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/elimity-com/scim/errors"
	"github.com/elimity-com/scim/schema"

	"github.com/rung-hr/rung/internal/domain/people"
)

// question is what a request asks for besides the resource.
type question struct {
	where         []people.Condition
	only, without []string // names of attributes, in lower case
	sort          string
	descending    bool
}

type key struct{}

func asked(ctx context.Context) question {
	q, _ := ctx.Value(key{}).(question)
	return q
}

// wants reports whether an attribute is part of the answer.
func (q question) wants(attribute string) bool {
	if q.only != nil {
		return named(q.only, attribute)
	}
	return !named(q.without, attribute)
}

func named(list []string, attribute string) bool {
	for _, n := range list {
		if n == attribute || strings.HasPrefix(n, attribute+".") || strings.HasSuffix(n, ":"+attribute) {
			return true
		}
	}
	return false
}

// prepare reads what the library leaves open or answers too vaguely: the filter,
// the attributes, the size of the body, and non-standard forms of values that
// providers send.
func prepare(r *http.Request) (*http.Request, error) {
	query := r.URL.Query()
	form := userForm
	if strings.HasPrefix(r.URL.Path, "/v2/Groups") {
		form = groupForm
	}
	q, err := form.question(query)
	if err != nil {
		return r, err
	}
	query.Del("filter")
	r = r.WithContext(context.WithValue(r.Context(), key{}, q))
	u := *r.URL
	u.RawQuery = query.Encode()
	r.URL = &u
	if r.Body == nil || r.Method == http.MethodGet {
		return r, nil
	}
	return prepareBody(r, form.schemas)
}

// form is what can be asked about a kind of resource.
type form struct {
	schemas []schema.Schema // that of the resource first
	fields  []string        // that a filter compares
	orders  []string        // that a list is sorted by
}

var (
	userForm  = form{[]schema.Schema{userSchema, enterpriseSchema, reportsSchema}, people.AccountFields, people.AccountOrders}
	groupForm = form{[]schema.Schema{groupSchema}, groupFields, groupOrders}
)

// question reads what a request asks for; it refuses, by name, what it cannot have.
func (f form) question(query url.Values) (question, error) {
	q := question{only: list(query.Get("attributes")), without: list(query.Get("excludedAttributes"))}
	for _, name := range slices.Concat(q.only, q.without) {
		if !f.has(name) {
			return q, invalidPath(name)
		}
	}
	var err error
	if q.where, err = parseFilter(canonicalURNs(query.Get("filter"), f.schemas), f.fields); err != nil {
		return q, err
	}
	return q, q.sorted(query, f)
}

// sorted reads the order of a list. A list in another order than was asked for
// would be read as if it had that order.
func (q *question) sorted(query url.Values, f form) error {
	sent := query.Get("sortBy")
	by := strings.TrimSpace(canonicalURNs(sent, f.schemas))
	if own := f.schemas[0].ID + ":"; strings.HasPrefix(by, own) {
		by = by[len(own):]
	}
	by = strings.TrimPrefix(by, enterprise+":")
	if strings.EqualFold(by, "emails") {
		by = "emails.value"
	}
	switch strings.ToLower(query.Get("sortOrder")) {
	case "", "ascending":
	case "descending":
		q.descending = true
	default:
		return invalidValue("sortOrder is ascending or descending.")
	}
	if by == "" {
		return nil
	}
	at := slices.IndexFunc(f.orders, func(o string) bool { return strings.EqualFold(o, by) })
	if at < 0 {
		return errors.ScimError{
			ScimType: errors.ScimTypeInvalidPath, Status: http.StatusBadRequest,
			Detail: "A list cannot be sorted by " + quoted(sent) + ". It can by " + strings.Join(f.orders, ", ") + ".",
		}
	}
	q.sort = f.orders[at]
	return nil
}

// has reports whether there is an attribute of that name, with or without the
// schema before it. Standard attributes that Rung does not keep are there, and
// empty.
func (f form) has(name string) bool {
	for _, s := range f.schemas {
		if rest, own := cutFold(name, s.ID); own && rest == "" {
			return true
		} else if own {
			return hasAttribute(s, strings.TrimPrefix(rest, ":"))
		}
	}
	if hasAttribute(f.schemas[0], name) {
		return true
	}
	top, _, _ := strings.Cut(name, ".")
	return fixed[top] || ignored[top] || top == "externalid"
}

func hasAttribute(s schema.Schema, name string) bool {
	top, sub, deep := strings.Cut(name, ".")
	if s.ID == enterprise && ignored[top] {
		return true
	}
	attribute, ok := s.Attributes.ContainsAttribute(top)
	if !ok || !deep {
		return ok
	}
	_, ok = attribute.SubAttributes().ContainsAttribute(sub)
	return ok || unkeptParts[top][strings.ToLower(sub)]
}

// cutFold removes a prefix in upper or lower case.
func cutFold(s, prefix string) (rest string, found bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

// canonicalURNs writes the names of schemas as the schemas do: a URN is the same in
// upper and lower case.
func canonicalURNs(text string, schemas []schema.Schema) string {
	for _, s := range schemas {
		for from := 0; from+len(s.ID) <= len(text); from++ {
			if strings.EqualFold(text[from:from+len(s.ID)], s.ID) {
				text = text[:from] + s.ID + text[from+len(s.ID):]
				from += len(s.ID) - 1
			}
		}
	}
	return text
}

func list(text string) []string {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	var out []string
	for name := range strings.SplitSeq(text, ",") {
		out = append(out, strings.ToLower(strings.TrimSpace(name)))
	}
	return out
}

func prepareBody(r *http.Request, schemas []schema.Schema) (*http.Request, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return r, err
	}
	if r.Method == http.MethodDelete {
		return r, nil
	}
	given, err := decode(body)
	if err != nil {
		return r, err
	}
	if r.Method == http.MethodPatch {
		left, err := tidyPatch(given, schemas)
		if err != nil {
			return r, err
		}
		if !left { // nothing that Rung keeps: the answer is the unchanged resource
			r.Method, r.Body = http.MethodGet, http.NoBody
			return r, nil
		}
	} else {
		tidyResource(given, schemas)
	}
	named := lookUp(given, "schemas")
	for _, k := range sortedKeys(given) {
		if strings.EqualFold(k, "schemas") {
			delete(given, k)
		}
	}
	if named != nil {
		given["schemas"] = canonicalSchemas(named, schemas)
	}
	fresh, err := json.Marshal(given)
	if err != nil {
		return r, invalidSyntax("The body is not a JSON object.")
	}
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(fresh)), int64(len(fresh))
	return r, nil
}

func decode(body []byte) (object, error) {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	var given object
	if err := d.Decode(&given); err != nil || given == nil {
		return nil, invalidSyntax("The body is not a JSON object.")
	}
	return given, nil
}

const patchMessage = "urn:ietf:params:scim:api:messages:2.0:PatchOp"

// canonicalSchemas writes the list of schemas as the schemas write their names.
func canonicalSchemas(v any, schemas []schema.Schema) any {
	list, ok := v.([]any)
	if !ok {
		return v
	}
	out := make([]any, 0, len(list))
	for _, e := range list {
		name, isText := e.(string)
		if uri := extensionOf(name, schemas); isText && uri != "" {
			e = uri
		} else if isText && strings.EqualFold(name, patchMessage) {
			e = patchMessage
		}
		out = append(out, e)
	}
	return out
}

// tidyResource repairs a whole resource: names of attributes and schemas are
// written as the schemas do, "True" becomes true, an empty text becomes null, and
// the id of the manager becomes the manager. What says nothing about being active
// changes nothing about it, and what only Rung writes is left out.
func tidyResource(given object, schemas []schema.Schema) {
	for _, k := range sortedKeys(given) {
		v := given[k]
		uri := extensionOf(k, schemas)
		inside, isObject := v.(object)
		switch {
		case uri == reports, strings.EqualFold(k, "active") && v == nil:
			delete(given, k)
			continue
		case uri != "" && isObject:
			tidyResource(inside, nil)
		default:
			v = tidyValue(strings.ToLower(k), v)
		}
		name := k
		if uri != "" {
			name = uri
		}
		if _, twice := given[name]; name != k && twice {
			continue // the library refuses an attribute that is there twice
		}
		delete(given, k)
		given[name] = v
	}
}

// tidyValue repairs the value of an attribute, by its name in lower case.
func tidyValue(name string, v any) any {
	s, isText := v.(string)
	switch name {
	case "active":
		if isText && strings.EqualFold(s, "true") {
			return true
		}
		if isText && strings.EqualFold(s, "false") {
			return false
		}
	case "manager":
		if v == nil {
			return object{"value": ""}
		}
		if isText {
			return object{"value": s}
		}
		if o, ok := v.(object); ok && len(o) > 0 && lookUp(o, "value") == nil {
			return object{"value": ""} // the name alone names nobody
		}
	case "emails", "addresses", "members":
		if v == nil {
			return []any{}
		}
		if one, ok := v.(object); ok {
			v = []any{one}
		}
		for _, e := range elements(v) {
			for _, k := range sortedKeys(e) {
				if p, ok := e[k].(string); ok && strings.EqualFold(k, "primary") {
					e[k] = strings.EqualFold(p, "true")
				}
			}
		}
	case "title", "displayname", "externalid", "timezone", "employeenumber", "department":
		if v == nil {
			return ""
		}
	}
	return v
}
