package clock

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestOnlyDaysThatExistAreDates(t *testing.T) {
	for _, text := range []string{"2024-02-29", "0001-01-01", "9999-12-31"} {
		d, err := ParseDate(text)
		require.NoError(t, err)
		require.Equal(t, Date(text), d)
	}
	for _, text := range []string{"", "2026-02-29", "2026-13-01", "2026-1-1", "26-01-01", " 2026-01-01", "2026-01-01T00:00:00Z", "01.01.2026", "2026-00-10"} {
		d, err := ParseDate(text)
		require.ErrorContains(t, err, "YYYY-MM-DD", text)
		require.Empty(t, d, text)
	}
}

var days = rapid.Map(rapid.IntRange(0, 4000*365), func(n int) time.Time { return time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n) })

// Dates are text in both databases, so text order must be the order of time.
func TestDatesSortAsText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := days.Draw(t, "a"), days.Draw(t, "b")
		require.Equal(t, a.Before(b), DateOf(a) < DateOf(b))
		require.Less(t, DateOf(a), Forever, "the open end is later than every day")
	})
}

func TestDatesAndInstantsGoBackAndForth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := DateOf(days.Draw(t, "day"))
		parsed, err := ParseDate(string(d))
		require.NoError(t, err)
		require.Equal(t, d, parsed)
		require.Equal(t, d, DateOf(d.Time()))
		n := rapid.IntRange(0, 10_000).Draw(t, "days")
		require.Equal(t, d, d.AddDays(n).AddDays(-n))
	})
}

func TestADateIsTheOneInUTC(t *testing.T) {
	east := time.FixedZone("east", 5*60*60)
	require.Equal(t, Date("2026-11-22"), DateOf(time.Date(2026, 11, 23, 4, 59, 0, 0, east)))
	require.Equal(t, Date("2026-11-23"), DateOf(time.Date(2026, 11, 23, 5, 0, 0, 0, east)))
	require.Equal(t, Date("2028-02-29"), Date("2028-02-28").AddDays(1))
	require.Equal(t, Date("2027-12-31"), Date("2028-01-01").AddDays(-1))
}

func TestTheFakeClockMovesOnlyWhenTold(t *testing.T) {
	start := time.Date(2026, 11, 23, 9, 0, 0, 0, time.FixedZone("east", 60*60))
	c := NewFake(start)
	first := c.Now()
	require.Equal(t, first, c.Now())
	require.Equal(t, time.UTC, c.Now().Location())
	c.Advance(90 * time.Minute)
	require.True(t, start.Add(90*time.Minute).Equal(c.Now()))
	c.Set(start)
	require.True(t, start.Equal(c.Now()), "it may go back, to make history")
	require.Equal(t, time.UTC, c.Now().Location())
}

// PostgreSQL keeps microseconds; a time must come back as it was written.
func TestTheSystemClockIsCutToWhatDatabasesKeep(t *testing.T) {
	now := System{}.Now()
	require.Equal(t, time.UTC, now.Location())
	require.Zero(t, now.Nanosecond()%1000)
}

func TestRandomBytesAreAsManyAsAskedAndNeverTheSame(t *testing.T) {
	a, b := Random(32), Random(32)
	require.Len(t, a, 32)
	require.NotEqual(t, a, b)
	require.Empty(t, Random(0))
}

func TestAMonthLaterIsTheSameDayOrTheLastOne(t *testing.T) {
	require.Equal(t, Date("2026-02-28"), Date("2025-08-31").AddMonths(6))
	require.Equal(t, Date("2028-02-29"), Date("2027-08-30").AddMonths(6))
	require.Equal(t, Date("2027-01-15"), Date("2026-12-15").AddMonths(1))
	require.Equal(t, Date("2025-12-31"), Date("2026-01-31").AddMonths(-1))
	rapid.Check(t, func(t *rapid.T) {
		d, n := DateOf(days.Draw(t, "day")), rapid.IntRange(0, 120).Draw(t, "months")
		require.LessOrEqual(t, d.AddMonths(n), d.AddMonths(n+1))
		require.LessOrEqual(t, d.AddDays(27*n), d.AddMonths(n))
	})
}
