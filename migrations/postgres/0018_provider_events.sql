-- Events of mail providers that were taken, by the digests of their ids: each counts once.
CREATE TABLE provider_events (
  digest TEXT PRIMARY KEY,
  at     BIGINT NOT NULL,
  taken  BIGINT NOT NULL
);
CREATE INDEX provider_events_at ON provider_events (at);
