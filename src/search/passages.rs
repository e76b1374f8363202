//! The passage of a text that answers a question, with its words marked.

use super::analysis::{Analysis, Span};
use std::collections::HashSet;

/// So many words stand in a passage.
const LENGTH: usize = 34;
/// And so many of them before the first that is marked.
const BEFORE: usize = 6;

/// A piece of a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// They answer the question.
    pub marked: bool,
}

/// Marks words in a short text, a headline.
pub fn mark(analysis: &mut Analysis, text: &str, matched: &HashSet<String>) -> Vec<Piece> {
    pieces(text, 0, text.len(), &places(analysis, text, matched))
}

/// The part of a text in which most of the words stand close together; `None` where none
/// does.
pub fn passage(analysis: &mut Analysis, text: &str, matched: &HashSet<String>) -> Option<Vec<Piece>> {
    let words = analysis.spans(text);
    let first_letters = first_letters(matched);
    // Each with its stem: other endings are the same word.
    let hits: Vec<(usize, String)> = words
        .iter()
        .enumerate()
        .filter_map(|(at, word)| Some((at, answers(analysis, &text[word.from..word.to], matched, &first_letters)?)))
        .collect();
    let mut best = (0, 0);
    for (n, (from, _)) in hits.iter().enumerate() {
        let close: HashSet<&str> = hits[n..]
            .iter()
            .take_while(|(at, _)| *at < from + LENGTH - BEFORE)
            .map(|(_, stem)| stem.as_str())
            .collect();
        if close.len() > best.1 {
            best = (n, close.len());
        }
    }
    let (first, _) = *hits.get(best.0)?;
    let from = sentence(text, &words, first);
    let last = (from + LENGTH).min(words.len()) - 1;
    let start = words[from].from;
    // With the mark behind its last word.
    let behind = &text[words[last].to..];
    let end = words[last].to + behind.find(|c: char| c.is_whitespace() || c.is_alphanumeric()).unwrap_or(behind.len());
    let marks: Vec<(usize, usize)> = hits
        .iter()
        .map(|(at, _)| (words[*at].from, words[*at].to))
        .filter(|(at, to)| *at >= start && *to <= end)
        .collect();
    let mut pieces = pieces(text, start, end, &marks);
    if from > 0 && !ends_sentence(&text[..start]) {
        pieces.insert(0, Piece { text: "… ".into(), marked: false });
    }
    if last + 1 < words.len() {
        pieces.push(Piece { text: " …".into(), marked: false });
    }
    Some(pieces)
}

/// The word with which the passage begins: of the sentence, where that is near.
fn sentence(text: &str, words: &[Span], first: usize) -> usize {
    let earliest = first.saturating_sub(BEFORE * 2);
    (earliest..=first)
        .rev()
        .find(|at| *at == 0 || ends_sentence(&text[..words[*at].from]))
        .unwrap_or_else(|| first.saturating_sub(BEFORE))
}

fn ends_sentence(before: &str) -> bool {
    let marks = |c: char| c.is_whitespace() || matches!(c, '“' | '"' | '(' | '‘');
    let (whole, before) = (before, before.trim_end_matches(marks));
    // A line ends where a block does.
    before.is_empty()
        || whole[before.len()..].contains('\n')
        || before.ends_with(['.', '!', '?', ':', '。', '！', '？'])
}

/// The stem of a word that answers.
fn answers(analysis: &mut Analysis, written: &str, matched: &HashSet<String>, first_letters: &[u8]) -> Option<String> {
    if !analysis.may_be(written, first_letters) {
        return None;
    }
    let (form, stem) = analysis.forms(written)?;
    (matched.contains(&form) || matched.contains(&stem)).then_some(stem)
}

/// With which bytes words begin.
fn first_letters(words: &HashSet<String>) -> Vec<u8> {
    words.iter().filter_map(|word| word.bytes().next()).collect()
}

fn places(analysis: &mut Analysis, text: &str, matched: &HashSet<String>) -> Vec<(usize, usize)> {
    let first_letters = first_letters(matched);
    let words = analysis.spans(text).into_iter();
    words
        .filter(|word| answers(analysis, &text[word.from..word.to], matched, &first_letters).is_some())
        .map(|word| (word.from, word.to))
        .collect()
}

fn pieces(text: &str, start: usize, end: usize, marks: &[(usize, usize)]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut push = |from: usize, to: usize, marked: bool| {
        match pieces.last_mut() {
            _ if from >= to => {}
            // Pairs of Chinese characters follow each other.
            Some(last) if last.marked && marked => last.text.push_str(&text[from..to]),
            _ => pieces.push(Piece { text: text[from..to].to_owned(), marked }),
        }
    };
    let mut at = start;
    for (from, to) in marks {
        // They overlap, too.
        let from = (*from).max(at);
        push(at, from, false);
        push(from, *to, true);
        at = at.max(*to);
    }
    push(at, end, false);
    in_line(pieces)
}

/// Brings lines into one: a point stands between those that don't end with a mark.
fn in_line(mut pieces: Vec<Piece>) -> Vec<Piece> {
    let mut last = '.';
    for piece in &mut pieces {
        let mut text = String::with_capacity(piece.text.len());
        for c in piece.text.chars() {
            let space = text.ends_with(' ') || text.is_empty() && last == ' ';
            match c {
                '\n' if last.is_alphanumeric() => text.push_str(" · "),
                '\n' if space => {}
                '\n' => text.push(' '),
                c => text.push(c),
            }
            last = text.chars().next_back().unwrap_or(last);
        }
        piece.text = text;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(pieces: &[Piece]) -> String {
        pieces.iter().map(|p| if p.marked { format!("[{}]", p.text) } else { p.text.clone() }).collect()
    }

    fn matched(words: &[&str]) -> HashSet<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn the_words_are_marked_where_they_stand_together() {
        let text = "A tariff came first. ".to_owned()
            + &"Nothing of it stands here. ".repeat(20)
            + "The importer pays the Tariffs, and customs collects them.";
        let mut analysis = Analysis::of("en");
        let found = shown(&passage(&mut analysis, &text, &matched(&["tariff", "import"])).unwrap());
        assert_eq!(found, "The [importer] pays the [Tariffs], and customs collects them.");
        let early = shown(&passage(&mut analysis, &text, &matched(&["tariff"])).unwrap());
        assert!(early.starts_with("A [tariff] came first. Nothing") && early.ends_with(" …"), "{early}");
        assert!(passage(&mut analysis, &text, &matched(&["veto"])).is_none());
        assert!(passage(&mut analysis, "", &matched(&["veto"])).is_none());
    }

    #[test]
    fn lines_come_into_one() {
        let mut analysis = Analysis::of("en");
        let found = passage(&mut analysis, "How it is made\nThe bureau asks.\nIt counts", &matched(&["bureau"]));
        assert_eq!(shown(&found.unwrap()), "The [bureau] asks. It counts");
        let found = passage(&mut analysis, "How it is made\nThe bureau asks", &matched(&["made", "bureau"]));
        assert_eq!(shown(&found.unwrap()), "How it is [made] · The [bureau] asks");
    }

    #[test]
    fn other_writings_are_marked_whole() {
        let mut analysis = Analysis::of("zh");
        assert_eq!(shown(&mark(&mut analysis, "美国大选结果", &matched(&["美国", "国大", "大选"]))), "[美国大选]结果");
    }
}
