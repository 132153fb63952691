package app

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/internal/domain/assessment"
	"github.com/rung-hr/rung/internal/domain/company"
	"github.com/rung-hr/rung/internal/domain/compensation"
	"github.com/rung-hr/rung/internal/domain/evidence"
	"github.com/rung-hr/rung/internal/domain/home"
	"github.com/rung-hr/rung/internal/domain/imports"
	"github.com/rung-hr/rung/internal/domain/ladder/library"
	"github.com/rung-hr/rung/internal/domain/people"
	"github.com/rung-hr/rung/internal/domain/people/importing"
	"github.com/rung-hr/rung/internal/domain/promotion"
	"github.com/rung-hr/rung/internal/domain/technology"
	"github.com/rung-hr/rung/internal/platform/sheet"
	"github.com/rung-hr/rung/internal/platform/store"
)

// Packages of the domain do not import each other. If one needs something from
// another, it has a small interface, and this file fills it.

// levels lets a promotion case change a person's level, with the title from the
// ladder.
type levels struct {
	people  *people.Service
	ladders *library.Service
}

// Promote implements promotion.Levels.
func (l levels) Promote(ctx context.Context, tx *db.Client, p promotion.Promotion) error {
	published, err := l.ladders.Version(ctx, p.LadderVersion)
	if err != nil {
		return err
	}
	level, _, ok := published.Rubric.Level(p.Level)
	if !ok {
		return fmt.Errorf("app: version %s of the ladder has no level %s", published.Rubric.Version, p.Level)
	}
	return l.people.ChangeLevel(ctx, tx, p.Person, p.Level, p.Track, level.Title, p.On)
}

// rules gives promotion cases what the company decided about them.
type rules struct{ company *company.Service }

// PromotionRules implements promotion.Company.
func (r rules) PromotionRules(ctx context.Context, without ...uuid.UUID) (promotion.Rules, error) {
	v, earlier, err := r.company.Values(ctx, without...)
	return promotion.Rules{InLevel: v.MonthsInLevel, AfterDecision: v.MonthsAfterDecision, AfterWithdrawal: v.MonthsAfterWithdrawal, Earlier: earlier}, err
}

// openCase shows a new manager the open case of a person.
func openCase(cases *promotion.Service) people.CaseOf {
	return func(ctx context.Context, person uuid.UUID) (*people.OpenCase, error) {
		row, found, err := cases.OpenOf(ctx, person)
		if err != nil || !found {
			return nil, err
		}
		return &people.OpenCase{
			ID: row.ID, FromLevel: row.FromLevel, ToLevel: row.ToLevel, State: row.Bar.Words, Turn: row.Bar.Turn, DueAt: row.Bar.DueAt,
			Href: "/cases/" + row.ID.String(),
		}, nil
	}
}

// payList gives the directory people ordered by their pay.
type payList struct{ pay *compensation.Service }

// ByPay implements people.PayList.
func (l payList) ByPay(ctx context.Context, f people.PayFilter) ([]people.PaidPerson, string, error) {
	rows, next, err := l.pay.ByPay(ctx, compensation.PayFilter(f))
	return converted(rows, func(p compensation.PaidPerson) people.PaidPerson { return people.PaidPerson(p) }), next, err
}

// homeAssessments gives the first screen the reader's own assessment.
type homeAssessments struct{ assessments *assessment.Service }

// CurrentCycle implements home.Assessments.
func (h homeAssessments) CurrentCycle(ctx context.Context) (home.Cycle, error) {
	cycle, err := h.assessments.CurrentCycle(ctx)
	return home.Cycle(cycle), err
}

// Get implements home.Assessments.
func (h homeAssessments) Get(ctx context.Context, id uuid.UUID) (home.Assessment, error) {
	a, err := h.assessments.Get(ctx, id)
	return home.Assessment{
		ID: a.ID, State: a.State, Target: a.Target, LadderVersion: a.Ladder.Version, DueAt: a.DueAt, ComparisonID: a.ComparisonID,
		Rows: converted(a.Items, againstRow), Audience: a.Bar.Audience,
	}, err
}

func againstRow(i assessment.Item) home.AgainstRow {
	row := home.AgainstRow{Competency: i.Competency, Name: i.Name, Rating: i.Rating, Scale: i.Scale, Evidence: len(i.Evidence)}
	for _, e := range i.Evidence {
		last := e.HappenedFrom
		if e.HappenedTo != nil {
			last = *e.HappenedTo
		}
		if row.NewestOn == nil || *row.NewestOn < last {
			row.NewestOn = &last
		}
	}
	return row
}

// homeCases gives the first screen the cases and ballots of the reader.
type homeCases struct{ cases *promotion.Service }

// mostCases is how many cases the first screen reads.
const mostCases = 200

// List implements home.Cases.
func (h homeCases) List(ctx context.Context, scope string) ([]home.Case, error) {
	rows, _, err := h.cases.List(ctx, promotion.Filter{Scope: scope, Limit: mostCases})
	return converted(rows, func(r promotion.Row) home.Case {
		return home.Case{ID: r.ID, Person: r.Person, FromLevel: r.FromLevel, ToLevel: r.ToLevel, Bar: r.Bar}
	}), err
}

// Ballots implements home.Cases.
func (h homeCases) Ballots(ctx context.Context) ([]home.Ballot, error) {
	booths, err := h.cases.Booths(ctx)
	return converted(booths, func(b promotion.Booth) home.Ballot { return home.Ballot(b) }), err
}

// importPeople lets an import write people.
func importPeople(importer *importing.Service) imports.Importer {
	return func(ctx context.Context, in imports.Input) (*sheet.ImportReport, error) {
		return importer.Import(ctx, importing.Input(in))
	}
}

// view is a source for the copy of a record that returns one thing by its id.
func view[T any](get func(context.Context, uuid.UUID) (T, error)) func(context.Context, uuid.UUID) (any, error) {
	return func(ctx context.Context, id uuid.UUID) (any, error) { return get(ctx, id) }
}

func technologiesOf(profiles *technology.Service) func(context.Context, uuid.UUID) ([]any, error) {
	return func(ctx context.Context, person uuid.UUID) ([]any, error) {
		profile, err := profiles.Of(ctx, person)
		return converted(profile.Uses, boxed), err
	}
}

// everyPiece reads the whole evidence log, page by page.
func everyPiece(logged *evidence.Service) func(context.Context) ([]any, error) {
	return func(ctx context.Context) ([]any, error) {
		var out []any
		for cursor := ""; ; {
			pieces, next, err := logged.List(ctx, evidence.Filter{Cursor: cursor, Limit: store.MaxLimit})
			if err != nil {
				return nil, err
			}
			out = append(out, converted(pieces, boxed)...)
			if next == "" {
				return out, nil
			}
			cursor = next
		}
	}
}

func ownPay(pay *compensation.Service) func(context.Context) ([]any, error) {
	return func(ctx context.Context) ([]any, error) {
		rows, err := pay.MyPay(ctx)
		return converted(rows, boxed), err
	}
}

func boxed[T any](v T) any { return v }

// converted applies f to each element; the result is never nil.
func converted[A, B any](in []A, f func(A) B) []B {
	out := make([]B, 0, len(in))
	for _, v := range in {
		out = append(out, f(v))
	}
	return out
}
