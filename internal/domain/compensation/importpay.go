package compensation

import (
	"cmp"
	"context"
	"io"
	"math/big"
	"strconv"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/money"
	"github.com/rung-hr/rung/internal/platform/sheet"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
)

// importBatch rows stay below SQLite's 32,766 parameters.
const importBatch = 1000

const (
	weeksPerYear   = 52
	paymentsInYear = 12 // of a monthly salary, unless the file says otherwise
)

// ImportPay imports base pay from a CSV file or a workbook in one transaction,
// all or nothing. A row is what a person earns from a day on. Compensation
// partners may, and HR partners for the whole company, but nobody may change
// their own pay. The same file again changes nothing, and no pay is removed. The
// report names no amounts and lists at most 200 changes of each kind. It returns
// an Invalid fault that lists the errors of the file with their places, and a
// Forbidden fault when a row changes the actor's own pay in the meantime and to
// everybody else.
func (s *Service) ImportPay(ctx context.Context, file string, in io.Reader, dryRun bool) (*sheet.ImportReport, error) {
	if err := s.Access.Require(ctx, access.Pay, access.Import); err != nil {
		return nil, err
	}
	reader, err := sheet.Open(in, file, sheet.Pay)
	if err != nil {
		return nil, sheet.Refused(err)
	}
	defer func() { _ = reader.Close() }()
	f := payFile{reader: reader, lines: map[payKey]int{}, importer: importer(ctx)}
	if err := f.loadStaff(ctx, s.Store.Read()); err != nil {
		return nil, err
	}
	f.read()
	p, err := f.plan(ctx, s.Store.Read())
	if err != nil {
		return nil, err
	}
	if err := s.warnOfPay(ctx, f, p); err != nil {
		return nil, err
	}
	p.reportOwn()
	if err := reader.Fault(); err != nil {
		return nil, err
	}
	report := reader.Report(dryRun)
	if !dryRun {
		if p, err = s.applyPay(ctx, f); err != nil {
			return nil, err
		}
	}
	p.describe(report)
	return report, nil
}

func (s *Service) applyPay(ctx context.Context, f payFile) (*payPlan, error) {
	var p *payPlan
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) (err error) {
		if p, err = f.plan(ctx, tx); err != nil || p.nothing() {
			return err
		}
		if err := p.refuseOwn(); err != nil {
			return err
		}
		if err := p.write(ctx, tx, s.Clock.Now()); err != nil {
			return err
		}
		if err := store.BumpRevision(ctx, store.CompensationRevision); err != nil {
			return err
		}
		return s.Trail.Record(ctx, tx, audit.Entry{Action: audit.PayImported, Resource: "pay", Facts: map[string]string{
			"rows": strconv.Itoa(len(f.rows)), "added": strconv.Itoa(len(p.added)), "changed": strconv.Itoa(len(p.changed)),
		}})
	})
	return p, err
}

// payKey identifies an amount.
type payKey struct {
	person uuid.UUID
	from   clock.Date
}

// incomingPay is one row of the file: actual base pay of a year.
type incomingPay struct {
	payKey
	line   int
	label  string
	amount money.Amount
	fte    money.FTE
}

// payFile is a file of pay while it is read.
type payFile struct {
	reader  *sheet.Reader
	byNo    map[string]*db.Person
	byEmail map[string]*db.Person
	staff   map[uuid.UUID]*db.Person
	rows    []incomingPay
	lines   map[payKey]int

	importer uuid.UUID // uuid.Nil for the operator's tools
}

func (f *payFile) loadStaff(ctx context.Context, client *db.Client) error {
	rows, err := client.Person.Query().
		Select(person.FieldID, person.FieldEmployeeNo, person.FieldEmail, person.FieldStatus, person.FieldLevel, person.FieldLocation,
			person.FieldFtePpm, person.FieldHiredOn).
		All(ctx)
	f.byNo, f.byEmail, f.staff = make(map[string]*db.Person, len(rows)), make(map[string]*db.Person, len(rows)), make(map[uuid.UUID]*db.Person, len(rows))
	for _, p := range rows {
		f.byEmail[p.Email], f.staff[p.ID] = p, p
		if p.EmployeeNo != nil {
			f.byNo[*p.EmployeeNo] = p
		}
	}
	return err
}

func (f *payFile) read() {
	for row, ok := f.reader.Next(); ok; row, ok = f.reader.Next() {
		if kind := row.Text("component"); kind != "" && kind != "base" {
			row.Warn("component", "only base pay is kept; this row is ignored", "nothing to do")
			continue
		}
		if in, ok := f.readRow(row); ok {
			f.add(row, in)
		}
	}
}

func (f *payFile) add(row sheet.Row, in incomingPay) {
	if line, ok := f.lines[in.payKey]; ok {
		row.Report(sheet.DuplicateRow, "effective_date", "the same person and day as in line "+strconv.Itoa(line), "keep one of the rows")
		return
	}
	f.lines[in.payKey] = in.line
	f.rows = append(f.rows, in)
}

// readRow reads everything in the row, so that all its errors are reported at
// once.
func (f *payFile) readRow(row sheet.Row) (incomingPay, bool) {
	in := incomingPay{line: row.Line}
	p, known := f.whose(row)
	day, dated := row.Date("effective_date")
	currency, ok := row.Currency("currency", day)
	if ok {
		in.amount, ok = yearly(row, currency)
	}
	share, given := row.FTE("fte")
	if !known || !dated || !ok || !row.OK() {
		return in, false
	}
	in.payKey = payKey{person: p.ID, from: clock.DateOf(day)}
	in.fte = money.FTE(p.FtePpm)
	if given {
		in.fte = share
	}
	in.label = cmp.Or(row.Text("employee_id"), row.Text("email")) + " " + string(in.from)
	if p.HiredOn != nil && in.from < *p.HiredOn {
		row.Report(sheet.BeforeHire, "effective_date", "the day is before the hire date, "+string(*p.HiredOn), "correct the day")
	}
	return in, row.OK()
}

func (f *payFile) whose(row sheet.Row) (*db.Person, bool) {
	no, email := row.Text("employee_id"), row.Text("email")
	key, p := "employee_id", f.byNo[no]
	if no == "" && f.reader.Has("email") {
		key, p = "email", f.byEmail[email]
	}
	switch {
	case no == "" && email == "":
		row.Report(sheet.EmptyValue, key, "the row does not say whose pay it is", "fill in the employee id or the e-mail")
	case p == nil:
		row.Report(sheet.UnknownEmployee, key, "Rung does not know this person", "import people first, or correct the cell")
	}
	return p, p != nil
}

// yearly is the amount of the row as actual pay per year. Hourly pay needs the
// weekly hours; monthly pay is paid twelve times unless the file says otherwise.
func yearly(row sheet.Row, currency string) (money.Amount, bool) {
	amount, ok := row.Amount("amount", currency)
	if !ok {
		return amount, false
	}
	if amount.Minor == 0 {
		row.Fail("amount", "the amount is zero", "write what is paid, or leave out the row")
		return amount, false
	}
	times := money.NewRatio(1, 1)
	switch row.Text("per") {
	case "month":
		times = money.NewRatio(paymentsInYear, 1)
		if payments, ok := row.Decimal("pay_periods"); ok {
			times = payments
		}
	case "hour":
		hours, ok := row.Decimal("weekly_hours")
		if !ok {
			row.Report(sheet.EmptyValue, "weekly_hours", "pay by the hour needs the weekly hours", "fill in the cell")
			return amount, false
		}
		times = money.RatioOf(hours.Rat().Mul(hours.Rat(), big.NewRat(weeksPerYear, 1)))
	}
	if times.Rat().Sign() <= 0 {
		row.Fail("per", "the number of payments or hours is not above zero", "correct the cell")
		return amount, false
	}
	year, err := amount.Times(times)
	if err != nil {
		row.Report(sheet.NotANumber, "amount", "the amount is too large", "check the amount and its period")
	}
	return year, err == nil
}
