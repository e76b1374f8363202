//! All SQL lives here and nowhere else; one file per noun.
//!
//! A function is one atomic act or one question. Acts write what they changed
//! into `changes` in their own transaction. Nothing here knows rules of the
//! newsroom: those are in `services`.

pub mod accounts;
pub mod articles;
pub mod authors;
pub mod changes;
pub mod comments;
pub mod db;
pub mod dump;
pub mod mails;
pub mod media;
pub mod migrations;
pub mod newsletter;
pub mod notices;
pub mod pages;
pub mod privacy;
pub mod probe;
pub mod redirects;
pub mod search;
pub mod sections;
pub mod settings;
pub mod shares;
pub mod sitemaps;
pub mod topics;
pub mod views;
pub mod workers;

pub use db::{Db, STATEMENTS};

/// What can go wrong below the services.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// The database answered with an error, or not at all.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// The tables can't be brought to this program's state.
    #[error("migration: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// A newer program has taken a step that this one does not know.
    #[error(
        "the database is of a newer pressroom (it has taken step {step}; this one knows the steps up to {known}): start \
         that one again, or restore the back-up that it made before its upgrade"
    )]
    Newer {
        /// Number and name of the step.
        step: String,
        /// The newest step of this program.
        known: i64,
    },
    /// A folder can't be made or used.
    #[error("{0}: {1}")]
    Folder(String, std::io::Error),
    /// The SQLite inside is too old to be trusted with writes.
    #[error("SQLite {0} can lose committed writes; {old} or newer is needed", old = db::OLDEST_SQLITE)]
    OldSqlite(String),
    /// A stored value is none that this program writes.
    #[error("stored value: {0}")]
    Stored(String),
    /// A text holds a NUL, which one of the engines can't store.
    #[error("a text holds the character NUL, which can’t be stored")]
    Nul,
    /// The file of the database is not the one that was opened, or not whole any more.
    #[error("{0}")]
    File(&'static str),
    /// The address is taken by something else.
    #[error("the address “{0}” is taken")]
    Taken(String),
}

impl StorageError {
    /// Whether a row itself is at fault, and not the database: what stands in it will be no
    /// better the next time, and no reason to stop for what has nothing to do with it.
    pub fn is_of_data(&self) -> bool {
        use sqlx::Error::{ColumnDecode, Decode};
        matches!(self, Self::Stored(_) | Self::Database(ColumnDecode { .. } | Decode(_)))
    }

    /// A stored value that can't be read: somebody else wrote it.
    fn stored(what: impl std::fmt::Display) -> Self {
        Self::Stored(what.to_string())
    }
}

/// Reads JSON that this program stored.
fn from_json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, StorageError> {
    serde_json::from_str(text).map_err(StorageError::stored)
}

/// Writes JSON of plain data.
fn to_json<T: serde::Serialize>(value: &T) -> Result<String, StorageError> {
    serde_json::to_string(value).map_err(StorageError::stored)
}

/// `$from, $from+1, …` for a list of values: numbers of places only, never values.
fn places(from: usize, count: usize) -> String {
    (from..from + count).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ")
}
