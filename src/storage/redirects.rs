//! Old addresses: where they lead, or that they are gone.

use super::{
    Db, StorageError,
    db::{Act, args},
};
use crate::domain::{change::Noun, time::Timestamp};

/// Where an old address leads; `Some(None)` is gone for good.
pub async fn target(db: &Db, path: &str) -> Result<Option<Option<String>>, StorageError> {
    let row: Option<(Option<String>,)> =
        db.optional("SELECT target FROM redirects WHERE path = $1", args![path]).await?;
    Ok(row.map(|(target,)| target))
}

/// Saves many at once, as an import brings them; what leads nowhere else is left out.
pub async fn save(db: &Db, redirects: &[(String, String)], now: Timestamp) -> Result<(), StorageError> {
    let mut act = db.begin().await?;
    for (path, target) in redirects.iter().filter(|(path, target)| path != target) {
        let known: Option<(Option<String>,)> =
            act.optional("SELECT target FROM redirects WHERE path = $1", args![path]).await?;
        if known != Some((Some(target.clone()),)) {
            put(&mut act, path, Some(target)).await?;
        }
    }
    act.commit(now).await
}

/// Within an act: this path leads there from now on. What led to this path leads
/// there too, so that no reader goes through two redirects.
pub(super) async fn put(act: &mut Act, path: &str, target: Option<&str>) -> Result<(), StorageError> {
    const SQL: &str = "INSERT INTO redirects (path, target) VALUES ($1, $2) ON CONFLICT (path) DO UPDATE SET target = excluded.target";
    act.run(SQL, args![path, target]).await?;
    act.run(
        "UPDATE redirects SET target = $1 WHERE target = $2 AND path <> $3",
        args![target, path, target.unwrap_or_default()],
    )
    .await?;
    act.changed(Noun::Redirect, 0);
    Ok(())
}

/// Within an act: something stands at this path again.
pub(super) async fn clear(act: &mut Act, path: &str) -> Result<(), StorageError> {
    if act.run("DELETE FROM redirects WHERE path = $1", args![path]).await? > 0 {
        act.changed(Noun::Redirect, 0);
    }
    Ok(())
}
