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
pub struct Pace(Mutex<HashMap<String, (u32, Timestamp)>>);

impl Pace {
    /// How often it has happened since its span began; `span` in milliseconds.
    pub fn counted(&self, key: &str, span: i64, now: Timestamp) -> u32 {
        let counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counts.get(key).filter(|(_, since)| since.plus(span) > now).map_or(0, |(count, _)| *count)
    }

    /// It has happened once more; answers how often.
    pub fn count(&self, key: &str, span: i64, now: Timestamp) -> u32 {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.len() >= MANY {
            counts.retain(|_, (_, since)| since.plus(span) > now);
        }
        let (count, since) = counts.entry(key.to_owned()).or_insert((0, now));
        if since.plus(span) <= now {
            (*count, *since) = (0, now);
        }
        *count += 1;
        *count
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
        assert!(pace.0.lock().unwrap().len() < 1_100, "what is over does not stay");
    }
}
