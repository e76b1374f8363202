//! Pages beside the news.

use super::{
    Db, StorageError,
    articles::{Body, Saved},
    db::args,
    from_json, redirects, to_json,
};
use crate::domain::{PageId, article::Status, change::Noun, page::Page, slug::Slug, time::Timestamp};
use serde::{Deserialize, Serialize};

/// What a save writes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// Its address is `/{slug}`.
    pub slug: Slug,
    /// Heading.
    pub title: String,
    /// Under the heading.
    pub standfirst: String,
    /// The text.
    pub body: Body,
    /// Whether readers see it.
    pub status: Status,
    /// When the text changed last.
    pub updated: Timestamp,
    /// Where an importer has it from.
    pub key: Option<String>,
}

#[derive(sqlx::FromRow)]
struct PageRow {
    id: i64,
    slug: String,
    title: String,
    standfirst: String,
    body: String,
    status: String,
    updated: i64,
}

impl TryFrom<PageRow> for Page {
    type Error = StorageError;

    fn try_from(row: PageRow) -> Result<Self, StorageError> {
        Ok(Page {
            id: PageId(row.id),
            slug: row.slug.parse().map_err(StorageError::stored)?,
            title: row.title,
            standfirst: row.standfirst,
            body: row.body,
            status: row.status.parse().map_err(StorageError::stored)?,
            updated: Timestamp(row.updated),
        })
    }
}

/// A page by address, whatever its status.
pub async fn by_slug(db: &Db, slug: &Slug) -> Result<Option<Page>, StorageError> {
    const SQL: &str = "SELECT id, slug, title, standfirst, body, status, updated FROM pages WHERE slug = $1";
    let row: Option<PageRow> = db.optional(SQL, args![slug.as_str()]).await?;
    row.map(Page::try_from).transpose()
}

/// Titles of the pages with these slugs, in the order asked for; unknown and
/// unseen ones are left out.
pub async fn titles(db: &Db, slugs: &[Slug]) -> Result<Vec<(Slug, String)>, StorageError> {
    let rows: Vec<(String, String)> =
        db.all("SELECT slug, title FROM pages WHERE status = 'published' ORDER BY slug LIMIT 1000", args![]).await?;
    Ok(slugs
        .iter()
        .filter_map(|slug| {
            let (_, title) = rows.iter().find(|(known, _)| known == slug.as_str())?;
            Some((slug.clone(), title.clone()))
        })
        .collect())
}

/// The page that an importer brought under this key.
pub async fn slug_of_key(db: &Db, key: &str) -> Result<Option<Slug>, StorageError> {
    let row: Option<(String,)> = db.optional("SELECT slug FROM pages WHERE source = $1", args![key]).await?;
    row.map(|(slug,)| slug.parse().map_err(StorageError::stored)).transpose()
}

/// Moves a page to a status; its revision is kept. Answers whether there is such a page.
pub async fn set_status(db: &Db, slug: &Slug, status: Status, now: Timestamp) -> Result<bool, StorageError> {
    let mut act = db.begin().await?;
    let row: Option<(i64,)> = act.optional("SELECT id FROM pages WHERE slug = $1", args![slug.as_str()]).await?;
    let Some((id,)) = row else { return Ok(false) };
    let values = args![status.as_str(), now, id];
    act.run("UPDATE pages SET status = $1, saved = $2 WHERE id = $3", values).await?;
    const LAST: &str = "SELECT snapshot FROM revisions WHERE noun = 'page' AND item = $1 ORDER BY id DESC LIMIT 1";
    let last: Option<(String,)> = act.optional(LAST, args![id]).await?;
    if let Some((last,)) = last {
        let draft = Draft { status, ..from_json(&last)? };
        const KEEP: &str = "INSERT INTO revisions (noun, item, saved, snapshot) VALUES ('page', $1, $2, $3)";
        act.run(KEEP, args![id, now, to_json(&draft)?]).await?;
    }
    act.changed(Noun::Page, id);
    act.commit(now).await?;
    Ok(true)
}

/// Saves a page with a revision; the same one is what has the same key, or
/// without a key the same slug. A changed address leaves a redirect behind.
pub async fn save(db: &Db, draft: &Draft, now: Timestamp) -> Result<(PageId, Saved), StorageError> {
    let mut act = db.begin().await?;
    let old: Option<(i64, String)> = match &draft.key {
        Some(key) => act.optional("SELECT id, slug FROM pages WHERE source = $1", args![key]).await?,
        None => act.optional("SELECT id, slug FROM pages WHERE slug = $1", args![draft.slug.as_str()]).await?,
    };
    const TAKEN: &str =
        "SELECT id, 'page' FROM pages WHERE slug = $1 UNION ALL SELECT id, 'section' FROM sections WHERE slug = $1";
    let taken: Vec<(i64, String)> = act.all(TAKEN, args![draft.slug.as_str()]).await?;
    if taken.iter().any(|(id, noun)| noun == "section" || old.as_ref().is_none_or(|o| o.0 != *id)) {
        return Err(StorageError::Taken(draft.slug.to_string()));
    }
    let snapshot = to_json(draft)?;
    if let Some((id, _)) = &old {
        let last: Option<(String,)> = act
            .optional(
                "SELECT snapshot FROM revisions WHERE noun = 'page' AND item = $1 ORDER BY id DESC LIMIT 1",
                args![*id],
            )
            .await?;
        if last.is_some_and(|(last,)| last == snapshot) {
            return Ok((PageId(*id), Saved::Same));
        }
    }
    const INSERT: &str = "INSERT INTO pages (slug, title, standfirst, body, body_source, body_format, cleaner, status, updated, saved, source) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id";
    const UPDATE: &str = "UPDATE pages SET slug = $1, title = $2, standfirst = $3, body = $4, body_source = $5, body_format = $6, \
         cleaner = $7, status = $8, updated = $9, saved = $10, source = $11 WHERE id = $12 RETURNING id";
    let mut values = args![
        draft.slug.as_str(),
        &draft.title,
        &draft.standfirst,
        &draft.body.html,
        &draft.body.source,
        &draft.body.format,
        draft.body.cleaner,
        draft.status.as_str(),
        draft.updated,
        now,
        draft.key.clone(),
    ];
    let (id,): (i64,) = match &old {
        None => act.one(INSERT, values).await?,
        Some((id, _)) => {
            values.push((*id).into());
            act.one(UPDATE, values).await?
        }
    };
    let path = format!("/{}", draft.slug);
    redirects::clear(&mut act, &path).await?;
    if let Some((_, before)) = old.as_ref().filter(|(_, before)| before != draft.slug.as_str()) {
        redirects::put(&mut act, &format!("/{before}"), Some(&path)).await?;
    }
    const KEEP: &str = "INSERT INTO revisions (noun, item, saved, snapshot) VALUES ('page', $1, $2, $3)";
    act.run(KEEP, args![id, now, snapshot]).await?;
    act.changed(Noun::Page, id);
    act.commit(now).await?;
    Ok((PageId(id), if old.is_some() { Saved::Changed } else { Saved::New }))
}
