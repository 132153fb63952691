package explain

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/assessment"
	"github.com/rung-hr/rung/ent/db/evidence"
	"github.com/rung-hr/rung/ent/db/panelseat"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/db/predicate"
	"github.com/rung-hr/rung/ent/db/promotioncase"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
)

// thing is what a question is about, with the facts for its relations.
type thing struct {
	resource    access.Resource
	about       *db.Person // the person it belongs to
	author      *db.Person // of an assessment
	row         *db.PromotionCase
	seats       []*db.PanelSeat
	caseFacts   access.CaseFacts
	assessment  access.AssessmentFacts
	evidence    access.EvidenceFacts
	personFacts access.PersonFacts
}

// corrections are what a person asked to correct in their record. The policy has
// them under the record: its owner reads them, and those who review it.
const corrections access.Resource = "correction"

// ofAll are the same for everybody, so that a question about them has no id.
var ofAll = []access.Resource{access.Ladders}

// These resources can be asked about, grouped by what their id names.
var (
	ofPerson = []access.Resource{access.People, access.Records, access.Pay, access.Technology, access.Holds, access.Handovers, access.RoleChecks, corrections}
	ofCase   = []access.Resource{
		access.Cases, access.Packets, access.Statements, access.Seats, access.Ballots, access.Tallies, access.Decisions,
	}
)

// thing loads a thing that the actor may read; auditors may ask about all things.
func (s *Service) thing(ctx context.Context, resource access.Resource, id uuid.UUID) (thing, error) {
	switch {
	case contains(ofAll, resource):
		return thing{resource: resource, about: &db.Person{}}, nil
	case contains(ofPerson, resource):
		if id == uuid.Nil {
			id = actor.Of(ctx).ID
		}
		return s.personThing(ctx, resource, id)
	case contains(ofCase, resource):
		return s.caseThing(ctx, resource, id)
	case resource == access.Assessments && id == uuid.Nil:
		return s.ownThing(ctx, resource)
	case resource == access.Assessments:
		return s.assessmentThing(ctx, id)
	case resource == access.Evidence && id == uuid.Nil:
		return s.ownThing(ctx, resource)
	case resource == access.Evidence:
		return s.evidenceThing(ctx, id)
	}
	return thing{}, fault.Bad("Rung cannot explain this kind of thing.", fault.Detail{
		Field: "resource", Message: "this kind of thing has no readers of its own",
		Fix: "Use person, record, pay, technology, correction, role_check, handover, evidence, assessment, case, packet, statement, seat, ballot, tally, decision or ladder.",
	})
}

func contains(list []access.Resource, r access.Resource) bool {
	return slices.Contains(list, r)
}

func (s *Service) all(ctx context.Context) bool {
	return s.Access.May(ctx, access.Explained, access.Read)
}

func (s *Service) personThing(ctx context.Context, resource access.Resource, id uuid.UUID) (thing, error) {
	p, err := s.Store.Read().Person.Query().Where(person.ID(id), s.Access.PersonScope(ctx, access.People, access.Read)).WithManager().Only(ctx)
	if err != nil {
		return thing{}, store.Found(err)
	}
	return thing{resource: resource, about: p, personFacts: access.FactsOf(p)}, nil
}

func (s *Service) caseThing(ctx context.Context, resource access.Resource, id uuid.UUID) (thing, error) {
	where := []predicate.PromotionCase{promotioncase.ID(id)}
	if !s.all(ctx) {
		where = append(where, s.Access.CaseScope(ctx, access.Cases, access.Read))
	}
	row, err := s.Store.Read().PromotionCase.Query().Where(where...).WithPerson(func(q *db.PersonQuery) { q.WithManager() }).Only(ctx)
	if err != nil {
		return thing{}, store.Found(err)
	}
	seats, err := s.Store.Read().PanelSeat.Query().Where(panelseat.CaseID(id)).WithPerson().Order(db.Asc(panelseat.FieldID)).All(ctx)
	return thing{resource: resource, about: row.Edges.Person, row: row, seats: seats, caseFacts: access.FactsOfCase(row, seats)}, err
}

func (s *Service) assessmentThing(ctx context.Context, id uuid.UUID) (thing, error) {
	where := []predicate.Assessment{assessment.ID(id)}
	if !s.all(ctx) {
		where = append(where, s.Access.AssessmentScope(ctx, access.Read))
	}
	row, err := s.Store.Read().Assessment.Query().Where(where...).
		WithSubject(func(q *db.PersonQuery) { q.WithManager() }).WithAuthor().Only(ctx)
	if err != nil {
		return thing{}, store.Found(err)
	}
	return thing{resource: access.Assessments, about: row.Edges.Subject, author: row.Edges.Author, assessment: access.FactsOfAssessment(row)}, nil
}

// ownThing is a piece of evidence or a self-assessment of the actor's own that
// does not exist yet.
func (s *Service) ownThing(ctx context.Context, resource access.Resource) (thing, error) {
	me, err := actor.Require(ctx)
	if err != nil {
		return thing{}, err
	}
	p, err := s.Store.Read().Person.Query().Where(person.ID(me.ID)).WithManager().Only(ctx)
	if err != nil {
		return thing{}, store.Found(err)
	}
	t := thing{resource: resource, about: p, evidence: access.EvidenceFacts{Owner: me.ID}}
	if resource == access.Assessments {
		t.author = p
		t.assessment = access.AssessmentFacts{Author: me.ID, Subject: me.ID, Manager: store.OrZero(p.ManagerID)}
	}
	return t, nil
}

func (s *Service) evidenceThing(ctx context.Context, id uuid.UUID) (thing, error) {
	where := []predicate.Evidence{evidence.ID(id)}
	if !s.all(ctx) {
		where = append(where, s.Access.EvidenceScope(ctx, access.Read))
	}
	row, err := s.Store.Read().Evidence.Query().Where(where...).WithPerson().Only(ctx)
	if err != nil {
		return thing{}, store.Found(err)
	}
	return thing{resource: access.Evidence, about: row.Edges.Person, evidence: access.EvidenceFacts{Owner: row.PersonID}}, nil
}

func (t thing) explain(a *access.Service, p actor.Person, action access.Action) access.Explanation {
	switch {
	case t.row != nil:
		return a.ExplainCase(p, t.resource, action, t.caseFacts)
	case t.resource == access.Assessments:
		return a.ExplainAssessment(p, action, t.assessment)
	case t.resource == access.Evidence:
		return a.ExplainEvidence(p, action, t.evidence)
	case t.resource == corrections:
		return t.explainCorrection(a, p, action)
	}
	return a.ExplainPerson(p, t.resource, action, t.personFacts)
}

// explainCorrection explains what the policy has under the record. Whoever
// answers a correction reads it.
func (t thing) explainCorrection(a *access.Service, p actor.Person, action access.Action) access.Explanation {
	found := a.ExplainPerson(p, access.Records, action, t.personFacts)
	if action == access.Read {
		answers := a.ExplainPerson(p, access.Records, access.Review, t.personFacts)
		found.Allowed = found.Allowed || answers.Allowed
		found.Reasons = append(found.Reasons, answers.Reasons...)
	}
	return found
}
