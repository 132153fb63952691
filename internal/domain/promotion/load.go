package promotion

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/caserequest"
	"github.com/rung-hr/rung/ent/db/casesection"
	"github.com/rung-hr/rung/ent/db/casestatement"
	"github.com/rung-hr/rung/ent/db/casewaiver"
	entevidence "github.com/rung-hr/rung/ent/db/evidence"
	"github.com/rung-hr/rung/ent/db/packet"
	"github.com/rung-hr/rung/ent/db/panelseat"
	"github.com/rung-hr/rung/ent/db/promotioncase"
	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
	"github.com/rung-hr/rung/internal/trust/process"
)

// loaded is a case with everything that its views and rules need.
type loaded struct {
	row       *db.PromotionCase // with the person, their manager and unit
	seats     []*db.PanelSeat
	published ladder.Published
	doc       ladder.Rubric // of published
	sections  []Section
	requests  []*db.CaseRequest
	statement *db.CaseStatement   // the newest one, which counts
	earlier   []*db.CaseStatement // of previous managers, newest first
	packet    *db.Packet
	waivers   []*db.CaseWaiver // that the case was opened with
}

func (l loaded) facts() access.CaseFacts { return access.FactsOfCase(l.row, l.seats) }

// head reads the case and its seats: enough for every permission.
func (s *Service) head(ctx context.Context, client *db.Client, id uuid.UUID, resource access.Resource, action access.Action) (loaded, error) {
	row, err := client.PromotionCase.Query().
		Where(promotioncase.ID(id), s.Access.CaseScope(ctx, resource, action)).
		WithPerson(func(q *db.PersonQuery) { q.WithManager() }).
		Only(ctx)
	if err != nil {
		return loaded{}, s.refused(ctx, client, id, err)
	}
	seats, err := client.PanelSeat.Query().Where(panelseat.CaseID(id)).WithPerson().Order(db.Asc(panelseat.FieldID)).All(ctx)
	if err != nil {
		return loaded{}, err
	}
	published, err := s.rubrics.Version(ctx, row.LadderVersionID)
	return loaded{row: row, seats: seats, published: published, doc: published.Rubric}, err
}

// refused distinguishes "you can see the case but may not do this" from "there is
// no such case for you".
func (s *Service) refused(ctx context.Context, client *db.Client, id uuid.UUID, err error) error {
	if !db.IsNotFound(err) {
		return err
	}
	visible, err := client.PromotionCase.Query().Where(promotioncase.ID(id), s.Access.CaseScope(ctx, access.Cases, access.Read)).Exist(ctx)
	if err != nil {
		return err
	}
	if visible {
		return fault.Denied("Your part in this case does not include this.")
	}
	return fault.Missing()
}

// full reads the rest: the working sections, or the frozen packet if there is
// one.
func (s *Service) full(ctx context.Context, client *db.Client, l loaded) (loaded, error) {
	var err error
	if l.waivers, err = client.CaseWaiver.Query().Where(casewaiver.CaseID(l.row.ID)).Order(db.Desc(casewaiver.FieldRule)).All(ctx); err != nil {
		return l, err
	}
	if l.requests, err = client.CaseRequest.Query().Where(caserequest.CaseID(l.row.ID)).WithAuthor().Order(db.Asc(caserequest.FieldCreatedAt)).All(ctx); err != nil {
		return l, err
	}
	statements, err := client.CaseStatement.Query().Where(casestatement.CaseID(l.row.ID)).WithAuthor().Order(db.Desc(casestatement.FieldVersion)).All(ctx)
	if err != nil {
		return l, err
	}
	if len(statements) > 0 {
		l.statement, l.earlier = statements[0], statements[1:]
	}
	if l.row.SubmittedAt != nil {
		if l.packet, err = client.Packet.Query().Where(packet.CaseID(l.row.ID)).Only(ctx); err != nil {
			return l, err
		}
		var frozen Frozen
		if err := json.Unmarshal([]byte(l.packet.Content), &frozen); err != nil {
			return l, err
		}
		l.sections = frozen.Sections
		for _, section := range l.sections {
			if section.Claim != nil && section.Claim.Scale == nil {
				c, _ := l.doc.Competency(section.Claim.Competency)
				section.Claim.Scale, section.Claim.Needs = l.doc.ScaleOf(c), c.Needs(l.row.ToLevel)
			}
		}
		return l, nil
	}
	l.sections, err = s.working(ctx, client, l)
	return l, err
}

func (s *Service) working(ctx context.Context, client *db.Client, l loaded) ([]Section, error) {
	rows, err := client.CaseSection.Query().
		Where(casesection.CaseID(l.row.ID)).
		Order(db.Asc(casesection.FieldOrdinal), db.Asc(casesection.FieldID)).
		All(ctx)
	if err != nil {
		return nil, err
	}
	known, err := s.evidenceOf(ctx, client, l.row.PersonID, rows)
	if err != nil {
		return nil, err
	}
	out := make([]Section, 0, len(rows))
	for _, r := range rows {
		out = append(out, sectionOf(l, r, known))
	}
	return out, nil
}

// evidenceOf reads the evidence that the claims of a case refer to. The pieces
// belong to the candidate; people who may read the packet read them as part of
// it.
func (s *Service) evidenceOf(ctx context.Context, client *db.Client, owner uuid.UUID, rows []*db.CaseSection) (map[string]process.EvidenceRef, error) {
	var ids []uuid.UUID
	for _, r := range rows {
		for _, text := range r.EvidenceIds {
			if id, err := uuid.Parse(text); err == nil {
				ids = append(ids, id)
			}
		}
	}
	out := map[string]process.EvidenceRef{}
	if len(ids) == 0 {
		return out, nil
	}
	pieces, err := client.Evidence.Query().Where(entevidence.PersonID(owner), entevidence.IDIn(ids...)).All(ctx)
	for _, p := range pieces {
		out[p.ID.String()] = process.EvidenceOf(p)
	}
	return out, err
}

func sectionOf(l loaded, r *db.CaseSection, known map[string]process.EvidenceRef) Section {
	out := Section{Key: r.Key, Kind: string(r.Kind), Title: r.Title, Version: r.Version, Text: r.Text}
	switch r.Kind {
	case casesection.KindProject:
		out.Project = projectOf(r.Project)
	case casesection.KindClaim:
		claim := &Claim{Competency: competencyOf(r.Key), Rating: r.Rating, Scale: l.doc.Scale, Needs: l.doc.Meets, Evidence: []process.EvidenceRef{}}
		for _, id := range r.EvidenceIds {
			if e, ok := known[id]; ok {
				claim.Evidence = append(claim.Evidence, e)
			}
		}
		if c, ok := l.doc.Competency(claim.Competency); ok {
			claim.TargetText = l.published.Changes(c, l.row.FromLevel, l.row.ToLevel)
			claim.Scale, claim.Needs = l.doc.ScaleOf(c), c.Needs(l.row.ToLevel)
		}
		out.Claim = claim
	}
	return out
}

// Get returns a case as the actor may see it. The candidate, their manager, the
// panel and HR partners may call it, each in the states that the policy names.
// Reading the packet of somebody else leaves a note for the candidate. A vote
// whose deadline has passed is closed first.
//
// It returns a NotFound fault to everybody else.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (Case, error) {
	if err := s.settle(ctx, id); err != nil {
		return Case{}, err
	}
	l, err := s.head(ctx, s.Store.Read(), id, access.Cases, access.Read)
	if err != nil {
		return Case{}, err
	}
	if l, err = s.full(ctx, s.Store.Read(), l); err != nil {
		return Case{}, err
	}
	if err := s.noteRead(ctx, l); err != nil {
		return Case{}, err
	}
	return s.view(ctx, l), nil
}

func (s *Service) noteRead(ctx context.Context, l loaded) error {
	reader, ok := actor.From(ctx)
	if !ok || reader.ID == l.row.PersonID || !s.readsPacket(ctx, l) {
		return nil
	}
	return s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		if err := s.noteOpened(ctx, tx, l, reader.ID); err != nil {
			return err
		}
		return s.Trail.Record(ctx, tx, audit.Entry{Action: audit.PacketRead, Resource: "case", ID: l.row.ID, Owner: l.row.PersonID})
	})
}

func (s *Service) noteOpened(ctx context.Context, tx *db.Client, l loaded, reader uuid.UUID) error {
	_, err := tx.PanelSeat.Update().
		Where(panelseat.CaseID(l.row.ID), panelseat.PersonID(reader), panelseat.OpenedAtIsNil()).
		SetOpenedAt(s.Clock.Now()).
		Save(ctx)
	return err
}

// readsPacket reports whether the reader may read the packet in its current
// state.
func (s *Service) readsPacket(ctx context.Context, l loaded) bool {
	return s.Access.CanCase(ctx, access.Packets, access.Read, l.facts())
}

// settle closes a vote whose deadline has passed, so that nobody has to wait for
// the schedule.
func (s *Service) settle(ctx context.Context, id uuid.UUID) error {
	due, err := s.Store.Read().PromotionCase.Query().
		Where(promotioncase.ID(id), promotioncase.StateEQ(BlindVote), promotioncase.VoteClosesAtLTE(s.Clock.Now())).
		Exist(ctx)
	if err != nil || !due {
		return err
	}
	return s.closeVote(actor.AsSystem(ctx, "the deadline of a vote has passed"), id)
}

func competencyOf(key string) string { return key[len(claimPrefix):] }

func inState(s State, list ...State) bool { return slices.Contains(list, s) }
