//! `pressroom media …`

use crate::services::{
    Site,
    articles::media::{self, About, Forms},
};
use clap::Subcommand;
use std::{path::PathBuf, process::ExitCode};

/// What is done.
#[derive(Subcommand)]
pub enum Way {
    /// Brings a picture in for the settings (a logo, an advertisement) and prints its address
    #[command(
        after_help = "Example:\n  pressroom media add bookshop.png\n\nThe address goes into the edition: `picture` of an [[edition.ads]], `logo_light`, `logo_dark`."
    )]
    Add {
        /// JPEG, PNG, GIF, WebP or AVIF, at most 20 MB
        file: PathBuf,
    },
}

/// Does it.
pub async fn run(site: &Site, way: Way) -> anyhow::Result<ExitCode> {
    let Way::Add { file } = way;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let (picture, _) = media::take_in(site, &file, &format!("file:{name}"), &About::default(), Forms::Now).await?;
    super::print(&format!("{}\n", picture.href()));
    eprintln!("{} × {} pixels", picture.width, picture.height);
    Ok(ExitCode::SUCCESS)
}
