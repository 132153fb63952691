package compensation

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/paypoint"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/schema"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/money"
	"github.com/rung-hr/rung/internal/platform/sheet"
)

// span is what a person earns from one day up to another, which is not included.
type span struct {
	stored *db.PayPoint // nil for a new one
	row    *incomingPay // nil for one that is not in the file
	from   clock.Date
	to     clock.Date
}

// payPlan is what an import of pay would change.
type payPlan struct {
	file    payFile
	added   []span
	changed []span
	diffs   [][]string // of changed
	ended   map[clock.Date][]uuid.UUID
	same    int
	missing int
	history map[uuid.UUID][]span // of everybody in the file, in order
}

func (f payFile) plan(ctx context.Context, client *db.Client) (*payPlan, error) {
	p := &payPlan{file: f, ended: map[clock.Date][]uuid.UUID{}, history: map[uuid.UUID][]span{}}
	stored, err := client.PayPoint.Query().Order(db.Asc(paypoint.FieldPersonID), db.Asc(paypoint.FieldValidFrom)).All(ctx)
	if err != nil {
		return nil, err
	}
	for i := range f.rows {
		row := &f.rows[i]
		p.history[row.person] = append(p.history[row.person], span{row: row, from: row.from})
	}
	for _, point := range stored {
		if _, ok := p.history[point.PersonID]; ok {
			p.merge(point)
		}
	}
	for i := range f.rows {
		if list := p.history[f.rows[i].person]; list[0].to == "" {
			p.settle(list)
		}
	}
	for _, who := range f.staff {
		if _, ok := p.history[who.ID]; !ok && who.Status == person.StatusActive {
			p.missing++
		}
	}
	return p, nil
}

// merge matches a stored amount with the file: the same day is the same span.
func (p *payPlan) merge(point *db.PayPoint) {
	list := p.history[point.PersonID]
	if at := slices.IndexFunc(list, func(s span) bool { return s.from == point.ValidFrom }); at >= 0 {
		list[at].stored = point
		return
	}
	p.history[point.PersonID] = append(list, span{stored: point, from: point.ValidFrom})
}

// settle orders a person's spans, lets each end where the next begins and sorts
// them by what happens to them.
func (p *payPlan) settle(list []span) {
	slices.SortFunc(list, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	for i := range list {
		list[i].to = clock.Forever
		if i+1 < len(list) {
			list[i].to = list[i+1].from
		}
		s := list[i]
		if s.stored == nil {
			p.added = append(p.added, s)
			continue
		}
		if s.stored.ValidTo != s.to {
			p.ended[s.to] = append(p.ended[s.to], s.stored.ID)
		}
		if s.row == nil {
			continue
		}
		if fields := s.differences(); len(fields) > 0 {
			p.changed, p.diffs = append(p.changed, s), append(p.diffs, fields)
		} else {
			p.same++
		}
	}
}

func (s span) differences() []string {
	var out []string
	if int64(s.stored.AmountMinor) != s.row.amount.Minor {
		out = append(out, "amount")
	}
	if s.stored.Currency != s.row.amount.Currency {
		out = append(out, "currency")
	}
	if s.stored.FtePpm != int64(s.row.fte) {
		out = append(out, "share of full time")
	}
	return out
}

// pay is the full-time pay of the span; false when it cannot be computed.
func (s span) pay() (money.Amount, bool) {
	var amount money.Amount
	var fte money.FTE
	if s.row != nil {
		amount, fte = s.row.amount, s.row.fte
	} else {
		amount, fte = money.Amount{Minor: int64(s.stored.AmountMinor), Currency: s.stored.Currency}, money.FTE(s.stored.FtePpm)
	}
	full, err := fte.Annualized(amount)
	return full, err == nil
}

func (p *payPlan) nothing() bool { return len(p.added)+len(p.changed)+len(p.ended) == 0 }

func (p *payPlan) describe(report *sheet.ImportReport) {
	report.Unchanged, report.Missing = p.same, p.missing
	for _, s := range p.added {
		report.Note(sheet.Added, s.row.line, s.row.label, []string{})
	}
	for i, s := range p.changed {
		report.Note(sheet.Changed, s.row.line, s.row.label, p.diffs[i])
	}
}

func (p *payPlan) write(ctx context.Context, tx *db.Client, now time.Time) error {
	for day, ids := range p.ended {
		for some := range slices.Chunk(ids, importBatch) {
			if err := tx.PayPoint.Update().Where(paypoint.IDIn(some...)).SetValidTo(day).Exec(ctx); err != nil {
				return err
			}
		}
	}
	for _, s := range p.changed {
		err := tx.PayPoint.UpdateOneID(s.stored.ID).SetAmountMinor(schema.Pay(s.row.amount.Minor)).SetCurrency(s.row.amount.Currency).
			SetFtePpm(int64(s.row.fte)).SetRecordedAt(now).Exec(ctx)
		if err != nil {
			return err
		}
	}
	for some := range slices.Chunk(p.added, importBatch) {
		rows := make([]*db.PayPointCreate, len(some))
		for i, s := range some {
			rows[i] = tx.PayPoint.Create().SetPersonID(s.row.person).SetAmountMinor(schema.Pay(s.row.amount.Minor)).
				SetCurrency(s.row.amount.Currency).SetFtePpm(int64(s.row.fte)).SetValidFrom(s.from).SetValidTo(s.to).SetRecordedAt(now)
		}
		if err := tx.PayPoint.CreateBulk(rows...).Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}

// largeChange is how much pay may change without a warning.
var largeChange = money.NewRatio(30, 100)

// warnOfPay warns of large changes and of pay outside the band in force today.
func (s *Service) warnOfPay(ctx context.Context, f payFile, p *payPlan) error {
	_, rows, err := s.bandsOn(ctx, clock.DateOf(s.Clock.Now()))
	if err != nil {
		return err
	}
	bands := map[bandKey]Band{}
	for _, r := range slices.Backward(rows) { // of several families, the first by name counts
		bands[bandKey{level: r.Level, location: r.Location}] = r.band()
	}
	for i := range f.rows {
		row := &f.rows[i]
		list := p.history[row.person]
		at := slices.IndexFunc(list, func(s span) bool { return s.row == row })
		pay, ok := list[at].pay()
		if !ok {
			continue
		}
		if at > 0 && jumped(list[at-1], pay) {
			f.reader.ReportAt(row.line, sheet.LargeChange, "amount", "full-time pay changes by more than 30 %", "check the amount, its period and the share of full time")
		}
		who := f.staff[row.person]
		b := bands[bandKey{level: who.Level, location: who.Location}]
		if list[at].to == clock.Forever && b.Currency == pay.Currency && b.Gap(pay.Minor) > 0 {
			f.reader.ReportAt(row.line, sheet.OutsideBand, "amount", "full-time pay is outside the band of "+who.Level+" at "+who.Location, "nothing to do if that is known")
		}
	}
	return nil
}

func jumped(before span, pay money.Amount) bool {
	old, ok := before.pay()
	if !ok || old.Currency != pay.Currency || old.Minor == 0 {
		return false
	}
	moved := max(pay.Minor-old.Minor, old.Minor-pay.Minor)
	return money.NewRatio(moved, old.Minor).Cmp(largeChange) > 0
}
