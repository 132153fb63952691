package importing

import (
	"context"
	"fmt"
	"strings"

	"github.com/rung-hr/rung/internal/platform/sheet"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
)

// reportAt reports what is wrong with a field of a line.
type reportAt func(line int, code sheet.Code, key, message, fix string)

// check reports what shows only when rows are compared with each other and with
// the known people.
func (x *importIndex) check(ctx context.Context, report reportAt) {
	x.checkRepeats(report, "employee_id", "employee id", func(r *fileRow) string { return r.no })
	x.checkRepeats(report, "email", "e-mail", func(r *fileRow) string { return r.email })
	for i := range x.run.rows {
		x.checkOwner(report, i)
		x.checkManager(report, i)
		x.checkGain(ctx, report, i)
	}
	x.checkTops(report)
	x.checkCycles(report)
	x.units.check(report)
}

// wrong is like check but answers yes or no.
func (x *importIndex) wrong(ctx context.Context) bool {
	found := false
	x.check(ctx, func(_ int, code sheet.Code, _, _, _ string) { found = found || !code.Warning() })
	return found
}

func (x *importIndex) checkRepeats(report reportAt, key, words string, of func(*fileRow) string) {
	first := make(map[string]int, len(x.run.rows))
	for i := range x.run.rows {
		row := &x.run.rows[i]
		value := of(row)
		if line, ok := first[value]; ok && value != "" {
			report(row.line, sheet.DuplicateRow, key, fmt.Sprintf("the same %s as in line %d", words, line), "keep one of the rows")
			continue
		}
		first[value] = row.line
	}
}

// checkOwner refuses an e-mail that belongs to another person.
func (x *importIndex) checkOwner(report reportAt, i int) {
	row := &x.run.rows[i]
	at, ok := x.byEmail[row.email]
	if !ok || at == x.of[i] || !x.list[at].known || x.list[at].email != row.email {
		return // free, or repeated in the file, which is reported already
	}
	report(row.line, sheet.DuplicateRow, "email", "the e-mail belongs to another employee id", "correct the employee id, or give the other person a new e-mail first")
}

func (x *importIndex) checkManager(report reportAt, i int) {
	row := &x.run.rows[i]
	if row.manager == "" {
		return
	}
	key := "manager_id"
	if row.byEmail {
		key = "manager_email"
	}
	switch x.named(row) {
	case nobody:
		report(row.line, sheet.UnknownEmployee, key, "no such person in the file or in Rung", "add the manager to the file, or correct the cell")
	case x.of[i]:
		report(row.line, sheet.OtherError, key, "the row names itself as the manager", "name another manager, or leave the cell empty")
	}
}

// checkGain refuses a row that would give rights to the person who imports it.
// Somebody who is new has no record that could be read. Only managers matter:
// imports are for HR partners of the whole company, who gain nothing by units and
// countries.
func (x *importIndex) checkGain(ctx context.Context, report reportAt, i int) {
	e := &x.list[x.of[i]]
	if !e.known {
		return
	}
	before := access.PersonFacts{ID: e.id, Manager: store.OrZero(x.idOf(e.was))}
	after := access.PersonFacts{ID: e.id, Manager: store.OrZero(x.idOf(e.manager))}
	if access.Gains(ctx, before, after) {
		report(x.run.rows[i].line, sheet.OwnGain, "manager_id", "the row would let you read more about "+e.name+", as their manager or for HR", "remove it; somebody else must import it")
	}
}

// checkTops warns when several people have no manager: one is expected.
func (x *importIndex) checkTops(report reportAt) {
	if !x.run.hasManagers() {
		return
	}
	var tops []*fileRow
	for i := range x.run.rows {
		if row := &x.run.rows[i]; row.manager == "" && !row.left {
			tops = append(tops, row)
		}
	}
	if len(tops) < 2 {
		return
	}
	for _, row := range tops {
		report(row.line, sheet.OtherWarning, "manager_id", row.name+" has no manager", "nothing to do if that is right")
	}
}

// checkCycles refuses people who report to themselves through others, also
// through people who are missing from the file. It names everybody in the circle
// once.
func (x *importIndex) checkCycles(report reportAt) {
	state := make([]int, len(x.list)) // the walk on which a person was found
	for walk, start := range x.of {
		var path []int
		at := start
		for at != nobody && state[at] == 0 {
			state[at] = walk + 1
			path = append(path, at)
			at = x.list[at].manager
		}
		if at != nobody && state[at] == walk+1 {
			x.reportCycle(report, path, at)
		}
	}
}

func (x *importIndex) reportCycle(report reportAt, path []int, from int) {
	for path[0] != from {
		path = path[1:]
	}
	if len(path) == 1 {
		return // reports to themselves: already reported
	}
	words, line := make([]string, 0, len(path)+1), 0
	for _, at := range path {
		words = append(words, x.label(at))
		if row := x.list[at].row; line == 0 && row != nobody {
			line = x.run.rows[row].line
		}
	}
	words = append(words, x.list[from].name)
	report(line, sheet.OtherError, "manager_id", "these people report to each other in a circle: "+strings.Join(words, " → "), "correct one of the managers")
}
