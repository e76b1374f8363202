-- What readers post here: the words as they were written, the ticket of their form
-- (sent twice it is one comment), the address (of IPv6 the first 64 bits), and what
-- the filter found.
ALTER TABLE comments ADD COLUMN words TEXT NOT NULL DEFAULT '';
ALTER TABLE comments ADD COLUMN ticket TEXT;
ALTER TABLE comments ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE comments ADD COLUMN findings TEXT NOT NULL DEFAULT '[]';
CREATE UNIQUE INDEX comments_by_ticket ON comments (ticket);
CREATE INDEX comments_by_address ON comments (address, at) WHERE address <> '';
CREATE INDEX comments_by_email ON comments (email) WHERE email IS NOT NULL;
CREATE INDEX comments_by_state ON comments (status, at, id);
CREATE INDEX comments_by_time ON comments (at);

-- Who decided what about a comment: lines are added, never changed.
CREATE TABLE moderations (
  id      INTEGER PRIMARY KEY,
  comment INTEGER NOT NULL REFERENCES comments (id) ON DELETE CASCADE,
  at      INTEGER NOT NULL,
  actor   TEXT NOT NULL,
  act     TEXT NOT NULL
) STRICT;
CREATE INDEX moderations_by_comment ON moderations (comment, id);
