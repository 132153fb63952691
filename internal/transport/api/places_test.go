package api_test

import (
	"context"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/internal/dev/apptest"
	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/trust/audit"
)

type placed struct {
	ID        uuid.UUID
	Version   int
	Modifier  string
	Modifiers []struct{ Key string }
	Ladder    struct{ Slug string }
	Items     []struct {
		Competency string
		Version    int
	}
}

func (p placed) at(rest string) string { return "/assessments/" + p.ID.String() + rest }

// A person who stands on another ladder than that of the round is assessed
// against their own, by both sides. Both say where in the level, if the ladder
// tells places apart.
func TestAPlaceInsideTheLevel(t *testing.T) {
	eachDatabase(t, func(t *testing.T, r *apptest.Rung) {
		content, err := os.ReadFile("../../domain/ladder/testdata/sublevels.yaml")
		require.NoError(t, err)
		published, err := r.App.Services.Ladders.Publish(apptest.System, "sublevels.yaml", content, "2026-01-01")
		require.NoError(t, err)
		noor := newcomer(t, r, "E1")
		manager := r.As(t, "manager")

		var own, theirs placed
		noor.Send(http.MethodPost, "/assessments", -1, map[string]any{"targetLevel": "E2"}, &own)
		require.Equal(t, published.Rubric.Framework, own.Ladder.Slug, "not the ladder of the round")
		require.Len(t, own.Modifiers, 3)
		manager.Send(http.MethodPost, "/assessments", -1, map[string]any{"personId": r.ID(t, "engineer")}, &theirs)
		require.Equal(t, published.Rubric.Framework, theirs.Ladder.Slug, "both sides on the same one")

		unknown := noor.Try(http.MethodPut, own.at("/modifier"), own.Version, map[string]any{"modifier": "above"})
		require.Equal(t, http.StatusUnprocessableEntity, unknown.Status)
		require.Contains(t, unknown.Text(), "approaching, at or exceeding")
		require.Equal(t, http.StatusNotFound, manager.Try(http.MethodPut, own.at("/modifier"), own.Version, map[string]any{"modifier": "at"}).Status)

		submit := func(c *apptest.Client, a placed, modifier string) {
			for _, item := range a.Items {
				c.Send(http.MethodPut, a.at("/items/"+item.Competency), item.Version, map[string]any{"rating": 1, "reason": "Shown."}, nil)
			}
			c.Get(a.at(""), &a)
			refused := c.Try(http.MethodPost, a.at("/submission"), a.Version, nil)
			require.Equal(t, http.StatusUnprocessableEntity, refused.Status)
			require.Contains(t, refused.Text(), "/modifier")
			c.Send(http.MethodPut, a.at("/modifier"), a.Version, map[string]any{"modifier": modifier}, &a)
			require.Equal(t, modifier, a.Modifier)
			require.Equal(t, http.StatusPreconditionFailed, c.Try(http.MethodPut, a.at("/modifier"), a.Version-1, map[string]any{"modifier": "at"}).Status)
			c.Send(http.MethodPost, a.at("/submission"), a.Version, nil, nil)
		}
		submit(noor, own, "exceeding")
		submit(manager, theirs, "approaching")
		var both struct {
			Placed    struct{ Self, Manager string }
			Modifiers []ladder.Modifier
		}
		noor.Get(own.at("/comparison"), &both)
		require.Equal(t, []string{"exceeding", "approaching"}, []string{both.Placed.Self, both.Placed.Manager})
		require.Len(t, both.Modifiers, 3)
	})
}

func TestAPlaceGoesWithTheLevelThatHasIt(t *testing.T) {
	eachDatabase(t, func(t *testing.T, r *apptest.Rung) {
		content, err := os.ReadFile("../../domain/ladder/testdata/sublevels.yaml")
		require.NoError(t, err)
		_, err = r.App.Services.Ladders.Publish(apptest.System, "sublevels.yaml", content, "2026-01-01")
		require.NoError(t, err)
		noor := newcomer(t, r, "E1")
		var own placed
		noor.Send(http.MethodPost, "/assessments", -1, map[string]any{"targetLevel": "E2"}, &own)
		noor.Send(http.MethodPut, own.at("/modifier"), own.Version, map[string]any{"modifier": "at"}, &own)
		noor.Send(http.MethodPut, own.at("/target"), own.Version, map[string]any{"level": "E3"}, &own)
		require.Empty(t, own.Modifier)
		require.Empty(t, own.Modifiers)
		refused := noor.Try(http.MethodPut, own.at("/modifier"), own.Version, map[string]any{"modifier": "at"})
		require.Equal(t, http.StatusUnprocessableEntity, refused.Status)
		require.Contains(t, refused.Text(), "has no places")
	})
}

// newcomer puts the engineer on a level, without the assessments that the demo
// has about them in the open round.
func newcomer(t *testing.T, r *apptest.Rung, level string) *apptest.Client {
	t.Helper()
	id := r.ID(t, "engineer")
	require.NoError(t, r.App.Store.InTx(apptest.System, func(ctx context.Context, tx *db.Client) error {
		if err := tx.Person.Update().Where(person.ID(id)).SetLevel(level).Exec(ctx); err != nil {
			return err
		}
		round, err := tx.Cycle.Query().First(ctx)
		if err != nil {
			return err
		}
		err = tx.Cycle.Create().SetName("Trial").SetLadderVersionID(round.LadderVersionID).SetOpensOn("2026-11-24").SetClosesOn("2027-01-31").
			SetSelfDueAt(apptest.Now.AddDate(0, 1, 0)).SetManagerDueAt(apptest.Now.AddDate(0, 2, 0)).Exec(ctx)
		if err != nil {
			return err
		}
		return audit.New(r.Clock).Record(ctx, tx, audit.Entry{Action: audit.CycleOpened, Resource: "cycle"})
	}))
	return r.As(t, "engineer")
}

// A target can change after a competency was rated that the new target does not
// ask. A stale save of it gets what is stored, as every other one does.
func TestACompetencyThatTheTargetDoesNotAskIsAnsweredToo(t *testing.T) {
	eachDatabase(t, func(t *testing.T, r *apptest.Rung) {
		content, err := os.ReadFile("../../domain/ladder/testdata/sublevels.yaml")
		require.NoError(t, err)
		seniorAlone := strings.Replace(string(content), "  - code: wisdom\n", "  - code: wisdom\n    appliesTo: level >= E3\n", 1)
		_, err = r.App.Services.Ladders.Publish(apptest.System, "sublevels.yaml", []byte(seniorAlone), "2026-01-01")
		require.NoError(t, err)
		author := newcomer(t, r, "E1")
		var a placed
		author.Send(http.MethodPost, "/assessments", -1, map[string]any{"targetLevel": "E3"}, &a)
		author.Send(http.MethodPut, a.at("/items/wisdom"), 0, map[string]any{"rating": 1, "reason": "Asked the simpler question."}, nil)
		author.Send(http.MethodPut, a.at("/target"), a.Version, map[string]any{"level": "E2"}, &a)
		require.NotContains(t, competencies(a), "wisdom")
		stale := author.Try(http.MethodPut, a.at("/items/wisdom"), 7, map[string]any{"rating": 1, "reason": "From an old tab."})
		require.Equal(t, http.StatusPreconditionFailed, stale.Status, stale.Text())
		require.Contains(t, stale.Text(), `"competency":"wisdom"`)
		author.Send(http.MethodPut, a.at("/target"), a.Version, map[string]any{"level": "E3"}, &a)
		require.Contains(t, author.Get(a.at(""), nil).Text(), "Asked the simpler question.", "the answer to the other level is kept")
	})
}

func competencies(a placed) []string {
	var codes []string
	for _, item := range a.Items {
		codes = append(codes, item.Competency)
	}
	return codes
}
