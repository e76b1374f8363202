//! The page cache: what all readers share is rendered once, kept in three
//! encodings, and forgotten when something on it changes.
//!
//! An entry knows the parts it shows ([`Part`]) and until when it is true. A
//! change forgets the pages that show the changed part, at once; where only the
//! regions around a page have changed, the old page is served on while one
//! worker makes it anew. One render serves all who wait for a page, and goes to
//! its end even if they leave. Nothing of a request but its address reaches a
//! render, so no header or cookie can poison what others get.

pub(super) mod encoding;
mod entry;
mod hits;
mod index;
mod keep;
mod misses;

pub use entry::Keep;
pub use hits::Hits;
pub use keep::keep;
pub use misses::Missing;

use super::metrics::Metrics;
use crate::{
    domain::change::Part,
    services::{
        Site, StorageError,
        site::{
            changes::{self, Follower, Touched},
            frame,
        },
    },
};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use entry::Entry;
use index::Index;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::sync::{Semaphore, watch};

/// The address of a page as the cache knows it: its path, and of the query only
/// what the page reads.
type Key = Arc<str>;

/// The pages of one server. Cloning shares them.
#[derive(Clone)]
pub struct PageCache(Arc<Inner>);

struct Inner {
    site: Site,
    pages: moka::sync::Cache<Key, Arc<Entry>>,
    index: Arc<Mutex<Index>>,
    /// Renders that somebody waits for, by the whole address that was asked for.
    flights: Mutex<HashMap<Key, keep::Flight>>,
    /// One page at a time is made anew, one at a time is packed more tightly.
    remaking: Arc<Semaphore>,
    packing: Arc<Semaphore>,
    /// Addresses at which nothing stands.
    misses: misses::Misses,
    metrics: Arc<Metrics>,
    /// The last change of which the pages know; `None` while nobody follows.
    knows: watch::Sender<Option<i64>>,
}

/// So long an answer waits for the cache: many times what it takes, and no reader gives up.
const SOON: Duration = Duration::from_secs(2);

impl PageCache {
    /// An empty cache of the size that the settings allow.
    pub fn new(site: &Site, metrics: Arc<Metrics>) -> Self {
        let index = Arc::new(Mutex::new(Index::default()));
        let for_listener = index.clone();
        let counted = metrics.clone();
        let pages = moka::sync::Cache::builder()
            .max_capacity(site.config.cache.pages_mb.saturating_mul(1_000_000))
            .weigher(|key: &Key, entry: &Arc<Entry>| u32::try_from(key.len() + entry.weight()).unwrap_or(u32::MAX))
            .eviction_listener(move |key, entry, cause| {
                if cause == moka::notification::RemovalCause::Size {
                    counted.evicted.inc();
                }
                lock(&for_listener).remove(&key, &entry);
            })
            .build();
        Self(Arc::new(Inner {
            site: site.clone(),
            pages,
            index,
            flights: Mutex::default(),
            remaking: Arc::new(Semaphore::new(1)),
            packing: Arc::new(Semaphore::new(1)),
            misses: misses::Misses::default(),
            metrics,
            knows: watch::Sender::new(None),
        }))
    }

    /// Follows what changes, here or elsewhere, for as long as the server runs.
    /// While the database is away the kept pages go on; then it reads on from
    /// where it was, so that nothing is missed.
    pub async fn follow(self) {
        let site = &self.0.site;
        let mut news = loop {
            match Follower::new(site).await {
                Ok(news) => break news,
                Err(error) => rest(&error).await,
            }
        };
        self.forget_all();
        loop {
            self.0.knows.send_replace(Some(news.cursor()));
            let changes = match news.next().await {
                Ok(changes) => changes,
                Err(error) => {
                    rest(&error).await;
                    continue;
                }
            };
            // What can't be found out is taken for everything.
            let touched = changes::touched(site, &changes).await.unwrap_or(Touched::All);
            // First what stands around the pages, so that none is made with the old.
            if let Err(error) = frame::heed(site, &touched).await {
                tracing::warn!(%error, "the shared regions could not be made anew");
            }
            self.0.misses.follow(&changes);
            match touched {
                Touched::All => self.forget_all(),
                Touched::Parts(parts) => self.forget(&parts),
            }
        }
    }

    /// Waits until the pages know of all that has changed so far; not at all where nobody
    /// follows, and never for longer than [`SOON`].
    async fn caught_up(&self) {
        let mut knows = self.0.knows.subscribe();
        if knows.borrow().is_none() {
            return;
        }
        match changes::newest(&self.0.site).await {
            Ok(newest) => {
                let there = knows.wait_for(|knows| knows.is_none_or(|known| known >= newest));
                if tokio::time::timeout(SOON, there).await.is_err() {
                    tracing::warn!("the page cache is behind; who has sent something may read the page of before");
                }
            }
            Err(error) => tracing::warn!(%error, "whether the page cache is behind can't be told"),
        }
    }

    /// Forgets the pages that show one of these parts.
    fn forget(&self, parts: &[Part]) {
        if parts.is_empty() {
            return;
        }
        // Taken out of the index first: the map tells the index of what it drops.
        let keys = lock(&self.0.index).forget(parts);
        self.0.metrics.forgotten.inc_by(keys.len() as u64);
        for key in keys {
            self.0.pages.invalidate(&key);
        }
    }

    /// Forgets every page.
    pub fn forget_all(&self) {
        lock(&self.0.index).forget_all();
        self.0.metrics.forgotten.inc_by(self.0.pages.entry_count());
        self.0.pages.invalidate_all();
        self.0.misses.forget();
    }

    /// How many pages are kept, and their bytes.
    pub fn size(&self) -> (u64, u64) {
        // The map does its housework now and then; whoever counts wants it done.
        self.0.pages.run_pending_tasks();
        (self.0.pages.entry_count(), self.0.pages.weighted_size())
    }
}

/// Stands around everything: who has sent something gets the answer when the pages know
/// of it, and so reads it on the page to which the answer leads.
pub async fn heed(State(cache): State<PageCache>, request: Request, next: Next) -> Response {
    let safe = request.method().is_safe();
    let response = next.run(request).await;
    if !safe && (response.status().is_success() || response.status().is_redirection()) {
        cache.caught_up().await;
    }
    response
}

async fn rest(error: &StorageError) {
    tracing::error!(%error, "the page cache can't see the changes; it looks again in a second");
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Each change under these locks is one step: a panic can't leave half of one.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
