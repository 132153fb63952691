package jobs

import (
	"entgo.io/ent/dialect/sql"

	"github.com/rung-hr/rung/ent/db/file"
	"github.com/rung-hr/rung/ent/db/job"
	"github.com/rung-hr/rung/ent/db/predicate"
)

// unused matches files that no job refers to.
func unused() predicate.File {
	return func(s *sql.Selector) {
		t := sql.Table(job.Table)
		for _, column := range []string{job.FieldSourceID, job.FieldResultID} {
			named := sql.Select(t.C(column)).From(t).Where(sql.NotNull(t.C(column)))
			s.Where(sql.NotIn(s.C(file.FieldID), named))
		}
	}
}
