package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Identity links an account of an identity provider to a person.
type Identity struct{ ent.Schema }

// Mixin of Identity.
func (Identity) Mixin() []ent.Mixin { return []ent.Mixin{Base{}} }

// Fields of Identity.
func (Identity) Fields() []ent.Field {
	return []ent.Field{short("issuer"), short("subject"), ref("person_id"), instant("created_at")}
}

// Edges of Identity.
func (Identity) Edges() []ent.Edge { return []ent.Edge{to("person", Person.Type, "person_id")} }

// Indexes of Identity.
func (Identity) Indexes() []ent.Index {
	return []ent.Index{index.Fields("issuer", "subject").Unique(), index.Fields("person_id")}
}

// LoginAttempt is a visit to the identity provider that has not come back yet.
type LoginAttempt struct{ ent.Schema }

// Mixin of LoginAttempt.
func (LoginAttempt) Mixin() []ent.Mixin { return []ent.Mixin{Base{}} }

// Fields of LoginAttempt.
func (LoginAttempt) Fields() []ent.Field {
	return []ent.Field{
		field.Bytes("cookie_hash").Unique().Sensitive(),
		field.String("state").Sensitive(),
		field.String("nonce").Sensitive(),
		field.String("verifier").Sensitive(),
		field.String("return_to"),
		field.Bool("fresh").Default(false).Comment("the person must sign in again, whatever the provider remembers"),
		instant("expires_at"),
	}
}

// Indexes of LoginAttempt.
func (LoginAttempt) Indexes() []ent.Index { return []ent.Index{index.Fields("expires_at")} }

// Session is a signed-in browser. Only the hash of its token is kept.
type Session struct{ ent.Schema }

// Mixin of Session.
func (Session) Mixin() []ent.Mixin { return []ent.Mixin{Base{}} }

// Fields of Session.
func (Session) Fields() []ent.Field {
	return []ent.Field{
		field.Bytes("token_hash").Unique().Sensitive(),
		ref("person_id"),
		short("issuer"),
		short("subject"),
		field.String("provider_session").Default("").Comment("the sid claim"),
		field.Text("id_token").Default("").Sensitive().Comment("hint for sign-out at the provider"),
		field.String("user_agent").MaxLen(300).Default(""),
		instant("authenticated_at"),
		optionalRef("viewing_as_id"),
		instant("created_at"),
		instant("seen_at"),
		instant("expires_at"),
	}
}

// Edges of Session.
func (Session) Edges() []ent.Edge { return []ent.Edge{to("person", Person.Type, "person_id")} }

// Indexes of Session.
func (Session) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("person_id"),
		index.Fields("issuer", "provider_session"),
		index.Fields("issuer", "subject"),
		index.Fields("expires_at"),
	}
}

// Token gives access to a program: an identity provider that provisions people.
type Token struct{ ent.Schema }

// Mixin of Token.
func (Token) Mixin() []ent.Mixin { return []ent.Mixin{Base{}, Audited{}} }

// Fields of Token.
func (Token) Fields() []ent.Field {
	return []ent.Field{
		short("name"),
		field.Bytes("token_hash").Unique().Sensitive(),
		field.String("hint").MaxLen(16).Comment("last characters, to tell tokens apart"),
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
		field.String("name_key").MaxLen(200).Unique().Comment("lower case"),
		field.String("external_id").MaxLen(200).Default(""),
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

// RoleGrant is a role that one person asks for and another gives.
type RoleGrant struct{ ent.Schema }

// Mixin of RoleGrant.
func (RoleGrant) Mixin() []ent.Mixin { return []ent.Mixin{Base{}, Versioned{}, Audited{}} }

// Fields of RoleGrant.
func (RoleGrant) Fields() []ent.Field {
	return []ent.Field{
		ref("person_id"),
		field.String("role").MaxLen(16),
		field.JSON("scope", Scope{}).Optional(),
		field.String("reason").MaxLen(1000),
		field.Enum("state").Values("asked", "granted", "refused", "ended").Default("asked"),
		ref("asked_by_id"), instant("asked_at"),
		optionalRef("decided_by_id"), optionalInstant("decided_at"),
		optionalRef("ended_by_id"), optionalInstant("ended_at"),
		optionalDate("valid_to"),
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
