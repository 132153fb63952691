package promotion

import (
	"fmt"
	"strings"
	"time"

	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/trust/process"
)

const (
	summaryWords  = 120
	readingLimit  = 10 // minutes
	freshForMonth = 12
)

func levelRef(doc ladder.Rubric, code string) process.LevelRef {
	if level, _, ok := doc.Level(code); ok {
		return process.LevelRef{Code: code, Title: level.ShortTitle}
	}
	return process.LevelRef{Code: code, Title: code}
}

// coverage lists, in the ladder's order, how each competency is shown. The flag
// is the first that applies: a request is open, nothing is attached, everything
// is old.
func coverage(l loaded, now time.Time) []Coverage {
	open := map[string]bool{}
	for _, r := range l.requests {
		open[r.SectionKey] = open[r.SectionKey] || r.DoneAt == nil
	}
	old := clock.DateOf(now.AddDate(0, -freshForMonth, 0))
	out := []Coverage{}
	for _, section := range l.sections {
		if section.Claim == nil {
			continue
		}
		c := Coverage{Competency: section.Claim.Competency, Name: section.Title, Rating: section.Claim.Rating, Scale: section.Claim.Scale, Needs: section.Claim.Needs, Pieces: []Piece{}}
		for _, e := range section.Claim.Evidence {
			c.Pieces = append(c.Pieces, Piece{Confirmed: e.Confirmed})
			last := e.HappenedFrom
			if e.HappenedTo != nil {
				last = *e.HappenedTo
			}
			if c.NewestOn == nil || *c.NewestOn < last {
				c.NewestOn = &last
			}
		}
		switch {
		case open[section.Key]:
			c.Flag = "request"
		case len(c.Pieces) == 0:
			c.Flag = "none"
		case *c.NewestOn < old:
			c.Flag = "old"
		}
		out = append(out, c)
	}
	return out
}

// checks lists what stands between the packet and the panel, in the order of the
// sections. Errors prevent submission, warnings do not.
func checks(l loaded) []Check {
	var out []Check
	add := func(ok bool, level, key, good, bad string) {
		text := bad
		if ok {
			text = good
		}
		out = append(out, Check{OK: ok, Level: level, Text: text, SectionKey: key, Owner: "candidate"})
	}
	projects, roles := 0, true
	for _, s := range l.sections {
		switch {
		case s.Kind == "summary":
			n := len(strings.Fields(s.Text))
			add(n > 0 && n <= summaryWords, "error", s.Key, "The summary is written", summaryProblem(n))
		case s.Project != nil:
			projects++
			roles = roles && strings.TrimSpace(s.Project.Role) != "" && strings.TrimSpace(s.Project.Outcome) != ""
		case s.Kind == "gaps":
			add(strings.TrimSpace(s.Text) != "", "error", s.Key, "Gaps are named", "Name at least one gap and what you do about it")
		}
	}
	add(projects > 0, "error", "projects", fmt.Sprintf("%d projects", projects), "Add at least one project")
	add(roles, "error", "projects", "Every project names your role and its outcome", "A project does not name your role or its outcome")
	out = append(out, claimChecks(l)...)
	minutes := readingMinutes(l)
	add(minutes <= readingLimit, "warn", "", fmt.Sprintf("%d min to read", minutes), fmt.Sprintf("%d min to read; the limit is %d", minutes, readingLimit))
	return append(out, managerChecks(l)...)
}

func summaryProblem(words int) string {
	if words == 0 {
		return "Write the summary: why now, and the three largest effects"
	}
	return fmt.Sprintf("The summary has %d words; the limit is %d", words, summaryWords)
}

func claimChecks(l loaded) []Check {
	var out []Check
	complete := true
	for _, s := range l.sections {
		if s.Claim == nil {
			continue
		}
		fail := func(level, text string) {
			out = append(out, Check{Level: level, Text: text, SectionKey: s.Key, Owner: "candidate"})
		}
		switch {
		case s.Claim.Rating == nil || strings.TrimSpace(s.Text) == "":
			complete = false
			fail("error", s.Title+" has no rating or no reason")
		case *s.Claim.Rating >= s.Claim.Needs && len(s.Claim.Evidence) == 0:
			fail("warn", s.Title+" has no evidence")
		}
	}
	if complete {
		out = append(out, Check{OK: true, Level: "error", Text: "Every competency has a claim", Owner: "candidate"})
	}
	return out
}

func managerChecks(l loaded) []Check {
	open := 0
	for _, r := range l.requests {
		if r.DoneAt == nil {
			open++
		}
	}
	said := l.statement != nil && strings.TrimSpace(l.statement.Text) != "" && l.statement.Recommendation != nil
	if l.row.SubmittedAt != nil {
		said = true // it could not have been submitted without one
	}
	out := []Check{{OK: said, Level: "error", Text: "The manager's statement is written", SectionKey: "statement", Owner: "manager"}}
	if !said {
		out[0].Text = "The manager's statement and recommendation are missing"
	}
	if open > 0 {
		out = append(out, Check{Level: "warn", Text: fmt.Sprintf("%d requests from the manager are open", open), Owner: "candidate"})
	}
	return out
}

// unmet returns the errors of one owner that still prevent submission.
func unmet(l loaded, owner string) []Check {
	var out []Check
	for _, c := range checks(l) {
		if !c.OK && c.Level == "error" && c.Owner == owner {
			out = append(out, c)
		}
	}
	return out
}
