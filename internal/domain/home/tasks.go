package home

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	entassessment "github.com/rung-hr/rung/ent/db/assessment"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/process"
)

// Task is something that is waiting for somebody, with a link to it.
type Task struct {
	Kind     string     `json:"kind" enum:"assessment,review,comparison,case,ballot,decision,panel,handover"`
	Title    string     `json:"title"`
	Detail   string     `json:"detail"`
	DueAt    *time.Time `json:"dueAt"`
	Late     bool       `json:"late"`
	Progress *Progress  `json:"progress,omitempty"`
	Action   string     `json:"action" doc:"the text of the button"`
	Href     string     `json:"href" doc:"path in the front end"`
}

// Overview is the first screen.
type Overview struct {
	Tasks    []Task                `json:"tasks" doc:"the one that is due first comes first"`
	Waiting  []Task                `json:"waiting" doc:"what others have to do next"`
	Level    Level                 `json:"level"`
	Against  *Against              `json:"against,omitempty"`
	Evidence []process.EvidenceRef `json:"evidence" doc:"the newest three"`
	Readers  []Read                `json:"readers" doc:"who opened your record, the newest five"`
}

// Level is the reader's current level.
type Level struct {
	Code        string             `json:"code"`
	Title       string             `json:"title"`
	Track       string             `json:"track"`
	Since       *clock.Date        `json:"since"`
	ManagerName string             `json:"managerName,omitempty"`
	LadderSlug  string             `json:"ladderSlug,omitempty"`
	Next        []process.LevelRef `json:"next"`
}

// Against is a summary of the reader's own draft or last assessment.
type Against struct {
	AssessmentID  uuid.UUID        `json:"assessmentId"`
	Target        process.LevelRef `json:"target"`
	State         string           `json:"state"`
	LadderVersion string           `json:"ladderVersion"`
	Rows          []AgainstRow     `json:"rows"`
	Audience      process.Audience `json:"audience"`
}

// AgainstRow is a summary of one competency.
type AgainstRow struct {
	Competency string              `json:"competency"`
	Name       string              `json:"name"`
	Rating     *int                `json:"rating"`
	Scale      []ladder.ScalePoint `json:"scale"`
	Evidence   int                 `json:"evidence"`
	NewestOn   *clock.Date         `json:"newestOn"`
}

// Read is one time that somebody opened the reader's record.
type Read struct {
	Who  string    `json:"who"`
	What string    `json:"what"`
	At   time.Time `json:"at"`
}

const (
	newestEvidence = 3
	newestReaders  = 5
)

// Overview returns the first screen of the signed-in person: what is waiting for
// them and for others, the first due first, and at most three pieces of evidence
// and five readers. Everybody may see their own; while viewing as somebody else
// it has only the level. It returns a SignedOut fault without an actor and a
// NotFound fault when the person no longer exists.
func (s *Service) Overview(ctx context.Context) (Overview, error) {
	p, row, err := s.reader(ctx)
	if err != nil {
		return Overview{}, err
	}
	out := Overview{Tasks: []Task{}, Waiting: []Task{}}
	if out.Level, err = s.level(ctx, row); err != nil {
		return out, err
	}
	if p.Viewer != nil { // tasks would reveal what the person works on
		out.Evidence, out.Readers = []process.EvidenceRef{}, []Read{}
		return out, nil
	}
	if err := s.addOwn(ctx, p.ID, row, &out); err != nil {
		return out, err
	}
	if err := s.addTeam(ctx, &out); err != nil {
		return out, err
	}
	if err := s.addHandovers(ctx, p.ID, &out); err != nil {
		return out, err
	}
	if err := s.addCases(ctx, p.ID, &out); err != nil {
		return out, err
	}
	if err := s.addBallots(ctx, &out); err != nil {
		return out, err
	}
	if out.Evidence, err = s.Evidence.Newest(ctx, newestEvidence); err != nil {
		return out, err
	}
	out.Readers, err = s.readers(ctx, p.ID)
	s.order(out.Tasks)
	s.order(out.Waiting)
	return out, err
}

// order puts the task that is due first at the top and marks late ones.
func (s *Service) order(tasks []Task) {
	now := s.Clock.Now()
	for i := range tasks {
		tasks[i].Late = tasks[i].DueAt != nil && tasks[i].DueAt.Before(now)
	}
	slices.SortStableFunc(tasks, func(a, b Task) int {
		switch {
		case a.DueAt == nil && b.DueAt == nil:
			return 0
		case a.DueAt == nil:
			return 1
		case b.DueAt == nil:
			return -1
		default:
			return a.DueAt.Compare(*b.DueAt)
		}
	})
}

func (s *Service) level(ctx context.Context, p *db.Person) (Level, error) {
	out := Level{Code: p.Level, Title: p.Title, Track: p.Track, Since: p.LevelSince, Next: []process.LevelRef{}}
	if p.Edges.Manager != nil {
		out.ManagerName = p.Edges.Manager.Name
	}
	published, ok, err := s.Rubrics.StandsOn(ctx, p.UnitID, p.Level)
	if err != nil || !ok {
		return out, err
	}
	level, _, _ := published.Rubric.Level(p.Level)
	out.LadderSlug, out.Title = published.Rubric.Framework, level.ShortTitle
	for _, code := range level.Next {
		next, _, _ := published.Rubric.Level(code)
		out.Next = append(out.Next, process.LevelRef{Code: code, Title: next.ShortTitle})
	}
	return out, nil
}

// own finds the reader's newest self-assessment.
func (s *Service) own(ctx context.Context, reader uuid.UUID) (*db.Assessment, error) {
	row, err := s.Store.Read().Assessment.Query().
		Where(entassessment.SubjectID(reader), entassessment.KindEQ(entassessment.KindSelf), s.Access.AssessmentScope(ctx, access.Read)).
		Order(db.Desc(entassessment.FieldCreatedAt)).
		First(ctx)
	if db.IsNotFound(err) {
		return nil, nil
	}
	return row, err
}

func (s *Service) ownProgress(ctx context.Context, reader uuid.UUID) (*Progress, error) {
	row, err := s.own(ctx, reader)
	if err != nil || row == nil || row.State != entassessment.StateDraft {
		return nil, err
	}
	a, err := s.Assessments.Get(ctx, row.ID)
	return progress(a), err
}

func progress(a Assessment) *Progress {
	return &Progress{Done: rated(a.Rows), Total: len(a.Rows), DueAt: a.DueAt}
}

func rated(rows []AgainstRow) int {
	n := 0
	for _, r := range rows {
		if r.Rating != nil {
			n++
		}
	}
	return n
}

// addOwn adds the reader's own assessment: to start, to continue, to wait for, or
// to talk about.
func (s *Service) addOwn(ctx context.Context, reader uuid.UUID, me *db.Person, out *Overview) error {
	cycle, err := s.Assessments.CurrentCycle(ctx)
	open := fault.KindOf(err) != fault.Conflict
	if err != nil && open {
		return err
	}
	row, err := s.own(ctx, reader)
	if err != nil {
		return err
	}
	if row == nil || open && row.CycleID != cycle.ID {
		if open && me.Level != "" {
			out.Tasks = append(out.Tasks, Task{
				Kind: "assessment", Title: "Self-assessment, " + cycle.Name, Detail: "Not started. Your manager sees it only once both are in.",
				DueAt: &cycle.SelfDueAt, Action: "Start", Href: "/assessments",
			})
		}
		return nil
	}
	a, err := s.Assessments.Get(ctx, row.ID)
	if err != nil {
		return err
	}
	out.Against = against(a)
	href := "/assessments/" + a.ID.String()
	switch {
	case a.State == "draft":
		done := progress(a)
		out.Tasks = append(out.Tasks, Task{
			Kind: "assessment", Title: "Self-assessment against " + a.Target.Code + " " + a.Target.Title,
			Detail: fmt.Sprintf("%d of %d rated. Your manager sees it only once both are in.", done.Done, done.Total),
			DueAt:  &a.DueAt, Progress: done, Action: "Continue", Href: href,
		})
	case a.ComparisonID == nil:
		out.Waiting = append(out.Waiting, Task{
			Kind: "assessment", Title: "Assessment by " + out.Level.ManagerName, Detail: "Yours is in. You both see both assessments once the other one is in.",
			DueAt: &cycle.ManagerDueAt, Action: "Open", Href: href,
		})
	}
	return nil
}

func against(a Assessment) *Against {
	return &Against{AssessmentID: a.ID, Target: a.Target, State: a.State, LadderVersion: a.LadderVersion, Rows: a.Rows, Audience: a.Audience}
}

func (s *Service) addTeam(ctx context.Context, out *Overview) error {
	team, err := s.Team(ctx)
	if err != nil {
		return err
	}
	for _, r := range team.Rows {
		if !r.YourTurn || r.Next.Kind == "case" || r.Next.Kind == "open_case" {
			continue
		}
		out.Tasks = append(out.Tasks, Task{
			Kind: "review", Title: "Assess " + r.Person.Name, Detail: fmt.Sprintf("%d of %d rated. You see each other's assessment once both are in.", r.Review.Done, r.Review.Total),
			DueAt: r.Review.DueAt, Action: r.Next.Action, Href: r.Next.Href,
		})
	}
	return nil
}

func (s *Service) addCases(ctx context.Context, reader uuid.UUID, out *Overview) error {
	rows, err := s.openCases(ctx)
	if err != nil {
		return err
	}
	for _, r := range rows {
		who := r.Person.Name
		if r.Person.ID == reader {
			who = "Your case"
		}
		t := Task{
			Kind: "case", Title: who + ", " + r.FromLevel + " to " + r.ToLevel, Detail: r.Bar.Words, DueAt: r.Bar.DueAt,
			Action: "Open", Href: "/cases/" + r.ID.String(),
		}
		switch {
		case r.Bar.State == "blind_vote" || r.Bar.State == "effective" || r.Bar.State == "withdrawn":
			continue // ballots follow below; a finished case is not a task
		case r.Bar.Turn.You:
			out.Tasks = append(out.Tasks, t)
		case r.Person.ID == reader && r.Bar.State == "communicated":
			t.Kind, t.Action, t.Href = "decision", "Read", t.Href+"/decision"
			out.Waiting = append(out.Waiting, t)
		case r.Person.ID == reader:
			t.Detail += ". " + r.Bar.Turn.Words + " next"
			out.Waiting = append(out.Waiting, t)
		}
	}
	return nil
}

func (s *Service) addBallots(ctx context.Context, out *Overview) error {
	ballots, err := s.Cases.Ballots(ctx)
	if err != nil {
		return err
	}
	for _, b := range ballots {
		if b.Mine == "sealed" || b.Bar.State != "blind_vote" {
			continue
		}
		out.Tasks = append(out.Tasks, Task{
			Kind: "ballot", Title: "Ballot on " + b.Person.Name + ", " + b.FromLevel + " to " + b.ToLevel,
			Detail: fmt.Sprintf("%d min to read. Nobody else sees your ballot before the close.", b.ReadingMinutes),
			DueAt:  b.ClosesAt, Action: "Read and vote", Href: "/panel/" + b.CaseID.String(),
		})
	}
	return nil
}

func (s *Service) readers(ctx context.Context, owner uuid.UUID) ([]Read, error) {
	rows, err := s.Trail.Readers(ctx, s.Store.Read(), owner, uuid.Nil, newestReaders)
	if err != nil {
		return nil, err
	}
	ids := make([]uuid.UUID, 0, len(rows))
	for _, r := range rows {
		ids = append(ids, r.Reader)
	}
	people, err := s.Store.Read().Person.Query().Where(person.IDIn(ids...)).All(ctx)
	if err != nil {
		return nil, err
	}
	names := map[uuid.UUID]string{}
	for _, p := range people {
		names[p.ID] = p.Name
	}
	out := []Read{}
	for _, r := range rows {
		out = append(out, Read{Who: names[r.Reader], What: r.Action.ToOwner(), At: r.At})
	}
	return out, nil
}
