//! Comments as their writers know them: how they stand, their words changed, what their
//! writers left forgotten.

use super::{State, told};
use crate::domain::{CommentId, time::Timestamp};
use crate::storage::{Db, StorageError, db::args};

/// A comment as its writer and the program know it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Own {
    /// Its row.
    pub id: i64,
    /// Under which article; none for what stands under a page.
    pub article: Option<i64>,
    /// What it answers.
    pub parent: Option<i64>,
    /// The slug of its article; empty where it stands under a page.
    pub slug: String,
    /// The name it is signed with.
    pub name: String,
    /// Private; empty for none.
    pub email: String,
    /// As it was written.
    pub words: String,
    /// How it stands.
    pub status: String,
    /// When, UTC milliseconds.
    pub at: i64,
    /// Whose account.
    pub account: Option<i64>,
    /// Whose browser.
    pub writer: String,
    /// What the filter found, as JSON.
    pub findings: String,
    /// Its writer wants to hear of answers.
    pub notify: bool,
}

/// One comment, however it stands.
pub async fn own(db: &Db, id: CommentId) -> Result<Option<Own>, StorageError> {
    const SQL: &str = "SELECT c.id, c.article, c.parent, COALESCE(a.slug, '') AS slug, c.name, COALESCE(c.email, '') AS email, \
         c.words, c.status, c.at, c.account, c.writer, c.findings, c.notify <> 0 AS notify \
         FROM comments c LEFT JOIN articles a ON a.id = c.article WHERE c.id = $1";
    db.optional(SQL, args![id.0]).await
}

/// A writer's change of words, with what the filter says of them; in the record as the
/// writer's. Answers whether the comment was still the one it was at `status`.
pub async fn edit(
    db: &Db,
    own: &Own,
    (words, body): (&str, &str),
    (state, findings): (State, &str),
    now: Timestamp,
) -> Result<bool, StorageError> {
    const SQL: &str = "UPDATE comments SET words = $1, body = $2, status = $3, findings = $4, edited = $5 \
         WHERE id = $6 AND status = $7 RETURNING id";
    const NOTE: &str =
        "INSERT INTO moderations (comment, at, actor, act, before) VALUES ($1, $2, 'writer', 'edited', $3)";
    let mut act = db.begin().await?;
    let values = args![words, body, state.as_str(), findings, now, own.id, &own.status];
    let row: Option<(i64,)> = act.optional(SQL, values).await?;
    if row.is_none() {
        return Ok(false);
    }
    act.run(NOTE, args![own.id, now, &own.status]).await?;
    told(&mut act, own.id, own.article, None).await?;
    act.commit(now).await?;
    Ok(true)
}

/// Forgets emails and addresses of guests older than a moment; answers of how many.
pub async fn forget_guests(db: &Db, before: Timestamp, now: Timestamp) -> Result<u64, StorageError> {
    const SQL: &str = "UPDATE comments SET email = NULL, address = '', agent = '', notify = 0 WHERE account IS NULL AND at < $1 \
         AND (email IS NOT NULL OR address <> '' OR agent <> '')";
    let mut act = db.begin().await?;
    let count = act.run(SQL, args![before]).await?;
    act.commit(now).await?;
    Ok(count)
}

/// The writer of a comment wants to hear no more of answers.
pub async fn stop_notices(db: &Db, id: CommentId, now: Timestamp) -> Result<(), StorageError> {
    let mut act = db.begin().await?;
    act.run("UPDATE comments SET notify = 0 WHERE id = $1", args![id.0]).await?;
    act.commit(now).await
}
