//! How words are compared: cut out of a text by the rules of its writing, folded (case,
//! accents) and reduced to their stems (Snowball, <https://snowballstem.org>).
//!
//! Each word has two forms, both in the index at the same place: as it was written,
//! folded, and its stem. So `café`, `cafe` and `cafés` meet, phrases tell endings apart,
//! and words that are being typed are found by their beginning.

use frostem::{Algorithm, Stemmer};
use std::collections::HashMap;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use unicode_normalization::UnicodeNormalization;

/// Longer words are no words that anybody looks for; in bytes.
const LONGEST: usize = 100;
/// So many stems are remembered: texts repeat their words.
const REMEMBERED: usize = 20_000;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its first byte in the text.
    pub from: usize,
    /// The first byte behind it.
    pub to: usize,
    /// Which word it is.
    pub position: usize,
    /// As written, folded.
    pub form: String,
    /// Its stem, folded; often the same.
    pub stem: String,
}

/// Where a word stands in a text: its first byte and the first behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Its first byte.
    pub from: usize,
    /// The first byte behind it.
    pub to: usize,
}

/// How the texts of a language are read.
#[derive(Clone)]
pub struct Analysis {
    algorithm: Option<Algorithm>,
    /// An apostrophe stands between two words (`l’élection`), not within one (`O’Brien`).
    elides: bool,
    /// A stem may begin with another letter than its word (`gewerkt`, `werk`).
    takes_prefixes: bool,
    stems: HashMap<String, String>,
}

impl Analysis {
    /// By a language's BCP 47 tag; of an unknown one words are only folded.
    pub fn of(language: &str) -> Self {
        let primary = language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        let algorithm = match primary.as_str() {
            "ar" => Some(Algorithm::Arabic),
            "da" => Some(Algorithm::Danish),
            "de" => Some(Algorithm::German),
            "el" => Some(Algorithm::Greek),
            "en" => Some(Algorithm::English),
            "es" => Some(Algorithm::Spanish),
            "fi" => Some(Algorithm::Finnish),
            "fr" => Some(Algorithm::French),
            "hu" => Some(Algorithm::Hungarian),
            "it" => Some(Algorithm::Italian),
            "nl" => Some(Algorithm::Dutch),
            "nb" | "nn" | "no" => Some(Algorithm::Norwegian),
            "pt" => Some(Algorithm::Portuguese),
            "ro" => Some(Algorithm::Romanian),
            "ru" => Some(Algorithm::Russian),
            "sv" => Some(Algorithm::Swedish),
            "ta" => Some(Algorithm::Tamil),
            "tr" => Some(Algorithm::Turkish),
            _ => None,
        };
        let elides = matches!(primary.as_str(), "fr" | "it" | "ca" | "pt" | "oc");
        let takes_prefixes = matches!(primary.as_str(), "ar" | "nl" | "ta");
        Self { algorithm, elides, takes_prefixes, stems: HashMap::new() }
    }

    /// The words of a text in their order.
    pub fn words(&mut self, text: &str) -> Vec<Word> {
        let mut words = Vec::new();
        for Span { from, to } in self.spans(text) {
            if let Some((form, stem)) = self.forms(&text[from..to]) {
                words.push(Word { from, to, position: words.len(), form, stem });
            }
        }
        words
    }

    /// Where words stand in a text.
    pub fn spans(&self, text: &str) -> Vec<Span> {
        let mut spans = Vec::new();
        let mut rest = text.char_indices().peekable();
        while let Some(&(from, c)) = rest.peek() {
            if is_dense(c) {
                let mut run = Vec::new();
                while let Some((at, c)) = rest.next_if(|(_, c)| is_dense(*c)) {
                    run.push((at, c));
                }
                pairs(&run, &mut spans);
            } else if c.is_alphanumeric() {
                let to = end_of_word(&text[from..], self.elides) + from;
                while rest.next_if(|(at, _)| *at < to).is_some() {}
                spans.push(Span { from, to });
            } else {
                rest.next();
            }
        }
        spans
    }

    /// The two forms of a word as it is written: folded, and its stem; `None` of what nobody
    /// looks for.
    pub fn forms(&mut self, written: &str) -> Option<(String, String)> {
        if written.len() > LONGEST {
            return None;
        }
        if written.starts_with(is_dense) {
            return Some((written.to_owned(), written.to_owned()));
        }
        let lower: String =
            written.chars().filter(|c| !is_apostrophe(*c) && *c != '.').flat_map(char::to_lowercase).collect();
        // The English genitive.
        let lower = match written.strip_suffix(['s', 'S']).and_then(|before| before.chars().next_back()) {
            Some(mark) if is_apostrophe(mark) => lower[..lower.len() - 1].to_owned(),
            _ => lower,
        };
        let form = fold(&lower);
        if form.is_empty() {
            return None;
        }
        let stem = self.stem(lower, &form);
        Some((form, stem))
    }

    /// Whether a word with this first letter can have one of these forms; what is not told
    /// apart so quickly can.
    pub fn may_be(&self, written: &str, first_letters: &[u8]) -> bool {
        match written.bytes().next() {
            Some(first) if first.is_ascii() && !self.takes_prefixes => {
                first_letters.contains(&first.to_ascii_lowercase())
            }
            _ => true,
        }
    }

    fn stem(&mut self, lower: String, form: &str) -> String {
        let Some(algorithm) = self.algorithm else { return form.to_owned() };
        if let Some(stem) = self.stems.get(&lower) {
            return stem.clone();
        }
        let stem = fold(&Stemmer::new(algorithm).stem(&lower));
        let stem = if stem.is_empty() { form.to_owned() } else { stem };
        if self.stems.len() < REMEMBERED {
            self.stems.insert(lower, stem.clone());
        }
        stem
    }
}

/// The end of the word with which a text begins. `U.S.` is one word, so is `O’Brien`.
fn end_of_word(text: &str, elides: bool) -> usize {
    let mut chars = text.char_indices().peekable();
    let mut letters = 0;
    let mut end = 0;
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next).filter(|next| next.is_alphanumeric() && !is_dense(*next));
        let inside = match c {
            c if is_dense(c) => false,
            c if c.is_alphanumeric() || is_mark(c) => true,
            c if is_apostrophe(c) => next.is_some() && !elides,
            // Between single letters.
            '.' => letters == 1 && next.is_some_and(char::is_alphabetic) && single(&text[at + 1..]),
            _ => false,
        };
        if !inside {
            break;
        }
        letters = if c.is_alphabetic() { letters + 1 } else { 0 };
        end = at + c.len_utf8();
    }
    end
}

/// Whether a text begins with one letter alone.
fn single(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none_or(|c| !c.is_alphanumeric())
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '＇')
}

/// Marks on letters that people leave out when they type: accents, vowel points.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

/// Writing without spaces between words.
fn is_dense(c: char) -> bool {
    matches!(c,
        '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{323af}')
}

/// Every two neighbours; one that stands alone is a word by itself.
fn pairs(run: &[(usize, char)], spans: &mut Vec<Span>) {
    if let [(from, c)] = run {
        spans.push(Span { from: *from, to: from + c.len_utf8() });
    }
    for pair in run.windows(2) {
        let (from, (last, c)) = (pair[0].0, pair[1]);
        spans.push(Span { from, to: last + c.len_utf8() });
    }
}

/// Letters without their marks; Latin ones as the plainest letters that stand for them.
pub fn fold(lower: &str) -> String {
    if lower.is_ascii() {
        return lower.to_owned();
    }
    let mut folded = String::with_capacity(lower.len());
    for c in lower.nfkd().filter(|c| !is_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            '\u{80}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => folded.push_str(any_ascii::any_ascii_char(c)),
            'ς' => folded.push('σ'),
            c => folded.push(c),
        }
    }
    folded
}

impl Tokenizer for Analysis {
    type TokenStream<'a> = Tokens;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Tokens {
        let mut tokens = Vec::new();
        for Word { from, to, position, form, stem } in self.words(text) {
            let token = |text| Token { offset_from: from, offset_to: to, position, text, position_length: 1 };
            if stem != form {
                tokens.push(token(stem));
            }
            tokens.push(token(form));
        }
        Tokens { tokens, at: 0 }
    }
}

/// The words of a text as the index takes them.
pub struct Tokens {
    tokens: Vec<Token>,
    /// One more than the token that is shown.
    at: usize,
}

impl TokenStream for Tokens {
    fn advance(&mut self) -> bool {
        self.at += 1;
        self.at <= self.tokens.len()
    }

    fn token(&self) -> &Token {
        &self.tokens[self.at - 1]
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.tokens[self.at - 1]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(language: &str, text: &str) -> Vec<String> {
        Analysis::of(language).words(text).into_iter().map(|word| word.form).collect()
    }

    fn stems(language: &str, text: &str) -> Vec<String> {
        Analysis::of(language).words(text).into_iter().map(|word| word.stem).collect()
    }

    #[test]
    fn accents_case_and_endings_meet() {
        let all = stems("en", "café cafe CAFÉS Cafes cafe\u{301}");
        assert!(all.iter().all(|stem| *stem == all[0]), "{all:?}");
        assert_eq!(forms("en", "Łódź Größe Œuvre"), ["lodz", "grosse", "oeuvre"]);
        assert_eq!(stems("en", "elections elected"), ["elect", "elect"]);
        assert_eq!(forms("ru", "Ёлка йод"), ["елка", "иод"]);
        assert_eq!(forms("el", "Άνθρωπος"), ["ανθρωποσ"]);
    }

    #[test]
    fn words_end_where_their_writing_ends_them() {
        assert_eq!(
            forms("en", "The U.S. Senate’s e-mail, O’Brien's; 10,000."),
            ["the", "us", "senate", "e", "mail", "obrien", "10", "000"]
        );
        assert_eq!(forms("fr", "l’élection d'Estaing"), ["l", "election", "d", "estaing"]);
        assert_eq!(forms("en", "end.Next a.b"), ["end", "next", "ab"]);
        assert_eq!(forms("zh", "美国大选 2024 年"), ["美国", "国大", "大选", "2024", "年"]);
        assert_eq!(forms("ko", "선거 결과"), ["선거", "결과"]);
        assert_eq!(forms("he", "שָׁלוֹם"), ["שלום"]);
        for nothing in ["", " ", "…!?\"'", "\u{0}\u{7}", "🗳️", "''", "’s"] {
            assert!(forms("en", nothing).len() <= 1, "{nothing:?}");
        }
        assert!(forms("en", &"x".repeat(101)).is_empty());
    }

    #[test]
    fn places_in_the_text_are_right() {
        let text = "Über Café’s Tür, U.S. 选举";
        for word in Analysis::of("de").words(text) {
            assert!(text.get(word.from..word.to).is_some(), "{word:?}");
        }
        let words = Analysis::of("de").words(text);
        assert_eq!(&text[words[2].from..words[2].to], "Tür");
        assert_eq!(words.iter().map(|word| word.position).collect::<Vec<_>>(), [0, 1, 2, 3, 4]);
    }
}
