-- Where a link for signing in was asked for, so that whoever opens it elsewhere can tell: the digest
-- of the browser's cookie, its kind, and the network address. Links are kept for seven days.
ALTER TABLE sign_in_links ADD COLUMN browser TEXT NOT NULL DEFAULT '';
ALTER TABLE sign_in_links ADD COLUMN asked_with TEXT NOT NULL DEFAULT '';
ALTER TABLE sign_in_links ADD COLUMN asked_from TEXT NOT NULL DEFAULT '';
