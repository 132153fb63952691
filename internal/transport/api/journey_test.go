package api_test

import (
	"maps"
	"net/http"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/ent/db/ballot"
	"github.com/rung-hr/rung/internal/dev/apptest"
	"github.com/rung-hr/rung/internal/dev/demo"
	"github.com/rung-hr/rung/internal/domain/assessment"
	"github.com/rung-hr/rung/internal/domain/home"
	"github.com/rung-hr/rung/internal/domain/people"
	"github.com/rung-hr/rung/internal/domain/promotion"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

func eachDatabase(t *testing.T, f func(t *testing.T, r *apptest.Rung)) {
	t.Run("sqlite", func(t *testing.T) { f(t, apptest.Start(t, storetest.SQLiteURL(t))) })
	t.Run("postgres", func(t *testing.T) { f(t, apptest.Start(t, storetest.PostgresURL(t))) })
}

// The main job, from the first rating to the level that changes on its date.
func TestFromSelfAssessmentToThePromotion(t *testing.T) {
	eachDatabase(t, func(t *testing.T, r *apptest.Rung) {
		j := journey{T: t, r: r, engineer: r.As(t, "engineer"), manager: r.As(t, "manager"), hr: r.As(t, "hr"), chair: r.As(t, "chair")}
		j.assessBlind()
		j.compare()
		j.openCase()
		j.writePacket()
		j.submit()
		j.seatPanel()
		j.voteBlind()
		j.decide()
		j.communicate()
		j.takeEffect()
	})
}

type journey struct {
	*testing.T
	r                            *apptest.Rung
	engineer, manager, hr, chair *apptest.Client
	self, review                 assessment.Assessment
	it                           promotion.Case
	panel                        map[string]*apptest.Client
}

func (j *journey) path(suffix string) string { return "/cases/" + j.it.ID.String() + suffix }

func rate(t *testing.T, c *apptest.Client, a assessment.Assessment, rating int) assessment.Assessment {
	t.Helper()
	for _, i := range a.Items {
		if i.Rating == nil {
			c.Send(http.MethodPut, "/assessments/"+a.ID.String()+"/items/"+i.Competency, i.Version,
				map[string]any{"rating": rating, "reason": "Because of the work on " + i.Name}, nil)
		}
	}
	var now assessment.Assessment
	c.Get("/assessments/"+a.ID.String(), &now)
	return now
}

func (j *journey) assessBlind() {
	j.engineer.Send(http.MethodPost, "/assessments", -1, map[string]any{}, &j.self)
	require.Equal(j, "IC5", j.self.Target.Code)
	incomplete := j.engineer.Try(http.MethodPost, "/assessments/"+j.self.ID.String()+"/submission", j.self.Version, nil)
	require.Equal(j, http.StatusUnprocessableEntity, incomplete.Status)
	require.Contains(j, incomplete.Text(), "/items/remote-and-async-practice/rating")
	j.self = rate(j.T, j.engineer, j.self, 2)
	j.engineer.Send(http.MethodPost, "/assessments/"+j.self.ID.String()+"/submission", j.self.Version, nil, &j.self)

	require.Equal(j, http.StatusNotFound, j.manager.Try(http.MethodGet, "/assessments/"+j.self.ID.String(), -1, nil).Status, "one assessment is hidden until the other is in")
	j.manager.Send(http.MethodPost, "/assessments", -1, map[string]any{"personId": j.r.ID(j, "engineer")}, &j.review)
	require.Equal(j, http.StatusNotFound, j.engineer.Try(http.MethodGet, "/assessments/"+j.review.ID.String(), -1, nil).Status)
	j.review = rate(j.T, j.manager, j.review, 3)
	j.manager.Send(http.MethodPost, "/assessments/"+j.review.ID.String()+"/submission", j.review.Version, nil, &j.review)
}

func (j *journey) compare() {
	for _, c := range []*apptest.Client{j.engineer, j.manager} {
		var both assessment.SideBySide
		c.Get("/assessments/"+j.self.ID.String()+"/comparison", &both)
		require.Len(j, both.Rows, 9)
		require.Equal(j, 2, both.Rows[0].Apart, "largest difference first")
		require.True(j, both.CanOpenCase)
	}
	refused := j.engineer.Try(http.MethodDelete, "/assessments/"+j.self.ID.String()+"/submission", -1, nil)
	require.Equal(j, http.StatusConflict, refused.Status, "it has been read, so it cannot be recalled")
}

func (j *journey) openCase() {
	j.manager.Send(http.MethodPost, "/cases", -1, map[string]any{"personId": j.r.ID(j, "engineer"), "fromComparison": j.self.ID}, &j.it)
	require.Equal(j, "draft", j.it.State)
	again := j.manager.Try(http.MethodPost, "/cases", -1, map[string]any{"personId": j.r.ID(j, "engineer"), "toLevel": "IC5"})
	require.Equal(j, http.StatusConflict, again.Status)
}

func (j *journey) writePacket() {
	early := j.engineer.Try(http.MethodPost, j.path("/transitions"), j.it.Version, map[string]any{"action": "hand_over"})
	require.Equal(j, http.StatusUnprocessableEntity, early.Status, early.Text())
	write := func(key string, version int, body map[string]any) {
		j.engineer.Send(http.MethodPut, j.path("/sections/"+key), version, body, nil)
	}
	write("summary", 1, map[string]any{"text": "Why now."})
	stale := j.engineer.Try(http.MethodPut, j.path("/sections/summary"), 1, map[string]any{"text": "From an old tab."})
	require.Equal(j, http.StatusPreconditionFailed, stale.Status)
	require.Contains(j, stale.Text(), "Why now.", "the refusal carries what is there")
	write("gaps", 1, map[string]any{"text": "Planning."})
	var project promotion.Section
	j.engineer.Send(http.MethodPost, j.path("/projects"), -1, nil, &project)
	write(project.Key, project.Version, map[string]any{"title": "Queue", "project": map[string]any{
		"from": "2026-01", "to": "2026-09", "role": "Led", "scope": "3 teams", "outcome": "840 to 190 ms", "tradeoff": "", "links": []any{}, "competencies": []any{},
	}})
	denied := j.manager.Try(http.MethodPut, j.path("/sections/summary"), 2, map[string]any{"text": "His words."})
	require.Equal(j, http.StatusForbidden, denied.Status, "nobody writes in the candidate's name")
	j.engineer.Get(j.path(""), &j.it)
	j.engineer.Send(http.MethodPost, j.path("/transitions"), j.it.Version, map[string]any{"action": "hand_over"}, &j.it)
	require.Equal(j, "manager_review", j.it.State)
	require.Nil(j, j.it.Statement, "the candidate does not read the statement before they are told")
}

func (j *journey) submit() {
	early := j.manager.Try(http.MethodPost, j.path("/transitions"), j.it.Version, map[string]any{"action": "submit"})
	require.Equal(j, http.StatusUnprocessableEntity, early.Status)
	j.manager.Send(http.MethodPut, j.path("/statement"), 0, map[string]any{"text": "They are there.", "recommendation": "for"}, nil)
	j.manager.Send(http.MethodPost, j.path("/transitions"), j.it.Version, map[string]any{"action": "submit"}, &j.it)
	require.Equal(j, "submitted", j.it.State)
	require.Len(j, j.it.PacketHash, 64)
	frozen := j.engineer.Try(http.MethodPut, j.path("/sections/summary"), 2, map[string]any{"text": "Too late."})
	require.Equal(j, http.StatusConflict, frozen.Status)
}

func (j *journey) seatPanel() {
	seats := []string{"chair", "panelist1", "panelist2", "panelist3", "panelist4"}
	ids := []uuid.UUID{}
	for _, s := range seats {
		ids = append(ids, j.r.ID(j, s))
	}
	ids[4] = j.r.ID(j, "manager")
	refused := j.hr.Try(http.MethodPut, j.path("/seats"), -1, map[string]any{"personIds": ids, "chairId": ids[0]})
	require.Equal(j, http.StatusUnprocessableEntity, refused.Status)
	require.Contains(j, refused.Text(), "Marta Okonjo manages the candidate")
	ids[4] = j.r.ID(j, "panelist4")
	j.hr.Send(http.MethodPut, j.path("/seats"), -1, map[string]any{"personIds": ids, "chairId": ids[0]}, nil)

	j.panel = map[string]*apptest.Client{"chair": j.chair}
	for _, s := range seats[1:] {
		j.panel[s] = j.r.As(j, s)
		require.Equal(j, http.StatusNotFound, j.panel[s].Try(http.MethodGet, j.path(""), -1, nil).Status, "before the vote opens a seat reads nothing")
	}
	j.hr.Get(j.path(""), &j.it)
	j.hr.Send(http.MethodPost, j.path("/transitions"), j.it.Version, map[string]any{"action": "open_vote", "dueAt": apptest.Now.Add(72 * time.Hour)}, &j.it)
	require.Equal(j, "blind_vote", j.it.State)
}

func (j *journey) voteBlind() {
	votes := map[string]string{"chair": "approve", "panelist1": "approve", "panelist2": "approve", "panelist3": "not_yet", "panelist4": "approve"}
	n := 0
	for seat, vote := range votes {
		c := j.panel[seat]
		var b promotion.Ballot
		c.Get(j.path("/ballot"), &b)
		require.NotEmpty(j, b.Missing)
		c.Send(http.MethodPut, j.path("/ballot"), b.Version, ballotOf(vote), &b)
		require.Empty(j, b.Missing)
		c.Send(http.MethodPost, j.path("/ballot/seal"), b.Version, nil, nil)
		if n++; n < len(votes) {
			j.nothingLeaks()
		}
	}
	late := j.panel["panelist1"].Try(http.MethodPut, j.path("/ballot"), 1, ballotOf("decline"))
	require.Equal(j, http.StatusConflict, late.Status)
}

func ballotOf(vote string) map[string]any {
	marks, reasons := map[string]int{}, map[string]string{}
	for _, c := range []string{
		"system-design", "code-quality-and-review", "reliability-and-operations", "technical-direction", "design-review",
		"cross-functional-planning", "mentoring", "written-communication", "remote-and-async-practice",
	} {
		marks[c], reasons[c] = 1, "One example, REASON-OF-"+vote
	}
	return map[string]any{"marks": marks, "reasons": reasons, "vote": vote, "confidence": "high", "reason": "Overall, REASON-OF-" + vote, "notes": "NOTE-OF-" + vote}
}

// Before the close nobody gets a count or a ballot, by any way.
func (j *journey) nothingLeaks() {
	readers := map[string]*apptest.Client{"engineer": j.engineer, "manager": j.manager, "hr": j.hr}
	maps.Copy(readers, j.panel)
	var versions []int
	for who, c := range readers {
		require.Equal(j, http.StatusNotFound, c.Try(http.MethodGet, j.path("/tally"), -1, nil).Status, who)
		require.NotEqual(j, http.StatusOK, c.Try(http.MethodGet, j.path("/decision"), -1, nil).Status, who)
		for _, path := range []string{j.path(""), "/cases", "/panel/cases", "/me", "/me/home"} {
			text := c.Get(path, nil).Text()
			require.NotContains(j, text, "REASON-OF", "%s %s", who, path)
			require.NotContains(j, text, "NOTE-OF", "%s %s", who, path)
		}
		var it promotion.Case
		c.Get(j.path(""), &it)
		versions = append(versions, it.Version)
		if who == "engineer" {
			require.Equal(j, "with_panel", it.State)
		}
	}
	for _, v := range versions {
		require.Equal(j, j.it.Version, v, "sealing must not move the case's version: it would count the ballots")
	}
}

func (j *journey) decide() {
	var t promotion.Tally
	j.chair.Get(j.path("/tally"), &t)
	require.Equal(j, promotion.Count{Approve: 4, NotYet: 1}, t.Counts)
	require.Equal(j, 3, t.Quorum)
	require.Equal(j, promotion.Approved, t.Outcome)
	require.NotContains(j, j.chair.Get(j.path("/tally"), nil).Text(), "NOTE-OF", "notes stay with their author")
	for _, c := range []*apptest.Client{j.engineer, j.manager} {
		require.Equal(j, http.StatusNotFound, c.Try(http.MethodGet, j.path("/tally"), -1, nil).Status)
	}
	criteria := []map[string]string{}
	for _, c := range t.Criteria {
		criteria = append(criteria, map[string]string{"competency": c.Competency, "outcome": "met", "reason": "Shown."})
	}
	on := apptest.Now.AddDate(0, 0, 10).Format(time.DateOnly)
	j.chair.Send(http.MethodPost, j.path("/decision"), -1, map[string]any{"criteria": criteria, "reasons": "Clear.", "effectiveOn": on}, nil)
	again := j.chair.Try(http.MethodPost, j.path("/decision"), -1, map[string]any{"criteria": criteria, "reasons": "Again.", "effectiveOn": on})
	require.Equal(j, http.StatusConflict, again.Status)
	require.NotEqual(j, http.StatusOK, j.engineer.Try(http.MethodGet, j.path("/decision"), -1, nil).Status, "the candidate has not been told yet")
}

func (j *journey) communicate() {
	require.Positive(j, j.notesKept(), "until the case closes")
	j.manager.Get(j.path(""), &j.it)
	j.manager.Send(http.MethodPost, j.path("/transitions"), j.it.Version, map[string]any{"action": "communicate"}, &j.it)
	require.Zero(j, j.notesKept())
	var d promotion.Decision
	j.engineer.Get(j.path("/decision"), &d)
	require.Equal(j, promotion.Approved, d.Outcome)
	require.Equal(j, "The panel", d.SignedBy.Name, "no names of the panel")
	for seat, c := range j.panel {
		require.Equal(j, http.StatusNotFound, c.Try(http.MethodGet, j.path("/ballot"), -1, nil).Status, "%s's rights end with the case", seat)
	}
}

// notesKept counts the ballots of the case with private notes.
func (j *journey) notesKept() int {
	kept, err := j.r.App.Store.Read().Ballot.Query().Where(ballot.CaseID(j.it.ID), ballot.NotesNEQ("")).Count(apptest.System)
	require.NoError(j, err)
	return kept
}

func (j *journey) takeEffect() {
	var p people.Profile
	j.engineer.Get("/people/"+j.r.ID(j, "engineer").String(), &p)
	require.Equal(j, "IC4", p.Level, "not before the date")
	j.r.Clock.Set(apptest.Now.AddDate(0, 0, 10))
	require.NoError(j, j.r.App.Services.Cases.Sweep(apptest.System))
	require.NoError(j, j.r.App.Services.Cases.Sweep(apptest.System), "again changes nothing")
	j.r.Clock.Set(apptest.Now)
	j.engineer.Get("/people/"+j.r.ID(j, "engineer").String(), &p)
	require.Equal(j, "IC5", p.Level)
	require.Equal(j, "promoted", p.Employment[0].Reason)
	var me home.Overview
	j.engineer.Get("/me/home", &me)
	require.Equal(j, "IC5", me.Level.Code)
	require.Contains(j, j.r.Log.String(), "request")
	require.NotContains(j, j.r.Log.String(), demo.Domain, "no addresses in the log")
}
