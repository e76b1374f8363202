-- Who gets newsletters. The key is part of what the links in mails are signed with, so
-- that they end with the row even where its number is given out again.
CREATE TABLE subscribers (
  id         INTEGER PRIMARY KEY,
  email      TEXT NOT NULL UNIQUE,
  key        TEXT NOT NULL,
  standing   TEXT NOT NULL,
  asked      INTEGER NOT NULL,
  confirmed  INTEGER,
  soft       INTEGER NOT NULL DEFAULT 0,
  soft_since INTEGER
) STRICT;
CREATE TABLE subscriptions (
  subscriber INTEGER NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
  list       TEXT NOT NULL,
  since      INTEGER NOT NULL,
  PRIMARY KEY (subscriber, list)
) STRICT;
CREATE INDEX subscriptions_by_list ON subscriptions (list, subscriber);

-- Confirmation mails: tokens as their SHA-256, good once.
CREATE TABLE confirmations (
  token      TEXT PRIMARY KEY,
  subscriber INTEGER NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
  lists      TEXT NOT NULL,
  made       INTEGER NOT NULL,
  used       INTEGER
) STRICT;
CREATE INDEX confirmations_by_subscriber ON confirmations (subscriber, made);

-- What was sent, is sent, or is being written. `articles` are rows in their order, as
-- JSON: what a letter says of them is looked up when it is read.
CREATE TABLE letters (
  id        INTEGER PRIMARY KEY,
  list      TEXT NOT NULL,
  kind      TEXT NOT NULL,
  slug      TEXT NOT NULL UNIQUE,
  subject   TEXT NOT NULL,
  preheader TEXT NOT NULL,
  body      TEXT NOT NULL,
  articles  TEXT NOT NULL,
  state     TEXT NOT NULL,
  why       TEXT NOT NULL DEFAULT '',
  due       INTEGER,
  made      INTEGER NOT NULL,
  maker     TEXT NOT NULL,
  approver  TEXT NOT NULL DEFAULT '',
  begun     INTEGER,
  ended     INTEGER
) STRICT;
CREATE INDEX letters_by_state ON letters (state, due);
CREATE INDEX letters_by_begin ON letters (begun) WHERE begun IS NOT NULL;

-- When the last digest of a list was looked for.
CREATE TABLE digests (
  list TEXT PRIMARY KEY,
  at   INTEGER NOT NULL
) STRICT;

-- One row for a letter and a reader: waiting, sent, refused, left. While `leased`
-- lies ahead somebody carries it. Who leaves the newsletter after it did so at `quit`.
CREATE TABLE deliveries (
  id         INTEGER PRIMARY KEY,
  letter     INTEGER NOT NULL REFERENCES letters (id) ON DELETE CASCADE,
  subscriber INTEGER NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
  state      TEXT NOT NULL,
  due        INTEGER NOT NULL,
  leased     INTEGER NOT NULL DEFAULT 0,
  attempts   INTEGER NOT NULL DEFAULT 0,
  at         INTEGER,
  fault      TEXT,
  quit       INTEGER,
  UNIQUE (letter, subscriber)
) STRICT;
CREATE INDEX deliveries_due ON deliveries (letter, due, id) WHERE state = 'waiting';
CREATE INDEX deliveries_by_subscriber ON deliveries (subscriber);
