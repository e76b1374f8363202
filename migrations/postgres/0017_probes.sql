-- One row that is written again and again to see whether writing works; no content.
CREATE TABLE probes (
  id BIGINT PRIMARY KEY,
  at BIGINT NOT NULL
);
