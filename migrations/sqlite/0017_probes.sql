-- One row that is written again and again to see whether writing works; no content.
CREATE TABLE probes (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL
) STRICT;
