package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
)

// Revision counts the changes of a body of data, so that its caches know when
// they are stale.
type Revision struct{ ent.Schema }

// Mixin of Revision.
func (Revision) Mixin() []ent.Mixin { return []ent.Mixin{Base{}} }

// Fields of Revision.
func (Revision) Fields() []ent.Field {
	return []ent.Field{limited("name", 64).Unique(), field.Int64("number").Default(1)}
}
