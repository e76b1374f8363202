//! Events of mail providers that were taken, by their digests: each counts once.

use crate::domain::time::Timestamp;
use crate::storage::{Db, StorageError, db::args};

/// Who takes an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// Whoever has asked.
    Ours,
    /// It was taken before.
    Taken,
    /// Somebody else is just taking it.
    Busy,
}

/// Whoever has not said after so many milliseconds that it was taken has ended in between.
const PATIENCE: i64 = 60_000;

/// Asks for an event, so that nobody else takes it.
pub async fn claim(db: &Db, digest: &str, now: Timestamp) -> Result<Claim, StorageError> {
    const CLAIM: &str = "INSERT INTO provider_events (digest, at, taken) VALUES ($1, $2, 0) ON CONFLICT (digest) \
         DO UPDATE SET at = excluded.at WHERE provider_events.taken = 0 AND provider_events.at <= $3";
    let mut act = db.begin().await?;
    let ours = act.run(CLAIM, args![digest, now, now.plus(-PATIENCE)]).await? > 0;
    let taken: Option<(i64,)> =
        act.optional("SELECT taken FROM provider_events WHERE digest = $1", args![digest]).await?;
    act.commit(now).await?;
    Ok(match (ours, taken) {
        (true, _) => Claim::Ours,
        (false, Some((1,))) => Claim::Taken,
        (false, _) => Claim::Busy,
    })
}

/// What follows from it is done.
pub async fn taken(db: &Db, digest: &str, now: Timestamp) -> Result<(), StorageError> {
    let mut act = db.begin().await?;
    act.run("UPDATE provider_events SET taken = 1 WHERE digest = $1", args![digest]).await?;
    act.commit(now).await
}

/// Forgets those of before a moment: no provider tells one so late again. Answers how many.
pub async fn forget(db: &Db, before: Timestamp, now: Timestamp) -> Result<u64, StorageError> {
    let mut act = db.begin().await?;
    let gone = act.run("DELETE FROM provider_events WHERE at < $1", args![before]).await?;
    act.commit(now).await?;
    Ok(gone)
}
