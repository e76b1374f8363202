//! Topics: what an article is about, across sections.

use super::{TopicId, slug::Slug};
use serde::{Deserialize, Serialize};

/// A topic as stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    /// Its row.
    pub id: TopicId,
    /// Its address is `/topic/{slug}`.
    pub slug: Slug,
    /// The name readers see.
    pub name: String,
    /// One or two sentences under the heading of its page; may be empty.
    pub description: String,
    /// Its place in the topic bar; `None` is not in it.
    pub bar_position: Option<i64>,
}
