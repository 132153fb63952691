-- +goose Up
-- modify "ladder_versions" table
ALTER TABLE "ladder_versions" ADD COLUMN "rubric" text NOT NULL DEFAULT '', ADD COLUMN "tracks" text NOT NULL DEFAULT '', ADD COLUMN "moves" text NOT NULL DEFAULT '', ADD COLUMN "changes" text NOT NULL DEFAULT '', ADD COLUMN "width" bigint NOT NULL DEFAULT 2, ADD COLUMN "level_count" bigint NOT NULL DEFAULT 0, ADD COLUMN "competency_count" bigint NOT NULL DEFAULT 0, ADD COLUMN "written_by_id" uuid NULL, ADD COLUMN "published_by_id" uuid NULL;
-- modify "ladders" table
ALTER TABLE "ladders" ADD COLUMN "version" bigint NOT NULL DEFAULT 1, ADD COLUMN "public" boolean NOT NULL DEFAULT false, ADD COLUMN "retired_on" character varying NULL;
-- create "ladder_drafts" table
CREATE TABLE "ladder_drafts" ("id" uuid NOT NULL, "version" bigint NOT NULL DEFAULT 1, "base_id" uuid NULL, "state" character varying NOT NULL DEFAULT 'draft', "document" text NOT NULL, "moves" text NOT NULL DEFAULT '', "review_asked_at" timestamptz NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "ladder_id" uuid NOT NULL, "author_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "ladder_drafts_ladders_ladder" FOREIGN KEY ("ladder_id") REFERENCES "ladders" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "ladder_drafts_persons_author" FOREIGN KEY ("author_id") REFERENCES "persons" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "ladderdraft_ladder_id_state" to table: "ladder_drafts"
CREATE INDEX "ladderdraft_ladder_id_state" ON "ladder_drafts" ("ladder_id", "state");
-- create "ladder_comments" table
CREATE TABLE "ladder_comments" ("id" uuid NOT NULL, "version" bigint NOT NULL DEFAULT 1, "competency" character varying NOT NULL DEFAULT '', "level" character varying NOT NULL DEFAULT '', "text" character varying NOT NULL, "created_at" timestamptz NOT NULL, "resolved_at" timestamptz NULL, "draft_id" uuid NOT NULL, "author_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "ladder_comments_ladder_drafts_draft" FOREIGN KEY ("draft_id") REFERENCES "ladder_drafts" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "ladder_comments_persons_author" FOREIGN KEY ("author_id") REFERENCES "persons" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "laddercomment_draft_id_created_at" to table: "ladder_comments"
CREATE INDEX "laddercomment_draft_id_created_at" ON "ladder_comments" ("draft_id", "created_at");
