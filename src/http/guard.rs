//! What stands in front of every route: security headers, and the refusal of
//! unsafe requests that other sites make in a reader's name.

use super::answer::{dressed, private};
use crate::{
    pages::{
        THEME_SCRIPT,
        status::{self, Matter},
    },
    services::{Site, site::frame::front},
};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

/// One constant per build: all scripts are files of ours, but for one whose hash
/// stands here. WebAssembly needs its own word.
static POLICY: LazyLock<HeaderValue> = LazyLock::new(|| {
    let hash = BASE64_STANDARD.encode(Sha256::digest(THEME_SCRIPT));
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-{hash}'; style-src 'self'; img-src 'self'; \
         font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    // ASCII throughout, so it is a header.
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'self'"))
});

const PERMISSIONS: &str = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()";

/// Adds the headers that every answer carries.
pub async fn headers(State(site): State<Site>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    // Whatever could not be done now can be asked for again.
    if response.status() == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().entry(header::RETRY_AFTER).or_insert(HeaderValue::from_static("10"));
    }
    stamp(response.headers_mut(), &site);
    response
}

/// The headers that every answer carries.
pub fn stamp(headers: &mut HeaderMap, site: &Site) {
    // A page may bring a stricter one for what it shows.
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert_with(|| POLICY.clone());
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin"));
    headers.insert(HeaderName::from_static("permissions-policy"), HeaderValue::from_static(PERMISSIONS));
    headers.insert(HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin"));
    if site.config.site.base_url.starts_with("https://") {
        headers
            .insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000; includeSubDomains"));
    }
}

/// Refuses requests that change something and come from elsewhere.
pub async fn same_origin(State(site): State<Site>, request: Request, next: Next) -> Response {
    // Mail programs and their providers leave for their readers (RFC 8058): what the address
    // is signed with is enough, wherever the request comes from. So it is with providers that
    // tell of mails.
    let signed = ["/newsletter/leave/", "/newsletter/bounces/", "/comments/stop/"]
        .iter()
        .any(|path| request.uri().path().starts_with(path));
    if signed || request.method().is_safe() || from_here(request.headers(), &site.config.site.base_url) {
        return next.run(request).await;
    }
    match front(&site).await {
        Ok(front) => {
            let line = "This request came from another site, so nothing was done. Please use the form on our own page.";
            private(StatusCode::FORBIDDEN, status::page(&site, &front, Matter::Refused(line)))
        }
        Err(_) => StatusCode::FORBIDDEN.into_response(),
    }
}

/// Dresses what the limits in front of the routes refuse in a bare line: a body
/// that is too large (413), one that takes too long (408).
pub async fn dress(State(site): State<Site>, request: Request, next: Next) -> Response {
    let for_reader = !request.uri().path().starts_with("/api/");
    let response = next.run(request).await;
    let line = match response.status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            "What was sent is too long for this site. Please shorten it and send it again."
        }
        StatusCode::REQUEST_TIMEOUT => "Sending took too long, so nothing was done. Please try again.",
        _ => return response,
    };
    match front(&site).await {
        Ok(front) if for_reader => private(response.status(), status::page(&site, &front, Matter::Refused(line))),
        _ => response,
    }
}

/// Answers paths that are no UTF-8 like every other at which nothing stands;
/// routes could not read them.
pub async fn readable(State(site): State<Site>, request: Request, next: Next) -> Response {
    if String::from_utf8(decode(request.uri().path())).is_ok() {
        return next.run(request).await;
    }
    match front(&site).await {
        Ok(front) => dressed(&site, &front, StatusCode::NOT_FOUND, Matter::NotFound),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The bytes of a percent-encoded text; what is no encoding stays as it is.
pub fn decode(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        let hex = (byte == b'%').then(|| tail.get(..2)).flatten().and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.filter(|hex| !hex.starts_with('+')).and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(decoded) => {
                bytes.push(decoded);
                rest = &tail[2..];
            }
            None => {
                bytes.push(byte);
                rest = tail;
            }
        }
    }
    bytes
}

/// `Sec-Fetch-Site` decides where a browser sends it (Fetch Metadata Request
/// Headers, W3C); else the Origin must be ours, else the Referer, where there is one: browsers
/// leave out all three only where the request can't come from another site's page.
fn from_here(headers: &HeaderMap, base_url: &str) -> bool {
    let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    if let Some(site) = text(HeaderName::from_static("sec-fetch-site")) {
        return site == "same-origin" || site == "none";
    }
    let told = text(header::ORIGIN).or_else(|| text(header::REFERER).map(origin_of));
    let Some(origin) = told else { return true };
    let host = text(header::HOST).unwrap_or_default();
    let own = |scheme: &str| !host.is_empty() && origin.strip_prefix(scheme) == Some(host);
    origin == base_url || own("https://") || own("http://")
}

/// Scheme, host and port of an address.
fn origin_of(address: &str) -> &str {
    let host = address.find("://").map_or(address.len(), |at| at + 3);
    let end = address[host..].find(['/', '?', '#', '\\']).map_or(address.len(), |at| host + at);
    &address[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passes(pairs: &[(&'static str, &'static str)]) -> bool {
        let headers = pairs.iter().map(|(k, v)| (HeaderName::from_static(k), HeaderValue::from_static(v))).collect();
        from_here(&headers, "https://review.example")
    }

    #[test]
    fn only_our_own_pages_change_something() {
        assert!(passes(&[("sec-fetch-site", "same-origin")]));
        assert!(passes(&[("sec-fetch-site", "none")]));
        assert!(!passes(&[("sec-fetch-site", "same-site")]));
        assert!(!passes(&[("sec-fetch-site", "cross-site"), ("origin", "https://review.example")]));
        assert!(passes(&[]));
        assert!(passes(&[("referer", "https://review.example/contact?a=b")]));
        assert!(passes(&[("referer", "https://review.example")]));
        assert!(passes(&[("referer", "http://10.0.0.7:3000/contact"), ("host", "10.0.0.7:3000")]));
        assert!(passes(&[("origin", "https://review.example"), ("referer", "https://evil.example/")]));
        for foreign in [
            "https://evil.example/review.example/",
            "https://review.example.evil.example/",
            "https://review.example@evil.example/",
            "https://evil.example?https://review.example/",
            "about:blank",
            "",
        ] {
            let headers = [("referer", foreign), ("host", "review.example")];
            assert!(!passes(&headers), "{foreign}");
        }
        assert!(passes(&[("origin", "https://review.example")]));
        assert!(passes(&[("origin", "http://10.0.0.7:3000"), ("host", "10.0.0.7:3000")]));
        assert!(!passes(&[("origin", "https://evil.example"), ("host", "review.example")]));
        assert!(!passes(&[("origin", "null"), ("host", "review.example")]));
        assert!(!passes(&[("origin", "https://"), ("host", "")]));
    }
}
