//! Pages beside the news.

use crate::services::Site;
use crate::{
    domain::{article::Status, comment::Talk, page::Page, slug::Slug},
    storage::{StorageError, comments::threads, pages},
};

/// What stands at a page's address.
pub enum Found {
    /// The page, with its conversation where one came in with an archive.
    Here(Page, Talk),
    /// It was taken down.
    Gone,
    /// Nothing that readers may know of.
    Nothing,
}

/// A page for preview, whatever its status.
pub async fn for_preview(site: &Site, slug: &Slug) -> Result<Option<Page>, StorageError> {
    pages::by_slug(&site.db, slug).await
}

/// Publishes a page or takes it down; answers whether there is such a page.
pub async fn set_status(site: &Site, slug: &Slug, status: Status) -> Result<bool, StorageError> {
    pages::set_status(&site.db, slug, status, site.now()).await
}

/// How a page stands, in a line for whoever has just acted on it.
pub async fn standing(site: &Site, slug: &Slug) -> Result<Option<String>, StorageError> {
    let Some(page) = pages::by_slug(&site.db, slug).await? else { return Ok(None) };
    let state = match page.status {
        Status::Published => "readers see it".to_owned(),
        Status::Removed => "taken down, answers 410".to_owned(),
        status => format!("{}, no reader sees it", status.as_str()),
    };
    Ok(Some(format!("{}: {state}", site.url(&format!("/{slug}")))))
}

/// What stands at `/{slug}`.
pub async fn find(site: &Site, slug: &Slug) -> Result<Found, StorageError> {
    Ok(match pages::by_slug(&site.db, slug).await? {
        Some(page) if page.status == Status::Published => {
            let talk = threads::of_page(&site.db, page.id).await?;
            Found::Here(page, talk)
        }
        Some(page) if page.status == Status::Removed => Found::Gone,
        _ => Found::Nothing,
    })
}
