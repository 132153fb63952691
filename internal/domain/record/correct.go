package record

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/rectification"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/platform/text"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
	"github.com/rung-hr/rung/internal/trust/process"
)

// Wrong is what a person says is wrong in their record.
type Wrong struct {
	About   string     `json:"about" enum:"org_facts,evidence,assessment,promotion_case,pay,other"`
	AboutID *uuid.UUID `json:"aboutId,omitempty"`
	Text    string     `json:"text" maxLength:"4000" doc:"what is wrong, and what is right"`
}

// Correction is a request for a correction, and its answer. The record itself is
// not overwritten: the note stays with it permanently.
type Correction struct {
	ID         uuid.UUID          `json:"id"`
	Version    int                `json:"version"`
	Person     process.PersonRef  `json:"person"`
	About      string             `json:"about"`
	Text       string             `json:"text"`
	State      string             `json:"state" enum:"open,corrected,kept"`
	CreatedAt  time.Time          `json:"createdAt"`
	Answer     string             `json:"answer"`
	AnsweredBy *process.PersonRef `json:"answeredBy,omitempty"`
	AnsweredAt *time.Time         `json:"answeredAt,omitempty"`
}

// ETagVersion is the version for If-Match.
func (c Correction) ETagVersion() int { return c.Version }

const (
	maxWords  = 4000
	maxReason = 1000
	shownMine = 200
)

// Ask records what the actor says is wrong in their own record. Everybody may
// ask; HR partners answer, in their scope. It returns an Invalid fault for a text
// that is empty or longer than 4,000 characters, a SignedOut fault without an
// actor, and a NotFound fault while viewing as somebody else.
func (s *Service) Ask(ctx context.Context, in Wrong) (Correction, error) {
	me, err := s.me(ctx, access.Update)
	if err != nil {
		return Correction{}, err
	}
	if err := written("text", in.Text, "Say what is wrong, and what is right.", maxWords); err != nil {
		return Correction{}, err
	}
	var id uuid.UUID
	err = s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		row, err := tx.Rectification.Create().
			SetPersonID(me.ID).SetAbout(in.About).SetNillableAboutID(in.AboutID).SetText(strings.TrimSpace(in.Text)).SetCreatedAt(s.Clock.Now()).
			Save(ctx)
		if err != nil {
			return err
		}
		id = row.ID
		return s.Trail.Record(ctx, tx, audit.Entry{
			Action: audit.RectificationAsked, Resource: "record", ID: id, Owner: me.ID, Facts: map[string]string{"about": in.About},
		})
	})
	if err != nil {
		return Correction{}, err
	}
	return s.one(ctx, id)
}

func written(field, words, fix string, most int) error {
	words = strings.TrimSpace(words)
	switch {
	case words == "":
		return fault.Bad("The text is missing.", fault.Detail{Field: field, Message: "it is empty", Fix: fix})
	case text.Longer(words, most):
		return fault.Bad("The text is too long.", fault.Detail{Field: field, Message: fmt.Sprintf("it is longer than %d characters", most), Fix: "Shorten it."})
	}
	return nil
}

func (s *Service) one(ctx context.Context, id uuid.UUID) (Correction, error) {
	row, err := s.Store.Read().Rectification.Query().Where(rectification.ID(id)).WithPerson().WithAnsweredBy().Only(ctx)
	if err != nil {
		return Correction{}, store.Found(err)
	}
	return correction(row), nil
}

func correction(r *db.Rectification) Correction {
	c := Correction{
		ID: r.ID, Version: r.Version, Person: process.RefOf(r.Edges.Person), About: r.About, Text: r.Text, State: string(r.State),
		CreatedAt: r.CreatedAt, Answer: r.Answer, AnsweredAt: r.AnsweredAt,
	}
	if r.Edges.AnsweredBy != nil {
		by := process.RefOf(r.Edges.AnsweredBy)
		c.AnsweredBy = &by
	}
	return c
}

// Mine lists the actor's requests for a correction, newest first, at most 200.
// Everybody may read their own. It returns a SignedOut fault without an actor and
// a NotFound fault while viewing as somebody else.
func (s *Service) Mine(ctx context.Context) ([]Correction, error) {
	me, err := s.me(ctx, access.Read)
	if err != nil {
		return nil, err
	}
	rows, err := s.Store.Read().Rectification.Query().Where(rectification.PersonID(me.ID)).
		WithPerson().WithAnsweredBy().Order(db.Desc(rectification.FieldCreatedAt)).Limit(shownMine).All(ctx)
	out := make([]Correction, 0, len(rows))
	for _, r := range rows {
		out = append(out, correction(r))
	}
	return out, err
}

// Corrections lists the requests of people in the actor's scope, newest first: 50
// by default, at most 200. HR partners may ask; everybody else gets an empty
// list. It returns an Invalid fault for an unknown cursor.
func (s *Service) Corrections(ctx context.Context, cursor string, limit int) ([]Correction, string, error) {
	after, err := store.ParseCursor(cursor)
	if err != nil {
		return nil, "", err
	}
	q := s.Store.Read().Rectification.Query().
		Where(rectification.HasPersonWith(s.Access.PersonScope(ctx, access.Records, access.Review))).
		WithPerson().WithAnsweredBy().Order(db.Desc(rectification.FieldID))
	if after.ID != uuid.Nil {
		q.Where(rectification.IDLT(after.ID))
	}
	limit = store.Limit(limit)
	rows, err := q.Limit(limit + 1).All(ctx)
	if err != nil {
		return nil, "", err
	}
	rows, next := store.Page(rows, limit, func(r *db.Rectification) store.Cursor { return store.Cursor{ID: r.ID} })
	out := make([]Correction, 0, len(rows))
	for _, r := range rows {
		out = append(out, correction(r))
	}
	return out, next, nil
}

// Answering is HR's answer to a request.
type Answering struct {
	State  string `json:"state" enum:"corrected,kept"`
	Answer string `json:"answer" maxLength:"4000" doc:"what was corrected, or why the record stays"`
}

// Answer closes a request with a text. HR partners may, in their scope, but never
// about themselves. It returns an Invalid fault for a text that is empty or
// longer than 4,000 characters, a NotFound fault for a request that the actor may
// not see, a Stale fault when it has changed, and a Conflict fault when it has
// already been answered.
func (s *Service) Answer(ctx context.Context, id uuid.UUID, version int, in Answering) (Correction, error) {
	if err := written("answer", in.Answer, "Say what was corrected, or why the record stays.", maxWords); err != nil {
		return Correction{}, err
	}
	me := actor.Of(ctx)
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		row, err := tx.Rectification.Query().
			Where(rectification.ID(id), rectification.HasPersonWith(s.Access.PersonScope(ctx, access.Records, access.Review))).Only(ctx)
		if err != nil {
			return store.Found(err)
		}
		switch {
		case row.Version != version:
			return fault.New(fault.Stale, "Somebody has already answered.")
		case row.State != rectification.StateOpen:
			return fault.Clash("This has already been answered.")
		}
		update := tx.Rectification.UpdateOneID(id).Where(rectification.Version(version)).AddVersion(1).
			SetState(rectification.State(in.State)).SetAnswer(strings.TrimSpace(in.Answer)).
			SetAnsweredByID(me.ID).SetAnsweredAt(s.Clock.Now())
		if err := store.Stale(update.Exec(ctx)); err != nil {
			return err
		}
		return s.Trail.Record(ctx, tx, audit.Entry{
			Action: audit.RectificationClosed, Resource: "record", ID: id, Owner: row.PersonID, Facts: map[string]string{"state": in.State},
		})
	})
	if err != nil {
		return Correction{}, err
	}
	return s.one(ctx, id)
}
