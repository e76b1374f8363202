//! How many places of one kind somebody has, and how many all have together.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// Counts places by who has them.
#[derive(Clone, Default)]
pub struct Crowd(Arc<Mutex<Counts>>);

#[derive(Default)]
struct Counts {
    all: usize,
    by: HashMap<String, usize>,
}

/// Why somebody gets no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Full {
    /// Too many are theirs already.
    Theirs,
    /// All are taken.
    All,
}

impl Crowd {
    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many are taken.
    pub fn count(&self) -> usize {
        self.counts().all
    }

    /// A place for somebody, of so many for each and for all.
    pub fn enter(&self, who: String, each: usize, all: usize) -> Result<Seat, Full> {
        let mut counts = self.counts();
        if counts.by.get(&who).is_some_and(|theirs| *theirs >= each) {
            return Err(Full::Theirs);
        }
        if counts.all >= all {
            return Err(Full::All);
        }
        counts.all += 1;
        *counts.by.entry(who.clone()).or_insert(0) += 1;
        Ok(Seat { crowd: self.clone(), who })
    }
}

/// A place that somebody has; dropped, it is free again.
pub struct Seat {
    crowd: Crowd,
    who: String,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut counts = self.crowd.counts();
        counts.all -= 1;
        if let Some(theirs) = counts.by.get_mut(&self.who) {
            *theirs -= 1;
            if *theirs == 0 {
                counts.by.remove(&self.who);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_crowds_out_the_others() {
        let crowd = Crowd::default();
        let enter = |who: &str| crowd.enter(who.to_owned(), 2, 3);
        let mine = [enter("a").unwrap(), enter("a").unwrap()];
        assert_eq!(enter("a").err(), Some(Full::Theirs));
        let other = enter("b").unwrap();
        assert_eq!(enter("c").err(), Some(Full::All));
        drop((mine, other));
        assert_eq!((crowd.count(), crowd.counts().by.len()), (0, 0));
    }
}
