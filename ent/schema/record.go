package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Rectification is what a person says is wrong in their record, and the answer.
// The record itself is not overwritten: both are kept.
type Rectification struct{ ent.Schema }

// Mixin of Rectification.
func (Rectification) Mixin() []ent.Mixin { return []ent.Mixin{Base{}, Versioned{}, Audited{}} }

// Fields of Rectification.
func (Rectification) Fields() []ent.Field {
	return []ent.Field{
		ref("person_id"),
		code("about"),
		optionalRef("about_id"),
		words("text"),
		instant("created_at"),
		field.Enum("state").Values("open", "corrected", "kept").Default("open"),
		words("answer"),
		optionalRef("answered_by_id"), optionalInstant("answered_at"),
	}
}

// Edges of Rectification.
func (Rectification) Edges() []ent.Edge {
	return []ent.Edge{to("person", Person.Type, "person_id"), maybeTo("answered_by", Person.Type, "answered_by_id")}
}

// Indexes of Rectification.
func (Rectification) Indexes() []ent.Index {
	return []ent.Index{index.Fields("person_id", "created_at"), index.Fields("state", "created_at")}
}

// LegalHold keeps a person's record from being anonymised.
type LegalHold struct{ ent.Schema }

// Mixin of LegalHold.
func (LegalHold) Mixin() []ent.Mixin { return []ent.Mixin{Base{}, Audited{}} }

// Fields of LegalHold.
func (LegalHold) Fields() []ent.Field {
	return []ent.Field{
		ref("person_id"),
		limited("reason", 1000),
		ref("placed_by_id"), instant("placed_at"),
		optionalRef("lifted_by_id"), optionalInstant("lifted_at"),
	}
}

// Edges of LegalHold.
func (LegalHold) Edges() []ent.Edge {
	return []ent.Edge{
		to("person", Person.Type, "person_id"), to("placed_by", Person.Type, "placed_by_id"), maybeTo("lifted_by", Person.Type, "lifted_by_id"),
	}
}

// Indexes of LegalHold.
func (LegalHold) Indexes() []ent.Index { return []ent.Index{index.Fields("person_id", "lifted_at")} }
