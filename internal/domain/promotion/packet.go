package promotion

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/caserequest"
	"github.com/rung-hr/rung/ent/db/casesection"
	"github.com/rung-hr/rung/ent/db/casestatement"
	entevidence "github.com/rung-hr/rung/ent/db/evidence"
	"github.com/rung-hr/rung/ent/db/promotioncase"
	"github.com/rung-hr/rung/ent/schema"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/process"
)

// Writing is what the candidate writes in one section.
type Writing struct {
	Title   string    `json:"title,omitempty" maxLength:"200" doc:"title of a project"`
	Text    string    `json:"text,omitempty" maxLength:"20000"`
	Project *Project  `json:"project,omitempty"`
	Claim   *NewClaim `json:"claim,omitempty"`
}

// NewClaim is the rating and evidence of a claim.
type NewClaim struct {
	Rating      *int        `json:"rating,omitempty" minimum:"0" maximum:"19" doc:"a point of its scale"`
	EvidenceIDs []uuid.UUID `json:"evidenceIds,omitempty" maxItems:"50"`
}

// draft opens the packet for a write by the candidate. It locks the case row, so
// that no section changes while the packet is being frozen.
func (s *Service) draft(ctx context.Context, tx *db.Client, id uuid.UUID) (loaded, error) {
	l, err := s.head(ctx, tx, id, access.Packets, access.Update)
	if err != nil {
		return l, err
	}
	if !inState(l.row.State, editable...) {
		return l, fault.Clash("The packet can be changed in Draft and Changes requested. It is in %s.", wordsFor(l.row.State, true)).WithCode("not_editable")
	}
	return l, s.lock(ctx, tx, id)
}

// lock holds the case's row until the end of the transaction. SQLite has one
// writer, so there the transaction itself is the lock.
func (s *Service) lock(ctx context.Context, tx *db.Client, id uuid.UUID) error {
	q := tx.PromotionCase.Query().Where(promotioncase.ID(id))
	if s.Store.LocksRows() {
		q.ForUpdate()
	}
	_, err := q.OnlyID(ctx)
	return err
}

// Write saves one section of the packet. Only the candidate may call it, in
// Draft and Changes requested.
//
// It returns a Stale fault with the current section when it was saved in the
// meantime, a Conflict fault with the code "not_editable" in every other state,
// an Invalid fault for a rating that is not on the scale or evidence that is
// not the candidate's, a NotFound fault for a case or section that the actor
// may not see, and a Forbidden fault to everybody else.
func (s *Service) Write(ctx context.Context, id uuid.UUID, key string, version int, in Writing) (Section, error) {
	var out Section
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		l, err := s.draft(ctx, tx, id)
		if err != nil {
			return err
		}
		if out, err = s.write(ctx, tx, l, key, version, in); fault.KindOf(err) == fault.Stale {
			return fault.Outdated(out)
		}
		return err
	})
	return out, err
}

func (s *Service) write(ctx context.Context, tx *db.Client, l loaded, key string, version int, in Writing) (Section, error) {
	row, err := tx.CaseSection.Query().Where(casesection.CaseID(l.row.ID), casesection.Key(key)).Only(ctx)
	if err != nil {
		return Section{}, err
	}
	update := tx.CaseSection.UpdateOneID(row.ID).Where(casesection.Version(version)).
		AddVersion(1).SetText(in.Text).SetUpdatedAt(s.Clock.Now())
	if row.Kind == casesection.KindProject {
		if in.Title != "" {
			update.SetTitle(in.Title)
		}
		update.SetProject(projectRow(in.Project))
	}
	if row.Kind == casesection.KindClaim && in.Claim != nil {
		if c, ok := l.doc.Competency(competencyOf(row.Key)); ok {
			if err := l.doc.CheckRating(c, in.Claim.Rating, "/claim/rating"); err != nil {
				return Section{}, err
			}
		}
		ids, err := s.ownEvidence(ctx, tx, in.Claim.EvidenceIDs)
		if err != nil {
			return Section{}, err
		}
		update.SetEvidenceIds(ids)
		if in.Claim.Rating == nil {
			update.ClearRating()
		} else {
			update.SetRating(*in.Claim.Rating)
		}
	}
	saved, err := update.Save(ctx)
	stale := db.IsNotFound(err)
	if stale {
		saved, err = row, nil
	}
	if err != nil {
		return Section{}, err
	}
	known, err := s.evidenceOf(ctx, tx, l.row.PersonID, []*db.CaseSection{saved})
	if err == nil && stale {
		err = fault.Outdated(nil)
	}
	return sectionOf(l, saved, known), err
}

func (s *Service) ownEvidence(ctx context.Context, tx *db.Client, ids []uuid.UUID) ([]string, error) {
	known, err := tx.Evidence.Query().Where(entevidence.IDIn(ids...), s.Access.EvidenceScope(ctx, access.Read)).IDs(ctx)
	if err != nil {
		return nil, err
	}
	out := []string{}
	for _, id := range ids {
		if !slices.Contains(known, id) {
			return nil, fault.Bad("Some evidence does not exist, or is not yours.", fault.Detail{
				Pointer: "/claim/evidenceIds", Message: "unknown evidence", Fix: "Attach pieces from your own log.",
			})
		}
		if !slices.Contains(out, id.String()) {
			out = append(out, id.String())
		}
	}
	return out, nil
}

const maxProjects = 6

// AddProject adds an empty project, at most six. Only the candidate may call
// it, in Draft and Changes requested.
//
// It returns a Conflict fault for the seventh project, and the faults of Write.
func (s *Service) AddProject(ctx context.Context, id uuid.UUID) (Section, error) {
	var out Section
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		l, err := s.draft(ctx, tx, id)
		if err != nil {
			return err
		}
		n, err := tx.CaseSection.Query().Where(casesection.CaseID(id), casesection.KindEQ(casesection.KindProject)).Count(ctx)
		if err != nil {
			return err
		}
		if n >= maxProjects {
			return fault.Clash("A packet has at most %d projects. Choose the strongest.", maxProjects)
		}
		row, err := tx.CaseSection.Create().
			SetCaseID(id).SetKey("project:" + uuid.Must(uuid.NewV7()).String()).SetKind(casesection.KindProject).
			SetTitle("New project").SetOrdinal(ordinalOf(casesection.KindProject) + n).SetProject(projectRow(nil)).
			SetUpdatedAt(s.Clock.Now()).
			Save(ctx)
		if err != nil {
			return err
		}
		out = sectionOf(l, row, nil)
		return nil
	})
	return out, err
}

// RemoveProject removes a project from the packet. Only the candidate may call
// it, in Draft and Changes requested.
//
// It returns the faults of Write.
func (s *Service) RemoveProject(ctx context.Context, id uuid.UUID, key string) error {
	return s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		if _, err := s.draft(ctx, tx, id); err != nil {
			return err
		}
		n, err := tx.CaseSection.Delete().
			Where(casesection.CaseID(id), casesection.Key(key), casesection.KindEQ(casesection.KindProject)).Exec(ctx)
		if err == nil && n == 0 {
			return fault.Missing()
		}
		return err
	})
}

// Stating is what the manager writes about a case.
type Stating struct {
	Text           string  `json:"text" maxLength:"20000"`
	Recommendation *string `json:"recommendation,omitempty" enum:"for,not_yet"`
}

// State saves the manager's statement and returns it; version 0 is the first
// one. Only the current manager of the candidate may call it, until the packet
// is frozen.
//
// It returns a Stale fault with the current statement when it was saved in the
// meantime, a Conflict fault with the code "not_editable" once it is frozen, a
// NotFound fault for a case that the actor may not see, and a Forbidden fault
// to everybody else.
func (s *Service) State(ctx context.Context, id uuid.UUID, version int, in Stating) (Statement, error) {
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		l, err := s.head(ctx, tx, id, access.Statements, access.Update)
		if err != nil {
			return err
		}
		if l.row.SubmittedAt != nil || l.row.State == Withdrawn {
			return fault.Clash("The statement was frozen with the packet.").WithCode("not_editable")
		}
		if err := s.lock(ctx, tx, id); err != nil {
			return err
		}
		return s.saveStatement(ctx, tx, id, version, in)
	})
	return store.Current(err, func() (Statement, error) {
		current, err := s.Get(ctx, id)
		if err != nil || current.Statement == nil {
			return Statement{}, err
		}
		return *current.Statement, nil
	})
}

// saveStatement writes only under the name of the actor. The words of an earlier
// manager do not change: the new manager's words become a statement of their own.
// The version keeps counting, so that the newest statement counts.
func (s *Service) saveStatement(ctx context.Context, tx *db.Client, id uuid.UUID, version int, in Stating) error {
	author := actor.Of(ctx)
	recommendation := (*casestatement.Recommendation)(in.Recommendation)
	all, err := tx.CaseStatement.Query().Where(casestatement.CaseID(id)).Order(db.Desc(casestatement.FieldVersion)).All(ctx)
	if err != nil {
		return err
	}
	next := 1
	if len(all) > 0 {
		if all[0].Version != version {
			return fault.Outdated(nil)
		}
		next = version + 1
	}
	own := slices.IndexFunc(all, func(st *db.CaseStatement) bool { return st.AuthorID == author.ID })
	if own < 0 {
		return tx.CaseStatement.Create().
			SetCaseID(id).SetAuthorID(author.ID).SetText(in.Text).SetNillableRecommendation(recommendation).
			SetVersion(next).SetUpdatedAt(s.Clock.Now()).Exec(ctx)
	}
	update := tx.CaseStatement.UpdateOneID(all[own].ID).SetVersion(next).
		SetText(in.Text).SetUpdatedAt(s.Clock.Now())
	if recommendation == nil {
		update.ClearRecommendation()
	} else {
		update.SetRecommendation(*recommendation)
	}
	return update.Exec(ctx)
}

// Asking is a change that the manager asks for.
type Asking struct {
	SectionKey string `json:"sectionKey" maxLength:"100"`
	Text       string `json:"text" minLength:"1" maxLength:"4000"`
}

// Ask adds a request for a change to a section and returns the case. Only the
// manager of the candidate may call it, while they review.
//
// It returns an Invalid fault for an empty request or a section that does not
// exist, a Conflict fault in every other state, a NotFound fault for a case
// that the actor may not see, and a Forbidden fault to everybody else.
func (s *Service) Ask(ctx context.Context, id uuid.UUID, in Asking) (Case, error) {
	author := actor.Of(ctx)
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		l, err := s.head(ctx, tx, id, access.Cases, access.Review)
		if err != nil {
			return err
		}
		if l.row.SubmittedAt != nil {
			return fault.Clash("The packet is frozen.").WithCode("not_editable")
		}
		if strings.TrimSpace(in.Text) == "" {
			return fault.Bad("Say what should change.", fault.Detail{Pointer: "/text", Message: "empty", Fix: "Write a sentence."})
		}
		return tx.CaseRequest.Create().
			SetCaseID(id).SetAuthorID(author.ID).SetSectionKey(in.SectionKey).SetText(in.Text).SetCreatedAt(s.Clock.Now()).Exec(ctx)
	})
	if err != nil {
		return Case{}, err
	}
	return s.Get(ctx, id)
}

// Answer marks a request as done and returns the case. Only the candidate may
// call it, in Draft and Changes requested.
//
// It returns a NotFound fault for a request that does not exist, and the faults
// of Write.
func (s *Service) Answer(ctx context.Context, id, request uuid.UUID) (Case, error) {
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		if _, err := s.draft(ctx, tx, id); err != nil {
			return err
		}
		n, err := tx.CaseRequest.Update().Where(caserequest.ID(request), caserequest.CaseID(id)).SetDoneAt(s.Clock.Now()).Save(ctx)
		if err == nil && n == 0 {
			return fault.Missing()
		}
		return err
	})
	if err != nil {
		return Case{}, err
	}
	return s.Get(ctx, id)
}

// Frozen is the packet exactly as the panel reads it.
type Frozen struct {
	CaseID      uuid.UUID         `json:"caseId"`
	Person      process.PersonRef `json:"person"`
	Manager     process.PersonRef `json:"manager"`
	FromLevel   string            `json:"fromLevel"`
	ToLevel     string            `json:"toLevel"`
	Ladder      process.LadderRef `json:"ladder"`
	LadderHash  string            `json:"ladderHash"`
	Sections    []Section         `json:"sections"`
	Statement   string            `json:"statement"`
	StatementBy process.PersonRef `json:"statementBy"`
	Recommended string            `json:"recommended"`
	FrozenAt    time.Time         `json:"frozenAt"`
}

func (s *Service) freeze(ctx context.Context, tx *db.Client, l loaded) (string, error) {
	frozen := Frozen{
		CaseID: l.row.ID, Person: process.RefOf(l.row.Edges.Person), Manager: process.RefOf(l.row.Edges.Person.Edges.Manager),
		FromLevel: l.row.FromLevel, ToLevel: l.row.ToLevel, LadderHash: l.published.Hash,
		Ladder:   process.LadderRef{Slug: l.doc.Framework, Name: l.doc.Name, Version: l.doc.Version},
		Sections: l.sections, Statement: l.statement.Text, StatementBy: process.RefOf(l.statement.Edges.Author), Recommended: string(*l.statement.Recommendation), FrozenAt: s.Clock.Now(),
	}
	content, err := json.Marshal(frozen)
	if err != nil {
		return "", err
	}
	hash := contentHash(content)
	return hash, tx.Packet.Create().
		SetCaseID(l.row.ID).SetContent(string(content)).SetContentHash(hash).SetFrozenAt(frozen.FrozenAt).Exec(ctx)
}

func contentHash(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

func projectOf(p *schema.ProjectBody) *Project {
	if p == nil {
		p = &schema.ProjectBody{}
	}
	out := &Project{
		From: p.From, To: p.To, Role: p.Role, Scope: p.Scope, Outcome: p.Outcome, Tradeoff: p.Tradeoff,
		Links: []process.Link{}, Competencies: append([]string{}, p.Competencies...),
	}
	for _, l := range p.Links {
		out.Links = append(out.Links, process.Link(l))
	}
	return out
}

func projectRow(p *Project) *schema.ProjectBody {
	if p == nil {
		return &schema.ProjectBody{}
	}
	out := &schema.ProjectBody{
		From: p.From, To: p.To, Role: p.Role, Scope: p.Scope, Outcome: p.Outcome, Tradeoff: p.Tradeoff, Competencies: p.Competencies,
	}
	for _, l := range p.Links {
		out.Links = append(out.Links, schema.Link(l))
	}
	return out
}
