//! Authors. Their email addresses never leave this file but for exports.

use super::{Db, StorageError, articles::lists::PictureRow, db::args, from_json, to_json};
use crate::domain::{
    ArticleId, AuthorId, MediaId, author::Author, change::Noun, edition::Link, slug::Slug, time::Timestamp,
};

/// What a save writes.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The address is `/author/{slug}`.
    pub slug: Slug,
    /// The name in bylines.
    pub name: String,
    /// What the author does here.
    pub role: String,
    /// Plain text.
    pub bio: String,
    /// Private.
    pub email: Option<String>,
    /// Portrait.
    pub picture: Option<MediaId>,
    /// Pages elsewhere.
    pub links: Vec<Link>,
    /// Place on the Staff page; `None` is not on it.
    pub position: Option<i64>,
    /// Where an importer has it from.
    pub key: Option<String>,
}

#[derive(sqlx::FromRow)]
struct AuthorRow {
    id: i64,
    slug: String,
    name: String,
    role: String,
    bio: String,
    links: String,
    #[sqlx(flatten)]
    picture: PictureRow,
}

impl TryFrom<AuthorRow> for Author {
    type Error = StorageError;

    fn try_from(row: AuthorRow) -> Result<Self, StorageError> {
        Ok(Author {
            id: AuthorId(row.id),
            slug: row.slug.parse().map_err(StorageError::stored)?,
            name: row.name,
            role: row.role,
            bio: row.bio,
            picture: row.picture.into(),
            links: from_json(&row.links)?,
        })
    }
}

macro_rules! authors {
    ($rest:literal) => {
        concat!(
            "SELECT u.id, u.slug, u.name, u.role, u.bio, u.links, ",
            $crate::storage::articles::lists::picture_columns!(),
            " FROM authors u LEFT JOIN media m ON m.id = u.media ",
            $rest
        )
    };
}

/// The authors of an article, in the order of its byline.
pub async fn of_article(db: &Db, article: ArticleId) -> Result<Vec<Author>, StorageError> {
    const SQL: &str =
        authors!("JOIN article_authors aa ON aa.author = u.id WHERE aa.article = $1 ORDER BY aa.position");
    let rows: Vec<AuthorRow> = db.all(SQL, args![article.0]).await?;
    rows.into_iter().map(Author::try_from).collect()
}

/// An author by address.
pub async fn by_slug(db: &Db, slug: &Slug) -> Result<Option<Author>, StorageError> {
    const SQL: &str = authors!("WHERE u.slug = $1");
    let row: Option<AuthorRow> = db.optional(SQL, args![slug.as_str()]).await?;
    row.map(Author::try_from).transpose()
}

/// Who stands on the Staff page, in order.
pub async fn staff(db: &Db) -> Result<Vec<Author>, StorageError> {
    const SQL: &str = authors!("WHERE u.position IS NOT NULL ORDER BY u.position, u.id LIMIT 500");
    let rows: Vec<AuthorRow> = db.all(SQL, args![]).await?;
    rows.into_iter().map(Author::try_from).collect()
}

/// The author that an importer brought under this key.
pub async fn id_of_key(db: &Db, key: &str) -> Result<Option<(AuthorId, Slug)>, StorageError> {
    let row: Option<(i64, String)> = db.optional("SELECT id, slug FROM authors WHERE source = $1", args![key]).await?;
    row.map(|(id, slug)| Ok((AuthorId(id), slug.parse().map_err(StorageError::stored)?))).transpose()
}

/// Saves an author; the same one is who has the same slug. Writes nothing where
/// nothing is different.
pub async fn save(db: &Db, draft: &Draft, now: Timestamp) -> Result<AuthorId, StorageError> {
    // The comparison keeps a second import from stirring up every page.
    const SQL: &str = "INSERT INTO authors (slug, name, role, bio, email, media, links, position, source) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (slug) DO UPDATE SET name = excluded.name, role = excluded.role, \
         bio = excluded.bio, email = excluded.email, media = excluded.media, links = excluded.links, position = excluded.position, \
         source = COALESCE(excluded.source, authors.source) \
         WHERE authors.name <> excluded.name OR authors.role <> excluded.role OR authors.bio <> excluded.bio \
         OR COALESCE(authors.email, '') <> COALESCE(excluded.email, '') OR COALESCE(authors.media, 0) <> COALESCE(excluded.media, 0) \
         OR authors.links <> excluded.links OR COALESCE(authors.position, -1) <> COALESCE(excluded.position, -1) \
         OR COALESCE(authors.source, '') <> COALESCE(excluded.source, authors.source, '') RETURNING id";
    let mut act = db.begin().await?;
    let values = args![
        draft.slug.as_str(),
        &draft.name,
        &draft.role,
        &draft.bio,
        draft.email.clone(),
        draft.picture.map(|p| p.0),
        to_json(&draft.links)?,
        draft.position,
        draft.key.clone(),
    ];
    let written: Option<(i64,)> = act.optional(SQL, values).await?;
    if let Some((id,)) = written {
        act.changed(Noun::Author, id);
        act.commit(now).await?;
        return Ok(AuthorId(id));
    }
    let (id,): (i64,) = act.one("SELECT id FROM authors WHERE slug = $1", args![draft.slug.as_str()]).await?;
    Ok(AuthorId(id))
}
