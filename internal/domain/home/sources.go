package home

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/trust/process"
)

// Rubrics returns published ladder versions.
type Rubrics interface {
	StandsOn(ctx context.Context, unit *uuid.UUID, level string) (ladder.Published, bool, error)
	Get(ctx context.Context, slug, version string) (ladder.Published, error)
}

// Assessments returns the current cycle and the reader's own assessment.
type Assessments interface {
	// CurrentCycle returns the current cycle, or a Conflict fault if there is
	// none.
	CurrentCycle(ctx context.Context) (Cycle, error)
	Get(ctx context.Context, id uuid.UUID) (Assessment, error)
}

// Cases returns the promotion cases and ballots that concern the reader.
type Cases interface {
	// List returns at most 200 cases that the reader may see: all of them for "",
	// those of their reports for "managed".
	List(ctx context.Context, scope string) ([]Case, error)
	Ballots(ctx context.Context) ([]Ballot, error)
}

// Evidence returns the reader's own log.
type Evidence interface {
	Newest(ctx context.Context, count int) ([]process.EvidenceRef, error)
}

// Cycle is a round of assessments.
type Cycle struct {
	ID            uuid.UUID `json:"id"`
	Name          string    `json:"name"`
	LadderSlug    string    `json:"ladderSlug"`
	LadderVersion string    `json:"ladderVersion"`
	OpensOn       string    `json:"opensOn"`
	ClosesOn      string    `json:"closesOn"`
	SelfDueAt     time.Time `json:"selfDueAt"`
	ManagerDueAt  time.Time `json:"managerDueAt"`
}

// Assessment is the reader's own assessment, with what the first screen shows of
// it.
type Assessment struct {
	ID            uuid.UUID
	State         string
	Target        process.LevelRef
	LadderVersion string
	DueAt         time.Time
	ComparisonID  *uuid.UUID
	Rows          []AgainstRow
	Audience      process.Audience
}

// Case is a promotion case in a list.
type Case struct {
	ID        uuid.UUID
	Person    process.PersonRef
	FromLevel string
	ToLevel   string
	Bar       process.Bar
}

// Ballot is a case whose panel the reader sits on.
type Ballot struct {
	CaseID         uuid.UUID
	Person         process.PersonRef
	FromLevel      string
	ToLevel        string
	ReadingMinutes int
	ClosesAt       *time.Time
	Mine           string // unread, read, draft or sealed
	Bar            process.Bar
}
