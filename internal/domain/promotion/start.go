package promotion

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/casewaiver"
	"github.com/rung-hr/rung/ent/db/decision"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/db/promotioncase"
	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/process"
)

// Start is what somebody sees before they open a case for a person: where it could
// lead, and what makes them wait.
type Start struct {
	Person   process.PersonRef  `json:"person"`
	From     process.LevelRef   `json:"from" doc:"the level held"`
	Since    *clock.Date        `json:"since" doc:"since when it is held; null if that is not known"`
	Ladder   *process.LadderRef `json:"ladder" doc:"null if no ladder has the level"`
	Blocked  string             `json:"blocked,omitempty" doc:"why no case can start at all"`
	OpenCase *uuid.UUID         `json:"openCase" doc:"the case that is already open, if you may see it"`
	Rules    []RuleView         `json:"rules" doc:"the company's rules about when a case may start: time in level, then cool-down"`
	Targets  []Target           `json:"targets" doc:"every other level, in the ladder's order"`
	MayOpen  bool               `json:"mayOpen" doc:"you may open a case for this person"`
	MayWaive bool               `json:"mayWaive" doc:"you may waive a rule for this person"`
	Audience process.Audience   `json:"audience" doc:"who can read this, and the reasons of waivers"`
}

// RuleView is one rule, as it applies to the person today.
type RuleView struct {
	Rule   Rule        `json:"rule" enum:"time_in_level,cool_down"`
	Words  string      `json:"words" doc:"the rule, and what it is computed from"`
	Until  *clock.Date `json:"until" format:"date" doc:"the first day on which it no longer makes the person wait; null if it does not"`
	Waiver *Waiver     `json:"waiver,omitempty" doc:"HR set it aside for the next case"`
}

// Waiver is a rule that HR set aside for the next case of a person.
type Waiver struct {
	ID     uuid.UUID         `json:"id"`
	Reason string            `json:"reason"`
	By     process.PersonRef `json:"by"`
	On     clock.Date        `json:"on" format:"date"`
}

// Target is a level that a case could lead to.
type Target struct {
	Level       process.LevelRef `json:"level"`
	Track       string           `json:"track" doc:"name of its track"`
	Direction   ladder.Direction `json:"direction" enum:"up,skip,sideways,across,down" doc:"up: the next level; skip: higher; sideways: another track at the same height; across: a track that the ladder does not compare; down: lower, a re-level"`
	Skipped     []string         `json:"skipped" doc:"the levels between, the lowest first"`
	Kind        string           `json:"kind" enum:"promotion,track_switch,re_level"`
	NeedsReason bool             `json:"needsReason" doc:"whoever opens the case must say why"`
	WaitsFor    []Rule           `json:"waitsFor" enum:"time_in_level,cool_down" doc:"the rules that hold for it, make the person wait today and are not waived"`
}

// standing is everything that decides whether a case may start.
type standing struct {
	person  *db.Person
	ladder  ladder.Published
	found   bool // the ladder
	open    *db.PromotionCase
	waits   []Wait
	waivers map[Rule]*db.CaseWaiver
}

// waiting lists the rules that make the person wait for a way, and those of them
// that are waived.
func (w standing) waiting(d ladder.Direction) (waits []Wait, waived []Wait) {
	for _, one := range w.waits {
		switch {
		case one.Until == "" || !holds(one.Rule, d):
		case w.waivers[one.Rule] != nil:
			waived = append(waived, one)
		default:
			waits = append(waits, one)
		}
	}
	return waits, waived
}

// Before returns what somebody sees before they open a case for a person. The
// person, their manager and HR partners of their scope may call it. It runs a
// fixed number of statements.
//
// It returns a NotFound fault to everybody else.
func (s *Service) Before(ctx context.Context, id uuid.UUID) (Start, error) {
	p, err := s.Store.Read().Person.Query().
		Where(person.ID(id), person.StatusEQ(person.StatusActive), s.Access.PersonScope(ctx, access.Waivers, access.Read)).
		WithManager().Only(ctx)
	if err != nil {
		return Start{}, store.Found(err)
	}
	published, found, err := s.rubrics.StandsOn(ctx, p.UnitID, p.Level)
	if err != nil {
		return Start{}, err
	}
	w, err := s.standing(ctx, s.Store.Read(), p)
	if err != nil {
		return Start{}, err
	}
	w.ladder, w.found = published, found
	return s.startOf(ctx, w), nil
}

// standing reads the rules and what they are applied to, without the ladder.
func (s *Service) standing(ctx context.Context, client *db.Client, p *db.Person) (standing, error) {
	w := standing{person: p, waivers: map[Rule]*db.CaseWaiver{}}
	rules, err := s.company.PromotionRules(ctx, p.ID, store.OrZero(p.ManagerID)) // either could open the case
	if err != nil {
		return w, err
	}
	list, err := client.PromotionCase.Query().Where(promotioncase.PersonID(p.ID)).
		Order(db.Desc(promotioncase.FieldOpenedAt), db.Desc(promotioncase.FieldID)).All(ctx)
	if err != nil {
		return w, err
	}
	if at := slices.IndexFunc(list, func(c *db.PromotionCase) bool { return !inState(c.State, closed...) }); at >= 0 {
		w.open = list[at]
	}
	approved, err := approvedOf(ctx, client, list)
	if err != nil {
		return w, err
	}
	w.waits = waits(rules, p.LevelSince, p.Level, longest(rules, list, approved), clock.DateOf(s.Clock.Now()))
	unused, err := client.CaseWaiver.Query().
		Where(casewaiver.PersonID(p.ID), casewaiver.CaseIDIsNil(), casewaiver.EndedAtIsNil()).WithWaivedBy().All(ctx)
	for _, row := range unused {
		w.waivers[row.Rule] = row
	}
	return w, err
}

// approvedOf says which cases ended with what was asked.
func approvedOf(ctx context.Context, client *db.Client, list []*db.PromotionCase) (map[uuid.UUID]bool, error) {
	ids := make([]uuid.UUID, 0, len(list))
	for _, c := range list {
		ids = append(ids, c.ID)
	}
	rows, err := client.Decision.Query().
		Where(decision.CaseIDIn(ids...), decision.OutcomeEQ(decision.OutcomeApproved)).Select(decision.FieldCaseID).All(ctx)
	out := map[uuid.UUID]bool{}
	for _, row := range rows {
		out[row.CaseID] = true
	}
	return out, err
}

// longest is the ended case that makes its person wait longest, nil for none.
func longest(r Rules, list []*db.PromotionCase, approved map[uuid.UUID]bool) *db.PromotionCase {
	var out *db.PromotionCase
	for _, c := range list {
		if countsFor(c, approved[c.ID]) && (out == nil || coolDown(r, c).Until > coolDown(r, out).Until) {
			out = c
		}
	}
	return out
}

func (s *Service) startOf(ctx context.Context, w standing) Start {
	p, me := w.person, actor.Of(ctx)
	facts := access.FactsOf(p)
	out := Start{
		Person: process.RefOf(p), From: process.LevelRef{Code: p.Level, Title: p.Level}, Since: p.LevelSince,
		Rules: []RuleView{}, Targets: []Target{},
		MayOpen:  s.Access.CanPerson(ctx, access.Cases, access.Create, facts),
		MayWaive: s.mayWaive(ctx, p, access.Create),
		Audience: process.Explain(s.Access.PersonAudience(access.Waivers, facts, access.Cast{
			access.Self: process.Name(me.ID, p), access.Manager: process.Name(me.ID, p.Edges.Manager), access.HRScope: "HR partners",
		}), ""),
	}
	for _, one := range w.waits {
		out.Rules = append(out.Rules, ruleView(one, w.waivers[one.Rule]))
	}
	if w.found {
		doc := w.ladder.Rubric
		out.From = levelRef(doc, p.Level)
		out.Ladder = &process.LadderRef{Slug: doc.Framework, Name: doc.Name, Version: doc.Version}
		out.Targets = targetsOf(w)
	}
	if reads := s.Access.CanCase(ctx, access.Cases, access.Read, factsBefore(p)); reads && w.open != nil {
		out.OpenCase = &w.open.ID
	}
	switch {
	case !w.found:
		out.Blocked = noLadder(p)
	case w.open != nil:
		out.Blocked = p.Name + " already has an open case."
	}
	return out
}

// noLadder says why no ladder says where a person could go.
func noLadder(p *db.Person) string {
	if p.Level == "" {
		return p.Name + " has no level yet. HR gives people their level with the import of people."
	}
	return "No ladder in force has the level " + p.Level + ". An owner of ladders can publish one that has it."
}

// factsBefore are the facts of a case that has nothing but its candidate.
func factsBefore(p *db.Person) access.CaseFacts {
	return access.CaseFacts{Person: p.ID, Manager: store.OrZero(p.ManagerID), Unit: store.OrZero(p.UnitID), Country: p.Country}
}

func ruleView(w Wait, row *db.CaseWaiver) RuleView {
	out := RuleView{Rule: w.Rule, Words: w.Words}
	if w.Until != "" {
		out.Until = &w.Until
	}
	if row != nil {
		out.Waiver = &Waiver{ID: row.ID, Reason: row.Reason, By: process.RefOf(row.Edges.WaivedBy), On: clock.DateOf(row.WaivedAt)}
	}
	return out
}

func targetsOf(w standing) []Target {
	doc, out := w.ladder.Rubric, []Target{}
	for _, track := range doc.Tracks {
		for _, level := range track.Levels {
			way, skipped, ok := doc.DirectionTo(w.person.Level, level.Code)
			if !ok {
				continue
			}
			t := Target{
				Level: process.LevelRef{Code: level.Code, Title: level.ShortTitle}, Track: track.Name, Direction: way, Skipped: append([]string{}, skipped...),
				Kind: string(kindOf(doc, w.person.Level, level.Code, way)), NeedsReason: needsReason(way), WaitsFor: []Rule{},
			}
			waits, _ := w.waiting(way)
			for _, one := range waits {
				t.WaitsFor = append(t.WaitsFor, one.Rule)
			}
			out = append(out, t)
		}
	}
	return out
}

// kindOf says what a case is: a step down is no promotion, whatever the track.
func kindOf(doc ladder.Rubric, from, to string, way ladder.Direction) promotioncase.Kind {
	_, fromTrack, _ := doc.Level(from)
	_, toTrack, _ := doc.Level(to)
	switch {
	case way == ladder.Down:
		return promotioncase.KindReLevel
	case fromTrack != toTrack:
		return promotioncase.KindTrackSwitch
	default:
		return promotioncase.KindPromotion
	}
}

func needsReason(way ladder.Direction) bool {
	return slices.Contains([]ladder.Direction{ladder.Skip, ladder.Across, ladder.Down}, way)
}

// refuse says everything that keeps a case from starting, nil for nothing.
func refuse(w standing, way ladder.Direction, skipped []string, in Opening) error {
	from, to := w.person.Level, in.ToLevel
	var bad []fault.Detail
	add := func(field, message, fix string) {
		bad = append(bad, fault.Detail{Pointer: "/" + field, Field: field, Message: message, Fix: fix})
	}
	switch relevel := in.Kind == string(promotioncase.KindReLevel); {
	case way == ladder.Down && !relevel:
		add("kind", to+" is below "+from+": that is a re-level and no promotion", "choose a re-level, or a level that is not lower")
	case way != ladder.Down && relevel:
		add("kind", to+" is not below "+from+": that is no re-level", "leave the kind out, or choose a lower level")
	}
	if needsReason(way) && strings.TrimSpace(in.Reason) == "" {
		what := map[ladder.Direction]string{
			ladder.Skip:   "this skips " + strings.Join(skipped, ", "),
			ladder.Across: "the ladder does not compare " + to + " with " + from,
			ladder.Down:   "the level goes down",
		}
		add("reason", what[way]+", and nobody said why", "give the reason; the panel reads it")
	}
	waits, _ := w.waiting(way)
	for _, one := range waits {
		add("toLevel", strings.TrimSuffix(one.Words, ".")+": a case can start on "+inWords(one.Until), "wait until then, or ask HR to waive the rule")
	}
	if len(bad) == 0 {
		return nil
	}
	err := fault.Bad("The case cannot start like this.", bad...)
	if len(waits) > 0 {
		err = err.WithCode("not_yet")
	}
	return err
}

func notAnotherLevel(doc ladder.Rubric, target string) error {
	return fault.Bad("The target must be another level of the ladder.", fault.Detail{
		Pointer: "/toLevel", Message: fmt.Sprintf("%q is not another level of %s.", target, doc.Name), Fix: "Choose a level of the ladder.",
	})
}
