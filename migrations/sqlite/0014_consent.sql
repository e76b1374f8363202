-- How each reader of newsletters agreed: the proof that laws ask for. It goes with the reader.
-- `asked` is when the form was sent or the old list was joined, `at` when that was confirmed;
-- `source` is the form or the file, `details` what a file says of it, as it stands there.
CREATE TABLE consents (
  id         INTEGER PRIMARY KEY,
  subscriber INTEGER NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
  at         INTEGER NOT NULL,
  asked      INTEGER,
  way        TEXT NOT NULL,
  source     TEXT NOT NULL,
  details    TEXT NOT NULL DEFAULT '',
  lists      TEXT NOT NULL,
  words      TEXT NOT NULL DEFAULT '',
  address    TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX consents_by_subscriber ON consents (subscriber, id);

-- What they read when they agreed, once for all who read the same, by its SHA-256.
CREATE TABLE wordings (
  digest TEXT PRIMARY KEY,
  words  TEXT NOT NULL
) STRICT;

-- By which form a confirmation was asked for, and with which words.
ALTER TABLE confirmations ADD COLUMN form TEXT NOT NULL DEFAULT '';
ALTER TABLE confirmations ADD COLUMN words TEXT NOT NULL DEFAULT '';

-- Links in mails that are over are no one's business any more. What readers wrote to the
-- newsroom and never arrived stays to be read.
UPDATE mails SET body = '', stop = NULL WHERE sent IS NOT NULL OR (given_up IS NOT NULL AND reply_to IS NULL);
