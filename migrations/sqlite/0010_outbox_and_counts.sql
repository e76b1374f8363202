-- A mail that was refused for good, or tried for long enough, stays with its fault.
ALTER TABLE mails ADD COLUMN given_up INTEGER;
DROP INDEX mails_due;
CREATE INDEX mails_due ON mails (due) WHERE sent IS NULL AND given_up IS NULL;
CREATE INDEX mails_given_up ON mails (given_up) WHERE given_up IS NOT NULL;

-- How often a letter was opened and its links were followed, where its newsletter counts
-- that: sums alone, of nobody.
ALTER TABLE letters ADD COLUMN opens INTEGER NOT NULL DEFAULT 0;
ALTER TABLE letters ADD COLUMN clicks INTEGER NOT NULL DEFAULT 0;
