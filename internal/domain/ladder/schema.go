package ladder

import (
	"bytes"
	_ "embed" // the schema
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

//go:embed schema.json
var schemaFile []byte

// Schema is the JSON Schema of ladder files, for editors and other programs.
func Schema() []byte { return bytes.Clone(schemaFile) }

var compiled = sync.OnceValue(func() *jsonschema.Schema {
	content, err := jsonschema.UnmarshalJSON(bytes.NewReader(schemaFile))
	if err != nil {
		panic(err) // the file is part of the program
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("ladder.json", content); err != nil {
		panic(err)
	}
	return compiler.MustCompile("ladder.json")
})

// check compares the values of a file with the schema.
func check(tree any) Findings {
	var invalid *jsonschema.ValidationError
	if !errors.As(compiled().Validate(tree), &invalid) {
		return nil
	}
	var findings Findings
	for _, leaf := range leaves(invalid) {
		findings = append(findings, inWords(leaf)...)
	}
	return findings
}

// leaves are the errors that have no finer cause.
func leaves(e *jsonschema.ValidationError) []*jsonschema.ValidationError {
	if len(e.Causes) == 0 {
		return []*jsonschema.ValidationError{e}
	}
	var all []*jsonschema.ValidationError
	for _, cause := range e.Causes {
		all = append(all, leaves(cause)...)
	}
	return all
}

// inWords says what is wrong at a place and how to fix it.
func inWords(e *jsonschema.ValidationError) Findings {
	path, key := "", "the file"
	if n := len(e.InstanceLocation); n > 0 {
		path, key = "/"+strings.Join(e.InstanceLocation, "/"), keyOf(e.InstanceLocation)
	}
	one := func(message, fix string) Findings { return Findings{{Path: path, Message: message, Fix: fix}} }
	switch k := e.ErrorKind.(type) {
	case *kind.AdditionalProperties:
		var all Findings
		for _, name := range k.Properties {
			all = append(all, Finding{Path: path + "/" + name + keyMark, Message: fmt.Sprintf("unknown key %q", name), Fix: suggestion(name, knownKeys(e.SchemaURL))})
		}
		return all
	case *kind.Required:
		var all Findings
		for _, name := range k.Missing {
			all = append(all, Finding{Path: path, Message: fmt.Sprintf("%q is missing", name), Fix: "add it: " + name + ": …"})
		}
		return all
	case *kind.Type:
		return one(fmt.Sprintf("%q must be %s", key, typeWords(k.Want)), typeFix(k.Want))
	case *kind.Enum:
		return one(fmt.Sprintf("%q cannot be %q", key, fmt.Sprint(k.Got)), "use one of: "+joined(k.Want))
	case *kind.MaxLength:
		return one(fmt.Sprintf("%q has %d characters; the most is %d", key, k.Got, k.Want), "shorten it")
	case *kind.MinLength:
		return one(fmt.Sprintf("%q is empty", key), "write a text or remove the key")
	case *kind.MaxItems:
		return one(fmt.Sprintf("%q has %d entries; the most is %d", key, k.Got, k.Want), "split the ladder")
	case *kind.MinItems:
		return one(fmt.Sprintf("%q needs at least %d entries", key, k.Want), "add them")
	case *kind.Minimum:
		return one(fmt.Sprintf("%q must be at least %s", key, k.Want.RatString()), "write a larger number")
	case *kind.Maximum:
		return one(fmt.Sprintf("%q must be at most %s", key, k.Want.RatString()), "write a smaller number")
	case *kind.Pattern:
		return one(fmt.Sprintf("%q is not well formed: %q", key, cut(k.Got)), patternFix(key))
	}
	return one(fmt.Sprintf("%q: %s", key, e.ErrorKind.LocalizedString(message.NewPrinter(language.English))), "compare it with the schema of ladder files")
}

// keyOf is the name of the value: the last part of its path that is not a number.
func keyOf(location []string) string {
	for _, part := range slices.Backward(location) {
		if strings.Trim(part, "0123456789") != "" {
			return part
		}
	}
	return location[len(location)-1]
}

func typeWords(want []string) string {
	words := map[string]string{
		"string": "a text", "number": "a number", "integer": "a whole number", "boolean": "true or false",
		"array": "a list", "object": "a block of keys",
	}
	return words[want[0]]
}

func typeFix(want []string) string {
	switch want[0] {
	case "string":
		return "write one text; put it in quotation marks if it has a colon or is a number"
	case "array":
		return `start each entry with "- "`
	case "object":
		return "write it as key: value"
	case "boolean":
		return "write true or false"
	}
	return "write digits only"
}

func patternFix(key string) string {
	switch key {
	case "framework":
		return "use lower-case words joined by hyphens, such as backend-engineering"
	case "version":
		return "write three numbers such as 2.3.0"
	case "colour":
		return "write it as #1f6feb"
	case "urls":
		return "start it with https://"
	case "locale", "language":
		return "write a language such as de or pt-BR"
	case "from":
		return "write the slug and a range, such as company-generic@^3"
	}
	return "use lower-case letters, digits and hyphens"
}

func joined(values []any) string {
	words := make([]string, 0, len(values))
	for _, value := range values {
		words = append(words, fmt.Sprint(value))
	}
	return strings.Join(words, ", ")
}

// cut keeps an error short, however long the value is.
func cut(text string) string {
	const most = 60
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}

// knownKeys are the keys that the schema at the address allows.
func knownKeys(address string) []string {
	schema := schemaAt(address)
	if schema == nil {
		return nil
	}
	keys := make([]string, 0, len(schema.Properties))
	for key := range schema.Properties {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// schemaAt walks from the root to the schema with the address.
func schemaAt(address string) *jsonschema.Schema {
	var found *jsonschema.Schema
	seen := map[*jsonschema.Schema]bool{}
	var walk func(*jsonschema.Schema)
	walk = func(s *jsonschema.Schema) {
		if s == nil || seen[s] || found != nil {
			return
		}
		seen[s] = true
		if s.Location == address {
			found = s
			return
		}
		walk(s.Ref)
		for _, property := range s.Properties {
			walk(property)
		}
		for _, items := range []any{s.Items2020, s.AdditionalProperties} {
			if inner, ok := items.(*jsonschema.Schema); ok {
				walk(inner)
			}
		}
	}
	walk(compiled())
	return found
}

// suggestion names the known key that was probably meant.
func suggestion(unknown string, known []string) string {
	best, bestDistance := "", 1+len(unknown)/3
	for _, candidate := range known {
		if distance := edits(strings.ToLower(unknown), strings.ToLower(candidate)); distance <= bestDistance {
			best, bestDistance = candidate, distance-1
		}
	}
	if best == "" {
		return "use one of: " + strings.Join(known, ", ")
	}
	return fmt.Sprintf("did you mean %q?", best)
}
