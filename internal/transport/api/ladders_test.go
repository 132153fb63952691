package api_test

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/internal/dev/apptest"
	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/domain/ladder/library"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
	"github.com/rung-hr/rung/internal/trust/audit"
)

// Running work stays with its version; people who move are asked only what is
// new.
func TestADraftAssessmentMovesToTheNewVersion(t *testing.T) {
	eachDatabase(t, func(t *testing.T, r *apptest.Rung) {
		owner, draft := started(t, r)
		engineer := r.As(t, "engineer")
		var home struct {
			Against struct{ AssessmentID uuid.UUID }
		}
		engineer.Get("/me/home", &home)
		at := "/assessments/" + home.Against.AssessmentID.String()
		type assessment struct {
			Version int
			Ladder  struct{ Version string }
			Target  struct{ Code string }
			Newer   *struct {
				Version string
				Asks    []string
				Carries int
			}
			Items []struct {
				Competency string
				Version    int
				Rating     *int
				Reason     string
			}
		}
		var before, after assessment
		engineer.Get(at, &before)
		require.Nil(t, before.Newer)
		rated := before.Items[0]
		engineer.Send(http.MethodPut, at+"/items/"+rated.Competency, rated.Version, map[string]any{"rating": 2, "reason": "Shown twice."}, nil)

		level := before.Target.Code
		body := edited(draft, rated.Competency, level, func(c []map[string]any) []map[string]any {
			return append(c, map[string]any{"uid": "", "text": "Asks something that nobody asked before."})
		})
		owner.Send(http.MethodPut, draftPath(draft, "/cells/"+rated.Competency+"/"+level), draft.Version, body, &draft)
		owner.Send(http.MethodPut, draftPath(draft, "/source"), draft.Version, map[string]any{"source": strings.Replace(draft.Source, "version: 2.3.0", "version: 2.4.0", 1)}, &draft)
		owner.Send(http.MethodPost, draftPath(draft, "/review"), draft.Version, nil, &draft)
		r.As(t, "hr").Send(http.MethodPost, draftPath(draft, "/approval"), draft.Version, map[string]any{"effectiveFrom": "2026-11-24"}, nil)

		engineer.Get(at, &before)
		require.Equal(t, "2.3.0", before.Ladder.Version, "pinned")
		require.Equal(t, "2.4.0", before.Newer.Version)
		require.Len(t, before.Newer.Asks, 1)
		require.Equal(t, len(before.Items)-1, before.Newer.Carries)
		engineer.Send(http.MethodPost, at+"/version", before.Version, nil, &after)
		require.Equal(t, "2.4.0", after.Ladder.Version)
		require.Nil(t, after.Newer)
		require.Nil(t, after.Items[0].Rating, "asked again")
		require.Equal(t, "Shown twice.", after.Items[0].Reason, "no word is lost")
		for i := range after.Items[1:] {
			require.Equal(t, before.Items[i+1].Rating, after.Items[i+1].Rating)
		}
	})
}

func TestThePublicLinkIsOffUntilItsOwnerSwitchesIt(t *testing.T) {
	eachDatabase(t, func(t *testing.T, r *apptest.Rung) {
		nobody, owner := r.Nobody(t), r.As(t, "owner")
		require.Equal(t, http.StatusNotFound, nobody.Do(http.MethodGet, "/api/v1/public/ladders/backend-engineering", nil, nil).Status)
		owner.Send(http.MethodPatch, "/ladders/backend-engineering", -1, map[string]any{"public": true}, nil)
		var public struct{ Name string }
		nobody.Get("/public/ladders/backend-engineering", &public)
		require.Equal(t, "Backend Engineering", public.Name)
		owner.Send(http.MethodPatch, "/ladders/backend-engineering", -1, map[string]any{"public": false}, nil)
		require.Equal(t, http.StatusNotFound, nobody.Do(http.MethodGet, "/api/v1/public/ladders/backend-engineering", nil, nil).Status)
	})
}

func TestAUnitStandsOnTheLadderThatIsChosenForIt(t *testing.T) {
	eachDatabase(t, func(t *testing.T, r *apptest.Rung) {
		_, err := r.App.Services.Ladders.Publish(apptest.System, "data.yaml", []byte(
			"framework: data\nname: Data\nversion: 1.0.0\ntracks: [{code: IC, levels: [{code: IC4, title: Senior Data Engineer}]}]\ncompetencies: [{code: delivery}]\n"), "2026-01-01")
		require.NoError(t, err)
		engineer, owner := r.As(t, "engineer"), r.As(t, "owner")
		standing := func() string {
			var home struct{ Level struct{ LadderSlug string } }
			engineer.Get("/me/home", &home)
			return home.Level.LadderSlug
		}
		require.Equal(t, "backend-engineering", standing(), "nothing is chosen: the widest, and of these the first")

		row, err := r.App.Store.Read().Person.Query().Where(person.ID(r.ID(t, "engineer"))).WithUnit(func(q *db.UnitQuery) { q.WithParent() }).Only(apptest.System)
		require.NoError(t, err)
		above := row.Edges.Unit.Edges.Parent
		var brief library.Brief
		owner.Send(http.MethodPatch, "/ladders/data", -1, map[string]any{"units": []any{above.ID}}, &brief)
		require.Equal(t, []library.Unit{{ID: above.ID, Name: above.Name}}, brief.Units)
		require.Equal(t, "data", standing(), "the unit above has one")

		owner.Send(http.MethodPatch, "/ladders/backend-engineering", -1, map[string]any{"units": []any{row.UnitID}}, nil)
		require.Equal(t, "backend-engineering", standing(), "the nearest one counts")
		owner.Send(http.MethodPatch, "/ladders/backend-engineering", -1, map[string]any{"units": []any{above.ID}}, nil)
		var list struct{ Items []library.Brief }
		engineer.Get("/ladders", &list)
		for _, b := range list.Items {
			if b.Slug == "data" {
				require.Empty(t, b.Units, "a unit stands on one ladder")
			}
		}
		owner.Send(http.MethodPatch, "/ladders/backend-engineering", -1, map[string]any{"units": []any{}}, &brief)
		require.Empty(t, brief.Units, "an empty list is none")
		answer := owner.Try(http.MethodPatch, "/ladders/data", -1, map[string]any{"units": []any{above.ID, uuid.NewString()}})
		require.Equal(t, http.StatusUnprocessableEntity, answer.Status)
		require.Contains(t, answer.Text(), "/units/1")
	})
}

func TestTheRoleCheckTellsManagersAndHR(t *testing.T) {
	eachDatabase(t, func(t *testing.T, r *apptest.Rung) {
		var check ladder.RoleCheck
		r.As(t, "hr").Get("/people/"+r.ID(t, "lead").String()+"/role-check", &check)
		require.NotEmpty(t, check.Words)
		require.Len(t, check.Facts, 2)
		require.Equal(t, http.StatusNotFound, r.As(t, "lead").Do(http.MethodGet, "/api/v1/people/"+r.ID(t, "lead").String()+"/role-check", nil, nil).Status, "nobody reads their own")

		lead := r.ID(t, "lead")
		require.NoError(t, r.App.Store.InTx(apptest.System, func(ctx context.Context, tx *db.Client) error {
			for _, key := range []string{"engineer", "panelist1", "panelist2", "panelist3", "panelist4"} {
				if err := tx.Person.UpdateOneID(r.ID(t, key)).SetManagerID(lead).Exec(ctx); err != nil {
					return err
				}
			}
			return audit.New(r.Clock).Record(ctx, tx, audit.Entry{Action: audit.PeopleImported, Resource: "person"})
		}))
		r.As(t, "hr").Get("/people/"+lead.String()+"/role-check", &check)
		require.False(t, check.Fits)
		require.Equal(t, "M1", check.CloserTo.Code)
		require.Contains(t, check.Words, "It is closer to M1")
	})
}

// large is a framework of 200 competencies at 10 levels.
func large(t *testing.T, name string) []byte {
	t.Helper()
	d := ladder.Document{Framework: name, Version: "1.0.0", Tracks: []ladder.Track{{Code: "IC"}}}
	for l := range 10 {
		d.Tracks[0].Levels = append(d.Tracks[0].Levels, ladder.Level{Code: fmt.Sprintf("L%d", l)})
	}
	for c := range 200 {
		entry := ladder.Entry{Code: fmt.Sprintf("competency-%d", c)}
		for l := range 10 {
			entry.Descriptors = append(entry.Descriptors, ladder.Descriptor{
				At: ladder.Anchor{Level: fmt.Sprintf("L%d", l)}, Criteria: []ladder.Criterion{{UID: fmt.Sprintf("c-%d-%d", c, l), Text: fmt.Sprintf("Does part %d of task %d.", l, c)}},
			})
		}
		d.Competencies = append(d.Competencies, entry)
	}
	content, err := ladder.Export(d)
	require.NoError(t, err)
	return content
}

// A ladder of any size is answered with the same number of statements.
func TestTheNumberOfStatementsDoesNotGrow(t *testing.T) {
	r := apptest.Start(t, storetest.SQLiteURL(t))
	_, err := r.App.Services.Ladders.Publish(apptest.System, "big.yaml", large(t, "big-0"), "2026-01-01")
	require.NoError(t, err)
	engineer := r.As(t, "engineer")
	for _, view := range []string{"/ladders/%s", "/ladders/%s/versions"} {
		small, big := strings.ReplaceAll(view, "%s", "backend-engineering"), strings.ReplaceAll(view, "%s", "big-0")
		engineer.Get(small, nil)
		engineer.Get(big, nil)
		require.Equal(t, r.Statements(func() { engineer.Get(small, nil) }), r.Statements(func() { engineer.Get(big, nil) }))
	}
	few := r.Statements(func() { engineer.Get("/ladders", nil) })
	for _, name := range []string{"big-1", "big-2", "big-3"} {
		_, err := r.App.Services.Ladders.Publish(apptest.System, name+".yaml", large(t, name), "2026-01-01")
		require.NoError(t, err)
	}
	require.Equal(t, few, r.Statements(func() { engineer.Get("/ladders", nil) }))
	require.Less(t, few, int64(10))
}

// builtOn names what a fixture needs to be published before it.
var builtOn = map[string][]string{"discipline": {"generic"}, "department": {"function"}, "subdepartment": {"function", "department"}}

// A ladder of every published shape is imported, shown, assessed against on its
// own scales, and comes out as it went in.
func TestEveryShapeIsAssessedAgainst(t *testing.T) {
	paths, err := filepath.Glob("../../domain/ladder/testdata/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	for _, file := range paths {
		name := strings.TrimSuffix(filepath.Base(file), ".yaml")
		t.Run(name, func(t *testing.T) {
			r := apptest.Start(t, storetest.SQLiteURL(t))
			var published ladder.Published
			var content []byte
			for _, each := range append(builtOn[name], name) {
				content, err = os.ReadFile(filepath.Join(filepath.Dir(file), each+".yaml"))
				require.NoError(t, err)
				published, err = r.App.Services.Ladders.Publish(apptest.System, each, content, "2026-01-01")
				require.NoError(t, err)
			}
			levels := published.Rubric.Levels()
			target := levels[len(levels)-1].Code
			engineer := newcomer(t, r, levels[0].Code)
			unit, err := r.App.Store.Read().Person.Query().Where(person.ID(r.ID(t, "engineer"))).QueryUnit().OnlyID(apptest.System)
			require.NoError(t, err)
			r.As(t, "owner").Send(http.MethodPatch, "/ladders/"+published.Rubric.Framework, -1, map[string]any{"units": []any{unit}}, nil)
			assess(t, engineer, target, len(published.Rubric.For(target)))

			res := engineer.Get("/ladders/"+published.Rubric.Framework+"/file", nil)
			in, err := ladder.Parse("in", content)
			require.NoError(t, err)
			out, err := ladder.Parse("out", res.Body)
			require.NoError(t, err)
			require.Equal(t, in.Document, out.Document)
		})
	}
}

// assess rates every competency at the top of its scale and hands it in.
func assess(t *testing.T, c *apptest.Client, target string, competencies int) {
	t.Helper()
	var a struct {
		ID      uuid.UUID
		Version int
		State   string
		Advice  *ladder.Advice
		Items   []struct {
			Competency string
			Version    int
			Scale      []ladder.ScalePoint
		}
	}
	c.Send(http.MethodPost, "/assessments", -1, map[string]any{"targetLevel": target}, &a)
	require.Len(t, a.Items, competencies)
	at := "/assessments/" + a.ID.String()
	for _, item := range a.Items {
		above := map[string]any{"rating": len(item.Scale), "reason": "Too high."}
		require.Equal(t, http.StatusUnprocessableEntity, c.Try(http.MethodPut, at+"/items/"+item.Competency, item.Version, above).Status)
		c.Send(http.MethodPut, at+"/items/"+item.Competency, item.Version, map[string]any{"rating": len(item.Scale) - 1, "reason": "Shown."}, nil)
	}
	c.Get(at, &a)
	if a.Advice != nil && a.Advice.Rule != ladder.Average {
		require.True(t, a.Advice.Reached, a.Advice.Reason)
	}
	c.Send(http.MethodPost, at+"/submission", a.Version, nil, &a)
	require.Equal(t, "submitted", a.State)
}
