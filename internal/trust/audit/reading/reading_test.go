package reading_test

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/auditevent"
	"github.com/rung-hr/rung/ent/db/promotioncase"
	"github.com/rung-hr/rung/internal/dev/basetest"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
	"github.com/rung-hr/rung/internal/trust/audit"
	"github.com/rung-hr/rung/internal/trust/audit/reading"
)

func TestMain(m *testing.M) { storetest.Main(m) }

var system = actor.AsSystem(context.Background(), "test")

// fixture is a company of a few people with an empty trail.
type fixture struct {
	*reading.Service
	t     *testing.T
	store *store.Store
	clock *clock.Fake
	trail *audit.Trail
	ids   map[string]uuid.UUID
	key   string // verifies the trail
}

func newFixture(t *testing.T, s *store.Store) *fixture {
	t.Helper()
	base, at := basetest.New(t, s)
	sealer := audit.NewSealer(s, base.Trail, audit.KeyPlace{Dir: t.TempDir()})
	key, err := sealer.Start()
	require.NoError(t, err)
	f := &fixture{reading.New(base, sealer), t, s, at, base.Trail, map[string]uuid.UUID{}, key}
	require.NoError(t, s.InTx(system, func(ctx context.Context, tx *db.Client) error {
		for _, name := range []string{"manager", "ada", "bo", "hr", "auditor", "second auditor", "admin"} {
			create := tx.Person.Create().SetName(strings.ToUpper(name)).SetNameKey([]byte(name)).SetEmail(strings.ReplaceAll(name, " ", "-") + "@x.example")
			if name == "ada" {
				create.SetManagerID(f.ids["manager"])
			}
			row, err := create.Save(ctx)
			if err != nil {
				return err
			}
			f.ids[name] = row.ID
		}
		return base.Trail.Record(ctx, tx, audit.Entry{Action: audit.PeopleImported, Resource: "people"})
	}))
	return f
}

// as acts as a person of the company; the roles in addition to employee follow
// from the name.
func (f *fixture) as(name string) context.Context {
	roles := map[string][]string{"hr": {"hr"}, "auditor": {"auditor"}, "second auditor": {"auditor"}, "admin": {"admin"}}[name]
	return actor.With(context.Background(), actor.Person{ID: f.ids[name], Name: name, Roles: append([]string{"employee"}, roles...), Scopes: []actor.Scope{{}}})
}

// happened writes an event, one minute after the previous one.
func (f *fixture) happened(who string, e audit.Entry) {
	f.t.Helper()
	f.clock.Advance(time.Minute)
	require.NoError(f.t, f.store.InTx(f.as(who), func(ctx context.Context, tx *db.Client) error { return f.trail.Record(ctx, tx, e) }))
}

// list is the actions that an auditor reads.
func (f *fixture) list(filter reading.Filter) []string {
	f.t.Helper()
	rows, _, err := f.List(f.as("auditor"), filter)
	require.NoError(f.t, err)
	return actions(rows)
}

func actions(rows []reading.Event) []string {
	out := []string{}
	for _, e := range rows {
		out = append(out, e.Action)
	}
	return out
}

func (f *fixture) count(action audit.Action) int {
	f.t.Helper()
	n, err := f.store.Read().AuditEvent.Query().Where(auditevent.Action(string(action))).Count(system)
	require.NoError(f.t, err)
	return n
}

func TestOnlyAuditorsReadTheTrail(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	for _, who := range []string{"ada", "manager", "hr", "admin"} {
		ctx := f.as(who)
		_, _, err := f.List(ctx, reading.Filter{})
		require.Equal(t, fault.Forbidden, fault.KindOf(err), who)
		_, err = f.Verify(ctx, "")
		require.Equal(t, fault.Forbidden, fault.KindOf(err), who)
		_, err = f.Export(ctx)
		require.Equal(t, fault.Forbidden, fault.KindOf(err), who)
	}
	_, _, err := f.List(context.Background(), reading.Filter{})
	require.Equal(t, fault.SignedOut, fault.KindOf(err))
	_, _, err = f.MyReaders(context.Background(), "", 0)
	require.Equal(t, fault.SignedOut, fault.KindOf(err))
}

// Ids get names, and the newest comes first. What the system did has a reason
// instead of an actor.
func TestEventsComeWithNames(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		thing := f.ids["bo"]
		f.happened("hr", audit.Entry{Action: audit.HoldPlaced, Resource: "hold", ID: thing, Owner: f.ids["ada"], Facts: map[string]string{"n": "1"}})
		rows, next, err := f.List(f.as("auditor"), reading.Filter{})
		require.NoError(t, err)
		require.Empty(t, next)
		require.Equal(t, []string{"hold.placed", "people.imported"}, actions(rows))
		require.Equal(t, []string{"HR", "ADA"}, []string{rows[0].Actor.Name, rows[0].Owner.Name})
		require.Equal(t, thing, *rows[0].Thing)
		require.Equal(t, map[string]string{"n": "1"}, rows[0].Facts)
		require.True(t, f.clock.Now().Equal(rows[0].At))
		require.Nil(t, rows[1].Actor)
		require.Nil(t, rows[1].Owner)
		require.Equal(t, "test", rows[1].Reason)
		require.NotNil(t, rows[1].Facts, "a list of facts, also when there are none")
	})
}

func TestFiltersOfTheTrail(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		f.happened("ada", audit.Entry{Action: audit.EvidenceLogged, Resource: "evidence", Owner: f.ids["ada"]})
		f.clock.Set(time.Date(2026, 11, 24, 23, 58, 0, 0, time.UTC))
		f.happened("hr", audit.Entry{Action: audit.HoldPlaced, Resource: "hold", Owner: f.ids["ada"]})
		f.happened("hr", audit.Entry{Action: audit.HoldLifted, Resource: "hold", Owner: f.ids["bo"]})
		require.Equal(t, []string{"hold.lifted", "hold.placed", "evidence.logged", "people.imported"}, f.list(reading.Filter{}))
		require.Equal(t, []string{"hold.placed"}, f.list(reading.Filter{Action: "hold.placed"}))
		require.Equal(t, []string{"hold.placed", "evidence.logged"}, f.list(reading.Filter{Person: f.ids["ada"]}), "as actor or as owner")
		require.Equal(t, []string{"hold.lifted", "hold.placed"}, f.list(reading.Filter{Person: f.ids["hr"]}))
		require.Equal(t, []string{"hold.lifted", "hold.placed"}, f.list(reading.Filter{From: "2026-11-24", To: "2026-11-25"}), "both days are included")
		require.Equal(t, []string{"hold.lifted"}, f.list(reading.Filter{From: "2026-11-25", To: "2026-11-25"}))
		require.Equal(t, []string{"evidence.logged", "people.imported"}, f.list(reading.Filter{To: "2026-11-23"}))
		for field, bad := range map[string]reading.Filter{"from": {From: "2026-02-30"}, "to": {To: "soon"}, "cursor": {Cursor: "x"}} {
			_, _, err := f.List(f.as("auditor"), bad)
			var wrong *fault.Error
			require.ErrorAs(t, err, &wrong, field)
			require.Equal(t, fault.Invalid, wrong.Kind)
			require.Equal(t, field, wrong.Details[0].Field)
		}
	})
}

func TestPagesOfTheTrail(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		for range 4 {
			f.happened("ada", audit.Entry{Action: audit.EvidenceLogged, Resource: "evidence"})
		}
		all, _, err := f.List(f.as("auditor"), reading.Filter{})
		require.NoError(t, err)
		var seen []reading.Event
		for cursor := ""; ; {
			page, next, err := f.List(f.as("auditor"), reading.Filter{Cursor: cursor, Limit: 2})
			require.NoError(t, err)
			require.LessOrEqual(t, len(page), 2)
			seen = append(seen, page...)
			if cursor = next; next == "" {
				break
			}
		}
		require.Equal(t, all, seen, "each once, in the same order")
	})
}

// Nobody, not even an auditor, learns alone who read whose data.
func TestTheTrailWithholdsWhoReadWhat(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		for _, action := range audit.Withheld {
			f.happened("hr", audit.Entry{Action: audit.Action(action), Resource: "x", Owner: f.ids["ada"]})
			require.Empty(t, f.list(reading.Filter{Action: action}), action)
		}
		require.Equal(t, []string{"people.imported"}, f.list(reading.Filter{}))
	})
}

func november(about *uuid.UUID) reading.Purpose {
	return reading.Purpose{Purpose: " A complaint ", About: about, From: "2026-11-01", To: "2026-11-30"}
}

// An evaluation takes two people: one asks, another allows, and only the one who
// asked reads, for a day.
func TestAnEvaluationTakesTwo(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		ada := f.ids["ada"]
		f.happened("hr", audit.Entry{Action: audit.PayRead, Resource: "pay", Owner: ada})
		f.happened("hr", audit.Entry{Action: audit.PayRead, Resource: "pay", Owner: f.ids["bo"]})
		asked, err := f.Ask(f.as("auditor"), november(&ada))
		require.NoError(t, err)
		require.Equal(t, []any{"asked", "A complaint", "AUDITOR", "ADA", false, false}, []any{asked.State, asked.Purpose, asked.AskedBy.Name, asked.About.Name, asked.CanDecide, asked.CanRead})
		look := reading.Filter{Evaluation: asked.ID}
		_, _, err = f.List(f.as("auditor"), look)
		require.Equal(t, fault.NotFound, fault.KindOf(err), "nobody has allowed it")
		_, err = f.Decide(f.as("auditor"), asked.ID, asked.Version, true)
		require.Equal(t, fault.Forbidden, fault.KindOf(err), "who asks does not decide")
		for _, who := range []string{"ada", "admin", "manager"} {
			_, err = f.Decide(f.as(who), asked.ID, asked.Version, true)
			require.Equal(t, fault.Forbidden, fault.KindOf(err), who)
		}
		require.Zero(t, f.count(audit.EvaluationDecided))

		allowed, err := f.Decide(f.as("hr"), asked.ID, asked.Version, true)
		require.NoError(t, err)
		require.Equal(t, []any{"allowed", "HR", f.clock.Now().Add(24 * time.Hour), asked.Version + 1, false}, []any{allowed.State, allowed.DecidedBy.Name, allowed.ExpiresAt.UTC(), allowed.Version, allowed.CanRead})
		rows, _, err := f.List(f.as("auditor"), reading.Filter{Evaluation: asked.ID, Action: "pay.read"})
		require.NoError(t, err)
		require.Len(t, rows, 1, "about Ada alone")
		require.Equal(t, "ADA", rows[0].Owner.Name)
		require.Equal(t, 1, f.count(audit.EvaluationRead), "the look itself is told")
		_, _, err = f.List(f.as("second auditor"), look)
		require.Equal(t, fault.NotFound, fault.KindOf(err), "who did not ask does not read")

		f.clock.Advance(24*time.Hour - time.Second)
		require.NotEmpty(t, f.list(look))
		f.clock.Advance(time.Second)
		_, _, err = f.List(f.as("auditor"), look)
		require.Equal(t, fault.Forbidden, fault.KindOf(err), "a day is over")
		list, _, err := f.Evaluations(f.as("auditor"), "", 0)
		require.NoError(t, err)
		require.Equal(t, []any{"over", false}, []any{list[0].State, list[0].CanRead})
	})
}

// Two auditors may decide for each other.
func TestASecondAuditorDecides(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	asked, err := f.Ask(f.as("auditor"), november(nil))
	require.NoError(t, err)
	list, _, err := f.Evaluations(f.as("second auditor"), "", 0)
	require.NoError(t, err)
	require.True(t, list[0].CanDecide)
	refused, err := f.Decide(f.as("second auditor"), asked.ID, asked.Version, false)
	require.NoError(t, err)
	require.Equal(t, "refused", refused.State)
	require.Nil(t, refused.ExpiresAt)
	_, _, err = f.List(f.as("auditor"), reading.Filter{Evaluation: asked.ID})
	require.Equal(t, fault.NotFound, fault.KindOf(err))
	_, err = f.Decide(f.as("hr"), asked.ID, asked.Version, true)
	require.Equal(t, fault.Stale, fault.KindOf(err), "it was read before the decision")
	_, err = f.Decide(f.as("hr"), asked.ID, refused.Version, true)
	require.Equal(t, fault.Conflict, fault.KindOf(err), "a refusal is not turned round")
	_, err = f.Decide(f.as("hr"), uuid.Must(uuid.NewV7()), 1, true)
	require.Equal(t, fault.NotFound, fault.KindOf(err))
}

// An evaluation shows only the days that were allowed, whatever the filter asks
// for.
func TestAnEvaluationStaysWithinItsDays(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	f.clock.Set(time.Date(2026, 10, 31, 23, 0, 0, 0, time.UTC))
	f.happened("hr", audit.Entry{Action: audit.PayRead, Resource: "pay", Owner: f.ids["ada"]})
	f.clock.Set(time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC))
	f.happened("hr", audit.Entry{Action: audit.PayRead, Resource: "pay", Owner: f.ids["ada"]})
	asked, err := f.Ask(f.as("auditor"), november(nil))
	require.NoError(t, err)
	_, err = f.Decide(f.as("hr"), asked.ID, asked.Version, true)
	require.NoError(t, err)
	require.Empty(t, f.list(reading.Filter{Evaluation: asked.ID, Action: "pay.read", From: "2026-01-01", To: "2026-12-31"}))
}

func TestWhatCannotBeEvaluated(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	for _, who := range []string{"ada", "hr", "admin"} {
		_, err := f.Ask(f.as(who), november(nil))
		require.Equal(t, fault.Forbidden, fault.KindOf(err), who)
	}
	nobody := uuid.Must(uuid.NewV7())
	for name, c := range map[string]struct {
		in     reading.Purpose
		fields []string
	}{
		"no words and no days": {reading.Purpose{Purpose: " ", From: "soon", To: "later"}, []string{"purpose", "from", "to"}},
		"backwards":            {reading.Purpose{Purpose: "x", From: "2026-11-02", To: "2026-11-01"}, []string{"to"}},
		"about nobody":         {november(&nobody), []string{"aboutId"}},
	} {
		_, err := f.Ask(f.as("auditor"), c.in)
		var wrong *fault.Error
		require.ErrorAs(t, err, &wrong, name)
		require.Equal(t, fault.Invalid, wrong.Kind, name)
		var fields []string
		for _, d := range wrong.Details {
			fields = append(fields, d.Field)
		}
		require.Equal(t, c.fields, fields, name)
	}
	require.Zero(t, f.count(audit.EvaluationAsked))
}

// addCase adds a person's case in a state, and an event about it.
func (f *fixture) addCase(who string, state promotioncase.State) uuid.UUID {
	f.t.Helper()
	var id uuid.UUID
	require.NoError(f.t, f.store.InTx(system, func(ctx context.Context, tx *db.Client) error {
		l, err := tx.Ladder.Create().SetSlug("l-" + who).SetName("L").Save(ctx)
		if err != nil {
			return err
		}
		v, err := tx.LadderVersion.Create().SetLadderID(l.ID).SetVersion("1.0.0").SetEffectiveFrom("2026-01-01").
			SetContentHash(strings.Repeat("0", 64)).SetDocument("x").SetPublishedAt(f.clock.Now()).Save(ctx)
		if err != nil {
			return err
		}
		row, err := tx.PromotionCase.Create().SetPersonID(f.ids[who]).SetOpenedByID(f.ids[who]).SetLadderVersionID(v.ID).
			SetFromLevel("IC4").SetFromTrack("IC").SetToLevel("IC5").SetToTrack("IC").SetOpenedAt(f.clock.Now()).SetState(state).Save(ctx)
		if err != nil {
			return err
		}
		id = row.ID
		return f.trail.Record(ctx, tx, audit.Entry{Action: audit.CaseMoved, Resource: "case", ID: id, Owner: f.ids[who]})
	}))
	return id
}

// While a vote is open nobody learns who has sealed a ballot. Nobody can follow
// the panel of their own case, or of a report's case, before the candidate is
// told.
func TestTheTrailIsBlindToOpenVotesAndOwnCases(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		for _, c := range []struct {
			who   string
			state promotioncase.State
			told  bool
		}{
			{"ada", promotioncase.StateBlindVote, false},
			{"bo", promotioncase.StateOnHold, false},
			{"hr", promotioncase.StateVoted, true},
			{"auditor", promotioncase.StateVoted, false}, // the reader's own
		} {
			id := f.addCase(c.who, c.state)
			rows, _, err := f.List(f.as("auditor"), reading.Filter{Action: "case.moved", Person: f.ids[c.who]})
			require.NoError(t, err)
			require.Equal(t, c.told, len(rows) == 1, c.who)
			write, err := f.Export(f.as("auditor"))
			require.NoError(t, err)
			var out bytes.Buffer
			require.NoError(t, write(&out))
			require.Equal(t, c.told, strings.Contains(out.String(), id.String()), c.who)
		}
	})
}

func TestAManagerWhoAuditsDoesNotFollowReports(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	f.addCase("ada", promotioncase.StateVoted)
	manager := actor.With(context.Background(), actor.Person{ID: f.ids["manager"], Roles: []string{"employee", "auditor"}})
	rows, _, err := f.List(manager, reading.Filter{Action: "case.moved"})
	require.NoError(t, err)
	require.Empty(t, rows)
	require.Equal(t, []string{"case.moved"}, f.list(reading.Filter{Action: "case.moved"}))
}

// Verifying seals first, so that nothing waits, and takes a kept checkpoint.
func TestVerifyingSealsWhatWaits(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		v, err := f.Verify(f.as("auditor"), "")
		require.NoError(t, err)
		require.Equal(t, []any{int64(1), 0, []string{}}, []any{v.Sealed, v.Waiting, v.Problems})
		kept := v.Head
		f.happened("ada", audit.Entry{Action: audit.EvidenceLogged, Resource: "evidence"})
		v, err = f.Verify(f.as("auditor"), kept)
		require.NoError(t, err)
		require.Equal(t, []any{int64(2), 0, []string{}}, []any{v.Sealed, v.Waiting, v.Problems})
		for _, text := range []string{strings.Replace(kept, "\n1\n", "\n2\n", 1), "no checkpoint"} {
			_, err = f.Verify(f.as("auditor"), text)
			var wrong *fault.Error
			require.ErrorAs(t, err, &wrong)
			require.Equal(t, []any{fault.Invalid, "checkpoint"}, []any{wrong.Kind, wrong.Details[0].Field})
		}
	})
}

func TestAnExportIsRecordedAndProvesItself(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	f.happened("hr", audit.Entry{Action: audit.PayRead, Resource: "pay", Owner: f.ids["ada"]})
	write, err := f.Export(f.as("auditor"))
	require.NoError(t, err)
	require.Equal(t, 1, f.count(audit.TrailExported))
	var out bytes.Buffer
	require.NoError(t, write(&out))
	require.NotContains(t, out.String(), "pay.read")
	v, err := audit.VerifyExport(&out, f.key)
	require.NoError(t, err)
	require.Equal(t, []any{int64(2), []string{}}, []any{v.Sealed, v.Problems})
}

// Everybody can read, in words, who opened their own record, and nobody else's.
func TestWhoOpenedMyRecord(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		ada := f.ids["ada"]
		f.happened("hr", audit.Entry{Action: audit.PayRead, Resource: "pay", Owner: ada})
		f.happened("manager", audit.Entry{Action: audit.AssessmentRead, Resource: "assessment", Owner: ada})
		f.happened("hr", audit.Entry{Action: audit.PayRead, Resource: "pay", Owner: f.ids["bo"]})
		gone := actor.With(context.Background(), actor.Person{ID: uuid.Must(uuid.NewV7()), Roles: []string{"employee"}})
		f.clock.Advance(time.Minute)
		require.NoError(t, s.InTx(gone, func(ctx context.Context, tx *db.Client) error {
			return f.trail.Record(ctx, tx, audit.Entry{Action: audit.PacketRead, Resource: "packet", Owner: ada})
		}))
		read := func(cursor string, limit int) (lines []string, next string) {
			rows, next, err := f.MyReaders(f.as("ada"), cursor, limit)
			require.NoError(t, err)
			for _, r := range rows {
				lines = append(lines, r.Who.Name+": "+r.What)
			}
			return lines, next
		}
		want := []string{"A person who has left: your packet", "MANAGER: your assessment", "HR: your pay"}
		all, next := read("", 0)
		require.Equal(t, want, all)
		require.Empty(t, next)
		first, next := read("", 2)
		rest, end := read(next, 2)
		require.Equal(t, want, append(first, rest...))
		require.Empty(t, end)
		mine, _, err := f.MyReaders(f.as("auditor"), "", 0)
		require.NoError(t, err)
		require.Empty(t, mine)
	})
}

// A person who views as somebody does not learn who else has viewed.
func TestAViewerDoesNotSeeTheReaders(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	viewer := actor.Person{ID: f.ids["hr"], Roles: []string{"employee", "hr"}, Scopes: []actor.Scope{{}}}
	ctx := actor.With(context.Background(), actor.Person{ID: f.ids["ada"], Roles: []string{"employee"}, Viewer: &viewer})
	_, _, err := f.MyReaders(ctx, "", 0)
	require.Equal(t, fault.NotFound, fault.KindOf(err))
}
