package promotion

import (
	"fmt"
	"slices"
	"time"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/casewaiver"
	"github.com/rung-hr/rung/ent/db/promotioncase"
	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/platform/clock"
)

// Rules are what the company decided about when a case may start, in months; 0
// for no such rule.
type Rules struct {
	InLevel         int  // at the level held, before a case for a higher one
	AfterDecision   int  // after a decision that was no promotion
	AfterWithdrawal int  // after a packet was withdrawn that the manager had seen
	Earlier         bool // the person or their manager changed the rules since; for this case they stay as they were
}

// Rule keeps a case from starting. HR may waive it.
type Rule = casewaiver.Rule

// The rules that can be waived.
const (
	TimeInLevel = casewaiver.RuleTimeInLevel
	CoolDown    = casewaiver.RuleCoolDown
)

// held says for which ways a rule holds. A step down, which is no promotion, waits
// for nothing.
var held = map[Rule][]ladder.Direction{
	TimeInLevel: {ladder.Up, ladder.Skip},
	CoolDown:    {ladder.Up, ladder.Skip, ladder.Sideways, ladder.Across},
}

// Wait is a rule, and until when it keeps a case of one person from starting.
type Wait struct {
	Rule  Rule
	Until clock.Date // the first day on which it no longer does; "" if it does not
	Words string     // how the day was computed
}

// waits applies the rules to a person. Without the day since which they hold their
// level, the time in it is not checked, and the words say so.
func waits(r Rules, since *clock.Date, level string, last *db.PromotionCase, today clock.Date) []Wait {
	list := []Wait{timeInLevel(r, since, level), coolDown(r, last)}
	for i := range list {
		if list[i].Until <= today {
			list[i].Until = ""
		}
		if r.Earlier {
			list[i].Words += " The rules are those before the last change, because the person or their manager made it."
		}
	}
	return list
}

func timeInLevel(r Rules, since *clock.Date, level string) Wait {
	w := Wait{Rule: TimeInLevel}
	switch {
	case r.InLevel == 0:
		w.Words = "The company has no rule about the time at a level."
	case since == nil:
		w.Words = fmt.Sprintf("Rung does not know since when %s is held, so the %s at the level are not checked.", level, months(r.InLevel))
	default:
		w.Until = since.AddMonths(r.InLevel)
		w.Words = fmt.Sprintf("%s at a level before a case for a higher one. %s is held since %s.", months(r.InLevel), level, inWords(*since))
	}
	return w
}

func coolDown(r Rules, last *db.PromotionCase) Wait {
	w := Wait{Rule: CoolDown, Words: "No earlier case makes anybody wait."}
	if last == nil {
		return w
	}
	if last.State == Withdrawn {
		if on := withdrawnOn(last); r.AfterWithdrawal > 0 {
			w.Until = on.AddMonths(r.AfterWithdrawal)
			w.Words = fmt.Sprintf("%s after a case was withdrawn. The last one, to %s, was withdrawn on %s.", months(r.AfterWithdrawal), last.ToLevel, inWords(on))
		}
		return w
	}
	if on := clock.DateOf(*last.CommunicatedAt); r.AfterDecision > 0 {
		w.Until = on.AddMonths(r.AfterDecision)
		w.Words = fmt.Sprintf("%s after a decision that was no promotion. The last one, about %s, was told on %s.", months(r.AfterDecision), last.ToLevel, inWords(on))
	}
	return w
}

// withdrawnOn falls back on the last time that older cases kept.
func withdrawnOn(c *db.PromotionCase) clock.Date {
	for _, at := range []*time.Time{c.WithdrawnAt, c.SubmittedAt, c.HandedOverAt} {
		if at != nil {
			return clock.DateOf(*at)
		}
	}
	return clock.DateOf(c.OpenedAt)
}

// countsFor reports whether a case that has ended makes its person wait: it was
// decided otherwise than asked, or withdrawn after the manager had it. A case for
// a lower level makes nobody wait for a higher one.
func countsFor(c *db.PromotionCase, approved bool) bool {
	if c.Kind == promotioncase.KindReLevel {
		return false
	}
	if c.State == Withdrawn {
		return c.HandedOverAt != nil
	}
	return c.CommunicatedAt != nil && !approved
}

func inWords(d clock.Date) string { return d.Time().Format("2 January 2006") }

func months(n int) string {
	if n == 1 {
		return "1 month"
	}
	return fmt.Sprintf("%d months", n)
}

func holds(rule Rule, way ladder.Direction) bool { return slices.Contains(held[rule], way) }
