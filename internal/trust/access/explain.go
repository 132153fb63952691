package access

import (
	"slices"

	"entgo.io/ent/dialect/sql"

	"github.com/rung-hr/rung/internal/platform/actor"
)

// Reason is one line of why somebody may or may not do something: a right in the
// policy, and whether the person stands in its relation.
type Reason struct {
	Role     Role
	Relation Relation
	Words    string // the relation in words
	Stands   bool   // the person stands in the relation
	Active   bool   // the relation counts in the current state of the thing
}

// Gives reports whether the line allows the action.
func (r Reason) Gives() bool { return r.Stands && r.Active }

// Explanation is the answer to "may this person do it, and why".
type Explanation struct {
	Allowed bool
	Reasons []Reason // every right to the action that the person's roles have, in the order of the vocabulary
}

// explain walks the same rules as check and keeps what it found.
func explain[F any, P ~func(*sql.Selector)](k kind[F, P], m *Matrix, p actor.Person, resource Resource, action Action, facts F) Explanation {
	out := Explanation{Reasons: []Reason{}}
	for _, role := range p.Roles {
		granted := m.Relations([]string{role}, resource, action)
		for _, r := range k {
			if !contains(granted, r.relation) || inherited(out.Reasons, r.relation) {
				continue
			}
			reason := Reason{Role: Role(role), Relation: r.relation, Words: reasons[r.relation], Stands: r.is(p, facts), Active: r.active(facts)}
			out.Reasons = append(out.Reasons, reason)
			out.Allowed = out.Allowed || reason.Gives()
		}
	}
	return out
}

// inherited reports whether the person already has the right through an earlier
// role.
func inherited(list []Reason, rel Relation) bool {
	return slices.ContainsFunc(list, func(r Reason) bool { return r.Relation == rel })
}

// ExplainPerson explains an action to a thing that is about a person.
func (s *Service) ExplainPerson(p actor.Person, resource Resource, action Action, f PersonFacts) Explanation {
	return explain(people, s.matrix, p, resource, action, f)
}

// ExplainEvidence explains an action to a piece of evidence.
func (s *Service) ExplainEvidence(p actor.Person, action Action, f EvidenceFacts) Explanation {
	return explain(evidences, s.matrix, p, Evidence, action, f)
}

// ExplainAssessment explains an action to an assessment.
func (s *Service) ExplainAssessment(p actor.Person, action Action, f AssessmentFacts) Explanation {
	return explain(assessments, s.matrix, p, Assessments, action, f)
}

// ExplainCase explains an action to a resource of a case.
func (s *Service) ExplainCase(p actor.Person, resource Resource, action Action, f CaseFacts) Explanation {
	return explain(cases, s.matrix, p, resource, action, f)
}

// PersonAudience explains who reads something about a person.
func (s *Service) PersonAudience(resource Resource, f PersonFacts, cast Cast) Audience {
	return audience(people, s.matrix, resource, f, f, cast)
}

// CorrectionAudience explains who reads the corrections that a person asked for:
// the person, and those who answer them.
func (s *Service) CorrectionAudience(f PersonFacts, cast Cast) Audience {
	return audience(people, s.matrix, Records, f, f, cast, Review)
}

// EvidenceAudience explains who reads a piece of evidence.
func (s *Service) EvidenceAudience(f EvidenceFacts, cast Cast) Audience {
	return audience(evidences, s.matrix, Evidence, f, f, cast)
}
