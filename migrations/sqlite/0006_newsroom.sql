-- People: those of the newsroom, and readers who want an account. An empty password
-- lets nobody in; readers come by a link in a mail.
CREATE TABLE accounts (
  id       INTEGER PRIMARY KEY,
  email    TEXT NOT NULL UNIQUE,
  name     TEXT NOT NULL,
  role     TEXT NOT NULL,
  password TEXT NOT NULL DEFAULT '',
  author   INTEGER REFERENCES authors (id),
  created  INTEGER NOT NULL,
  disabled INTEGER
) STRICT;

-- Tokens are kept as their SHA-256: whoever reads the table can't sign in with it.
CREATE TABLE sessions (
  token   TEXT PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  begun   INTEGER NOT NULL,
  used    INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_by_account ON sessions (account);

-- Links in mails by which readers sign in: good once, for a while.
CREATE TABLE sign_in_links (
  token TEXT PRIMARY KEY,
  email TEXT NOT NULL,
  made  INTEGER NOT NULL,
  used  INTEGER
) STRICT;
CREATE INDEX sign_in_links_by_email ON sign_in_links (email, made);

-- The conversation whole: a comment knows the thread it belongs to (`root`, itself
-- where it answers the article) and its place in it, the account or the browser
-- that wrote it, and what readers made of it.
ALTER TABLE comments ADD COLUMN account INTEGER REFERENCES accounts (id) ON DELETE SET NULL;
ALTER TABLE comments ADD COLUMN writer TEXT NOT NULL DEFAULT '';
ALTER TABLE comments ADD COLUMN badge TEXT NOT NULL DEFAULT '';
ALTER TABLE comments ADD COLUMN agent TEXT NOT NULL DEFAULT '';
ALTER TABLE comments ADD COLUMN edited INTEGER;
ALTER TABLE comments ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;
ALTER TABLE comments ADD COLUMN notify INTEGER NOT NULL DEFAULT 0;
ALTER TABLE comments ADD COLUMN recommends INTEGER NOT NULL DEFAULT 0;
ALTER TABLE comments ADD COLUMN reports INTEGER NOT NULL DEFAULT 0;
ALTER TABLE comments ADD COLUMN root INTEGER;
ALTER TABLE comments ADD COLUMN place INTEGER NOT NULL DEFAULT 0;
ALTER TABLE comments ADD COLUMN answers INTEGER NOT NULL DEFAULT 0;
ALTER TABLE comments ADD COLUMN trained TEXT NOT NULL DEFAULT '';
CREATE INDEX comments_by_parent ON comments (parent) WHERE parent IS NOT NULL;
WITH RECURSIVE tree (id, root) AS (
  SELECT id, id FROM comments WHERE parent IS NULL
  UNION ALL
  SELECT c.id, t.root FROM comments c JOIN tree t ON c.parent = t.id
) UPDATE comments SET root = tree.root FROM tree WHERE tree.id = comments.id;
UPDATE comments SET root = id WHERE root IS NULL;
UPDATE comments SET place = o.place
  FROM (SELECT id, ROW_NUMBER() OVER (PARTITION BY root ORDER BY at, id) AS place FROM comments) o
  WHERE o.id = comments.id;
UPDATE comments SET answers = o.answers
  FROM (SELECT root, COUNT(*) AS answers FROM comments WHERE status = 'approved' AND id <> root GROUP BY root) o
  WHERE o.root = comments.id;
-- Threads in their orders; what is in a thread; what one person wrote.
CREATE INDEX comments_threads ON comments (article, at, id) WHERE root = id AND article IS NOT NULL;
CREATE INDEX comments_threads_best ON comments (article, recommends, id) WHERE root = id AND article IS NOT NULL;
CREATE INDEX comments_in_thread ON comments (root, place);
CREATE INDEX comments_by_writer ON comments (writer, at) WHERE writer <> '';
CREATE INDEX comments_by_account ON comments (account, at) WHERE account IS NOT NULL;
CREATE INDEX comments_reported ON comments (id) WHERE reports > 0;
CREATE INDEX comments_pinned ON comments (article) WHERE pinned > 0;

-- Why, and how the comment stood before: so that it can be undone.
ALTER TABLE moderations ADD COLUMN before TEXT NOT NULL DEFAULT '';
ALTER TABLE moderations ADD COLUMN why TEXT NOT NULL DEFAULT '';

-- Where the newsroom wants comments to be read first, or none at all.
ALTER TABLE sections ADD COLUMN comment_policy TEXT NOT NULL DEFAULT 'open';

-- One recommendation, one report per person and comment. A person is an account
-- or a browser.
CREATE TABLE recommends (
  comment INTEGER NOT NULL REFERENCES comments (id) ON DELETE CASCADE,
  person  TEXT NOT NULL,
  at      INTEGER NOT NULL,
  PRIMARY KEY (comment, person)
) STRICT;
CREATE TABLE reports (
  id      INTEGER PRIMARY KEY,
  comment INTEGER NOT NULL REFERENCES comments (id) ON DELETE CASCADE,
  person  TEXT NOT NULL,
  at      INTEGER NOT NULL,
  reason  TEXT NOT NULL,
  words   TEXT NOT NULL,
  settled INTEGER,
  UNIQUE (comment, person)
) STRICT;

-- Who may not write: an email, an account, an address or the range around it.
CREATE TABLE bans (
  id    INTEGER PRIMARY KEY,
  kind  TEXT NOT NULL,
  value TEXT NOT NULL,
  why   TEXT NOT NULL,
  actor TEXT NOT NULL,
  at    INTEGER NOT NULL,
  UNIQUE (kind, value)
) STRICT;

-- What the filter has learnt: in how many good and bad comments a word stood. The
-- empty word counts the comments.
CREATE TABLE filter_words (
  word TEXT PRIMARY KEY,
  good INTEGER NOT NULL DEFAULT 0,
  bad  INTEGER NOT NULL DEFAULT 0
) STRICT;

-- A mail that its reader can stop: the address for one click (RFC 8058).
ALTER TABLE mails ADD COLUMN stop TEXT;
