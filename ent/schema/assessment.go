package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Cycle is a round of assessments with its deadlines.
type Cycle struct{ ent.Schema }

// Mixin of Cycle.
func (Cycle) Mixin() []ent.Mixin { return []ent.Mixin{Base{}, Versioned{}, Audited{}} }

// Fields of Cycle.
func (Cycle) Fields() []ent.Field {
	return []ent.Field{
		short("name"),
		ref("ladder_version_id"),
		date("opens_on"),
		date("closes_on"),
		instant("self_due_at"),
		instant("manager_due_at"),
	}
}

// Edges of Cycle.
func (Cycle) Edges() []ent.Edge {
	return []ent.Edge{to("ladder_version", LadderVersion.Type, "ladder_version_id")}
}

// Indexes of Cycle.
func (Cycle) Indexes() []ent.Index { return []ent.Index{index.Fields("opens_on")} }

// Assessment is what one author says about one person against one level.
type Assessment struct{ ent.Schema }

// Mixin of Assessment.
func (Assessment) Mixin() []ent.Mixin { return []ent.Mixin{Base{}, Versioned{}, Audited{}} }

// Fields of Assessment.
func (Assessment) Fields() []ent.Field {
	return []ent.Field{
		ref("cycle_id"),
		ref("subject_id"),
		ref("author_id"),
		ref("ladder_version_id"),
		field.Enum("kind").Values("self", "manager"),
		field.Enum("state").Values("draft", "submitted").Default("draft"),
		code("base_level"),
		code("target_level"),
		limited("modifier", 64).Optional().Comment("where in the target level, on ladders that tell places apart"),
		optionalInstant("submitted_at"),
		optionalInstant("revealed_at"),
		instant("created_at"),
	}
}

// Edges of Assessment.
func (Assessment) Edges() []ent.Edge {
	return []ent.Edge{
		to("cycle", Cycle.Type, "cycle_id"),
		to("subject", Person.Type, "subject_id"),
		to("author", Person.Type, "author_id"),
		to("ladder_version", LadderVersion.Type, "ladder_version_id"),
	}
}

// Indexes of Assessment.
func (Assessment) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("cycle_id", "subject_id", "kind", "author_id").Unique(),
		// A manager may leave a draft behind, so only one submitted assessment of
		// each kind is allowed.
		index.Fields("cycle_id", "subject_id", "kind").Unique().
			StorageKey("assessment_one_submitted").
			Annotations(entsql.IndexWhere("submitted_at IS NOT NULL")),
		index.Fields("subject_id", "kind", "created_at"),
		index.Fields("author_id"),
	}
}

// AssessmentItem is the rating of one competency, with its reasons.
type AssessmentItem struct{ ent.Schema }

// Mixin of AssessmentItem.
func (AssessmentItem) Mixin() []ent.Mixin { return []ent.Mixin{Base{}, Versioned{}} }

// Fields of AssessmentItem.
func (AssessmentItem) Fields() []ent.Field {
	return []ent.Field{
		ref("assessment_id"),
		code("competency"),
		limited("level", 64).Default("").Comment("the target level whose sentences it answers"),
		field.Int("rating").Min(0).Max(19).Optional().Nillable(),
		words("reason"),
		instant("updated_at"),
	}
}

// Edges of AssessmentItem.
func (AssessmentItem) Edges() []ent.Edge {
	return []ent.Edge{to("assessment", Assessment.Type, "assessment_id")}
}

// Indexes of AssessmentItem.
func (AssessmentItem) Indexes() []ent.Index {
	return []ent.Index{index.Fields("assessment_id", "competency", "level").Unique()}
}

// ItemEvidence attaches a piece of evidence to a rating.
type ItemEvidence struct{ ent.Schema }

// Mixin of ItemEvidence.
func (ItemEvidence) Mixin() []ent.Mixin { return []ent.Mixin{Base{}} }

// Fields of ItemEvidence.
func (ItemEvidence) Fields() []ent.Field { return []ent.Field{ref("item_id"), ref("evidence_id")} }

// Edges of ItemEvidence.
func (ItemEvidence) Edges() []ent.Edge {
	return []ent.Edge{to("item", AssessmentItem.Type, "item_id"), to("evidence", Evidence.Type, "evidence_id")}
}

// Indexes of ItemEvidence.
func (ItemEvidence) Indexes() []ent.Index {
	return []ent.Index{index.Fields("item_id", "evidence_id").Unique(), index.Fields("evidence_id")}
}
