package importing

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/unit"
	"github.com/rung-hr/rung/internal/platform/sheet"
	"github.com/rung-hr/rung/internal/platform/store"
)

// unitPath reads "Engineering / Platform" as units from the top down; a column
// for the unit above does the same.
func unitPath(above, own string) []string {
	if own == "" {
		return nil
	}
	var path []string
	for _, cell := range []string{above, own} {
		for _, part := range strings.FieldsFunc(strings.NewReplacer(" / ", "\x00", " > ", "\x00").Replace(cell), func(r rune) bool { return r == 0 }) {
			if part = strings.TrimSpace(part); part != "" && (len(path) == 0 || !strings.EqualFold(path[len(path)-1], part)) {
				path = append(path, part)
			}
		}
	}
	return path
}

// fileUnits are the units that the file names.
type fileUnits struct {
	list  []*fileUnit // in the order of the file
	byKey map[string]*fileUnit
}

type fileUnit struct {
	key, name string
	above     string // key, "" when the file does not say
	line      int
}

func newFileUnits() *fileUnits { return &fileUnits{byKey: map[string]*fileUnit{}} }

func unitKey(name string) string { return strings.ToLower(name) }

// add takes the units of a row. A name stands for one unit, so it cannot be under
// two others.
func (f *fileUnits) add(path []string, line int, report reportAt) {
	above := ""
	for _, name := range path {
		key := unitKey(name)
		u := f.byKey[key]
		if u == nil {
			u = &fileUnit{key: strings.Clone(key), name: strings.Clone(name), line: line}
			f.byKey[u.key] = u
			f.list = append(f.list, u)
		}
		switch {
		case above == "" || u.above == above:
		case u.above == "":
			u.above, u.line = strings.Clone(above), line
		default:
			report(line, sheet.OtherError, "unit", fmt.Sprintf("%q is under %q here and under %q in line %d", u.name, f.byKey[above].name, f.byKey[u.above].name, u.line),
				"give one of the two units another name")
		}
		above = key
	}
}

// unitPlan is what an import does to the units.
type unitPlan struct {
	id    map[string]uuid.UUID // by key, of all
	above map[string]string    // by key, after the import
	add   []*fileUnit          // from the top down
	move  []*fileUnit
	file  *fileUnits
}

func (f *fileUnits) plan(ctx context.Context, client *db.Client) (unitPlan, error) {
	p := unitPlan{id: map[string]uuid.UUID{}, above: map[string]string{}, file: f}
	known, err := client.Unit.Query().Select(unit.FieldID, unit.FieldNameKey, unit.FieldParentID).All(ctx)
	if err != nil {
		return p, err
	}
	key := make(map[uuid.UUID]string, len(known))
	for _, u := range known {
		p.id[u.NameKey], key[u.ID] = u.ID, u.NameKey
	}
	for _, u := range known {
		p.above[u.NameKey] = key[store.OrZero(u.ParentID)]
	}
	for _, u := range f.list {
		_, there := p.id[u.key]
		switch {
		case !there:
			p.id[u.key] = uuid.Must(uuid.NewV7())
			p.add = append(p.add, u)
		case u.above != "" && u.above != p.above[u.key]:
			p.move = append(p.move, u)
		}
		if u.above != "" {
			p.above[u.key] = u.above
		}
	}
	slices.SortStableFunc(p.add, func(a, b *fileUnit) int { return p.depth(a.key) - p.depth(b.key) })
	return p, nil
}

// depth is how many units are above one; a circle counts as endless.
func (p *unitPlan) depth(key string) int {
	n := 0
	for at := p.above[key]; at != "" && n <= len(p.above); at = p.above[at] {
		n++
	}
	return n
}

// check refuses units that are under themselves.
func (p *unitPlan) check(report reportAt) {
	told := map[string]bool{}
	for _, u := range p.file.list {
		path := []string{}
		at := u.key
		for at != "" && !slices.Contains(path, at) {
			path = append(path, at)
			at = p.above[at]
		}
		if at != u.key || told[at] {
			continue
		}
		for _, key := range path {
			told[key] = true
		}
		report(u.line, sheet.OtherError, "unit", "these units are under each other in a circle: "+strings.Join(append(path, at), " → "), "correct one of the units above")
	}
}

func (p *unitPlan) of(path []string) *uuid.UUID {
	if len(path) == 0 {
		return nil
	}
	id := p.id[unitKey(path[len(path)-1])]
	return &id
}

// write makes new units, the upper ones first, and moves others.
func (p *unitPlan) write(ctx context.Context, tx *db.Client) error {
	for _, u := range p.add {
		create := tx.Unit.Create().SetID(p.id[u.key]).SetName(u.name).SetNameKey(u.key)
		if u.above != "" {
			create.SetParentID(p.id[u.above])
		}
		if err := create.Exec(ctx); err != nil {
			return err
		}
	}
	for _, u := range p.move {
		if err := tx.Unit.UpdateOneID(p.id[u.key]).SetParentID(p.id[u.above]).AddVersion(1).Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}
