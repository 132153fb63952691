package home

import (
	"context"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/handover"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/internal/trust/access"
)

// addHandovers adds one task for each person whom the reader has recently become
// the manager of and has not taken over yet.
func (s *Service) addHandovers(ctx context.Context, reader uuid.UUID, out *Overview) error {
	mine := s.Store.Read().Handover.Query().Where(
		handover.ToID(reader), handover.TakenAtIsNil(),
		handover.HasPersonWith(person.StatusEQ(person.StatusActive), s.Access.PersonScope(ctx, access.Handovers, access.Read)))
	rows, err := mine.WithPerson().WithFrom().Order(db.Desc(handover.FieldRecordedAt), db.Desc(handover.FieldID)).All(ctx)
	seen := map[uuid.UUID]bool{}
	for _, h := range rows {
		if seen[h.PersonID] {
			continue // the newest change counts
		}
		seen[h.PersonID] = true
		t := Task{
			Kind: "handover", Title: "Take over " + h.Edges.Person.Name, Detail: "The open case, both assessments, and what else to know.",
			Action: "Take over", Href: "/people/" + h.PersonID.String() + "/handover",
		}
		if from := h.Edges.From; from != nil {
			t.Title += " from " + from.Name
			t.Detail = "What " + from.Name + " wrote stays under their name."
		}
		out.Tasks = append(out.Tasks, t)
	}
	return err
}
