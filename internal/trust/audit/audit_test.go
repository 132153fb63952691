package audit_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/auditevent"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
	"github.com/rung-hr/rung/internal/trust/audit"
)

func TestMain(m *testing.M) { storetest.Main(m) }

var system = actor.AsSystem(context.Background(), "test")

func newID() uuid.UUID { return uuid.Must(uuid.NewV7()) }

func newClock() *clock.Fake {
	return clock.NewFake(time.Date(2026, 11, 23, 9, 0, 0, 123456000, time.UTC))
}

func as(id uuid.UUID) context.Context {
	return actor.With(context.Background(), actor.Person{ID: id, RequestID: "request-1"})
}

// record writes entries as the context's actor, in one transaction.
func record(ctx context.Context, t *testing.T, s *store.Store, trail *audit.Trail, entries ...audit.Entry) {
	t.Helper()
	require.NoError(t, s.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		for _, e := range entries {
			if err := trail.Record(ctx, tx, e); err != nil {
				return err
			}
		}
		return nil
	}))
}

func events(t *testing.T, s *store.Store) []*db.AuditEvent {
	t.Helper()
	rows, err := s.Read().AuditEvent.Query().Order(db.Asc(auditevent.FieldID)).All(system)
	require.NoError(t, err)
	return rows
}

func TestARecordSaysWhoDidWhatToWhichThing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		at := newClock()
		me, thing, owner := newID(), newID(), newID()
		record(as(me), t, s, audit.New(at), audit.Entry{
			Action: audit.CaseMoved, Resource: "case", ID: thing, Owner: owner, Facts: map[string]string{"to": "submitted"},
		})
		e := events(t, s)[0]
		require.Equal(t, []any{"case.moved", "case", me, thing, owner, "request-1", ""}, []any{e.Action, e.Resource, *e.ActorID, *e.ResourceID, *e.OwnerID, e.RequestID, e.Reason})
		require.Equal(t, map[string]string{"to": "submitted"}, e.Facts)
		require.True(t, at.Now().Equal(e.At))
	})
}

// Nobody can hide behind the person they view as.
func TestARecordNamesTheViewer(t *testing.T) {
	s, me, viewer := storetest.SQLite(t), newID(), newID()
	ctx := actor.With(context.Background(), actor.Person{ID: me, Viewer: &actor.Person{ID: viewer}})
	record(ctx, t, s, audit.New(newClock()), audit.Entry{Action: audit.ViewedAs, Resource: "person", ID: me, Owner: me})
	require.Equal(t, viewer, *events(t, s)[0].ActorID)
}

func TestARecordOfTheSystemHasAReasonInsteadOfAnActor(t *testing.T) {
	s := storetest.SQLite(t)
	record(actor.AsSystem(context.Background(), "nightly sweep"), t, s, audit.New(newClock()), audit.Entry{Action: audit.CaseMoved, Resource: "case"})
	e := events(t, s)[0]
	require.Nil(t, e.ActorID)
	require.Nil(t, e.ResourceID, "no thing is no id of zeros")
	require.Nil(t, e.OwnerID)
	require.Equal(t, "nightly sweep", e.Reason)
}

func TestWithoutAnActorThereIsNoRecord(t *testing.T) {
	s := storetest.SQLite(t)
	err := s.InTx(context.Background(), func(ctx context.Context, tx *db.Client) error {
		return audit.New(newClock()).Record(ctx, tx, audit.Entry{Action: audit.CaseMoved, Resource: "case"})
	})
	require.ErrorContains(t, err, "no actor")
	require.Empty(t, events(t, s))
}

// A change and its record are one: without the record the change is undone, and
// if the record fails the change is undone too.
func TestAChangeAndItsRecordAreOne(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		trail := audit.New(newClock())
		addUnit := func(ctx context.Context, tx *db.Client, name string) error {
			return tx.Unit.Create().SetName(name).SetNameKey(name).Exec(ctx)
		}
		err := s.InTx(system, func(ctx context.Context, tx *db.Client) error { return addUnit(ctx, tx, "silent") })
		require.ErrorContains(t, err, "Unit changed without an audit record")
		err = s.InTx(system, func(ctx context.Context, tx *db.Client) error {
			require.NoError(t, addUnit(ctx, tx, "failed"))
			return trail.Record(ctx, tx, audit.Entry{Action: "an action that is far too long for the column of the trail, whatever it may say about it", Resource: "unit"})
		})
		require.Error(t, err)
		require.NoError(t, s.InTx(system, func(ctx context.Context, tx *db.Client) error {
			require.NoError(t, addUnit(ctx, tx, "told"))
			return trail.Record(ctx, tx, audit.Entry{Action: audit.PeopleImported, Resource: "unit"})
		}))
		names, err := s.Read().Unit.Query().Select("name").Strings(system)
		require.NoError(t, err)
		require.Equal(t, []string{"told"}, names)
		require.Len(t, events(t, s), 1)
	})
}

// Reads are recorded once for each owner and day, however often somebody looks,
// and never less often.
func TestReadsAreRecordedOnceADay(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		at := newClock()
		trail, hr, comp, ada, bo := audit.New(at), newID(), newID(), newID(), newID()
		read := func(reader uuid.UUID, action audit.Action, owners ...uuid.UUID) int {
			t.Helper()
			before := len(events(t, s))
			require.NoError(t, s.InTx(as(reader), func(ctx context.Context, tx *db.Client) error {
				return trail.RecordReads(ctx, tx, action, "pay", owners)
			}))
			return len(events(t, s)) - before
		}
		require.Equal(t, 2, read(hr, audit.PayRead, ada, bo))
		require.Zero(t, read(hr, audit.PayRead, ada, bo), "again on the same day")
		require.Equal(t, 1, read(comp, audit.PayRead, ada), "another reader")
		require.Equal(t, 1, read(hr, audit.PacketRead, ada), "another action")
		at.Set(time.Date(2026, 11, 23, 23, 59, 59, 0, time.UTC))
		require.Zero(t, read(hr, audit.PayRead, bo))
		at.Set(time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC))
		require.Equal(t, 1, read(hr, audit.PayRead, bo), "the next day")
		require.Zero(t, read(hr, audit.PayRead), "nobody's")
	})
}

// A statement has room for a limited number of ids; a large company has more.
func TestReadsOfMoreOwnersThanAStatementHolds(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		owners := make([]uuid.UUID, 1001)
		for i := range owners {
			owners[i] = newID()
		}
		require.NoError(t, s.InTx(as(newID()), func(ctx context.Context, tx *db.Client) error {
			return audit.New(newClock()).RecordReads(ctx, tx, audit.PayRead, "pay", owners)
		}))
		var told []uuid.UUID
		for _, e := range events(t, s) {
			told = append(told, *e.OwnerID)
		}
		require.ElementsMatch(t, owners, told)
	})
}

// The program itself does not count as a reader: its look-ups would hide
// people's.
func TestReadsOfTheSystemAreNotTold(t *testing.T) {
	s := storetest.SQLite(t)
	require.NoError(t, s.InTx(system, func(ctx context.Context, tx *db.Client) error {
		return audit.New(newClock()).RecordReads(ctx, tx, audit.PayRead, "pay", []uuid.UUID{newID()})
	}))
	require.Empty(t, events(t, s))
}

// The owner learns who opened their data: other people, newest first, only reads.
func TestTheOwnerLearnsWhoRead(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		at := newClock()
		trail, ada, bo, hr, manager := audit.New(at), newID(), newID(), newID(), newID()
		for _, e := range []struct {
			who, whose uuid.UUID
			action     audit.Action
		}{
			{hr, ada, audit.PayRead},
			{ada, ada, audit.AssessmentRead}, // the owner's own look
			{hr, bo, audit.PayRead},          // somebody else's data
			{hr, ada, audit.CaseMoved},       // a change
			{manager, ada, audit.PacketRead},
			{hr, ada, audit.ViewedAs},
		} {
			at.Advance(time.Minute)
			record(as(e.who), t, s, trail, audit.Entry{Action: e.action, Resource: "x", Owner: e.whose})
		}
		record(system, t, s, trail, audit.Entry{Action: audit.PayRead, Resource: "x", Owner: ada}) // the program's own
		list, err := trail.Readers(system, s.Read(), ada, uuid.Nil, 10)
		require.NoError(t, err)
		var told []string
		for _, r := range list {
			told = append(told, map[uuid.UUID]string{hr: "hr", manager: "manager"}[r.Reader]+" "+r.Action.ToOwner())
		}
		require.Equal(t, []string{"hr looked at Rung as you", "manager your packet", "hr your pay"}, told)

		first, err := trail.Readers(system, s.Read(), ada, uuid.Nil, 2)
		require.NoError(t, err)
		require.Equal(t, list[:2], first)
		rest, err := trail.Readers(system, s.Read(), ada, first[1].ID, 2)
		require.NoError(t, err)
		require.Equal(t, list[2:], rest)
	})
}

// Every read that an owner is told about has words for the owner, and no other
// action has.
func TestWithheldActionsHaveWordsForTheirOwner(t *testing.T) {
	for _, action := range audit.Withheld {
		require.NotEmpty(t, audit.Action(action).ToOwner(), action)
	}
	require.Empty(t, audit.CaseMoved.ToOwner())
}
