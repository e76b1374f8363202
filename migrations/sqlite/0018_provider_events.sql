-- Events of mail providers that were taken, by the digests of their ids: each counts once.
CREATE TABLE provider_events (
  digest TEXT PRIMARY KEY,
  at     INTEGER NOT NULL,
  taken  INTEGER NOT NULL
) STRICT;
CREATE INDEX provider_events_at ON provider_events (at);
