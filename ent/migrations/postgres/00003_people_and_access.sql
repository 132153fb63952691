-- +goose Up
-- create "mappings" table
CREATE TABLE "mappings" ("id" uuid NOT NULL, "version" bigint NOT NULL DEFAULT 1, "kind" character varying NOT NULL, "headers_hash" character varying NOT NULL, "columns" jsonb NOT NULL, "used_at" timestamptz NOT NULL, PRIMARY KEY ("id"));
-- create index "mapping_kind_headers_hash" to table: "mappings"
CREATE UNIQUE INDEX "mapping_kind_headers_hash" ON "mappings" ("kind", "headers_hash");
-- modify "login_attempts" table
ALTER TABLE "login_attempts" ADD COLUMN "fresh" boolean NOT NULL DEFAULT false;
-- drop index "person_manager_id" from table: "persons"
DROP INDEX "person_manager_id";
-- modify "persons" table
ALTER TABLE "persons" ADD COLUMN "user_name" character varying NULL, ADD COLUMN "external_id" character varying NOT NULL DEFAULT '', ADD COLUMN "login_roles" jsonb NOT NULL DEFAULT '[]', ADD COLUMN "scopes" jsonb NULL, ADD COLUMN "currency" character varying NOT NULL DEFAULT '', ADD COLUMN "ended_on" character varying NULL, ADD COLUMN "anonymised_at" timestamptz NULL;
UPDATE "persons" SET "login_roles" = "roles";
ALTER TABLE "persons" ALTER COLUMN "login_roles" DROP DEFAULT;
-- create index "person_external_id" to table: "persons"
CREATE INDEX "person_external_id" ON "persons" ("external_id");
-- create index "person_manager_id_name_key_id" to table: "persons"
CREATE INDEX "person_manager_id_name_key_id" ON "persons" ("manager_id", "name_key", "id");
-- create index "person_status_ended_on" to table: "persons"
CREATE INDEX "person_status_ended_on" ON "persons" ("status", "ended_on");
-- create index "persons_user_name_key" to table: "persons"
CREATE UNIQUE INDEX "persons_user_name_key" ON "persons" ("user_name");
-- modify "promotion_cases" table
ALTER TABLE "promotion_cases" ADD COLUMN "handed_over_at" timestamptz NULL;
UPDATE "promotion_cases" SET "handed_over_at" = COALESCE("submitted_at", "opened_at") WHERE "submitted_at" IS NOT NULL OR "state" IN ('manager_review', 'changes_requested');
-- modify "sessions" table
-- nobody knows when these were authenticated: everybody signs in again
DELETE FROM "sessions";
ALTER TABLE "sessions" ADD COLUMN "authenticated_at" timestamptz NOT NULL, ADD COLUMN "viewing_as_id" uuid NULL;
-- create "audit_leafs" table
CREATE TABLE "audit_leafs" ("id" uuid NOT NULL, "place" bigint NOT NULL, "event_id" uuid NOT NULL, "hash" bytea NOT NULL, PRIMARY KEY ("id"));
-- create index "audit_leafs_event_id_key" to table: "audit_leafs"
CREATE UNIQUE INDEX "audit_leafs_event_id_key" ON "audit_leafs" ("event_id");
-- create index "audit_leafs_place_key" to table: "audit_leafs"
CREATE UNIQUE INDEX "audit_leafs_place_key" ON "audit_leafs" ("place");
-- create "audit_seals" table
CREATE TABLE "audit_seals" ("id" uuid NOT NULL, "size" bigint NOT NULL, "root" bytea NOT NULL, "frontier" jsonb NOT NULL, "checkpoint" text NOT NULL, "sealed_at" timestamptz NOT NULL, PRIMARY KEY ("id"));
-- create index "audit_seals_size_key" to table: "audit_seals"
CREATE UNIQUE INDEX "audit_seals_size_key" ON "audit_seals" ("size");
-- modify "employments" table
ALTER TABLE "employments" ADD COLUMN "country" character varying NOT NULL DEFAULT '', ADD COLUMN "time_zone" character varying NOT NULL DEFAULT '', ADD COLUMN "working_hours" character varying NOT NULL DEFAULT '', ADD COLUMN "currency" character varying NOT NULL DEFAULT '';
-- create "designations" table
CREATE TABLE "designations" ("id" uuid NOT NULL, "version" bigint NOT NULL DEFAULT 1, "title" character varying NOT NULL, "of" character varying NOT NULL DEFAULT '', "valid_from" character varying NOT NULL, "valid_to" character varying NOT NULL, "person_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "designations_persons_person" FOREIGN KEY ("person_id") REFERENCES "persons" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "designation_person_id_valid_from" to table: "designations"
CREATE INDEX "designation_person_id_valid_from" ON "designations" ("person_id", "valid_from");
-- create "files" table
CREATE TABLE "files" ("id" uuid NOT NULL, "name" character varying NOT NULL, "media_type" character varying NOT NULL, "size" bigint NOT NULL DEFAULT 0, "hash" character varying NOT NULL DEFAULT '', "created_at" timestamptz NOT NULL, "expires_at" timestamptz NOT NULL, "person_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "files_persons_person" FOREIGN KEY ("person_id") REFERENCES "persons" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "file_expires_at" to table: "files"
CREATE INDEX "file_expires_at" ON "files" ("expires_at");
-- create "file_chunks" table
CREATE TABLE "file_chunks" ("id" uuid NOT NULL, "place" bigint NOT NULL, "content" bytea NOT NULL, "file_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "file_chunks_files_file" FOREIGN KEY ("file_id") REFERENCES "files" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "filechunk_file_id_place" to table: "file_chunks"
CREATE UNIQUE INDEX "filechunk_file_id_place" ON "file_chunks" ("file_id", "place");
-- create "groups" table
CREATE TABLE "groups" ("id" uuid NOT NULL, "version" bigint NOT NULL DEFAULT 1, "name" character varying NOT NULL, "name_key" character varying NOT NULL, "external_id" character varying NOT NULL DEFAULT '', "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, PRIMARY KEY ("id"));
-- create index "groups_name_key_key" to table: "groups"
CREATE UNIQUE INDEX "groups_name_key_key" ON "groups" ("name_key");
-- create "group_members" table
CREATE TABLE "group_members" ("id" uuid NOT NULL, "group_id" uuid NOT NULL, "person_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "group_members_groups_group" FOREIGN KEY ("group_id") REFERENCES "groups" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "group_members_persons_person" FOREIGN KEY ("person_id") REFERENCES "persons" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "groupmember_group_id_person_id" to table: "group_members"
CREATE UNIQUE INDEX "groupmember_group_id_person_id" ON "group_members" ("group_id", "person_id");
-- create index "groupmember_person_id" to table: "group_members"
CREATE INDEX "groupmember_person_id" ON "group_members" ("person_id");
-- create "handovers" table
CREATE TABLE "handovers" ("id" uuid NOT NULL, "on" character varying NOT NULL, "recorded_at" timestamptz NOT NULL, "taken_at" timestamptz NULL, "person_id" uuid NOT NULL, "from_id" uuid NULL, "to_id" uuid NULL, PRIMARY KEY ("id"), CONSTRAINT "handovers_persons_from" FOREIGN KEY ("from_id") REFERENCES "persons" ("id") ON UPDATE NO ACTION ON DELETE SET NULL, CONSTRAINT "handovers_persons_person" FOREIGN KEY ("person_id") REFERENCES "persons" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "handovers_persons_to" FOREIGN KEY ("to_id") REFERENCES "persons" ("id") ON UPDATE NO ACTION ON DELETE SET NULL);
-- create index "handover_person_id_recorded_at" to table: "handovers"
CREATE INDEX "handover_person_id_recorded_at" ON "handovers" ("person_id", "recorded_at");
-- create index "handover_to_id_taken_at" to table: "handovers"
CREATE INDEX "handover_to_id_taken_at" ON "handovers" ("to_id", "taken_at");
-- create "jobs" table
CREATE TABLE "jobs" ("id" uuid NOT NULL, "kind" character varying NOT NULL, "state" character varying NOT NULL DEFAULT 'queued', "input" jsonb NOT NULL, "phase" character varying NOT NULL DEFAULT '', "done" bigint NOT NULL DEFAULT 0, "total" bigint NOT NULL DEFAULT 0, "report" jsonb NULL, "problem" jsonb NULL, "cancel_asked" boolean NOT NULL DEFAULT false, "created_at" timestamptz NOT NULL, "started_at" timestamptz NULL, "ended_at" timestamptz NULL, "expires_at" timestamptz NOT NULL, "person_id" uuid NOT NULL, "source_id" uuid NULL, "result_id" uuid NULL, PRIMARY KEY ("id"), CONSTRAINT "jobs_files_result" FOREIGN KEY ("result_id") REFERENCES "files" ("id") ON UPDATE NO ACTION ON DELETE SET NULL, CONSTRAINT "jobs_files_source" FOREIGN KEY ("source_id") REFERENCES "files" ("id") ON UPDATE NO ACTION ON DELETE SET NULL, CONSTRAINT "jobs_persons_person" FOREIGN KEY ("person_id") REFERENCES "persons" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "job_expires_at" to table: "jobs"
CREATE INDEX "job_expires_at" ON "jobs" ("expires_at");
-- create index "job_person_id_created_at" to table: "jobs"
CREATE INDEX "job_person_id_created_at" ON "jobs" ("person_id", "created_at");
-- create index "job_state" to table: "jobs"
CREATE INDEX "job_state" ON "jobs" ("state");
-- create "legal_holds" table
CREATE TABLE "legal_holds" ("id" uuid NOT NULL, "reason" character varying NOT NULL, "placed_at" timestamptz NOT NULL, "lifted_at" timestamptz NULL, "person_id" uuid NOT NULL, "placed_by_id" uuid NOT NULL, "lifted_by_id" uuid NULL, PRIMARY KEY ("id"), CONSTRAINT "legal_holds_persons_lifted_by" FOREIGN KEY ("lifted_by_id") REFERENCES "persons" ("id") ON UPDATE NO ACTION ON DELETE SET NULL, CONSTRAINT "legal_holds_persons_person" FOREIGN KEY ("person_id") REFERENCES "persons" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "legal_holds_persons_placed_by" FOREIGN KEY ("placed_by_id") REFERENCES "persons" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "legalhold_person_id_lifted_at" to table: "legal_holds"
CREATE INDEX "legalhold_person_id_lifted_at" ON "legal_holds" ("person_id", "lifted_at");
-- create "log_evaluations" table
CREATE TABLE "log_evaluations" ("id" uuid NOT NULL, "version" bigint NOT NULL DEFAULT 1, "purpose" character varying NOT NULL, "from" character varying NOT NULL, "to" character varying NOT NULL, "state" character varying NOT NULL DEFAULT 'asked', "asked_at" timestamptz NOT NULL, "decided_at" timestamptz NULL, "expires_at" timestamptz NULL, "about_id" uuid NULL, "asked_by_id" uuid NOT NULL, "decided_by_id" uuid NULL, PRIMARY KEY ("id"), CONSTRAINT "log_evaluations_persons_about" FOREIGN KEY ("about_id") REFERENCES "persons" ("id") ON UPDATE NO ACTION ON DELETE SET NULL, CONSTRAINT "log_evaluations_persons_asked_by" FOREIGN KEY ("asked_by_id") REFERENCES "persons" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "log_evaluations_persons_decided_by" FOREIGN KEY ("decided_by_id") REFERENCES "persons" ("id") ON UPDATE NO ACTION ON DELETE SET NULL);
-- create index "logevaluation_asked_at_id" to table: "log_evaluations"
CREATE INDEX "logevaluation_asked_at_id" ON "log_evaluations" ("asked_at", "id");
-- create "rectifications" table
CREATE TABLE "rectifications" ("id" uuid NOT NULL, "version" bigint NOT NULL DEFAULT 1, "about" character varying NOT NULL, "about_id" uuid NULL, "text" text NOT NULL DEFAULT '', "created_at" timestamptz NOT NULL, "state" character varying NOT NULL DEFAULT 'open', "answer" text NOT NULL DEFAULT '', "answered_at" timestamptz NULL, "person_id" uuid NOT NULL, "answered_by_id" uuid NULL, PRIMARY KEY ("id"), CONSTRAINT "rectifications_persons_answered_by" FOREIGN KEY ("answered_by_id") REFERENCES "persons" ("id") ON UPDATE NO ACTION ON DELETE SET NULL, CONSTRAINT "rectifications_persons_person" FOREIGN KEY ("person_id") REFERENCES "persons" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "rectification_person_id_created_at" to table: "rectifications"
CREATE INDEX "rectification_person_id_created_at" ON "rectifications" ("person_id", "created_at");
-- create index "rectification_state_created_at" to table: "rectifications"
CREATE INDEX "rectification_state_created_at" ON "rectifications" ("state", "created_at");
-- create "role_grants" table
CREATE TABLE "role_grants" ("id" uuid NOT NULL, "version" bigint NOT NULL DEFAULT 1, "role" character varying NOT NULL, "scope" jsonb NULL, "reason" character varying NOT NULL, "state" character varying NOT NULL DEFAULT 'asked', "asked_at" timestamptz NOT NULL, "decided_at" timestamptz NULL, "ended_at" timestamptz NULL, "valid_to" character varying NULL, "person_id" uuid NOT NULL, "asked_by_id" uuid NOT NULL, "decided_by_id" uuid NULL, "ended_by_id" uuid NULL, PRIMARY KEY ("id"), CONSTRAINT "role_grants_persons_asked_by" FOREIGN KEY ("asked_by_id") REFERENCES "persons" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "role_grants_persons_decided_by" FOREIGN KEY ("decided_by_id") REFERENCES "persons" ("id") ON UPDATE NO ACTION ON DELETE SET NULL, CONSTRAINT "role_grants_persons_ended_by" FOREIGN KEY ("ended_by_id") REFERENCES "persons" ("id") ON UPDATE NO ACTION ON DELETE SET NULL, CONSTRAINT "role_grants_persons_person" FOREIGN KEY ("person_id") REFERENCES "persons" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "rolegrant_asked_at_id" to table: "role_grants"
CREATE INDEX "rolegrant_asked_at_id" ON "role_grants" ("asked_at", "id");
-- create index "rolegrant_person_id_state" to table: "role_grants"
CREATE INDEX "rolegrant_person_id_state" ON "role_grants" ("person_id", "state");
-- create index "rolegrant_state_valid_to" to table: "role_grants"
CREATE INDEX "rolegrant_state_valid_to" ON "role_grants" ("state", "valid_to");
-- create "tokens" table
CREATE TABLE "tokens" ("id" uuid NOT NULL, "name" character varying NOT NULL, "token_hash" bytea NOT NULL, "hint" character varying NOT NULL, "scopes" jsonb NOT NULL, "created_at" timestamptz NOT NULL, "expires_at" timestamptz NOT NULL, "used_at" timestamptz NULL, "revoked_at" timestamptz NULL, "created_by_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "tokens_persons_created_by" FOREIGN KEY ("created_by_id") REFERENCES "persons" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "token_created_at" to table: "tokens"
CREATE INDEX "token_created_at" ON "tokens" ("created_at");
-- create index "tokens_token_hash_key" to table: "tokens"
CREATE UNIQUE INDEX "tokens_token_hash_key" ON "tokens" ("token_hash");
