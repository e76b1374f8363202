-- A refusal with what it says about whom (`gone`, `for now`, `unclear`, `ours`), and when its
-- reader bore the consequence: until then it waits.
ALTER TABLE deliveries ADD COLUMN verdict TEXT;
ALTER TABLE deliveries ADD COLUMN applied INTEGER;
UPDATE deliveries SET applied = COALESCE(at, 0) WHERE state = 'refused';

-- Whether a letter is held because too much was refused; when it last went on.
ALTER TABLE letters ADD COLUMN brake TEXT NOT NULL DEFAULT '';
ALTER TABLE letters ADD COLUMN resumed INTEGER;

-- When somebody's standing last changed, and what a mail server said, where it was that. Of
-- those who bounced before, the last refusal tells.
ALTER TABLE subscribers ADD COLUMN stood INTEGER;
ALTER TABLE subscribers ADD COLUMN fault TEXT;
UPDATE subscribers SET
  stood = (SELECT d.at FROM deliveries d WHERE d.subscriber = subscribers.id AND d.state = 'refused' ORDER BY d.at DESC, d.id DESC LIMIT 1),
  fault = (SELECT d.fault FROM deliveries d WHERE d.subscriber = subscribers.id AND d.state = 'refused' ORDER BY d.at DESC, d.id DESC LIMIT 1)
WHERE standing = 'bounced';

-- Mails that somebody waits for at the screen go beside all others.
ALTER TABLE mails ADD COLUMN urgent INTEGER NOT NULL DEFAULT 0;

-- What the server does by itself and can't just now: a row for each, gone when it can again.
CREATE TABLE workers (
  name     TEXT PRIMARY KEY,
  since    INTEGER NOT NULL,
  at       INTEGER NOT NULL,
  failures INTEGER NOT NULL,
  fault    TEXT NOT NULL
) STRICT;
