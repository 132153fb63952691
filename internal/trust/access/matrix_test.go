package access_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/casbin/casbin/v2"
	"github.com/casbin/casbin/v2/model"
	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/policies"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func matrix(t testing.TB) *access.Matrix {
	t.Helper()
	m, err := access.NewMatrix(policies.Model, policies.Policy)
	require.NoError(t, err)
	return m
}

func TestGoldenMatrix(t *testing.T) {
	golden := filepath.Join("..", "..", "..", "policies", "matrix.golden")
	have := matrix(t).String()
	if *update {
		require.NoError(t, os.WriteFile(golden, []byte(have), 0o600))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), have, "run go test ./internal/trust/access -run GoldenMatrix -update and read the diff")
}

// The matrix asks casbin only for rights that the policy names. This test asks
// casbin about every cell.
func TestMatrixAnswersAsCasbinDoes(t *testing.T) {
	m, err := model.NewModelFromString(policies.Model)
	require.NoError(t, err)
	e, err := casbin.NewEnforcer(m)
	require.NoError(t, err)
	for line := range strings.Lines(policies.Policy) {
		f := strings.Split(strings.TrimSpace(line), ", ")
		switch f[0] {
		case "p":
			_, err = e.AddPolicy(f[1:])
		case "g":
			_, err = e.AddGroupingPolicy(f[1:])
		}
		require.NoError(t, err)
	}
	have := matrix(t)
	for _, role := range access.Roles {
		for _, rel := range access.Relations {
			for _, res := range access.Resources {
				for _, act := range access.Actions {
					want, err := e.Enforce(string(role), string(rel), string(res), string(act))
					require.NoError(t, err)
					require.Equal(t, want, have.Allows(access.Cell{Role: role, Relation: rel, Resource: res, Action: act}), "%s %s %s %s", role, rel, res, act)
				}
			}
		}
	}
}

func TestAWrongPolicyDoesNotStart(t *testing.T) {
	for name, c := range map[string]struct{ policy, want string }{
		"empty":             {"# nothing\n", "empty"},
		"unknown role":      {"p, boss, any, person, read\n", `policy.csv:1: unknown word "boss"`},
		"unknown relation":  {"p, hr, friend, person, read\n", `unknown word "friend"`},
		"unknown resource":  {"p, hr, any, salary, read\n", `unknown word "salary"`},
		"unknown action":    {"p, hr, any, person, peek\n", `unknown word "peek"`},
		"missing field":     {"p, hr, any, person\n", "policy.csv:1: want"},
		"extra field":       {"p, hr, any, person, read, deny\n", "policy.csv:1: want"},
		"is repeated":       {"p, hr, any, person, read\np, hr, any, person, read\n", "policy.csv:2: is repeated"},
		"unknown line type": {"x, hr, any, person, read\n", "policy.csv:1: want"},
		"all at once":       {"p, boss, any, person, read\np, hr, any, person, peek\n", "peek"},
		"half a role line":  {"g, hr\n", "policy.csv:1: want"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := access.NewMatrix(policies.Model, c.policy)
			require.ErrorContains(t, err, c.want)
		})
	}
}

func TestThePlatformAdminSeesNoContent(t *testing.T) {
	m := matrix(t)
	for _, res := range access.Resources {
		for _, act := range access.Actions {
			for _, rel := range access.Relations {
				admin := m.Allows(access.Cell{Role: access.Admin, Relation: rel, Resource: res, Action: act})
				everybody := m.Allows(access.Cell{Role: access.Employee, Relation: rel, Resource: res, Action: act})
				if res == access.RoleGrants || res == access.Sessions || res == access.Tokens {
					continue // the platform itself
				}
				require.Equal(t, everybody, admin, "%s %s %s", rel, res, act)
			}
		}
	}
}

func TestNoRoleOfThePanelReadsPay(t *testing.T) {
	m := matrix(t)
	for _, rel := range []access.Relation{access.Seat, access.SeatClosed, access.Chair, access.CaseManager, access.Candidate} {
		for _, res := range []access.Resource{access.Pay, access.Bands} {
			require.False(t, m.Allows(access.Cell{Role: access.Employee, Relation: rel, Resource: res, Action: access.Read}))
		}
	}
}

func TestNobodyReadsAnotherBallot(t *testing.T) {
	m := matrix(t)
	for _, role := range access.Roles {
		for _, rel := range access.Relations {
			if rel != access.Seat {
				require.False(t, m.Allows(access.Cell{Role: role, Relation: rel, Resource: access.Ballots, Action: access.Read}), "%s %s", role, rel)
			}
		}
	}
}

func BenchmarkAllows(b *testing.B) {
	m := matrix(b)
	cell := access.Cell{Role: access.HR, Relation: access.Any, Resource: access.Pay, Action: access.Read}
	for b.Loop() {
		if !m.Allows(cell) {
			b.Fatal("the policy changed")
		}
	}
}
