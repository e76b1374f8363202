//! Renders: one for all who wait, to its end even if they leave.

use super::{
    Key, PageCache,
    entry::{Entry, Keep},
    hits::key,
    lock,
    misses::{self, Missing},
};
use crate::http::{answer::unavailable, guard};
use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode},
    middleware::Next,
    response::Response,
};
use bytes::Bytes;
use futures_util::{
    FutureExt,
    future::{BoxFuture, Shared},
};
use std::{sync::Arc, time::Instant};

/// A render under way, and all who wait for it.
pub type Flight = Shared<BoxFuture<'static, Outcome>>;

/// What came of a render.
#[derive(Clone)]
pub enum Outcome {
    /// A page.
    Page(Arc<Entry>),
    /// Something that is not kept: a redirect, a page that is not there.
    Answer(StatusCode, HeaderMap, Bytes),
}

/// Marks the request of the worker that makes pages anew, for which no reader waits.
#[derive(Clone, Copy)]
pub struct Anew;

/// No page of ours is nearly as large.
const MOST_BYTES: usize = 32_000_000;

/// Stands around the routes whose pages all readers share.
pub async fn keep(State(cache): State<PageCache>, request: Request, next: Next) -> Response {
    let key: Option<Key> = key(request.uri()).map(Key::from);
    let Some(key) = key.filter(|_| matches!(*request.method(), Method::GET | Method::HEAD)) else {
        return next.run(request).await;
    };
    // Counted here: what stands outside of these routes is no page to be kept.
    if request.extensions().get::<Anew>().is_none() {
        cache.0.metrics.missed.inc();
    }
    let head = request.method() == Method::HEAD;
    let (parts, _) = request.into_parts();
    let address = misses::key(&parts);
    // The whole query: of what is not kept (an old address, say) it may tell more.
    let asked_for: Key = parts.uri.path_and_query().map_or(parts.uri.path(), |whole| whole.as_str()).into();
    let (asked, extensions, for_reads) = (parts.headers, parts.extensions.clone(), cache.clone());
    let flight = {
        let mut flights = lock(&cache.0.flights);
        match flights.get(&asked_for) {
            Some(flight) => flight.clone(),
            None => {
                // Of the request the address alone goes on.
                let mut request = Request::new(Body::empty());
                *request.uri_mut() = parts.uri;
                *request.extensions_mut() = parts.extensions;
                let landing = Landing { cache: cache.clone(), flight: asked_for.clone() };
                let task = tokio::spawn(render(landing, key, address, request, next));
                let flight = async move {
                    task.await.unwrap_or_else(|_| {
                        let (parts, _) = unavailable().into_parts();
                        Outcome::Answer(parts.status, parts.headers, Bytes::new())
                    })
                };
                let flight = flight.boxed().shared();
                flights.insert(asked_for, flight.clone());
                flight
            }
        }
    };
    match flight.await {
        Outcome::Page(entry) => {
            if !head {
                for_reads.read(&entry, &asked, &extensions);
            }
            super::hits::bare(entry.answer(&asked), head)
        }
        Outcome::Answer(status, headers, body) => {
            // Not by way of a tuple, which would give an empty body a type.
            let mut response = Response::new(Body::from(body));
            *response.status_mut() = status;
            *response.headers_mut() = headers;
            response
        }
    }
}

/// Ends a flight, whatever becomes of it: nobody joins one that is over.
struct Landing {
    cache: PageCache,
    flight: Key,
}

impl Drop for Landing {
    fn drop(&mut self) {
        lock(&self.cache.0.flights).remove(&self.flight);
    }
}

/// `key` is where a page is kept, `address` where it is noted that there is none.
async fn render(landing: Landing, key: Key, address: Option<Key>, request: Request, next: Next) -> Outcome {
    let cache = &landing.cache;
    let (began, number) = {
        let mut index = lock(&cache.0.index);
        (index.epoch(), index.number())
    };
    let epoch = cache.0.misses.epoch();
    let clock = Instant::now();
    let path: Key = request.uri().path().into();
    // In a task of its own, so that a panic is met here and nobody waits for ever.
    let task = tokio::spawn(async move {
        let (mut parts, body) = next.run(request).await.into_parts();
        let keep = parts.extensions.remove::<Keep>();
        to_bytes(body, MOST_BYTES).await.map(|body| (parts, keep, body))
    });
    match task.await {
        Ok(Ok((mut parts, Some(keep), body))) if parts.status == StatusCode::OK => {
            guard::stamp(&mut parts.headers, &cache.0.site);
            let entry = Arc::new(Entry::new(body, keep, &parts.headers, number));
            let key = if entry.places { key } else { path };
            cache.store(&key, &entry, began);
            cache.0.metrics.rendered(clock.elapsed(), entry.sizes());
            Outcome::Page(entry)
        }
        Ok(Ok((mut parts, _, body))) => {
            if let (Some(missing), Some(address)) = (parts.extensions.remove::<Missing>(), address) {
                cache.miss(&address, missing, (&parts.headers, &body), epoch);
            }
            Outcome::Answer(parts.status, parts.headers, body)
        }
        Ok(Err(error)) => failed(&error),
        Err(error) => failed(&error),
    }
}

fn failed(error: &dyn std::fmt::Display) -> Outcome {
    tracing::error!(%error, "a page could not be rendered");
    let (parts, body) = unavailable().into_parts();
    let body = body_now(body);
    Outcome::Answer(parts.status, parts.headers, body)
}

/// The bytes of a body that is there already.
fn body_now(body: Body) -> Bytes {
    to_bytes(body, MOST_BYTES).now_or_never().and_then(Result::ok).unwrap_or_default()
}

impl PageCache {
    /// Keeps a page, unless something on it has changed since its render began.
    fn store(&self, key: &Key, entry: &Arc<Entry>, began: u64) {
        {
            let mut index = lock(&self.0.index);
            if !index.holds(&entry.parts, began) {
                return;
            }
            index.add(key, entry);
        }
        self.0.pages.insert(key.clone(), entry.clone());
        // What changed between the look and the insertion found nothing to forget.
        if !lock(&self.0.index).holds(&entry.parts, began) {
            self.0.pages.invalidate(key);
        }
    }

    /// Packs a page more tightly that many ask for, beside the work.
    pub(super) fn tighten(&self, key: Key, entry: Arc<Entry>) {
        let Ok(permit) = self.0.packing.clone().try_acquire_owned() else {
            entry.tight.store(false, std::sync::atomic::Ordering::Relaxed);
            return;
        };
        let cache = self.clone();
        tokio::task::spawn_blocking(move || {
            let (began, number) = {
                let mut index = lock(&cache.0.index);
                (index.epoch(), index.number())
            };
            let tight = Arc::new(entry.tightened(number));
            // Only in the place of the page that it was made of.
            if cache.0.pages.get(&key).is_some_and(|current| current.number == entry.number) {
                cache.store(&key, &tight, began);
            }
            drop(permit);
        });
    }
}
