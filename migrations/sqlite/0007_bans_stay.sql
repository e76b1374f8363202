-- A ban that is lifted stays in the record: who made it, who lifted it, when.
CREATE TABLE bans_kept (
  id        INTEGER PRIMARY KEY,
  kind      TEXT NOT NULL,
  value     TEXT NOT NULL,
  why       TEXT NOT NULL,
  actor     TEXT NOT NULL,
  at        INTEGER NOT NULL,
  lifted    INTEGER,
  lifted_by TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO bans_kept (id, kind, value, why, actor, at) SELECT id, kind, value, why, actor, at FROM bans;
DROP TABLE bans;
ALTER TABLE bans_kept RENAME TO bans;
CREATE UNIQUE INDEX bans_in_force ON bans (kind, value) WHERE lifted IS NULL;
