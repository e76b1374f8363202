-- What is looked for, and what is looked through each hour for what is over.
CREATE INDEX IF NOT EXISTS mails_sent ON mails (sent) WHERE sent IS NOT NULL;
CREATE INDEX IF NOT EXISTS sessions_by_begin ON sessions (begun);
CREATE INDEX IF NOT EXISTS sign_in_links_by_time ON sign_in_links (made);
CREATE INDEX IF NOT EXISTS confirmations_by_time ON confirmations (made);
CREATE INDEX IF NOT EXISTS subscribers_pending ON subscribers (asked) WHERE standing = 'pending';
CREATE INDEX IF NOT EXISTS reports_by_person ON reports (person, at);
CREATE INDEX IF NOT EXISTS recommends_by_person ON recommends (person, at);
CREATE INDEX IF NOT EXISTS filter_words_unlearnt ON filter_words (word) WHERE good = 0 AND bad = 0;
CREATE INDEX IF NOT EXISTS comments_of_guests ON comments (at)
  WHERE account IS NULL AND (email IS NOT NULL OR address <> '' OR agent <> '');
-- What a reader missed of a conversation; what was approved of an email.
CREATE INDEX IF NOT EXISTS changes_of_comments ON changes (id, item) WHERE noun = 'comment';
DROP INDEX IF EXISTS comments_by_email;
CREATE INDEX IF NOT EXISTS comments_by_email_and_state ON comments (email, status) WHERE email IS NOT NULL;
