//! What an import did, item by item.

use crate::storage::articles::Saved;
use serde::{Deserialize, Serialize};

/// Counts, and a line for whatever was altered or left out.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Report {
    /// Items that were not there before.
    pub new: usize,
    /// Items that were there and are different now.
    pub changed: usize,
    /// Items that were there just so.
    pub same: usize,
    /// Comments that came in or changed.
    pub comments: usize,
    /// Pictures that were taken in.
    pub pictures: usize,
    /// What was altered or left out, and why.
    pub notes: Vec<Note>,
    /// Each article and page, where that is asked for ([`Report::in_full`]).
    #[serde(default)]
    pub items: Vec<Item>,
    /// Each address at which something stood before, likewise.
    #[serde(default)]
    pub addresses: Vec<OldAddress>,
    #[serde(skip)]
    full: bool,
}

/// One line of the report.
#[derive(Debug, Serialize, Deserialize)]
pub struct Note {
    /// A file, or an item and its line.
    pub item: String,
    /// What happened to it.
    pub text: String,
}

/// What became of an article or a page.
#[derive(Debug, Serialize, Deserialize)]
pub struct Item {
    /// `post 12 “Title”`.
    pub item: String,
    /// Where it stands now; nothing for what readers may not see.
    pub address: Option<String>,
    /// New, changed or unchanged.
    pub outcome: String,
}

/// What stood at an old address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Of {
    /// An article.
    Post,
    /// A page.
    Page,
    /// A list of a category.
    Category,
    /// A list of a tag.
    Tag,
    /// A list of an author.
    Author,
    /// A feed.
    Feed,
    /// A picture's file.
    Picture,
    /// The page around a picture or another file, and a file that is no picture.
    Attachment,
    /// A list of a month or a year.
    Date,
}

/// An address of the archive.
#[derive(Debug, Serialize, Deserialize)]
pub struct OldAddress {
    /// What stood there.
    pub of: Of,
    /// Path and query.
    pub path: String,
    /// Why nothing can stand there any more, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<String>,
}

impl Report {
    /// One that holds each item and each old address, too.
    pub fn in_full() -> Self {
        Self { full: true, ..Self::default() }
    }

    /// Counts one saved item.
    pub fn count(&mut self, saved: Saved) {
        match saved {
            Saved::New => self.new += 1,
            Saved::Changed => self.changed += 1,
            Saved::Same => self.same += 1,
        }
    }

    /// Counts an article or a page, and remembers it.
    pub fn came(&mut self, item: &str, address: Option<&str>, saved: Saved) {
        self.count(saved);
        if self.full {
            let outcome = match saved {
                Saved::New => "new",
                Saved::Changed => "changed",
                Saved::Same => "unchanged",
            };
            let address = address.map(str::to_owned);
            self.items.push(Item { item: item.to_owned(), address, outcome: outcome.to_owned() });
        }
    }

    /// Remembers an old address.
    pub fn stood(&mut self, of: Of, path: impl Into<String>, missing: Option<&str>) {
        if self.full {
            self.addresses.push(OldAddress { of, path: path.into(), missing: missing.map(str::to_owned) });
        }
    }

    /// Adds a line.
    pub fn note(&mut self, item: impl Into<String>, text: impl Into<String>) {
        self.notes.push(Note { item: item.into(), text: text.into() });
    }

    /// The report in short: so many lines of notes, then the counts.
    pub fn short(&self, most: usize) -> String {
        let lines = self.notes.iter().take(most).map(|note| format!("{}: {}\n", note.item, note.text));
        let more = self.notes.len().saturating_sub(most);
        let more =
            if more > 0 { format!("… and {more} more notes; --report FILE has them all\n") } else { String::new() };
        format!(
            "{}{more}{} new, {} changed, {} unchanged; {}, {}; {}",
            lines.collect::<String>(),
            self.new,
            self.changed,
            self.same,
            counted(self.comments, "comment"),
            counted(self.pictures, "picture"),
            counted(self.notes.len(), "note")
        )
    }
}

/// “1 picture”, “2 pictures”.
pub fn counted(count: usize, one: &str) -> String {
    format!("{count} {one}{}", if count == 1 { "" } else { "s" })
}

impl std::fmt::Display for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.short(usize::MAX))
    }
}
