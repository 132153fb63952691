package sheet

import (
	"math/big"
	"regexp"
	"strings"
	"unicode"
)

// cell is one cell of a file: what people see in it, and what a workbook keeps
// behind that. Identifiers and texts are read as shown, numbers and dates by
// what the cell holds.
type cell struct {
	shown   string
	holds   holding
	value   string // of a number its digits, of a day YYYY-MM-DD
	formula bool
}

type holding int

const (
	aText holding = iota
	aNumber
	aDay
	aTime        // a time of day or a duration, which is no day
	anError      // such as #N/A
	notWorkedOut // a formula whose value was never saved
)

func (c cell) blank() bool { return c.holds == aText && strings.TrimSpace(c.shown) == "" }

func texts(words []string) []cell {
	out := make([]cell, len(words))
	for i, word := range words {
		out[i].shown = word
	}
	return out
}

func shownIn(cells []cell) []string {
	out := make([]string, len(cells))
	for i, c := range cells {
		out[i] = c.shown
	}
	return out
}

func blank(cells []cell) bool {
	for _, c := range cells {
		if !c.blank() {
			return false
		}
	}
	return true
}

// read is what a field of the kind takes from the cell; empty if it can take
// nothing.
func (c cell) read(kind Kind) string {
	shown := unguarded(strings.TrimSpace(c.shown))
	message, _ := c.unusable(kind)
	switch {
	case message != "":
		return ""
	case c.holds == aText:
		return shown
	case kind == FTE:
		return c.share()
	case kind.byValue():
		return c.value
	case c.misleading(kind):
		return c.value
	}
	return shown
}

// unusable says why a field of the kind can take nothing from the cell, if so.
func (c cell) unusable(kind Kind) (message, fix string) {
	switch {
	case c.holds == anError:
		return "the formula of the cell ends in an error", "mend the formula, or clear the cell"
	case c.holds == notWorkedOut:
		return "the cell has a formula whose value is not in the file", "open the workbook in a spreadsheet, save it and import that file"
	case !kind.byValue():
	case c.holds == aTime:
		return "the cell holds a time, and a day or a number is expected", "write the value, and choose its number format"
	case c.holds == aDay && kind != Date:
		return "the cell is formatted as a date, and a number is expected", "choose a number format for the cell"
	case c.holds == aNumber && kind == Date:
		if _, ok := isoDate(c.value); !ok {
			return "the cell holds a number that is not formatted as a date", "choose a date format for the cell, or write the date as 2026-04-30"
		}
	}
	return "", ""
}

// misleading reports whether the cell shows another number than it holds: another
// sign, or more apart than rounding explains. Of an identifier each digit counts.
func (c cell) misleading(kind Kind) bool {
	switch {
	case c.holds != aNumber || kind == Date:
		return false
	case !kind.byValue():
		return !strings.Contains(onlyDigits(c.shown), onlyDigits(c.value))
	case kind == FTE && c.percentWritten():
		return false
	}
	shown, ok := readShown(c.shown)
	return !ok || !shown.roundedFrom(c.value)
}

func onlyDigits(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, text)
}

// share is a share of full time as people write it: 0.8 formatted as a percentage
// is 80%, and so is 80 with a percent sign behind it that does not count.
func (c cell) share() string {
	switch value, ok := new(big.Rat).SetString(c.value); {
	case !ok || !strings.Contains(c.shown, "%"):
		return c.value
	case c.percentWritten():
		return c.value + "%"
	default:
		percent := value.Mul(value, big.NewRat(100, 1)).FloatString(15)
		return strings.TrimSuffix(strings.TrimRight(percent, "0"), ".") + "%"
	}
}

// percentWritten is true of 80 shown as 80%, and false of 0.8 shown as that.
func (c cell) percentWritten() bool {
	without, marked := strings.CutSuffix(strings.TrimSpace(c.shown), "%")
	shown, ok := readShown(without)
	return marked && ok && shown.roundedFrom(c.value)
}

// shownNumber is a number as a format writes it, with the largest difference that
// rounding makes.
type shownNumber struct {
	value, tolerance *big.Rat
}

var number = regexp.MustCompile(`[0-9][0-9,]*(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?`)

// readShown reads the first number of a text with point and commas, as the formats
// write them. A zero may be written as a dash, and a fraction says nothing.
func readShown(text string) (shownNumber, bool) {
	at := number.FindStringSubmatchIndex(text)
	if at == nil {
		dash := strings.ContainsAny(text, "-–")
		return shownNumber{value: new(big.Rat), tolerance: new(big.Rat)}, dash
	}
	plain := strings.ReplaceAll(text[at[0]:at[1]], ",", "")
	value, ok := new(big.Rat).SetString(plain)
	if !ok {
		return shownNumber{}, false
	}
	unit := "1"
	if at[2] >= 0 {
		unit = "0." + strings.Repeat("0", at[3]-at[2]-2) + "1"
	}
	if at[4] >= 0 {
		unit += text[at[4]:at[5]]
	}
	last, ok := new(big.Rat).SetString(unit)
	if !ok {
		return shownNumber{}, false
	}
	if strings.Contains(text, "%") {
		value.Quo(value, big.NewRat(100, 1))
		last.Quo(last, big.NewRat(100, 1))
	}
	if strings.ContainsAny(text[:at[0]], "-(\u2212") {
		value.Neg(value)
	}
	if strings.Contains(text[at[1]:], "/") {
		return shownNumber{value: value, tolerance: big.NewRat(1, 1)}, true
	}
	return shownNumber{value: value, tolerance: last.Quo(last, big.NewRat(2, 1))}, true
}

func (s shownNumber) roundedFrom(held string) bool {
	value, ok := new(big.Rat).SetString(held)
	if !ok || s.value.Sign()*value.Sign() < 0 {
		return false
	}
	apart := value.Sub(value, s.value)
	return apart.Abs(apart).Cmp(s.tolerance) <= 0
}
