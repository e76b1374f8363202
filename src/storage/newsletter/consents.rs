//! How readers of newsletters agreed to them: kept with each reader, gone with each reader.

use crate::domain::{newsletter::ConsentWay, time::Timestamp};
use crate::storage::{
    Db, StorageError,
    db::{Act, args},
    from_json, to_json,
};
use std::collections::HashMap;

/// What somebody read and agreed to; stored once for all who read the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wording {
    /// The SHA-256 of the words in hexadecimal; empty where they are not known.
    pub digest: String,
    /// The words.
    pub words: String,
}

/// That somebody agreed: the proof that laws ask for (GDPR, article 7).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// When it was given for good: the button of the confirmation, or the moment that a file names.
    pub at: Timestamp,
    /// When it was asked for, where that was earlier and is known.
    pub asked: Option<Timestamp>,
    /// In which way.
    pub way: ConsentWay,
    /// By which form; or the name of the file, and the line in it.
    pub source: String,
    /// What a file says of it, as it stands there; else empty.
    pub details: String,
    /// For which lists.
    pub lists: Vec<String>,
    /// What was read. Of a stored consent the words come with it.
    pub wording: Wording,
    /// From which network address the confirmation came; empty where that is not known.
    pub address: String,
}

/// Stores words; what is known is stored once.
pub(super) async fn put_wording(act: &mut Act, wording: &Wording) -> Result<(), StorageError> {
    const SQL: &str = "INSERT INTO wordings (digest, words) VALUES ($1, $2) ON CONFLICT (digest) DO NOTHING";
    if !wording.digest.is_empty() {
        act.run(SQL, args![&wording.digest, &wording.words]).await?;
    }
    Ok(())
}

/// Notes a consent as a part of an act.
pub(super) async fn note(act: &mut Act, subscriber: i64, consent: &Consent) -> Result<(), StorageError> {
    put_wording(act, &consent.wording).await?;
    note_known(act, subscriber, consent).await
}

/// The same where the words are stored already.
pub(super) async fn note_known(act: &mut Act, subscriber: i64, consent: &Consent) -> Result<(), StorageError> {
    const SQL: &str = "INSERT INTO consents (subscriber, at, asked, way, source, details, lists, words, address) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let values = args![
        subscriber,
        consent.at,
        consent.asked,
        consent.way.as_str(),
        &consent.source,
        &consent.details,
        to_json(&consent.lists)?,
        &consent.wording.digest,
        &consent.address
    ];
    act.run(SQL, values).await.map(drop)
}

#[derive(sqlx::FromRow)]
struct Row {
    subscriber: i64,
    at: i64,
    asked: Option<i64>,
    way: String,
    source: String,
    details: String,
    lists: String,
    digest: String,
    words: String,
    address: String,
}

/// The consents of readers with these rows (`after` < row ≤ `last`), the oldest first.
pub async fn between(db: &Db, after: i64, last: i64) -> Result<HashMap<i64, Vec<Consent>>, StorageError> {
    const SQL: &str = "SELECT c.subscriber, c.at, c.asked, c.way, c.source, c.details, c.lists, c.words AS digest, \
         COALESCE(w.words, '') AS words, c.address FROM consents c LEFT JOIN wordings w ON w.digest = c.words \
         WHERE c.subscriber > $1 AND c.subscriber <= $2 ORDER BY c.subscriber, c.id";
    let mut found: HashMap<i64, Vec<Consent>> = HashMap::new();
    for row in db.all::<Row>(SQL, args![after, last]).await? {
        let consent = Consent {
            at: Timestamp(row.at),
            asked: row.asked.map(Timestamp),
            way: row.way.parse().map_err(StorageError::stored)?,
            source: row.source,
            details: row.details,
            lists: from_json(&row.lists)?,
            wording: Wording { digest: row.digest, words: row.words },
            address: row.address,
        };
        found.entry(row.subscriber).or_default().push(consent);
    }
    Ok(found)
}

/// The consents of one reader, the oldest first.
pub async fn of(db: &Db, subscriber: i64) -> Result<Vec<Consent>, StorageError> {
    Ok(between(db, subscriber - 1, subscriber).await?.remove(&subscriber).unwrap_or_default())
}
