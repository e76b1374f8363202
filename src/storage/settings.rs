//! Settings: one JSON document a key.

use super::{Db, StorageError, db::args, from_json, to_json};
use crate::domain::{change::Noun, time::Timestamp};

/// The document under a key.
pub async fn get<T: serde::de::DeserializeOwned>(db: &Db, key: &str) -> Result<Option<T>, StorageError> {
    let row: Option<(String,)> = db.optional("SELECT value FROM settings WHERE key = $1", args![key]).await?;
    row.map(|(text,)| from_json(&text)).transpose()
}

/// Stores a document; writes nothing where it is the same.
pub async fn put<T: serde::Serialize>(db: &Db, key: &str, value: &T, now: Timestamp) -> Result<(), StorageError> {
    const SQL: &str = "INSERT INTO settings (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value \
         WHERE settings.value <> excluded.value";
    let mut act = db.begin().await?;
    if act.run(SQL, args![key, to_json(value)?]).await? > 0 {
        act.changed(Noun::Settings, 0);
    }
    act.commit(now).await
}

/// Stores a document from which nothing that readers see follows, so that nobody is told.
pub async fn note<T: serde::Serialize>(db: &Db, key: &str, value: &T, now: Timestamp) -> Result<(), StorageError> {
    const SQL: &str =
        "INSERT INTO settings (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
    let mut act = db.begin().await?;
    act.run(SQL, args![key, to_json(value)?]).await?;
    act.commit(now).await
}
