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
		limited("state", 0).Sensitive(),
		limited("nonce", 0).Sensitive(),
		limited("verifier", 0).Sensitive(),
		limited("return_to", 0),
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
		limited("provider_session", 0).Default("").Comment("the sid claim"),
		prose("id_token", 0).Default("").Sensitive().Comment("hint for sign-out at the provider"),
		limited("user_agent", 300).Default(""),
		instant("authenticated_at"),
		optionalRef("viewing_as_id"),
		limited("notice", 64).Default("").Comment("what the person should know about this sign-in, such as that groups did not arrive"),
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
