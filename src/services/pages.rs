//! Pages beside the news.

use super::Site;
use crate::{
    domain::{article::Status, page::Page, slug::Slug},
    storage::{StorageError, pages},
};

/// What stands at a page's address.
pub enum Found {
    /// The page.
    Here(Page),
    /// It was taken down.
    Gone,
    /// Nothing that readers may know of.
    Nothing,
}

/// What stands at `/{slug}`.
pub async fn find(site: &Site, slug: &Slug) -> Result<Found, StorageError> {
    Ok(match pages::by_slug(&site.db, slug).await? {
        Some(page) if page.status == Status::Published => Found::Here(page),
        Some(page) if page.status == Status::Removed => Found::Gone,
        _ => Found::Nothing,
    })
}
