//! Files: the browser's own, pictures, and what browsers ask for unasked.

use super::{
    answer::{Answer, nothing},
    policies,
};
use crate::{
    assets,
    services::{Site, media},
};
use axum::{
    body::Body,
    extract::{Path, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use tower::ServiceExt;

fn embedded(file: rust_embed::EmbeddedFile, policy: HeaderValue, asked: &HeaderMap) -> Response {
    let hash: String = file.metadata.sha256_hash().iter().take(12).map(|b| format!("{b:02x}")).collect();
    let tag = format!("\"{hash}\"");
    let known = asked.get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok()).is_some_and(|v| v.contains(&tag));
    let kind = file.metadata.mimetype();
    // Text is UTF-8; browsers don't all guess it for scripts and styles.
    let kind = if kind.starts_with("text/") { format!("{kind}; charset=utf-8") } else { kind.to_owned() };
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_str(&kind).unwrap_or(HeaderValue::from_static("application/octet-stream")),
        ),
        (header::CACHE_CONTROL, policy),
        (header::ETAG, HeaderValue::from_str(&tag).unwrap_or(HeaderValue::from_static("\"0\""))),
    ];
    if known {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    (headers, Body::from(bytes::Bytes::from(file.data.into_owned()))).into_response()
}

/// `/pkg/{build}/{*file}`: the browser's files of this build. Of another build
/// they are not here; a page of that build says so by asking.
pub async fn bundle(
    State(site): State<Site>,
    Path((build, name)): Path<(String, String)>,
    headers: HeaderMap,
    uri: Uri,
) -> Answer {
    if build != *assets::BUILD {
        return nothing(&site, &uri).await;
    }
    match assets::get(&name) {
        Some(file) => Ok(embedded(file, policies::BUNDLE, &headers)),
        None => nothing(&site, &uri).await,
    }
}

/// `/favicon.ico` and the like, out of `public/`.
pub async fn public(State(site): State<Site>, headers: HeaderMap, uri: Uri) -> Answer {
    match assets::get(uri.path().trim_start_matches('/')) {
        Some(file) => Ok(embedded(file, policies::FILE, &headers)),
        None => nothing(&site, &uri).await,
    }
}

/// `/media/{file}`: a picture, with ranges and conditions.
pub async fn picture(State(site): State<Site>, Path(name): Path<String>, uri: Uri, request: Request) -> Answer {
    let folder = &site.config.media.folder;
    let Some((path, kind)) = media::locate(folder, &name) else { return nothing(&site, &uri).await };
    if !path.is_file() && !media::make_missing(folder, &name).await {
        return nothing(&site, &uri).await;
    }
    // Serving a file can't fail: what can't be read is answered with a status.
    let Ok(served) = tower_http::services::ServeFile::new(path).oneshot(request).await;
    let mut response = served.map(Body::new);
    if response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED {
        response.headers_mut().insert(header::CACHE_CONTROL, policies::IMMUTABLE);
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    }
    Ok(response)
}
