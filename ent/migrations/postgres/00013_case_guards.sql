-- +goose Up
-- modify "promotion_cases" table
ALTER TABLE "promotion_cases" ADD COLUMN "opening_reason" text NOT NULL DEFAULT '', ADD COLUMN "withdrawn_at" timestamptz NULL;
-- create "case_waivers" table
CREATE TABLE "case_waivers" ("id" uuid NOT NULL, "rule" character varying NOT NULL, "reason" text NOT NULL, "waived_at" timestamptz NOT NULL, "ended_at" timestamptz NULL, "person_id" uuid NOT NULL, "waived_by_id" uuid NOT NULL, "case_id" uuid NULL, PRIMARY KEY ("id"), CONSTRAINT "case_waivers_persons_person" FOREIGN KEY ("person_id") REFERENCES "persons" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "case_waivers_persons_waived_by" FOREIGN KEY ("waived_by_id") REFERENCES "persons" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "case_waivers_promotion_cases_case" FOREIGN KEY ("case_id") REFERENCES "promotion_cases" ("id") ON UPDATE NO ACTION ON DELETE SET NULL);
-- create index "casewaiver_case_id" to table: "case_waivers"
CREATE INDEX "casewaiver_case_id" ON "case_waivers" ("case_id");
-- create index "casewaiver_person_id_waived_at" to table: "case_waivers"
CREATE INDEX "casewaiver_person_id_waived_at" ON "case_waivers" ("person_id", "waived_at");
-- create "settings_versions" table
CREATE TABLE "settings_versions" ("id" uuid NOT NULL, "number" bigint NOT NULL, "settings" jsonb NOT NULL, "changed_at" timestamptz NOT NULL, "reason" text NOT NULL, "changed_by_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "settings_versions_persons_changed_by" FOREIGN KEY ("changed_by_id") REFERENCES "persons" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "settings_versions_number_key" to table: "settings_versions"
CREATE UNIQUE INDEX "settings_versions_number_key" ON "settings_versions" ("number");
