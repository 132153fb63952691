package promotion

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	entassessment "github.com/rung-hr/rung/ent/db/assessment"
	"github.com/rung-hr/rung/ent/db/assessmentitem"
	"github.com/rung-hr/rung/ent/db/casesection"
	"github.com/rung-hr/rung/ent/db/itemevidence"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
)

// Opening is a request to open a case.
type Opening struct {
	PersonID       uuid.UUID  `json:"personId"`
	FromComparison *uuid.UUID `json:"fromComparison,omitempty" doc:"the self-assessment whose claims fill the packet"`
	ToLevel        string     `json:"toLevel,omitempty" maxLength:"64" doc:"required without a comparison"`
	Kind           string     `json:"kind,omitempty" enum:"promotion,re_level" doc:"re_level for a lower level; left out for any other"`
	Reason         string     `json:"reason,omitempty" maxLength:"2000" doc:"why levels are skipped, or why the level goes down"`
}

const claimPrefix = "claim:"

// Open begins a case for the actor or for one of their reports. Everybody may
// open one for themselves, and managers for their reports. The claims of the
// packet start from the candidate's own assessment. Before tells in advance what
// Open would refuse.
//
// It returns a Conflict fault when the person has an open case or stands on no
// level of the ladder, a NotFound fault for a person whom the actor may not see, a
// Forbidden fault to anybody else, and an Invalid fault for a level that the
// ladder does not have, a step that needs a reason or another kind, and with the
// code "not_yet" for one that the company's rules do not allow yet.
func (s *Service) Open(ctx context.Context, in Opening) (Case, error) {
	var id uuid.UUID
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		candidate, err := s.candidate(ctx, tx, in.PersonID)
		if err != nil {
			return err
		}
		w, err := s.standing(ctx, tx, candidate)
		if err != nil {
			return err
		}
		if w.open != nil {
			return fault.Clash("%s already has an open case.", candidate.Name).WithCode("case_open")
		}
		id, err = s.open(ctx, tx, w, in)
		return err
	})
	if err != nil {
		return Case{}, err
	}
	return s.Get(ctx, id)
}

// candidate finds the person of a new case and holds their row until the end of
// the transaction, so that two cases cannot start together.
func (s *Service) candidate(ctx context.Context, tx *db.Client, id uuid.UUID) (*db.Person, error) {
	q := tx.Person.Query().Where(person.ID(id), person.StatusEQ(person.StatusActive), s.Access.PersonScope(ctx, access.People, access.Read))
	if s.Store.LocksRows() {
		q.ForUpdate()
	}
	p, err := q.Only(ctx)
	if err != nil {
		return nil, store.Found(err)
	}
	if !s.Access.CanPerson(ctx, access.Cases, access.Create, access.FactsOf(p)) {
		return nil, fault.Denied("Only the person or their direct manager can open a case.")
	}
	return p, nil
}

func (s *Service) open(ctx context.Context, tx *db.Client, w standing, in Opening) (uuid.UUID, error) {
	candidate := w.person
	self, version, target, err := s.origin(ctx, tx, candidate, in)
	if err != nil {
		return uuid.Nil, err
	}
	published, err := s.rubrics.Version(ctx, version)
	if err != nil {
		return uuid.Nil, err
	}
	doc := published.Rubric
	if _, _, ok := doc.Level(candidate.Level); !ok {
		return uuid.Nil, fault.Clash("%s %s does not have the level %s that %s holds.", doc.Name, doc.Version, candidate.Level, candidate.Name).WithCode("level_unknown")
	}
	way, skipped, ok := doc.DirectionTo(candidate.Level, target)
	if !ok {
		return uuid.Nil, notAnotherLevel(doc, target)
	}
	in.ToLevel = target
	if err := refuse(w, way, skipped, in); err != nil {
		return uuid.Nil, err
	}
	row, err := s.create(ctx, tx, w, doc, version, self, way, in)
	if err != nil {
		return uuid.Nil, err
	}
	if err := s.fill(ctx, tx, row, doc, self); err != nil {
		return uuid.Nil, err
	}
	_, waived := w.waiting(way)
	if err := s.useWaivers(ctx, tx, w, waived, row.ID); err != nil {
		return uuid.Nil, err
	}
	facts := map[string]string{"from": candidate.Level, "to": target, "direction": string(way)}
	for _, one := range waived {
		facts["waived "+string(one.Rule)] = string(one.Until)
	}
	return row.ID, s.Trail.Record(ctx, tx, audit.Entry{Action: audit.CaseOpened, Resource: "case", ID: row.ID, Owner: candidate.ID, Facts: facts})
}

func (s *Service) create(ctx context.Context, tx *db.Client, w standing, doc ladder.Rubric, version uuid.UUID, self *db.Assessment, way ladder.Direction, in Opening) (*db.PromotionCase, error) {
	from := w.person.Level
	_, fromTrack, _ := doc.Level(from)
	_, toTrack, _ := doc.Level(in.ToLevel)
	create := tx.PromotionCase.Create().
		SetPersonID(w.person.ID).SetOpenedByID(actor.Of(ctx).ID).SetLadderVersionID(version).
		SetKind(kindOf(doc, from, in.ToLevel, way)).SetOpeningReason(trimmed(in.Reason)).
		SetFromLevel(from).SetFromTrack(fromTrack).SetToLevel(in.ToLevel).SetToTrack(toTrack).
		SetOpenedAt(s.Clock.Now())
	if self != nil {
		create.SetSelfAssessmentID(self.ID)
	}
	return create.Save(ctx)
}

// origin finds what the case starts from: a revealed self-assessment, or the
// ladder in force and a named level.
func (s *Service) origin(ctx context.Context, tx *db.Client, candidate *db.Person, in Opening) (*db.Assessment, uuid.UUID, string, error) {
	if in.FromComparison != nil {
		self, err := tx.Assessment.Query().
			Where(entassessment.ID(*in.FromComparison), entassessment.SubjectID(candidate.ID), entassessment.KindEQ(entassessment.KindSelf),
				entassessment.RevealedAtNotNil(), s.Access.AssessmentScope(ctx, access.Read)).
			Only(ctx)
		if err != nil {
			return nil, uuid.Nil, "", store.Found(err)
		}
		target := in.ToLevel
		if target == "" {
			target = self.TargetLevel
		}
		return self, self.LadderVersionID, target, nil
	}
	published, ok, err := s.rubrics.StandsOn(ctx, candidate.UnitID, candidate.Level)
	if err == nil && !ok {
		err = fault.Clash("%s", noLadder(candidate)).WithCode("level_unknown")
	}
	return nil, published.ID, in.ToLevel, err
}

// fill writes the empty sections, and the claims from the self-assessment.
func (s *Service) fill(ctx context.Context, tx *db.Client, row *db.PromotionCase, doc ladder.Rubric, self *db.Assessment) error {
	now := s.Clock.Now()
	plain := []struct {
		key   string
		kind  casesection.Kind
		title string
	}{
		{"summary", casesection.KindSummary, "Summary"},
		{"mentoring", casesection.KindMentoring, "Mentoring"},
		{"organisation", casesection.KindOrganisation, "Organisation"},
		{"gaps", casesection.KindGaps, "Gaps"},
	}
	var rows []*db.CaseSectionCreate
	for i, p := range plain {
		rows = append(rows, tx.CaseSection.Create().
			SetCaseID(row.ID).SetKey(p.key).SetKind(p.kind).SetTitle(p.title).SetOrdinal(ordinalOf(p.kind)+i).SetUpdatedAt(now))
	}
	answers, err := s.answers(ctx, tx, self, row.ToLevel)
	if err != nil {
		return err
	}
	for i, c := range doc.For(row.ToLevel) {
		create := tx.CaseSection.Create().
			SetCaseID(row.ID).SetKey(claimPrefix + c.Code).SetKind(casesection.KindClaim).SetTitle(c.Name).
			SetOrdinal(ordinalOf(casesection.KindClaim) + i).SetUpdatedAt(now)
		if a, ok := answers[c.Code]; ok {
			create.SetNillableRating(a.rating).SetText(a.reason).SetEvidenceIds(a.evidence)
		}
		rows = append(rows, create)
	}
	return tx.CaseSection.CreateBulk(rows...).Exec(ctx)
}

// ordinalOf keeps the sections in the order in which they are read.
func ordinalOf(k casesection.Kind) int {
	order := []casesection.Kind{
		casesection.KindSummary, casesection.KindProject, casesection.KindMentoring, casesection.KindOrganisation,
		casesection.KindClaim, casesection.KindGaps,
	}
	return 1000 * slices.Index(order, k)
}

type answer struct {
	rating   *int
	reason   string
	evidence []string
}

// answers are those that the candidate gave for the level, never for another one.
func (s *Service) answers(ctx context.Context, tx *db.Client, self *db.Assessment, level string) (map[string]answer, error) {
	out := map[string]answer{}
	if self == nil {
		return out, nil
	}
	items, err := tx.AssessmentItem.Query().Where(assessmentitem.AssessmentID(self.ID), assessmentitem.Level(level)).All(ctx)
	if err != nil {
		return nil, err
	}
	ids := make([]uuid.UUID, 0, len(items))
	for _, i := range items {
		ids = append(ids, i.ID)
	}
	links, err := tx.ItemEvidence.Query().
		Where(itemevidence.ItemIDIn(ids...)).
		Order(db.Asc(itemevidence.FieldID)).All(ctx)
	if err != nil {
		return nil, err
	}
	attached := map[uuid.UUID][]string{}
	for _, l := range links {
		attached[l.ItemID] = append(attached[l.ItemID], l.EvidenceID.String())
	}
	for _, i := range items {
		out[i.Competency] = answer{rating: i.Rating, reason: i.Reason, evidence: attached[i.ID]}
	}
	return out, nil
}
