//! Which pages show what, and what has changed lately.

use super::{Key, entry::Entry};
use crate::domain::change::Part;
use std::collections::{HashMap, VecDeque};

/// So many of the latest changes are remembered for renders that are under way.
const LATELY: usize = 2_000;

/// See the module.
#[derive(Default)]
pub struct Index {
    /// For each part the pages that show it, each with the number of its entry.
    by_part: HashMap<Part, HashMap<Key, u64>>,
    /// Counts changes.
    epoch: u64,
    /// The latest changes, each with its number.
    recent: VecDeque<(u64, Part)>,
    /// Everything changed at this number, or is remembered no more.
    floor: u64,
    last: u64,
}

impl Index {
    /// The number of the latest change: where a render begins.
    pub fn epoch(&self) -> u64 {
        self.epoch
    }

    /// A number for a new entry, never given twice.
    pub fn number(&mut self) -> u64 {
        self.last += 1;
        self.last
    }

    /// Whether what was rendered from `began` on is still true.
    pub fn holds(&self, parts: &[Part], began: u64) -> bool {
        began >= self.floor && !self.recent.iter().any(|(epoch, part)| *epoch > began && parts.contains(part))
    }

    /// Notes an entry under its parts.
    pub fn add(&mut self, key: &Key, entry: &Entry) {
        for part in &entry.parts {
            self.by_part.entry(*part).or_default().insert(key.clone(), entry.number);
        }
    }

    /// An entry is kept no more; a newer one of the same page is left alone.
    pub fn remove(&mut self, key: &Key, entry: &Entry) {
        for part in &entry.parts {
            if let Some(pages) = self.by_part.get_mut(part)
                && pages.get(key) == Some(&entry.number)
            {
                pages.remove(key);
                if pages.is_empty() {
                    self.by_part.remove(part);
                }
            }
        }
    }

    /// Takes out the pages that show one of these parts.
    pub fn forget(&mut self, parts: &[Part]) -> Vec<Key> {
        self.epoch += 1;
        let mut keys = Vec::new();
        for part in parts {
            keys.extend(self.by_part.remove(part).into_iter().flatten().map(|(key, _)| key));
            self.recent.push_back((self.epoch, *part));
        }
        while self.recent.len() > LATELY {
            // A render that began before this one can't be judged any more.
            if let Some((epoch, _)) = self.recent.pop_front() {
                self.floor = epoch;
            }
        }
        keys
    }

    /// Everything has changed.
    pub fn forget_all(&mut self) {
        self.epoch += 1;
        self.floor = self.epoch;
        self.recent.clear();
        self.by_part.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ArticleId;

    #[test]
    fn a_render_that_began_before_a_change_does_not_hold() {
        let mut index = Index::default();
        let (a, b) = (Part::Article(ArticleId(1)), Part::Article(ArticleId(2)));
        let began = index.epoch();
        assert!(index.holds(&[a], began));
        index.forget(&[a]);
        assert!(!index.holds(&[a], began));
        assert!(index.holds(&[b], began), "another page is not touched");
        assert!(index.holds(&[a], index.epoch()), "what begins afterwards has seen it");
        let began = index.epoch();
        index.forget_all();
        assert!(!index.holds(&[b], began));
        let began = index.epoch();
        for n in 0..3_000 {
            index.forget(&[Part::Article(ArticleId(n + 10))]);
        }
        assert!(!index.holds(&[b], began), "too long ago to be judged");
    }
}
