package money

import (
	"math/big"
	"strings"
	"unicode"
)

// Notation says which character starts the decimals.
type Notation int

// Auto reads a number only if it has one meaning. The other notations decide for
// a whole column.
const (
	Auto  Notation = iota
	Point          // 1,234.56   1'234.56   1 234.56
	Comma          // 1.234,56   1'234,56   1 234,56
)

// Parse reads a decimal text such as "12,345.67" into whole minor units of the currency. Nothing is rounded.
// A *Error gives the reason: NotANumber, AmbiguousNumber, TooManyDecimals, TooLarge or UnknownCurrency.
func Parse(text, code string, notation Notation) (Amount, error) {
	digits, err := digitsOf(code)
	if err != nil {
		return Amount{}, err
	}
	plainText, err := Normalize(text, notation)
	if err != nil {
		return Amount{}, err
	}
	_, fraction, _ := strings.Cut(plainText, ".")
	if found := len(strings.TrimRight(fraction, "0")); found > digits {
		return Amount{}, &Error{Reason: TooManyDecimals, Text: text, Currency: code, Allowed: digits, Found: len(fraction)}
	}
	value, _ := new(big.Rat).SetString(plainText)
	minor, ok := roundInt(value.Mul(value, new(big.Rat).SetInt64(minorPerMajor(digits))), HalfUp)
	if !ok {
		return Amount{}, &Error{Reason: TooLarge, Text: text}
	}
	return Amount{Minor: minor, Currency: code}, nil
}

// Normalize turns a written number into digits with an optional minus and an optional decimal point.
func Normalize(text string, notation Notation) (string, error) {
	body := strings.Map(unifySeparator, strings.TrimSpace(text))
	sign, body := cutSign(body)
	if notation == Auto {
		found, certain := NotationOf(text)
		if !certain {
			return "", &Error{Reason: AmbiguousNumber, Text: text}
		}
		notation = found
	}
	decimal := "."
	if notation == Comma {
		decimal = ","
	}
	whole, fraction, hasFraction := strings.Cut(body, decimal)
	digits, ok := ungroup(whole, notation)
	if !ok || !onlyDigits(fraction) || (hasFraction && fraction == "") {
		return "", &Error{Reason: NotANumber, Text: text}
	}
	if hasFraction {
		digits += "." + fraction
	}
	return sign + digits, nil
}

// NotationOf tells the notation of one number; it is false when the number fits
// both, like "12,345". A number without separators fits both with the same value,
// so it counts as Point.
func NotationOf(text string) (Notation, bool) {
	body := strings.Map(unifySeparator, strings.TrimSpace(text))
	points, commas := strings.Count(body, "."), strings.Count(body, ",")
	switch {
	case points > 0 && commas > 0:
		return notationWithDecimal(strings.LastIndexAny(body, ".,"), body), true
	case points > 1:
		return Comma, true
	case commas > 1:
		return Point, true
	case points+commas == 0:
		return Point, true
	}
	at := strings.IndexAny(body, ".,")
	if mayGroup(body, at) {
		return Auto, false
	}
	return notationWithDecimal(at, body), true
}

func notationWithDecimal(at int, body string) Notation {
	if body[at] == ',' {
		return Comma
	}
	return Point
}

// mayGroup reports whether the single separator could stand before a group of three digits.
func mayGroup(body string, at int) bool {
	_, before := cutSign(body[:at])
	after := body[at+1:]
	if len(after) != 3 || strings.ContainsAny(before, " '") {
		return false
	}
	return len(before) >= 1 && len(before) <= 3 && before[0] != '0'
}

func cutSign(text string) (sign, rest string) {
	for _, minus := range []string{"-", "\u2212"} {
		if rest, ok := strings.CutPrefix(text, minus); ok {
			return "-", strings.TrimSpace(rest)
		}
	}
	return "", strings.TrimPrefix(text, "+")
}

// ungroup removes the thousands separators and insists on groups of three and on one kind of separator.
func ungroup(whole string, notation Notation) (string, bool) {
	allowed := ",' "
	if notation == Comma {
		allowed = ".' "
	}
	at := strings.IndexAny(whole, allowed)
	if at < 0 {
		return whole, whole != "" && onlyDigits(whole)
	}
	groups := strings.Split(whole, whole[at:at+1])
	for i, group := range groups {
		tooShort := i > 0 && len(group) != 3
		if tooShort || len(group) == 0 || len(group) > 3 || !onlyDigits(group) {
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}

func onlyDigits(text string) bool {
	for _, r := range text {
		if r < '0' || r > '9' {
			return false
		}
	}
	return true
}

// unifySeparator folds the many spaces and apostrophes that spreadsheets put between thousands.
func unifySeparator(r rune) rune {
	switch {
	case unicode.IsSpace(r), r == '\u202f', r == '\u2009':
		return ' '
	case r == '\u2019', r == '\u02bc':
		return '\''
	}
	return r
}
