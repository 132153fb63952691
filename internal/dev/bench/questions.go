package main

import (
	"fmt"
	"net/http"

	"github.com/rung-hr/rung/internal/dev/bench/company"
)

const (
	sessions = 200 // people who are signed in
	clients  = 32
)

// question is one kind of request, asked in variations.
type question struct {
	name, what string
	ask        func(n int) request // the n-th variation
}

// request is one thing that a client sends.
type request struct {
	method, path string
	as           int // index of the person
	version      int // for If-Match, -1 for none
}

func get(as int, format string, args ...any) request {
	return request{http.MethodGet, "/api/v1" + fmt.Sprintf(format, args...), as, -1}
}

const (
	variations = 32 // of each question, so that more than one row is hot
	writers    = 4  // people who save; each saves every rating of a draft
)

func vary(list []int, n int) int { return list[n%min(len(list), variations)] }

func questions(w company.World) []question {
	var submitted, drafts, managers []int
	for i := 1; i < min(sessions, len(w.People)); i++ {
		if _, ok := w.Submitted(i); ok {
			submitted = append(submitted, i)
		}
		if _, ok := w.Draft(i); ok {
			drafts = append(drafts, i)
		}
		if company.Reports(i, len(w.People)-7) { // with all eight
			managers = append(managers, i)
		}
	}
	prefixes := []string{"ma", "mo", "no", "yu", "ka", "ad", "ro", "ze"}
	levels := []string{"IC3", "IC4", "IC5"}
	return []question{
		{"R1", "an engineer reads their assessment", func(n int) request {
			as := vary(submitted, n)
			id, _ := w.Submitted(as)
			return get(as, "/assessments/%s", id)
		}},
		{"R2", "a manager reads the team", func(n int) request { return get(vary(managers, n), "/team") }},
		{"R3", "HR lists 50 people by pay", func(n int) request {
			return get(0, "/people?sort=pay&level=%s&location=%s", levels[n%len(levels)], company.Locations[n%2].Name)
		}},
		{"R4", "HR compares all pay with all bands", func(int) request { return get(0, "/bands/comparison?location=*&view=buckets") }},
		{"R5", "an engineer saves a rating", func(n int) request {
			as := vary(drafts, n/len(w.Competencies)%writers)
			id, _ := w.Draft(as)
			r := get(as, "/assessments/%s/items/%s", id, w.Competencies[n%len(w.Competencies)])
			r.method, r.version = http.MethodPut, 1
			return r
		}},
		{"R7", "an engineer searches by name", func(n int) request {
			return get(vary(submitted, n), "/people?q=%s", prefixes[n%len(prefixes)])
		}},
	}
}
