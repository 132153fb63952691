package people

import (
	"context"
	"encoding/csv"
	"io"
	"strings"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/sheet"
	"github.com/rung-hr/rung/internal/trust/audit"
)

// fileColumns are the column names. Programs read them, so they must not change.
// No file contains pay.
var fileColumns = []string{"id", "name", "email", "title", "track", "level", "location", "unit", "manager", "status"}

const batch = 200

// Directory is a list of people that can be written as CSV.
type Directory struct {
	Name  string
	first []Entry
	next  string
	more  func(cursor string) ([]Entry, string, error)
}

// CSV makes the filtered directory a file, with the people and the facts that
// List shows the actor. Everybody may call it. The trail keeps that a file was
// made and by what it was narrowed, never the words of a search.
//
// It returns an Invalid fault for a filter that List refuses.
func (s *Service) CSV(ctx context.Context, f Filter) (Directory, error) {
	f.Sort, f.Cursor, f.Limit = "name", "", batch
	more := func(cursor string) ([]Entry, string, error) {
		f.Cursor = cursor
		return s.List(ctx, f)
	}
	first, next, err := more("")
	if err != nil {
		return Directory{}, err
	}
	err = s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		return s.Trail.Record(ctx, tx, audit.Entry{
			Action: audit.DirectoryExported, Resource: "person", Facts: map[string]string{"narrowed by": f.narrowed()},
		})
	})
	name := "people-" + string(clock.DateOf(s.Clock.Now())) + ".csv"
	return Directory{Name: name, first: first, next: next, more: more}, err
}

func (f Filter) narrowed() string {
	var by []string
	add := func(word string, used bool) {
		if used {
			by = append(by, word)
		}
	}
	add("name", f.Prefix != "")
	add("level", f.Level != "")
	add("location", f.Location != "")
	add("unit", f.Unit != uuid.Nil)
	return strings.Join(by, ", ")
}

// WriteTo writes the file in the format of RFC 4180, batch by batch: never more
// than one is in memory.
func (d Directory) WriteTo(w io.Writer) (int64, error) {
	counted := &counter{to: w}
	out := csv.NewWriter(counted)
	out.UseCRLF = true
	if err := out.Write(fileColumns); err != nil {
		return counted.n, err
	}
	for rows, next := d.first, d.next; ; {
		for _, e := range rows {
			if err := out.Write(e.record()); err != nil {
				return counted.n, err
			}
		}
		out.Flush()
		if out.Error() != nil || next == "" {
			return counted.n, out.Error()
		}
		var err error
		if rows, next, err = d.more(next); err != nil {
			return counted.n, err
		}
	}
}

func (e Entry) record() []string {
	var unit, manager string
	if e.Unit != nil {
		unit = e.Unit.Name
	}
	if e.Manager != nil {
		manager = e.Manager.Name
	}
	cells := []string{e.ID.String(), e.Name, e.Email, e.Title, e.Track, e.Level, e.Location, unit, manager, e.Status}
	for i, text := range cells {
		cells[i] = sheet.Guard(text)
	}
	return cells
}

type counter struct {
	to io.Writer
	n  int64
}

// Write implements io.Writer.
func (c *counter) Write(p []byte) (int, error) {
	n, err := c.to.Write(p)
	c.n += int64(n)
	return n, err
}
