package money

import (
	"math/big"
	"strings"
)

// FTE is a share of full time in parts per million: 800000 is four days of five.
type FTE int64

// FullTime is 1.0 FTE.
const FullTime FTE = 1_000_000

// ParseFTE reads "0.8", "0,8" or "80%" as parts per million. With percent set, the plain number 80 means 80 %.
// Reasons: NotANumber, LooksLikePercent (80 where 0.8 is expected), OutOfRange (not above 0 and at most 1), TooManyDecimals.
func ParseFTE(text string, percent bool) (FTE, error) {
	body, marked := strings.CutSuffix(strings.TrimSpace(text), "%")
	value, err := parseFraction(body)
	if err != nil {
		return 0, &Error{Reason: NotANumber, Text: text}
	}
	one := big.NewRat(1, 1)
	if percent || marked {
		value.Quo(value, big.NewRat(100, 1))
	} else if value.Cmp(one) > 0 && value.Cmp(big.NewRat(100, 1)) <= 0 {
		return 0, &Error{Reason: LooksLikePercent, Text: text}
	}
	if value.Sign() <= 0 || value.Cmp(one) > 0 {
		return 0, &Error{Reason: OutOfRange, Text: text}
	}
	parts := value.Mul(value, big.NewRat(int64(FullTime), 1))
	if !parts.IsInt() {
		return 0, &Error{Reason: TooManyDecimals, Text: text, Currency: "FTE", Allowed: 6, Found: 7}
	}
	return FTE(parts.Num().Int64()), nil
}

// parseFraction takes comma and point alike: a share of full time has no thousands.
func parseFraction(text string) (*big.Rat, error) {
	plainText, err := Normalize(strings.Replace(text, ",", ".", 1), Point)
	if err != nil {
		return nil, err
	}
	value, _ := new(big.Rat).SetString(plainText)
	return value, nil
}

// Ratio is the share as an exact fraction.
func (f FTE) Ratio() Ratio { return NewRatio(int64(f), int64(FullTime)) }

// Float is the share as a JSON number: 0.8.
func (f FTE) Float() float64 { return f.Ratio().Float(6) }

// Actual is what a person with this share of full time is paid, for a full-time amount.
func (f FTE) Actual(fullTime Amount) (Amount, error) { return fullTime.Times(f.Ratio()) }

// Annualized is the full-time amount behind an actual one; it errors with OutOfRange when the share is not positive.
func (f FTE) Annualized(actual Amount) (Amount, error) {
	if f <= 0 {
		return Amount{}, &Error{Reason: OutOfRange, Text: "FTE"}
	}
	return actual.Times(NewRatio(int64(FullTime), int64(f)))
}
