package jobs_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/job"
	"github.com/rung-hr/rung/ent/db/predicate"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/jobs"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
	"github.com/rung-hr/rung/policies"
)

func TestMain(m *testing.M) { storetest.Main(m) }

var system = actor.AsSystem(context.Background(), "test")

type fixture struct {
	*jobs.Queue
	t     *testing.T
	store *store.Store
	clock *clock.Fake
	log   *bytes.Buffer
	ann   context.Context
	bob   context.Context
}

// newFixture is a queue with two people, not started.
func newFixture(t *testing.T, s *store.Store, kinds ...jobs.Kind) fixture {
	t.Helper()
	text := &bytes.Buffer{}
	f := newFixtureLogging(t, s, text, kinds...)
	f.log = text
	return f
}

// newFixtureLogging is newFixture with another log.
func newFixtureLogging(t *testing.T, s *store.Store, to io.Writer, kinds ...jobs.Kind) fixture {
	t.Helper()
	matrix, err := access.NewMatrix(policies.Model, policies.Policy)
	require.NoError(t, err)
	f := fixture{t: t, store: s, clock: clock.NewFake(time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC))}
	who := func(_ context.Context, id uuid.UUID) (actor.Person, error) {
		return actor.Person{ID: id, Roles: []string{"employee"}}, nil
	}
	f.Queue, err = jobs.NewQueue(s, rightsOf(matrix), f.clock, slog.New(slog.NewTextHandler(to, nil)), who)
	require.NoError(t, err)
	for _, k := range kinds {
		f.Add(k)
	}
	f.ann, f.bob = f.person("ann"), f.person("bob")
	return f
}

func (f fixture) person(name string) context.Context {
	f.t.Helper()
	id := uuid.Must(uuid.NewV7())
	require.NoError(f.t, f.store.InTx(system, func(ctx context.Context, tx *db.Client) error {
		if err := audit.New(f.clock).Record(ctx, tx, audit.Entry{Action: audit.PeopleImported, Resource: "person"}); err != nil {
			return err
		}
		return tx.Person.Create().SetID(id).SetName(name).SetNameKey([]byte(name)).SetEmail(name + "@x.example").Exec(ctx)
	}))
	return actor.With(context.Background(), actor.Person{ID: id, Roles: []string{"employee"}})
}

func (f fixture) start() {
	f.t.Helper()
	stop, err := f.Start(context.Background())
	require.NoError(f.t, err)
	f.t.Cleanup(stop)
}

func (f fixture) enqueue(ctx context.Context, r jobs.Request) jobs.View {
	f.t.Helper()
	var v jobs.View
	require.NoError(f.t, f.store.InTx(ctx, func(ctx context.Context, tx *db.Client) (err error) {
		v, err = f.Enqueue(ctx, tx, r)
		return err
	}))
	return v
}

func (f fixture) wait(id uuid.UUID, state string) jobs.View {
	f.t.Helper()
	var v jobs.View
	require.Eventually(f.t, func() bool {
		row, err := f.store.Read().Job.Get(system, id)
		if fault.KindOf(err) == fault.Unavailable {
			return false // on a connection from before an outage
		}
		require.NoError(f.t, err)
		return string(row.State) == state
	}, 20*time.Second, 20*time.Millisecond)
	row, err := f.store.Read().Job.Get(system, id)
	require.NoError(f.t, err)
	v, err = f.Get(actor.With(context.Background(), actor.Person{ID: row.PersonID, Roles: []string{"employee"}}), id)
	require.NoError(f.t, err)
	return v
}

// shout writes its source in capitals.
var shout = jobs.Kind{Name: "shout", Run: func(ctx context.Context, w *jobs.Work) (any, error) {
	in, err := w.Source(ctx)
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(in)
	if err != nil {
		return nil, err
	}
	w.Progress("shouting", len(text), len(text))
	out, err := w.Result(ctx, "loud.txt", "text/plain")
	if err != nil {
		return nil, err
	}
	if _, err := io.WriteString(out, strings.ToUpper(string(text))); err != nil {
		return nil, err
	}
	var input struct{ Word string }
	return map[string]int{"bytes": len(text)}, errors.Join(w.Input(&input), out.Close())
}}

func TestAJobReadsAFileAndMakesOne(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s, shout)
		f.start()
		large := strings.Repeat("0123456789abcdef", 100_000) // several chunks
		up, err := f.Upload(f.ann, "a.txt", "text/plain", strings.NewReader(large), 2<<20)
		require.NoError(t, err)
		require.EqualValues(t, len(large), up.Size)
		v := f.wait(f.enqueue(f.ann, jobs.Request{Kind: "shout", Input: map[string]string{"word": "x"}, Source: up.ID}).ID, "succeeded")
		require.Equal(t, "shouting", v.Phase)
		require.JSONEq(t, `{"bytes":1600000}`, string(v.Report.(json.RawMessage)))
		file, in, err := f.Result(f.ann, v.ID)
		require.NoError(t, err)
		require.Equal(t, "loud.txt", file.Name)
		text, err := io.ReadAll(in)
		require.NoError(t, err)
		require.Equal(t, strings.ToUpper(large), string(text))
		list, next, err := f.List(f.ann, jobs.Filter{})
		require.NoError(t, err)
		require.Len(t, list, 1)
		require.Empty(t, next)
	})
}

func TestSomebodyElsesJobsAndFilesAreNotThere(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t), shout)
	up, err := f.Upload(f.ann, "a.txt", "text/plain", strings.NewReader("x"), 10)
	require.NoError(t, err)
	v := f.enqueue(f.ann, jobs.Request{Kind: "shout", Source: up.ID})
	_, err = f.Get(f.bob, v.ID)
	require.Equal(t, fault.NotFound, fault.KindOf(err))
	_, err = f.Cancel(f.bob, v.ID)
	require.Equal(t, fault.NotFound, fault.KindOf(err))
	_, _, err = f.Result(f.bob, v.ID)
	require.Equal(t, fault.NotFound, fault.KindOf(err))
	_, _, err = f.Open(f.bob, up.ID)
	require.Equal(t, fault.NotFound, fault.KindOf(err))
	list, _, err := f.List(f.bob, jobs.Filter{})
	require.NoError(t, err)
	require.Empty(t, list)
	err = s(f).InTx(f.bob, func(ctx context.Context, tx *db.Client) error {
		_, err := f.Enqueue(ctx, tx, jobs.Request{Kind: "shout", Source: up.ID})
		return err
	})
	require.Equal(t, fault.NotFound, fault.KindOf(err))
}

func s(f fixture) *store.Store { return f.store }

func TestAFileAboveTheLimitIsNotKept(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	_, err := f.Upload(f.ann, "a.txt", "text/plain", strings.NewReader(strings.Repeat("x", 3<<20)), 2<<20)
	var bad *fault.Error
	require.ErrorAs(t, err, &bad)
	require.Equal(t, "too_large", bad.Code)
	require.Contains(t, bad.Message, "2 MB")
	for what, count := range map[string]func(context.Context) (int, error){
		"files": f.store.Read().File.Query().Count, "chunks": f.store.Read().FileChunk.Query().Count,
	} {
		n, err := count(system)
		require.NoError(t, err)
		require.Zero(t, n, what)
	}
}

func TestAJobIsWrittenWithItsCauseOrNotAtAll(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ran := make(chan uuid.UUID, 2)
		f := newFixture(t, s, jobs.Kind{Name: "note", Run: func(_ context.Context, w *jobs.Work) (any, error) {
			ran <- w.ID()
			return nil, nil
		}})
		f.start()
		err := s.InTx(f.ann, func(ctx context.Context, tx *db.Client) error {
			if _, err := f.Enqueue(ctx, tx, jobs.Request{Kind: "note"}); err != nil {
				return err
			}
			return errors.New("the cause failed")
		})
		require.EqualError(t, err, "the cause failed")
		v := f.enqueue(f.ann, jobs.Request{Kind: "note"})
		f.wait(v.ID, "succeeded")
		require.Equal(t, v.ID, <-ran)
		require.Empty(t, ran)
	})
}

func TestCancelStopsWhatRunsAndWhatWaits(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		inside := make(chan struct{})
		f := newFixture(t, s, jobs.Kind{Name: "hold", Run: func(ctx context.Context, w *jobs.Work) (any, error) {
			w.Progress("holding the writer", 1, 2)
			return nil, s.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
				if err := tx.Revision.Create().SetName("half").Exec(ctx); err != nil {
					return err
				}
				close(inside)
				<-ctx.Done()
				return ctx.Err()
			})
		}})
		waiting := f.enqueue(f.ann, jobs.Request{Kind: "hold"})
		v, err := f.Cancel(f.ann, waiting.ID)
		require.NoError(t, err)
		require.Equal(t, "cancelled", v.State)
		f.start()
		running := f.enqueue(f.ann, jobs.Request{Kind: "hold"})
		<-inside
		v, err = f.Get(f.ann, running.ID)
		require.NoError(t, err)
		require.Equal(t, []any{"running", "holding the writer", int64(1), int64(2)}, []any{v.State, v.Phase, v.Done, v.Total})
		_, err = f.Cancel(f.ann, running.ID)
		require.NoError(t, err)
		f.wait(running.ID, "cancelled")
		n, err := s.Read().Revision.Query().Count(system)
		require.NoError(t, err)
		require.Zero(t, n, "nothing half applied")
	})
}

func TestWhyAJobFailedIsSaidInWords(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t),
		jobs.Kind{Name: "bad", Run: func(context.Context, *jobs.Work) (any, error) {
			return nil, fault.Bad("The file is wrong.", fault.Detail{Line: 3, Message: "no", Fix: "yes"})
		}},
		jobs.Kind{Name: "broken", Run: func(context.Context, *jobs.Work) (any, error) { panic("secret") }})
	f.start()
	v := f.wait(f.enqueue(f.ann, jobs.Request{Kind: "bad"}).ID, "failed")
	require.Equal(t, &jobs.Problem{Code: "invalid", Detail: "The file is wrong.", Errors: []jobs.Place{{Line: 3, Message: "no", Fix: "yes"}}}, v.Problem)
	v = f.wait(f.enqueue(f.ann, jobs.Request{Kind: "broken"}).ID, "failed")
	require.Equal(t, "internal", v.Problem.Code)
	require.NotContains(t, v.Problem.Detail, "secret")
}

func TestAJobWhoseProcessDiedIsToldSo(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s, shout)
		v := f.enqueue(f.ann, jobs.Request{Kind: "shout"})
		require.NoError(t, s.InTx(system, func(ctx context.Context, tx *db.Client) error {
			return tx.Job.UpdateOneID(v.ID).SetState(job.StateRunning).SetExpiresAt(f.clock.Now().Add(time.Minute)).Exec(ctx)
		}))
		require.NoError(t, f.Sweep(system))
		require.Equal(t, "running", f.wait(v.ID, "running").State)
		f.clock.Advance(time.Hour)
		require.NoError(t, f.Sweep(system))
		require.Contains(t, f.wait(v.ID, "failed").Problem.Detail, "Rung was stopped")
	})
}

func TestStoppingPutsAJobBack(t *testing.T) {
	began := make(chan struct{}, 2)
	f := newFixture(t, storetest.SQLite(t), jobs.Kind{Name: "long", Run: func(ctx context.Context, _ *jobs.Work) (any, error) {
		began <- struct{}{}
		<-ctx.Done()
		return nil, ctx.Err()
	}})
	stop, err := f.Start(context.Background())
	require.NoError(t, err)
	v := f.enqueue(f.ann, jobs.Request{Kind: "long"})
	<-began
	stop()
	row, err := f.store.Read().Job.Get(system, v.ID)
	require.NoError(t, err)
	require.Equal(t, job.StateQueued, row.State)
	again := newFixtureOn(f, jobs.Kind{Name: "long", Run: func(context.Context, *jobs.Work) (any, error) { return "done", nil }})
	again.start()
	again.wait(v.ID, "succeeded")
}

// newFixtureOn is another process on the same database.
func newFixtureOn(f fixture, kinds ...jobs.Kind) fixture {
	f.t.Helper()
	matrix, err := access.NewMatrix(policies.Model, policies.Policy)
	require.NoError(f.t, err)
	who := func(_ context.Context, id uuid.UUID) (actor.Person, error) {
		return actor.Person{ID: id, Roles: []string{"employee"}}, nil
	}
	f.Queue, err = jobs.NewQueue(f.store, rightsOf(matrix), f.clock, slog.New(slog.NewTextHandler(f.log, nil)), who)
	require.NoError(f.t, err)
	for _, k := range kinds {
		f.Add(k)
	}
	return f
}

func TestJobsAndFilesAreGoneAfterADay(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s, shout)
		f.start()
		up, err := f.Upload(f.ann, "a.txt", "text/plain", strings.NewReader("x"), 10)
		require.NoError(t, err)
		f.wait(f.enqueue(f.ann, jobs.Request{Kind: "shout", Source: up.ID}).ID, "succeeded")
		f.clock.Advance(jobs.Keep - time.Minute)
		require.NoError(t, f.Sweep(system))
		n, err := s.Read().File.Query().Count(system)
		require.NoError(t, err)
		require.Equal(t, 2, n)
		f.clock.Advance(time.Hour)
		require.NoError(t, f.Sweep(system))
		for what, count := range map[string]func(context.Context) (int, error){
			"jobs": s.Read().Job.Query().Count, "files": s.Read().File.Query().Count, "chunks": s.Read().FileChunk.Query().Count,
		} {
			n, err := count(system)
			require.NoError(t, err)
			require.Zero(t, n, what)
		}
	})
}

// A manual check of what a long import does to the queue: RUNG_LONG=20s.
func TestTheQueueOutlivesALongTransaction(t *testing.T) {
	long, err := time.ParseDuration(os.Getenv("RUNG_LONG"))
	if err != nil {
		t.Skip("set RUNG_LONG=20s to hold the one writer that long")
	}
	st := storetest.SQLite(t)
	f := newFixture(t, st, jobs.Kind{Name: "hold", Run: func(ctx context.Context, w *jobs.Work) (any, error) {
		return nil, st.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
			time.Sleep(long)
			return w.Finish(ctx, tx, "held")
		})
	}}, shout)
	f.start()
	up, err := f.Upload(f.ann, "a.txt", "text/plain", strings.NewReader("x"), 10)
	require.NoError(t, err)
	v := f.enqueue(f.ann, jobs.Request{Kind: "hold"})
	require.Eventually(t, func() bool {
		got, err := f.Get(f.ann, v.ID)
		require.NoError(t, err)
		return got.State == "succeeded"
	}, long+10*time.Second, 100*time.Millisecond)
	f.wait(f.enqueue(f.ann, jobs.Request{Kind: "shout", Source: up.ID}).ID, "succeeded")
	t.Log(f.log.String())
}

func rightsOf(m *access.Matrix) jobs.Rights {
	rights := access.New(m)
	scope := func(action access.Action) func(context.Context) predicate.Job {
		return func(ctx context.Context) predicate.Job { return rights.JobScope(ctx, action) }
	}
	return jobs.Rights{Read: scope(access.Read), End: scope(access.Delete)}
}
