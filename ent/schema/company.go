package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
)

// Settings are what the company decides for all its people. What is nil was not
// decided yet and has its default.
type Settings struct {
	MonthsInLevel         *int `json:"monthsInLevel,omitempty"`
	MonthsAfterDecision   *int `json:"monthsAfterDecision,omitempty"`
	MonthsAfterWithdrawal *int `json:"monthsAfterWithdrawal,omitempty"`
}

// SettingsVersion is the settings of the company from one change to the next. The
// newest counts.
type SettingsVersion struct{ ent.Schema }

// Mixin of SettingsVersion.
func (SettingsVersion) Mixin() []ent.Mixin { return []ent.Mixin{Base{}, Audited{}} }

// Fields of SettingsVersion.
func (SettingsVersion) Fields() []ent.Field {
	return []ent.Field{
		field.Int("number").Unique(),
		field.JSON("settings", Settings{}),
		ref("changed_by_id"), instant("changed_at"),
		prose("reason", 1000),
	}
}

// Edges of SettingsVersion.
func (SettingsVersion) Edges() []ent.Edge {
	return []ent.Edge{to("changed_by", Person.Type, "changed_by_id")}
}
