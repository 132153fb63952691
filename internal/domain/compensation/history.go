package compensation

import (
	"context"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/paypoint"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/trust/access"
)

// OwnPay is what a person earned during a half-open range of dates, for a copy of
// their own record.
type OwnPay struct {
	AmountMinor int64      `json:"amountMinor"`
	Currency    string     `json:"currency"`
	FTEPpm      int64      `json:"ftePpm"`
	ValidFrom   clock.Date `json:"validFrom"`
	ValidTo     clock.Date `json:"validTo"`
}

// MyPay lists the actor's own actual base pay per year, newest first, in minor
// units with the FTE in parts per million. Everybody may read their own. It does
// not need a recent sign-in, because a copy is made in the background. It returns
// a NotFound fault without an actor and while viewing as somebody else.
func (s *Service) MyPay(ctx context.Context) ([]OwnPay, error) {
	me, ok := actor.From(ctx)
	if !ok || me.Viewer != nil || !s.Access.CanPerson(ctx, access.Pay, access.Read, access.PersonFacts{ID: me.ID}) {
		return nil, fault.Missing()
	}
	rows, err := s.Store.Read().PayPoint.Query().Where(paypoint.PersonID(me.ID)).Order(db.Desc(paypoint.FieldValidFrom)).All(ctx)
	out := make([]OwnPay, 0, len(rows))
	for _, r := range rows {
		out = append(out, OwnPay{int64(r.AmountMinor), r.Currency, r.FtePpm, r.ValidFrom, r.ValidTo})
	}
	return out, err
}
