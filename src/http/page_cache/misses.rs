//! Addresses at which nothing stands: looked up once, then answered with the one page that
//! says so. Forgotten when anything changes that could stand somewhere.

use super::{Key, PageCache, entry::Entry, lock};
use crate::{
    domain::{
        change::{Change, Noun},
        time::Timestamp,
    },
    http::guard,
};
use axum::{
    extract::Request,
    http::{HeaderMap, Method, request},
    response::Response,
};
use bytes::Bytes;
use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU64, Ordering},
};

/// So many bytes of addresses are remembered.
const MOST_BYTES: u64 = 4_000_000;

/// Marks an answer of 404 that is the same for all who ask, whoever they are; stands among its
/// extensions.
#[derive(Clone, Copy, Debug)]
pub struct Missing {
    /// The generation of the shared regions around it.
    pub front: u64,
    /// From when on something may stand there by itself: the next thing on the schedule.
    pub until: Option<Timestamp>,
}

/// What is remembered.
pub(super) struct Misses {
    addresses: moka::sync::Cache<Key, Option<Timestamp>>,
    /// Counts how often all were forgotten.
    epoch: AtomicU64,
    /// The page, with the shared regions of one generation.
    page: Mutex<Option<Arc<Entry>>>,
}

impl Default for Misses {
    fn default() -> Self {
        let weight = |key: &Key, _: &Option<Timestamp>| u32::try_from(key.len() + 64).unwrap_or(u32::MAX);
        let addresses = moka::sync::Cache::builder().max_capacity(MOST_BYTES).weigher(weight).build();
        Self { addresses, epoch: AtomicU64::new(0), page: Mutex::default() }
    }
}

impl Misses {
    /// To be asked before an address is looked up.
    pub fn epoch(&self) -> u64 {
        self.epoch.load(Ordering::SeqCst)
    }

    /// Forgets all of them, where a change can have put something somewhere.
    pub fn follow(&self, changes: &[Change]) {
        if changes.iter().any(|change| !matches!(change.noun, Noun::Mail | Noun::Comment | Noun::Thread)) {
            self.forget();
        }
    }

    /// Forgets all of them.
    pub fn forget(&self) {
        self.epoch.fetch_add(1, Ordering::SeqCst);
        self.addresses.invalidate_all();
    }
}

/// An address with its whole query, which may tell more of an old one.
fn address(request: &request::Parts) -> Key {
    request.uri.path_and_query().map_or(request.uri.path(), |whole| whole.as_str()).into()
}

impl PageCache {
    /// The answer for an address that is known to lead nowhere.
    pub(super) fn missing(&self, request: &Request) -> Option<Response> {
        let whole = request.uri().path_and_query().map_or(request.uri().path(), |whole| whole.as_str());
        let until = self.0.misses.addresses.get(whole)?;
        if until.is_some_and(|until| until <= self.0.site.now()) {
            return None;
        }
        let page = lock(&self.0.misses.page).clone()?;
        let current = page.front == Some(self.0.site.fronts.generation());
        current.then(|| page.not_found(request.headers()))
    }

    /// Remembers that an address leads nowhere, unless something has changed since `began`.
    pub(super) fn miss(&self, key: &Key, missing: Missing, page: (&HeaderMap, &Bytes), began: u64) {
        let misses = &self.0.misses;
        {
            let mut kept = lock(&misses.page);
            if kept.as_ref().is_none_or(|kept| kept.front != Some(missing.front)) {
                let mut headers = page.0.clone();
                guard::stamp(&mut headers, &self.0.site);
                let keep = super::Keep { front: Some(missing.front), ..super::Keep::default() };
                *kept = Some(Arc::new(Entry::new(page.1.clone(), keep, &headers, 0)));
            }
        }
        if misses.epoch() != began {
            return;
        }
        misses.addresses.insert(key.clone(), missing.until);
        // What changed between the look and the insertion found nothing to forget.
        if misses.epoch() != began {
            misses.addresses.invalidate(key);
        }
    }
}

/// Whether an answer of this request can be remembered, and under which address.
pub(super) fn key(request: &request::Parts) -> Option<Key> {
    matches!(request.method, Method::GET | Method::HEAD).then(|| address(request))
}
