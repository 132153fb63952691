package sheet

import (
	"strconv"
	"strings"
	"time"
)

// DateOrder says which of the first two numbers of 03/04/2026 is the day.
type DateOrder int

// UnknownOrder leaves the decision to the rows of the column.
const (
	UnknownOrder DateOrder = iota
	DayFirst
	MonthFirst
	mixedOrder
)

func (o DateOrder) and(other DateOrder) DateOrder {
	switch {
	case other == UnknownOrder || o == other:
		return o
	case o == UnknownOrder:
		return other
	}
	return mixedOrder
}

// orderOf is UnknownOrder unless the date can be read in one order only.
func orderOf(text string) DateOrder {
	first, second, _, ok := slashed(text)
	switch {
	case !ok:
		return UnknownOrder
	case first > 12 && second <= 12:
		return DayFirst
	case second > 12 && first <= 12:
		return MonthFirst
	}
	return UnknownOrder
}

type dateProblem int

const (
	dateFine dateProblem = iota
	dateAmbiguous
	dateShortYear
	dateTwoDigits // read, but to be warned of
	dateUnknownMonth
	dateUnknown
)

// parseDate reads a calendar day; the time of day of an exported time stamp is dropped.
func parseDate(text string, order DateOrder) (time.Time, dateProblem) {
	if day, ok := isoDate(text); ok {
		return day, dateFine
	}
	if day, problem, named := namedDate(text); named {
		return day, problem
	}
	if day, month, year, ok := threeNumbers(text, "."); ok {
		return checkedDate(year, month, day)
	}
	first, second, year, ok := slashed(text)
	if !ok {
		return time.Time{}, dateUnknown
	}
	switch {
	case first == second || order == DayFirst:
		return checkedDate(year, second, first)
	case order == MonthFirst:
		return checkedDate(year, first, second)
	case orderOf(text) == DayFirst:
		return checkedDate(year, second, first)
	case orderOf(text) == MonthFirst:
		return checkedDate(year, first, second)
	case first > 12 && second > 12:
		return time.Time{}, dateUnknown
	}
	return time.Time{}, dateAmbiguous
}

// isoDate reads 2026-01-31, 2026/01/31 and 20260131, alone or followed by a time.
func isoDate(text string) (time.Time, bool) {
	day := text
	if len(text) > 10 && (text[10] == 'T' || text[10] == ' ') {
		day = text[:10]
	}
	for _, layout := range []string{time.DateOnly, "2006/01/02", "20060102"} {
		if found, err := time.Parse(layout, day); err == nil {
			return found, found.Year() > 0
		}
	}
	return time.Time{}, false
}

func slashed(text string) (first, second, year int, ok bool) {
	if first, second, year, ok = threeNumbers(text, "/"); ok {
		return first, second, year, ok
	}
	return threeNumbers(text, "-")
}

func threeNumbers(text, separator string) (a, b, c int, ok bool) {
	text, _, _ = strings.Cut(text, " ")
	parts := strings.Split(text, separator)
	if len(parts) != 3 || len(parts[0]) > 2 || len(parts[1]) > 2 {
		return 0, 0, 0, false
	}
	var numbers [3]int
	for i, part := range parts {
		number, err := strconv.ParseUint(part, 10, 16)
		if err != nil {
			return 0, 0, 0, false
		}
		numbers[i] = int(number)
	}
	return numbers[0], numbers[1], numbers[2], true
}

func checkedDate(year, month, day int) (time.Time, dateProblem) {
	if year < 1000 {
		return time.Time{}, dateShortYear
	}
	date := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if date.Day() != day || int(date.Month()) != month || date.Year() != year {
		return time.Time{}, dateUnknown
	}
	return date, dateFine
}
