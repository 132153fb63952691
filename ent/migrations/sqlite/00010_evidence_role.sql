-- +goose Up
-- add column "role" to table: "evidences"
ALTER TABLE `evidences` ADD COLUMN `role` text NULL;
