package money

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
)

// Amount is a sum of money in whole minor units: {Minor: 8000000, Currency: "USD"} is 80,000.00 US dollars.
type Amount struct {
	Minor    int64  `json:"minor"`
	Currency string `json:"currency"`
}

// Add sums two amounts of one currency; anything else is a *Error with reason CurrencyMismatch or TooLarge.
func (a Amount) Add(b Amount) (Amount, error) {
	if a.Currency != b.Currency {
		return Amount{}, mismatch(a, b)
	}
	sum := a.Minor + b.Minor
	if (sum > a.Minor) != (b.Minor > 0) && b.Minor != 0 {
		return Amount{}, &Error{Reason: TooLarge, Text: a.String() + " + " + b.String()}
	}
	return Amount{Minor: sum, Currency: a.Currency}, nil
}

// Sub subtracts b from a; errors as in Add.
func (a Amount) Sub(b Amount) (Amount, error) {
	if b.Minor == math.MinInt64 {
		return Amount{}, &Error{Reason: TooLarge, Text: b.String()}
	}
	return a.Add(Amount{Minor: -b.Minor, Currency: b.Currency})
}

// Over is the exact ratio a / b. It errors when the currencies differ or b is
// zero: a ratio never involves an exchange rate.
func (a Amount) Over(b Amount) (Ratio, error) {
	if a.Currency != b.Currency {
		return Ratio{}, mismatch(a, b)
	}
	if b.Minor == 0 {
		return Ratio{}, &Error{Reason: DivisionByZero, Text: a.String() + " / " + b.String()}
	}
	return NewRatio(a.Minor, b.Minor), nil
}

// Times multiplies by an exact ratio and rounds half-up to the minor unit.
func (a Amount) Times(r Ratio) (Amount, error) {
	product := new(big.Rat).Mul(new(big.Rat).SetInt64(a.Minor), r.value())
	minor, ok := roundInt(product, HalfUp)
	if !ok {
		return Amount{}, &Error{Reason: TooLarge, Text: a.String()}
	}
	return Amount{Minor: minor, Currency: a.Currency}, nil
}

// Decimal writes the amount in major units with all decimals of its currency and a point: "1234.50", "1235" for JPY.
func (a Amount) Decimal() string {
	digits, err := digitsOf(a.Currency)
	if err != nil || digits == 0 {
		return strconv.FormatInt(a.Minor, 10)
	}
	sign, text := "", strconv.FormatInt(a.Minor, 10)
	if rest, negative := strings.CutPrefix(text, "-"); negative {
		sign, text = "-", rest
	}
	if missing := digits + 1 - len(text); missing > 0 {
		text = strings.Repeat("0", missing) + text
	}
	cut := len(text) - digits
	return sign + text[:cut] + "." + text[cut:]
}

// String is "USD 1234.50", for messages and tests.
func (a Amount) String() string {
	return strings.TrimSpace(a.Currency + " " + a.Decimal())
}

func digitsOf(code string) (int, error) {
	found, ok := LookUp(code)
	if !ok {
		return 0, &Error{Reason: UnknownCurrency, Text: code}
	}
	return found.Digits, nil
}

func mismatch(a, b Amount) error {
	return &Error{Reason: CurrencyMismatch, Text: fmt.Sprintf("%s and %s", a.Currency, b.Currency)}
}
