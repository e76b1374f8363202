//! Comments. What is private (email) and what is not approved is never asked for here.

use super::{Db, StorageError, db::args};
use crate::domain::{
    CommentId,
    change::Noun,
    comment::{Comment, Subject},
    time::Timestamp,
};

/// What a save writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Under what it stands.
    pub subject: Subject,
    /// What it answers.
    pub parent: Option<CommentId>,
    /// The name it is signed with.
    pub name: String,
    /// Private.
    pub email: Option<String>,
    /// The writer's own page.
    pub url: Option<String>,
    /// The cleaned text.
    pub body: String,
    /// `approved`, `held`, `spam` or `note` (pingbacks and such).
    pub status: String,
    /// When it was written.
    pub at: Timestamp,
    /// Where an importer has it from.
    pub key: String,
}

#[derive(sqlx::FromRow)]
struct CommentRow {
    id: i64,
    parent: Option<i64>,
    name: String,
    url: Option<String>,
    body: String,
    at: i64,
}

impl From<CommentRow> for Comment {
    fn from(row: CommentRow) -> Self {
        Self {
            id: CommentId(row.id),
            parent: row.parent.map(CommentId),
            name: row.name,
            url: row.url,
            body: row.body,
            at: Timestamp(row.at),
        }
    }
}

/// The most comments that one page shows.
pub const MOST: i64 = 1_000;

/// The columns `article` and `page` of a subject.
fn columns(subject: Subject) -> (Option<i64>, Option<i64>) {
    match subject {
        Subject::Article(id) => (Some(id.0), None),
        Subject::Page(id) => (None, Some(id.0)),
    }
}

/// The approved comments of an article or page, oldest first, at most [`MOST`].
pub async fn approved(db: &Db, subject: Subject) -> Result<Vec<Comment>, StorageError> {
    const ARTICLE: &str = "SELECT id, parent, name, url, body, at FROM comments WHERE article = $1 AND status = 'approved' ORDER BY at, id LIMIT $2";
    const PAGE: &str = "SELECT id, parent, name, url, body, at FROM comments WHERE page = $1 AND status = 'approved' ORDER BY at, id LIMIT $2";
    let (sql, id) = match subject {
        Subject::Article(id) => (ARTICLE, id.0),
        Subject::Page(id) => (PAGE, id.0),
    };
    let rows: Vec<CommentRow> = db.all(sql, args![id, MOST]).await?;
    Ok(rows.into_iter().map(Comment::from).collect())
}

/// Saves a comment under its key and counts the article's anew; the same key is
/// the same comment. Answers its row, and whether anything was written.
pub async fn save(db: &Db, draft: &Draft, now: Timestamp) -> Result<(CommentId, bool), StorageError> {
    const SQL: &str = "INSERT INTO comments (article, page, parent, name, email, url, body, status, at, source) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (source) DO UPDATE SET article = excluded.article, \
         page = excluded.page, parent = excluded.parent, name = excluded.name, email = excluded.email, url = excluded.url, \
         body = excluded.body, status = excluded.status, at = excluded.at \
         WHERE COALESCE(comments.article, 0) <> COALESCE(excluded.article, 0) \
         OR COALESCE(comments.page, 0) <> COALESCE(excluded.page, 0) \
         OR COALESCE(comments.parent, 0) <> COALESCE(excluded.parent, 0) \
         OR comments.name <> excluded.name OR comments.body <> excluded.body OR comments.status <> excluded.status \
         OR comments.at <> excluded.at RETURNING id";
    let (article, page) = columns(draft.subject);
    let mut act = db.begin().await?;
    let values = args![
        article,
        page,
        draft.parent.map(|p| p.0),
        &draft.name,
        draft.email.clone(),
        draft.url.clone(),
        &draft.body,
        &draft.status,
        draft.at,
        &draft.key,
    ];
    let written: Option<(i64,)> = act.optional(SQL, values).await?;
    if let Some((id,)) = written {
        act.changed(Noun::Comment, id);
        if let Some(article) = article {
            const COUNT: &str = "UPDATE articles SET comment_count = \
                 (SELECT COUNT(*) FROM comments WHERE article = $1 AND status = 'approved') WHERE id = $1";
            act.run(COUNT, args![article]).await?;
            act.changed(Noun::Thread, article);
        }
        if let Some(page) = page {
            act.changed(Noun::Page, page);
        }
        act.commit(now).await?;
        return Ok((CommentId(id), true));
    }
    let (id,): (i64,) = act.one("SELECT id FROM comments WHERE source = $1", args![&draft.key]).await?;
    Ok((CommentId(id), false))
}
