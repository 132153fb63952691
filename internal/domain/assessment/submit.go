package assessment

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	entassessment "github.com/rung-hr/rung/ent/db/assessment"
	"github.com/rung-hr/rung/ent/db/assessmentitem"
	"github.com/rung-hr/rung/ent/db/predicate"
	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
)

// Retarget changes the level that a draft is written against, and returns the
// draft. Its author may, if it is about themselves or about a current report.
// Ratings stay with the level whose sentences they answer: the other level has
// its own, and going back finds the first ones again. It returns an Invalid
// fault for an unknown level, a NotFound fault for a draft that the actor may not
// read, a Stale fault with the current draft when it has changed, a Conflict
// fault with code submitted when it is submitted, and a Forbidden fault
// otherwise.
func (s *Service) Retarget(ctx context.Context, id uuid.UUID, version int, level string) (Assessment, error) {
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		row, published, err := s.loadDraft(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := checkLevel(published.Rubric, level, "/level"); err != nil {
			return err
		}
		err = tx.Assessment.UpdateOneID(id).
			Where(entassessment.Version(version), s.Access.AssessmentScope(ctx, access.Update)).
			AddVersion(1).SetTargetLevel(level).SetModifier(placeFor(row, level)).
			Exec(ctx)
		if err := store.Stale(err); err != nil {
			return err
		}
		return s.Trail.Record(ctx, tx, audit.Entry{
			Action: audit.AssessmentRetarget, Resource: "assessment", ID: id, Owner: row.SubjectID,
			Facts: map[string]string{"from": row.TargetLevel, "to": level},
		})
	})
	return s.after(ctx, id, err)
}

// Submit submits a draft and returns it. Its author may. Every competency needs a
// rating and a reason. When the other side is also in, both assessments become
// visible to both sides at once. It returns an Invalid fault that lists all that
// is missing, a Conflict fault with code handed_in when another assessment of
// this kind is already in, otherwise the faults of Retarget.
func (s *Service) Submit(ctx context.Context, id uuid.UUID, version int) (Assessment, error) {
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		row, published, err := s.loadDraft(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := s.complete(ctx, tx, row, published.Rubric); err != nil {
			return err
		}
		if err := handedIn(ctx, tx, row.CycleID, row.SubjectID, row.Kind); err != nil {
			return err
		}
		now := s.Clock.Now()
		err = tx.Assessment.UpdateOneID(id).
			Where(entassessment.Version(version), s.Access.AssessmentScope(ctx, access.Update)).
			AddVersion(1).SetState(entassessment.StateSubmitted).SetSubmittedAt(now).
			Exec(ctx)
		if db.IsConstraintError(err) { // somebody else submitted one of this kind at the same time
			return fault.Clash("Another assessment of this kind has just been submitted.").WithCode("handed_in")
		}
		if err := store.Stale(err); err != nil {
			return err
		}
		revealed, err := s.reveal(ctx, tx, row)
		if err != nil {
			return err
		}
		return s.Trail.Record(ctx, tx, audit.Entry{
			Action: audit.AssessmentSubmitted, Resource: "assessment", ID: id, Owner: row.SubjectID,
			Facts: map[string]string{"kind": string(row.Kind), "revealed": strconv.FormatBool(revealed)},
		})
	})
	return s.after(ctx, id, err)
}

// reveal makes both assessments visible to both sides when both are in. The first
// statement changes nothing but locks the pair, so that of two submissions at the
// same time the second sees the first.
func (s *Service) reveal(ctx context.Context, tx *db.Client, row *db.Assessment) (bool, error) {
	hidden := []predicate.Assessment{
		entassessment.CycleID(row.CycleID), entassessment.SubjectID(row.SubjectID), entassessment.RevealedAtIsNil(),
	}
	if _, err := tx.Assessment.Update().Where(hidden...).AddVersion(0).Save(ctx); err != nil {
		return false, err
	}
	in := append(hidden, entassessment.StateEQ(entassessment.StateSubmitted))
	submitted, err := tx.Assessment.Query().Where(in...).Count(ctx)
	if err != nil || submitted < 2 {
		return false, err
	}
	_, err = tx.Assessment.Update().Where(in...).SetRevealedAt(s.Clock.Now()).Save(ctx)
	return err == nil, err
}

func (s *Service) complete(ctx context.Context, tx *db.Client, row *db.Assessment, doc ladder.Rubric) error {
	rows, err := tx.AssessmentItem.Query().Where(assessmentitem.AssessmentID(row.ID), assessmentitem.Level(row.TargetLevel)).All(ctx)
	if err != nil {
		return err
	}
	have := map[string]*db.AssessmentItem{}
	for _, r := range rows {
		have[r.Competency] = r
	}
	var missing []fault.Detail
	for _, c := range doc.For(row.TargetLevel) {
		r := have[c.Code]
		if r == nil || r.Rating == nil {
			missing = append(missing, fault.Detail{Pointer: "/items/" + c.Code + "/rating", Field: c.Name, Message: c.Name + " has no rating.", Fix: "Choose a point of its scale."})
		}
		if r == nil || strings.TrimSpace(r.Reason) == "" {
			missing = append(missing, fault.Detail{Pointer: "/items/" + c.Code + "/reason", Field: c.Name, Message: c.Name + " has no reason.", Fix: "Say why in a sentence."})
		}
	}
	if places := doc.ModifiersOf(row.TargetLevel); len(places) > 0 && row.Modifier == "" {
		missing = append(missing, fault.Detail{
			Pointer: "/modifier", Message: "The place in " + row.TargetLevel + " is missing.", Fix: "Choose " + wordsOf(places) + ".",
		})
	}
	if len(missing) > 0 {
		return fault.Bad(fmt.Sprintf("%d things are missing before it can be submitted.", len(missing)), missing...)
	}
	return nil
}

// Recall returns a submitted assessment to draft, until the other side is in:
// after that it has been read. Its author may. It returns a NotFound fault for an
// assessment that the actor may not read, a Conflict fault when it is not
// submitted or the other side is in, and a Forbidden fault otherwise.
func (s *Service) Recall(ctx context.Context, id uuid.UUID) (Assessment, error) {
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		row, err := tx.Assessment.Query().Where(entassessment.ID(id), s.Access.AssessmentScope(ctx, access.Update)).Only(ctx)
		if err != nil {
			return s.notYours(ctx, tx, id, err)
		}
		n, err := tx.Assessment.Update().
			Where(entassessment.ID(id), s.Access.AssessmentScope(ctx, access.Update),
				entassessment.StateEQ(entassessment.StateSubmitted), entassessment.RevealedAtIsNil()).
			AddVersion(1).SetState(entassessment.StateDraft).ClearSubmittedAt().
			Save(ctx)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.Clash("It can be recalled only while it is submitted and the other side is not in.")
		}
		return s.Trail.Record(ctx, tx, audit.Entry{Action: audit.AssessmentRecalled, Resource: "assessment", ID: id, Owner: row.SubjectID})
	})
	return s.after(ctx, id, err)
}

// after reads the assessment after a write, and adds it to a refusal that came
// from an older version.
func (s *Service) after(ctx context.Context, id uuid.UUID, err error) (Assessment, error) {
	return store.Current(err, func() (Assessment, error) { return s.Get(ctx, id) })
}
