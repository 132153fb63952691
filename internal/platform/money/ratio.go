package money

import (
	"math/big"
	"strconv"
)

// Ratio is an exact fraction. The zero value is 0.
type Ratio struct {
	rat *big.Rat
}

// NewRatio is numerator / denominator; the denominator must not be 0.
func NewRatio(numerator, denominator int64) Ratio {
	return Ratio{rat: big.NewRat(numerator, denominator)}
}

// RatioOf wraps a copy of an exact fraction.
func RatioOf(value *big.Rat) Ratio {
	return Ratio{rat: new(big.Rat).Set(value)}
}

// ParseRatio reads a plain decimal such as "1.1525" or a fraction such as "1/3".
func ParseRatio(text string) (Ratio, error) {
	value, ok := new(big.Rat).SetString(text)
	if !ok {
		return Ratio{}, &Error{Reason: NotANumber, Text: text}
	}
	return Ratio{rat: value}, nil
}

// Rat is a copy of the exact value.
func (r Ratio) Rat() *big.Rat { return new(big.Rat).Set(r.value()) }

// Cmp compares two ratios: -1, 0 or 1.
func (r Ratio) Cmp(other Ratio) int { return r.value().Cmp(other.value()) }

// Add is r + other.
func (r Ratio) Add(other Ratio) Ratio {
	return Ratio{rat: new(big.Rat).Add(r.value(), other.value())}
}

// Sub is r - other.
func (r Ratio) Sub(other Ratio) Ratio {
	return Ratio{rat: new(big.Rat).Sub(r.value(), other.value())}
}

// Round writes the ratio with exactly so many decimals, half-up (a tie goes away from zero).
func (r Ratio) Round(places int) string {
	scaled := new(big.Rat).Mul(r.value(), powerOfTen(places))
	whole := roundBig(scaled, HalfUp)
	return new(big.Rat).Quo(new(big.Rat).SetInt(whole), powerOfTen(places)).FloatString(places)
}

// Percent is Round of a hundred times the ratio: 0.388060 gives "38.8060" at four places.
func (r Ratio) Percent(places int) string {
	return Ratio{rat: new(big.Rat).Mul(r.value(), big.NewRat(100, 1))}.Round(places)
}

// Float is the rounded ratio as a JSON number. It is for display only, never for further arithmetic.
func (r Ratio) Float(places int) float64 {
	value, _ := strconv.ParseFloat(r.Round(places), 64)
	return value
}

// PercentFloat is the rounded percentage as a JSON number, for display only.
func (r Ratio) PercentFloat(places int) float64 {
	value, _ := strconv.ParseFloat(r.Percent(places), 64)
	return value
}

func (r Ratio) value() *big.Rat {
	if r.rat == nil {
		return new(big.Rat)
	}
	return r.rat
}

func powerOfTen(places int) *big.Rat {
	return new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(places)), nil))
}
