//! `pressroom settings …`

use crate::services::{Site, site::settings};
use anyhow::Context;
use clap::Subcommand;
use std::{path::PathBuf, process::ExitCode};

/// In or out.
#[derive(Subcommand)]
pub enum Way {
    /// Prints the edition as TOML
    #[command(after_help = "Example:\n  pressroom settings export > edition.toml")]
    Export,
    /// Takes an edition from a file
    #[command(
        after_help = "Example:\n  pressroom settings import edition.toml\n\nSections and topics that are not in it leave the navigation; their articles stay."
    )]
    Import {
        /// The file, as `settings export` prints it
        file: PathBuf,
    },
}

/// Carries the edition.
pub async fn run(site: &Site, way: Way) -> anyhow::Result<ExitCode> {
    match way {
        Way::Export => super::print(&settings::export(site).await?),
        Way::Import { file } => {
            let name = file.display().to_string();
            let text = std::fs::read_to_string(&file).with_context(|| name.clone())?;
            settings::import(site, &text).await.context(name)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
