package assessment

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	entassessment "github.com/rung-hr/rung/ent/db/assessment"
	"github.com/rung-hr/rung/ent/db/assessmentitem"
	"github.com/rung-hr/rung/ent/db/itemevidence"
	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
	"github.com/rung-hr/rung/internal/trust/process"
)

// Get returns an assessment that the actor may read: its author may, and the
// person and their current manager may once both are in. When the manager reads
// it, that is recorded for the person. It returns a NotFound fault to everybody
// else.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (Assessment, error) {
	row, err := s.load(ctx, s.Store.Read(), id, access.Read)
	if err != nil {
		return Assessment{}, err
	}
	if err := s.noteRead(ctx, row); err != nil {
		return Assessment{}, err
	}
	return s.view(ctx, s.Store.Read(), row)
}

func (s *Service) load(ctx context.Context, client *db.Client, id uuid.UUID, action access.Action) (*db.Assessment, error) {
	row, err := client.Assessment.Query().
		Where(entassessment.ID(id), s.Access.AssessmentScope(ctx, action)).
		WithAuthor().
		WithCycle().
		WithSubject(func(q *db.PersonQuery) { q.WithManager() }).
		Only(ctx)
	return row, store.Found(err)
}

func (s *Service) noteRead(ctx context.Context, row *db.Assessment) error {
	reader, ok := actor.From(ctx)
	if !ok || reader.ID == row.AuthorID || reader.ID == row.SubjectID {
		return nil
	}
	return s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		return s.Trail.Record(ctx, tx, audit.Entry{Action: audit.AssessmentRead, Resource: "assessment", ID: row.ID, Owner: row.SubjectID})
	})
}

// view builds what the reader sees, in a fixed number of queries.
func (s *Service) view(ctx context.Context, client *db.Client, row *db.Assessment) (Assessment, error) {
	published, err := s.rubrics.Version(ctx, row.LadderVersionID)
	if err != nil {
		return Assessment{}, err
	}
	answers, err := s.answers(ctx, client, row.ID)
	if err != nil {
		return Assessment{}, err
	}
	items := answers[row.TargetLevel]
	previous, err := s.previous(ctx, client, row)
	if err != nil {
		return Assessment{}, err
	}
	reader := actor.Of(ctx)
	doc := published.Rubric
	a := Assessment{
		ID: row.ID, Version: row.Version, Kind: string(row.Kind), State: string(row.State),
		Subject: process.RefOf(row.Edges.Subject), Author: process.RefOf(row.Edges.Author),
		Cycle:  CycleRef{ID: row.CycleID, Name: row.Edges.Cycle.Name},
		Ladder: process.LadderRef{Slug: doc.Framework, Name: doc.Name, Version: doc.Version},
		Base:   levelRef(doc, row.BaseLevel), Target: levelRef(doc, row.TargetLevel), Targets: targets(doc),
		Modifier: row.Modifier, Modifiers: doc.ModifiersOf(row.TargetLevel),
		DueAt: due(row), SubmittedAt: row.SubmittedAt, Bar: s.bar(reader.ID, row, due(row)), Scale: doc.Scale,
		CanEdit: row.State == entassessment.StateDraft && s.Access.CanAssessment(ctx, access.Update, access.FactsOfAssessment(row)),
		Items:   []Item{},
	}
	a.CanRecall = row.State == entassessment.StateSubmitted && row.RevealedAt == nil && s.Access.CanAssessment(ctx, access.Update, access.FactsOfAssessment(row))
	if a.ComparisonID, err = s.comparisonID(ctx, client, row); err != nil {
		return Assessment{}, err
	}
	for _, c := range doc.For(row.TargetLevel) {
		a.Items = append(a.Items, item(published, c, row, items[c.Code], previous[c.Code]))
	}
	if reader.ID == row.AuthorID {
		a.Tried = tried(doc, row, answers)
	}
	if a.CanEdit {
		if a.Newer, err = s.newer(ctx, row, published); err != nil {
			return Assessment{}, err
		}
	}
	a.Advice = advice(doc, row, a.Items)
	return a, nil
}

// advice applies the rule of the ladder to the ratings so far.
func advice(doc ladder.Rubric, row *db.Assessment, items []Item) *ladder.Advice {
	ratings := map[string]int{}
	for _, i := range items {
		if i.Rating != nil {
			ratings[i.Competency] = *i.Rating
		}
	}
	out, ok := doc.Derive(row.BaseLevel, row.TargetLevel, ratings)
	if !ok {
		return nil
	}
	return &out
}

func targets(doc ladder.Rubric) []process.LevelRef {
	out := []process.LevelRef{}
	for _, l := range doc.Levels() {
		out = append(out, process.LevelRef{Code: l.Code, Title: l.ShortTitle})
	}
	return out
}

// stored is an item's row with its evidence.
type stored struct {
	row      *db.AssessmentItem
	evidence []process.EvidenceRef
}

func item(published ladder.Published, c ladder.Competency, row *db.Assessment, have stored, previous *Previous) Item {
	i := Item{
		Competency: c.Code, Name: c.Name, Category: category(published.Rubric, c.Category), Description: c.Description,
		Previous: previous, Evidence: []process.EvidenceRef{},
		BaseText:   published.Changes(c, row.BaseLevel, row.BaseLevel),
		TargetText: published.Changes(c, row.BaseLevel, row.TargetLevel),
		Scale:      published.Rubric.ScaleOf(c), Needs: c.Needs(row.TargetLevel),
	}
	i.fill(have)
	return i
}

func (i *Item) fill(have stored) {
	if have.row != nil {
		i.Version, i.Rating, i.Reason = have.row.Version, have.row.Rating, have.row.Reason
	}
	if have.evidence != nil {
		i.Evidence = have.evidence
	}
}

func category(doc ladder.Rubric, code string) string {
	for _, c := range doc.Categories {
		if c.Code == code {
			return c.Name
		}
	}
	return code
}

// items are the answers to the target level, by competency.
func (s *Service) items(ctx context.Context, client *db.Client, row *db.Assessment) (map[string]stored, error) {
	answers, err := s.answers(ctx, client, row.ID)
	return answers[row.TargetLevel], err
}

// answers are those to every level that the author tried, by level and
// competency.
func (s *Service) answers(ctx context.Context, client *db.Client, id uuid.UUID) (map[string]map[string]stored, error) {
	rows, err := client.AssessmentItem.Query().Where(assessmentitem.AssessmentID(id)).All(ctx)
	if err != nil {
		return nil, err
	}
	ids := make([]uuid.UUID, 0, len(rows))
	for _, r := range rows {
		ids = append(ids, r.ID)
	}
	links, err := client.ItemEvidence.Query().
		Where(itemevidence.ItemIDIn(ids...)).
		WithEvidence().
		Order(db.Asc(itemevidence.FieldID)).
		All(ctx)
	if err != nil {
		return nil, err
	}
	attached := map[uuid.UUID][]process.EvidenceRef{}
	for _, l := range links {
		attached[l.ItemID] = append(attached[l.ItemID], process.EvidenceOf(l.Edges.Evidence))
	}
	out := map[string]map[string]stored{}
	for _, r := range rows {
		if out[r.Level] == nil {
			out[r.Level] = map[string]stored{}
		}
		out[r.Level][r.Competency] = stored{row: r, evidence: attached[r.ID]}
	}
	return out, nil
}

// tried are the levels besides the target that have answers, in ladder order.
func tried(doc ladder.Rubric, row *db.Assessment, answers map[string]map[string]stored) []Tried {
	out := []Tried{}
	for _, level := range doc.Levels() {
		if level.Code == row.TargetLevel || len(answers[level.Code]) == 0 {
			continue
		}
		one := Tried{Level: levelRef(doc, level.Code), Answers: []TriedAnswer{}}
		for _, c := range doc.For(level.Code) {
			if have, ok := answers[level.Code][c.Code]; ok {
				i := Item{Evidence: []process.EvidenceRef{}}
				i.fill(have)
				one.Answers = append(one.Answers, TriedAnswer{Competency: c.Code, Rating: i.Rating, Reason: i.Reason, Evidence: i.Evidence})
			}
		}
		out = append(out, one)
	}
	return out
}

// previous finds the author's answers in the last submitted assessment of the
// same person and kind.
func (s *Service) previous(ctx context.Context, client *db.Client, row *db.Assessment) (map[string]*Previous, error) {
	earlier, err := client.Assessment.Query().
		Where(
			entassessment.SubjectID(row.SubjectID), entassessment.AuthorID(row.AuthorID), entassessment.KindEQ(row.Kind),
			entassessment.StateEQ(entassessment.StateSubmitted), entassessment.CreatedAtLT(row.CreatedAt),
		).
		Select(entassessment.FieldID, entassessment.FieldSubmittedAt, entassessment.FieldTargetLevel).
		All(ctx)
	if err != nil {
		return nil, err
	}
	of, ids := map[uuid.UUID]*db.Assessment{}, make([]uuid.UUID, 0, len(earlier))
	for _, a := range earlier {
		of[a.ID], ids = a, append(ids, a.ID)
	}
	rows, err := client.AssessmentItem.Query().
		Where(assessmentitem.AssessmentIDIn(ids...), assessmentitem.RatingNotNil()).All(ctx)
	if err != nil {
		return nil, err
	}
	out := map[string]*Previous{}
	for _, r := range rows {
		from := of[r.AssessmentID]
		if r.Level != from.TargetLevel {
			continue // it was tried, but not submitted
		}
		at := submittedAt(from)
		if have := out[r.Competency]; have == nil || have.When.Before(at) {
			out[r.Competency] = &Previous{Rating: *r.Rating, When: at}
		}
	}
	return out, nil
}

func submittedAt(a *db.Assessment) time.Time {
	if a.SubmittedAt == nil {
		return time.Time{}
	}
	return *a.SubmittedAt
}

// comparisonID is the id of the pair's self-assessment, once both are in.
func (s *Service) comparisonID(ctx context.Context, client *db.Client, row *db.Assessment) (*uuid.UUID, error) {
	if row.RevealedAt == nil {
		return nil, nil
	}
	if row.Kind == entassessment.KindSelf {
		return &row.ID, nil
	}
	id, err := client.Assessment.Query().
		Where(entassessment.CycleID(row.CycleID), entassessment.SubjectID(row.SubjectID), entassessment.KindEQ(entassessment.KindSelf)).
		OnlyID(ctx)
	return &id, store.Found(err)
}

// Summary is an assessment in a list.
type Summary struct {
	ID          uuid.UUID         `json:"id"`
	Kind        string            `json:"kind"`
	State       string            `json:"state"`
	Subject     process.PersonRef `json:"subject"`
	Author      process.PersonRef `json:"author"`
	Cycle       CycleRef          `json:"cycle"`
	BaseLevel   string            `json:"baseLevel"`
	TargetLevel string            `json:"targetLevel"`
	SubmittedAt *time.Time        `json:"submittedAt"`
	Revealed    bool              `json:"revealed"`
}

const listLimit = 100

// List returns the assessments about a person that the actor may read, newest
// first, at most 100. Everybody may ask and gets those that Get would return. It
// returns no fault of its own.
func (s *Service) List(ctx context.Context, person uuid.UUID) ([]Summary, error) {
	rows, err := s.Store.Read().Assessment.Query().
		Where(entassessment.SubjectID(person), s.Access.AssessmentScope(ctx, access.Read)).
		WithSubject().WithAuthor().WithCycle().
		Order(db.Desc(entassessment.FieldCreatedAt), db.Desc(entassessment.FieldID)).
		Limit(listLimit).
		All(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]Summary, 0, len(rows))
	for _, r := range rows {
		out = append(out, Summary{
			ID: r.ID, Kind: string(r.Kind), State: string(r.State),
			Subject: process.RefOf(r.Edges.Subject), Author: process.RefOf(r.Edges.Author),
			Cycle:     CycleRef{ID: r.CycleID, Name: r.Edges.Cycle.Name},
			BaseLevel: r.BaseLevel, TargetLevel: r.TargetLevel, SubmittedAt: r.SubmittedAt, Revealed: r.RevealedAt != nil,
		})
	}
	return out, nil
}

// Cycle is a round of assessments with its deadlines.
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

// CurrentCycle returns the current cycle. Everybody may read it. It returns a
// Conflict fault with code no_cycle when no cycle is open and a SignedOut fault
// without an actor.
func (s *Service) CurrentCycle(ctx context.Context) (Cycle, error) {
	if err := s.Access.Require(ctx, access.Cycles, access.Read); err != nil {
		return Cycle{}, err
	}
	row, err := currentCycle(ctx, s.Store.Read(), clock.DateOf(s.Clock.Now()))
	if err != nil {
		return Cycle{}, err
	}
	published, err := s.rubrics.Version(ctx, row.LadderVersionID)
	return Cycle{
		ID: row.ID, Name: row.Name, LadderSlug: published.Rubric.Framework, LadderVersion: published.Rubric.Version,
		OpensOn: string(row.OpensOn), ClosesOn: string(row.ClosesOn), SelfDueAt: row.SelfDueAt, ManagerDueAt: row.ManagerDueAt,
	}, err
}
