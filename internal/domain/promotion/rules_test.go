package promotion

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/promotioncase"
	"github.com/rung-hr/rung/internal/platform/clock"
)

func ended(state State, on clock.Date) *db.PromotionCase {
	at := on.Time().Add(9 * time.Hour)
	c := &db.PromotionCase{State: state, Kind: promotioncase.KindPromotion, ToLevel: "IC5", OpenedAt: at, HandedOverAt: &at}
	if state == Withdrawn {
		c.WithdrawnAt = &at
	} else {
		c.CommunicatedAt = &at
	}
	return c
}

func TestWhenACaseMayStart(t *testing.T) {
	rules := Rules{InLevel: 6, AfterDecision: 6, AfterWithdrawal: 3}
	since := func(d clock.Date) *clock.Date { return &d }
	for name, want := range map[string]struct {
		since *clock.Date
		last  *db.PromotionCase
		today clock.Date
		level clock.Date // until when the time in level makes them wait
		cool  clock.Date
	}{
		"long enough, no case":              {since("2026-01-01"), nil, "2026-11-24", "", ""},
		"a day too early":                   {since("2026-05-25"), nil, "2026-11-24", "2026-11-25", ""},
		"on the day":                        {since("2026-05-24"), nil, "2026-11-24", "", ""},
		"not known since when":              {nil, nil, "2026-11-24", "", ""},
		"a decision half a year ago":        {since("2020-01-01"), ended(Communicated, "2026-05-24"), "2026-11-24", "", ""},
		"a decision a day later":            {since("2020-01-01"), ended(Communicated, "2026-05-25"), "2026-11-24", "", "2026-11-25"},
		"withdrawn three months ago":        {since("2020-01-01"), ended(Withdrawn, "2026-08-24"), "2026-11-24", "", ""},
		"withdrawn yesterday":               {since("2020-01-01"), ended(Withdrawn, "2026-11-23"), "2026-11-24", "", "2027-02-23"},
		"both":                              {since("2026-11-01"), ended(Withdrawn, "2026-11-23"), "2026-11-24", "2027-05-01", "2027-02-23"},
		"the end of a month has fewer days": {since("2026-08-31"), nil, "2026-11-24", "2027-02-28", ""},
	} {
		t.Run(name, func(t *testing.T) {
			got := waits(rules, want.since, "IC4", want.last, want.today)
			require.Equal(t, []Rule{TimeInLevel, CoolDown}, []Rule{got[0].Rule, got[1].Rule})
			require.Equal(t, want.level, got[0].Until)
			require.Equal(t, want.cool, got[1].Until)
		})
	}
	for _, none := range waits(Rules{}, since("2026-11-23"), "IC4", ended(Withdrawn, "2026-11-23"), "2026-11-24") {
		require.Empty(t, none.Until, "a company without rules lets everybody start")
	}
	require.Contains(t, waits(rules, nil, "IC4", nil, "2026-11-24")[0].Words, "does not know since when", "a guess would be worse")
}

func TestWhichEndedCasesMakeAnybodyWait(t *testing.T) {
	draft := ended(Withdrawn, "2026-11-23")
	draft.HandedOverAt = nil
	require.False(t, countsFor(draft, false), "nobody else had seen it")
	require.True(t, countsFor(ended(Withdrawn, "2026-11-23"), false))
	require.True(t, countsFor(ended(Communicated, "2026-11-23"), false))
	require.False(t, countsFor(ended(Effective, "2026-11-23"), true))
	relevel := ended(Communicated, "2026-11-23")
	relevel.Kind = promotioncase.KindReLevel
	require.False(t, countsFor(relevel, false))
	require.False(t, countsFor(&db.PromotionCase{State: Decided}, false), "nobody was told yet")
}

// The case that counts is the one that makes its person wait longest, in whatever
// order the cases ended.
func TestTheLongestWaitCounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rules := Rules{AfterDecision: rapid.IntRange(0, 12).Draw(t, "decision"), AfterWithdrawal: rapid.IntRange(0, 12).Draw(t, "withdrawal")}
		var list []*db.PromotionCase
		most := clock.Date("")
		for range rapid.IntRange(0, 6).Draw(t, "cases") {
			state := rapid.SampledFrom([]State{Communicated, Withdrawn}).Draw(t, "state")
			c := ended(state, clock.Date("2024-01-01").AddDays(rapid.IntRange(0, 900).Draw(t, "day")))
			list = append(list, c)
			most = max(most, coolDown(rules, c).Until)
		}
		got := coolDown(rules, longest(rules, list, nil)).Until
		require.Equal(t, most, got)
	})
}
