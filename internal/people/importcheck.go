package people

import (
	"fmt"
	"strings"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/internal/sheet"
)

// check reports what only shows when rows are compared with each other and
// with the people known already.
func (p *plan) check() {
	p.checkRepeats("employee_id", "employee id", func(r *incoming) string { return r.no })
	p.checkRepeats("email", "e-mail", func(r *incoming) string { return r.email })
	for _, t := range p.people {
		p.checkOwner(t)
		p.checkManager(t)
	}
	p.checkTops()
	p.checkCycles()
}

func (p *plan) checkRepeats(key, words string, of func(*incoming) string) {
	first := map[string]int{}
	for i := range p.rows {
		row := &p.rows[i]
		value := of(row)
		if line, ok := first[value]; ok && value != "" {
			p.reader.ReportAt(row.line, sheet.DuplicateRow, key, fmt.Sprintf("the same %s as in line %d", words, line), "keep one of the rows")
			continue
		}
		first[value] = row.line
	}
}

// checkOwner refuses the e-mail of somebody else.
func (p *plan) checkOwner(t *target) {
	holder := p.byEmail[t.row.email]
	if holder == nil || holder == t || holder.before == nil || holder.before.Email != t.row.email {
		return // free, or repeated in the file, which is reported already
	}
	p.reader.ReportAt(t.row.line, sheet.DuplicateRow, "email", "the e-mail belongs to another employee id", "correct the employee id, or give the other person a new e-mail first")
}

func (p *plan) checkManager(t *target) {
	row := t.row
	if row.managerNo == "" && row.managerEmail == "" {
		return
	}
	key := "manager_id"
	if row.managerNo == "" {
		key = "manager_email"
	}
	switch p.manager(row) {
	case nil:
		p.reader.ReportAt(row.line, sheet.UnknownEmployee, key, "no such person in the file or in Rung", "add the manager to the file, or correct the cell")
	case t:
		p.reader.ReportAt(row.line, sheet.OtherError, key, "the row names itself as the manager", "name another manager, or leave the cell empty")
	}
}

// checkTops warns when several people have no manager: one is expected.
func (p *plan) checkTops() {
	var tops []*target
	for _, t := range p.people {
		if p.hasManagers() && t.row.managerNo == "" && t.row.managerEmail == "" && t.row.status != "inactive" {
			tops = append(tops, t)
		}
	}
	if len(tops) < 2 {
		return
	}
	for _, t := range tops {
		p.reader.ReportAt(t.row.line, sheet.OtherWarning, "manager_id", t.row.name+" has no manager", "nothing to do if that is right")
	}
}

// checkCycles refuses people who report to themselves over others, and names
// everybody of the circle once.
func (p *plan) checkCycles() {
	byID := map[uuid.UUID]*target{}
	for _, t := range p.byEmail {
		byID[t.id] = t
	}
	for _, t := range p.people {
		byID[t.id] = t
	}
	state := map[*target]int{} // the walk on which a person was met
	for walk, start := range p.people {
		var path []*target
		at := start
		for at != nil && state[at] == 0 {
			state[at] = walk + 1
			path = append(path, at)
			at = byID[deref(at.after.ManagerID)]
		}
		if at != nil && state[at] == walk+1 {
			p.reportCycle(path, at)
		}
	}
}

func (p *plan) reportCycle(path []*target, from *target) {
	for path[0] != from {
		path = path[1:]
	}
	if len(path) == 1 {
		return // reports to herself: told already
	}
	names, at := make([]string, 0, len(path)+1), from
	for _, t := range path {
		names = append(names, t.label())
		if at.row == nil {
			at = t
		}
	}
	names = append(names, from.after.Name)
	line := 0
	if at.row != nil {
		line = at.row.line
	}
	p.reader.ReportAt(line, sheet.OtherError, "manager_id", "these people report to each other in a circle: "+strings.Join(names, " → "), "correct one of the managers")
}
