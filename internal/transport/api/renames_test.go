package api_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/auditevent"
	"github.com/rung-hr/rung/ent/db/employment"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/internal/dev/apptest"
	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/domain/ladder/library"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/trust/audit"
)

// renamedLadder is the shipped ladder, two levels of which have other codes.
func renamedLadder(t *testing.T, version string, codes ...string) string {
	t.Helper()
	_, content := ladder.ShippedFile()
	return strings.NewReplacer(append([]string{"version: 2.3.0", "version: " + version}, codes...)...).Replace(string(content))
}

// inReview is a draft of a text that its owner has put into review.
func inReview(t *testing.T, r *apptest.Rung, text string) library.Draft {
	t.Helper()
	owner, draft := started(t, r)
	owner.Send(http.MethodPut, draftPath(draft, "/source"), draft.Version, map[string]any{"source": text}, &draft)
	require.Empty(t, draft.Findings)
	owner.Send(http.MethodPost, draftPath(draft, "/review"), draft.Version, nil, &draft)
	return draft
}

func atLevel(t *testing.T, r *apptest.Rung, code string) []uuid.UUID {
	t.Helper()
	ids, err := r.App.Store.Read().Person.Query().Where(person.Level(code), person.StatusEQ(person.StatusActive)).Order(db.Asc(person.FieldID)).IDs(apptest.System)
	require.NoError(t, err)
	return ids
}

func spansAt(t *testing.T, r *apptest.Rung, id uuid.UUID) []string {
	t.Helper()
	rows, err := r.App.Store.Read().Employment.Query().Where(employment.PersonID(id)).Order(db.Asc(employment.FieldValidFrom)).All(apptest.System)
	require.NoError(t, err)
	var out []string
	for _, e := range rows {
		out = append(out, fmt.Sprint(e.Level, " ", e.Track, " ", e.ValidFrom, " ", e.Reason))
	}
	return out
}

func TestPeopleAreCarriedToTheNewCodeOfTheirLevel(t *testing.T) {
	eachDatabase(t, func(t *testing.T, r *apptest.Rung) {
		before := atLevel(t, r, "IC4")
		require.NotEmpty(t, before)
		someone, err := r.App.Store.Read().Person.Get(apptest.System, before[0])
		require.NoError(t, err)
		history := spansAt(t, r, someone.ID)
		draft := inReview(t, r, renamedLadder(t, "3.0.0", "IC4", "E4"))
		hr := r.As(t, "hr")
		var changes library.DraftChanges
		hr.Get(draftPath(draft, "/changes"), &changes)
		require.Len(t, changes.Vanished, 1)
		require.Equal(t, "IC4", changes.Vanished[0].Code)
		require.Equal(t, len(before), changes.Vanished[0].People)
		require.Equal(t, "E4", changes.Added[0].Code)
		var seen map[string]any
		r.As(t, "engineer").Get(draftPath(draft, "/changes"), &seen)
		require.NotContains(t, seen, "vanished", "how many people stand where is not for everybody")

		approve := func(from, to string) apptest.Answer {
			return hr.Try(http.MethodPost, draftPath(draft, "/approval"), draft.Version,
				map[string]any{"effectiveFrom": "2026-11-24", "renamed": []map[string]string{{"from": from, "to": to}}})
		}
		for _, wrong := range [][2]string{{"IC4", "IC5"}, {"IC5", "E4"}, {"IC4", "E9"}, {"X1", "E4"}} {
			res := approve(wrong[0], wrong[1])
			require.Equal(t, http.StatusUnprocessableEntity, res.Status, res.Text())
			require.Contains(t, res.Text(), "/renamed/0/")
		}
		require.Contains(t, approve("IC4", "IC5").Text(), "is not new: moving people to it is a promotion or a re-level")
		require.Equal(t, before, atLevel(t, r, "IC4"), "a refusal moves nobody")

		res := approve("IC4", "E4")
		require.Equal(t, http.StatusOK, res.Status, res.Text())
		require.Equal(t, before, atLevel(t, r, "E4"))
		require.Empty(t, atLevel(t, r, "IC4"))
		now, err := r.App.Store.Read().Person.Get(apptest.System, someone.ID)
		require.NoError(t, err)
		require.Equal(t, someone.LevelSince, now.LevelSince, "it is the same level, so the time at it goes on")
		require.Equal(t, someone.Track, now.Track)
		require.Equal(t, append(history, "E4 "+now.Track+" 2026-11-24 renamed"), spansAt(t, r, someone.ID))
		event, err := r.App.Store.Read().AuditEvent.Query().Where(auditevent.Action(string(audit.LevelsRenamed))).Only(apptest.System)
		require.NoError(t, err)
		require.Equal(t, "IC4 to E4", event.Facts["levels"])
		require.Equal(t, fmt.Sprint(len(before)), event.Facts["people"])
	})
}

// A version may be published for a later day: until then people keep the old code.
func TestACodeChangesOnTheDayOfItsVersion(t *testing.T) {
	eachDatabase(t, func(t *testing.T, r *apptest.Rung) {
		before := atLevel(t, r, "IC4")
		someone, err := r.App.Store.Read().Person.Get(apptest.System, before[0])
		require.NoError(t, err)
		text := renamedLadder(t, "3.0.0", "IC4", "E4")
		_, err = r.App.Services.Ladders.Publish(apptest.System, "f.yaml", []byte(text), "2026-12-01", library.Renaming{From: "IC4", To: "E4"})
		require.NoError(t, err)
		require.Equal(t, before, atLevel(t, r, "IC4"))
		_, err = r.App.Services.Ladders.Publish(apptest.System, "f.yaml", []byte(text), "2026-12-01", library.Renaming{From: "IC4", To: "E4"})
		require.Equal(t, fault.Conflict, fault.KindOf(err), "it must not look as if people had been moved now")
		r.Clock.Set(apptest.Now.AddDate(0, 0, 8))
		require.NoError(t, r.App.Services.People.TakeEffect(apptest.System))
		require.Equal(t, before, atLevel(t, r, "E4"))
		now, err := r.App.Store.Read().Person.Get(apptest.System, someone.ID)
		require.NoError(t, err)
		require.Equal(t, someone.LevelSince, now.LevelSince)
	})
}

// Who stands on a level does not decide that it has become another one.
func TestNobodyRenamesTheLevelThatTheyStandOn(t *testing.T) {
	eachDatabase(t, func(t *testing.T, r *apptest.Rung) {
		hr, err := r.App.Store.Read().Person.Query().Where(person.Email("hr@demo.example")).Only(apptest.System)
		require.NoError(t, err)
		require.NoError(t, r.App.Store.InTx(apptest.System, func(ctx context.Context, tx *db.Client) error {
			if err := audit.New(r.Clock).Record(ctx, tx, audit.Entry{Action: audit.LevelChanged, Resource: "person"}); err != nil {
				return err
			}
			return tx.Person.UpdateOne(hr).SetLevel("IC4").SetTrack("IC").Exec(ctx)
		}))
		draft := inReview(t, r, renamedLadder(t, "3.0.0", "IC4", "E4"))
		res := r.As(t, "hr").Try(http.MethodPost, draftPath(draft, "/approval"), draft.Version,
			map[string]any{"effectiveFrom": "2026-11-24", "renamed": []map[string]string{{"from": "IC4", "to": "E4"}}})
		require.Equal(t, http.StatusForbidden, res.Status, res.Text())
		code, _ := problemOf(t, res)
		require.Equal(t, "own_gain", code)
		require.NotEmpty(t, atLevel(t, r, "IC4"))
	})
}

// A company of any size is carried over with the same statements.
func TestCarryingTakesNoStatementForAPerson(t *testing.T) {
	eachDatabase(t, func(t *testing.T, r *apptest.Rung) {
		few, many := atLevel(t, r, "IC6"), atLevel(t, r, "IC3")
		require.Less(t, len(few), len(many))
		publish := func(version, from, to string) int64 {
			text := renamedLadder(t, version, from, to)
			if version == "4.0.0" {
				text = strings.ReplaceAll(text, "IC6", "E6")
			}
			return r.Statements(func() {
				_, err := r.App.Services.Ladders.Publish(apptest.System, "f.yaml", []byte(text), "2026-11-24", library.Renaming{From: from, To: to})
				require.NoError(t, err)
			})
		}
		first := publish("3.0.0", "IC6", "E6")
		require.LessOrEqual(t, publish("4.0.0", "IC3", "E3"), first, "the first one fills caches")
		require.Equal(t, many, atLevel(t, r, "E3"))
	})
}
