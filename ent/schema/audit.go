package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// AuditEvent is one line of the trail: who did what to which thing. It has only
// ids, never pay or people's words.
type AuditEvent struct{ ent.Schema }

// Mixin of AuditEvent.
func (AuditEvent) Mixin() []ent.Mixin { return []ent.Mixin{Base{}} }

// Fields of AuditEvent.
func (AuditEvent) Fields() []ent.Field {
	return []ent.Field{
		instant("at"),
		optionalRef("actor_id"),
		limited("reason", 200).Default("").Comment("why the system acted; empty when a person acted"),
		code("action"),
		code("resource"),
		optionalRef("resource_id"),
		optionalRef("owner_id"),
		limited("request_id", 64).Default(""),
		field.JSON("facts", map[string]string{}).Optional().Comment("states, versions, counts"),
	}
}

// Indexes of AuditEvent.
func (AuditEvent) Indexes() []ent.Index {
	return []ent.Index{index.Fields("at", "id"), index.Fields("owner_id", "action", "at"), index.Fields("resource_id", "at")}
}

// AuditLeaf gives an event its place in the sealed trail. Events are written
// without a place, so that writers do not wait for each other.
type AuditLeaf struct{ ent.Schema }

// Mixin of AuditLeaf.
func (AuditLeaf) Mixin() []ent.Mixin { return []ent.Mixin{Base{}} }

// Fields of AuditLeaf.
func (AuditLeaf) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("place").Unique().Comment("0 for the oldest"),
		field.UUID("event_id", uuid.UUID{}).Unique(),
		field.Bytes("hash").MaxLen(32),
	}
}

// AuditSeal is the root of the Merkle tree over the trail up to a size.
type AuditSeal struct{ ent.Schema }

// Mixin of AuditSeal.
func (AuditSeal) Mixin() []ent.Mixin { return []ent.Mixin{Base{}} }

// Fields of AuditSeal.
func (AuditSeal) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("size").Unique(),
		field.Bytes("root").MaxLen(32),
		field.JSON("frontier", [][]byte{}).Comment("the full subtrees from which the next seal continues"),
		prose("checkpoint", 0).Comment("size and root, signed"),
		instant("sealed_at"),
	}
}

// LogEvaluation is one look at who read what. One person asks for it and another
// allows it.
type LogEvaluation struct{ ent.Schema }

// Mixin of LogEvaluation.
func (LogEvaluation) Mixin() []ent.Mixin { return []ent.Mixin{Base{}, Versioned{}, Audited{}} }

// Fields of LogEvaluation.
func (LogEvaluation) Fields() []ent.Field {
	return []ent.Field{
		limited("purpose", 1000),
		optionalRef("about_id"),
		date("from"), date("to"),
		field.Enum("state").Values("asked", "allowed", "refused").Default("asked"),
		ref("asked_by_id"), instant("asked_at"),
		optionalRef("decided_by_id"), optionalInstant("decided_at"),
		optionalInstant("expires_at"),
	}
}

// Edges of LogEvaluation.
func (LogEvaluation) Edges() []ent.Edge {
	return []ent.Edge{
		maybeTo("about", Person.Type, "about_id"), to("asked_by", Person.Type, "asked_by_id"), maybeTo("decided_by", Person.Type, "decided_by_id"),
	}
}

// Indexes of LogEvaluation.
func (LogEvaluation) Indexes() []ent.Index { return []ent.Index{index.Fields("asked_at", "id")} }
