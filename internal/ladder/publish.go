package ladder

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/Masterminds/semver/v3"
	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	entladder "github.com/rung-hr/rung/ent/db/ladder"
	"github.com/rung-hr/rung/ent/db/ladderversion"
	"github.com/rung-hr/rung/internal/access"
	"github.com/rung-hr/rung/internal/actor"
	"github.com/rung-hr/rung/internal/audit"
	"github.com/rung-hr/rung/internal/clock"
	"github.com/rung-hr/rung/internal/fault"
)

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
	var row *db.LadderVersion
	err = s.store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		row, err = s.publish(ctx, tx, publication{source: source, from: from})
		return err
	})
	if err != nil {
		return Published{}, err
	}
	return s.Version(ctx, row.ID)
}

// publication is a document on its way to be published.
type publication struct {
	source    Source
	from      clock.Date
	writtenBy uuid.UUID // uuid.Nil for a file
	moves     []Move    // what the owner decided
}

// publish resolves the layers and writes the version, once.
func (s *Service) publish(ctx context.Context, tx *db.Client, p publication) (*db.LadderVersion, error) {
	doc := p.source.Document
	framework, err := s.framework(ctx, tx, doc)
	if err != nil {
		return nil, err
	}
	existing, err := tx.LadderVersion.Query().
		Where(ladderversion.LadderID(framework.ID), ladderversion.Version(doc.Version)).Only(ctx)
	switch {
	case err == nil && existing.ContentHash == doc.Hash():
		return existing, nil
	case err == nil:
		return nil, fault.Clash("Version %s of %s is published and cannot change. Give the file a new version.", doc.Version, doc.Title())
	case !db.IsNotFound(err):
		return nil, err
	}
	rubric, err := s.resolve(ctx, tx, p.source)
	if err != nil {
		return nil, err
	}
	moves, err := s.movesFrom(ctx, tx, framework.ID, rubric, p)
	if err != nil {
		return nil, err
	}
	row, err := s.insert(ctx, tx, framework.ID, p, rubric, moves)
	if err != nil {
		return nil, err
	}
	if framework.Name != rubric.Name {
		if err := tx.Ladder.UpdateOne(framework).SetName(rubric.Name).Exec(ctx); err != nil {
			return nil, err
		}
	}
	return row, s.trail.Record(ctx, tx, audit.Entry{
		Action: audit.LadderPublished, Resource: "ladder", ID: row.ID,
		Facts: map[string]string{"slug": doc.Framework, "version": doc.Version, "hash": row.ContentHash},
	})
}

func (s *Service) insert(ctx context.Context, tx *db.Client, framework uuid.UUID, p publication, rubric Rubric, moves []Move) (*db.LadderVersion, error) {
	canonical, err := p.source.Canonical()
	if err != nil {
		return nil, err
	}
	var texts [3]string
	for i, value := range []any{rubric, rubric.Tracks, moves} {
		content, err := json.Marshal(value)
		if err != nil {
			return nil, err
		}
		texts[i] = string(content)
	}
	create := tx.LadderVersion.Create().
		SetLadderID(framework).
		SetVersion(rubric.Version).
		SetEffectiveFrom(p.from).
		SetContentHash(p.source.Document.Hash()).
		SetDocument(string(canonical)).
		SetRubric(texts[0]).SetTracks(texts[1]).SetMoves(texts[2]).
		SetChanges(rubric.Changes).SetWidth(rubric.Layer.width()).SetLevelCount(len(rubric.Levels())).SetCompetencyCount(len(rubric.Competencies)).
		SetPublishedAt(s.clock.Now())
	if p.writtenBy != uuid.Nil {
		create.SetWrittenByID(p.writtenBy)
	}
	if publisher, ok := actor.From(ctx); ok {
		create.SetPublishedByID(publisher.ID)
	}
	return create.Save(ctx)
}

// resolve merges the layers and fills the rubric in. What does not fit comes
// back with its place in the file.
func (s *Service) resolve(ctx context.Context, tx *db.Client, source Source) (Rubric, error) {
	library, err := s.library(ctx, tx, source.Document)
	if err != nil {
		return Rubric{}, err
	}
	merged, from, findings := Resolve(source.Document, library)
	if len(findings) > 0 {
		return Rubric{}, badFile(source.Locate(findings))
	}
	rubric := merged.Rubric()
	rubric.From = from
	return rubric, nil
}

// library reads every published document once when the document builds on
// others, and nothing when it does not.
func (s *Service) library(ctx context.Context, tx *db.Client, document Document) (Library, error) {
	if len(document.Layers) == 0 {
		return func(string, *semver.Constraints) (Document, bool) { return Document{}, false }, nil
	}
	rows, err := tx.LadderVersion.Query().WithLadder().
		Select(ladderversion.FieldID, ladderversion.FieldLadderID, ladderversion.FieldVersion, ladderversion.FieldDocument).
		All(ctx)
	if err != nil {
		return nil, err
	}
	return func(slug string, within *semver.Constraints) (Document, bool) {
		var newest *semver.Version
		var found *db.LadderVersion
		for _, row := range rows {
			version, err := semver.NewVersion(row.Version)
			if err == nil && row.Edges.Ladder.Slug == slug && within.Check(version) && (newest == nil || version.GreaterThan(newest)) {
				newest, found = version, row
			}
		}
		if found == nil {
			return Document{}, false
		}
		source, err := Parse(slug, []byte(found.Document))
		return source.Document, err == nil
	}, nil
}

func (s *Service) framework(ctx context.Context, tx *db.Client, doc Document) (*db.Ladder, error) {
	existing, err := tx.Ladder.Query().Where(entladder.Slug(doc.Framework)).Only(ctx)
	if db.IsNotFound(err) {
		return tx.Ladder.Create().SetSlug(doc.Framework).SetName(doc.Title()).Save(ctx)
	}
	return existing, err
}

// badFile turns findings into an error with every detail.
func badFile(err error) error {
	var findings Findings
	if !errors.As(err, &findings) {
		return err
	}
	return fault.Bad("The ladder file has errors. Nothing was published.", findings.Details()...)
}

// Details are the findings as details of an error, in their order.
func (f Findings) Details() []fault.Detail {
	details := make([]fault.Detail, 0, len(f))
	for _, finding := range f {
		details = append(details, fault.Detail{
			File: finding.File, Line: finding.Line, Column: finding.Column, Pointer: finding.Path, Message: finding.Message, Fix: finding.Fix,
		})
	}
	return details
}
