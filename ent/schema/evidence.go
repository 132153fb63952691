package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Link is one address that evidence points to.
type Link struct {
	URL   string `json:"url"`
	Label string `json:"label"`
}

// Evidence is something a person did, in their own words.
type Evidence struct{ ent.Schema }

// Mixin of Evidence.
func (Evidence) Mixin() []ent.Mixin { return []ent.Mixin{Base{}, Versioned{}, Audited{}} }

// Fields of Evidence.
func (Evidence) Fields() []ent.Field {
	return []ent.Field{
		ref("person_id"),
		short("title"),
		words("body"),
		field.Enum("role").Values("led", "co_led", "contributed").Optional().Nillable().Comment("the person's own part in it"),
		date("happened_from"),
		optionalDate("happened_to"),
		field.JSON("links", []Link{}).Default([]Link{}),
		field.Strings("competencies").Default([]string{}),
		optionalRef("confirmed_by_id"),
		instant("created_at"),
	}
}

// Edges of Evidence.
func (Evidence) Edges() []ent.Edge {
	return []ent.Edge{to("person", Person.Type, "person_id"), maybeTo("confirmed_by", Person.Type, "confirmed_by_id")}
}

// Indexes of Evidence.
func (Evidence) Indexes() []ent.Index {
	return []ent.Index{index.Fields("person_id", "happened_from", "id")}
}
