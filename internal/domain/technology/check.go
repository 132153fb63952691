package technology

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
)

const (
	longestName   = 80
	longestStance = 4000
	earliest      = "1970-01"
)

var month = regexp.MustCompile(`^\d{4}-(0[1-9]|1[0-2])$`)

// check folds the name and returns everything that is wrong.
func (said *Said) check(c clock.Clock) error {
	said.Name, said.Stance = strings.Join(strings.Fields(said.Name), " "), strings.TrimSpace(said.Stance)
	var wrong []fault.Detail
	fail := func(field, message, fix string) {
		wrong = append(wrong, fault.Detail{Pointer: "/" + field, Field: field, Message: message, Fix: fix})
	}
	switch {
	case said.Name == "":
		fail("name", "it is empty", "write what it is called, such as PostgreSQL")
	case utf8.RuneCountInString(said.Name) > longestName || !seen(said.Name):
		fail("name", "it is too long or has characters that cannot be displayed", "write at most 80 characters in one line")
	}
	if !slices.Contains(depths, said.Depth) {
		fail("depth", "it is not one of the four depths", "choose tried, used, production or expert")
	}
	if said.LastUsed != nil {
		checkMonth(*said.LastUsed, c.Now(), fail)
	}
	if utf8.RuneCountInString(said.Stance) > longestStance || !seen(said.Stance) {
		fail("stance", "it is too long or has characters that cannot be displayed", "write at most 4,000 characters")
	}
	if len(wrong) > 0 {
		return fault.Bad("It was not saved.", wrong...)
	}
	return nil
}

func checkMonth(text string, now time.Time, fail func(field, message, fix string)) {
	switch {
	case !month.MatchString(text) || text < earliest:
		fail("lastUsed", "it is not a month", "write YYYY-MM, or leave it out while you use it")
	case text > now.UTC().Format("2006-01"):
		fail("lastUsed", "this month is in the future", "leave it out while you use it")
	}
}

// seen reports whether every character is visible; line breaks are allowed.
func seen(text string) bool {
	hidden := func(r rune) bool {
		return r != '\n' && r != '\t' && !unicode.IsPrint(r) || r == unicode.ReplacementChar
	}
	return utf8.ValidString(text) && strings.IndexFunc(text, hidden) < 0
}

func (said *Said) lastUsed() string {
	if said.LastUsed == nil {
		return ""
	}
	return *said.LastUsed
}

// key is the name in the form that is compared: "postgresql" and "PostgreSQL" are
// the same.
func key(name string) string { return strings.ToLower(norm.NFKC.String(name)) }

func twice(name string) error {
	return fault.Bad("It was not saved.", fault.Detail{
		Pointer: "/name", Field: "name", Message: name + " is already in your profile", Fix: "change the existing one",
	})
}
