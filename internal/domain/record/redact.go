package record

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"
)

// withoutOthers returns the record as plain data in which other people are
// "Person 1", "Person 2": a copy of one's own record must not reveal theirs.
func withoutOthers(record any, me uuid.UUID) (any, error) {
	text, err := json.Marshal(record)
	if err != nil {
		return nil, err
	}
	in := json.NewDecoder(bytes.NewReader(text))
	in.UseNumber()
	var plain any
	if err := in.Decode(&plain); err != nil {
		return nil, err
	}
	r := &redactor{me: me.String(), names: map[string]string{}}
	r.collect(plain)
	return r.replace(plain), nil
}

type redactor struct {
	me    string
	names map[string]string // name -> its replacement
}

// dropped are keys that describe the screen, not the person.
var dropped = []string{"bar", "actions", "phases", "canEdit", "canDecide", "seatId", "version", "id"}

// collect finds the people in the record: everything that has an id and a name
// and was written as a reference to a person.
func (r *redactor) collect(v any) {
	switch v := v.(type) {
	case map[string]any:
		id, _ := v["id"].(string)
		name, _ := v["name"].(string)
		_, isPerson := v["level"]
		if isPerson && name != "" && id != r.me && r.names[name] == "" {
			r.names[name] = fmt.Sprintf("Person %d", len(r.names)+1)
		}
		for _, key := range sorted(v) {
			r.collect(v[key])
		}
	case []any:
		for _, item := range v {
			r.collect(item)
		}
	}
}

func sorted(m map[string]any) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func (r *redactor) replace(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for key, value := range v {
			if !slices.Contains(dropped, key) {
				out[key] = r.replace(value)
			}
		}
		return out
	case []any:
		for i, item := range v {
			v[i] = r.replace(item)
		}
		return v
	case string:
		return r.words(v)
	default:
		return v
	}
}

func (r *redactor) words(text string) string {
	names := make([]string, 0, len(r.names))
	for name := range r.names {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int { return len(b) - len(a) }) // longer names first: one can contain another
	for _, name := range names {
		text = replaceName(text, name, r.names[name])
	}
	return text
}

// replaceName replaces a name wherever it stands. A name of one word can be the
// start of another: somebody is called Al, and "Also" is not about them. A genitive
// is. Scripts without spaces between words show no such edge, so there every place
// counts: too much replaced is better than a name too many.
func replaceName(text, name, by string) string {
	if strings.Contains(name, " ") {
		return strings.ReplaceAll(text, name, by)
	}
	var b strings.Builder
	last := rune(0)
	for {
		at := strings.Index(text, name)
		if at < 0 {
			return b.String() + text
		}
		if at > 0 {
			last, _ = utf8.DecodeLastRuneInString(text[:at])
		}
		b.WriteString(text[:at])
		text = text[at+len(name):]
		if spaced(last) || goesOn(text) {
			b.WriteString(name)
		} else {
			b.WriteString(by)
		}
		last, _ = utf8.DecodeLastRuneInString(name)
	}
}

// goesOn reports whether a word goes on, with more than the s of a genitive.
func goesOn(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	after, _ := utf8.DecodeRuneInString(strings.TrimPrefix(text, "s"))
	return spaced(first) && spaced(after)
}

// spaced reports whether a rune is part of a word in a script that has spaces
// between words.
func spaced(c rune) bool {
	return (unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.Is(unicode.Mn, c)) &&
		!unicode.In(c, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// pageTemplate shows any plain data as nested lists.
var pageTemplate = template.Must(template.New("page").Funcs(template.FuncMap{
	"pairs": pairs, "label": label, "isMap": isMap, "isList": isList,
}).Parse(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>My record in Rung</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem}h2{margin-top:2.5rem}
dl{display:grid;grid-template-columns:minmax(8rem,14rem) 1fr;gap:.2rem 1rem;margin:.4rem 0}dt{color:#555}dd{margin:0;white-space:pre-wrap}
.item{border-top:1px solid #ccc;padding:.8rem 0}@media(max-width:40rem){dl{grid-template-columns:1fr}}</style></head><body>
<h1>My record in Rung</h1>
<p>What Rung keeps about you and you may read. Other people are numbered. Amounts are in minor units, shares of full time in parts per million.</p>
{{range .}}<h2>{{.title}}</h2>{{if not .items}}<p>Nothing.</p>{{end}}{{range .items}}<div class="item">{{template "value" .}}</div>{{end}}{{end}}
</body></html>
{{define "value"}}{{if isMap .}}<dl>{{range pairs .}}<dt>{{label .Key}}</dt><dd>{{template "value" .Value}}</dd>{{end}}</dl>{{else if isList .}}{{range .}}<div>{{template "value" .}}</div>{{end}}{{else}}{{.}}{{end}}{{end}}`))

type pair struct {
	Key   string
	Value any
}

// pairs are the entries of a map that are not empty, by name.
func pairs(m map[string]any) []pair {
	var out []pair
	for _, key := range sorted(m) {
		if v := m[key]; v != nil && v != "" {
			out = append(out, pair{key, v})
		}
	}
	return out
}

func isMap(v any) bool  { _, ok := v.(map[string]any); return ok }
func isList(v any) bool { _, ok := v.([]any); return ok }

// label turns validFrom into "Valid from".
func label(key string) string {
	var b strings.Builder
	for i, c := range key {
		switch {
		case i == 0:
			b.WriteRune(unicode.ToUpper(c))
		case unicode.IsUpper(c):
			b.WriteRune(' ')
			b.WriteRune(unicode.ToLower(c))
		default:
			b.WriteRune(c)
		}
	}
	return b.String()
}

func writePage(w io.Writer, record any) error { return pageTemplate.Execute(w, record) }
