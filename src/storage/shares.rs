//! How often articles were passed on, by the day and the service.

use super::{Db, StorageError, db::args};
use crate::domain::{ArticleId, share::Service, time::Timestamp};

/// The number of a day is milliseconds divided by it, in UTC.
fn day(at: Timestamp) -> i64 {
    at.0.div_euclid(Timestamp::DAY)
}

/// Adds clicks to the day of `now`. Articles that are no more are left out.
/// No line in `changes`: no page shows them.
pub async fn add(db: &Db, clicks: &[((ArticleId, Service), i64)], now: Timestamp) -> Result<(), StorageError> {
    const SQL: &str = "INSERT INTO shares (day, article, service, clicks) \
         SELECT CAST($1 AS BIGINT), a.id, CAST($3 AS TEXT), CAST($4 AS BIGINT) FROM articles a WHERE a.id = $2 \
         ON CONFLICT (day, article, service) DO UPDATE SET clicks = shares.clicks + excluded.clicks";
    if clicks.is_empty() {
        return Ok(());
    }
    let mut act = db.begin().await?;
    for ((article, service), count) in clicks {
        act.run(SQL, args![day(now), article.0, service.as_str(), *count]).await?;
    }
    act.commit(now).await
}

/// What was passed on since a moment's day: the most shared articles with their clicks by
/// service, in no order.
pub async fn since(db: &Db, since: Timestamp, most: i64) -> Result<Vec<(ArticleId, Service, i64)>, StorageError> {
    const SQL: &str = "SELECT article, service, CAST(SUM(clicks) AS BIGINT) FROM shares WHERE day >= $1 AND article IN \
         (SELECT article FROM shares WHERE day >= $1 GROUP BY article ORDER BY SUM(clicks) DESC, article DESC LIMIT $2) \
         GROUP BY article, service";
    let rows: Vec<(i64, String, i64)> = db.all(SQL, args![day(since), most]).await?;
    rows.into_iter()
        .map(|(article, service, clicks)| {
            Ok((ArticleId(article), service.parse().map_err(StorageError::stored)?, clicks))
        })
        .collect()
}
