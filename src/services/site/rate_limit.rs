//! Counts by key within a span of time, in memory. Each server counts for itself.

use crate::domain::time::Timestamp;
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// From so many keys on, those whose span is over are thrown out.
const MANY: usize = 1_000;

/// What has happened how often.
#[derive(Default)]
pub struct Pace(Mutex<Counts>);

#[derive(Default)]
struct Counts {
    all: HashMap<String, Count>,
    /// So many keys were left when keys were last thrown out.
    left: usize,
}

struct Count {
    times: u32,
    since: Timestamp,
    /// The key's own, in milliseconds: minutes and hours stand side by side.
    span: i64,
}

impl Count {
    fn is_over(&self, now: Timestamp) -> bool {
        self.since.plus(self.span) <= now
    }
}

impl Pace {
    /// How often it has happened since its span began; `span` in milliseconds.
    pub fn counted(&self, key: &str, span: i64, now: Timestamp) -> u32 {
        let counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counts.all.get(key).filter(|count| count.since.plus(span) > now).map_or(0, |count| count.times)
    }

    /// It has happened once more; answers how often.
    pub fn count(&self, key: &str, span: i64, now: Timestamp) -> u32 {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Looked through only when they have doubled, so that a crowd of keys which are not over
        // yet isn't gone through for each that comes.
        if counts.all.len() >= MANY.max(2 * counts.left) {
            counts.all.retain(|_, count| !count.is_over(now));
            counts.left = counts.all.len();
        }
        let count = counts.all.entry(key.to_owned()).or_insert(Count { times: 0, since: now, span });
        count.span = span;
        if count.is_over(now) {
            (count.times, count.since) = (0, now);
        }
        count.times += 1;
        count.times
    }

    /// It has not happened after all: once less.
    pub fn give_back(&self, key: &str) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.all.get_mut(key) {
            count.times = count.times.saturating_sub(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_begins_with_the_first_and_ends_for_all() {
        let pace = Pace::default();
        assert_eq!(pace.counted("a", 10, Timestamp(0)), 0);
        assert_eq!([0, 5, 9].map(|at| pace.count("a", 10, Timestamp(at))), [1, 2, 3]);
        assert_eq!((pace.counted("a", 10, Timestamp(9)), pace.counted("b", 10, Timestamp(9))), (3, 0));
        assert_eq!((pace.counted("a", 10, Timestamp(10)), pace.count("a", 10, Timestamp(10))), (0, 1));
        for n in 0..3_000 {
            pace.count(&n.to_string(), 10, Timestamp(100 + n));
        }
        assert!(pace.0.lock().unwrap().all.len() < 1_100, "what is over does not stay");
    }

    #[test]
    fn what_is_counted_by_the_hour_outlives_a_crowd_counted_by_the_minute() {
        let (pace, minute, hour) = (Pace::default(), 60_000, 3_600_000);
        for _ in 0..3 {
            pace.count("sign-up", hour, Timestamp(0));
        }
        for n in 0..5_000 {
            pace.count(&format!("search {n}"), minute, Timestamp(10 * minute + n));
        }
        assert_eq!(pace.counted("sign-up", hour, Timestamp(11 * minute)), 3);
        assert_eq!(pace.count("sign-up", hour, Timestamp(11 * minute)), 4);
    }
}
