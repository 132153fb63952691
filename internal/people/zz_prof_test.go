package people_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/internal/people"
	"github.com/rung-hr/rung/internal/store"
	"github.com/rung-hr/rung/internal/store/storetest"
)

func TestProf(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
	f := newFixture(t, s)
	start := time.Now()
	last := ""
	content, err := os.ReadFile("/tmp/rung/big/small.csv")
	require.NoError(t, err)
	in := people.FromText("x", string(content), false)
	in.Progress = func(p string, d, n int) {
			if p != last {
				t.Log(time.Since(start), p)
				last = p
			}
		}
	_ = strings.ToLower
	_, err = f.Import(hr, in)
	require.NoError(t, err)
	t.Log(time.Since(start), "done")
	})
}
