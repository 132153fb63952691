// Package library keeps ladders: drafts and their review, published versions and
// their history, settings, and which ladder a person stands on.
package library

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"sync"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	entladder "github.com/rung-hr/rung/ent/db/ladder"
	"github.com/rung-hr/rung/ent/db/ladderversion"
	entunit "github.com/rung-hr/rung/ent/db/unit"
	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/usecase"
)

// Service is the use cases around ladders. Everybody signed in may read what is
// published. Publishing a file needs the right ladder:import; drafts need the
// rights on draft.
type Service struct {
	usecase.Base
	parsed    sync.Map // version id -> Published: a published version never changes
	documents sync.Map // version id -> Document, of those that others build on
}

// New returns the use cases.
func New(b usecase.Base) *Service {
	return &Service{Base: b}
}

// Brief is a ladder in a list.
type Brief struct {
	Slug          string     `json:"slug"`
	Name          string     `json:"name"`
	Version       string     `json:"version"`
	EffectiveFrom clock.Date `json:"effectiveFrom"`
	Levels        int        `json:"levels"`
	Competencies  int        `json:"competencies"`
	Public        bool       `json:"public" doc:"readable without an account"`
	Retired       bool       `json:"retired" doc:"nobody is assessed against it any longer"`
	Units         []Unit     `json:"units" doc:"the units that stand on it, by name; people in other units stand on the widest ladder that has their level"`
}

// Unit is a part of the company that stands on a ladder, with all units below it
// that have no ladder of their own.
type Unit struct {
	ID   uuid.UUID `json:"id"`
	Name string    `json:"name"`
}

// headed are the columns of a version without its texts.
var headed = []string{
	ladderversion.FieldID, ladderversion.FieldLadderID, ladderversion.FieldVersion, ladderversion.FieldEffectiveFrom, ladderversion.FieldContentHash,
	ladderversion.FieldPublishedAt, ladderversion.FieldLevelCount, ladderversion.FieldCompetencyCount, ladderversion.FieldWrittenByID, ladderversion.FieldPublishedByID,
}

// List returns the version in force of each ladder, by name, retired ladders
// last. Everybody may read it. It returns a SignedOut fault without an actor.
func (s *Service) List(ctx context.Context) ([]Brief, error) {
	if err := s.Access.Require(ctx, access.Ladders, access.Read); err != nil {
		return nil, err
	}
	today := clock.DateOf(s.Clock.Now())
	rows, err := s.Store.Read().LadderVersion.Query().
		Where(ladderversion.EffectiveFromLTE(today)).
		WithLadder().
		Order(db.Asc(ladderversion.FieldEffectiveFrom), db.Asc(ladderversion.FieldPublishedAt)).
		Select(headed...).All(ctx)
	if err != nil {
		return nil, err
	}
	units, err := s.units(ctx)
	if err != nil {
		return nil, err
	}
	newest := map[uuid.UUID]Brief{}
	for _, row := range rows {
		brief := briefOf(row, row.Edges.Ladder, today)
		brief.Units = append(brief.Units, units[row.LadderID]...)
		newest[row.LadderID] = brief
	}
	out := make([]Brief, 0, len(newest))
	for _, brief := range newest {
		out = append(out, brief)
	}
	slices.SortFunc(out, func(a, b Brief) int {
		if a.Retired != b.Retired {
			return map[bool]int{true: 1, false: -1}[a.Retired]
		}
		return strings.Compare(a.Name+"\x00"+a.Slug, b.Name+"\x00"+b.Slug)
	})
	return out, nil
}

// units are the units that stand on each ladder, by name.
func (s *Service) units(ctx context.Context) (map[uuid.UUID][]Unit, error) {
	rows, err := s.Store.Read().Unit.Query().Where(entunit.LadderIDNotNil()).Order(db.Asc(entunit.FieldNameKey)).All(ctx)
	out := map[uuid.UUID][]Unit{}
	for _, row := range rows {
		out[*row.LadderID] = append(out[*row.LadderID], Unit{ID: row.ID, Name: row.Name})
	}
	return out, err
}

func briefOf(row *db.LadderVersion, framework *db.Ladder, today clock.Date) Brief {
	return Brief{
		Slug: framework.Slug, Name: framework.Name, Version: row.Version, EffectiveFrom: row.EffectiveFrom, Public: framework.Public,
		Levels: row.LevelCount, Competencies: row.CompetencyCount, Retired: framework.RetiredOn != nil && *framework.RetiredOn <= today,
		Units: []Unit{},
	}
}

// Get returns a version of a ladder; "" is the one in force today. Everybody may
// read it. It returns a NotFound fault for an unknown ladder or version and a
// SignedOut fault without an actor.
func (s *Service) Get(ctx context.Context, slug, version string) (ladder.Published, error) {
	if err := s.Access.Require(ctx, access.Ladders, access.Read); err != nil {
		return ladder.Published{}, err
	}
	return s.find(ctx, slug, version)
}

// find answers from memory if it can: each time it looks up only the head of the
// version.
func (s *Service) find(ctx context.Context, slug, version string) (ladder.Published, error) {
	q := s.Store.Read().LadderVersion.Query().Where(ladderversion.HasLadderWith(entladder.Slug(slug)))
	if version != "" {
		q.Where(ladderversion.Version(version))
	} else {
		q.Where(ladderversion.EffectiveFromLTE(clock.DateOf(s.Clock.Now())))
	}
	id, err := q.Order(db.Desc(ladderversion.FieldEffectiveFrom), db.Desc(ladderversion.FieldPublishedAt)).FirstID(ctx)
	if err != nil {
		return ladder.Published{}, store.Found(err)
	}
	return s.Version(ctx, id)
}

// Version returns a version by its id, for what is pinned to it. Anybody may call
// it: the caller has checked the right. It returns a NotFound fault for an
// unknown id.
func (s *Service) Version(ctx context.Context, id uuid.UUID) (ladder.Published, error) {
	if p, ok := s.parsed.Load(id); ok {
		return p.(ladder.Published), nil //nolint:forcetypeassert // nothing else is stored
	}
	row, err := s.Store.Read().LadderVersion.Get(ctx, id)
	if err != nil {
		return ladder.Published{}, store.Found(err)
	}
	p := ladder.NewPublished(row.ID, row.EffectiveFrom, row.ContentHash)
	if err := json.Unmarshal([]byte(row.Rubric), &p.Rubric); err != nil {
		return ladder.Published{}, err
	}
	s.parsed.Store(row.ID, p)
	return p, nil
}

// Compared is a comparison with the version it was made from.
type Compared struct {
	Ladder     Brief             `json:"ladder"`
	Comparison ladder.Comparison `json:"comparison"`
}

// Compare compares levels of a version; the first level is the base. Everybody
// may compare. It returns an Invalid fault for fewer than two levels or for one
// that is unknown or repeated, and the faults of Get.
func (s *Service) Compare(ctx context.Context, slug, version string, levels []string) (Compared, error) {
	p, err := s.Get(ctx, slug, version)
	if err != nil {
		return Compared{}, err
	}
	comparison, err := ladder.Compare(p.Rubric, levels)
	if err != nil {
		return Compared{}, fault.Bad(err.Error(), fault.Detail{Field: "levels", Message: err.Error(), Fix: "name two to four levels of this ladder, separated by commas"})
	}
	return Compared{Ladder: brief(p), Comparison: comparison}, nil
}

func brief(p ladder.Published) Brief {
	return Brief{
		Slug: p.Rubric.Framework, Name: p.Rubric.Name, Version: p.Rubric.Version, EffectiveFrom: p.EffectiveFrom,
		Levels: len(p.Rubric.Levels()), Competencies: len(p.Rubric.Competencies),
	}
}
