package api_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/internal/dev/apptest"
	"github.com/rung-hr/rung/internal/transport/api"
)

// described is what the hostile test reads of the OpenAPI document.
type described struct {
	Paths      map[string]map[string]describedOperation `json:"paths"`
	Components struct {
		Schemas map[string]describedSchema `json:"schemas"`
	} `json:"components"`
}

type describedOperation struct {
	OperationID string `json:"operationId"`
	Parameters  []struct {
		Name   string          `json:"name"`
		In     string          `json:"in"`
		Schema describedSchema `json:"schema"`
	} `json:"parameters"`
	RequestBody struct {
		Content map[string]struct {
			Schema describedSchema `json:"schema"`
		} `json:"content"`
	} `json:"requestBody"`
	method, path string
}

type describedSchema struct {
	Ref        string                     `json:"$ref"`
	Type       any                        `json:"type"`
	Format     string                     `json:"format"`
	Enum       []any                      `json:"enum"`
	Examples   []any                      `json:"examples"`
	Minimum    *float64                   `json:"minimum"`
	MaxLength  int                        `json:"maxLength"`
	Required   []string                   `json:"required"`
	Properties map[string]describedSchema `json:"properties"`
	Items      *describedSchema           `json:"items"`
}

// hostile asks every operation of the API with values that nobody should send.
type hostile struct {
	t       *testing.T
	doc     described
	things  things
	clients map[string]*apptest.Client
	names   []string
	sign    func(name string) *apptest.Client
	sent    int
	turn    int
}

// No value that anybody can send makes Rung fail, on either database. What is not
// text is refused everywhere, with its place.
func TestNoValueMakesAnOperationFail(t *testing.T) {
	eachDatabase(t, func(t *testing.T, r *apptest.Rung) {
		h := &hostile{
			t: t, things: findThings(t, r), clients: map[string]*apptest.Client{},
			names: []string{"hr", "engineer", "owner", "admin", "comp", "manager", "chair", "panelist1", "auditor", "approver"},
			sign:  func(name string) *apptest.Client { return r.As(t, name) },
		}
		require.NoError(t, json.Unmarshal(r.App.API.Document(), &h.doc))
		calls := map[string]call{}
		for _, c := range h.things.calls() {
			calls[c.op] = c
		}
		for _, op := range h.operations() {
			h.attack(op, calls[op.OperationID])
		}
		require.NotContains(t, r.Log.String(), `"msg":"panic"`)
		t.Logf("%d requests", h.sent)
	})
}

func (h *hostile) operations() []describedOperation {
	var out []describedOperation
	for path, methods := range h.doc.Paths {
		for method, op := range methods {
			op.method, op.path = strings.ToUpper(method), path
			out = append(out, op)
		}
	}
	slices.SortFunc(out, func(a, b describedOperation) int { return strings.Compare(a.OperationID, b.OperationID) })
	return out
}

// mark stands in a body where the hostile value comes.
const mark = "@hostile@"

func (h *hostile) attack(op describedOperation, c call) {
	h.t.Helper()
	switch op.OperationID {
	case "placeHold": // the line of the personas names nobody, to change nothing
		c.path = "/people/" + h.things.engineer.String() + "/holds"
	case "changeFacts": // somebody who does not sign in, as they may leave
		c.path = "/people/" + h.things.candidate.String() + "/changes"
	}
	at, _, _ := strings.Cut(c.path, "?")
	body := h.validBody(op)
	who := h.whoMay(op, c.path, body)
	for _, p := range op.Parameters {
		switch p.In {
		case "query":
			h.inAddress(op, who, body, func(value string) string { return at + "?" + p.Name + "=" + value }, p.Name)
		case "path":
			h.inAddress(op, who, body, func(value string) string { return replaceSegment(op.path, at, p.Name, value) }, "path")
		case "header":
			for _, value := range []string{"\xff", `"-1"`, `"99999999999999999999"`, "%00", "%FF", strings.Repeat("x", 4000)} {
				h.send(op, who, c.path, body, map[string]string{p.Name: value})
			}
		}
	}
	schema, ok := op.RequestBody.Content["application/json"]
	if !ok {
		return
	}
	h.inBody(op, who, c.path, schema.Schema)
}

func (h *hostile) inAddress(op describedOperation, who string, body []byte, with func(value string) string, name string) {
	h.t.Helper()
	for _, value := range apptest.NotTextInAddress {
		h.refused(h.send(op, who, with(value), body, nil), func(p api.ProblemPlace) bool { return p.Field == name }, op.OperationID+" "+name)
	}
	values := apptest.InAddress
	if name == "cursor" {
		for _, form := range apptest.Cursors {
			values = append(slices.Clone(values), base64.RawURLEncoding.EncodeToString([]byte(strings.ReplaceAll(form, "%s", h.things.engineer.String()))))
		}
	}
	for _, value := range h.third(values) {
		if name == "path" && value == "" {
			continue // another address
		}
		h.send(op, who, with(value), body, nil)
	}
}

func (h *hostile) inBody(op describedOperation, who, path string, schema describedSchema) {
	h.t.Helper()
	for _, form := range h.forms(schema) {
		with := func(literal string) []byte { return []byte(strings.ReplaceAll(form.json, `"`+mark+`"`, literal)) }
		for _, literal := range apptest.NotText {
			h.refused(h.send(op, who, path, with(literal), nil), func(p api.ProblemPlace) bool { return p.Pointer == form.pointer }, op.OperationID+" "+form.pointer)
		}
		values := h.third(apptest.Hostile)
		if most := form.field.MaxLength; most > 0 && most <= 4000 {
			values = append(values, fmt.Sprintf("%q", apptest.Letters(most)), fmt.Sprintf("%q", apptest.Letters(most+1)), fmt.Sprintf("%q", "é "+apptest.Letters(most-2)))
		}
		for _, literal := range values {
			h.send(op, who, path, with(literal), nil)
		}
	}
}

// third is every third value, from another one on each time, so that the test takes
// a third of the time and every kind of field still meets every value.
func (h *hostile) third(values []string) []string {
	h.turn++
	var out []string
	for i := h.turn % 3; i < len(values); i += 3 {
		out = append(out, values[i])
	}
	return out
}

// refused wants the answer to be about what is not text, with its place.
func (h *hostile) refused(res apptest.Answer, there func(api.ProblemPlace) bool, what string) {
	h.t.Helper()
	require.Equal(h.t, http.StatusUnprocessableEntity, res.Status, "%s: %s", what, res.Text())
	var p api.Problem
	res.Into(h.t, &p)
	require.Equal(h.t, "not_text", p.Code, "%s: %s", what, res.Text())
	require.True(h.t, slices.ContainsFunc(p.Errors, there), "%s: %s", what, res.Text())
}

// send asks an operation; nothing may make it fail. A write of an older version is
// sent again with the one that the answer names.
func (h *hostile) send(op describedOperation, who, path string, body []byte, header map[string]string) apptest.Answer {
	h.t.Helper()
	all := map[string]string{"If-Match": `"1"`, "Content-Type": "application/json"}
	maps.Copy(all, header)
	for try := 0; ; try++ {
		var content any
		if body != nil {
			content = body
		}
		res := h.client(who).Do(op.method, "/api/v1"+path, all, content)
		h.sent++
		require.Less(h.t, res.Status, 500, "%s %s by %s\n%.600s\n%s", op.method, path, who, body, res.Text())
		var p struct {
			Current struct{ Version int }
		}
		switch {
		case try > 0:
			return res
		case res.Status == http.StatusUnauthorized: // an operation that ends sessions was just asked
			delete(h.clients, who)
		case res.Status == http.StatusPreconditionFailed && header == nil && json.Unmarshal(res.Body, &p) == nil && p.Current.Version > 0:
			all["If-Match"] = fmt.Sprintf(`"%d"`, p.Current.Version)
		default:
			return res
		}
	}
}

func (h *hostile) client(who string) *apptest.Client {
	if h.clients[who] == nil {
		h.clients[who] = h.sign(who)
	}
	return h.clients[who]
}

// whoMay is somebody who gets further than being refused.
func (h *hostile) whoMay(op describedOperation, path string, body []byte) string {
	for _, who := range h.names {
		res := h.send(op, who, path, body, map[string]string{"If-Match": `"999"`})
		if res.Status != http.StatusForbidden && res.Status != http.StatusNotFound {
			if op.OperationID == "viewAs" {
				h.client(who).Send(http.MethodDelete, "/me/view", -1, nil, nil)
			}
			return who
		}
	}
	return h.names[0]
}

func replaceSegment(pattern, at, name, value string) string {
	want, have := strings.Split(pattern, "/"), strings.Split(at, "/")
	for i, segment := range want {
		if segment == "{"+name+"}" {
			have[i] = value
		}
	}
	return strings.Join(have, "/")
}

// form is a valid body with the mark at one field.
type form struct {
	pointer, json string
	field         describedSchema
}

func (h *hostile) validBody(op describedOperation) []byte {
	if schema, ok := op.RequestBody.Content["application/json"]; ok {
		text, err := json.Marshal(h.valid(schema.Schema, 0))
		require.NoError(h.t, err)
		return text
	}
	if op.RequestBody.Content != nil {
		return []byte("employee_id,full_name,email\n1,Ada,ada@demo.example\n")
	}
	return nil
}

// deepest is how deep bodies are filled; schemas of ladders contain themselves.
const deepest = 3

func (h *hostile) resolve(s describedSchema) describedSchema {
	for s.Ref != "" {
		s = h.doc.Components.Schemas[s.Ref[strings.LastIndexByte(s.Ref, '/')+1:]]
	}
	return s
}

func typeIn(text string) string {
	return map[byte]string{'"': "string", '[': "array", '{': "object"}[text[0]]
}

func typeOf(s describedSchema) string {
	if list, ok := s.Type.([]any); ok {
		return fmt.Sprint(list[0])
	}
	return fmt.Sprint(s.Type)
}

// named are values that a use case takes, where the schema allows more.
var named = map[string]string{
	"url": `"https://demo.example/x"`, "competency": `"system-design"`, "sectionKey": `"summary"`, "country": `"DE"`, "currency": `"EUR"`,
	"timeZone": `"Europe/Berlin"`, "scopes": `["scim:read"]`, "expiresOn": `"2027-01-01"`, "lastUsed": `"2026-01"`, "from": `"2026-01-01"`,
	"content": `"bGV2ZWwsdGV4dA=="`, "marks": `{"system-design":1}`, "reasons": `{"system-design":"x"}`,
}

// valid is a value that the schema allows, with what it requires.
func (h *hostile) valid(s describedSchema, depth int) any {
	s = h.resolve(s)
	switch {
	case len(s.Enum) > 0:
		return s.Enum[0]
	case len(s.Examples) > 0:
		return s.Examples[0]
	}
	switch typeOf(s) {
	case "object":
		out := map[string]any{}
		for _, name := range s.Required {
			out[name] = h.member(s, name, depth)
		}
		return out
	case "array":
		if depth >= deepest {
			return []any{}
		}
		return []any{h.valid(*s.Items, depth+1)}
	case "integer", "number":
		if s.Minimum != nil {
			return *s.Minimum
		}
		return 1
	case "boolean":
		return true
	}
	switch s.Format {
	case "date":
		return "2026-12-01"
	case "date-time":
		return "2026-12-01T10:00:00Z"
	case "uuid":
		return h.things.engineer.String()
	}
	return "IC5"
}

// forms are bodies with the mark at each field in turn.
func (h *hostile) forms(s describedSchema) []form {
	var out []form
	whole := h.valid(s, 0)
	h.visit(s, whole, "", 0, func(pointer string, field describedSchema, set func(any)) {
		set(mark)
		text, err := json.Marshal(whole)
		require.NoError(h.t, err)
		set(h.valid(field, len(strings.Split(pointer, "/"))))
		out = append(out, form{pointer, string(text), field})
	})
	return out
}

func (h *hostile) member(s describedSchema, name string, depth int) any {
	if text, ok := named[name]; ok && typeOf(h.resolve(s.Properties[name])) == typeIn(text) {
		var v any
		require.NoError(h.t, json.Unmarshal([]byte(text), &v))
		return v
	}
	if strings.HasSuffix(name, "Id") {
		return h.things.engineer.String()
	}
	return h.valid(s.Properties[name], depth+1)
}

// visit calls f for each place of a value and below it, with a function that sets
// what is there. A member that the schema does not require is there meanwhile.
func (h *hostile) visit(s describedSchema, value any, at string, depth int, f func(pointer string, field describedSchema, set func(any))) {
	s = h.resolve(s)
	if depth > deepest {
		return
	}
	switch v := value.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
			old, required := v[name]
			v[name] = h.member(s, name, depth)
			f(at+"/"+name, h.resolve(s.Properties[name]), func(x any) { v[name] = x })
			h.visit(s.Properties[name], v[name], at+"/"+name, depth+1, f)
			if v[name] = old; !required {
				delete(v, name)
			}
		}
	case []any:
		if len(v) > 0 && s.Items != nil {
			f(at+"/0", h.resolve(*s.Items), func(x any) { v[0] = x })
			h.visit(*s.Items, v[0], at+"/0", depth+1, f)
		}
	}
}
