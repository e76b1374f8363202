//! What readers make of comments: recommendations and reports, one per person each.

use super::told;
use crate::domain::{CommentId, time::Timestamp};
use crate::storage::{Db, StorageError, db::args};

/// Recommends a comment that readers see, or takes it back where the person has; answers
/// the number of recommendations and whether the person's is among them.
pub async fn recommend(
    db: &Db,
    id: CommentId,
    person: &str,
    now: Timestamp,
) -> Result<Option<(i64, bool)>, StorageError> {
    const PUT: &str =
        "INSERT INTO recommends (comment, person, at) VALUES ($1, $2, $3) ON CONFLICT (comment, person) DO NOTHING";
    const COUNT: &str = "UPDATE comments SET recommends = (SELECT COUNT(*) FROM recommends WHERE comment = $1) \
         WHERE id = $1 RETURNING recommends, article, page";
    let mut act = db.begin().await?;
    let seen: Option<(i64,)> =
        act.optional("SELECT id FROM comments WHERE id = $1 AND status = 'approved'", args![id.0]).await?;
    if seen.is_none() {
        return Ok(None);
    }
    let new = act.run(PUT, args![id.0, person, now]).await? > 0;
    if !new {
        act.run("DELETE FROM recommends WHERE comment = $1 AND person = $2", args![id.0, person]).await?;
    }
    let (count, article, page): (i64, Option<i64>, Option<i64>) = act.one(COUNT, args![id.0]).await?;
    told(&mut act, id.0, article, page).await?;
    act.commit(now).await?;
    Ok(Some((count, new)))
}

/// What became of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reported {
    /// It is stored.
    Taken,
    /// There is no such comment for readers.
    NoComment,
    /// The person has made as many as are taken.
    TooMany,
}

/// Reports a comment that readers see, unless the person has made `most` reports since a moment;
/// a person's second report changes its words.
pub async fn report(
    db: &Db,
    id: CommentId,
    person: &str,
    (reason, words): (&str, &str),
    (since, most): (Timestamp, i64),
    now: Timestamp,
) -> Result<Reported, StorageError> {
    const MADE: &str = "SELECT COUNT(*) FROM reports WHERE person = $1 AND at > $2";
    const PUT: &str = "INSERT INTO reports (comment, person, at, reason, words) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (comment, person) DO UPDATE SET reason = excluded.reason, words = excluded.words";
    const COUNT: &str = "UPDATE comments SET reports = (SELECT COUNT(*) FROM reports WHERE comment = $1 AND settled IS NULL) \
         WHERE id = $1 AND status = 'approved' RETURNING id";
    let mut act = db.begin().await?;
    let seen: Option<(i64,)> =
        act.optional("SELECT id FROM comments WHERE id = $1 AND status = 'approved'", args![id.0]).await?;
    if seen.is_none() {
        return Ok(Reported::NoComment);
    }
    // Of many that are sent at once, one after the other is counted.
    act.serialize(&[&format!("reports of {person}")]).await?;
    let (made,): (i64,) = act.one(MADE, args![person, since]).await?;
    if made >= most {
        return Ok(Reported::TooMany);
    }
    act.run(PUT, args![id.0, person, now, reason, words]).await?;
    act.run(COUNT, args![id.0]).await?;
    act.commit(now).await?;
    Ok(Reported::Taken)
}
