package api_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/internal/dev/apptest"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
)

type readers struct {
	Now, Next []struct{ Who, Why string }
	NextWhen  string
}

func (p readers) now() string {
	var who []string
	for _, r := range p.Now {
		who = append(who, r.Who)
	}
	return strings.Join(who, "; ")
}

// What the panel says is what the check does: every named reader can open the
// thing, and the explanation for each says yes.
func TestTheExplanationIsTheCheck(t *testing.T) {
	r := apptest.Start(t, storetest.SQLiteURL(t))
	x := findThings(t, r)
	auditor := r.As(t, "auditor")
	for _, key := range []string{"engineer", "manager", "lead", "director", "panelist1", "panelist5", "chair", "hr", "comp", "owner", "admin"} {
		who := r.As(t, key) // roles hold from the sign-in on
		for resource, path := range map[string]string{"case": "", "ballot": "/ballot", "tally": "/tally"} {
			var answer struct {
				Allowed bool
				Words   string
				Because []any
			}
			auditor.Get("/explain?resource="+resource+"&id="+x.blind.String()+"&person="+r.ID(t, key).String(), &answer)
			status := who.Try(http.MethodGet, "/cases/"+x.blind.String()+path, -1, nil).Status
			require.Equal(t, status == http.StatusOK, answer.Allowed, "%s reads %s: %s", key, resource, answer.Words)
			require.NotEmpty(t, answer.Words)
		}
	}
}

func TestWhoCanReadAPacket(t *testing.T) {
	r := apptest.Start(t, storetest.SQLiteURL(t))
	x := findThings(t, r)
	path := "/explain/readers?resource=packet&id=" + x.blind.String()
	var panel readers
	r.As(t, "hr").Get(path, &panel)
	require.Contains(t, panel.now(), "You", "HR reads a submitted packet")
	require.Len(t, panel.Now, 4, "candidate, manager, panel, HR")
	require.Equal(t, http.StatusNotFound, r.As(t, "lead").Try(http.MethodGet, path, -1, nil).Status, "people who may not read it learn nothing")

	var evidence readers
	r.As(t, "engineer").Get("/explain/readers?resource=evidence&id="+x.evidence.String(), &evidence)
	require.Equal(t, "You", evidence.now())
	require.Equal(t, "once you attach it and submit", evidence.NextWhen)
	var draft readers
	r.As(t, "engineer").Get("/explain/readers?resource=assessment&id="+x.draft.String(), &draft)
	require.Equal(t, "You", draft.now())
	require.Equal(t, "when both sides are in", draft.NextWhen)
	require.Len(t, draft.Next, 1)
}

// Exact pay: the person, compensation, and HR of their scope; not the company.
func TestWhoCanReadPay(t *testing.T) {
	r := apptest.Start(t, storetest.SQLiteURL(t))
	engineer := r.As(t, "engineer")
	r.As(t, "hr") // holds the role from the first sign-in on
	var panel readers
	engineer.Get("/explain/readers?resource=pay&id="+r.ID(t, "engineer").String(), &panel)
	require.Equal(t, "compensation partners; compensation approvers; You; Ines Caldera", panel.now())
}

func TestQuestionsAboutOthers(t *testing.T) {
	r := apptest.Start(t, storetest.SQLiteURL(t))
	x := findThings(t, r)
	ask := "/explain?resource=packet&id=" + x.blind.String() + "&person=" + r.ID(t, "panelist1").String()
	require.Equal(t, http.StatusForbidden, r.As(t, "manager").Try(http.MethodGet, ask, -1, nil).Status)
	r.As(t, "hr").Get(ask, nil)
	require.Contains(t, r.As(t, "panelist1").Get("/me/home", nil).Text(), "asked what you may see")
	require.Equal(t, http.StatusUnprocessableEntity, r.As(t, "hr").Try(http.MethodGet, "/explain?resource=secret&id="+uuid.NewString(), -1, nil).Status)
}

// Only its candidate reads a draft; the manager reads it once it is handed over.
func TestTheManagerDoesNotReadADraft(t *testing.T) {
	eachDatabase(t, func(t *testing.T, r *apptest.Rung) {
		engineer, manager := r.As(t, "engineer"), r.As(t, "manager")
		var it struct {
			ID       uuid.UUID
			Sections []any
			Bar      struct{ Audience struct{ Words string } }
		}
		engineer.Send(http.MethodPost, "/cases", -1, map[string]any{"personId": r.ID(t, "engineer"), "toLevel": "IC5"}, &it)
		require.NotEmpty(t, it.Sections)
		require.Contains(t, it.Bar.Audience.Words, "Only you. ")
		id := it.ID.String()
		manager.Get("/cases/"+id, &it)
		require.Empty(t, it.Sections, "the case is known, its draft is not")
		require.Equal(t, http.StatusNotFound, manager.Try(http.MethodGet, "/explain/readers?resource=packet&id="+uuid.NewString(), -1, nil).Status)
	})
}
