//! `pressroom backup` and `pressroom restore`

use crate::{
    config::Config,
    domain::time::Clock,
    services::{Site, backup},
    storage::Db,
};
use std::{path::Path, process::ExitCode};

/// Takes a back-up.
pub async fn take(site: &Site, file: &Path) -> anyhow::Result<ExitCode> {
    let backup::Summary { rows, pictures } = backup::take(site, file).await?;
    eprintln!("{}: {rows} rows and {pictures} pictures, read again and found whole", file.display());
    Ok(ExitCode::SUCCESS)
}

/// Brings one back. It doesn't open the site first: that would fill the empty
/// database with the edition of the settings.
pub async fn restore(config: &Config, file: &Path) -> anyhow::Result<ExitCode> {
    let db = Db::open(&config.database.url).await?;
    db.migrate().await?;
    let done = backup::restore(&db, &config.media.folder, file, Clock::system().now()).await;
    db.close().await;
    let backup::Summary { rows, pictures } = done?;
    eprintln!("{}: {rows} rows and {pictures} pictures are back", file.display());
    Ok(ExitCode::SUCCESS)
}
