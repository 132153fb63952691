package api_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"
	_ "github.com/jackc/pgx/v5/stdlib"
	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/ent/db/auditevent"
	"github.com/rung-hr/rung/ent/db/auditleaf"
	"github.com/rung-hr/rung/internal/dev/apptest"
	"github.com/rung-hr/rung/internal/platform/config"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
	"github.com/rung-hr/rung/internal/trust/audit"
)

type verdict struct {
	Sealed   int
	Waiting  int
	Problems []string
	Head     string
}

// tamper changes the database around the program, triggers and all.
func tamper(t *testing.T, address string, statements ...string) {
	t.Helper()
	driver, source := "sqlite", "file:"+strings.TrimPrefix(address, "sqlite:")+"?_pragma=busy_timeout(10000)"
	if strings.HasPrefix(address, "postgres") {
		driver, source = "pgx", address
		statements = append([]string{"ALTER TABLE audit_events DISABLE TRIGGER ALL", "ALTER TABLE audit_leafs DISABLE TRIGGER ALL", "ALTER TABLE audit_seals DISABLE TRIGGER ALL"}, statements...)
	} else {
		for _, table := range []string{"audit_events", "audit_leafs", "audit_seals"} {
			statements = append([]string{"DROP TRIGGER IF EXISTS " + table + "_no_update", "DROP TRIGGER IF EXISTS " + table + "_no_delete"}, statements...)
		}
	}
	conn, err := sql.Open(driver, source)
	require.NoError(t, err)
	defer func() { require.NoError(t, conn.Close()) }()
	for _, s := range statements {
		_, err := conn.ExecContext(context.Background(), s)
		require.NoError(t, err, s)
	}
}

// The check finds a changed, a removed and a reordered event. If somebody kept a
// checkpoint, it also finds a trail that was cut or rewritten as a whole.
func TestTheTrailShowsWhatWasDoneToIt(t *testing.T) {
	for name, url := range map[string]func(testing.TB) string{"sqlite": storetest.SQLiteURL, "postgres": storetest.PostgresURL} {
		for what, c := range map[string]struct{ statement, want string }{
			"nothing":   {"", ""},
			"changed":   {"UPDATE audit_events SET action = 'pay.imported' WHERE id = '%[1]s'", "is not what was sealed"},
			"removed":   {"DELETE FROM audit_events WHERE id = '%[1]s'", "was removed"},
			"unplaced":  {"DELETE FROM audit_leafs WHERE event_id = '%[1]s'", "is missing"},
			"reordered": {"UPDATE audit_leafs SET place = CASE place WHEN 3 THEN -4 ELSE -3 END WHERE place IN (3, 4); UPDATE audit_leafs SET place = -place WHERE place < 0", "changed, removed or reordered"},
			"emptied":   {"DELETE FROM audit_seals; DELETE FROM audit_leafs; DELETE FROM audit_events", "there is no seal"},
			"cut off":   {"DELETE FROM audit_seals WHERE size > 0", "no seal"},
		} {
			t.Run(name+" "+what, func(t *testing.T) {
				address := url(t)
				r := apptest.Start(t, address)
				auditor := r.As(t, "auditor")
				var before, after verdict
				auditor.Send(http.MethodPost, "/audit/verification", -1, map[string]any{}, &before)
				require.Empty(t, before.Problems)
				require.NotZero(t, before.Sealed)
				event, err := r.App.Store.Read().AuditLeaf.Query().Where(auditleaf.Place(5)).Only(apptest.System)
				require.NoError(t, err)
				kept := before.Head
				switch what {
				case "nothing":
				default:
					for s := range strings.SplitSeq(c.statement, ";") {
						if strings.Contains(s, "%") {
							s = fmt.Sprintf(s, event.EventID)
						}
						tamper(t, address, s)
					}
				}
				auditor.Send(http.MethodPost, "/audit/verification", -1, map[string]any{"checkpoint": kept}, &after)
				if c.want == "" {
					require.Empty(t, after.Problems)
					require.GreaterOrEqual(t, after.Sealed, before.Sealed)
					return
				}
				require.Contains(t, strings.Join(after.Problems, "\n"), c.want)
			})
		}
	}
}

// The job of the minute and somebody who verifies may seal at the same time.
func TestSealingAtOneMoment(t *testing.T) {
	eachDatabase(t, func(t *testing.T, r *apptest.Rung) {
		var all sync.WaitGroup
		errs := make([]error, 6)
		for i := range errs {
			all.Go(func() { errs[i] = r.App.Sealer.Seal(apptest.System) })
		}
		all.Wait()
		for _, err := range errs {
			require.NoError(t, err)
		}
		var found verdict
		r.As(t, "auditor").Send(http.MethodPost, "/audit/verification", -1, map[string]any{}, &found)
		require.Empty(t, found.Problems)
	})
}

// An export can be verified without a database.
func TestAnExportProvesItself(t *testing.T) {
	private, public, err := audit.NewKey("rung.example.test")
	require.NoError(t, err)
	r := apptest.StartWith(t, storetest.SQLiteURL(t), func(c *config.Config) { c.AuditKey = private })
	res := r.As(t, "auditor").Get("/audit/export", nil)
	require.Equal(t, "application/x-ndjson", res.Header.Get("Content-Type"))
	require.NotContains(t, res.Text(), `"action":"packet.read"`, "who read what is not told")
	v, err := audit.VerifyExport(bytes.NewReader(res.Body), public)
	require.NoError(t, err)
	require.Empty(t, v.Problems)
	require.NotZero(t, v.Sealed)
	changed := bytes.Replace(res.Body, []byte(`"action":"session.signed_in"`), []byte(`"action":"session.signed_out"`), 1)
	v, err = audit.VerifyExport(bytes.NewReader(changed), public)
	require.NoError(t, err)
	require.NotEmpty(t, v.Problems)
	_, cut, _ := bytes.Cut(res.Body, []byte("\n"))
	v, err = audit.VerifyExport(bytes.NewReader(cut), public)
	require.NoError(t, err)
	require.NotEmpty(t, v.Problems)
	_, other, err := audit.NewKey("rung.example.test")
	require.NoError(t, err)
	_, err = audit.VerifyExport(bytes.NewReader(res.Body), other)
	require.ErrorContains(t, err, "not signed by a known key")
	require.NotContains(t, r.Log.String(), private)
}

// It takes two people to see who read what.
func TestReadsAreEvaluatedByTwo(t *testing.T) {
	eachDatabase(t, func(t *testing.T, r *apptest.Rung) {
		hr, auditor, x := r.As(t, "hr"), r.As(t, "auditor"), findThings(t, r)
		hr.Get("/cases/"+x.blind.String(), nil)
		var list struct {
			Items []struct{ Action string }
		}
		count := func(path string) (reads int) {
			auditor.Get(path, &list)
			require.NotEmpty(t, list.Items)
			for _, e := range list.Items {
				if e.Action == string(audit.PacketRead) {
					reads++
				}
			}
			return reads
		}
		require.Zero(t, count("/audit/events"))
		var asked struct {
			ID      uuid.UUID
			Version int
			CanRead bool
		}
		auditor.Send(http.MethodPost, "/audit/evaluations", -1, map[string]any{"purpose": "A complaint about the packet", "from": "2026-11-01", "to": "2026-11-30", "aboutId": x.candidate}, &asked)
		path := "/audit/events?evaluation=" + asked.ID.String()
		require.Equal(t, http.StatusNotFound, auditor.Try(http.MethodGet, path, -1, nil).Status, "not allowed yet")
		decide := "/audit/evaluations/" + asked.ID.String() + "/decision"
		require.Equal(t, http.StatusForbidden, auditor.Try(http.MethodPost, decide, asked.Version, map[string]any{"allow": true}).Status)
		require.Equal(t, http.StatusForbidden, r.As(t, "admin").Try(http.MethodPost, decide, asked.Version, map[string]any{"allow": true}).Status)
		hr.Send(http.MethodPost, decide, asked.Version, map[string]any{"allow": true}, nil)
		require.NotZero(t, count(path))
		n, err := r.App.Store.Read().AuditEvent.Query().Where(auditevent.Action(string(audit.EvaluationRead))).Count(apptest.System)
		require.NoError(t, err)
		require.Equal(t, 1, n, "each look is recorded")
		r.Clock.Set(apptest.Now.AddDate(0, 0, 1))
		require.Equal(t, http.StatusUnauthorized, auditor.Try(http.MethodGet, path, -1, nil).Status)
		require.Equal(t, http.StatusForbidden, r.As(t, "auditor").Try(http.MethodGet, path, -1, nil).Status, "a day is over")
	})
}

// While a vote is open, the trail does not tell who has sealed a ballot, and an
// export has only the hash.
func TestTheTrailIsBlindWhileAVoteIsOpen(t *testing.T) {
	eachDatabase(t, func(t *testing.T, r *apptest.Rung) {
		auditor, x := r.As(t, "auditor"), findThings(t, r)
		n, err := r.App.Store.Read().AuditEvent.Query().Where(auditevent.ResourceID(x.blind)).Count(apptest.System)
		require.NoError(t, err)
		require.NotZero(t, n)
		require.NotContains(t, auditor.Get("/audit/events?limit=200", nil).Text(), x.blind.String())
		require.NotContains(t, auditor.Get("/audit/export", nil).Text(), x.blind.String())
		require.Contains(t, auditor.Get("/audit/events?limit=200", nil).Text(), x.told.String(), "a case that is over is told")
	})
}

// Everybody sees who opened their own record, and nobody else's.
func TestWhoReadMyRecord(t *testing.T) {
	r := apptest.Start(t, storetest.SQLiteURL(t))
	hr, engineer := r.As(t, "hr"), r.As(t, "engineer")
	type reading struct {
		Who  struct{ ID uuid.UUID }
		What string
	}
	var list struct{ Items []reading }
	engineer.Get("/me/readers", &list)
	before := len(list.Items)
	hr.Send(http.MethodPost, "/people/"+r.ID(t, "engineer").String()+"/view", -1, nil, nil)
	require.Equal(t, http.StatusNotFound, hr.Try(http.MethodGet, "/me/readers", -1, nil).Status, "only for the person")
	engineer.Get("/me/readers", &list)
	require.Len(t, list.Items, before+1)
	require.Equal(t, r.ID(t, "hr"), list.Items[0].Who.ID)
	require.Equal(t, "looked at Rung as you", list.Items[0].What)
}

func TestSealingTwiceSealsOnce(t *testing.T) {
	eachDatabase(t, func(t *testing.T, r *apptest.Rung) {
		require.NoError(t, r.App.Sealer.Seal(apptest.System))
		count := func(q interface {
			Count(ctx context.Context) (int, error)
		}) int {
			n, err := q.Count(apptest.System)
			require.NoError(t, err)
			return n
		}
		client := r.App.Store.Read()
		leaves, seals := count(client.AuditLeaf.Query()), count(client.AuditSeal.Query())
		require.NoError(t, r.App.Sealer.Seal(apptest.System))
		require.Equal(t, leaves, count(client.AuditLeaf.Query()))
		require.Equal(t, seals, count(client.AuditSeal.Query()))
		require.Equal(t, count(client.AuditEvent.Query()), leaves)
	})
}
