//! What is kept and how it is served: packings, waiting, room.

use super::{Place, common, sqlite};
use crate::common::NOON;
use axum::{
    body::{Body, to_bytes},
    http::{Method, Request, StatusCode, header},
};
use futures_util::FutureExt;
use pressroom::{domain::time::Timestamp, http::router::app, storage};
use std::io::Read;
use tower::ServiceExt;

#[tokio::test]
async fn a_page_is_rendered_once_and_served_in_every_packing() {
    let place = Place::new().await;
    let renders = place.app.metrics.renders.get();
    let first = place.get("/world/story-1").await;
    let second = place.get("/world/story-1?utm_source=x").await;
    assert_eq!(place.app.metrics.renders.get(), renders + 1);
    assert!(first.body == second.body);
    assert!(!first.headers.contains_key(header::CONTENT_ENCODING));
    for (name, expected) in [("gzip", "gzip"), ("gzip, deflate, br", "br"), ("identity", "")] {
        let packed = place.with("/world/story-1", header::ACCEPT_ENCODING, name).await;
        let encoding = packed.headers.get(header::CONTENT_ENCODING).map_or("", |v| v.to_str().unwrap());
        assert_eq!(encoding, expected);
        assert_eq!(packed.headers[header::VARY], "accept-encoding");
        assert!(packed.headers[header::CACHE_CONTROL].to_str().unwrap().contains("stale-while-revalidate"));
        assert!(packed.headers.contains_key(header::CONTENT_SECURITY_POLICY), "a kept page has every header");
        let mut body = Vec::new();
        match encoding {
            "gzip" => drop(flate2::read::GzDecoder::new(&packed.body[..]).read_to_end(&mut body).unwrap()),
            "br" => drop(brotli::Decompressor::new(&packed.body[..], 4096).read_to_end(&mut body).unwrap()),
            _ => body = packed.body.clone(),
        }
        assert!(body == first.body, "{name}");
        let tag = packed.headers[header::ETAG].to_str().unwrap();
        let known = place.with("/world/story-1", header::IF_NONE_MATCH, tag).await;
        assert_eq!((known.status, known.body.len()), (StatusCode::NOT_MODIFIED, 0));
        assert_eq!(known.headers[header::VARY], "accept-encoding");
    }
    let head = Request::builder().method(Method::HEAD).uri("/world/story-1").body(Body::empty()).unwrap();
    let head = place.ask(head).await;
    assert_eq!((head.status, head.body.len()), (StatusCode::OK, 0));
    assert_eq!(head.headers[header::CONTENT_LENGTH].to_str().unwrap(), first.body.len().to_string());
    // The first answer to HEAD is the same: of a page that was not kept.
    place.app.pages.forget_all();
    let head = Request::builder().method(Method::HEAD).uri("/world/story-1").body(Body::empty()).unwrap();
    assert_eq!(place.ask(head).await.headers[header::CONTENT_LENGTH].to_str().unwrap(), first.body.len().to_string());
}

#[tokio::test]
async fn nothing_of_a_request_but_its_address_reaches_a_kept_page() {
    let place = Place::new().await;
    let odd = Request::builder()
        .uri("/world/story-1?x=%3Cscript%3E&before=nonsense")
        .header(header::HOST, "evil.example")
        .header(header::COOKIE, "session=1")
        .header("x-forwarded-host", "evil.example")
        .header(header::ACCEPT_LANGUAGE, "de")
        .header(header::RANGE, "bytes=0-10")
        .body(Body::empty())
        .unwrap();
    let odd = place.ask(odd).await;
    let plain = place.get("/world/story-1").await;
    assert_eq!(odd.status, StatusCode::OK);
    assert!(odd.body == plain.body);
    assert!(!plain.text().contains("evil.example") && !plain.headers.contains_key(header::SET_COOKIE));
    place.app.pages.forget_all();
    assert!(place.get("/world/story-1").await.body == plain.body, "rendered anew it is the same");
    // But WordPress's plain addresses are no home page, kept or not.
    for _ in 0..2 {
        assert_eq!(place.get("/").await.status, StatusCode::OK);
        assert_eq!(place.get("/?p=99999").await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn one_render_serves_all_who_wait_and_goes_to_its_end_without_them() {
    let place = Place::new().await;
    let renders = place.app.metrics.renders.get();
    let waiting = (0..50).map(|_| place.get("/world/story-2"));
    let answers = futures_util::future::join_all(waiting).await;
    assert!(answers.iter().all(|a| a.status == StatusCode::OK && a.body == answers[0].body));
    assert_eq!(place.app.metrics.renders.get(), renders + 1);
    // Two old addresses of one path lead to two places, also when asked for at once.
    let old =
        [("/blog?p=1".to_owned(), "/world/story-1".to_owned()), ("/blog?p=2".to_owned(), "/tech/chips".to_owned())];
    storage::redirects::save(&place.test.site.db, &old, Timestamp(NOON)).await.unwrap();
    let (one, two) = futures_util::future::join(place.get("/blog?p=1"), place.get("/blog?p=2")).await;
    assert_eq!(
        (&one.headers[header::LOCATION], &two.headers[header::LOCATION]),
        (&"/world/story-1".parse().unwrap(), &"/tech/chips".parse().unwrap())
    );
    // Polled once, then dropped, as when a reader leaves.
    assert!(Box::pin(place.get("/world/story-3")).now_or_never().is_none());
    place.until("the render that nobody waits for", async || place.app.metrics.renders.get() == renders + 2).await;
    place.until("the page is kept", async || place.is_kept("/world/story-3").await).await;
}

#[tokio::test]
async fn the_cache_stays_within_its_room() {
    let mut config = common::config(tempfile::tempdir().unwrap().path(), &sqlite().url);
    config.cache.pages_mb = 1;
    let folder = tempfile::tempdir().unwrap();
    config.media.url = folder.path().join("media").display().to_string();
    config.secrets.file = folder.path().join("secrets");
    config.database.url = format!("sqlite:{}", folder.path().join("p.db").display());
    let site =
        pressroom::services::Site::open(config, pressroom::domain::time::Clock::new(|| Timestamp(NOON))).await.unwrap();
    let app = app(site);
    let bodies = futures_util::future::join_all((1..=60).map(|n| {
        let path = format!("/news/{:04}/{:02}", 2000 + n / 12, 1 + n % 12);
        app.router.clone().oneshot(Request::builder().uri(path).body(Body::empty()).unwrap())
    }))
    .await;
    assert!(bodies.iter().all(|answer| answer.as_ref().unwrap().status() == StatusCode::OK));
    let (pages, bytes) = app.pages.size();
    assert!(pages > 3 && bytes <= 1_000_000, "{pages} pages, {bytes} bytes");
    assert!(app.metrics.evicted.get() > 0);
    // Whoever was being answered gets the page to its end, kept or not.
    for answer in bodies {
        let body = to_bytes(answer.unwrap().into_body(), 10_000_000).await.unwrap();
        assert!(body.ends_with(b"</html>"));
    }
}
