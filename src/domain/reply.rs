//! What a reader writes under an article. The same rules hold in the browser while
//! somebody types and on the server.

use super::contact::is_email;
use serde::{Deserialize, Serialize};

/// The shortest comment, in characters.
pub const MIN_TEXT: usize = 2;
/// The longest remark about a comment: a report, the newsroom's reason, in characters.
pub const MAX_REMARK: usize = 500;
/// The longest comment, in characters.
pub const MAX_TEXT: usize = 5_000;
/// The longest name, in characters.
pub const MAX_NAME: usize = 60;
/// No comment needs more links.
pub const MAX_LINKS: usize = 10;
/// From so many letters on, capitals alone are shouting and no abbreviation.
const SHOUT: usize = 24;
/// More marks than these on one letter no language sets.
const MOST_MARKS: usize = 4;

/// A comment as it is written; its text in a small Markdown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// The name under which it appears.
    pub name: String,
    /// Never shown.
    pub email: String,
    /// Emphasis, links, quotes, lists and code.
    pub text: String,
}

/// What is wrong with each field, in a reader's words; all `None` is right.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyFaults {
    /// About the name.
    pub name: Option<String>,
    /// About the address.
    pub email: Option<String>,
    /// About the text.
    pub text: Option<String>,
}

impl ReplyFaults {
    /// Nothing is wrong.
    pub fn none(&self) -> bool {
        *self == Self::default()
    }
}

impl Reply {
    /// Without what nobody can see and what would spill over other lines.
    pub fn tidied(&self) -> Self {
        Self { name: tidy(&self.name.replace(['\n', '\t'], " ")), email: tidy(&self.email), text: tidy(&self.text) }
    }

    /// Checks every field of a [tidied](Self::tidied) comment and tells all that is
    /// wrong at once.
    pub fn faults(&self) -> ReplyFaults {
        let mut faults = ReplyFaults::default();
        if self.name.is_empty() {
            faults.name = Some("Please give the name under which your comment appears.".into());
        } else if self.name.chars().count() > MAX_NAME {
            faults.name = Some(format!("A name has at most {MAX_NAME} characters."));
        }
        if !is_email(&self.email) {
            faults.email = Some("Please give an email address like name@example.org. It is never shown.".into());
        }
        let length = self.text.chars().count();
        if length == 0 {
            faults.text = Some("Please write your comment.".into());
        } else if length < MIN_TEXT {
            faults.text = Some(format!("Please write a little more: a comment has at least {MIN_TEXT} characters."));
        } else if length > MAX_TEXT {
            faults.text = Some(format!("The comment has {length} characters; at most {MAX_TEXT} fit."));
        } else if links(&self.text) > MAX_LINKS {
            faults.text = Some(format!("A comment has at most {MAX_LINKS} links."));
        } else if shouts(&self.text) {
            faults.text = Some("Please don’t write in capitals alone.".into());
        }
        faults
    }
}

/// A remark about a comment as it is kept; the error tells its writer what is wrong.
pub fn remark(words: &str) -> Result<String, String> {
    let words = tidy(words);
    if words.chars().count() > MAX_REMARK {
        return Err(format!("Please say it in {MAX_REMARK} characters."));
    }
    Ok(words)
}

/// How many links a text has, written out or not.
pub fn links(text: &str) -> usize {
    let lower = text.to_ascii_lowercase();
    let bare = lower.match_indices("www.").filter(|(at, _)| !lower[..*at].ends_with("://")).count();
    lower.matches("://").count() + bare
}

fn shouts(text: &str) -> bool {
    let (mut large, mut small) = (0, 0);
    for c in text.chars() {
        large += usize::from(c.is_uppercase());
        small += usize::from(c.is_lowercase());
    }
    large >= SHOUT && large > 4 * small
}

/// Control characters, overrides of the writing direction and letters without width
/// go; marks that are piled up are cut off; no more than one empty line stays.
fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    let (mut marks, mut breaks, mut joiners) = (0, 0, 0);
    for c in text.replace("\r\n", "\n").replace('\r', "\n").chars() {
        let unseen = (c.is_control() && c != '\n' && c != '\t')
            || matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}');
        let mark = matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}');
        marks = if mark { marks + 1 } else { 0 };
        breaks = if c == '\n' { breaks + 1 } else { 0 };
        // Emoji and Indic scripts join with them; two in a row join nothing.
        joiners = if matches!(c, '\u{200c}' | '\u{200d}') { joiners + 1 } else { 0 };
        if !unseen && marks <= MOST_MARKS && breaks <= 2 && joiners <= 1 {
            tidy.push(c);
        }
    }
    tidy.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(text: &str) -> Reply {
        Reply { name: "Ann".into(), email: "ann@example.org".into(), text: text.into() }
    }

    #[test]
    fn every_fault_is_told_at_once() {
        let faults = Reply::default().faults();
        assert!(faults.name.is_some() && faults.email.is_some() && faults.text.is_some());
        assert!(reply("Hi").faults().none());
        for bad in ["", "a", &"x".repeat(5_001), &"http://a.example ".repeat(11), &"STOP THE COUNT ".repeat(4)] {
            assert!(reply(bad).tidied().faults().text.is_some(), "{bad:.40}");
        }
        assert!(reply("NATO, the EU and the UN met in Washington, D.C.").faults().none());
        assert!(Reply { name: "x".repeat(61), ..reply("Hello") }.faults().name.is_some());
    }

    #[test]
    fn what_nobody_sees_is_taken_out() {
        let pile = format!("Z{}algo", "\u{301}".repeat(60));
        let written = Reply {
            name: " An\u{202e}n\n\u{0}".into(),
            email: " ann@example.org ".into(),
            text: format!("a\u{200b}\u{200b}b\r\n\r\n\r\n\r\nc {pile} \u{1f468}\u{200d}\u{1f469}\u{200d}\u{200d}"),
        };
        let tidy = written.tidied();
        assert_eq!((tidy.name.as_str(), tidy.email.as_str()), ("Ann", "ann@example.org"));
        assert_eq!(tidy.text, format!("ab\n\nc Z{}algo \u{1f468}\u{200d}\u{1f469}\u{200d}", "\u{301}".repeat(4)));
        assert_eq!(reply("\u{202e}\u{200b}\u{feff}").tidied().text, "");
    }

    #[test]
    fn links_are_counted_however_they_are_written() {
        assert_eq!(links("see https://a.example, www.b.example and [c](http://www.c.example)"), 3);
        assert_eq!(links("no links, nothing: //"), 0);
    }
}
