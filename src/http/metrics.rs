//! Counts of the server, in the text form that Prometheus reads.

use super::page_cache::PageCache;
use prometheus_client::{
    encoding::text::encode,
    metrics::{
        counter::Counter,
        family::Family,
        gauge::Gauge,
        histogram::{Histogram, exponential_buckets},
    },
    registry::{Registry, Unit},
};
use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

/// What is counted.
pub struct Metrics {
    /// Pages answered from the cache as they are now.
    pub hits: Counter,
    /// Pages answered from the cache while their shared regions are made anew.
    pub stale: Counter,
    /// Requests for pages that no kept page could answer.
    pub missed: Counter,
    /// Pages that were rendered.
    pub renders: Counter,
    /// Pages forgotten because something on them changed.
    pub forgotten: Counter,
    /// Pages dropped for want of room.
    pub evicted: Counter,
    render: Histogram,
    body: Histogram,
    packed: Histogram,
    pages: Gauge,
    bytes: Gauge,
    failures: Family<[(&'static str, String); 1], Counter>,
    unknown_events: Family<[(&'static str, String); 1], Counter>,
    registry: Registry,
}

impl Metrics {
    /// All at zero.
    pub fn new() -> Arc<Self> {
        let mut registry = Registry::with_prefix("pressroom");
        let sizes = || Histogram::new(exponential_buckets(1_024.0, 2.0, 10));
        let [hits, stale, missed, renders, forgotten, evicted] = std::array::from_fn(|_| Counter::default());
        let render = Histogram::new(exponential_buckets(0.000_25, 2.0, 14));
        let (body, packed) = (sizes(), sizes());
        let (pages, bytes) = (Gauge::default(), Gauge::default());
        for (name, help, counter) in [
            ("page_cache_hits", "Pages answered from the cache, all on them as it is now", &hits),
            ("page_cache_stale_hits", "Pages answered from the cache while they are made anew", &stale),
            ("page_cache_misses", "Requests for pages that no kept page could answer", &missed),
            ("page_renders", "Pages that were rendered", &renders),
            ("page_cache_forgotten", "Pages forgotten because something on them changed", &forgotten),
            ("page_cache_evicted", "Pages dropped for want of room", &evicted),
        ] {
            registry.register(name, help, counter.clone());
        }
        for (name, help, unit, histogram) in [
            ("page_render", "Time from a miss to a page that is packed", Unit::Seconds, &render),
            ("page_body", "Bodies of pages as they are", Unit::Bytes, &body),
            ("page_packed", "Bodies of pages in brotli", Unit::Bytes, &packed),
        ] {
            registry.register_with_unit(name, help, unit, histogram.clone());
        }
        registry.register("page_cache_pages", "Pages that are kept", pages.clone());
        registry.register_with_unit("page_cache_size", "Memory that kept pages take", Unit::Bytes, bytes.clone());
        let failures = Family::default();
        let help = "How often a worker has failed and was begun anew";
        registry.register("worker_failures", help, Family::clone(&failures));
        let unknown_events = Family::default();
        let help = "Events of mail providers that were not understood";
        registry.register("provider_events_unknown", help, Family::clone(&unknown_events));
        Arc::new(Self {
            hits,
            stale,
            missed,
            renders,
            forgotten,
            evicted,
            render,
            body,
            packed,
            pages,
            bytes,
            failures,
            unknown_events,
            registry,
        })
    }

    /// A page was rendered and packed: how long that took, and its sizes in bytes.
    pub fn rendered(&self, took: Duration, (body, packed): (usize, usize)) {
        self.renders.inc();
        self.render.observe(took.as_secs_f64());
        self.body.observe(body as f64);
        self.packed.observe(packed as f64);
    }

    /// A provider told so many events that nobody here understands.
    pub fn unknown_event(&self, provider: &str, count: u64) {
        self.unknown_events.get_or_create(&[("provider", provider.to_owned())]).inc_by(count);
    }

    /// All counts as text (OpenMetrics 1.0), with how often each worker has failed.
    pub fn text(&self, cache: &PageCache, workers: &[(String, u64)]) -> String {
        for (name, count) in workers {
            let counter = self.failures.get_or_create(&[("worker", name.clone())]);
            counter.inner().store(*count, Ordering::Relaxed);
        }
        let (pages, bytes) = cache.size();
        self.pages.set(i64::try_from(pages).unwrap_or(i64::MAX));
        self.bytes.set(i64::try_from(bytes).unwrap_or(i64::MAX));
        let mut text = String::new();
        // Writing into a string can't fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}
