package assessment

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	entassessment "github.com/rung-hr/rung/ent/db/assessment"
	"github.com/rung-hr/rung/ent/db/assessmentitem"
	"github.com/rung-hr/rung/ent/db/cycle"
	entevidence "github.com/rung-hr/rung/ent/db/evidence"
	"github.com/rung-hr/rung/ent/db/itemevidence"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
)

// Start asks to assess a person in the current cycle.
type Start struct {
	PersonID    *uuid.UUID `json:"personId,omitempty" doc:"the person to assess; left out: yourself"`
	TargetLevel string     `json:"targetLevel,omitempty" maxLength:"64" doc:"left out: the level after the current one" example:"IC5"`
}

// Start returns the actor's assessment of a person in the current cycle and
// starts it if there is none. Everybody may assess themselves, and managers their
// direct reports. It returns a NotFound fault when there is no such active
// person, an Invalid fault for an unknown level, a Conflict fault with code
// no_cycle when no cycle is open or handed_in when the person already has a
// submitted assessment of this kind, a SignedOut fault without an actor, and a
// Forbidden fault otherwise.
func (s *Service) Start(ctx context.Context, in Start) (Assessment, error) {
	author, err := actor.Require(ctx)
	if err != nil {
		return Assessment{}, err
	}
	subject := author.ID
	if in.PersonID != nil {
		subject = *in.PersonID
	}
	var id uuid.UUID
	err = s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		row, err := s.start(ctx, tx, author.ID, subject, in.TargetLevel)
		if err == nil {
			id = row.ID
		}
		return err
	})
	if err != nil {
		return Assessment{}, err
	}
	return s.Get(ctx, id)
}

func (s *Service) start(ctx context.Context, tx *db.Client, author, subject uuid.UUID, target string) (*db.Assessment, error) {
	about, err := tx.Person.Query().Where(person.ID(subject), person.StatusEQ(person.StatusActive)).Only(ctx)
	if err != nil {
		return nil, store.Found(err)
	}
	if !s.Access.CanPerson(ctx, access.Assessments, access.Create, access.FactsOf(about)) {
		return nil, fault.Denied("You can assess yourself and the people who report to you.")
	}
	round, err := currentCycle(ctx, tx, clock.DateOf(s.Clock.Now()))
	if err != nil {
		return nil, err
	}
	kind := entassessment.KindManager
	if author == subject {
		kind = entassessment.KindSelf
	}
	existing, err := tx.Assessment.Query().
		Where(entassessment.CycleID(round.ID), entassessment.SubjectID(subject), entassessment.KindEQ(kind), entassessment.AuthorID(author)).
		Only(ctx)
	if err == nil || !db.IsNotFound(err) {
		return existing, err
	}
	if err := handedIn(ctx, tx, round.ID, subject, kind); err != nil {
		return nil, err
	}
	return s.create(ctx, tx, round, about, author, kind, target)
}

// handedIn refuses a second assessment of a kind after one is submitted: the
// previous manager may have submitted theirs. A draft that they left behind stays
// theirs and prevents nothing.
func handedIn(ctx context.Context, tx *db.Client, round, subject uuid.UUID, kind entassessment.Kind) error {
	row, err := tx.Assessment.Query().
		Where(entassessment.CycleID(round), entassessment.SubjectID(subject), entassessment.KindEQ(kind), entassessment.StateEQ(entassessment.StateSubmitted)).
		WithAuthor().Only(ctx)
	if db.IsNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	return fault.Clash("%s has submitted the manager's assessment of this cycle. You can read it once both are in.", row.Edges.Author.Name).WithCode("handed_in")
}

func (s *Service) create(ctx context.Context, tx *db.Client, round *db.Cycle, about *db.Person, author uuid.UUID, kind entassessment.Kind, target string) (*db.Assessment, error) {
	published, err := s.ladderFor(ctx, tx, round, about)
	if err != nil {
		return nil, err
	}
	if target == "" {
		if target, err = s.proposeTarget(ctx, tx, published.Rubric, round.ID, about); err != nil {
			return nil, err
		}
	}
	if err := checkLevel(published.Rubric, target, "/targetLevel"); err != nil {
		return nil, err
	}
	row, err := tx.Assessment.Create().
		SetCycleID(round.ID).
		SetSubjectID(about.ID).
		SetAuthorID(author).
		SetLadderVersionID(published.ID).
		SetKind(kind).
		SetBaseLevel(about.Level).
		SetTargetLevel(target).
		SetCreatedAt(s.Clock.Now()).
		Save(ctx)
	if err != nil {
		return nil, err
	}
	return row, s.Trail.Record(ctx, tx, audit.Entry{
		Action: audit.AssessmentStarted, Resource: "assessment", ID: row.ID, Owner: about.ID,
		Facts: map[string]string{"kind": string(kind), "target": target},
	})
}

// ladderFor is the version that a person is assessed against in a round, by both
// sides. People on the round's own ladder share the round's version; a person on
// another ladder has the version of theirs that is in force.
func (s *Service) ladderFor(ctx context.Context, tx *db.Client, round *db.Cycle, about *db.Person) (ladder.Published, error) {
	other, err := tx.Assessment.Query().
		Where(entassessment.CycleID(round.ID), entassessment.SubjectID(about.ID)).
		Order(db.Asc(entassessment.FieldCreatedAt)).First(ctx)
	if err == nil {
		return s.rubrics.Version(ctx, other.LadderVersionID)
	}
	if !db.IsNotFound(err) {
		return ladder.Published{}, err
	}
	rounds, err := s.rubrics.Version(ctx, round.LadderVersionID)
	if err != nil {
		return ladder.Published{}, err
	}
	theirs, stands, err := s.rubrics.StandsOn(ctx, about.UnitID, about.Level)
	if err != nil || !stands || theirs.Rubric.Framework == rounds.Rubric.Framework {
		return rounds, err
	}
	return theirs, nil
}

// proposeTarget is what the person submitted an assessment against, else the next
// level, else the current one.
func (s *Service) proposeTarget(ctx context.Context, tx *db.Client, doc ladder.Rubric, round uuid.UUID, about *db.Person) (string, error) {
	other, err := tx.Assessment.Query().
		Where(entassessment.CycleID(round), entassessment.SubjectID(about.ID), entassessment.KindEQ(entassessment.KindSelf),
			entassessment.StateEQ(entassessment.StateSubmitted)).
		Only(ctx)
	if err == nil {
		return other.TargetLevel, nil
	}
	if !db.IsNotFound(err) {
		return "", err
	}
	level, _, ok := doc.Level(about.Level)
	if ok && len(level.Next) > 0 {
		return level.Next[0], nil
	}
	return about.Level, nil
}

func checkLevel(doc ladder.Rubric, code, pointer string) error {
	if _, _, ok := doc.Level(code); ok {
		return nil
	}
	var known []string
	for _, l := range doc.Levels() {
		known = append(known, l.Code)
	}
	return fault.Bad("There is no such level on this ladder.", fault.Detail{
		Pointer: pointer, Message: fmt.Sprintf("%q is not a level of %s %s.", code, doc.Name, doc.Version), Fix: "Use one of " + strings.Join(known, ", ") + ".",
	})
}

func currentCycle(ctx context.Context, client *db.Client, today clock.Date) (*db.Cycle, error) {
	row, err := client.Cycle.Query().
		Where(cycle.OpensOnLTE(today), cycle.ClosesOnGT(today)).
		Order(db.Desc(cycle.FieldOpensOn)).
		First(ctx)
	if db.IsNotFound(err) {
		return nil, fault.Clash("No assessment cycle is open. HR will open the next one.").WithCode("no_cycle")
	}
	return row, err
}

// Rating is what an author says about one competency.
type Rating struct {
	Rating      *int        `json:"rating,omitempty" minimum:"0" maximum:"19" doc:"a point of the competency's scale"`
	Reason      string      `json:"reason,omitempty" maxLength:"20000"`
	EvidenceIDs []uuid.UUID `json:"evidenceIds,omitempty" maxItems:"50"`
	Level       string      `json:"level,omitempty" maxLength:"64" doc:"the target level whose text it answers; the save is refused as stale when that is no longer the target" example:"IC5"`
}

// Rate saves the rating of one competency in a draft and returns it. Its author
// may. version is the version of the rating that was read, 0 for one that was
// never saved. It returns an Invalid fault for a rating that is not a point of
// the scale or for unknown evidence, a NotFound fault for an unknown competency,
// a Stale fault with the current rating when somebody has saved it since or the
// target is another level, otherwise the faults of Retarget.
func (s *Service) Rate(ctx context.Context, id uuid.UUID, competency string, version int, in Rating) (Item, error) {
	var out Item
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		row, published, err := s.loadDraft(ctx, tx, id)
		if err != nil {
			return err
		}
		if in.Level != "" && in.Level != row.TargetLevel {
			return fault.Outdated(nil)
		}
		c, ok := published.Rubric.Competency(competency)
		if !ok {
			return fault.Missing()
		}
		if err := published.Rubric.CheckRating(c, in.Rating, "/rating"); err != nil {
			return err
		}
		if err := s.save(ctx, tx, row, c.Code, version, in); err != nil {
			return err
		}
		out, err = s.oneItem(ctx, tx, row, published, c)
		return err
	})
	if err == nil {
		return out, nil
	}
	// Two first saves at the same time clash in the database: the second is stale.
	if f := (*fault.Error)(nil); errors.As(err, &f) && f.Kind == fault.Conflict && f.Code == "" {
		err = fault.Outdated(nil)
	}
	return store.Current(err, func() (Item, error) { return s.currentItem(ctx, id, competency) })
}

func (s *Service) loadDraft(ctx context.Context, tx *db.Client, id uuid.UUID) (*db.Assessment, ladder.Published, error) {
	row, err := tx.Assessment.Query().Where(entassessment.ID(id), s.Access.AssessmentScope(ctx, access.Update)).Only(ctx)
	if err != nil {
		return nil, ladder.Published{}, s.notYours(ctx, tx, id, err)
	}
	if row.State != entassessment.StateDraft {
		return nil, ladder.Published{}, fault.Clash("It is submitted. Recall it to change it.").WithCode("submitted")
	}
	published, err := s.rubrics.Version(ctx, row.LadderVersionID)
	return row, published, err
}

// notYours distinguishes what the actor may read but not change from what they
// may not know of.
func (s *Service) notYours(ctx context.Context, tx *db.Client, id uuid.UUID, err error) error {
	if !db.IsNotFound(err) {
		return err
	}
	visible, err := tx.Assessment.Query().Where(entassessment.ID(id), s.Access.AssessmentScope(ctx, access.Read)).Exist(ctx)
	if err != nil {
		return err
	}
	if visible {
		return fault.Denied("Only its author can change it.")
	}
	return fault.Missing()
}

func (s *Service) save(ctx context.Context, tx *db.Client, assessment *db.Assessment, competency string, version int, in Rating) error {
	itemID, err := s.saveItem(ctx, tx, assessment, competency, version, in)
	if err != nil {
		return err
	}
	return s.attach(ctx, tx, itemID, in.EvidenceIDs)
}

func (s *Service) saveItem(ctx context.Context, tx *db.Client, assessment *db.Assessment, competency string, version int, in Rating) (uuid.UUID, error) {
	now := s.Clock.Now()
	if version == 0 {
		row, err := tx.AssessmentItem.Create().
			SetAssessmentID(assessment.ID).SetCompetency(competency).SetLevel(assessment.TargetLevel).
			SetNillableRating(in.Rating).SetReason(in.Reason).SetUpdatedAt(now).
			Save(ctx)
		if db.IsConstraintError(err) {
			return uuid.Nil, fault.Outdated(nil)
		}
		if err != nil {
			return uuid.Nil, err
		}
		return row.ID, nil
	}
	existing, err := tx.AssessmentItem.Query().
		Where(assessmentitem.AssessmentID(assessment.ID), assessmentitem.Competency(competency), assessmentitem.Level(assessment.TargetLevel)).Only(ctx)
	if err := store.Stale(err); err != nil {
		return uuid.Nil, err
	}
	if existing.Version != version {
		return uuid.Nil, fault.Outdated(nil)
	}
	update := tx.AssessmentItem.UpdateOneID(existing.ID).
		Where(assessmentitem.Version(version)).
		AddVersion(1).SetReason(in.Reason).SetUpdatedAt(now)
	if in.Rating == nil {
		update.ClearRating()
	} else {
		update.SetRating(*in.Rating)
	}
	return existing.ID, store.Stale(update.Exec(ctx))
}

// attach makes the item's evidence exactly the given pieces. They must belong to
// the subject, and a manager can only use what the subject attached.
func (s *Service) attach(ctx context.Context, tx *db.Client, item uuid.UUID, want []uuid.UUID) error {
	have, err := tx.ItemEvidence.Query().Where(itemevidence.ItemID(item)).All(ctx)
	if err != nil {
		return err
	}
	var drop []uuid.UUID
	present := map[uuid.UUID]bool{}
	for _, h := range have {
		present[h.EvidenceID] = true
		if !slices.Contains(want, h.EvidenceID) {
			drop = append(drop, h.ID)
		}
	}
	if len(drop) > 0 {
		if _, err := tx.ItemEvidence.Delete().Where(itemevidence.IDIn(drop...)).Exec(ctx); err != nil {
			return err
		}
	}
	var add []uuid.UUID
	for _, id := range want {
		if !present[id] {
			present[id] = true
			add = append(add, id)
		}
	}
	return s.attachNew(ctx, tx, item, add)
}

func (s *Service) attachNew(ctx context.Context, tx *db.Client, item uuid.UUID, add []uuid.UUID) error {
	if len(add) == 0 {
		return nil
	}
	allowed, err := tx.Evidence.Query().Where(entevidence.IDIn(add...), s.Access.EvidenceScope(ctx, access.Read)).Count(ctx)
	if err != nil {
		return err
	}
	if allowed != len(add) {
		return fault.Bad("Some evidence does not exist, or is not yours.", fault.Detail{
			Pointer: "/evidenceIds", Message: "unknown evidence", Fix: "Attach pieces from your own log.",
		})
	}
	rows := make([]*db.ItemEvidenceCreate, 0, len(add))
	for _, id := range add {
		rows = append(rows, tx.ItemEvidence.Create().SetItemID(item).SetEvidenceID(id))
	}
	return tx.ItemEvidence.CreateBulk(rows...).Exec(ctx)
}

func (s *Service) oneItem(ctx context.Context, client *db.Client, row *db.Assessment, published ladder.Published, c ladder.Competency) (Item, error) {
	items, err := s.items(ctx, client, row)
	if err != nil {
		return Item{}, err
	}
	previous, err := s.previous(ctx, client, row)
	return item(published, c, row, items[c.Code], previous[c.Code]), err
}

// currentItem is the current state of one competency. A competency that the
// target level does not need is still saved: it may have been needed before the
// target changed.
func (s *Service) currentItem(ctx context.Context, id uuid.UUID, competency string) (Item, error) {
	client := s.Store.Read()
	row, err := s.load(ctx, client, id, access.Read)
	if err != nil {
		return Item{}, err
	}
	published, err := s.rubrics.Version(ctx, row.LadderVersionID)
	if err != nil {
		return Item{}, err
	}
	c, ok := published.Rubric.Competency(competency)
	if !ok {
		return Item{}, fault.Missing()
	}
	return s.oneItem(ctx, client, row, published, c)
}
