package library

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	entladder "github.com/rung-hr/rung/ent/db/ladder"
	"github.com/rung-hr/rung/ent/db/laddercomment"
	"github.com/rung-hr/rung/ent/db/ladderdraft"
	"github.com/rung-hr/rung/ent/db/ladderversion"
	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
	"github.com/rung-hr/rung/internal/trust/process"
)

// DraftBrief is a draft in a list.
type DraftBrief struct {
	ID            uuid.UUID         `json:"id"`
	Slug          string            `json:"slug"`
	Name          string            `json:"name"`
	State         string            `json:"state" enum:"draft,review,published,discarded"`
	Author        process.PersonRef `json:"author"`
	UpdatedAt     time.Time         `json:"updatedAt"`
	ReviewAskedAt *time.Time        `json:"reviewAskedAt"`
}

// Draft is the next version of a ladder while it is written and reviewed.
type Draft struct {
	DraftBrief
	Version     int              `json:"version" doc:"for optimistic locking"`
	BaseVersion string           `json:"baseVersion" doc:"the version that it changes; empty for a new ladder"`
	Source      string           `json:"source" doc:"the YAML file"`
	Document    *ladder.Document `json:"document,omitempty" doc:"the content of the file; missing while it has errors"`
	Rubric      *ladder.Rubric   `json:"rubric,omitempty" doc:"the ladder as people would read it; missing while there are errors"`
	Findings    []DraftFinding   `json:"findings" doc:"what is wrong or weak, in the order of the file"`
	Comments    []Comment        `json:"comments" doc:"oldest first"`
	CanEdit     bool             `json:"canEdit"`
	CanApprove  bool             `json:"canApprove"`
	Bar         process.Bar      `json:"bar"`
}

// ETagVersion is the version for optimistic locking.
func (d Draft) ETagVersion() int { return d.Version }

// DraftFinding is one thing to fix in a draft.
type DraftFinding struct {
	Level   string `json:"level" enum:"error,warning" doc:"an error prevents the review, a warning does not"`
	Rule    string `json:"rule,omitempty"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Pointer string `json:"pointer"`
	Message string `json:"message"`
	Fix     string `json:"fix"`
}

// Comment is what somebody says about a draft in review.
type Comment struct {
	ID         uuid.UUID         `json:"id"`
	Author     process.PersonRef `json:"author"`
	Competency string            `json:"competency"`
	Level      string            `json:"level"`
	Text       string            `json:"text"`
	CreatedAt  time.Time         `json:"createdAt"`
	ResolvedAt *time.Time        `json:"resolvedAt"`
}

// open are the states of a draft that people still work on.
var open = []ladderdraft.State{ladderdraft.StateDraft, ladderdraft.StateReview}

// Drafts lists the drafts that people work on, the last changed first. Owners of
// ladders may see all, and so may HR partners for the whole company; everybody
// else sees those in review. It returns a SignedOut fault without an actor.
func (s *Service) Drafts(ctx context.Context) ([]DraftBrief, error) {
	q := s.Store.Read().LadderDraft.Query().WithLadder().WithAuthor().Order(db.Desc(ladderdraft.FieldUpdatedAt)).
		Select(ladderdraft.FieldID, ladderdraft.FieldLadderID, ladderdraft.FieldAuthorID, ladderdraft.FieldState, ladderdraft.FieldUpdatedAt, ladderdraft.FieldReviewAskedAt)
	switch {
	case s.Access.May(ctx, access.Drafts, access.Read):
		q.Where(ladderdraft.StateIn(open...))
	default:
		if err := s.Access.Require(ctx, access.Proposals, access.Read); err != nil {
			return nil, err
		}
		q.Where(ladderdraft.StateEQ(ladderdraft.StateReview))
	}
	rows, err := q.All(ctx)
	out := make([]DraftBrief, 0, len(rows))
	for _, row := range rows {
		out = append(out, draftBrief(row))
	}
	return out, err
}

func draftBrief(row *db.LadderDraft) DraftBrief {
	return DraftBrief{
		ID: row.ID, Slug: row.Edges.Ladder.Slug, Name: row.Edges.Ladder.Name, State: string(row.State), Author: process.RefOf(row.Edges.Author),
		UpdatedAt: row.UpdatedAt, ReviewAskedAt: row.ReviewAskedAt,
	}
}

// Draft returns a draft with its problems and its comments. Owners of ladders may
// read it, and so may HR partners for the whole company; everybody may read it in
// review. It returns a NotFound fault otherwise.
func (s *Service) Draft(ctx context.Context, id uuid.UUID) (Draft, error) {
	client := s.Store.Read()
	row, err := s.readable(ctx, client, id)
	if err != nil {
		return Draft{}, err
	}
	return s.draftView(ctx, client, row)
}

// readable finds a draft that the actor may read. Only people who write and
// approve drafts can read one that is not in review.
func (s *Service) readable(ctx context.Context, client *db.Client, id uuid.UUID) (*db.LadderDraft, error) {
	q := client.LadderDraft.Query().Where(ladderdraft.ID(id)).WithLadder().WithAuthor()
	if !s.Access.May(ctx, access.Drafts, access.Read) {
		if err := s.Access.Require(ctx, access.Proposals, access.Read); err != nil {
			return nil, err
		}
		q.Where(ladderdraft.StateEQ(ladderdraft.StateReview))
	}
	row, err := q.Only(ctx)
	return row, store.Found(err)
}

func (s *Service) draftView(ctx context.Context, client *db.Client, row *db.LadderDraft) (Draft, error) {
	d := Draft{DraftBrief: draftBrief(row), Version: row.Version, Source: row.Document, Findings: []DraftFinding{}, Comments: []Comment{}}
	if row.BaseID != nil {
		base, err := s.Version(ctx, *row.BaseID)
		if err != nil {
			return d, err
		}
		d.BaseVersion = base.Rubric.Version
	}
	if err := s.judge(ctx, client, &d); err != nil {
		return d, err
	}
	comments, err := client.LadderComment.Query().Where(laddercomment.DraftID(row.ID)).WithAuthor().
		Order(db.Asc(laddercomment.FieldCreatedAt), db.Asc(laddercomment.FieldID)).All(ctx)
	if err != nil {
		return d, err
	}
	for _, c := range comments {
		d.Comments = append(d.Comments, Comment{
			ID: c.ID, Author: process.RefOf(c.Edges.Author), Competency: c.Competency, Level: c.Level, Text: c.Text, CreatedAt: c.CreatedAt, ResolvedAt: c.ResolvedAt,
		})
	}
	s.addRights(ctx, row, &d)
	return d, nil
}

// judge reads the file of a draft and says what is wrong with it.
func (s *Service) judge(ctx context.Context, client *db.Client, d *Draft) error {
	source, err := ladder.Parse("", []byte(d.Source))
	var broken ladder.Findings
	if errors.As(err, &broken) {
		d.add("error", broken)
		return nil
	}
	d.Document = &source.Document
	rubric, err := s.resolve(ctx, client, source)
	if errors.As(err, &broken) {
		d.add("error", broken)
		return nil
	}
	if err != nil {
		return err
	}
	d.Rubric = &rubric
	d.add("warning", source.Lint())
	return nil
}

func (d *Draft) add(level string, findings ladder.Findings) {
	for _, f := range findings {
		d.Findings = append(d.Findings, DraftFinding{Level: level, Rule: f.Rule, Line: f.Line, Column: f.Column, Pointer: f.Path, Message: f.Message, Fix: f.Fix})
	}
}

func (s *Service) addRights(ctx context.Context, row *db.LadderDraft, d *Draft) {
	reader := actor.Of(ctx)
	d.CanEdit = row.State == ladderdraft.StateDraft && s.Access.May(ctx, access.Drafts, access.Update)
	d.CanApprove = row.State == ladderdraft.StateReview && row.AuthorID != reader.ID && s.Access.May(ctx, access.Drafts, access.Approve)
	d.Bar = process.Bar{State: string(row.State), Steps: 3, Audience: s.audience(row.State)}
	switch row.State {
	case ladderdraft.StateReview:
		d.Bar.Step, d.Bar.Words = 2, "In review"
		d.Bar.Turn = process.Turn{You: d.CanApprove, Words: "A second owner, or HR"}
	case ladderdraft.StatePublished:
		d.Bar.Step, d.Bar.Words = 3, "Published"
	case ladderdraft.StateDiscarded:
		d.Bar.Step, d.Bar.Words = 1, "Discarded"
	default:
		d.Bar.Step, d.Bar.Words = 1, "Draft"
		d.Bar.Turn = process.Turn{You: d.CanEdit, Words: process.Name(reader.ID, row.Edges.Author)}
	}
}

// audience says who can read a draft in its state, and in the next.
func (s *Service) audience(state ladderdraft.State) process.Audience {
	cast := access.Cast{access.Any: "Everybody", access.HRWhole: "HR partners for the whole company"}
	owners := s.Access.PersonAudience(access.Drafts, access.PersonFacts{}, cast)
	everybody := s.Access.PersonAudience(access.Proposals, access.PersonFacts{}, cast)
	if state == ladderdraft.StateDraft || state == ladderdraft.StateDiscarded {
		return process.Explain(access.Audience{Now: owners.Now, Next: everybody.Now}, "once it is in review")
	}
	return process.Explain(everybody, "")
}

// Starting is how a draft starts: from the newest version of a ladder, or from a
// file.
type Starting struct {
	Slug   string `json:"slug,omitempty" maxLength:"64" doc:"the ladder to change"`
	Source string `json:"source,omitempty" maxLength:"4194304" doc:"a YAML file to start from, of this or of a new ladder"`
}

// StartDraft starts a draft and returns it. Owners of ladders may. A ladder has
// one draft at a time. The file may have errors, but its first lines must name
// the framework. It returns an Invalid fault for a file of another ladder or
// without a framework, a NotFound fault for an unknown ladder, a Conflict fault
// with code draft_open when the ladder already has a draft, and a Forbidden fault
// to everybody else.
func (s *Service) StartDraft(ctx context.Context, in Starting) (Draft, error) {
	if err := s.Access.Require(ctx, access.Drafts, access.Create); err != nil {
		return Draft{}, err
	}
	var id uuid.UUID
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		framework, base, source, err := s.beginning(ctx, tx, in)
		if err != nil {
			return err
		}
		id, err = s.createDraft(ctx, tx, framework, base, source)
		return err
	})
	if err != nil {
		return Draft{}, err
	}
	return s.Draft(ctx, id)
}

// beginning finds the ladder and the text that a draft starts with.
func (s *Service) beginning(ctx context.Context, tx *db.Client, in Starting) (*db.Ladder, *db.LadderVersion, string, error) {
	slug, name, text := in.Slug, "", in.Source
	if text != "" {
		source, err := ladder.Parse("ladder.yaml", []byte(text))
		if err != nil {
			return nil, nil, "", badFile(err)
		}
		if slug != "" && slug != source.Document.Framework {
			return nil, nil, "", fault.Bad("The file belongs to another ladder.", fault.Detail{
				Pointer: "/source", Message: "The file belongs to " + source.Document.Framework + ", the draft to " + slug + ".", Fix: "Change framework in the file, or start the draft there.",
			})
		}
		slug, name = source.Document.Framework, source.Document.Title()
		canonical, err := source.Canonical()
		if err != nil {
			return nil, nil, "", err
		}
		text = string(canonical)
	}
	framework, err := tx.Ladder.Query().Where(entladder.Slug(slug)).Only(ctx)
	if db.IsNotFound(err) && text != "" {
		framework, err = tx.Ladder.Create().SetSlug(slug).SetName(name).Save(ctx)
	}
	if err != nil {
		return nil, nil, "", store.Found(err)
	}
	base, err := tx.LadderVersion.Query().Where(ladderversion.LadderID(framework.ID)).
		Order(db.Desc(ladderversion.FieldEffectiveFrom), db.Desc(ladderversion.FieldPublishedAt)).First(ctx)
	if db.IsNotFound(err) {
		return framework, nil, text, nil
	}
	if text == "" && base != nil {
		text = base.Document
	}
	return framework, base, text, err
}

func (s *Service) createDraft(ctx context.Context, tx *db.Client, framework *db.Ladder, base *db.LadderVersion, text string) (uuid.UUID, error) {
	// Increasing the ladder's version makes two who start at the same time wait for each other.
	if err := tx.Ladder.UpdateOne(framework).AddVersion(1).Exec(ctx); err != nil {
		return uuid.Nil, err
	}
	taken, err := tx.LadderDraft.Query().Where(ladderdraft.LadderID(framework.ID), ladderdraft.StateIn(open...)).WithAuthor().First(ctx)
	if err == nil {
		return uuid.Nil, fault.Clash("%s is writing the next version of %s. A ladder has one draft at a time.", taken.Edges.Author.Name, framework.Name).WithCode("draft_open")
	}
	if !db.IsNotFound(err) {
		return uuid.Nil, err
	}
	author := actor.Of(ctx)
	now := s.Clock.Now()
	create := tx.LadderDraft.Create().SetLadderID(framework.ID).SetAuthorID(author.ID).SetDocument(text).SetCreatedAt(now).SetUpdatedAt(now)
	facts := map[string]string{"slug": framework.Slug}
	if base != nil {
		create.SetBaseID(base.ID)
		facts["base"] = base.Version
	}
	row, err := create.Save(ctx)
	if err != nil {
		return uuid.Nil, err
	}
	return row.ID, s.Trail.Record(ctx, tx, audit.Entry{Action: audit.LadderDrafted, Resource: "draft", ID: row.ID, Facts: facts})
}

// RequireWriter checks that the actor may start drafts. Owners of ladders may. It
// returns a Forbidden fault to everybody else.
func (s *Service) RequireWriter(ctx context.Context) error {
	return s.Access.Require(ctx, access.Drafts, access.Create)
}

// Newest returns the document of the newest published version of a ladder, as its
// owner wrote it. Everybody may read it. It returns a NotFound fault for an
// unknown ladder and a SignedOut fault without an actor.
func (s *Service) Newest(ctx context.Context, slug string) (*ladder.Document, error) {
	name, content, err := s.SourceOf(ctx, slug, "")
	if err != nil {
		return nil, err
	}
	source, err := ladder.Parse(name, content)
	return &source.Document, err
}
