package ladder

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// decoder walks the syntax tree and collects every error with its place instead of stopping at the first.
type decoder struct {
	file     string
	findings Findings
	places   map[string]Position
}

// object is a YAML mapping whose known keys are being read.
type object struct {
	decoder *decoder
	path    string
	at      Position
	values  map[string]ast.Node
}

func (d *decoder) fail(at Position, path, message, fix string) {
	d.findings = append(d.findings, Finding{File: d.file, Line: at.Line, Column: at.Column, Path: path, Message: message, Fix: fix})
}

// object reads the keys of a mapping; every key that is not in the list is an error.
func (d *decoder) object(node ast.Node, path string, known ...string) object {
	read := object{decoder: d, path: path, at: positionOf(node), values: map[string]ast.Node{}}
	pairs, ok := pairsOf(node)
	if !ok {
		d.fail(read.at, path, "a block of keys is expected here", "write it as: "+strings.Join(known, ": …, ")+": …")
		return read
	}
	for _, pair := range pairs {
		key := pair.Key.GetToken()
		if !slices.Contains(known, key.Value) {
			d.fail(tokenPosition(key), path, fmt.Sprintf("unknown key %q", key.Value), suggestion(key.Value, known))
			continue
		}
		read.values[key.Value] = pair.Value
	}
	return read
}

// mark remembers under which path the object's place can be found later.
func (o *object) mark(path string) {
	o.path = path
	if _, taken := o.decoder.places[path]; !taken {
		o.decoder.places[path] = o.at
	}
}

// text is a required scalar with its white space folded.
func (o object) text(key string) string {
	value := o.optional(key)
	if node, ok := o.values[key]; value == "" && (!ok || isScalar(node)) {
		o.decoder.fail(o.placeOf(key), o.path, fmt.Sprintf("%q is missing", key), "add it: "+key+": …")
	}
	return value
}

func (o object) optional(key string) string {
	node, ok := o.values[key]
	if !ok {
		return ""
	}
	return o.decoder.scalar(node, o.path, key)
}

func (d *decoder) scalar(node ast.Node, path, what string) string {
	if !isScalar(node) {
		d.fail(positionOf(node), path, fmt.Sprintf("%q must be a text", what), "write one text; put it in quotation marks if it has a colon")
		return ""
	}
	text := strings.Join(strings.Fields(scalarText(node)), " ")
	if strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) || r == unicode.ReplacementChar }) {
		d.fail(positionOf(node), path, fmt.Sprintf("%q has characters that cannot be shown", what), "type the text again")
	}
	return text
}

func (o object) number(key string) int {
	value := o.optionalNumber(key)
	if value == nil {
		if _, ok := o.values[key]; !ok {
			o.decoder.fail(o.at, o.path, fmt.Sprintf("%q is missing", key), "add a whole number: "+key+": 1")
		}
		return 0
	}
	return *value
}

func (o object) optionalNumber(key string) *int {
	node, ok := o.values[key]
	if !ok {
		return nil
	}
	number, err := strconv.Atoi(scalarText(node))
	if err != nil || number < 0 || number > 1000 {
		o.decoder.fail(positionOf(node), o.path, fmt.Sprintf("%q must be a whole number from 0 to 1000", key), "write digits only")
		return nil
	}
	return &number
}

func (o object) flag(key string) bool {
	node, ok := o.values[key]
	if !ok {
		return false
	}
	value := scalarText(node)
	if value != "true" && value != "false" {
		o.decoder.fail(positionOf(node), o.path, fmt.Sprintf("%q must be true or false", key), "write true or false")
	}
	return value == "true"
}

func (o object) texts(key string) []string {
	var texts []string
	o.each(key, func(node ast.Node) {
		text := o.decoder.scalar(node, o.path, key)
		if text == "" && isScalar(node) {
			o.decoder.fail(positionOf(node), o.path, fmt.Sprintf("an entry of %q is empty", key), "write a text or remove the entry")
		}
		texts = append(texts, text)
	})
	return texts
}

// each calls back for the entries of a list; a missing list has none.
func (o object) each(key string, visit func(ast.Node)) {
	node, ok := o.values[key]
	if !ok || node.Type() == ast.NullType {
		return
	}
	list, ok := node.(*ast.SequenceNode)
	if !ok {
		o.decoder.fail(positionOf(node), o.path, fmt.Sprintf("%q must be a list", key), "start each entry with \"- \"")
		return
	}
	for _, entry := range list.Values {
		visit(entry)
	}
}

func (o object) placeOf(key string) Position {
	if node, ok := o.values[key]; ok {
		return positionOf(node)
	}
	return o.at
}

func pairsOf(node ast.Node) ([]*ast.MappingValueNode, bool) {
	switch mapping := node.(type) {
	case *ast.MappingNode:
		return mapping.Values, true
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{mapping}, true
	}
	return nil, false
}

// isScalar leaves out aliases, anchors and tags: a ladder file says everything where it stands.
func isScalar(node ast.Node) bool {
	switch node.(type) {
	case *ast.StringNode, *ast.LiteralNode, *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.NullNode:
		return true
	}
	return false
}

func scalarText(node ast.Node) string {
	switch scalar := node.(type) {
	case *ast.LiteralNode:
		return scalar.Value.Value
	case *ast.StringNode:
		return scalar.Value
	case *ast.NullNode:
		return ""
	case ast.ScalarNode:
		return scalar.GetToken().Value
	}
	return ""
}

func positionOf(node ast.Node) Position {
	if pairs, ok := pairsOf(node); ok && len(pairs) > 0 {
		return tokenPosition(pairs[0].Key.GetToken())
	}
	return tokenPosition(node.GetToken())
}

func tokenPosition(at *token.Token) Position {
	if at == nil || at.Position == nil {
		return Position{Line: 1, Column: 1}
	}
	return Position{Line: at.Position.Line, Column: at.Position.Column}
}
