package assessment_test

import (
	"context"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	entassessment "github.com/rung-hr/rung/ent/db/assessment"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/internal/dev/apptest"
	"github.com/rung-hr/rung/internal/dev/demo"
	"github.com/rung-hr/rung/internal/domain/assessment"
	"github.com/rung-hr/rung/internal/domain/evidence"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
	"github.com/rung-hr/rung/internal/trust/process"
)

func TestMain(m *testing.M) { storetest.Main(m) }

func each(t *testing.T, f func(t *testing.T, r *apptest.Rung, s *assessment.Service)) {
	for name, address := range map[string]func(testing.TB) string{"sqlite": storetest.SQLiteURL, "postgres": storetest.PostgresURL} {
		t.Run(name, func(t *testing.T) {
			r := apptest.Start(t, address(t))
			f(t, r, r.App.Services.Assessments)
		})
	}
}

func as(t *testing.T, r *apptest.Rung, key string) context.Context {
	t.Helper()
	return actor.With(context.Background(), actor.Person{ID: r.ID(t, key), Name: key, Roles: []string{"employee"}})
}

func rating(n int, reason string) assessment.Rating {
	return assessment.Rating{Rating: &n, Reason: reason}
}

func complete(t *testing.T, s *assessment.Service, ctx context.Context, a assessment.Assessment) assessment.Assessment {
	t.Helper()
	for _, i := range a.Items {
		_, err := s.Rate(ctx, a.ID, i.Competency, i.Version, rating(2, "Because."))
		require.NoError(t, err)
	}
	now, err := s.Get(ctx, a.ID)
	require.NoError(t, err)
	return now
}

func TestTheSecondTabLosesNothing(t *testing.T) {
	each(t, func(t *testing.T, r *apptest.Rung, s *assessment.Service) {
		ctx := as(t, r, "tove")
		a, err := s.Start(ctx, assessment.Start{})
		require.NoError(t, err)
		again, err := s.Start(ctx, assessment.Start{TargetLevel: "IC5"})
		require.NoError(t, err)
		require.Equal(t, a.ID, again.ID, "one of a kind in a cycle")

		first, err := s.Rate(ctx, a.ID, "mentoring", 0, rating(1, "From the first tab."))
		require.NoError(t, err)
		require.Equal(t, 1, first.Version)
		for _, version := range []int{0, 7} {
			_, err = s.Rate(ctx, a.ID, "mentoring", version, rating(3, "From the second tab."))
			var f *fault.Error
			require.ErrorAs(t, err, &f)
			require.Equal(t, fault.Stale, f.Kind)
			require.Equal(t, "From the first tab.", f.Current.(assessment.Item).Reason)
		}
		_, err = s.Rate(ctx, a.ID, "no-such-competency", 0, rating(1, ""))
		require.Equal(t, fault.NotFound, fault.KindOf(err))
	})
}

func TestOnlyOnesOwnEvidenceCanBeAttached(t *testing.T) {
	each(t, func(t *testing.T, r *apptest.Rung, s *assessment.Service) {
		noor := as(t, r, "engineer")
		pieces, _, err := r.App.Services.Evidence.List(noor, evidence.Filter{})
		require.NoError(t, err)
		tove := as(t, r, "tove")
		a, err := s.Start(tove, assessment.Start{})
		require.NoError(t, err)
		in := rating(2, "Borrowed.")
		in.EvidenceIDs = []uuid.UUID{pieces[0].ID}
		_, err = s.Rate(tove, a.ID, "mentoring", 0, in)
		require.Equal(t, fault.Invalid, fault.KindOf(err))
		now, err := s.Get(tove, a.ID)
		require.NoError(t, err)
		for _, i := range now.Items {
			require.Zero(t, i.Version, "nothing half applied")
		}
	})
}

func TestBothSidesAreRevealedTogether(t *testing.T) {
	each(t, func(t *testing.T, r *apptest.Rung, s *assessment.Service) {
		tove, marta := as(t, r, "tove"), as(t, r, "manager")
		id := r.ID(t, "tove")
		self, err := s.Start(tove, assessment.Start{TargetLevel: "IC4"})
		require.NoError(t, err)
		review, err := s.Start(marta, assessment.Start{PersonID: &id})
		require.NoError(t, err)
		require.Equal(t, "IC4", review.Target.Code, "the manager starts from the level that the person chose")
		self, review = complete(t, s, tove, self), complete(t, s, marta, review)

		var wait sync.WaitGroup
		errs := make([]error, 2)
		wait.Go(func() { _, errs[0] = s.Submit(tove, self.ID, self.Version) })
		wait.Go(func() { _, errs[1] = s.Submit(marta, review.ID, review.Version) })
		wait.Wait()
		require.NoError(t, errs[0])
		require.NoError(t, errs[1])
		both, err := s.Compare(tove, self.ID)
		require.NoError(t, err)
		require.Len(t, both.Agreed, 9)
		_, err = s.Compare(as(t, r, "director"), self.ID)
		require.Equal(t, fault.NotFound, fault.KindOf(err), "nobody else")
		_, err = s.Rate(tove, self.ID, "mentoring", 1, rating(3, "Afterwards."))
		require.Equal(t, fault.Conflict, fault.KindOf(err))
	})
}

func TestRecallUntilTheOtherSideIsIn(t *testing.T) {
	each(t, func(t *testing.T, r *apptest.Rung, s *assessment.Service) {
		piotr := as(t, r, "piotr")
		id, err := r.App.Store.Read().Assessment.Query().
			Where(entassessment.HasSubjectWith(person.Email("piotr@"+demo.Domain)), entassessment.KindEQ(entassessment.KindSelf), entassessment.RevealedAtIsNil()).
			OnlyID(apptest.System)
		require.NoError(t, err)
		a, err := s.Recall(piotr, id)
		require.NoError(t, err)
		require.Equal(t, "draft", a.State)
		_, err = s.Recall(piotr, id)
		require.Equal(t, fault.Conflict, fault.KindOf(err))
		a, err = s.Retarget(piotr, id, a.Version, "M1")
		require.NoError(t, err)
		require.Equal(t, "M1", a.Target.Code)
		_, err = s.Retarget(piotr, id, a.Version-1, "IC5")
		require.Equal(t, fault.Stale, fault.KindOf(err))
		_, err = s.Retarget(piotr, id, a.Version, "IC9")
		require.ErrorContains(t, err, "no such level")
	})
}

// A rating answers the sentences of one level. Each level that somebody tries has
// its own; words can be used again, and only what the target asks is submitted.
func TestRatingsStayWithTheirLevel(t *testing.T) {
	each(t, func(t *testing.T, r *apptest.Rung, s *assessment.Service) {
		tove := as(t, r, "tove")
		a, err := s.Start(tove, assessment.Start{TargetLevel: "IC5"})
		require.NoError(t, err)
		code, two := a.Items[0].Competency, 2
		saved, err := s.Rate(tove, a.ID, code, 0, assessment.Rating{Rating: &two, Reason: "For the lead.", Level: "IC5"})
		require.NoError(t, err)

		a, err = s.Retarget(tove, a.ID, a.Version, "M1")
		require.NoError(t, err)
		for _, i := range a.Items {
			require.Nil(t, i.Rating)
			require.Empty(t, i.Reason)
		}
		require.Len(t, a.Tried, 1)
		require.Equal(t, "IC5", a.Tried[0].Level.Code)
		require.Equal(t, []assessment.TriedAnswer{{Competency: code, Rating: &two, Reason: "For the lead.", Evidence: []process.EvidenceRef{}}}, a.Tried[0].Answers)
		_, err = s.Rate(tove, a.ID, code, saved.Version, assessment.Rating{Rating: &two, Reason: "Late", Level: "IC5"})
		require.Equal(t, fault.Stale, fault.KindOf(err), "another window still shows IC5")
		_, err = s.Rate(tove, a.ID, a.Items[1].Competency, 0, assessment.Rating{Reason: "For the manager.", Level: "M1"})
		require.NoError(t, err)

		a, err = s.Retarget(tove, a.ID, a.Version, "IC5")
		require.NoError(t, err)
		require.Equal(t, []any{2, "For the lead.", saved.Version}, []any{*a.Items[0].Rating, a.Items[0].Reason, a.Items[0].Version})
		require.Empty(t, a.Items[1].Reason)
		require.Equal(t, "M1", a.Tried[0].Level.Code)
		_, err = s.Submit(tove, a.ID, a.Version)
		require.ErrorContains(t, err, "things are missing", "what was written for M1 does not count")
	})
}

func TestOutsideOfACycleNothingStarts(t *testing.T) {
	each(t, func(t *testing.T, r *apptest.Rung, s *assessment.Service) {
		r.Clock.Set(apptest.Now.AddDate(1, 0, 0))
		_, err := s.Start(as(t, r, "tove"), assessment.Start{})
		require.Equal(t, fault.Conflict, fault.KindOf(err))
		_, err = s.Start(as(t, r, "tove"), assessment.Start{PersonID: new(r.ID(t, "engineer"))})
		require.Equal(t, fault.Forbidden, fault.KindOf(err), "nor of somebody else")
	})
}

//go:fix inline
