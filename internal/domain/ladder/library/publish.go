package library

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/Masterminds/semver/v3"
	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	entladder "github.com/rung-hr/rung/ent/db/ladder"
	"github.com/rung-hr/rung/ent/db/ladderversion"
	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
)

// Publish makes a file the version of its ladder from a date on, and returns it.
// Owners of ladders may, and so may HR partners for the whole company. The same
// file again changes nothing. It returns an Invalid fault that lists all errors
// of the file with line and column, a Conflict fault when the version is already
// published with other content, and a Forbidden fault to everybody else. People
// on renamed levels are carried over, and ApproveDraft says when that is refused.
func (s *Service) Publish(ctx context.Context, file string, content []byte, from clock.Date, renamed ...Renaming) (ladder.Published, error) {
	if err := s.Access.Require(ctx, access.Ladders, access.Import); err != nil {
		return ladder.Published{}, err
	}
	source, err := ladder.Parse(file, content)
	if err != nil {
		return ladder.Published{}, badFile(err)
	}
	var row *db.LadderVersion
	err = s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		row, err = s.publish(ctx, tx, publication{source: source, from: from, renamed: renamed})
		return err
	})
	if err != nil {
		return ladder.Published{}, err
	}
	return s.Version(ctx, row.ID)
}

// publication is a document that is about to be published.
type publication struct {
	source    ladder.Source
	from      clock.Date
	writtenBy uuid.UUID     // uuid.Nil for a file
	moves     []ladder.Move // what the owner decided
	renamed   []Renaming    // what whoever publishes it decided
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
	case err == nil && existing.ContentHash == doc.Hash() && len(p.renamed) > 0:
		return nil, fault.Clash("Version %s of %s is published already. People are carried over when it is published, so nobody was moved.", doc.Version, doc.Title())
	case err == nil && existing.ContentHash == doc.Hash():
		return existing, nil
	case err == nil:
		return nil, fault.Clash("Version %s of %s is published and cannot change. Give the file a new version.", doc.Version, doc.Title())
	case !db.IsNotFound(err):
		return nil, err
	}
	rubric, err := s.resolve(ctx, tx, p.source)
	if err != nil {
		return nil, badFile(err)
	}
	before, found, err := s.newest(ctx, tx, framework.ID)
	if err != nil {
		return nil, err
	}
	moves := []ladder.Move{}
	if found {
		moves = ladder.Moves(before, rubric, p.moves)
	}
	if err := s.carry(ctx, tx, framework, before, rubric, p.from, p.renamed); err != nil {
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
	return row, s.Trail.Record(ctx, tx, audit.Entry{
		Action: audit.LadderPublished, Resource: "ladder", ID: row.ID,
		Facts: map[string]string{"slug": doc.Framework, "version": doc.Version, "hash": row.ContentHash},
	})
}

func (s *Service) insert(ctx context.Context, tx *db.Client, framework uuid.UUID, p publication, rubric ladder.Rubric, moves []ladder.Move) (*db.LadderVersion, error) {
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
		SetChanges(rubric.Changes).SetWidth(rubric.Layer.Width()).SetLevelCount(len(rubric.Levels())).SetCompetencyCount(len(rubric.Competencies)).
		SetPublishedAt(s.Clock.Now())
	if p.writtenBy != uuid.Nil {
		create.SetWrittenByID(p.writtenBy)
	}
	if publisher, ok := actor.From(ctx); ok {
		create.SetPublishedByID(publisher.ID)
	}
	return create.Save(ctx)
}

// resolve merges the layers and fills in the rubric. Its error is a Findings with
// everything that does not fit, with places in the file, or an error of the
// database.
func (s *Service) resolve(ctx context.Context, client *db.Client, source ladder.Source) (ladder.Rubric, error) {
	known := shelf{ctx: ctx, service: s, client: client}
	if err := known.open(source.Document); err != nil {
		return ladder.Rubric{}, err
	}
	merged, from, findings := ladder.Resolve(source.Document, known.find)
	switch {
	case known.failed != nil:
		return ladder.Rubric{}, known.failed
	case len(findings) > 0:
		return ladder.Rubric{}, source.Locate(findings)
	}
	rubric := merged.Rubric()
	rubric.From = from
	return rubric, nil
}

// shelf finds published documents in the database for one resolution.
type shelf struct {
	ctx     context.Context //nolint:containedctx // it lives as long as one call
	service *Service
	client  *db.Client
	heads   []*db.LadderVersion // of all published versions, without their texts
	failed  error               // what went wrong while a text was read
}

// open reads the heads if the document builds on others, and otherwise nothing.
func (l *shelf) open(document ladder.Document) (err error) {
	if len(document.Layers) > 0 {
		l.heads, err = l.client.LadderVersion.Query().WithLadder().
			Select(ladderversion.FieldID, ladderversion.FieldLadderID, ladderversion.FieldVersion).All(l.ctx)
	}
	return err
}

// find is the Library: it reads the text of the newest version in the range.
func (l *shelf) find(slug string, within *semver.Constraints) (ladder.Document, bool) {
	var newest *semver.Version
	var found *db.LadderVersion
	for _, row := range l.heads {
		version, err := semver.NewVersion(row.Version)
		if err == nil && row.Edges.Ladder.Slug == slug && within.Check(version) && (newest == nil || version.GreaterThan(newest)) {
			newest, found = version, row
		}
	}
	if found == nil {
		return ladder.Document{}, false
	}
	document, err := l.service.document(l.ctx, l.client, found.ID)
	if err != nil && l.failed == nil {
		l.failed = err
	}
	return document, err == nil
}

// document is what the owner of a published version wrote. It is read only once,
// because a published version never changes.
func (s *Service) document(ctx context.Context, client *db.Client, id uuid.UUID) (ladder.Document, error) {
	if known, ok := s.documents.Load(id); ok {
		return known.(ladder.Document), nil //nolint:forcetypeassert // nothing else is stored
	}
	row, err := client.LadderVersion.Query().Where(ladderversion.ID(id)).Select(ladderversion.FieldDocument).Only(ctx)
	if err != nil {
		return ladder.Document{}, err
	}
	source, err := ladder.Parse("", []byte(row.Document))
	if err == nil {
		s.documents.Store(id, source.Document)
	}
	return source.Document, err
}

func (s *Service) framework(ctx context.Context, tx *db.Client, doc ladder.Document) (*db.Ladder, error) {
	existing, err := tx.Ladder.Query().Where(entladder.Slug(doc.Framework)).Only(ctx)
	if db.IsNotFound(err) {
		return tx.Ladder.Create().SetSlug(doc.Framework).SetName(doc.Title()).Save(ctx)
	}
	return existing, err
}

// badFile turns findings into a fault with every detail.
func badFile(err error) error {
	var findings ladder.Findings
	if !errors.As(err, &findings) {
		return err
	}
	return fault.Bad("The ladder file has errors. Nothing was published.", findings.Details()...)
}

// newest is the newest version of a ladder so far; it is false if there is none.
func (s *Service) newest(ctx context.Context, tx *db.Client, framework uuid.UUID) (rubric ladder.Rubric, found bool, err error) {
	row, err := tx.LadderVersion.Query().
		Where(ladderversion.LadderID(framework)).
		Order(db.Desc(ladderversion.FieldEffectiveFrom), db.Desc(ladderversion.FieldPublishedAt)).
		Select(ladderversion.FieldID, ladderversion.FieldRubric).
		First(ctx)
	if db.IsNotFound(err) {
		return rubric, false, nil
	}
	if err != nil {
		return rubric, false, err
	}
	return rubric, true, json.Unmarshal([]byte(row.Rubric), &rubric)
}
