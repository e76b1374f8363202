//! Reads a WordPress export (WXR 1.0, 1.1 and 1.2).
//!
//! Owns the file format: what makes a file an export, its elements and their namespaces. Refuses,
//! with a line number and in plain words, what is no such file or cannot be read safely: broken
//! XML, document types, entities, oversized elements. What is wrong with one item is a note, and
//! the rest is read all the same.
//!
//! The file is read twice, as a stream: first for its names ([`survey`]), which also finds every
//! fault of the file as a whole before anything is stored, then for its articles ([`entries`]).
//! Besides the names, one item is in memory at a time.

mod assemble;
mod items;
mod reader;
mod source;
mod values;

use std::io::BufRead;

use super::bundle::{Bundle, BundleEntry};
use items::{Item, ItemReader};
use reader::Reader;

/// Why a file cannot be imported.
#[derive(Debug, thiserror::Error)]
pub enum WordpressError {
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// No text at all.
    #[error("this is not a WordPress export but {what}")]
    Binary {
        /// What it looks like, and what to do.
        what: &'static str,
    },
    /// Text, but not XML.
    #[error("this is not XML: a WordPress export starts with \"<?xml\" or \"<rss\"")]
    NotXml,
    /// XML that is damaged.
    #[error("line {line}: the XML is broken ({reason}); the file may be damaged or cut off")]
    BrokenXml {
        /// Where.
        line: usize,
        /// What the XML reader says.
        reason: String,
    },
    /// A document type.
    #[error(
        "line {line}: the file declares a document type (DOCTYPE), which no WordPress export does; it is refused for safety"
    )]
    Doctype {
        /// Where.
        line: usize,
    },
    /// An entity that only a document type could define.
    #[error("line {line}: the file uses the custom entity \"&{name};\", which is refused for safety")]
    Entity {
        /// Where.
        line: usize,
        /// Its name.
        name: String,
    },
    /// XML, but something else.
    #[error("this is XML, but not a WordPress export: {reason}")]
    NotWordpress {
        /// What is missing.
        reason: &'static str,
    },
    /// A version of the format nobody has seen.
    #[error("line {line}: export format version \"{version}\" is unknown; 1.0, 1.1 and 1.2 can be read")]
    UnknownVersion {
        /// Where.
        line: usize,
        /// What the file says.
        version: String,
    },
    /// Text in another encoding.
    #[error("the file says it is encoded as \"{encoding}\"; only UTF-8 can be read, convert it first")]
    Encoding {
        /// What the file says.
        encoding: String,
    },
    /// Something too large.
    #[error("line {line}: an element is larger than 10 MB")]
    TooLarge {
        /// Where it begins.
        line: usize,
    },
    /// Something nested too deep.
    #[error("line {line}: elements are nested deeper than any WordPress export nests them")]
    TooDeep {
        /// Where.
        line: usize,
    },
    /// The file could not be read.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

/// Reads an export for what its articles and pages refer to.
pub fn survey<R: BufRead>(input: R) -> Result<Bundle, WordpressError> {
    let mut reader = Reader::new(input)?;
    let mut assembly = assemble::Assembly::default();
    while let Some(record) = reader.next_record()? {
        assembly.add(&record);
    }
    let replaced = reader.replaced();
    Ok(assembly.finish(reader.site().clone(), replaced))
}

/// The articles and pages of an export that was surveyed before, one at a time.
pub fn entries<R: BufRead>(input: R) -> Result<Entries<R>, WordpressError> {
    Ok(Entries { reader: Reader::new(input)?, items: ItemReader::default() })
}

/// See [`entries`]. Ends with the first error, which only a file that has
/// changed since its survey can have.
pub struct Entries<R: BufRead> {
    reader: Reader<R>,
    items: ItemReader,
}

impl<R: BufRead> Iterator for Entries<R> {
    type Item = Result<BundleEntry, WordpressError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let record = match self.reader.next_record() {
                Ok(record) => record?,
                Err(error) => return Some(Err(error)),
            };
            if record.name == "item"
                && let Item::Entry(head) = self.items.look(&record)
            {
                return Some(Ok(items::entry(&record, head, &self.reader.site().base_url)));
            }
            // The survey has told these already.
            self.items.notes.clear();
        }
    }
}

#[cfg(test)]
mod tests;
