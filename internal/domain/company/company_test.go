package company_test

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/internal/dev/apptest"
	"github.com/rung-hr/rung/internal/domain/company"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

func TestSettingsAreChangedByHRAndKeepTheirHistory(t *testing.T) {
	for name, address := range map[string]func(testing.TB) string{"sqlite": storetest.SQLiteURL, "postgres": storetest.PostgresURL} {
		t.Run(name, func(t *testing.T) {
			r := apptest.Start(t, address(t))
			hr, engineer := r.As(t, "hr"), r.As(t, "engineer")
			var now company.Settings
			engineer.Get("/settings", &now)
			require.Equal(t, company.Defaults, now.Values)
			require.Zero(t, now.Version)
			require.False(t, now.MayChange)
			require.Empty(t, now.History)

			change := func(months int, reason string) map[string]any {
				return map[string]any{"monthsInLevel": months, "monthsAfterDecision": 6, "monthsAfterWithdrawal": 3, "reason": reason}
			}
			require.Equal(t, 403, engineer.Try("PUT", "/settings", 0, change(0, "I want to.")).Status)
			require.Equal(t, 428, hr.Try("PUT", "/settings", -1, change(12, "Why.")).Status)
			refused := hr.Try("PUT", "/settings", 0, change(6, "Nothing changes."))
			require.Equal(t, 422, refused.Status, refused.Text())
			refused = hr.Try("PUT", "/settings", 0, map[string]any{"monthsInLevel": 61, "monthsAfterDecision": -1, "monthsAfterWithdrawal": 3, "reason": " "})
			require.Equal(t, 422, refused.Status)
			for _, field := range []string{"monthsInLevel", "monthsAfterDecision"} {
				require.Contains(t, refused.Text(), field, "all at once")
			}

			hr.Send("PUT", "/settings", 0, change(12, "A year at each level."), &now)
			require.Equal(t, 1, now.Version)
			hr.Send("PUT", "/settings", 1, change(9, "A year was too long."), &now)
			require.Equal(t, 9, now.Values.MonthsInLevel)
			require.True(t, now.MayChange)
			require.Len(t, now.History, 2)
			require.Equal(t, []company.Change{{Setting: "monthsInLevel", From: 12, To: 9}}, now.History[0].Changes, "the newest first")
			require.Equal(t, []company.Change{{Setting: "monthsInLevel", From: 6, To: 12}}, now.History[1].Changes)
			require.Equal(t, r.ID(t, "hr"), now.History[0].By.ID)
			stale := hr.Try("PUT", "/settings", 1, change(3, "From an old tab."))
			require.Equal(t, 412, stale.Status)
			require.Contains(t, stale.Text(), "A year was too long.", "the refusal carries what is there")
		})
	}
}

func TestTwoChangesAtOnceDoNotOverwriteEachOther(t *testing.T) {
	for name, address := range map[string]func(testing.TB) string{"sqlite": storetest.SQLiteURL, "postgres": storetest.PostgresURL} {
		t.Run(name, func(t *testing.T) {
			r := apptest.Start(t, address(t))
			hr := r.As(t, "hr")
			status := make([]int, 6)
			var wg sync.WaitGroup
			for i := range status {
				wg.Go(func() {
					status[i] = hr.Try("PUT", "/settings", 0, map[string]any{"monthsInLevel": 10 + i, "monthsAfterDecision": 6, "monthsAfterWithdrawal": 3, "reason": "Race."}).Status
				})
			}
			wg.Wait()
			won := 0
			for _, s := range status {
				if s == 200 {
					won++
				} else {
					require.Equal(t, 412, s)
				}
			}
			require.Equal(t, 1, won)
		})
	}
}

func TestWhatNobodyDecidedHasItsDefault(t *testing.T) {
	r := apptest.Bare(t, storetest.SQLiteURL(t))
	v, _, err := r.App.Services.Company.Values(apptest.System)
	require.NoError(t, err)
	require.Equal(t, company.Defaults, v)
	_, err = r.App.Services.Company.Get(t.Context())
	var f *fault.Error
	require.ErrorAs(t, err, &f)
	require.Equal(t, fault.SignedOut, f.Kind)
}
