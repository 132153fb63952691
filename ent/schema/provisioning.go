package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Token gives access to a program: an identity provider that provisions people.
type Token struct{ ent.Schema }

// Mixin of Token.
func (Token) Mixin() []ent.Mixin { return []ent.Mixin{Base{}, Audited{}} }

// Fields of Token.
func (Token) Fields() []ent.Field {
	return []ent.Field{
		short("name"),
		field.Bytes("token_hash").Unique().Sensitive(),
		limited("hint", 16).Comment("last characters, to tell tokens apart"),
		field.Strings("scopes").Comment("scim:read, scim:write"),
		ref("created_by_id"),
		instant("created_at"),
		instant("expires_at"),
		optionalInstant("used_at"),
		optionalInstant("revoked_at"),
	}
}

// Edges of Token.
func (Token) Edges() []ent.Edge { return []ent.Edge{to("created_by", Person.Type, "created_by_id")} }

// Indexes of Token.
func (Token) Indexes() []ent.Index { return []ent.Index{index.Fields("created_at")} }

// Group is a group that an identity provider pushes.
type Group struct{ ent.Schema }

// Mixin of Group.
func (Group) Mixin() []ent.Mixin { return []ent.Mixin{Base{}, Versioned{}, Audited{}} }

// Fields of Group.
func (Group) Fields() []ent.Field {
	return []ent.Field{
		short("name"),
		limited("name_key", 0).Unique().Comment("lower case"),
		limited("external_id", 200).Default(""),
		instant("created_at"),
		instant("updated_at"),
	}
}

// GroupMember is a person in a group.
type GroupMember struct{ ent.Schema }

// Mixin of GroupMember.
func (GroupMember) Mixin() []ent.Mixin { return []ent.Mixin{Base{}} }

// Fields of GroupMember.
func (GroupMember) Fields() []ent.Field { return []ent.Field{ref("group_id"), ref("person_id")} }

// Edges of GroupMember.
func (GroupMember) Edges() []ent.Edge {
	return []ent.Edge{to("group", Group.Type, "group_id"), to("person", Person.Type, "person_id")}
}

// Indexes of GroupMember.
func (GroupMember) Indexes() []ent.Index {
	return []ent.Index{index.Fields("group_id", "person_id").Unique(), index.Fields("person_id")}
}
