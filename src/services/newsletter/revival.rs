//! Readers who were taken off the list within a span of time come back: it was no fault of
//! theirs.

use crate::services::{Site, site::frame::front};
use crate::{
    calendar::parse_moment,
    domain::time::Timestamp,
    storage::{StorageError, newsletter::subscribers},
};

pub use crate::storage::newsletter::subscribers::Bounced;

/// Why nobody came back.
#[derive(Debug, thiserror::Error)]
pub enum RevivalError {
    /// A moment is none.
    #[error("“{0}” is no moment: it should look like 2026-11-30 12:00, in the publication’s time zone")]
    Moment(String),
    /// The database.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// A span of time, by its first moment and the one after its last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    since: Timestamp,
    until: Timestamp,
}

/// The span that somebody has written; without an end it goes on until now.
pub async fn span(site: &Site, since: &str, until: Option<&str>) -> Result<Span, RevivalError> {
    let calendar = front(site).await?.calendar.clone();
    let read = |text: &str| parse_moment(text, &calendar).ok_or_else(|| RevivalError::Moment(text.to_owned()));
    let until = until.map(read).transpose()?.unwrap_or(site.now().plus(1));
    Ok(Span { since: read(since)?, until })
}

/// Who would come back: their mails came back within the span, or were refused. With each the
/// moment as people write it.
pub async fn found(site: &Site, span: Span) -> Result<Vec<(String, Bounced)>, RevivalError> {
    let calendar = front(site).await?.calendar.clone();
    let all = subscribers::bounced(&site.db, span.since, span.until).await?;
    Ok(all.into_iter().map(|one| (calendar.date_time(one.at), one)).collect())
}

/// Brings them back: they get again what they had asked for. Answers how many.
pub async fn revive(site: &Site, span: Span) -> Result<u64, RevivalError> {
    let count = subscribers::revive(&site.db, span.since, span.until, site.now()).await?;
    tracing::info!(count, "readers who had been taken off the list are back");
    Ok(count)
}
