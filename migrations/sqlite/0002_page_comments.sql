-- A page, too, can have a conversation: one that came in with an archive.
-- (SQLite can't take NOT NULL from a column: the table is built anew. The new
-- one refers to itself and is renamed with its reference.)
CREATE TABLE comments_anew (
  id      INTEGER PRIMARY KEY,
  article INTEGER REFERENCES articles (id) ON DELETE CASCADE,
  page    INTEGER REFERENCES pages (id) ON DELETE CASCADE,
  parent  INTEGER REFERENCES comments_anew (id),
  name    TEXT NOT NULL,
  email   TEXT,
  url     TEXT,
  body    TEXT NOT NULL,
  status  TEXT NOT NULL,
  at      INTEGER NOT NULL,
  source  TEXT UNIQUE,
  CHECK ((article IS NULL) <> (page IS NULL))
) STRICT;
INSERT INTO comments_anew (id, article, parent, name, email, url, body, status, at, source)
  SELECT id, article, parent, name, email, url, body, status, at, source FROM comments;
DROP TABLE comments;
ALTER TABLE comments_anew RENAME TO comments;
CREATE INDEX comments_by_article ON comments (article, status, at, id) WHERE article IS NOT NULL;
CREATE INDEX comments_by_page ON comments (page, status, at, id) WHERE page IS NOT NULL;
