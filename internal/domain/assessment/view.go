// Package assessment rates a person against a level: their own assessment and
// their manager's. Neither side sees the other until both are in; then they are
// side by side.
package assessment

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	entassessment "github.com/rung-hr/rung/ent/db/assessment"
	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/process"
	"github.com/rung-hr/rung/internal/trust/usecase"
)

// Rubrics returns the published ladder version that a person stands on and that
// an assessment is pinned to.
type Rubrics interface {
	StandsOn(ctx context.Context, unit *uuid.UUID, level string) (ladder.Published, bool, error)
	NewerThan(ctx context.Context, id uuid.UUID) (ladder.Newer, bool, error)
	Version(ctx context.Context, id uuid.UUID) (ladder.Published, error)
}

// Service is the use cases of assessments.
type Service struct {
	usecase.Base
	rubrics Rubrics
}

// New returns the use cases.
func New(b usecase.Base, r Rubrics) *Service {
	return &Service{Base: b, rubrics: r}
}

// CycleRef names a round of assessments.
type CycleRef struct {
	ID   uuid.UUID `json:"id"`
	Name string    `json:"name"`
}

// Assessment is one author's ratings of one person against one level, as its
// reader sees it.
type Assessment struct {
	ID           uuid.UUID           `json:"id"`
	Version      int                 `json:"version"`
	Kind         string              `json:"kind" enum:"self,manager"`
	State        string              `json:"state" enum:"draft,submitted"`
	Subject      process.PersonRef   `json:"subject"`
	Author       process.PersonRef   `json:"author"`
	Cycle        CycleRef            `json:"cycle"`
	Ladder       process.LadderRef   `json:"ladder"`
	Base         process.LevelRef    `json:"base"`
	Target       process.LevelRef    `json:"target"`
	Targets      []process.LevelRef  `json:"targets" doc:"levels that the person can be assessed against"`
	Modifier     string              `json:"modifier" doc:"key of the place in the target level; empty if none is chosen or the level has none"`
	Modifiers    []ladder.Modifier   `json:"modifiers" doc:"places in the target level, in the ladder's order; empty for most ladders"`
	DueAt        time.Time           `json:"dueAt"`
	SubmittedAt  *time.Time          `json:"submittedAt"`
	Bar          process.Bar         `json:"bar"`
	Scale        []ladder.ScalePoint `json:"scale"`
	Items        []Item              `json:"items" doc:"one per competency, in the ladder's order"`
	ComparisonID *uuid.UUID          `json:"comparisonId" doc:"the self-assessment's id once both sides are in"`
	Newer        *NewerLadder        `json:"newer,omitempty" doc:"for the author of a draft: the version that is now in force"`
	Tried        []Tried             `json:"tried,omitempty" doc:"for the author: what they wrote for other levels, in ladder order; it is not part of what they submit"`
	Advice       *ladder.Advice      `json:"advice,omitempty" doc:"what the rule of the ladder concludes from the ratings, for the people who decide"`
	CanEdit      bool                `json:"canEdit"`
	CanRecall    bool                `json:"canRecall"`
}

// Tried is what the author of an assessment wrote for a level that is not its
// target now.
type Tried struct {
	Level   process.LevelRef `json:"level"`
	Answers []TriedAnswer    `json:"answers" doc:"in the ladder's order"`
}

// TriedAnswer is the answer to one competency at a level that was tried.
type TriedAnswer struct {
	Competency string                `json:"competency"`
	Rating     *int                  `json:"rating"`
	Reason     string                `json:"reason"`
	Evidence   []process.EvidenceRef `json:"evidence"`
}

// ETagVersion is the version for optimistic locking.
func (a Assessment) ETagVersion() int { return a.Version }

// Item is the rating of one competency.
type Item struct {
	Competency  string                `json:"competency"`
	Name        string                `json:"name"`
	Category    string                `json:"category"`
	Description string                `json:"description"`
	Version     int                   `json:"version"`
	Scale       []ladder.ScalePoint   `json:"scale" doc:"the scale on which the competency is rated; meanings say what each point looks like, if the ladder describes it"`
	Needs       int                   `json:"needs" doc:"the point of the scale that the target level needs"`
	Rating      *int                  `json:"rating" minimum:"0" maximum:"19" doc:"a point of the scale; null if not rated"`
	Reason      string                `json:"reason"`
	Evidence    []process.EvidenceRef `json:"evidence"`
	Previous    *Previous             `json:"previous,omitempty"`
	BaseText    []ladder.Segment      `json:"baseText"`
	TargetText  []ladder.Segment      `json:"targetText"`
}

// ETagVersion is the version for optimistic locking.
func (i Item) ETagVersion() int { return i.Version }

// Previous is the same author's last answer.
type Previous struct {
	Rating int       `json:"rating"`
	When   time.Time `json:"when"`
}

const steps = 4 // draft, waiting for the other side, side by side, promotion case

func (s *Service) bar(reader uuid.UUID, row *db.Assessment, due time.Time) process.Bar {
	now := access.FactsOfAssessment(row)
	revealed := now
	revealed.Revealed = true
	cast := access.Cast{access.Author: process.Name(reader, row.Edges.Author), access.Counterpart: s.counterpart(reader, row)}
	b := process.Bar{
		State: string(row.State), Steps: steps, DueAt: &due,
		Audience: process.Explain(s.Access.AssessmentAudience(now, revealed, cast), "after both are in"),
	}
	switch {
	case row.RevealedAt != nil:
		b.Step, b.Words, b.DueAt = 3, "Side by side", nil
		b.Turn.Words = "Both, to talk"
	case row.State == entassessment.StateSubmitted:
		b.Step, b.Words = 2, "Submitted"
		b.Turn.Words = s.counterpart(reader, row)
	default:
		b.Step, b.Words = 1, title(row.Kind)
		b.Turn = process.Turn{You: row.AuthorID == reader, Words: process.Name(reader, row.Edges.Author)}
	}
	return b
}

// counterpart is the other side: the manager for a self-assessment, the subject
// for a manager's assessment.
func (s *Service) counterpart(reader uuid.UUID, row *db.Assessment) string {
	if row.Kind == entassessment.KindManager {
		return process.Name(reader, row.Edges.Subject)
	}
	if m := row.Edges.Subject.Edges.Manager; m != nil {
		return process.Name(reader, m)
	}
	return "This person has no manager yet"
}

func title(k entassessment.Kind) string {
	if k == entassessment.KindSelf {
		return "Self-assessment"
	}
	return "Manager's assessment"
}

func levelRef(doc ladder.Rubric, code string) process.LevelRef {
	level, _, ok := doc.Level(code)
	if !ok {
		return process.LevelRef{Code: code, Title: code}
	}
	return process.LevelRef{Code: code, Title: level.ShortTitle}
}

func due(row *db.Assessment) time.Time {
	if row.Kind == entassessment.KindManager {
		return row.Edges.Cycle.ManagerDueAt
	}
	return row.Edges.Cycle.SelfDueAt
}
