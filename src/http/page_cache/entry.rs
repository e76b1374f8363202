//! One kept page: its bodies and its headers, ready to be sent.

use super::encoding::{BROTLI_QUICK, BROTLI_TIGHT, Encoding, brotli, gzip};
use crate::{
    domain::{ArticleId, change::Part, time::Timestamp},
    http::policies,
};
use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use bytes::Bytes;
use sha2::{Digest, Sha256};
use std::sync::atomic::{AtomicBool, AtomicU32};

/// What a handler says of an answer that all readers share; stands among the
/// answer's extensions.
#[derive(Clone, Debug, Default)]
pub struct Keep {
    /// What the page shows.
    pub parts: Vec<Part>,
    /// From when on the page is not true any more, whatever happens.
    pub until: Option<Timestamp>,
    /// The generation of the shared regions that stand around it, where they do.
    pub front: Option<u64>,
    /// Its handler reads a place in a list (`before`, `after`) from the address; of others one
    /// page is kept, whatever the query says.
    pub places: bool,
}

/// See the module.
pub struct Entry {
    /// What it shows.
    pub parts: Vec<Part>,
    /// From when on it is not true any more.
    pub until: Option<Timestamp>,
    /// The generation of its shared regions.
    pub front: Option<u64>,
    /// Another place in the address is another page.
    pub places: bool,
    /// Tells it from other entries of the same page.
    pub number: u64,
    /// How often it was served.
    pub served: AtomicU32,
    /// Packed as tightly as it gets, or about to be.
    pub tight: AtomicBool,
    identity: Form,
    gzip: Form,
    brotli: Form,
}

/// A body in one encoding with its headers.
#[derive(Clone)]
struct Form {
    headers: HeaderMap,
    body: Bytes,
}

impl Entry {
    /// Packs a page. `headers` are those that every answer carries.
    pub fn new(body: Bytes, keep: Keep, headers: &HeaderMap, number: u64) -> Self {
        let hash: String = Sha256::digest(&body).iter().take(12).map(|b| format!("{b:02x}")).collect();
        let form = |body: Bytes, encoding: Option<&'static str>, suffix: &str| {
            let mut headers = headers.clone();
            headers.insert(header::CACHE_CONTROL, policies::PAGE);
            headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
            // Hexadecimal digits and quotes: always a header.
            let tag = HeaderValue::from_str(&format!("\"{hash}{suffix}\""));
            headers.insert(header::ETAG, tag.unwrap_or(HeaderValue::from_static("\"\"")));
            if let Some(encoding) = encoding {
                headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
            }
            Form { headers, body }
        };
        Self {
            gzip: form(gzip(&body), Some("gzip"), "-gz"),
            brotli: form(brotli(&body, BROTLI_QUICK), Some("br"), "-br"),
            identity: form(body, None, ""),
            parts: keep.parts,
            until: keep.until,
            front: keep.front,
            places: keep.places,
            number,
            served: AtomicU32::new(0),
            tight: AtomicBool::new(false),
        }
    }

    /// The same page, packed as tightly as it gets: for pages that many ask for.
    pub fn tightened(&self, number: u64) -> Self {
        let mut brotli_form = self.brotli.clone();
        brotli_form.body = brotli(&self.identity.body, BROTLI_TIGHT);
        // Other bytes are another representation, so another strong tag (RFC 9110, 8.8.1).
        let tag = self.identity.tag().trim_end_matches('"').to_owned() + "-b11\"";
        if let Ok(tag) = HeaderValue::from_str(&tag) {
            brotli_form.headers.insert(header::ETAG, tag);
        }
        Self {
            brotli: brotli_form,
            gzip: self.gzip.clone(),
            identity: self.identity.clone(),
            parts: self.parts.clone(),
            until: self.until,
            front: self.front,
            places: self.places,
            number,
            served: AtomicU32::new(0),
            tight: AtomicBool::new(true),
        }
    }

    /// The answer to somebody who accepts and has these.
    pub fn answer(&self, asked: &HeaderMap) -> Response {
        let form = self.form(asked);
        let known = asked.get_all(header::IF_NONE_MATCH).iter().any(|value| self.is_in(value));
        let mut response = Response::new(if known { Body::empty() } else { Body::from(form.body.clone()) });
        *response.headers_mut() = form.headers.clone();
        if known {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            response.headers_mut().remove(header::CONTENT_TYPE);
            response.headers_mut().remove(header::CONTENT_ENCODING);
        }
        response
    }

    /// The answer where nothing stands: without a condition, which is for what is there
    /// (RFC 9110, 13.2.1).
    pub fn not_found(&self, asked: &HeaderMap) -> Response {
        let form = self.form(asked);
        let mut response = Response::new(Body::from(form.body.clone()));
        *response.status_mut() = StatusCode::NOT_FOUND;
        *response.headers_mut() = form.headers.clone();
        response.headers_mut().remove(header::ETAG);
        response.headers_mut().insert(header::CACHE_CONTROL, policies::PASSING);
        response
    }

    fn form(&self, asked: &HeaderMap) -> &Form {
        let accepted = asked.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
        match Encoding::accepted(accepted) {
            Encoding::Identity => &self.identity,
            Encoding::Gzip => &self.gzip,
            Encoding::Brotli => &self.brotli,
        }
    }

    /// Whether one of the tags of an `If-None-Match` is this page's, in whatever
    /// packing: the words are the same, so what the browser has is good.
    fn is_in(&self, tags: &HeaderValue) -> bool {
        let Ok(tags) = tags.to_str() else { return false };
        let own = self.identity.tag().trim_matches('"');
        tags.split(',').map(str::trim).any(|tag| {
            let tag = tag.strip_prefix("W/").unwrap_or(tag);
            let Some(tag) = tag.strip_prefix('"').and_then(|t| t.strip_suffix('"')) else { return tag == "*" };
            tag.strip_prefix(own).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        })
    }

    /// The article whose page this is: the one whose conversation it shows.
    pub fn article(&self) -> Option<ArticleId> {
        self.parts.iter().find_map(|part| match part {
            Part::Thread(id) => Some(*id),
            _ => None,
        })
    }

    /// Bytes in memory, about.
    pub fn weight(&self) -> usize {
        const HEADERS: usize = 3 * 1_500;
        self.identity.body.len() + self.gzip.body.len() + self.brotli.body.len() + HEADERS + self.parts.len() * 64
    }

    /// Bytes of the body as it is, and packed.
    pub fn sizes(&self) -> (usize, usize) {
        (self.identity.body.len(), self.brotli.body.len())
    }
}

impl Form {
    fn tag(&self) -> &str {
        self.headers.get(header::ETAG).and_then(|tag| tag.to_str().ok()).unwrap_or("\"\"")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> Entry {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        Entry::new(Bytes::from("a page, ".repeat(100)), Keep::default(), &headers, 1)
    }

    fn asked(entry: &Entry, name: header::HeaderName, value: &[u8]) -> Response {
        let mut asked = HeaderMap::new();
        asked.insert(name, HeaderValue::from_bytes(value).unwrap());
        entry.answer(&asked)
    }

    #[test]
    fn each_packing_has_its_tag_and_each_tag_is_known() {
        let entry = entry();
        let tight = entry.tightened(2);
        let mut tags = std::collections::HashSet::new();
        for (entry, encoding) in [(&entry, "identity"), (&entry, "gzip"), (&entry, "br"), (&tight, "br")] {
            let response = asked(entry, header::ACCEPT_ENCODING, encoding.as_bytes());
            assert_eq!(response.status(), StatusCode::OK);
            assert_eq!(response.headers()[header::VARY], "accept-encoding");
            let tag = response.headers()[header::ETAG].clone();
            assert!(tags.insert(tag.clone()), "{tag:?} stands for two bodies");
            for entry in [entry, &tight] {
                let again = asked(entry, header::IF_NONE_MATCH, tag.as_bytes());
                assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
                assert!(again.headers().contains_key(header::ETAG));
            }
        }
    }

    #[test]
    fn nonsense_in_if_none_match_is_no_match() {
        let entry = entry();
        for tags in [&b"x"[..], b"\"", b"\"\"", b"W/", b"\xff\xfe", b"\"abc\", W/\"def\"", b",,,"] {
            assert_eq!(asked(&entry, header::IF_NONE_MATCH, tags).status(), StatusCode::OK, "{tags:?}");
        }
        let tag = asked(&entry, header::ACCEPT, b"x").headers()[header::ETAG].to_str().unwrap().to_owned();
        for tags in ["*".to_owned(), format!("\"x\", W/{tag}"), tag] {
            assert_eq!(asked(&entry, header::IF_NONE_MATCH, tags.as_bytes()).status(), StatusCode::NOT_MODIFIED);
        }
    }
}
