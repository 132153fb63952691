package compensation

import (
	"math/big"

	"github.com/rung-hr/rung/internal/platform/money"
)

// PromotionPolicy is how a company sets pay at a promotion.
type PromotionPolicy struct {
	Increase    money.Ratio // of the current pay: 10/100
	TargetCompa money.Ratio // lowest compa-ratio in the new band: 90/100
	Cap         money.Ratio // highest increase of the current pay: 25/100
	Step        int64       // pay is rounded to this many minor units; at least 1
}

// Driver names the rule that decided the new pay.
type Driver string

// The drivers of a promotion's pay.
const (
	ByIncrease Driver = "increase"
	ByMinimum  Driver = "minimum"
	ByTarget   Driver = "target"
)

// PromotionPay is the proposal for a promotion.
type PromotionPay struct {
	FullTime       int64 // new full-time annual pay
	IncreaseActual int64 // increase per year in actual money
	Increase       money.Ratio
	Driver         Driver
	Capped         bool
}

// PromotionPay proposes the pay in the new band: the highest of the policy's
// increase, the new minimum and the target, then capped, but never below the new
// minimum or above the new maximum. Rounding never breaks the limit that decided.
// It errors when the current pay is not positive or the step is below 1.
func (p PromotionPolicy) PromotionPay(present Pay, target Band) (PromotionPay, error) {
	goal, driver := p.wanted(present.FullTime, target)
	limit, byCap := p.limit(present.FullTime, target)
	mode, capped := money.HalfUp, false
	if goal.Cmp(limit) > 0 {
		goal, mode, capped = limit, money.Down, byCap
	}
	if goal.Cmp(whole(target.Min)) == 0 {
		driver, mode = ByMinimum, money.Up
	}
	full, err := money.RoundToStep(goal, p.Step, mode)
	if err == nil && mode == money.HalfUp && whole(full).Cmp(limit) > 0 {
		full, err = money.RoundToStep(limit, p.Step, money.Down)
	}
	if err != nil {
		return PromotionPay{}, err
	}
	full = min(max(full, target.Min), target.Max)
	return proposal(present, full, driver, capped)
}

// wanted is what the policy gives before any limit, and the rule that gave it.
func (p PromotionPolicy) wanted(present int64, target Band) (*big.Rat, Driver) {
	one := big.NewRat(1, 1)
	best, driver := one.Add(one, p.Increase.Rat()), ByIncrease
	best.Mul(best, whole(present))
	if byTarget := new(big.Rat).Mul(p.TargetCompa.Rat(), whole(target.Mid)); byTarget.Cmp(best) > 0 {
		best, driver = byTarget, ByTarget
	}
	if minimum := whole(target.Min); minimum.Cmp(best) > 0 {
		best, driver = minimum, ByMinimum
	}
	return best, driver
}

// limit is the most that may be paid, and whether it comes from the policy's cap
// or from the band.
func (p PromotionPolicy) limit(present int64, target Band) (*big.Rat, bool) {
	one := big.NewRat(1, 1)
	limit := one.Add(one, p.Cap.Rat())
	limit.Mul(limit, whole(present))
	if minimum := whole(target.Min); limit.Cmp(minimum) < 0 {
		return minimum, false
	}
	if maximum := whole(target.Max); limit.Cmp(maximum) > 0 {
		return maximum, false
	}
	return limit, true
}

func proposal(present Pay, full int64, driver Driver, capped bool) (PromotionPay, error) {
	increase, ok := share(full-present.FullTime, present.FullTime)
	if !ok {
		return PromotionPay{}, &money.Error{Reason: money.OutOfRange, Text: "current pay"}
	}
	actual := new(big.Rat).Mul(whole(full-present.FullTime), present.FTE.Ratio().Rat())
	minor, err := money.RoundToStep(actual, 1, money.HalfUp)
	return PromotionPay{FullTime: full, IncreaseActual: minor, Increase: increase, Driver: driver, Capped: capped}, err
}

func whole(minor int64) *big.Rat { return new(big.Rat).SetInt64(minor) }
