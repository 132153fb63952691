-- +goose Up
-- disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- create "new_employments" table
CREATE TABLE `new_employments` (`id` uuid NOT NULL, `level` text NOT NULL DEFAULT (''), `track` text NOT NULL DEFAULT (''), `title` text NOT NULL DEFAULT (''), `location` text NOT NULL DEFAULT (''), `country` text NOT NULL DEFAULT (''), `time_zone` text NOT NULL DEFAULT (''), `working_hours` text NOT NULL DEFAULT (''), `currency` text NOT NULL DEFAULT (''), `fte_ppm` integer NOT NULL DEFAULT (1000000), `reason` text NOT NULL DEFAULT ('imported'), `valid_from` text NOT NULL, `valid_to` text NOT NULL, `recorded_at` datetime NOT NULL, `person_id` uuid NOT NULL, `unit_id` uuid NULL, `manager_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `employments_persons_person` FOREIGN KEY (`person_id`) REFERENCES `persons` (`id`) ON DELETE NO ACTION, CONSTRAINT `employments_units_unit` FOREIGN KEY (`unit_id`) REFERENCES `units` (`id`) ON DELETE SET NULL, CONSTRAINT `employments_persons_manager` FOREIGN KEY (`manager_id`) REFERENCES `persons` (`id`) ON DELETE SET NULL);
-- copy rows from old table "employments" to new temporary table "new_employments"
INSERT INTO `new_employments` (`id`, `level`, `track`, `title`, `location`, `fte_ppm`, `reason`, `valid_from`, `valid_to`, `recorded_at`, `person_id`, `unit_id`, `manager_id`) SELECT `id`, `level`, `track`, `title`, `location`, `fte_ppm`, `reason`, `valid_from`, `valid_to`, `recorded_at`, `person_id`, `unit_id`, `manager_id` FROM `employments`;
-- drop "employments" table after copying rows
DROP TABLE `employments`;
-- rename temporary table "new_employments" to "employments"
ALTER TABLE `new_employments` RENAME TO `employments`;
-- create index "employment_person_id_valid_from" to table: "employments"
CREATE UNIQUE INDEX `employment_person_id_valid_from` ON `employments` (`person_id`, `valid_from`);
-- create index "employment_valid_from" to table: "employments"
CREATE INDEX `employment_valid_from` ON `employments` (`valid_from`);
-- create "new_login_attempts" table
CREATE TABLE `new_login_attempts` (`id` uuid NOT NULL, `cookie_hash` blob NOT NULL, `state` text NOT NULL, `nonce` text NOT NULL, `verifier` text NOT NULL, `return_to` text NOT NULL, `fresh` bool NOT NULL DEFAULT (false), `expires_at` datetime NOT NULL, PRIMARY KEY (`id`));
-- copy rows from old table "login_attempts" to new temporary table "new_login_attempts"
INSERT INTO `new_login_attempts` (`id`, `cookie_hash`, `state`, `nonce`, `verifier`, `return_to`, `expires_at`) SELECT `id`, `cookie_hash`, `state`, `nonce`, `verifier`, `return_to`, `expires_at` FROM `login_attempts`;
-- drop "login_attempts" table after copying rows
DROP TABLE `login_attempts`;
-- rename temporary table "new_login_attempts" to "login_attempts"
ALTER TABLE `new_login_attempts` RENAME TO `login_attempts`;
-- create index "login_attempts_cookie_hash_key" to table: "login_attempts"
CREATE UNIQUE INDEX `login_attempts_cookie_hash_key` ON `login_attempts` (`cookie_hash`);
-- create index "loginattempt_expires_at" to table: "login_attempts"
CREATE INDEX `loginattempt_expires_at` ON `login_attempts` (`expires_at`);
-- create "new_persons" table
CREATE TABLE `new_persons` (`id` uuid NOT NULL, `version` integer NOT NULL DEFAULT (1), `employee_no` text NULL, `name` text NOT NULL, `name_key` blob NOT NULL, `email` text NOT NULL, `status` text NOT NULL DEFAULT ('active'), `user_name` text NULL, `external_id` text NOT NULL DEFAULT (''), `roles` json NOT NULL, `login_roles` json NOT NULL, `scopes` json NULL, `level` text NOT NULL DEFAULT (''), `track` text NOT NULL DEFAULT (''), `title` text NOT NULL DEFAULT (''), `location` text NOT NULL DEFAULT (''), `country` text NOT NULL DEFAULT (''), `time_zone` text NOT NULL DEFAULT ('UTC'), `working_hours` text NOT NULL DEFAULT ('09:00-17:00'), `currency` text NOT NULL DEFAULT (''), `fte_ppm` integer NOT NULL DEFAULT (1000000), `hired_on` text NULL, `ended_on` text NULL, `level_since` text NULL, `anonymised_at` datetime NULL, `unit_id` uuid NULL, `manager_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `persons_units_unit` FOREIGN KEY (`unit_id`) REFERENCES `units` (`id`) ON DELETE SET NULL, CONSTRAINT `persons_persons_reports` FOREIGN KEY (`manager_id`) REFERENCES `persons` (`id`) ON DELETE SET NULL);
-- copy rows from old table "persons" to new temporary table "new_persons"
INSERT INTO `new_persons` (`id`, `version`, `employee_no`, `name`, `name_key`, `email`, `status`, `roles`, `login_roles`, `level`, `track`, `title`, `location`, `country`, `time_zone`, `working_hours`, `fte_ppm`, `hired_on`, `level_since`, `unit_id`, `manager_id`) SELECT `id`, `version`, `employee_no`, `name`, `name_key`, `email`, `status`, `roles`, `roles`, `level`, `track`, `title`, `location`, `country`, `time_zone`, `working_hours`, `fte_ppm`, `hired_on`, `level_since`, `unit_id`, `manager_id` FROM `persons`;
-- drop "persons" table after copying rows
DROP TABLE `persons`;
-- rename temporary table "new_persons" to "persons"
ALTER TABLE `new_persons` RENAME TO `persons`;
-- create index "persons_employee_no_key" to table: "persons"
CREATE UNIQUE INDEX `persons_employee_no_key` ON `persons` (`employee_no`);
-- create index "persons_email_key" to table: "persons"
CREATE UNIQUE INDEX `persons_email_key` ON `persons` (`email`);
-- create index "persons_user_name_key" to table: "persons"
CREATE UNIQUE INDEX `persons_user_name_key` ON `persons` (`user_name`);
-- create index "person_unit_id" to table: "persons"
CREATE INDEX `person_unit_id` ON `persons` (`unit_id`);
-- create index "person_manager_id_name_key_id" to table: "persons"
CREATE INDEX `person_manager_id_name_key_id` ON `persons` (`manager_id`, `name_key`, `id`);
-- create index "person_external_id" to table: "persons"
CREATE INDEX `person_external_id` ON `persons` (`external_id`);
-- create index "person_status_ended_on" to table: "persons"
CREATE INDEX `person_status_ended_on` ON `persons` (`status`, `ended_on`);
-- create index "person_name_key_id" to table: "persons"
CREATE INDEX `person_name_key_id` ON `persons` (`name_key`, `id`);
-- create index "person_level_location_name_key_id" to table: "persons"
CREATE INDEX `person_level_location_name_key_id` ON `persons` (`level`, `location`, `name_key`, `id`);
-- create index "person_location_name_key_id" to table: "persons"
CREATE INDEX `person_location_name_key_id` ON `persons` (`location`, `name_key`, `id`);
-- add column "handed_over_at" to table: "promotion_cases"
ALTER TABLE `promotion_cases` ADD COLUMN `handed_over_at` datetime NULL;
UPDATE `promotion_cases` SET `handed_over_at` = COALESCE(`submitted_at`, `opened_at`) WHERE `submitted_at` IS NOT NULL OR `state` IN ('manager_review', 'changes_requested');
-- add column "authenticated_at" to table: "sessions"
-- nobody knows when these were authenticated: everybody signs in again
DELETE FROM `sessions`;
ALTER TABLE `sessions` ADD COLUMN `authenticated_at` datetime NOT NULL;
-- add column "viewing_as_id" to table: "sessions"
ALTER TABLE `sessions` ADD COLUMN `viewing_as_id` uuid NULL;
-- create "audit_leafs" table
CREATE TABLE `audit_leafs` (`id` uuid NOT NULL, `place` integer NOT NULL, `event_id` uuid NOT NULL, `hash` blob NOT NULL, PRIMARY KEY (`id`));
-- create index "audit_leafs_place_key" to table: "audit_leafs"
CREATE UNIQUE INDEX `audit_leafs_place_key` ON `audit_leafs` (`place`);
-- create index "audit_leafs_event_id_key" to table: "audit_leafs"
CREATE UNIQUE INDEX `audit_leafs_event_id_key` ON `audit_leafs` (`event_id`);
-- create "audit_seals" table
CREATE TABLE `audit_seals` (`id` uuid NOT NULL, `size` integer NOT NULL, `root` blob NOT NULL, `frontier` json NOT NULL, `checkpoint` text NOT NULL, `sealed_at` datetime NOT NULL, PRIMARY KEY (`id`));
-- create index "audit_seals_size_key" to table: "audit_seals"
CREATE UNIQUE INDEX `audit_seals_size_key` ON `audit_seals` (`size`);
-- create "designations" table
CREATE TABLE `designations` (`id` uuid NOT NULL, `version` integer NOT NULL DEFAULT (1), `title` text NOT NULL, `of` text NOT NULL DEFAULT (''), `valid_from` text NOT NULL, `valid_to` text NOT NULL, `person_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `designations_persons_person` FOREIGN KEY (`person_id`) REFERENCES `persons` (`id`) ON DELETE NO ACTION);
-- create index "designation_person_id_valid_from" to table: "designations"
CREATE INDEX `designation_person_id_valid_from` ON `designations` (`person_id`, `valid_from`);
-- create "files" table
CREATE TABLE `files` (`id` uuid NOT NULL, `name` text NOT NULL, `media_type` text NOT NULL, `size` integer NOT NULL DEFAULT (0), `hash` text NOT NULL DEFAULT (''), `created_at` datetime NOT NULL, `expires_at` datetime NOT NULL, `person_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `files_persons_person` FOREIGN KEY (`person_id`) REFERENCES `persons` (`id`) ON DELETE NO ACTION);
-- create index "file_expires_at" to table: "files"
CREATE INDEX `file_expires_at` ON `files` (`expires_at`);
-- create "file_chunks" table
CREATE TABLE `file_chunks` (`id` uuid NOT NULL, `place` integer NOT NULL, `content` blob NOT NULL, `file_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `file_chunks_files_file` FOREIGN KEY (`file_id`) REFERENCES `files` (`id`) ON DELETE NO ACTION);
-- create index "filechunk_file_id_place" to table: "file_chunks"
CREATE UNIQUE INDEX `filechunk_file_id_place` ON `file_chunks` (`file_id`, `place`);
-- create "groups" table
CREATE TABLE `groups` (`id` uuid NOT NULL, `version` integer NOT NULL DEFAULT (1), `name` text NOT NULL, `name_key` text NOT NULL, `external_id` text NOT NULL DEFAULT (''), `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, PRIMARY KEY (`id`));
-- create index "groups_name_key_key" to table: "groups"
CREATE UNIQUE INDEX `groups_name_key_key` ON `groups` (`name_key`);
-- create "group_members" table
CREATE TABLE `group_members` (`id` uuid NOT NULL, `group_id` uuid NOT NULL, `person_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `group_members_groups_group` FOREIGN KEY (`group_id`) REFERENCES `groups` (`id`) ON DELETE NO ACTION, CONSTRAINT `group_members_persons_person` FOREIGN KEY (`person_id`) REFERENCES `persons` (`id`) ON DELETE NO ACTION);
-- create index "groupmember_group_id_person_id" to table: "group_members"
CREATE UNIQUE INDEX `groupmember_group_id_person_id` ON `group_members` (`group_id`, `person_id`);
-- create index "groupmember_person_id" to table: "group_members"
CREATE INDEX `groupmember_person_id` ON `group_members` (`person_id`);
-- create "handovers" table
CREATE TABLE `handovers` (`id` uuid NOT NULL, `on` text NOT NULL, `recorded_at` datetime NOT NULL, `taken_at` datetime NULL, `person_id` uuid NOT NULL, `from_id` uuid NULL, `to_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `handovers_persons_person` FOREIGN KEY (`person_id`) REFERENCES `persons` (`id`) ON DELETE NO ACTION, CONSTRAINT `handovers_persons_from` FOREIGN KEY (`from_id`) REFERENCES `persons` (`id`) ON DELETE SET NULL, CONSTRAINT `handovers_persons_to` FOREIGN KEY (`to_id`) REFERENCES `persons` (`id`) ON DELETE SET NULL);
-- create index "handover_person_id_recorded_at" to table: "handovers"
CREATE INDEX `handover_person_id_recorded_at` ON `handovers` (`person_id`, `recorded_at`);
-- create index "handover_to_id_taken_at" to table: "handovers"
CREATE INDEX `handover_to_id_taken_at` ON `handovers` (`to_id`, `taken_at`);
-- create "jobs" table
CREATE TABLE `jobs` (`id` uuid NOT NULL, `kind` text NOT NULL, `state` text NOT NULL DEFAULT ('queued'), `input` json NOT NULL, `phase` text NOT NULL DEFAULT (''), `done` integer NOT NULL DEFAULT (0), `total` integer NOT NULL DEFAULT (0), `report` json NULL, `problem` json NULL, `cancel_asked` bool NOT NULL DEFAULT (false), `created_at` datetime NOT NULL, `started_at` datetime NULL, `ended_at` datetime NULL, `expires_at` datetime NOT NULL, `person_id` uuid NOT NULL, `source_id` uuid NULL, `result_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `jobs_persons_person` FOREIGN KEY (`person_id`) REFERENCES `persons` (`id`) ON DELETE NO ACTION, CONSTRAINT `jobs_files_source` FOREIGN KEY (`source_id`) REFERENCES `files` (`id`) ON DELETE SET NULL, CONSTRAINT `jobs_files_result` FOREIGN KEY (`result_id`) REFERENCES `files` (`id`) ON DELETE SET NULL);
-- create index "job_person_id_created_at" to table: "jobs"
CREATE INDEX `job_person_id_created_at` ON `jobs` (`person_id`, `created_at`);
-- create index "job_state" to table: "jobs"
CREATE INDEX `job_state` ON `jobs` (`state`);
-- create index "job_expires_at" to table: "jobs"
CREATE INDEX `job_expires_at` ON `jobs` (`expires_at`);
-- create "legal_holds" table
CREATE TABLE `legal_holds` (`id` uuid NOT NULL, `reason` text NOT NULL, `placed_at` datetime NOT NULL, `lifted_at` datetime NULL, `person_id` uuid NOT NULL, `placed_by_id` uuid NOT NULL, `lifted_by_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `legal_holds_persons_person` FOREIGN KEY (`person_id`) REFERENCES `persons` (`id`) ON DELETE NO ACTION, CONSTRAINT `legal_holds_persons_placed_by` FOREIGN KEY (`placed_by_id`) REFERENCES `persons` (`id`) ON DELETE NO ACTION, CONSTRAINT `legal_holds_persons_lifted_by` FOREIGN KEY (`lifted_by_id`) REFERENCES `persons` (`id`) ON DELETE SET NULL);
-- create index "legalhold_person_id_lifted_at" to table: "legal_holds"
CREATE INDEX `legalhold_person_id_lifted_at` ON `legal_holds` (`person_id`, `lifted_at`);
-- create "log_evaluations" table
CREATE TABLE `log_evaluations` (`id` uuid NOT NULL, `version` integer NOT NULL DEFAULT (1), `purpose` text NOT NULL, `from` text NOT NULL, `to` text NOT NULL, `state` text NOT NULL DEFAULT ('asked'), `asked_at` datetime NOT NULL, `decided_at` datetime NULL, `expires_at` datetime NULL, `about_id` uuid NULL, `asked_by_id` uuid NOT NULL, `decided_by_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `log_evaluations_persons_about` FOREIGN KEY (`about_id`) REFERENCES `persons` (`id`) ON DELETE SET NULL, CONSTRAINT `log_evaluations_persons_asked_by` FOREIGN KEY (`asked_by_id`) REFERENCES `persons` (`id`) ON DELETE NO ACTION, CONSTRAINT `log_evaluations_persons_decided_by` FOREIGN KEY (`decided_by_id`) REFERENCES `persons` (`id`) ON DELETE SET NULL);
-- create index "logevaluation_asked_at_id" to table: "log_evaluations"
CREATE INDEX `logevaluation_asked_at_id` ON `log_evaluations` (`asked_at`, `id`);
-- create "mappings" table
CREATE TABLE `mappings` (`id` uuid NOT NULL, `version` integer NOT NULL DEFAULT (1), `kind` text NOT NULL, `headers_hash` text NOT NULL, `columns` json NOT NULL, `used_at` datetime NOT NULL, PRIMARY KEY (`id`));
-- create index "mapping_kind_headers_hash" to table: "mappings"
CREATE UNIQUE INDEX `mapping_kind_headers_hash` ON `mappings` (`kind`, `headers_hash`);
-- create "rectifications" table
CREATE TABLE `rectifications` (`id` uuid NOT NULL, `version` integer NOT NULL DEFAULT (1), `about` text NOT NULL, `about_id` uuid NULL, `text` text NOT NULL DEFAULT (''), `created_at` datetime NOT NULL, `state` text NOT NULL DEFAULT ('open'), `answer` text NOT NULL DEFAULT (''), `answered_at` datetime NULL, `person_id` uuid NOT NULL, `answered_by_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `rectifications_persons_person` FOREIGN KEY (`person_id`) REFERENCES `persons` (`id`) ON DELETE NO ACTION, CONSTRAINT `rectifications_persons_answered_by` FOREIGN KEY (`answered_by_id`) REFERENCES `persons` (`id`) ON DELETE SET NULL);
-- create index "rectification_person_id_created_at" to table: "rectifications"
CREATE INDEX `rectification_person_id_created_at` ON `rectifications` (`person_id`, `created_at`);
-- create index "rectification_state_created_at" to table: "rectifications"
CREATE INDEX `rectification_state_created_at` ON `rectifications` (`state`, `created_at`);
-- create "role_grants" table
CREATE TABLE `role_grants` (`id` uuid NOT NULL, `version` integer NOT NULL DEFAULT (1), `role` text NOT NULL, `scope` json NULL, `reason` text NOT NULL, `state` text NOT NULL DEFAULT ('asked'), `asked_at` datetime NOT NULL, `decided_at` datetime NULL, `ended_at` datetime NULL, `valid_to` text NULL, `person_id` uuid NOT NULL, `asked_by_id` uuid NOT NULL, `decided_by_id` uuid NULL, `ended_by_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `role_grants_persons_person` FOREIGN KEY (`person_id`) REFERENCES `persons` (`id`) ON DELETE NO ACTION, CONSTRAINT `role_grants_persons_asked_by` FOREIGN KEY (`asked_by_id`) REFERENCES `persons` (`id`) ON DELETE NO ACTION, CONSTRAINT `role_grants_persons_decided_by` FOREIGN KEY (`decided_by_id`) REFERENCES `persons` (`id`) ON DELETE SET NULL, CONSTRAINT `role_grants_persons_ended_by` FOREIGN KEY (`ended_by_id`) REFERENCES `persons` (`id`) ON DELETE SET NULL);
-- create index "rolegrant_person_id_state" to table: "role_grants"
CREATE INDEX `rolegrant_person_id_state` ON `role_grants` (`person_id`, `state`);
-- create index "rolegrant_state_valid_to" to table: "role_grants"
CREATE INDEX `rolegrant_state_valid_to` ON `role_grants` (`state`, `valid_to`);
-- create index "rolegrant_asked_at_id" to table: "role_grants"
CREATE INDEX `rolegrant_asked_at_id` ON `role_grants` (`asked_at`, `id`);
-- create "tokens" table
CREATE TABLE `tokens` (`id` uuid NOT NULL, `name` text NOT NULL, `token_hash` blob NOT NULL, `hint` text NOT NULL, `scopes` json NOT NULL, `created_at` datetime NOT NULL, `expires_at` datetime NOT NULL, `used_at` datetime NULL, `revoked_at` datetime NULL, `created_by_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `tokens_persons_created_by` FOREIGN KEY (`created_by_id`) REFERENCES `persons` (`id`) ON DELETE NO ACTION);
-- create index "tokens_token_hash_key" to table: "tokens"
CREATE UNIQUE INDEX `tokens_token_hash_key` ON `tokens` (`token_hash`);
-- create index "token_created_at" to table: "tokens"
CREATE INDEX `token_created_at` ON `tokens` (`created_at`);
-- enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;
