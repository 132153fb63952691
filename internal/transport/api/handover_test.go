package api_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/ent/db/auditevent"
	"github.com/rung-hr/rung/ent/db/promotioncase"
	"github.com/rung-hr/rung/internal/dev/apptest"
	"github.com/rung-hr/rung/internal/domain/assessment"
	"github.com/rung-hr/rung/internal/domain/home"
	"github.com/rung-hr/rung/internal/domain/people"
	"github.com/rung-hr/rung/internal/domain/promotion"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
)

// move gives a person of the demo a new manager from today on.
func move(t *testing.T, r *apptest.Rung, person, manager string) {
	t.Helper()
	hr, path := r.As(t, "hr"), "/people/"+r.ID(t, person).String()
	var p people.Profile
	hr.Get(path, &p)
	hr.Send(http.MethodPost, path+"/changes", p.Version, map[string]any{"on": apptest.Now.Format(time.DateOnly), "managerId": r.ID(t, manager)}, nil)
}

func handoverTasks(t *testing.T, c *apptest.Client) []string {
	t.Helper()
	var out home.Overview
	c.Get("/me/home", &out)
	titles := []string{}
	for _, task := range out.Tasks {
		if task.Kind == "handover" {
			titles = append(titles, task.Title+" "+task.Href)
		}
	}
	return titles
}

// A new manager takes over what both sides have read and the open case. What the
// old manager wrote stays under their name, and they read nothing new.
func TestANewManagerTakesOver(t *testing.T) {
	eachDatabase(t, func(t *testing.T, r *apptest.Rung) {
		emre := r.ID(t, "emre").String()
		marta, lead, director, colleague, hr := r.As(t, "manager"), r.As(t, "lead"), r.As(t, "director"), r.As(t, "engineer"), r.As(t, "hr")
		caseID, err := r.App.Store.Read().PromotionCase.Query().Where(promotioncase.PersonID(r.ID(t, "emre"))).OnlyID(apptest.System)
		require.NoError(t, err)
		theCase := "/cases/" + caseID.String()
		var before struct{ Items []assessment.Summary }
		marta.Get("/assessments?person="+emre, &before)
		own := writtenBy(before.Items, r.ID(t, "manager"))
		require.NotEmpty(t, own)
		marta.Send(http.MethodPut, theCase+"/statement", 0, map[string]any{"text": "Words of Marta.", "recommendation": "for"}, nil)
		for _, c := range []*apptest.Client{marta, lead, director, colleague, hr} {
			require.Equal(t, http.StatusNotFound, c.Try(http.MethodGet, "/people/"+emre+"/handover", -1, nil).Status, "nothing to take over yet")
		}

		move(t, r, "emre", "lead")
		for _, c := range []*apptest.Client{marta, director, colleague, hr} {
			require.Equal(t, http.StatusNotFound, c.Try(http.MethodGet, "/people/"+emre+"/handover", -1, nil).Status)
			require.Equal(t, http.StatusNotFound, c.Try(http.MethodPost, "/people/"+emre+"/handover/taken", -1, nil).Status)
		}
		require.Empty(t, handoverTasks(t, marta))
		require.Equal(t, []string{"Take over Emre Balci from Marta Okonjo /people/" + emre + "/handover"}, handoverTasks(t, lead))

		var got people.Handover
		lead.Get("/people/"+emre+"/handover", &got)
		require.Equal(t, "Marta Okonjo", got.From.Name)
		require.Equal(t, apptest.Now.Format(time.DateOnly), string(got.On))
		require.Nil(t, got.TakenAt)
		require.Equal(t, theCase, got.Case.Href)
		require.True(t, got.Case.Turn.You, "the statement is the new manager's to go on with")
		require.NotEmpty(t, got.Assessments)
		require.LessOrEqual(t, len(got.Assessments), 4)
		authors := map[string]bool{}
		for _, a := range got.Assessments {
			authors[a.Author.Name] = true
			lead.Get(a.Href, nil)
		}
		require.True(t, authors["Marta Okonjo"] && authors["Emre Balci"], "both sides, by their names")
		var it promotion.Case
		lead.Get(theCase, &it)
		require.Equal(t, "Words of Marta.", it.Statement.Text)
		require.Equal(t, "Marta Okonjo", it.Statement.Author.Name)

		martaAfter(t, marta, theCase, emre, own)
		lead.Send(http.MethodPost, "/people/"+emre+"/handover/taken", -1, nil, nil)
		require.Empty(t, handoverTasks(t, lead))
		lead.Get("/people/"+emre+"/handover", &got)
		require.NotNil(t, got.TakenAt)
		require.Equal(t, http.StatusConflict, lead.Try(http.MethodPost, "/people/"+emre+"/handover/taken", -1, nil).Status)
		n, err := r.App.Store.Read().AuditEvent.Query().Where(auditevent.Action("handover.taken"), auditevent.OwnerID(r.ID(t, "emre"))).Count(apptest.System)
		require.NoError(t, err)
		require.Equal(t, 1, n)
	})
}

func writtenBy(list []assessment.Summary, author uuid.UUID) (out []assessment.Summary) {
	for _, a := range list {
		if a.Author.ID == author && a.Revealed {
			out = append(out, a)
		}
	}
	return out
}

// martaAfter is what the old manager can still read: their own words, read only.
func martaAfter(t *testing.T, marta *apptest.Client, theCase, emre string, written []assessment.Summary) {
	t.Helper()
	var after struct{ Items []assessment.Summary }
	marta.Get("/assessments?person="+emre, &after)
	require.Len(t, after.Items, len(written), "what they wrote and nothing else")
	for _, a := range written {
		var own assessment.Assessment
		path := "/assessments/" + a.ID.String()
		marta.Get(path, &own)
		require.Equal(t, "Marta Okonjo", own.Author.Name)
		require.False(t, own.CanEdit || own.CanRecall)
		body := map[string]any{"rating": 1, "reason": "Other words"}
		require.Equal(t, http.StatusForbidden, marta.Try(http.MethodPut, path+"/items/system-design", 1, body).Status)
		require.Equal(t, http.StatusForbidden, marta.Try(http.MethodDelete, path+"/submission", -1, nil).Status)
	}
	require.Equal(t, http.StatusNotFound, marta.Try(http.MethodGet, theCase, -1, nil).Status)
	require.Equal(t, http.StatusNotFound, marta.Try(http.MethodPut, theCase+"/statement", 1, map[string]any{"text": "x"}).Status)
}

// Two changes in a row leave one task, with the current manager.
func TestAHandoverThatIsOvertaken(t *testing.T) {
	r := apptest.Start(t, storetest.SQLiteURL(t))
	emre := r.ID(t, "emre").String()
	move(t, r, "emre", "lead")
	move(t, r, "emre", "director")
	move(t, r, "emre", "lead")
	require.Len(t, handoverTasks(t, r.As(t, "lead")), 1)
	require.Empty(t, handoverTasks(t, r.As(t, "director")))
	var got people.Handover
	lead := r.As(t, "lead")
	lead.Get("/people/"+emre+"/handover", &got)
	require.Equal(t, "Helena Brandt", got.From.Name)
	lead.Send(http.MethodPost, "/people/"+emre+"/handover/taken", -1, nil, nil)
	require.Empty(t, handoverTasks(t, lead))
}

// The first screen and the handover take the same number of statements, however
// much there is to take over.
func TestHandoversTakeAFixedNumberOfStatements(t *testing.T) {
	r := apptest.Start(t, storetest.SQLiteURL(t))
	lead := r.As(t, "lead")
	count := func(path string) int64 { return r.Statements(func() { lead.Get(path, nil) }) }
	move(t, r, "emre", "lead")
	one := count("/me/home")
	move(t, r, "lena", "lead")
	move(t, r, "tove", "lead")
	require.Len(t, handoverTasks(t, lead), 3)
	require.Equal(t, one, count("/me/home"))
	require.LessOrEqual(t, count("/people/"+r.ID(t, "emre").String()+"/handover"), int64(16))
}

func TestTheDirectoryAsAFile(t *testing.T) {
	eachDatabase(t, func(t *testing.T, r *apptest.Rung) {
		lead := r.As(t, "lead")
		all := lead.Get("/people.csv", nil)
		require.Equal(t, "text/csv; charset=utf-8", all.Header.Get("Content-Type"))
		require.Contains(t, all.Header.Get("Content-Disposition"), "people-2026-11-24.csv")
		var list struct{ Items []people.Entry }
		lead.Get("/people?limit=200&level=IC5", &list)
		narrowed := strings.Split(strings.TrimSpace(lead.Get("/people.csv?level=IC5", nil).Text()), "\r\n")
		require.Len(t, narrowed, len(list.Items)+1)
		require.Equal(t, "id,name,email,title,track,level,location,unit,manager,status", narrowed[0])
		for i, e := range list.Items {
			require.True(t, strings.HasPrefix(narrowed[i+1], e.ID.String()+","+e.Name+","), narrowed[i+1])
		}
		for _, amount := range payOf(t, r) {
			require.NotContains(t, all.Text(), amount)
		}
		require.Equal(t, http.StatusUnauthorized, r.Nobody(t).Try(http.MethodGet, "/people.csv", -1, nil).Status)
	})
}
