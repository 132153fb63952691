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
		field.String("name").MaxLen(200),
		field.String("name_key").MaxLen(200).Unique().Comment("lower case, the natural key of imports"),
		optionalRef("parent_id"),
	}
}

// Edges of Unit.
func (Unit) Edges() []ent.Edge {
	return []ent.Edge{above("parent", "children", Unit.Type, "parent_id")}
}

// Person is somebody the company employs or employed, with the org facts of
// today. The facts of every other day are in Employment.
type Person struct{ ent.Schema }

// Mixin of Person.
func (Person) Mixin() []ent.Mixin { return []ent.Mixin{Base{}, Versioned{}, Audited{}} }

// Fields of Person.
func (Person) Fields() []ent.Field {
	return []ent.Field{
		field.String("employee_no").MaxLen(64).Optional().Nillable().Unique(),
		field.String("name").MaxLen(200),
		field.Bytes("name_key").MaxLen(400).Comment("folded name; bytes, so that both databases sort it alike"),
		field.String("email").MaxLen(254).Unique().Comment("lower case"),
		field.Enum("status").Values("active", "inactive").Default("active"),
		field.Strings("roles").Default([]string{}).Comment("roles besides employee, replaced at each sign-in"),
		optionalRef("unit_id"),
		optionalRef("manager_id"),
		field.String("level").MaxLen(16).Default(""),
		field.String("track").MaxLen(16).Default(""),
		field.String("title").MaxLen(200).Default(""),
		field.String("location").MaxLen(64).Default(""),
		field.String("country").MaxLen(2).Default(""),
		field.String("time_zone").MaxLen(64).Default("UTC"),
		field.String("working_hours").MaxLen(32).Default("09:00-17:00"),
		field.Int64("fte_ppm").Default(1_000_000).Comment("share of full time in parts per million"),
		optionalDate("hired_on"),
		optionalDate("level_since"),
	}
}

// Edges of Person.
func (Person) Edges() []ent.Edge {
	return []ent.Edge{maybeTo("unit", Unit.Type, "unit_id"), above("manager", "reports", Person.Type, "manager_id")}
}

// Indexes of Person.
func (Person) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("manager_id"),
		index.Fields("unit_id"),
		index.Fields("name_key", "id"),
		index.Fields("level", "location", "name_key", "id"),
		index.Fields("location", "name_key", "id"),
	}
}

// Employment is the org facts of a person for a half-open range of dates.
type Employment struct{ ent.Schema }

// Mixin of Employment.
func (Employment) Mixin() []ent.Mixin { return []ent.Mixin{Base{}, Audited{}} }

// Fields of Employment.
func (Employment) Fields() []ent.Field {
	return []ent.Field{
		ref("person_id"),
		optionalRef("unit_id"),
		optionalRef("manager_id"),
		field.String("level").MaxLen(16).Default(""),
		field.String("track").MaxLen(16).Default(""),
		field.String("title").MaxLen(200).Default(""),
		field.String("location").MaxLen(64).Default(""),
		field.Int64("fte_ppm").Default(1_000_000),
		field.Enum("reason").Values("hired", "imported", "promoted", "corrected").Default("imported"),
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

// ReportingLine is the closure of "reports to": one row for every manager
// above a person, at any depth.
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
