package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// RoleGrant is a role that one person asks for and another gives.
type RoleGrant struct{ ent.Schema }

// Mixin of RoleGrant.
func (RoleGrant) Mixin() []ent.Mixin { return []ent.Mixin{Base{}, Versioned{}, Audited{}} }

// Fields of RoleGrant.
func (RoleGrant) Fields() []ent.Field {
	return []ent.Field{
		ref("person_id"),
		limited("role", 16),
		field.JSON("scope", Scope{}).Optional(),
		limited("reason", 1000),
		field.Enum("state").Values("asked", "granted", "refused", "ended").Default("asked"),
		ref("asked_by_id"), instant("asked_at"),
		optionalRef("decided_by_id"), optionalInstant("decided_at"),
		optionalRef("ended_by_id"), optionalInstant("ended_at"),
		optionalDate("valid_to"),
		limited("group_name", 200).Default("").Comment("the pushed group that asks for it; empty when a person does"),
	}
}

// Edges of RoleGrant.
func (RoleGrant) Edges() []ent.Edge {
	return []ent.Edge{
		to("person", Person.Type, "person_id"), to("asked_by", Person.Type, "asked_by_id"),
		maybeTo("decided_by", Person.Type, "decided_by_id"), maybeTo("ended_by", Person.Type, "ended_by_id"),
	}
}

// Indexes of RoleGrant.
func (RoleGrant) Indexes() []ent.Index {
	return []ent.Index{index.Fields("person_id", "state"), index.Fields("state", "valid_to"), index.Fields("asked_at", "id")}
}

// Scope is where a role holds: in the units and all units below them, in the
// countries. An empty list means no limit.
type Scope struct {
	Units     []uuid.UUID `json:"units,omitempty"`
	Countries []string    `json:"countries,omitempty"`
}
