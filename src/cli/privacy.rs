//! `pressroom privacy …`: one person's data, given or erased.

use crate::services::{Site, accounts::privacy};
use clap::Subcommand;
use std::process::ExitCode;

/// What is done.
#[derive(Subcommand)]
pub enum Way {
    /// Prints everything that is stored under an address of mail, as JSON
    #[command(after_help = "Example:\n  pressroom privacy export reader@example.org > reader.json")]
    Export {
        /// The address
        email: String,
    },
    /// Erases it: comments lose their words and names, what answers them stays; the account goes
    #[command(
        after_help = "Example:\n  pressroom privacy export reader@example.org   (first look)\n  pressroom privacy erase reader@example.org --yes"
    )]
    Erase {
        /// The address
        email: String,
        /// It can't be undone
        #[arg(long)]
        yes: bool,
    },
}

/// Does it.
pub async fn run(site: &Site, way: Way) -> anyhow::Result<ExitCode> {
    match way {
        Way::Export { email } => {
            let all = privacy::export(site, &email).await?;
            super::print(&format!("{}\n", serde_json::to_string_pretty(&all)?));
        }
        Way::Erase { email, yes } => {
            if !yes {
                let all = privacy::export(site, &email).await?;
                let count = all["comments"].as_array().map_or(0, Vec::len);
                anyhow::bail!("{count} comments and all else of {email} would be erased for good; say --yes");
            }
            let count = privacy::erase(site, &email).await?;
            eprintln!(
                "{count} comments of {email} lost their words and their name; all else of theirs is gone. Back-ups still hold it."
            );
        }
    }
    Ok(ExitCode::SUCCESS)
}
