//! Which addresses have confirmed that they want to hear of answers.

use super::{
    Db, StorageError,
    db::args,
    mails::{self, Draft},
};
use crate::domain::time::Timestamp;

/// Whether somebody pressed the button of the mail that asked, by the digest of the address.
pub async fn is_confirmed(db: &Db, digest: &str) -> Result<bool, StorageError> {
    const SQL: &str = "SELECT digest FROM confirmed_addresses WHERE digest = $1 AND confirmed IS NOT NULL";
    let row: Option<(String,)> = db.optional(SQL, args![digest]).await?;
    Ok(row.is_some())
}

/// Puts the mail into the outbox that asks, unless the address was asked since a moment; answers
/// whether it did.
pub async fn ask(db: &Db, digest: &str, mail: &Draft, since: Timestamp, now: Timestamp) -> Result<bool, StorageError> {
    const SQL: &str = "INSERT INTO confirmed_addresses (digest, asked) VALUES ($1, $2) ON CONFLICT (digest) DO UPDATE \
         SET asked = excluded.asked WHERE confirmed_addresses.asked < $3";
    let mut act = db.begin().await?;
    if act.run(SQL, args![digest, now, since]).await? == 0 {
        return Ok(false);
    }
    mails::put_in(&mut act, mail, now).await?;
    act.commit(now).await?;
    Ok(true)
}

/// The button of that mail was pressed.
pub async fn confirm(db: &Db, digest: &str, now: Timestamp) -> Result<(), StorageError> {
    const SQL: &str = "INSERT INTO confirmed_addresses (digest, asked, confirmed) VALUES ($1, $2, $2) \
         ON CONFLICT (digest) DO UPDATE SET confirmed = excluded.confirmed";
    let mut act = db.begin().await?;
    act.run(SQL, args![digest, now]).await?;
    act.commit(now).await
}
