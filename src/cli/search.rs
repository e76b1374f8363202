//! `pressroom reindex`

use crate::services::{Site, articles, search::indexer};
use std::process::ExitCode;

/// Builds the index anew, with a bar.
pub async fn reindex(site: &Site) -> anyhow::Result<ExitCode> {
    let bar = super::import::bar(articles::count(site).await?, "articles");
    let count = indexer::reindex(site, |done| bar.set_position(done)).await?;
    bar.finish_and_clear();
    eprintln!("The search index holds {count} articles ({}).", site.config.search.folder.display());
    Ok(ExitCode::SUCCESS)
}
