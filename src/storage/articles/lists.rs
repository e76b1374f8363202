//! Lists of articles as readers see them. Each runs along one index, by keyset.

use crate::domain::{
    ArticleId, AuthorId, MediaId, SectionId, TopicId,
    article::Titles,
    author::Byline,
    listing::{Cursor, Listing, Summary, Window},
    media::Picture,
    time::Timestamp,
};
use crate::storage::{Db, StorageError, db::args, places};
use sqlx::AssertSqlSafe;
use std::collections::HashMap;

/// What is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    /// Everything.
    News,
    /// One section.
    Section(SectionId),
    /// One topic.
    Topic(TopicId),
    /// One author.
    Author(AuthorId),
}

/// From the first moment until before the second; `now` is the latest end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first moment in it.
    pub from: Timestamp,
    /// The first moment no more in it.
    pub until: Timestamp,
}

impl Span {
    /// All that may be seen at this moment.
    pub fn until(now: Timestamp) -> Self {
        Self { from: Timestamp(i64::MIN), until: now.plus(1) }
    }
}

/// The columns of [`PictureRow`], of `media` as `m`.
macro_rules! picture_columns {
    () => {
        "m.id AS media, m.file, m.width, m.height, m.alt, m.caption, m.credit, m.ready, m.focus"
    };
}
pub(in crate::storage) use picture_columns;

/// The columns of a card, in the order of [`SummaryRow`].
macro_rules! summaries {
    ($from:literal, $($rest:tt)+) => {
        concat!(
            "SELECT a.id, a.slug, a.kind, a.title, a.titles, a.standfirst, a.published, s.slug AS section_slug, ",
            "s.name AS section_name, ",
            $crate::storage::articles::lists::picture_columns!(),
            " FROM ",
            $from,
            " JOIN sections s ON s.id = a.section LEFT JOIN media m ON m.id = a.media ",
            $($rest)+
        )
    };
}

#[derive(sqlx::FromRow)]
pub(in crate::storage) struct PictureRow {
    pub media: Option<i64>,
    pub file: Option<String>,
    pub width: Option<i64>,
    pub height: Option<i64>,
    pub alt: Option<String>,
    pub caption: Option<String>,
    pub credit: Option<String>,
    pub ready: Option<String>,
    pub focus: Option<String>,
}

impl From<PictureRow> for Option<Picture> {
    fn from(row: PictureRow) -> Self {
        Some(Picture {
            id: MediaId(row.media?),
            file: row.file?,
            width: row.width?,
            height: row.height?,
            alt: row.alt?,
            caption: row.caption?,
            credit: row.credit?,
            ready: row.ready.as_deref().unwrap_or_default().into(),
            focus: row.focus.and_then(|focus| focus.parse().ok()),
        })
    }
}

#[derive(sqlx::FromRow)]
struct SummaryRow {
    id: i64,
    slug: String,
    kind: String,
    title: String,
    titles: String,
    standfirst: String,
    published: i64,
    section_slug: String,
    section_name: String,
    #[sqlx(flatten)]
    picture: PictureRow,
}

impl TryFrom<SummaryRow> for Summary {
    type Error = StorageError;

    fn try_from(row: SummaryRow) -> Result<Self, StorageError> {
        let titles: Titles = crate::storage::from_json(&row.titles)?;
        Ok(Summary {
            id: ArticleId(row.id),
            slug: row.slug.parse().map_err(StorageError::stored)?,
            section: (row.section_slug.parse().map_err(StorageError::stored)?, row.section_name),
            kind: row.kind.parse().map_err(StorageError::stored)?,
            title: titles.card.unwrap_or(row.title),
            standfirst: row.standfirst,
            published: Timestamp(row.published),
            picture: row.picture.into(),
            authors: Vec::new(),
        })
    }
}

fn summaries(rows: Vec<SummaryRow>) -> Result<Vec<Summary>, StorageError> {
    rows.into_iter().map(Summary::try_from).collect()
}

/// The two directions of each list; `$1` the shelf's row, `$2` and `$3` the
/// span, `$4` and `$5` the place to start from, `$6` how many.
macro_rules! both_ways {
    ($from:literal, $time:literal, $row:literal, $where:literal) => {
        (
            summaries!(
                $from,
                concat!(
                    "WHERE ",
                    $where,
                    " AND ",
                    $time,
                    " >= $2 AND ",
                    $time,
                    " < $3 AND (",
                    $time,
                    ", ",
                    $row,
                    ") < ($4, $5) ORDER BY ",
                    $time,
                    " DESC, ",
                    $row,
                    " DESC LIMIT $6"
                )
            ),
            summaries!(
                $from,
                concat!(
                    "WHERE ",
                    $where,
                    " AND ",
                    $time,
                    " >= $2 AND ",
                    $time,
                    " < $3 AND (",
                    $time,
                    ", ",
                    $row,
                    ") > ($4, $5) ORDER BY ",
                    $time,
                    ", ",
                    $row,
                    " LIMIT $6"
                )
            ),
        )
    };
}

/// One page of a list, without bylines.
pub async fn page(db: &Db, shelf: Shelf, span: Span, window: Window, size: usize) -> Result<Listing, StorageError> {
    let (row, (older, newer)) = match shelf {
        // `$1` has to stand in the statement; 0 is no article's row.
        Shelf::News => (
            0,
            both_ways!("articles a", "a.published", "a.id", "a.id <> $1 AND a.status IN ('published', 'scheduled')"),
        ),
        Shelf::Section(id) => (
            id.0,
            both_ways!(
                "articles a",
                "a.published",
                "a.id",
                "a.section = $1 AND a.status IN ('published', 'scheduled')"
            ),
        ),
        Shelf::Topic(id) => (
            id.0,
            both_ways!(
                "article_topics t JOIN articles a ON a.id = t.article",
                "t.published",
                "t.article",
                "t.topic = $1 AND t.seen = 1"
            ),
        ),
        Shelf::Author(id) => (
            id.0,
            both_ways!(
                "article_authors t JOIN articles a ON a.id = t.article",
                "t.published",
                "t.article",
                "t.author = $1 AND t.seen = 1"
            ),
        ),
    };
    let (sql, from) = match window {
        Window::Newest => (older, Cursor { at: Timestamp(i64::MAX), id: ArticleId(i64::MAX) }),
        Window::Before(cursor) => (older, cursor),
        Window::After(cursor) => (newer, cursor),
    };
    let limit = i64::try_from(size + 1).unwrap_or(i64::MAX);
    let rows = db.all(sql, args![row, span.from, span.until, from.at, from.id.0, limit]).await?;
    Ok(Listing::of(summaries(rows)?, window, size))
}

/// The newest moment before `until` at which something on the shelf was
/// published: the stepping stone from month to month.
pub async fn newest_before(db: &Db, shelf: Shelf, until: Timestamp) -> Result<Option<Timestamp>, StorageError> {
    let span = Span { from: Timestamp(i64::MIN), until };
    Ok(page(db, shelf, span, Window::Newest, 1).await?.items.first().map(|s| s.published))
}

/// How picks are asked for. By its sum `published` is no way in: a planner without
/// statistics took its index, and read a whole archive to find five articles.
pub const PICKS: &str = summaries!(
    "articles a",
    "WHERE a.pick IS NOT NULL AND a.status IN ('published', 'scheduled') AND a.published + 0 <= $1 \
     ORDER BY a.pick, a.published DESC, a.id DESC LIMIT $2"
);

/// The editors' picks in their order.
pub async fn picks(db: &Db, now: Timestamp, size: i64) -> Result<Vec<Summary>, StorageError> {
    summaries(db.all(PICKS, args![now, size]).await?)
}

/// The most read lately: reads of an hour weigh less the longer ago it was,
/// falling in a straight line to nothing at the hour `since`.
pub async fn most_read(db: &Db, since: i64, now: Timestamp, size: i64) -> Result<Vec<Summary>, StorageError> {
    const SQL: &str = summaries!(
        "(SELECT article, CAST(SUM(reads * (hour - $1)) AS BIGINT) AS weight FROM views WHERE hour > $1 GROUP BY article) v \
         JOIN articles a ON a.id = v.article",
        "WHERE a.status IN ('published', 'scheduled') AND a.published <= $2 ORDER BY v.weight DESC, a.id DESC LIMIT $3"
    );
    summaries(db.all(SQL, args![since, now, size]).await?)
}

/// Articles beside this one: first those that share topics with it, then those
/// of its section, then any, each the newest first. At most `size` of each topic
/// are looked at, so that a topic of a million articles costs no more.
pub async fn related(
    db: &Db,
    article: ArticleId,
    section: SectionId,
    topics: &[TopicId],
    now: Timestamp,
    size: usize,
) -> Result<Vec<Summary>, StorageError> {
    const FOUND: &str = summaries!(
        "related r JOIN articles a ON a.id = r.article",
        "ORDER BY r.rank, a.published DESC, a.id DESC LIMIT $3"
    );
    const SEEN: &str = "status IN ('published', 'scheduled') AND published <= $1 AND id <> $2";
    // One arm a shelf: each runs along its index and stops at its limit.
    let of_topic = |n: usize| {
        let shelf =
            format!("article_topics WHERE topic = ${} AND seen = 1 AND published <= $1 AND article <> $2", n + 5);
        format!(
            "SELECT article, 0 AS rank FROM (SELECT article FROM {shelf} ORDER BY published DESC, article DESC LIMIT $3) t{n}"
        )
    };
    let of_articles = |rank: usize, shelf: &str| {
        let shelf = format!("articles WHERE {shelf}{SEEN} ORDER BY published DESC, id DESC LIMIT $3");
        format!("SELECT id AS article, {rank} AS rank FROM (SELECT id FROM {shelf}) a{rank}")
    };
    let arms: Vec<String> =
        (0..topics.len()).map(of_topic).chain([of_articles(1, "section = $4 AND "), of_articles(2, "")]).collect();
    let arms = arms.join(" UNION ALL ");
    let sql =
        format!("WITH related AS (SELECT article, MIN(rank) AS rank FROM ({arms}) arms GROUP BY article) {FOUND}");
    let mut values = args![now, article.0, i64::try_from(size).unwrap_or(i64::MAX), section.0];
    values.extend(topics.iter().map(|t| t.0.into()));
    summaries(db.all(AssertSqlSafe(sql), values).await?)
}

/// The cards of some articles, in no order; those that readers may not see are left out.
pub async fn of(db: &Db, articles: &[i64], now: Timestamp) -> Result<Vec<Summary>, StorageError> {
    if articles.is_empty() {
        return Ok(Vec::new());
    }
    const OF: &str =
        summaries!("articles a", "WHERE a.status IN ('published', 'scheduled') AND a.published <= $1 AND a.id IN ");
    let mut values = args![now];
    values.extend(articles.iter().map(|id| (*id).into()));
    summaries(db.all(AssertSqlSafe(format!("{OF}({})", places(2, articles.len()))), values).await?)
}

/// Articles that came out in a span of time, the newest first.
pub async fn within(db: &Db, span: Span, size: i64) -> Result<Vec<Summary>, StorageError> {
    const SQL: &str = summaries!(
        "articles a",
        "WHERE a.status IN ('published', 'scheduled') AND a.published >= $1 AND a.published < $2 \
         ORDER BY a.published DESC, a.id DESC LIMIT $3"
    );
    summaries(db.all(SQL, args![span.from, span.until, size]).await?)
}

/// The texts of some articles, and when each changed last for readers.
pub async fn texts(
    db: &Db,
    items: &[Summary],
) -> Result<HashMap<ArticleId, (String, Option<Timestamp>)>, StorageError> {
    if items.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = format!("SELECT id, body, updated FROM articles WHERE id IN ({})", places(1, items.len()));
    let values = items.iter().map(|item| item.id.0.into()).collect();
    let rows: Vec<(i64, String, Option<i64>)> = db.all(AssertSqlSafe(sql), values).await?;
    Ok(rows.into_iter().map(|(id, body, at)| (ArticleId(id), (body, at.map(Timestamp)))).collect())
}

/// Fills in the bylines of a list, with one statement.
pub async fn add_bylines(db: &Db, items: &mut [Summary]) -> Result<(), StorageError> {
    if items.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "SELECT aa.article, u.slug, u.name FROM article_authors aa JOIN authors u ON u.id = aa.author \
         WHERE aa.article IN ({}) ORDER BY aa.article, aa.position",
        places(1, items.len())
    );
    let values = items.iter().map(|item| item.id.0.into()).collect();
    let rows: Vec<(i64, String, String)> = db.all(AssertSqlSafe(sql), values).await?;
    let mut bylines: HashMap<i64, Vec<Byline>> = HashMap::new();
    for (article, slug, name) in rows {
        let slug = slug.parse().map_err(StorageError::stored)?;
        bylines.entry(article).or_default().push(Byline { slug, name });
    }
    for item in items {
        item.authors = bylines.remove(&item.id.0).unwrap_or_default();
    }
    Ok(())
}
