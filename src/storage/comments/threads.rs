//! Conversations as readers see them: approved comments without what is private, and
//! those that are gone but have answers.

use crate::domain::{
    ArticleId, CommentId, PageId,
    comment::{Badge, Comment, Order, Talk, thread},
    time::Timestamp,
};
use crate::storage::{
    Db, StorageError,
    db::{Act, args},
};
use std::collections::HashMap;

/// Threads on a page.
pub const THREADS: usize = 50;
/// Comments on a page, with their answers.
pub const COMMENTS: usize = 200;
/// Of one thread so many answers stand on a page of many; the others one link further.
pub const BRANCH: i64 = 40;

#[derive(sqlx::FromRow)]
struct CommentRow {
    id: i64,
    parent: Option<i64>,
    root: i64,
    place: i64,
    name: String,
    url: Option<String>,
    body: String,
    status: String,
    at: i64,
    edited: Option<i64>,
    badge: String,
    pinned: i64,
    recommends: i64,
    answers: i64,
}

impl From<CommentRow> for Comment {
    fn from(row: CommentRow) -> Self {
        let gone = row.status != "approved";
        let shown = |text: String| if gone { String::new() } else { text };
        Self {
            id: CommentId(row.id),
            parent: row.parent.map(CommentId),
            root: CommentId(row.root),
            place: row.place,
            name: shown(row.name),
            url: row.url.filter(|_| !gone),
            body: shown(row.body),
            at: Timestamp(row.at),
            edited: row.edited.is_some() && !gone,
            badge: if gone { Badge::None } else { Badge::of(&row.badge) },
            pinned: row.pinned > 0 && !gone,
            recommends: if gone { 0 } else { row.recommends },
            answers: row.answers,
            withdrawn: row.status == "withdrawn",
            gone,
        }
    }
}

macro_rules! shown {
    () => {
        "id, parent, root, place, name, url, body, status, at, edited, badge, pinned, recommends, answers"
    };
}

/// A comment below the first that is seen: approved, or with an approved answer to it.
macro_rules! seen {
    () => {
        "(status = 'approved' OR EXISTS (SELECT 1 FROM comments x WHERE x.parent = comments.id AND x.status = 'approved'))"
    };
}

/// The threads of an article in an order that runs by `$by`, from a place on, with the
/// first answers of each; before them, on the first page, what the editors have pinned.
macro_rules! threads {
    ($pinned:literal, $beyond:literal, $by:literal) => {
        concat!(
            "WITH tops AS (",
            $pinned,
            "SELECT id FROM (SELECT id FROM comments WHERE article = $1 AND root = id AND pinned = 0 \
             AND (status = 'approved' OR answers > 0) ",
            $beyond,
            " ORDER BY ",
            $by,
            " LIMIT 51) t) \
             SELECT * FROM (SELECT ",
            shown!(),
            " FROM comments WHERE id IN (SELECT id FROM tops)) f UNION ALL SELECT * FROM (SELECT ",
            shown!(),
            " FROM comments WHERE root IN (SELECT id FROM tops) AND id <> root AND place <= $3 AND ",
            seen!(),
            " ORDER BY place, root LIMIT $4) a"
        )
    };
}

macro_rules! first {
    ($by:literal) => {
        threads!(
            "SELECT id FROM comments WHERE article = $1 AND root = id AND pinned > 0 AND status = 'approved' UNION ALL ",
            // The place is not asked for, but each statement has the same ones.
            "AND CAST($2 AS BIGINT) = 0",
            $by
        )
    };
}

/// A page of an article's conversation, after a thread.
pub async fn of_article(
    db: &Db,
    article: ArticleId,
    order: Order,
    after: Option<CommentId>,
) -> Result<Talk, StorageError> {
    let sql = match (order, after) {
        (Order::Oldest, None) => first!("at, id"),
        (Order::Newest, None) => first!("at DESC, id DESC"),
        (Order::Best, None) => first!("recommends DESC, id DESC"),
        (Order::Oldest, Some(_)) => {
            threads!("", "AND (at, id) > (SELECT at, id FROM comments WHERE id = $2)", "at, id")
        }
        (Order::Newest, Some(_)) => {
            threads!("", "AND (at, id) < (SELECT at, id FROM comments WHERE id = $2)", "at DESC, id DESC")
        }
        (Order::Best, Some(_)) => threads!(
            "",
            "AND (recommends, id) < (SELECT recommends, id FROM comments WHERE id = $2)",
            "recommends DESC, id DESC"
        ),
    };
    let most = i64::try_from(COMMENTS - THREADS).unwrap_or(i64::MAX);
    let values = args![article.0, after.map_or(0, |id| id.0), BRANCH + 1, most];
    let rows: Vec<CommentRow> = db.all(sql, values).await?;
    Ok(talk(rows.into_iter().map(Comment::from).collect(), order))
}

/// Brings what was found into the order in which it was asked for.
fn talk(mut comments: Vec<Comment>, order: Order) -> Talk {
    comments.sort_by_key(|comment| {
        let first = comment.id == comment.root;
        let by = match order {
            _ if !first => (comment.place, comment.id.0),
            Order::Oldest => (comment.at.0, comment.id.0),
            Order::Newest => (-comment.at.0, -comment.id.0),
            Order::Best => (-comment.recommends, -comment.id.0),
        };
        (!first, !comment.pinned, by)
    });
    let ordered: Vec<CommentId> = comments.iter().filter(|c| c.id == c.root && !c.pinned).map(|c| c.id).collect();
    let more = (ordered.len() > THREADS).then(|| ordered[THREADS - 1]);
    if more.is_some() {
        let beyond = ordered[THREADS];
        comments.retain(|comment| comment.root != beyond);
    }
    let mut missing: HashMap<CommentId, i64> =
        comments.iter().filter(|c| c.id == c.root).map(|c| (c.id, c.answers)).collect();
    for comment in comments.iter().filter(|c| c.id != c.root && !c.gone) {
        *missing.entry(comment.root).or_default() -= 1;
    }
    let mut folded: Vec<(CommentId, i64)> = missing.into_iter().filter(|(_, count)| *count > 0).collect();
    folded.sort();
    Talk { thread: thread(comments), more, next: None, folded }
}

/// One thread of an article, from after a place on; nothing where readers see none.
pub async fn one(db: &Db, article: ArticleId, root: CommentId, after: i64) -> Result<Talk, StorageError> {
    const SQL: &str = concat!(
        "SELECT ",
        shown!(),
        " FROM comments WHERE id = $2 AND root = id AND article = $1 AND (status = 'approved' OR answers > 0) \
         UNION ALL SELECT * FROM (SELECT ",
        shown!(),
        " FROM comments WHERE root = $2 AND id <> root AND article = $1 AND place > $3 AND ",
        seen!(),
        " ORDER BY place LIMIT $4) a"
    );
    let most = i64::try_from(COMMENTS).unwrap_or(i64::MAX);
    let rows: Vec<CommentRow> = db.all(SQL, args![article.0, root.0, after, most]).await?;
    let mut comments: Vec<Comment> = rows.into_iter().map(Comment::from).collect();
    let mut next = None;
    if comments.len() > COMMENTS {
        comments.truncate(COMMENTS);
        next = comments.last().map(|comment| comment.place);
    }
    Ok(Talk { thread: thread(comments), next, ..Talk::default() })
}

/// All approved comments of a page beside the news, which came with an archive: at most 500.
pub async fn of_page(db: &Db, page: PageId) -> Result<Talk, StorageError> {
    const SQL: &str = concat!(
        "SELECT ",
        shown!(),
        " FROM comments WHERE page = $1 AND status = 'approved' ORDER BY at, id LIMIT 500"
    );
    let rows: Vec<CommentRow> = db.all(SQL, args![page.0]).await?;
    Ok(Talk { thread: thread(rows.into_iter().map(Comment::from).collect()), ..Talk::default() })
}

/// The newest comments of an article, for feed readers.
pub async fn newest(db: &Db, article: ArticleId, most: i64) -> Result<Vec<Comment>, StorageError> {
    const SQL: &str = concat!(
        "SELECT ",
        shown!(),
        " FROM comments WHERE article = $1 AND status = 'approved' ORDER BY at DESC, id DESC LIMIT $2"
    );
    let rows: Vec<CommentRow> = db.all(SQL, args![article.0, most]).await?;
    Ok(rows.into_iter().map(Comment::from).collect())
}

/// One comment of an article as readers see it.
pub async fn shown(db: &Db, article: ArticleId, id: CommentId) -> Result<Option<Comment>, StorageError> {
    const SQL: &str =
        concat!("SELECT ", shown!(), " FROM comments WHERE id = $1 AND article = $2 AND status = 'approved'");
    let row: Option<CommentRow> = db.optional(SQL, args![id.0, article.0]).await?;
    Ok(row.map(Comment::from))
}

/// The first comment of the thread in which a comment stands, and its place there.
pub async fn whereabouts(db: &Db, id: CommentId) -> Result<Option<(CommentId, i64)>, StorageError> {
    let row: Option<(i64, i64)> =
        db.optional("SELECT root, place FROM comments WHERE id = $1 AND root IS NOT NULL", args![id.0]).await?;
    Ok(row.map(|(root, place)| (CommentId(root), place)))
}

/// What happened to a comment, as a live stream tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The row of `changes`: later ones have greater numbers.
    pub change: i64,
    /// Under which article.
    pub article: ArticleId,
    /// Which comment.
    pub id: CommentId,
    /// The comment as it is now; gone where readers don't see it.
    pub comment: Comment,
    /// How many comments the article has.
    pub count: i64,
}

#[derive(sqlx::FromRow)]
struct EventRow {
    change: i64,
    subject: i64,
    count: i64,
    #[sqlx(flatten)]
    comment: CommentRow,
}

/// What happened to comments on articles after a change, up to another: the last of
/// each comment. One article's, or (with none) all.
pub async fn events(
    db: &Db,
    article: Option<ArticleId>,
    after: i64,
    to: i64,
    most: i64,
) -> Result<Vec<Event>, StorageError> {
    // The noun stands in the statement: an index of comments alone is taken for no placeholder.
    const SQL: &str = "SELECT n.change, c.article AS subject, a.comment_count AS count, \
         c.id, c.parent, c.root, c.place, c.name, c.url, c.body, c.status, c.at, c.edited, c.badge, c.pinned, \
         c.recommends, c.answers FROM (SELECT item, MAX(id) AS change FROM changes WHERE id > $1 AND id <= $2 \
         AND noun = 'comment' GROUP BY item) n JOIN comments c ON c.id = n.item JOIN articles a ON a.id = c.article \
         WHERE (CAST($3 AS BIGINT) = 0 OR c.article = $3) ORDER BY n.change LIMIT $4";
    let values = args![after, to, article.map_or(0, |id| id.0), most];
    let rows: Vec<EventRow> = db.all(SQL, values).await?;
    Ok(rows
        .into_iter()
        .map(|row| Event {
            change: row.change,
            article: ArticleId(row.subject),
            id: CommentId(row.comment.id),
            count: row.count,
            comment: row.comment.into(),
        })
        .collect())
}

/// Gives every comment that has none its thread and its place: those of an older
/// version's back-up. The same statements as in the migration.
pub(in crate::storage) async fn settle_all(act: &mut Act) -> Result<(), StorageError> {
    const SETTLE: [&str; 4] = [
        "WITH RECURSIVE tree (id, root) AS (SELECT id, id FROM comments WHERE parent IS NULL \
         UNION ALL SELECT c.id, t.root FROM comments c JOIN tree t ON c.parent = t.id) \
         UPDATE comments SET root = tree.root FROM tree WHERE tree.id = comments.id",
        "UPDATE comments SET root = id WHERE root IS NULL",
        "UPDATE comments SET place = o.place FROM (SELECT id, ROW_NUMBER() OVER (PARTITION BY root ORDER BY at, id) \
         AS place FROM comments) o WHERE o.id = comments.id",
        "UPDATE comments SET answers = o.answers FROM (SELECT root, COUNT(*) AS answers FROM comments \
         WHERE status = 'approved' AND id <> root GROUP BY root) o WHERE o.root = comments.id",
    ];
    let lost: Option<(i64,)> = act.optional("SELECT id FROM comments WHERE root IS NULL LIMIT 1", args![]).await?;
    if lost.is_some() {
        for sql in SETTLE {
            act.run(sql, args![]).await?;
        }
    }
    Ok(())
}
