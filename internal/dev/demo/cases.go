package demo

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/rung-hr/rung/ent/db/assessment"
	"github.com/rung-hr/rung/ent/schema"
	"github.com/rung-hr/rung/internal/domain/promotion"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/trust/process"
)

// story is a case and the state to which it is brought.
type story struct {
	state    promotion.State
	openedBy int      // days ago
	votes    []string // of the seats that seal, in the order of the panel
	panel    []string
}

var (
	panelA = []string{"chair", "panelist1", "panelist2", "panelist3", "panelist4"}
	panelB = []string{"chair", "panelist2", "panelist3", "panelist4", "panelist5"}
)

var stories = []story{
	{promotion.Draft, 5, nil, nil},
	{promotion.ChangesRequested, 16, nil, nil},
	{promotion.Withdrawn, 34, nil, nil},
	{promotion.Submitted, 12, nil, nil},
	{promotion.BlindVote, 18, []string{"", "", "approve", "not_yet"}, panelA},
	{promotion.BlindVote, 16, []string{"approve"}, panelA},
	{promotion.OnHold, 26, []string{"approve", "approve"}, panelB},
	{promotion.Voted, 14, []string{"approve", "approve", "not_yet", "approve", "decline"}, panelB},
	{promotion.Decided, 20, []string{"approve", "approve", "approve", "approve", "not_yet"}, panelA},
	{promotion.Communicated, 40, []string{"not_yet", "not_yet", "approve", "decline", "not_yet"}, panelB},
	{promotion.Effective, 150, []string{"approve", "approve", "approve", "not_yet", "approve"}, panelA},
}

// candidates are seniors whose teams have no persona, so that every panel of the
// demo may judge them. There is one for each story.
func (s *seeder) candidates() []*member {
	busy := map[string]bool{}
	for _, m := range s.people {
		if m.key != "" {
			busy[m.unit] = true
		}
	}
	var out []*member
	for _, m := range s.people {
		if m.level == "IC4" && !busy[m.unit] && len(out) < len(stories) {
			out = append(out, m)
		}
	}
	return out
}

func (s *seeder) addCases(ctx context.Context) error {
	list := s.candidates()
	if len(list) < len(stories) {
		return fmt.Errorf("demo: %d people are too few for a case in each state; take 140 or more", len(s.people))
	}
	for i, st := range stories {
		if err := s.tell(ctx, list[i], st); err != nil {
			return fmt.Errorf("demo: case %s: %w", st.state, err)
		}
	}
	return s.tell(ctx, s.byKey["emre"], story{state: promotion.ManagerReview, openedBy: 8})
}

// telling is a case while its story is told.
type telling struct {
	*seeder
	story
	candidate *member
	it        promotion.Case
}

func (s *seeder) tell(ctx context.Context, candidate *member, st story) error {
	t := &telling{seeder: s, story: st, candidate: candidate}
	for _, step := range []struct {
		reached func() bool
		do      func(context.Context) error
	}{
		{t.past(), t.open},
		{t.past(promotion.Draft), t.write},
		{t.past(promotion.Draft), t.handOver},
		{t.past(promotion.Draft, promotion.ManagerReview), t.review},
		{t.past(promotion.Draft, promotion.ManagerReview, promotion.ChangesRequested, promotion.Withdrawn, promotion.Submitted), t.vote},
		{t.past(promotion.Draft, promotion.ManagerReview, promotion.ChangesRequested, promotion.Withdrawn, promotion.Submitted, promotion.BlindVote, promotion.OnHold, promotion.Voted), t.decide},
		{t.past(promotion.Draft, promotion.ManagerReview, promotion.ChangesRequested, promotion.Withdrawn, promotion.Submitted, promotion.BlindVote, promotion.OnHold, promotion.Voted, promotion.Decided), t.communicate},
	} {
		if !step.reached() {
			return nil
		}
		if err := step.do(ctx); err != nil {
			return err
		}
	}
	return nil
}

// past reports whether the story goes on beyond the given states.
func (t *telling) past(states ...promotion.State) func() bool {
	return func() bool { return !slices.Contains(states, t.state) }
}

func (t *telling) cases() *promotion.Service { return t.app.Services.Cases }

func (t *telling) on(daysAfter int) { t.clock.Set(t.daysAgo(t.openedBy).AddDate(0, 0, daysAfter)) }

func (t *telling) open(ctx context.Context) (err error) {
	t.on(0)
	self, err := t.app.Store.Read().Assessment.Query().
		Where(assessment.SubjectID(t.ids[t.candidate]), assessment.KindEQ(assessment.KindSelf), assessment.RevealedAtNotNil()).
		FirstID(ctx)
	if err != nil {
		return err
	}
	t.it, err = t.cases().Open(t.as(ctx, t.candidate.manager), promotion.Opening{PersonID: t.ids[t.candidate], FromComparison: &self, ToLevel: "IC5"})
	return err
}

func (t *telling) write(ctx context.Context) error {
	t.on(1)
	me := t.as(ctx, t.candidate)
	texts := map[string]string{
		"summary":      summaries[len(t.candidate.name)%len(summaries)],
		"mentoring":    saidOf["mentoring"][0].reason + " We wrote the goal down in June and looked at it every month.",
		"organisation": "I keep the rota of the design review and wrote the page that explains how to bring a design.",
		"gaps":         "Planning: one quarter so far. I take the next one with Product and bring the trade-off first.",
	}
	for _, key := range []string{"summary", "mentoring", "organisation", "gaps"} {
		if _, err := t.cases().Write(me, t.it.ID, key, 1, promotion.Writing{Text: texts[key]}); err != nil {
			return err
		}
	}
	for _, p := range t.projects() {
		section, err := t.cases().AddProject(me, t.it.ID)
		if err != nil {
			return err
		}
		if _, err := t.cases().Write(me, t.it.ID, section.Key, section.Version, p); err != nil {
			return err
		}
	}
	return nil
}

func (t *telling) projects() []promotion.Writing {
	return []promotion.Writing{
		{
			Title: "Ledger queue redesign", Text: "Writes of three teams went through one queue and failed together. The redesign gives each its own partition and limit.",
			Project: &promotion.Project{
				From: "2026-01", To: "2026-09", Role: "Led, with two engineers of the platform team", Scope: "3 teams, 7 services",
				Outcome:  "p99 of a write from 840 ms to 190 ms; incidents from 11 to 3 in a half-year",
				Tradeoff: "Kept PostgreSQL and partitioned it, instead of a second store that two teams could not run on call",
				Links:    []process.Link{{URL: "https://docs." + Domain + "/ledger-queue", Label: "Design"}}, Competencies: []string{"system-design", "reliability-and-operations"},
			},
		},
		{
			Title: "Retry standard for payment APIs", Text: "Every team retried differently, and some retries were the incident. One page and one library replaced them.",
			Project: &promotion.Project{
				From: "2026-03", To: "2026-08", Role: "Wrote the standard and retired the old library", Scope: "4 teams",
				Outcome: "No incident from retries since August; adopted by four teams", Tradeoff: "A library instead of a proxy: less to run, slower to change",
				Links: []process.Link{}, Competencies: []string{"technical-direction", "written-communication"},
			},
		},
	}
}

func (t *telling) move(ctx context.Context, m *member, action promotion.Move, due *time.Time) (err error) {
	current, err := t.cases().Get(t.as(ctx, m), t.it.ID)
	if err != nil {
		return err
	}
	t.it, err = t.cases().Move(t.as(ctx, m), t.it.ID, current.Version, promotion.Moving{Action: string(action), DueAt: due})
	return err
}

func (t *telling) handOver(ctx context.Context) error {
	t.on(4)
	return t.move(ctx, t.candidate, promotion.HandOver, nil)
}

func (t *telling) review(ctx context.Context) error {
	boss := t.candidate.manager
	t.on(7)
	switch t.state {
	case promotion.ChangesRequested:
		for key, text := range map[string]string{
			"summary":                   "Say which decisions were yours before the design review and which came out of it. The panel will ask.",
			"claim:technical-direction": "The newest piece is more than a year old. Is there one from this year?",
		} {
			if _, err := t.cases().Ask(t.as(ctx, boss), t.it.ID, promotion.Asking{SectionKey: key, Text: text}); err != nil {
				return err
			}
		}
		return t.move(ctx, boss, promotion.RequestChanges, nil)
	case promotion.Withdrawn:
		return t.move(ctx, t.candidate, promotion.Withdraw, nil)
	}
	recommended := "for"
	text := "About 80 % of the work is at the next level, for ten months. Others build on the designs. What still needs work is planning: bring the trade-off before Product asks. The role exists and the team needs it."
	if _, err := t.cases().State(t.as(ctx, boss), t.it.ID, 0, promotion.Stating{Text: text, Recommendation: &recommended}); err != nil {
		return err
	}
	return t.move(ctx, boss, promotion.Submit, nil)
}

// vote seats the panel and casts the votes of the story.
func (t *telling) vote(ctx context.Context) error {
	t.on(10)
	hr := t.byKey["hr"]
	seating := promotion.Seating{ChairID: t.ids[t.byKey["chair"]]}
	for _, key := range t.panel {
		seating.PersonIDs = append(seating.PersonIDs, t.ids[t.byKey[key]])
	}
	if _, err := t.cases().Seat(t.as(ctx, hr), t.it.ID, seating); err != nil {
		return err
	}
	closes := t.clock.Now().Add(14 * day)
	if t.state == promotion.BlindVote {
		closes = endOfDay(t.now.Add(6 * day))
	}
	if err := t.move(ctx, hr, promotion.OpenVote, &closes); err != nil {
		return err
	}
	t.on(13)
	for i, vote := range t.votes {
		if vote == "" {
			continue
		}
		if err := t.ballot(ctx, t.byKey[t.panel[i]], vote, i); err != nil {
			return err
		}
	}
	if t.state == promotion.OnHold {
		t.clock.Set(closes.Add(time.Minute))
		return t.cases().Sweep(ctx)
	}
	return nil
}

func (t *telling) ballot(ctx context.Context, m *member, vote string, seat int) error {
	level := map[string]int{"approve": 2, "not_yet": 1, "decline": 1}[vote]
	in := promotion.Marking{Marks: map[string]int{}, Reasons: map[string]string{}, Vote: &vote, Reason: ballotReasons[vote]}
	confidence := []string{"high", "medium", "medium", "high", "low"}[seat]
	in.Confidence = &confidence
	for i, c := range competencies {
		mark := level
		if i < 3 {
			mark = 2 + (i+seat)%2
		}
		in.Marks[c] = mark
		if mark < 2 {
			in.Reasons[c] = "One example, and none that lasted half a year."
		}
	}
	b, err := t.cases().Mark(t.as(ctx, m), t.it.ID, 0, in)
	if err != nil {
		return err
	}
	_, err = t.cases().Seal(t.as(ctx, m), t.it.ID, b.Version)
	return err
}

func (t *telling) decide(ctx context.Context) error {
	t.on(16)
	in := promotion.Deciding{Reasons: "The panel found design, operations and review clearly at the level. The packet shows it over more than half a year, with work that others build on."}
	not := t.state == promotion.Communicated
	if not {
		in.Reasons = "The panel found design and operations at the level. Two things were missing: direction beyond their own team, and planning with other functions over more than one quarter."
	}
	for i, c := range competencies {
		outcome := schema.CriterionOutcome{Competency: c, Outcome: "met", Reason: "Shown by more than one example."}
		if not && (i == 3 || i == 5) {
			outcome = schema.CriterionOutcome{Competency: c, Outcome: "not_yet", Reason: "Only one example, inside their own team. A second quarter with another team would show it."}
		}
		in.Criteria = append(in.Criteria, outcome)
	}
	on := clock.DateOf(t.now.AddDate(0, 0, 38))
	if t.state == promotion.Effective {
		on = clock.DateOf(t.clock.Now().AddDate(0, 0, 20))
	}
	in.EffectiveOn = &on
	if not {
		in.EffectiveOn = nil
	}
	_, err := t.cases().Decide(t.as(ctx, t.byKey["chair"]), t.it.ID, in)
	return err
}

func (t *telling) communicate(ctx context.Context) error {
	t.on(18)
	if err := t.move(ctx, t.candidate.manager, promotion.Communicate, nil); err != nil || t.state != promotion.Effective {
		return err
	}
	t.on(37)
	return t.cases().Sweep(ctx)
}
