-- How often articles were passed on, and how: a number a day, nothing of who did it.
CREATE TABLE shares (
  day     INTEGER NOT NULL,
  article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  service TEXT NOT NULL,
  clicks  INTEGER NOT NULL,
  PRIMARY KEY (day, article, service)
) STRICT;
