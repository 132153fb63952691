package home_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/ent/db"
	entassessment "github.com/rung-hr/rung/ent/db/assessment"
	"github.com/rung-hr/rung/ent/db/assessmentitem"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/internal/dev/apptest"
	"github.com/rung-hr/rung/internal/dev/demo"
	"github.com/rung-hr/rung/internal/domain/evidence"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
	"github.com/rung-hr/rung/internal/trust/audit"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// The screens are read the way browsers get them, as JSON.
type (
	task struct {
		Kind, Title, Detail, Action, Href string
		DueAt                             *time.Time
		Late                              bool
		Progress                          *struct{ Done, Total int }
	}
	overview struct {
		Tasks, Waiting []task
		Level          struct {
			Code, Title, ManagerName string
			Next                     []struct{ Code string }
		}
		Against *struct {
			State string
			Rows  []struct {
				Rating   *int
				Evidence int
			}
		}
		Evidence []struct{ Title, HappenedFrom string }
		Readers  []struct {
			Who, What string
			At        time.Time
		}
	}
	side struct {
		State        string
		Done, Total  int
		Late         bool
		AssessmentID *uuid.UUID
	}
	teamRow struct {
		Person       struct{ Name string }
		Self, Review side
		Case         *struct{ Words, Turn string }
		ComparisonID *uuid.UUID
		Next         struct{ Kind, Action, Href string }
		YourTurn     bool
	}
	team struct {
		Cycle *struct{ Name string }
		Bar   *struct {
			Words string
			Turn  struct {
				You   bool
				Words string
			}
		}
		Rows      []teamRow
		Readiness []struct {
			Person  struct{ Name string }
			Ratings map[string]int
		}
	}
	self struct {
		Person    struct{ Name, ManagerName string }
		Company   string
		Roles     []string
		IsManager bool
		Can       []string
		Badges    struct {
			Assessment             *struct{ Done, Total int }
			Promotion, Team, Panel int
		}
		Viewer string
	}
)

// into turns what a use case returned into what a browser reads.
func into[T any](t *testing.T, v any, err error) T {
	t.Helper()
	require.NoError(t, err)
	text, err := json.Marshal(v)
	require.NoError(t, err)
	var out T
	require.NoError(t, json.Unmarshal(text, &out))
	return out
}

// company is the demo company on a clock that stands still.
type company struct {
	*apptest.Rung
	t *testing.T
}

func newCompany(t *testing.T) company {
	t.Helper()
	return company{apptest.Start(t, storetest.SQLiteURL(t)), t}
}

func (c company) person(key string) actor.Person {
	c.t.Helper()
	p := actor.Person{ID: c.ID(c.t, key), Name: key, Roles: []string{"employee"}, Scopes: []actor.Scope{{}}}
	if slices.Contains([]string{"hr", "comp", "approver", "owner", "admin", "auditor"}, key) {
		p.Roles = append(p.Roles, key)
	}
	return p
}

func (c company) as(key string) context.Context {
	return actor.With(context.Background(), c.person(key))
}

// viewing is an HR partner who views as somebody else.
func (c company) viewing(key string) context.Context {
	c.t.Helper()
	viewer, p := c.person("hr"), c.person(key)
	p.Viewer = &viewer
	return actor.With(context.Background(), p)
}

func (c company) overview(ctx context.Context) overview {
	c.t.Helper()
	v, err := c.App.Services.Home.Overview(ctx)
	return into[overview](c.t, v, err)
}

func (c company) team(ctx context.Context) team {
	c.t.Helper()
	v, err := c.App.Services.Home.Team(ctx)
	return into[team](c.t, v, err)
}

func (c company) me(ctx context.Context) self {
	c.t.Helper()
	v, err := c.App.Services.Home.Me(ctx)
	return into[self](c.t, v, err)
}

func titles(list []task, kinds ...string) []string {
	out := []string{}
	for _, t := range list {
		if len(kinds) == 0 || slices.Contains(kinds, t.Kind) {
			out = append(out, t.Title)
		}
	}
	return out
}

func TestNobodyIsSignedInNowhere(t *testing.T) {
	r := apptest.Bare(t, storetest.SQLiteURL(t))
	_, err := r.App.Services.Home.Me(context.Background())
	require.Equal(t, fault.SignedOut, fault.KindOf(err))
	_, err = r.App.Services.Home.Overview(context.Background())
	require.Equal(t, fault.SignedOut, fault.KindOf(err))
	stranger := actor.With(context.Background(), actor.Person{ID: uuid.Must(uuid.NewV7()), Roles: []string{"employee"}})
	_, err = r.App.Services.Home.Me(stranger)
	require.Equal(t, fault.NotFound, fault.KindOf(err), "who is not in the company has no first screen")
}

// The first screen lists only what is waiting for its reader, the first due
// first, and says what is late.
func TestTasksComeTheFirstDueFirst(t *testing.T) {
	c := newCompany(t)
	for key, want := range map[string][]string{
		"engineer":  {"Self-assessment against IC5 Lead / Staff"},
		"manager":   {"Emre Balci, IC4 to IC5", "Self-assessment, Autumn 2026", "Assess Grace Umeh", "Assess Noor Adeyinka", "Assess Piotr Halas", "Assess Tove Wikstrand"},
		"panelist1": {"Ballot on Wim Yilmaz, IC4 to IC5", "Ballot on Vera Abara, IC4 to IC5", "Self-assessment, Autumn 2026"},
		"chair":     {"Juno Brandao, IC4 to IC5", "Ballot on Wim Yilmaz, IC4 to IC5", "Self-assessment, Autumn 2026"},
		"hr":        {}, // no level, so no assessment
		"admin":     {},
	} {
		require.Equal(t, want, titles(c.overview(c.as(key)).Tasks), key)
	}
	before := c.overview(c.as("manager")).Tasks
	for i, task := range before {
		require.NotNil(t, task.DueAt)
		require.False(t, task.Late, "nothing is late yet")
		require.NotEmpty(t, task.Action)
		require.True(t, strings.HasPrefix(task.Href, "/"), task.Href)
		require.True(t, i == 0 || !task.DueAt.Before(*before[i-1].DueAt), "%s after %s", task.Title, before[max(i-1, 0)].Title)
	}
	c.Clock.Set(before[1].DueAt.Add(time.Second))
	for _, task := range c.overview(c.as("manager")).Tasks {
		require.Equal(t, task.DueAt.Before(c.Clock.Now()), task.Late, task.Title)
	}
}

// A self-assessment goes through the screen: to start, to continue, to wait for,
// to talk about.
func TestOnesOwnAssessmentOnTheFirstScreen(t *testing.T) {
	c := newCompany(t)
	lead := c.overview(c.as("lead"))
	require.Equal(t, "Start", lead.Tasks[0].Action)
	require.Nil(t, lead.Against)

	engineer := c.overview(c.as("engineer"))
	require.Equal(t, "Continue", engineer.Tasks[0].Action)
	require.Equal(t, struct{ Done, Total int }{7, 9}, *engineer.Tasks[0].Progress)
	require.Equal(t, "draft", engineer.Against.State)
	require.Len(t, engineer.Against.Rows, 9)
	rated := 0
	for _, row := range engineer.Against.Rows {
		if row.Rating != nil {
			rated++
		}
	}
	require.Equal(t, 7, rated, "the glance tells what the task counts")

	piotr := c.overview(c.as("piotr")) // has submitted, and Marta has not begun
	require.Empty(t, titles(piotr.Tasks, "assessment"))
	require.Equal(t, []string{"Assessment by Marta Okonjo"}, titles(piotr.Waiting))
	lena := c.overview(c.as("lena")) // both are in
	require.Empty(t, titles(lena.Tasks, "assessment"))
	require.Empty(t, titles(lena.Waiting, "assessment"))
}

// Between two rounds nobody is asked to assess, and the team is still shown.
func TestBetweenTwoRounds(t *testing.T) {
	c := newCompany(t)
	c.Clock.Set(time.Date(2027, 4, 1, 9, 0, 0, 0, time.UTC))
	require.Empty(t, titles(c.overview(c.as("lead")).Tasks, "assessment"))
	require.Empty(t, titles(c.overview(c.as("manager")).Tasks, "assessment", "review"))
	marta := c.team(c.as("manager"))
	require.Nil(t, marta.Cycle)
	require.Nil(t, marta.Bar)
	require.Len(t, marta.Rows, 6)
	for _, row := range marta.Rows {
		require.Equal(t, []string{"none", "none"}, []string{row.Self.State, row.Review.State}, row.Person.Name)
		require.Equal(t, row.Case != nil && row.Case.Turn == "You", row.YourTurn, row.Person.Name)
	}
}

func TestWhereOneStands(t *testing.T) {
	c := newCompany(t)
	o := c.overview(c.as("engineer"))
	require.Equal(t, []string{"IC4", "Senior", "Marta Okonjo"}, []string{o.Level.Code, o.Level.Title, o.Level.ManagerName})
	require.Equal(t, "IC5", o.Level.Next[0].Code)
	require.Len(t, o.Evidence, 3, "the newest three")
	all, _, err := c.App.Services.Evidence.List(c.as("engineer"), evidence.Filter{})
	newest := into[[]struct{ Title, HappenedFrom string }](t, all, err)
	require.Greater(t, len(newest), 3)
	for i := range 3 {
		require.Equal(t, newest[i].Title, o.Evidence[i].Title)
	}
}

// The screen names the last five who opened the reader's record.
func TestWhoOpenedMyRecordLast(t *testing.T) {
	c := newCompany(t)
	owner := c.ID(t, "engineer")
	before := len(c.overview(c.as("engineer")).Readers)
	require.Zero(t, before)
	for i, key := range []string{"lead", "hr", "chair", "manager", "hr", "comp", "engineer"} {
		c.Clock.Set(apptest.Now.Add(time.Duration(i+1) * time.Minute))
		require.NoError(t, c.App.Store.InTx(c.as(key), func(ctx context.Context, tx *db.Client) error {
			return audit.New(c.Clock).Record(ctx, tx, audit.Entry{Action: audit.PacketRead, Resource: "packet", Owner: owner})
		}))
	}
	var who []string
	for _, r := range c.overview(c.as("engineer")).Readers {
		require.Equal(t, "your packet", r.What)
		who = append(who, r.Who)
	}
	require.Equal(t, []string{"Viktor Stahl", "Ines Caldera", "Marta Okonjo", "Ruth Oyelaran", "Ines Caldera"}, who, "the newest first, without oneself")
	require.Empty(t, c.overview(c.as("lead")).Readers)
}

// Tasks reveal what a person works on. A viewer sees the person's level and none
// of the tasks.
func TestAViewerDoesNotSeeWhatWaits(t *testing.T) {
	c := newCompany(t)
	for _, key := range []string{"engineer", "manager", "panelist1", "chair"} {
		own, seen := c.overview(c.as(key)), c.overview(c.viewing(key))
		require.NotEmpty(t, own.Tasks, key)
		require.Empty(t, seen.Tasks, key)
		require.Empty(t, seen.Waiting, key)
		require.Empty(t, seen.Evidence, key)
		require.Empty(t, seen.Readers, key)
		require.Nil(t, seen.Against, key)
		require.Equal(t, own.Level, seen.Level, key)
		me := c.me(c.viewing(key))
		require.Equal(t, "hr", me.Viewer)
		require.Nil(t, me.Badges.Assessment, key)
		require.Zero(t, me.Badges.Team, key)
		require.Empty(t, c.team(c.viewing(key)).Rows, "HR lead nobody of the team")
	}
	require.Empty(t, c.me(c.as("engineer")).Viewer)
}

// The numbers in the navigation are the numbers of tasks.
func TestBadgesCountTheTasks(t *testing.T) {
	c := newCompany(t)
	require.Equal(t, struct{ Done, Total int }{7, 9}, *c.me(c.as("engineer")).Badges.Assessment)
	require.Nil(t, c.me(c.as("lead")).Badges.Assessment, "nothing to count before it is begun")
	for _, key := range []string{"panelist1", "panelist2", "panelist3", "panelist4", "panelist5", "engineer"} {
		require.Len(t, titles(c.overview(c.as(key)).Tasks, "ballot"), c.me(c.as(key)).Badges.Panel, key)
	}
	me := c.me(c.as("manager"))
	require.Len(t, titles(c.overview(c.as("manager")).Tasks, "review", "case"), me.Badges.Team)
	require.Equal(t, 5, me.Badges.Team)

	ids, err := c.App.Store.Read().PromotionCase.Query().WithPerson().All(apptest.System)
	require.NoError(t, err)
	waiting := map[string]int{"draft": 1, "changes_requested": 1}
	for _, row := range ids {
		candidate := actor.With(context.Background(), actor.Person{ID: row.PersonID, Roles: []string{"employee"}})
		require.Equal(t, waiting[string(row.State)], c.me(candidate).Badges.Promotion, "%s: a case counts while it waits for the candidate", row.State)
	}
}

// A candidate learns about the panel only that it has the case.
func TestACandidateWaitsWithoutNews(t *testing.T) {
	c := newCompany(t)
	rows, err := c.App.Store.Read().PromotionCase.Query().WithPerson().All(apptest.System)
	require.NoError(t, err)
	words := map[string]string{}
	for _, row := range rows {
		candidate := actor.With(context.Background(), actor.Person{ID: row.PersonID, Roles: []string{"employee"}})
		for _, task := range c.overview(candidate).Waiting {
			if task.Kind != "case" && task.Kind != "decision" {
				continue
			}
			require.True(t, strings.HasPrefix(task.Title, "Your case, "), task.Title)
			require.True(t, row.State != "blind_vote" || task.DueAt == nil, "the last day of the vote is the panel's")
			words[string(row.State)] = task.Detail
		}
	}
	for _, hidden := range []string{"blind_vote", "on_hold", "voted", "decided"} {
		require.True(t, strings.HasPrefix(words[hidden], "With the panel. "), "%s: what the panel did is not told before the candidate is told", hidden)
	}
	for _, hidden := range []string{"on_hold", "voted", "decided"} {
		require.Equal(t, words["blind_vote"], words[hidden], "who is next would tell how the vote went")
	}
	require.Equal(t, "You are told", words["communicated"])
	require.NotContains(t, words, "effective", "what is over waits for nobody")
	require.NotContains(t, words, "withdrawn")
}

// These are the parts of the program that a person can open; the navigation is
// built from them and never from role names.
func TestWhatIsOpenToWhom(t *testing.T) {
	c := newCompany(t)
	everybody := []string{"evidence", "ladders", "people", "sessions", "cases.own"}
	for key, more := range map[string][]string{
		"engineer":  {},
		"manager":   {"team", "cases.manage"},
		"panelist1": {"panel"},
		"hr": {
			"cases.all", "bands", "bands.import", "people.import", "settings", "pay.import", "audit", "roles", "people.view_as", "corrections", "holds", "explain.others",
		},
		"comp":     {"bands", "bands.import", "pay.import"},
		"approver": {"bands"},
		"owner":    {"ladders.edit"},
		"admin":    {"roles", "tokens", "sessions.all"},
		"auditor":  {"audit", "roles", "explain.others"},
	} {
		require.ElementsMatch(t, append(slices.Clone(everybody), more...), c.me(c.as(key)).Can, key)
	}
	require.Equal(t, demo.Company, c.me(c.as("engineer")).Company)
	require.Equal(t, []bool{true, false}, []bool{c.me(c.as("manager")).IsManager, c.me(c.as("engineer")).IsManager})
}

// The team's screen shows how far both sides are, by name.
func TestTheTeamTellsHowFarItIs(t *testing.T) {
	c := newCompany(t)
	marta := c.team(c.as("manager"))
	type line struct {
		name, self, review, next string
		turn                     bool
	}
	var have []line
	for _, r := range marta.Rows {
		have = append(have, line{r.Person.Name, r.Self.State, r.Review.State, r.Next.Kind, r.YourTurn})
	}
	require.Equal(t, []line{
		{"Emre Balci", "submitted", "submitted", "case", true},
		{"Grace Umeh", "submitted", "draft", "continue", true},
		{"Lena Dorsch", "submitted", "submitted", "compare", false},
		{"Noor Adeyinka", "draft", "none", "assess", true},
		{"Piotr Halas", "submitted", "none", "assess", true},
		{"Tove Wikstrand", "none", "none", "assess", true},
	}, have)
	require.Equal(t, "You, 4 assessments", marta.Bar.Turn.Words)
	require.Empty(t, c.team(c.as("engineer")).Rows, "who manages nobody has no team")
	c.Clock.Set(time.Date(2026, 12, 5, 9, 0, 0, 0, time.UTC))
	for _, r := range c.team(c.as("manager")).Rows {
		require.Equal(t, r.Self.State != "submitted", r.Self.Late, r.Person.Name)
		require.False(t, r.Review.Late, "the manager has a week more")
	}
}

// Before both sides are in, a manager learns how many competencies a person has
// rated, but not how, even if the other side is submitted.
func TestTheTeamTellsNoRatingsBeforeBothAreIn(t *testing.T) {
	c := newCompany(t)
	client := c.App.Store.Read()
	marta := c.team(c.as("manager"))
	ratings := map[string]map[string]int{}
	for _, r := range marta.Readiness {
		ratings[r.Person.Name] = r.Ratings
	}
	for _, row := range marta.Rows {
		both := row.Self.State == "submitted" && row.Review.State == "submitted"
		require.Equal(t, both, row.Self.AssessmentID != nil, "%s: the way to the other side opens with the reveal", row.Person.Name)
		require.Equal(t, both, row.ComparisonID != nil, row.Person.Name)
		require.Equal(t, row.Review.State != "none", ratings[row.Person.Name] != nil, "%s: readiness is of one's own ratings", row.Person.Name)
		if ratings[row.Person.Name] == nil {
			continue
		}
		items, err := client.AssessmentItem.Query().Where(assessmentitem.AssessmentID(*row.Review.AssessmentID), assessmentitem.RatingNotNil()).All(apptest.System)
		require.NoError(t, err)
		own := map[string]int{}
		for _, i := range items {
			own[i.Competency] = *i.Rating
		}
		require.Equal(t, own, ratings[row.Person.Name], row.Person.Name)
	}
	// Whatever Grace has written: the manager's screen is the same.
	grace, err := client.Assessment.Query().Where(entassessment.HasSubjectWith(person.Email("grace@"+demo.Domain)), entassessment.KindEQ(entassessment.KindSelf), entassessment.RevealedAtIsNil()).OnlyID(apptest.System)
	require.NoError(t, err)
	require.NoError(t, c.App.Store.InTx(apptest.System, func(ctx context.Context, tx *db.Client) error {
		if err := tx.AssessmentItem.Update().Where(assessmentitem.AssessmentID(grace)).SetRating(0).SetReason("Changed").Exec(ctx); err != nil {
			return err
		}
		return audit.New(c.Clock).Record(ctx, tx, audit.Entry{Action: audit.AssessmentPlaced, Resource: "assessment", ID: grace})
	}))
	require.Equal(t, marta, c.team(c.as("manager")))
}

// What a previous manager wrote and nobody has read stays theirs: the new manager
// learns that it is in, but not its ratings.
func TestANewManagerReadsNoRatingsOfTheOldOne(t *testing.T) {
	c := newCompany(t)
	grace := c.ID(t, "grace")
	require.NoError(t, c.App.Store.InTx(apptest.System, func(ctx context.Context, tx *db.Client) error {
		draft := entassessment.And(entassessment.SubjectID(grace), entassessment.KindEQ(entassessment.KindManager), entassessment.StateEQ(entassessment.StateDraft))
		if err := tx.Assessment.Update().Where(draft).SetState(entassessment.StateSubmitted).Exec(ctx); err != nil {
			return err
		}
		if err := tx.Person.UpdateOneID(grace).SetManagerID(c.ID(t, "lead")).Exec(ctx); err != nil {
			return err
		}
		return audit.New(c.Clock).Record(ctx, tx, audit.Entry{Action: audit.PeopleImported, Resource: "people"})
	}))
	lead := c.team(c.as("lead"))
	require.Len(t, lead.Rows, 1)
	require.Equal(t, []any{"Grace Umeh", "submitted", "wait"}, []any{lead.Rows[0].Person.Name, lead.Rows[0].Review.State, lead.Rows[0].Next.Kind})
	require.Nil(t, lead.Rows[0].Review.AssessmentID)
	require.Empty(t, lead.Readiness)
}
