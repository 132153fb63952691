package library

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	entladder "github.com/rung-hr/rung/ent/db/ladder"
	entunit "github.com/rung-hr/rung/ent/db/unit"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
)

// Settings are what the owner of a ladder can switch without a new version.
// Fields that are left out keep their value.
type Settings struct {
	Public    *bool       `json:"public,omitempty" doc:"readable without an account"`
	RetiredOn *clock.Date `json:"retiredOn,omitempty" format:"date" doc:"the first day on which nobody is assessed against it"`
	Units     []uuid.UUID `json:"units,omitempty" maxItems:"10000" doc:"all units that stand on it from now on; an empty list for none"`
}

// Configure switches the public link of a ladder, retires it, or says which units
// stand on it, and returns the ladder. Owners of ladders may. A unit stands on
// one ladder: naming it here removes it from another one. It returns an Invalid
// fault for a wrong day or an unknown unit, a NotFound fault for an unknown
// ladder, and a Forbidden fault to everybody else.
func (s *Service) Configure(ctx context.Context, slug string, in Settings) (Brief, error) {
	if err := s.Access.Require(ctx, access.Ladders, access.Update); err != nil {
		return Brief{}, err
	}
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		framework, err := tx.Ladder.Query().Where(entladder.Slug(slug)).Only(ctx)
		if err != nil {
			return store.Found(err)
		}
		update := tx.Ladder.UpdateOne(framework).AddVersion(1)
		entry := audit.Entry{Action: audit.LadderShown, Resource: "ladder", ID: framework.ID, Facts: map[string]string{"slug": slug}}
		if in.Public != nil {
			update.SetPublic(*in.Public)
			entry.Facts["public"] = strconv.FormatBool(*in.Public)
		}
		if in.RetiredOn != nil {
			if _, err := clock.ParseDate(string(*in.RetiredOn)); err != nil {
				return fault.Bad("Nothing was changed.", fault.Detail{Pointer: "/retiredOn", Message: err.Error(), Fix: "Write the day as 2027-01-01."})
			}
			update.SetRetiredOn(*in.RetiredOn)
			entry.Action, entry.Facts["on"] = audit.LadderRetired, string(*in.RetiredOn)
		}
		if in.Units != nil {
			entry.Action, entry.Facts["units"] = audit.LadderUnits, strconv.Itoa(len(in.Units))
			if err := standOn(ctx, tx, framework.ID, in.Units); err != nil {
				return err
			}
		}
		if err := update.Exec(ctx); err != nil {
			return err
		}
		return s.Trail.Record(ctx, tx, entry)
	})
	if err != nil {
		return Brief{}, err
	}
	list, err := s.List(ctx)
	for _, b := range list {
		if b.Slug == slug {
			return b, err
		}
	}
	return Brief{Slug: slug, Units: []Unit{}}, err
}

// standOn makes the named units, and no others, stand on a ladder.
func standOn(ctx context.Context, tx *db.Client, ladder uuid.UUID, units []uuid.UUID) error {
	known, err := tx.Unit.Query().Where(entunit.IDIn(units...)).IDs(ctx)
	if err != nil {
		return err
	}
	var details []fault.Detail
	for i, id := range units {
		if !slices.Contains(known, id) {
			details = append(details, fault.Detail{Pointer: fmt.Sprintf("/units/%d", i), Message: "There is no such unit.", Fix: "Choose one of the units of the company."})
		}
	}
	if len(details) > 0 {
		return fault.Bad("Nothing was changed.", details...)
	}
	if err := tx.Unit.Update().Where(entunit.LadderID(ladder), entunit.IDNotIn(units...)).ClearLadderID().AddVersion(1).Exec(ctx); err != nil {
		return err
	}
	return tx.Unit.Update().Where(entunit.IDIn(units...)).SetLadderID(ladder).AddVersion(1).Exec(ctx)
}
