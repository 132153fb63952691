package promotion_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/promotioncase"
	"github.com/rung-hr/rung/internal/dev/apptest"
	"github.com/rung-hr/rung/internal/domain/company"
	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/domain/promotion"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
	"github.com/rung-hr/rung/internal/trust/audit"
)

// eachStart runs f before any case of grace, a senior in the team of the manager,
// who has held their level for more than a year.
func eachStart(t *testing.T, f func(r room, grace uuid.UUID)) {
	for name, address := range map[string]func(testing.TB) string{"sqlite": storetest.SQLiteURL, "postgres": storetest.PostgresURL} {
		t.Run(name, func(t *testing.T) {
			r := room{T: t, Rung: apptest.Start(t, address(t))}
			grace := r.ID(t, "grace")
			r.holds(grace, "IC4", "2025-02-01")
			f(r, grace)
		})
	}
}

func (r room) holds(id uuid.UUID, level string, since clock.Date) {
	require.NoError(r.T, r.App.Store.InTx(apptest.System, func(ctx context.Context, tx *db.Client) error {
		if err := tx.Person.UpdateOneID(id).SetLevel(level).SetLevelSince(since).Exec(ctx); err != nil {
			return err
		}
		return audit.New(r.Clock).Record(ctx, tx, audit.Entry{Action: audit.PeopleImported, Resource: "person"})
	}))
}

func (r room) before(ctx context.Context, id uuid.UUID) promotion.Start {
	out, err := r.cases().Before(ctx, id)
	require.NoError(r.T, err)
	return out
}

// refusal is what Open says, all of it.
func refusal(t testing.TB, err error) *fault.Error {
	t.Helper()
	var f *fault.Error
	require.ErrorAs(t, err, &f)
	return f
}

func fields(f *fault.Error) []string {
	var out []string
	for _, d := range f.Details {
		out = append(out, d.Field)
	}
	return out
}

func TestEveryWayIsShownBeforeACaseStarts(t *testing.T) {
	eachStart(t, func(r room, grace uuid.UUID) {
		for _, ctx := range []context.Context{r.personCtx(grace), r.as("manager"), r.as("hr")} {
			got := r.before(ctx, grace)
			require.Equal(r.T, "IC4", got.From.Code)
			require.Equal(r.T, clock.Date("2025-02-01"), *got.Since)
			require.Empty(r.T, got.Blocked)
			ways := map[string]ladder.Direction{}
			for _, target := range got.Targets {
				ways[target.Level.Code] = target.Direction
				require.Empty(r.T, target.WaitsFor)
			}
			require.Equal(r.T, map[string]ladder.Direction{
				"IC3": ladder.Down, "IC5": ladder.Up, "IC6": ladder.Skip, "IC7": ladder.Skip, "M1": ladder.Up, "M2": ladder.Skip,
			}, ways)
			require.Len(r.T, got.Rules, 2)
			require.Nil(r.T, got.Rules[0].Until)
		}
		require.True(r.T, r.before(r.as("hr"), grace).MayWaive)
		require.False(r.T, r.before(r.as("hr"), grace).MayOpen)
		require.False(r.T, r.before(r.as("manager"), grace).MayWaive)
		require.True(r.T, r.before(r.as("manager"), grace).MayOpen)
		for _, other := range []string{"lead", "director", "panelist1", "chair"} {
			_, err := r.cases().Before(r.as(other), grace)
			require.Equal(r.T, fault.NotFound, fault.KindOf(err), other)
		}
	})
}

func TestWhichCasesMayStart(t *testing.T) {
	eachStart(t, func(r room, grace uuid.UUID) {
		ctx := r.personCtx(grace)
		for name, want := range map[string]struct {
			in     promotion.Opening
			fields []string // that are refused
		}{
			"a skip without a reason":      {promotion.Opening{ToLevel: "IC6"}, []string{"reason"}},
			"a lower level as a promotion": {promotion.Opening{ToLevel: "IC3", Reason: "I want to."}, []string{"kind"}},
			"the same, and no reason":      {promotion.Opening{ToLevel: "IC3"}, []string{"kind", "reason"}},
			"a re-level without a reason":  {promotion.Opening{ToLevel: "IC3", Kind: "re_level", Reason: "  "}, []string{"reason"}},
			"a re-level that goes up":      {promotion.Opening{ToLevel: "IC5", Kind: "re_level", Reason: "Why not?"}, []string{"kind"}},
			"the level that is held":       {promotion.Opening{ToLevel: "IC4"}, []string{""}},
			"no level of the ladder":       {promotion.Opening{ToLevel: "IC9"}, []string{""}},
			"no level at all":              {promotion.Opening{}, []string{""}},
		} {
			want.in.PersonID = grace
			_, err := r.cases().Open(ctx, want.in)
			f := refusal(r.T, err)
			require.Equal(r.T, fault.Invalid, f.Kind, name)
			require.Equal(r.T, want.fields, fields(f), name)
		}
		for _, want := range []struct {
			in   promotion.Opening
			kind string
		}{
			{promotion.Opening{ToLevel: "IC5"}, "promotion"},
			{promotion.Opening{ToLevel: "IC6", Reason: "Does the work of a principal since spring."}, "promotion"},
			{promotion.Opening{ToLevel: "M1"}, "track_switch"},
			{promotion.Opening{ToLevel: "IC3", Kind: "re_level", Reason: "Comes back part-time."}, "re_level"},
		} {
			want.in.PersonID = grace
			c, err := r.cases().Open(ctx, want.in)
			require.NoError(r.T, err)
			require.Equal(r.T, want.kind, c.Kind)
			require.Equal(r.T, want.in.Reason, c.Reason)
			require.NotNil(r.T, r.before(ctx, grace).OpenCase)
			require.Contains(r.T, r.before(ctx, grace).Blocked, "already has an open case")
			_, err = r.cases().Move(ctx, c.ID, c.Version, promotion.Moving{Action: "withdraw"})
			require.NoError(r.T, err, "nobody had seen it, so the next one need not wait")
		}
	})
}

func TestTimeAtALevelIsWaivedByHR(t *testing.T) {
	eachStart(t, func(r room, grace uuid.UUID) {
		r.holds(grace, "IC4", "2026-09-01")
		ctx := r.personCtx(grace)
		got := r.before(ctx, grace)
		require.Equal(r.T, clock.Date("2027-03-01"), *got.Rules[0].Until)
		_, err := r.cases().Open(ctx, promotion.Opening{PersonID: grace, ToLevel: "IC6"})
		require.Equal(r.T, []string{"reason", "toLevel"}, fields(refusal(r.T, err)), "all at once")
		require.Equal(r.T, "not_yet", refusal(r.T, err).Code)
		_, err = r.cases().Open(ctx, promotion.Opening{PersonID: grace, ToLevel: "IC3", Kind: "re_level", Reason: "Less travel."})
		require.NoError(r.T, err, "a step down waits for nothing")
		r.withdraw(ctx, grace)

		waiving := promotion.Waiving{Rule: promotion.TimeInLevel, Reason: "Was hired a level too low."}
		for who, want := range map[string]fault.Kind{"manager": fault.Forbidden, "lead": fault.NotFound, "chair": fault.NotFound} {
			_, err := r.cases().Waive(r.as(who), grace, waiving)
			require.Equal(r.T, want, fault.KindOf(err), who)
		}
		_, err = r.cases().Waive(ctx, grace, waiving)
		require.Equal(r.T, fault.Forbidden, fault.KindOf(err), "nobody waives for themselves")
		both := actor.With(context.Background(), actor.Person{ID: r.ID(r.T, "manager"), Name: "m", Roles: []string{"employee", "hr"}, Scopes: []actor.Scope{{}}})
		_, err = r.cases().Waive(both, grace, waiving)
		require.Equal(r.T, fault.Forbidden, fault.KindOf(err), "nor a manager for a report whose case they could open")
		_, err = r.cases().Waive(r.as("hr"), grace, promotion.Waiving{Rule: promotion.CoolDown, Reason: "x"})
		require.Equal(r.T, "nothing_to_waive", refusal(r.T, err).Code)
		_, err = r.cases().Waive(r.as("hr"), grace, promotion.Waiving{Rule: promotion.TimeInLevel})
		require.Equal(r.T, []string{"reason"}, fields(refusal(r.T, err)))

		got, err = r.cases().Waive(r.as("hr"), grace, waiving)
		require.NoError(r.T, err)
		require.Equal(r.T, waiving.Reason, got.Rules[0].Waiver.Reason)
		require.Equal(r.T, r.ID(r.T, "hr"), got.Rules[0].Waiver.By.ID)
		_, err = r.cases().Waive(r.as("hr"), grace, waiving)
		require.Equal(r.T, "waived", refusal(r.T, err).Code)
		_, err = r.cases().TakeBack(r.as("hr"), grace, got.Rules[0].Waiver.ID)
		require.NoError(r.T, err)
		_, err = r.cases().Open(ctx, promotion.Opening{PersonID: grace, ToLevel: "IC5"})
		require.Equal(r.T, "not_yet", refusal(r.T, err).Code)

		got, err = r.cases().Waive(r.as("hr"), grace, waiving)
		require.NoError(r.T, err)
		c, err := r.cases().Open(ctx, promotion.Opening{PersonID: grace, ToLevel: "IC5"})
		require.NoError(r.T, err)
		require.Equal(r.T, []promotion.Rule{promotion.TimeInLevel}, c.Waived)
		_, err = r.cases().TakeBack(r.as("hr"), grace, got.Rules[0].Waiver.ID)
		require.Equal(r.T, "waiver_used", refusal(r.T, err).Code)
		r.withdraw(ctx, grace)
		_, err = r.cases().Open(ctx, promotion.Opening{PersonID: grace, ToLevel: "IC5"})
		require.Equal(r.T, "not_yet", refusal(r.T, err).Code, "a waiver is for one case")
	})
}

func (r room) withdraw(ctx context.Context, id uuid.UUID) {
	row, err := r.App.Store.Read().PromotionCase.Query().
		Where(promotioncase.PersonID(id), promotioncase.StateNotIn(promotion.Withdrawn)).Only(apptest.System)
	require.NoError(r.T, err)
	_, err = r.cases().Move(ctx, row.ID, row.Version, promotion.Moving{Action: "withdraw"})
	require.NoError(r.T, err)
}

func TestAWithdrawnCaseMakesTheNextOneWait(t *testing.T) {
	eachStart(t, func(r room, _ uuid.UUID) {
		row, err := r.App.Store.Read().PromotionCase.Query().Where(promotioncase.StateEQ(promotion.ManagerReview)).Only(apptest.System)
		require.NoError(r.T, err)
		ctx := r.personCtx(row.PersonID)
		r.withdraw(ctx, row.PersonID)
		got := r.before(ctx, row.PersonID)
		require.Equal(r.T, clock.Date("2027-02-24"), *got.Rules[1].Until)
		_, err = r.cases().Open(ctx, promotion.Opening{PersonID: row.PersonID, ToLevel: "IC5"})
		require.Equal(r.T, "not_yet", refusal(r.T, err).Code)
		r.Clock.Advance(92 * 24 * time.Hour)
		_, err = r.cases().Open(ctx, promotion.Opening{PersonID: row.PersonID, ToLevel: "IC5"})
		require.NoError(r.T, err)
	})
}

func TestARefusedPromotionMakesTheNextOneWaitAsTheCompanySays(t *testing.T) {
	eachStart(t, func(r room, _ uuid.UUID) {
		row, err := r.App.Store.Read().PromotionCase.Query().Where(promotioncase.StateEQ(promotion.Communicated)).Only(apptest.System)
		require.NoError(r.T, err)
		ctx := r.personCtx(row.PersonID)
		told := clock.DateOf(*row.CommunicatedAt)
		require.Equal(r.T, told.AddMonths(6), *r.before(ctx, row.PersonID).Rules[1].Until)

		hr, settings := r.as("hr"), r.App.Services.Company
		_, err = settings.Change(hr, 0, company.Changing{Values: company.Values{MonthsInLevel: 6, MonthsAfterDecision: 12, MonthsAfterWithdrawal: 3}, Reason: "Two rounds apart."})
		require.NoError(r.T, err)
		require.Equal(r.T, told.AddMonths(12), *r.before(ctx, row.PersonID).Rules[1].Until)
		_, err = settings.Change(hr, 1, company.Changing{Values: company.Values{MonthsInLevel: 6, MonthsAfterDecision: 0, MonthsAfterWithdrawal: 3}, Reason: "No cool-down any more."})
		require.NoError(r.T, err)
		require.Nil(r.T, r.before(ctx, row.PersonID).Rules[1].Until)
		_, err = r.cases().Open(ctx, promotion.Opening{PersonID: row.PersonID, ToLevel: "IC5"})
		require.NoError(r.T, err)
	})
}

// Whoever may change the rules must not loosen them for a case that they open, and
// tighten them again.
func TestNobodyLoosensARuleForACaseOfTheirOwn(t *testing.T) {
	eachStart(t, func(r room, grace uuid.UUID) {
		r.holds(grace, "IC4", "2026-09-01")
		settings := r.App.Services.Company
		loose := company.Changing{Values: company.Values{MonthsAfterDecision: 6, MonthsAfterWithdrawal: 3}, Reason: "Faster."}
		for version, who := range []string{"grace", "manager"} {
			self := actor.With(context.Background(), actor.Person{ID: r.ID(r.T, who), Name: who, Roles: []string{"employee", "hr"}, Scopes: []actor.Scope{{}}})
			loose.MonthsInLevel = version // so that each changes something
			_, err := settings.Change(self, version, loose)
			require.NoError(r.T, err)
			got := r.before(r.as("manager"), grace)
			require.Equal(r.T, clock.Date("2027-03-01"), *got.Rules[0].Until, who)
			require.Contains(r.T, got.Rules[0].Words, "before the last change")
			_, err = r.cases().Open(self, promotion.Opening{PersonID: grace, ToLevel: "IC5"})
			require.Equal(r.T, "not_yet", refusal(r.T, err).Code, who)
		}
		loose.MonthsInLevel = 2
		_, err := settings.Change(r.as("hr"), 2, loose)
		require.NoError(r.T, err)
		require.Nil(r.T, r.before(r.as("manager"), grace).Rules[0].Until, "somebody else decided so")
	})
}

// Two tabs, or the candidate and the manager, press the button together.
func TestTwoCasesCannotStartTogether(t *testing.T) {
	eachStart(t, func(r room, grace uuid.UUID) {
		var wg sync.WaitGroup
		errs := make([]error, 6)
		for i := range errs {
			wg.Go(func() {
				ctx := r.personCtx(grace)
				if i%2 == 0 {
					ctx = r.as("manager")
				}
				_, errs[i] = r.cases().Open(ctx, promotion.Opening{PersonID: grace, ToLevel: "IC5"})
			})
		}
		wg.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
				continue
			}
			require.Equal(r.T, "case_open", refusal(r.T, err).Code)
		}
		require.Equal(r.T, 1, won)
	})
}

// A level that changed by another way leaves nothing for the case to decide.
func TestACaseEndsWithTheLevelThatItStartedFrom(t *testing.T) {
	eachStart(t, func(r room, _ uuid.UUID) {
		row, err := r.App.Store.Read().PromotionCase.Query().Where(promotioncase.StateEQ(promotion.Submitted)).Only(apptest.System)
		require.NoError(r.T, err)
		r.id = row.ID
		r.seat(panel...)
		r.holds(row.PersonID, "IC5", "2026-11-01")
		it, err := r.cases().Get(r.as("hr"), row.ID)
		require.NoError(r.T, err)
		_, err = r.cases().Move(r.as("hr"), row.ID, it.Version, promotion.Moving{Action: "open_vote"})
		require.Equal(r.T, "level_changed", refusal(r.T, err).Code)
		r.holds(row.PersonID, "L4", "2026-11-01")
		_, err = r.cases().Move(r.as("hr"), row.ID, it.Version, promotion.Moving{Action: "open_vote"})
		require.NoError(r.T, err, "a newer version of the ladder only calls it so")
	})
}

func TestWithoutALevelThereIsNothingToStartFrom(t *testing.T) {
	eachStart(t, func(r room, grace uuid.UUID) {
		r.holds(grace, "", "2025-02-01")
		got := r.before(r.as("manager"), grace)
		require.Contains(r.T, got.Blocked, "no level yet")
		require.Empty(r.T, got.Targets)
		_, err := r.cases().Open(r.as("manager"), promotion.Opening{PersonID: grace, ToLevel: "IC5"})
		require.Equal(r.T, "level_unknown", refusal(r.T, err).Code)
		r.holds(grace, "Z9", "2025-02-01")
		require.Contains(r.T, r.before(r.as("manager"), grace).Blocked, "No ladder in force has the level Z9")
	})
}
