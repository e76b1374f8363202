-- A ban that is lifted stays in the record: who made it, who lifted it, when.
ALTER TABLE bans DROP CONSTRAINT bans_kind_value_key;
ALTER TABLE bans ADD COLUMN lifted BIGINT;
ALTER TABLE bans ADD COLUMN lifted_by TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX bans_in_force ON bans (kind, value) WHERE lifted IS NULL;
