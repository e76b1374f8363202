-- Addresses of guests who want to hear of answers: asked once whether that is right, by a mail.
-- Kept as digests (SHA-256 of the address in small letters).
CREATE TABLE confirmed_addresses (
  digest    TEXT PRIMARY KEY,
  asked     BIGINT NOT NULL,
  confirmed BIGINT
);
