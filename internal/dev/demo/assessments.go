package demo

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/assessment"
	"github.com/rung-hr/rung/ent/schema"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/trust/audit"
)

// addCycles opens a round every half-year; the last one is still open.
func (s *seeder) addCycles(ctx context.Context) error {
	return s.app.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		for i := 3; i >= 0; i-- {
			opened := s.now.AddDate(0, -6*i, -20)
			self, manager := endOfDay(opened.Add(31*day)), endOfDay(opened.Add(37*day))
			row, err := tx.Cycle.Create().
				SetName(seasonOf(opened)).SetLadderVersionID(s.ladderVersion).
				SetOpensOn(clock.DateOf(opened)).SetClosesOn(clock.DateOf(opened.AddDate(0, 0, 90))).
				SetSelfDueAt(self).SetManagerDueAt(manager).
				Save(ctx)
			if err != nil {
				return err
			}
			s.cycles = append(s.cycles, row.ID)
		}
		return s.trail.Record(ctx, tx, audit.Entry{Action: audit.CycleOpened, Resource: "cycle"})
	})
}

// endOfDay is 18:00 UTC, moved to the Friday before if it falls on a weekend.
func endOfDay(t time.Time) time.Time {
	for t.Weekday() == time.Saturday || t.Weekday() == time.Sunday {
		t = t.AddDate(0, 0, -1)
	}
	return time.Date(t.Year(), t.Month(), t.Day(), 18, 0, 0, 0, time.UTC)
}

func seasonOf(t time.Time) string {
	season := "Spring"
	if t.Month() > time.June {
		season = "Autumn"
	}
	return fmt.Sprintf("%s %d", season, t.Year())
}

// competencies in the ladder's order.
var competencies = []string{
	"system-design", "code-quality-and-review", "reliability-and-operations", "technical-direction", "design-review",
	"cross-functional-planning", "mentoring", "written-communication", "remote-and-async-practice",
}

// addEvidence logs what the engineers in the manager's team and the candidates
// did.
func (s *seeder) addEvidence(ctx context.Context) error {
	return s.inTx(ctx, "evidence", func(ctx context.Context, tx *db.Client) error {
		var rows []*db.EvidenceCreate
		for _, m := range s.writers() {
			for i, c := range competencies {
				if m.key == "engineer" && c == "remote-and-async-practice" {
					continue // so that the gap shows
				}
				words := saidOf[c][(i+len(m.name))%2]
				ago := 20 + 35*i
				if c == "technical-direction" {
					ago = 430
				}
				id := uuid.Must(uuid.NewV7())
				if s.logged[m] == nil {
					s.logged[m] = map[string]uuid.UUID{}
				}
				s.logged[m][c] = id
				row := tx.Evidence.Create().
					SetID(id).SetPersonID(s.ids[m]).SetTitle(words.evidence).SetBody(words.body).
					SetHappenedFrom(s.date(ago + 60)).SetHappenedTo(s.date(ago)).
					SetCompetencies([]string{c, competencies[(i+4)%len(competencies)]}).
					SetLinks([]schema.Link{{URL: "https://docs." + Domain + "/" + c, Label: "Document"}}).
					SetCreatedAt(s.daysAgo(ago))
				if i%2 == 0 && m.manager != nil {
					row.SetConfirmedByID(s.ids[s.byKey["lead"]])
				}
				rows = append(rows, row)
			}
		}
		return inBatches(rows, func(part []*db.EvidenceCreate) error { return tx.Evidence.CreateBulk(part...).Exec(ctx) })
	})
}

// writers are the people whose screens a visitor opens.
func (s *seeder) writers() []*member {
	var out []*member
	for _, m := range s.people {
		if m.manager == s.byKey["manager"] && len(out) < 8 {
			out = append(out, m)
		}
	}
	return append(out, s.candidates()...)
}

// answer is one assessment that the demo writes.
type answer struct {
	cycle     uuid.UUID
	about     *member
	kind      assessment.Kind
	rated     int // competencies, from the first
	submitted bool
	revealed  bool
	created   time.Time
	shift     int // added to the ratings, to make the two sides differ
}

// addAssessments fills three past rounds for the engineers, and the open round
// for the manager's team and the candidates.
func (s *seeder) addAssessments(ctx context.Context) error {
	var list []answer
	busy := s.writers() // their rounds follow below
	for i, cycle := range s.cycles[:len(s.cycles)-1] {
		opened := s.now.AddDate(0, -6*(len(s.cycles)-1-i), -10)
		for _, m := range s.people {
			if slices.Contains(busy, m) {
				continue
			}
			if m.level != "" && m.manager != nil && m.hiredDaysAgo > 200+180*(3-i) && s.random.IntN(10) < 6 {
				list = append(list,
					answer{cycle, m, assessment.KindSelf, 9, true, true, opened, 0},
					answer{cycle, m, assessment.KindManager, 9, true, true, opened, s.random.IntN(2)})
			}
		}
	}
	open, created := s.cycles[len(s.cycles)-1], s.daysAgo(12)
	last := s.cycles[len(s.cycles)-2]
	for _, m := range s.candidates() {
		list = append(list, both(last, m, s.now.AddDate(0, -6, -10))...)
	}
	list = append(list,
		answer{open, s.byKey["engineer"], assessment.KindSelf, 7, false, false, created, 0},
		answer{open, s.byKey["piotr"], assessment.KindSelf, 9, true, false, created, 0},
		answer{open, s.byKey["grace"], assessment.KindSelf, 9, true, false, created, 0},
		answer{open, s.byKey["grace"], assessment.KindManager, 5, false, false, created, 1},
	)
	list = append(list, both(open, s.byKey["lena"], created)...)
	list = append(list, both(open, s.byKey["emre"], created)...)
	return s.inTx(ctx, "assessments", func(ctx context.Context, tx *db.Client) error { return s.write(ctx, tx, list) })
}

func both(cycle uuid.UUID, m *member, created time.Time) []answer {
	return []answer{
		{cycle, m, assessment.KindSelf, 9, true, true, created, 0},
		{cycle, m, assessment.KindManager, 9, true, true, created, 1},
	}
}

func (s *seeder) write(ctx context.Context, tx *db.Client, list []answer) error {
	var heads []*db.AssessmentCreate
	var items []*db.AssessmentItemCreate
	var links []*db.ItemEvidenceCreate
	for _, a := range list {
		id := uuid.Must(uuid.NewV7())
		author := a.about
		if a.kind == assessment.KindManager {
			author = a.about.manager
		}
		head := tx.Assessment.Create().
			SetID(id).SetCycleID(a.cycle).SetSubjectID(s.ids[a.about]).SetAuthorID(s.ids[author]).SetLadderVersionID(s.ladderVersion).
			SetKind(a.kind).SetBaseLevel(a.about.level).SetTargetLevel(nextLevel(a.about.level)).SetCreatedAt(a.created)
		if a.submitted {
			head.SetState(assessment.StateSubmitted).SetSubmittedAt(a.created.Add(8 * day))
		}
		if a.revealed {
			head.SetRevealedAt(a.created.Add(9 * day))
		}
		heads = append(heads, head)
		for i, c := range competencies[:a.rated] {
			item := uuid.Must(uuid.NewV7())
			if piece, ok := s.logged[a.about][c]; ok {
				links = append(links, tx.ItemEvidence.Create().SetItemID(item).SetEvidenceID(piece))
			}
			items = append(items, tx.AssessmentItem.Create().
				SetID(item).SetAssessmentID(id).SetCompetency(c).SetLevel(nextLevel(a.about.level)).SetRating(rating(i, a)).SetReason(saidOf[c][(i+len(a.about.name)+a.shift)%2].reason).
				SetUpdatedAt(a.created.Add(7*day)))
		}
	}
	return s.saveAll(ctx, tx, heads, items, links)
}

// saveAll saves the assessments with their ratings and evidence.
func (s *seeder) saveAll(ctx context.Context, tx *db.Client, heads []*db.AssessmentCreate, items []*db.AssessmentItemCreate, links []*db.ItemEvidenceCreate) error {
	if err := inBatches(heads, func(part []*db.AssessmentCreate) error { return tx.Assessment.CreateBulk(part...).Exec(ctx) }); err != nil {
		return err
	}
	if err := inBatches(items, func(part []*db.AssessmentItemCreate) error { return tx.AssessmentItem.CreateBulk(part...).Exec(ctx) }); err != nil {
		return err
	}
	return inBatches(links, func(part []*db.ItemEvidenceCreate) error { return tx.ItemEvidence.CreateBulk(part...).Exec(ctx) })
}

// rating makes the two sides differ in two or three competencies, once by two
// steps.
func rating(i int, a answer) int {
	mine := []int{2, 2, 2, 1, 2, 1, 1, 2, 2}[i]
	if a.kind == assessment.KindManager && a.shift > 0 {
		mine += map[int]int{0: -1, 3: 1, 6: 2}[i]
	}
	return mine
}

func nextLevel(level string) string {
	order := []string{"IC3", "IC4", "IC5", "IC6", "IC7"}
	if i := slices.Index(order, level); i >= 0 && i+1 < len(order) {
		return order[i+1]
	}
	if level == "M1" {
		return "M2"
	}
	return level
}
