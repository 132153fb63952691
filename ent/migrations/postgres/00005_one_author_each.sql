-- +goose Up
-- drop index "assessment_cycle_id_subject_id_kind" from table: "assessments"
DROP INDEX "assessment_cycle_id_subject_id_kind";
-- create index "assessment_cycle_id_subject_id_kind_author_id" to table: "assessments"
CREATE UNIQUE INDEX "assessment_cycle_id_subject_id_kind_author_id" ON "assessments" ("cycle_id", "subject_id", "kind", "author_id");
-- create index "assessment_one_submitted" to table: "assessments"
CREATE UNIQUE INDEX "assessment_one_submitted" ON "assessments" ("cycle_id", "subject_id", "kind") WHERE (submitted_at IS NOT NULL);
-- drop index "casestatement_case_id" from table: "case_statements"
DROP INDEX "casestatement_case_id";
-- create index "casestatement_case_id_author_id" to table: "case_statements"
CREATE UNIQUE INDEX "casestatement_case_id_author_id" ON "case_statements" ("case_id", "author_id");
