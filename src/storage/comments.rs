//! Comments. What readers see is asked for without what is private (email, address)
//! and without what is not approved; the newsroom's questions have types of their own.

use super::{
    Db, StorageError,
    db::{Act, args},
};
use crate::domain::{
    ArticleId, CommentId,
    change::Noun,
    comment::{Comment, Subject},
    slug::Slug,
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
            count(&mut act, article).await?;
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

/// Counts an article's comments anew, and tells that its conversation has changed.
async fn count(act: &mut Act, article: i64) -> Result<(), StorageError> {
    const COUNT: &str = "UPDATE articles SET comment_count = \
         (SELECT COUNT(*) FROM comments WHERE article = $1 AND status = 'approved') WHERE id = $1";
    act.run(COUNT, args![article]).await?;
    act.changed(Noun::Thread, article);
    Ok(())
}

/// How a comment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Readers see it.
    Approved,
    /// An editor reads it first.
    Held,
    /// An editor has refused it.
    Rejected,
    /// The filter or an editor took it for spam.
    Spam,
}

impl State {
    const NAMES: [(State, &str); 4] =
        [(State::Approved, "approved"), (State::Held, "held"), (State::Rejected, "rejected"), (State::Spam, "spam")];

    /// The name under which it is stored.
    pub fn as_str(self) -> &'static str {
        Self::NAMES.iter().find(|(state, _)| *state == self).map_or("held", |(_, name)| name)
    }

    fn of(name: &str) -> Self {
        Self::NAMES.iter().find(|(_, n)| *n == name).map_or(State::Held, |(state, _)| *state)
    }
}

/// A comment that a reader posts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct New {
    /// Under which article.
    pub article: ArticleId,
    /// What it answers.
    pub parent: Option<CommentId>,
    /// The name it is signed with.
    pub name: String,
    /// Private.
    pub email: String,
    /// The cleaned text.
    pub body: String,
    /// As it was written.
    pub words: String,
    /// What the filter says.
    pub state: State,
    /// The number of its form, used once.
    pub ticket: String,
    /// Private: from where, an address or the first half of one.
    pub address: String,
    /// What the filter found, as JSON.
    pub findings: String,
}

/// What became of a new comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Posted {
    /// It is stored, now or since the ticket was used before.
    Here(CommentId, State),
    /// What it answers is not there for readers.
    NoParent,
    /// The article takes no comments.
    Closed,
}

#[derive(sqlx::FromRow)]
struct StateRow {
    id: i64,
    status: String,
}

impl From<StateRow> for (CommentId, State) {
    fn from(row: StateRow) -> Self {
        (CommentId(row.id), State::of(&row.status))
    }
}

/// The comment that a form's number was used for.
pub async fn by_ticket(db: &Db, ticket: &str) -> Result<Option<(CommentId, State)>, StorageError> {
    let row: Option<StateRow> = db.optional("SELECT id, status FROM comments WHERE ticket = $1", args![ticket]).await?;
    Ok(row.map(Into::into))
}

/// Stores a reader's comment, once for each ticket, if the article and what it
/// answers are still there at this moment.
pub async fn post(db: &Db, new: &New, now: Timestamp) -> Result<Posted, StorageError> {
    const OPEN: &str = "SELECT id FROM articles WHERE id = $1 AND comment_policy = 'open' \
         AND status IN ('published', 'scheduled') AND published <= $2";
    const PARENT: &str = "SELECT id FROM comments WHERE id = $1 AND article = $2 AND status = 'approved'";
    const SQL: &str = "INSERT INTO comments (article, parent, name, email, body, words, status, at, ticket, address, findings) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (ticket) DO NOTHING RETURNING id";
    let mut act = db.begin().await?;
    let open: Option<(i64,)> = act.optional(OPEN, args![new.article.0, now]).await?;
    if open.is_none() {
        return Ok(Posted::Closed);
    }
    if let Some(parent) = new.parent {
        let there: Option<(i64,)> = act.optional(PARENT, args![parent.0, new.article.0]).await?;
        if there.is_none() {
            return Ok(Posted::NoParent);
        }
    }
    let values = args![
        new.article.0,
        new.parent.map(|parent| parent.0),
        &new.name,
        &new.email,
        &new.body,
        &new.words,
        new.state.as_str(),
        now,
        &new.ticket,
        &new.address,
        &new.findings,
    ];
    let written: Option<(i64,)> = act.optional(SQL, values).await?;
    let Some((id,)) = written else {
        drop(act);
        let known = by_ticket(db, &new.ticket).await?;
        let (id, state) = known.ok_or_else(|| StorageError::stored("a ticket without its comment"))?;
        return Ok(Posted::Here(id, state));
    };
    act.changed(Noun::Comment, id);
    if new.state == State::Approved {
        count(&mut act, new.article.0).await?;
    }
    act.commit(now).await?;
    Ok(Posted::Here(CommentId(id), new.state))
}

/// What is known of whoever writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// The last comment from the address since then.
    pub last: Option<Timestamp>,
    /// How many came from the address since then.
    pub count: i64,
    /// How many under the email were approved, ever.
    pub approved: i64,
}

/// The history of an address (nothing for an unknown one) since a moment, and of an email.
pub async fn history(db: &Db, address: &str, email: &str, since: Timestamp) -> Result<History, StorageError> {
    const ADDRESS: &str =
        "SELECT COUNT(*), COALESCE(MAX(at), 0) FROM comments WHERE address = $1 AND address <> '' AND at > $2";
    const EMAIL: &str = "SELECT COUNT(*) FROM comments WHERE email = $1 AND status = 'approved'";
    let (count, last): (i64, i64) = db.one(ADDRESS, args![address, since]).await?;
    let (approved,): (i64,) = db.one(EMAIL, args![email]).await?;
    Ok(History { last: (count > 0).then_some(Timestamp(last)), count, approved })
}

/// Whether the same words were posted since a moment, by anybody.
pub async fn said_since(db: &Db, words: &str, since: Timestamp) -> Result<bool, StorageError> {
    const SQL: &str = "SELECT id FROM comments WHERE at > $1 AND words = $2 LIMIT 1";
    let row: Option<(i64,)> = db.optional(SQL, args![since, words]).await?;
    Ok(row.is_some())
}

/// One approved comment of an article.
pub async fn shown(db: &Db, article: ArticleId, id: CommentId) -> Result<Option<Comment>, StorageError> {
    const SQL: &str =
        "SELECT id, parent, name, url, body, at FROM comments WHERE id = $1 AND article = $2 AND status = 'approved'";
    let row: Option<CommentRow> = db.optional(SQL, args![id.0, article.0]).await?;
    Ok(row.map(Comment::from))
}

#[derive(sqlx::FromRow)]
struct PlaceRow {
    section: String,
    slug: String,
}

/// Section and slug of the article under which readers see a comment.
pub async fn place(db: &Db, id: CommentId, now: Timestamp) -> Result<Option<(Slug, Slug)>, StorageError> {
    const SQL: &str = "SELECT s.slug AS section, a.slug FROM comments c JOIN articles a ON a.id = c.article \
         JOIN sections s ON s.id = a.section WHERE c.id = $1 AND c.status = 'approved' AND a.comment_policy <> 'hidden' \
         AND a.status IN ('published', 'scheduled') AND a.published <= $2";
    let row: Option<PlaceRow> = db.optional(SQL, args![id.0, now]).await?;
    let Some(row) = row else { return Ok(None) };
    let read = |text: String| text.parse().map_err(StorageError::stored);
    Ok(Some((read(row.section)?, read(row.slug)?)))
}

/// Decides about a comment; the record says who did. Answers whether it is known.
pub async fn decide(db: &Db, id: CommentId, state: State, actor: &str, now: Timestamp) -> Result<bool, StorageError> {
    const SQL: &str = "UPDATE comments SET status = $1 WHERE id = $2 AND status <> $1 RETURNING article, page";
    const NOTE: &str = "INSERT INTO moderations (comment, at, actor, act) VALUES ($1, $2, $3, $4)";
    let mut act = db.begin().await?;
    let row: Option<(Option<i64>, Option<i64>)> = act.optional(SQL, args![state.as_str(), id.0]).await?;
    let Some((article, page)) = row else {
        let known: Option<(i64,)> = act.optional("SELECT id FROM comments WHERE id = $1", args![id.0]).await?;
        return Ok(known.is_some());
    };
    act.run(NOTE, args![id.0, now, actor, state.as_str()]).await?;
    act.changed(Noun::Comment, id.0);
    if let Some(article) = article {
        count(&mut act, article).await?;
    }
    if let Some(page) = page {
        act.changed(Noun::Page, page);
    }
    act.commit(now).await?;
    Ok(true)
}

/// What was decided about a comment, in order: when, by whom, what.
pub async fn record(db: &Db, id: CommentId) -> Result<Vec<(Timestamp, String, String)>, StorageError> {
    const SQL: &str = "SELECT at, actor, act FROM moderations WHERE comment = $1 ORDER BY id";
    let rows: Vec<(i64, String, String)> = db.all(SQL, args![id.0]).await?;
    Ok(rows.into_iter().map(|(at, actor, act)| (Timestamp(at), actor, act)).collect())
}

/// A comment as those see it who decide about it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Waiting {
    /// Its row.
    pub id: i64,
    /// The slug of its article; empty where it stands under a page.
    pub slug: String,
    /// The name it is signed with.
    pub name: String,
    /// Private.
    pub email: String,
    /// As it was written; the cleaned text, where it came with an archive.
    pub words: String,
    /// When, UTC milliseconds.
    pub at: i64,
    /// What the filter found, as JSON.
    pub findings: String,
}

/// Comments in a state, oldest first.
pub async fn queue(db: &Db, state: State, most: i64) -> Result<Vec<Waiting>, StorageError> {
    const SQL: &str = "SELECT c.id, COALESCE(a.slug, '') AS slug, c.name, COALESCE(c.email, '') AS email, \
         CASE WHEN c.words = '' THEN c.body ELSE c.words END AS words, c.at, c.findings \
         FROM comments c LEFT JOIN articles a ON a.id = c.article WHERE c.status = $1 ORDER BY c.at, c.id LIMIT $2";
    db.all(SQL, args![state.as_str(), most]).await
}
