//! Articles that readers pass on: clicks on the share rows, counted without anybody's help
//! and without knowing whose they are.

use super::reads::is_robot;
use crate::services::{Site, comments::threads, site::counters::Tally};
use crate::{
    domain::{ArticleId, listing::Summary, share::Service, slug::Slug, time::Timestamp},
    storage::{StorageError, articles::lists, shares},
};
use std::{cmp::Reverse, collections::HashMap, net::IpAddr};

/// The clicks that are not written yet.
pub type Shares = Tally<(ArticleId, Service)>;

/// So many articles stand in the report.
const MOST: i64 = 50;

/// Notes that a reader clicked on a service under an article that readers may see.
pub async fn note(site: &Site, slug: &Slug, service: Service, reader: (IpAddr, &str)) -> Result<(), StorageError> {
    let now = site.now();
    let article = threads::seen_article(site, slug).await?;
    if let Some(article) = article.filter(|_| !is_robot(reader.1)) {
        site.shares.note((article.id, service), reader, now);
    }
    Ok(())
}

/// Writes what was counted; where the database is away it waits for the next time.
pub async fn write(site: &Site) -> Result<usize, StorageError> {
    let counts = site.shares.take();
    let written = shares::add(&site.db, &counts, site.now()).await;
    site.shares.settle(counts, written)
}

/// An article and how often it was passed on.
#[derive(Clone, Debug, PartialEq)]
pub struct Passed {
    /// Its card.
    pub article: Summary,
    /// By which service how often, the most first.
    pub by: Vec<(Service, i64)>,
}

impl Passed {
    /// How often in all.
    pub fn total(&self) -> i64 {
        self.by.iter().map(|(_, clicks)| clicks).sum()
    }
}

/// The most shared articles of so many days, the most shared first; what another server has
/// counted just now may not be in it yet.
pub async fn report(site: &Site, days: i64) -> Result<Vec<Passed>, StorageError> {
    write(site).await?;
    let now = site.now();
    let mut by_article: HashMap<ArticleId, Vec<(Service, i64)>> = HashMap::new();
    for (article, service, clicks) in shares::since(&site.db, now.plus(-days * Timestamp::DAY), MOST).await? {
        by_article.entry(article).or_default().push((service, clicks));
    }
    let ids: Vec<i64> = by_article.keys().map(|id| id.0).collect();
    let mut report: Vec<Passed> = lists::of(&site.db, &ids, now)
        .await?
        .into_iter()
        .filter_map(|article| {
            let mut by = by_article.remove(&article.id)?;
            by.sort_by_key(|(service, clicks)| (Reverse(*clicks), service.as_str()));
            Some(Passed { article, by })
        })
        .collect();
    report.sort_by_key(|passed| (Reverse(passed.total()), Reverse(passed.article.id.0)));
    Ok(report)
}
