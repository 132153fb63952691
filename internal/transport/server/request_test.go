package server_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/internal/dev/apptest"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
	"github.com/rung-hr/rung/internal/transport/api"
)

// eachDatabase runs f with the program on SQLite and on PostgreSQL.
func eachDatabase(t *testing.T, f func(t *testing.T, r *apptest.Rung)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { f(t, apptest.Start(t, storetest.SQLiteURL(t))) })
	t.Run("postgres", func(t *testing.T) { f(t, apptest.Start(t, storetest.PostgresURL(t))) })
}

// A browser may call itself anything; its name is kept as far as it is text.
func TestAnyBrowserSignsIn(t *testing.T) {
	eachDatabase(t, func(t *testing.T, r *apptest.Rung) {
		for _, browser := range []string{strings.Repeat("x", 299) + "é", apptest.Letters(400), "Caf\xe9/1.0", "\xf0\x9d\x94"} {
			c := r.Nobody(t)
			res := c.Do(http.MethodGet, "/auth/login?login_hint=engineer@demo.example", map[string]string{"User-Agent": browser}, nil)
			require.Equal(t, http.StatusOK, res.Status, res.Text())
			c.Get("/me", nil)
		}
	})
}

func TestOutsideTheAPIOnlyTextIsTaken(t *testing.T) {
	eachDatabase(t, func(t *testing.T, r *apptest.Rung) {
		c := r.Nobody(t)
		form := map[string]string{"Content-Type": "application/x-www-form-urlencoded"}
		for _, value := range apptest.NotTextInAddress {
			for _, res := range []apptest.Answer{
				c.Do(http.MethodGet, "/auth/login?return_to="+value, nil, nil),
				c.Do(http.MethodGet, "/auth/callback?state="+value+"&code=x", nil, nil),
				c.Do(http.MethodPost, "/auth/backchannel-logout", form, []byte("logout_token="+value)),
				c.Do(http.MethodGet, "/api/v1/public/ladders/"+value, nil, nil),
				c.Do(http.MethodGet, "/cases/"+value, nil, nil),
			} {
				require.Equal(t, http.StatusUnprocessableEntity, res.Status, res.Text())
				require.Contains(t, res.Text(), `"not_text"`)
			}
		}
	})
}

func TestARequestIDFromOutsideIsPlain(t *testing.T) {
	r := apptest.Bare(t, storetest.SQLiteURL(t))
	for given, kept := range map[string]bool{
		"a-B_3.9": true, strings.Repeat("x", 64): true,
		strings.Repeat("x", 65): false, "a b": false, "<script>": false, "é": false, "": false,
	} {
		res := r.Nobody(t).Do(http.MethodGet, "/api/v1/me", map[string]string{"X-Request-Id": given}, nil)
		var p api.Problem
		res.Into(t, &p)
		require.Equal(t, res.Header.Get("X-Request-ID"), p.RequestID)
		require.Equal(t, kept, p.RequestID == given, given)
		require.NotEmpty(t, p.RequestID)
	}
}

// An address of programs that no route has does not exist, with a slash or without.
func TestBareAddressesOfProgramsDoNotExist(t *testing.T) {
	r := apptest.Bare(t, storetest.SQLiteURL(t))
	for _, path := range []string{"/api", "/api/", "/api/v1", "/api/v1/", "/auth", "/auth/", "/assets", "/assets/", "/scim", "/scim/", "/x/../api/"} {
		require.Equal(t, http.StatusNotFound, r.Nobody(t).Do(http.MethodGet, path, nil, nil).Status, path)
	}
	require.Equal(t, http.StatusOK, r.Nobody(t).Do(http.MethodGet, "/apiary", nil, nil).Status)
}
