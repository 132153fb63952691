-- +goose Up
-- create "technology_uses" table
CREATE TABLE `technology_uses` (`id` uuid NOT NULL, `version` integer NOT NULL DEFAULT (1), `name` text NOT NULL, `name_key` text NOT NULL, `depth` text NOT NULL, `last_used` text NOT NULL DEFAULT (''), `stance` text NOT NULL DEFAULT (''), `changed_at` datetime NOT NULL, `person_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `technology_uses_persons_person` FOREIGN KEY (`person_id`) REFERENCES `persons` (`id`) ON DELETE NO ACTION);
-- create index "technologyuse_person_id_name_key" to table: "technology_uses"
CREATE UNIQUE INDEX `technologyuse_person_id_name_key` ON `technology_uses` (`person_id`, `name_key`);
