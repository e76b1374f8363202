//! Sections.

use super::{Db, StorageError, db::args, redirects};
use crate::domain::{SectionId, article::CommentPolicy, change::Noun, section::Section, slug::Slug, time::Timestamp};

/// What a save writes.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Its address is `/{slug}`.
    pub slug: Slug,
    /// Its name.
    pub name: String,
    /// Under its heading.
    pub description: String,
    /// What it is a part of.
    pub parent: Option<SectionId>,
    /// Its place in the navigation.
    pub position: Option<i64>,
    /// Where an importer has it from.
    pub key: Option<String>,
}

#[derive(sqlx::FromRow)]
struct SectionRow {
    id: i64,
    slug: String,
    name: String,
    description: String,
    parent: Option<i64>,
    position: Option<i64>,
}

impl TryFrom<SectionRow> for Section {
    type Error = StorageError;

    fn try_from(row: SectionRow) -> Result<Self, StorageError> {
        Ok(Section {
            id: SectionId(row.id),
            slug: row.slug.parse().map_err(StorageError::stored)?,
            name: row.name,
            description: row.description,
            parent: row.parent.map(SectionId),
            position: row.position,
        })
    }
}

macro_rules! sections {
    ($rest:literal) => {
        concat!("SELECT id, slug, name, description, parent, position FROM sections ", $rest)
    };
}

#[derive(sqlx::FromRow)]
struct PolicyRow {
    #[sqlx(flatten)]
    section: SectionRow,
    comment_policy: String,
}

/// All sections, those of the navigation first, with how they take comments.
pub async fn policies(db: &Db) -> Result<Vec<(Section, CommentPolicy)>, StorageError> {
    const SQL: &str = "SELECT id, slug, name, description, parent, position, comment_policy FROM sections \
         ORDER BY CASE WHEN position IS NULL THEN 1 ELSE 0 END, position, name, id";
    let rows: Vec<PolicyRow> = db.all(SQL, args![]).await?;
    let read = |row: PolicyRow| {
        let policy = row.comment_policy.parse().map_err(StorageError::stored)?;
        Ok((row.section.try_into()?, policy))
    };
    rows.into_iter().map(read).collect()
}

/// The sections of the navigation, in order.
pub async fn navigation(db: &Db) -> Result<Vec<Section>, StorageError> {
    const SQL: &str = sections!("WHERE position IS NOT NULL ORDER BY position, id");
    let rows: Vec<SectionRow> = db.all(SQL, args![]).await?;
    rows.into_iter().map(Section::try_from).collect()
}

/// A section by address.
pub async fn by_slug(db: &Db, slug: &Slug) -> Result<Option<Section>, StorageError> {
    const SQL: &str = sections!("WHERE slug = $1");
    let row: Option<SectionRow> = db.optional(SQL, args![slug.as_str()]).await?;
    row.map(Section::try_from).transpose()
}

/// Saves a section; the same one is what has the same slug. A place in the
/// navigation is kept where the draft has none; writes nothing where nothing is different.
pub async fn save(db: &Db, draft: &Draft, now: Timestamp) -> Result<SectionId, StorageError> {
    const SQL: &str = "INSERT INTO sections (slug, name, description, parent, position, source) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (slug) DO UPDATE SET name = excluded.name, description = excluded.description, parent = excluded.parent, \
         position = COALESCE(excluded.position, sections.position), source = COALESCE(excluded.source, sections.source) \
         WHERE sections.name <> excluded.name OR sections.description <> excluded.description \
         OR COALESCE(sections.parent, 0) <> COALESCE(excluded.parent, 0) \
         OR COALESCE(sections.position, -1) <> COALESCE(excluded.position, sections.position, -1) \
         OR COALESCE(sections.source, '') <> COALESCE(excluded.source, sections.source, '') RETURNING id";
    let mut act = db.begin().await?;
    let taken: Option<(i64,)> =
        act.optional("SELECT id FROM pages WHERE slug = $1", args![draft.slug.as_str()]).await?;
    if taken.is_some() {
        return Err(StorageError::Taken(draft.slug.to_string()));
    }
    let values = args![
        draft.slug.as_str(),
        &draft.name,
        &draft.description,
        draft.parent.map(|p| p.0),
        draft.position,
        draft.key.clone(),
    ];
    let written: Option<(i64,)> = act.optional(SQL, values).await?;
    if let Some((id,)) = written {
        redirects::clear(&mut act, &format!("/{}", draft.slug)).await?;
        act.changed(Noun::Section, id);
        act.commit(now).await?;
        return Ok(SectionId(id));
    }
    let (id,): (i64,) = act.one("SELECT id FROM sections WHERE slug = $1", args![draft.slug.as_str()]).await?;
    Ok(SectionId(id))
}

/// Takes every section out of the navigation that is not in the list.
pub async fn keep_in_navigation(db: &Db, slugs: &[Slug], now: Timestamp) -> Result<(), StorageError> {
    let mut act = db.begin().await?;
    let shown: Vec<(i64, String)> =
        act.all("SELECT id, slug FROM sections WHERE position IS NOT NULL", args![]).await?;
    for (id, slug) in shown {
        if !slugs.iter().any(|s| s.as_str() == slug) {
            act.run("UPDATE sections SET position = NULL WHERE id = $1", args![id]).await?;
            act.changed(Noun::Section, id);
        }
    }
    act.commit(now).await
}

/// Gives a section another address. Its articles' addresses and its own old one
/// answer with a redirect from then on.
pub async fn rename(db: &Db, from: &Slug, to: &Slug, now: Timestamp) -> Result<bool, StorageError> {
    let mut act = db.begin().await?;
    let row: Option<(i64,)> = act.optional("SELECT id FROM sections WHERE slug = $1", args![from.as_str()]).await?;
    let Some((id,)) = row else { return Ok(false) };
    const TAKEN: &str = "SELECT id FROM sections WHERE slug = $1 UNION ALL SELECT id FROM pages WHERE slug = $1";
    let taken: Option<(i64,)> = act.optional(TAKEN, args![to.as_str()]).await?;
    if taken.is_some() {
        return Err(StorageError::Taken(to.to_string()));
    }
    act.run("UPDATE sections SET slug = $1 WHERE id = $2", args![to.as_str(), id]).await?;
    // Articles need no line each: an article under a wrong section redirects anyway.
    redirects::clear(&mut act, &format!("/{to}")).await?;
    redirects::put(&mut act, &format!("/{from}"), Some(&format!("/{to}"))).await?;
    act.changed(Noun::Section, id);
    act.commit(now).await?;
    Ok(true)
}
