-- +goose Up
-- add column "ladder_id" to table "units"
ALTER TABLE `units` ADD COLUMN `ladder_id` uuid NULL CONSTRAINT `units_ladders_ladder` REFERENCES `ladders` (`id`) ON DELETE SET NULL;
