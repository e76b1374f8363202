//! The regions that all pages share: one snapshot, made anew when something
//! changed or time has passed, never by each page for itself.

use super::{Site, settings};
use crate::{
    calendar::{Calendar, parse_moment},
    domain::{
        edition::{Breaking, Edition},
        listing::{Summary, Window},
        section::Section,
        slug::Slug,
        time::Timestamp,
        topic::Topic,
        words::{Words, words},
    },
    storage::{
        StorageError,
        lists::{self, Shelf, Span},
        pages, sections, topics, views,
    },
};
use std::sync::{Arc, Mutex, PoisonError};

/// What every page shows around its own matter.
pub struct Front {
    /// The publication.
    pub edition: Edition,
    /// Its calendar.
    pub calendar: Calendar,
    /// Its words.
    pub words: &'static Words,
    /// The breaking line, where there is one at this moment.
    pub breaking: Option<Breaking>,
    /// The sections of the navigation, each with its 4 newest articles.
    pub sections: Vec<(Section, Vec<Summary>)>,
    /// The topic bar.
    pub topics: Vec<Topic>,
    /// The 3 most read lately; while nothing was counted, the newest.
    pub trending: Vec<Summary>,
    /// The editors' picks, up to [`PICKS`].
    pub picks: Vec<Summary>,
    /// The newest, enough of them for every region that leaves some out.
    pub newest: Vec<Summary>,
    /// The footer's pages.
    pub footer: Vec<(Slug, String)>,
    /// The moment for which it was made.
    pub now: Timestamp,
    /// From this moment on it may tell something wrong: a scheduled article is
    /// due, or it is simply old.
    until: Timestamp,
}

/// How many picks are kept.
pub const PICKS: i64 = 5;
/// How many articles a section's panel shows.
const PANEL: usize = 4;
/// 3 in the footer, 3 under Latest News, at most 5 picks and the article itself left out.
const NEWEST: usize = 14;
/// Reads of so many hours decide what is trending.
const TRENDING_HOURS: i64 = 72;

impl Front {
    /// The footer's Latest Articles: the newest 3.
    pub fn latest_articles(&self) -> &[Summary] {
        &self.newest[..self.newest.len().min(3)]
    }

    /// The sidebar's Editors Picks: 4, without the article that is being read.
    pub fn sidebar_picks(&self, reading: Option<&Slug>) -> Vec<&Summary> {
        self.picks.iter().filter(|a| Some(&a.slug) != reading).take(4).collect()
    }

    /// Latest News: the newest 3 that are neither among the picks nor among the
    /// footer's Latest Articles, nor the article that is being read.
    pub fn latest_news(&self, reading: Option<&Slug>) -> Vec<&Summary> {
        let shown = self.sidebar_picks(reading);
        let rest = self.newest.iter().skip(3);
        rest.filter(|a| Some(&a.slug) != reading && !shown.iter().any(|p| p.id == a.id)).take(3).collect()
    }
}

/// Keeps the snapshot of the moment.
#[derive(Default)]
pub struct Fronts {
    current: Mutex<Option<Arc<Front>>>,
    making: tokio::sync::Mutex<()>,
    stale: std::sync::atomic::AtomicU64,
}

impl Fronts {
    /// Something changed: the next page gets a new snapshot.
    pub fn forget(&self) {
        self.stale.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        *self.lock() = None;
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Arc<Front>>> {
        // The guarded value is a whole snapshot or none: a panic can't leave half of one.
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn fresh(&self, now: Timestamp) -> Option<Arc<Front>> {
        self.lock().as_ref().filter(|front| front.now <= now && now < front.until).cloned()
    }
}

/// The snapshot for this moment; made by one, waited for by all who need it.
pub async fn front(site: &Site) -> Result<Arc<Front>, StorageError> {
    let now = site.now();
    if let Some(front) = site.fronts.fresh(now) {
        return Ok(front);
    }
    let _one = site.fronts.making.lock().await;
    if let Some(front) = site.fronts.fresh(now) {
        return Ok(front);
    }
    let before = site.fronts.stale.load(std::sync::atomic::Ordering::SeqCst);
    let front = Arc::new(make(site, now).await?);
    // What changed while it was made may be missing in it: good for this page, not to keep.
    if site.fronts.stale.load(std::sync::atomic::Ordering::SeqCst) == before {
        *site.fronts.lock() = Some(front.clone());
    }
    Ok(front)
}

async fn make(site: &Site, now: Timestamp) -> Result<Front, StorageError> {
    let db = &site.db;
    let span = Span::until(now);
    let edition = settings::edition(site).await?;
    let mut shelves = Vec::new();
    for section in sections::navigation(db).await? {
        let shelf = Shelf::Section(section.id);
        let panel = lists::page(db, shelf, span, Window::Newest, PANEL).await?.items;
        shelves.push((section, panel));
    }
    let newest = lists::page(db, Shelf::News, span, Window::Newest, NEWEST).await?.items;
    let mut trending = lists::most_read(db, now.0.div_euclid(views::HOUR) - TRENDING_HOURS, now, 3).await?;
    for article in &newest {
        if trending.len() < 3 && !trending.iter().any(|t| t.id == article.id) {
            trending.push(article.clone());
        }
    }
    let age = i64::try_from(site.config.cache.front_seconds).unwrap_or(60).saturating_mul(1_000);
    let until = match crate::storage::article_acts::next_due(db).await? {
        Some(due) if due > now => now.plus(age).min(due),
        _ => now.plus(age),
    };
    let calendar = Calendar::new(&edition.time_zone, &edition.language);
    let breaking_until = edition.breaking.as_ref().and_then(|line| parse_moment(&line.until, &calendar));
    let until = breaking_until.filter(|end| *end > now).map_or(until, |end| until.min(end));
    Ok(Front {
        calendar,
        breaking: edition.breaking.clone().filter(|_| breaking_until.is_some_and(|end| now < end)),
        words: words(&edition.language),
        sections: shelves,
        topics: topics::bar(db).await?,
        trending,
        picks: lists::picks(db, now, PICKS).await?,
        newest,
        footer: pages::titles(db, &edition.footer_pages).await?,
        now,
        until,
        edition,
    })
}
