package access

import (
	"context"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/assessment"
	"github.com/rung-hr/rung/ent/db/predicate"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/store"
)

// AssessmentFacts are what relations to an assessment are computed from.
type AssessmentFacts struct {
	Author   uuid.UUID
	Subject  uuid.UUID
	Manager  uuid.UUID // the subject's current manager
	Revealed bool      // both sides are in
}

// FactsOfAssessment returns the facts of a row, which must have been read with
// its subject.
func FactsOfAssessment(row *db.Assessment) AssessmentFacts {
	return AssessmentFacts{
		Author: row.AuthorID, Subject: row.SubjectID, Manager: store.OrZero(row.Edges.Subject.ManagerID), Revealed: row.RevealedAt != nil,
	}
}

var assessments = kind[AssessmentFacts, predicate.Assessment]{
	{
		Author, always[AssessmentFacts],
		func(a actor.Person, f AssessmentFacts) bool { return f.Author == a.ID },
		func(a actor.Person) predicate.Assessment { return assessment.AuthorID(a.ID) },
	},
	{
		// A manager can write their draft as long as they manage the subject.
		// After that they can still read it.
		Writer, always[AssessmentFacts],
		func(a actor.Person, f AssessmentFacts) bool {
			return f.Author == a.ID && (f.Subject == a.ID || f.Manager == a.ID)
		},
		func(a actor.Person) predicate.Assessment {
			return assessment.And(
				assessment.AuthorID(a.ID),
				assessment.Or(assessment.SubjectID(a.ID), reportsTo(assessment.FieldSubjectID, a)),
			)
		},
	},
	{
		Counterpart, func(f AssessmentFacts) bool { return f.Revealed },
		func(a actor.Person, f AssessmentFacts) bool { return f.Subject == a.ID || f.Manager == a.ID },
		func(a actor.Person) predicate.Assessment {
			return assessment.And(
				assessment.RevealedAtNotNil(),
				assessment.Or(
					assessment.SubjectID(a.ID),
					reportsTo(assessment.FieldSubjectID, a),
				),
			)
		},
	},
}

// CanAssessment reports whether the actor may do the action to the assessment.
func (s *Service) CanAssessment(ctx context.Context, action Action, facts AssessmentFacts) bool {
	return assessments.check(ctx, s, Assessments, action, facts)
}

// AssessmentScope is CanAssessment for the rows of a query.
func (s *Service) AssessmentScope(ctx context.Context, action Action) predicate.Assessment {
	return assessments.scope(ctx, s, Assessments, action)
}
