package evidence_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/rung-hr/rung/ent/db"
	entassessment "github.com/rung-hr/rung/ent/db/assessment"
	"github.com/rung-hr/rung/ent/db/auditevent"
	"github.com/rung-hr/rung/internal/dev/basetest"
	"github.com/rung-hr/rung/internal/domain/evidence"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
	"github.com/rung-hr/rung/internal/trust/audit"
)

func TestMain(m *testing.M) { storetest.Main(m) }

var system = actor.AsSystem(context.Background(), "test")

// fixture is a company in which Marta manages Ada.
type fixture struct {
	*evidence.Service
	t     *testing.T
	store *store.Store
	clock *clock.Fake
	trail *audit.Trail
	ids   map[string]uuid.UUID
}

func newFixture(t *testing.T, s *store.Store) *fixture {
	t.Helper()
	base, at := basetest.New(t, s)
	f := &fixture{evidence.New(base), t, s, at, base.Trail, map[string]uuid.UUID{}}
	f.change(func(ctx context.Context, tx *db.Client) {
		for _, name := range []string{"marta", "ada", "bo"} {
			create := tx.Person.Create().SetName(strings.ToUpper(name)).SetNameKey([]byte(name)).SetEmail(name + "@x.example")
			if name == "ada" {
				create.SetManagerID(f.ids["marta"])
			}
			row, err := create.Save(ctx)
			require.NoError(t, err)
			f.ids[name] = row.ID
		}
	})
	return f
}

func (f *fixture) change(change func(ctx context.Context, tx *db.Client)) {
	f.t.Helper()
	require.NoError(f.t, f.store.InTx(system, func(ctx context.Context, tx *db.Client) error {
		change(ctx, tx)
		return f.trail.Record(ctx, tx, audit.Entry{Action: audit.PeopleImported, Resource: "people"})
	}))
}

// as acts as a person with the roles in addition to employee.
func (f *fixture) as(name string, roles ...string) context.Context {
	return actor.With(context.Background(), actor.Person{ID: f.ids[name], Name: name, Roles: append([]string{"employee"}, roles...), Scopes: []actor.Scope{{}}})
}

func draft(title string, change ...func(*evidence.Draft)) evidence.Draft {
	d := evidence.Draft{Title: title, HappenedFrom: "2026-10-01"}
	for _, c := range change {
		c(&d)
	}
	return d
}

func (f *fixture) log(who, title string, change ...func(*evidence.Draft)) evidence.Piece {
	f.t.Helper()
	p, err := f.Log(f.as(who), draft(title, change...))
	require.NoError(f.t, err)
	return p
}

func (f *fixture) titles(ctx context.Context, filter evidence.Filter) []string {
	f.t.Helper()
	list, _, err := f.List(ctx, filter)
	require.NoError(f.t, err)
	out := []string{}
	for _, p := range list {
		out = append(out, p.Title)
	}
	return out
}

func (f *fixture) records(action audit.Action) []*db.AuditEvent {
	f.t.Helper()
	rows, err := f.store.Read().AuditEvent.Query().Where(auditevent.Action(string(action))).All(system)
	require.NoError(f.t, err)
	return rows
}

func on(from clock.Date) func(*evidence.Draft) {
	return func(d *evidence.Draft) { d.HappenedFrom = from }
}

func tagged(codes ...string) func(*evidence.Draft) {
	return func(d *evidence.Draft) { d.Competencies = codes }
}

// attach attaches a piece to a rating of its owner.
func (f *fixture) attach(id uuid.UUID) {
	f.t.Helper()
	f.change(func(ctx context.Context, tx *db.Client) {
		now := f.clock.Now()
		l, err := tx.Ladder.Create().SetSlug("l").SetName("L").Save(ctx)
		require.NoError(f.t, err)
		v, err := tx.LadderVersion.Create().SetLadderID(l.ID).SetVersion("1.0.0").SetEffectiveFrom("2026-01-01").
			SetContentHash(strings.Repeat("0", 64)).SetDocument("x").SetPublishedAt(now).Save(ctx)
		require.NoError(f.t, err)
		c, err := tx.Cycle.Create().SetName("C").SetLadderVersionID(v.ID).SetOpensOn("2026-01-01").SetClosesOn("2026-12-31").
			SetSelfDueAt(now).SetManagerDueAt(now).Save(ctx)
		require.NoError(f.t, err)
		a, err := tx.Assessment.Create().SetCycleID(c.ID).SetLadderVersionID(v.ID).SetSubjectID(f.ids["ada"]).SetAuthorID(f.ids["ada"]).
			SetKind(entassessment.KindSelf).SetBaseLevel("IC4").SetTargetLevel("IC5").SetCreatedAt(now).Save(ctx)
		require.NoError(f.t, err)
		for _, code := range []string{"design", "delivery"} {
			item, err := tx.AssessmentItem.Create().SetAssessmentID(a.ID).SetCompetency(code).SetUpdatedAt(now).Save(ctx)
			require.NoError(f.t, err)
			require.NoError(f.t, tx.ItemEvidence.Create().SetItemID(item.ID).SetEvidenceID(id).Exec(ctx))
		}
	})
}

func TestAPieceIsKeptAsItWasWritten(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		to := clock.Date("2026-10-31")
		d := draft("Queue back-pressure fix", tagged("design"))
		led := evidence.Role("led")
		d.Body, d.HappenedTo, d.Role = "Ünïcode, \"quotes\" and\nlines.", &to, &led
		piece, err := f.Log(f.as("ada"), d)
		require.NoError(t, err)
		require.Equal(t, []any{"Queue back-pressure fix", d.Body, clock.Date("2026-10-01"), to, []string{"design"}, 1, 0},
			[]any{piece.Title, piece.Body, piece.HappenedFrom, *piece.HappenedTo, piece.Competencies, piece.Version, piece.AttachedTo})
		require.Equal(t, led, *piece.Role)
		require.NotNil(t, piece.Links)
		list, _, err := f.List(f.as("ada"), evidence.Filter{})
		require.NoError(t, err)
		require.Equal(t, []evidence.Piece{piece}, list)
		e := f.records(audit.EvidenceLogged)
		require.Len(t, e, 1)
		require.Equal(t, []any{piece.ID, f.ids["ada"]}, []any{*e[0].ResourceID, *e[0].OwnerID})
		require.Empty(t, e[0].Facts, "the trail has no words of people")
	})
}

// A piece belongs only to its owner: no manager and no role reads, changes or
// deletes it, and for them it does not exist.
func TestAPieceIsPrivateToItsOwner(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		piece := f.log("ada", "Mine")
		others := []context.Context{f.as("marta"), f.as("bo", "hr", "comp", "approver", "owner", "admin", "auditor")}
		viewer := actor.Person{ID: f.ids["bo"], Roles: []string{"employee", "hr"}, Scopes: []actor.Scope{{}}}
		others = append(others, actor.With(context.Background(), actor.Person{ID: f.ids["ada"], Roles: []string{"employee"}, Viewer: &viewer}))
		for _, ctx := range others {
			require.Empty(t, f.titles(ctx, evidence.Filter{}))
			_, err := f.Change(ctx, piece.ID, piece.Version, draft("Stolen"))
			require.Equal(t, fault.NotFound, fault.KindOf(err))
			require.Equal(t, fault.NotFound, fault.KindOf(f.Delete(ctx, piece.ID)))
		}
		require.Equal(t, []string{"Mine"}, f.titles(f.as("ada"), evidence.Filter{}))
		require.Empty(t, f.records(audit.EvidenceChanged))
	})
}

func TestOnlyAPersonLogsEvidence(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	viewer := actor.Person{ID: f.ids["bo"], Roles: []string{"employee", "hr"}, Scopes: []actor.Scope{{}}}
	for _, ctx := range []context.Context{
		context.Background(), system,
		actor.With(context.Background(), actor.Person{ID: f.ids["ada"], Roles: []string{"employee"}, Viewer: &viewer}),
	} {
		_, err := f.Log(ctx, draft("T"))
		require.Equal(t, fault.Forbidden, fault.KindOf(err))
	}
	require.Empty(t, f.records(audit.EvidenceLogged))
}

func TestAChangeReplacesTheWhole(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		to := clock.Date("2026-10-31")
		piece := f.log("ada", "First", tagged("design"), func(d *evidence.Draft) { d.Body, d.HappenedTo = "Words", &to })
		changed, err := f.Change(f.as("ada"), piece.ID, piece.Version, draft("Second", on("2026-09-01")))
		require.NoError(t, err)
		require.Equal(t, []any{"Second", "", clock.Date("2026-09-01"), 0, 2}, []any{changed.Title, changed.Body, changed.HappenedFrom, len(changed.Competencies), changed.Version})
		require.Nil(t, changed.HappenedTo)
		require.Len(t, f.records(audit.EvidenceChanged), 1)
	})
}

// If two write at once, the second learns what the first wrote.
func TestAStaleWriteGetsTheCurrentState(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		piece := f.log("ada", "First")
		current, err := f.Change(f.as("ada"), piece.ID, piece.Version, draft("Second"))
		require.NoError(t, err)
		for _, version := range []int{piece.Version, current.Version + 1, 0} {
			_, err = f.Change(f.as("ada"), piece.ID, version, draft("Third"))
			var stale *fault.Error
			require.ErrorAs(t, err, &stale)
			require.Equal(t, fault.Stale, stale.Kind)
			require.Equal(t, current, stale.Current)
		}
		require.Equal(t, []string{"Second"}, f.titles(f.as("ada"), evidence.Filter{}))
		_, err = f.Change(f.as("ada"), uuid.Must(uuid.NewV7()), 1, draft("Third"))
		require.Equal(t, fault.NotFound, fault.KindOf(err))
	})
}

// Evidence that a rating rests on cannot be removed.
func TestAPieceThatHangsOnARatingStays(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		piece, loose := f.log("ada", "Shown"), f.log("ada", "Loose")
		f.attach(piece.ID)
		list, _, err := f.List(f.as("ada"), evidence.Filter{Text: "shown"})
		require.NoError(t, err)
		require.Equal(t, 2, list[0].AttachedTo)
		err = f.Delete(f.as("ada"), piece.ID)
		require.Equal(t, fault.Conflict, fault.KindOf(err))
		require.ErrorContains(t, err, "Detach it there first", "it says how to go on")
		require.NoError(t, f.Delete(f.as("ada"), loose.ID))
		require.Equal(t, []string{"Shown"}, f.titles(f.as("ada"), evidence.Filter{}))
		require.Len(t, f.records(audit.EvidenceDeleted), 1)
		require.Equal(t, fault.NotFound, fault.KindOf(f.Delete(f.as("ada"), loose.ID)))
	})
}

func TestWhatAPieceCannotBe(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	piece := f.log("ada", "Good")
	boss := evidence.Role("boss")
	before, never := clock.Date("2026-09-30"), clock.Date("2026-02-30")
	for name, c := range map[string]struct {
		change   func(*evidence.Draft)
		pointers []string
	}{
		"without a title":    {func(d *evidence.Draft) { d.Title = " \n" }, []string{"/title"}},
		"a long title":       {func(d *evidence.Draft) { d.Title = strings.Repeat("x", 201) }, []string{"/title"}},
		"a day that is none": {func(d *evidence.Draft) { d.HappenedFrom = never }, []string{"/happenedFrom"}},
		"an end that is no":  {func(d *evidence.Draft) { d.HappenedTo = &never }, []string{"/happenedTo"}},
		"an unknown part":    {func(d *evidence.Draft) { d.Role = &boss }, []string{"/role"}},
		"an end before":      {func(d *evidence.Draft) { d.HappenedTo = &before }, []string{"/happenedTo"}},
		"everything":         {func(d *evidence.Draft) { *d = evidence.Draft{HappenedTo: &never} }, []string{"/title", "/happenedFrom", "/happenedTo"}},
	} {
		for _, err := range []error{
			second(f.Log(f.as("ada"), draft("T", c.change))),
			second(f.Change(f.as("ada"), piece.ID, piece.Version, draft("T", c.change))),
		} {
			var wrong *fault.Error
			require.ErrorAs(t, err, &wrong, name)
			require.Equal(t, fault.Invalid, wrong.Kind, name)
			var pointers []string
			for _, d := range wrong.Details {
				require.NotEmpty(t, d.Fix, name)
				pointers = append(pointers, d.Pointer)
			}
			require.Equal(t, c.pointers, pointers, name)
		}
	}
	require.Equal(t, []string{"Good"}, f.titles(f.as("ada"), evidence.Filter{}))
}

func second[T any](_ T, err error) error { return err }

// link adds an address to a draft, in the form in which browsers send it.
func link(t require.TestingT, address string) func(*evidence.Draft) {
	return func(d *evidence.Draft) {
		text, err := json.Marshal(map[string]any{"links": []map[string]string{{"url": "https://x.example/1", "label": "good"}, {"url": address, "label": "Design"}}})
		require.NoError(t, err)
		require.NoError(t, json.Unmarshal(text, d))
	}
}

// Links are shown to managers and panels, so one must never run as a program in
// their browser.
func TestOnlyWebAddressesAreLinks(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	for _, bad := range []string{
		"", " ", "javascript:alert(1)", "JAVASCRIPT:alert(1)", "java\nscript:alert(1)", " javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd",
		"//x.example/1", "/cases/1", "x.example", "https:", "https://", "https:x.example", "ftp://x.example/1", "https://x.example\n", "https://[x",
	} {
		_, err := f.Log(f.as("ada"), draft("T", link(t, bad)))
		var wrong *fault.Error
		require.ErrorAs(t, err, &wrong, bad)
		require.Equal(t, []any{fault.Invalid, "/links"}, []any{wrong.Kind, wrong.Details[0].Pointer}, bad)
		require.Contains(t, wrong.Details[0].Message, bad, "it says which one")
	}
	for _, good := range []string{"https://x.example", "http://x.example:8080/a?b=c#d", "HTTPS://X.example/ü", "https://10.0.0.1/"} {
		piece := f.log("ada", "T", link(t, good))
		require.Len(t, piece.Links, 2)
		require.Equal(t, []string{good, "Design"}, []string{piece.Links[1].URL, piece.Links[1].Label}, "as it was written")
	}
}

// Whatever the text, a kept link starts with http:// or https://.
func TestEveryLinkThatIsKeptIsAWebAddress(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	address := rapid.OneOf(
		rapid.String(),
		rapid.StringMatching(`[a-zA-Z+.:/ \t-]{0,12}:(//)?[a-z.]{0,8}(/[a-z]{0,4})?`),
		rapid.StringMatching(`(https?|HTTPS|ftp|javascript|data):/{0,3}[a-z.@:]{0,8}`),
	)
	rapid.Check(t, func(rt *rapid.T) {
		text := address.Draw(rt, "address")
		piece, err := f.Log(f.as("ada"), draft("T", link(rt, text)))
		if err != nil {
			require.Equal(rt, fault.Invalid, fault.KindOf(err))
			return
		}
		kept := strings.ToLower(piece.Links[1].URL)
		require.True(rt, strings.HasPrefix(kept, "https://") || strings.HasPrefix(kept, "http://"), kept)
	})
}

// The list narrows to words in the title or the body. What people type is text,
// not a pattern.
func TestWordsOfEvidence(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		f.log("ada", "Queue back-pressure fix", on("2026-10-01"), tagged("design", "delivery"))
		f.log("ada", "Mentoring", on("2026-10-02"), tagged("system-design"), func(d *evidence.Draft) { d.Body = "About QUEUES and 100% of their load" })
		f.log("ada", "A talk", on("2026-10-03"))
		f.log("ada", "ÄRGER mit der Étoile", on("2026-10-04"))
		f.log("bo", "Queue of somebody else", tagged("design"))
		ada := f.as("ada")
		for _, c := range []struct {
			filter evidence.Filter
			want   []string
		}{
			{evidence.Filter{}, []string{"ÄRGER mit der Étoile", "A talk", "Mentoring", "Queue back-pressure fix"}},
			{evidence.Filter{Text: "queue"}, []string{"Mentoring", "Queue back-pressure fix"}},
			{evidence.Filter{Text: "PRESSURE"}, []string{"Queue back-pressure fix"}},
			{evidence.Filter{Text: "ärger MIT"}, []string{"ÄRGER mit der Étoile"}},
			{evidence.Filter{Text: "ÉTOILE"}, []string{"ÄRGER mit der Étoile"}},
			{evidence.Filter{Text: "100%"}, []string{"Mentoring"}},
			{evidence.Filter{Text: "%"}, []string{"Mentoring"}},
			{evidence.Filter{Text: "_"}, []string{}},
		} {
			require.Equal(t, c.want, f.titles(ada, c.filter), "%+v", c.filter)
		}
		_, _, err := f.List(ada, evidence.Filter{Cursor: "nonsense"})
		require.Equal(t, fault.Invalid, fault.KindOf(err))
	})
}

// A competency is matched as a whole: "design" is not "system-design".
func TestEvidenceOfACompetency(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		f.log("ada", "Queue", tagged("delivery", "design"))
		f.log("ada", "Mentoring", tagged("system-design"))
		f.log("ada", "A talk")
		f.log("bo", "Of somebody else", tagged("design"))
		for _, c := range []struct {
			filter evidence.Filter
			want   []string
		}{
			{evidence.Filter{Competency: "design"}, []string{"Queue"}},
			{evidence.Filter{Competency: "system-design"}, []string{"Mentoring"}},
			{evidence.Filter{Competency: "desig"}, []string{}},
			{evidence.Filter{Competency: "d%"}, []string{}},
			{evidence.Filter{Competency: `x" OR 1=1`}, []string{}},
			{evidence.Filter{Competency: "design", Text: "talk"}, []string{}},
		} {
			require.Equal(t, c.want, f.titles(f.as("ada"), c.filter), "%+v", c.filter)
		}
	})
}

// Pages go through everything once, the newest first, even when much happened on
// one day.
func TestPagesOfEvidence(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		for i := range 7 {
			f.log("ada", fmt.Sprint(i), on([]clock.Date{"2026-10-01", "2026-10-02"}[i%2]))
		}
		var seen []string
		for cursor := ""; ; {
			page, next, err := f.List(f.as("ada"), evidence.Filter{Cursor: cursor, Limit: 2})
			require.NoError(t, err)
			require.NotEmpty(t, page)
			for _, p := range page {
				seen = append(seen, p.Title)
			}
			if cursor = next; next == "" {
				break
			}
		}
		require.Equal(t, []string{"5", "3", "1", "6", "4", "2", "0"}, seen)
	})
}
