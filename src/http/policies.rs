//! How long what may be kept, by whom: named once, written nowhere else.

use axum::http::HeaderValue;

/// Pages: everybody may keep them, and asks before showing them again. A shared
/// cache in front may answer for a second without asking, and for ten more while
/// it asks; so may a browser, which is too short to hide a reader's own comment.
pub const PAGE: HeaderValue = HeaderValue::from_static("public, max-age=0, s-maxage=1, stale-while-revalidate=10");
/// What nobody needs to keep: pages about a status, searches.
pub const PASSING: HeaderValue = HeaderValue::from_static("public, no-cache");
/// Addresses that carry the hash of their content.
pub const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// The browser's files of one build. A development build reads them from disk,
/// where a style sheet can change under a running server.
pub const BUNDLE: HeaderValue = if cfg!(debug_assertions) { PASSING } else { IMMUTABLE };
/// Files with an address of their own, as browsers ask for without being told.
pub const FILE: HeaderValue = HeaderValue::from_static("public, max-age=86400");
/// What depends on who is looking.
pub const PRIVATE: HeaderValue = HeaderValue::from_static("private, no-store");
/// Redirects for good: a day, so that a mistake can be mended.
pub const MOVED: HeaderValue = HeaderValue::from_static("public, max-age=86400");
