package library

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	entassessment "github.com/rung-hr/rung/ent/db/assessment"
	entladder "github.com/rung-hr/rung/ent/db/ladder"
	"github.com/rung-hr/rung/ent/db/ladderdraft"
	"github.com/rung-hr/rung/ent/db/ladderversion"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/db/promotioncase"
	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
)

// DraftChanges is what a draft would change, and for whom.
type DraftChanges struct {
	ladder.VersionDiff
	Base     string      `json:"base" doc:"the version that it changes"`
	Proposed string      `json:"proposed" doc:"the version number that the changes need"`
	Affected *Affected   `json:"affected,omitempty" doc:"only for people who write and approve drafts, because a count of cases can reveal people"`
	Vanished []Vanishing `json:"vanished,omitempty" doc:"levels that it no longer has, for the same people; whoever publishes it says which are only renamed"`
	Added    []LevelName `json:"added,omitempty" doc:"levels that are new in it"`
}

// Affected counts people whose work depends on a ladder. Running work stays with
// the version that it started with.
type Affected struct {
	Assessments int `json:"assessments" doc:"drafts of assessments against any version of it"`
	Cases       int `json:"cases" doc:"promotion cases that are not closed"`
	People      int `json:"people" doc:"people at one of its levels"`
}

// Changes compares a draft with the version that it changes. Whoever may read the
// draft may ask; only people who may read all drafts also see who is affected. It
// returns a NotFound fault for a draft that the actor may not read and a Conflict
// fault with code draft_broken while the draft has errors.
func (s *Service) Changes(ctx context.Context, id uuid.UUID) (DraftChanges, error) {
	client := s.Store.Read()
	row, err := s.readable(ctx, client, id)
	if err != nil {
		return DraftChanges{}, err
	}
	d := Draft{Source: row.Document}
	if err := s.judge(ctx, client, &d); err != nil {
		return DraftChanges{}, err
	}
	if d.Rubric == nil {
		return DraftChanges{}, fault.Clash("The file has errors. Fix them to see what changes.").WithCode("draft_broken")
	}
	before := ladder.Rubric{Framework: row.Edges.Ladder.Slug, Version: "0.0.0"}
	if row.BaseID != nil {
		base, err := s.Version(ctx, *row.BaseID)
		if err != nil {
			return DraftChanges{}, err
		}
		before = base.Rubric
	}
	said, err := movesOf(row.Moves)
	if err != nil {
		return DraftChanges{}, err
	}
	out := DraftChanges{VersionDiff: ladder.Diff(before, *d.Rubric, said), Base: before.Version}
	out.Proposed = ladder.NextVersion(before.Version, out.Step)
	if !s.Access.May(ctx, access.Drafts, access.Read) {
		return out, nil
	}
	affected, err := s.affected(ctx, client, row.LadderID, before)
	if err != nil {
		return out, err
	}
	out.Affected = &affected
	out.Vanished, out.Added, err = s.vanishing(ctx, client, row.LadderID, before, *d.Rubric)
	return out, err
}

func movesOf(text string) ([]ladder.Move, error) {
	var moves []ladder.Move
	if text == "" {
		return nil, nil
	}
	err := json.Unmarshal([]byte(text), &moves)
	return moves, err
}

func (s *Service) affected(ctx context.Context, client *db.Client, framework uuid.UUID, rubric ladder.Rubric) (Affected, error) {
	var out Affected
	var err error
	if out.Assessments, err = client.Assessment.Query().Where(
		entassessment.HasLadderVersionWith(ladderversion.LadderID(framework)), entassessment.StateEQ(entassessment.StateDraft)).Count(ctx); err != nil {
		return out, err
	}
	if out.Cases, err = client.PromotionCase.Query().Where(
		promotioncase.HasLadderVersionWith(ladderversion.LadderID(framework)),
		promotioncase.StateNotIn(promotioncase.StateEffective, promotioncase.StateWithdrawn, promotioncase.StateCommunicated)).Count(ctx); err != nil {
		return out, err
	}
	codes := []string{}
	for _, level := range rubric.Levels() {
		codes = append(codes, level.Code)
	}
	out.People, err = client.Person.Query().Where(person.LevelIn(codes...), person.StatusEQ(person.StatusActive)).Count(ctx)
	return out, err
}

// SaidMoves are the owner's decisions about sentences.
type SaidMoves struct {
	Moves []ladder.Move `json:"moves" maxItems:"20000"`
}

// SayMoves saves what the owner decided about sentences whose wording alone does
// not show what happened to them, and returns the draft. Owners of ladders may.
// It returns the faults of SaveDraft.
func (s *Service) SayMoves(ctx context.Context, id uuid.UUID, version int, in SaidMoves) (Draft, error) {
	for i := range in.Moves {
		in.Moves[i].Said = true
	}
	content, err := json.Marshal(in.Moves)
	if err != nil {
		return Draft{}, err
	}
	err = s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		row, err := s.writable(ctx, tx, id, version)
		if err != nil {
			return err
		}
		update := tx.LadderDraft.UpdateOne(row).Where(ladderdraft.Version(version)).AddVersion(1).SetMoves(string(content)).SetUpdatedAt(s.Clock.Now())
		if err := store.Stale(update.Exec(ctx)); err != nil {
			return err
		}
		return s.Trail.Record(ctx, tx, audit.Entry{Action: audit.LadderEdited, Resource: "draft", ID: id, Facts: map[string]string{"part": "moves"}})
	})
	return s.afterDraft(ctx, id, err)
}

// AskReview puts a draft without errors into review: everybody can read it, and a
// second person can approve it. Owners of ladders may. It returns an Invalid
// fault that lists what is not ready, otherwise the faults of SaveDraft.
func (s *Service) AskReview(ctx context.Context, id uuid.UUID, version int) (Draft, error) {
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		row, err := s.writable(ctx, tx, id, version)
		if err != nil {
			return err
		}
		if _, err := s.ready(ctx, tx, row); err != nil {
			return err
		}
		// The person who asks is responsible for the text: somebody else approves it.
		asker := actor.Of(ctx)
		now := s.Clock.Now()
		update := tx.LadderDraft.UpdateOne(row).Where(ladderdraft.Version(version)).AddVersion(1).
			SetState(ladderdraft.StateReview).SetAuthorID(asker.ID).SetReviewAskedAt(now).SetUpdatedAt(now)
		if err := store.Stale(update.Exec(ctx)); err != nil {
			return err
		}
		return s.Trail.Record(ctx, tx, audit.Entry{Action: audit.LadderReviewAsked, Resource: "draft", ID: id})
	})
	return s.afterDraft(ctx, id, err)
}

// ready checks that a draft could be published: no errors, a version number above
// the last one, and no uid that had another meaning before.
func (s *Service) ready(ctx context.Context, tx *db.Client, row *db.LadderDraft) (ladder.Source, error) {
	source, err := ladder.Parse("ladder.yaml", []byte(row.Document))
	if err != nil {
		return source, notReady(err)
	}
	if source.Document.Framework != row.Edges.Ladder.Slug {
		return source, notReady(source.Locate(ladder.Findings{{Path: "/framework", Message: "this is another framework", Fix: "write " + row.Edges.Ladder.Slug}}))
	}
	rubric, err := s.resolve(ctx, tx, source)
	if err != nil {
		return source, notReady(err)
	}
	earlier, err := tx.LadderVersion.Query().Where(ladderversion.LadderID(row.LadderID)).
		Order(db.Desc(ladderversion.FieldEffectiveFrom), db.Desc(ladderversion.FieldPublishedAt)).
		Select(ladderversion.FieldID, ladderversion.FieldVersion, ladderversion.FieldRubric).All(ctx)
	if err != nil {
		return source, err
	}
	published, err := rubricsOf(earlier)
	if err != nil {
		return source, err
	}
	if findings := ladder.Succeeds(source.Document, rubric, published); len(findings) > 0 {
		return source, notReady(source.Locate(findings))
	}
	return source, nil
}

func rubricsOf(rows []*db.LadderVersion) ([]ladder.Rubric, error) {
	out := make([]ladder.Rubric, len(rows))
	for i, row := range rows {
		if err := json.Unmarshal([]byte(row.Rubric), &out[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func notReady(err error) error {
	var findings ladder.Findings
	if !errors.As(err, &findings) {
		return err
	}
	return fault.Bad("The draft is not ready. Fix this first.", findings.Details()...)
}

// ReturnDraft takes a draft back from review and returns it. Owners of ladders
// may, and so may HR partners for the whole company. It returns a NotFound fault
// for an unknown draft, a Stale fault with the current draft when it has changed,
// a Conflict fault with code wrong_state when it is published or discarded, and a
// Forbidden fault to everybody else.
func (s *Service) ReturnDraft(ctx context.Context, id uuid.UUID, version int) (Draft, error) {
	if !s.Access.May(ctx, access.Drafts, access.Update) {
		if err := s.Access.Require(ctx, access.Drafts, access.Approve); err != nil {
			return Draft{}, err
		}
	}
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		n, err := tx.LadderDraft.Update().Where(ladderdraft.ID(id), ladderdraft.Version(version), ladderdraft.StateEQ(ladderdraft.StateReview)).
			AddVersion(1).SetState(ladderdraft.StateDraft).ClearReviewAskedAt().SetUpdatedAt(s.Clock.Now()).Save(ctx)
		if err != nil {
			return err
		}
		if n == 0 {
			return s.gone(ctx, tx, id, version)
		}
		return s.Trail.Record(ctx, tx, audit.Entry{Action: audit.LadderReturned, Resource: "draft", ID: id})
	})
	return s.afterDraft(ctx, id, err)
}

// Approving publishes a draft from a day on.
type Approving struct {
	EffectiveFrom clock.Date `json:"effectiveFrom" format:"date" doc:"today or later, and not before the version in force"`
	Renamed       []Renaming `json:"renamed,omitempty" maxItems:"200" doc:"levels that only have another code now; the people on them are carried over"`
}

// ApproveDraft publishes a draft in review and returns its ladder. Owners of
// ladders may, and so may HR partners for the whole company, but not the person
// who asked for the review. It returns an Invalid fault for a draft that is not
// ready, a wrong day, or a renamed level that is still there or whose new code is
// not new; a Forbidden fault with code own_gain to somebody who stands on a level
// that they call renamed; a NotFound fault for an unknown draft, a Stale fault when
// it has changed, a Conflict fault with code wrong_state when it is not in
// review, and a Forbidden fault otherwise.
func (s *Service) ApproveDraft(ctx context.Context, id uuid.UUID, version int, in Approving) (Brief, error) {
	if err := s.Access.Require(ctx, access.Drafts, access.Approve); err != nil {
		return Brief{}, err
	}
	var out *db.LadderVersion
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		row, err := tx.LadderDraft.Query().Where(ladderdraft.ID(id)).WithLadder().Only(ctx)
		if err != nil {
			return store.Found(err)
		}
		if err := s.approvable(ctx, tx, row, version, in.EffectiveFrom); err != nil {
			return err
		}
		source, err := s.ready(ctx, tx, row)
		if err != nil {
			return err
		}
		said, err := movesOf(row.Moves)
		if err != nil {
			return err
		}
		if out, err = s.publish(ctx, tx, publication{source: source, from: in.EffectiveFrom, writtenBy: row.AuthorID, moves: said, renamed: in.Renamed}); err != nil {
			return err
		}
		update := tx.LadderDraft.UpdateOne(row).Where(ladderdraft.Version(version)).AddVersion(1).SetState(ladderdraft.StatePublished).SetUpdatedAt(s.Clock.Now())
		return store.Stale(update.Exec(ctx))
	})
	if err != nil {
		return Brief{}, err
	}
	p, err := s.Version(ctx, out.ID)
	return brief(p), err
}

func (s *Service) approvable(ctx context.Context, tx *db.Client, row *db.LadderDraft, version int, from clock.Date) error {
	reviewer := actor.Of(ctx)
	switch {
	case row.State != ladderdraft.StateReview:
		return fault.Clash("Only a draft in review can be approved.").WithCode("wrong_state")
	case row.Version != version:
		return fault.Outdated(nil)
	case row.AuthorID == reviewer.ID:
		return fault.Denied("You asked for this review. A second person must approve it.")
	}
	if _, err := clock.ParseDate(string(from)); err != nil {
		return fault.Bad("The draft was not published.", fault.Detail{Pointer: "/effectiveFrom", Message: err.Error(), Fix: "Write the day as 2027-01-01."})
	}
	last, err := tx.LadderVersion.Query().Where(ladderversion.LadderID(row.LadderID)).
		Order(db.Desc(ladderversion.FieldEffectiveFrom)).Select(ladderversion.FieldEffectiveFrom).First(ctx)
	if err != nil && !db.IsNotFound(err) {
		return err
	}
	earliest := clock.DateOf(s.Clock.Now())
	if last != nil {
		earliest = max(earliest, last.EffectiveFrom)
	}
	if from < earliest {
		return fault.Bad("The draft was not published.", fault.Detail{
			Pointer: "/effectiveFrom", Message: fmt.Sprintf("%s is before %s.", from, earliest), Fix: "A version starts today or later, and not before the one in force.",
		})
	}
	return nil
}

// Public returns the version in force of a ladder whose public link is on.
// Anybody may read it, without signing in. It returns a NotFound fault for any
// other ladder.
func (s *Service) Public(ctx context.Context, slug string) (ladder.Published, error) {
	ctx = actor.AsSystem(ctx, "public link of a ladder")
	on, err := s.Store.Read().Ladder.Query().Where(entladder.Slug(slug), entladder.Public(true)).Exist(ctx)
	if err != nil {
		return ladder.Published{}, err
	}
	if !on {
		return ladder.Published{}, fault.Missing()
	}
	return s.find(ctx, slug, "")
}
