//! Topics.

use super::{Db, StorageError, db::args};
use crate::domain::{TopicId, change::Noun, slug::Slug, time::Timestamp, topic::Topic};

/// What a save writes.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Its address is `/topic/{slug}`.
    pub slug: Slug,
    /// Its name.
    pub name: String,
    /// Under its heading.
    pub description: String,
    /// Its place in the topic bar.
    pub bar_position: Option<i64>,
    /// Where an importer has it from.
    pub key: Option<String>,
}

#[derive(sqlx::FromRow)]
struct TopicRow {
    id: i64,
    slug: String,
    name: String,
    description: String,
    bar_position: Option<i64>,
}

impl TryFrom<TopicRow> for Topic {
    type Error = StorageError;

    fn try_from(row: TopicRow) -> Result<Self, StorageError> {
        Ok(Topic {
            id: TopicId(row.id),
            slug: row.slug.parse().map_err(StorageError::stored)?,
            name: row.name,
            description: row.description,
            bar_position: row.bar_position,
        })
    }
}

macro_rules! topics {
    ($rest:literal) => {
        concat!("SELECT t.id, t.slug, t.name, t.description, t.bar_position FROM topics t ", $rest)
    };
}

/// The topics of the bar, in order.
pub async fn bar(db: &Db) -> Result<Vec<Topic>, StorageError> {
    const SQL: &str = topics!("WHERE t.bar_position IS NOT NULL ORDER BY t.bar_position, t.id LIMIT 8");
    let rows: Vec<TopicRow> = db.all(SQL, args![]).await?;
    rows.into_iter().map(Topic::try_from).collect()
}

/// Topics out of a JSON array of `[id, slug, name, description, bar_position]`.
pub(super) fn of_json(text: &str) -> Result<Vec<Topic>, StorageError> {
    let rows: Vec<(i64, Slug, String, String, Option<i64>)> = super::from_json(text)?;
    let topics = rows.into_iter().map(|(id, slug, name, description, bar_position)| Topic {
        id: TopicId(id),
        slug,
        name,
        description,
        bar_position,
    });
    Ok(topics.collect())
}

/// A topic by address.
pub async fn by_slug(db: &Db, slug: &Slug) -> Result<Option<Topic>, StorageError> {
    const SQL: &str = topics!("WHERE t.slug = $1");
    let row: Option<TopicRow> = db.optional(SQL, args![slug.as_str()]).await?;
    row.map(Topic::try_from).transpose()
}

/// Saves a topic; the same one is what has the same slug. A place in the bar is
/// kept where the draft has none; writes nothing where nothing is different.
pub async fn save(db: &Db, draft: &Draft, now: Timestamp) -> Result<TopicId, StorageError> {
    const SQL: &str = "INSERT INTO topics (slug, name, description, bar_position, source) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (slug) DO UPDATE SET name = excluded.name, description = excluded.description, \
         bar_position = COALESCE(excluded.bar_position, topics.bar_position), source = COALESCE(excluded.source, topics.source) \
         WHERE topics.name <> excluded.name OR topics.description <> excluded.description \
         OR COALESCE(topics.bar_position, -1) <> COALESCE(excluded.bar_position, topics.bar_position, -1) \
         OR COALESCE(topics.source, '') <> COALESCE(excluded.source, topics.source, '') RETURNING id";
    let mut act = db.begin().await?;
    let values = args![draft.slug.as_str(), &draft.name, &draft.description, draft.bar_position, draft.key.clone()];
    let written: Option<(i64,)> = act.optional(SQL, values).await?;
    if let Some((id,)) = written {
        act.changed(Noun::Topic, id);
        act.commit(now).await?;
        return Ok(TopicId(id));
    }
    let (id,): (i64,) = act.one("SELECT id FROM topics WHERE slug = $1", args![draft.slug.as_str()]).await?;
    Ok(TopicId(id))
}

/// Takes every topic out of the bar that is not in the list.
pub async fn keep_in_bar(db: &Db, slugs: &[Slug], now: Timestamp) -> Result<(), StorageError> {
    let mut act = db.begin().await?;
    let shown: Vec<(i64, String)> =
        act.all("SELECT id, slug FROM topics WHERE bar_position IS NOT NULL", args![]).await?;
    for (id, slug) in shown {
        if !slugs.iter().any(|s| s.as_str() == slug) {
            act.run("UPDATE topics SET bar_position = NULL WHERE id = $1", args![id]).await?;
            act.changed(Noun::Topic, id);
        }
    }
    act.commit(now).await
}
