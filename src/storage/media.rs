//! Pictures: what is known of them. Their bytes are files (`services::media`).

use super::{Db, StorageError, articles::lists::PictureRow, db::args};
use crate::domain::{
    MediaId,
    change::Noun,
    media::{Focus, Picture},
    time::Timestamp,
};

/// What a save writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// File name in the store.
    pub file: String,
    /// Width in pixels.
    pub width: i64,
    /// Height in pixels.
    pub height: i64,
    /// Size of the file.
    pub bytes: i64,
    /// What it shows.
    pub alt: String,
    /// The line under it.
    pub caption: String,
    /// Who made it.
    pub credit: String,
    /// In which forms it is there, as [`crate::domain::media::Ready`] writes it.
    pub ready: String,
    /// What must stay in sight.
    pub focus: Option<Focus>,
    /// Where an importer has it from; the same key is the same picture in the same role.
    pub key: String,
}

/// Saves what is known of a picture; answers its row, and whether anything was written.
pub async fn save(db: &Db, draft: &Draft, now: Timestamp) -> Result<(MediaId, bool), StorageError> {
    const SQL: &str = "INSERT INTO media (file, width, height, bytes, alt, caption, credit, source, ready, focus) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
         ON CONFLICT (source) DO UPDATE SET file = excluded.file, width = excluded.width, height = excluded.height, \
         bytes = excluded.bytes, alt = excluded.alt, caption = excluded.caption, credit = excluded.credit, ready = excluded.ready, focus = excluded.focus \
         WHERE media.file <> excluded.file OR media.alt <> excluded.alt OR media.caption <> excluded.caption \
         OR media.credit <> excluded.credit OR media.ready <> excluded.ready OR media.focus <> excluded.focus RETURNING id";
    let mut act = db.begin().await?;
    let values = args![
        &draft.file,
        draft.width,
        draft.height,
        draft.bytes,
        &draft.alt,
        &draft.caption,
        &draft.credit,
        &draft.key,
        &draft.ready,
        draft.focus.map(|focus| focus.to_string()).unwrap_or_default(),
    ];
    let written: Option<(i64,)> = act.optional(SQL, values).await?;
    if let Some((id,)) = written {
        act.changed(Noun::Media, id);
        act.commit(now).await?;
        return Ok((MediaId(id), true));
    }
    let (id,): (i64,) = act.one("SELECT id FROM media WHERE source = $1", args![&draft.key]).await?;
    Ok((MediaId(id), false))
}

/// A picture by the key of its role.
pub async fn by_key(db: &Db, key: &str) -> Result<Option<Picture>, StorageError> {
    const SQL: &str =
        "SELECT id AS media, file, width, height, alt, caption, credit, ready, focus FROM media WHERE source = $1";
    let row: Option<PictureRow> = db.optional(SQL, args![key]).await?;
    Ok(row.and_then(Option::from))
}

/// A picture by row.
pub async fn by_id(db: &Db, id: MediaId) -> Result<Option<Picture>, StorageError> {
    const SQL: &str =
        "SELECT id AS media, file, width, height, alt, caption, credit, ready, focus FROM media WHERE id = $1";
    let row: Option<PictureRow> = db.optional(SQL, args![id.0]).await?;
    Ok(row.and_then(Option::from))
}

/// The upright size and the forms of a file's picture, where it is ready in any role.
pub async fn ready_of(db: &Db, file: &str) -> Result<Option<(i64, i64, String)>, StorageError> {
    db.optional("SELECT width, height, ready FROM media WHERE file = $1 AND ready <> '' LIMIT 1", args![file]).await
}

/// The names of all files that anything refers to, in order, from a place on.
pub async fn files(db: &Db, after: &str, size: i64) -> Result<Vec<String>, StorageError> {
    const SQL: &str = "SELECT DISTINCT file FROM media WHERE file > $1 ORDER BY file LIMIT $2";
    let rows: Vec<(String,)> = db.all(SQL, args![after, size]).await?;
    Ok(rows.into_iter().map(|(file,)| file).collect())
}

/// The files of pictures that are not ready yet, in order, from a place on.
pub async fn unready(db: &Db, after: &str, size: i64) -> Result<Vec<String>, StorageError> {
    const SQL: &str = "SELECT DISTINCT file FROM media WHERE ready = '' AND file > $1 ORDER BY file LIMIT $2";
    let rows: Vec<(String,)> = db.all(SQL, args![after, size]).await?;
    Ok(rows.into_iter().map(|(file,)| file).collect())
}

/// Notes that a file's picture is ready, with its upright size, in every role that it has.
pub async fn made_ready(
    db: &Db,
    file: &str,
    (width, height): (i64, i64),
    ready: &str,
    now: Timestamp,
) -> Result<(), StorageError> {
    let mut act = db.begin().await?;
    act.run("UPDATE media SET width = $1, height = $2, ready = $3 WHERE file = $4", args![width, height, ready, file])
        .await?;
    act.changed(Noun::Media, 0);
    act.commit(now).await
}
