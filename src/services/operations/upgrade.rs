//! From one version to the next: a back-up, then the steps that the database has not taken.

use super::backup::{self, BackupError};
use crate::{
    config::Config,
    domain::time::Timestamp,
    storage::{
        Db, StorageError,
        migrations::{Steps, Timed},
    },
};
use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

/// Why a database was not brought up to date. It is as it was.
#[derive(Debug, thiserror::Error)]
pub enum UpgradeError {
    /// The database.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The back-up before.
    #[error(
        "the back-up before the upgrade could not be made: {0}; name another place with [upgrade] folder, or go on without \
         one with --no-backup"
    )]
    Backup(#[from] BackupError),
    /// The folder of the back-ups.
    #[error(
        "{0}, the folder for the back-up before the upgrade: {1}; name another with [upgrade] folder, or go on without a \
         back-up with --no-backup"
    )]
    Folder(String, std::io::Error),
}

/// What was done.
#[derive(Debug)]
pub struct Upgraded {
    /// The newest step before.
    pub from: i64,
    /// The back-up, where one was made.
    pub backup: Option<PathBuf>,
}

/// Takes the steps that the database has not taken. Where it holds something, all rows are
/// written into a file before and read again, unless the settings say not to.
pub async fn bring_up_to_date(db: &Db, config: &Config, now: Timestamp) -> Result<Option<Upgraded>, UpgradeError> {
    let steps = db.steps().await?;
    let Some(first) = steps.pending.first() else { return Ok(None) };
    if steps.is_new() {
        db.migrate().await?;
        return Ok(None);
    }
    let backup = match config.upgrade.backup {
        true => {
            let file = folder(config)?.join(format!("before-step-{}-{}.tar", first.number, stamp(now)));
            backup::take_rows(db, &file, now).await?;
            Some(file)
        }
        false => None,
    };
    tracing::info!(
        from = steps.newest(),
        steps = steps.pending.len(),
        backup = backup.as_ref().map(|file| file.display().to_string()),
        "the database is brought up to date"
    );
    db.migrate().await?;
    Ok(Some(Upgraded { from: steps.newest(), backup }))
}

/// The same by itself; answers the database's name and version, too.
pub async fn run(config: &Config, now: Timestamp) -> Result<(Option<Upgraded>, String), UpgradeError> {
    let db = Db::open(&config.database.url).await?;
    let done = async { Ok((bring_up_to_date(&db, config, now).await?, name(&db).await?)) }.await;
    db.close().await;
    done
}

async fn name(db: &Db) -> Result<String, StorageError> {
    Ok(format!("{} {}", db.name(), db.version().await?))
}

/// A rehearsal of an upgrade.
#[derive(Debug)]
pub struct Rehearsal {
    /// The database's name and version.
    pub database: String,
    /// What it has taken, and what it has not.
    pub steps: Steps,
    /// Rows of the back-up before and how long it took, where one would be made.
    pub backup: Option<(u64, Duration)>,
    /// The steps.
    pub timed: Vec<Timed>,
}

/// Does all of an upgrade on a copy and says how long it takes; changes nothing.
pub async fn rehearse(config: &Config, now: Timestamp) -> Result<Rehearsal, UpgradeError> {
    let db = Db::open(&config.database.url).await?;
    let done = rehearse_on(&db, config, now).await;
    db.close().await;
    done
}

async fn rehearse_on(db: &Db, config: &Config, now: Timestamp) -> Result<Rehearsal, UpgradeError> {
    let steps = db.steps().await?;
    let database = name(db).await?;
    let (mut backup, mut timed) = (None, Vec::new());
    if !steps.pending.is_empty() && !steps.is_new() {
        let folder = folder(config)?;
        if config.upgrade.backup {
            let begun = Instant::now();
            let place = tempfile::tempdir_in(folder).map_err(|e| UpgradeError::Folder(shown(folder), e))?;
            let summary = backup::take_rows(db, &place.path().join("rehearsal.tar"), now).await?;
            backup = Some((summary.rows, begun.elapsed()));
        }
        timed = db.rehearse(folder).await?;
    }
    Ok(Rehearsal { database, steps, backup, timed })
}

/// What there is to say of an upgrade that was not made yet.
pub async fn pending(config: &Config) -> Result<Option<String>, StorageError> {
    let db = Db::open(&config.database.url).await?;
    let steps = db.steps().await;
    db.close().await;
    let steps = steps?;
    Ok((!steps.is_new() && !steps.pending.is_empty()).then(|| {
        format!(
            "note  database: it is of an older pressroom, {} behind; `pressroom upgrade --check` rehearses what \
             `pressroom upgrade` (or a start of the server) does",
            match steps.pending.len() {
                1 => "one step".to_owned(),
                many => format!("{many} steps"),
            }
        )
    }))
}

fn folder(config: &Config) -> Result<&Path, UpgradeError> {
    let folder = &config.upgrade.folder;
    std::fs::create_dir_all(folder).map_err(|e| UpgradeError::Folder(shown(folder), e))?;
    Ok(folder)
}

fn shown(folder: &Path) -> String {
    folder.display().to_string()
}

/// A moment as part of a file's name.
fn stamp(at: Timestamp) -> String {
    jiff::Timestamp::from_millisecond(at.0).unwrap_or_default().strftime("%Y%m%dT%H%M%SZ").to_string()
}
