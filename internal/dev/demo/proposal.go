package demo

import (
	"context"
	_ "embed"

	"github.com/rung-hr/rung/internal/domain/ladder/library"
)

//go:embed data-engineering.yaml
var dataEngineering string

// addProposal puts a second ladder into review, with two comments, so that a
// visitor sees how a ladder is decided on.
func (s *seeder) addProposal(ctx context.Context) error {
	ladders := s.app.Services.Ladders
	s.clock.Set(s.daysAgo(5))
	owner := s.as(ctx, s.byKey["owner"])
	draft, err := ladders.StartDraft(owner, library.Starting{Source: dataEngineering})
	if err != nil {
		return err
	}
	s.clock.Set(s.daysAgo(3))
	if draft, err = ladders.AskReview(owner, draft.ID, draft.Version); err != nil {
		return err
	}
	s.clock.Set(s.daysAgo(2))
	for _, said := range []struct {
		by string
		library.Saying
	}{
		{"engineer", library.Saying{Competency: "pipelines", Level: "IC4", Text: "Would a backend engineer who moves over be expected to have built one already?"}},
		{"manager", library.Saying{Text: "Two of my engineers would stand on this one. I would begin it with the next cycle, not in the middle of this one."}},
	} {
		if _, err := ladders.CommentDraft(s.as(ctx, s.byKey[said.by]), draft.ID, said.Saying); err != nil {
			return err
		}
	}
	return nil
}
