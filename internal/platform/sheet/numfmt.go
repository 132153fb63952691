package sheet

import (
	"bytes"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// formats says what the number formats of a workbook make of a number: how it is
// shown, and whether it counts days.
type formats struct {
	styles    styles
	since1904 bool
	kinds     map[int]formatKind // by style
	book      *excelize.File     // empty but for the styles; its first cell shows one number after the other
	style     int                // of the first cell
}

type styles struct {
	Own []struct {
		ID   int    `xml:"numFmtId,attr"`
		Code string `xml:"formatCode,attr"`
	} `xml:"numFmts>numFmt"`
	Cells []struct {
		Format int `xml:"numFmtId,attr"`
	} `xml:"cellXfs>xf"`
}

type formatKind int

const (
	general formatKind = iota
	ofNumbers
	ofDays // and times
)

func readFormats(book *workbook) (*formats, error) {
	f := &formats{since1904: bool(book.index.Settings.Since1904), kinds: map[int]formatKind{}}
	f.book = excelize.NewFile(excelize.Options{ShortDatePattern: "yyyy-mm-dd", LongDatePattern: "yyyy-mm-dd"})
	since1904 := f.since1904
	if err := f.book.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &since1904}); err != nil {
		return nil, err
	}
	part := book.partOfKind("styles")
	if part == "" {
		return f, nil
	}
	content, err := book.small(part)
	if err != nil {
		return nil, err
	}
	if newDecoder(bytes.NewReader(content)).Decode(&f.styles) != nil {
		return nil, ErrBrokenWorkbook
	}
	f.book.Pkg.Store("xl/styles.xml", content)
	f.book.Styles = nil // so that the library reads these
	return f, nil
}

// number reads the number of a cell as its format makes it.
func (f *formats) number(written string, style int, into *cell) {
	value, err := strconv.ParseFloat(strings.TrimSpace(written), 64)
	if err != nil || math.IsInf(value, 0) || math.IsNaN(value) {
		return // a text
	}
	into.holds, into.value = aNumber, digits(written, value)
	switch f.kind(style) {
	case general:
		into.shown = into.value
		return
	case ofDays:
		into.holds, into.value = aTime, ""
		if day, ok := f.day(value); ok {
			into.holds, into.value = aDay, day.Format(time.DateOnly)
		}
	}
	into.shown = f.show(written, style)
}

var whole = regexp.MustCompile(`^-?\d{1,32}$`)

// digits writes a number in full. A spreadsheet counts in 15 digits; what is
// behind them comes from counting in twos.
func digits(written string, value float64) string {
	if written = strings.TrimSpace(written); whole.MatchString(written) {
		return written
	}
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(value, 'e', 14, 64), 64)
	if err != nil {
		rounded = value
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

// day counts from the first day that the workbook says; what is less than a day
// is a time. In the usual system day 60 is February 29 of 1900, which never was.
func (f *formats) day(value float64) (time.Time, bool) {
	if value < 1 || value > lastDay {
		return time.Time{}, false
	}
	first := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch count := int(value); {
	case f.since1904:
		first = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case count == 60:
		return time.Time{}, false
	case count < 60:
		first = first.AddDate(0, 0, 1)
	}
	return first.AddDate(0, 0, int(value)), true
}

const lastDay = 2_958_466 // December 31 of 9999

// show lets the library format a number; on formats that it cannot read it may
// panic, and the number stays as it is.
func (f *formats) show(written string, style int) (shown string) {
	defer func() {
		if recover() != nil {
			shown = written
		}
	}()
	const place = "A1"
	if style != f.style {
		f.style = style
		if f.book.SetCellStyle("Sheet1", place, place, style) != nil {
			return written
		}
	}
	if f.book.SetCellDefault("Sheet1", place, strings.TrimSpace(written)) != nil {
		return written
	}
	shown, err := f.book.GetCellValue("Sheet1", place)
	if err != nil {
		return written
	}
	return strings.TrimSpace(shown)
}

func (f *formats) kind(style int) formatKind {
	if kind, ok := f.kinds[style]; ok {
		return kind
	}
	kind := f.kindOf(style)
	f.kinds[style] = kind
	return kind
}

func (f *formats) kindOf(style int) formatKind {
	if style < 0 || style >= len(f.styles.Cells) {
		return general
	}
	id := f.styles.Cells[style].Format
	for _, own := range f.styles.Own {
		if own.ID == id {
			return kindOfCode(own.Code)
		}
	}
	return kindOfBuiltIn(id)
}

// kindOfBuiltIn knows the formats that every spreadsheet has, by their numbers.
// Those from 27 to 36 and from 50 to 58 are dates of East Asia, those from 71 to
// 81 dates of Thailand.
func kindOfBuiltIn(id int) formatKind {
	switch {
	case id == 0 || id == 49:
		return general
	case id >= 14 && id <= 22, id >= 27 && id <= 36, id >= 45 && id <= 47, id >= 50 && id <= 58, id >= 71 && id <= 81:
		return ofDays
	}
	return ofNumbers
}

var (
	literal  = regexp.MustCompile(`"[^"]*"?|\\.|[_*].|\[[^\]]*\]`)
	elapsed  = regexp.MustCompile(`(?i)^\[(h+|m+|s+)\]$`)
	fraction = regexp.MustCompile(`(?i)s\.0+`)
	letter   = regexp.MustCompile(`\p{L}`)
)

// kindOfCode reads the part of a format that is for positive numbers. Without what
// it writes as it is, the letters that are left stand for parts of a date, in any
// language; a number has only signs.
func kindOfCode(code string) formatKind {
	bare := literal.ReplaceAllStringFunc(code, func(part string) string {
		if elapsed.MatchString(part) {
			return "h"
		}
		return ""
	})
	positive, _, several := strings.Cut(bare, ";")
	switch positive = strings.ToLower(strings.TrimSpace(positive)); {
	case code == "", !several && (positive == "general" || positive == "standard" || positive == "@"):
		return general
	case positive == "general", positive == "standard", strings.ContainsAny(fraction.ReplaceAllString(positive, "s"), "0#?"):
		return ofNumbers
	case letter.MatchString(positive):
		return ofDays
	}
	return ofNumbers
}
