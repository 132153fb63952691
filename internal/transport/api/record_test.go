package api_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/evidence"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/db/technologyuse"
	"github.com/rung-hr/rung/internal/dev/apptest"
	"github.com/rung-hr/rung/internal/domain/technology"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/config"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
	"github.com/rung-hr/rung/internal/trust/audit"
)

// A copy has what is kept about a person and names nobody else.
func TestACopyOfMyRecord(t *testing.T) {
	eachDatabase(t, func(t *testing.T, r *apptest.Rung) {
		engineer := r.As(t, "engineer")
		var job struct{ ID uuid.UUID }
		engineer.Send(http.MethodPost, "/me/export", -1, nil, &job)
		done := await(t, engineer, job.ID)
		require.Equal(t, "succeeded", done.State)
		path := "/jobs/" + job.ID.String() + "/result"
		require.Equal(t, http.StatusNotFound, r.As(t, "manager").Try(http.MethodGet, path, -1, nil).Status)
		files := unzip(t, engineer.Get(path, nil).Body)
		var parts []struct {
			Title string
			Items []any
		}
		require.NoError(t, json.Unmarshal(files["record.json"], &parts))
		require.Len(t, parts, 11)
		text := string(files["record.json"])
		for _, mine := range []string{"Idempotent refunds", "engineer@demo.example", "amountMinor", "One PostgreSQL with partitions"} {
			require.Contains(t, text, mine)
		}
		others, err := r.App.Store.Read().Person.Query().Where(person.IDNEQ(r.ID(t, "engineer"))).All(apptest.System)
		require.NoError(t, err)
		for _, p := range others {
			require.NotContains(t, text, p.Name)
			require.NotContains(t, string(files["record.html"]), p.Name)
			require.NotContains(t, text, p.ID.String())
		}
		require.Contains(t, string(files["record.html"]), "<h2>Evidence</h2>")
	})
}

func unzip(t *testing.T, content []byte) map[string][]byte {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	require.NoError(t, err)
	files := map[string][]byte{}
	for _, f := range archive.File {
		in, err := f.Open()
		require.NoError(t, err)
		files[f.Name], err = io.ReadAll(in)
		require.NoError(t, err)
	}
	return files
}

type correctionView struct {
	ID      uuid.UUID
	Version int
	State   string
	Answer  string
}

// What is wrong is noted and answered in words; the record is not overwritten.
func TestACorrection(t *testing.T) {
	eachDatabase(t, func(t *testing.T, r *apptest.Rung) {
		engineer, hr := r.As(t, "engineer"), r.As(t, "hr")
		var mine correctionView
		engineer.Send(http.MethodPost, "/me/corrections", -1, map[string]any{"about": "org_facts", "text": "I work 80 %, not 100 %."}, &mine)
		require.Equal(t, "open", mine.State)
		require.Equal(t, http.StatusUnprocessableEntity, engineer.Try(http.MethodPost, "/me/corrections", -1, map[string]any{"about": "pay", "text": " "}).Status)
		var list struct{ Items []correctionView }
		r.As(t, "manager").Get("/corrections", &list)
		require.Empty(t, list.Items)
		hr.Get("/corrections", &list)
		require.Len(t, list.Items, 1)
		answer := "/corrections/" + mine.ID.String() + "/answer"
		body := map[string]any{"state": "corrected", "answer": "Corrected from 1 November."}
		require.Equal(t, http.StatusNotFound, r.As(t, "manager").Try(http.MethodPost, answer, mine.Version, body).Status)
		hr.Send(http.MethodPost, answer, mine.Version, body, nil)
		require.Equal(t, http.StatusPreconditionFailed, hr.Try(http.MethodPost, answer, mine.Version, body).Status)
		engineer.Get("/me/corrections", &list)
		require.Equal(t, "corrected", list.Items[0].State)

		var own correctionView
		hr.Send(http.MethodPost, "/me/corrections", -1, map[string]any{"about": "other", "text": "Mine."}, &own)
		require.Equal(t, http.StatusNotFound, hr.Try(http.MethodPost, "/corrections/"+own.ID.String()+"/answer", own.Version, body).Status, "not about themselves")
	})
}

// A leaver's name goes when its time is over, unless a legal hold is on it.
func TestALegalHoldWins(t *testing.T) {
	for name, url := range map[string]func(testing.TB) string{"sqlite": storetest.SQLiteURL, "postgres": storetest.PostgresURL} {
		t.Run(name, func(t *testing.T) {
			r := apptest.StartWith(t, url(t), func(c *config.Config) { c.RetainDays = 365 })
			held, gone, recent := r.ID(t, "lead"), r.ID(t, "lena"), r.ID(t, "panelist1")
			before := nameOf(t, r, gone)
			lena := actor.With(t.Context(), actor.Person{ID: gone, Roles: []string{"employee"}})
			_, err := r.App.Services.Technology.Add(lena, technology.Said{Name: "COBOL", Depth: technology.Tried})
			require.NoError(t, err)
			hr := r.As(t, "hr")
			var holds struct{ Items []struct{ ID uuid.UUID } }
			at := "/people/" + held.String() + "/holds"
			require.Equal(t, http.StatusNotFound, r.As(t, "manager").Try(http.MethodPost, at, -1, map[string]any{"reason": "x"}).Status)
			hr.Send(http.MethodPost, at, -1, map[string]any{"reason": "A claim is open."}, &holds)
			require.Len(t, holds.Items, 1)
			leave(t, r, held, "2025-01-31")
			leave(t, r, gone, "2025-01-31")
			leave(t, r, recent, "2026-06-30")

			require.NoError(t, r.App.Services.Record.Forget(apptest.System))
			require.NotContains(t, nameOf(t, r, held), "Former")
			require.NotContains(t, nameOf(t, r, recent), "Former")
			require.Contains(t, nameOf(t, r, gone), "Former colleague")
			row, err := r.App.Store.Read().Person.Get(apptest.System, gone)
			require.NoError(t, err)
			require.NotContains(t, row.Email, "lena")
			require.NotContains(t, hr.Get("/people?q="+strings.Fields(before)[0], nil).Text(), before)
			left, err := r.App.Store.Read().Evidence.Query().Where(evidence.PersonID(gone)).Count(apptest.System)
			require.NoError(t, err)
			require.NotZero(t, left, "what a rating rests on stays")
			known, err := r.App.Store.Read().TechnologyUse.Query().Where(technologyuse.PersonID(gone)).Exist(apptest.System)
			require.NoError(t, err)
			require.False(t, known, "what the person worked with is removed")

			hr.Send(http.MethodDelete, "/holds/"+holds.Items[0].ID.String(), -1, nil, nil)
			require.NoError(t, r.App.Services.Record.Forget(apptest.System))
			require.Contains(t, nameOf(t, r, held), "Former colleague")
		})
	}
}

func nameOf(t *testing.T, r *apptest.Rung, id uuid.UUID) string {
	t.Helper()
	p, err := r.App.Store.Read().Person.Get(apptest.System, id)
	require.NoError(t, err)
	return p.Name
}

func leave(t *testing.T, r *apptest.Rung, id uuid.UUID, on clock.Date) {
	t.Helper()
	require.NoError(t, r.App.Store.InTx(apptest.System, func(ctx context.Context, tx *db.Client) error {
		if err := tx.Person.UpdateOneID(id).SetStatus(person.StatusInactive).SetEndedOn(on).Exec(ctx); err != nil {
			return err
		}
		return audit.New(r.Clock).Record(ctx, tx, audit.Entry{Action: audit.PeopleImported, Resource: "person", ID: id})
	}))
}
