package people

import (
	"cmp"
	"strings"

	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/internal/clock"
	"github.com/rung-hr/rung/internal/ladder"
	"github.com/rung-hr/rung/internal/money"
	"github.com/rung-hr/rung/internal/sheet"
)

// incoming is one row of the file. An empty value leaves what is known as it
// is, but for the manager: an empty cell of that column means nobody.
type incoming struct {
	line         int
	no           string
	name, email  string
	managerNo    string
	managerEmail string
	unit         string
	title        string
	level, track string
	location     string
	country      string
	timeZone     string
	fte          money.FTE
	hiredOn      clock.Date
	status       person.Status
}

func readRows(reader *sheet.Reader, rungs []ladder.Rung) []incoming {
	var rows []incoming
	for row, ok := reader.Next(); ok; row, ok = reader.Next() {
		rows = append(rows, readRow(row, rungs))
	}
	return rows
}

func readRow(row sheet.Row, rungs []ladder.Rung) incoming {
	in := incoming{
		line: row.Line, no: row.Text("employee_id"), email: row.Text("email"), name: row.Text("full_name"),
		managerNo: row.Text("manager_id"), managerEmail: row.Text("manager_email"), unit: row.Text("unit"),
		title: row.Text("title"), level: row.Text("level"), track: row.Text("track"), location: row.Text("location"),
		country: strings.ToUpper(row.Text("country")), timeZone: row.Text("time_zone"),
	}
	in.name = cmp.Or(in.name, strings.TrimSpace(row.Text("first_name")+" "+row.Text("last_name")))
	if in.name == "" {
		row.Fail("full_name", "the name is empty", "fill in the cell")
	}
	if share, ok := row.FTE("fte"); ok {
		in.fte = share
	}
	if day, ok := row.Date("hire_date"); ok {
		in.hiredOn = clock.DateOf(day)
	}
	in.status = statusOf(row.Text("status"))
	in.place(row, rungs)
	in.checkLengths(row)
	return in
}

func statusOf(text string) person.Status {
	switch text {
	case "":
		return ""
	case "ended":
		return person.StatusInactive
	}
	return person.StatusActive
}

// place checks the level against the ladders in force, which know its track.
func (in *incoming) place(row sheet.Row, rungs []ladder.Rung) {
	if in.level == "" || len(rungs) == 0 {
		return
	}
	rung, ok := ladder.FindRung(rungs, in.level)
	if !ok {
		row.Report(sheet.UnknownLevel, "level", "no ladder has this level", ladder.SuggestRung(rungs, in.level))
		return
	}
	in.level, in.track = rung.Code, rung.Track
}

// checkLengths refuses what the columns of the database cannot hold.
func (in *incoming) checkLengths(row sheet.Row) {
	for _, f := range []struct {
		key, value string
		limit      int
	}{
		{"employee_id", in.no, 64}, {"full_name", in.name, 200}, {"unit", in.unit, 200}, {"title", in.title, 200},
		{"level", in.level, 16}, {"track", in.track, 16}, {"location", in.location, 64}, {"time_zone", in.timeZone, 64},
	} {
		if len(f.value) > f.limit {
			row.Fail(f.key, "the value is too long", "shorten it")
		}
	}
	if len(in.country) > 2 {
		in.country = "" // names of countries are not kept, codes are
	}
}
