-- A page, too, can have a conversation: one that came in with an archive.
ALTER TABLE comments ALTER COLUMN article DROP NOT NULL;
ALTER TABLE comments ADD COLUMN page BIGINT REFERENCES pages (id) ON DELETE CASCADE;
ALTER TABLE comments ADD CONSTRAINT comments_one_subject CHECK ((article IS NULL) <> (page IS NULL));
CREATE INDEX comments_by_page ON comments (page, status, at, id) WHERE page IS NOT NULL;
-- A restore brings rows in the order of their ids, whatever they refer to.
ALTER TABLE comments ALTER CONSTRAINT comments_parent_fkey DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE sections ALTER CONSTRAINT sections_parent_fkey DEFERRABLE INITIALLY IMMEDIATE;
