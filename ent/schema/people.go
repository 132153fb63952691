package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Unit is a part of the organisation.
type Unit struct{ ent.Schema }

// Mixin of Unit.
func (Unit) Mixin() []ent.Mixin { return []ent.Mixin{Base{}, Versioned{}, Audited{}} }

// Fields of Unit.
func (Unit) Fields() []ent.Field {
	return []ent.Field{
		limited("name", 200),
		limited("name_key", 0).Unique().Comment("lower case, the natural key of imports"),
		optionalRef("parent_id"),
		optionalRef("ladder_id"), // the ladder of its people, and of units below it that have none
	}
}

// Edges of Unit.
func (Unit) Edges() []ent.Edge {
	return []ent.Edge{above("parent", "children", Unit.Type, "parent_id"), maybeTo("ladder", Ladder.Type, "ladder_id")}
}

// Person is somebody the company employs or employed, with their current facts.
// Employment has the facts for every other day.
type Person struct{ ent.Schema }

// Mixin of Person.
func (Person) Mixin() []ent.Mixin { return []ent.Mixin{Base{}, Versioned{}, Audited{}} }

// Fields of Person.
func (Person) Fields() []ent.Field {
	return []ent.Field{
		identifier("employee_no", 64).Optional().Nillable().Unique(),
		limited("name", 200),
		field.Bytes("name_key").Comment("folded name; bytes, so that both databases sort it alike"),
		identifier("email", 254).Unique().Comment("lower case"),
		field.Enum("status").Values("active", "inactive").Default("active"),
		identifier("user_name", 254).Optional().Nillable().Unique().Comment("name at the identity provider, as SCIM sent it"),
		identifier("external_id", 200).Default("").Comment("id of the SCIM client"),
		limited("given_name", 200).Default("").Comment("as the identity provider sent it; never guessed from the name"),
		limited("family_name", 200).Default("").Comment("as the identity provider sent it; never guessed from the name"),
		limited("manager_ref", 254).Default("").Comment("the manager as the identity provider named them, while nobody here goes by that"),
		optionalRef("manager_ref_by_id"), // who answers for that name, so that they cannot become the manager by it
		field.JSON("not_taken", []NotTaken{}).Optional().Comment("what the identity provider sent and Rung could not use"),
		field.Strings("roles").Default([]string{}).Comment("roles in force other than employee, from groups and grants"),
		field.Strings("login_roles").Default([]string{}).Comment("roles from the groups of the last sign-in"),
		field.JSON("scopes", []Scope{}).Optional().Comment("where the role hr holds; without any it holds nowhere"),
		optionalRef("unit_id"),
		optionalRef("manager_id"),
		limited("level", 16).Default(""),
		limited("track", 16).Default(""),
		limited("title", 200).Default(""),
		limited("location", 64).Default(""),
		limited("country", 2).Default(""),
		limited("time_zone", 64).Default("UTC"),
		limited("working_hours", 32).Default("09:00-17:00"),
		limited("currency", 3).Default("").Comment("the currency of the contract"),
		field.Int64("fte_ppm").Default(1_000_000).Comment("share of full time in parts per million"),
		optionalDate("hired_on"),
		optionalDate("ended_on"),
		optionalDate("level_since"),
		optionalInstant("anonymised_at"),
	}
}

// Edges of Person.
func (Person) Edges() []ent.Edge {
	return []ent.Edge{maybeTo("unit", Unit.Type, "unit_id"), above("manager", "reports", Person.Type, "manager_id")}
}

// Indexes of Person.
func (Person) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("unit_id"),
		index.Fields("manager_id", "name_key", "id"),
		index.Fields("external_id"),
		index.Fields("manager_ref"),
		index.Fields("status", "ended_on"),
		index.Fields("name_key", "id"),
		index.Fields("level", "location", "name_key", "id"),
		index.Fields("location", "name_key", "id"),
	}
}

// NotTaken is an attribute that the identity provider sent and that Rung could not
// use. It is kept as sent, so that the provider reads back what it wrote.
type NotTaken struct {
	Attribute string `json:"attribute"`
	Value     string `json:"value"`
	Reason    string `json:"reason"`
}

// Employment is the facts about a person for a half-open range of dates.
type Employment struct{ ent.Schema }

// Mixin of Employment.
func (Employment) Mixin() []ent.Mixin { return []ent.Mixin{Base{}, Audited{}} }

// Fields of Employment.
func (Employment) Fields() []ent.Field {
	return []ent.Field{
		ref("person_id"),
		optionalRef("unit_id"),
		optionalRef("manager_id"),
		limited("level", 16).Default(""),
		limited("track", 16).Default(""),
		limited("title", 200).Default(""),
		limited("location", 64).Default(""),
		limited("country", 2).Default(""),
		limited("time_zone", 64).Default(""),
		limited("working_hours", 32).Default(""),
		limited("currency", 3).Default(""),
		field.Int64("fte_ppm").Default(1_000_000),
		field.Enum("reason").Values("hired", "imported", "provisioned", "promoted", "moved", "corrected", "renamed").Default("imported"),
		date("valid_from"),
		date("valid_to"),
		instant("recorded_at"),
	}
}

// Edges of Employment.
func (Employment) Edges() []ent.Edge {
	return []ent.Edge{
		to("person", Person.Type, "person_id"),
		maybeTo("unit", Unit.Type, "unit_id"),
		maybeTo("manager", Person.Type, "manager_id"),
	}
}

// Indexes of Employment.
func (Employment) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("person_id", "valid_from").Unique(),
		index.Fields("valid_from"),
	}
}

// ReportingLine is the closure of "reports to": one row for every manager above a
// person, at any depth.
type ReportingLine struct{ ent.Schema }

// Mixin of ReportingLine.
func (ReportingLine) Mixin() []ent.Mixin { return []ent.Mixin{Base{}} }

// Fields of ReportingLine.
func (ReportingLine) Fields() []ent.Field {
	return []ent.Field{
		ref("ancestor_id"),
		ref("person_id"),
		field.Int("depth").Comment("1 for the direct manager"),
	}
}

// Edges of ReportingLine.
func (ReportingLine) Edges() []ent.Edge {
	return []ent.Edge{to("ancestor", Person.Type, "ancestor_id"), to("person", Person.Type, "person_id")}
}

// Indexes of ReportingLine.
func (ReportingLine) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("ancestor_id", "person_id").Unique(),
		index.Fields("person_id", "depth"),
	}
}

// Designation is a role that a person has for some time, such as tech lead of a
// unit. It gives no rights.
type Designation struct{ ent.Schema }

// Mixin of Designation.
func (Designation) Mixin() []ent.Mixin { return []ent.Mixin{Base{}, Versioned{}, Audited{}} }

// Fields of Designation.
func (Designation) Fields() []ent.Field {
	return []ent.Field{
		ref("person_id"),
		short("title"),
		limited("of", 200).Default("").Comment("what it is for: a unit, a project, a guild"),
		date("valid_from"),
		date("valid_to"),
	}
}

// Edges of Designation.
func (Designation) Edges() []ent.Edge { return []ent.Edge{to("person", Person.Type, "person_id")} }

// Indexes of Designation.
func (Designation) Indexes() []ent.Index { return []ent.Index{index.Fields("person_id", "valid_from")} }

// Handover is one change of a person's manager. It is kept until the new manager
// has taken over.
type Handover struct{ ent.Schema }

// Mixin of Handover.
func (Handover) Mixin() []ent.Mixin { return []ent.Mixin{Base{}, Audited{}} }

// Fields of Handover.
func (Handover) Fields() []ent.Field {
	return []ent.Field{
		ref("person_id"), optionalRef("from_id"), optionalRef("to_id"), date("on"), instant("recorded_at"), optionalInstant("taken_at"),
	}
}

// Edges of Handover.
func (Handover) Edges() []ent.Edge {
	return []ent.Edge{
		to("person", Person.Type, "person_id"), maybeTo("from", Person.Type, "from_id"), maybeTo("to", Person.Type, "to_id"),
	}
}

// Indexes of Handover.
func (Handover) Indexes() []ent.Index {
	return []ent.Index{index.Fields("person_id", "recorded_at"), index.Fields("to_id", "taken_at")}
}
