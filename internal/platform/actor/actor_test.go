package actor

import (
	"context"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func newID() uuid.UUID { return uuid.Must(uuid.NewV7()) }

func TestAContextWithoutAnActorNamesNobody(t *testing.T) {
	ctx := context.Background()
	require.False(t, Present(ctx))
	_, ok := From(ctx)
	require.False(t, ok)
	_, ok = SystemReason(ctx)
	require.False(t, ok)
}

func TestAPersonIsNotTheSystem(t *testing.T) {
	ctx := With(context.Background(), Person{Name: "Ada"})
	require.True(t, Present(ctx))
	p, ok := From(ctx)
	require.True(t, ok)
	require.Equal(t, "Ada", p.Name)
	_, ok = SystemReason(ctx)
	require.False(t, ok, "a person never has the rights of the system")
}

// System work says what it is and belongs to nobody: From must not return a
// person with an empty id.
func TestTheSystemHasAReasonAndNoPerson(t *testing.T) {
	ctx := AsSystem(context.Background(), "nightly sweep")
	require.True(t, Present(ctx))
	reason, ok := SystemReason(ctx)
	require.True(t, ok)
	require.Equal(t, "nightly sweep", reason)
	p, ok := From(ctx)
	require.False(t, ok)
	require.Equal(t, Person{}, p)
}

// The innermost actor counts, and the outer context keeps its own.
func TestTheInnermostActorCounts(t *testing.T) {
	outer := With(context.Background(), Person{Name: "Ada"})
	inner := AsSystem(outer, "a count that Ada may know")
	_, ok := From(inner)
	require.False(t, ok)
	p, ok := From(outer)
	require.True(t, ok)
	require.Equal(t, "Ada", p.Name)
}

// A person who views as somebody else answers for it: the trail names the viewer.
func TestTheViewerIsTheRealPerson(t *testing.T) {
	me, viewer := newID(), newID()
	require.Equal(t, me, Person{ID: me}.RealID())
	require.Equal(t, viewer, Person{ID: me, Viewer: &Person{ID: viewer}}.RealID())
}

// A nil list means no limit; an empty one lets nothing through. Confusing the two
// would turn "nowhere" into "everywhere".
func TestNoLimitIsNotAnEmptyLimit(t *testing.T) {
	unit := newID()
	require.True(t, Scope{}.Whole())
	require.True(t, Scope{}.Holds(unit, "DE"))
	for _, s := range []Scope{{Units: []uuid.UUID{}}, {Countries: []string{}}} {
		require.False(t, s.Whole())
		require.False(t, s.Holds(unit, "DE"))
	}
}

func TestAScopeNeedsBothTheUnitAndTheCountry(t *testing.T) {
	here, there := newID(), newID()
	s := Scope{Units: []uuid.UUID{here}, Countries: []string{"DE"}}
	require.True(t, s.Holds(here, "DE"))
	require.False(t, s.Holds(there, "DE"))
	require.False(t, s.Holds(here, "FR"))
	require.False(t, s.Holds(here, ""), "somebody without a country is in no scope of countries")
}

// Without a scope a role holds nowhere, and two halves are not the whole.
func TestAPersonCoversWhatOneOfTheScopesHolds(t *testing.T) {
	here, there := newID(), newID()
	nobody := Person{}
	require.False(t, nobody.Covers(here, "DE"))
	require.False(t, nobody.CoversAll())
	halves := Person{Scopes: []Scope{{Units: []uuid.UUID{here}, Countries: []string{"DE"}}, {Units: []uuid.UUID{there}, Countries: []string{"FR"}}}}
	require.True(t, halves.Covers(here, "DE"))
	require.True(t, halves.Covers(there, "FR"))
	require.False(t, halves.Covers(here, "FR"), "the unit of one scope and the country of another make no third")
	require.False(t, halves.CoversAll())
	require.True(t, Person{Scopes: append(halves.Scopes, Scope{})}.CoversAll())
}

// Another limit never lets more through, and another scope never less.
func TestLimitsNarrowAndScopesWiden(t *testing.T) {
	units, countries := []uuid.UUID{newID(), newID(), newID()}, []string{"DE", "FR", ""}
	scope := rapid.Custom(func(t *rapid.T) Scope {
		var s Scope
		if rapid.Bool().Draw(t, "limited to units") {
			s.Units = rapid.SliceOfN(rapid.SampledFrom(units), 0, 2).Draw(t, "units")
			if s.Units == nil {
				s.Units = []uuid.UUID{}
			}
		}
		if rapid.Bool().Draw(t, "limited to countries") {
			s.Countries = append([]string{}, rapid.SliceOfN(rapid.SampledFrom(countries), 0, 2).Draw(t, "countries")...)
		}
		return s
	})
	rapid.Check(t, func(t *rapid.T) {
		scopes := rapid.SliceOfN(scope, 0, 3).Draw(t, "scopes")
		more := scope.Draw(t, "one more")
		unit, country := rapid.SampledFrom(units).Draw(t, "unit"), rapid.SampledFrom(countries).Draw(t, "country")
		p := Person{Scopes: scopes}
		wider := Person{Scopes: append(append([]Scope{}, scopes...), more)}
		require.Equal(t, p.Covers(unit, country) || more.Holds(unit, country), wider.Covers(unit, country))
		if p.CoversAll() {
			require.True(t, p.Covers(unit, country))
		}
		unlimited := Scope{Countries: more.Countries}
		if more.Holds(unit, country) {
			require.True(t, unlimited.Holds(unit, country), "without the limit to units it holds at least there")
		}
	})
}

func TestRolesAreComparedAsTheyAreWritten(t *testing.T) {
	p := Person{Roles: []string{"employee", "hr"}}
	require.True(t, p.Has("hr"))
	for _, role := range []string{"HR", "h", "admin", ""} {
		require.False(t, p.Has(role), role)
	}
}
