package store_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
	"github.com/rung-hr/rung/internal/trust/audit"
)

func TestMain(m *testing.M) { storetest.Main(m) }

var (
	system = actor.AsSystem(context.Background(), "test")
	at     = clock.NewFake(time.Date(2026, 11, 23, 9, 0, 0, 123456000, time.UTC))
	trail  = audit.New(at)
)

func newUnit(ctx context.Context, tx *db.Client, name string) error {
	if err := tx.Unit.Create().SetName(name).SetNameKey(strings.ToLower(name)).Exec(ctx); err != nil {
		return err
	}
	return trail.Record(ctx, tx, audit.Entry{Action: audit.PeopleImported, Resource: "unit"})
}

func TestWorkWithoutAnActorIsRefused(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		_, err := s.Read().Unit.Query().All(context.Background())
		require.ErrorContains(t, err, "no actor")
		err = s.InTx(context.Background(), func(ctx context.Context, tx *db.Client) error {
			return tx.Unit.Create().SetName("A").SetNameKey("a").Exec(ctx)
		})
		require.ErrorContains(t, err, "no actor")
	})
}

func TestAChangeWithoutAnAuditRecordDoesNotCommit(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		err := s.InTx(system, func(ctx context.Context, tx *db.Client) error {
			return tx.Unit.Create().SetName("A").SetNameKey("a").Exec(ctx)
		})
		require.ErrorContains(t, err, "without an audit record")
		n, err := s.Read().Unit.Query().Count(system)
		require.NoError(t, err)
		require.Zero(t, n)
	})
}

func TestInTxCommitsAllOrNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		stop := errors.New("stop")
		err := s.InTx(system, func(ctx context.Context, tx *db.Client) error {
			require.NoError(t, newUnit(ctx, tx, "A"))
			return stop
		})
		require.ErrorIs(t, err, stop)
		require.NoError(t, s.InTx(system, func(ctx context.Context, tx *db.Client) error { return newUnit(ctx, tx, "B") }))
		names, err := s.Read().Unit.Query().Select("name").Strings(system)
		require.NoError(t, err)
		require.Equal(t, []string{"B"}, names)
	})
}

func TestTwoOfTheSameAreAConflict(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		insert := func() error {
			return s.InTx(system, func(ctx context.Context, tx *db.Client) error { return newUnit(ctx, tx, "A") })
		}
		require.NoError(t, insert())
		require.Equal(t, fault.Conflict, fault.KindOf(insert()))
	})
}

func TestForeignKeysHold(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		err := s.InTx(system, func(ctx context.Context, tx *db.Client) error {
			require.NoError(t, trail.Record(ctx, tx, audit.Entry{Action: audit.EvidenceLogged, Resource: "evidence"}))
			ids, err := tx.Unit.Query().IDs(ctx)
			require.NoError(t, err)
			require.Empty(t, ids)
			return tx.Evidence.Create().SetPersonID(newID()).SetTitle("x").SetHappenedFrom("2026-01-01").SetCreatedAt(at.Now()).Exec(ctx)
		})
		require.Equal(t, fault.Conflict, fault.KindOf(err))
	})
}

func TestTimesComeBackAsTheyWere(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		require.NoError(t, s.InTx(system, func(ctx context.Context, tx *db.Client) error {
			return trail.Record(ctx, tx, audit.Entry{Action: audit.SignedIn, Resource: "session"})
		}))
		row, err := s.Read().AuditEvent.Query().Only(system)
		require.NoError(t, err)
		require.True(t, at.Now().Equal(row.At), row.At)
	})
}

func TestPublishedThingsNeverChange(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		require.NoError(t, s.InTx(system, func(ctx context.Context, tx *db.Client) error {
			return trail.Record(ctx, tx, audit.Entry{Action: audit.SignedIn, Resource: "session"})
		}))
		err := s.InTx(system, func(ctx context.Context, tx *db.Client) error {
			return tx.AuditEvent.Update().SetAction("something else").Exec(ctx)
		})
		require.ErrorContains(t, err, "never change")
		err = s.InTx(system, func(ctx context.Context, tx *db.Client) error {
			_, err := tx.AuditEvent.Delete().Exec(ctx)
			return err
		})
		require.ErrorContains(t, err, "never change")
	})
}

func TestOpenRefusesAnAddressWithoutShowingIt(t *testing.T) {
	for _, address := range []string{"", "sqlite:", "mysql://x", "postgres://user:secret@host:port/x"} {
		_, err := store.Open(address)
		require.Error(t, err)
		require.NotContains(t, err.Error(), "secret")
	}
}

func TestAFileWithOddCharactersInItsName(t *testing.T) {
	s, err := store.Open("sqlite:" + filepath.Join(t.TempDir(), "a b?c#d%e.db"))
	require.NoError(t, err)
	require.NoError(t, s.Migrate(context.Background()))
	require.NoError(t, s.Close())
}
