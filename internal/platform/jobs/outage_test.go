package jobs_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/jobs"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
)

// log is a log that the queue writes while the test reads it.
type log struct {
	mu   sync.Mutex
	text strings.Builder
}

// Write implements io.Writer.
func (l *log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *log) has(words string) func() bool {
	return func() bool {
		l.mu.Lock()
		defer l.mu.Unlock()
		return strings.Contains(l.text.String(), words)
	}
}

// A database that is away while a job runs, or when it has ended, costs time and
// nothing else.
func TestAJobSurvivesADatabaseThatIsAway(t *testing.T) {
	each := func(t *testing.T, f func(t *testing.T, s *store.Store, o storetest.Outage)) {
		t.Helper()
		open := func(t *testing.T, address string) *store.Store {
			t.Helper()
			s, err := store.Open(address, store.Wait(500*time.Millisecond))
			require.NoError(t, err)
			t.Cleanup(func() { _ = s.Close() })
			return s
		}
		t.Run("sqlite", func(t *testing.T) {
			address, o := storetest.SQLiteOutage(t)
			f(t, open(t, address), o)
		})
		t.Run("postgres", func(t *testing.T) {
			address, o := storetest.PostgresOutage(t)
			f(t, open(t, address), o)
		})
	}
	each(t, func(t *testing.T, s *store.Store, o storetest.Outage) {
		said := &log{}
		var runs atomic.Int64
		var met atomic.Value
		f := newFixtureLogging(t, s, said, jobs.Kind{Name: "write", Run: func(ctx context.Context, w *jobs.Work) (any, error) {
			first := runs.Add(1) == 1
			if first {
				o.Begin()
			}
			err := s.InTx(ctx, func(ctx context.Context, tx *db.Client) error { return w.Finish(ctx, tx, "written") })
			if first {
				met.Store(fault.KindOf(err))
			}
			return "written", err
		}}, jobs.Kind{Name: "end", Run: func(context.Context, *jobs.Work) (any, error) {
			o.Begin()
			return "ended", nil
		}})
		f.start()
		waits := said.has("the database does not take the end of a job")
		v := f.enqueue(f.ann, jobs.Request{Kind: "write"})
		require.Eventually(t, waits, 20*time.Second, 10*time.Millisecond)
		o.End()
		require.JSONEq(t, `"written"`, fmt.Sprintf("%s", f.wait(v.ID, "succeeded").Report))
		require.Equal(t, fault.Unavailable, met.Load())
		require.EqualValues(t, 2, runs.Load())

		said.mu.Lock()
		said.text.Reset()
		said.mu.Unlock()
		v = f.enqueue(f.ann, jobs.Request{Kind: "end"})
		require.Eventually(t, waits, 20*time.Second, 10*time.Millisecond)
		o.End()
		require.JSONEq(t, `"ended"`, fmt.Sprintf("%s", f.wait(v.ID, "succeeded").Report))
	})
}

// What is put into the queue is done at once, although SQLite's queue hardly ever
// looks by itself: an idle program must cost nothing.
func TestWorkStartsAtOnce(t *testing.T) {
	s, err := store.Open(storetest.SQLiteURL(t))
	require.NoError(t, err)
	defer func() { _ = s.Close() }()
	require.GreaterOrEqual(t, s.QueuePoll(), 5*time.Second)
	f := newFixture(t, s, jobs.Kind{Name: "count", Run: func(context.Context, *jobs.Work) (any, error) { return 1, nil }})
	f.start()
	f.wait(f.enqueue(f.ann, jobs.Request{Kind: "count"}).ID, "succeeded") // the queue may still be starting
	begin := time.Now()
	for range 5 {
		f.wait(f.enqueue(f.ann, jobs.Request{Kind: "count"}).ID, "succeeded")
	}
	require.Less(t, time.Since(begin), s.QueuePoll(), "it was told, and did not look by chance")
}
