// Package company is what the company decides for all its people, with the history
// of each decision.
package company

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/predicate"
	"github.com/rung-hr/rung/ent/db/settingsversion"
	"github.com/rung-hr/rung/ent/schema"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
	"github.com/rung-hr/rung/internal/trust/process"
	"github.com/rung-hr/rung/internal/trust/usecase"
)

// Service is the use cases of the company's settings.
type Service struct {
	usecase.Base
}

// New returns the use cases.
func New(b usecase.Base) *Service {
	return &Service{Base: b}
}

// Values are all settings, each with a value.
type Values struct {
	MonthsInLevel         int `json:"monthsInLevel" minimum:"0" maximum:"60" doc:"how long somebody holds a level before a case for a higher one; 0 for no such rule"`
	MonthsAfterDecision   int `json:"monthsAfterDecision" minimum:"0" maximum:"60" doc:"how long after a decision that was no promotion the next case waits; 0 for no such rule"`
	MonthsAfterWithdrawal int `json:"monthsAfterWithdrawal" minimum:"0" maximum:"60" doc:"how long after a packet was withdrawn that the manager had seen the next case waits; 0 for no such rule"`
}

// Defaults are the values of a company that decided nothing yet.
var Defaults = Values{MonthsInLevel: 6, MonthsAfterDecision: 6, MonthsAfterWithdrawal: 3}

// Settings are the values in force, and how they came about.
type Settings struct {
	Version   int       `json:"version" doc:"0 before the first change"`
	Values    Values    `json:"values"`
	Defaults  Values    `json:"defaults"`
	History   []Version `json:"history" maxItems:"100" doc:"the newest change first"`
	MayChange bool      `json:"mayChange"`
}

// ETagVersion is the version for optimistic locking.
func (s Settings) ETagVersion() int { return s.Version }

// Version is one change of the settings.
type Version struct {
	Number  int               `json:"number"`
	By      process.PersonRef `json:"by"`
	At      time.Time         `json:"at"`
	Reason  string            `json:"reason"`
	Changes []Change          `json:"changes" doc:"in the order of the settings"`
}

// Change is one setting before and after.
type Change struct {
	Setting string `json:"setting" enum:"monthsInLevel,monthsAfterDecision,monthsAfterWithdrawal"`
	From    int    `json:"from"`
	To      int    `json:"to"`
}

// Changing is what the settings become.
type Changing struct {
	Values
	Reason string `json:"reason" maxLength:"1000" doc:"everybody can read it"`
}

const shown = 100

// setting ties a value to what is stored of it.
type setting struct {
	name   string
	value  func(*Values) *int
	stored func(*schema.Settings) **int
}

var settings = []setting{
	{"monthsInLevel", func(v *Values) *int { return &v.MonthsInLevel }, func(s *schema.Settings) **int { return &s.MonthsInLevel }},
	{"monthsAfterDecision", func(v *Values) *int { return &v.MonthsAfterDecision }, func(s *schema.Settings) **int { return &s.MonthsAfterDecision }},
	{"monthsAfterWithdrawal", func(v *Values) *int { return &v.MonthsAfterWithdrawal }, func(s *schema.Settings) **int { return &s.MonthsAfterWithdrawal }},
}

func valuesOf(stored schema.Settings) Values {
	out := Defaults
	for _, one := range settings {
		if v := *one.stored(&stored); v != nil {
			*one.value(&out) = *v
		}
	}
	return out
}

// toStored keeps what differs from the values before, and what was decided before.
// So a default that nobody touched stays one.
func (v Values) toStored(before schema.Settings) schema.Settings {
	was := valuesOf(before)
	for _, one := range settings {
		if now := *one.value(&v); now != *one.value(&was) {
			*one.stored(&before) = &now
		}
	}
	return before
}

func differences(from, to Values) []Change {
	out := []Change{}
	for _, one := range settings {
		if a, b := *one.value(&from), *one.value(&to); a != b {
			out = append(out, Change{Setting: one.name, From: a, To: b})
		}
	}
	return out
}

// Values returns the values in force, without what some people changed themselves
// since anybody else did: nobody decides about the rules of their own case. The
// second result says whether that leaves something out. Every package of the domain
// may ask; what it shows of them is its own matter. It runs at most two statements
// and returns no fault of its own.
func (s *Service) Values(ctx context.Context, without ...uuid.UUID) (Values, bool, error) {
	row, err := newest(ctx, s.Store.Read())
	if err != nil || row == nil {
		return Defaults, false, err
	}
	if !slices.Contains(without, row.ChangedByID) {
		return valuesOf(row.Settings), false, nil
	}
	now := valuesOf(row.Settings)
	row, err = newest(ctx, s.Store.Read(), settingsversion.ChangedByIDNotIn(without...))
	if err != nil || row == nil {
		return Defaults, now != Defaults, err
	}
	return valuesOf(row.Settings), now != valuesOf(row.Settings), nil
}

func newest(ctx context.Context, client *db.Client, of ...predicate.SettingsVersion) (*db.SettingsVersion, error) {
	row, err := client.SettingsVersion.Query().Where(of...).Order(db.Desc(settingsversion.FieldNumber)).First(ctx)
	if db.IsNotFound(err) {
		return nil, nil
	}
	return row, err
}

// Get returns the settings with their last 100 changes, the newest first.
// Everybody may call it. It returns a SignedOut fault without an actor.
func (s *Service) Get(ctx context.Context) (Settings, error) {
	if err := s.Access.Require(ctx, access.Settings, access.Read); err != nil {
		return Settings{}, err
	}
	rows, err := s.Store.Read().SettingsVersion.Query().WithChangedBy().
		Order(db.Desc(settingsversion.FieldNumber)).Limit(shown + 1).All(ctx)
	if err != nil {
		return Settings{}, err
	}
	out := Settings{Values: Defaults, Defaults: Defaults, History: []Version{}, MayChange: s.Access.May(ctx, access.Settings, access.Update)}
	slices.Reverse(rows)
	before := Defaults
	for i, row := range rows {
		now := valuesOf(row.Settings)
		if i > 0 || len(rows) <= shown { // of the oldest of too many, what it changed is not known
			out.History = append(out.History, Version{
				Number: row.Number, By: process.RefOf(row.Edges.ChangedBy), At: row.ChangedAt, Reason: row.Reason, Changes: differences(before, now),
			})
		}
		before, out.Version = now, row.Number
	}
	out.Values = before
	slices.Reverse(out.History)
	return out, nil
}

// Change puts other values into force at once and returns them. HR partners for
// the whole company may.
//
// It returns an Invalid fault with every value that is out of range, for a missing
// reason and for values that change nothing, a Stale fault with the newest
// settings, and a Forbidden fault to everybody else.
func (s *Service) Change(ctx context.Context, version int, in Changing) (Settings, error) {
	if err := s.Access.Require(ctx, access.Settings, access.Update); err != nil {
		return Settings{}, err
	}
	in.Reason = strings.TrimSpace(in.Reason)
	if err := in.check(); err != nil {
		return Settings{}, err
	}
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		row, err := newest(ctx, tx)
		if err != nil {
			return err
		}
		var before schema.Settings
		number := 0
		if row != nil {
			before, number = row.Settings, row.Number
		}
		if number != version {
			return fault.Outdated(nil)
		}
		changes := differences(valuesOf(before), in.Values)
		if len(changes) == 0 {
			return fault.Bad("Nothing was changed.", fault.Detail{Field: "reason", Pointer: "/reason", Message: "all settings have these values already", Fix: "change at least one"})
		}
		err = tx.SettingsVersion.Create().SetNumber(number + 1).SetSettings(in.toStored(before)).
			SetChangedByID(actor.Of(ctx).ID).SetChangedAt(s.Clock.Now()).SetReason(in.Reason).Exec(ctx)
		if db.IsConstraintError(err) {
			return fault.Outdated(nil) // another change got the number
		}
		if err != nil {
			return err
		}
		return s.Trail.Record(ctx, tx, audit.Entry{Action: audit.SettingsChanged, Resource: "setting", Facts: facts(changes)})
	})
	return store.Current(err, func() (Settings, error) { return s.Get(ctx) })
}

func facts(changes []Change) map[string]string {
	out := map[string]string{}
	for _, c := range changes {
		out[c.Setting] = fmt.Sprintf("%d to %d", c.From, c.To)
	}
	return out
}

func (c Changing) check() error {
	var bad []fault.Detail
	for _, one := range settings {
		if v := *one.value(&c.Values); v < 0 || v > mostMonths {
			bad = append(bad, fault.Detail{Pointer: "/" + one.name, Field: one.name, Message: fmt.Sprintf("%d is not between 0 and %d months", v, mostMonths), Fix: "write a whole number of months"})
		}
	}
	if c.Reason == "" {
		bad = append(bad, fault.Detail{Pointer: "/reason", Field: "reason", Message: "there is no reason", Fix: "say why the rules change"})
	}
	if len(bad) == 0 {
		return nil
	}
	return fault.Bad("The settings were not changed.", bad...)
}

const mostMonths = 60
