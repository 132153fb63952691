package api_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/internal/dev/apptest"
	"github.com/rung-hr/rung/internal/platform/config"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
	"github.com/rung-hr/rung/internal/transport/api"
)

// While another program holds the database, or it is away, a writer learns soon
// that nothing was saved and when to come back, and then it works.
func TestAWriterLearnsWhenToComeBack(t *testing.T) {
	const wait = 500 * time.Millisecond
	try := func(t *testing.T, r *apptest.Rung, o storetest.Outage, code string, ready int) {
		t.Helper()
		c := r.As(t, "engineer")
		body := map[string]any{"title": "During the outage", "happenedFrom": "2026-01-01"}
		o.Begin()
		begin := time.Now()
		res := c.Try(http.MethodPost, "/evidence", -1, body)
		require.Equal(t, http.StatusServiceUnavailable, res.Status, res.Text())
		require.Equal(t, "5", res.Header.Get("Retry-After"))
		require.Equal(t, "application/problem+json", res.Header.Get("Content-Type"))
		var p api.Problem
		res.Into(t, &p)
		require.Equal(t, code, p.Code)
		require.NotEmpty(t, p.RequestID)
		require.Equal(t, ready, r.Nobody(t).Do(http.MethodGet, "/readyz", nil, nil).Status)
		require.Equal(t, http.StatusOK, r.Nobody(t).Do(http.MethodGet, "/healthz", nil, nil).Status)
		require.Less(t, time.Since(begin), 10*wait)
		o.End()
		require.Eventually(t, func() bool {
			res := c.Try(http.MethodPost, "/evidence", -1, body)
			return res.Status == http.StatusOK || res.Status == http.StatusCreated
		}, 20*time.Second, 10*time.Millisecond)
		var list struct {
			Items []struct {
				Title string `json:"title"`
			} `json:"items"`
		}
		c.Get("/evidence", &list)
		found := 0
		for _, e := range list.Items {
			if e.Title == "During the outage" {
				found++
			}
		}
		require.Equal(t, 1, found, "the refused one was not saved")
	}
	impatient := func(c *config.Config) { c.DatabaseWait = wait }
	t.Run("sqlite", func(t *testing.T) {
		address, o := storetest.SQLiteOutage(t)
		try(t, apptest.StartWith(t, address, impatient), o, "database_busy", http.StatusOK)
	})
	t.Run("postgres", func(t *testing.T) {
		address, o := storetest.PostgresOutage(t)
		try(t, apptest.StartWith(t, address, impatient), o, "database_away", http.StatusServiceUnavailable)
	})
}
