package money

import (
	"math/big"
	"time"

	"github.com/bojanz/currency"
)

// Currency describes one ISO 4217 currency.
type Currency struct {
	Code   string
	Digits int // decimals of the minor unit: 2 for EUR, 0 for JPY, 3 for KWD

	// LastDay is the last day the currency was legal tender; zero while it still is.
	LastDay time.Time
	// Successor and PerSuccessor name what replaced it: 1 Successor = PerSuccessor of this currency, for ever.
	Successor    string
	PerSuccessor *big.Rat
}

// historic holds currencies that were replaced at an irrevocable rate. Old contracts and old pay records still name them.
var historic = map[string]Currency{
	"BGN": ended("BGN", "1.95583", 2025),
	"HRK": ended("HRK", "7.53450", 2022),
	"LTL": ended("LTL", "3.45280", 2014),
	"LVL": ended("LVL", "0.702804", 2013),
	"EEK": ended("EEK", "15.6466", 2010),
}

func ended(code, perEuro string, lastYear int) Currency {
	rate, _ := new(big.Rat).SetString(perEuro)
	return Currency{
		Code: code, Digits: 2, Successor: "EUR", PerSuccessor: rate,
		LastDay: time.Date(lastYear, time.December, 31, 0, 0, 0, 0, time.UTC),
	}
}

// LookUp finds a currency by its upper-case ISO 4217 code, ended ones included.
func LookUp(code string) (Currency, bool) {
	if old, ok := historic[code]; ok {
		return old, true
	}
	digits, ok := currency.GetDigits(code)
	if !ok {
		return Currency{}, false
	}
	return Currency{Code: code, Digits: int(digits)}, true
}

// UsableOn reports whether the currency was legal tender on the given day.
func (c Currency) UsableOn(day time.Time) bool {
	return c.LastDay.IsZero() || !day.After(endOfDay(c.LastDay))
}

// SuccessorRate is the irrevocable rate of an ended currency; false while it is in use.
func (c Currency) SuccessorRate() (Rate, bool) {
	if c.Successor == "" {
		return Rate{}, false
	}
	return Rate{
		Name: "irrevocable " + c.Successor + " rate", Base: c.Successor, Quote: c.Code,
		Value: c.PerSuccessor, Date: c.LastDay,
	}, true
}

func endOfDay(day time.Time) time.Time {
	return day.AddDate(0, 0, 1).Add(-time.Nanosecond)
}

func minorPerMajor(digits int) int64 {
	scale := int64(1)
	for range digits {
		scale *= 10
	}
	return scale
}
