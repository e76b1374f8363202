//! The filter's rules tried on comments that are there: what would they have done?
//! Rules that know of the moment alone (pace, repetition, the form) are left out.

use super::{
    bayes,
    rules::{Circumstances, judge, outcome},
};
use crate::services::{
    Site,
    text::word_lists::{WordList, WordLists},
};
use crate::{
    domain::{edition::Conversation, reply::Reply},
    storage::{
        StorageError,
        comments::{State, filter},
    },
};
use std::{
    collections::{BTreeMap, HashMap},
    fmt,
};

/// What the rules would have done to some comments.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Trial {
    /// Comments, by what was decided about them and what the rules would do.
    pub table: BTreeMap<(&'static str, &'static str), u64>,
    /// How often each rule speaks.
    pub rules: BTreeMap<String, u64>,
    /// Published comments that would be held or taken for spam: their numbers, at most 20.
    pub falsely: Vec<i64>,
}

/// Tries rules on the last comments.
pub async fn run(site: &Site, rules: &Conversation, most: i64) -> Result<Trial, StorageError> {
    let lists = WordLists::default().of(&rules.banned_words, &rules.suspect_words);
    let lists: &(WordList, WordList) = &lists;
    let mut approved: HashMap<String, i64> = HashMap::new();
    let mut trial = Trial::default();
    for comment in filter::last(&site.db, most).await? {
        let before = State::of(&comment.status);
        // What nobody can be known by is a newcomer's.
        let mut nobodys = 0;
        let known = if comment.writer.is_empty() { &mut nobodys } else { approved.entry(comment.writer).or_default() };
        let findings = if comment.badge.is_empty() {
            let circumstances = Circumstances {
                approved: *known,
                took: i64::MAX,
                learnt: bayes::ask(site, &comment.words).await?,
                ..Circumstances::default()
            };
            let reply = Reply { text: comment.words, ..Reply::default() };
            judge(&reply, &circumstances, rules, lists)
        } else {
            Vec::new()
        };
        let now = outcome(&findings);
        if before == State::Approved {
            *known += 1;
            if now != State::Approved && trial.falsely.len() < 20 {
                trial.falsely.push(comment.id);
            }
        }
        *trial.table.entry((before.as_str(), now.as_str())).or_default() += 1;
        for finding in findings {
            *trial.rules.entry(finding.rule).or_default() += 1;
        }
    }
    Ok(trial)
}

impl fmt::Display for Trial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "decided    the rules would  comments")?;
        for ((before, now), count) in &self.table {
            writeln!(f, "{before:<10} {now:<16} {count:>8}")?;
        }
        writeln!(f, "\nrule              speaks of")?;
        for (rule, count) in &self.rules {
            writeln!(f, "{rule:<16} {count:>10}")?;
        }
        if !self.falsely.is_empty() {
            let numbers: Vec<String> = self.falsely.iter().map(ToString::to_string).collect();
            writeln!(f, "\npublished, and would not appear at once: {}", numbers.join(", "))?;
        }
        Ok(())
    }
}
