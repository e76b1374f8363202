//! What the comment filter has learnt, and what it is tried on.

use crate::domain::{CommentId, time::Timestamp};
use crate::storage::{
    Db, StorageError,
    db::{Arg, args},
    places,
};
use sqlx::AssertSqlSafe;
use std::collections::HashMap;

/// In how many good and bad comments a word stood.
pub type Weights = HashMap<String, (i64, i64)>;

/// The weights of some words; the empty one counts the comments.
pub async fn weights(db: &Db, words: &[String]) -> Result<Weights, StorageError> {
    let mut found = Weights::new();
    for some in words.chunks(500) {
        let sql = format!("SELECT word, good, bad FROM filter_words WHERE word IN ({})", places(1, some.len()));
        let values = some.iter().map(Arg::from).collect();
        let rows: Vec<(String, i64, i64)> = db.all(AssertSqlSafe(sql), values).await?;
        found.extend(rows.into_iter().map(|(word, good, bad)| (word, (good, bad))));
    }
    Ok(found)
}

/// Learns that a comment with these words was good or bad, once: what was learnt of it
/// before is taken back. `None` only takes back.
pub async fn learn(
    db: &Db,
    id: CommentId,
    words: &[String],
    good: Option<bool>,
    now: Timestamp,
) -> Result<(), StorageError> {
    const MARK: &str = "UPDATE comments SET trained = $1 WHERE id = $2";
    const PUT: &str = "INSERT INTO filter_words (word, good, bad) VALUES ($1, $2, $3) ON CONFLICT (word) DO UPDATE SET \
         good = filter_words.good + excluded.good, bad = filter_words.bad + excluded.bad";
    let name = match good {
        Some(true) => "good",
        Some(false) => "bad",
        None => "",
    };
    let mut act = db.begin().await?;
    let before: Option<(String,)> = act.optional("SELECT trained FROM comments WHERE id = $1", args![id.0]).await?;
    let Some((before,)) = before.filter(|(before,)| before != name) else { return Ok(()) };
    let weigh = |which: &str| i64::from(name == which) - i64::from(before == which);
    act.run(MARK, args![name, id.0]).await?;
    for word in words.iter().map(String::as_str).chain([""]) {
        act.run(PUT, args![word, weigh("good"), weigh("bad")]).await?;
    }
    act.commit(now).await
}

/// Forgets words of which all that was learnt was taken back; answers how many.
pub async fn forget_unlearnt(db: &Db, now: Timestamp) -> Result<u64, StorageError> {
    let mut act = db.begin().await?;
    let count = act.run("DELETE FROM filter_words WHERE good = 0 AND bad = 0 AND word <> ''", args![]).await?;
    act.commit(now).await?;
    Ok(count)
}

/// A comment on which changed rules are tried.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Tried {
    /// Its row.
    pub id: i64,
    /// Whose, by account or browser; empty for nobody's.
    pub writer: String,
    /// As it was written.
    pub words: String,
    /// How it stands.
    pub status: String,
    /// The filter's findings at the time, as JSON.
    pub findings: String,
    /// It stands under somebody's name of the newsroom.
    pub badge: String,
}

/// The last comments that were written here, the oldest of them first.
pub async fn last(db: &Db, most: i64) -> Result<Vec<Tried>, StorageError> {
    const SQL: &str = "SELECT id, CASE WHEN account IS NULL THEN writer ELSE 'account:' || CAST(account AS TEXT) END AS writer, words, status, findings, badge FROM comments \
         WHERE words <> '' ORDER BY id DESC LIMIT $1";
    let mut rows: Vec<Tried> = db.all(SQL, args![most]).await?;
    rows.reverse();
    Ok(rows)
}
