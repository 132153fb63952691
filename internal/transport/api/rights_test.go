package api_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/internal/dev/apptest"
	"github.com/rung-hr/rung/internal/platform/config"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
)

type grantView struct {
	ID        uuid.UUID
	Version   int
	State     string
	Scope     string
	CanDecide bool
}

func rolesOf(t *testing.T, c *apptest.Client) []string {
	t.Helper()
	var me struct{ Roles []string }
	c.Get("/me", &me)
	return me.Roles
}

// It takes two people to give a role in Rung. The role holds from the next
// request on, only in its scope, and ends on its day.
func TestTwoPeopleGiveARole(t *testing.T) {
	eachDatabase(t, func(t *testing.T, r *apptest.Rung) {
		admin, hr, lead := r.As(t, "admin"), r.As(t, "hr"), r.As(t, "lead")
		ask := map[string]any{"personId": r.ID(t, "lead"), "role": "hr", "countries": []string{"DE"}, "reason": "People partner for Germany", "validTo": "2026-12-01"}
		var asked grantView
		admin.Send(http.MethodPost, "/roles/grants", -1, ask, &asked)
		require.Equal(t, "asked", asked.State)
		require.Equal(t, "Everybody in DE", asked.Scope)
		require.False(t, asked.CanDecide, "who asks does not decide")
		require.NotContains(t, rolesOf(t, lead), "hr", "a request gives nothing")
		decide := "/roles/grants/" + asked.ID.String() + "/decision"
		require.Equal(t, http.StatusForbidden, admin.Try(http.MethodPost, decide, asked.Version, map[string]any{"allow": true}).Status)
		require.Equal(t, http.StatusConflict, admin.Try(http.MethodPost, "/roles/grants", -1, ask).Status, "asked for already")

		hr.Send(http.MethodPost, decide, asked.Version, map[string]any{"allow": true}, &asked)
		require.Equal(t, "granted", asked.State)
		require.Contains(t, rolesOf(t, lead), "hr")
		require.Equal(t, http.StatusForbidden, lead.Do(http.MethodPost, "/api/v1/people/imports/preview", nil, []byte("id,name,email\n")).Status, "a scope is not the whole company")
		require.Equal(t, http.StatusPreconditionFailed, hr.Try(http.MethodPost, decide, asked.Version-1, map[string]any{"allow": false}).Status)

		r.Clock.Set(apptest.Now.AddDate(0, 0, 7))
		require.NoError(t, r.App.Services.Roles.Expire(apptest.System))
		require.NotContains(t, rolesOf(t, r.As(t, "lead")), "hr")
	})
}

func TestWhatCannotBeAskedFor(t *testing.T) {
	r := apptest.Start(t, storetest.SQLiteURL(t))
	admin := r.As(t, "admin")
	for name, c := range map[string]struct {
		body map[string]any
		want int // places that are wrong, all at once
	}{
		"everything wrong": {map[string]any{"personId": r.ID(t, "admin"), "role": "comp", "countries": []string{"Germany"}, "reason": " ", "validTo": "2020-01-01"}, 5},
		"nobody":           {map[string]any{"personId": uuid.Nil, "role": "comp", "reason": "x"}, 1},
		"no such unit":     {map[string]any{"personId": r.ID(t, "lead"), "role": "hr", "units": []uuid.UUID{uuid.Nil}, "reason": "x"}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			res := admin.Try(http.MethodPost, "/roles/grants", -1, c.body)
			require.Equal(t, http.StatusUnprocessableEntity, res.Status, res.Text())
			var problem struct {
				Errors []struct{ Field, Message, Fix string }
			}
			res.Into(t, &problem)
			require.Len(t, problem.Errors, c.want, res.Text())
		})
	}
}

// HR of one country sees only the pay and the cases of that country.
func TestAScopeLimitsWhatHRSees(t *testing.T) {
	eachDatabase(t, func(t *testing.T, r *apptest.Rung) {
		var grant grantView
		r.As(t, "admin").Send(http.MethodPost, "/roles/grants", -1, map[string]any{"personId": r.ID(t, "lead"), "role": "hr", "countries": []string{"XX"}, "reason": "x"}, &grant)
		r.As(t, "hr").Send(http.MethodPost, "/roles/grants/"+grant.ID.String()+"/decision", grant.Version, map[string]any{"allow": true}, nil)
		lead := r.As(t, "lead")
		var list struct{ Items []any }
		lead.Get("/cases", &list)
		require.Empty(t, list.Items, "nobody works in XX")
		lead.Get("/people?sort=pay", &list)
		require.Empty(t, list.Items)
		var bands struct {
			Totals struct{ People int }
		}
		lead.Get("/bands/comparison", &bands)
		require.Zero(t, bands.Totals.People)
		r.As(t, "hr").Get("/bands/comparison", &bands)
		require.NotZero(t, bands.Totals.People)
	})
}

// A platform admin sees where people are signed in and ends it.
func TestAnAdminEndsSessions(t *testing.T) {
	r := apptest.Start(t, storetest.SQLiteURL(t))
	lead, admin := r.As(t, "lead"), r.As(t, "admin")
	path := "/people/" + r.ID(t, "lead").String() + "/sessions"
	var list struct{ Items []struct{ ID uuid.UUID } }
	admin.Get(path, &list)
	require.Len(t, list.Items, 1)
	require.Equal(t, http.StatusForbidden, r.As(t, "hr").Try(http.MethodDelete, path, -1, nil).Status)
	admin.Send(http.MethodDelete, path, -1, nil, nil)
	require.Equal(t, http.StatusUnauthorized, lead.Try(http.MethodGet, "/me", -1, nil).Status)

	one, other := r.As(t, "lead"), r.As(t, "lead")
	one.Send(http.MethodDelete, "/sessions", -1, nil, nil)
	require.Equal(t, http.StatusUnauthorized, other.Try(http.MethodGet, "/me", -1, nil).Status)
	one.Get("/me", nil)
}

// A person who views as somebody sees what both may see, changes nothing, and is
// seen.
func TestLookingAsSomebody(t *testing.T) {
	eachDatabase(t, func(t *testing.T, r *apptest.Rung) {
		engineer := r.ID(t, "engineer")
		hr, at := r.As(t, "hr"), "/people/"+engineer.String()+"/view"
		require.Equal(t, http.StatusForbidden, r.As(t, "admin").Try(http.MethodPost, at, -1, nil).Status, "technical access is not access to content")
		require.Equal(t, http.StatusForbidden, r.As(t, "manager").Try(http.MethodPost, at, -1, nil).Status)
		var mine struct{ Items []any }
		r.As(t, "engineer").Get("/evidence", &mine)
		require.NotEmpty(t, mine.Items)

		hr.Send(http.MethodPost, at, -1, nil, nil)
		var me struct {
			Person struct{ ID uuid.UUID }
			Viewer string
		}
		hr.Get("/me", &me)
		require.Equal(t, engineer, me.Person.ID)
		require.NotEmpty(t, me.Viewer)
		var list struct{ Items []any }
		for _, private := range []string{"/evidence", "/sessions", "/assessments?person=" + engineer.String()} {
			hr.Get(private, &list)
			require.Empty(t, list.Items, "%s is only for the person", private)
		}
		require.Equal(t, http.StatusNotFound, hr.Try(http.MethodGet, "/me/band", -1, nil).Status, "no pay")
		res := hr.Try(http.MethodPost, "/evidence", -1, map[string]any{"title": "T", "happenedFrom": "2026-01-01"})
		require.Equal(t, http.StatusForbidden, res.Status)
		require.Contains(t, res.Text(), "view_only")

		hr.Send(http.MethodDelete, "/me/view", -1, nil, nil)
		hr.Get("/me", &me)
		require.Equal(t, r.ID(t, "hr"), me.Person.ID)
		require.Contains(t, r.As(t, "engineer").Get("/me/home", nil).Text(), "looked at Rung as you", "the person can see that it happened")
	})
}

// Exact pay needs a sign-in in the last half hour.
func TestPayNeedsARecentSignIn(t *testing.T) {
	r := apptest.Start(t, storetest.SQLiteURL(t))
	hr := r.As(t, "hr")
	hr.Get("/people?sort=pay", nil)
	r.Clock.Set(apptest.Now.Add(31 * time.Minute))
	res := hr.Try(http.MethodGet, "/people?sort=pay", -1, nil)
	require.Equal(t, http.StatusForbidden, res.Status)
	require.Contains(t, res.Text(), "step_up")
	require.Equal(t, http.StatusForbidden, r.As(t, "engineer").Try(http.MethodGet, "/bands/comparison?view=people", -1, nil).Status)
	var bands struct{ StepUp bool }
	hr.Get("/bands/comparison", &bands)
	require.True(t, bands.StepUp, "counts instead of people, and a way to see more")
	require.Equal(t, http.StatusOK, hr.Do(http.MethodGet, "/auth/login?fresh=1&login_hint=hr@demo.example", nil, nil).Status)
	hr.Get("/people?sort=pay", nil)
}

func TestSignInAndSearchHaveLimits(t *testing.T) {
	r := apptest.Bare(t, storetest.SQLiteURL(t), func(c *config.Config) { c.Limits = config.Limits{SignIn: 0.1, Search: 0.1} })
	c := r.Nobody(t)
	first, second := c.Do(http.MethodGet, "/auth/signed-out", nil, nil), c.Do(http.MethodGet, "/auth/signed-out", nil, nil)
	require.Equal(t, []int{http.StatusOK, http.StatusOK}, []int{first.Status, second.Status})
	third := c.Do(http.MethodGet, "/auth/signed-out", nil, nil)
	require.Equal(t, http.StatusTooManyRequests, third.Status)
	require.NotEmpty(t, third.Header.Get("Retry-After"))
	require.Equal(t, "application/problem+json", third.Header.Get("Content-Type"))
	require.Equal(t, http.StatusUnauthorized, c.Try(http.MethodGet, "/me", -1, nil).Status, "other requests are not counted")
}

// A panel's rights end when the candidate is told, the chair's list of seats too.
func TestAPanelReadsNothingAfterTheCandidateIsTold(t *testing.T) {
	r := apptest.Start(t, storetest.SQLiteURL(t))
	client := r.App.Store.Read()
	seats, err := client.PanelSeat.Query().WithPerson().WithCase().All(apptest.System)
	require.NoError(t, err)
	told := 0
	for _, seat := range seats {
		if seat.Edges.Case.CommunicatedAt == nil {
			continue
		}
		name, _, _ := strings.Cut(seat.Edges.Person.Email, "@")
		c, path := r.As(t, name), "/cases/"+seat.CaseID.String()
		for _, part := range []string{"", "/seats", "/tally", "/decision", "/ballot"} {
			require.Equal(t, http.StatusNotFound, c.Try(http.MethodGet, path+part, -1, nil).Status, "%s of %s", part, name)
		}
		told++
	}
	require.GreaterOrEqual(t, told, 5)
}
