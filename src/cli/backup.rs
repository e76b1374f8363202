//! `pressroom backup` and `pressroom restore`

use crate::{
    config::Config,
    domain::time::Clock,
    services::{Site, operations::backup},
};
use std::{path::Path, process::ExitCode};

/// Takes a back-up.
pub async fn take(site: &Site, file: &Path) -> anyhow::Result<ExitCode> {
    let backup::Summary { rows, pictures, .. } = backup::take(site, file).await?;
    eprintln!("{}: {rows} rows and {pictures} pictures, read again and found whole", file.display());
    Ok(ExitCode::SUCCESS)
}

/// Brings one back.
pub async fn restore(config: &Config, file: &Path) -> anyhow::Result<ExitCode> {
    let backup::Summary { rows, pictures, mended } = backup::restore(config, file, Clock::system().now()).await?;
    eprintln!("{}: {rows} rows and {pictures} pictures are back", file.display());
    Ok(super::told_of_mended(&mended))
}
