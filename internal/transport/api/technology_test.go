package api_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/ent/db/auditevent"
	"github.com/rung-hr/rung/internal/dev/apptest"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
	"github.com/rung-hr/rung/internal/trust/audit"
)

type use struct {
	ID                          uuid.UUID
	Version                     int
	Name, Depth, Stance, SaidOn string
	LastUsed                    *string
}

type technologies struct {
	Audience struct{ Words string }
	Uses     []use
}

func names(list []use) []string {
	var out []string
	for _, u := range list {
		out = append(out, u.Name)
	}
	return out
}

// A person writes their profile and their manager reads it; nobody else does.
func TestATechnologyProfile(t *testing.T) {
	eachDatabase(t, func(t *testing.T, r *apptest.Rung) {
		lead, profile := r.As(t, "lead"), technologies{}
		mine := "/people/" + r.ID(t, "lead").String() + "/technologies"
		lead.Get(mine, &profile)
		require.Empty(t, profile.Uses)

		var goLang, kafka, rust use
		lead.Send(http.MethodPost, "/technologies", -1, map[string]any{"name": "Go ", "depth": "production"}, &goLang)
		lead.Send(http.MethodPost, "/technologies", -1, map[string]any{"name": "Kafka", "depth": "expert", "lastUsed": "2025-11", "stance": "From three consumers on."}, &kafka)
		lead.Send(http.MethodPost, "/technologies", -1, map[string]any{"name": "Rust", "depth": "expert"}, &rust)
		lead.Get(mine, &profile)
		require.Equal(t, []string{"Rust", "Kafka", "Go"}, names(profile.Uses), "the deepest first, in use before not")
		require.Equal(t, "2026-11-24", profile.Uses[0].SaidOn)

		lead.Send(http.MethodPut, "/technologies/"+goLang.ID.String(), goLang.Version, map[string]any{"name": "Go", "depth": "expert", "stance": "First choice."}, &goLang)
		require.Equal(t, []any{2, "expert"}, []any{goLang.Version, goLang.Depth})
		stale := lead.Try(http.MethodPut, "/technologies/"+goLang.ID.String(), 1, map[string]any{"name": "Go", "depth": "tried"})
		require.Equal(t, http.StatusPreconditionFailed, stale.Status)
		require.Contains(t, stale.Text(), "First choice.", "what stands comes back")

		other := r.As(t, "engineer")
		require.Equal(t, http.StatusNotFound, other.Try(http.MethodGet, mine, -1, nil).Status)
		for _, method := range []string{http.MethodPut, http.MethodDelete} {
			require.Equal(t, http.StatusNotFound, other.Try(method, "/technologies/"+kafka.ID.String(), 1, map[string]any{"name": "K", "depth": "tried"}).Status)
		}
		lead.Send(http.MethodDelete, "/technologies/"+kafka.ID.String(), -1, nil, nil)
		lead.Get(mine, &profile)
		require.Equal(t, []string{"Go", "Rust"}, names(profile.Uses))
		require.Equal(t, http.StatusNotFound, lead.Try(http.MethodDelete, "/technologies/"+kafka.ID.String(), -1, nil).Status)
		for action, want := range map[audit.Action]int{audit.TechnologyAdded: 3, audit.TechnologyChanged: 1, audit.TechnologyRemoved: 1} {
			n, err := r.App.Store.Read().AuditEvent.Query().Where(auditevent.Action(string(action)), auditevent.OwnerID(r.ID(t, "lead"))).Count(apptest.System)
			require.NoError(t, err)
			require.Equal(t, want, n, action)
		}
	})
}

func TestWhoReadsATechnologyProfile(t *testing.T) {
	r := apptest.Start(t, storetest.SQLiteURL(t))
	path := "/people/" + r.ID(t, "engineer").String() + "/technologies"
	for who, want := range map[string]string{"engineer": "You and ", "manager": "You and "} {
		var profile technologies
		r.As(t, who).Get(path, &profile)
		require.NotEmpty(t, profile.Uses, who)
		require.True(t, strings.HasPrefix(profile.Audience.Words, want), profile.Audience.Words)
	}
	for _, who := range []string{"lead", "director", "hr", "comp", "owner", "admin", "auditor", "panelist1"} {
		require.Equal(t, http.StatusNotFound, r.As(t, who).Try(http.MethodGet, path, -1, nil).Status, who)
	}
}

func TestWhatATechnologyCannotBe(t *testing.T) {
	r := apptest.Start(t, storetest.SQLiteURL(t))
	engineer := r.As(t, "engineer")
	add := func(body map[string]any) apptest.Answer {
		return engineer.Try(http.MethodPost, "/technologies", -1, body)
	}
	wrong := add(map[string]any{"name": "a\u200b", "depth": "used", "lastUsed": "2027-01", "stance": "\u202e"})
	require.Equal(t, http.StatusUnprocessableEntity, wrong.Status)
	for _, field := range []string{"/name", "/lastUsed", "/stance"} {
		require.Contains(t, wrong.Text(), field, "all at once")
	}
	for _, month := range []string{"2026-13", "1969-12", "26-1", "soon"} {
		require.Equal(t, http.StatusUnprocessableEntity, add(map[string]any{"name": "X", "depth": "used", "lastUsed": month}).Status, month)
	}
	for name, body := range map[string]map[string]any{
		"depth":   {"name": "X", "depth": "guru"},
		"twice":   {"name": "postgresql", "depth": "used"},
		"unknown": {"name": "X", "depth": "used", "years": 4},
		"long":    {"name": "X", "depth": "used", "stance": strings.Repeat("x", 4001)},
	} {
		require.Equal(t, http.StatusUnprocessableEntity, add(body).Status, name)
	}
	for n := 0; ; n++ {
		answer := add(map[string]any{"name": "T" + strings.Repeat("I", n%60) + string(rune('a'+n/60)), "depth": "tried"})
		if answer.Status != http.StatusOK {
			require.Equal(t, http.StatusConflict, answer.Status)
			require.Contains(t, answer.Text(), "200 technologies")
			break
		}
		require.Less(t, n, 200)
	}
}

func TestATechnologyProfileTakesAFixedNumberOfStatements(t *testing.T) {
	r := apptest.Start(t, storetest.SQLiteURL(t))
	engineer, lead := r.As(t, "engineer"), r.As(t, "lead")
	count := func(c *apptest.Client, who string) int64 {
		return r.Statements(func() { c.Get("/people/"+r.ID(t, who).String()+"/technologies", nil) })
	}
	require.Equal(t, count(lead, "lead"), count(engineer, "engineer"), "an empty one and a full one")
}
