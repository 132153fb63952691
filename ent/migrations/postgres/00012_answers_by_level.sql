-- +goose Up
DROP INDEX "assessmentitem_assessment_id_competency";
ALTER TABLE "assessment_items" ADD COLUMN "level" character varying NOT NULL DEFAULT '';
-- every answer was given for the level that was the target then
UPDATE "assessment_items" i SET "level" = a."target_level" FROM "assessments" a WHERE a."id" = i."assessment_id";
CREATE UNIQUE INDEX "assessmentitem_assessment_id_competency_level" ON "assessment_items" ("assessment_id", "competency", "level");
