//! Files: the browser's own, pictures, and what browsers ask for unasked.

use super::{
    answer::{Answer, moved, nothing},
    page_cache::encoding::{BROTLI_TIGHT, Encoding, brotli, gzip},
    policies,
};
use crate::{
    assets,
    services::{Site, articles::media, operations::builds},
};
use axum::{
    body::Body,
    extract::{Path, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use std::{
    collections::HashMap,
    sync::{LazyLock, PoisonError, RwLock},
};
use tower::ServiceExt;
use tower_http::services::ServeFile;

/// The packed forms of the files inside the program: made once, after the start.
static PACKED: LazyLock<RwLock<HashMap<String, (Bytes, Bytes)>>> = LazyLock::new(RwLock::default);

/// What gets smaller by packing; fonts and pictures are packed by themselves.
fn is_packable(name: &str) -> bool {
    [".css", ".js", ".wasm", ".svg", ".ico"].iter().any(|end| name.ends_with(end))
}

/// Packs the files inside the program as tightly as it gets, which takes seconds:
/// to be called beside the work. Until then they are sent as they are. A
/// development build reads its files from disk, where they change: nothing is packed.
pub fn pack_all() {
    if cfg!(debug_assertions) {
        return;
    }
    for (name, _) in assets::list() {
        let name = name.strip_prefix("pkg/").unwrap_or(&name);
        let Some(file) = assets::get(name).filter(|_| is_packable(name)) else { continue };
        let packed = (gzip(&file.data), brotli(&file.data, BROTLI_TIGHT));
        PACKED.write().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), packed);
    }
}

fn embedded(name: &str, file: rust_embed::EmbeddedFile, policy: HeaderValue, asked: &HeaderMap) -> Response {
    let accepted = asked.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    let packed = PACKED.read().unwrap_or_else(PoisonError::into_inner).get(name).cloned();
    let (body, encoding) = match (Encoding::accepted(accepted), packed) {
        (Encoding::Gzip, Some((gzip, _))) => (gzip, Some("gzip")),
        (Encoding::Brotli, Some((_, brotli))) => (brotli, Some("br")),
        _ => (Bytes::from(file.data.into_owned()), None),
    };
    let hash: String = file.metadata.sha256_hash().iter().take(12).map(|b| format!("{b:02x}")).collect();
    let known = asked.get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok()).is_some_and(|v| v.contains(&hash));
    let kind = file.metadata.mimetype();
    // Text is UTF-8; browsers don't all guess it for scripts and styles.
    let kind = if kind.starts_with("text/") { format!("{kind}; charset=utf-8") } else { kind.to_owned() };
    let mut response = Response::new(if known { Body::empty() } else { Body::from(body) });
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, policy);
    // Hexadecimal digits, quotes, a word: always a header.
    if let Ok(tag) =
        HeaderValue::from_str(&format!("\"{hash}{}\"", encoding.map_or("", |e| if e == "br" { "-br" } else { "-gz" })))
    {
        headers.insert(header::ETAG, tag);
    }
    if is_packable(name) {
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    }
    if known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return response;
    }
    let kind = HeaderValue::from_str(&kind).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CONTENT_TYPE, kind);
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

/// `/pkg/{build}/{*file}`: the browser's files of this build, or of one before it,
/// whose page somebody has still open.
pub async fn bundle(
    State(site): State<Site>,
    Path((build, name)): Path<(String, String)>,
    headers: HeaderMap,
    uri: Uri,
) -> Answer {
    if build != *assets::BUILD {
        return match builds::read(&site, &build, &name).await? {
            Some((bytes, kind)) => {
                let kind = [(header::CONTENT_TYPE, kind)];
                Ok((kind, [(header::CACHE_CONTROL, policies::IMMUTABLE)], bytes).into_response())
            }
            None => nothing(&site, &uri).await,
        };
    }
    match assets::get(&name) {
        Some(file) => Ok(embedded(&name, file, policies::BUNDLE, &headers)),
        None => nothing(&site, &uri).await,
    }
}

/// `/favicon.ico` and the like, out of `public/`.
pub async fn public(State(site): State<Site>, headers: HeaderMap, uri: Uri) -> Answer {
    let name = uri.path().trim_start_matches('/');
    match assets::get(name) {
        Some(file) => Ok(embedded(name, file, policies::FILE, &headers)),
        None => nothing(&site, &uri).await,
    }
}

/// `/media/{file}`: a picture, with ranges and conditions.
pub async fn picture(State(site): State<Site>, Path(name): Path<String>, uri: Uri, request: Request) -> Answer {
    if let Some(address) = media::shown_as(&site, &name).await? {
        return Ok(moved(&address));
    }
    let Some(kind) = media::kind_of(&name) else { return nothing(&site, &uri).await };
    let mut response = match site.store.local(&name) {
        Some(path) => {
            if !path.is_file() && !media::make_missing(&site, &name).await? {
                return nothing(&site, &uri).await;
            }
            // Serving a file can't fail: what can't be read is answered with a status.
            let Ok(served) = ServeFile::new(path).oneshot(request).await;
            served.map(Body::new)
        }
        None => match media::read(&site, &name).await? {
            Some(bytes) => Response::new(Body::from(bytes)),
            None => return nothing(&site, &uri).await,
        },
    };
    if response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED {
        response.headers_mut().insert(header::CACHE_CONTROL, policies::IMMUTABLE);
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    }
    Ok(response)
}
