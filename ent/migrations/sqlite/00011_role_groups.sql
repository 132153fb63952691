-- +goose Up
ALTER TABLE `role_grants` ADD COLUMN `group_name` text NOT NULL DEFAULT ('');
