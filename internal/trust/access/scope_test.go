package access_test

import (
	"context"
	"flag"
	"fmt"
	"strings"
	"testing"
	"time"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/assessment"
	"github.com/rung-hr/rung/ent/db/panelseat"
	"github.com/rung-hr/rung/ent/db/promotioncase"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
)

func TestMain(m *testing.M) { storetest.Main(m) }

var (
	system = actor.AsSystem(context.Background(), "test")
	at     = clock.NewFake(time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC))
)

// world is a random organisation with the facts that its rows were made from.
type world struct {
	units       []uuid.UUID
	people      []access.PersonFacts
	evidence    map[uuid.UUID]access.EvidenceFacts
	assessments map[uuid.UUID]access.AssessmentFacts
	cases       map[uuid.UUID]access.CaseFacts
}

// Scope and check are two forms of the same rules. On random organisations they
// must agree on every row, for everybody, for every resource and action.
func TestScopeAndCheckAgree(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		service := access.New(matrix(t))
		if s.Dialect() == dialect.SQLite { // PostgreSQL does the default, which takes as long
			require.NoError(t, flag.Set("rapid.checks", "1000"))
			defer func() { require.NoError(t, flag.Set("rapid.checks", "100")) }()
		}
		runs := 0
		rapid.Check(t, func(rt *rapid.T) {
			runs++
			w := makeWorld(rt, t, s, runs)
			for _, p := range w.people {
				roles := []string{"employee", string(rapid.SampledFrom(access.Roles).Draw(rt, "role"))}
				me := actor.Person{ID: p.ID, Roles: roles, Scopes: w.scopes(rt)}
				if rapid.IntRange(0, 3).Draw(rt, "views as") == 0 {
					me.Viewer = &actor.Person{ID: w.person(rt, "viewer").ID, Roles: []string{"employee", "hr"}, Scopes: w.scopes(rt)}
				}
				compare(rt, actor.With(context.Background(), me), s, service, w)
			}
		})
	})
}

var countries = []string{"DE", "FR", ""}

// scopes draws where a role holds: nowhere, everywhere, in units, in countries.
func (w *world) scopes(t *rapid.T) []actor.Scope {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) actor.Scope {
		var s actor.Scope
		if rapid.Bool().Draw(t, "units") {
			s.Units = rapid.SliceOfNDistinct(rapid.SampledFrom(w.units), 0, 2, rapid.ID[uuid.UUID]).Draw(t, "of")
		}
		if rapid.Bool().Draw(t, "countries") {
			s.Countries = rapid.SliceOfNDistinct(rapid.SampledFrom(countries), 0, 2, rapid.ID[string]).Draw(t, "in")
		}
		return s
	}), 0, 2).Draw(t, "scopes")
}

func compare(t *rapid.T, ctx context.Context, s *store.Store, service *access.Service, w world) {
	me := actor.Of(ctx)
	for _, action := range access.Actions {
		var want, have []uuid.UUID
		for id, f := range w.assessments {
			if service.CanAssessment(ctx, action, f) {
				want = append(want, id)
			}
		}
		have = only(t, w.assessments)(s.Read().Assessment.Query().Where(service.AssessmentScope(ctx, action)).IDs(ctx))
		require.ElementsMatch(t, want, have, "assessment %s", action)

		want = nil
		for id, f := range w.evidence {
			if service.CanEvidence(ctx, action, f) {
				want = append(want, id)
			}
		}
		require.ElementsMatch(t, want, only(t, w.evidence)(s.Read().Evidence.Query().Where(service.EvidenceScope(ctx, action)).IDs(ctx)), "evidence %s", action)

		for _, resource := range []access.Resource{access.Cases, access.Packets, access.Statements, access.Seats, access.Ballots, access.Tallies, access.Decisions} {
			want = nil
			for id, f := range w.cases {
				if service.CanCase(ctx, resource, action, f) {
					want = append(want, id)
				}
			}
			scope := service.CaseScope(ctx, resource, action)
			have := only(t, w.cases)(s.Read().PromotionCase.Query().Where(scope).IDs(ctx))
			require.ElementsMatch(t, want, have, "%s %s", resource, action)
		}
		for _, resource := range []access.Resource{access.People, access.Assessments, access.Cases, access.Pay, access.Technology, access.Records, access.Holds, access.Handovers, access.Explained} {
			people := map[uuid.UUID]access.PersonFacts{}
			want = nil
			for _, f := range w.people {
				people[f.ID] = f
				if service.CanPerson(ctx, resource, action, f) {
					want = append(want, f.ID)
				}
			}
			scope := service.PersonScope(ctx, resource, action)
			require.ElementsMatch(t, want, only(t, people)(s.Read().Person.Query().Where(scope).IDs(ctx)), "person for %s %s by %v: %v", resource, action, me, w.people)
		}
	}
}

// only keeps the rows of this world; earlier runs left theirs in the database.
func only[F any](t *rapid.T, world map[uuid.UUID]F) func([]uuid.UUID, error) []uuid.UUID {
	return func(ids []uuid.UUID, err error) []uuid.UUID {
		require.NoError(t, err)
		var out []uuid.UUID
		for _, id := range ids {
			if _, ok := world[id]; ok {
				out = append(out, id)
			}
		}
		return out
	}
}

func makeWorld(t *rapid.T, outer *testing.T, s *store.Store, run int) world {
	w := world{evidence: map[uuid.UUID]access.EvidenceFacts{}, assessments: map[uuid.UUID]access.AssessmentFacts{}, cases: map[uuid.UUID]access.CaseFacts{}}
	err := s.InTx(system, func(ctx context.Context, tx *db.Client) error {
		w.addPeople(t, ctx, outer, tx, run)
		version, cycle := ladderAndCycle(ctx, outer, tx, run)
		w.addAssessments(t, ctx, outer, tx, version, cycle)
		w.addCases(t, ctx, outer, tx, version)
		return audit.New(at).Record(ctx, tx, audit.Entry{Action: audit.PeopleImported, Resource: "person"})
	})
	require.NoError(outer, err)
	return w
}

func (w *world) addPeople(t *rapid.T, ctx context.Context, outer *testing.T, tx *db.Client, run int) {
	for i := range 3 {
		name := fmt.Sprintf("u%d-%d", run, i)
		row, err := tx.Unit.Create().SetName(name).SetNameKey(name).Save(ctx)
		require.NoError(outer, err)
		w.units = append(w.units, row.ID)
	}
	n := rapid.IntRange(2, 5).Draw(t, "people")
	for i := range n {
		create := tx.Person.Create().
			SetName("P").SetNameKey([]byte("p")).SetEmail(fmt.Sprintf("p%d-%d@example.test", run, i))
		f := access.PersonFacts{Country: rapid.SampledFrom(countries).Draw(t, "country")}
		create.SetCountry(f.Country)
		if rapid.Bool().Draw(t, "in a unit") {
			f.Unit = rapid.SampledFrom(w.units).Draw(t, "unit")
			create.SetUnitID(f.Unit)
		}
		if i > 0 && rapid.Bool().Draw(t, "managed") {
			f.Manager = w.people[rapid.IntRange(0, i-1).Draw(t, "manager")].ID
			create.SetManagerID(f.Manager)
		}
		row, err := create.Save(ctx)
		require.NoError(outer, err)
		f.ID = row.ID
		w.people = append(w.people, f)
		e, err := tx.Evidence.Create().SetPersonID(f.ID).SetTitle("E").SetHappenedFrom("2026-01-01").SetCreatedAt(at.Now()).Save(ctx)
		require.NoError(outer, err)
		w.evidence[e.ID] = access.EvidenceFacts{Owner: f.ID}
	}
}

func ladderAndCycle(ctx context.Context, t *testing.T, tx *db.Client, run int) (version, cycle uuid.UUID) {
	l, err := tx.Ladder.Create().SetSlug(fmt.Sprintf("l%d", run)).SetName("L").Save(ctx)
	require.NoError(t, err)
	v, err := tx.LadderVersion.Create().SetLadderID(l.ID).SetVersion("1.0.0").SetEffectiveFrom("2026-01-01").
		SetContentHash(strings.Repeat("0", 64)).SetDocument("x").SetPublishedAt(at.Now()).Save(ctx)
	require.NoError(t, err)
	c, err := tx.Cycle.Create().SetName("C").SetLadderVersionID(v.ID).SetOpensOn("2026-01-01").SetClosesOn("2026-12-31").
		SetSelfDueAt(at.Now()).SetManagerDueAt(at.Now()).Save(ctx)
	require.NoError(t, err)
	return v.ID, c.ID
}

func (w *world) person(t *rapid.T, label string) access.PersonFacts {
	return w.people[rapid.IntRange(0, len(w.people)-1).Draw(t, label)]
}

func (w *world) addAssessments(t *rapid.T, ctx context.Context, outer *testing.T, tx *db.Client, version, cycle uuid.UUID) {
	for _, subject := range w.people {
		for _, kind := range []assessment.Kind{assessment.KindSelf, assessment.KindManager} {
			if !rapid.Bool().Draw(t, "assessed") {
				continue
			}
			f := access.AssessmentFacts{Subject: subject.ID, Author: subject.ID, Manager: subject.Manager, Revealed: rapid.Bool().Draw(t, "revealed")}
			if kind == assessment.KindManager {
				f.Author = w.person(t, "author").ID // also somebody who no longer manages the subject
			}
			create := tx.Assessment.Create().SetCycleID(cycle).SetLadderVersionID(version).SetSubjectID(f.Subject).SetAuthorID(f.Author).
				SetKind(kind).SetBaseLevel("IC4").SetTargetLevel("IC5").SetCreatedAt(at.Now())
			if f.Revealed {
				create.SetRevealedAt(at.Now())
			}
			row, err := create.Save(ctx)
			require.NoError(outer, err)
			w.assessments[row.ID] = f
		}
	}
}

func (w *world) addCases(t *rapid.T, ctx context.Context, outer *testing.T, tx *db.Client, version uuid.UUID) {
	for range rapid.IntRange(0, 3).Draw(t, "cases") {
		candidate := w.person(t, "candidate")
		stage := rapid.IntRange(-1, 4).Draw(t, "stage")
		f := access.CaseFacts{
			Person: candidate.ID, Manager: candidate.Manager, Unit: candidate.Unit, Country: candidate.Country,
			HandedOver: stage >= 0, Frozen: stage >= 1, VoteOpened: stage >= 2, VoteClosed: stage >= 3, Communicated: stage >= 4,
		}
		create := tx.PromotionCase.Create().SetPersonID(candidate.ID).SetOpenedByID(candidate.ID).SetLadderVersionID(version).
			SetFromLevel("IC4").SetFromTrack("IC").SetToLevel("IC5").SetToTrack("IC").SetOpenedAt(at.Now())
		if f.HandedOver {
			create.SetHandedOverAt(at.Now())
		}
		for i, set := range []func(time.Time) *db.PromotionCaseCreate{create.SetSubmittedAt, create.SetVoteOpenedAt, create.SetVoteClosedAt, create.SetCommunicatedAt} {
			if stage > i {
				set(at.Now())
			}
		}
		state := promotioncase.StateDraft
		if f.Withdrawn = rapid.IntRange(0, 3).Draw(t, "withdrawn") == 0; f.Withdrawn {
			state = promotioncase.StateWithdrawn
		}
		row, err := create.SetState(state).Save(ctx)
		require.NoError(outer, err)
		for _, p := range w.people {
			if !rapid.Bool().Draw(t, "seat") {
				continue
			}
			seat := access.SeatFacts{Person: p.ID, Chair: rapid.Bool().Draw(t, "chair"), Seated: rapid.Bool().Draw(t, "seated")}
			state := panelseat.StateSeated
			if !seat.Seated {
				state = panelseat.StateRecused
			}
			require.NoError(outer, tx.PanelSeat.Create().SetCaseID(row.ID).SetPersonID(p.ID).SetChair(seat.Chair).SetState(state).SetSeatedAt(at.Now()).Exec(ctx))
			f.Seats = append(f.Seats, seat)
		}
		w.cases[row.ID] = f
	}
}

func TestWithoutAnActorNothingIsAllowed(t *testing.T) {
	service := access.New(matrix(t))
	require.False(t, service.May(context.Background(), access.Ladders, access.Read))
	require.False(t, service.CanCase(context.Background(), access.Cases, access.Read, access.CaseFacts{}))
	require.Error(t, service.Require(context.Background(), access.Ladders, access.Read))
}
