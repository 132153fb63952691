-- +goose Up
ALTER TABLE `persons` ADD COLUMN `given_name` text NOT NULL DEFAULT ('');
ALTER TABLE `persons` ADD COLUMN `family_name` text NOT NULL DEFAULT ('');
ALTER TABLE `persons` ADD COLUMN `manager_ref` text NOT NULL DEFAULT ('');
ALTER TABLE `persons` ADD COLUMN `manager_ref_by_id` uuid NULL;
ALTER TABLE `persons` ADD COLUMN `not_taken` json NULL;
CREATE INDEX `person_manager_ref` ON `persons` (`manager_ref`);
ALTER TABLE `sessions` ADD COLUMN `notice` text NOT NULL DEFAULT ('');
