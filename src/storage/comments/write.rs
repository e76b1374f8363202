//! Comments as they are written. What readers see of them is asked for in `threads`,
//! what the newsroom does about them in `moderation`.

use crate::domain::{
    AccountId, ArticleId, CommentId,
    change::Noun,
    comment::{Badge, Subject},
    names::stored_names,
    slug::Slug,
    time::Timestamp,
};
use crate::storage::{
    Db, StorageError,
    db::{Act, args},
};

/// What an import writes.
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

fn columns(subject: Subject) -> (Option<i64>, Option<i64>) {
    match subject {
        Subject::Article(id) => (Some(id.0), None),
        Subject::Page(id) => (None, Some(id.0)),
    }
}

/// Saves a comment under its key and counts the article's anew; the same key is
/// the same comment. What the newsroom has decided about since stays as it is. Answers its row, and whether anything was written.
pub async fn save(db: &Db, draft: &Draft, now: Timestamp) -> Result<(CommentId, bool), StorageError> {
    const SQL: &str = "INSERT INTO comments (article, page, parent, name, email, url, body, status, at, source) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (source) DO UPDATE SET article = excluded.article, \
         page = excluded.page, parent = excluded.parent, name = excluded.name, email = excluded.email, url = excluded.url, \
         body = excluded.body, status = excluded.status, at = excluded.at \
         WHERE (COALESCE(comments.article, 0) <> COALESCE(excluded.article, 0) \
         OR COALESCE(comments.page, 0) <> COALESCE(excluded.page, 0) \
         OR COALESCE(comments.parent, 0) <> COALESCE(excluded.parent, 0) \
         OR comments.name <> excluded.name OR comments.body <> excluded.body OR comments.status <> excluded.status \
         OR comments.at <> excluded.at) \
         AND NOT EXISTS (SELECT 1 FROM moderations m WHERE m.comment = comments.id) RETURNING id";
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
        settle(&mut act, id, draft.parent.map(|p| p.0)).await?;
        told(&mut act, id, article, page).await?;
        act.commit(now).await?;
        return Ok((CommentId(id), true));
    }
    let (id,): (i64,) = act.one("SELECT id FROM comments WHERE source = $1", args![&draft.key]).await?;
    Ok((CommentId(id), false))
}

/// Gives a comment its thread and its place in it: after all that are there.
async fn settle(act: &mut Act, id: i64, parent: Option<i64>) -> Result<(), StorageError> {
    const ROOT: &str =
        "UPDATE comments SET root = COALESCE((SELECT root FROM comments WHERE id = $1), $2) WHERE id = $2";
    const PLACE: &str = "UPDATE comments SET place = 1 + (SELECT COALESCE(MAX(o.place), 0) FROM comments o \
         WHERE o.root = comments.root AND o.id <> comments.id) WHERE id = $1";
    act.run(ROOT, args![parent, id]).await?;
    act.run(PLACE, args![id]).await?;
    Ok(())
}

/// Counts anew what a comment is counted in, and tells that its conversation has changed.
pub(in crate::storage) async fn told(
    act: &mut Act,
    id: i64,
    article: Option<i64>,
    page: Option<i64>,
) -> Result<(), StorageError> {
    const ANSWERS: &str = "UPDATE comments SET answers = (SELECT COUNT(*) FROM comments c WHERE c.root = comments.id \
         AND c.id <> comments.id AND c.status = 'approved') WHERE id = (SELECT root FROM comments WHERE id = $1)";
    const COUNT: &str = "UPDATE articles SET comment_count = \
         (SELECT COUNT(*) FROM comments WHERE article = $1 AND status = 'approved') WHERE id = $1";
    act.run(ANSWERS, args![id]).await?;
    act.changed(Noun::Comment, id);
    if let Some(article) = article {
        act.run(COUNT, args![article]).await?;
        act.changed(Noun::Thread, article);
    }
    if let Some(page) = page {
        act.changed(Noun::Page, page);
    }
    Ok(())
}

stored_names! {
    /// How a comment stands.
    State {
        /// Readers see it.
        Approved = "approved",
        /// An editor reads it first.
        Held = "held",
        /// An editor has refused it.
        Rejected = "rejected",
        /// The filter or an editor took it for spam.
        Spam = "spam",
        /// Its writer has taken it back.
        Withdrawn = "withdrawn",
    }
}

impl State {
    /// The state of a stored name; held, for what nobody knows.
    pub fn of(name: &str) -> Self {
        name.parse().unwrap_or(Self::Held)
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
    /// Private: the browser's name for itself.
    pub agent: String,
    /// What the filter found, as JSON.
    pub findings: String,
    /// Whose account.
    pub account: Option<AccountId>,
    /// Whose browser: a hash.
    pub writer: String,
    /// Who stands beside the name.
    pub badge: Badge,
    /// Its writer wants to hear of answers.
    pub notify: bool,
}

/// What became of a new comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Posted {
    /// It is stored, now or since the ticket was used before.
    Here(CommentId, State),
    /// What it answers is not there for readers.
    NoParent,
    /// The article is not there for readers any more.
    NoArticle,
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
    let row: Option<StateRow> = db.optional(BY_TICKET, args![ticket]).await?;
    Ok(row.map(Into::into))
}

const BY_TICKET: &str = "SELECT id, status FROM comments WHERE ticket = $1";

/// What must still hold when a comment is stored: how much came from its address since a moment,
/// and whether the same words were posted since another.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// From when on its address' comments count.
    pub since: Timestamp,
    /// From when on the same words are a repetition.
    pub said_since: Timestamp,
}

/// Stores a reader's comment, once for each ticket, if the article and what it answers are still
/// there at this moment, and `refuse` has nothing against what came from its address meanwhile:
/// of many that are sent at once, one after the other is looked at.
pub async fn post<R>(
    db: &Db,
    new: &New,
    pace: Pace,
    now: Timestamp,
    refuse: impl FnOnce(History, bool) -> Option<R>,
) -> Result<Result<Posted, R>, StorageError> {
    const OPEN: &str = "SELECT id FROM articles WHERE id = $1 AND comment_policy NOT IN ('closed', 'hidden') \
         AND status IN ('published', 'scheduled') AND published <= $2";
    const PARENT: &str = "SELECT id FROM comments WHERE id = $1 AND article = $2 AND status = 'approved'";
    const SQL: &str = "INSERT INTO comments (article, parent, name, email, body, words, status, at, ticket, address, agent, \
         findings, account, writer, badge, notify) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) \
         ON CONFLICT (ticket) DO NOTHING RETURNING id";
    let mut act = db.begin().await?;
    // Those of one address and of one text wait for each other.
    act.serialize(&[&format!("comment of {}", new.address), &format!("comment {}", new.words)]).await?;
    let used: Option<StateRow> = act.optional(BY_TICKET, args![&new.ticket]).await?;
    if let Some(row) = used {
        let (id, state) = row.into();
        return Ok(Ok(Posted::Here(id, state)));
    }
    let person = args![&new.address, pace.since, None::<i64>, ""];
    let history = of_row(act.one(HISTORY, person).await?);
    let said: Option<(i64,)> = act.optional(SAID, args![pace.said_since, &new.words]).await?;
    if let Some(refusal) = refuse(history, said.is_some()) {
        return Ok(Err(refusal));
    }
    let open: Option<(i64,)> = act.optional(OPEN, args![new.article.0, now]).await?;
    if open.is_none() {
        return Ok(Ok(Posted::NoArticle));
    }
    if let Some(parent) = new.parent {
        let there: Option<(i64,)> = act.optional(PARENT, args![parent.0, new.article.0]).await?;
        if there.is_none() {
            return Ok(Ok(Posted::NoParent));
        }
    }
    let parent = new.parent.map(|parent| parent.0);
    let values = args![
        new.article.0,
        parent,
        &new.name,
        &new.email,
        &new.body,
        &new.words,
        new.state.as_str(),
        now,
        &new.ticket,
        &new.address,
        &new.agent,
        &new.findings,
        new.account.map(|account| account.0),
        &new.writer,
        new.badge.as_str(),
        new.notify,
    ];
    let written: Option<(i64,)> = act.optional(SQL, values).await?;
    let Some((id,)) = written else {
        drop(act);
        let known = by_ticket(db, &new.ticket).await?;
        let (id, state) = known.ok_or_else(|| StorageError::stored("a ticket without its comment"))?;
        return Ok(Ok(Posted::Here(id, state)));
    };
    settle(&mut act, id, parent).await?;
    if new.state == State::Approved {
        told(&mut act, id, Some(new.article.0), None).await?;
    } else {
        act.changed(Noun::Comment, id);
    }
    act.commit(now).await?;
    Ok(Ok(Posted::Here(CommentId(id), new.state)))
}

/// What is known of whoever writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// The last comment from the address since then.
    pub last: Option<Timestamp>,
    /// How many came from the address since then.
    pub count: i64,
    /// How many of the account or the browser were approved, ever.
    pub approved: i64,
}

/// Somebody who writes, by what is proven: an address on the network, an account, a browser whose
/// cookie was signed by us. An email or a name that somebody typed proves nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Person<'a> {
    /// From where; empty for unknown.
    pub address: &'a str,
    /// Signed in as.
    pub account: Option<i64>,
    /// The hash of the browser's number; empty where it brought none.
    pub writer: &'a str,
}

/// The history of an address since a moment, and of an account or a browser.
pub async fn history(db: &Db, person: Person<'_>, since: Timestamp) -> Result<History, StorageError> {
    let row = db.one(HISTORY, args![person.address, since, person.account, person.writer]).await?;
    Ok(of_row(row))
}

const HISTORY: &str = "SELECT (SELECT COUNT(*) FROM comments WHERE address = $1 AND address <> '' AND at > $2), \
     (SELECT COALESCE(MAX(at), 0) FROM comments WHERE address = $1 AND address <> '' AND at > $2), \
     (SELECT COUNT(*) FROM comments WHERE status = 'approved' AND (account = CAST($3 AS BIGINT) OR (writer = $4 AND writer <> '')))";

fn of_row((count, last, approved): (i64, i64, i64)) -> History {
    History { last: (count > 0).then_some(Timestamp(last)), count, approved }
}

const SAID: &str = "SELECT id FROM comments WHERE at > $1 AND words = $2 LIMIT 1";

/// Whether the same words were posted since a moment, by anybody.
pub async fn said_since(db: &Db, words: &str, since: Timestamp) -> Result<bool, StorageError> {
    let row: Option<(i64,)> = db.optional(SAID, args![since, words]).await?;
    Ok(row.is_some())
}

#[derive(sqlx::FromRow)]
struct PlaceRow {
    article: i64,
    section: String,
    slug: String,
    root: i64,
    place: i64,
}

/// Where readers see a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The article.
    pub article: ArticleId,
    /// Its section.
    pub section: Slug,
    /// Its slug.
    pub slug: Slug,
    /// The first comment of its thread.
    pub root: CommentId,
    /// Its place in the thread.
    pub place: i64,
}

/// The place of a comment that readers see.
pub async fn place(db: &Db, id: CommentId, now: Timestamp) -> Result<Option<Place>, StorageError> {
    const SQL: &str = "SELECT c.article, s.slug AS section, a.slug, c.root, c.place \
         FROM comments c JOIN articles a ON a.id = c.article JOIN sections s ON s.id = a.section \
         WHERE c.id = $1 AND c.status = 'approved' AND a.comment_policy <> 'hidden' \
         AND a.status IN ('published', 'scheduled') AND a.published <= $2";
    let row: Option<PlaceRow> = db.optional(SQL, args![id.0, now]).await?;
    let Some(row) = row else { return Ok(None) };
    let read = |text: String| text.parse().map_err(StorageError::stored);
    Ok(Some(Place {
        article: ArticleId(row.article),
        section: read(row.section)?,
        slug: read(row.slug)?,
        root: CommentId(row.root),
        place: row.place,
    }))
}
