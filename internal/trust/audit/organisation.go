package audit

// This is the part of the catalogue about who works here and how they get access.
const (
	PersonAdded        Action = "person.added"
	PersonChanged      Action = "person.changed"
	FactsChanged       Action = "person.facts_changed"
	FactsWithheld      Action = "person.facts_withheld"
	AttributesNotTaken Action = "person.attributes_not_taken"
	PersonLeft         Action = "person.left"
	PersonBack         Action = "person.back"
	DesignationAdded   Action = "person.designation_added"
	DesignationEnded   Action = "person.designation_ended"
	TechnologyAdded    Action = "technology.added"
	TechnologyChanged  Action = "technology.changed"
	TechnologyRemoved  Action = "technology.removed"
	HandoverTaken      Action = "handover.taken"
	DirectoryExported  Action = "people.exported"
	GroupAdded         Action = "group.added"
	GroupChanged       Action = "group.changed"
	GroupDeleted       Action = "group.deleted"
	TokenCreated       Action = "token.created"
	TokenRevoked       Action = "token.revoked"
	GroupsNotSent      Action = "session.groups_not_sent"
)
