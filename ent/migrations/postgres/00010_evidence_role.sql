-- +goose Up
-- modify "evidences" table
ALTER TABLE "evidences" ADD COLUMN "role" character varying NULL;
