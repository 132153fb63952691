-- +goose Up
-- add columns, so that the triggers on the tables stay
ALTER TABLE `ladders` ADD COLUMN `version` integer NOT NULL DEFAULT (1);
ALTER TABLE `ladders` ADD COLUMN `public` bool NOT NULL DEFAULT (false);
ALTER TABLE `ladders` ADD COLUMN `retired_on` text NULL;
ALTER TABLE `ladder_versions` ADD COLUMN `rubric` text NOT NULL DEFAULT ('');
ALTER TABLE `ladder_versions` ADD COLUMN `tracks` text NOT NULL DEFAULT ('');
ALTER TABLE `ladder_versions` ADD COLUMN `moves` text NOT NULL DEFAULT ('');
ALTER TABLE `ladder_versions` ADD COLUMN `width` integer NOT NULL DEFAULT (2);
ALTER TABLE `ladder_versions` ADD COLUMN `changes` text NOT NULL DEFAULT ('');
ALTER TABLE `ladder_versions` ADD COLUMN `level_count` integer NOT NULL DEFAULT (0);
ALTER TABLE `ladder_versions` ADD COLUMN `competency_count` integer NOT NULL DEFAULT (0);
ALTER TABLE `ladder_versions` ADD COLUMN `written_by_id` uuid NULL;
ALTER TABLE `ladder_versions` ADD COLUMN `published_by_id` uuid NULL;
-- create "ladder_comments" table
CREATE TABLE `ladder_comments` (`id` uuid NOT NULL, `version` integer NOT NULL DEFAULT (1), `competency` text NOT NULL DEFAULT (''), `level` text NOT NULL DEFAULT (''), `text` text NOT NULL, `created_at` datetime NOT NULL, `resolved_at` datetime NULL, `draft_id` uuid NOT NULL, `author_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `ladder_comments_ladder_drafts_draft` FOREIGN KEY (`draft_id`) REFERENCES `ladder_drafts` (`id`) ON DELETE NO ACTION, CONSTRAINT `ladder_comments_persons_author` FOREIGN KEY (`author_id`) REFERENCES `persons` (`id`) ON DELETE NO ACTION);
-- create index "laddercomment_draft_id_created_at" to table: "ladder_comments"
CREATE INDEX `laddercomment_draft_id_created_at` ON `ladder_comments` (`draft_id`, `created_at`);
-- create "ladder_drafts" table
CREATE TABLE `ladder_drafts` (`id` uuid NOT NULL, `version` integer NOT NULL DEFAULT (1), `base_id` uuid NULL, `state` text NOT NULL DEFAULT ('draft'), `document` text NOT NULL, `moves` text NOT NULL DEFAULT (''), `review_asked_at` datetime NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `ladder_id` uuid NOT NULL, `author_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `ladder_drafts_ladders_ladder` FOREIGN KEY (`ladder_id`) REFERENCES `ladders` (`id`) ON DELETE NO ACTION, CONSTRAINT `ladder_drafts_persons_author` FOREIGN KEY (`author_id`) REFERENCES `persons` (`id`) ON DELETE NO ACTION);
-- create index "ladderdraft_ladder_id_state" to table: "ladder_drafts"
CREATE INDEX `ladderdraft_ladder_id_state` ON `ladder_drafts` (`ladder_id`, `state`);
