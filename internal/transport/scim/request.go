package scim

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"

	"github.com/elimity-com/scim/schema"

	"github.com/rung-hr/rung/internal/domain/people"
)

// question is what a request asks for besides the resource.
type question struct {
	where         []people.Condition
	only, without []string // names of attributes, in lower case
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
	q := question{only: list(query.Get("attributes")), without: list(query.Get("excludedAttributes"))}
	isGroup := strings.HasPrefix(r.URL.Path, "/v2/Groups")
	possible := people.AccountFields
	if isGroup {
		possible = groupFields
	}
	where, err := parseFilter(query.Get("filter"), possible)
	if err != nil {
		return r, err
	}
	q.where = where
	query.Del("filter")
	r = r.WithContext(context.WithValue(r.Context(), key{}, q))
	u := *r.URL
	u.RawQuery = query.Encode()
	r.URL = &u
	if r.Body == nil || r.Method == http.MethodGet {
		return r, nil
	}
	schemas := []schema.Schema{userSchema, enterpriseSchema}
	if isGroup {
		schemas = []schema.Schema{groupSchema}
	}
	return prepareBody(r, schemas)
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
		tidyResource(given)
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

// tidyResource repairs a whole resource: "True" becomes true, an empty text
// becomes null, and the id of the manager becomes the manager.
func tidyResource(given object) {
	for k, v := range given {
		inside, isObject := v.(object)
		switch {
		case strings.EqualFold(k, enterprise) && isObject:
			tidyResource(inside)
		default:
			given[k] = tidyValue(strings.ToLower(k), v)
		}
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
	case "emails", "addresses", "members":
		if v == nil {
			return []any{}
		}
		if one, ok := v.(object); ok {
			v = []any{one}
		}
		for _, e := range elements(v) {
			if p, ok := e["primary"].(string); ok {
				e["primary"] = strings.EqualFold(p, "true")
			}
		}
	case "title", "displayname", "externalid", "timezone", "employeenumber", "department":
		if v == nil {
			return ""
		}
	}
	return v
}
