//! The regions that all pages share: one snapshot, made anew each minute, never
//! by each page for itself. Only what must not wait ends it sooner: the edition's
//! settings, and an article in it that readers may not see any more.

use super::{changes::Touched, settings};
use crate::services::Site;
use crate::{
    calendar::{Calendar, parse_moment},
    domain::{
        ArticleId,
        change::Part,
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
        articles::{
            self,
            lists::{self, Shelf, Span},
            status,
        },
        pages, sections, topics,
    },
};
use bytes::Bytes;
use std::{
    sync::{
        Arc, Mutex, OnceLock, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

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
    /// Counts snapshots that differ: pages with another number around them are old.
    pub generation: u64,
    /// When the next thing happens by itself: an article appears, a plan is due.
    pub next_due: Option<Timestamp>,
    /// The day it is, as the masthead tells it.
    pub today: String,
    /// From this moment on it may tell something wrong: a scheduled article is
    /// due, or it is simply old.
    until: Timestamp,
    /// How often snapshots had been forgotten when it was made.
    stale: u64,
    /// The pages about a status, which look the same as long as the snapshot is this one: made
    /// by whoever needs the first.
    pub status_pages: StatusPages,
}

/// See [`Front::status_pages`].
#[derive(Default)]
pub struct StatusPages {
    /// 404
    pub not_found: OnceLock<Bytes>,
    /// 410
    pub gone: OnceLock<Bytes>,
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
    /// Whether readers see the same.
    fn looks_like(&self, other: &Self) -> bool {
        self.edition == other.edition
            && self.today == other.today
            && self.breaking == other.breaking
            && self.sections == other.sections
            && self.topics == other.topics
            && self.trending == other.trending
            && self.picks == other.picks
            && self.newest == other.newest
            && self.footer == other.footer
    }

    /// Whether an article stands in it.
    fn shows(&self, id: ArticleId) -> bool {
        let panels = self.sections.iter().flat_map(|(_, panel)| panel);
        self.trending.iter().chain(&self.picks).chain(&self.newest).chain(panels).any(|article| article.id == id)
    }

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

/// What is trending is summed up anew after so many milliseconds.
const TRENDING_AGE: i64 = 5 * 60 * 1_000;

/// Keeps the snapshot of the moment.
#[derive(Default)]
pub struct Fronts {
    current: Mutex<Option<Arc<Front>>>,
    /// Held while a new one is made.
    making: tokio::sync::Mutex<Making>,
    stale: AtomicU64,
    generation: AtomicU64,
}

/// What the next snapshot is made of.
#[derive(Default)]
struct Making {
    /// The latest snapshot.
    last: Option<Arc<Front>>,
    /// What is trending, with the moment for which it was summed up.
    trending: Option<(Timestamp, Vec<Summary>)>,
}

impl Fronts {
    /// Something changed that can't wait: the next page gets a new snapshot.
    pub fn forget(&self) {
        self.stale.fetch_add(1, Ordering::SeqCst);
        *self.lock() = None;
    }

    /// The number of the latest snapshot that differed from the one before.
    pub fn generation(&self) -> u64 {
        self.generation.load(Ordering::Relaxed)
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
    let mut making = site.fronts.making.lock().await;
    if let Some(front) = site.fronts.fresh(now) {
        return Ok(front);
    }
    let before = site.fronts.stale.load(Ordering::SeqCst);
    let kept = making.trending.take().filter(|(made, _)| *made <= now && now < made.plus(TRENDING_AGE));
    let (made, list) = match kept {
        // Forgotten: something in it may be one that readers may not see.
        Some(kept) if making.last.as_ref().is_some_and(|last| last.stale == before) => kept,
        _ => (now, trending_now(site, now).await?),
    };
    let mut front = make(site, now, &list).await?;
    front.stale = before;
    front.generation = match &making.last {
        Some(last) if last.looks_like(&front) => last.generation,
        _ => site.fronts.generation() + 1,
    };
    let front = Arc::new(front);
    *making = Making { last: Some(front.clone()), trending: Some((made, list)) };
    site.fronts.generation.store(front.generation, Ordering::Relaxed);
    // What changed while it was made may be missing in it: good for this page, not to keep.
    if site.fronts.stale.load(Ordering::SeqCst) == before {
        *site.fronts.lock() = Some(front.clone());
    }
    Ok(front)
}

/// Makes the snapshot anew when its time is over, whether or not a page asks for
/// it: kept pages learn by its number that they have become old.
pub async fn keep_fresh(site: &Site) -> Result<(), StorageError> {
    loop {
        let front = front(site).await?;
        let wait = front.until.0.saturating_sub(site.now().0).clamp(50, 60_000);
        tokio::time::sleep(Duration::from_millis(wait.unsigned_abs())).await;
    }
}

/// Makes the snapshot anew where a change can't wait for its minute.
pub async fn heed(site: &Site, touched: &Touched) -> Result<(), StorageError> {
    let current = site.fronts.lock().clone();
    let Some(current) = current else { return Ok(()) };
    if !must_go(site, &current, touched).await? {
        return Ok(());
    }
    site.fronts.forget();
    front(site).await.map(drop)
}

async fn must_go(site: &Site, front: &Front, touched: &Touched) -> Result<bool, StorageError> {
    let Touched::Parts(parts) = touched else { return Ok(true) };
    let shown: Vec<ArticleId> = parts
        .iter()
        .filter_map(|part| match part {
            Part::Article(id) if front.shows(*id) => Some(*id),
            _ => None,
        })
        .collect();
    Ok(articles::seen(&site.db, &shown, site.now()).await?.len() < shown.len())
}

async fn trending_now(site: &Site, now: Timestamp) -> Result<Vec<Summary>, StorageError> {
    lists::most_read(&site.db, now.0.div_euclid(Timestamp::HOUR) - TRENDING_HOURS, now, 3).await
}

async fn make(site: &Site, now: Timestamp, most_read: &[Summary]) -> Result<Front, StorageError> {
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
    let mut trending = most_read.to_vec();
    for article in &newest {
        if trending.len() < 3 && !trending.iter().any(|t| t.id == article.id) {
            trending.push(article.clone());
        }
    }
    let age = i64::try_from(site.config.cache.front_seconds).unwrap_or(60).saturating_mul(1_000);
    let next_due = status::next_due(db).await?;
    let until = match next_due {
        Some(due) if due > now => now.plus(age).min(due),
        _ => now.plus(age),
    };
    let calendar = Calendar::new(&edition.time_zone, &edition.language);
    let breaking_until = edition.breaking.as_ref().and_then(|line| parse_moment(&line.until, &calendar));
    let until = breaking_until.filter(|end| *end > now).map_or(until, |end| until.min(end));
    // The masthead tells the day.
    let until = until.min(calendar.next_day(now));
    Ok(Front {
        today: calendar.today(now),
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
        generation: 0,
        next_due,
        until,
        stale: 0,
        status_pages: StatusPages::default(),
        edition,
    })
}
