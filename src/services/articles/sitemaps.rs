//! What search engines are told of: every address that readers can see, in
//! pieces that their protocol allows (sitemaps.org: at most 50,000 in a file).

use crate::services::{Site, site::frame::Front};
use crate::{
    domain::{
        listing::{Summary, Window},
        time::Timestamp,
    },
    storage::{
        StorageError,
        articles::lists::{self, Shelf, Span},
        sitemaps,
    },
};

pub use crate::storage::sitemaps::Mapped;

/// Articles in one sitemap: a range of so many rows, so that none ever moves to another.
pub const SIZE: i64 = 50_000;
/// Rows that are read at a time.
const CHUNK: i64 = 1_000;
/// Search engines for news want two days, and at most so many.
const NEWS: usize = 1_000;

/// The rows of the sitemap with this number, the first being 1.
fn range(number: i64) -> (i64, i64) {
    ((number - 1) * SIZE, number * SIZE)
}

/// Whether articles of which the source is the one address are told of.
fn taken_over(front: &Front) -> bool {
    !front.edition.machines.canonical_is_source
}

/// The numbers of the sitemaps that hold an article.
pub async fn numbers(site: &Site, front: &Front) -> Result<Vec<i64>, StorageError> {
    let last = sitemaps::last_article(&site.db).await?;
    let mut numbers = Vec::new();
    for number in 1..=last.div_euclid(SIZE) + 1 {
        if !sitemaps::articles(&site.db, range(number), taken_over(front), site.now(), 1).await?.is_empty() {
            numbers.push(number);
        }
    }
    Ok(numbers)
}

/// A piece of the sitemap with this number: the articles after a row.
pub async fn piece(site: &Site, front: &Front, number: i64, after: i64) -> Result<Vec<Mapped>, StorageError> {
    let (from, until) = range(number);
    sitemaps::articles(&site.db, (after.max(from), until), taken_over(front), site.now(), CHUNK).await
}

/// The paths of the lists that hold something, and of the pages.
pub async fn lists_and_pages(site: &Site) -> Result<Vec<String>, StorageError> {
    let mut paths = vec!["/".to_owned(), "/news".to_owned()];
    paths.extend(sitemaps::lists_and_pages(&site.db, site.now(), SIZE - 2).await?);
    Ok(paths)
}

/// The articles of the last 48 hours.
pub async fn news(site: &Site) -> Result<Vec<Summary>, StorageError> {
    let now = site.now();
    let span = Span { from: now.plus(-2 * Timestamp::DAY), ..Span::until(now) };
    Ok(lists::page(&site.db, Shelf::News, span, Window::Newest, NEWS).await?.items)
}
