//! Words that the newsroom doesn't want, in thousands, found in one pass over a comment
//! whatever their usual disguise: capitals, accents, letters of other alphabets, digits
//! for letters, letters set apart or repeated.

use aho_corasick::AhoCorasick;
use std::sync::{Arc, Mutex, PoisonError};

/// A list that can be looked for.
pub struct WordList {
    words: Vec<String>,
    automaton: Option<AhoCorasick>,
}

impl WordList {
    /// Builds the automaton of some words and phrases; `word*` is every word that begins so.
    pub fn new(words: &[String]) -> Self {
        let patterns: Vec<String> = words
            .iter()
            .map(|word| match word.strip_suffix('*') {
                Some(start) => fold(start).trim_end().to_owned(),
                None => fold(word),
            })
            .collect();
        // A pattern of blanks alone would be in everything.
        let patterns: Vec<&str> =
            patterns.iter().map(|p| if p.trim().is_empty() { "\u{0}" } else { p.as_str() }).collect();
        Self { words: words.to_vec(), automaton: AhoCorasick::new(patterns).ok() }
    }

    /// The words of the list that stand in a text, as the list has them.
    pub fn find(&self, folded: &str) -> Vec<&str> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let found = automaton.find_overlapping_iter(folded);
        let mut which: Vec<usize> = found.map(|hit| hit.pattern().as_usize()).collect();
        which.sort_unstable();
        which.dedup();
        which.into_iter().filter_map(|index| self.words.get(index).map(String::as_str)).collect()
    }
}

/// The two lists of the settings, built once for each change of them.
#[derive(Default)]
pub struct WordLists(Mutex<Option<Arc<(WordList, WordList)>>>);

impl WordLists {
    /// The banned and the suspect words.
    pub fn of(&self, banned: &[String], suspect: &[String]) -> Arc<(WordList, WordList)> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(lists) = kept.as_ref().filter(|lists| lists.0.words == banned && lists.1.words == suspect) {
            return lists.clone();
        }
        let lists = Arc::new((WordList::new(banned), WordList::new(suspect)));
        *kept = Some(lists.clone());
        lists
    }
}

/// A text without its disguises: small Latin letters in words one blank apart, with a
/// blank at both ends, no letter twice in a row; letters that stand alone are joined.
pub fn fold(text: &str) -> String {
    let mut words: Vec<String> = vec![String::new()];
    let plain = any_ascii::any_ascii(text);
    let mut rest = plain.chars().peekable();
    while let Some(c) = rest.next() {
        let within = rest.peek().is_some_and(char::is_ascii_alphanumeric);
        let letter = match c.to_ascii_lowercase() {
            '0' => 'o',
            '1' => 'i',
            '3' => 'e',
            '4' => 'a',
            '5' => 's',
            '7' => 't',
            c if c.is_ascii_alphanumeric() => c,
            // At the end of a word they are what they are.
            '!' | '|' if within => 'i',
            '@' if within => 'a',
            '$' if within => 's',
            // An apostrophe is part of its word.
            '\'' => continue,
            _ => ' ',
        };
        let Some(word) = words.last_mut() else { continue };
        if letter == ' ' {
            if !word.is_empty() {
                words.push(String::new());
            }
        } else if !word.ends_with(letter) {
            word.push(letter);
        }
    }
    let mut folded = String::from(" ");
    let mut alone = String::new();
    for word in words.iter().chain([&String::new()]) {
        if word.len() == 1 {
            if !alone.ends_with(word.as_str()) {
                alone += word;
            }
            continue;
        }
        // What begins with a word of one letter may be meant without it.
        let bare = alone.strip_prefix(['a', 'i']).unwrap_or_default().to_owned();
        for word in [std::mem::take(&mut alone), bare, word.clone()] {
            if !word.is_empty() {
                folded += &word;
                folded.push(' ');
            }
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(words: &[&str], text: &str) -> Vec<String> {
        let words: Vec<String> = words.iter().map(|w| (*w).to_owned()).collect();
        WordList::new(&words).find(&fold(text)).into_iter().map(str::to_owned).collect()
    }

    #[test]
    fn disguises_are_seen_through() {
        for text in [
            "cheap Casino here",
            "c a s i n o!",
            "C.A.S.I.N.O",
            "cas1n0",
            "cаsino",
            "caaasino",
            "Ca$iŋo casino",
            "CÁSINO",
        ] {
            assert_eq!(found(&["casino"], text), ["casino"], "{text}");
        }
        assert_eq!(found(&["online casino", "loan*"], "An ONLINE-casino with loans"), ["online casino", "loan*"]);
        for text in ["casinos", "an occasion", "cas in order"] {
            assert!(found(&["casino"], text).is_empty(), "{text}");
        }
        assert!(found(&["  ", "*", "!"], "anything at all").is_empty());
    }

    #[test]
    fn thousands_of_words_are_one_pass() {
        let words: Vec<String> = (0..5_000)
            .map(|n| format!("wort{}x", ["a", "b", "c", "d"][n % 4].repeat(n % 7) + &n.to_string()))
            .collect();
        let list = WordList::new(&words);
        let text = fold(&format!("before {} after", words[4_321]));
        assert!(list.find(&text).contains(&words[4_321].as_str()));
        let lists = WordLists::default();
        assert!(Arc::ptr_eq(&lists.of(&words, &[]), &lists.of(&words, &[])), "built once");
    }
}
