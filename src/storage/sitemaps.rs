//! What search engines may know of: addresses, by keyset, never all at once.

use super::{Db, StorageError, db::args};
use crate::domain::{ArticleId, article::href, time::Timestamp};

/// An article's address, and when its text changed last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapped {
    /// Its row.
    pub id: ArticleId,
    /// Its path.
    pub href: String,
    /// Publication, or the last change that readers are told of.
    pub changed: Timestamp,
}

/// The articles that readers can see with rows after `after` up to `until`, in
/// the order of rows; those that were taken over from elsewhere where wanted.
pub async fn articles(
    db: &Db,
    (after, until): (i64, i64),
    taken_over: bool,
    now: Timestamp,
    size: i64,
) -> Result<Vec<Mapped>, StorageError> {
    const SQL: &str = "SELECT a.id, s.slug, a.slug, COALESCE(a.updated, a.published) FROM articles a \
         JOIN sections s ON s.id = a.section WHERE a.id > $1 AND a.id <= $2 AND a.status IN ('published', 'scheduled') \
         AND a.published <= $3 AND (a.source_url IS NULL OR CAST($4 AS BIGINT) = 1) ORDER BY a.id LIMIT $5";
    let rows: Vec<(i64, String, String, i64)> = db.all(SQL, args![after, until, now, taken_over, size]).await?;
    rows.into_iter()
        .map(|(id, section, slug, changed)| {
            let section = section.parse().map_err(StorageError::stored)?;
            let slug = slug.parse().map_err(StorageError::stored)?;
            Ok(Mapped { id: ArticleId(id), href: href(&section, &slug), changed: Timestamp(changed) })
        })
        .collect()
}

/// The highest row of an article.
pub async fn last_article(db: &Db) -> Result<i64, StorageError> {
    let (last,): (i64,) = db.one("SELECT COALESCE(MAX(id), 0) FROM articles", args![]).await?;
    Ok(last)
}

/// The paths of lists that hold something, and of pages; at most `size`.
pub async fn lists_and_pages(db: &Db, now: Timestamp, size: i64) -> Result<Vec<String>, StorageError> {
    const SQL: &str = "SELECT '/' || s.slug FROM sections s WHERE EXISTS (SELECT 1 FROM articles a WHERE a.section = s.id \
         AND a.status IN ('published', 'scheduled') AND a.published <= $1) \
         UNION ALL SELECT '/' || p.slug FROM pages p WHERE p.status = 'published' \
         UNION ALL SELECT '/author/' || u.slug FROM authors u WHERE EXISTS (SELECT 1 FROM article_authors x \
         WHERE x.author = u.id AND x.seen = 1 AND x.published <= $1) \
         UNION ALL SELECT '/topic/' || t.slug FROM topics t WHERE EXISTS (SELECT 1 FROM article_topics x \
         WHERE x.topic = t.id AND x.seen = 1 AND x.published <= $1) LIMIT $2";
    let rows: Vec<(String,)> = db.all(SQL, args![now, size]).await?;
    Ok(rows.into_iter().map(|(path,)| path).collect())
}
