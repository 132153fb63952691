package library

import (
	"context"

	"github.com/rung-hr/rung/ent/db"
	entladder "github.com/rung-hr/rung/ent/db/ladder"
	"github.com/rung-hr/rung/ent/db/ladderversion"
	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
)

// VersionRow is one version in the history of a ladder.
type VersionRow struct {
	Version       string     `json:"version"`
	EffectiveFrom clock.Date `json:"effectiveFrom"`
	State         string     `json:"state" enum:"planned,in_force,retired"`
	Levels        int        `json:"levels"`
	Competencies  int        `json:"competencies"`
	Changes       string     `json:"changes" doc:"what is new, in the owner's words"`
	Hash          string     `json:"hash" doc:"SHA-256 of the canonical document, hex"`
}

// Versions lists the published versions of a ladder, the newest first. Everybody
// may read them. It returns a NotFound fault for an unknown ladder and a
// SignedOut fault without an actor.
func (s *Service) Versions(ctx context.Context, slug string) ([]VersionRow, error) {
	if err := s.Access.Require(ctx, access.Ladders, access.Read); err != nil {
		return nil, err
	}
	framework, err := s.Store.Read().Ladder.Query().Where(entladder.Slug(slug)).Only(ctx)
	if err != nil {
		return nil, store.Found(err)
	}
	rows, err := s.Store.Read().LadderVersion.Query().Where(ladderversion.LadderID(framework.ID)).
		Order(db.Desc(ladderversion.FieldEffectiveFrom), db.Desc(ladderversion.FieldPublishedAt)).
		Select(append(headed, ladderversion.FieldChanges)...).All(ctx)
	if err != nil {
		return nil, err
	}
	today := clock.DateOf(s.Clock.Now())
	out, inForce := make([]VersionRow, 0, len(rows)), false
	for _, row := range rows {
		state := "retired"
		switch {
		case row.EffectiveFrom > today:
			state = "planned"
		case !inForce && (framework.RetiredOn == nil || *framework.RetiredOn > today):
			state, inForce = "in_force", true
		}
		out = append(out, VersionRow{
			Version: row.Version, EffectiveFrom: row.EffectiveFrom, State: state, Levels: row.LevelCount, Competencies: row.CompetencyCount,
			Changes: row.Changes, Hash: row.ContentHash,
		})
	}
	return out, nil
}

// CompareVersions returns what changes between two published versions of a
// ladder; "" is the one in force. Everybody may compare. It returns a NotFound
// fault for an unknown ladder or version and a SignedOut fault without an actor.
func (s *Service) CompareVersions(ctx context.Context, slug, from, to string) (ladder.VersionDiff, error) {
	before, err := s.Get(ctx, slug, from)
	if err != nil {
		return ladder.VersionDiff{}, err
	}
	after, err := s.Get(ctx, slug, to)
	if err != nil {
		return ladder.VersionDiff{}, err
	}
	return ladder.Diff(before.Rubric, after.Rubric, nil), nil
}

// SourceOf returns the file of a version, as its owner wrote it; "" is the one in
// force. Everybody may read it. It returns a NotFound fault for an unknown ladder
// or version and a SignedOut fault without an actor.
func (s *Service) SourceOf(ctx context.Context, slug, version string) (name string, content []byte, err error) {
	p, err := s.Get(ctx, slug, version)
	if err != nil {
		return "", nil, err
	}
	row, err := s.Store.Read().LadderVersion.Query().Where(ladderversion.ID(p.ID)).Select(ladderversion.FieldDocument).Only(ctx)
	if err != nil {
		return "", nil, err
	}
	return p.Rubric.Framework + "-" + p.Rubric.Version + ".yaml", []byte(row.Document), nil
}
