package ladder

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	entassessment "github.com/rung-hr/rung/ent/db/assessment"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/process"
)

// RoleCheck compares what somebody does with the shape of the level that she
// has. It starts a talk about the title; it decides nothing.
type RoleCheck struct {
	Level    process.LevelRef  `json:"level"`
	Fits     bool              `json:"fits"`
	CloserTo *process.LevelRef `json:"closerTo,omitempty" doc:"the level of the same height whose shape fits better"`
	Facts    []RoleFact        `json:"facts"`
	Words    string            `json:"words"`
}

// RoleFact is one thing that the shape and the facts both tell.
type RoleFact struct {
	Name     string `json:"name"`
	Have     string `json:"have"`
	Expected string `json:"expected"`
	Fits     bool   `json:"fits"`
}

// facts of a role, as the records show them.
type roleFacts struct {
	reports int // people whose manager she is today
	reviews int // manager's assessments that she handed in during the last year
}

// misfits weighs what does not fit a shape: managing people at all most, then
// writing reviews, then how many people it is.
func (f roleFacts) misfits(s Shape) int {
	n := 0
	if (f.reports > 0) != (s.ReportsMax > 0) {
		n += 4
	}
	if (f.reviews > 0) != s.WritesReviews {
		n += 2
	}
	if f.reports < s.ReportsMin || f.reports > s.ReportsMax {
		n++
	}
	return n
}

// RoleCheck tells managers and HR partners how the work of a person compares
// with the shape of her level. Nobody reads it of herself.
func (s *Service) RoleCheck(ctx context.Context, id uuid.UUID) (RoleCheck, error) {
	client := s.store.Read()
	p, err := client.Person.Query().Where(person.ID(id), s.access.PersonScope(ctx, access.RoleChecks, access.Read)).Only(ctx)
	if err != nil {
		return RoleCheck{}, store.Found(err)
	}
	facts, err := s.roleFacts(ctx, client, id)
	if err != nil {
		return RoleCheck{}, err
	}
	published, ok, err := s.StandsOn(ctx, p.UnitID, p.Level)
	if err != nil {
		return RoleCheck{}, err
	}
	level, _, _ := published.Rubric.Level(p.Level)
	if !ok || level.Shape == nil {
		return RoleCheck{
			Level: process.LevelRef{Code: p.Level, Title: p.Level}, Fits: true, Facts: []RoleFact{},
			Words: "The ladder does not say what a role at this level typically looks like.",
		}, nil
	}
	return published.Rubric.roleCheck(level, facts), nil
}

func (s *Service) roleFacts(ctx context.Context, client *db.Client, id uuid.UUID) (roleFacts, error) {
	var f roleFacts
	var err error
	if f.reports, err = client.Person.Query().Where(person.ManagerID(id), person.StatusEQ(person.StatusActive)).Count(ctx); err != nil {
		return f, err
	}
	f.reviews, err = client.Assessment.Query().Where(
		entassessment.AuthorID(id), entassessment.KindEQ(entassessment.KindManager), entassessment.SubmittedAtGT(s.clock.Now().AddDate(-1, 0, 0))).Count(ctx)
	return f, err
}

func (r Rubric) roleCheck(level Level, f roleFacts) RoleCheck {
	shape := *level.Shape
	out := RoleCheck{Level: process.LevelRef{Code: level.Code, Title: level.ShortTitle}, Fits: f.misfits(shape) == 0}
	out.Facts = []RoleFact{
		{Name: "People managed", Have: fmt.Sprint(f.reports), Expected: span(shape.ReportsMin, shape.ReportsMax), Fits: f.reports >= shape.ReportsMin && f.reports <= shape.ReportsMax},
		{Name: "Performance reviews written in a year", Have: fmt.Sprint(f.reviews), Expected: reviewWords(shape.WritesReviews), Fits: (f.reviews > 0) == shape.WritesReviews},
	}
	if out.Fits {
		out.Words = "What the records show fits " + level.Code + "."
		return out
	}
	out.Words = "What the records show does not fit the typical " + level.Code + ": " + misfit(out.Facts) + "."
	if other, ok := r.closer(level, f); ok {
		out.CloserTo = &process.LevelRef{Code: other.Code, Title: other.ShortTitle}
		out.Words += " It is closer to " + other.Code + " " + other.ShortTitle + "."
	}
	return out
}

func misfit(facts []RoleFact) string {
	var parts []string
	for _, f := range facts {
		if !f.Fits {
			parts = append(parts, strings.ToLower(f.Name[:1])+f.Name[1:]+" "+f.Have+", typically "+f.Expected)
		}
	}
	return strings.Join(parts, "; ")
}

func reviewWords(writes bool) string {
	if writes {
		return "some"
	}
	return "none"
}

// closer finds the level of the same height, on another track, whose shape fits best.
func (r Rubric) closer(level Level, f roleFacts) (Level, bool) {
	best, least := Level{}, f.misfits(*level.Shape)
	for _, other := range r.Levels() {
		if other.Ordinal != level.Ordinal || other.Shape == nil || other.Code == level.Code {
			continue
		}
		if n := f.misfits(*other.Shape); n < least {
			best, least = other, n
		}
	}
	return best, best.Code != ""
}
