//! `pressroom export` and `pressroom import pressroom`

use crate::{
    config::Config,
    domain::time::Clock,
    services::{Site, operations::export},
};
use std::{path::Path, process::ExitCode};

/// Writes the publication as documented files.
pub async fn write(site: &Site, place: &Path) -> anyhow::Result<ExitCode> {
    let export::Summary { rows, pictures, .. } = export::write(site, place).await?;
    eprintln!("{}: {rows} lines and {pictures} pictures", place.display());
    Ok(ExitCode::SUCCESS)
}

/// Brings them into an empty database.
pub async fn read(config: &Config, place: &Path) -> anyhow::Result<ExitCode> {
    let export::Summary { rows, pictures, mended } = export::read(config, place, Clock::system().now()).await?;
    eprintln!("{}: {rows} lines and {pictures} pictures came in", place.display());
    eprintln!("Passwords are in no export: `pressroom user password` sets new ones.");
    Ok(super::told_of_mended(&mended))
}
