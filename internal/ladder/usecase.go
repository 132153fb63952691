package ladder

import (
	"context"
	"sync"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	entladder "github.com/rung-hr/rung/ent/db/ladder"
	"github.com/rung-hr/rung/ent/db/ladderversion"
	"github.com/rung-hr/rung/internal/access"
	"github.com/rung-hr/rung/internal/audit"
	"github.com/rung-hr/rung/internal/clock"
	"github.com/rung-hr/rung/internal/fault"
	"github.com/rung-hr/rung/internal/store"
)

// Service is the use cases around published ladders. Everybody signed in may
// read; publishing needs the right ladder:import.
type Service struct {
	store  *store.Store
	access *access.Service
	trail  *audit.Trail
	clock  clock.Clock
	parsed sync.Map // version id -> Document: a published version never changes
}

// NewService returns the use cases.
func NewService(s *store.Store, a *access.Service, t *audit.Trail, c clock.Clock) *Service {
	return &Service{store: s, access: a, trail: t, clock: c}
}

// Published is one version of a ladder as it was published.
type Published struct {
	ID            uuid.UUID
	Document      Document
	EffectiveFrom clock.Date
	Hash          string // SHA-256 of the canonical file, hex
	changes       *sync.Map
}

// Changes is DiffCells of a competency between two levels. It is computed once:
// a published version never changes.
func (p Published) Changes(c Competency, base, level string) []Segment {
	key := [3]string{c.Code, base, level}
	if known, ok := p.changes.Load(key); ok {
		return known.([]Segment)
	}
	segments := DiffCells(c.Cell(base), c.Cell(level))
	p.changes.Store(key, segments)
	return segments
}

// Brief is a ladder in a list.
type Brief struct {
	Slug          string     `json:"slug"`
	Name          string     `json:"name"`
	Version       string     `json:"version"`
	EffectiveFrom clock.Date `json:"effectiveFrom"`
	Levels        int        `json:"levels"`
	Competencies  int        `json:"competencies"`
}

// List returns the version in force of each ladder, by slug.
func (s *Service) List(ctx context.Context) ([]Brief, error) {
	if err := s.access.Require(ctx, access.Ladders, access.Read); err != nil {
		return nil, err
	}
	today := clock.DateOf(s.clock.Now())
	rows, err := s.store.Read().LadderVersion.Query().
		Where(ladderversion.EffectiveFromLTE(today)).
		WithLadder().
		Order(db.Asc(ladderversion.FieldEffectiveFrom), db.Asc(ladderversion.FieldPublishedAt)).
		All(ctx)
	if err != nil {
		return nil, err
	}
	newest := map[uuid.UUID]int{}
	var out []Brief
	for _, row := range rows {
		p, err := s.parse(row)
		if err != nil {
			return nil, err
		}
		brief := Brief{
			Slug: row.Edges.Ladder.Slug, Name: row.Edges.Ladder.Name, Version: row.Version, EffectiveFrom: row.EffectiveFrom,
			Levels: len(p.Document.Levels()), Competencies: len(p.Document.Competencies),
		}
		if at, ok := newest[row.LadderID]; ok {
			out[at] = brief
			continue
		}
		newest[row.LadderID] = len(out)
		out = append(out, brief)
	}
	return out, nil
}

// Get returns a version of a ladder; "" is the one in force today.
func (s *Service) Get(ctx context.Context, slug, version string) (Published, error) {
	if err := s.access.Require(ctx, access.Ladders, access.Read); err != nil {
		return Published{}, err
	}
	q := s.store.Read().LadderVersion.Query().Where(ladderversion.HasLadderWith(entladder.Slug(slug)))
	if version != "" {
		q.Where(ladderversion.Version(version))
	} else {
		q.Where(ladderversion.EffectiveFromLTE(clock.DateOf(s.clock.Now())))
	}
	row, err := q.Order(db.Desc(ladderversion.FieldEffectiveFrom), db.Desc(ladderversion.FieldPublishedAt)).First(ctx)
	if err != nil {
		return Published{}, store.Found(err)
	}
	return s.parse(row)
}

// Version returns a version by its id, for what is pinned to it.
func (s *Service) Version(ctx context.Context, id uuid.UUID) (Published, error) {
	if p, ok := s.parsed.Load(id); ok {
		return p.(Published), nil
	}
	row, err := s.store.Read().LadderVersion.Get(ctx, id)
	if err != nil {
		return Published{}, store.Found(err)
	}
	return s.parse(row)
}

func (s *Service) parse(row *db.LadderVersion) (Published, error) {
	if p, ok := s.parsed.Load(row.ID); ok {
		return p.(Published), nil
	}
	source, err := Parse(row.Version, []byte(row.Document))
	if err != nil {
		return Published{}, err
	}
	p := Published{ID: row.ID, Document: source.Document, EffectiveFrom: row.EffectiveFrom, Hash: row.ContentHash, changes: &sync.Map{}}
	s.parsed.Store(row.ID, p)
	return p, nil
}

// Compared is a comparison with the version it was made from.
type Compared struct {
	Ladder     Brief      `json:"ladder"`
	Comparison Comparison `json:"comparison"`
}

// Compare compares levels of a version; the first level is the base.
func (s *Service) Compare(ctx context.Context, slug, version string, levels []string) (Compared, error) {
	p, err := s.Get(ctx, slug, version)
	if err != nil {
		return Compared{}, err
	}
	comparison, err := Compare(p.Document, levels)
	if err != nil {
		return Compared{}, fault.Bad(err.Error(), fault.Detail{Field: "levels", Message: err.Error(), Fix: "name two to four levels of this ladder, separated by commas"})
	}
	return Compared{Ladder: brief(p), Comparison: comparison}, nil
}

func brief(p Published) Brief {
	return Brief{
		Slug: p.Document.Framework, Name: p.Document.Name, Version: p.Document.Version, EffectiveFrom: p.EffectiveFrom,
		Levels: len(p.Document.Levels()), Competencies: len(p.Document.Competencies),
	}
}

// Publish makes a file the version of its ladder from a date on. All that is
// wrong with the file comes back at once, as details with line and column. The
// same file again changes nothing.
func (s *Service) Publish(ctx context.Context, file string, content []byte, from clock.Date) (Published, error) {
	if err := s.access.Require(ctx, access.Ladders, access.Import); err != nil {
		return Published{}, err
	}
	source, err := Parse(file, content)
	if err != nil {
		return Published{}, badFile(err)
	}
	canonical, err := Export(source.Document)
	if err != nil {
		return Published{}, err
	}
	var row *db.LadderVersion
	err = s.store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		row, err = s.publish(ctx, tx, source.Document, string(canonical), from)
		return err
	})
	if err != nil {
		return Published{}, err
	}
	return s.parse(row)
}

func (s *Service) publish(ctx context.Context, tx *db.Client, doc Document, canonical string, from clock.Date) (*db.LadderVersion, error) {
	framework, err := s.framework(ctx, tx, doc)
	if err != nil {
		return nil, err
	}
	existing, err := tx.LadderVersion.Query().
		Where(ladderversion.LadderID(framework.ID), ladderversion.Version(doc.Version)).Only(ctx)
	if err == nil {
		if existing.ContentHash == doc.Hash() {
			return existing, nil
		}
		return nil, fault.Clash("Version %s of %s is published and cannot change. Give the file a new version.", doc.Version, doc.Name)
	}
	if !db.IsNotFound(err) {
		return nil, err
	}
	row, err := tx.LadderVersion.Create().
		SetLadderID(framework.ID).
		SetVersion(doc.Version).
		SetEffectiveFrom(from).
		SetContentHash(doc.Hash()).
		SetDocument(canonical).
		SetPublishedAt(s.clock.Now()).
		Save(ctx)
	if err != nil {
		return nil, err
	}
	return row, s.trail.Record(ctx, tx, audit.Entry{
		Action: audit.LadderPublished, Resource: "ladder", ID: row.ID,
		Facts: map[string]string{"slug": doc.Framework, "version": doc.Version, "hash": row.ContentHash},
	})
}

func (s *Service) framework(ctx context.Context, tx *db.Client, doc Document) (*db.Ladder, error) {
	existing, err := tx.Ladder.Query().Where(entladder.Slug(doc.Framework)).Only(ctx)
	if db.IsNotFound(err) {
		return tx.Ladder.Create().SetSlug(doc.Framework).SetName(doc.Name).Save(ctx)
	}
	return existing, err
}

func badFile(err error) error {
	findings, ok := err.(Findings) //nolint:errorlint // Parse returns it unwrapped
	if !ok {
		return err
	}
	details := make([]fault.Detail, 0, len(findings))
	for _, f := range findings {
		details = append(details, fault.Detail{File: f.File, Line: f.Line, Column: f.Column, Message: f.Message, Fix: f.Fix})
	}
	return fault.Bad("The ladder file has errors. Nothing was published.", details...)
}
