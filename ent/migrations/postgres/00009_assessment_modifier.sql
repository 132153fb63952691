-- +goose Up
-- modify "assessments" table
ALTER TABLE "assessments" ADD COLUMN "modifier" character varying NULL;
