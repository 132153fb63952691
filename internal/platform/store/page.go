package store

import (
	"encoding/base64"
	"encoding/json"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/text"
)

const defaultLimit = 50

// MaxLimit is the maximum number of rows on a page.
const MaxLimit = 200

// Cursor is the place in a list after which the next page starts: the sort key
// and the id of the last row.
type Cursor struct {
	Key string    `json:"k"`
	ID  uuid.UUID `json:"i"`
}

// Limit limits the number of rows that a reader asks for; 0 means the default 50.
func Limit(asked int) int {
	if asked <= 0 {
		return defaultLimit
	}
	return min(asked, MaxLimit)
}

// ParseCursor reads a cursor that Page made; "" is the start of the list.
func ParseCursor(given string) (Cursor, error) {
	var c Cursor
	if given == "" {
		return c, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(given)
	if err == nil {
		err = json.Unmarshal(raw, &c)
	}
	if err != nil || c.ID == uuid.Nil || text.Flaw(c.Key) != "" {
		return c, UnknownCursor()
	}
	return c, nil
}

// UnknownCursor is the fault for a cursor that the list has not made.
func UnknownCursor() error {
	return fault.Bad("The cursor is not from this list.", fault.Detail{Field: "cursor", Message: "unknown cursor", Fix: "start again without a cursor"})
}

// Page cuts rows, of which one more than limit was read, and returns the cursor
// of the next page, or "" when there is none.
func Page[T any](rows []T, limit int, at func(T) Cursor) ([]T, string) {
	if len(rows) <= limit {
		return rows, ""
	}
	raw, _ := json.Marshal(at(rows[limit-1])) // a string and an id always marshal
	return rows[:limit], base64.RawURLEncoding.EncodeToString(raw)
}
