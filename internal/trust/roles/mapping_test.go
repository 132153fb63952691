package roles_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/rung-hr/rung/ent/schema"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/roles"
	"github.com/rung-hr/rung/internal/trust/usecase"
)

func TestAMappingGivesRolesToGroups(t *testing.T) {
	m, err := roles.ParseMapping(map[string]string{"people": "hr", "people-eu": "hr:DE/FR", "it": "admin"})
	require.NoError(t, err)
	require.Equal(t, roles.Mapping{
		"people":    {Role: access.HR},
		"people-eu": {Role: access.HR, Scope: schema.Scope{Countries: []string{"DE", "FR"}}},
		"it":        {Role: access.Admin},
	}, m)
	m, err = roles.ParseMapping(nil)
	require.NoError(t, err)
	require.Empty(t, m)
}

// Starting Rung with a wrong mapping reports everything that is wrong at once, in
// a stable order.
func TestAllThatIsWrongWithAMappingComesAtOnce(t *testing.T) {
	_, err := roles.ParseMapping(map[string]string{
		"a": "boss", "b": "employee", "c": "admin:DE", "d": "hr:Germany", "e": "hr:de/FR", "f": "hr:", "g": "", "h": "HR", "fine": "comp",
	})
	require.EqualError(t, err, strings.Join([]string{
		`RUNG_OIDC_ROLES: a=boss: there is no role "boss" that can be given`,
		`b=employee: there is no role "employee" that can be given`,
		`c=admin:DE: only the role hr can be limited to countries`,
		`d=hr:Germany: "Germany" is not a country code such as DE`,
		`e=hr:de/FR: "de" is not a country code such as DE`,
		`f=hr:: "" is not a country code such as DE`,
		`g=: there is no role "" that can be given`,
		`h=HR: there is no role "HR" that can be given`,
	}, "; "))
}

var held = rapid.Custom(func(t *rapid.T) roles.Held {
	h := roles.Held{Role: rapid.SampledFrom(access.Roles[1:]).Draw(t, "role")}
	if h.Role == access.HR && rapid.Bool().Draw(t, "in countries") {
		h.Scope.Countries = rapid.SliceOfN(rapid.StringMatching(`[A-Z]{2}`), 1, 4).Draw(t, "countries")
	}
	return h
})

// What a sign-in gave is kept as text and must come back unchanged.
func TestWhatIsHeldComesBackFromItsText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := held.Draw(t, "held")
		m, err := roles.ParseMapping(map[string]string{"g": h.String()})
		require.NoError(t, err)
		require.Equal(t, h, m["g"])
	})
}

// No text gives more than the role that it names, and none gives employee.
func TestNoTextGivesWhatItDoesNotSay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringMatching(`[a-z]{1,8}(:[A-Za-z/]{0,8})?`), rapid.StringMatching(`(hr|comp|owner|employee)(:[A-Z/]{0,6})?`)).Draw(t, "text")
		m, err := roles.ParseMapping(map[string]string{"g": text})
		if err != nil {
			require.Nil(t, m, "a mapping that is wrong in part is not used in part")
			return
		}
		require.Equal(t, text, m["g"].String())
		require.NotEqual(t, access.Employee, m["g"].Role)
		if strings.Contains(text, ":") {
			require.NotEmpty(t, m["g"].Scope.Countries, "a limit is never lost")
		}
	})
}

// The order of the groups and groups without a role make no difference.
func TestGroupsGiveTheirRolesInAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := roles.Mapping(rapid.MapOf(rapid.StringMatching(`[a-c]{1,2}`), held).Draw(t, "mapping"))
		s := roles.New(usecase.Base{}, m)
		groups := rapid.SliceOf(rapid.StringMatching(`[a-c]{1,2}`)).Draw(t, "groups")
		got := s.OfGroups(groups)
		require.True(t, slices.IsSorted(got))
		require.Equal(t, slices.Compact(slices.Clone(got)), got, "each once")
		for _, text := range got {
			require.True(t, slices.ContainsFunc(groups, func(g string) bool { h, ok := m[g]; return ok && h.String() == text }), text)
		}
		for _, g := range groups {
			if h, ok := m[g]; ok {
				require.Contains(t, got, h.String())
			}
		}
		require.Equal(t, got, s.OfGroups(rapid.Permutation(append(groups, "unknown")).Draw(t, "in another order")))
	})
}
