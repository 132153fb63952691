package ladder

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/ladderdraft"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
)

// SaveDraft keeps the file as it was typed, also with errors: they are told,
// and nothing is lost. It returns a Stale fault with the current draft when
// somebody saved it since.
func (s *Service) SaveDraft(ctx context.Context, id uuid.UUID, version int, text string) (Draft, error) {
	return s.change(ctx, id, version, func(*db.LadderDraft) (string, error) { return text, nil })
}

// CellEdit is what a cell says from now on. A sentence without a uid is new and
// gets one; one that is left out is dropped.
type CellEdit struct {
	Narrative string      `json:"narrative,omitempty" maxLength:"20000"`
	Criteria  []Criterion `json:"criteria" maxItems:"100"`
}

// CellPlace is a competency at a level, or at a point of its scale.
type CellPlace struct {
	Competency string
	Anchor     string // a level, or a point of the scale
	Archetype  string // what this archetype alone does there; empty for what holds for all
}

// EditCell changes one cell of a draft that has no errors.
func (s *Service) EditCell(ctx context.Context, id uuid.UUID, version int, at CellPlace, in CellEdit) (Draft, error) {
	return s.change(ctx, id, version, func(row *db.LadderDraft) (string, error) {
		return rewritten(row.Document, "The cell was not saved.", func(d *Document) error { return d.edit(at, in) })
	})
}

// rewritten applies an edit to the text of a draft and gives its canonical form
// back, comments kept. Translations go with their texts. What the edit breaks is
// a fault with the message and every field that is wrong.
func rewritten(text, message string, edit func(*Document) error) (string, error) {
	source, err := Parse("ladder.yaml", []byte(text))
	if err != nil {
		return "", fault.Clash("The file has errors. Mend them in the file first.").WithCode("draft_broken")
	}
	before := source.Document.texts()
	if err := edit(&source.Document); err != nil {
		return "", err
	}
	source.Document.untranslate(before)
	source.Document.normalise()
	canonical, err := source.Canonical()
	if err != nil {
		return "", err
	}
	if _, err := Parse("ladder.yaml", canonical); err != nil {
		return "", refused(message, err)
	}
	return string(canonical), nil
}

// refused says what is wrong with an edit without naming lines of a file that
// its writer does not see.
func refused(message string, err error) error {
	findings, _ := err.(Findings) //nolint:errorlint // Parse returns it unwrapped
	details := findings.Details()
	for i := range details {
		details[i].File, details[i].Line, details[i].Column = "", 0, 0
	}
	return fault.Bad(message, details...)
}

// edit replaces what the document says at a place. A document on layers may name
// a competency of a layer: what it says is added there.
func (d *Document) edit(place CellPlace, in CellEdit) error {
	at := slices.IndexFunc(d.Competencies, func(e Entry) bool { return e.Code == place.Competency })
	if at < 0 && len(d.Layers) == 0 {
		return fault.Missing()
	}
	d.Competencies = slices.Clone(d.Competencies)
	if at < 0 {
		at = len(d.Competencies)
		d.Competencies = append(d.Competencies, Entry{Code: place.Competency})
	}
	entry := &d.Competencies[at]
	cell := slices.IndexFunc(entry.Descriptors, func(have Descriptor) bool { return have.At.is(place) })
	d.nameSentences(place, in.Criteria)
	entry.Descriptors = slices.Clone(entry.Descriptors)
	switch {
	case cell >= 0 && len(in.Criteria) == 0 && strings.TrimSpace(in.Narrative) == "":
		entry.Descriptors = slices.Delete(entry.Descriptors, cell, cell+1)
	case cell >= 0:
		entry.Descriptors[cell].Narrative, entry.Descriptors[cell].Criteria = in.Narrative, in.Criteria
	default:
		entry.Descriptors = append(entry.Descriptors, Descriptor{At: d.anchorOf(*entry, place), Narrative: in.Narrative, Criteria: in.Criteria})
	}
	return nil
}

// is reports whether the anchor is that of one cell, and of nothing else.
func (a Anchor) is(place CellPlace) bool {
	alone := a.Levels == "" && a.Track == "" && a.Archetype == place.Archetype
	return alone && cmp.Or(a.Level, a.Point) == place.Anchor
}

// anchorOf is a point when the competency's scale has it and no level is named so.
func (d *Document) anchorOf(entry Entry, place CellPlace) Anchor {
	isLevel := slices.ContainsFunc(d.Levels(), func(l Level) bool { return l.Code == place.Anchor })
	scale := entry.Scale
	if scale == "" {
		scale = d.rating()
	}
	if !isLevel && d.Scales[scale].index(place.Anchor) >= 0 {
		return Anchor{Point: place.Anchor, Archetype: place.Archetype}
	}
	return Anchor{Level: place.Anchor, Archetype: place.Archetype}
}

// nameSentences gives new sentences a uid that the document does not have.
func (d *Document) nameSentences(place CellPlace, criteria []Criterion) {
	taken := map[string]bool{}
	for _, entry := range d.Competencies {
		for _, descriptor := range entry.Descriptors {
			for _, c := range descriptor.Criteria {
				taken[c.UID] = true
			}
		}
	}
	prefix := strings.ToLower(place.Competency + "-" + strings.NewReplacer(".", "-", "_", "-").Replace(place.Anchor))
	for i := range criteria {
		for criteria[i].UID == "" {
			if uid := fmt.Sprintf("%s-%s", prefix, uuid.NewString()[:8]); !taken[uid] {
				criteria[i].UID, taken[uid] = uid, true
			}
		}
	}
}

// SaidMoves are what the owner decided of sentences.
type SaidMoves struct {
	Moves []Move `json:"moves" maxItems:"20000"`
}

// change applies one edit of a draft under optimistic locking.
func (s *Service) change(ctx context.Context, id uuid.UUID, version int, edit func(*db.LadderDraft) (string, error)) (Draft, error) {
	err := s.store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		row, err := s.writable(ctx, tx, id, version)
		if err != nil {
			return err
		}
		text, err := edit(row)
		if err != nil {
			return err
		}
		if text == row.Document {
			return nil
		}
		if err := tx.LadderDraft.UpdateOne(row).Where(ladderdraft.Version(version)).AddVersion(1).SetDocument(text).SetUpdatedAt(s.clock.Now()).Exec(ctx); err != nil {
			return err
		}
		return s.trail.Record(ctx, tx, audit.Entry{Action: audit.LadderEdited, Resource: "draft", ID: id})
	})
	return s.afterDraft(ctx, id, err)
}

// writable finds a draft that the actor may change now.
func (s *Service) writable(ctx context.Context, tx *db.Client, id uuid.UUID, version int) (*db.LadderDraft, error) {
	if err := s.access.Require(ctx, access.Drafts, access.Update); err != nil {
		return nil, err
	}
	row, err := tx.LadderDraft.Query().Where(ladderdraft.ID(id)).WithLadder().Only(ctx)
	switch {
	case err != nil:
		return nil, store.Found(err)
	case row.State == ladderdraft.StateReview:
		return nil, fault.Clash("It is in review. Take it back to change it.").WithCode("in_review")
	case row.State != ladderdraft.StateDraft:
		return nil, fault.Clash("It is %s and cannot change any more.", row.State).WithCode("wrong_state")
	case row.Version != version:
		return nil, fault.Outdated(nil)
	}
	return row, nil
}

// afterDraft reads the draft once a write is through, and adds it to a refusal
// that came from an old version.
func (s *Service) afterDraft(ctx context.Context, id uuid.UUID, err error) (Draft, error) {
	if db.IsNotFound(err) {
		err = fault.Outdated(nil) // somebody saved it between reading and writing
	}
	if err != nil && fault.KindOf(err) != fault.Stale {
		return Draft{}, err
	}
	current, readErr := s.Draft(ctx, id)
	if readErr != nil {
		return Draft{}, readErr
	}
	if err != nil {
		return Draft{}, fault.Outdated(current)
	}
	return current, nil
}

// DiscardDraft gives a draft up. Its text is kept.
func (s *Service) DiscardDraft(ctx context.Context, id uuid.UUID, version int) error {
	if err := s.access.Require(ctx, access.Drafts, access.Delete); err != nil {
		return err
	}
	return s.store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		n, err := tx.LadderDraft.Update().Where(ladderdraft.ID(id), ladderdraft.Version(version), ladderdraft.StateIn(open...)).
			AddVersion(1).SetState(ladderdraft.StateDiscarded).SetUpdatedAt(s.clock.Now()).Save(ctx)
		if err != nil {
			return err
		}
		if n == 0 {
			return s.gone(ctx, tx, id)
		}
		return s.trail.Record(ctx, tx, audit.Entry{Action: audit.LadderDiscarded, Resource: "draft", ID: id})
	})
}

// gone tells an old version from a draft that is not there.
func (s *Service) gone(ctx context.Context, tx *db.Client, id uuid.UUID) error {
	row, err := tx.LadderDraft.Get(ctx, id)
	if err != nil {
		return store.Found(err)
	}
	if !slices.Contains(open, row.State) {
		return fault.Clash("It is %s already.", row.State).WithCode("wrong_state")
	}
	return fault.Outdated(nil)
}

// Saying is a comment on a draft, or on one of its cells.
type Saying struct {
	Competency string `json:"competency,omitempty" maxLength:"64"`
	Level      string `json:"level,omitempty" maxLength:"64"`
	Text       string `json:"text" minLength:"1" maxLength:"4000"`
}

// placedIn refuses a place that the text does not have. A text with errors has
// no places to check.
func (s Saying) placedIn(text string) error {
	source, err := Parse("", []byte(text))
	if s.Competency == "" && s.Level == "" || err != nil || len(source.Document.Layers) > 0 {
		return nil //nolint:nilerr // a draft may have errors and still be commented on
	}
	d := source.Document
	entry, ok := d.Entry(s.Competency)
	isLevel := slices.ContainsFunc(d.Levels(), func(l Level) bool { return l.Code == s.Level })
	switch {
	case !ok:
		return fault.Bad("The comment is on a place that is not there.", fault.Detail{Pointer: "/competency", Message: "There is no competency " + s.Competency + ".", Fix: "Name one of the draft."})
	case s.Level != "" && !isLevel && d.Scales[cmp.Or(entry.Scale, d.rating())].index(s.Level) < 0:
		return fault.Bad("The comment is on a place that is not there.", fault.Detail{Pointer: "/level", Message: "There is no level " + s.Level + ".", Fix: "Name a level of the draft or a point of the scale."})
	}
	return nil
}

// CommentDraft adds a comment to a draft that the actor may read. Everybody may
// comment on what is in review.
func (s *Service) CommentDraft(ctx context.Context, id uuid.UUID, in Saying) (Draft, error) {
	if err := s.access.Require(ctx, access.Proposals, access.Create); err != nil {
		return Draft{}, err
	}
	if strings.TrimSpace(in.Text) == "" {
		return Draft{}, fault.Bad("The comment is empty.", fault.Detail{Pointer: "/text", Message: "The comment is empty.", Fix: "Say what should change."})
	}
	err := s.store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
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
		author, _ := actor.From(ctx)
		err = tx.LadderComment.Create().SetDraftID(row.ID).SetAuthorID(author.ID).
			SetCompetency(in.Competency).SetLevel(in.Level).SetText(strings.TrimSpace(in.Text)).SetCreatedAt(s.clock.Now()).Exec(ctx)
		if err != nil {
			return err
		}
		return s.trail.Record(ctx, tx, audit.Entry{Action: audit.LadderCommented, Resource: "draft", ID: id})
	})
	return s.afterDraft(ctx, id, err)
}

// ResolveComment marks a comment as dealt with. Those who write drafts may.
func (s *Service) ResolveComment(ctx context.Context, draft, id uuid.UUID) (Draft, error) {
	if err := s.access.Require(ctx, access.Drafts, access.Update); err != nil {
		return Draft{}, err
	}
	err := s.store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		row, err := tx.LadderComment.Get(ctx, id)
		if err != nil || row.DraftID != draft {
			return fault.Missing()
		}
		if err := tx.LadderComment.UpdateOne(row).AddVersion(1).SetResolvedAt(s.clock.Now()).Exec(ctx); err != nil {
			return err
		}
		return s.trail.Record(ctx, tx, audit.Entry{Action: audit.LadderCommented, Resource: "draft", ID: draft, Facts: map[string]string{"resolved": "true"}})
	})
	return s.afterDraft(ctx, draft, err)
}
