package explain_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/assessment"
	"github.com/rung-hr/rung/ent/db/auditevent"
	"github.com/rung-hr/rung/ent/db/panelseat"
	"github.com/rung-hr/rung/ent/db/promotioncase"
	"github.com/rung-hr/rung/ent/schema"
	"github.com/rung-hr/rung/internal/dev/basetest"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
	"github.com/rung-hr/rung/internal/trust/explain"
	"github.com/rung-hr/rung/internal/trust/process"
	"github.com/rung-hr/rung/internal/trust/roles"
)

func TestMain(m *testing.M) { storetest.Main(m) }

var system = actor.AsSystem(context.Background(), "test")

// fixture is a company in which Marta manages Ada. Ada has a piece of evidence,
// a draft of a self-assessment, and a case before a panel.
type fixture struct {
	*explain.Service
	t                        *testing.T
	store                    *store.Store
	access                   *access.Service
	roles                    *roles.Service
	ids                      map[string]uuid.UUID
	evidence, draft, theCase uuid.UUID
	setCase                  func(func(*db.PromotionCaseUpdateOne))
	setAssessment            func(func(*db.AssessmentUpdateOne))
}

func newFixture(t *testing.T, s *store.Store) *fixture {
	t.Helper()
	base, at := basetest.New(t, s)
	held := roles.New(base, nil)
	f := &fixture{Service: explain.New(base, held), t: t, store: s, access: base.Access, roles: held, ids: map[string]uuid.UUID{}}
	change := func(what func(ctx context.Context, tx *db.Client)) {
		t.Helper()
		require.NoError(t, s.InTx(system, func(ctx context.Context, tx *db.Client) error {
			what(ctx, tx)
			return base.Trail.Record(ctx, tx, audit.Entry{Action: audit.PeopleImported, Resource: "people"})
		}))
	}
	change(func(ctx context.Context, tx *db.Client) {
		f.addPeople(ctx, tx)
		f.addThings(ctx, tx, at.Now())
	})
	f.setCase = func(set func(*db.PromotionCaseUpdateOne)) {
		change(func(ctx context.Context, tx *db.Client) {
			update := tx.PromotionCase.UpdateOneID(f.theCase)
			set(update)
			require.NoError(t, update.Exec(ctx))
		})
	}
	f.setAssessment = func(set func(*db.AssessmentUpdateOne)) {
		change(func(ctx context.Context, tx *db.Client) {
			update := tx.Assessment.UpdateOneID(f.draft)
			set(update)
			require.NoError(t, update.Exec(ctx))
		})
	}
	return f
}

func (f *fixture) addPeople(ctx context.Context, tx *db.Client) {
	f.t.Helper()
	unit, err := tx.Unit.Create().SetName("Payments").SetNameKey("payments").Save(ctx)
	require.NoError(f.t, err)
	for _, p := range []struct {
		name  string
		roles []string
		scope []schema.Scope
	}{
		{"Marta", nil, nil}, {"Ada", nil, nil}, {"Lee", nil, nil},
		{"Ruth", nil, nil}, {"Aiko", nil, nil}, {"Tom", nil, nil}, // the panel; Ruth has the chair, Tom is recused
		{"Ines", []string{"hr"}, []schema.Scope{{}}},
		{"Franz", []string{"hr"}, []schema.Scope{{Countries: []string{"FR"}}}},
		{"Edith", []string{"auditor"}, nil},
		{"Viktor", []string{"comp"}, nil},
	} {
		create := tx.Person.Create().SetName(p.name).SetNameKey([]byte(strings.ToLower(p.name))).SetEmail(strings.ToLower(p.name) + "@x.example").
			SetCountry("DE").SetUnitID(unit.ID).SetRoles(append([]string{}, p.roles...)).SetScopes(p.scope)
		if p.name == "Ada" {
			create.SetManagerID(f.ids["Marta"])
		}
		row, err := create.Save(ctx)
		require.NoError(f.t, err)
		f.ids[p.name] = row.ID
	}
}

func (f *fixture) addThings(ctx context.Context, tx *db.Client, now time.Time) {
	f.t.Helper()
	ada := f.ids["Ada"]
	e, err := tx.Evidence.Create().SetPersonID(ada).SetTitle("E").SetHappenedFrom("2026-01-01").SetCreatedAt(now).Save(ctx)
	require.NoError(f.t, err)
	l, err := tx.Ladder.Create().SetSlug("l").SetName("L").Save(ctx)
	require.NoError(f.t, err)
	v, err := tx.LadderVersion.Create().SetLadderID(l.ID).SetVersion("1.0.0").SetEffectiveFrom("2026-01-01").
		SetContentHash(strings.Repeat("0", 64)).SetDocument("x").SetPublishedAt(now).Save(ctx)
	require.NoError(f.t, err)
	c, err := tx.Cycle.Create().SetName("C").SetLadderVersionID(v.ID).SetOpensOn("2026-01-01").SetClosesOn("2026-12-31").
		SetSelfDueAt(now).SetManagerDueAt(now).Save(ctx)
	require.NoError(f.t, err)
	a, err := tx.Assessment.Create().SetCycleID(c.ID).SetLadderVersionID(v.ID).SetSubjectID(ada).SetAuthorID(ada).
		SetKind(assessment.KindSelf).SetBaseLevel("IC4").SetTargetLevel("IC5").SetCreatedAt(now).Save(ctx)
	require.NoError(f.t, err)
	p, err := tx.PromotionCase.Create().SetPersonID(ada).SetOpenedByID(ada).SetLadderVersionID(v.ID).
		SetFromLevel("IC4").SetFromTrack("IC").SetToLevel("IC5").SetToTrack("IC").SetOpenedAt(now).SetState(promotioncase.StateBlindVote).
		SetHandedOverAt(now).SetSubmittedAt(now).SetVoteOpenedAt(now).Save(ctx)
	require.NoError(f.t, err)
	for name, state := range map[string]panelseat.State{"Ruth": panelseat.StateSeated, "Aiko": panelseat.StateSeated, "Tom": panelseat.StateRecused} {
		require.NoError(f.t, tx.PanelSeat.Create().SetCaseID(p.ID).SetPersonID(f.ids[name]).SetChair(name == "Ruth").SetState(state).SetSeatedAt(now).Exec(ctx))
	}
	f.evidence, f.draft, f.theCase = e.ID, a.ID, p.ID
}

// as acts as a person of the company, with the roles that they hold.
func (f *fixture) as(name string) context.Context {
	f.t.Helper()
	p, err := f.store.Read().Person.Get(system, f.ids[name])
	require.NoError(f.t, err)
	me, err := f.roles.ActorOf(system, p)
	require.NoError(f.t, err)
	return actor.With(context.Background(), me)
}

func (f *fixture) asks(who, about string, resource access.Resource, id uuid.UUID, action access.Action) (explain.Answer, error) {
	return f.May(f.as(who), explain.Question{Person: f.ids[about], Resource: resource, ID: id, Action: action})
}

func (f *fixture) questions() []*db.AuditEvent {
	f.t.Helper()
	rows, err := f.store.Read().AuditEvent.Query().Where(auditevent.Action(string(audit.Explained))).All(system)
	require.NoError(f.t, err)
	return rows
}

// The answer is that of the check itself, and it names the right.
func TestAnAnswerSaysWhetherAndWhy(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		for _, c := range []struct {
			about    string
			resource access.Resource
			id       uuid.UUID
			action   access.Action
			allowed  bool
			words    string
		}{
			{"Ada", access.Evidence, f.evidence, access.Read, true, "Yes. Ada: The owner."},
			{"Marta", access.Evidence, f.evidence, access.Read, false, "No. Marta has none of the relations that give this right."},
			{"Ada", access.Assessments, f.draft, access.Read, true, "Yes. Ada: The author."},
			{"Marta", access.Assessments, f.draft, access.Read, false, "Not now. The other side, after both are in: this is Marta, but it does not apply in the current state."},
			{"Marta", access.Packets, f.theCase, access.Read, true, "Yes. Marta: The candidate's current manager, once it has been handed over."},
			{"Aiko", access.Tallies, f.theCase, access.Read, false, "Not now. A panel member, after the close: this is Aiko, but it does not apply in the current state."},
			{"Tom", access.Ballots, f.theCase, access.Update, false, "No. Tom has none of the relations that give this right."},
			{"Lee", access.Pay, f.ids["Ada"], access.Import, false, "No. None of the roles of Lee includes this action."},
			{"Ines", access.Pay, f.ids["Ada"], access.Read, true, "Yes. Ines: HR role, in scope."},
			{"Ada", "correction", f.ids["Ada"], access.Read, true, "Yes. Ada: The person themselves."},
			{"Ines", "correction", f.ids["Ada"], access.Read, true, "Yes. Ines: HR role, in scope."},
			{"Marta", "correction", f.ids["Ada"], access.Read, false, "No. Marta has none of the relations that give this right."},
			{"Lee", access.Ladders, uuid.Nil, access.Read, true, "Yes. Lee: Everybody signed in."},
			{"Franz", access.Pay, f.ids["Ada"], access.Read, false, "No. Franz has none of the relations that give this right."},
		} {
			got, err := f.asks("Edith", c.about, c.resource, c.id, c.action)
			require.NoError(t, err)
			require.Equal(t, []any{c.allowed, c.words}, []any{got.Allowed, got.Words}, "%s %s %s", c.about, c.action, c.resource)
			require.Equal(t, []any{c.about, string(c.resource), string(c.action)}, []any{got.Person.Name, got.Resource, got.Action})
			gives := false
			for _, line := range got.Because {
				gives = gives || line.Stands && line.Active
			}
			require.Equal(t, c.allowed, gives, "the lines say the same")
		}
	})
}

// Everybody may ask about themselves. HR partners may ask about others in their
// scope, and auditors about everybody.
func TestWhoMayAskAboutWhom(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	for _, c := range []struct {
		who, about string
		want       fault.Kind
		ok         bool
	}{
		{"Ada", "Ada", 0, true},
		{"Ada", "Lee", fault.Forbidden, false},
		{"Marta", "Ada", fault.Forbidden, false},
		{"Viktor", "Ada", fault.Forbidden, false},
		{"Ines", "Ada", 0, true},
		{"Franz", "Ada", fault.Forbidden, false}, // out of scope
		{"Edith", "Ada", 0, true},
	} {
		_, err := f.asks(c.who, c.about, access.Pay, f.ids["Lee"], access.Read)
		if c.ok {
			require.NoError(t, err, "%s about %s", c.who, c.about)
		} else {
			require.Equal(t, c.want, fault.KindOf(err), "%s about %s", c.who, c.about)
		}
	}
	_, err := f.May(f.as("Edith"), explain.Question{Person: uuid.Must(uuid.NewV7()), Resource: access.Pay, ID: f.ids["Ada"], Action: access.Read})
	require.Equal(t, fault.NotFound, fault.KindOf(err))
	mine, err := f.May(f.as("Ada"), explain.Question{Resource: access.Pay, ID: f.ids["Ada"], Action: access.Read})
	require.NoError(t, err)
	require.Equal(t, "Ada", mine.Person.Name, "without a person it is about who asks")
}

// A person can see in the trail that somebody asked about them. A question about
// oneself concerns nobody else.
func TestAQuestionAboutSomebodyElseIsRecorded(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		_, err := f.asks("Ada", "Ada", access.Pay, f.ids["Ada"], access.Read)
		require.NoError(t, err)
		_, err = f.asks("Lee", "Ada", access.Pay, f.ids["Ada"], access.Read)
		require.Error(t, err)
		require.Empty(t, f.questions())
		_, err = f.asks("Ines", "Lee", access.Pay, f.ids["Ada"], access.Read)
		require.NoError(t, err)
		rows := f.questions()
		require.Len(t, rows, 1)
		require.Equal(t, []any{f.ids["Ines"], f.ids["Lee"], "pay", f.ids["Ada"], map[string]string{"action": "read"}},
			[]any{*rows[0].ActorID, *rows[0].OwnerID, rows[0].Resource, *rows[0].ResourceID, rows[0].Facts})
	})
}

// A question must not reveal what the asker may not read.
func TestAQuestionAboutAHiddenThingReadsLikeOneAboutNothing(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	for _, resource := range []access.Resource{access.Evidence, access.Assessments, access.Packets, access.Ballots, access.People} {
		id := map[access.Resource]uuid.UUID{access.Evidence: f.evidence, access.Assessments: f.draft}[resource]
		if id == uuid.Nil {
			id = f.theCase
		}
		_, hidden := f.asks("Lee", "Lee", resource, id, access.Read)
		_, missing := f.asks("Lee", "Lee", resource, uuid.Must(uuid.NewV7()), access.Read)
		require.Equal(t, fault.NotFound, fault.KindOf(missing), resource)
		require.Equal(t, missing, hidden, resource)
		_, hidden = f.Readers(f.as("Lee"), resource, id)
		require.Equal(t, missing, hidden, resource)
	}
}

func TestThereIsNothingToExplainAboutSomeThings(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	for _, resource := range []access.Resource{access.Tokens, access.Audit, "secret", ""} {
		_, err := f.asks("Edith", "Edith", resource, uuid.Must(uuid.NewV7()), access.Read)
		var wrong *fault.Error
		require.ErrorAs(t, err, &wrong, resource)
		require.Equal(t, []any{fault.Invalid, "resource"}, []any{wrong.Kind, wrong.Details[0].Field})
		_, err = f.Readers(f.as("Edith"), resource, uuid.Must(uuid.NewV7()))
		require.Equal(t, fault.Invalid, fault.KindOf(err), resource)
	}
}

func lines(list []process.Reader) []string {
	out := []string{}
	for _, l := range list {
		out = append(out, l.Who+": "+l.Why)
	}
	return out
}

func who(list []process.Reader) []string {
	out := []string{}
	for _, l := range list {
		out = append(out, l.Who)
	}
	return out
}

func (f *fixture) readers(name string, resource access.Resource, id uuid.UUID) process.Audience {
	f.t.Helper()
	p, err := f.Readers(f.as(name), resource, id)
	require.NoError(f.t, err)
	return p
}

// The panel of readers says who reads now, who is added next, and what has to
// happen first.
func TestWhoReadsNowAndNext(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		evidence := f.readers("Ada", access.Evidence, f.evidence)
		require.Equal(t, []string{"You: The owner"}, lines(evidence.Now))
		require.Equal(t, "Only you. Readers of the assessment or packet once you attach it and submit", evidence.Words)
		require.Equal(t, "only", evidence.Icon)

		draft := f.readers("Ada", access.Assessments, f.draft)
		require.Equal(t, []string{"You: The author"}, lines(draft.Now))
		require.Equal(t, []string{"Marta: The other side, after both are in"}, lines(draft.Next))
		require.Equal(t, "when both sides are in", draft.NextWhen)
		f.setAssessment(func(a *db.AssessmentUpdateOne) { a.SetRevealedAt(time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)) })
		draft = f.readers("Marta", access.Assessments, f.draft)
		require.Len(t, draft.Now, 2)
		require.Empty(t, draft.Next)

		profile := f.readers("Marta", access.Technology, f.ids["Ada"])
		require.Equal(t, []string{"Ada", "You"}, who(profile.Now))
		require.Equal(t, "The current manager", profile.Now[1].Why)

		pay := f.readers("Ada", access.Pay, f.ids["Ada"])
		require.Equal(t, []string{"compensation partners", "compensation approvers", "You", "Ines"}, who(pay.Now), "HR of another country does not read it")
	})
}

// What does not exist yet, and what is the same for everybody, is asked without
// an id. The words name groups, the lists people.
func TestWhoReadsTheReadersOwn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		log := f.readers("Ada", access.Evidence, uuid.Nil)
		require.Equal(t, []string{"You"}, who(log.Now))
		begun := f.readers("Ada", access.Assessments, uuid.Nil)
		require.Equal(t, "Only you. Marta when both sides are in", begun.Words)
		pay := f.readers("Ada", access.Pay, uuid.Nil)
		require.Equal(t, "You, compensation partners, compensation approvers and HR partners", pay.Words)
		require.Contains(t, who(pay.Now), "Ines")
		corrections := f.readers("Ada", "correction", uuid.Nil)
		require.Equal(t, "You and HR partners", corrections.Words)
		require.Equal(t, "Only you", f.readers("Ada", access.Records, uuid.Nil).Words)
		ladder := f.readers("Ada", access.Ladders, uuid.Nil)
		require.Equal(t, []string{"everyone", "Everybody in the company"}, []string{ladder.Icon, ladder.Words})
	})
}

// The next readers of a case follow its state.
func TestWhatBringsTheNextReadersOfACase(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	f.setCase(func(c *db.PromotionCaseUpdateOne) { c.ClearHandedOverAt().ClearSubmittedAt().ClearVoteOpenedAt() })
	packet := f.readers("Ada", access.Packets, f.theCase)
	require.Equal(t, []string{"You: The candidate"}, lines(packet.Now))
	require.Equal(t, "when Ada hands it over", packet.NextWhen)
	require.Equal(t, []string{"Marta: The candidate's current manager, once it has been handed over"}, lines(packet.Next))
	f.setCase(func(c *db.PromotionCaseUpdateOne) { c.SetHandedOverAt(at) })
	packet = f.readers("Ada", access.Packets, f.theCase)
	require.Len(t, packet.Now, 2)
	require.Equal(t, []string{"Ines: HR role, in scope, after submission"}, lines(packet.Next))
	require.Equal(t, "when it is submitted", packet.NextWhen)
	f.setCase(func(c *db.PromotionCaseUpdateOne) { c.SetSubmittedAt(at) })
	require.Equal(t, "when the vote opens", f.readers("Ada", access.Packets, f.theCase).NextWhen)
	f.setCase(func(c *db.PromotionCaseUpdateOne) { c.SetVoteOpenedAt(at) })
	require.Empty(t, f.readers("Ada", access.Packets, f.theCase).NextWhen, "no more readers are added to the packet")
	require.Equal(t, "when the vote closes", f.readers("Ines", access.Tallies, f.theCase).NextWhen)
}

// Only those who may read the seats learn who sits on a panel.
func TestThePanelIsNotNamedToTheCandidate(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s)
		for who, want := range map[string]string{
			"Ada": "The panel", "Marta": "The panel", // the candidate's side
			"Aiko": "The panel", // a seat does not read the seats
			"Ruth": "You, Aiko", "Ines": "Ruth, Aiko", "Edith": "Ruth, Aiko",
		} {
			var panel string
			for _, l := range f.readers(who, access.Packets, f.theCase).Now {
				if l.Why == "A panel member, once the vote has opened" {
					panel = l.Who
				}
			}
			names := strings.Split(panel, ", ")
			require.ElementsMatch(t, strings.Split(want, ", "), names, "%s reads %s; who is recused is not named", who, panel)
		}
	})
}

// An answer about a member of the panel would also name the panel.
func TestNobodyAsksTheirWayToThePanel(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	_, err := f.asks("Ines", "Aiko", access.Ballots, f.theCase, access.Read)
	require.NoError(t, err, "HR in scope reads the seats")
	require.NoError(t, f.store.InTx(system, func(ctx context.Context, tx *db.Client) error {
		if err := tx.Person.UpdateOneID(f.ids["Ada"]).SetManagerID(f.ids["Ines"]).Exec(ctx); err != nil {
			return err
		}
		return audit.New(clock.System{}).Record(ctx, tx, audit.Entry{Action: audit.PeopleImported, Resource: "people"})
	}))
	_, err = f.asks("Ines", "Aiko", access.Ballots, f.theCase, access.Read)
	require.Equal(t, fault.NotFound, fault.KindOf(err), "HR who manage the candidate are no HR of the case")
	require.Len(t, f.questions(), 1, "what was refused is not recorded as an answer")
}

// A person who views as somebody sees no more than both may.
func TestAViewerExplainsNothingThatIsTheirs(t *testing.T) {
	f := newFixture(t, storetest.SQLite(t))
	ines, _ := actor.From(f.as("Ines"))
	ada, _ := actor.From(f.as("Ada"))
	ada.Viewer = &ines
	ctx := actor.With(context.Background(), ada)
	_, err := f.Readers(ctx, access.Evidence, f.evidence)
	require.Equal(t, fault.NotFound, fault.KindOf(err))
	_, err = f.Readers(ctx, access.Assessments, f.draft)
	require.Equal(t, fault.NotFound, fault.KindOf(err))
	_, err = f.Readers(ctx, access.People, f.ids["Ada"])
	require.NoError(t, err)
}
