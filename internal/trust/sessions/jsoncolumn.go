package sessions

import (
	"encoding/json"
	"fmt"
)

// jsonOf scans a JSON column that ent does not decode outside its entities.
type jsonOf[T any] struct{ v T }

// Scan implements sql.Scanner.
func (j *jsonOf[T]) Scan(value any) error {
	switch v := value.(type) {
	case nil:
		return nil
	case []byte:
		return json.Unmarshal(v, &j.v)
	case string:
		return json.Unmarshal([]byte(v), &j.v)
	default:
		return fmt.Errorf("sessions: a JSON column is %T", value)
	}
}
