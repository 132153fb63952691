package scim

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	elimity "github.com/elimity-com/scim"
	"github.com/elimity-com/scim/errors"
	"github.com/elimity-com/scim/schema"
	filter "github.com/scim2/filter-parser/v2"
)

// object is a resource, or a complex value in one.
type object = map[string]any

// target is where an operation works: an attribute of a container.
type target struct {
	in    object
	attr  schema.CoreAttribute
	where filter.Expression
	sub   string
}

// apply runs the operations of a PATCH on a resource, as in RFC 7644 section
// 3.5.2. The first schema is that of the resource, the others are extensions. The
// resource is changed in place; after an error it must not be used.
func apply(resource object, ops []elimity.PatchOperation, schemas ...schema.Schema) error {
	for _, op := range ops {
		if op.Path == nil {
			if err := applyPathless(resource, op, schemas); err != nil {
				return err
			}
			continue
		}
		if err := applyAt(resource, op.Op, *op.Path, op.Value, schemas); err != nil {
			return err
		}
	}
	return nil
}

// applyPathless takes every key of the value as a path.
func applyPathless(resource object, op elimity.PatchOperation, schemas []schema.Schema) error {
	values, ok := op.Value.(object)
	if !ok {
		return invalidValue("An operation without a path needs an object as its value.")
	}
	for _, key := range sortedKeys(values) {
		uri := slices.IndexFunc(schemas, func(s schema.Schema) bool { return s.ID == key })
		if uri < 0 {
			path, err := filter.ParsePath([]byte(key))
			if err != nil {
				return invalidPath(key)
			}
			if err := applyAt(resource, op.Op, path, values[key], schemas); err != nil {
				return err
			}
			continue
		}
		inside, ok := values[key].(object)
		if !ok {
			return invalidValue("The value of " + key + " must be an object.")
		}
		for _, name := range sortedKeys(inside) {
			path := filter.Path{AttributePath: filter.AttributePath{URIPrefix: &schemas[uri].ID, AttributeName: name}}
			if err := applyAt(resource, op.Op, path, inside[name], schemas); err != nil {
				return err
			}
		}
	}
	return nil
}

func sortedKeys(m object) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

func applyAt(resource object, op string, path filter.Path, value any, schemas []schema.Schema) error {
	t, err := find(resource, path, schemas)
	if err != nil {
		return err
	}
	name := t.attr.Name()
	switch {
	case t.where != nil:
		return t.matching(op, value)
	case t.sub != "" && t.attr.MultiValued():
		for _, e := range elements(t.in[name]) {
			setPart(e, t.sub, op, value)
		}
	case t.sub != "":
		part, _ := t.in[name].(object)
		if part == nil {
			part = object{}
		}
		setPart(part, t.sub, op, value)
		setOrDrop(t.in, name, part)
	case op == elimity.PatchOperationRemove:
		t.remove(value)
	case t.attr.MultiValued():
		t.in[name] = combined(op, t.in[name], value)
	case t.attr.HasSubAttributes():
		t.in[name] = merged(t.in[name], value)
	default:
		t.in[name] = value
	}
	return nil
}

// find resolves a path to the container and the attribute of the schema.
func find(resource object, path filter.Path, schemas []schema.Schema) (target, error) {
	own, in := schemas[0], resource
	if uri := path.AttributePath.URI(); uri != "" && !strings.EqualFold(uri, own.ID) {
		i := slices.IndexFunc(schemas, func(s schema.Schema) bool { return strings.EqualFold(s.ID, uri) })
		if i < 0 {
			return target{}, invalidPath(path.String())
		}
		own = schemas[i]
		if in, _ = resource[own.ID].(object); in == nil {
			in = object{}
			resource[own.ID] = in
		}
	}
	name := path.AttributePath.AttributeName
	attr, ok := own.Attributes.ContainsAttribute(name)
	if !ok && strings.EqualFold(name, schema.CommonAttributeExternalID) {
		attr, ok = externalID, true
	}
	if !ok {
		return target{}, invalidPath(path.String())
	}
	t := target{in: in, attr: attr, where: path.ValueExpression, sub: path.SubAttributeName()}
	if t.sub == "" {
		t.sub = path.AttributePath.SubAttributeName()
	}
	if t.sub != "" {
		part, ok := attr.SubAttributes().ContainsAttribute(t.sub)
		if !ok {
			return target{}, invalidPath(path.String())
		}
		t.sub = part.Name()
	}
	return t, nil
}

var externalID = simple(textAttribute(schema.CommonAttributeExternalID, "", false))

func elements(value any) []object {
	list, _ := value.([]any)
	out := make([]object, 0, len(list))
	for _, e := range list {
		if o, ok := e.(object); ok {
			out = append(out, o)
		}
	}
	return out
}

func setPart(o object, name, op string, value any) {
	if op == elimity.PatchOperationRemove {
		delete(o, name)
		return
	}
	o[name] = value
}

func setOrDrop(in object, name string, part object) {
	if len(part) == 0 {
		delete(in, name)
		return
	}
	in[name] = part
}

// remove drops an attribute, or the listed values of one that has many. Entra ID
// sends the latter for the members of a group.
func (t target) remove(value any) {
	name := t.attr.Name()
	list, ok := value.([]any)
	if !ok || !t.attr.MultiValued() {
		delete(t.in, name)
		return
	}
	kept, _ := t.in[name].([]any)
	kept = slices.DeleteFunc(slices.Clone(kept), func(have any) bool {
		return slices.ContainsFunc(list, func(gone any) bool { return sameValue(have, gone) })
	})
	setList(t.in, name, kept)
}

func setList(in object, name string, list []any) {
	if len(list) == 0 {
		delete(in, name)
		return
	}
	in[name] = list
}

// sameValue compares complex values only by their part "value".
func sameValue(a, b any) bool {
	x, okX := a.(object)
	y, okY := b.(object)
	if okX && okY && x["value"] != nil && y["value"] != nil {
		return x["value"] == y["value"]
	}
	return reflect.DeepEqual(a, b)
}

// combined replaces a list, or adds the values that it does not have.
func combined(op string, have, value any) []any {
	fresh, ok := value.([]any)
	if !ok {
		fresh = []any{value}
	}
	if op == elimity.PatchOperationReplace {
		return fresh
	}
	list, _ := have.([]any)
	list = slices.Clone(list)
	known := map[any]bool{}
	for _, e := range list {
		if o, ok := e.(object); ok && isText(o["value"]) {
			known[o["value"]] = true
		}
	}
	for _, e := range fresh {
		if o, ok := e.(object); ok && isText(o["value"]) && known[o["value"]] {
			continue
		}
		list = append(list, e)
	}
	return onePrimary(list, fresh)
}

func isText(v any) bool {
	_, ok := v.(string)
	return ok
}

// onePrimary removes the mark from the old values when a new one has it.
func onePrimary(list, fresh []any) []any {
	if !slices.ContainsFunc(elements(fresh), func(o object) bool { return o["primary"] == true }) {
		return list
	}
	for _, o := range elements(list) {
		isNew := slices.ContainsFunc(elements(fresh), func(f object) bool { return reflect.DeepEqual(f, o) })
		if o["primary"] == true && !isNew {
			o["primary"] = false
		}
	}
	return list
}

func merged(have, value any) any {
	fresh, ok := value.(object)
	if !ok {
		return value
	}
	out, _ := have.(object)
	if out == nil {
		out = object{}
	}
	maps.Copy(out, fresh)
	return out
}

// matching works on the values that the expression selects. Adding creates a
// value that does not exist; replacing it is an error, as in the standard.
func (t target) matching(op string, value any) error {
	name := t.attr.Name()
	list, _ := t.in[name].([]any)
	var kept []any
	hits := 0
	for _, e := range list {
		o, ok := e.(object)
		hit, err := holds(t.where, o)
		if err != nil {
			return err
		}
		if ok && hit {
			hits++
			if op == elimity.PatchOperationRemove && t.sub == "" {
				continue
			}
			t.change(o, op, value)
		}
		kept = append(kept, e)
	}
	if hits == 0 && op == elimity.PatchOperationReplace {
		return noTarget("Nothing matches " + name + " with that filter.")
	}
	if hits == 0 && op == elimity.PatchOperationAdd {
		fresh, err := implied(t.where)
		if err != nil {
			return err
		}
		t.change(fresh, op, value)
		kept = append(kept, fresh)
	}
	setList(t.in, name, kept)
	return nil
}

func (t target) change(o object, op string, value any) {
	if t.sub != "" {
		setPart(o, t.sub, op, value)
		return
	}
	if fresh, ok := value.(object); ok {
		maps.Copy(o, fresh)
	}
}

// holds evaluates the filter of a path on one value: eq, ne, sw, ew, co and pr.
func holds(e filter.Expression, o object) (bool, error) {
	switch e := e.(type) {
	case *filter.LogicalExpression:
		left, err := holds(e.Left, o)
		if err != nil {
			return false, err
		}
		right, err := holds(e.Right, o)
		if e.Operator == filter.AND {
			return left && right, err
		}
		return left || right, err
	case *filter.NotExpression:
		inside, err := holds(e.Expression, o)
		return !inside, err
	case *filter.AttributeExpression:
		return compare(e, o)
	}
	return false, errors.ScimError{ScimType: errors.ScimTypeInvalidFilter, Status: 400, Detail: "The filter in the path cannot be answered. Use eq with and."}
}

func compare(e *filter.AttributeExpression, o object) (bool, error) {
	var have any
	for k, v := range o {
		if strings.EqualFold(k, e.AttributePath.AttributeName) {
			have = v
		}
	}
	if e.Operator == filter.PR {
		return have != nil, nil
	}
	a, isText := have.(string)
	b, wantText := e.CompareValue.(string)
	a, b = strings.ToLower(a), strings.ToLower(b)
	both := isText && wantText
	switch e.Operator {
	case filter.EQ:
		return both && a == b || !wantText && have == e.CompareValue, nil
	case filter.NE:
		return both && a != b || !both && have != e.CompareValue, nil
	case filter.SW:
		return both && strings.HasPrefix(a, b), nil
	case filter.EW:
		return both && strings.HasSuffix(a, b), nil
	case filter.CO:
		return both && strings.Contains(a, b), nil
	}
	return false, errors.ScimError{ScimType: errors.ScimTypeInvalidFilter, Status: 400, Detail: "The filter in the path cannot be answered. Use eq, ne, sw, ew, co or pr."}
}

// implied is the value that a filter of equalities describes.
func implied(e filter.Expression) (object, error) {
	switch e := e.(type) {
	case *filter.LogicalExpression:
		left, err := implied(e.Left)
		if err != nil || e.Operator != filter.AND {
			return nil, noTarget("Nothing matches the filter of the path.")
		}
		right, err := implied(e.Right)
		maps.Copy(left, right)
		return left, err
	case *filter.AttributeExpression:
		if e.Operator == filter.EQ {
			return object{e.AttributePath.AttributeName: e.CompareValue}, nil
		}
	}
	return nil, noTarget("Nothing matches the filter of the path.")
}
