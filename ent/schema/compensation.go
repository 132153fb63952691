package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Only internal/domain/compensation reads the entities of this file.

// BandSet is a set of pay bands that go live together.
type BandSet struct{ ent.Schema }

// Mixin of BandSet.
func (BandSet) Mixin() []ent.Mixin { return []ent.Mixin{Base{}, Versioned{}, Audited{}} }

// Fields of BandSet.
func (BandSet) Fields() []ent.Field {
	return []ent.Field{
		limited("name", 200).Unique(),
		field.Enum("status").Values("live", "archived").Default("live"),
		date("valid_from"),
		date("valid_to"),
		instant("recorded_at"),
	}
}

// Indexes of BandSet.
func (BandSet) Indexes() []ent.Index { return []ent.Index{index.Fields("valid_from")} }

// Band is the pay range of a level at a location: base pay of a year of full
// time, in minor units of its currency.
type Band struct{ ent.Schema }

// Mixin of Band.
func (Band) Mixin() []ent.Mixin { return []ent.Mixin{Base{}, Audited{}} }

// Fields of Band.
func (Band) Fields() []ent.Field {
	return []ent.Field{
		ref("set_id"),
		limited("family", 64),
		code("track"), code("level"), code("location"),
		limited("currency", 3),
		field.Int64("min_minor"), field.Int64("mid_minor"), field.Int64("max_minor"),
	}
}

// Edges of Band.
func (Band) Edges() []ent.Edge { return []ent.Edge{to("set", BandSet.Type, "set_id")} }

// Indexes of Band.
func (Band) Indexes() []ent.Index {
	return []ent.Index{index.Fields("set_id", "family", "level", "location").Unique()}
}

// Pay is an amount in minor units that never prints itself, so that no log and no
// error can show it.
type Pay int64

// String hides the amount.
func (Pay) String() string { return "hidden" }

// PayPoint is a person's actual base pay per year for a half-open range of dates.
type PayPoint struct{ ent.Schema }

// Mixin of PayPoint.
func (PayPoint) Mixin() []ent.Mixin { return []ent.Mixin{Base{}, Audited{}} }

// Fields of PayPoint.
func (PayPoint) Fields() []ent.Field {
	return []ent.Field{
		ref("person_id"),
		field.Int64("amount_minor").GoType(Pay(0)),
		limited("currency", 3),
		field.Int64("fte_ppm"),
		date("valid_from"),
		date("valid_to"),
		instant("recorded_at"),
	}
}

// Edges of PayPoint.
func (PayPoint) Edges() []ent.Edge { return []ent.Edge{to("person", Person.Type, "person_id")} }

// Indexes of PayPoint.
func (PayPoint) Indexes() []ent.Index {
	return []ent.Index{index.Fields("person_id", "valid_from").Unique()}
}
