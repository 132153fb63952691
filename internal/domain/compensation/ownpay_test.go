package compensation_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
)

func TestNobodyImportsTheirOwnPay(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := withLadder(t, s)
		staff(c)
		text := lines("employee id,amount,currency,effective date", "e2,60000,GBP,2026-01-01", "e1,70000,GBP,2026-01-01")
		_, err := c.ImportPay(as(c.people["e1"], "comp"), "pay.csv", strings.NewReader(text), true)
		require.Equal(t, []string{"3:2 this row changes your own pay"}, details(t, err))
		_, err = c.ImportPay(hr, "pay.csv", strings.NewReader(text), false)
		require.NoError(t, err)
		report, err := c.ImportPay(as(c.people["e1"], "comp"), "pay.csv", strings.NewReader(text), false)
		require.NoError(t, err, "unchanged rows may stay in the file")
		require.Equal(t, []int{2, 0, 0, 2, 1}, counts(report))
	})
}
