-- +goose Up
-- create "ladders" table
CREATE TABLE "ladders" ("id" uuid NOT NULL, "slug" character varying NOT NULL, "name" character varying NOT NULL, PRIMARY KEY ("id"));
-- create index "ladders_slug_key" to table: "ladders"
CREATE UNIQUE INDEX "ladders_slug_key" ON "ladders" ("slug");
-- create "audit_events" table
CREATE TABLE "audit_events" ("id" uuid NOT NULL, "at" timestamptz NOT NULL, "actor_id" uuid NULL, "reason" character varying NOT NULL DEFAULT '', "action" character varying NOT NULL, "resource" character varying NOT NULL, "resource_id" uuid NULL, "owner_id" uuid NULL, "request_id" character varying NOT NULL DEFAULT '', "facts" jsonb NULL, PRIMARY KEY ("id"));
-- create index "auditevent_at_id" to table: "audit_events"
CREATE INDEX "auditevent_at_id" ON "audit_events" ("at", "id");
-- create index "auditevent_owner_id_action_at" to table: "audit_events"
CREATE INDEX "auditevent_owner_id_action_at" ON "audit_events" ("owner_id", "action", "at");
-- create index "auditevent_resource_id_at" to table: "audit_events"
CREATE INDEX "auditevent_resource_id_at" ON "audit_events" ("resource_id", "at");
-- create "login_attempts" table
CREATE TABLE "login_attempts" ("id" uuid NOT NULL, "cookie_hash" bytea NOT NULL, "state" character varying NOT NULL, "nonce" character varying NOT NULL, "verifier" character varying NOT NULL, "return_to" character varying NOT NULL, "expires_at" timestamptz NOT NULL, PRIMARY KEY ("id"));
-- create index "login_attempts_cookie_hash_key" to table: "login_attempts"
CREATE UNIQUE INDEX "login_attempts_cookie_hash_key" ON "login_attempts" ("cookie_hash");
-- create index "loginattempt_expires_at" to table: "login_attempts"
CREATE INDEX "loginattempt_expires_at" ON "login_attempts" ("expires_at");
-- create "revisions" table
CREATE TABLE "revisions" ("id" uuid NOT NULL, "name" character varying NOT NULL, "number" bigint NOT NULL DEFAULT 1, PRIMARY KEY ("id"));
-- create index "revisions_name_key" to table: "revisions"
CREATE UNIQUE INDEX "revisions_name_key" ON "revisions" ("name");
-- create "ladder_versions" table
CREATE TABLE "ladder_versions" ("id" uuid NOT NULL, "version" character varying NOT NULL, "effective_from" character varying NOT NULL, "content_hash" character varying NOT NULL, "document" text NOT NULL, "published_at" timestamptz NOT NULL, "ladder_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "ladder_versions_ladders_ladder" FOREIGN KEY ("ladder_id") REFERENCES "ladders" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "ladderversion_ladder_id_effective_from" to table: "ladder_versions"
CREATE INDEX "ladderversion_ladder_id_effective_from" ON "ladder_versions" ("ladder_id", "effective_from");
-- create index "ladderversion_ladder_id_version" to table: "ladder_versions"
CREATE UNIQUE INDEX "ladderversion_ladder_id_version" ON "ladder_versions" ("ladder_id", "version");
-- create "cycles" table
CREATE TABLE "cycles" ("id" uuid NOT NULL, "version" bigint NOT NULL DEFAULT 1, "name" character varying NOT NULL, "opens_on" character varying NOT NULL, "closes_on" character varying NOT NULL, "self_due_at" timestamptz NOT NULL, "manager_due_at" timestamptz NOT NULL, "ladder_version_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "cycles_ladder_versions_ladder_version" FOREIGN KEY ("ladder_version_id") REFERENCES "ladder_versions" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "cycle_opens_on" to table: "cycles"
CREATE INDEX "cycle_opens_on" ON "cycles" ("opens_on");
-- create "units" table
CREATE TABLE "units" ("id" uuid NOT NULL, "version" bigint NOT NULL DEFAULT 1, "name" character varying NOT NULL, "name_key" character varying NOT NULL, "parent_id" uuid NULL, PRIMARY KEY ("id"), CONSTRAINT "units_units_children" FOREIGN KEY ("parent_id") REFERENCES "units" ("id") ON UPDATE NO ACTION ON DELETE SET NULL);
-- create index "units_name_key_key" to table: "units"
CREATE UNIQUE INDEX "units_name_key_key" ON "units" ("name_key");
-- create "persons" table
CREATE TABLE "persons" ("id" uuid NOT NULL, "version" bigint NOT NULL DEFAULT 1, "employee_no" character varying NULL, "name" character varying NOT NULL, "name_key" bytea NOT NULL, "email" character varying NOT NULL, "status" character varying NOT NULL DEFAULT 'active', "roles" jsonb NOT NULL, "level" character varying NOT NULL DEFAULT '', "track" character varying NOT NULL DEFAULT '', "title" character varying NOT NULL DEFAULT '', "location" character varying NOT NULL DEFAULT '', "country" character varying NOT NULL DEFAULT '', "time_zone" character varying NOT NULL DEFAULT 'UTC', "working_hours" character varying NOT NULL DEFAULT '09:00-17:00', "fte_ppm" bigint NOT NULL DEFAULT 1000000, "hired_on" character varying NULL, "level_since" character varying NULL, "unit_id" uuid NULL, "manager_id" uuid NULL, PRIMARY KEY ("id"), CONSTRAINT "persons_persons_reports" FOREIGN KEY ("manager_id") REFERENCES "persons" ("id") ON UPDATE NO ACTION ON DELETE SET NULL, CONSTRAINT "persons_units_unit" FOREIGN KEY ("unit_id") REFERENCES "units" ("id") ON UPDATE NO ACTION ON DELETE SET NULL);
-- create index "person_level_location_name_key_id" to table: "persons"
CREATE INDEX "person_level_location_name_key_id" ON "persons" ("level", "location", "name_key", "id");
-- create index "person_location_name_key_id" to table: "persons"
CREATE INDEX "person_location_name_key_id" ON "persons" ("location", "name_key", "id");
-- create index "person_manager_id" to table: "persons"
CREATE INDEX "person_manager_id" ON "persons" ("manager_id");
-- create index "person_name_key_id" to table: "persons"
CREATE INDEX "person_name_key_id" ON "persons" ("name_key", "id");
-- create index "person_unit_id" to table: "persons"
CREATE INDEX "person_unit_id" ON "persons" ("unit_id");
-- create index "persons_email_key" to table: "persons"
CREATE UNIQUE INDEX "persons_email_key" ON "persons" ("email");
-- create index "persons_employee_no_key" to table: "persons"
CREATE UNIQUE INDEX "persons_employee_no_key" ON "persons" ("employee_no");
-- create "assessments" table
CREATE TABLE "assessments" ("id" uuid NOT NULL, "version" bigint NOT NULL DEFAULT 1, "kind" character varying NOT NULL, "state" character varying NOT NULL DEFAULT 'draft', "base_level" character varying NOT NULL, "target_level" character varying NOT NULL, "submitted_at" timestamptz NULL, "revealed_at" timestamptz NULL, "created_at" timestamptz NOT NULL, "cycle_id" uuid NOT NULL, "subject_id" uuid NOT NULL, "author_id" uuid NOT NULL, "ladder_version_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "assessments_cycles_cycle" FOREIGN KEY ("cycle_id") REFERENCES "cycles" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "assessments_ladder_versions_ladder_version" FOREIGN KEY ("ladder_version_id") REFERENCES "ladder_versions" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "assessments_persons_author" FOREIGN KEY ("author_id") REFERENCES "persons" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "assessments_persons_subject" FOREIGN KEY ("subject_id") REFERENCES "persons" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "assessment_author_id" to table: "assessments"
CREATE INDEX "assessment_author_id" ON "assessments" ("author_id");
-- create index "assessment_cycle_id_subject_id_kind" to table: "assessments"
CREATE UNIQUE INDEX "assessment_cycle_id_subject_id_kind" ON "assessments" ("cycle_id", "subject_id", "kind");
-- create index "assessment_subject_id_kind_created_at" to table: "assessments"
CREATE INDEX "assessment_subject_id_kind_created_at" ON "assessments" ("subject_id", "kind", "created_at");
-- create "assessment_items" table
CREATE TABLE "assessment_items" ("id" uuid NOT NULL, "version" bigint NOT NULL DEFAULT 1, "competency" character varying NOT NULL, "rating" bigint NULL, "reason" text NOT NULL DEFAULT '', "updated_at" timestamptz NOT NULL, "assessment_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "assessment_items_assessments_assessment" FOREIGN KEY ("assessment_id") REFERENCES "assessments" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "assessmentitem_assessment_id_competency" to table: "assessment_items"
CREATE UNIQUE INDEX "assessmentitem_assessment_id_competency" ON "assessment_items" ("assessment_id", "competency");
-- create "promotion_cases" table
CREATE TABLE "promotion_cases" ("id" uuid NOT NULL, "version" bigint NOT NULL DEFAULT 1, "kind" character varying NOT NULL DEFAULT 'promotion', "from_level" character varying NOT NULL, "from_track" character varying NOT NULL, "to_level" character varying NOT NULL, "to_track" character varying NOT NULL, "state" character varying NOT NULL DEFAULT 'draft', "opened_at" timestamptz NOT NULL, "due_at" timestamptz NULL, "submitted_at" timestamptz NULL, "vote_opened_at" timestamptz NULL, "vote_closes_at" timestamptz NULL, "vote_closed_at" timestamptz NULL, "decided_at" timestamptz NULL, "communicated_at" timestamptz NULL, "effective_at" timestamptz NULL, "effective_on" character varying NULL, "person_id" uuid NOT NULL, "opened_by_id" uuid NOT NULL, "ladder_version_id" uuid NOT NULL, "self_assessment_id" uuid NULL, PRIMARY KEY ("id"), CONSTRAINT "promotion_cases_assessments_self_assessment" FOREIGN KEY ("self_assessment_id") REFERENCES "assessments" ("id") ON UPDATE NO ACTION ON DELETE SET NULL, CONSTRAINT "promotion_cases_ladder_versions_ladder_version" FOREIGN KEY ("ladder_version_id") REFERENCES "ladder_versions" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "promotion_cases_persons_opened_by" FOREIGN KEY ("opened_by_id") REFERENCES "persons" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "promotion_cases_persons_person" FOREIGN KEY ("person_id") REFERENCES "persons" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "promotioncase_opened_at_id" to table: "promotion_cases"
CREATE INDEX "promotioncase_opened_at_id" ON "promotion_cases" ("opened_at", "id");
-- create index "promotioncase_person_id_state" to table: "promotion_cases"
CREATE INDEX "promotioncase_person_id_state" ON "promotion_cases" ("person_id", "state");
-- create index "promotioncase_state_effective_on" to table: "promotion_cases"
CREATE INDEX "promotioncase_state_effective_on" ON "promotion_cases" ("state", "effective_on");
-- create index "promotioncase_state_vote_closes_at" to table: "promotion_cases"
CREATE INDEX "promotioncase_state_vote_closes_at" ON "promotion_cases" ("state", "vote_closes_at");
-- create "panel_seats" table
CREATE TABLE "panel_seats" ("id" uuid NOT NULL, "chair" boolean NOT NULL DEFAULT false, "state" character varying NOT NULL DEFAULT 'seated', "why" text NOT NULL DEFAULT '', "seated_at" timestamptz NOT NULL, "opened_at" timestamptz NULL, "case_id" uuid NOT NULL, "person_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "panel_seats_persons_person" FOREIGN KEY ("person_id") REFERENCES "persons" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "panel_seats_promotion_cases_case" FOREIGN KEY ("case_id") REFERENCES "promotion_cases" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "panelseat_case_id_person_id" to table: "panel_seats"
CREATE UNIQUE INDEX "panelseat_case_id_person_id" ON "panel_seats" ("case_id", "person_id");
-- create index "panelseat_person_id_state" to table: "panel_seats"
CREATE INDEX "panelseat_person_id_state" ON "panel_seats" ("person_id", "state");
-- create "ballots" table
CREATE TABLE "ballots" ("id" uuid NOT NULL, "version" bigint NOT NULL DEFAULT 1, "marks" jsonb NOT NULL, "reasons" jsonb NOT NULL, "vote" character varying NULL, "confidence" character varying NULL, "reason" text NOT NULL DEFAULT '', "notes" text NOT NULL DEFAULT '', "updated_at" timestamptz NOT NULL, "case_id" uuid NOT NULL, "seat_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "ballots_panel_seats_seat" FOREIGN KEY ("seat_id") REFERENCES "panel_seats" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "ballots_promotion_cases_case" FOREIGN KEY ("case_id") REFERENCES "promotion_cases" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "ballot_case_id" to table: "ballots"
CREATE INDEX "ballot_case_id" ON "ballots" ("case_id");
-- create index "ballot_seat_id" to table: "ballots"
CREATE UNIQUE INDEX "ballot_seat_id" ON "ballots" ("seat_id");
-- create "band_sets" table
CREATE TABLE "band_sets" ("id" uuid NOT NULL, "version" bigint NOT NULL DEFAULT 1, "name" character varying NOT NULL, "status" character varying NOT NULL DEFAULT 'live', "valid_from" character varying NOT NULL, "valid_to" character varying NOT NULL, "recorded_at" timestamptz NOT NULL, PRIMARY KEY ("id"));
-- create index "band_sets_name_key" to table: "band_sets"
CREATE UNIQUE INDEX "band_sets_name_key" ON "band_sets" ("name");
-- create index "bandset_valid_from" to table: "band_sets"
CREATE INDEX "bandset_valid_from" ON "band_sets" ("valid_from");
-- create "bands" table
CREATE TABLE "bands" ("id" uuid NOT NULL, "family" character varying NOT NULL, "track" character varying NOT NULL, "level" character varying NOT NULL, "location" character varying NOT NULL, "currency" character varying NOT NULL, "min_minor" bigint NOT NULL, "mid_minor" bigint NOT NULL, "max_minor" bigint NOT NULL, "set_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "bands_band_sets_set" FOREIGN KEY ("set_id") REFERENCES "band_sets" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "band_set_id_family_level_location" to table: "bands"
CREATE UNIQUE INDEX "band_set_id_family_level_location" ON "bands" ("set_id", "family", "level", "location");
-- create "case_requests" table
CREATE TABLE "case_requests" ("id" uuid NOT NULL, "section_key" character varying NOT NULL, "text" text NOT NULL DEFAULT '', "created_at" timestamptz NOT NULL, "done_at" timestamptz NULL, "case_id" uuid NOT NULL, "author_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "case_requests_persons_author" FOREIGN KEY ("author_id") REFERENCES "persons" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "case_requests_promotion_cases_case" FOREIGN KEY ("case_id") REFERENCES "promotion_cases" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "caserequest_case_id" to table: "case_requests"
CREATE INDEX "caserequest_case_id" ON "case_requests" ("case_id");
-- create "case_sections" table
CREATE TABLE "case_sections" ("id" uuid NOT NULL, "version" bigint NOT NULL DEFAULT 1, "key" character varying NOT NULL, "kind" character varying NOT NULL, "ordinal" bigint NOT NULL, "title" character varying NOT NULL, "text" text NOT NULL DEFAULT '', "project" jsonb NULL, "rating" bigint NULL, "evidence_ids" jsonb NULL, "updated_at" timestamptz NOT NULL, "case_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "case_sections_promotion_cases_case" FOREIGN KEY ("case_id") REFERENCES "promotion_cases" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "casesection_case_id_key" to table: "case_sections"
CREATE UNIQUE INDEX "casesection_case_id_key" ON "case_sections" ("case_id", "key");
-- create "case_statements" table
CREATE TABLE "case_statements" ("id" uuid NOT NULL, "version" bigint NOT NULL DEFAULT 1, "text" text NOT NULL DEFAULT '', "recommendation" character varying NULL, "updated_at" timestamptz NOT NULL, "case_id" uuid NOT NULL, "author_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "case_statements_persons_author" FOREIGN KEY ("author_id") REFERENCES "persons" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "case_statements_promotion_cases_case" FOREIGN KEY ("case_id") REFERENCES "promotion_cases" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "casestatement_case_id" to table: "case_statements"
CREATE UNIQUE INDEX "casestatement_case_id" ON "case_statements" ("case_id");
-- create "decisions" table
CREATE TABLE "decisions" ("id" uuid NOT NULL, "outcome" character varying NOT NULL, "approve" bigint NOT NULL, "not_yet" bigint NOT NULL, "decline" bigint NOT NULL, "quorum" bigint NOT NULL, "criteria" jsonb NOT NULL, "reasons" text NOT NULL, "effective_on" character varying NULL, "content_hash" character varying NOT NULL, "decided_at" timestamptz NOT NULL, "case_id" uuid NOT NULL, "signed_by_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "decisions_persons_signed_by" FOREIGN KEY ("signed_by_id") REFERENCES "persons" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "decisions_promotion_cases_case" FOREIGN KEY ("case_id") REFERENCES "promotion_cases" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "decision_case_id" to table: "decisions"
CREATE UNIQUE INDEX "decision_case_id" ON "decisions" ("case_id");
-- create "employments" table
CREATE TABLE "employments" ("id" uuid NOT NULL, "level" character varying NOT NULL DEFAULT '', "track" character varying NOT NULL DEFAULT '', "title" character varying NOT NULL DEFAULT '', "location" character varying NOT NULL DEFAULT '', "fte_ppm" bigint NOT NULL DEFAULT 1000000, "reason" character varying NOT NULL DEFAULT 'imported', "valid_from" character varying NOT NULL, "valid_to" character varying NOT NULL, "recorded_at" timestamptz NOT NULL, "person_id" uuid NOT NULL, "unit_id" uuid NULL, "manager_id" uuid NULL, PRIMARY KEY ("id"), CONSTRAINT "employments_persons_manager" FOREIGN KEY ("manager_id") REFERENCES "persons" ("id") ON UPDATE NO ACTION ON DELETE SET NULL, CONSTRAINT "employments_persons_person" FOREIGN KEY ("person_id") REFERENCES "persons" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "employments_units_unit" FOREIGN KEY ("unit_id") REFERENCES "units" ("id") ON UPDATE NO ACTION ON DELETE SET NULL);
-- create index "employment_person_id_valid_from" to table: "employments"
CREATE UNIQUE INDEX "employment_person_id_valid_from" ON "employments" ("person_id", "valid_from");
-- create index "employment_valid_from" to table: "employments"
CREATE INDEX "employment_valid_from" ON "employments" ("valid_from");
-- create "evidences" table
CREATE TABLE "evidences" ("id" uuid NOT NULL, "version" bigint NOT NULL DEFAULT 1, "title" character varying NOT NULL, "body" text NOT NULL DEFAULT '', "happened_from" character varying NOT NULL, "happened_to" character varying NULL, "links" jsonb NOT NULL, "competencies" jsonb NOT NULL, "created_at" timestamptz NOT NULL, "person_id" uuid NOT NULL, "confirmed_by_id" uuid NULL, PRIMARY KEY ("id"), CONSTRAINT "evidences_persons_confirmed_by" FOREIGN KEY ("confirmed_by_id") REFERENCES "persons" ("id") ON UPDATE NO ACTION ON DELETE SET NULL, CONSTRAINT "evidences_persons_person" FOREIGN KEY ("person_id") REFERENCES "persons" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "evidence_person_id_happened_from_id" to table: "evidences"
CREATE INDEX "evidence_person_id_happened_from_id" ON "evidences" ("person_id", "happened_from", "id");
-- create "identities" table
CREATE TABLE "identities" ("id" uuid NOT NULL, "issuer" character varying NOT NULL, "subject" character varying NOT NULL, "created_at" timestamptz NOT NULL, "person_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "identities_persons_person" FOREIGN KEY ("person_id") REFERENCES "persons" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "identity_issuer_subject" to table: "identities"
CREATE UNIQUE INDEX "identity_issuer_subject" ON "identities" ("issuer", "subject");
-- create index "identity_person_id" to table: "identities"
CREATE INDEX "identity_person_id" ON "identities" ("person_id");
-- create "item_evidences" table
CREATE TABLE "item_evidences" ("id" uuid NOT NULL, "item_id" uuid NOT NULL, "evidence_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "item_evidences_assessment_items_item" FOREIGN KEY ("item_id") REFERENCES "assessment_items" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "item_evidences_evidences_evidence" FOREIGN KEY ("evidence_id") REFERENCES "evidences" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "itemevidence_evidence_id" to table: "item_evidences"
CREATE INDEX "itemevidence_evidence_id" ON "item_evidences" ("evidence_id");
-- create index "itemevidence_item_id_evidence_id" to table: "item_evidences"
CREATE UNIQUE INDEX "itemevidence_item_id_evidence_id" ON "item_evidences" ("item_id", "evidence_id");
-- create "packets" table
CREATE TABLE "packets" ("id" uuid NOT NULL, "content" text NOT NULL, "content_hash" character varying NOT NULL, "frozen_at" timestamptz NOT NULL, "case_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "packets_promotion_cases_case" FOREIGN KEY ("case_id") REFERENCES "promotion_cases" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "packet_case_id" to table: "packets"
CREATE UNIQUE INDEX "packet_case_id" ON "packets" ("case_id");
-- create "pay_points" table
CREATE TABLE "pay_points" ("id" uuid NOT NULL, "amount_minor" bigint NOT NULL, "currency" character varying NOT NULL, "fte_ppm" bigint NOT NULL, "valid_from" character varying NOT NULL, "valid_to" character varying NOT NULL, "recorded_at" timestamptz NOT NULL, "person_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "pay_points_persons_person" FOREIGN KEY ("person_id") REFERENCES "persons" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "paypoint_person_id_valid_from" to table: "pay_points"
CREATE UNIQUE INDEX "paypoint_person_id_valid_from" ON "pay_points" ("person_id", "valid_from");
-- create "reporting_lines" table
CREATE TABLE "reporting_lines" ("id" uuid NOT NULL, "depth" bigint NOT NULL, "ancestor_id" uuid NOT NULL, "person_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "reporting_lines_persons_ancestor" FOREIGN KEY ("ancestor_id") REFERENCES "persons" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "reporting_lines_persons_person" FOREIGN KEY ("person_id") REFERENCES "persons" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "reportingline_ancestor_id_person_id" to table: "reporting_lines"
CREATE UNIQUE INDEX "reportingline_ancestor_id_person_id" ON "reporting_lines" ("ancestor_id", "person_id");
-- create index "reportingline_person_id_depth" to table: "reporting_lines"
CREATE INDEX "reportingline_person_id_depth" ON "reporting_lines" ("person_id", "depth");
-- create "sealed_ballots" table
CREATE TABLE "sealed_ballots" ("id" uuid NOT NULL, "revision" bigint NOT NULL, "content" text NOT NULL, "content_hash" character varying NOT NULL, "ballot_version" bigint NOT NULL, "sealed_at" timestamptz NOT NULL, "case_id" uuid NOT NULL, "seat_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "sealed_ballots_panel_seats_seat" FOREIGN KEY ("seat_id") REFERENCES "panel_seats" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "sealed_ballots_promotion_cases_case" FOREIGN KEY ("case_id") REFERENCES "promotion_cases" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "sealedballot_case_id" to table: "sealed_ballots"
CREATE INDEX "sealedballot_case_id" ON "sealed_ballots" ("case_id");
-- create index "sealedballot_seat_id_revision" to table: "sealed_ballots"
CREATE UNIQUE INDEX "sealedballot_seat_id_revision" ON "sealed_ballots" ("seat_id", "revision");
-- create "sessions" table
CREATE TABLE "sessions" ("id" uuid NOT NULL, "token_hash" bytea NOT NULL, "issuer" character varying NOT NULL, "subject" character varying NOT NULL, "provider_session" character varying NOT NULL DEFAULT '', "id_token" text NOT NULL DEFAULT '', "user_agent" character varying NOT NULL DEFAULT '', "created_at" timestamptz NOT NULL, "seen_at" timestamptz NOT NULL, "expires_at" timestamptz NOT NULL, "person_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "sessions_persons_person" FOREIGN KEY ("person_id") REFERENCES "persons" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "session_expires_at" to table: "sessions"
CREATE INDEX "session_expires_at" ON "sessions" ("expires_at");
-- create index "session_issuer_provider_session" to table: "sessions"
CREATE INDEX "session_issuer_provider_session" ON "sessions" ("issuer", "provider_session");
-- create index "session_issuer_subject" to table: "sessions"
CREATE INDEX "session_issuer_subject" ON "sessions" ("issuer", "subject");
-- create index "session_person_id" to table: "sessions"
CREATE INDEX "session_person_id" ON "sessions" ("person_id");
-- create index "sessions_token_hash_key" to table: "sessions"
CREATE UNIQUE INDEX "sessions_token_hash_key" ON "sessions" ("token_hash");
