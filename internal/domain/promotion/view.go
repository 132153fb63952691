package promotion

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/trust/process"
	"github.com/rung-hr/rung/internal/trust/usecase"
)

// Rubrics returns the published ladder version that a case is pinned to.
type Rubrics interface {
	StandsOn(ctx context.Context, unit *uuid.UUID, level string) (ladder.Published, bool, error)
	Version(ctx context.Context, id uuid.UUID) (ladder.Published, error)
}

// Levels moves a person to a level on a date, in the caller's transaction.
type Levels interface {
	Promote(ctx context.Context, tx Tx, p Promotion) error
}

// Company returns what the company decided about cases, without what some people
// changed themselves.
type Company interface {
	PromotionRules(ctx context.Context, without ...uuid.UUID) (Rules, error)
}

// Service is the use cases of promotion cases.
type Service struct {
	usecase.Base
	rubrics Rubrics
	levels  Levels
	company Company
}

// New returns the use cases.
func New(b usecase.Base, r Rubrics, l Levels, c Company) *Service {
	return &Service{Base: b, rubrics: r, levels: l, company: c}
}

// Case is a promotion case as its reader sees it. What the reader may not see is
// missing and named in MaskedFields.
type Case struct {
	ID             uuid.UUID           `json:"id"`
	Version        int                 `json:"version"`
	Person         process.PersonRef   `json:"person"`
	Manager        process.PersonRef   `json:"manager"`
	Kind           string              `json:"kind" enum:"promotion,track_switch,re_level"`
	From           process.LevelRef    `json:"from"`
	To             process.LevelRef    `json:"to"`
	Ladder         process.LadderRef   `json:"ladder"`
	State          string              `json:"state"`
	Bar            process.Bar         `json:"bar"`
	Phases         []Phase             `json:"phases"`
	Scale          []ladder.ScalePoint `json:"scale"`
	Reason         string              `json:"reason,omitempty" doc:"why levels are skipped, or why the level goes down"`
	Waived         []Rule              `json:"waived" enum:"time_in_level,cool_down" doc:"the rules that HR waived for this case"`
	Sections       []Section           `json:"sections"`
	Statement      *Statement          `json:"statement,omitempty"`
	Requests       []Request           `json:"requests"`
	Coverage       []Coverage          `json:"coverage"`
	Checks         []Check             `json:"checks"`
	ReadingMinutes int                 `json:"readingMinutes"`
	PacketHash     string              `json:"packetHash,omitempty" doc:"SHA-256 of the frozen packet, hex"`
	SubmittedAt    *time.Time          `json:"submittedAt"`
	VoteClosesAt   *time.Time          `json:"voteClosesAt"`
	EffectiveOn    *clock.Date         `json:"effectiveOn"`
	Actions        []string            `json:"actions" doc:"moves that you may make now"`
	CanEdit        []string            `json:"canEdit" doc:"section keys, statement, seats, decision"`
	SeatID         *uuid.UUID          `json:"seatId" doc:"your own seat"`
	DecisionReady  bool                `json:"decisionReady" doc:"you may read the decision"`
	TallyReady     bool                `json:"tallyReady" doc:"you may read the count"`
	MaskedFields   []string            `json:"maskedFields"`
}

// ETagVersion is the version for optimistic locking.
func (c Case) ETagVersion() int { return c.Version }

// Phase is one step of the long stepper.
type Phase struct {
	Key   string     `json:"key"`
	Words string     `json:"words"`
	State string     `json:"state" enum:"done,now,todo"`
	By    *time.Time `json:"by"`
	At    *time.Time `json:"at"`
}

// Section is one part of the packet.
type Section struct {
	Key     string   `json:"key"`
	Kind    string   `json:"kind" enum:"summary,project,mentoring,organisation,gaps,claim"`
	Title   string   `json:"title"`
	Version int      `json:"version"`
	Text    string   `json:"text"`
	Project *Project `json:"project,omitempty"`
	Claim   *Claim   `json:"claim,omitempty"`
}

// ETagVersion is the version for optimistic locking.
func (s Section) ETagVersion() int { return s.Version }

// Project is the structured part of a project.
type Project struct {
	From         string         `json:"from" maxLength:"32"`
	To           string         `json:"to" maxLength:"32"`
	Role         string         `json:"role" maxLength:"2000"`
	Scope        string         `json:"scope" maxLength:"2000"`
	Outcome      string         `json:"outcome" maxLength:"2000"`
	Tradeoff     string         `json:"tradeoff" maxLength:"2000"`
	Links        []process.Link `json:"links" maxItems:"20"`
	Competencies []string       `json:"competencies" maxItems:"20"`
}

// Claim is what the candidate says about one competency of the target level.
type Claim struct {
	Competency string                `json:"competency"`
	Rating     *int                  `json:"rating" minimum:"0" maximum:"19" doc:"a point of its scale"`
	Scale      []ladder.ScalePoint   `json:"scale"`
	Needs      int                   `json:"needs" doc:"the point of the scale that the target level needs"`
	Evidence   []process.EvidenceRef `json:"evidence"`
	TargetText []ladder.Segment      `json:"targetText"`
}

// Statement is the manager's statement: the newest words and their author.
type Statement struct {
	Text           string            `json:"text"`
	Recommendation *string           `json:"recommendation" enum:"for,not_yet"`
	Author         process.PersonRef `json:"author"`
	Version        int               `json:"version"`
	Audience       process.Audience  `json:"audience"`
	Earlier        []EarlierWords    `json:"earlier" doc:"of previous managers, newest first"`
}

// EarlierWords is the statement of a previous manager of the candidate.
type EarlierWords struct {
	Text           string            `json:"text"`
	Recommendation *string           `json:"recommendation" enum:"for,not_yet"`
	Author         process.PersonRef `json:"author"`
	At             time.Time         `json:"at"`
}

// ETagVersion is the version for optimistic locking.
func (s Statement) ETagVersion() int { return s.Version }

// Request is a change that the manager asks for.
type Request struct {
	ID         uuid.UUID         `json:"id"`
	SectionKey string            `json:"sectionKey"`
	Text       string            `json:"text"`
	Author     process.PersonRef `json:"author"`
	At         time.Time         `json:"at"`
	DoneAt     *time.Time        `json:"doneAt"`
}

// Coverage is how well one competency of the target level is shown. It never
// becomes a score.
type Coverage struct {
	Competency string              `json:"competency"`
	Name       string              `json:"name"`
	Rating     *int                `json:"rating"`
	Scale      []ladder.ScalePoint `json:"scale"`
	Needs      int                 `json:"needs" doc:"the point of the scale that the target level needs"`
	Pieces     []Piece             `json:"pieces"`
	NewestOn   *clock.Date         `json:"newestOn"`
	Flag       string              `json:"flag,omitempty" enum:"none,old,request"`
}

// Piece is one piece of evidence in the coverage.
type Piece struct {
	Confirmed bool `json:"confirmed"`
}

// Check is one requirement of the panel, and whether the packet meets it.
type Check struct {
	OK         bool   `json:"ok"`
	Level      string `json:"level" enum:"error,warn"`
	Text       string `json:"text"`
	SectionKey string `json:"sectionKey,omitempty"`
	Owner      string `json:"owner" enum:"candidate,manager"`
}
