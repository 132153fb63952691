-- +goose Up
ALTER TABLE "persons" ADD COLUMN "given_name" character varying NOT NULL DEFAULT '', ADD COLUMN "family_name" character varying NOT NULL DEFAULT '', ADD COLUMN "manager_ref" character varying NOT NULL DEFAULT '', ADD COLUMN "manager_ref_by_id" uuid NULL, ADD COLUMN "not_taken" jsonb NULL;
CREATE INDEX "person_manager_ref" ON "persons" ("manager_ref");
ALTER TABLE "sessions" ADD COLUMN "notice" character varying NOT NULL DEFAULT '';
