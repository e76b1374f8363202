-- How often articles were passed on, and how: a number a day, nothing of who did it.
CREATE TABLE shares (
  day     BIGINT NOT NULL,
  article BIGINT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  service TEXT NOT NULL,
  clicks  BIGINT NOT NULL,
  PRIMARY KEY (day, article, service)
);
