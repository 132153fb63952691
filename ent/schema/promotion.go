package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// CaseStates are the states of a promotion case, in the order of the process.
var CaseStates = []string{
	"draft", "manager_review", "changes_requested", "submitted", "blind_vote", "on_hold",
	"voted", "decided", "communicated", "effective", "withdrawn",
}

// PromotionCase is the decision whether a person moves to another level.
type PromotionCase struct{ ent.Schema }

// Mixin of PromotionCase.
func (PromotionCase) Mixin() []ent.Mixin { return []ent.Mixin{Base{}, Versioned{}, Audited{}} }

// Fields of PromotionCase.
func (PromotionCase) Fields() []ent.Field {
	return []ent.Field{
		ref("person_id"),
		ref("opened_by_id"),
		ref("ladder_version_id"),
		optionalRef("self_assessment_id"),
		field.Enum("kind").Values("promotion", "track_switch", "re_level").Default("promotion"),
		code("from_level"), code("from_track"), code("to_level"), code("to_track"),
		field.Enum("state").Values(CaseStates...).Default("draft"),
		prose("opening_reason", 2000).Default("").Comment("why levels are skipped, or why the level goes down"),
		instant("opened_at"),
		optionalInstant("due_at"),
		optionalInstant("handed_over_at"),
		optionalInstant("submitted_at"),
		optionalInstant("vote_opened_at"),
		optionalInstant("vote_closes_at"),
		optionalInstant("vote_closed_at"),
		optionalInstant("decided_at"),
		optionalInstant("communicated_at"),
		optionalInstant("effective_at"),
		optionalInstant("withdrawn_at"),
		optionalDate("effective_on"),
	}
}

// Edges of PromotionCase.
func (PromotionCase) Edges() []ent.Edge {
	return []ent.Edge{
		to("person", Person.Type, "person_id"),
		to("opened_by", Person.Type, "opened_by_id"),
		to("ladder_version", LadderVersion.Type, "ladder_version_id"),
		maybeTo("self_assessment", Assessment.Type, "self_assessment_id"),
	}
}

// Indexes of PromotionCase.
func (PromotionCase) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("person_id", "state"),
		index.Fields("state", "vote_closes_at"),
		index.Fields("state", "effective_on"),
		index.Fields("opened_at", "id"),
	}
}

// CaseWaiver is a rule that HR sets aside for the next case of a person.
type CaseWaiver struct{ ent.Schema }

// Mixin of CaseWaiver.
func (CaseWaiver) Mixin() []ent.Mixin { return []ent.Mixin{Base{}, Audited{}} }

// Fields of CaseWaiver.
func (CaseWaiver) Fields() []ent.Field {
	return []ent.Field{
		ref("person_id"),
		field.Enum("rule").Values("time_in_level", "cool_down"),
		prose("reason", 2000),
		ref("waived_by_id"), instant("waived_at"),
		optionalInstant("ended_at"), // when HR took it back
		optionalRef("case_id"),      // the case that it was used for
	}
}

// Edges of CaseWaiver.
func (CaseWaiver) Edges() []ent.Edge {
	return []ent.Edge{
		to("person", Person.Type, "person_id"), to("waived_by", Person.Type, "waived_by_id"),
		maybeTo("case", PromotionCase.Type, "case_id"),
	}
}

// Indexes of CaseWaiver.
func (CaseWaiver) Indexes() []ent.Index {
	return []ent.Index{index.Fields("person_id", "waived_at"), index.Fields("case_id")}
}

// ProjectBody is the structured part of a project section.
type ProjectBody struct {
	From         string   `json:"from"`
	To           string   `json:"to"`
	Role         string   `json:"role"`
	Scope        string   `json:"scope"`
	Outcome      string   `json:"outcome"`
	Tradeoff     string   `json:"tradeoff"`
	Links        []Link   `json:"links"`
	Competencies []string `json:"competencies"`
}

// CaseSection is one part of the packet while it can still be edited.
type CaseSection struct{ ent.Schema }

// Mixin of CaseSection.
func (CaseSection) Mixin() []ent.Mixin { return []ent.Mixin{Base{}, Versioned{}} }

// Fields of CaseSection.
func (CaseSection) Fields() []ent.Field {
	return []ent.Field{
		ref("case_id"),
		code("key"),
		field.Enum("kind").Values("summary", "project", "mentoring", "organisation", "gaps", "claim"),
		field.Int("ordinal"),
		short("title"),
		words("text"),
		field.JSON("project", &ProjectBody{}).Optional(),
		field.Int("rating").Min(0).Max(19).Optional().Nillable(),
		field.JSON("evidence_ids", []string{}).Optional(),
		instant("updated_at"),
	}
}

// Edges of CaseSection.
func (CaseSection) Edges() []ent.Edge { return []ent.Edge{to("case", PromotionCase.Type, "case_id")} }

// Indexes of CaseSection.
func (CaseSection) Indexes() []ent.Index { return []ent.Index{index.Fields("case_id", "key").Unique()} }

// CaseStatement is what a manager says about the case. Every manager of the time
// before the packet is frozen can have one; the newest counts.
type CaseStatement struct{ ent.Schema }

// Mixin of CaseStatement.
func (CaseStatement) Mixin() []ent.Mixin { return []ent.Mixin{Base{}, Versioned{}} }

// Fields of CaseStatement.
func (CaseStatement) Fields() []ent.Field {
	return []ent.Field{
		ref("case_id"),
		ref("author_id"),
		words("text"),
		field.Enum("recommendation").Values("for", "not_yet").Optional().Nillable(),
		instant("updated_at"),
	}
}

// Edges of CaseStatement.
func (CaseStatement) Edges() []ent.Edge {
	return []ent.Edge{to("case", PromotionCase.Type, "case_id"), to("author", Person.Type, "author_id")}
}

// Indexes of CaseStatement.
func (CaseStatement) Indexes() []ent.Index {
	return []ent.Index{index.Fields("case_id", "author_id").Unique()}
}

// CaseRequest is a change that the manager asks for.
type CaseRequest struct{ ent.Schema }

// Mixin of CaseRequest.
func (CaseRequest) Mixin() []ent.Mixin { return []ent.Mixin{Base{}} }

// Fields of CaseRequest.
func (CaseRequest) Fields() []ent.Field {
	return []ent.Field{
		ref("case_id"), ref("author_id"), code("section_key"), words("text"),
		instant("created_at"), optionalInstant("done_at"),
	}
}

// Edges of CaseRequest.
func (CaseRequest) Edges() []ent.Edge {
	return []ent.Edge{to("case", PromotionCase.Type, "case_id"), to("author", Person.Type, "author_id")}
}

// Indexes of CaseRequest.
func (CaseRequest) Indexes() []ent.Index { return []ent.Index{index.Fields("case_id")} }

// Packet is the case as the panel reads it, frozen at submission.
type Packet struct{ ent.Schema }

// Mixin of Packet.
func (Packet) Mixin() []ent.Mixin { return []ent.Mixin{Base{}, Audited{}} }

// Fields of Packet.
func (Packet) Fields() []ent.Field {
	return []ent.Field{
		ref("case_id"),
		prose("content", 0).Comment("JSON"),
		limited("content_hash", 64).Comment("SHA-256 of content, hex"),
		instant("frozen_at"),
	}
}

// Edges of Packet.
func (Packet) Edges() []ent.Edge { return []ent.Edge{to("case", PromotionCase.Type, "case_id")} }

// Indexes of Packet.
func (Packet) Indexes() []ent.Index { return []ent.Index{index.Fields("case_id").Unique()} }

// PanelSeat is a person's place on the panel of one case.
type PanelSeat struct{ ent.Schema }

// Mixin of PanelSeat.
func (PanelSeat) Mixin() []ent.Mixin { return []ent.Mixin{Base{}, Audited{}} }

// Fields of PanelSeat.
func (PanelSeat) Fields() []ent.Field {
	return []ent.Field{
		ref("case_id"),
		ref("person_id"),
		field.Bool("chair").Default(false),
		field.Enum("state").Values("seated", "recused").Default("seated"),
		words("why"),
		instant("seated_at"),
		optionalInstant("opened_at"),
	}
}

// Edges of PanelSeat.
func (PanelSeat) Edges() []ent.Edge {
	return []ent.Edge{to("case", PromotionCase.Type, "case_id"), to("person", Person.Type, "person_id")}
}

// Indexes of PanelSeat.
func (PanelSeat) Indexes() []ent.Index {
	return []ent.Index{index.Fields("case_id", "person_id").Unique(), index.Fields("person_id", "state")}
}

// Ballot is a seat's working copy. Only its author can read it.
type Ballot struct{ ent.Schema }

// Mixin of Ballot.
func (Ballot) Mixin() []ent.Mixin { return []ent.Mixin{Base{}, Versioned{}} }

// Fields of Ballot.
func (Ballot) Fields() []ent.Field {
	return []ent.Field{
		ref("case_id"),
		ref("seat_id"),
		field.JSON("marks", map[string]int{}).Default(map[string]int{}),
		field.JSON("reasons", map[string]string{}).Default(map[string]string{}),
		field.Enum("vote").Values("approve", "not_yet", "decline").Optional().Nillable(),
		field.Enum("confidence").Values("low", "medium", "high").Optional().Nillable(),
		words("reason"),
		words("notes"),
		instant("updated_at"),
	}
}

// Edges of Ballot.
func (Ballot) Edges() []ent.Edge {
	return []ent.Edge{to("case", PromotionCase.Type, "case_id"), to("seat", PanelSeat.Type, "seat_id")}
}

// Indexes of Ballot.
func (Ballot) Indexes() []ent.Index {
	return []ent.Index{index.Fields("seat_id").Unique(), index.Fields("case_id")}
}

// SealedBallot is a ballot as it was sealed. Sealing again before the close adds
// a revision; the last one counts.
type SealedBallot struct{ ent.Schema }

// Mixin of SealedBallot.
func (SealedBallot) Mixin() []ent.Mixin { return []ent.Mixin{Base{}, Audited{}} }

// Fields of SealedBallot.
func (SealedBallot) Fields() []ent.Field {
	return []ent.Field{
		ref("case_id"),
		ref("seat_id"),
		field.Int("revision"),
		prose("content", 0).Comment("JSON"),
		limited("content_hash", 64).Comment("SHA-256 of content, hex"),
		field.Int("ballot_version").Comment("version of the working copy that was sealed"),
		instant("sealed_at"),
	}
}

// Edges of SealedBallot.
func (SealedBallot) Edges() []ent.Edge {
	return []ent.Edge{to("case", PromotionCase.Type, "case_id"), to("seat", PanelSeat.Type, "seat_id")}
}

// Indexes of SealedBallot.
func (SealedBallot) Indexes() []ent.Index {
	return []ent.Index{index.Fields("seat_id", "revision").Unique(), index.Fields("case_id")}
}

// CriterionOutcome is what the panel found for one competency.
type CriterionOutcome struct {
	Competency string `json:"competency"`
	Outcome    string `json:"outcome"` // met | not_yet
	Reason     string `json:"reason"`
}

// Decision is the record that the chair signs.
type Decision struct{ ent.Schema }

// Mixin of Decision.
func (Decision) Mixin() []ent.Mixin { return []ent.Mixin{Base{}, Audited{}} }

// Fields of Decision.
func (Decision) Fields() []ent.Field {
	return []ent.Field{
		ref("case_id"),
		ref("signed_by_id"),
		field.Enum("outcome").Values("approved", "deferred", "declined"),
		field.Int("approve"), field.Int("not_yet"), field.Int("decline"), field.Int("quorum"),
		field.JSON("criteria", []CriterionOutcome{}),
		prose("reasons", 0),
		optionalDate("effective_on"),
		limited("content_hash", 64),
		instant("decided_at"),
	}
}

// Edges of Decision.
func (Decision) Edges() []ent.Edge {
	return []ent.Edge{to("case", PromotionCase.Type, "case_id"), to("signed_by", Person.Type, "signed_by_id")}
}

// Indexes of Decision.
func (Decision) Indexes() []ent.Index { return []ent.Index{index.Fields("case_id").Unique()} }
