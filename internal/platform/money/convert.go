package money

import (
	"math/big"
	"time"
)

// Rate is a named, dated exchange rate: 1 Base = Value Quote.
type Rate struct {
	Name  string // the set it belongs to, such as "plan 2026"
	Base  string
	Quote string
	Value *big.Rat
	Date  time.Time // the day it was published, shown wherever it is used
}

// Cross combines two rates of the same base into one from a.Quote to b.Quote, exactly, dated by the older of the two.
func Cross(a, b Rate) (Rate, error) {
	if a.Base != b.Base || a.Value.Sign() <= 0 || b.Value.Sign() <= 0 {
		return Rate{}, &Error{Reason: NoRate, Text: a.Quote + " to " + b.Quote}
	}
	date := a.Date
	if b.Date.Before(date) {
		date = b.Date
	}
	return Rate{Name: b.Name, Base: a.Quote, Quote: b.Quote, Value: new(big.Rat).Quo(b.Value, a.Value), Date: date}, nil
}

// Convert changes the currency at the given rate, in either direction, and rounds half-up once, at the end.
// Errors: NoRate when the rate is for other currencies or not positive, UnknownCurrency, TooLarge.
func Convert(amount Amount, to string, rate Rate) (Amount, error) {
	factor, err := factorFor(amount.Currency, to, rate)
	if err != nil {
		return Amount{}, err
	}
	from, err := digitsOf(amount.Currency)
	if err != nil {
		return Amount{}, err
	}
	target, err := digitsOf(to)
	if err != nil {
		return Amount{}, err
	}
	exact := factor.Mul(factor, big.NewRat(amount.Minor, 1))
	exact.Mul(exact, big.NewRat(minorPerMajor(target), minorPerMajor(from)))
	minor, ok := roundInt(exact, HalfUp)
	if !ok {
		return Amount{}, &Error{Reason: TooLarge, Text: amount.String()}
	}
	return Amount{Minor: minor, Currency: to}, nil
}

func factorFor(from, to string, rate Rate) (*big.Rat, error) {
	usable := rate.Value != nil && rate.Value.Sign() > 0
	switch {
	case from == to:
		return big.NewRat(1, 1), nil
	case usable && from == rate.Base && to == rate.Quote:
		return new(big.Rat).Set(rate.Value), nil
	case usable && from == rate.Quote && to == rate.Base:
		return new(big.Rat).Inv(rate.Value), nil
	}
	return nil, &Error{Reason: NoRate, Text: from + " to " + to}
}
