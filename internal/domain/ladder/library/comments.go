package library

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
)

// Saying is a comment on a draft, or on one of its cells.
type Saying struct {
	Competency string `json:"competency,omitempty" maxLength:"64"`
	Level      string `json:"level,omitempty" maxLength:"64"`
	Text       string `json:"text" minLength:"1" maxLength:"4000"`
}

// placedIn refuses a place that the text does not have. A text with errors has no
// places to check.
func (s Saying) placedIn(text string) error {
	source, err := ladder.Parse("", []byte(text))
	if s.Competency == "" && s.Level == "" || err != nil || len(source.Document.Layers) > 0 {
		return nil //nolint:nilerr // a draft may have errors and still be commented on
	}
	d := source.Document
	entry, ok := d.Entry(s.Competency)
	switch {
	case !ok:
		return fault.Bad("The comment is on a place that does not exist.", fault.Detail{Pointer: "/competency", Message: "There is no competency " + s.Competency + ".", Fix: "Name a competency of the draft."})
	case s.Level != "" && !d.HasAnchor(entry, s.Level):
		return fault.Bad("The comment is on a place that does not exist.", fault.Detail{Pointer: "/level", Message: "There is no level " + s.Level + ".", Fix: "Name a level of the draft or a point of the scale."})
	}
	return nil
}

// CommentDraft adds a comment to a draft that the actor may read, and returns the
// draft. Everybody may comment on drafts in review. It returns an Invalid fault
// for an empty comment or a place that does not exist, a NotFound fault for a
// draft that the actor may not read, and a Conflict fault with code wrong_state
// when the draft is published or discarded.
func (s *Service) CommentDraft(ctx context.Context, id uuid.UUID, in Saying) (Draft, error) {
	if err := s.Access.Require(ctx, access.Proposals, access.Create); err != nil {
		return Draft{}, err
	}
	if strings.TrimSpace(in.Text) == "" {
		return Draft{}, fault.Bad("The comment is empty.", fault.Detail{Pointer: "/text", Message: "The comment is empty.", Fix: "Say what should change."})
	}
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		row, err := s.readable(ctx, tx, id)
		if err != nil {
			return err
		}
		if !slices.Contains(open, row.State) {
			return fault.Clash("It is %s. Comment on the next draft.", row.State).WithCode("wrong_state")
		}
		if err := in.placedIn(row.Document); err != nil {
			return err
		}
		author := actor.Of(ctx)
		err = tx.LadderComment.Create().SetDraftID(row.ID).SetAuthorID(author.ID).
			SetCompetency(in.Competency).SetLevel(in.Level).SetText(strings.TrimSpace(in.Text)).SetCreatedAt(s.Clock.Now()).Exec(ctx)
		if err != nil {
			return err
		}
		return s.Trail.Record(ctx, tx, audit.Entry{Action: audit.LadderCommented, Resource: "draft", ID: id})
	})
	return s.afterDraft(ctx, id, err)
}

// ResolveComment resolves a comment and returns the draft. Owners of ladders may.
// It returns a NotFound fault when the draft has no such comment and a Forbidden
// fault to everybody else.
func (s *Service) ResolveComment(ctx context.Context, draft, id uuid.UUID) (Draft, error) {
	if err := s.Access.Require(ctx, access.Drafts, access.Update); err != nil {
		return Draft{}, err
	}
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		row, err := tx.LadderComment.Get(ctx, id)
		if err != nil {
			return store.Found(err)
		}
		if row.DraftID != draft {
			return fault.Missing()
		}
		if err := tx.LadderComment.UpdateOne(row).AddVersion(1).SetResolvedAt(s.Clock.Now()).Exec(ctx); err != nil {
			return err
		}
		return s.Trail.Record(ctx, tx, audit.Entry{Action: audit.LadderCommented, Resource: "draft", ID: draft, Facts: map[string]string{"resolved": "true"}})
	})
	return s.afterDraft(ctx, draft, err)
}
