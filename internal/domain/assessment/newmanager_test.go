package assessment_test

import (
	"context"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/internal/dev/apptest"
	"github.com/rung-hr/rung/internal/domain/assessment"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/trust/audit"
)

// manage makes somebody the manager of a person.
func manage(t *testing.T, r *apptest.Rung, person, manager uuid.UUID) {
	t.Helper()
	require.NoError(t, r.App.Store.InTx(apptest.System, func(ctx context.Context, tx *db.Client) error {
		if err := tx.Person.UpdateOneID(person).SetManagerID(manager).Exec(ctx); err != nil {
			return err
		}
		return audit.New(r.Clock).Record(ctx, tx, audit.Entry{Action: audit.PeopleImported, Resource: "person"})
	}))
}

func TestANewManagerBeginsBesideTheDraftOfTheOld(t *testing.T) {
	each(t, func(t *testing.T, r *apptest.Rung, s *assessment.Service) {
		id := r.ID(t, "tove")
		before, after, tove := as(t, r, "manager"), as(t, r, "director"), as(t, r, "tove")
		left, err := s.Start(before, assessment.Start{PersonID: &id})
		require.NoError(t, err)
		_, err = s.Rate(before, left.ID, "mentoring", 0, rating(1, "What I saw until May."))
		require.NoError(t, err)

		manage(t, r, id, r.ID(t, "director"))
		now, err := s.Get(before, left.ID)
		require.NoError(t, err, "the previous manager can still read it")
		require.False(t, now.CanEdit)
		_, err = s.Rate(before, left.ID, "mentoring", 1, rating(3, "What I heard since."))
		require.Equal(t, fault.Forbidden, fault.KindOf(err))
		_, err = s.Submit(before, left.ID, now.Version)
		require.Equal(t, fault.Forbidden, fault.KindOf(err))
		_, err = s.Get(after, left.ID)
		require.Equal(t, fault.NotFound, fault.KindOf(err), "a draft is its author's alone")

		theirs, err := s.Start(after, assessment.Start{PersonID: &id})
		require.NoError(t, err)
		require.NotEqual(t, left.ID, theirs.ID)
		theirs = complete(t, s, after, theirs)
		_, err = s.Submit(after, theirs.ID, theirs.Version)
		require.NoError(t, err)
		self, err := s.Start(tove, assessment.Start{})
		require.NoError(t, err)
		self = complete(t, s, tove, self)
		_, err = s.Submit(tove, self.ID, self.Version)
		require.NoError(t, err)
		both, err := s.Compare(tove, self.ID)
		require.NoError(t, err)
		require.Equal(t, r.ID(t, "director"), both.Manager.ID)
		_, err = s.Get(tove, left.ID)
		require.Equal(t, fault.NotFound, fault.KindOf(err), "what was never submitted is not revealed")
	})
}

func TestWhatTheOldManagerHandedInCounts(t *testing.T) {
	each(t, func(t *testing.T, r *apptest.Rung, s *assessment.Service) {
		id := r.ID(t, "tove")
		before, after := as(t, r, "manager"), as(t, r, "director")
		handedIn, err := s.Start(before, assessment.Start{PersonID: &id})
		require.NoError(t, err)
		handedIn = complete(t, s, before, handedIn)
		handedIn, err = s.Submit(before, handedIn.ID, handedIn.Version)
		require.NoError(t, err)

		manage(t, r, id, r.ID(t, "director"))
		_, err = s.Start(after, assessment.Start{PersonID: &id})
		require.Equal(t, fault.Conflict, fault.KindOf(err))
		_, err = s.Recall(before, handedIn.ID)
		require.Equal(t, fault.Forbidden, fault.KindOf(err))
	})
}
