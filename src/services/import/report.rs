//! What an import did, item by item.

use crate::storage::articles::Saved;
use serde::Serialize;

/// Counts, and a line for whatever was altered or left out.
#[derive(Debug, Default, Serialize)]
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
}

/// One line of the report.
#[derive(Debug, Serialize)]
pub struct Note {
    /// A file, or an item and its line.
    pub item: String,
    /// What happened to it.
    pub text: String,
}

impl Report {
    /// Counts one saved item.
    pub fn count(&mut self, saved: Saved) {
        match saved {
            Saved::New => self.new += 1,
            Saved::Changed => self.changed += 1,
            Saved::Same => self.same += 1,
        }
    }

    /// Adds a line.
    pub fn note(&mut self, item: impl Into<String>, text: impl Into<String>) {
        self.notes.push(Note { item: item.into(), text: text.into() });
    }
}

impl std::fmt::Display for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for note in &self.notes {
            writeln!(f, "{}: {}", note.item, note.text)?;
        }
        write!(
            f,
            "{} new, {} changed, {} unchanged; {} comments, {} pictures; {} notes",
            self.new,
            self.changed,
            self.same,
            self.comments,
            self.pictures,
            self.notes.len()
        )
    }
}
