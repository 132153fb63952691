// Package basetest is what the tests of a service stand on: the real policy over
// a real store, and a clock that stands still.
package basetest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
	"github.com/rung-hr/rung/internal/trust/usecase"
	"github.com/rung-hr/rung/policies"
)

// Now is when these tests happen.
var Now = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// New returns a base for services over the store, and its clock, which shows Now
// until it is set.
func New(t testing.TB, s *store.Store) (usecase.Base, *clock.Fake) {
	t.Helper()
	matrix, err := access.NewMatrix(policies.Model, policies.Policy)
	require.NoError(t, err)
	at := clock.NewFake(Now)
	return usecase.Base{Store: s, Access: access.New(matrix), Trail: audit.New(at), Clock: at}, at
}
