package access

import (
	"slices"

	"entgo.io/ent/dialect/sql"
)

// Reader is one answer to "who can read this": a person or a group in words, and
// the reason.
type Reader struct {
	Who string
	Why string
}

// Audience is who can read a thing now and who will be added at its next state.
type Audience struct {
	Now       []Reader
	Next      []Reader
	Everybody bool // everybody signed in reads it now
}

// Cast names who stands in each relation to one thing: "You", a person's name,
// "HR partners". A relation without a name has nobody in it.
type Cast map[Relation]string

// AssessmentAudience explains who reads an assessment now and after next.
func (s *Service) AssessmentAudience(now, next AssessmentFacts, cast Cast) Audience {
	return audience(assessments, s.matrix, Assessments, now, next, cast)
}

// CaseAudience explains who reads a resource of a case now and after next.
func (s *Service) CaseAudience(resource Resource, now, next CaseFacts, cast Cast) Audience {
	return audience(cases, s.matrix, resource, now, next, cast)
}

var reasons = map[Relation]string{
	Self: "The person themselves", Author: "The author", Writer: "The author, as long as they manage the person", OwnerOf: "The owner", Counterpart: "The other side, after both are in",
	Candidate: "The candidate", Told: "The candidate, once they have been told", CaseManager: "The candidate's current manager",
	Seat: "A panel member, once the vote has opened", SeatClosed: "A panel member, after the close",
	HandedOver: "The candidate's current manager, once it has been handed over",
	Chair:      "The chair of the panel", HRScope: "HR role, in scope", ScopeFrozen: "HR role, in scope, after submission",
	ScopeClosed: "HR role, in scope, after the close", HRWhole: "HR role, for the whole company", Any: "Everybody signed in",
	Manager: "The current manager",
}

// audience walks the same rules as check and scope, but looks at the state only.
// So the explanation cannot differ from what is enforced.
func audience[F any, P ~func(*sql.Selector)](k kind[F, P], m *Matrix, resource Resource, now, next F, cast Cast, actions ...Action) Audience {
	var out Audience
	for _, r := range k {
		if !m.grantsAnyone(r.relation, resource, append(actions, Read)) {
			continue
		}
		readers := []Reader{{Who: cast[r.relation], Why: reasons[r.relation]}}
		if r.relation == Any {
			if m.Allows(Cell{Employee, Any, resource, Read}) {
				return everybody(readers[0])
			}
			readers = m.holders(resource)
		}
		for _, reader := range readers {
			switch {
			case reader.Who == "" || seen(out, reader.Who):
			case r.active(now):
				out.Now = append(out.Now, reader)
			case r.active(next):
				out.Next = append(out.Next, reader)
			}
		}
	}
	return out
}

// everybody is the audience of what everybody signed in reads.
func everybody(reader Reader) Audience {
	if reader.Who == "" {
		reader.Who = "Everybody"
	}
	return Audience{Now: []Reader{reader}, Everybody: true}
}

func seen(a Audience, who string) bool {
	return slices.ContainsFunc(a.Now, func(r Reader) bool { return r.Who == who })
}

// holders names the roles that can read everything of a kind.
func (m *Matrix) holders(resource Resource) []Reader {
	var out []Reader
	for _, role := range Roles {
		if m.Allows(Cell{role, Any, resource, Read}) {
			out = append(out, Reader{Who: roleNames[role], Why: "The role covers everybody"})
		}
	}
	return out
}

var roleNames = map[Role]string{
	HR: "HR partners", Comp: "compensation partners", Approver: "compensation approvers", Owner: "ladder owners",
	Admin: "platform admins", Auditor: "auditors",
}

func (m *Matrix) grantsAnyone(rel Relation, resource Resource, actions []Action) bool {
	return slices.ContainsFunc(Roles, func(role Role) bool {
		return slices.ContainsFunc(actions, func(action Action) bool { return m.Allows(Cell{role, rel, resource, action}) })
	})
}
