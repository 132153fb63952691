package people_test

import (
	"testing"

	"github.com/rung-hr/rung/internal/dev/orgtest"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

var hr, system = orgtest.HR, orgtest.System

// fixture is a company in a test.
type fixture struct {
	*orgtest.Company
	t testing.TB
}

func newFixture(t testing.TB, s *store.Store) fixture { return fixture{orgtest.New(t, s), t} }
