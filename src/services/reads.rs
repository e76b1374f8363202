//! How often articles are read: counted in memory, written in batches. No cookie,
//! no stored address; robots, prefetches and reloads don't count.

use super::Site;
use crate::{
    domain::{ArticleId, time::Timestamp},
    storage::{StorageError, views},
};
use std::{
    collections::{HashMap, HashSet},
    hash::{BuildHasher, RandomState},
    net::IpAddr,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// So many readings of an hour are told apart, which is 16 MB; what goes beyond
/// is not counted, so that nobody can fill the memory.
const MOST: usize = 1_000_000;

/// The counts that are not written yet.
#[derive(Default)]
pub struct Reads(Mutex<State>);

#[derive(Default)]
struct State {
    hour: i64,
    day: i64,
    /// Its keys are random and live for a day: afterwards nobody, not even with
    /// the memory in hand, can tell who read.
    hasher: RandomState,
    seen: HashSet<u64>,
    counts: HashMap<ArticleId, i64>,
}

/// Parts of the names of programs that are no readers.
const ROBOTS: &[&str] = &[
    "bot",
    "crawl",
    "spider",
    "slurp",
    "http",
    "curl",
    "wget",
    "python",
    "headless",
    "lighthouse",
    "monitor",
    "preview",
    "scan",
    "feed",
    "reader/",
];

/// Whether a program's name is that of a robot; browsers always have one.
pub fn is_robot(agent: &str) -> bool {
    let agent = agent.to_ascii_lowercase();
    agent.is_empty() || ROBOTS.iter().any(|part| agent.contains(part))
}

impl Reads {
    fn lock(&self) -> MutexGuard<'_, State> {
        // Counts are numbers: a panic can't leave half of one.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a reading, once an hour for a reader; who reads is an address and
    /// the name of a program.
    pub fn note(&self, article: ArticleId, reader: (IpAddr, &str), now: Timestamp) {
        let mut state = self.lock();
        let hour = now.0.div_euclid(views::HOUR);
        if state.hour != hour {
            state.hour = hour;
            state.seen.clear();
        }
        let day = now.0.div_euclid(Timestamp::DAY);
        if state.day != day {
            state.day = day;
            state.hasher = RandomState::new();
        }
        let mark = state.hasher.hash_one((reader, article));
        if state.seen.len() < MOST && state.seen.insert(mark) {
            *state.counts.entry(article).or_default() += 1;
        }
    }

    fn take(&self) -> Vec<(ArticleId, i64)> {
        self.lock().counts.drain().collect()
    }

    fn give_back(&self, counts: Vec<(ArticleId, i64)>) {
        let mut state = self.lock();
        for (article, count) in counts {
            *state.counts.entry(article).or_default() += count;
        }
    }
}

/// Writes what was counted; where the database is away it waits for the next time.
pub async fn write(site: &Site) -> Result<usize, StorageError> {
    let counts = site.reads.take();
    if counts.is_empty() {
        return Ok(0);
    }
    match views::add(&site.db, &counts, site.now()).await {
        Ok(()) => Ok(counts.len()),
        Err(error) => {
            site.reads.give_back(counts);
            Err(error)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHROME: &str =
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36";

    #[test]
    fn robots_are_known_by_their_names() {
        for robot in ["", "Googlebot/2.1 (+http://www.google.com/bot.html)", "curl/8.5", "HeadlessChrome/140"] {
            assert!(is_robot(robot), "{robot}");
        }
        for browser in
            [CHROME, "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1"]
        {
            assert!(!is_robot(browser), "{browser}");
        }
    }

    #[test]
    fn a_reader_counts_once_an_hour() {
        let reads = Reads::default();
        let (one, two): (IpAddr, IpAddr) = ("192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap());
        let (a, b) = (ArticleId(1), ArticleId(2));
        for n in 0..1_000 {
            reads.note(a, (one, CHROME), Timestamp(n));
        }
        reads.note(a, (two, CHROME), Timestamp(1_000));
        reads.note(b, (one, CHROME), Timestamp(1_000));
        let mut counts = reads.take();
        counts.sort();
        assert_eq!(counts, [(a, 2), (b, 1)]);
        reads.note(a, (one, CHROME), Timestamp(views::HOUR - 1));
        assert!(reads.take().is_empty());
        reads.note(a, (one, CHROME), Timestamp(views::HOUR));
        assert_eq!(reads.take(), [(a, 1)]);
        reads.give_back(vec![(a, 1)]);
        reads.note(a, (two, CHROME), Timestamp(views::HOUR));
        assert_eq!(reads.take(), [(a, 2)]);
    }
}
