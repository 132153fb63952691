package record_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/ent/db"
	entassessment "github.com/rung-hr/rung/ent/db/assessment"
	"github.com/rung-hr/rung/ent/db/auditevent"
	"github.com/rung-hr/rung/ent/db/casewaiver"
	entevidence "github.com/rung-hr/rung/ent/db/evidence"
	"github.com/rung-hr/rung/ent/db/groupmember"
	"github.com/rung-hr/rung/ent/db/identity"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/db/promotioncase"
	"github.com/rung-hr/rung/ent/db/session"
	"github.com/rung-hr/rung/ent/db/technologyuse"
	"github.com/rung-hr/rung/ent/schema"
	"github.com/rung-hr/rung/internal/app"
	"github.com/rung-hr/rung/internal/dev/apptest"
	"github.com/rung-hr/rung/internal/domain/record"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/config"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
	"github.com/rung-hr/rung/internal/trust/audit"
)

func TestMain(m *testing.M) { storetest.Main(m) }

const retainDays = 365

// company has three people and HR of two countries.
type company struct {
	*app.App
	*record.Service
	t     *testing.T
	clock *clock.Fake
	ids   map[string]uuid.UUID
}

// each runs f on a small company, once on each database.
func each(t *testing.T, f func(t *testing.T, c company)) {
	t.Helper()
	for name, url := range map[string]func(testing.TB) string{"sqlite": storetest.SQLiteURL, "postgres": storetest.PostgresURL} {
		t.Run(name, func(t *testing.T) { f(t, newCompany(t, url(t), retainDays)) })
	}
}

// newCompany puts the program together but does not run it, because its schedule
// would forget leavers at times of its own.
func newCompany(t *testing.T, address string, retain int) company {
	t.Helper()
	at := clock.NewFake(apptest.Now)
	a, err := app.New(context.Background(), config.Config{DatabaseURL: address, AuditDir: t.TempDir(), RetainDays: retain}, app.Deps{Clock: at, Log: slog.New(slog.DiscardHandler), Dist: apptest.Dist})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, a.Close()) })
	return populate(t, a, at)
}

// newRunning is a company whose queue works, so that copies are made. Nobody is
// forgotten in it.
func newRunning(t *testing.T) company {
	t.Helper()
	r := apptest.Bare(t, storetest.SQLiteURL(t))
	return populate(t, r.App, r.Clock)
}

func populate(t *testing.T, a *app.App, at *clock.Fake) company {
	t.Helper()
	c := company{a, a.Services.Record, t, at, map[string]uuid.UUID{}}
	c.change(func(ctx context.Context, tx *db.Client) {
		for name, country := range map[string]string{"ada": "DE", "bo": "DE", "cy": "FR", "hr": "DE", "hr of FR": "FR"} {
			row, err := tx.Person.Create().SetName("Name of " + name).SetNameKey([]byte(name)).SetEmail(strings.ReplaceAll(name, " ", "-") + "@x.example").
				SetEmployeeNo("no-" + name).SetCountry(country).SetTitle("Engineer").SetLevel("IC4").SetUserName(name).SetExternalID("okta-" + name).Save(ctx)
			require.NoError(t, err)
			c.ids[name] = row.ID
		}
	})
	return c
}

func (c company) change(change func(ctx context.Context, tx *db.Client)) {
	c.t.Helper()
	require.NoError(c.t, c.Store.InTx(apptest.System, func(ctx context.Context, tx *db.Client) error {
		change(ctx, tx)
		return audit.New(c.clock).Record(ctx, tx, audit.Entry{Action: audit.PeopleImported, Resource: "people"})
	}))
}

// as acts as a person of the company; HR by name.
func (c company) as(name string) context.Context {
	p := actor.Person{ID: c.ids[name], Name: name, Roles: []string{"employee"}}
	switch name {
	case "hr":
		p.Roles, p.Scopes = append(p.Roles, "hr"), []actor.Scope{{}}
	case "hr of FR":
		p.Roles, p.Scopes = append(p.Roles, "hr"), []actor.Scope{{Countries: []string{"FR"}}}
	}
	return actor.With(context.Background(), p)
}

// with acts as Bo with a role in addition to employee.
func (c company) with(role string) context.Context {
	return actor.With(context.Background(), actor.Person{ID: c.ids["bo"], Roles: []string{"employee", role}, Scopes: nil})
}

func (c company) viewing(name string) context.Context {
	viewer := actor.Person{ID: c.ids["hr"], Roles: []string{"employee", "hr"}, Scopes: []actor.Scope{{}}}
	return actor.With(context.Background(), actor.Person{ID: c.ids[name], Roles: []string{"employee"}, Viewer: &viewer})
}

func (c company) records(action audit.Action) []*db.AuditEvent {
	c.t.Helper()
	rows, err := c.Store.Read().AuditEvent.Query().Where(auditevent.Action(string(action))).All(apptest.System)
	require.NoError(c.t, err)
	return rows
}

func (c company) row(name string) *db.Person {
	c.t.Helper()
	p, err := c.Store.Read().Person.Get(apptest.System, c.ids[name])
	require.NoError(c.t, err)
	return p
}

func wrong(text string) record.Wrong { return record.Wrong{About: "org_facts", Text: text} }

// A correction is a note of the person and an answer of HR. Both stay; nothing
// else is overwritten.
func TestACorrectionStandsBesideTheRecord(t *testing.T) {
	each(t, func(t *testing.T, c company) {
		before := c.row("ada")
		asked, err := c.Ask(c.as("ada"), wrong("  I work 80 %, not 100 %.  "))
		require.NoError(t, err)
		require.Equal(t, []any{"open", "org_facts", "I work 80 %, not 100 %.", "Name of ada", ""}, []any{asked.State, asked.About, asked.Text, asked.Person.Name, asked.Answer})
		require.Nil(t, asked.AnsweredBy)

		c.clock.Advance(time.Hour)
		answered, err := c.Answer(c.as("hr"), asked.ID, asked.Version, record.Answering{State: "kept", Answer: " The contract says 100 %. "})
		require.NoError(t, err)
		require.Equal(t, []any{"kept", "The contract says 100 %.", "Name of hr", asked.Text, asked.Version + 1}, []any{answered.State, answered.Answer, answered.AnsweredBy.Name, answered.Text, answered.Version})
		require.True(t, answered.AnsweredAt.Equal(c.clock.Now()))
		mine, err := c.Mine(c.as("ada"))
		require.NoError(t, err)
		require.Equal(t, []record.Correction{answered}, mine)
		require.Equal(t, before.Version, c.row("ada").Version)
		for _, action := range []audit.Action{audit.RectificationAsked, audit.RectificationClosed} {
			e := c.records(action)
			require.Len(t, e, 1, action)
			require.Equal(t, c.ids["ada"], *e[0].OwnerID)
			for _, fact := range e[0].Facts {
				require.NotContains(t, fact, "%", "the trail has no words of people")
			}
		}
	})
}

// HR partners answer in their scope, once, and never about themselves.
func TestWhoAnswersACorrection(t *testing.T) {
	each(t, func(t *testing.T, c company) {
		asked, err := c.Ask(c.as("ada"), wrong("Wrong."))
		require.NoError(t, err)
		answer := record.Answering{State: "corrected", Answer: "Corrected."}
		others := []context.Context{c.as("ada"), c.as("bo"), c.as("hr of FR"), c.viewing("ada")}
		for _, role := range []string{"comp", "approver", "owner", "admin", "auditor"} {
			others = append(others, c.with(role))
		}
		for _, ctx := range others {
			_, err = c.Answer(ctx, asked.ID, asked.Version, answer)
			require.Equal(t, fault.NotFound, fault.KindOf(err))
			list, _, err := c.Corrections(ctx, "", 0)
			require.NoError(t, err)
			require.Empty(t, list)
		}
		_, err = c.Answer(c.as("hr"), asked.ID, asked.Version+1, answer)
		require.Equal(t, fault.Stale, fault.KindOf(err))
		answered, err := c.Answer(c.as("hr"), asked.ID, asked.Version, answer)
		require.NoError(t, err)
		_, err = c.Answer(c.as("hr"), asked.ID, answered.Version, answer)
		require.Equal(t, fault.Conflict, fault.KindOf(err), "answered already")

		own, err := c.Ask(c.as("hr"), wrong("Mine."))
		require.NoError(t, err)
		_, err = c.Answer(c.as("hr"), own.ID, own.Version, answer)
		require.Equal(t, fault.NotFound, fault.KindOf(err))
		_, err = c.Answer(c.as("hr"), uuid.Must(uuid.NewV7()), 1, answer)
		require.Equal(t, fault.NotFound, fault.KindOf(err))
	})
}

func TestACorrectionHasWords(t *testing.T) {
	c := newCompany(t, storetest.SQLiteURL(t), 0)
	asked, err := c.Ask(c.as("ada"), wrong(strings.Repeat("ü", 4000)))
	require.NoError(t, err)
	for _, text := range []string{"", " \n\t ", strings.Repeat("x", 4001)} {
		_, err := c.Ask(c.as("ada"), wrong(text))
		var bad *fault.Error
		require.ErrorAs(t, err, &bad)
		require.Equal(t, []any{fault.Invalid, "text"}, []any{bad.Kind, bad.Details[0].Field})
		_, err = c.Answer(c.as("hr"), asked.ID, asked.Version, record.Answering{State: "kept", Answer: text})
		require.ErrorAs(t, err, &bad)
		require.Equal(t, []any{fault.Invalid, "answer"}, []any{bad.Kind, bad.Details[0].Field})
		_, err = c.Place(c.as("hr"), c.ids["ada"], text[:min(len(text), 1001)])
		require.ErrorAs(t, err, &bad)
		require.Equal(t, []any{fault.Invalid, "reason"}, []any{bad.Kind, bad.Details[0].Field})
	}
	require.Len(t, c.records(audit.RectificationAsked), 1)
}

// Only the person may ask about their own record: a viewer cannot ask in their
// name, and without a person there is nothing to ask about.
func TestOnlyThePersonAsks(t *testing.T) {
	c := newCompany(t, storetest.SQLiteURL(t), 0)
	for _, k := range []struct {
		ctx  context.Context
		want fault.Kind
	}{
		{context.Background(), fault.SignedOut}, {apptest.System, fault.SignedOut}, {c.viewing("ada"), fault.NotFound},
	} {
		_, err := c.Ask(k.ctx, wrong("Wrong."))
		require.Equal(t, k.want, fault.KindOf(err))
		_, err = c.Mine(k.ctx)
		require.Equal(t, k.want, fault.KindOf(err))
		_, err = c.Export(k.ctx)
		require.Equal(t, k.want, fault.KindOf(err))
	}
	require.Empty(t, c.records(audit.RecordExported))
}

func TestHRListTheCorrectionsOfTheirScope(t *testing.T) {
	each(t, func(t *testing.T, c company) {
		for i, name := range []string{"ada", "cy", "bo", "ada"} {
			_, err := c.Ask(c.as(name), wrong(fmt.Sprint(i)))
			require.NoError(t, err)
		}
		read := func(who string) (texts []string) {
			for cursor := ""; ; {
				page, next, err := c.Corrections(c.as(who), cursor, 3)
				require.NoError(t, err)
				for _, x := range page {
					texts = append(texts, x.Text)
				}
				if cursor = next; next == "" {
					return texts
				}
			}
		}
		require.Equal(t, []string{"3", "2", "1", "0"}, read("hr"), "newest first, each once")
		require.Equal(t, []string{"1"}, read("hr of FR"))
		_, _, err := c.Corrections(c.as("hr"), "nonsense", 3)
		require.Equal(t, fault.Invalid, fault.KindOf(err))
	})
}

// HR partners place and lift holds in their scope, but never on their own record.
func TestWhoHoldsARecord(t *testing.T) {
	each(t, func(t *testing.T, c company) {
		others := []context.Context{c.as("ada"), c.as("bo"), c.as("hr of FR"), c.viewing("ada"), c.with("admin"), c.with("auditor")}
		for _, ctx := range others {
			_, err := c.Place(ctx, c.ids["ada"], "A claim is open.")
			require.Equal(t, fault.NotFound, fault.KindOf(err))
			_, err = c.Holds(ctx, c.ids["ada"])
			require.Equal(t, fault.NotFound, fault.KindOf(err), "whether there is one is not told either")
		}
		_, err := c.Place(c.as("hr"), c.ids["hr"], "Mine.")
		require.Equal(t, fault.NotFound, fault.KindOf(err), "not on one's own record")

		holds, err := c.Place(c.as("hr"), c.ids["ada"], " A claim is open. ")
		require.NoError(t, err)
		require.Len(t, holds, 1)
		require.Equal(t, []any{"A claim is open.", "Name of hr"}, []any{holds[0].Reason, holds[0].PlacedBy.Name})
		require.Nil(t, holds[0].LiftedAt)
		for _, ctx := range others {
			require.Equal(t, fault.NotFound, fault.KindOf(c.Lift(ctx, holds[0].ID)))
		}
		require.NoError(t, c.Lift(c.as("hr"), holds[0].ID))
		require.Equal(t, fault.Conflict, fault.KindOf(c.Lift(c.as("hr"), holds[0].ID)))
		require.Equal(t, fault.NotFound, fault.KindOf(c.Lift(c.as("hr"), uuid.Must(uuid.NewV7()))))
		holds, err = c.Holds(c.as("hr"), c.ids["ada"])
		require.NoError(t, err)
		require.Equal(t, "Name of hr", holds[0].LiftedBy.Name, "a lifted hold stays on record")
		require.Equal(t, []int{1, 1}, []int{len(c.records(audit.HoldPlaced)), len(c.records(audit.HoldLifted))})
	})
}

// leave ends a person's employment.
func (c company) leave(name string, on clock.Date) {
	c.t.Helper()
	c.change(func(ctx context.Context, tx *db.Client) {
		require.NoError(c.t, tx.Person.UpdateOneID(c.ids[name]).SetStatus(person.StatusInactive).SetEndedOn(on).Exec(ctx))
	})
}

// furnish gives a person everything that people leave behind. One piece of
// evidence is attached to a rating, the other was never shown.
func (c company) furnish(name string) {
	c.t.Helper()
	t, id, now := c.t, c.ids[name], c.clock.Now()
	c.change(func(ctx context.Context, tx *db.Client) {
		require.NoError(t, tx.Person.UpdateOneID(id).SetRoles([]string{"hr"}).SetLoginRoles([]string{"hr"}).SetScopes([]schema.Scope{{}}).SetWorkingHours("08:00-16:00").Exec(ctx))
		require.NoError(t, tx.Session.Create().SetTokenHash([]byte(name)).SetPersonID(id).SetIssuer("i").SetSubject(name).SetAuthenticatedAt(now).SetCreatedAt(now).SetSeenAt(now).SetExpiresAt(now).Exec(ctx))
		require.NoError(t, tx.Identity.Create().SetIssuer("i").SetSubject(name).SetPersonID(id).SetCreatedAt(now).Exec(ctx))
		require.NoError(t, tx.TechnologyUse.Create().SetPersonID(id).SetName("COBOL").SetNameKey("cobol").SetDepth("tried").SetChangedAt(now).Exec(ctx))
		require.NoError(t, tx.CaseWaiver.Create().SetPersonID(id).SetRule(casewaiver.RuleCoolDown).SetReason("Was away").SetWaivedByID(id).SetWaivedAt(now).Exec(ctx))
		g, err := tx.Group.Create().SetName(name).SetNameKey(name).SetCreatedAt(now).SetUpdatedAt(now).Save(ctx)
		require.NoError(t, err)
		require.NoError(t, tx.GroupMember.Create().SetGroupID(g.ID).SetPersonID(id).Exec(ctx))
		shown, err := tx.Evidence.Create().SetPersonID(id).SetTitle("Shown").SetHappenedFrom("2024-01-01").SetCreatedAt(now).Save(ctx)
		require.NoError(t, err)
		require.NoError(t, tx.Evidence.Create().SetPersonID(id).SetTitle("Never shown").SetHappenedFrom("2024-01-01").SetCreatedAt(now).Exec(ctx))
		l, err := tx.Ladder.Create().SetSlug("l-" + name).SetName("L").Save(ctx)
		require.NoError(t, err)
		v, err := tx.LadderVersion.Create().SetLadderID(l.ID).SetVersion("1.0.0").SetEffectiveFrom("2024-01-01").
			SetContentHash(strings.Repeat("0", 64)).SetDocument("x").SetPublishedAt(now).Save(ctx)
		require.NoError(t, err)
		cycle, err := tx.Cycle.Create().SetName("C").SetLadderVersionID(v.ID).SetOpensOn("2024-01-01").SetClosesOn("2024-12-31").SetSelfDueAt(now).SetManagerDueAt(now).Save(ctx)
		require.NoError(t, err)
		a, err := tx.Assessment.Create().SetCycleID(cycle.ID).SetLadderVersionID(v.ID).SetSubjectID(id).SetAuthorID(id).
			SetKind(entassessment.KindSelf).SetBaseLevel("IC4").SetTargetLevel("IC5").SetCreatedAt(now).Save(ctx)
		require.NoError(t, err)
		item, err := tx.AssessmentItem.Create().SetAssessmentID(a.ID).SetCompetency("design").SetUpdatedAt(now).Save(ctx)
		require.NoError(t, err)
		require.NoError(t, tx.ItemEvidence.Create().SetItemID(item.ID).SetEvidenceID(shown.ID).Exec(ctx))
	})
}

// belongings counts what the program keeps about a person, other than their row.
func (c company) belongings(name string) (sessions, identities, technologies, waivers, memberships int, evidence []string) {
	c.t.Helper()
	client, id := c.Store.Read(), c.ids[name]
	count := func(n int, err error) int {
		c.t.Helper()
		require.NoError(c.t, err)
		return n
	}
	evidence, err := client.Evidence.Query().Where(entevidence.PersonID(id)).Order(db.Asc(entevidence.FieldID)).Select(entevidence.FieldTitle).Strings(apptest.System)
	require.NoError(c.t, err)
	return count(client.Session.Query().Where(session.PersonID(id)).Count(apptest.System)),
		count(client.Identity.Query().Where(identity.PersonID(id)).Count(apptest.System)),
		count(client.TechnologyUse.Query().Where(technologyuse.PersonID(id)).Count(apptest.System)),
		count(client.CaseWaiver.Query().Where(casewaiver.PersonID(id), casewaiver.ReasonNEQ("")).Count(apptest.System)),
		count(client.GroupMember.Query().Where(groupmember.PersonID(id)).Count(apptest.System)),
		evidence
}

// When a leaver's time is over, their name and everything that was never shown
// are removed. What decisions rest on stays, without the name.
func TestALeaverBecomesAnonymous(t *testing.T) {
	each(t, func(t *testing.T, c company) {
		c.furnish("ada")
		c.furnish("bo")
		c.leave("ada", "2025-01-31")
		require.NoError(t, c.Forget(apptest.System))
		p := c.row("ada")
		require.Equal(t, []any{"Former colleague " + p.ID.String()[28:], p.ID.String() + "@anonymised.invalid", "", "", ""}, []any{p.Name, p.Email, p.ExternalID, p.Title, p.WorkingHours})
		require.Equal(t, strings.ToLower(p.Name), string(p.NameKey))
		require.Nil(t, p.EmployeeNo)
		require.Nil(t, p.UserName)
		require.Empty(t, p.Roles)
		require.Empty(t, p.LoginRoles)
		require.Empty(t, p.Scopes)
		require.NotNil(t, p.AnonymisedAt)
		sessions, identities, technologies, waivers, memberships, evidence := c.belongings("ada")
		require.Equal(t, []int{0, 0, 0, 0, 0}, []int{sessions, identities, technologies, waivers, memberships})
		require.Equal(t, []string{"Shown"}, evidence)
		e := c.records(audit.PersonAnonymised)
		require.Len(t, e, 1)
		require.Equal(t, map[string]string{"evidence": "1"}, e[0].Facts)

		require.Equal(t, "Name of bo", c.row("bo").Name, "who is here is not touched")
		sessions, identities, technologies, waivers, memberships, evidence = c.belongings("bo")
		require.Equal(t, []int{1, 1, 1, 1, 1}, []int{sessions, identities, technologies, waivers, memberships})
		require.Equal(t, []string{"Shown", "Never shown"}, evidence)

		require.NoError(t, c.Forget(apptest.System))
		require.Equal(t, p.Version, c.row("ada").Version, "once is enough")
		require.Len(t, c.records(audit.PersonAnonymised), 1)
	})
}

func (c company) forgotten(name string) bool { return c.row(name).AnonymisedAt != nil }

// The time counts from the last day, and not one day less.
func TestALeaverIsKeptForTheirTime(t *testing.T) {
	each(t, func(t *testing.T, c company) {
		last := clock.DateOf(apptest.Now).AddDays(-retainDays)
		c.leave("ada", last)
		c.leave("bo", last.AddDays(1))
		require.NoError(t, c.Forget(apptest.System))
		require.Equal(t, []bool{true, false, false}, []bool{c.forgotten("ada"), c.forgotten("bo"), c.forgotten("cy")})
		c.clock.Advance(24 * time.Hour)
		require.NoError(t, c.Forget(apptest.System))
		require.True(t, c.forgotten("bo"))
	})
}

func TestWithoutATimeEverybodyIsKept(t *testing.T) {
	c := newCompany(t, storetest.SQLiteURL(t), 0)
	c.leave("ada", "1999-12-31")
	require.NoError(t, c.Forget(apptest.System))
	require.False(t, c.forgotten("ada"))
}

// A legal hold outweighs the time, and the last hold counts.
func TestAHeldRecordIsNotForgotten(t *testing.T) {
	each(t, func(t *testing.T, c company) {
		c.leave("ada", "2020-01-31")
		c.leave("bo", "2020-01-31")
		_, err := c.Place(c.as("hr"), c.ids["ada"], "A claim.")
		require.NoError(t, err)
		holds, err := c.Place(c.as("hr"), c.ids["ada"], "Another claim.")
		require.NoError(t, err)
		require.NoError(t, c.Forget(apptest.System))
		require.Equal(t, []bool{false, true}, []bool{c.forgotten("ada"), c.forgotten("bo")}, "a hold is on one person alone")
		require.NoError(t, c.Lift(c.as("hr"), holds[0].ID))
		require.NoError(t, c.Forget(apptest.System))
		require.False(t, c.forgotten("ada"), "one hold is still on")
		require.NoError(t, c.Lift(c.as("hr"), holds[1].ID))
		require.NoError(t, c.Forget(apptest.System))
		require.True(t, c.forgotten("ada"))
	})
}

// All leavers are forgotten, even more than one transaction takes.
func TestManyLeavers(t *testing.T) {
	each(t, func(t *testing.T, c company) {
		c.change(func(ctx context.Context, tx *db.Client) {
			var rows []*db.PersonCreate
			for i := range 101 {
				rows = append(rows, tx.Person.Create().SetName(fmt.Sprint(i)).SetNameKey([]byte(fmt.Sprint(i))).SetEmail(fmt.Sprintf("p%d@x.example", i)).
					SetStatus(person.StatusInactive).SetEndedOn("2020-01-31"))
			}
			require.NoError(t, tx.Person.CreateBulk(rows...).Exec(ctx))
		})
		require.NoError(t, c.Forget(apptest.System))
		n, err := c.Store.Read().Person.Query().Where(person.AnonymisedAtNotNil()).Count(apptest.System)
		require.NoError(t, err)
		require.Equal(t, 101, n)
	})
}

// chapter is a part of a copy.
type chapter struct {
	Title string
	Items []map[string]any
}

// copyOf asks for a copy of a person's record and opens it.
func copyOf(t *testing.T, a *app.App, id uuid.UUID) (chapters map[string]chapter, order []string, text, page string) {
	t.Helper()
	ctx := actor.With(context.Background(), actor.Person{ID: id, Roles: []string{"employee"}})
	job, err := a.Services.Record.Export(ctx)
	require.NoError(t, err)
	require.Eventually(t, func() bool {
		job, err = a.Services.Jobs.Get(ctx, job.ID)
		return err == nil && job.EndedAt != nil
	}, 30*time.Second, 10*time.Millisecond)
	require.Equal(t, "succeeded", job.State)
	_, in, err := a.Services.Jobs.Result(ctx, job.ID)
	require.NoError(t, err)
	defer func() { require.NoError(t, in.Close()) }()
	content, err := io.ReadAll(in)
	require.NoError(t, err)
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	require.NoError(t, err)
	files := map[string]string{}
	for _, f := range archive.File {
		opened, err := f.Open()
		require.NoError(t, err)
		body, err := io.ReadAll(opened)
		require.NoError(t, err)
		files[f.Name] = string(body)
	}
	require.Len(t, files, 2)
	var list []chapter
	require.NoError(t, json.Unmarshal([]byte(files["record.json"]), &list))
	chapters = map[string]chapter{}
	for _, c := range list {
		chapters[c.Title] = c
		order = append(order, c.Title)
	}
	return chapters, order, files["record.json"], files["record.html"]
}

// A copy holds what is kept about the person and what they may read, chapter by
// chapter, for programs and for people. It names nobody else.
func TestACopyHoldsOnesOwn(t *testing.T) {
	r := apptest.Start(t, storetest.SQLiteURL(t))
	client, me := r.App.Store.Read(), r.ID(t, "engineer")
	require.NoError(t, r.App.Store.InTx(actor.With(context.Background(), actor.Person{ID: r.ID(t, "manager")}), func(ctx context.Context, tx *db.Client) error {
		return audit.New(r.Clock).Record(ctx, tx, audit.Entry{Action: audit.PacketRead, Resource: "packet", Owner: me})
	}))
	chapters, order, text, page := copyOf(t, r.App, me)
	require.Equal(t, []string{
		"Who you are, and your history", "Designations", "Technologies that you work with", "Evidence", "Assessments", "Promotion cases",
		"Rules that were waived for you", "Pay", "Roles given in Rung", "Corrections you asked for", "Who opened your record",
	}, order)
	mine, err := client.Evidence.Query().Where(entevidence.PersonID(me)).Count(apptest.System)
	require.NoError(t, err)
	require.Len(t, chapters["Evidence"].Items, mine)
	pay, err := client.PayPoint.Query().Count(apptest.System)
	require.NoError(t, err)
	require.Less(t, len(chapters["Pay"].Items), pay)
	require.NotEmpty(t, chapters["Pay"].Items)
	require.Equal(t, "your packet", chapters["Who opened your record"].Items[0]["what"])
	require.Empty(t, chapters["Promotion cases"].Items)
	require.NotNil(t, chapters["Designations"].Items, "an empty chapter is there and says so")

	require.Contains(t, text, "Noor Adeyinka", "the own name stays")
	require.Contains(t, text, "Person 1")
	everybody, err := client.Person.Query().Where(person.IDNEQ(me)).All(apptest.System)
	require.NoError(t, err)
	for _, p := range everybody {
		for _, content := range []string{text, page} {
			require.NotContains(t, content, p.Name)
			require.NotContains(t, content, p.Email)
			require.NotContains(t, content, p.ID.String())
		}
	}
	for _, title := range order {
		require.Contains(t, page, "<h2>"+title+"</h2>")
	}
	require.NotContains(t, page, "<script", "people's words are text in the page")
	n, err := client.AuditEvent.Query().Where(auditevent.Action(string(audit.RecordExported)), auditevent.OwnerID(me)).Count(apptest.System)
	require.NoError(t, err)
	require.Equal(t, 1, n)
}

// A copy must not reveal what a candidate or a subject may not read yet.
func TestACopyTellsNoMoreThanTheScreens(t *testing.T) {
	r := apptest.Start(t, storetest.SQLiteURL(t))
	client := r.App.Store.Read()
	for _, state := range []promotioncase.State{promotioncase.StateBlindVote, promotioncase.StateOnHold, promotioncase.StateVoted, promotioncase.StateDecided} {
		row, err := client.PromotionCase.Query().Where(promotioncase.StateEQ(state)).Order(db.Asc(promotioncase.FieldOpenedAt)).First(apptest.System)
		require.NoError(t, err)
		chapters, _, _, _ := copyOf(t, r.App, row.PersonID)
		require.Len(t, chapters["Promotion cases"].Items, 1)
		it := chapters["Promotion cases"].Items[0]
		require.Equal(t, []any{"with_panel", false, false, nil}, []any{it["state"], it["tallyReady"], it["decisionReady"], it["voteClosesAt"]}, state)
		require.Equal(t, []any{"statement"}, it["maskedFields"], state)
		require.NotContains(t, it, "statement", state)
	}
	grace := r.ID(t, "grace")                    // the manager's side is a draft
	chapters, _, _, _ := copyOf(t, r.App, grace) //nolint:dogsled // only the chapters matter here
	readable, err := client.Assessment.Query().
		Where(entassessment.SubjectID(grace), entassessment.Or(entassessment.AuthorID(grace), entassessment.RevealedAtNotNil())).Count(apptest.System)
	require.NoError(t, err)
	all, err := client.Assessment.Query().Where(entassessment.SubjectID(grace)).Count(apptest.System)
	require.NoError(t, err)
	require.Less(t, readable, all)
	require.Len(t, chapters["Assessments"].Items, readable)
}

// What people write stays text, in whatever form it comes.
func TestTheWordsOfACopyAreText(t *testing.T) {
	c := newRunning(t)
	_, err := c.Ask(c.as("ada"), wrong(`<script>alert("1")</script> & more`))
	require.NoError(t, err)
	chapters, _, _, page := copyOf(t, c.App, c.ids["ada"])
	require.Equal(t, `<script>alert("1")</script> & more`, chapters["Corrections you asked for"].Items[0]["text"])
	require.NotContains(t, page, "<script")
	require.Contains(t, page, "&lt;script&gt;")
}

// The person who answered a correction is another person, and is numbered too.
func TestACopyNumbersWhoAnswered(t *testing.T) {
	c := newRunning(t)
	asked, err := c.Ask(c.as("ada"), wrong("Wrong."))
	require.NoError(t, err)
	_, err = c.Answer(c.as("hr"), asked.ID, asked.Version, record.Answering{State: "kept", Answer: "Name of hr has looked. Name of hr keeps it."})
	require.NoError(t, err)
	chapters, _, text, _ := copyOf(t, c.App, c.ids["ada"])
	require.Equal(t, "Person 1 has looked. Person 1 keeps it.", chapters["Corrections you asked for"].Items[0]["answer"], "in words too, and always by one number")
	require.NotContains(t, text, "Name of hr")
	require.Contains(t, text, "Name of ada")
}
