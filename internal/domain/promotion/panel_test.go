package promotion_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/ballot"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/db/promotioncase"
	"github.com/rung-hr/rung/internal/dev/apptest"
	"github.com/rung-hr/rung/internal/domain/promotion"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
	"github.com/rung-hr/rung/internal/trust/audit"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// room is the submitted case of the demo company with its panel seated and the
// vote open for three days.
type room struct {
	*testing.T
	*apptest.Rung
	id     uuid.UUID
	closes time.Time
}

var panel = []string{"chair", "panelist1", "panelist2", "panelist3", "panelist4"}

func eachRoom(t *testing.T, f func(r room)) {
	for name, address := range map[string]func(testing.TB) string{"sqlite": storetest.SQLiteURL, "postgres": storetest.PostgresURL} {
		t.Run(name, func(t *testing.T) {
			r := room{T: t, Rung: apptest.Start(t, address(t)), closes: apptest.Now.Add(72 * time.Hour)}
			var err error
			r.id, err = r.App.Store.Read().PromotionCase.Query().Where(promotioncase.StateEQ(promotion.Submitted)).OnlyID(apptest.System)
			require.NoError(t, err)
			r.seat(panel...)
			r.open(r.closes)
			f(r)
		})
	}
}

func (r room) cases() *promotion.Service { return r.App.Services.Cases }

func (r room) as(key string) context.Context {
	roles := []string{"employee"}
	if key == "hr" {
		roles = append(roles, "hr")
	}
	return actor.With(context.Background(), actor.Person{ID: r.ID(r.T, key), Name: key, Roles: roles, Scopes: []actor.Scope{{}}})
}

func (r room) personCtx(id uuid.UUID) context.Context {
	return actor.With(context.Background(), actor.Person{ID: id, Name: "somebody", Roles: []string{"employee"}})
}

func (r room) seat(keys ...string) {
	in := promotion.Seating{ChairID: r.ID(r.T, "chair")}
	for _, k := range keys {
		in.PersonIDs = append(in.PersonIDs, r.ID(r.T, k))
	}
	_, err := r.cases().Seat(r.as("hr"), r.id, in)
	require.NoError(r.T, err)
}

func (r room) open(closes time.Time) {
	it, err := r.cases().Get(r.as("hr"), r.id)
	require.NoError(r.T, err)
	_, err = r.cases().Move(r.as("hr"), r.id, it.Version, promotion.Moving{Action: string(promotion.OpenVote), DueAt: &closes})
	require.NoError(r.T, err)
}

func (r room) vote(key, vote string) error {
	confidence := "high"
	in := promotion.Marking{Marks: map[string]int{}, Reasons: map[string]string{}, Vote: &vote, Confidence: &confidence, Reason: "Because."}
	published, err := r.App.Services.Ladders.Get(r.as(key), "backend-engineering", "")
	require.NoError(r.T, err)
	for _, c := range published.Rubric.Competencies {
		in.Marks[c.Code] = 2
	}
	b, err := r.cases().Ballot(r.as(key), r.id)
	if err != nil {
		return err
	}
	if b, err = r.cases().Mark(r.as(key), r.id, b.Version, in); err != nil {
		return err
	}
	_, err = r.cases().Seal(r.as(key), r.id, b.Version)
	return err
}

func (r room) state() promotion.State {
	row, err := r.App.Store.Read().PromotionCase.Get(apptest.System, r.id)
	require.NoError(r.T, err)
	return row.State
}

func TestTheDeadlineClosesWithExactlyAQuorum(t *testing.T) {
	eachRoom(t, func(r room) {
		for _, k := range panel[:3] {
			require.NoError(r.T, r.vote(k, "approve"))
		}
		r.Clock.Set(r.closes.Add(-time.Microsecond))
		require.NoError(r.T, r.cases().Sweep(apptest.System))
		require.Equal(r.T, promotion.BlindVote, r.state())
		r.Clock.Set(r.closes)
		require.Equal(r.T, fault.Conflict, fault.KindOf(r.vote("panelist3", "decline")), "the deadline itself is too late")
		tally, err := r.cases().Tally(r.as("chair"), r.id)
		require.NoError(r.T, err)
		require.Equal(r.T, promotion.Count{Approve: 3}, tally.Counts)
		require.Equal(r.T, promotion.Voted, r.state())
	})
}

func TestWithoutAQuorumNothingPasses(t *testing.T) {
	eachRoom(t, func(r room) {
		require.NoError(r.T, r.vote("chair", "approve"))
		require.NoError(r.T, r.vote("panelist1", "approve"))
		r.Clock.Set(r.closes)
		require.NoError(r.T, r.cases().Sweep(apptest.System))
		require.Equal(r.T, promotion.OnHold, r.state())
		_, err := r.cases().Tally(r.as("hr"), r.id)
		require.Equal(r.T, fault.NotFound, fault.KindOf(err), "the ballots stay sealed")
		r.open(r.closes.Add(24 * time.Hour))
		require.NoError(r.T, r.vote("panelist2", "not_yet"))
		require.NoError(r.T, r.vote("panelist3", "approve"))
		require.NoError(r.T, r.vote("panelist4", "approve"))
		require.Equal(r.T, promotion.Voted, r.state(), "earlier seals count, and the last one closes")
	})
}

func TestARecusalAfterSealingVoidsTheBallot(t *testing.T) {
	eachRoom(t, func(r room) {
		for _, k := range panel[:4] {
			require.NoError(r.T, r.vote(k, "approve"))
		}
		require.NoError(r.T, r.cases().Recuse(r.as("panelist1"), r.id, promotion.Recusing{Reason: "We are related."}))
		_, err := r.cases().Get(r.as("panelist1"), r.id)
		require.Equal(r.T, fault.NotFound, fault.KindOf(err), "the right to read ends at once")
		require.Equal(r.T, promotion.BlindVote, r.state())
		require.NoError(r.T, r.cases().Recuse(r.as("panelist4"), r.id, promotion.Recusing{Reason: "I wrote the design."}))
		require.Equal(r.T, promotion.Voted, r.state(), "everybody who is left has sealed")
		tally, err := r.cases().Tally(r.as("hr"), r.id)
		require.NoError(r.T, err)
		require.Equal(r.T, 3, tally.Seats)
		require.Equal(r.T, 3, tally.Valid)
	})
}

func TestTheLastSealCounts(t *testing.T) {
	eachRoom(t, func(r room) {
		require.NoError(r.T, r.vote("chair", "decline"))
		require.NoError(r.T, r.vote("chair", "approve"))
		for _, k := range panel[1:] {
			require.NoError(r.T, r.vote(k, "approve"))
		}
		tally, err := r.cases().Tally(r.as("hr"), r.id)
		require.NoError(r.T, err)
		require.Equal(r.T, promotion.Count{Approve: 5}, tally.Counts)
		n, err := r.App.Store.Read().SealedBallot.Query().Count(apptest.System)
		require.NoError(r.T, err)
		require.Positive(r.T, n)
	})
}

func TestTwoLastSealsAtOneMomentCloseOnce(t *testing.T) {
	eachRoom(t, func(r room) {
		for _, k := range panel[:3] {
			require.NoError(r.T, r.vote(k, "approve"))
		}
		var wait sync.WaitGroup
		errs := make([]error, 2)
		for i, k := range panel[3:] {
			wait.Go(func() { errs[i] = r.vote(k, "approve") })
		}
		wait.Wait()
		require.NoError(r.T, errs[0])
		require.NoError(r.T, errs[1])
		require.Equal(r.T, promotion.Voted, r.state())
		tally, err := r.cases().Tally(r.as("chair"), r.id)
		require.NoError(r.T, err)
		require.Equal(r.T, 5, tally.Valid)
	})
}

func TestACandidateMayWithdrawWithBallotsSealed(t *testing.T) {
	eachRoom(t, func(r room) {
		require.NoError(r.T, r.vote("chair", "approve"))
		row, err := r.App.Store.Read().PromotionCase.Query().Where(promotioncase.ID(r.id)).WithPerson().Only(apptest.System)
		require.NoError(r.T, err)
		candidate := actor.With(context.Background(), actor.Person{ID: row.PersonID, Roles: []string{"employee"}})
		_, err = r.cases().Move(candidate, r.id, row.Version, promotion.Moving{Action: string(promotion.Withdraw)})
		require.NoError(r.T, err)
		require.Equal(r.T, fault.NotFound, fault.KindOf(r.vote("panelist1", "approve")), "the panel's rights end with the case")
		_, err = r.cases().Tally(r.as("hr"), r.id)
		require.Equal(r.T, fault.NotFound, fault.KindOf(err))
	})
}

func TestAManagerWhoJoinsLaterLosesTheSeatsSight(t *testing.T) {
	eachRoom(t, func(r room) {
		row, err := r.App.Store.Read().PromotionCase.Query().Where(promotioncase.ID(r.id)).Only(apptest.System)
		require.NoError(r.T, err)
		hr := r.ID(r.T, "hr")
		require.NoError(r.T, r.App.Store.InTx(apptest.System, func(ctx context.Context, tx *db.Client) error {
			if err := tx.Person.UpdateOneID(row.PersonID).SetManagerID(hr).Exec(ctx); err != nil {
				return err
			}
			return audit.New(r.Clock).Record(ctx, tx, audit.Entry{Action: audit.PeopleImported, Resource: "person"})
		}))
		for _, k := range panel {
			require.NoError(r.T, r.vote(k, "approve"))
		}
		_, err = r.cases().Tally(r.as("hr"), r.id)
		require.Equal(r.T, fault.NotFound, fault.KindOf(err), "whoever manages the candidate never sees ballots, whatever their role")
		_, err = r.cases().Tally(r.as("chair"), r.id)
		require.NoError(r.T, err)
	})
}

func TestWhoCannotSitOnAPanel(t *testing.T) {
	r := room{T: t, Rung: apptest.Start(t, storetest.SQLiteURL(t))}
	row, err := r.App.Store.Read().PromotionCase.Query().Where(promotioncase.StateEQ(promotion.Submitted)).
		WithPerson(func(q *db.PersonQuery) { q.WithManager() }).Only(apptest.System)
	require.NoError(t, err)
	colleague, err := r.App.Store.Read().Person.Query().
		Where(person.UnitID(*row.Edges.Person.UnitID), person.IDNEQ(row.PersonID), person.LevelIn("IC5", "IC6")).First(apptest.System)
	require.NoError(t, err)
	in := promotion.Seating{PersonIDs: []uuid.UUID{
		row.PersonID, *row.Edges.Person.ManagerID, *row.Edges.Person.Edges.Manager.ManagerID, colleague.ID, r.ID(t, "piotr"),
	}, ChairID: colleague.ID}
	_, err = r.cases().Seat(r.as("hr"), row.ID, in)
	var f *fault.Error
	require.ErrorAs(t, err, &f)
	require.Len(t, f.Details, 5, "all at once")
	for i, why := range []string{"is the candidate", "manages the candidate", "above the candidate", "on the candidate's team", "below the level"} {
		require.Contains(t, f.Details[i].Message, why)
	}
	list, err := r.cases().Candidates(r.as("hr"), row.ID, "ruth")
	require.NoError(t, err)
	require.Equal(t, "Ruth Oyelaran", list[0].Person.Name)
	require.True(t, list[0].Eligible)
}

func TestNotesOfABallotGoWhenTheCaseCloses(t *testing.T) {
	eachRoom(t, func(r room) {
		author := r.as("panelist1")
		b, err := r.cases().Ballot(author, r.id)
		require.NoError(r.T, err)
		require.Equal(r.T, "Only you", b.NotesAudience.Words)
		require.Equal(r.T, "Only you. The panel and HR partners after the close, without your name", b.Bar.Audience.Words)
		b, err = r.cases().Mark(author, r.id, b.Version, promotion.Marking{Marks: map[string]int{}, Reasons: map[string]string{}, Notes: "Ask about the outage."})
		require.NoError(r.T, err)
		require.Equal(r.T, "Ask about the outage.", b.Notes)

		candidate := r.personCtx(r.candidate())
		it, err := r.cases().Get(candidate, r.id)
		require.NoError(r.T, err)
		_, err = r.cases().Move(candidate, r.id, it.Version, promotion.Moving{Action: string(promotion.Withdraw)})
		require.NoError(r.T, err)
		kept, err := r.App.Store.Read().Ballot.Query().Where(ballot.CaseID(r.id), ballot.NotesNEQ("")).Count(apptest.System)
		require.NoError(r.T, err)
		require.Zero(r.T, kept)
	})
}

func (r room) candidate() uuid.UUID {
	row, err := r.App.Store.Read().PromotionCase.Get(apptest.System, r.id)
	require.NoError(r.T, err)
	return row.PersonID
}
