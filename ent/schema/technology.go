package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// TechnologyUse is one thing that a person works with: a language, a database, a
// platform. The person says it about themselves.
type TechnologyUse struct{ ent.Schema }

// Mixin of TechnologyUse.
func (TechnologyUse) Mixin() []ent.Mixin { return []ent.Mixin{Base{}, Versioned{}, Audited{}} }

// Fields of TechnologyUse.
func (TechnologyUse) Fields() []ent.Field {
	return []ent.Field{
		ref("person_id"),
		limited("name", 200).Comment("as the catalogue of a ladder or the person writes it"),
		limited("name_key", 0).Comment("folded name: a person has each only once"),
		field.Enum("depth").Values("tried", "used", "production", "expert"),
		limited("last_used", 7).Default("").Comment("YYYY-MM; empty while it is in use"),
		words("stance"),
		instant("changed_at"),
	}
}

// Edges of TechnologyUse.
func (TechnologyUse) Edges() []ent.Edge { return []ent.Edge{to("person", Person.Type, "person_id")} }

// Indexes of TechnologyUse.
func (TechnologyUse) Indexes() []ent.Index {
	return []ent.Index{index.Fields("person_id", "name_key").Unique()}
}
