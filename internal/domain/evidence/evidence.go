// Package evidence is the log of what people did, in their own words. A piece
// belongs to one person and is private until it is attached to something that
// others may read.
package evidence

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"entgo.io/ent/dialect/sql"
	"entgo.io/ent/dialect/sql/sqljson"
	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	entevidence "github.com/rung-hr/rung/ent/db/evidence"
	"github.com/rung-hr/rung/ent/db/itemevidence"
	"github.com/rung-hr/rung/ent/schema"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
	"github.com/rung-hr/rung/internal/trust/process"
	"github.com/rung-hr/rung/internal/trust/usecase"
)

// Service is the use cases of the evidence log.
type Service struct {
	usecase.Base
}

// New returns the use cases.
func New(b usecase.Base) *Service {
	return &Service{Base: b}
}

// Role is a person's own part in what they log.
type Role = entevidence.Role

// Draft is what a person writes.
type Draft struct {
	Title        string         `json:"title" minLength:"1" maxLength:"200" example:"Queue back-pressure fix"`
	Body         string         `json:"body,omitempty" maxLength:"20000"`
	Role         *Role          `json:"role,omitempty" enum:"led,co_led,contributed" doc:"your own part in it"`
	HappenedFrom clock.Date     `json:"happenedFrom" format:"date"`
	HappenedTo   *clock.Date    `json:"happenedTo,omitempty" format:"date"`
	Links        []process.Link `json:"links,omitempty" maxItems:"20"`
	Competencies []string       `json:"competencies,omitempty" maxItems:"20"`
}

// Piece is one piece of evidence.
type Piece struct {
	ID           uuid.UUID          `json:"id"`
	Version      int                `json:"version"`
	Title        string             `json:"title"`
	Body         string             `json:"body"`
	Role         *Role              `json:"role" enum:"led,co_led,contributed" doc:"the person's own part in it; null when it is not said"`
	HappenedFrom clock.Date         `json:"happenedFrom"`
	HappenedTo   *clock.Date        `json:"happenedTo"`
	Links        []process.Link     `json:"links"`
	Competencies []string           `json:"competencies"`
	ConfirmedBy  *process.PersonRef `json:"confirmedBy,omitempty"`
	AttachedTo   int                `json:"attachedTo" doc:"how many ratings it is attached to"`
}

// ETagVersion is the version for optimistic locking.
func (p Piece) ETagVersion() int { return p.Version }

// Filter narrows a list.
type Filter struct {
	Text       string // part of the title or body
	Competency string
	Cursor     string
	Limit      int // 1 to 200; 0 means 50
}

// Newest returns the actor's own evidence, newest first, at most count pieces.
// Everybody may read their own log. It returns no fault of its own.
func (s *Service) Newest(ctx context.Context, count int) ([]process.EvidenceRef, error) {
	rows, err := s.Store.Read().Evidence.Query().
		Where(s.Access.EvidenceScope(ctx, access.Read)).
		Order(db.Desc(entevidence.FieldHappenedFrom), db.Desc(entevidence.FieldID)).
		Limit(count).All(ctx)
	out := make([]process.EvidenceRef, 0, len(rows))
	for _, row := range rows {
		out = append(out, process.EvidenceOf(row))
	}
	return out, err
}

// List returns the actor's own evidence, newest first: 50 pieces by default, at
// most 200. Everybody may read their own log. It returns an Invalid fault for an
// unknown cursor.
func (s *Service) List(ctx context.Context, f Filter) ([]Piece, string, error) {
	q := s.Store.Read().Evidence.Query().
		Where(s.Access.EvidenceScope(ctx, access.Read)).
		WithConfirmedBy().
		Order(db.Desc(entevidence.FieldHappenedFrom), db.Desc(entevidence.FieldID))
	if f.Text != "" {
		q.Where(entevidence.Or(entevidence.TitleContainsFold(f.Text), entevidence.BodyContainsFold(f.Text)))
	}
	if f.Competency != "" {
		q.Where(tagged(f.Competency))
	}
	cursor, err := store.ParseCursor(f.Cursor)
	if err != nil {
		return nil, "", err
	}
	if cursor.ID != uuid.Nil {
		q.Where(entevidence.Or(
			entevidence.HappenedFromLT(clock.Date(cursor.Key)),
			entevidence.And(entevidence.HappenedFrom(clock.Date(cursor.Key)), entevidence.IDLT(cursor.ID)),
		))
	}
	limit := store.Limit(f.Limit)
	rows, err := q.Limit(limit + 1).All(ctx)
	if err != nil {
		return nil, "", err
	}
	rows, next := store.Page(rows, limit, func(e *db.Evidence) store.Cursor {
		return store.Cursor{Key: string(e.HappenedFrom), ID: e.ID}
	})
	attached, err := s.attachments(ctx, rows)
	if err != nil {
		return nil, "", err
	}
	out := make([]Piece, 0, len(rows))
	for _, e := range rows {
		out = append(out, pieceOf(e, attached[e.ID]))
	}
	return out, next, nil
}

// tagged finds a code in the list of competencies, as a whole.
func tagged(code string) func(*sql.Selector) {
	return func(q *sql.Selector) {
		q.Where(sqljson.ValueContains(entevidence.FieldCompetencies, code))
	}
}

func (s *Service) attachments(ctx context.Context, rows []*db.Evidence) (map[uuid.UUID]int, error) {
	ids := make([]uuid.UUID, 0, len(rows))
	for _, e := range rows {
		ids = append(ids, e.ID)
	}
	var counts []struct {
		EvidenceID uuid.UUID `json:"evidence_id"`
		Count      int       `json:"count"`
	}
	err := s.Store.Read().ItemEvidence.Query().
		Where(itemevidence.EvidenceIDIn(ids...)).
		GroupBy(itemevidence.FieldEvidenceID).
		Aggregate(db.Count()).
		Scan(ctx, &counts)
	out := map[uuid.UUID]int{}
	for _, c := range counts {
		out[c.EvidenceID] = c.Count
	}
	return out, err
}

// Log adds a piece to the actor's own evidence and returns it. Everybody may log
// their own. It returns an Invalid fault that names every wrong field and a
// Forbidden fault without an actor.
func (s *Service) Log(ctx context.Context, d Draft) (Piece, error) {
	p, ok := actor.From(ctx)
	if !ok || !s.Access.CanEvidence(ctx, access.Create, access.EvidenceFacts{Owner: p.ID}) {
		return Piece{}, fault.Denied("Only a signed-in person can log evidence.")
	}
	if err := d.check(); err != nil {
		return Piece{}, err
	}
	var row *db.Evidence
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		created, err := tx.Evidence.Create().
			SetPersonID(p.ID).
			SetTitle(d.Title).SetBody(d.Body).SetNillableRole(d.Role).
			SetHappenedFrom(d.HappenedFrom).SetNillableHappenedTo(d.HappenedTo).
			SetLinks(rowLinks(d.Links)).SetCompetencies(list(d.Competencies)).
			SetCreatedAt(s.Clock.Now()).
			Save(ctx)
		if err != nil {
			return err
		}
		row = created
		return s.Trail.Record(ctx, tx, audit.Entry{Action: audit.EvidenceLogged, Resource: "evidence", ID: created.ID, Owner: p.ID})
	})
	if err != nil {
		return Piece{}, err
	}
	return pieceOf(row, 0), nil
}

// Change rewrites a piece of the actor's own evidence; version is the one that
// was read. Everybody may change their own. It returns an Invalid fault that
// names every wrong field, a NotFound fault for anybody else's piece, and a Stale
// fault with the current piece when the version is older.
func (s *Service) Change(ctx context.Context, id uuid.UUID, version int, d Draft) (Piece, error) {
	if err := d.check(); err != nil {
		return Piece{}, err
	}
	mine := s.Access.EvidenceScope(ctx, access.Update)
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		update := tx.Evidence.UpdateOneID(id).
			Where(mine, entevidence.Version(version)).
			AddVersion(1).
			SetTitle(d.Title).SetBody(d.Body).SetHappenedFrom(d.HappenedFrom).
			SetLinks(rowLinks(d.Links)).SetCompetencies(list(d.Competencies))
		if d.Role == nil {
			update.ClearRole()
		} else {
			update.SetRole(*d.Role)
		}
		if d.HappenedTo == nil {
			update.ClearHappenedTo()
		} else {
			update.SetHappenedTo(*d.HappenedTo)
		}
		row, err := update.Save(ctx)
		if err := store.Stale(err); err != nil {
			return err
		}
		return s.Trail.Record(ctx, tx, audit.Entry{Action: audit.EvidenceChanged, Resource: "evidence", ID: id, Owner: row.PersonID})
	})
	return store.Current(err, func() (Piece, error) { return s.get(ctx, id) })
}

func (s *Service) get(ctx context.Context, id uuid.UUID) (Piece, error) {
	row, err := s.Store.Read().Evidence.Query().
		Where(entevidence.ID(id), s.Access.EvidenceScope(ctx, access.Read)).
		WithConfirmedBy().Only(ctx)
	if err != nil {
		return Piece{}, store.Found(err)
	}
	attached, err := s.attachments(ctx, []*db.Evidence{row})
	return pieceOf(row, attached[id]), err
}

// Delete removes a piece of the actor's own evidence. Everybody may delete their
// own. It returns a NotFound fault for anybody else's piece and a Conflict fault
// when the piece is attached to an assessment.
func (s *Service) Delete(ctx context.Context, id uuid.UUID) error {
	mine := s.Access.EvidenceScope(ctx, access.Delete)
	return s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		row, err := tx.Evidence.Query().Where(entevidence.ID(id), mine).Only(ctx)
		if err != nil {
			return store.Found(err)
		}
		used, err := tx.ItemEvidence.Query().Where(itemevidence.EvidenceID(id)).Exist(ctx)
		if err != nil {
			return err
		}
		if used {
			return fault.Clash("This piece is attached to an assessment. Detach it there first.")
		}
		if _, err := tx.Evidence.Delete().Where(entevidence.ID(id), mine).Exec(ctx); err != nil {
			return err
		}
		return s.Trail.Record(ctx, tx, audit.Entry{Action: audit.EvidenceDeleted, Resource: "evidence", ID: id, Owner: row.PersonID})
	})
}

func (d Draft) check() error {
	var wrong []fault.Detail
	add := func(pointer, message, fix string) {
		wrong = append(wrong, fault.Detail{Pointer: pointer, Message: message, Fix: fix})
	}
	if strings.TrimSpace(d.Title) == "" || utf8.RuneCountInString(d.Title) > 200 {
		add("/title", "The title is empty or longer than 200 characters.", "Say in one line what you did.")
	}
	if d.Role != nil && entevidence.RoleValidator(*d.Role) != nil {
		add("/role", "\""+string(*d.Role)+"\" is no part in it.", "Use led, co_led or contributed, or leave it out.")
	}
	if _, err := clock.ParseDate(string(d.HappenedFrom)); err != nil {
		add("/happenedFrom", err.Error(), "Write the date as 2026-11-23.")
	}
	if d.HappenedTo != nil {
		if _, err := clock.ParseDate(string(*d.HappenedTo)); err != nil {
			add("/happenedTo", err.Error(), "Write the date as 2026-11-23.")
		} else if *d.HappenedTo < d.HappenedFrom {
			add("/happenedTo", "It ends before it starts.", "Swap the dates.")
		}
	}
	if i := slices.IndexFunc(d.Links, func(l process.Link) bool { return !webAddress(l.URL) }); i >= 0 {
		add("/links", "\""+d.Links[i].URL+"\" is not a web address.", "Start it with https://.")
	}
	if len(wrong) > 0 {
		return fault.Bad("The evidence was not saved.", wrong...)
	}
	return nil
}

func webAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}

func pieceOf(e *db.Evidence, attached int) Piece {
	p := Piece{
		ID: e.ID, Version: e.Version, Title: e.Title, Body: e.Body, Role: e.Role, HappenedFrom: e.HappenedFrom, HappenedTo: e.HappenedTo,
		Links: process.LinksOf(e.Links), Competencies: list(e.Competencies), AttachedTo: attached,
	}
	if e.Edges.ConfirmedBy != nil {
		by := process.RefOf(e.Edges.ConfirmedBy)
		p.ConfirmedBy = &by
	}
	return p
}

func rowLinks(in []process.Link) []schema.Link {
	out := make([]schema.Link, 0, len(in))
	for _, l := range in {
		out = append(out, schema.Link(l))
	}
	return out
}

func list(in []string) []string {
	if in == nil {
		return []string{}
	}
	return in
}
