//! Readers come in who agreed elsewhere: lists of other programs and spreadsheets.
//!
//! A file is read three times, as a stream: for its columns and the words in them, so that it is
//! refused before anybody came in; for the addresses that some line leaves out; and to bring the
//! others in, each with what the file says of how they agreed.

pub(super) mod columns;
pub(super) mod list;
#[cfg(test)]
pub(super) mod tests;
pub(super) mod text;

use super::lists;
use super::reader_lists::list::{Read, ReaderList};
use crate::services::{
    Site,
    site::secrets::{SecretsError, digest, random},
};
use crate::storage::{
    StorageError,
    newsletter::{
        consents::Wording,
        subscribers::{self, Newcomer},
    },
};
use std::{collections::BTreeMap, path::Path};

pub use super::reader_lists::columns::Reason;

/// So many lines that could not be read are told.
const LINES: usize = 10;
/// So many readers are stored in one act.
const CHUNK: usize = 1_000;

/// What an operator wants of an import.
#[derive(Clone, Debug, Default)]
pub struct Order {
    /// The slug of the newsletter that they get.
    pub list: String,
    /// A column, and its values with which lines come in.
    pub status: Option<(String, Vec<String>)>,
    /// Lines whose status is not known come in.
    pub ignore_status: bool,
    /// What the readers agreed to, where the operator knows it.
    pub words: String,
}

/// What an import of readers came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brought {
    /// New here.
    pub added: usize,
    /// Known already; they stay as they stand.
    pub known: usize,
    /// Left out, by reason.
    pub left_out: BTreeMap<Reason, usize>,
    /// Lines without an address.
    pub unread: usize,
    /// The first of them.
    pub lines: Vec<u64>,
}

/// Why no reader came in.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// There is no such newsletter.
    #[error("there is no newsletter “{0}”; `pressroom newsletter status` names them")]
    NoList(String),
    /// The file can't be read.
    #[error("{0}")]
    File(std::io::Error),
    /// It is no text.
    #[error("this is no list of readers: {0}; export it as CSV, or as one address a line")]
    Binary(&'static str),
    /// There is no column of addresses.
    #[error("no column holds addresses; there are: {0}. Name the one with addresses “email” in the first line")]
    NoEmail(String),
    /// No line has an address.
    #[error("no line holds an address like name@example.org")]
    Nobody,
    /// A status is not known.
    #[error(
        "whoever stands in the column “{column}” as {values} may or may not have agreed. Say which of them come in: \
         --status-column '{column}=VALUE[,VALUE…]'; or bring all of them in: --ignore-status"
    )]
    Statuses {
        /// The column.
        column: String,
        /// What stands in it.
        values: String,
    },
    /// The file is called like one of people who have left.
    #[error(
        "by its name this file holds people who are not to be written to, and no column in it says who may be. If all \
         of them have agreed to your letters: --ignore-status"
    )]
    Warned,
    /// There is no column of that name.
    #[error("--status-column: there is no column “{0}”; there are: {1}")]
    NoColumn(String, String),
    /// A quotation mark is not closed.
    #[error("line {0}: a quotation mark is opened there and never closed")]
    Quote(u64),
    /// The operating system has no randomness to give.
    #[error(transparent)]
    Random(#[from] SecretsError),
    /// The database.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Brings readers in who agreed elsewhere. Who is known here already stays as they stand.
pub async fn import(site: &Site, file: &Path, order: &Order) -> Result<Brought, ImportError> {
    if !lists(site).await?.iter().any(|known| known.slug.as_str() == order.list) {
        return Err(ImportError::NoList(order.list.clone()));
    }
    let list = ReaderList::open(file, order)?;
    let out = list.left_out()?;
    let wording = match order.words.trim() {
        "" => Wording::default(),
        words => Wording { digest: digest(words), words: words.to_owned() },
    };
    let mut brought = Brought::default();
    let mut people = Vec::with_capacity(CHUNK);
    let mut lines = list.lines()?;
    while let Some((line, read)) = lines.next()? {
        let (email, record) = match read {
            Read::Nobody(count) => {
                brought.unread += count;
                if brought.lines.len() < LINES {
                    brought.lines.push(line);
                }
                continue;
            }
            Read::Out(reason, _) => {
                *brought.left_out.entry(reason).or_default() += 1;
                continue;
            }
            Read::In(email, _) if out.contains(&email) => {
                *brought.left_out.entry(Reason::OtherLine).or_default() += 1;
                continue;
            }
            Read::In(email, record) => (email, record),
        };
        let source = format!("{}, line {line}", list.name);
        let consent = list.consent(record, source, &wording, order, site.now());
        people.push(Newcomer { email, key: random::<16>()?, consent });
        if people.len() == CHUNK {
            bring(site, &mut people, &mut brought).await?;
        }
    }
    bring(site, &mut people, &mut brought).await?;
    Ok(brought)
}

async fn bring(site: &Site, people: &mut Vec<Newcomer>, brought: &mut Brought) -> Result<(), StorageError> {
    let added = subscribers::bring(&site.db, people, site.now()).await?;
    brought.added += added;
    brought.known += people.len() - added;
    people.clear();
    Ok(())
}
