//! How often articles are read, by the hour, whose number is
//! milliseconds divided by it.

use super::{Db, StorageError, db::args};
use crate::domain::{ArticleId, time::Timestamp};

/// Adds reads to the hour of `now`. Articles that are no more are left out.
/// No line in `changes`: what is trending is looked up by the clock.
pub async fn add(db: &Db, reads: &[(ArticleId, i64)], now: Timestamp) -> Result<(), StorageError> {
    const SQL: &str = "INSERT INTO views (hour, article, reads) SELECT CAST($1 AS BIGINT), a.id, CAST($3 AS BIGINT) FROM articles a WHERE a.id = $2 \
         ON CONFLICT (hour, article) DO UPDATE SET reads = views.reads + excluded.reads";
    if reads.is_empty() {
        return Ok(());
    }
    let mut act = db.begin().await?;
    for (article, count) in reads {
        act.run(SQL, args![now.0.div_euclid(Timestamp::HOUR), article.0, *count]).await?;
    }
    act.commit(now).await
}

/// Forgets the hours before a moment: nothing is looked up of them any more. Answers how many rows.
pub async fn forget(db: &Db, before: Timestamp, now: Timestamp) -> Result<u64, StorageError> {
    let mut act = db.begin().await?;
    let count = act.run("DELETE FROM views WHERE hour < $1", args![before.0.div_euclid(Timestamp::HOUR)]).await?;
    act.commit(now).await?;
    Ok(count)
}
