-- +goose Up
-- modify "units" table
ALTER TABLE "units" ADD COLUMN "ladder_id" uuid NULL, ADD CONSTRAINT "units_ladders_ladder" FOREIGN KEY ("ladder_id") REFERENCES "ladders" ("id") ON UPDATE NO ACTION ON DELETE SET NULL;
