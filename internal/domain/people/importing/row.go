package importing

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"

	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/money"
	"github.com/rung-hr/rung/internal/platform/sheet"
	"github.com/rung-hr/rung/internal/platform/text"
)

// incoming is one row of the file. An empty value keeps the known value, except
// for the manager: an empty cell in that column means nobody.
type incoming struct {
	line         int
	no           string
	name, email  string
	given        string // the parts of the name, if the file has them apart
	family       string
	managerNo    string
	managerEmail string
	units        []string // from the top; the last is the person's
	title        string
	level, track string
	location     string
	country      string
	timeZone     string
	hours        string
	currency     string
	fte          money.FTE
	hiredOn      clock.Date
	endedOn      clock.Date
	status       person.Status
}

func (in *incoming) manager() string { return cmp.Or(in.managerNo, in.managerEmail) }

// leaves reports whether, by the row, the person does not work here today.
func (in *incoming) leaves(today clock.Date) bool {
	if in.status != "" {
		return in.status == person.StatusInactive
	}
	return in.endedOn != "" && in.endedOn < today
}

func readRow(row sheet.Row, rungs []ladder.Rung, today clock.Date) incoming {
	in := incoming{
		line: row.Line, no: row.Text("employee_id"), email: row.Text("email"), name: row.Text("full_name"),
		managerNo: row.Text("manager_id"), managerEmail: row.Text("manager_email"), units: unitPath(row.Text("parent_unit"), row.Text("unit")),
		title: row.Text("title"), level: row.Text("level"), track: row.Text("track"), location: row.Text("location"),
		country: strings.ToUpper(row.Text("country")), timeZone: row.Text("time_zone"), status: statusOf(row.Text("status")),
	}
	in.given, in.family = row.Text("first_name"), row.Text("last_name")
	in.name = cmp.Or(in.name, strings.TrimSpace(row.Text("first_name")+" "+row.Text("last_name")))
	if in.name == "" {
		row.Fail("full_name", "the name is empty", "fill in the cell")
	}
	if share, ok := row.FTE("fte"); ok {
		in.fte = share
	}
	if code, ok := row.Currency("currency", today.Time()); ok {
		in.currency = code
	}
	in.readDates(row)
	in.readHours(row)
	in.place(row, rungs)
	in.checkLengths(row)
	return in
}

func (in *incoming) readDates(row sheet.Row) {
	if day, ok := row.Date("hire_date"); ok {
		in.hiredOn = clock.DateOf(day)
	}
	if day, ok := row.Date("ended_on"); ok {
		in.endedOn = clock.DateOf(day)
	}
	if in.endedOn != "" && in.hiredOn > in.endedOn {
		row.Fail("ended_on", "the last day is before the hire date", "correct one of the dates")
	}
}

var hours = regexp.MustCompile(`^([01]?\d|2[0-4])(?:[:.]([0-5]\d))?\s*(?:-|–|to|bis)\s*([01]?\d|2[0-4])(?:[:.]([0-5]\d))?$`)

func (in *incoming) readHours(row sheet.Row) {
	text := row.Text("working_hours")
	if text == "" {
		return
	}
	m := hours.FindStringSubmatch(text)
	if m == nil {
		row.Fail("working_hours", "these are not working hours", "write them as 09:00-17:00")
		return
	}
	in.hours = fmt.Sprintf("%02s:%s-%02s:%s", m[1], cmp.Or(m[2], "00"), m[3], cmp.Or(m[4], "00"))
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
		{"employee_id", in.no, 64}, {"full_name", in.name, 200}, {"first_name", in.given, 200}, {"last_name", in.family, 200}, {"title", in.title, 200},
		{"level", in.level, 16}, {"track", in.track, 16}, {"location", in.location, 64}, {"time_zone", in.timeZone, 64},
	} {
		if text.Longer(f.value, f.limit) {
			row.Fail(f.key, "the value is too long", "shorten it")
		}
	}
	for _, name := range in.units {
		if text.Longer(name, 200) {
			row.Fail("unit", "the value is too long", "shorten it")
		}
	}
	if len(in.country) > 2 {
		in.country = "" // only codes of countries are kept, not names
	}
}
