package scim

import (
	"fmt"
	"strings"

	"github.com/elimity-com/scim/schema"
	filter "github.com/scim2/filter-parser/v2"
)

// maxOperations limits the work of one PATCH.
const maxOperations = 1000

// tidyPatch repairs the operations of a PATCH and drops what Rung does not keep;
// left is false if nothing is left. It refuses, by name, a path that does not
// exist or that only Rung writes.
func tidyPatch(body object, schemas []schema.Schema) (left bool, err error) {
	listed, ok := lookUp(body, "operations").([]any)
	if !ok || len(listed) == 0 {
		return false, invalidValue("Operations is missing: send a list of add, replace and remove.")
	}
	if len(listed) > maxOperations {
		return false, invalidSyntax(fmt.Sprintf("A PATCH has at most %d operations. Split the request.", maxOperations))
	}
	var out []any
	for _, e := range listed {
		op, ok := e.(object)
		if !ok {
			return false, invalidSyntax("An operation is not an object.")
		}
		tidied, err := tidyOperation(op, schemas)
		if err != nil {
			return false, err
		}
		out = append(out, tidied...)
	}
	for k := range body {
		if strings.EqualFold(k, "operations") {
			delete(body, k)
		}
	}
	body["Operations"] = out
	return len(out) > 0, nil
}

func lookUp(o object, name string) any {
	for _, k := range sortedKeys(o) {
		if strings.EqualFold(k, name) {
			return o[k]
		}
	}
	return nil
}

func tidyOperation(given object, schemas []schema.Schema) ([]any, error) {
	name, _ := lookUp(given, "op").(string)
	name = strings.ToLower(name)
	if name != "add" && name != "replace" && name != "remove" {
		return nil, invalidSyntax("op must be add, replace or remove.")
	}
	path, isText := lookUp(given, "path").(string)
	if !isText && lookUp(given, "path") != nil {
		return nil, invalidPath(fmt.Sprint(lookUp(given, "path")))
	}
	value := lookUp(given, "value")
	if path != "" {
		return tidyAt(name, path, value, schemas)
	}
	values, ok := value.(object)
	if name == "remove" {
		return nil, noTarget("A remove needs a path.")
	}
	if !ok {
		return nil, invalidValue("An operation without a path needs an object as its value.")
	}
	return tidyPathless(name, values, schemas)
}

// tidyPathless turns the keys of a value into operations with paths.
func tidyPathless(op string, values object, schemas []schema.Schema) ([]any, error) {
	var out []any
	for _, key := range sortedKeys(values) {
		uri := extensionOf(key, schemas)
		if fixed[strings.ToLower(key)] || uri == reports {
			continue // Okta sends the id along, and others what they have read
		}
		if uri == "" {
			tidied, err := tidyAt(op, key, values[key], schemas)
			if err != nil {
				return nil, err
			}
			out = append(out, tidied...)
			continue
		}
		inside, ok := values[key].(object)
		if !ok {
			return nil, invalidValue("The value of " + quoted(key) + " must be an object.")
		}
		for _, name := range sortedKeys(inside) {
			tidied, err := tidyAt(op, uri+":"+name, inside[name], schemas)
			if err != nil {
				return nil, err
			}
			out = append(out, tidied...)
		}
	}
	return out, nil
}

// extensionOf is the schema whose name a key is, in any case; empty for none.
func extensionOf(key string, schemas []schema.Schema) string {
	for _, s := range schemas {
		if strings.EqualFold(s.ID, key) {
			return s.ID
		}
	}
	return ""
}

// tidyAt repairs one operation with a path; it returns none if Rung does not keep
// the attribute.
func tidyAt(op, path string, value any, schemas []schema.Schema) ([]any, error) {
	path = canonicalURNs(path, schemas)
	if rest, own := strings.CutPrefix(path, schemas[0].ID+":"); own {
		path = rest
	}
	if path == reports || strings.HasPrefix(path, reports+":") {
		return nil, notMutable(path)
	}
	if uri := extensionOf(path, schemas); uri != "" {
		inside, ok := value.(object)
		if !ok {
			return nil, invalidPath(path)
		}
		return tidyPathless(op, object{uri: inside}, schemas)
	}
	parsed, err := parsePath(path)
	if err != nil {
		return nil, invalidPath(path)
	}
	name := strings.ToLower(parsed.AttributePath.AttributeName)
	sub := strings.ToLower(parsed.SubAttributeName())
	if sub == "" {
		sub = strings.ToLower(parsed.AttributePath.SubAttributeName())
	}
	switch {
	case name == "active" && (op == "remove" || value == nil):
		return nil, invalidValue("active is true or false. Without a value it says nothing, and nobody was changed.")
	case fixed[name]:
		return nil, notMutable(parsed.AttributePath.AttributeName)
	case ignored[name], sub != "" && unkeptParts[name][sub]:
		return nil, nil
	}
	if _, err := find(object{}, parsed, schemas); err != nil {
		return nil, err
	}
	if sub == "" && parsed.ValueExpression == nil {
		if value != nil {
			value = tidyValue(name, value)
		}
	} else if text, ok := value.(string); ok && sub == "primary" {
		value = strings.EqualFold(text, "true")
	}
	if value == nil && op != "remove" {
		op = "remove" // replacing something with nothing removes it
	}
	out := object{"op": op, "path": path}
	if value != nil {
		out["value"] = value
	}
	return []any{out}, nil
}

// parsePath keeps a bug of the parser from ending the request.
func parsePath(text string) (p filter.Path, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("path: %v", r)
		}
	}()
	if len(text) > maxFilter {
		return p, fmt.Errorf("path: longer than %d", maxFilter)
	}
	return filter.ParsePath([]byte(text))
}
