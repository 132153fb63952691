package schema

import (
	"encoding/json"

	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Job is long work that somebody asked for: an import or an export.
type Job struct{ ent.Schema }

// Mixin of Job.
func (Job) Mixin() []ent.Mixin { return []ent.Mixin{Base{}} }

// Fields of Job.
func (Job) Fields() []ent.Field {
	return []ent.Field{
		code("kind"),
		ref("person_id"),
		field.Enum("state").Values("queued", "running", "succeeded", "failed", "cancelled").Default("queued"),
		field.JSON("input", json.RawMessage{}).Comment("never pay, never people's words"),
		optionalRef("source_id"),
		optionalRef("result_id"),
		limited("phase", 64).Default("").Comment("what is being done, in words"),
		field.Int64("done").Default(0),
		field.Int64("total").Default(0).Comment("0 while unknown"),
		field.JSON("report", json.RawMessage{}).Optional().Comment("the outcome"),
		field.JSON("problem", json.RawMessage{}).Optional().Comment("why it failed, as the API says it"),
		field.Bool("cancel_asked").Default(false),
		instant("created_at"),
		optionalInstant("started_at"),
		optionalInstant("ended_at"),
		instant("expires_at"),
	}
}

// Edges of Job.
func (Job) Edges() []ent.Edge {
	return []ent.Edge{
		to("person", Person.Type, "person_id"), maybeTo("source", File.Type, "source_id"), maybeTo("result", File.Type, "result_id"),
	}
}

// Indexes of Job.
func (Job) Indexes() []ent.Index {
	return []ent.Index{index.Fields("person_id", "created_at"), index.Fields("state"), index.Fields("expires_at")}
}

// File is what somebody uploaded or what Rung made for somebody. It is kept for a
// short time, in the database so that every machine finds it.
type File struct{ ent.Schema }

// Mixin of File.
func (File) Mixin() []ent.Mixin { return []ent.Mixin{Base{}} }

// Fields of File.
func (File) Fields() []ent.Field {
	return []ent.Field{
		short("name"),
		limited("media_type", 100),
		field.Int64("size").Default(0).Comment("bytes"),
		limited("hash", 64).Default("").Comment("SHA-256, hex"),
		ref("person_id"),
		instant("created_at"),
		instant("expires_at"),
	}
}

// Edges of File.
func (File) Edges() []ent.Edge { return []ent.Edge{to("person", Person.Type, "person_id")} }

// Indexes of File.
func (File) Indexes() []ent.Index { return []ent.Index{index.Fields("expires_at")} }

// FileChunk is a piece of a file.
type FileChunk struct{ ent.Schema }

// Mixin of FileChunk.
func (FileChunk) Mixin() []ent.Mixin { return []ent.Mixin{Base{}} }

// Fields of FileChunk.
func (FileChunk) Fields() []ent.Field {
	return []ent.Field{ref("file_id"), field.Int("place"), field.Bytes("content").Sensitive()}
}

// Edges of FileChunk.
func (FileChunk) Edges() []ent.Edge { return []ent.Edge{to("file", File.Type, "file_id")} }

// Indexes of FileChunk.
func (FileChunk) Indexes() []ent.Index { return []ent.Index{index.Fields("file_id", "place").Unique()} }

// Mapping remembers which column of a kind of file is which field.
type Mapping struct{ ent.Schema }

// Mixin of Mapping.
func (Mapping) Mixin() []ent.Mixin { return []ent.Mixin{Base{}, Versioned{}, Audited{}} }

// Fields of Mapping.
func (Mapping) Fields() []ent.Field {
	return []ent.Field{
		code("kind"),
		limited("headers_hash", 64).Comment("SHA-256 of the header line, hex"),
		field.JSON("columns", map[string]string{}).Comment("header -> field"),
		instant("used_at"),
	}
}

// Indexes of Mapping.
func (Mapping) Indexes() []ent.Index {
	return []ent.Index{index.Fields("kind", "headers_hash").Unique()}
}
