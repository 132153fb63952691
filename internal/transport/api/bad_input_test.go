package api_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/internal/dev/apptest"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
	"github.com/rung-hr/rung/internal/transport/api"
)

func TestBadBodiesSayWhere(t *testing.T) {
	r := apptest.Start(t, storetest.SQLiteURL(t))
	c := r.As(t, "engineer")
	for name, x := range map[string]struct {
		body    any
		status  int
		pointer string
	}{
		"missing field":        {map[string]any{"title": "T"}, http.StatusUnprocessableEntity, ""},
		"an unknown field":     {map[string]any{"title": "T", "happenedFrom": "2026-01-01", "surprise": 1}, http.StatusUnprocessableEntity, "/surprise"},
		"a wrong type":         {map[string]any{"title": 7, "happenedFrom": "2026-01-01"}, http.StatusUnprocessableEntity, "/title"},
		"a day that is not":    {map[string]any{"title": "T", "happenedFrom": "2026-02-31"}, http.StatusUnprocessableEntity, "/happenedFrom"},
		"ends before it began": {map[string]any{"title": "T", "happenedFrom": "2026-03-01", "happenedTo": "2026-02-01"}, http.StatusUnprocessableEntity, "/happenedTo"},
		"a link that is code":  {map[string]any{"title": "T", "happenedFrom": "2026-03-01", "links": []any{map[string]any{"url": "javascript:alert(1)", "label": "x"}}}, http.StatusUnprocessableEntity, "/links"},
	} {
		t.Run(name, func(t *testing.T) {
			res := c.Try(http.MethodPost, "/evidence", -1, x.body)
			require.Equal(t, x.status, res.Status, res.Text())
			require.Equal(t, "application/problem+json", res.Header.Get("Content-Type"))
			var p api.Problem
			res.Into(t, &p)
			require.NotEmpty(t, p.Errors)
			require.NotEmpty(t, p.RequestID)
			if x.pointer != "" {
				require.Equal(t, x.pointer, p.Errors[0].Pointer)
			}
		})
	}
}

func TestBodiesThatAreNoJSON(t *testing.T) {
	r := apptest.Start(t, storetest.SQLiteURL(t))
	c := r.As(t, "engineer")
	for _, body := range []string{"", "{", "[]", "null", strings.Repeat("[", 100000), `{"title":"` + strings.Repeat("x", 2<<20) + `"}`} {
		res := c.Do(http.MethodPost, "/api/v1/evidence", map[string]string{"Content-Type": "application/json"}, []byte(body))
		require.GreaterOrEqual(t, res.Status, 400)
		require.Less(t, res.Status, 500, res.Text())
		require.Equal(t, "application/problem+json", res.Header.Get("Content-Type"))
	}
}

func TestAWriteNamesTheVersionItSaw(t *testing.T) {
	r := apptest.Start(t, storetest.SQLiteURL(t))
	c := r.As(t, "engineer")
	path := "/evidence/" + findThings(t, r).evidence.String()
	body := map[string]any{"title": "T", "happenedFrom": "2026-01-01"}
	require.Equal(t, http.StatusPreconditionRequired, c.Try(http.MethodPut, path, -1, body).Status)
	first := c.Send(http.MethodPut, path, 1, body, nil)
	require.Equal(t, `"2"`, first.Header.Get("ETag"))
	stale := c.Try(http.MethodPut, path, 1, map[string]any{"title": "Other tab", "happenedFrom": "2026-01-01"})
	require.Equal(t, http.StatusPreconditionFailed, stale.Status)
	require.Contains(t, stale.Text(), `"title":"T"`)
}
