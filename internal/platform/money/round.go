package money

import "math/big"

// Rounding says where a value between two steps goes.
type Rounding int

// Down is for values under a cap, Up for values over a minimum, so that rounding never breaks the rule it follows.
// HalfUp takes the nearer step, a tie goes away from zero.
const (
	HalfUp Rounding = iota
	Down
	Up
)

// RoundToStep rounds an exact value of minor units to a multiple of step (also minor units, at least 1).
// It errors with TooLarge when the result does not fit.
func RoundToStep(minor *big.Rat, step int64, mode Rounding) (int64, error) {
	if step < 1 {
		return 0, &Error{Reason: OutOfRange, Text: "rounding step below 1"}
	}
	steps := roundBig(new(big.Rat).Quo(minor, new(big.Rat).SetInt64(step)), mode)
	result := steps.Mul(steps, big.NewInt(step))
	if !result.IsInt64() {
		return 0, &Error{Reason: TooLarge, Text: minor.FloatString(2)}
	}
	return result.Int64(), nil
}

func roundInt(value *big.Rat, mode Rounding) (int64, bool) {
	rounded := roundBig(value, mode)
	return rounded.Int64(), rounded.IsInt64()
}

func roundBig(value *big.Rat, mode Rounding) *big.Int {
	switch mode {
	case Down:
		return floor(value)
	case Up:
		return new(big.Int).Neg(floor(new(big.Rat).Neg(value)))
	}
	half := big.NewRat(1, 2)
	if value.Sign() < 0 {
		return new(big.Int).Neg(floor(new(big.Rat).Sub(half, value)))
	}
	return floor(half.Add(half, value))
}

// floor relies on Euclidean division with the positive denominator that big.Rat guarantees.
func floor(value *big.Rat) *big.Int {
	return new(big.Int).Div(value.Num(), value.Denom())
}
