// Package orgtest is a company for tests of people. It has only the shipped
// ladder, and a clock that stands still.
package orgtest

import (
	"context"
	"io"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/internal/dev/basetest"
	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/domain/ladder/library"
	"github.com/rung-hr/rung/internal/domain/people"
	"github.com/rung-hr/rung/internal/domain/people/importing"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/sheet"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/usecase"
)

var (
	// System acts for the program itself.
	System = actor.AsSystem(context.Background(), "test")
	// HR acts as an HR partner for the whole company who is not a person in it.
	HR = actor.With(context.Background(), actor.Person{ID: uuid.Must(uuid.NewV7()), Roles: []string{"employee", "hr"}, Scopes: []actor.Scope{{}}})
)

// Company is the company and what changes it.
type Company struct {
	usecase.Base
	*people.Service

	Importer *importing.Service
	Clock    *clock.Fake
	t        testing.TB
}

// New returns a company in the database.
func New(t testing.TB, s *store.Store) *Company {
	t.Helper()
	base, at := basetest.New(t, s)
	name, content := ladder.ShippedFile()
	ladders := library.New(base)
	_, err := ladders.Publish(System, name, content, "2026-01-01")
	require.NoError(t, err)
	persons := people.New(base, nil)
	return &Company{Base: base, Service: persons, Importer: importing.New(base, ladders, persons), Clock: at, t: t}
}

// FromText is a small file in memory as input.
func FromText(name, content string, dryRun bool) importing.Input {
	return importing.Input{File: name, Spec: sheet.People, DryRun: dryRun, Open: func(context.Context) (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(content)), nil
	}}
}

// Import imports people from lines of CSV.
func (c *Company) Import(lines ...string) (*sheet.ImportReport, error) {
	return c.Importer.Import(HR, FromText("people.csv", strings.Join(lines, "\n")+"\n", false))
}

// Person returns the person with an employee number.
func (c *Company) Person(no string) *db.Person {
	c.t.Helper()
	p, err := c.Store.Read().Person.Query().Where(person.EmployeeNo(no)).WithManager().WithUnit().Only(System)
	require.NoError(c.t, err)
	return p
}
