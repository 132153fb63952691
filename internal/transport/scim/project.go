package scim

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
)

// always are the attributes that every answer has.
var always = words("id schemas")

// held keeps an answer until it is cut to the requested attributes.
type held struct {
	header http.Header
	status int
	body   bytes.Buffer
}

// Header implements http.ResponseWriter.
func (h *held) Header() http.Header { return h.header }

// WriteHeader implements http.ResponseWriter.
func (h *held) WriteHeader(status int) { h.status = status }

// Write implements http.ResponseWriter.
func (h *held) Write(b []byte) (int, error) { return h.body.Write(b) }

// project answers with the attributes that the request asks for, as in section
// 3.9; the library does not support this.
func project(w http.ResponseWriter, r *http.Request, next http.Handler) {
	h := &held{header: w.Header(), status: http.StatusOK}
	next.ServeHTTP(h, r)
	body := h.body.Bytes()
	if given, err := decode(body); err == nil && h.status < http.StatusMultipleChoices {
		q := asked(r.Context())
		if rows, ok := given["Resources"]; ok {
			for _, o := range elements(rows) {
				q.cut(o)
			}
		} else {
			q.cut(given)
		}
		if cut, err := json.Marshal(given); err == nil {
			body = cut
		}
	}
	w.WriteHeader(h.status)
	_, _ = w.Write(body) // the reader is gone; there is nobody to tell
}

// cut removes attributes that were not asked for.
func (q question) cut(o object) {
	for k, v := range o {
		name := strings.ToLower(k)
		inside, isObject := v.(object)
		switch {
		case always[name]:
		case (strings.EqualFold(k, enterprise) || strings.EqualFold(k, reports)) && isObject && !whole(q.only, name):
			q.cut(inside)
			if len(inside) == 0 {
				delete(o, k)
			}
		case q.only != nil && !whole(q.only, name):
			if !named(q.only, name) {
				delete(o, k)
				continue
			}
			eachPart(v, func(part object) { keep(part, name, q.only) })
		case q.only == nil && whole(q.without, name):
			delete(o, k)
		case q.only == nil:
			eachPart(v, func(part object) { drop(part, name, q.without) })
		}
	}
}

// whole reports whether a list names the attribute itself, not only a part of it.
func whole(list []string, name string) bool {
	for _, n := range list {
		if n == name || strings.HasSuffix(n, ":"+name) {
			return true
		}
	}
	return false
}

func eachPart(v any, f func(object)) {
	if o, ok := v.(object); ok {
		f(o)
	}
	for _, o := range elements(v) {
		f(o)
	}
}

func keep(o object, of string, list []string) {
	for k := range o {
		if !whole(list, of+"."+strings.ToLower(k)) {
			delete(o, k)
		}
	}
}

func drop(o object, of string, list []string) {
	for k := range o {
		if whole(list, of+"."+strings.ToLower(k)) {
			delete(o, k)
		}
	}
}
