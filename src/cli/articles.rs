//! `pressroom publish`, `unpublish`, `pick`, `preview`

use super::moment;
use crate::{
    domain::{article::Status, slug::Slug},
    services::{
        Site,
        articles::{self, ActError, pages, preview},
    },
};
use clap::Args;
use std::process::ExitCode;

/// An act on one article or page.
#[derive(Args)]
pub struct Act {
    /// The slug, the last part of the address, of an article (or else of a page)
    slug: Slug,
    /// When: RFC 3339, or a date and time in the publication's time zone
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
}

/// A pick.
#[derive(Args)]
pub struct Pick {
    #[command(flatten)]
    act: Act,
    /// The place among the picks; 1 is the first
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(i64).range(1..=100))]
    place: i64,
    /// Takes the article out of the picks
    #[arg(long, conflicts_with_all = ["place", "at"])]
    off: bool,
}

async fn when(site: &Site, act: &Act) -> anyhow::Result<Option<crate::domain::time::Timestamp>> {
    match &act.at {
        Some(text) => Ok(Some(moment(site, text).await?)),
        None => Ok(None),
    }
}

/// Says on the standard error what is true now.
async fn told(site: &Site, slug: &Slug) -> anyhow::Result<ExitCode> {
    if let Some(standing) = articles::standing(site, slug).await? {
        eprintln!("{standing}");
    }
    Ok(ExitCode::SUCCESS)
}

/// What was done to the article; or else the same to the page of that slug.
async fn article_or_page(
    site: &Site,
    act: &Act,
    done: Result<(), ActError>,
    status: Status,
) -> anyhow::Result<ExitCode> {
    match done {
        Err(ActError::Unknown(_)) => {}
        done => {
            done?;
            return told(site, &act.slug).await;
        }
    }
    let Some(_) = pages::for_preview(site, &act.slug).await? else {
        anyhow::bail!("there is no article and no page “{}”", act.slug);
    };
    anyhow::ensure!(act.at.is_none(), "“{}” is a page, and --at is for articles", act.slug);
    pages::set_status(site, &act.slug, status).await?;
    if let Some(standing) = pages::standing(site, &act.slug).await? {
        eprintln!("{standing}");
    }
    Ok(ExitCode::SUCCESS)
}

/// Publishes.
pub async fn publish(site: &Site, act: &Act) -> anyhow::Result<ExitCode> {
    let done = articles::publish(site, &act.slug, when(site, act).await?).await;
    article_or_page(site, act, done, Status::Published).await
}

/// Takes down.
pub async fn unpublish(site: &Site, act: &Act) -> anyhow::Result<ExitCode> {
    let done = articles::unpublish(site, &act.slug, when(site, act).await?).await;
    article_or_page(site, act, done, Status::Removed).await
}

/// Picks.
pub async fn pick(site: &Site, pick: &Pick) -> anyhow::Result<ExitCode> {
    let place = (!pick.off).then_some(pick.place);
    articles::pick(site, &pick.act.slug, place, when(site, &pick.act).await?).await?;
    told(site, &pick.act.slug).await
}

/// Prints the address of a preview.
pub async fn preview(site: &Site, slug: &Slug) -> anyhow::Result<ExitCode> {
    if articles::for_preview(site, slug).await?.is_none() && pages::for_preview(site, slug).await?.is_none() {
        anyhow::bail!("there is no article and no page “{slug}”");
    }
    super::print(&format!("{}\n", site.url(&preview::path(site, slug))));
    Ok(ExitCode::SUCCESS)
}
