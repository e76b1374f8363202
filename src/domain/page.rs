//! Pages beside the news: Privacy Policy, Contact, Staff …

use super::{PageId, article::Status, slug::Slug, time::Timestamp};
use serde::{Deserialize, Serialize};

/// A page as stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Its row.
    pub id: PageId,
    /// Its address is `/{slug}`.
    pub slug: Slug,
    /// Heading.
    pub title: String,
    /// A sentence under the heading; may be empty.
    pub standfirst: String,
    /// The body in the fixed subset of HTML.
    pub body: String,
    /// Whether readers see it.
    pub status: Status,
    /// When its text changed last.
    pub updated: Timestamp,
}
