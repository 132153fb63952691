package assessment

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	entassessment "github.com/rung-hr/rung/ent/db/assessment"
	"github.com/rung-hr/rung/ent/db/promotioncase"
	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/process"
)

// SideBySide is both assessments of a person in a cycle, the largest difference
// first.
type SideBySide struct {
	ID            uuid.UUID           `json:"id"`
	Subject       process.PersonRef   `json:"subject"`
	Manager       process.PersonRef   `json:"manager"`
	Cycle         CycleRef            `json:"cycle"`
	Ladder        process.LadderRef   `json:"ladder"`
	Base          process.LevelRef    `json:"base"`
	Target        process.LevelRef    `json:"target"`
	ManagerTarget process.LevelRef    `json:"managerTarget" doc:"differs from target if the two assessed against different levels"`
	Bar           process.Bar         `json:"bar"`
	Modifiers     []ladder.Modifier   `json:"modifiers" doc:"places inside the target level; empty for most ladders"`
	Placed        Placed              `json:"placed"`
	Scale         []ladder.ScalePoint `json:"scale"`
	Rows          []ComparedRow       `json:"rows"`
	Agreed        []string            `json:"agreed" doc:"names of the competencies rated the same"`
	CaseID        *uuid.UUID          `json:"caseId"`
	CanOpenCase   bool                `json:"canOpenCase"`
}

// Placed is where in the target level each side sees the person: keys of
// modifiers, empty if the level has none.
type Placed struct {
	Self    string `json:"self"`
	Manager string `json:"manager"`
}

// ComparedRow is one competency from both sides.
type ComparedRow struct {
	Competency string              `json:"competency"`
	Name       string              `json:"name"`
	Category   string              `json:"category"`
	TargetText []ladder.Segment    `json:"targetText"`
	Self       Side                `json:"self"`
	Manager    Side                `json:"manager"`
	Scale      []ladder.ScalePoint `json:"scale"`
	Needs      int                 `json:"needs" doc:"the point of the scale that the target level needs"`
	Apart      int                 `json:"apart" doc:"steps between the two ratings"`
}

// Side is one author's answer.
type Side struct {
	Rating   *int                  `json:"rating"`
	Reason   string                `json:"reason"`
	Evidence []process.EvidenceRef `json:"evidence"`
}

// Compare returns both assessments of a person side by side, the largest
// difference first, from the id of the self-assessment. The person and their
// manager may compare them once both are in; the person can see that their
// manager looked. It returns a NotFound fault for an assessment that the actor
// may not read, and a Conflict fault with code not_revealed when both are not in
// yet or it is not a self-assessment.
func (s *Service) Compare(ctx context.Context, id uuid.UUID) (SideBySide, error) {
	client := s.Store.Read()
	self, err := s.load(ctx, client, id, access.Read)
	if err != nil {
		return SideBySide{}, err
	}
	if self.Kind != entassessment.KindSelf || self.RevealedAt == nil {
		return SideBySide{}, fault.Clash("You both see both assessments once both are in.").WithCode("not_revealed")
	}
	manager, err := client.Assessment.Query().
		Where(entassessment.CycleID(self.CycleID), entassessment.SubjectID(self.SubjectID),
			entassessment.KindEQ(entassessment.KindManager), entassessment.RevealedAtNotNil(), s.Access.AssessmentScope(ctx, access.Read)).
		WithAuthor().Only(ctx)
	if err != nil {
		return SideBySide{}, store.Found(err)
	}
	if err := s.noteRead(ctx, self); err != nil {
		return SideBySide{}, err
	}
	return s.sideBySide(ctx, client, self, manager)
}

func (s *Service) sideBySide(ctx context.Context, client *db.Client, self, manager *db.Assessment) (SideBySide, error) {
	published, err := s.rubrics.Version(ctx, self.LadderVersionID)
	if err != nil {
		return SideBySide{}, err
	}
	own, err := s.items(ctx, client, self)
	if err != nil {
		return SideBySide{}, err
	}
	managers, err := s.items(ctx, client, manager)
	if err != nil {
		return SideBySide{}, err
	}
	reader := actor.Of(ctx)
	doc := published.Rubric
	out := SideBySide{
		ID: self.ID, Subject: process.RefOf(self.Edges.Subject), Manager: process.RefOf(manager.Edges.Author),
		Cycle:  CycleRef{ID: self.CycleID, Name: self.Edges.Cycle.Name},
		Ladder: process.LadderRef{Slug: doc.Framework, Name: doc.Name, Version: doc.Version},
		Base:   levelRef(doc, self.BaseLevel), Target: levelRef(doc, self.TargetLevel), ManagerTarget: levelRef(doc, manager.TargetLevel),
		Modifiers: doc.ModifiersOf(self.TargetLevel), Placed: Placed{self.Modifier, manager.Modifier},
		Scale: doc.Scale, Bar: s.bar(reader.ID, self, due(self)), Agreed: []string{},
	}
	for _, c := range doc.For(self.TargetLevel) {
		row := comparedRow(published, c, self, own[c.Code], managers[c.Code])
		out.Rows = append(out.Rows, row)
		if row.Apart == 0 {
			out.Agreed = append(out.Agreed, c.Name)
		}
	}
	slices.SortStableFunc(out.Rows, func(a, b ComparedRow) int { return b.Apart - a.Apart })
	return out, s.addCase(ctx, client, self, &out)
}

func comparedRow(published ladder.Published, c ladder.Competency, self *db.Assessment, own, managers stored) ComparedRow {
	row := ComparedRow{
		Competency: c.Code, Name: c.Name, Category: category(published.Rubric, c.Category),
		TargetText: published.Changes(c, self.BaseLevel, self.TargetLevel),
		Scale:      published.Rubric.ScaleOf(c), Needs: c.Needs(self.TargetLevel),
		Self: side(own), Manager: side(managers),
	}
	if row.Self.Rating != nil && row.Manager.Rating != nil {
		row.Apart = max(*row.Self.Rating-*row.Manager.Rating, *row.Manager.Rating-*row.Self.Rating)
	}
	return row
}

func side(have stored) Side {
	out := Side{Evidence: []process.EvidenceRef{}}
	if have.row != nil {
		out.Rating, out.Reason = have.row.Rating, have.row.Reason
	}
	if have.evidence != nil {
		out.Evidence = have.evidence
	}
	return out
}

// addCase says whether the pair has already led to a promotion case, and whether
// the reader may open one.
func (s *Service) addCase(ctx context.Context, client *db.Client, self *db.Assessment, out *SideBySide) error {
	open, err := client.PromotionCase.Query().
		Where(promotioncase.PersonID(self.SubjectID), promotioncase.StateNotIn(promotioncase.StateEffective, promotioncase.StateWithdrawn, promotioncase.StateCommunicated),
			s.Access.CaseScope(ctx, access.Cases, access.Read)).
		Order(db.Desc(promotioncase.FieldOpenedAt)).
		First(ctx)
	if err != nil && !db.IsNotFound(err) {
		return err
	}
	if open != nil {
		out.CaseID = &open.ID
	}
	out.CanOpenCase = open == nil && self.BaseLevel != self.TargetLevel &&
		s.Access.CanPerson(ctx, access.Cases, access.Create, access.FactsOf(self.Edges.Subject))
	return nil
}
