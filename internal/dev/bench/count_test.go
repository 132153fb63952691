package main

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/internal/dev/apptest"
	"github.com/rung-hr/rung/internal/dev/bench/company"
	"github.com/rung-hr/rung/internal/platform/config"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// counted asks every question of the benchmark once and counts the statements.
func counted(t *testing.T, address string, size int) map[string]int64 {
	t.Helper()
	r := apptest.Bare(t, address)
	world, err := company.Fill(context.Background(), r.App, size, sessions, apptest.Now)
	require.NoError(t, err)
	client := r.Nobody(t)
	out := map[string]int64{}
	for _, q := range questions(world) {
		a := q.ask(0)
		header := map[string]string{"Cookie": "rung_session=" + company.Token(a.as)}
		if a.version >= 0 {
			header["If-Match"] = fmt.Sprintf(`"%d"`, a.version)
		}
		do := func() {
			var body any
			if a.method == http.MethodPut {
				body = map[string]any{"rating": 2, "reason": fmt.Sprint("written ", size)}
			}
			res := client.Do(a.method, a.path, header, body)
			require.Equal(t, http.StatusOK, res.Status, res.Text())
		}
		if a.method == http.MethodGet {
			do() // now everything is in the caches
		}
		out[q.name] = r.Statements(do)
	}
	return out
}

func TestStatementsDoNotGrowWithTheCompany(t *testing.T) {
	for name, address := range map[string]func(testing.TB) string{"sqlite": storetest.SQLiteURL, "postgres": storetest.PostgresURL} {
		t.Run(name, func(t *testing.T) {
			small, large := counted(t, address(t), 50), counted(t, address(t), 500)
			require.Equal(t, small, large)
			t.Log(large)
		})
	}
}

// The clients of the benchmark ask more often than anybody may.
func TestTheServerUnderMeasurementLimitsNobody(t *testing.T) {
	settings := map[string]string{}
	for _, line := range rungEnv("sqlite:x", "127.0.0.1:1") {
		name, value, _ := strings.Cut(line, "=")
		settings[name] = value
	}
	cfg, err := config.FromEnv(func(name string) (string, bool) {
		value, ok := settings[name]
		return value, ok
	})
	require.NoError(t, err)
	require.Equal(t, config.Limits{}, cfg.Limits, "every limit on how often somebody asks is off, new ones too")
}
