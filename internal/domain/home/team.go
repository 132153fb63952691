package home

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	entassessment "github.com/rung-hr/rung/ent/db/assessment"
	"github.com/rung-hr/rung/ent/db/assessmentitem"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/process"
)

// Team is what each direct report has to do and what the reader has to do for
// them.
type Team struct {
	Cycle        *Cycle          `json:"cycle,omitempty"`
	Bar          *process.Bar    `json:"bar,omitempty"`
	Rows         []TeamRow       `json:"rows" doc:"by name"`
	Readiness    []Readiness     `json:"readiness" doc:"your own draft ratings"`
	Competencies []CompetencyRef `json:"competencies"`
}

// CompetencyRef names a competency, with a short name for narrow columns.
type CompetencyRef struct {
	Code  string              `json:"code"`
	Name  string              `json:"name"`
	Short string              `json:"short"`
	Scale []ladder.ScalePoint `json:"scale"`
}

// TeamRow is one report.
type TeamRow struct {
	Person       process.PersonRef `json:"person"`
	Target       string            `json:"target,omitempty"`
	Self         SideState         `json:"self"`
	Review       SideState         `json:"review"`
	Case         *CaseState        `json:"case,omitempty"`
	ComparisonID *uuid.UUID        `json:"comparisonId"`
	Next         Step              `json:"next"`
	YourTurn     bool              `json:"yourTurn"`
}

// SideState is how far one side of the assessment is.
type SideState struct {
	State        string     `json:"state" enum:"none,draft,submitted"`
	Done         int        `json:"done"`
	Total        int        `json:"total"`
	Late         bool       `json:"late"`
	DueAt        *time.Time `json:"dueAt"`
	AssessmentID *uuid.UUID `json:"assessmentId" doc:"only if you may read it"`
}

// CaseState is the report's open promotion case.
type CaseState struct {
	ID    uuid.UUID  `json:"id"`
	Words string     `json:"words"`
	Turn  string     `json:"turn"`
	DueAt *time.Time `json:"dueAt"`
}

// Step is the next thing to do about a report.
type Step struct {
	Kind   string `json:"kind" enum:"assess,continue,compare,open_case,case,wait"`
	Action string `json:"action" doc:"the text of the button; empty when there is nothing to do"`
	Href   string `json:"href,omitempty" doc:"path in the front end"`
}

// Readiness is the reader's own ratings of one report.
type Readiness struct {
	Person  process.PersonRef `json:"person"`
	Target  string            `json:"target"`
	Ratings map[string]int    `json:"ratings" doc:"competency -> rating; missing if not rated"`
}

// pair is both assessments of one report in the current cycle.
type pair struct {
	self, review         *db.Assessment
	selfDone, reviewDone int
}

// Team returns the direct reports of the signed-in person, by name, with the
// state of their assessments and cases. Managers may see their own reports;
// everybody else gets an empty list. It runs a fixed number of queries. It
// returns no fault of its own.
func (s *Service) Team(ctx context.Context) (Team, error) {
	out := Team{Rows: []TeamRow{}, Readiness: []Readiness{}, Competencies: []CompetencyRef{}}
	reports, err := s.Store.Read().Person.Query().
		Where(s.Access.PersonScope(ctx, access.People, access.Lead), person.StatusEQ(person.StatusActive)).
		Order(db.Asc(person.FieldNameKey), db.Asc(person.FieldID)).All(ctx)
	if err != nil || len(reports) == 0 {
		return out, err
	}
	cycle, err := s.Assessments.CurrentCycle(ctx)
	if fault.KindOf(err) == fault.Conflict {
		return s.withoutCycle(ctx, out, reports)
	}
	if err != nil {
		return out, err
	}
	out.Cycle = &cycle
	published, err := s.Rubrics.Get(ctx, cycle.LadderSlug, cycle.LadderVersion)
	if err != nil {
		return out, err
	}
	for _, c := range published.Rubric.Competencies {
		out.Competencies = append(out.Competencies, CompetencyRef{Code: c.Code, Name: c.Name, Short: c.Short, Scale: published.Rubric.ScaleOf(c)})
	}
	pairs, err := s.pairs(ctx, cycle.ID, reports)
	if err != nil {
		return out, err
	}
	cases, err := s.casesOf(ctx)
	if err != nil {
		return out, err
	}
	for _, p := range reports {
		out.Rows = append(out.Rows, s.teamRow(p, cycle, published.Rubric, pairs[p.ID], cases[p.ID]))
	}
	out.Bar = s.teamBar(cycle, out.Rows)
	out.Readiness, err = s.readiness(ctx, reports, pairs)
	return out, err
}

func (s *Service) withoutCycle(ctx context.Context, out Team, reports []*db.Person) (Team, error) {
	cases, err := s.casesOf(ctx)
	for _, p := range reports {
		row := TeamRow{Person: process.RefOf(p), Self: SideState{State: "none"}, Review: SideState{State: "none"}, Next: Step{Kind: "wait"}}
		addCase(&row, cases[p.ID])
		out.Rows = append(out.Rows, row)
	}
	return out, err
}

// pairs reads how far both sides are. A manager may know that and no more, so
// only states and counts are read on the system's behalf.
func (s *Service) pairs(ctx context.Context, cycle uuid.UUID, reports []*db.Person) (map[uuid.UUID]pair, error) {
	ctx = actor.AsSystem(ctx, "how far the team's assessments are")
	ids := make([]uuid.UUID, 0, len(reports))
	for _, p := range reports {
		ids = append(ids, p.ID)
	}
	rows, err := s.Store.Read().Assessment.Query().
		Where(entassessment.CycleID(cycle), entassessment.SubjectIDIn(ids...)).All(ctx)
	if err != nil {
		return nil, err
	}
	read, target := make([]uuid.UUID, 0, len(rows)), map[uuid.UUID]string{}
	for _, r := range rows {
		read, target[r.ID] = append(read, r.ID), r.TargetLevel
	}
	var counts []struct {
		AssessmentID uuid.UUID `json:"assessment_id"`
		Level        string    `json:"level"`
		Count        int       `json:"count"`
	}
	err = s.Store.Read().AssessmentItem.Query().
		Where(assessmentitem.RatingNotNil(), assessmentitem.AssessmentIDIn(read...)).
		GroupBy(assessmentitem.FieldAssessmentID, assessmentitem.FieldLevel).Aggregate(db.Count()).Scan(ctx, &counts)
	if err != nil {
		return nil, err
	}
	done := map[uuid.UUID]int{}
	for _, c := range counts {
		if c.Level == target[c.AssessmentID] {
			done[c.AssessmentID] = c.Count
		}
	}
	manages := map[uuid.UUID]uuid.UUID{}
	for _, p := range reports {
		if p.ManagerID != nil {
			manages[p.ID] = *p.ManagerID
		}
	}
	out := map[uuid.UUID]pair{}
	for _, r := range rows {
		p := out[r.SubjectID]
		switch {
		case r.Kind == entassessment.KindSelf:
			p.self, p.selfDone = r, done[r.ID]
		case r.State == entassessment.StateSubmitted, r.AuthorID == manages[r.SubjectID] && p.review == nil:
			// A draft of a previous manager is only theirs; what they submitted
			// counts.
			p.review, p.reviewDone = r, done[r.ID]
		}
		out[r.SubjectID] = p
	}
	return out, nil
}

func (s *Service) casesOf(ctx context.Context) (map[uuid.UUID]Case, error) {
	rows, err := s.Cases.List(ctx, "managed")
	out := map[uuid.UUID]Case{}
	for _, r := range rows {
		if r.Bar.State == "effective" || r.Bar.State == "withdrawn" || r.Bar.State == "communicated" {
			continue
		}
		out[r.Person.ID] = r
	}
	return out, err
}

func (s *Service) teamRow(p *db.Person, cycle Cycle, doc ladder.Rubric, both pair, open Case) TeamRow {
	now, total := s.Clock.Now(), len(doc.For(targetOf(p, doc, both)))
	row := TeamRow{
		Person: process.RefOf(p),
		Self:   side(both.self, both.selfDone, total, cycle.SelfDueAt, now),
		Review: side(both.review, both.reviewDone, total, cycle.ManagerDueAt, now),
	}
	if both.review != nil {
		row.Target = both.review.TargetLevel
		if p.ManagerID != nil && both.review.AuthorID == *p.ManagerID || both.review.RevealedAt != nil {
			row.Review.AssessmentID = &both.review.ID
		}
	}
	if both.self != nil {
		if both.self.State == entassessment.StateSubmitted { // which levels somebody tries before that is theirs alone
			row.Target = both.self.TargetLevel
		}
		if both.self.RevealedAt != nil {
			row.Self.AssessmentID, row.ComparisonID = &both.self.ID, &both.self.ID
		}
	}
	row.Next, row.YourTurn = nextStep(row)
	addCase(&row, open)
	return row
}

// targetOf is the level that a person is or would be assessed against.
func targetOf(p *db.Person, doc ladder.Rubric, both pair) string {
	for _, a := range []*db.Assessment{both.self, both.review} {
		if a != nil {
			return a.TargetLevel
		}
	}
	if level, _, ok := doc.Level(p.Level); ok && len(level.Next) > 0 {
		return level.Next[0]
	}
	return p.Level
}

func side(a *db.Assessment, done, total int, due, now time.Time) SideState {
	out := SideState{State: "none", Done: done, Total: total, DueAt: &due}
	if a != nil {
		out.State = string(a.State)
	}
	out.Late = out.State != "submitted" && due.Before(now)
	return out
}

func nextStep(r TeamRow) (Step, bool) {
	switch {
	case r.ComparisonID != nil:
		return Step{Kind: "compare", Action: "Compare", Href: "/comparisons/" + r.ComparisonID.String()}, false
	case r.Review.State == "none":
		return Step{Kind: "assess", Action: "Assess", Href: "/team/" + r.Person.ID.String() + "/assess"}, true
	case r.Review.State == "draft":
		return Step{Kind: "continue", Action: "Continue", Href: "/assessments/" + r.Review.AssessmentID.String()}, true
	default:
		return Step{Kind: "wait"}, false
	}
}

// addCase adds an open case; if it is the reader's turn, its step comes first.
func addCase(row *TeamRow, c Case) {
	if c.ID == uuid.Nil {
		return
	}
	row.Case = &CaseState{ID: c.ID, Words: c.Bar.Words, Turn: c.Bar.Turn.Words, DueAt: c.Bar.DueAt}
	if c.Bar.Turn.You && !row.YourTurn {
		row.Next, row.YourTurn = Step{Kind: "case", Action: "Open case", Href: "/cases/" + c.ID.String()}, true
	}
}

func (s *Service) teamBar(cycle Cycle, rows []TeamRow) *process.Bar {
	owed := 0
	for _, r := range rows {
		if r.Review.State != "submitted" {
			owed++
		}
	}
	b := &process.Bar{
		State: "manager_reviews", Words: "Manager assessments", Step: 2, Steps: 3, DueAt: &cycle.ManagerDueAt,
		Turn: process.Turn{You: owed > 0, Words: turnWords(owed)},
		Audience: process.Explain(s.Access.AssessmentAudience(
			access.AssessmentFacts{}, access.AssessmentFacts{Revealed: true},
			access.Cast{access.Author: "You", access.Counterpart: "each report"}), "after both are in"),
	}
	if owed == 0 {
		b.Words, b.Step, b.DueAt = "Talks", 3, nil
	}
	return b
}

func turnWords(owed int) string {
	switch owed {
	case 0:
		return "You and each report, to talk"
	case 1:
		return "You, 1 assessment"
	default:
		return fmt.Sprintf("You, %d assessments", owed)
	}
}

// readiness is the reader's own ratings, including those of drafts.
func (s *Service) readiness(ctx context.Context, reports []*db.Person, pairs map[uuid.UUID]pair) ([]Readiness, error) {
	var ids []uuid.UUID
	target := map[uuid.UUID]string{}
	for _, p := range pairs {
		if p.review != nil {
			ids, target[p.review.ID] = append(ids, p.review.ID), p.review.TargetLevel
		}
	}
	readable, err := s.Store.Read().Assessment.Query().
		Where(entassessment.IDIn(ids...), s.Access.AssessmentScope(ctx, access.Read)).IDs(ctx)
	if err != nil {
		return nil, err
	}
	items, err := s.Store.Read().AssessmentItem.Query().
		Where(assessmentitem.AssessmentIDIn(readable...), assessmentitem.RatingNotNil()).
		All(ctx)
	if err != nil {
		return nil, err
	}
	ratings := map[uuid.UUID]map[string]int{}
	for _, i := range items {
		if i.Level != target[i.AssessmentID] {
			continue
		}
		if ratings[i.AssessmentID] == nil {
			ratings[i.AssessmentID] = map[string]int{}
		}
		ratings[i.AssessmentID][i.Competency] = *i.Rating
	}
	out := []Readiness{}
	for _, p := range reports {
		review := pairs[p.ID].review
		if review == nil || ratings[review.ID] == nil {
			continue
		}
		out = append(out, Readiness{Person: process.RefOf(p), Target: review.TargetLevel, Ratings: ratings[review.ID]})
	}
	return out, nil
}
