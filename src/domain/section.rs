//! Sections: the shelves of the publication, one for each article.

use super::{SectionId, slug::Slug};
use serde::{Deserialize, Serialize};

/// A section as stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Its row.
    pub id: SectionId,
    /// Its address is `/{slug}`.
    pub slug: Slug,
    /// The name in menus and labels.
    pub name: String,
    /// One or two sentences under the heading of its page; may be empty.
    pub description: String,
    /// The section it belongs to, where it is a part of one.
    pub parent: Option<SectionId>,
    /// Its place in the main navigation; `None` is not in it.
    pub position: Option<i64>,
}
