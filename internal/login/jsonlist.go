package login

import (
	"encoding/json"
	"fmt"
)

// jsonList scans a JSON column that ent does not decode outside of entities.
type jsonList []string

// Scan implements sql.Scanner.
func (l *jsonList) Scan(value any) error {
	switch v := value.(type) {
	case []byte:
		return json.Unmarshal(v, (*[]string)(l))
	case string:
		return json.Unmarshal([]byte(v), (*[]string)(l))
	default:
		return fmt.Errorf("login: roles are %T", value)
	}
}
