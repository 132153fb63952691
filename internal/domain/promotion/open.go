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
	"github.com/rung-hr/rung/ent/db/promotioncase"
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
}

const claimPrefix = "claim:"

// Open begins a case for the actor or for one of their reports. Everybody may
// open one for themselves, and managers for their reports. The claims of the
// packet start from the candidate's own assessment.
//
// It returns a Conflict fault when the person has an open case, a NotFound
// fault for a person whom the actor may not see, a Forbidden fault for anybody
// else, and an Invalid fault for a level that the ladder does not have.
func (s *Service) Open(ctx context.Context, in Opening) (Case, error) {
	var id uuid.UUID
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		candidate, err := tx.Person.Query().Where(person.ID(in.PersonID), person.StatusEQ(person.StatusActive)).Only(ctx)
		if err != nil {
			return store.Found(err)
		}
		if !s.Access.CanPerson(ctx, access.Cases, access.Create, access.FactsOf(candidate)) {
			return fault.Denied("Only the person or their direct manager can open a case.")
		}
		running, err := tx.PromotionCase.Query().
			Where(promotioncase.PersonID(candidate.ID), promotioncase.StateNotIn(closed...)).Exist(ctx)
		if err != nil {
			return err
		}
		if running {
			return fault.Clash("%s already has an open case.", candidate.Name).WithCode("case_open")
		}
		id, err = s.open(ctx, tx, candidate, in)
		return err
	})
	if err != nil {
		return Case{}, err
	}
	return s.Get(ctx, id)
}

func (s *Service) open(ctx context.Context, tx *db.Client, candidate *db.Person, in Opening) (uuid.UUID, error) {
	self, version, target, err := s.origin(ctx, tx, candidate, in)
	if err != nil {
		return uuid.Nil, err
	}
	published, err := s.rubrics.Version(ctx, version)
	if err != nil {
		return uuid.Nil, err
	}
	doc := published.Rubric
	_, fromTrack, _ := doc.Level(candidate.Level)
	_, toTrack, ok := doc.Level(target)
	if !ok || target == candidate.Level {
		return uuid.Nil, fault.Bad("The target must be another level of the ladder.", fault.Detail{
			Pointer: "/toLevel", Message: "\"" + target + "\" is not another level of " + doc.Name + ".", Fix: "Choose a level of the ladder.",
		})
	}
	opener := actor.Of(ctx)
	create := tx.PromotionCase.Create().
		SetPersonID(candidate.ID).SetOpenedByID(opener.ID).SetLadderVersionID(version).
		SetFromLevel(candidate.Level).SetFromTrack(fromTrack).SetToLevel(target).SetToTrack(toTrack).
		SetOpenedAt(s.Clock.Now())
	if self != nil {
		create.SetSelfAssessmentID(self.ID)
	}
	if fromTrack != toTrack {
		create.SetKind(promotioncase.KindTrackSwitch)
	}
	row, err := create.Save(ctx)
	if err != nil {
		return uuid.Nil, err
	}
	if err := s.fill(ctx, tx, row, doc, self); err != nil {
		return uuid.Nil, err
	}
	return row.ID, s.Trail.Record(ctx, tx, audit.Entry{
		Action: audit.CaseOpened, Resource: "case", ID: row.ID, Owner: candidate.ID,
		Facts: map[string]string{"from": candidate.Level, "to": target},
	})
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
		err = fault.Missing()
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
	answers, err := s.answers(ctx, tx, self)
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

func (s *Service) answers(ctx context.Context, tx *db.Client, self *db.Assessment) (map[string]answer, error) {
	out := map[string]answer{}
	if self == nil {
		return out, nil
	}
	items, err := tx.AssessmentItem.Query().Where(assessmentitem.AssessmentID(self.ID), assessmentitem.Level(self.TargetLevel)).All(ctx)
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
