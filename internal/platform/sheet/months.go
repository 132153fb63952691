package sheet

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/go-playground/locales"
	"github.com/go-playground/locales/cs"
	"github.com/go-playground/locales/da"
	"github.com/go-playground/locales/de"
	"github.com/go-playground/locales/en"
	"github.com/go-playground/locales/es"
	"github.com/go-playground/locales/fi"
	"github.com/go-playground/locales/fr"
	"github.com/go-playground/locales/it"
	"github.com/go-playground/locales/nb"
	"github.com/go-playground/locales/nl"
	"github.com/go-playground/locales/pl"
	"github.com/go-playground/locales/pt"
	"github.com/go-playground/locales/sv"
	"github.com/go-playground/locales/tr"
)

// months are the names of months in the languages of the exports that we know,
// folded. A name that is another month elsewhere keeps the month of the language
// that comes first here.
var months = namesOfMonths(en.New(), de.New(), fr.New(), es.New(), it.New(), pt.New(), nl.New(), sv.New(), da.New(), nb.New(),
	pl.New(), cs.New(), tr.New(), fi.New())

func namesOfMonths(languages ...locales.Translator) map[string]time.Month {
	out := map[string]time.Month{"mrz": time.March, "sept": time.September}
	for _, language := range languages {
		for _, names := range [][]string{language.MonthsAbbreviated(), language.MonthsWide()} {
			for i, name := range names {
				if _, taken := out[normalize(name)]; !taken {
					out[normalize(name)] = time.Month(i + 1)
				}
			}
		}
	}
	return out
}

// A date with the name of its month leaves no doubt about the order.
var (
	dayThenMonth = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th|er|º)?[.\s/-]*(?:(?:de|of)\s+)?(\p{L}[\p{L}\p{M}]*)\.?[,\s/-]*(?:(?:de|del)\s+)?(\d{4}|\d{2})$`)
	monthThenDay = regexp.MustCompile(`^(\p{L}[\p{L}\p{M}]*)\.?[\s-]*(\d{1,2})(?:st|nd|rd|th)?,?[\s-]+(\d{4}|\d{2})$`)
)

// namedDate reads a date with the name of its month; it is false for every other
// text.
func namedDate(text string) (time.Time, dateProblem, bool) {
	text = strings.TrimSpace(text)
	var day, month, year string
	if found := dayThenMonth.FindStringSubmatch(text); found != nil {
		day, month, year = found[1], found[2], found[3]
	} else if found := monthThenDay.FindStringSubmatch(text); found != nil {
		month, day, year = found[1], found[2], found[3]
	} else {
		return time.Time{}, dateUnknown, false
	}
	number, known := months[normalize(month)]
	if !known {
		return time.Time{}, dateUnknownMonth, true
	}
	years, _ := strconv.Atoi(year) // of digits, as the days are
	days, _ := strconv.Atoi(day)
	if len(year) == 4 {
		date, problem := checkedDate(years, int(number), days)
		return date, problem, true
	}
	date, problem := checkedDate(century(years), int(number), days)
	if problem == dateFine {
		problem = dateTwoDigits
	}
	return date, problem, true
}

// century puts a year of two digits between 1969 and 2068, as Unix does.
func century(year int) int {
	if year < 69 {
		return 2000 + year
	}
	return 1900 + year
}
