-- +goose Up
-- modify "role_grants" table
ALTER TABLE "role_grants" ADD COLUMN "group_name" character varying NOT NULL DEFAULT '';
