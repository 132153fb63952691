package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Ladder is a framework of levels; its text lives in its versions.
type Ladder struct{ ent.Schema }

// Mixin of Ladder.
func (Ladder) Mixin() []ent.Mixin { return []ent.Mixin{Base{}, Audited{}} }

// Fields of Ladder.
func (Ladder) Fields() []ent.Field {
	return []ent.Field{field.String("slug").MaxLen(64).Unique(), short("name")}
}

// LadderVersion is one published text of a ladder, for ever unchanged.
type LadderVersion struct{ ent.Schema }

// Mixin of LadderVersion.
func (LadderVersion) Mixin() []ent.Mixin { return []ent.Mixin{Base{}, Audited{}} }

// Fields of LadderVersion.
func (LadderVersion) Fields() []ent.Field {
	return []ent.Field{
		ref("ladder_id"),
		field.String("version").MaxLen(32).Comment("semantic version"),
		date("effective_from"),
		field.String("content_hash").MaxLen(64).Comment("SHA-256 of document, hex"),
		field.Text("document").Comment("canonical YAML"),
		instant("published_at"),
	}
}

// Edges of LadderVersion.
func (LadderVersion) Edges() []ent.Edge { return []ent.Edge{to("ladder", Ladder.Type, "ladder_id")} }

// Indexes of LadderVersion.
func (LadderVersion) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("ladder_id", "version").Unique(),
		index.Fields("ladder_id", "effective_from"),
	}
}
