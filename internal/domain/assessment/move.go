package assessment

import (
	"context"
	"strconv"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	entassessment "github.com/rung-hr/rung/ent/db/assessment"
	"github.com/rung-hr/rung/ent/db/assessmentitem"
	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
)

// NewerLadder tells the author of a draft that a newer version of its ladder is
// in force, and what that version asks again.
type NewerLadder struct {
	Version string   `json:"version"`
	Asks    []string `json:"asks" doc:"names of the competencies that ask something new; the other answers carry over"`
	Carries int      `json:"carries" doc:"how many competencies do not change"`
}

// newer compares a draft with the version in force. It is nil if the draft is
// pinned to that version, or if the newer one does not have its levels.
func (s *Service) newer(ctx context.Context, row *db.Assessment, published ladder.Published) (*NewerLadder, error) {
	next, ok, err := s.rubrics.NewerThan(ctx, row.LadderVersionID)
	if err != nil || !ok {
		return nil, err
	}
	if _, _, known := next.Published.Rubric.Level(row.TargetLevel); !known {
		return nil, nil
	}
	out := &NewerLadder{Version: next.Published.Rubric.Version, Asks: []string{}}
	for _, c := range next.Published.Rubric.For(row.TargetLevel) {
		if carries(published.Rubric, next, c, row.TargetLevel) {
			out.Carries++
		} else {
			out.Asks = append(out.Asks, c.Name)
		}
	}
	return out, nil
}

// carries reports whether an answer given under the old version still answers
// what the competency expects now, on the same scale.
func carries(before ladder.Rubric, next ladder.Newer, c ladder.Competency, level string) bool {
	was, ok := before.Competency(c.Code)
	if !ok {
		return false
	}
	old, now := before.ScaleOf(was), next.Published.Rubric.ScaleOf(c)
	if len(old) != len(now) {
		return false
	}
	for i := range old {
		if old[i].Key != now[i].Key {
			return false
		}
	}
	return ladder.Carries(next.Moves, was.Cell(level), c.Cell(level))
}

// Move moves a draft to the version of its ladder that is in force, and returns
// it. Its author may. Answers stay if nothing new is asked; elsewhere the reason
// stays and the rating is asked again. Nobody has to move: a draft can stay
// pinned to its version. It returns an Invalid fault when the newer version lacks
// the target level, a Conflict fault with code no_newer_version when there is no
// newer version, otherwise the faults of Retarget.
func (s *Service) Move(ctx context.Context, id uuid.UUID, version int) (Assessment, error) {
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		row, published, err := s.loadDraft(ctx, tx, id)
		if err != nil {
			return err
		}
		next, ok, err := s.rubrics.NewerThan(ctx, row.LadderVersionID)
		if err != nil {
			return err
		}
		if !ok {
			return fault.Clash("It is already on the version in force.").WithCode("no_newer_version")
		}
		if err := checkLevel(next.Published.Rubric, row.TargetLevel, "/target"); err != nil {
			return err
		}
		return s.move(ctx, tx, row, version, published.Rubric, next)
	})
	return s.after(ctx, id, err)
}

func (s *Service) move(ctx context.Context, tx *db.Client, row *db.Assessment, version int, before ladder.Rubric, next ladder.Newer) error {
	err := tx.Assessment.UpdateOneID(row.ID).
		Where(entassessment.Version(version), s.Access.AssessmentScope(ctx, access.Update)).
		AddVersion(1).SetLadderVersionID(next.Published.ID).SetModifier(kept(next.Published.Rubric, row.TargetLevel, row.Modifier)).Exec(ctx)
	if err := store.Stale(err); err != nil {
		return err
	}
	asked := 0
	for _, level := range next.Published.Rubric.Levels() {
		n, err := s.askAgain(ctx, tx, row, level.Code, before, next)
		if err != nil {
			return err
		}
		asked += n
	}
	return s.Trail.Record(ctx, tx, audit.Entry{
		Action: audit.AssessmentMoved, Resource: "assessment", ID: row.ID, Owner: row.SubjectID,
		Facts: map[string]string{"from": before.Version, "to": next.Published.Rubric.Version, "asked": strconv.Itoa(asked)},
	})
}

// askAgain clears the ratings of a level whose sentences ask something new, and
// returns how many there were. The reasons stay.
func (s *Service) askAgain(ctx context.Context, tx *db.Client, row *db.Assessment, level string, before ladder.Rubric, next ladder.Newer) (int, error) {
	stay := []string{}
	for _, c := range next.Published.Rubric.For(level) {
		if carries(before, next, c, level) {
			stay = append(stay, c.Code)
		}
	}
	return tx.AssessmentItem.Update().
		Where(assessmentitem.AssessmentID(row.ID), assessmentitem.Level(level), assessmentitem.CompetencyNotIn(stay...), assessmentitem.RatingNotNil()).
		AddVersion(1).ClearRating().SetUpdatedAt(s.Clock.Now()).Save(ctx)
}
