package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Ladder is a framework of levels; its versions hold the text.
type Ladder struct{ ent.Schema }

// Mixin of Ladder.
func (Ladder) Mixin() []ent.Mixin { return []ent.Mixin{Base{}, Versioned{}, Audited{}} }

// Fields of Ladder.
func (Ladder) Fields() []ent.Field {
	return []ent.Field{
		limited("slug", 64).Unique(),
		short("name"),
		field.Bool("public").Default(false).Comment("readable without an account"),
		optionalDate("retired_on"),
	}
}

// LadderVersion is one published text of a ladder. It never changes.
type LadderVersion struct{ ent.Schema }

// Mixin of LadderVersion.
func (LadderVersion) Mixin() []ent.Mixin { return []ent.Mixin{Base{}, Audited{}} }

// Fields of LadderVersion.
func (LadderVersion) Fields() []ent.Field {
	return []ent.Field{
		ref("ladder_id"),
		limited("version", 32).Comment("semantic version"),
		date("effective_from"),
		limited("content_hash", 64).Comment("SHA-256 of document, hex"),
		prose("document", 0).Comment("canonical YAML, as its owner wrote it"),
		prose("rubric", 0).Default("").Comment("JSON: the document with its layers merged and every cell filled"),
		prose("tracks", 0).Default("").Comment("JSON: only the tracks of the rubric"),
		prose("moves", 0).Default("").Comment("JSON: what became of each sentence of the previous version"),
		field.Int("width").Default(2).Comment("the place of its layer, 0 for the widest"),
		words("changes"),
		field.Int("level_count").Default(0),
		field.Int("competency_count").Default(0),
		instant("published_at"),
		optionalRef("written_by_id"),
		optionalRef("published_by_id"),
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

// LadderDraft is the next version of a ladder while it is written and reviewed.
type LadderDraft struct{ ent.Schema }

// Mixin of LadderDraft.
func (LadderDraft) Mixin() []ent.Mixin { return []ent.Mixin{Base{}, Versioned{}, Audited{}} }

// Fields of LadderDraft.
func (LadderDraft) Fields() []ent.Field {
	return []ent.Field{
		ref("ladder_id"),
		optionalRef("base_id"),
		field.Enum("state").Values("draft", "review", "published", "discarded").Default("draft"),
		prose("document", 0).Comment("canonical YAML"),
		prose("moves", 0).Default("").Comment("JSON: what became of sentences according to the owner, where it differs from the guess"),
		ref("author_id"),
		optionalInstant("review_asked_at"),
		instant("created_at"),
		instant("updated_at"),
	}
}

// Edges of LadderDraft.
func (LadderDraft) Edges() []ent.Edge {
	return []ent.Edge{to("ladder", Ladder.Type, "ladder_id"), to("author", Person.Type, "author_id")}
}

// Indexes of LadderDraft.
func (LadderDraft) Indexes() []ent.Index {
	return []ent.Index{index.Fields("ladder_id", "state")}
}

// LadderComment is what somebody says about a draft in review.
type LadderComment struct{ ent.Schema }

// Mixin of LadderComment.
func (LadderComment) Mixin() []ent.Mixin { return []ent.Mixin{Base{}, Versioned{}, Audited{}} }

// Fields of LadderComment.
func (LadderComment) Fields() []ent.Field {
	return []ent.Field{
		ref("draft_id"),
		ref("author_id"),
		limited("competency", 64).Default(""),
		limited("level", 64).Default(""),
		limited("text", 4000),
		instant("created_at"),
		optionalInstant("resolved_at"),
	}
}

// Edges of LadderComment.
func (LadderComment) Edges() []ent.Edge {
	return []ent.Edge{to("draft", LadderDraft.Type, "draft_id"), to("author", Person.Type, "author_id")}
}

// Indexes of LadderComment.
func (LadderComment) Indexes() []ent.Index {
	return []ent.Index{index.Fields("draft_id", "created_at")}
}
