//! Authors, as readers see them.

use super::{AuthorId, media::Picture, slug::Slug};
use serde::{Deserialize, Serialize};

/// An author as shown: nothing private (an email address stays in storage).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Author {
    /// Its row.
    pub id: AuthorId,
    /// The address is `/author/{slug}`.
    pub slug: Slug,
    /// The name in bylines.
    pub name: String,
    /// What the author does here ("Congress correspondent"); may be empty.
    pub role: String,
    /// A short biography in plain text; may be empty.
    pub bio: String,
    /// A portrait.
    pub picture: Option<Picture>,
    /// Pages of the author elsewhere.
    pub links: Vec<super::edition::Link>,
}

/// Just what a byline needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Byline {
    /// The address is `/author/{slug}`.
    pub slug: Slug,
    /// The name.
    pub name: String,
}
