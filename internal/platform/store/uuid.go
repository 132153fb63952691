package store

import (
	"context"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
)

// RandomID is the SQL expression for a new id, for rows that a statement makes by
// itself.
func (s *Store) RandomID() string {
	if s.dialect == dialect.Postgres {
		return "gen_random_uuid()"
	}
	return "lower(hex(randomblob(4))||'-'||hex(randomblob(2))||'-4'||substr(hex(randomblob(2)),2)||'-8'||substr(hex(randomblob(2)),2)||'-'||hex(randomblob(6)))"
}

// plainUUIDs lets pgx write ids directly. Without it, pgx first asks each id for
// its text, and fails, before it tries that.
func plainUUIDs(_ context.Context, conn *pgx.Conn) error {
	m := conn.TypeMap()
	m.TryWrapEncodePlanFuncs = append([]pgtype.TryWrapEncodePlanFunc{wrapUUID}, m.TryWrapEncodePlanFuncs...)
	return nil
}

func wrapUUID(value any) (pgtype.WrappedEncodePlanNextSetter, any, bool) {
	if id, ok := value.(uuid.UUID); ok {
		return &uuidPlan{}, plainUUID(id), true
	}
	return nil, nil, false
}

type uuidPlan struct{ next pgtype.EncodePlan }

// SetNext implements pgtype.WrappedEncodePlanNextSetter.
func (p *uuidPlan) SetNext(next pgtype.EncodePlan) { p.next = next }

// Encode implements pgtype.EncodePlan.
func (p *uuidPlan) Encode(value any, buf []byte) ([]byte, error) {
	return p.next.Encode(plainUUID(value.(uuid.UUID)), buf) //nolint:forcetypeassert // the plan is made only for this type
}

type plainUUID uuid.UUID

// UUIDValue implements pgtype.UUIDValuer.
func (u plainUUID) UUIDValue() (pgtype.UUID, error) { return pgtype.UUID{Bytes: u, Valid: true}, nil }
