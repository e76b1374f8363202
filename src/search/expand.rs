//! Other words for a word: what a beginning may become, what a typing error may have
//! been. Both are looked for in the index's own dictionary.

use std::{cmp::Reverse, collections::HashMap};
use tantivy::{Searcher, TantivyError, Term, query::FuzzyTermQuery, schema::Field};

/// A word has at most so many others.
const MOST: usize = 50;
/// Of a beginning so many are taken: the most used ones.
const ENDINGS: usize = 12;
/// So many words of the dictionary are looked at for a beginning.
const LOOKED_AT: usize = 20_000;

/// A word of the dictionary in the place of one that was typed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Other {
    pub word: String,
    /// What it counts beside the word itself, 0 to 1.
    pub weight: f32,
    /// In how many articles (of one field) it stands.
    pub used: u64,
}

/// How often a word stands in any of these fields: the most of them.
pub(super) fn used(searcher: &Searcher, fields: &[Field], word: &str) -> Result<u64, TantivyError> {
    let mut most = 0;
    for field in fields {
        most = most.max(searcher.doc_freq(&Term::from_field_text(*field, word))?);
    }
    Ok(most)
}

/// Words that begin so.
pub(super) fn endings(searcher: &Searcher, fields: &[Field], start: &str) -> Result<Vec<Other>, TantivyError> {
    let mut found: HashMap<Vec<u8>, u64> = HashMap::new();
    for segment in searcher.segment_readers() {
        for field in fields {
            let index = segment.inverted_index(*field)?;
            let mut stream = index.terms().range().ge(start).into_stream()?;
            let mut looked = 0;
            while stream.advance() && stream.key().starts_with(start.as_bytes()) && looked < LOOKED_AT {
                looked += 1;
                let used = u64::from(stream.value().doc_freq);
                // Most stand in several segments and fields: their letters are kept once.
                match found.get_mut(stream.key()) {
                    Some(sum) => *sum += used,
                    None => _ = found.insert(stream.key().to_vec(), used),
                }
            }
        }
    }
    // The most used ones, and the word itself, which stands before them.
    let mut found: Vec<(Vec<u8>, u64)> = found.into_iter().collect();
    let order = |(word, used): &(Vec<u8>, u64)| (word != start.as_bytes(), Reverse(*used));
    if found.len() > ENDINGS {
        found.select_nth_unstable_by(ENDINGS, |a, b| order(a).cmp(&order(b)).then_with(|| a.0.cmp(&b.0)));
        found.truncate(ENDINGS);
    }
    let others = found.into_iter().filter_map(|(word, used)| {
        let word = String::from_utf8(word).ok()?;
        let weight = if word == start { 1.0 } else { 0.8 };
        Some(Other { word, weight, used })
    });
    Ok(best(others.collect(), ENDINGS))
}

/// Words that differ by a letter or two, more of them where the word is longer.
pub(super) fn near(
    searcher: &Searcher,
    fields: &[Field],
    word: &str,
    typing: bool,
) -> Result<Vec<Other>, TantivyError> {
    // Of a short word another letter makes another word.
    let distances: &[u8] = match word.chars().count() {
        0..=4 => &[],
        5 => &[1],
        6..=7 => &[1, 2],
        _ => &[2],
    };
    for distance in distances {
        let found = within(searcher, fields, word, typing, *distance)?;
        if !found.is_empty() {
            return Ok(found);
        }
    }
    Ok(Vec::new())
}

fn within(
    searcher: &Searcher,
    fields: &[Field],
    word: &str,
    typing: bool,
    distance: u8,
) -> Result<Vec<Other>, TantivyError> {
    let mut found: HashMap<String, u64> = HashMap::new();
    for field in fields {
        let term = Term::from_field_text(*field, word);
        let query = if typing {
            FuzzyTermQuery::new_prefix(term, distance, true)
        } else {
            FuzzyTermQuery::new(term, distance, true)
        };
        for segment in searcher.segment_readers() {
            let index = segment.inverted_index(*field)?;
            let mut stream = index.terms().search(query.automaton()?).into_stream()?;
            while stream.advance() {
                if let Ok(word) = std::str::from_utf8(stream.key()) {
                    let used = found.entry(word.to_owned()).or_default();
                    *used = (*used).max(u64::from(stream.value().doc_freq));
                }
            }
        }
    }
    let others = found.into_iter().map(|(other, used)| {
        let compared: String = if typing { other.chars().take(word.chars().count()).collect() } else { other.clone() };
        let errors = strsim::osa_distance(word, &compared);
        // People rarely mistake the first letter.
        let first = if other.chars().next() == word.chars().next() { 1.0 } else { 0.5 };
        let weight = first
            * match errors {
                0 => 0.9,
                1 => 0.7,
                _ => 0.4,
            };
        Other { word: other, weight, used }
    });
    Ok(best(others.collect(), MOST))
}

fn best(mut others: Vec<Other>, most: usize) -> Vec<Other> {
    others.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(b.used.cmp(&a.used)).then_with(|| a.word.cmp(&b.word)));
    others.truncate(most);
    others
}
