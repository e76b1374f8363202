//! Articles as the search index takes them: what readers may see, with all its names.

use super::{Db, StorageError, db::args, places};
use crate::domain::{ArticleId, change::Noun, time::Timestamp};
use sqlx::AssertSqlSafe;
use std::collections::HashMap;

/// An article's words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// Its row.
    pub id: i64,
    /// Headline.
    pub title: String,
    /// Summary.
    pub standfirst: String,
    /// The body, as HTML.
    pub body: String,
    /// First publication, in UTC milliseconds.
    pub published: i64,
    /// Row and name.
    pub section: (i64, String),
    /// Rows and names.
    pub authors: Vec<(i64, String)>,
    /// Rows and names.
    pub topics: Vec<(i64, String)>,
}

#[derive(sqlx::FromRow)]
struct TextRow {
    id: i64,
    title: String,
    standfirst: String,
    body: String,
    published: i64,
    section: i64,
    name: String,
}

macro_rules! texts {
    ($where:literal) => {
        concat!(
            "SELECT a.id, a.title, a.standfirst, a.body, a.published, a.section, s.name FROM articles a \
             JOIN sections s ON s.id = a.section WHERE a.status IN ('published', 'scheduled') AND a.published <= $1 AND ",
            $where
        )
    };
}

/// The next articles after a row, in the order of their rows.
pub async fn after(db: &Db, row: i64, most: i64, now: Timestamp) -> Result<Vec<Text>, StorageError> {
    let rows = db.all(texts!("a.id > $2 ORDER BY a.id LIMIT $3"), args![now, row, most]).await?;
    named(db, rows).await
}

/// Those of some articles that readers may see.
pub async fn of(db: &Db, articles: &[i64], now: Timestamp) -> Result<Vec<Text>, StorageError> {
    if articles.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!("{}a.id IN ({})", texts!(""), places(2, articles.len()));
    let mut values = args![now];
    values.extend(articles.iter().map(|id| (*id).into()));
    named(db, db.all(AssertSqlSafe(sql), values).await?).await
}

async fn named(db: &Db, rows: Vec<TextRow>) -> Result<Vec<Text>, StorageError> {
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let mut authors = names(db, "article_authors x JOIN authors n ON n.id = x.author", &ids).await?;
    let mut topics = names(db, "article_topics x JOIN topics n ON n.id = x.topic", &ids).await?;
    Ok(rows
        .into_iter()
        .map(|TextRow { id, title, standfirst, body, published, section, name }| Text {
            id,
            title,
            standfirst,
            body,
            published,
            section: (section, name),
            authors: authors.remove(&id).unwrap_or_default(),
            topics: topics.remove(&id).unwrap_or_default(),
        })
        .collect())
}

async fn names(db: &Db, from: &str, articles: &[i64]) -> Result<HashMap<i64, Vec<(i64, String)>>, StorageError> {
    let mut names: HashMap<i64, Vec<(i64, String)>> = HashMap::new();
    if articles.is_empty() {
        return Ok(names);
    }
    let sql = format!(
        "SELECT x.article, n.id, n.name FROM {from} WHERE x.article IN ({}) ORDER BY x.article, x.position",
        places(1, articles.len())
    );
    let values = articles.iter().map(|id| (*id).into()).collect();
    let rows: Vec<(i64, i64, String)> = db.all(AssertSqlSafe(sql), values).await?;
    for (article, id, name) in rows {
        names.entry(article).or_default().push((id, name));
    }
    Ok(names)
}

/// What readers wrote under some articles: their texts, the newest first, at most 500 of
/// each.
pub async fn comments(db: &Db, articles: &[i64]) -> Result<HashMap<i64, Vec<String>>, StorageError> {
    let mut comments: HashMap<i64, Vec<String>> = HashMap::new();
    if articles.is_empty() {
        return Ok(comments);
    }
    let sql = format!(
        "SELECT article, body FROM (SELECT article, body, ROW_NUMBER() OVER (PARTITION BY article ORDER BY at DESC, id DESC) \
         AS place FROM comments WHERE status = 'approved' AND article IN ({})) c WHERE place <= 500 ORDER BY article, place",
        places(1, articles.len())
    );
    let values = articles.iter().map(|id| (*id).into()).collect();
    let rows: Vec<(i64, String)> = db.all(AssertSqlSafe(sql), values).await?;
    for (article, body) in rows {
        comments.entry(article).or_default().push(body);
    }
    Ok(comments)
}

/// The articles that carry the name of a section, topic or author.
pub async fn naming(db: &Db, noun: Noun, row: i64) -> Result<Vec<ArticleId>, StorageError> {
    let sql = match noun {
        Noun::Section => "SELECT id FROM articles WHERE section = $1",
        Noun::Topic => "SELECT article FROM article_topics WHERE topic = $1",
        Noun::Author => "SELECT article FROM article_authors WHERE author = $1",
        _ => return Ok(Vec::new()),
    };
    let rows: Vec<(i64,)> = db.all(sql, args![row]).await?;
    Ok(rows.into_iter().map(|(id,)| ArticleId(id)).collect())
}

/// Address and name of some sections, authors or topics.
pub async fn shelves(db: &Db, noun: Noun, rows: &[i64]) -> Result<HashMap<i64, (String, String)>, StorageError> {
    let table = match noun {
        Noun::Section => "sections",
        Noun::Author => "authors",
        Noun::Topic => "topics",
        _ => return Ok(HashMap::new()),
    };
    if rows.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = format!("SELECT id, slug, name FROM {table} WHERE id IN ({})", places(1, rows.len()));
    let values = rows.iter().map(|id| (*id).into()).collect();
    let found: Vec<(i64, String, String)> = db.all(AssertSqlSafe(sql), values).await?;
    Ok(found.into_iter().map(|(id, slug, name)| (id, (slug, name))).collect())
}
