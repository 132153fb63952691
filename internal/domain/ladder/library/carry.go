package library

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/employment"
	"github.com/rung-hr/rung/ent/db/person"
	entunit "github.com/rung-hr/rung/ent/db/unit"
	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/audit"
)

// Renaming is the word of whoever publishes a version that a level of the version
// before is the same level under another code.
type Renaming struct {
	From string `json:"from" minLength:"1" maxLength:"16" doc:"a level that the new version no longer has"`
	To   string `json:"to" minLength:"1" maxLength:"16" doc:"a level that the version before did not have"`
}

// Vanishing is a level that a draft no longer has.
type Vanishing struct {
	Code   string `json:"code"`
	Name   string `json:"name"`
	People int    `json:"people" doc:"who stand on it now"`
}

// LevelName is a level in a list.
type LevelName struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

// gap lists the levels that only one of two rubrics has.
func gap(from, of ladder.Rubric) []ladder.Level {
	var out []ladder.Level
	for _, l := range from.Levels() {
		if !slices.ContainsFunc(of.Levels(), func(other ladder.Level) bool { return other.Code == l.Code }) {
			out = append(out, l)
		}
	}
	return out
}

// checkRenamings refuses what is more than another code for the same level.
func checkRenamings(before, after ladder.Rubric, list []Renaming) error {
	vanished, added := gap(before, after), gap(after, before)
	has := func(levels []ladder.Level, code string) bool {
		return slices.ContainsFunc(levels, func(l ladder.Level) bool { return l.Code == code })
	}
	var bad []fault.Detail
	from, to := map[string]bool{}, map[string]bool{}
	for i, r := range list {
		refuse := func(field, message, fix string) {
			bad = append(bad, fault.Detail{Pointer: fmt.Sprintf("/renamed/%d/%s", i, field), Field: field, Message: message, Fix: fix})
		}
		switch {
		case has(after.Levels(), r.From):
			refuse("from", "Level "+r.From+" is still in the new version", "leave it out")
		case !has(vanished, r.From):
			refuse("from", "The version before has no level "+r.From, "choose one that it has")
		case from[r.From]:
			refuse("from", "Level "+r.From+" is named twice", "name it once")
		}
		switch {
		case has(before.Levels(), r.To):
			refuse("to", "Level "+r.To+" is not new: moving people to it is a promotion or a re-level", "choose a level that the version before did not have")
		case !has(added, r.To):
			refuse("to", "The new version has no level "+r.To, "choose one that it has")
		case to[r.To]:
			refuse("to", "Two levels cannot become "+r.To+": for one of them it would be a re-level", "choose another one")
		}
		from[r.From], to[r.To] = true, true
	}
	if len(bad) == 0 {
		return nil
	}
	return fault.Bad("Nothing was published, and nobody was moved.", bad...)
}

// carry gives the people who stand on renamed levels of a ladder the new codes
// from a day on. How long they have been at their level does not change. It takes
// a fixed number of statements for each level, however many people there are.
func (s *Service) carry(ctx context.Context, tx *db.Client, framework *db.Ladder, before, after ladder.Rubric, from clock.Date, list []Renaming) error {
	if len(list) == 0 {
		return nil
	}
	if err := checkRenamings(before, after, list); err != nil {
		return err
	}
	if err := store.BumpRevision(ctx, store.CompensationRevision); err != nil {
		return err
	}
	units, err := s.Store.Read().Unit.Query().Select(entunit.FieldID, entunit.FieldParentID, entunit.FieldLadderID).All(ctx)
	if err != nil {
		return err
	}
	var words []string
	people := 0
	for _, r := range list {
		standing, err := s.standing(ctx, units, framework.ID, r.From)
		if err != nil {
			return err
		}
		if err := s.refuseOwn(ctx, tx, r.From, standing); err != nil {
			return err
		}
		n, err := s.carryOne(ctx, tx, r, trackOf(after, r.To), from, standing)
		if err != nil {
			return err
		}
		people += n
		words = append(words, r.From+" to "+r.To)
	}
	return s.Trail.Record(ctx, tx, audit.Entry{
		Action: audit.LevelsRenamed, Resource: "ladder", ID: framework.ID,
		Facts: map[string]string{"slug": framework.Slug, "version": after.Version, "levels": strings.Join(words, ", "), "people": strconv.Itoa(people), "on": string(from)},
	})
}

func trackOf(r ladder.Rubric, code string) string {
	for _, t := range r.Tracks {
		if slices.ContainsFunc(ladder.LevelsOf([]ladder.Track{t}), func(l ladder.Level) bool { return l.Code == code }) {
			return t.Code
		}
	}
	return ""
}

// refuseOwn keeps people from moving themselves: whether a level is only renamed
// is for somebody to say who does not stand on it.
func (s *Service) refuseOwn(ctx context.Context, tx *db.Client, code string, standing standers) error {
	me, ok := actor.Answerable(ctx)
	if !ok {
		return nil
	}
	own, err := tx.Person.Query().Where(person.ID(me.ID), person.Level(code), standing.where).Exist(ctx)
	if err == nil && own {
		err = fault.Denied("You stand on level %s yourself. Somebody who does not must say that it is only renamed.", code).WithCode("own_gain")
	}
	return err
}

// carryOne changes one code. The facts in force on the day end on it and go on
// under the new code; later ones that are planned already get the new code too.
func (s *Service) carryOne(ctx context.Context, tx *db.Client, r Renaming, track string, from clock.Date, standing standers) (int, error) {
	n, err := tx.Person.Query().Where(person.Level(r.From), person.StatusEQ(person.StatusActive), standing.where).Count(ctx)
	if err != nil {
		return 0, err
	}
	if err := s.splitSpans(ctx, r.From, from, standing); err != nil {
		return 0, err
	}
	if err := tx.Employment.Update().
		Where(employment.Level(r.From), employment.ValidFromLT(from), employment.ValidToGT(from), standing.where).
		SetValidTo(from).Exec(ctx); err != nil {
		return 0, err
	}
	if err := tx.Employment.Update().
		Where(employment.Level(r.From), employment.ValidFromGTE(from), standing.where).
		SetLevel(r.To).SetTrack(track).SetRecordedAt(s.Clock.Now()).Exec(ctx); err != nil {
		return 0, err
	}
	if from > clock.DateOf(s.Clock.Now()) {
		return n, nil // the sweep of that day brings it into force
	}
	return n, tx.Person.Update().
		Where(person.Level(r.From), person.StatusEQ(person.StatusActive), standing.where).
		SetLevel(r.To).SetTrack(track).AddVersion(1).Exec(ctx)
}

// splitSpans copies the facts that are in force on the day and began before it
// into spans that begin on it.
func (s *Service) splitSpans(ctx context.Context, code string, from clock.Date, standing standers) error {
	under, ok := store.Tx(ctx)
	if !ok {
		return errors.New("library: people are carried over in a transaction")
	}
	same := []string{
		employment.FieldPersonID, employment.FieldUnitID, employment.FieldManagerID, employment.FieldLevel, employment.FieldTrack, employment.FieldTitle,
		employment.FieldLocation, employment.FieldCountry, employment.FieldTimeZone, employment.FieldWorkingHours, employment.FieldCurrency,
		employment.FieldFtePpm, employment.FieldValidTo, employment.FieldRecordedAt,
	}
	t := sql.Dialect(s.Store.Dialect()).Table(employment.Table)
	old := sql.Dialect(s.Store.Dialect()).Select(t.Columns(same...)...).
		AppendSelectExpr(sql.Raw(s.Store.RandomID()), sql.Raw("'"+string(employment.ReasonRenamed)+"'"), sql.ExprFunc(func(b *sql.Builder) { b.Arg(string(from)) })).
		From(t).
		Where(sql.And(sql.EQ(t.C(employment.FieldLevel), code), sql.LT(t.C(employment.FieldValidFrom), string(from)), sql.GT(t.C(employment.FieldValidTo), string(from))))
	standing.where(old)
	query, args := old.Query()
	columns := strings.Join(append(same, employment.FieldID, employment.FieldReason, employment.FieldValidFrom), ", ")
	_, err := under.ExecContext(ctx, fmt.Sprintf("INSERT INTO %s (%s) %s", employment.Table, columns, query), args...)
	return err
}

// standers are the people of the units in which a level means the one of a
// certain ladder.
type standers struct {
	units []any // ids
	none  bool  // people without a unit too
}

// where limits a query of people, or of facts about them.
func (p standers) where(q *sql.Selector) {
	var either []*sql.Predicate
	if len(p.units) > 0 {
		either = append(either, sql.In(q.C(employment.FieldUnitID), p.units...))
	}
	if p.none {
		either = append(either, sql.IsNull(q.C(employment.FieldUnitID)))
	}
	if len(either) == 0 {
		q.Where(sql.False())
		return
	}
	q.Where(sql.Or(either...))
}

// standing finds where a level means the one of a ladder; StandsOn says the same
// for one person.
func (s *Service) standing(ctx context.Context, units []*db.Unit, framework uuid.UUID, code string) (standers, error) {
	rows, err := s.having(ctx, code)
	if err != nil || len(rows) == 0 {
		return standers{}, err
	}
	out := standers{none: best(rows, nil).LadderID == framework}
	for _, u := range units {
		if best(rows, chosenBy(units, &u.ID)).LadderID == framework {
			out.units = append(out.units, u.ID)
		}
	}
	return out, nil
}

// vanishing lists the levels that a draft no longer has, with the people on them,
// and the levels that are new in it.
func (s *Service) vanishing(ctx context.Context, client *db.Client, framework uuid.UUID, before, after ladder.Rubric) ([]Vanishing, []LevelName, error) {
	vanished, added := []Vanishing{}, []LevelName{}
	for _, l := range gap(after, before) {
		added = append(added, LevelName{Code: l.Code, Name: l.Title})
	}
	gone := gap(before, after)
	if len(gone) == 0 {
		return vanished, added, nil
	}
	units, err := client.Unit.Query().Select(entunit.FieldID, entunit.FieldParentID, entunit.FieldLadderID).All(ctx)
	if err != nil {
		return nil, nil, err
	}
	for _, l := range gone {
		standing, err := s.standing(ctx, units, framework, l.Code)
		if err != nil {
			return nil, nil, err
		}
		n, err := client.Person.Query().Where(person.Level(l.Code), person.StatusEQ(person.StatusActive), standing.where).Count(ctx)
		if err != nil {
			return nil, nil, err
		}
		vanished = append(vanished, Vanishing{Code: l.Code, Name: l.Title, People: n})
	}
	return vanished, added, nil
}
