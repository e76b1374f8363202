-- Times are milliseconds since 1970 (UTC). A truth value is 0 or 1.

CREATE TABLE settings (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE media (
  id      INTEGER PRIMARY KEY,
  file    TEXT NOT NULL,
  width   INTEGER NOT NULL,
  height  INTEGER NOT NULL,
  bytes   INTEGER NOT NULL,
  alt     TEXT NOT NULL,
  caption TEXT NOT NULL,
  credit  TEXT NOT NULL,
  source  TEXT UNIQUE
) STRICT;
CREATE INDEX media_by_file ON media (file);

CREATE TABLE sections (
  id          INTEGER PRIMARY KEY,
  slug        TEXT NOT NULL UNIQUE,
  name        TEXT NOT NULL,
  description TEXT NOT NULL,
  parent      INTEGER REFERENCES sections (id),
  position    INTEGER,
  source      TEXT UNIQUE
) STRICT;

CREATE TABLE topics (
  id           INTEGER PRIMARY KEY,
  slug         TEXT NOT NULL UNIQUE,
  name         TEXT NOT NULL,
  description  TEXT NOT NULL,
  bar_position INTEGER,
  source       TEXT UNIQUE
) STRICT;

CREATE TABLE authors (
  id       INTEGER PRIMARY KEY,
  slug     TEXT NOT NULL UNIQUE,
  name     TEXT NOT NULL,
  role     TEXT NOT NULL,
  bio      TEXT NOT NULL,
  email    TEXT,
  media    INTEGER REFERENCES media (id),
  links    TEXT NOT NULL,
  position INTEGER,
  source   TEXT UNIQUE
) STRICT;

CREATE TABLE articles (
  id             INTEGER PRIMARY KEY,
  slug           TEXT NOT NULL UNIQUE,
  section        INTEGER NOT NULL REFERENCES sections (id),
  kind           TEXT NOT NULL,
  status         TEXT NOT NULL,
  title          TEXT NOT NULL,
  titles         TEXT NOT NULL,
  standfirst     TEXT NOT NULL,
  body           TEXT NOT NULL,
  body_source    TEXT NOT NULL,
  body_format    TEXT NOT NULL,
  cleaner        INTEGER NOT NULL,
  words          INTEGER NOT NULL,
  media          INTEGER REFERENCES media (id),
  source_name    TEXT,
  source_url     TEXT,
  language       TEXT,
  comment_policy TEXT NOT NULL,
  comment_count  INTEGER NOT NULL DEFAULT 0,
  pick           INTEGER,
  corrections    TEXT NOT NULL,
  published      INTEGER NOT NULL,
  updated        INTEGER,
  saved          INTEGER NOT NULL,
  source         TEXT UNIQUE
) STRICT;
-- Every list of readers runs by time over what may be seen; "seen" is a status
-- and a moment, so the status is the index's condition and the moment its key.
CREATE INDEX articles_by_time ON articles (published, id) WHERE status IN ('published', 'scheduled');
CREATE INDEX articles_by_section ON articles (section, published, id) WHERE status IN ('published', 'scheduled');
CREATE INDEX articles_picked ON articles (pick) WHERE pick IS NOT NULL;
CREATE INDEX articles_scheduled ON articles (published) WHERE status = 'scheduled';

-- "published" and "status" are repeated from the article, so that the list of a
-- topic or an author runs along one index, however large the archive is.
CREATE TABLE article_topics (
  article   INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  topic     INTEGER NOT NULL REFERENCES topics (id),
  position  INTEGER NOT NULL,
  published INTEGER NOT NULL,
  seen      INTEGER NOT NULL,
  PRIMARY KEY (article, topic)
) STRICT;
CREATE INDEX article_topics_by_topic ON article_topics (topic, seen, published, article);

CREATE TABLE article_authors (
  article   INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  author    INTEGER NOT NULL REFERENCES authors (id),
  position  INTEGER NOT NULL,
  published INTEGER NOT NULL,
  seen      INTEGER NOT NULL,
  PRIMARY KEY (article, author)
) STRICT;
CREATE INDEX article_authors_by_author ON article_authors (author, seen, published, article);

CREATE TABLE pages (
  id          INTEGER PRIMARY KEY,
  slug        TEXT NOT NULL UNIQUE,
  title       TEXT NOT NULL,
  standfirst  TEXT NOT NULL,
  body        TEXT NOT NULL,
  body_source TEXT NOT NULL,
  body_format TEXT NOT NULL,
  cleaner     INTEGER NOT NULL,
  status      TEXT NOT NULL,
  updated     INTEGER NOT NULL,
  saved       INTEGER NOT NULL,
  source      TEXT UNIQUE
) STRICT;

-- Every save keeps what it saved.
CREATE TABLE revisions (
  id       INTEGER PRIMARY KEY,
  noun     TEXT NOT NULL,
  item     INTEGER NOT NULL,
  saved    INTEGER NOT NULL,
  snapshot TEXT NOT NULL
) STRICT;
CREATE INDEX revisions_by_item ON revisions (noun, item, id);

-- Where an old address leads; without a target it is gone (410).
CREATE TABLE redirects (
  path   TEXT PRIMARY KEY,
  target TEXT
) STRICT;

CREATE TABLE comments (
  id      INTEGER PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  parent  INTEGER REFERENCES comments (id),
  name    TEXT NOT NULL,
  email   TEXT,
  url     TEXT,
  body    TEXT NOT NULL,
  status  TEXT NOT NULL,
  at      INTEGER NOT NULL,
  source  TEXT UNIQUE
) STRICT;
CREATE INDEX comments_by_article ON comments (article, status, at, id);

-- Reads per article and hour; what is trending is summed from the last days.
CREATE TABLE views (
  hour    INTEGER NOT NULL,
  article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  reads   INTEGER NOT NULL,
  PRIMARY KEY (hour, article)
) STRICT;

CREATE TABLE mails (
  id        INTEGER PRIMARY KEY,
  recipient TEXT NOT NULL,
  reply_to  TEXT,
  subject   TEXT NOT NULL,
  body      TEXT NOT NULL,
  written   INTEGER NOT NULL,
  due       INTEGER NOT NULL,
  attempts  INTEGER NOT NULL DEFAULT 0,
  sent      INTEGER,
  fault     TEXT,
  ticket    TEXT UNIQUE
) STRICT;
CREATE INDEX mails_due ON mails (due) WHERE sent IS NULL;

-- AUTOINCREMENT: an id is never given twice, so a cursor never skips a line.
CREATE TABLE changes (
  id   INTEGER PRIMARY KEY AUTOINCREMENT,
  at   INTEGER NOT NULL,
  noun TEXT NOT NULL,
  item INTEGER NOT NULL
) STRICT;

-- Acts that wait for their time: take an article down, pick it.
CREATE TABLE plans (
  id      INTEGER PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  act     TEXT NOT NULL,
  due     INTEGER NOT NULL
) STRICT;
CREATE INDEX plans_due ON plans (due);
CREATE INDEX redirects_by_target ON redirects (target);
