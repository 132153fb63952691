// Package access says who may do what. A right is a cell of a matrix: role x
// relation x resource x action. Roles come from sign-in. Relations are computed
// from data, once as a Go predicate (check) and once as an SQL predicate (scope);
// tests compare the two.
package access

import "slices"

// Role is what a person is in the company.
type Role string

// The roles. Manager, panel member and chair are relations, not roles.
const (
	Employee Role = "employee"
	HR       Role = "hr"
	Comp     Role = "comp"
	Approver Role = "approver"
	Owner    Role = "owner"
	Admin    Role = "admin"
	Auditor  Role = "auditor"
)

// Roles lists every role; the base role comes first.
var Roles = []Role{Employee, HR, Comp, Approver, Owner, Admin, Auditor}

// Relation is how the actor stands to one thing. It is computed from data.
type Relation string

// The relations.
const (
	Any         Relation = "any"            // every thing of the kind
	Self        Relation = "self"           // it is about the actor
	Manager     Relation = "manager"        // the actor is the person's direct manager
	OwnerOf     Relation = "owner"          // the actor made it for themselves
	Author      Relation = "author"         // the actor wrote it
	Writer      Relation = "writer"         // the same, and the actor may still write: about themselves or a current report
	Counterpart Relation = "counterpart"    // the other side of an assessment, after both are in
	Candidate   Relation = "candidate"      // the case is about the actor
	Told        Relation = "candidate_told" // the same, once the decision has been communicated
	CaseManager Relation = "case_manager"   // the actor is the candidate's current manager
	HandedOver  Relation = "case_handed"    // the same, once the candidate has handed the packet over
	Seat        Relation = "seat"           // the actor sits on the panel and the vote has been opened
	SeatClosed  Relation = "seat_closed"    // the same, once the vote has closed
	Chair       Relation = "chair"          // the actor chairs the panel
	HRScope     Relation = "hr_scope"       // the person is in the actor's scope; never the actor, and never a case of the actor's reports
	ScopeFrozen Relation = "hr_frozen"      // a case in scope, once the packet has been frozen
	ScopeClosed Relation = "hr_closed"      // the same, once the vote has closed
	HRWhole     Relation = "hr_whole"       // the actor's scope is the whole company
)

// Relations lists every relation.
var Relations = []Relation{
	Any, Self, Manager, OwnerOf, Author, Writer, Counterpart, Candidate, Told, CaseManager, HandedOver, Seat,
	SeatClosed, Chair, HRScope, ScopeFrozen, ScopeClosed, HRWhole,
}

// Resource is a kind of thing.
type Resource string

// The resources.
const (
	People      Resource = "person"
	Ladders     Resource = "ladder"
	Drafts      Resource = "draft"    // of a ladder
	Proposals   Resource = "proposal" // a draft in review, with its comments
	RoleChecks  Resource = "role_check"
	Technology  Resource = "technology" // the profile of what a person works with
	Cycles      Resource = "cycle"
	Settings    Resource = "setting" // of the company
	Sessions    Resource = "session"
	Evidence    Resource = "evidence"
	Assessments Resource = "assessment"
	Cases       Resource = "case"
	Waivers     Resource = "waiver" // of a rule about when a case may start
	Packets     Resource = "packet"
	Statements  Resource = "statement"
	Seats       Resource = "seat"
	Ballots     Resource = "ballot"
	Tallies     Resource = "tally"
	Decisions   Resource = "decision"
	Bands       Resource = "band"
	Pay         Resource = "pay"
	Audit       Resource = "audit"
	Evaluations Resource = "evaluation"
	RoleGrants  Resource = "role"
	Tokens      Resource = "token"
	Jobs        Resource = "job"
	Explained   Resource = "explanation"
	Records     Resource = "record"
	Holds       Resource = "hold"
	Handovers   Resource = "handover"
)

// Resources lists every resource.
var Resources = []Resource{
	People, Ladders, Drafts, Proposals, RoleChecks, Technology, Cycles, Settings, Sessions, Evidence, Assessments, Cases, Waivers, Packets, Statements, Seats, Ballots, Tallies,
	Decisions, Bands, Pay, Audit, Evaluations, RoleGrants, Tokens, Jobs, Explained, Records, Holds,
	Handovers,
}

// Action is what is done to a thing.
type Action string

// The actions.
const (
	Read        Action = "read"
	Create      Action = "create"
	Update      Action = "update"
	Delete      Action = "delete"
	Import      Action = "import"
	Lead        Action = "lead"
	Review      Action = "review"
	Withdraw    Action = "withdraw"
	OpenVote    Action = "open_vote"
	Pause       Action = "pause"
	Recuse      Action = "recuse"
	Decide      Action = "decide"
	Communicate Action = "communicate"
	Approve     Action = "approve"
	Export      Action = "export"
	ViewAs      Action = "view_as"
)

// Actions lists every action.
var Actions = []Action{
	Read, Create, Update, Delete, Import, Lead, Review, Withdraw, OpenVote, Pause, Recuse, Decide, Communicate, Approve,
	Export, ViewAs,
}

func known[T ~string](list []T, token string) bool { return slices.Contains(list, T(token)) }
