package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// AuditEvent is one line of the trail: who did what to which thing, by ids
// alone, never with pay or people's words.
type AuditEvent struct{ ent.Schema }

// Mixin of AuditEvent.
func (AuditEvent) Mixin() []ent.Mixin { return []ent.Mixin{Base{}} }

// Fields of AuditEvent.
func (AuditEvent) Fields() []ent.Field {
	return []ent.Field{
		instant("at"),
		optionalRef("actor_id"),
		field.String("reason").MaxLen(200).Default("").Comment("why the system acted, when nobody did"),
		code("action"),
		code("resource"),
		optionalRef("resource_id"),
		optionalRef("owner_id"),
		field.String("request_id").MaxLen(64).Default(""),
		field.JSON("facts", map[string]string{}).Optional().Comment("states, versions, counts"),
	}
}

// Indexes of AuditEvent.
func (AuditEvent) Indexes() []ent.Index {
	return []ent.Index{index.Fields("at", "id"), index.Fields("owner_id", "action", "at"), index.Fields("resource_id", "at")}
}
