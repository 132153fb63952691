package assessment

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	entassessment "github.com/rung-hr/rung/ent/db/assessment"
	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
)

// Place says where in the target level the author of a draft sees the person, on
// ladders whose levels have modifiers; "" removes it. It returns the draft. Its
// author may. It returns an Invalid fault for a modifier that the level does not
// have, otherwise the faults of Retarget.
func (s *Service) Place(ctx context.Context, id uuid.UUID, version int, modifier string) (Assessment, error) {
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		row, published, err := s.loadDraft(ctx, tx, id)
		if err != nil {
			return err
		}
		if modifier != kept(published.Rubric, row.TargetLevel, modifier) {
			return unknownPlace(published.Rubric, row.TargetLevel, modifier)
		}
		err = tx.Assessment.UpdateOneID(id).
			Where(entassessment.Version(version), s.Access.AssessmentScope(ctx, access.Update)).
			AddVersion(1).SetModifier(modifier).
			Exec(ctx)
		if err := store.Stale(err); err != nil {
			return err
		}
		return s.Trail.Record(ctx, tx, audit.Entry{Action: audit.AssessmentPlaced, Resource: "assessment", ID: id, Owner: row.SubjectID})
	})
	return s.after(ctx, id, err)
}

// placeFor is the place that stays when the target changes: one in another level
// says nothing about this one.
func placeFor(row *db.Assessment, level string) string {
	if level == row.TargetLevel {
		return row.Modifier
	}
	return ""
}

// kept is the modifier if the level has it, else "".
func kept(doc ladder.Rubric, level, modifier string) string {
	if slices.ContainsFunc(doc.ModifiersOf(level), func(m ladder.Modifier) bool { return m.Key == modifier }) {
		return modifier
	}
	return ""
}

func unknownPlace(doc ladder.Rubric, level, modifier string) error {
	fix := "Leave it out: " + level + " has no places."
	if places := doc.ModifiersOf(level); len(places) > 0 {
		fix = "Choose " + wordsOf(places) + "."
	}
	return fault.Bad("The place in the level was not saved.", fault.Detail{
		Pointer: "/modifier", Message: fmt.Sprintf("%q is not a place in %s.", modifier, level), Fix: fix,
	})
}

// wordsOf lists modifiers by their keys: "approaching, at or exceeding".
func wordsOf(places []ladder.Modifier) string {
	keys := make([]string, 0, len(places))
	for _, m := range places {
		keys = append(keys, m.Key)
	}
	last := len(keys) - 1
	if last == 0 {
		return keys[0]
	}
	return strings.Join(keys[:last], ", ") + " or " + keys[last]
}
