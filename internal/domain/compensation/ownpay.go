package compensation

import (
	"context"
	"strconv"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/sheet"
)

// importer is the person at the screen; uuid.Nil for the operator's tools.
func importer(ctx context.Context) uuid.UUID {
	p := actor.Of(ctx)
	return p.RealID()
}

// ownChanges are the rows that would change the pay of the person who imports
// them.
func (p *payPlan) ownChanges() []*incomingPay {
	var out []*incomingPay
	if p.file.importer == uuid.Nil {
		return out
	}
	for _, list := range [][]span{p.added, p.changed} {
		for _, s := range list {
			if s.row != nil && s.row.person == p.file.importer {
				out = append(out, s.row)
			}
		}
	}
	return out
}

// reportOwn refuses each of them at its line: nobody may change their own pay.
func (p *payPlan) reportOwn() {
	for _, row := range p.ownChanges() {
		p.file.reader.ReportAt(row.line, sheet.OwnPay, "amount", "this row changes your own pay", "remove it; somebody else must import it")
	}
}

// refuseOwn is reportOwn inside the transaction, for changes since the check.
func (p *payPlan) refuseOwn() error {
	if rows := p.ownChanges(); len(rows) > 0 {
		return fault.Denied("Line %s changes your own pay. Remove it; somebody else must import it.", strconv.Itoa(rows[0].line))
	}
	return nil
}
