package audit

import (
	"encoding/json"
	"time"

	"github.com/google/uuid"
	"github.com/transparency-dev/merkle/rfc6962"

	"github.com/rung-hr/rung/ent/db"
)

// Line is an event in the form that is sealed and exported. Its JSON is hashed,
// so the order and the names of the fields must never change.
type Line struct {
	ID        uuid.UUID         `json:"id"`
	At        string            `json:"at"` // RFC 3339 in UTC, microseconds
	Actor     *uuid.UUID        `json:"actor"`
	Reason    string            `json:"reason"`
	Action    string            `json:"action"`
	Resource  string            `json:"resource"`
	Thing     *uuid.UUID        `json:"thing"`
	Owner     *uuid.UUID        `json:"owner"`
	RequestID string            `json:"requestId"`
	Facts     map[string]string `json:"facts"`
}

// sealedTime has the precision that both databases keep.
const sealedTime = "2006-01-02T15:04:05.000000Z"

func lineOf(e *db.AuditEvent) Line {
	l := Line{
		ID: e.ID, At: e.At.UTC().Truncate(time.Microsecond).Format(sealedTime), Actor: e.ActorID, Reason: e.Reason, Action: e.Action,
		Resource: e.Resource, Thing: e.ResourceID, Owner: e.OwnerID, RequestID: e.RequestID, Facts: e.Facts,
	}
	if l.Facts == nil {
		l.Facts = map[string]string{}
	}
	return l
}

// hash is the leaf of the event in the Merkle tree of RFC 6962.
func (l Line) hash() ([]byte, error) {
	text, err := json.Marshal(l) // map keys are sorted
	if err != nil {
		return nil, err
	}
	return rfc6962.DefaultHasher.HashLeaf(text), nil
}
