//! How long what may be kept, by whom: named once, written nowhere else.

use axum::http::HeaderValue;

/// Pages: everybody may keep them, and asks before showing them again.
pub const PAGE: HeaderValue = HeaderValue::from_static("public, no-cache");
/// Addresses that carry the hash of their content.
pub const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// Files with an address of their own, as browsers ask for without being told.
pub const FILE: HeaderValue = HeaderValue::from_static("public, max-age=86400");
/// What depends on who is looking.
pub const PRIVATE: HeaderValue = HeaderValue::from_static("private, no-store");
/// Redirects for good: a day, so that a mistake can be mended.
pub const MOVED: HeaderValue = HeaderValue::from_static("public, max-age=86400");
