//! What readers do, counted in memory and written in batches: no cookie, no stored
//! address. The same by the same reader counts once an hour.

use crate::{domain::time::Timestamp, storage::StorageError};
use std::{
    collections::{HashMap, HashSet},
    hash::{BuildHasher, Hash, RandomState},
    net::IpAddr,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// So many acts of an hour are told apart, which is 16 MB; what goes beyond is not
/// counted, so that nobody can fill the memory.
const MOST: usize = 1_000_000;

/// Counts by `Key` that are not written yet.
pub struct Tally<Key>(Mutex<State<Key>>);

struct State<Key> {
    hour: i64,
    day: i64,
    /// Its keys are random and live for a day: afterwards nobody, not even with
    /// the memory in hand, can tell who it was.
    hasher: RandomState,
    seen: HashSet<u64>,
    counts: HashMap<Key, i64>,
}

impl<Key> Default for Tally<Key> {
    fn default() -> Self {
        Self(Mutex::new(State {
            hour: 0,
            day: 0,
            hasher: RandomState::new(),
            seen: HashSet::new(),
            counts: HashMap::new(),
        }))
    }
}

impl<Key: Copy + Eq + Hash> Tally<Key> {
    fn lock(&self) -> MutexGuard<'_, State<Key>> {
        // Counts are numbers: a panic can't leave half of one.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts an act, once an hour for a reader, who is an address and the name of a program.
    pub fn note(&self, key: Key, reader: (IpAddr, &str), now: Timestamp) {
        let mut state = self.lock();
        let hour = now.0.div_euclid(Timestamp::HOUR);
        if state.hour != hour {
            state.hour = hour;
            state.seen.clear();
        }
        let day = now.0.div_euclid(Timestamp::DAY);
        if state.day != day {
            state.day = day;
            state.hasher = RandomState::new();
        }
        let mark = state.hasher.hash_one((reader, key));
        if state.seen.len() < MOST && state.seen.insert(mark) {
            *state.counts.entry(key).or_default() += 1;
        }
    }

    /// Counts an act of whomever.
    pub fn count(&self, key: Key) {
        *self.lock().counts.entry(key).or_default() += 1;
    }

    /// Takes what was counted so far.
    pub(in crate::services) fn take(&self) -> Vec<(Key, i64)> {
        self.lock().counts.drain().collect()
    }

    /// What was taken has been written, which answers how much that was, or it has not: then
    /// it is counted again and waits for the next time.
    pub(in crate::services) fn settle(
        &self,
        counts: Vec<(Key, i64)>,
        written: Result<(), StorageError>,
    ) -> Result<usize, StorageError> {
        if written.is_err() {
            let mut state = self.lock();
            for (key, count) in &counts {
                *state.counts.entry(*key).or_default() += count;
            }
        }
        written.map(|()| counts.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_counts_once_an_hour() {
        let reads: Tally<u8> = Tally::default();
        let (one, two): (IpAddr, IpAddr) = ("192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap());
        for n in 0..1_000 {
            reads.note(1, (one, "Firefox"), Timestamp(n));
        }
        reads.note(1, (two, "Firefox"), Timestamp(1_000));
        reads.note(2, (one, "Firefox"), Timestamp(1_000));
        let mut counts = reads.take();
        counts.sort();
        assert_eq!(counts, [(1, 2), (2, 1)]);
        reads.note(1, (one, "Firefox"), Timestamp(Timestamp::HOUR - 1));
        assert!(reads.take().is_empty());
        reads.note(1, (one, "Firefox"), Timestamp(Timestamp::HOUR));
        assert_eq!(reads.take(), [(1, 1)]);
        assert!(reads.settle(vec![(1, 1)], Err(StorageError::Stored("away".into()))).is_err());
        reads.note(1, (two, "Firefox"), Timestamp(Timestamp::HOUR));
        assert_eq!(reads.take(), [(1, 2)]);
    }
}
