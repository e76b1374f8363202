//! Answers: pages, redirects, and what stands where nothing does.

use super::{
    machines::SPECULATION,
    page_cache::{Keep, Missing},
    policies,
};
use crate::{
    domain::time::Timestamp,
    pages::status::{self, Matter},
    services::{
        Site, StorageError, StoreError,
        articles::redirects::{self, Known},
        site::frame::{Front, front},
    },
};
use axum::{
    body::Body,
    http::{HeaderName, HeaderValue, StatusCode, Uri, header},
    response::{Html, IntoResponse, Response},
};
use bytes::Bytes;

/// What every handler of a page gives back.
pub type Answer = Result<Response, Fault>;

/// Something below failed. The log gets the cause, the reader a page.
pub struct Fault(String);

impl Fault {
    /// What failed, for the log.
    pub fn new(error: impl std::fmt::Display) -> Self {
        Self(error.to_string())
    }
}

impl From<StorageError> for Fault {
    fn from(error: StorageError) -> Self {
        Self::new(error)
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self(error.to_string())
    }
}

/// The publication's name for pages that can't load it. Set once, at the start.
pub static NAME: std::sync::OnceLock<String> = std::sync::OnceLock::new();

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        tracing::error!(error = %self.0, "a page could not be made");
        unavailable()
    }
}

/// 503 without anything of the inside.
pub fn unavailable() -> Response {
    let body = status::plain(NAME.get().map_or("", String::as_str));
    let mut response = with(StatusCode::SERVICE_UNAVAILABLE, policies::PRIVATE, body);
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("10"));
    response
}

fn with(status: StatusCode, policy: HeaderValue, html: impl Into<Body>) -> Response {
    (status, [(header::CACHE_CONTROL, policy)], Html(html.into())).into_response()
}

/// A page that all readers share, with what the page cache must know of it.
pub fn shared(html: String, keep: Keep) -> Response {
    let mut response = with(StatusCode::OK, policies::PAGE, html);
    response.extensions_mut().insert(keep);
    response.headers_mut().insert(HeaderName::from_static("speculation-rules"), SPECULATION);
    response
}

/// A page that all readers may see, but that is not worth keeping.
pub fn passing(html: String) -> Response {
    with(StatusCode::OK, policies::PASSING, html)
}

/// A page for one reader.
pub fn private(status: StatusCode, html: String) -> Response {
    with(status, policies::PRIVATE, html)
}

/// 301
pub fn moved(target: &str) -> Response {
    to(StatusCode::MOVED_PERMANENTLY, target, policies::MOVED)
}

/// 303, after something was done.
pub fn see(target: &str) -> Response {
    to(StatusCode::SEE_OTHER, target, policies::PRIVATE)
}

/// The one place where an answer gets its `Location`. What leads elsewhere than it seems to, or
/// holds what a header can't, leads nowhere: not found.
fn to(status: StatusCode, target: &str, policy: HeaderValue) -> Response {
    match HeaderValue::from_str(target) {
        Ok(location) if leads_where_it_seems(target) => {
            (status, [(header::LOCATION, location), (header::CACHE_CONTROL, policy)]).into_response()
        }
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

/// A path of this site, or a whole address. To browsers `\` is `/`, and tabs and line ends are
/// nothing (URL Standard, 4.4), so `/\host` and `//host` are another site's.
fn leads_where_it_seems(target: &str) -> bool {
    let path = target.starts_with('/') && !target[1..].starts_with(['/', '\\']);
    let whole = ["https://", "http://"].iter().any(|scheme| target.starts_with(scheme));
    (path || whole) && !target.chars().any(|c| c.is_ascii_control())
}

/// A page about a status, in the site's dress.
pub fn dressed(site: &Site, front: &Front, status: StatusCode, matter: Matter) -> Response {
    let made = match matter {
        Matter::NotFound => Some(&front.status_pages.not_found),
        Matter::Gone => Some(&front.status_pages.gone),
        Matter::Refused(_) => None,
    };
    let make = || Bytes::from(status::page(site, front, matter));
    with(status, policies::PASSING, made.map_or_else(make, |made| made.get_or_init(make).clone()))
}

/// 404, which may be remembered for this address.
fn missing(site: &Site, front: &Front, until: Option<Timestamp>) -> Response {
    let mut response = dressed(site, front, StatusCode::NOT_FOUND, Matter::NotFound);
    response.extensions_mut().insert(Missing { front: front.generation, until });
    response
}

/// Nothing stands here: perhaps it did once, or is spelt otherwise.
pub async fn nothing(site: &Site, uri: &Uri) -> Answer {
    let front = front(site).await?;
    let path = uri.path();
    // No address of ours is nearly as long; looking such a one up would be work for nothing.
    if path.len() > 2_000 {
        return Ok(dressed(site, &front, StatusCode::NOT_FOUND, Matter::NotFound));
    }
    Ok(match redirects::look_up(site, path, uri.query()).await? {
        Known::Moved(target) if leads_where_it_seems(&target) => moved(&target),
        Known::Gone => dressed(site, &front, StatusCode::GONE, Matter::Gone),
        Known::Moved(_) => dressed(site, &front, StatusCode::NOT_FOUND, Matter::NotFound),
        Known::Nothing(until) => missing(site, &front, until),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_location_leads_to_a_site_that_it_does_not_name() {
        for target in ["/", "/world/story#comment-7", "/search?q=a/b\\c", "https://mastodon.example/share?text=x"] {
            let answer = see(target);
            assert_eq!(answer.status(), StatusCode::SEE_OTHER);
            assert_eq!(answer.headers()[header::LOCATION], target);
        }
        for target in
            ["//evil.example", "/\\evil.example", "/\t/evil.example", "/a\nb", "evil", "", "javascript:alert(1)"]
        {
            for answer in [see(target), moved(target)] {
                assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{target:?}");
                assert!(!answer.headers().contains_key(header::LOCATION));
            }
        }
    }
}
