-- +goose Up
-- add column "modifier" to table: "assessments"
ALTER TABLE `assessments` ADD COLUMN `modifier` text NULL;
