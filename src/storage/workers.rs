//! What the server does by itself and can't just now: for the desk and `pressroom doctor`,
//! which may run elsewhere than the server that fails.

use super::{Db, StorageError, db::args};
use crate::domain::time::Timestamp;

/// Something that fails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failing {
    /// What.
    pub name: String,
    /// Since when.
    pub since: Timestamp,
    /// When it last did.
    pub at: Timestamp,
    /// How often since then.
    pub failures: i64,
    /// What was wrong the last time.
    pub fault: String,
}

/// It failed, again or for the first time.
pub async fn failed(db: &Db, name: &str, fault: &str, now: Timestamp) -> Result<(), StorageError> {
    const SQL: &str = "INSERT INTO workers (name, since, at, failures, fault) VALUES ($1, $2, $2, 1, $3) \
         ON CONFLICT (name) DO UPDATE SET at = excluded.at, failures = workers.failures + 1, fault = excluded.fault";
    let mut act = db.begin().await?;
    act.run(SQL, args![name, now, fault]).await?;
    act.commit(now).await
}

/// It goes again.
pub async fn well(db: &Db, name: &str, now: Timestamp) -> Result<(), StorageError> {
    let known: Option<(String,)> = db.optional("SELECT name FROM workers WHERE name = $1", args![name]).await?;
    if known.is_none() {
        return Ok(());
    }
    let mut act = db.begin().await?;
    act.run("DELETE FROM workers WHERE name = $1", args![name]).await?;
    act.commit(now).await
}

/// All that failed after a moment, by their names: what fails is tried again and again, so a
/// row that is old is of something that is done no more.
pub async fn failing(db: &Db, after: Timestamp) -> Result<Vec<Failing>, StorageError> {
    const SQL: &str = "SELECT name, since, at, failures, fault FROM workers WHERE at > $1 ORDER BY name";
    let rows: Vec<(String, i64, i64, i64, String)> = db.all(SQL, args![after]).await?;
    let one = |(name, since, at, failures, fault)| Failing {
        name,
        since: Timestamp(since),
        at: Timestamp(at),
        failures,
        fault,
    };
    Ok(rows.into_iter().map(one).collect())
}
