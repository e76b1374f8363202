//! What somebody typed, understood: words, `"exact phrases"`, `-without`, `author:`,
//! `section:`, `topic:`, `before:`, `after:`. Whatever is typed is a question; what can't
//! be meant is left out, and said.

use super::analysis::{Analysis, Word};

/// More words than these are not looked for.
pub const MOST_WORDS: usize = 24;

/// A day of the calendar, or the first of a month or year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// The year, 1 to 9999.
    pub year: i16,
    /// 1 to 12.
    pub month: i8,
    /// 1 to 31; that the month has it is for the calendar to say.
    pub day: i8,
}

/// A question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// Single words, in their order.
    pub words: Vec<Word>,
    /// Words that must stand one after the other.
    pub phrases: Vec<Vec<Word>>,
    /// Words and phrases that must not be there.
    pub without: Vec<Vec<Word>>,
    /// Parts of names.
    pub author: Vec<Word>,
    /// The same of a section.
    pub section: Vec<Word>,
    /// The same of a topic.
    pub topic: Vec<Word>,
    /// Published before this day began.
    pub before: Option<Day>,
    /// Published on this day or later.
    pub after: Option<Day>,
    /// What was typed where a date should stand, and is none.
    pub no_dates: Vec<String>,
    /// The last word may not be finished.
    pub typing: bool,
}

/// Whose name is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// An author's.
    Author,
    /// A section's.
    Section,
    /// A topic's.
    Topic,
}

impl Scope {
    /// How it is typed before a name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Author => "author:",
            Self::Section => "section:",
            Self::Topic => "topic:",
        }
    }
}

impl Question {
    /// Understands what was typed; `typing` where somebody still is.
    pub fn of(typed: &str, analysis: &mut Analysis, typing: bool) -> Self {
        let mut question = Self::default();
        let mut last_is_word = false;
        for part in parts(typed) {
            let words = analysis.words(part.text);
            last_is_word = false;
            match part.key {
                _ if part.without => question.without.extend((!words.is_empty()).then_some(words)),
                Key::Name(Scope::Author) => question.author.extend(words),
                Key::Name(Scope::Section) => question.section.extend(words),
                Key::Name(Scope::Topic) => question.topic.extend(words),
                Key::Before | Key::After => match day(part.text) {
                    Some(day) if part.key == Key::Before => question.before = Some(day),
                    Some(day) => question.after = Some(day),
                    None => question.no_dates.push(part.text.chars().take(40).collect()),
                },
                Key::None if part.quoted && words.len() > 1 => question.phrases.push(words),
                Key::None => {
                    last_is_word = !part.quoted && !words.is_empty();
                    question.words.extend(words);
                }
            }
        }
        question.words.truncate(MOST_WORDS);
        question.typing = typing && last_is_word && !typed.ends_with(char::is_whitespace);
        question
    }

    /// Parts of names, and whose they are.
    pub fn names(&self) -> [(Scope, &[Word]); 3] {
        [(Scope::Author, &self.author), (Scope::Section, &self.section), (Scope::Topic, &self.topic)]
    }

    /// Nothing is asked for.
    pub fn is_empty(&self) -> bool {
        let Self { words, phrases, author, section, topic, before, after, .. } = self;
        words.is_empty()
            && phrases.is_empty()
            && author.is_empty()
            && section.is_empty()
            && topic.is_empty()
            && before.is_none()
            && after.is_none()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    None,
    Name(Scope),
    Before,
    After,
}

const KEYS: [(&str, Key); 5] = [
    (Scope::Author.key(), Key::Name(Scope::Author)),
    (Scope::Section.key(), Key::Name(Scope::Section)),
    (Scope::Topic.key(), Key::Name(Scope::Topic)),
    ("before:", Key::Before),
    ("after:", Key::After),
];

struct Part<'a> {
    /// As it was typed, with its key and quotes.
    whole: &'a str,
    text: &'a str,
    key: Key,
    quoted: bool,
    without: bool,
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

/// What was typed, but for what should be left out.
pub fn without_exclusions(typed: &str) -> String {
    parts(typed).iter().filter(|part| !part.without).map(|part| part.whole).collect::<Vec<_>>().join(" ")
}

fn parts(typed: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = typed.trim_start();
    while !rest.is_empty() {
        let begun = rest;
        let mut part = Part { whole: "", text: "", key: Key::None, quoted: false, without: false };
        if let Some(after) =
            rest.strip_prefix('-').filter(|after| after.starts_with(|c: char| c.is_alphanumeric() || is_quote(c)))
        {
            part.without = true;
            rest = after;
        }
        for (name, key) in KEYS {
            if rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)) {
                part.key = key;
                rest = &rest[name.len()..];
                break;
            }
        }
        let end;
        if let Some(inside) = rest.strip_prefix(is_quote) {
            part.quoted = true;
            // A quotation that is never closed goes to the end.
            let close = inside.find(is_quote);
            part.text = &inside[..close.unwrap_or(inside.len())];
            end = rest.len() - inside.len()
                + close.map_or(inside.len(), |at| at + inside[at..].chars().next().map_or(0, char::len_utf8));
        } else {
            end = rest.find(|c: char| c.is_whitespace() || is_quote(c)).unwrap_or(rest.len());
            part.text = &rest[..end];
        }
        rest = &rest[end..];
        part.whole = &begun[..begun.len() - rest.len()];
        rest = rest.trim_start();
        if !part.text.is_empty() {
            parts.push(part);
        }
    }
    parts
}

/// `2024`, `2024-05` or `2024-05-31`.
fn day(text: &str) -> Option<Day> {
    let mut numbers = text.split('-');
    let year = numbers.next().filter(|year| year.len() == 4)?.parse().ok().filter(|year| *year > 0)?;
    let mut next = |most: i8| match numbers.next() {
        None => Some(1),
        Some(text) if text.len() == 2 => text.parse().ok().filter(|n| (1..=most).contains(n)),
        Some(_) => None,
    };
    let (month, day) = (next(12)?, next(31)?);
    numbers.next().is_none().then_some(Day { year, month, day })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(typed: &str) -> Question {
        Question::of(typed, &mut Analysis::of("en"), true)
    }

    fn forms(words: &[Word]) -> String {
        words.iter().map(|word| word.form.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_question_is_taken_apart() {
        let question = ask(
            "Tariff \"price tag\" -steel -\"first sale\" author:rhee section:\"United States\" after:2024-02 before:2025",
        );
        assert_eq!(forms(&question.words), "tariff");
        assert_eq!(forms(&question.phrases[0]), "price tag");
        assert_eq!(question.without.iter().map(|w| forms(w)).collect::<Vec<_>>(), ["steel", "first sale"]);
        assert_eq!((forms(&question.author), forms(&question.section)), ("rhee".into(), "united states".into()));
        assert_eq!(question.after, Some(Day { year: 2024, month: 2, day: 1 }));
        assert_eq!(question.before, Some(Day { year: 2025, month: 1, day: 1 }));
        assert!(!question.typing, "a filter was typed last");
        assert!(ask("price ta").typing && !ask("price tag ").typing && !ask("\"price tag\"").typing);
        assert_eq!(forms(&ask("the “open letter” of").phrases[0]), "open letter");
        assert_eq!(forms(&ask("e-mail -").words), "e mail");
    }

    #[test]
    fn whatever_is_typed_is_a_question() {
        let long = "x ".repeat(10_000);
        for typed in [
            "",
            "   ",
            "\"",
            "\"\"",
            "-",
            "--",
            "-\"",
            "author:",
            "author:\"",
            "before:",
            "before:2024-13",
            "after:2024-02-40",
            "before:99999",
            "AND OR NOT",
            "(a|b)*",
            "'; DROP TABLE articles; --",
            "🗳️",
            "\u{202e}abc",
            "\u{0}",
            "%00",
            "a:b:c",
            "section:section:section:",
            "«»",
            &long,
        ] {
            let question = ask(typed);
            assert!(question.words.len() <= MOST_WORDS, "{typed:.20}");
        }
        assert_eq!(without_exclusions("-a section:\"b c\" -\"d e\" f “g h”-i"), "section:\"b c\" f “g h”");
        assert_eq!(ask("before:2024-13-45 x").no_dates, ["2024-13-45"]);
        assert!(ask("\"\" - -").is_empty() && !ask("author:x").is_empty());
    }
}
